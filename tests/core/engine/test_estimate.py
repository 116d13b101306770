"""Progress and time left."""

from pathlib import Path

import pytest

from core.engine.estimate import Durations, Estimate


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_step_extrapolates_from_how_it_goes() -> None:
    clock = _Clock()
    estimate = Estimate([None], clock)
    estimate.begin(0)
    assert estimate.at(0.0) == (0.0, None)
    clock.now += 5
    assert estimate.at(0.25) == (0.25, pytest.approx(15))
    clock.now += 15
    assert estimate.at(1.0) == (1.0, pytest.approx(0))


def test_known_steps_weigh_what_they_take() -> None:
    clock = _Clock()
    estimate = Estimate([1.0, 9.0], clock)
    estimate.begin(0)
    assert estimate.at(0.0) == (0.0, pytest.approx(10))
    clock.now += 1
    estimate.begin(1)
    fraction, left = estimate.at(0.0)
    assert fraction == pytest.approx(0.1)
    assert left == pytest.approx(9)
    clock.now += 9  # half as fast as usual
    fraction, left = estimate.at(0.5)
    assert fraction == pytest.approx(0.55)
    assert left == pytest.approx(9)


def test_cached_steps_take_no_time() -> None:
    clock = _Clock()
    estimate = Estimate([10.0, 10.0], clock)
    estimate.begin(0)
    estimate.cached(0)
    estimate.begin(1)
    fraction, left = estimate.at(0.0)
    assert fraction < 0.01
    assert left == pytest.approx(10)


def test_the_fraction_never_falls() -> None:
    clock = _Clock()
    estimate = Estimate([None, None], clock)
    estimate.begin(0)
    estimate.at(0.9)
    assert estimate.at(0.1)[0] == pytest.approx(0.45)


def test_durations_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "durations.json"
    durations = Durations(path)
    assert durations.expect("image.upscale") is None
    durations.note("image.upscale", 4.0)
    durations.note("image.upscale", 8.0)
    assert Durations(path).expect("image.upscale") == 6.0


def test_nonsense_on_disk_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "durations.json"
    path.write_text("[1, 2")
    assert Durations(path).expect("x") is None
    unwritable = Durations(tmp_path / "no" / "such" / "folder.json")
    unwritable.note("x", 1.0)
    assert unwritable.expect("x") == 1.0

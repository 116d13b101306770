"""Healing specks: dust that was put on real photographs goes, and what belongs there stays."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run, psnr

from core.engine.context import Cancelled
from core.image import files
from core.operations.image_retouch import HealSpots
from core.values import AtelierError


def dusty(
    photo: np.ndarray, count: int, seed: int, values: tuple[int, ...] = (0, 255)
) -> tuple[np.ndarray, np.ndarray]:
    """Return the photo with soft round specks of 2 to 8 pixels, and where their middles are (N×2, y and x)."""
    random = np.random.default_rng(seed)
    out = photo.astype(np.float32)
    middles = []
    for _ in range(count):
        y, x = (int(random.integers(12, side - 12)) for side in photo.shape[:2])
        radius, strength = random.uniform(1.2, 4), random.uniform(0.5, 0.95)
        rows, columns = np.mgrid[-8:9, -8:9]
        share = np.clip(radius + 0.7 - np.hypot(rows, columns), 0, 1)[..., None] * strength
        part = out[y - 8 : y + 9, x - 8 : x + 9, :3]
        part += share * (random.choice(values) - part)
        middles.append((y, x))
    return np.rint(out).astype(np.uint8), np.array(middles)


@pytest.mark.parametrize(("source", "share"), [("rocket.jpg", 0.55), ("chelsea.png", 0.4), ("coffee", 0.4)])
def test_dust_goes_and_the_picture_stays(bench: Bench, coffee: Path, source: str, share: float) -> None:
    photo = files.load(coffee if source == "coffee" else DATA / source).pixels[:300]
    bad, middles = dusty(photo, 24, 1)
    run = bench.run(HealSpots(image=bench.image(bad)))
    healed = run["mask"][..., 3] > 0
    found = healed[middles[:, 0], middles[:, 1]].mean()
    assert found >= share, f"{found:.0%} found: what lies in calm parts must be"
    before, after = psnr(bad, photo), psnr(run["image"], photo)
    median = psnr(cv2.medianBlur(bad[..., :3].copy(), 9), photo[..., :3])
    assert after > before + 1 and after > median + 3, f"{before:.1f} to {after:.1f} dB; a median {median:.1f} dB"
    np.testing.assert_array_equal(run["image"][~healed], bad[~healed])
    assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress) and run.previews
    clean = bench.run(HealSpots(image=bench.image(photo)))["mask"][..., 3] > 0
    assert clean.mean() < 0.004, f"{clean.mean():.2%} of the clean photo taken for specks"


def test_fields_choose(bench: Bench) -> None:
    photo = files.load(DATA / "rocket.jpg").pixels[:180, 150:350]
    bad, _ = dusty(photo, 14, 2)
    image = bench.image(bad)

    def found(**fields: object) -> np.ndarray:
        return bench.run(HealSpots(image=image, **fields))["mask"][..., 3] > 0

    both, dark, bright = found(), found(kind="dark"), found(kind="bright")
    assert 0 < dark.sum() < both.sum() and 0 < bright.sum() < both.sum()
    assert not (dark & bright).any()
    counts = [int(found(sensitivity=s).sum()) for s in (0, 50, 80)]
    assert counts == sorted(counts) and counts[0] < counts[2]
    assert found(size=3).sum() < 0.5 * both.sum()
    mask = np.zeros((*bad.shape[:2], 4), np.uint8)
    mask[:, :100] = 255
    within = found(mask=bench.image(mask))
    assert within[:, :100].any() and not within[:, 106:].any()
    with pytest.raises(AtelierError, match="The mask is"):
        found(mask=bench.image(mask[1:]))
    np.testing.assert_array_equal(
        bench.run(HealSpots(image=image))["image"], bench.run(HealSpots(image=image))["image"]
    )


def test_large_specks_are_found_in_a_large_picture(bench: Bench) -> None:
    photo = files.load(DATA / "rocket.jpg").pixels[:180, 150:350]
    bad, _ = dusty(photo, 14, 2)
    small = bench.run(HealSpots(image=bench.image(bad)))["mask"][..., 3] > 0
    large = cv2.resize(bad, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    mask = bench.run(HealSpots(image=bench.image(large), size=48))["mask"]
    again = cv2.resize(mask[..., 3], (200, 180), interpolation=cv2.INTER_AREA) > 100
    assert (again & small).sum() > 0.75 * small.sum()


def test_texture_and_lines_are_left_alone(bench: Bench) -> None:
    random = np.random.default_rng(0)
    grain = np.clip(128 + random.normal(0, 20, (200, 200, 1)), 0, 255).astype(np.uint8).repeat(3, 2)
    lines = np.full((200, 200, 3), 200, np.uint8)
    for x in range(20, 200, 40):
        cv2.line(lines, (x, 10), (x + 15, 190), (40, 40, 40), 3, cv2.LINE_AA)
    cv2.putText(lines, "Atelier of A", (20, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3, cv2.LINE_AA)
    for picture in (grain, lines):
        assert (bench.run(HealSpots(image=bench.image(picture)))["mask"][..., 3] > 0).mean() < 0.001


def test_transparent_parts_are_none(bench: Bench) -> None:
    photo = files.load(DATA / "rocket.jpg").pixels[:200, 150:400].copy()
    bad, _ = dusty(photo, 20, 4)
    bad[:, 120:126] = (255, 255, 255, 0)
    bad[60:66, 30:36] = (255, 255, 255, 0)
    run = bench.run(HealSpots(image=bench.image(bad)))
    np.testing.assert_array_equal(run["image"][..., 3], bad[..., 3])
    hidden = bad[..., 3] == 0
    assert not (run["mask"][..., 3] > 0)[hidden].any() and (run["mask"][..., 3] > 0).any()
    np.testing.assert_array_equal(run["image"][hidden], bad[hidden])


@pytest.mark.parametrize("size", [(1, 1), (1, 60), (60, 1), (5, 5)])
def test_tiny_ones_stay(bench: Bench, size: tuple[int, int]) -> None:
    random = np.random.default_rng(0)
    photo = random.integers(0, 255, (*size, 4)).astype(np.uint8)
    photo[..., 3] = 255
    assert bench.run(HealSpots(image=bench.image(photo)))["image"].shape == photo.shape


def test_it_stops_between_specks(bench: Bench) -> None:
    bad, _ = dusty(files.load(DATA / "rocket.jpg").pixels, 30, 1)

    def on_progress(run: Run, fraction: float) -> None:
        if fraction > 0.4:
            run.token.cancel()

    run = Run()
    with pytest.raises(Cancelled):
        bench.run(HealSpots(image=bench.image(bad)), on_progress, run)
    assert run.progress[-1][0] < 0.6

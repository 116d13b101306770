"""Enlarging, against plain scaling on a real photograph, without seams, at any size."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run, psnr

from core.engine.context import Cancelled
from core.image import files, upscaling
from core.operations.image import Upscale
from core.values import AtelierError


@pytest.mark.parametrize("source", ["coffee", "chelsea"])
@pytest.mark.parametrize("model", ["photo", "art"])
def test_it_draws_better_than_plain_scaling(bench: Bench, coffee: Path, source: str, model: str) -> None:
    whole = files.load(coffee if source == "coffee" else DATA / "chelsea.png").pixels[:300, :450, :3]
    small = cv2.resize(whole, (225, 150), interpolation=cv2.INTER_AREA)
    found = bench.run(Upscale(image=bench.image(small), model=model)).output
    assert found.shape == (300, 450, 4) and (found[..., 3] == 255).all()
    plain = cv2.resize(small, (450, 300), interpolation=cv2.INTER_CUBIC)
    gain = psnr(found[..., :3], whole) - psnr(plain, whole)
    assert gain > 0.5, f"{gain:.2f} dB more than bicubic"


def test_four_times_is_twice_two_times(bench: Bench, coffee: Path) -> None:
    small = files.load(coffee).pixels[100:150, 200:270]
    once = bench.run(Upscale(image=bench.image(small))).output
    twice = bench.run(Upscale(image=bench.image(once))).output
    four = bench.run(Upscale(image=bench.image(small), scale=4))
    assert four.output.shape == (200, 280, 4)
    np.testing.assert_array_equal(four.output, twice)
    fractions = [f for f, _ in four.progress]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0
    assert four.progress[0][1] == "Tile 1 of 2"


def test_tiles_leave_no_seam(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any tiling gives the pixels that one single tile gives (to the last rounding)."""
    small = files.load(coffee).pixels[100:250, 150:330]
    whole = bench.run(Upscale(image=bench.image(small))).output
    monkeypatch.setattr(upscaling, "TILE", 64)
    tiled = bench.run(Upscale(image=bench.image(small)))
    assert np.abs(tiled.output.astype(int) - whole).max() <= 1
    assert (tiled.output != whole).mean() < 0.001
    assert len(tiled.previews) == 3 * 3 + 1


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (193, 3), (31, 200)])
def test_any_size(bench: Bench, coffee: Path, size: tuple[int, int]) -> None:
    small = cv2.resize(files.load(coffee).pixels, size[::-1], interpolation=cv2.INTER_AREA)
    assert bench.run(Upscale(image=bench.image(small))).output.shape == (size[0] * 2, size[1] * 2, 4)


def test_noise_goes_while_enlarging(bench: Bench, coffee: Path) -> None:
    whole = files.load(coffee).pixels[:300, :450, :3]
    small = cv2.resize(whole, (225, 150), interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 30])
    worn = bench.image(cv2.imdecode(jpeg, cv2.IMREAD_COLOR))
    kept = psnr(bench.run(Upscale(image=worn)).output[..., :3], whole)
    cleaned = psnr(bench.run(Upscale(image=worn, noise="high")).output[..., :3], whole)
    assert cleaned > kept + 0.3


def test_alpha_is_enlarged_and_hidden_colours_do_not_bleed(bench: Bench, coffee: Path) -> None:
    yy, xx = np.mgrid[:160, :160]
    true_alpha = (np.clip(60.5 - np.hypot(yy - 79.5, xx - 79.5), 0, 1) * 255).astype(np.uint8)
    alpha = cv2.resize(true_alpha, (80, 80), interpolation=cv2.INTER_AREA)
    small = files.load(coffee).pixels[100:180, 200:280].copy()
    small[..., 3] = alpha
    small[alpha == 0] = (0, 255, 0, 0)
    found = bench.run(Upscale(image=bench.image(small))).output
    error = np.abs(found[..., 3].astype(int) - true_alpha)
    plain = np.abs(cv2.resize(alpha, (160, 160), interpolation=cv2.INTER_CUBIC).astype(int) - true_alpha)
    assert error.mean() < plain.mean()
    edge = (found[..., 3] > 20) & (found[..., 3] < 235)
    assert found[edge][:, 1].mean() < 140, "green must not come out of the transparent part"
    assert (found[found[..., 3] == 0] == 0).all()


def test_the_same_picture_gives_the_same_bytes(bench: Bench, coffee: Path) -> None:
    asset = bench.image(files.load(coffee).pixels[:100, :100])
    first, second = (bench.run(Upscale(image=asset)).output for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_it_stops_between_tiles(bench: Bench, coffee: Path) -> None:
    run = Run()

    def on_progress(run: Run, fraction: float) -> None:
        run.token.cancel()

    with pytest.raises(Cancelled):
        bench.run(Upscale(image=bench.image(files.load(coffee).pixels), scale=4), on_progress, run)
    assert len(run.progress) == 1


def test_a_result_that_is_too_large_is_refused_at_once(bench: Bench) -> None:
    wide = bench.image(np.zeros((10, 8000, 4), np.uint8))
    with pytest.raises(AtelierError, match="32,000 × 40 pixels is too large"):
        bench.run(Upscale(image=wide, scale=4))

"""Removing noise from a real photograph with known noise."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, psnr

from core.image import denoising, files
from core.operations.image import Denoise


def noisy(rgb: np.ndarray, sigma: float = 20) -> np.ndarray:
    random = np.random.default_rng(0)
    return np.clip(rgb + random.normal(0, sigma, rgb.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("source", ["coffee", "chelsea"])
def test_noise_goes_and_the_picture_stays(bench: Bench, coffee: Path, source: str) -> None:
    clean = files.load(coffee if source == "coffee" else DATA / "chelsea.png").pixels[..., :3]
    grain = noisy(clean)
    found = bench.run(Denoise(image=bench.image(grain)))
    before, after = psnr(grain, clean), psnr(found.output[..., :3], clean)
    peer = psnr(cv2.fastNlMeansDenoisingColored(grain, None, 10, 10, 7, 21), clean)
    assert after > before + 5, f"{before:.1f} dB to {after:.1f} dB"
    assert after > peer + 1.5, f"{after:.1f} dB against {peer:.1f} dB of non-local means"
    assert found.previews and [f for f, _ in found.progress] == sorted(f for f, _ in found.progress)


def test_a_clean_picture_is_hardly_touched(bench: Bench, coffee: Path) -> None:
    clean = files.load(coffee).pixels
    assert psnr(bench.run(Denoise(image=bench.image(clean))).output, clean) > 34


def test_strength_mixes_and_alpha_stays(bench: Bench, coffee: Path) -> None:
    pixels = files.load(coffee).pixels[:128, :160].copy()
    pixels[..., :3] = noisy(pixels[..., :3])
    pixels[..., 3] = np.arange(160, dtype=np.uint8)
    asset = bench.image(pixels)
    none, half, full = (bench.run(Denoise(image=asset, strength=s)).output for s in (0, 50, 100))
    seen = pixels[..., 3] > 0
    np.testing.assert_array_equal(none[seen], pixels[seen])
    np.testing.assert_array_equal(full[..., 3], pixels[..., 3])
    middle = (none[..., :3].astype(float) + full[..., :3]) / 2
    assert np.abs(half[..., :3] - middle)[seen].max() <= 1


def test_tiles_leave_no_seam(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grain = noisy(files.load(coffee).pixels[..., :3])
    asset = bench.image(grain)
    whole = bench.run(Denoise(image=asset)).output
    monkeypatch.setattr(denoising, "TILE", 192)
    tiled = bench.run(Denoise(image=asset))
    assert np.abs(tiled.output.astype(int) - whole).max() <= 2
    assert len(tiled.previews) == 12


def test_it_stops_in_the_middle(bench: Bench, coffee: Path) -> None:
    run = bench.stopped(Denoise(image=bench.image(files.load(coffee).pixels)), 0.2)
    assert run.progress[-1][0] < 0.9

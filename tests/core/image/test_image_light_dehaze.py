"""Removing haze that was put on real photographs by the law of haze, and leaving clear ones alone."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, psnr

from core.image import dehazing, files
from core.image.pixels import from_linear, to_linear
from core.operations.image_light import Dehaze

AIR = np.array([0.78, 0.82, 0.86])


def photo(name: str, coffee: Path) -> np.ndarray:
    return np.ascontiguousarray(files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3])


def distance(shape: tuple[int, ...]) -> np.ndarray:
    """0 at the bottom to 1 at the top, with something near standing in it."""
    rows, columns = np.indices(shape[:2]) / np.array(shape[:2])[:, None, None]
    far = 1.15 - rows
    far[(np.abs(columns - 0.7) < 0.1) & (rows > 0.3)] = 0.3
    return np.asarray(far)


def hazy(rgb: np.ndarray, thickness: float = 1.0) -> np.ndarray:
    """Koschmieder's law in linear light: what is far away is mixed with the air's light."""
    share = np.exp(-thickness * distance(rgb.shape))[..., None]
    light = to_linear(rgb / 255.0) * share + to_linear(AIR) * (1 - share)
    return np.rint(from_linear(light) * 255).astype(np.uint8)


def plain_dark_channel(rgb: np.ndarray) -> np.ndarray:
    """He, Sun and Tang as it is mostly published: sRGB values, brightest hazy pixel as air, grey guided filter."""
    values = rgb / 255.0
    kernel = np.ones((15, 15))
    dark = cv2.erode(values.min(-1), kernel)
    haziest = np.argsort(dark.ravel())[-max(1, dark.size // 1000) :]
    air = values.reshape(-1, 3)[haziest[np.argmax(values.sum(-1).ravel()[haziest])]]
    share = 1 - 0.95 * cv2.erode((values / air).min(-1), kernel)
    guide = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY) / 255.0

    def mean(v: np.ndarray) -> np.ndarray:
        return np.asarray(cv2.blur(v, (61, 61)))

    slope = (mean(guide * share) - mean(guide) * mean(share)) / (mean(guide**2) - mean(guide) ** 2 + 1e-3)
    share = mean(slope) * guide + mean(mean(share) - slope * mean(guide))
    return np.rint(255 * np.clip((values - air) / np.maximum(share, 0.1)[..., None] + air, 0, 1)).astype(np.uint8)


def clahe(rgb: np.ndarray) -> np.ndarray:
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(3.0, (8, 8)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))


def stretched(rgb: np.ndarray) -> np.ndarray:
    low, high = np.percentile(rgb, (0.5, 99.5), axis=(0, 1))
    return np.clip((rgb - low) / np.maximum(high - low, 1) * 255, 0, 255).astype(np.uint8)


PEERS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (plain_dark_channel, clahe, stretched)


@pytest.mark.parametrize("name", ["coffee", "chelsea.png"])
def test_haze_goes_and_the_photo_comes_back(bench: Bench, coffee: Path, name: str) -> None:
    clear = photo(name, coffee)
    veiled = hazy(clear)
    run = bench.run(Dehaze(image=bench.image(veiled)))
    before, after = psnr(veiled, clear), psnr(run.output[..., :3], clear)
    peer = max(psnr(make(veiled), clear) for make in PEERS)
    assert after > before + 3.5, f"{before:.1f} dB to {after:.1f} dB"
    bare = psnr(bench.run(Dehaze(image=bench.image(veiled), sky=0)).output[..., :3], clear)
    assert bare > peer + 1, f"{bare:.1f} dB against {peer:.1f} dB, neither with an eye to the sky"
    assert run.previews and [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
    np.testing.assert_array_equal(bench.run(Dehaze(image=bench.image(veiled))).output, run.output)


def test_a_clear_photo_is_hardly_touched_and_no_strength_is_nothing(bench: Bench, coffee: Path) -> None:
    clear = photo("coffee", coffee)
    assert psnr(bench.run(Dehaze(image=bench.image(clear))).output[..., :3], clear) > 26
    veiled = hazy(clear)
    none, half, full = (bench.run(Dehaze(image=bench.image(veiled), strength=s)).output[..., :3] for s in (0, 50, 100))
    np.testing.assert_array_equal(none, veiled)
    assert psnr(veiled, clear) < psnr(half, clear) < psnr(full, clear)


def test_the_sky_is_left_alone_and_the_land_is_cleared(bench: Bench, coffee: Path) -> None:
    """A smooth bright sky over a hazy photograph."""
    land = hazy(photo("coffee", coffee))
    sky = np.linspace((176, 196, 224), (222, 228, 234), 160)[:, None]
    sky = np.repeat(sky, land.shape[1], 1) + np.random.default_rng(0).normal(0, 1, (160, land.shape[1], 3))
    scene = np.vstack((np.rint(sky).astype(np.uint8), land))
    kept, open_ = (bench.run(Dehaze(image=bench.image(scene), sky=s)).output[..., :3] for s in (90, 0))
    change = [np.abs(found[:140].astype(float) - scene[:140]).mean() for found in (kept, open_)]
    assert change[0] < 10 and change[0] < change[1] / 2, f"the sky moved by {change[0]:.1f} and {change[1]:.1f} levels"
    clear = photo("coffee", coffee)
    assert psnr(kept[160:], clear) > psnr(land, clear) + 2


def test_keeping_colour_keeps_hue(bench: Bench, coffee: Path) -> None:
    veiled = hazy(photo("chelsea.png", coffee))
    errors = []
    for keep in (100, 0):
        found = bench.run(Dehaze(image=bench.image(veiled), colour=keep)).output[..., :3]
        a, b = (cv2.cvtColor(p, cv2.COLOR_RGB2LAB).astype(float)[..., 1:] - 128 for p in (veiled, found))
        turned = np.angle((b @ (1, 1j)) / np.where(a.any(-1), a @ (1, 1j), 1))
        errors.append(np.abs(turned[np.abs(a @ (1, 1j)) > 8]).mean())
    assert errors[0] < 0.08 and errors[0] < errors[1]


def test_bands_leave_no_seam_and_no_halo(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    veiled = bench.image(hazy(photo("coffee", coffee)))
    whole = bench.run(Dehaze(image=veiled)).output
    monkeypatch.setattr(dehazing, "bands", lambda height, _: [(y, min(height, y + 37)) for y in range(0, height, 37)])
    np.testing.assert_array_equal(bench.run(Dehaze(image=veiled)).output, whole)


def test_transparent_pixels_stay_out(bench: Bench, coffee: Path) -> None:
    pixels = np.dstack((hazy(photo("coffee", coffee)), np.full((400, 600), 255, np.uint8)))[:200, :300].copy()
    pixels[:, :100] = (255, 255, 255, 0)
    pixels[:, 100:150, 3] = 90
    found = bench.run(Dehaze(image=bench.image(pixels))).output
    np.testing.assert_array_equal(found[..., 3], pixels[..., 3])
    assert (found[:, :100] == 0).all()
    pixels[:, :100, :3] = (0, 0, 0)
    np.testing.assert_array_equal(bench.run(Dehaze(image=bench.image(pixels))).output, found)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(100, 200, (*size, 3)).astype(np.uint8)
    assert bench.run(Dehaze(image=bench.image(picture))).output.shape == (*size, 4)
    assert not bench.run(Dehaze(image=bench.image(np.zeros((*size, 4), np.uint8)))).output.any()


def test_it_stops_in_the_middle(bench: Bench, coffee: Path) -> None:
    run = bench.stopped(Dehaze(image=bench.image(photo("coffee", coffee))), 0.2)
    assert run.progress[-1][0] < 0.9

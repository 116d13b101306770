"""Brightening photographs that were darkened on purpose, with a sensor's noise, and what peers make of them."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, psnr

from core.image import files, low_light
from core.image.guided import enlarge
from core.image.pixels import from_linear, to_linear
from core.operations.image_light import LowLight


def photo(name: str, coffee: Path) -> np.ndarray:
    rgb = files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3]
    return np.ascontiguousarray(rgb[40:240, 90:370])


def darkened(rgb: np.ndarray, stops: float = 3.3) -> np.ndarray:
    """The same photo as a sensor sees it with too little light: fewer photons, read-out noise, 8 bits."""
    random = np.random.default_rng(0)
    light = to_linear(rgb / 255.0) * 2.0**-stops
    light = random.poisson(light * 6000) / 6000 + random.normal(0, 0.0008, light.shape)
    return np.rint(from_linear(np.clip(light, 0, 1)) * 255).astype(np.uint8)


def at_same_exposure(found: np.ndarray, truth: np.ndarray) -> float:
    """PSNR in dB after the best single gain: how bright a picture should be is taste, the rest is not."""
    light = to_linear(found / 255.0)
    best = 0.0
    for stops in np.linspace(-1.2, 1.2, 13):
        shown = np.clip(from_linear(light * 2.0**stops), 0, 1) * 255
        best = max(best, psnr(np.rint(shown).astype(np.uint8), truth))
    return best


def clahe(rgb: np.ndarray) -> np.ndarray:
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(4.0, (8, 8)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))


def gamma(rgb: np.ndarray) -> np.ndarray:
    return np.rint(255 * (rgb / 255.0) ** 0.45).astype(np.uint8)


def equalised(rgb: np.ndarray) -> np.ndarray:
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    hsv[..., 2] = cv2.equalizeHist(hsv[..., 2])
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB))


PEERS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (gamma, clahe, equalised)


@pytest.mark.parametrize("name", ["coffee", "chelsea.png"])
def test_it_comes_nearer_to_the_well_lit_photo_than_its_peers(bench: Bench, coffee: Path, name: str) -> None:
    good = photo(name, coffee)
    dark = darkened(good)
    run = bench.run(LowLight(image=bench.image(dark)))
    found = run.output[..., :3]
    ours = at_same_exposure(found, good)
    peer = max(at_same_exposure(make(dark), good) for make in PEERS)
    assert ours > peer + 1.5, f"{ours:.1f} dB against {peer:.1f} dB"
    assert found.mean() > 2 * dark.mean()
    assert run.previews and [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
    assert run.progress[-1][0] == pytest.approx(1, abs=1e-6)
    np.testing.assert_array_equal(bench.run(LowLight(image=bench.image(dark))).output, run.output)


def test_what_is_bright_stays_and_what_is_dark_comes_up(bench: Bench, coffee: Path) -> None:
    """Half of a photo lies in a shadow four stops deep; without it the picture is as it was."""
    good = photo("coffee", coffee)
    shade = np.where(np.arange(good.shape[1]) < 140, 1 / 10, 1.0)[:, None]
    dark = np.rint(from_linear(to_linear(good / 255.0) * shade) * 255).astype(np.uint8)
    found = bench.run(LowLight(image=bench.image(dark), strength=100, highlights=100, denoise=0)).output[..., :3]
    left, right = (slice(0, 120), slice(160, None))
    assert found[:, left].mean() > 1.8 * dark[:, left].mean()
    assert found[:, right].mean() < 1.35 * dark[:, right].mean()
    lamps = dark.min(-1) > 200
    assert np.abs(found[lamps].astype(int) - dark[lamps]).mean() < 6
    unkept = bench.run(LowLight(image=bench.image(dark), strength=100, highlights=0, denoise=0)).output[..., :3]
    assert unkept[:, right].mean() > found[:, right].mean() + 3


def test_edges_get_no_halo(bench: Bench) -> None:
    """Flat dark beside flat bright: neither side shows a rim."""
    picture = np.full((200, 400, 3), 30, np.uint8)
    picture[:, 200:] = 220
    found = bench.run(LowLight(image=bench.image(picture), denoise=0)).output[100, :, 0].astype(int)
    assert found[20] > 45
    assert np.abs(found[:198] - found[20]).max() <= 6, found[:198]
    assert np.abs(found[202:] - found[380]).max() <= 6, found[202:]


def test_nothing_at_no_strength_and_transparent_pixels_stay_out(bench: Bench, coffee: Path) -> None:
    pixels = files.load(coffee).pixels[:120, :160].copy()
    pixels[:, :40] = (0, 255, 0, 0)
    pixels[:, 40:80, 3] = 128
    asset = bench.image(pixels)
    none = bench.run(LowLight(image=asset, strength=0)).output
    seen = pixels[..., 3] > 0
    np.testing.assert_array_equal(none[seen], pixels[seen])
    found = bench.run(LowLight(image=asset)).output
    np.testing.assert_array_equal(found[..., 3], pixels[..., 3])
    assert (found[~seen] == 0).all()
    pixels[:, :40, :3] = (255, 0, 255)
    np.testing.assert_array_equal(bench.run(LowLight(image=bench.image(pixels))).output, found)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 90, (*size, 3)).astype(np.uint8)
    assert bench.run(LowLight(image=bench.image(picture))).output.shape == (*size, 4)
    empty = np.zeros((*size, 4), np.uint8)
    assert not bench.run(LowLight(image=bench.image(empty))).output.any()


def test_tiles_leave_no_seam(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = bench.image(darkened(photo("coffee", coffee)))
    whole = bench.run(LowLight(image=asset)).output
    monkeypatch.setattr(low_light, "TILE", 160)
    assert np.abs(bench.run(LowLight(image=asset)).output.astype(int) - whole).max() <= 3


def test_enlarging_rows_is_enlarging_the_whole() -> None:
    small = np.random.default_rng(0).random((20, 30, 2), np.float32)
    whole = cv2.resize(small, (301, 207), interpolation=cv2.INTER_LINEAR)
    np.testing.assert_allclose(enlarge(small, 207, 301, 30, 90, 40, 200), whole[30:90, 40:200], atol=1e-4)


def test_it_stops_in_the_middle(bench: Bench, coffee: Path) -> None:
    run = bench.stopped(LowLight(image=bench.image(photo("coffee", coffee))), 0.2)
    assert run.progress[-1][0] < 0.9

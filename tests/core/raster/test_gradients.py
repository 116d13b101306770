"""Gradients against their formulas, and what they leave alone."""

import numpy as np
import pytest

from core.raster.affine import IDENTITY
from core.raster.gradients import Gradient, changed_tiles, lay, table
from core.raster.manifest import read_raster, replace_tiles, write_raster
from core.raster.pack import MemoryAssets

Array = np.ndarray
WHITE = np.full((64, 200, 4), 255, np.uint8)
BOX = (0, 0, 200, 64)
FULL = np.ones((64, 200), np.float32)
RAMP = ((0.0, "#000000"), (1.0, "#ffffff"))


def laid(under: Array = WHITE, **fields: object) -> Array:
    gradient = Gradient(**{"stops": RAMP, "start": (20.0, 32.0), "end": (180.0, 32.0), "dither": False, **fields})  # type: ignore[arg-type]
    return lay(gradient, IDENTITY, BOX, under, FULL, mask=False)


def places() -> tuple[Array, Array]:
    y, x = np.mgrid[0:64, 0:200] + 0.5
    return x, y


@pytest.mark.parametrize(
    ("shape", "truth"),
    [
        ("linear", lambda x, y: np.clip((x - 20) / 160, 0, 1)),
        ("reflected", lambda x, y: np.clip(np.abs(x - 20) / 160, 0, 1)),
        ("radial", lambda x, y: np.clip(np.hypot(x - 20, y - 32) / 160, 0, 1)),
        ("angle", lambda x, y: np.arctan2(y - 32, x - 20) / (2 * np.pi) % 1),
    ],
)
def test_each_shape_is_its_formula(shape: str, truth: object) -> None:
    expected = truth(*places()) * 255  # type: ignore[operator]
    assert np.abs(laid(shape=shape)[..., 0] - expected).max() <= 0.6


def test_dither_adds_no_light_and_breaks_bands() -> None:
    """A slope of six levels over 200 pixels: plain, each level is a band; dithered, the mean runs straight through."""
    stops = ((0.0, "#404040"), (1.0, "#464646"))
    plain, noisy = (laid(stops=stops, dither=on)[..., 0].astype(float) for on in (False, True))
    truth = 64 + 6 * np.clip((places()[0] - 20) / 160, 0, 1)
    assert np.abs(noisy - truth).max() <= 1.01
    assert np.abs(noisy.mean(0) - truth[0]).mean() < 0.5 * np.abs(plain.mean(0) - truth[0]).mean()


def test_a_gradient_to_clear_lends_no_colour() -> None:
    over = laid(np.zeros((64, 200, 4), np.uint8), stops=((0.0, "#ff8000ff"), (1.0, "#00000000")))
    seen = over[..., 3] > 8
    assert np.abs(over[seen][:, :3].astype(int) - (255, 128, 0)).max() <= 1
    assert np.abs(over[32, :, 3] - 255 * (1 - np.clip((places()[0][32] - 20) / 160, 0, 1))).max() <= 0.6
    assert np.abs(table(((0.0, "#ff8000ff"), (1.0, "#0000ff00")))[:, :3] - (255, 128, 0)).max() < 1


def test_it_stays_inside_the_selection_and_changes_no_other_tile(assets: MemoryAssets, noise: object) -> None:
    image = noise(700, 300, alpha=255)  # type: ignore[operator]
    digest = write_raster(image, assets)
    chosen = np.zeros((300, 700), np.uint8)
    chosen[40:90, 270:400] = 255
    gradient = Gradient(stops=RAMP, start=(0, 0), end=(700, 0))
    tiles = dict(changed_tiles(digest, chosen, IDENTITY, assets, gradient))
    assert set(tiles) == {(1, 0)}
    out = read_raster(replace_tiles(digest, tiles, assets, assets), assets)
    outside = chosen == 0
    assert np.array_equal(out[outside], image[outside])
    middle = out[60, 270:400, 0].astype(float)
    assert np.abs(middle - (np.arange(270, 400) + 0.5) / 700 * 255).max() <= 1.2


def test_a_mask_takes_the_lightness_and_a_turned_grid_the_documents_direction(assets: MemoryAssets) -> None:
    digest = write_raster(np.full((100, 100, 4), 255, np.uint8), assets)
    quarter = (0.0, 1.0, -1.0, 0.0, 100.0, 0.0)  # the raster's x runs down the document
    gradient = Gradient(stops=RAMP, start=(0, 0), end=(0, 100), dither=False)
    tiles = dict(changed_tiles(digest, None, quarter, assets, gradient, mask=True))
    alpha = read_raster(replace_tiles(digest, tiles, assets, assets), assets)[..., 3]
    assert np.abs(alpha - (np.arange(100) + 0.5)[None] / 100 * 255).max() <= 1

"""Pushed, twirled, pinched and restored pixels on a real photograph, against cv2.remap of the same displacements."""

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.raster.liquify import Field, Stroke
from core.raster.manifest import TILE, write_raster
from core.raster.pack import MemoryAssets
from core.raster.tiles import TileReader


@pytest.fixture
def photo() -> npt.NDArray[np.uint8]:
    path = Path(__file__).parents[3] / "resources" / "samples" / "coffee.png"
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGBA)  # type: ignore[return-value]


def drawn(field: Field, photo: npt.NDArray[np.uint8], assets: MemoryAssets) -> npt.NDArray[np.uint8]:
    digest, reader = write_raster(photo, assets), TileReader(assets, 1 << 26)
    out = np.zeros((field.rows * TILE, field.cols * TILE, 4), np.uint8)
    for row in range(field.rows):
        for col in range(field.cols):
            part = field.tile(reader, digest, (col, row))
            out[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE] = part
    return out[: photo.shape[0], : photo.shape[1]]


@pytest.mark.parametrize("kind", ["push", "twirl", "pinch", "bloat"])
def test_strokes_move_pixels_as_their_displacements_say(kind: Stroke, photo: npt.NDArray[np.uint8]) -> None:
    height, width = photo.shape[:2]
    field = Field(width, height)
    touched = set()
    for _ in range(4):
        touched |= field.stroke(kind, 300, 200, 120, 0.8, 12, -5)
    assert set(field.moved_tiles()) <= touched
    found = drawn(field, photo, MemoryAssets())
    nodes = field.moves
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) + np.float32(0.5)
    moves = cv2.remap(nodes, x / field.step, y / field.step, cv2.INTER_LINEAR)
    expected = cv2.remap(photo.astype(np.float32), x + moves[..., 0] - 0.5, y + moves[..., 1] - 0.5, cv2.INTER_CUBIC)
    apart = np.abs(found.astype(np.float32) - np.clip(expected, 0, 255))
    assert np.abs(moves).max() > 10
    assert apart.mean() < 0.6 and np.quantile(apart, 0.999) < 16
    still = np.abs(moves).max(axis=2) == 0
    assert np.array_equal(found[still], photo[still])


def test_what_is_under_the_brush_goes_with_it_and_comes_back(photo: npt.NDArray[np.uint8]) -> None:
    height, width = photo.shape[:2]
    photo[195:205, 295:305] = (0, 255, 0, 255)
    field = Field(width, height)
    field.stroke("push", 340, 200, 100, 1.0, 40, 0)
    assets = MemoryAssets()
    pushed = drawn(field, photo, assets)
    green = (pushed[..., 1] > 200) & (pushed[..., 0] < 60)
    assert np.argwhere(green).mean(axis=0)[1] == pytest.approx(300 + 36, abs=6)
    for _ in range(30):
        field.stroke("restore", 320, 200, 400, 1.0)
    assert np.array_equal(drawn(field, photo, assets), photo)


def test_edges_are_pinned_and_limits_are_kept(photo: npt.NDArray[np.uint8]) -> None:
    height, width = photo.shape[:2]
    field = Field(width, height, lambda x, y: (x < 300).astype(np.float32))
    field.stroke("push", 10, 200, 150, 1.0, -80, 0)
    field.stroke("push", 360, 200, 150, 1.0, 60, 0)
    assert not field.moves[:, 0, 0].any() and field.moves[:, :74].any()
    assert not field.moves[:, 76:].any()
    out = drawn(field, photo, MemoryAssets())
    assert (out[..., 3] == 255).all()
    assert Field(30_000, 200).step == 32

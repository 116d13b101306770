"""Layers moved, turned, mirrored and scaled without touching their pixels; documents at reduced levels."""

import msgspec
import numpy as np
import pytest
from raster_reference import Kept

from core.documents.image import FillLayer, ImageDocument, Mask, RasterLayer, Transform
from core.raster.compositor import Compositor, level_for
from core.raster.manifest import TILE, Manifest, encode_manifest, halve, read_manifest
from core.values import RASTER_TYPE

replace = msgspec.structs.replace


def layer(kept: Kept, array: np.ndarray, **transform: float) -> RasterLayer:
    height, width = array.shape[:2]
    return RasterLayer(pixels=kept.raster(array), width=width, height=height, transform=Transform(**transform))


def document(width: int, height: int, *layers: RasterLayer) -> ImageDocument:
    return ImageDocument(id="d", width=width, height=height, layers=layers)


def visible(array: np.ndarray) -> np.ndarray:
    """Return ``array`` with what is fully transparent made zero."""
    return np.where(array[..., 3:] > 0, array, 0)


@pytest.mark.parametrize("x", [-300, -1, 0, 7, 256])
@pytest.mark.parametrize("y", [-20, 0, 300])
def test_whole_moves_are_exact(x: int, y: int, kept: Kept, noise) -> None:
    array = noise(500, 400, 1)
    out = Compositor(kept).render(document(600, 500, layer(kept, array, x=x, y=y)))
    expected = np.zeros_like(out)
    left, top, right, bottom = max(0, x), max(0, y), min(600, x + 500), min(500, y + 400)
    expected[top:bottom, left:right] = visible(array)[top - y : bottom - y, left - x : right - x]
    assert np.array_equal(out, expected)


@pytest.mark.parametrize("size", [(300, 300), (400, 280), (401, 280), (301, 299)])
@pytest.mark.parametrize("turns", [1, 2, 3, 4, -1])
@pytest.mark.parametrize("mirror", [(1, 1), (-1, 1), (1, -1)])
def test_quarter_turns_and_mirrors_are_exact(
    size: tuple[int, int], turns: int, mirror: tuple[int, int], kept: Kept, noise
) -> None:
    """Also where an odd and an even side put the turned content on half pixels: it is moved, not blurred."""
    array = noise(*size, 1)
    width, height = size
    one = layer(kept, array, x=200, y=200, rotation=90 * turns, scale_x=mirror[0], scale_y=mirror[1])
    out = Compositor(kept).render(document(800, 800, one))
    expected = np.rot90(visible(array)[:: mirror[1], :: mirror[0]], -turns)
    rows, columns = np.flatnonzero(out.any((1, 2))), np.flatnonzero(out.any((0, 2)))
    top, left = rows[0], columns[0]
    assert np.array_equal(out[top : top + expected.shape[0], left : left + expected.shape[1]], expected)
    assert abs(top - (200 + (height - expected.shape[0]) / 2)) <= 1
    assert abs(left - (200 + (width - expected.shape[1]) / 2)) <= 1
    assert rows[-1] - top == expected.shape[0] - 1 and columns[-1] - left == expected.shape[1] - 1


@pytest.mark.parametrize("power", [1, 2, 3])
def test_reduced_levels_are_means_of_pixels(power: int, kept: Kept, noise) -> None:
    array = noise(1024, 768, 3)
    one = document(1024, 768, layer(kept, array))
    expected = array
    for _ in range(power):
        expected = halve(expected)
    compositor = Compositor(kept)
    assert np.array_equal(compositor.render(one, scale=1 / 2**power), visible(expected))
    tile = compositor.render_tile(one, 0, 0, power)[..., [2, 1, 0, 3]].astype(float)
    alpha = expected[:TILE, :TILE, 3:].astype(float)
    premultiplied = np.concatenate([expected[:TILE, :TILE, :3] * alpha / 255, alpha], -1)
    part = tile[: premultiplied.shape[0], : premultiplied.shape[1]]
    assert np.abs(part - premultiplied).max() <= 0.51


def test_a_manifest_without_levels_shows_the_same(kept: Kept, noise) -> None:
    array = noise(1100, 700, 4)
    digest = kept.raster(array)
    full = read_manifest(digest, kept)
    bare = kept.put(encode_manifest(Manifest(full.width, full.height, full.tiles)), RASTER_TYPE)
    one = RasterLayer(pixels=digest, width=1100, height=700)
    compositor = Compositor(kept)
    for scale in (0.5, 0.25, 0.1):
        first = compositor.render(document(1100, 700, one), scale=scale)
        second = compositor.render(document(1100, 700, replace(one, pixels=bare)), scale=scale)
        assert np.array_equal(first, second)


def test_a_missing_reduced_tile_is_made_again(kept: Kept, noise) -> None:
    digest = kept.raster(noise(1100, 700, 4))
    one = document(1100, 700, RasterLayer(pixels=digest, width=1100, height=700))
    whole = Compositor(kept).render(one, scale=0.25)
    manifest = read_manifest(digest, kept)
    for tile in [tile for level in manifest.levels for tile in level if tile is not None]:
        del kept.assets[tile.hex()]
    assert np.array_equal(Compositor(kept).render(one, scale=0.25), whole)


def test_scaling_keeps_flat_colour_flat_and_in_place(kept: Kept) -> None:
    array = np.full((300, 400, 4), (200, 100, 50, 255), np.uint8)
    for scale in (0.3, 0.77, 1.6, 3.0):
        one = layer(kept, array, x=300, y=350, scale_x=scale, scale_y=scale)
        out = Compositor(kept).render(document(1000, 1000, one)).astype(int)
        left, right = max(3, 500 - 200 * scale), min(1000, 500 + 200 * scale)
        top, bottom = 500 - 150 * scale, 500 + 150 * scale
        inside = out[int(top) + 3 : int(bottom) - 3, int(left) + 3 : int(right) - 3]
        assert np.abs(inside - (200, 100, 50, 255)).max() <= 1
        outside = out.copy()
        outside[int(top) - 3 : int(bottom) + 4, int(left) - 3 : int(right) + 4] = 0
        assert not outside.any()
        assert out[..., 3].sum() / 255 == pytest.approx(min(400 * scale, 1000) * 300 * scale, rel=0.01)


def test_turning_keeps_area_and_shows_no_seams(kept: Kept) -> None:
    array = np.full((700, 700, 4), (10, 20, 30, 255), np.uint8)
    for rotation in (10, 45, 133):
        out = Compositor(kept).render(document(1024, 1024, layer(kept, array, x=162, y=162, rotation=rotation)))
        assert out[..., 3].sum() / 255 == pytest.approx(700 * 700, rel=0.002)
        y, x = np.mgrid[0:1024, 0:1024] - 511.5
        angle = np.radians(rotation)
        u, v = np.abs(x * np.cos(angle) + y * np.sin(angle)), np.abs(y * np.cos(angle) - x * np.sin(angle))
        assert (out[(u < 346) & (v < 346)] == (10, 20, 30, 255)).all()
        assert not out[(u > 354) | (v > 354)].any()


def test_enlarging_is_smooth_and_exact_on_a_ramp(kept: Kept) -> None:
    ramp = np.full((100, 100, 4), 255, np.uint8)
    ramp[..., :3] = np.linspace(20, 218, 100).astype(np.uint8)[None, :, None]
    out = Compositor(kept).render(document(400, 400, layer(kept, ramp, x=150, y=150, scale_x=4, scale_y=4)))
    middle = out[200, 40:360, 0].astype(float)
    expected = 20 + 2 * ((np.arange(40, 360) + 0.5) / 4 - 0.5)
    assert np.abs(middle - expected).max() <= 1.0


def test_shrinking_does_not_alias(kept: Kept) -> None:
    """A one-pixel checkerboard becomes even grey at any scale below a half."""
    y, x = np.mgrid[0:1024, 0:1024]
    board = np.full((1024, 1024, 4), 255, np.uint8)
    board[..., :3] = (((x + y) % 2) * 255)[..., None]
    for scale in (0.49, 0.3, 0.11):
        out = Compositor(kept).render(document(1024, 1024, layer(kept, board, scale_x=scale, scale_y=scale)))
        part = out[512 - int(500 * scale) : 512 + int(500 * scale), 512 - int(500 * scale) : 512 + int(500 * scale), 0]
        assert np.abs(part.astype(int) - 128).max() <= 2


def test_what_is_squashed_flat_or_far_away_is_nothing(kept: Kept, noise) -> None:
    array = noise(100, 100, 1)
    for transform in ({"scale_x": 0.0}, {"x": 1e7}, {"scale_x": 1e-9, "scale_y": 1e-9}, {"x": -1e12, "rotation": 3}):
        assert not Compositor(kept).render(document(300, 300, layer(kept, array, **transform))).any()
    assert Compositor(kept).render(document(300, 300, layer(kept, array, scale_x=1e4, scale_y=1e4))).any()
    thin = layer(kept, array, x=100, y=100, scale_x=500.0, scale_y=0.02, rotation=30)
    assert Compositor(kept).render(document(300, 300, thin)).any()


def test_a_mask_at_reduced_levels_matches_the_reduced_picture(kept: Kept) -> None:
    ramp = np.zeros((512, 512, 4), np.uint8)
    ramp[..., 3] = (np.arange(512) // 2)[None, :]
    mask = Mask(pixels=kept.raster(ramp), x=100, y=60, width=512, height=512)
    one = ImageDocument(id="d", width=700, height=700, layers=(FillLayer(colour="#ffffff", mask=mask),))
    full = Compositor(kept).render(one)
    for power in (1, 2):
        expected = full
        for _ in range(power):
            expected = halve(expected)
        small = Compositor(kept).render(one, scale=1 / 2**power)[..., 3].astype(int)
        inner = (slice(None), slice(0, 140))
        assert np.abs(small[inner] - expected[..., 3][inner]).max() <= 2


def test_level_for_a_zoom() -> None:
    assert [level_for(zoom) for zoom in (4.0, 1.0, 0.75, 0.5, 0.49, 0.25, 0.001, 0.0)] == [0, 0, 0, 1, 1, 2, 8, 8]

"""Bent layers against cv2 on a real photograph, and that masks, bounds, hits, repainting and effects follow."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
import pytest

from core.documents.base import from_value, to_value
from core.documents.image import ImageDocument, Mask, RasterLayer, TextLayer, Transform
from core.documents.image_effects import DropShadow
from core.documents.image_warp import FLAT, UNIT, Corners, Warp, convex, plain
from core.raster.bending import bend_of
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.compositor import Compositor
from core.raster.hit import layers_at
from core.raster.manifest import TILE, write_raster
from core.raster.pack import MemoryAssets

replace = msgspec.structs.replace
Floats = npt.NDArray[np.float32]
SAMPLES = 5
LEANING: Corners = ((0.05, 0.02), (0.9, 0.1), (1.02, 0.95), (0.0, 1.0))
RECEDING: Corners = ((0.4, 0.15), (0.6, 0.15), (1.3, 1.0), (-0.3, 1.0))


@cache
def photo() -> npt.NDArray[np.uint8]:
    path = Path(__file__).parents[3] / "resources" / "samples" / "coffee.png"
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGBA)  # type: ignore[return-value]


def shown(layer: RasterLayer | TextLayer, size: tuple[int, int] = (600, 400)) -> ImageDocument:
    return ImageDocument(id="d", width=size[0], height=size[1], layers=(layer,))


def layer_of(assets: MemoryAssets, **fields: object) -> RasterLayer:
    height, width = photo().shape[:2]
    digest = write_raster(photo(), assets)
    return RasterLayer(id="p", pixels=digest, width=width, height=height, **fields)  # type: ignore[arg-type]


def premultiplied(pixels: npt.NDArray[np.uint8]) -> Floats:
    floats = pixels.astype(np.float32) / 255
    floats[..., :3] *= floats[..., 3:]
    return floats


def reference(back: Callable[[Floats, Floats], tuple[Floats, Floats]]) -> Floats:
    """Return the photograph as ``back`` (document points to its own) has it: 25 samples a pixel, cubic, floats."""
    height, width = photo().shape[:2]
    y, x = np.mgrid[0 : height * SAMPLES, 0 : width * SAMPLES].astype(np.float32)
    u, v = back((x + 0.5) / SAMPLES, (y + 0.5) / SAMPLES)
    sampled = cv2.remap(
        photo().astype(np.float32) / 255, u - 0.5, v - 0.5, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    sampled *= ((u >= 0) & (u <= width) & (v >= 0) & (v <= height))[..., None]
    return sampled.reshape(height, SAMPLES, width, SAMPLES, 4).mean(axis=(1, 3)).astype(np.float32)


def differences(layer: RasterLayer, assets: MemoryAssets, expected: Floats) -> tuple[float, float, float]:
    """Return the mean difference in 255ths, that which one pixel in a thousand exceeds, and the PSNR inside in dB."""
    found = premultiplied(Compositor(assets).render(shown(layer)))
    apart = np.abs(found - expected)
    inside = cv2.erode((expected[..., 3] > 0.999).astype(np.uint8), np.ones((5, 5))) > 0
    psnr = -10 * np.log10(np.square(apart[inside]).mean())
    return float(apart.mean() * 255), float(np.quantile(apart, 0.999) * 255), float(psnr)


@pytest.mark.parametrize(("corners", "psnr"), [(LEANING, 48), (RECEDING, 40)])
def test_perspective_is_what_cv2_makes_of_it(corners: Corners, psnr: float) -> None:
    assets = MemoryAssets()
    turned = Transform(x=20, y=-10, scale_x=0.9, scale_y=0.8, rotation=8)
    layer = layer_of(assets, warp=Warp(corners=corners), transform=turned)
    width, height = layer.width, layer.height
    a, b, c, d, tx, ty = turned.matrix(width, height)
    own = np.float32([(0, 0), (width, 0), (width, height), (0, height)])  # type: ignore[arg-type]
    there = np.float32([(x * width, y * height) for x, y in corners])  # type: ignore[arg-type]
    placed = np.array([[a, c, tx], [b, d, ty], [0, 0, 1]]) @ cv2.getPerspectiveTransform(own, there)
    inverse = np.linalg.inv(placed)

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        points = cv2.perspectiveTransform(np.stack([x, y], axis=-1).reshape(1, -1, 2), inverse).reshape(*x.shape, 2)
        return np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])

    mean, most, found = differences(layer, assets, reference(back))
    assert mean < 0.6 and most < 12 and found > psnr


def bow(size: float) -> Warp:
    """A mesh that bends level lines into parabolas: y = v + 4·size·u(1 − u), which a cubic surface holds exactly."""
    lift = (0.0, 4 / 3 * size, 4 / 3 * size, 0.0)
    return Warp(mesh=tuple((column / 3, row / 3 + lift[column]) for row in range(4) for column in range(4)))


def test_a_mesh_is_the_surface_that_it_describes() -> None:
    assets = MemoryAssets()
    layer = layer_of(assets, warp=bow(-0.2), transform=Transform(y=60, scale_y=0.8))

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        u = x / layer.width
        own = ((y - 60 - layer.height / 2) / 0.8 + layer.height / 2) / layer.height
        return x, (own + 0.8 * u * (1 - u)) * layer.height

    mean, most, psnr = differences(layer, assets, reference(back))
    assert mean < 0.6 and most < 12 and psnr > 45


@pytest.mark.parametrize("warp", [Warp(corners=UNIT), Warp(mesh=FLAT)])
def test_a_warp_that_bends_nothing_changes_nothing(warp: Warp) -> None:
    assets = MemoryAssets()
    compositor = Compositor(assets)
    layer = layer_of(assets, warp=warp)
    apart = compositor.render(shown(layer)).astype(int) - compositor.render(shown(replace(layer, warp=None)))
    assert np.abs(apart).max() <= 1
    assert plain(warp) is None


@pytest.mark.parametrize("warp", [Warp(corners=RECEDING), bow(0.15)])
def test_blocks_join_without_a_seam_and_reduced_levels_agree(warp: Warp) -> None:
    assets = MemoryAssets()
    compositor, document = Compositor(assets), shown(layer_of(assets, warp=warp))
    whole = compositor.render(document)
    part = premultiplied(compositor.render(document, (101, 67, 400, 300)))
    assert np.abs(premultiplied(whole)[67:367, 101:501] - part).max() * 255 <= 16
    half = premultiplied(compositor.render(document, None, 0.5))
    means = premultiplied(whole).reshape(200, 2, 300, 2, 4).mean(axis=(1, 3))
    assert np.abs(half - means).mean() * 255 < 2.5


@pytest.mark.parametrize("warp", [Warp(corners=LEANING), bow(0.1), replace(bow(0.1), corners=LEANING)])
@pytest.mark.parametrize("inverted", [False, True])
def test_the_mask_is_bent_with_its_layer(warp: Warp, inverted: bool) -> None:
    assets = MemoryAssets()
    compositor = Compositor(assets)
    cover = np.zeros((180, 240, 4), np.uint8)
    cv2.circle(cover, (120, 90), 80, (255, 255, 255, 255), -1, cv2.LINE_AA)
    digest = write_raster(cover, assets)
    mask = Mask(pixels=digest, x=150, y=90, width=240, height=180, inverted=inverted)
    layer = layer_of(assets, mask=mask)
    flat = compositor.render(shown(layer))
    baked = replace(layer, mask=None, pixels=write_raster(flat, assets), warp=warp)
    first = premultiplied(compositor.render(shown(replace(layer, warp=warp))))
    apart = np.abs(first - premultiplied(compositor.render(shown(baked))))
    assert first.any() and apart.mean() * 255 < 0.5 and np.quantile(apart, 0.999) * 255 < 12


@pytest.mark.parametrize("warp", [Warp(corners=RECEDING), bow(0.15), replace(bow(-0.2), corners=LEANING)])
def test_bounds_and_hits_follow(warp: Warp) -> None:
    assets = MemoryAssets()
    layer = layer_of(assets, warp=warp, transform=Transform(x=150, y=150, scale_x=0.5, scale_y=0.4, rotation=20))
    document = shown(layer, (900, 700))
    alpha = Compositor(assets).render(document)[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    left, top, right, bottom = layer_bounds(layer)
    assert left - 1 <= columns[0] <= left + 2 and right - 2 <= columns[-1] + 1 <= right + 1
    assert top - 1 <= rows[0] <= top + 2 and bottom - 2 <= rows[-1] + 1 <= bottom + 1
    places = np.random.default_rng(1).integers(0, (900, 700), (60, 2))
    for x, y in places:
        around = alpha[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2]
        if around.min() == around.max():
            assert bool(layers_at(document, float(x), float(y), assets)) == (alpha[y, x] > 0)
    bend = bend_of(layer)
    assert bend is not None
    there = bend.forward(np.array([123.0]), np.array([77.0]))
    assert bend.back(float(there[0][0]), float(there[1][0])) == pytest.approx((123, 77), abs=0.5)


def test_changing_a_warp_repaints_all_that_changes() -> None:
    assets = MemoryAssets()
    compositor = Compositor(assets)
    layer = layer_of(assets, transform=Transform(x=150, y=150), effects=(DropShadow(),))
    states = [None, Warp(corners=RECEDING), bow(0.2), Warp(corners=LEANING)]
    for old, new in pairwise(states):
        documents = [shown(replace(layer, warp=warp), (1300, 700)) for warp in (old, new)]
        before, after = (compositor.render(one) for one in documents)
        dirty = compositor.dirty_tiles(*documents)
        assert dirty is not None and len(dirty) < 18
        changed = {(int(x) // TILE, int(y) // TILE) for y, x in np.argwhere((before != after).any(axis=2))}
        assert changed and changed <= dirty


def test_text_and_its_effects_bend() -> None:
    assets = MemoryAssets()
    text = TextLayer(id="t", text="Slow", size=120.0, transform=Transform(x=120, y=100))
    compositor = Compositor(assets)
    straight = compositor.render(shown(text))[..., 3]
    bent = replace(text, warp=replace(bow(0.3), corners=((0, 0), (1, 0.2), (1, 0.8), (0, 1))))
    alpha = compositor.render(shown(bent))[..., 3]
    assert 0.4 < (alpha > 128).sum() / (straight > 128).sum() < 1.1
    left, top, right, bottom = ink_bounds(bent)
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    assert left - 1 <= columns[0] and columns[-1] <= right + 1 and top - 1 <= rows[0] and rows[-1] <= bottom + 1
    shaded = compositor.render(shown(replace(bent, effects=(DropShadow(),))))[..., 3]
    assert (shaded >= alpha).all() and (shaded > alpha).sum() > 1000


def test_old_files_open_and_new_ones_keep_their_warps() -> None:
    layer = RasterLayer(id="p", pixels="ab" * 32, width=4, height=4)
    value = to_value(shown(layer))
    assert "warp" not in value["layers"][0]
    bent = shown(replace(layer, warp=replace(bow(0.1), corners=LEANING)))
    assert from_value("image", to_value(bent)) == bent
    assert convex(UNIT) and convex(RECEDING)
    assert not convex(((0, 0), (1, 0), (0.2, 0.2), (0, 1))) and not convex(((0, 0), (0, 1), (1, 1), (1, 0)))

"""Brushes and their kin on 16 and 32 bits a channel: as on 8, only finer; what they leave alone keeps every bit."""

from typing import Any

import msgspec
import numpy as np
import pytest

from core.documents.image import ImageDocument, RasterLayer, new_image
from core.documents.image_values import Depth
from core.raster import gradients, within
from core.raster.brush import Brush, Stroke
from core.raster.compositor import Compositor
from core.raster.depths import DTYPES, Deep, converted
from core.raster.gradients import Gradient
from core.raster.healing import HealStroke, SpotStroke
from core.raster.liquify import Field
from core.raster.manifest import read_deep, replace_tiles, write_raster
from core.raster.pack import MemoryAssets
from core.raster.sampling import PictureSampler, RasterSampler
from core.raster.smudging import SmudgeStroke
from core.raster.stamping import CloneStroke, FilterStroke
from core.raster.tiles import TileReader
from core.raster.toning import ToneStroke

replace = msgspec.structs.replace
SIDE = 300
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BRUSH = Brush(size=60, hardness=0.2, opacity=0.7, colour="#c08040")


def ramp(depth: Depth, *, noisy: bool = False) -> Any:
    """A soft picture with alpha; its 16-bit numbers are multiples of 257, so that it is the same at 8 bits."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    generator = np.random.default_rng(0)
    noise = generator.integers(0, 40, (SIDE, SIDE)) if noisy else 0
    array = np.stack([40 + x // 3 + noise, 60 + y // 3 + noise, 90 + (x + y) // 6, np.full_like(x, 255)], -1)
    array[:40, :40, 3] = 0
    array[40:80, :, 3] = 130
    return converted(array.astype(np.uint8), depth)


def strokes(kind: str, brush: Brush, digest: str, assets: MemoryAssets) -> Stroke:
    own = RasterSampler(digest, assets)
    return {
        "paint": lambda: Stroke(brush, digest, assets),
        "erase": lambda: Stroke(brush, digest, assets, "erase"),
        "clone": lambda: CloneStroke(brush, digest, assets, own, (40, 60)),
        "heal": lambda: HealStroke(brush, digest, assets, own, (40, 60), own),
        "spot": lambda: SpotStroke(brush, digest, assets, own),
        "blur": lambda: FilterStroke(brush, digest, assets, own, "blur", 0.6),
        "sharpen": lambda: FilterStroke(brush, digest, assets, own, "sharpen", 0.6),
        "smudge": lambda: SmudgeStroke(brush, digest, assets, 0.8),
        "dodge": lambda: ToneStroke(brush, digest, assets, "dodge", 0.6),
        "burn": lambda: ToneStroke(brush, digest, assets, "burn", 0.6),
        "saturate": lambda: ToneStroke(brush, digest, assets, "saturate", 0.6),
    }[kind]()


KINDS = ["paint", "erase", "clone", "heal", "spot", "blur", "sharpen", "smudge", "dodge", "burn", "saturate"]


def drawn(kind: str, array: Deep, brush: Brush = BRUSH) -> Deep:
    """The whole raster after one stroke across it."""
    assets = MemoryAssets()
    digest = write_raster(array, assets)
    if kind == "spot":  # it needs room around itself
        brush = replace(brush, size=16.0)
    stroke = strokes(kind, brush, digest, assets)
    for step in range(5):
        stroke.add(60 + 30 * step, 90 + 20 * step)
    for tile in stroke.tiles.values():
        assert tile.dtype == array.dtype
    tiles = stroke.finish()
    assert tiles
    return read_deep(replace_tiles(digest, tiles, assets, assets), assets)


@pytest.mark.parametrize("depth", [16, 32])
@pytest.mark.parametrize("kind", KINDS)
def test_a_stroke_is_what_it_is_at_8_bits(kind: str, depth: Depth) -> None:
    noisy = kind in ("heal", "spot")
    eight = drawn(kind, ramp(8, noisy=noisy)).astype(int)
    deep = drawn(kind, ramp(depth, noisy=noisy))
    assert deep.dtype == DTYPES[depth]
    there = np.minimum(eight[..., 3], converted(deep, 8)[..., 3]) > 20  # of what is hardly there no colour is known
    # Rounding to 8 bits at every dab adds up where dabs build on dabs.
    most = 6 if kind in ("smudge", "heal", "spot") else 3
    assert np.abs(converted(deep, 8).astype(int) - eight)[there].max() <= most
    assert np.abs(converted(deep, 8)[..., 3].astype(int) - eight[..., 3]).max() <= 2


@pytest.mark.parametrize("depth", [16, 32])
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_stroke_leaves_alone_keeps_every_bit(kind: str, depth: Depth) -> None:
    generator = np.random.default_rng(3)
    array: Any = ramp(depth, noisy=True)
    if depth == 16:
        array[..., :3] += generator.integers(0, 257, (SIDE, SIDE, 3)).astype(np.uint16)
    else:
        array[..., :3] = generator.random((SIDE, SIDE, 3)) * 5 - 1
    after = drawn(kind, array)
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    far = np.ones((SIDE, SIDE), bool)
    for step in range(5):
        far &= np.hypot(x - 60 - 30 * step, y - 90 - 20 * step) > 70
    assert np.array_equal(after[far], array[far])
    assert not np.array_equal(after, array)
    if depth == 32:
        assert after.max() > 3.5 and np.isfinite(after).all()


def test_a_soft_stroke_has_more_steps_than_8_bits_have() -> None:
    array = converted(np.full((SIDE, SIDE, 4), 255, np.uint8), 16)
    after = drawn("paint", array, Brush(size=120, hardness=0.0, opacity=0.03, colour="#000000"))
    assert len(np.unique(after[..., 0])) > 500


def test_cloning_at_full_strength_copies_every_bit() -> None:
    for depth in (16, 32):
        array: Any = ramp(depth)  # type: ignore[arg-type]
        array[..., 3] = array[-1, -1, 3]
        if depth == 16:
            array[..., :3] += np.random.default_rng(0).integers(0, 257, (SIDE, SIDE, 3)).astype(np.uint16)
        after = drawn("clone", array, Brush(size=60, hardness=1.0))
        difference = np.abs(after[110, 100].astype(float) - array[170, 140].astype(float)).max()
        assert difference <= (0 if depth == 16 else 1e-6)


def test_dodging_leaves_what_is_brighter_than_white() -> None:
    array = np.full((SIDE, SIDE, 4), 3.0, np.float32)
    array[..., 3] = 1
    assets = MemoryAssets()
    digest = write_raster(array, assets)
    stroke = strokes("dodge", BRUSH, digest, assets)
    stroke.add(100, 100)
    for tile in stroke.finish().values():
        assert tile[..., :3].max() == 3.0 and tile[:100, :100, :3].min() == 3.0


@pytest.mark.parametrize("depth", [16, 32])
def test_filling_and_clearing_by_parts(depth: Depth) -> None:
    assets = MemoryAssets()
    array = ramp(depth)
    digest = write_raster(array, assets)
    chosen = np.zeros((SIDE, SIDE), np.uint8)
    chosen[100:200, 100:200] = 128
    filled = within.changed_tiles(digest, chosen, IDENTITY, assets, within.fill_with(200, 100, 50))
    after = read_deep(replace_tiles(digest, filled, assets, assets), assets)
    scale = {16: 65535, 32: 1}[depth]
    wanted = array[150, 150, :3] / scale + (np.array([200, 100, 50]) / 255 - array[150, 150, :3] / scale) * (128 / 255)
    assert np.abs(after[150, 150, :3] / scale - wanted).max() < 2e-5
    assert np.array_equal(after[:100], array[:100])
    cleared = within.changed_tiles(digest, chosen, IDENTITY, assets, within.clear)
    after = read_deep(replace_tiles(digest, cleared, assets, assets), assets)
    assert abs(after[150, 150, 3] / scale - 127 / 255) < 2e-5


@pytest.mark.parametrize("depth", [16, 32])
def test_a_gradient_has_no_steps(depth: Depth) -> None:
    assets = MemoryAssets()
    digest = write_raster(converted(np.full((SIDE, SIDE, 4), 255, np.uint8), depth), assets)
    gradient = Gradient(start=(0.0, 0.0), end=(float(SIDE), 0.0), stops=((0.0, "#202020"), (1.0, "#242424")))
    tiles = dict(gradients.changed_tiles(digest, None, IDENTITY, assets, gradient))
    after = read_deep(replace_tiles(digest, tiles, assets, assets), assets)
    scale = {16: 65535, 32: 1}[depth]
    wanted = (32 + 4 * (np.arange(SIDE) + 0.5) / SIDE) / 255
    assert np.abs(after[10, :, 0] / scale - wanted).max() < 2e-5
    assert len(np.unique(after[10, :, 0])) == SIDE


@pytest.mark.parametrize("depth", [8, 16, 32])
def test_liquify_moves_all_bits(depth: Depth) -> None:
    assets = MemoryAssets()
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    times = 4 if depth == 32 else 1
    soft = np.stack([x * times, y, x * y, np.ones_like(x)], -1).astype(np.float32)
    digest = write_raster(converted(soft, depth), assets)
    field = Field(SIDE, SIDE)
    field.stroke("push", 100, 100, 50, 1.0, 12.0, 0.0)
    tile = field.tile(TileReader(assets, 1 << 26), digest, (0, 0))
    assert tile.dtype == DTYPES[depth]
    array = read_deep(digest, assets)[:256, :256]
    assert np.array_equal(tile[200:], array[200:])
    scale = {8: 255, 16: 65535, 32: 1}[depth]
    moved = tile[100, 95, 0] / scale
    assert 0.01 * times < array[100, 95, 0] / scale - moved < 0.06 * times
    if depth == 32:
        assert tile.max() > 3


@pytest.mark.parametrize("depth", [16, 32])
def test_the_picture_is_sampled_at_its_depth(depth: Depth) -> None:
    assets = MemoryAssets()
    array = ramp(depth)
    array[..., 3] = array[-1, -1, 3]
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=SIDE, height=SIDE)
    document: ImageDocument = new_image(SIDE, SIDE)
    document = ImageDocument(id="d", width=SIDE, height=SIDE, layers=(layer,), depth=depth)
    sampler = PictureSampler(Compositor(assets), document, IDENTITY)
    assert np.array_equal(sampler.read((10, 20, 200, 150)), array[20:150, 10:200])
    shifted = PictureSampler(Compositor(assets), document, (1.0, 0.0, 0.0, 1.0, 0.5, 0.0))
    found = shifted.read((10, 20, 200, 150))
    mean = (array[20:150, 10:200].astype(float) + array[20:150, 11:201]) / 2
    assert np.abs(found - mean).max() <= (1 if depth == 16 else 1e-6)

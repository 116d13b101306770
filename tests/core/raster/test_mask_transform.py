"""A mask that was scaled or turned with its layer covers what the same pixels on a layer would, and repaints that."""

import msgspec
import numpy as np
import pytest

from core.documents.image import FillLayer, ImageDocument, Mask, RasterLayer, Transform
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, write_raster
from core.raster.pack import MemoryAssets

replace = msgspec.structs.replace


@pytest.mark.parametrize(
    "transform",
    [
        Transform(),
        Transform(x=3.0, y=-5.0),
        Transform(scale_x=2.0, scale_y=2.0),
        Transform(rotation=90.0),
        Transform(scale_x=-1.0),
        Transform(x=0.5, scale_x=1.5, scale_y=0.75, rotation=30.0),
    ],
)
def test_a_transformed_mask_covers_what_a_transformed_layer_would(transform: Transform) -> None:
    assets = MemoryAssets()
    pixels = np.zeros((90, 70, 4), np.uint8)
    pixels[10:60, 5:50] = 255
    digest = write_raster(pixels, assets)
    mask = Mask(pixels=digest, x=120, y=100, width=70, height=90, transform=transform)
    masked = ImageDocument(id="m", width=400, height=300, layers=(FillLayer(colour="#ffffff", mask=mask),))
    placed = replace(transform, x=transform.x + 120, y=transform.y + 100)
    layer = RasterLayer(pixels=digest, width=70, height=90, transform=placed)
    plain = ImageDocument(id="p", width=400, height=300, layers=(layer,))
    compositor = Compositor(assets)
    first, second = compositor.render(masked)[..., 3], compositor.render(plain)[..., 3]
    assert second.any()
    assert np.abs(first.astype(int) - second.astype(int)).max() <= 1


def test_scaling_a_mask_dirties_where_it_was_and_where_it_is() -> None:
    assets = MemoryAssets()
    digest = write_raster(np.full((64, 64, 4), 255, np.uint8), assets)
    mask = Mask(pixels=digest, x=300, y=300, width=64, height=64)
    fill = FillLayer(id="f", mask=mask)
    old = ImageDocument(id="m", width=2048, height=2048, layers=(fill,))
    moved = replace(mask, transform=Transform(x=1200.0, scale_x=3.0, scale_y=3.0))
    new = replace(old, layers=(replace(fill, mask=moved),))
    compositor = Compositor(assets)
    dirty = compositor.dirty_tiles(old, new)
    assert dirty is not None
    before, after = compositor.render(old), compositor.render(new)
    differs = (before != after).any(axis=2)
    found = {(int(x) // TILE, int(y) // TILE) for y, x in np.argwhere(differs)}
    assert found and found <= dirty
    assert compositor.document_tiles(new, "f", {(0, 0)}, mask=True) >= {(5, 1), (6, 1)}

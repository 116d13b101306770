"""The whole picture turned, mirrored, cropped: pixel for pixel what numpy makes of it; cut layers show the same."""

import numpy as np
import pytest

from core.documents import image_frame as frames
from core.documents.image import ImageDocument, RasterLayer, Transform
from core.documents.image_frame import Framing
from core.raster.bounds import content_size
from core.raster.compositor import Compositor
from core.raster.cutting import cut_to_canvas
from core.raster.manifest import write_raster
from core.raster.pack import MemoryAssets

HERE = Transform()


def picture(assets: MemoryAssets, width: int, height: int, transform: Transform = HERE) -> ImageDocument:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    layer = RasterLayer(id="p", pixels=write_raster(pixels, assets), width=width, height=height, transform=transform)
    return ImageDocument(id="d", width=301, height=200, layers=(layer,))


@pytest.mark.parametrize("size", [(301, 200), (120, 77)])
def test_turned_and_mirrored_pictures_are_exact(size: tuple[int, int]) -> None:
    assets = MemoryAssets()
    document, compositor = picture(assets, *size, Transform(x=7.0, y=11.0)), Compositor(assets)
    before = compositor.render(document)
    for quarters in (1, 2, 3):
        after = compositor.render(frames.turn_picture(document, quarters, content_size))
        assert np.array_equal(after, np.rot90(before, -quarters))
    for direction, axis in (("horizontal", 1), ("vertical", 0)):
        after = compositor.render(frames.flip_picture(document, direction, content_size))  # type: ignore[arg-type]
        assert np.array_equal(after, np.flip(before, axis))


def test_a_cropped_picture_is_the_slice_and_grows_back() -> None:
    assets = MemoryAssets()
    document, compositor = picture(assets, 301, 200), Compositor(assets)
    before = compositor.render(document)
    small = frames.reframe(document, Framing(100.2, 60.0, 80.0, 50.0), content_size)
    assert np.array_equal(compositor.render(small), before[35:85, 60:140])
    large = frames.reframe(small, Framing(90.5, 65.0, 301.0, 200.0), content_size)
    assert np.array_equal(compositor.render(large), before)


@pytest.mark.parametrize("degrees", [0.0, 17.0])
def test_cut_layers_show_the_same_and_hold_less(degrees: float) -> None:
    assets = MemoryAssets()
    document, compositor = picture(assets, 301, 200), Compositor(assets)
    small = frames.reframe(document, Framing(150.0, 100.0, 90.0, 60.0, degrees), content_size)
    cut = cut_to_canvas(small, compositor, assets)
    layer = cut.layers[0]
    assert isinstance(layer, RasterLayer) and layer.width < 150 and layer.height < 120
    difference = np.abs(compositor.render(cut).astype(int) - compositor.render(small))
    assert difference[2:-2, 2:-2].max() <= 1
    outside = frames.reframe(document, Framing(900.0, 100.0, 90.0, 60.0), content_size)
    assert not compositor.render(cut_to_canvas(outside, compositor, assets)).any()

"""Where layers stand and which one is under the pointer."""

import msgspec
import numpy as np
import pytest
from raster_reference import Kept

from core.documents.image import (
    AdjustmentLayer,
    Exposure,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    TextLayer,
    Transform,
)
from core.raster.bounds import content_size, layer_bounds, layer_quad
from core.raster.compositor import Compositor
from core.raster.hit import layer_at, layers_at

replace = msgspec.structs.replace


@pytest.fixture
def square(kept: Kept) -> RasterLayer:
    """A 100×60 layer at (200, 100) whose left half is opaque and whose right half is clear."""
    array = np.zeros((60, 100, 4), np.uint8)
    array[:, :50] = (200, 0, 0, 255)
    return RasterLayer(id="s", pixels=kept.raster(array), width=100, height=60, transform=Transform(x=200, y=100))


def document(*layers: object) -> ImageDocument:
    return ImageDocument(id="d", width=600, height=400, layers=layers)  # type: ignore[arg-type]


def test_bounds_and_corners(square: RasterLayer) -> None:
    assert content_size(square) == (100, 60)
    assert layer_bounds(square) == (200, 100, 300, 160)
    turned = replace(square, transform=Transform(x=200, y=100, rotation=90))
    corners = layer_quad(turned)
    assert np.allclose(corners, [(280, 80), (280, 180), (220, 180), (220, 80)])
    assert np.allclose(layer_bounds(turned), (220, 80, 280, 180))
    tilted = layer_quad(replace(square, transform=Transform(x=200, y=100, rotation=45, scale_x=2)))
    assert np.allclose(np.mean(tilted, axis=0), (250, 130))
    assert np.allclose(np.hypot(*np.subtract(tilted[1], tilted[0])), 200)


def test_bounds_of_what_has_no_size_of_its_own(square: RasterLayer) -> None:
    whole = document(square)
    assert content_size(FillLayer()) == content_size(GroupLayer()) == (0, 0)
    assert layer_bounds(FillLayer(), whole) == (0, 0, 600, 400)
    assert layer_bounds(FillLayer()).empty and layer_bounds(GroupLayer()).empty
    group = GroupLayer(layers=(square, replace(square, transform=Transform(x=-50, y=300))))
    assert layer_bounds(group) == (-50, 100, 300, 360)
    assert layer_quad(group)[0] == (-50, 100)


def test_the_topmost_visible_layer_is_hit(square: RasterLayer, kept: Kept) -> None:
    fill = FillLayer(id="f", colour="#eeeeee")
    text = TextLayer(id="t", text="iii", size=60, transform=Transform(x=210, y=90))
    picture = document(fill, square, AdjustmentLayer(id="a", adjustment=Exposure(stops=1)), text)
    assert layer_at(picture, 205, 155, kept) == "s"
    assert layer_at(picture, 260, 155, kept) == "f"
    assert layers_at(picture, 215, 120, kept) == ["t", "s", "f"]
    assert layer_at(document(square), 10, 10, kept) is None
    assert layer_at(picture, -1, 10, kept) is None
    hidden = picture.replace_layer("t", lambda layer: replace(layer, visible=False))
    assert layer_at(hidden, 215, 120, kept) == "s"


def test_alpha_opacity_and_masks_let_clicks_through(square: RasterLayer, kept: Kept) -> None:
    faint = replace(square, opacity=16 / 255)
    assert layer_at(document(faint), 205, 105, kept) is None
    assert layer_at(document(replace(square, opacity=18 / 255)), 205, 105, kept) == "s"
    cover = np.zeros((20, 20, 4), np.uint8)
    cover[..., 3] = 255
    mask = Mask(pixels=kept.raster(cover), x=200, y=100, width=20, height=20)
    masked = document(replace(square, mask=mask))
    assert layer_at(masked, 219, 119, kept) == "s" and layer_at(masked, 220, 119, kept) is None
    inverted = document(replace(square, mask=replace(mask, inverted=True)))
    assert layer_at(inverted, 219, 119, kept) is None and layer_at(inverted, 220, 119, kept) == "s"


def test_groups_and_clipping(square: RasterLayer, kept: Kept) -> None:
    group = GroupLayer(id="g", layers=(square,))
    assert layer_at(document(group), 205, 105, kept) == "s"
    assert layer_at(document(replace(group, visible=False)), 205, 105, kept) is None
    assert layer_at(document(replace(group, opacity=0.01)), 205, 105, kept) is None
    clipped = FillLayer(id="c", clipped=True)
    picture = document(square, clipped)
    assert layer_at(picture, 205, 105, kept) == "c"
    assert layer_at(picture, 260, 105, kept) is None
    assert layers_at(document(group, clipped), 205, 105, kept) == ["c", "s"]


@pytest.mark.parametrize("rotation", [0.0, 90.0, 37.0])
def test_hits_are_where_pixels_are(rotation: float, square: RasterLayer, kept: Kept) -> None:
    picture = document(replace(square, transform=Transform(x=200, y=100, rotation=rotation, scale_x=-1.0)))
    alpha = Compositor(kept).render(picture)[..., 3]
    generator = np.random.default_rng(1)
    wrong = 0
    for x, y in generator.integers((180, 60), (320, 200), (300, 2)):
        wrong += (layer_at(picture, x + 0.3, y + 0.7, kept) == "s") != (alpha[y, x] > 16)
    assert wrong <= (0 if rotation % 90 == 0 else 6)  # a filtered edge is where one says it is

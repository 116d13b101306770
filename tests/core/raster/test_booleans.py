"""Shapes made of shapes, held against the same sets of pixels worked out with numpy."""

import numpy as np
import numpy.typing as npt
import pytest
from raster_reference import Kept

from core.documents.image import ImageDocument, ShapeLayer, Transform
from core.documents.image_shapes import Combining, Ellipse, Geometry, Line, Path, Rectangle, ShapeStroke, Solid, Star
from core.raster.booleans import combine, combine_live, outlined_stroke
from core.raster.compositor import Compositor
from core.values import AtelierError


def alpha(kept: Kept, *layers: ShapeLayer) -> npt.NDArray[np.float64]:
    return Compositor(kept).render(ImageDocument(id="d", width=160, height=160, layers=layers))[..., 3] / 255.0


BELOW = ShapeLayer(
    geometry=Ellipse(width=90, height=80), fill=Solid(colour="#ff0000"), transform=Transform(x=20, y=20, rotation=20)
)
ABOVE = ShapeLayer(
    geometry=Star(width=100, height=90, points=6, inner=0.5, radius=5),
    fill=Solid(colour="#0000ff"),
    transform=Transform(x=50, y=50, rotation=-15, scale_x=-1),
)


@pytest.mark.parametrize("operation", ["unite", "subtract", "intersect", "exclude"])
def test_combined_shapes_cover_what_sets_of_their_pixels_do(kept: Kept, operation: Combining) -> None:
    made = combine([BELOW, ABOVE], operation)
    one, other, found = alpha(kept, BELOW), alpha(kept, ABOVE), alpha(kept, made)
    inside, beside = (one == 1) & (other == 1), (one == 0) & (other == 0)
    only_one, only_other = (one == 1) & (other == 0), (one == 0) & (other == 1)
    expected = {
        "unite": (True, True, True),
        "subtract": (True, False, False),
        "intersect": (False, True, False),
        "exclude": (True, False, True),
    }[operation]
    for where, full in zip((only_one, inside, only_other), expected, strict=True):
        assert where.sum() > 300
        assert np.abs(found[where] - float(full)).max() < 0.1
    assert found[beside].max() < 0.1
    assert isinstance(made.geometry, Path)
    assert made.fill == (BELOW if operation == "subtract" else ABOVE).fill
    assert len(made.geometry.parts) >= 1 and sum(len(part.knots) for part in made.geometry.parts) < 80


def test_a_hole_stays_a_hole_and_can_be_cut_again(kept: Kept) -> None:
    def square(side: float) -> ShapeLayer:
        at = (160 - side) / 2
        return ShapeLayer(geometry=Rectangle(width=side, height=side), transform=Transform(x=at, y=at))

    ring = combine([square(120), square(80)], "subtract")
    found = alpha(kept, ring)
    assert found[80, 80] == 0 and found[30, 80] == 1
    again = alpha(kept, combine([ring, square(40)], "unite"))
    assert again[80, 80] == 1 and again[80, 50] == 0


def test_nothing_left_is_said_in_a_sentence() -> None:
    far = ShapeLayer(geometry=Rectangle(width=5, height=5), transform=Transform(x=150, y=150))
    with pytest.raises(AtelierError, match="Nothing would be left"):
        combine([ShapeLayer(geometry=Rectangle(width=5, height=5)), far], "intersect")


@pytest.mark.parametrize("position", ["inside", "centre", "outside"])
@pytest.mark.parametrize("geometry", [Ellipse(width=90, height=60), Line(dx=90, dy=30, end="arrow")])
def test_an_outlined_stroke_covers_what_the_stroke_did(kept: Kept, position: str, geometry: Geometry) -> None:
    stroke = ShapeStroke(colour="#00ff00", width=11, position=position)
    layer = ShapeLayer(geometry=geometry, fill=None, stroke=stroke, transform=Transform(x=30, y=40, rotation=25))
    made = outlined_stroke(layer)
    off = np.abs(alpha(kept, layer) - alpha(kept, made))
    assert off.max() < 0.35 and off.mean() < 0.002  # skia's edges, which differ with the way a path is made
    assert made.fill == Solid(colour="#00ff00") and made.stroke is None


@pytest.mark.parametrize("operation", ["unite", "subtract", "intersect", "exclude"])
def test_outlines_that_stay_apart_are_drawn_as_if_they_were_combined(kept: Kept, operation: Combining) -> None:
    once, live = combine([BELOW, ABOVE], operation), combine_live([BELOW, ABOVE], operation)
    assert live is not None and isinstance(live.geometry, Path)
    assert [part.combine for part in live.geometry.parts] == ["unite", operation]
    assert np.abs(alpha(kept, once) - alpha(kept, live)).max() < 0.25
    flat = combine([live], "unite")
    assert isinstance(flat.geometry, Path) and all(part.combine == "unite" for part in flat.geometry.parts)
    assert np.abs(alpha(kept, once) - alpha(kept, flat)).max() < 0.1

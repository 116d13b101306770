"""Vector shapes as values: their outlines, their boxes, and what scaling leaves alone."""

import math

import msgspec
import pytest
from hypothesis import given, settings
from image_strategies import documents, geometries, scales, size_of, transforms

from core.documents import image_place, image_shapes
from core.documents.base import decode_document, encode_document, from_value, to_value
from core.documents.image import ImageDocument, Mask, Placed, ShapeLayer, Transform
from core.documents.image_shapes import (
    Contour,
    Ellipse,
    Geometry,
    Knot,
    Path,
    Polygon,
    Rectangle,
    ShapeStroke,
    Star,
    contour_bounds,
    resized,
)
from core.documents.patch import apply, diff
from core.values import AtelierError

replace = msgspec.structs.replace


@settings(max_examples=40, deadline=None)
@given(geometries)
def test_an_outline_fills_its_box_and_no_more(geometry: Geometry) -> None:
    left, top, right, bottom = contour_bounds(geometry.contours())
    width, height = geometry.size()
    # What is rounded may stay within its box; everything else touches all four sides.
    assert left >= -1e-6 and top >= -1e-6 and right <= width + 1e-6 and bottom <= height + 1e-6
    if not getattr(geometry, "radius", 0.0):
        assert (left, top, right, bottom) == pytest.approx((0, 0, width, height), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(documents)
def test_documents_with_shapes_are_stored_and_patched_exactly(document: ImageDocument) -> None:
    assert decode_document(encode_document(document)) == document
    new = replace(document, layers=document.layers[::-1], width=77)
    assert from_value("image", apply(to_value(document), diff(document, new))) == new


def test_a_document_of_an_older_version_opens_unchanged() -> None:
    mask = {"pixels": "ab" * 32, "width": 4, "height": 3}
    value = {"id": "d", "width": 9, "height": 8, "layers": [{"type": "fill", "id": "f", "mask": mask}]}
    document = from_value("image", value)
    assert isinstance(document, ImageDocument)
    layer = document.layers[0]
    assert layer.vector_mask is None and layer.mask == Mask(pixels="ab" * 32, width=4, height=3)
    assert layer.mask.feather == 0 and layer.mask.density == 1
    assert encode_document(document) == encode_document(from_value("image", to_value(document)))
    assert (
        "vector_mask" not in to_value(document)["layers"][0]
        and "feather" not in to_value(document)["layers"][0]["mask"]
    )


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "polygon", "sides": 100_000},
        {"kind": "path", "parts": [{"knots": [[0, 0]] * (image_shapes.MAX_KNOTS + 1)}]},
        {"kind": "path", "parts": [{}] * (image_shapes.MAX_CONTOURS + 1)},
        {"kind": "path", "parts": [{"knots": [[float("nan"), 0]]}]},
        {"kind": "rectangle", "width": -1},
        {"kind": "teapot"},
    ],
)
def test_shapes_out_of_bounds_are_refused_when_read(damage: dict[str, object]) -> None:
    value = {"id": "d", "width": 9, "height": 8, "layers": [{"type": "shape", "id": "s", "geometry": damage}]}
    with pytest.raises(AtelierError, match="damaged"):
        from_value("image", value)


@settings(max_examples=40, deadline=None)
@given(geometries, transforms, scales, scales)
def test_stretching_brings_every_corner_where_a_scale_would(
    geometry: Geometry, transform: Transform, fx: float, fy: float
) -> None:
    """Against the plain affine map about the anchor, which knows nothing of how shapes are stored."""
    layer = ShapeLayer(geometry=geometry, transform=transform, stroke=ShapeStroke(width=5))
    anchor = 13.0, -7.0
    new = image_place.stretch(layer, fx, fy, anchor, size_of)
    assert isinstance(new, ShapeLayer)
    angle = math.radians(transform.rotation)
    cos, sin = math.cos(angle), math.sin(angle)

    def expected(x: float, y: float) -> tuple[float, float]:
        x, y = x - anchor[0], y - anchor[1]
        along, across = (cos * x + sin * y) * fx, (cos * y - sin * x) * fy
        return anchor[0] + cos * along - sin * across, anchor[1] + sin * along + cos * across

    before, after = image_place.corners(layer, size_of(layer)), image_place.corners(new, size_of(new))
    assert before is not None and after is not None
    for old, now in zip(before, after, strict=True):
        assert now == pytest.approx(expected(*old), abs=0.02)
    assert new.stroke == layer.stroke
    assert (abs(new.transform.scale_x), abs(new.transform.scale_y)) == (abs(transform.scale_x), abs(transform.scale_y))


def test_resizing_keeps_corners_and_scaling_the_picture_does_not() -> None:
    box = Rectangle(width=100, height=50, radii=(8, 8, 8, 8))
    assert resized(box, 2, 3) == Rectangle(width=200, height=150, radii=(8, 8, 8, 8))
    layer = ShapeLayer(id="s", geometry=box, stroke=ShapeStroke(width=4), transform=Transform(x=10, y=20))
    document = ImageDocument(id="d", width=400, height=200, layers=(layer,))
    half = image_place.scale_document(document, 200, 100, size_of).layers[0]
    assert isinstance(half, ShapeLayer) and isinstance(half, Placed)
    assert half.geometry == Rectangle(width=50, height=25, radii=(4, 4, 4, 4))
    assert half.stroke is not None and half.stroke.width == 2
    assert half.transform == Transform(x=5, y=10)


def test_rounded_corners_are_arcs_and_shrink_together() -> None:
    knots = Rectangle(width=100, height=40, radii=(30, 30, 0, 0)).contours()[0].knots
    assert len(knots) == 6
    # 30 + 30 fit the top, and 30 + 0 the sides: an arc's middle is 30 from its centre.
    (x0, y0), (x1, y1) = knots[0].after, knots[1].before
    middle = (knots[0].x + 3 * x0 + 3 * x1 + knots[1].x) / 8, (knots[0].y + 3 * y0 + 3 * y1 + knots[1].y) / 8
    assert math.dist(middle, (30, 30)) == pytest.approx(30, rel=3e-4)
    tight = Rectangle(width=100, height=40, radii=(80, 80, 80, 80)).contours()[0].knots
    assert {round(knot.x) for knot in tight} == {0, 20, 80, 100}


def test_regular_polygons_and_stars_keep_equal_sides_in_their_own_proportion() -> None:
    for shape in (Polygon(sides=5), Polygon(sides=3), Star(points=7, inner=0.4)):
        fitting = replace(shape, width=300 * shape.proportion(), height=300.0)
        knots = fitting.contours()[0].knots
        sides = [math.dist(a.at, b.at) for a, b in zip(knots, (*knots[1:], knots[0]), strict=True)]
        assert max(sides) == pytest.approx(min(sides), rel=1e-9)


def test_bounds_are_those_of_the_curve_not_of_its_handles() -> None:
    arch = Contour(knots=(Knot(0, 0, out_y=-100), Knot(90, 0, in_y=-100)), closed=False)
    assert contour_bounds((arch,)) == pytest.approx((0, -75, 90, 0))
    assert Path(parts=(arch,)).size() == pytest.approx((90, 75))
    round_ = Ellipse(width=60, height=20).contours()
    assert contour_bounds(round_) == pytest.approx((0, 0, 60, 20))

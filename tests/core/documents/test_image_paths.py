"""Edits of paths: what a curve keeps while its points are added, bent, converted and put back into a layer."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from image_strategies import geometries, paths, transforms

from core.documents import image_paths
from core.documents.image import ShapeLayer, Transform
from core.documents.image_paths import Spot, nearest, point_on
from core.documents.image_shapes import Contour, Ellipse, Geometry, Knot, Path, Rectangle, transformed


def along(contour: Contour, index: int, t: float) -> tuple[float, float]:
    return point_on(contour.segments()[index], t)


@settings(max_examples=40, deadline=None)
@given(paths, st.floats(0.05, 0.95), st.integers(0, 50))
def test_an_added_point_leaves_the_curve_as_it_is(path: Path, t: float, pick: int) -> None:
    places = [(i, j) for i, contour in enumerate(path.parts) for j in range(len(contour.segments()))]
    if not places:
        return
    i, j = places[pick % len(places)]
    contours, added = image_paths.insert(path.parts, Spot(i, j), t)
    assert added == Spot(i, j + 1) and len(contours[i].knots) == len(path.parts[i].knots) + 1
    straight = path.parts[i].segments()[j][0] == path.parts[i].segments()[j][1]
    for part in (0.0, 0.3, 0.7, 1.0):
        before, after = along(path.parts[i], j, part * t), along(path.parts[i], j, t + part * (1 - t))
        if not straight:
            assert along(contours[i], j, part) == pytest.approx(before, abs=1e-6)
            assert along(contours[i], j + 1, part) == pytest.approx(after, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(geometries, transforms, st.integers(-40, 40), st.integers(-40, 40))
def test_points_that_are_not_moved_stay_where_they_are(
    geometry: Geometry, transform: Transform, dx: int, dy: int
) -> None:
    """A path's box and its middle change with its points, and the layer is turned about that middle."""
    layer = ShapeLayer(geometry=geometry, transform=transform)
    matrix = layer.transform.matrix(*geometry.size())
    moved = image_paths.move(geometry.contours(), [Spot(0, 0)], dx, dy)
    new = image_paths.with_contours(layer, moved)
    expected = transformed(moved, matrix)
    found = transformed(new.geometry.contours(), new.transform.matrix(*new.geometry.size()))
    for one, other in zip(expected, found, strict=True):
        for knot, same in zip(one.knots, other.knots, strict=True):
            assert same[:6] == pytest.approx(knot[:6], abs=1e-6)


def test_the_nearest_place_is_found_on_a_circle() -> None:
    circle = Ellipse(width=200, height=200).contours()
    for turn in range(0, 360, 17):
        x, y = 100 + 150 * math.cos(math.radians(turn)), 100 + 150 * math.sin(math.radians(turn))
        near = nearest(circle, x, y)
        assert near is not None
        assert near.distance == pytest.approx(50, abs=0.05)
        assert math.dist((near.x, near.y), (100 + (x - 100) / 1.5, 100 + (y - 100) / 1.5)) < 0.5


def test_a_smooth_points_handles_stay_in_line_until_they_are_broken() -> None:
    path = (Contour(knots=(Knot(0, 0, -10, 0, 20, 0, True), Knot(50, 0)), closed=False),)
    turned = image_paths.set_handle(path, Spot(0, 0), "out", 0, 30)[0].knots[0]
    assert turned.after == (0, 30) and turned.before == pytest.approx((0, -10)) and turned.smooth
    broken = image_paths.set_handle(path, Spot(0, 0), "out", 0, 30, alone=True)[0].knots[0]
    assert broken.before == (-10, 0) and not broken.smooth


def test_bending_moves_the_grabbed_point_by_as_much_as_the_pointer() -> None:
    curve = (Contour(knots=(Knot(0, 0, 0, 0, 10, -30), Knot(60, 0, -10, -30)), closed=False),)
    before = along(curve[0], 0, 0.4)
    after = along(image_paths.bend(curve, Spot(0, 0), 0.4, 7, -9)[0], 0, 0.4)
    assert after == pytest.approx((before[0] + 7, before[1] - 9))
    straight = Rectangle(width=40, height=20).contours()
    moved = image_paths.bend(straight, Spot(0, 1), 0.5, 5, 0)[0].knots
    assert [knot.at for knot in moved] == [(0, 0), (45, 0), (45, 20), (0, 20)]


def test_deleting_joins_neighbours_and_what_is_left_alone_goes() -> None:
    square = Rectangle(width=10, height=10).contours()
    left = image_paths.delete(square, [Spot(0, 1)])
    assert [knot.at for knot in left[0].knots] == [(0, 0), (10, 10), (0, 10)] and left[0].closed
    assert image_paths.delete(left, [Spot(0, 0), Spot(0, 1)]) == ()


def test_conversion_goes_both_ways() -> None:
    square = Rectangle(width=30, height=30).contours()
    smooth = image_paths.convert(square, [Spot(0, 0)], smooth=True)[0].knots[0]
    assert smooth.smooth and (smooth.out_x, smooth.out_y) == pytest.approx(
        (30 / 3 / math.sqrt(2), -30 / 3 / math.sqrt(2))
    )
    corner = image_paths.convert((Contour(knots=(smooth, *square[0].knots[1:])),), [Spot(0, 0)], smooth=False)
    assert corner == square

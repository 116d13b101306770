"""Edits of contours as pure functions: moving knots and handles, bending, adding, deleting and converting knots.

A knot is named by a :class:`Spot`: which contour, which knot. Coordinates are the contours' own.
"""

import math
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import ShapeLayer, Transform, VectorMask
from core.documents.image_shapes import (
    Combining,
    Contour,
    Contours,
    Geometry,
    Knot,
    Line,
    Path,
    Point,
    contour_bounds,
    even_odd,
    shifted,
)

replace = msgspec.structs.replace
Floats = npt.NDArray[np.float64]
Side = Literal["in", "out"]


class Spot(NamedTuple):
    """A knot: the contour's index and its own in it."""

    contour: int
    knot: int


class Near(NamedTuple):
    """A place on a contour: the segment that leaves knot ``spot``, and how far along it (0…1)."""

    distance: float
    spot: Spot
    t: float
    x: float
    y: float


def every(contours: Contours) -> list[Spot]:
    """Return all knots."""
    return [Spot(i, j) for i, contour in enumerate(contours) for j in range(len(contour.knots))]


def knot_at(contours: Contours, spot: Spot) -> Knot | None:
    """Return a knot, or None when it is not there (any more)."""
    if 0 <= spot.contour < len(contours) and 0 <= spot.knot < len(contours[spot.contour].knots):
        return contours[spot.contour].knots[spot.knot]
    return None


def change(contours: Contours, spots: Collection[Spot], how: Callable[[Knot], Knot]) -> Contours:
    """Pass these knots through ``how``."""
    wanted: dict[int, set[int]] = {}
    for spot in spots:
        wanted.setdefault(spot.contour, set()).add(spot.knot)
    return tuple(
        replace(one, knots=tuple(how(knot) if j in wanted[i] else knot for j, knot in enumerate(one.knots)))
        if i in wanted
        else one
        for i, one in enumerate(contours)
    )


def move(contours: Contours, spots: Collection[Spot], dx: float, dy: float) -> Contours:
    """Move knots with their handles."""
    return change(contours, spots, lambda knot: knot.moved(dx, dy))


def set_handle(contours: Contours, spot: Spot, side: Side, x: float, y: float, *, alone: bool = False) -> Contours:
    """Bring one handle to a point. A smooth knot's other handle turns with it, unless ``alone`` breaks them apart."""

    def how(knot: Knot) -> Knot:
        dx, dy = x - knot.x, y - knot.y
        other = (knot.out_x, knot.out_y) if side == "in" else (knot.in_x, knot.in_y)
        length, mine = math.hypot(*other), math.hypot(dx, dy)
        smooth = knot.smooth and not alone
        if smooth and mine > 1e-9 and length > 1e-9:
            other = -dx / mine * length, -dy / mine * length
        ends = (dx, dy, *other) if side == "in" else (*other, dx, dy)
        return Knot(knot.x, knot.y, *ends, smooth)

    return change(contours, [spot], how)


def pulled(knot: Knot, dx: float, dy: float) -> Knot:
    """Return the knot with both handles drawn out of it: the leaving one to (``dx``, ``dy``), the other opposite."""
    return knot._replace(in_x=-dx, in_y=-dy, out_x=dx, out_y=dy, smooth=bool(dx or dy))


def to_corner(knot: Knot) -> Knot:
    """Return the knot without handles."""
    return Knot(knot.x, knot.y)


def convert(contours: Contours, spots: Collection[Spot], *, smooth: bool) -> Contours:
    """Make knots corners without handles, or smooth ones along the line between their neighbours."""
    if not smooth:
        return change(contours, spots, to_corner)
    for spot in spots:
        contour = contours[spot.contour]
        before, after = neighbours(contour, spot.knot)
        knot = contour.knots[spot.knot]
        first, second = (before or knot).at, (after or knot).at
        dx, dy = second[0] - first[0], second[1] - first[1]
        length = math.hypot(dx, dy)
        if length < 1e-9:
            continue
        # A third of the way to each neighbour, as Catmull-Rom's curve has it.
        back, on = math.dist(first, knot.at) / 3 / length, math.dist(second, knot.at) / 3 / length
        made = Knot(knot.x, knot.y, -dx * back, -dy * back, dx * on, dy * on, True)
        contours = change(contours, [spot], lambda _, made=made: made)  # type: ignore[misc]
    return contours


def neighbours(contour: Contour, index: int) -> tuple[Knot | None, Knot | None]:
    """Return the knots before and after one; None beyond the ends of an open contour."""
    knots = contour.knots
    before = knots[index - 1] if index > 0 or contour.closed else None
    after = knots[(index + 1) % len(knots)] if index + 1 < len(knots) or contour.closed else None
    return before, after


def delete(contours: Contours, spots: Collection[Spot]) -> Contours:
    """Take knots out; the ones beside them join. What is left with fewer than two knots goes."""
    gone = set(spots)
    kept: list[Contour] = []
    for i, contour in enumerate(contours):
        knots = tuple(knot for j, knot in enumerate(contour.knots) if Spot(i, j) not in gone)
        if len(knots) == len(contour.knots) or len(knots) > 1:
            kept.append(replace(contour, knots=knots))
    return tuple(kept)


def point_on(segment: tuple[Point, Point, Point, Point], t: float) -> Point:
    """Return the point of a cubic at ``t``."""
    s = 1 - t
    weights = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        sum(w * p[0] for w, p in zip(weights, segment, strict=True)),
        sum(w * p[1] for w, p in zip(weights, segment, strict=True)),
    )


def nearest(contours: Contours, x: float, y: float) -> Near | None:
    """Return the place on the contours that is nearest to a point: looked up coarsely, then closed in on."""
    places, controls = _sampled(contours)
    if not places:
        return None
    coarse = np.hypot(*np.moveaxis(controls[1] - (x, y), -1, 0))
    best: Near | None = None
    for index in np.argsort(coarse.min(1))[:_CLOSEST]:
        segment: tuple[Point, Point, Point, Point] = tuple(map(tuple, controls[0][index].tolist()))  # type: ignore[assignment]
        t, width = int(coarse[index].argmin()) / _STEPS, 1 / _STEPS
        for _ in range(24):
            width *= 0.6
            t = min(
                (max(0.0, t - width), t, min(1.0, t + width)),
                key=lambda t, segment=segment: math.dist(point_on(segment, t), (x, y)),  # type: ignore[misc]
            )
        at = point_on(segment, t)
        distance = math.dist(at, (x, y))
        if best is None or distance < best.distance:
            best = Near(distance, places[index], t, *at)
    return best


_STEPS = 16
_CLOSEST = 4
"""How many segments are looked at closely."""


@lru_cache(maxsize=8)
def _sampled(contours: Contours) -> tuple[list[Spot], tuple[Floats, Floats]]:
    """Return each segment's place, and all their control points (n×4×2) and points along them (n×17×2)."""
    places: list[Spot] = []
    found: list[tuple[Point, Point, Point, Point]] = []
    for i, contour in enumerate(contours):
        segments = contour.segments()
        places += [Spot(i, j) for j in range(len(segments))]
        found += segments
    controls = np.array(found, np.float64).reshape(-1, 4, 2)
    t = np.linspace(0, 1, _STEPS + 1)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3])
    return places, (controls, weights @ controls)


def insert(contours: Contours, spot: Spot, t: float) -> tuple[Contours, Spot]:
    """Add a knot on the segment that leaves ``spot``; the curve stays as it is (de Casteljau)."""
    contour = contours[spot.contour]
    first, last = contour.knots[spot.knot], contour.knots[(spot.knot + 1) % len(contour.knots)]
    p0, p1, p2, p3 = first.at, first.after, last.before, last.at
    straight = p1 == p0 and p2 == p3
    a, b, c = _mix(p0, p1, t), _mix(p1, p2, t), _mix(p2, p3, t)
    d, e = _mix(a, b, t), _mix(b, c, t)
    x, y = _mix(d, e, t)
    knots = list(contour.knots)
    if straight:
        x, y = _mix(p0, p3, t)
        made = Knot(x, y)
    else:
        made = Knot(x, y, d[0] - x, d[1] - y, e[0] - x, e[1] - y, True)
        knots[spot.knot] = first._replace(out_x=a[0] - p0[0], out_y=a[1] - p0[1])
        after = (spot.knot + 1) % len(knots)
        knots[after] = knots[after]._replace(in_x=c[0] - p3[0], in_y=c[1] - p3[1])
    knots.insert(spot.knot + 1, made)
    new = replace(contour, knots=tuple(knots))
    return (*contours[: spot.contour], new, *contours[spot.contour + 1 :]), Spot(spot.contour, spot.knot + 1)


def bend(contours: Contours, spot: Spot, t: float, dx: float, dy: float) -> Contours:
    """Drag the segment that leaves ``spot`` at ``t``: a curve bends, its knots staying; a straight one moves whole."""
    contour = contours[spot.contour]
    end = Spot(spot.contour, (spot.knot + 1) % len(contour.knots))
    first, last = contour.knots[spot.knot], contour.knots[end.knot]
    if (first.out_x, first.out_y, last.in_x, last.in_y) == (0, 0, 0, 0):
        return move(contours, {spot, end}, dx, dy)
    t = min(0.9, max(0.1, t))
    one, two = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t
    whole = one * one + two * two
    (ax, ay), (bx, by) = first.after, last.before
    contours = set_handle(contours, spot, "out", ax + dx * one / whole, ay + dy * one / whole)
    return set_handle(contours, end, "in", bx + dx * two / whole, by + dy * two / whole)


def append(contours: Contours, index: int, knot: Knot, *, front: bool = False) -> Contours:
    """Add a knot at the end (or the beginning) of an open contour."""
    old = contours[index]
    knots = (knot, *old.knots) if front else (*old.knots, knot)
    return (*contours[:index], replace(old, knots=knots), *contours[index + 1 :])


def combined(contours: Contours, indices: Collection[int], combine: Combining) -> Contours:
    """Return contours of which some do something else to those before them; the first can only be itself."""
    return tuple(
        replace(one, combine=combine if i else "unite") if i in indices else one for i, one in enumerate(contours)
    )


def turned_round(contour: Contour) -> Contour:
    """Return the contour drawn the other way."""
    return replace(
        contour, knots=tuple(Knot(k.x, k.y, k.out_x, k.out_y, k.in_x, k.in_y, k.smooth) for k in contour.knots[::-1])
    )


def without_empty(contours: Iterable[Contour]) -> Contours:
    """Return contours without those that draw nothing."""
    return tuple(contour for contour in contours if len(contour.knots) > 1)


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


# --- contours in a document ------------------------------------------------------------------------------------------


_NOTHING = 2e-6


def placed(contours: Contours, old: Geometry, transform: Transform) -> tuple[Geometry, Transform]:
    """Return contours that were drawn in ``old``'s box as a path of their own, standing where they stood.

    The box of a path begins where its curves do, and turns about its own middle; so its place is another one. A line
    that is still one stays a line, with what is at its ends.
    """
    left, top, _, _ = contour_bounds(contours)
    # What is only rounding must not move every point: an edit stores what it changed.
    left, top = (0.0 if abs(edge) < _NOTHING else edge for edge in (left, top))
    a, b, c, d, tx, ty = transform.matrix(*old.size())
    x, y = a * left + c * top + tx, b * left + d * top + ty  # where the new box's corner goes
    parts = shifted(contours, -left, -top) if left or top else contours
    geometry = _as_line(old, contours) or Path(parts=parts, even_odd=even_odd(old))
    width, height = geometry.size()
    cx, cy = width / 2, height / 2
    return geometry, replace(transform, x=x - cx + a * cx + c * cy, y=y - cy + b * cx + d * cy)


def _as_line(old: Geometry, contours: Contours) -> Line | None:
    if not isinstance(old, Line) or len(contours) != 1 or contours[0].closed or len(contours[0].knots) != 2:
        return None
    first, last = contours[0].knots
    if any((first.out_x, first.out_y, last.in_x, last.in_y)):
        return None
    return replace(old, dx=last.x - first.x, dy=last.y - first.y)


def with_contours(layer: ShapeLayer, contours: Contours) -> ShapeLayer:
    """Return a shape layer with contours, given in its box as it is now."""
    path, transform = placed(contours, layer.geometry, layer.transform)
    return replace(layer, geometry=path, transform=transform)


def mask_with_contours(mask: VectorMask, contours: Contours) -> VectorMask:
    """Return a vector mask with contours, given in its box as it is now."""
    path, transform = placed(contours, mask.geometry, mask.transform)
    return replace(mask, geometry=path, transform=transform)

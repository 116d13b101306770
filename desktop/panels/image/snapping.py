"""Snapping a moved box to the canvas and to other layers: plain arithmetic in document pixels."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from core.documents.image_place import Box

Axis = Literal["x", "y"]


class Line(NamedTuple):
    """Something to snap to: a vertical line at ``at`` for axis x, a horizontal one for y, from ``low`` to ``high``."""

    axis: Axis
    at: float
    low: float
    high: float


class Snapped(NamedTuple):
    """How far to move instead, and the lines that were met."""

    dx: float
    dy: float
    lines: tuple[Line, ...]


def lines_of(canvas: tuple[int, int], boxes: Iterable[Box]) -> list[Line]:
    """Return what can be snapped to: edges and middles of the canvas, then of each box."""
    width, height = canvas
    found: list[Line] = []
    for box in (Box(0, 0, width, height), *boxes):
        for at in (box.left, (box.left + box.right) / 2, box.right):
            found.append(Line("x", at, box.top, box.bottom))
        for at in (box.top, (box.top + box.bottom) / 2, box.bottom):
            found.append(Line("y", at, box.left, box.right))
    return found


def snap_box(box: Box, dx: float, dy: float, lines: Iterable[Line], reach: float) -> Snapped:
    """Return the offset near (``dx``, ``dy``) at which an edge or the middle of ``box`` meets a line within ``reach``.

    Each axis snaps on its own, to the nearest line; earlier lines win ties. The lines met are stretched to show
    what they connect.
    """
    moved = Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
    lines = tuple(lines)
    by_x, line_x = _nearest((moved.left, (moved.left + moved.right) / 2, moved.right), "x", lines, reach)
    by_y, line_y = _nearest((moved.top, (moved.top + moved.bottom) / 2, moved.bottom), "y", lines, reach)
    moved = Box(moved.left + by_x, moved.top + by_y, moved.right + by_x, moved.bottom + by_y)
    met: list[Line] = []
    if line_x is not None:
        met.append(line_x._replace(low=min(line_x.low, moved.top), high=max(line_x.high, moved.bottom)))
    if line_y is not None:
        met.append(line_y._replace(low=min(line_y.low, moved.left), high=max(line_y.high, moved.right)))
    return Snapped(dx + by_x, dy + by_y, tuple(met))


def snap_point(x: float, y: float, lines: Iterable[Line], reach: float, axes: str = "xy") -> Snapped:
    """Return the offset that brings a point onto the nearest lines within ``reach``, on the axes named."""
    lines = tuple(line for line in lines if line.axis in axes)
    return snap_box(Box(x, y, x, y), 0.0, 0.0, lines, reach)


def _nearest(edges: tuple[float, ...], axis: Axis, lines: tuple[Line, ...], reach: float) -> tuple[float, Line | None]:
    best, found = 0.0, None
    nearest = reach
    for line in lines:
        if line.axis == axis:
            for edge in edges:
                distance = abs(line.at - edge)
                if distance < nearest or (distance == nearest and found is None):
                    nearest, best, found = distance, line.at - edge, line
    return best, found

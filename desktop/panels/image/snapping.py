"""Snapping to the canvas, layers, guides, a grid and equal gaps: plain arithmetic in document pixels."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from core.documents.image_place import Box

Axis = Literal["x", "y"]


class Line(NamedTuple):
    """Something to snap to: a vertical line at ``at`` for axis x, a horizontal one for y, from ``low`` to ``high``."""

    axis: Axis
    at: float
    low: float
    high: float


class Span(NamedTuple):
    """A distance along one axis: from ``low`` to ``high``, drawn at ``across`` on the other axis."""

    axis: Axis
    low: float
    high: float
    across: float


class Snapped(NamedTuple):
    """How far to move instead, the lines that were met, and gaps that are equal now."""

    dx: float
    dy: float
    lines: tuple[Line, ...]
    gaps: tuple[Span, ...] = ()


class Targets(NamedTuple):
    """What there is to snap to: lines, boxes of other layers for equal gaps, and the grid's step (0: none).

    ``within`` is what distances are measured to where nothing else is beside: the canvas, or the artboard.
    """

    lines: tuple[Line, ...] = ()
    boxes: tuple[Box, ...] = ()
    grid: float = 0.0
    within: Box = Box(0.0, 0.0, 0.0, 0.0)

    def along(self, axes: str) -> "Targets":
        """Return only what is met by moving along the axes named."""
        return self._replace(lines=tuple(line for line in self.lines if line.axis in axes))


def lines_of(canvas: Box, boxes: Iterable[Box]) -> list[Line]:
    """Return what can be snapped to: edges and middles of the canvas (or artboard), then of each box."""
    found: list[Line] = []
    for box in (canvas, *boxes):
        for at in (box.left, (box.left + box.right) / 2, box.right):
            found.append(Line("x", at, box.top, box.bottom))
        for at in (box.top, (box.top + box.bottom) / 2, box.bottom):
            found.append(Line("y", at, box.left, box.right))
    return found


def snap_box(
    box: Box,
    dx: float,
    dy: float,
    lines: Iterable[Line],
    reach: float,
    *,
    boxes: Sequence[Box] = (),
    grid: float = 0.0,
    axes: str = "xy",
) -> Snapped:
    """Return the offset near (``dx``, ``dy``) at which an edge or the middle of ``box`` meets something in ``reach``.

    Each axis snaps on its own, to the nearest line; earlier lines win ties. The lines met are stretched to show
    what they connect. Where no line is near, equal gaps to two of ``boxes`` are looked for, then the ``grid``.
    """
    moved = Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
    lines = tuple(line for line in lines if line.axis in axes)
    by_x, line_x = _nearest((moved.left, (moved.left + moved.right) / 2, moved.right), "x", lines, reach)
    by_y, line_y = _nearest((moved.top, (moved.top + moved.bottom) / 2, moved.bottom), "y", lines, reach)
    equal: dict[Axis, bool] = {}
    for axis, line in (("x", line_x), ("y", line_y)):
        if line is not None or axis not in axes:
            continue
        by = _equal_gap(moved, axis, boxes, reach)  # type: ignore[arg-type]
        equal[axis] = by is not None  # type: ignore[index]
        if by is None and grid:
            by = _grid_offset((moved.left, moved.right) if axis == "x" else (moved.top, moved.bottom), grid, reach)
        if axis == "x":
            by_x = by or 0.0
        else:
            by_y = by or 0.0
    moved = Box(moved.left + by_x, moved.top + by_y, moved.right + by_x, moved.bottom + by_y)
    met: list[Line] = []
    if line_x is not None:
        met.append(line_x._replace(low=min(line_x.low, moved.top), high=max(line_x.high, moved.bottom)))
    if line_y is not None:
        met.append(line_y._replace(low=min(line_y.low, moved.left), high=max(line_y.high, moved.right)))
    gaps = tuple(span for axis in equal for span in equal_gaps(moved, axis, boxes))
    return Snapped(dx + by_x, dy + by_y, tuple(met), gaps)


def snap_point(
    x: float, y: float, lines: Iterable[Line], reach: float, axes: str = "xy", *, grid: float = 0.0
) -> Snapped:
    """Return the offset that brings a point onto the nearest lines within ``reach``, on the axes named."""
    return snap_box(Box(x, y, x, y), 0.0, 0.0, lines, reach, grid=grid, axes=axes)


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


def _grid_offset(edges: tuple[float, float], grid: float, reach: float) -> float | None:
    offsets = [round(edge / grid) * grid - edge for edge in edges]
    best = min(offsets, key=abs)
    return best if abs(best) <= reach else None


# --- gaps ------------------------------------------------------------------------------------------------------------


def _row(box: Box, axis: Axis, boxes: Iterable[Box]) -> list[Box]:
    """Return those of ``boxes`` that stand beside ``box`` along the axis (they share some of the other), in order."""
    low, high = (1, 3) if axis == "x" else (0, 2)
    first = 0 if axis == "x" else 1
    beside = (other for other in boxes if other[low] < box[high] and other[high] > box[low])
    return sorted(beside, key=lambda other: (other[first], other[first + 2]))


def _places(box: Box, axis: Axis, boxes: Iterable[Box]) -> "list[tuple[float, float, Box, Box]]":
    """Return where ``box`` could begin so that gaps are equal: (begin, gap, one box, the other)."""
    first, last = (0, 2) if axis == "x" else (1, 3)
    size = box[last] - box[first]
    row = _row(box, axis, boxes)
    found = []
    for one, other in pairwise(row):
        gap = other[first] - one[last]
        if gap > 0:
            found.append((other[last] + gap, gap, one, other))
            found.append((one[first] - gap - size, gap, one, other))
        if gap >= size:
            found.append((one[last] + (gap - size) / 2, (gap - size) / 2, one, other))
    return found


def _equal_gap(box: Box, axis: Axis, boxes: Sequence[Box], reach: float) -> float | None:
    begin = box[0] if axis == "x" else box[1]
    offsets = [place[0] - begin for place in _places(box, axis, boxes)]
    best = min(offsets, key=abs, default=math.inf)
    return best if abs(best) <= reach else None


def equal_gaps(box: Box, axis: Axis, boxes: Sequence[Box]) -> list[Span]:
    """Return the gaps that are equal with ``box`` where it stands: two of them, or none."""
    first, last = (0, 2) if axis == "x" else (1, 3)
    low, high = (1, 3) if axis == "x" else (0, 2)
    for begin, _, one, other in _places(box, axis, boxes):
        if abs(begin - box[first]) < 0.5:
            order = sorted((one, box, other), key=lambda each: each[first])
            spans = []
            for left, right in pairwise(order):
                across = (max(left[low], right[low]) + min(left[high], right[high])) / 2
                spans.append(Span(axis, left[last], right[first], across))
            return spans
    return []


def neighbours(box: Box, canvas: Box, boxes: Iterable[Box]) -> list[Span]:
    """Return the distances to what is next to ``box`` on each of its four sides: a layer beside it, else the canvas.

    ``canvas`` is the artboard's box for what is on one.
    """
    boxes = tuple(boxes)
    found: list[Span] = []
    for axis in ("x", "y"):
        first, last = (0, 2) if axis == "x" else (1, 3)
        across = box.centre[1] if axis == "x" else box.centre[0]
        row = _row(box, axis, boxes)
        before = max((other[last] for other in row if other[last] <= box[first]), default=canvas[first])
        after = min((other[first] for other in row if other[first] >= box[last]), default=canvas[last])
        if before < box[first]:
            found.append(Span(axis, before, box[first], across))
        if after > box[last]:
            found.append(Span(axis, box[last], after, across))
    return found

"""The frame around what is selected and its handles: where they are, which one is meant, and what dragging one does."""

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QPointF, Qt

from core.documents.image import AnyLayer, TextLayer
from core.documents.image_place import Box, Placement, Point, SizeOf, corners, stretch
from core.raster.bending import warp_of
from desktop.panels.image.marks import GRIP, TURN
from desktop.panels.image.viewport import Viewport

MIN_SIDE = 1.0
"""Nothing is scaled to less than this many document pixels."""


class Handle(enum.Enum):
    """Which part of the frame is held, as the fractions of the frame's width and height where it stands."""

    TOP_LEFT = (0.0, 0.0)
    TOP = (0.5, 0.0)
    TOP_RIGHT = (1.0, 0.0)
    RIGHT = (1.0, 0.5)
    BOTTOM_RIGHT = (1.0, 1.0)
    BOTTOM = (0.5, 1.0)
    BOTTOM_LEFT = (0.0, 1.0)
    LEFT = (0.0, 0.5)
    TURN = (0.5, -1.0)

    @property
    def corner(self) -> bool:
        return self is not Handle.TURN and 0.5 not in self.value

    @property
    def across(self) -> "tuple[float, float]":
        """Where the opposite handle stands."""
        fx, fy = self.value
        return 1 - fx, 1 - fy


CORNERS = (Handle.TOP_LEFT, Handle.TOP_RIGHT, Handle.BOTTOM_RIGHT, Handle.BOTTOM_LEFT)
SIDES = (Handle.TOP, Handle.RIGHT, Handle.BOTTOM, Handle.LEFT)


@dataclass(frozen=True)
class Frame:
    """A rectangle that may be turned: its corners in the document, clockwise from its own top left."""

    points: tuple[Point, Point, Point, Point]
    single: bool
    """True around one layer, which can be stretched along its own sides; several only keep their proportions."""

    @classmethod
    def of_layer(cls, layer: AnyLayer, size_of: SizeOf) -> "Frame | None":
        """Return the frame around one layer with pixels or text of its own; None for others, and for bent ones."""
        if warp_of(layer) is not None:
            return None
        points = corners(layer, size_of(layer))
        return None if points is None else cls(points, True)

    @classmethod
    def of_box(cls, box: Box) -> "Frame":
        """Return the upright frame around several layers."""
        l, t, r, b = box  # noqa: E741
        return cls(((l, t), (r, t), (r, b), (l, b)), False)

    def at(self, fx: float, fy: float) -> Point:
        """Return the document point at fractions of its width and height."""
        (x0, y0), (x1, y1), _, (x3, y3) = self.points
        return x0 + fx * (x1 - x0) + fy * (x3 - x0), y0 + fx * (y1 - y0) + fy * (y3 - y0)

    @property
    def centre(self) -> Point:
        return self.at(0.5, 0.5)

    @property
    def size(self) -> tuple[float, float]:
        p0, p1, _, p3 = self.points
        return math.dist(p0, p1), math.dist(p0, p3)

    @property
    def upright(self) -> bool:
        """True when its sides are along the axes, so that they can snap."""
        (x0, y0), (x1, y1), _, _ = self.points
        return abs(y1 - y0) < 1e-6 or abs(x1 - x0) < 1e-6

    def contains(self, x: float, y: float) -> bool:
        """Return whether a document point is inside."""
        sign = 0.0
        for index in range(4):
            (ax, ay), (bx, by) = self.points[index], self.points[(index + 1) % 4]
            cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if cross and sign and (cross > 0) != (sign > 0):
                return False
            sign = sign or cross
        return True

    def handles(self) -> tuple[Handle, ...]:
        """Return the handles it has, without the one for turning."""
        return (*CORNERS, *SIDES) if self.single else CORNERS

    def outline(self, view: Viewport) -> list[QPointF]:
        """Return its corners in the widget."""
        return [QPointF(*view.to_widget(*point)) for point in self.points]

    def spot(self, handle: Handle, view: Viewport) -> QPointF:
        """Return where a handle is drawn in the widget."""
        if handle is not Handle.TURN:
            return QPointF(*view.to_widget(*self.at(*handle.value)))
        top, middle = QPointF(*view.to_widget(*self.at(0.5, 0.0))), QPointF(*view.to_widget(*self.centre))
        away = top - middle
        length = math.hypot(away.x(), away.y())
        if length < 1e-6:
            return top + QPointF(0, -TURN)
        return top + away * (TURN / length)

    def handle_at(self, at: QPointF, view: Viewport) -> Handle | None:
        """Return the handle under a widget point. Just outside of a corner one turns, too."""
        width, height = (view.length(side) for side in self.size)
        small = min(width, height) < 3 * GRIP
        for handle in (*CORNERS, Handle.TURN, *(() if small or not self.single else SIDES)):
            if _distance(self.spot(handle, view), at) <= GRIP * 0.75:
                return Handle(handle)
        if not small and self.single and (side := self._side_at(at, view)) is not None:
            return side
        if not self.contains(*view.to_document(at.x(), at.y())):
            for handle in CORNERS:
                if _distance(self.spot(handle, view), at) <= 2 * GRIP:
                    return Handle.TURN
        return None

    def _side_at(self, at: QPointF, view: Viewport) -> Handle | None:
        points = self.outline(view)
        for index, side in enumerate(SIDES):
            if _distance_to_line(at, points[index], points[(index + 1) % 4]) <= 4:
                return side
        return None

    def cursor(self, handle: Handle) -> Qt.CursorShape:
        """Return the pointer's shape over a handle, following the frame's turn."""
        if handle is Handle.TURN:
            return Qt.CursorShape.CrossCursor
        (cx, cy), (hx, hy) = self.centre, self.at(*handle.value)
        angle = math.degrees(math.atan2(hy - cy, hx - cx)) if handle.corner is False else self._diagonal(handle)
        octant = round(angle / 45) % 4
        return (
            Qt.CursorShape.SizeHorCursor,
            Qt.CursorShape.SizeFDiagCursor,
            Qt.CursorShape.SizeVerCursor,
            Qt.CursorShape.SizeBDiagCursor,
        )[octant]

    def _diagonal(self, handle: Handle) -> float:
        (x0, y0), (x1, y1), _, (x3, y3) = self.points
        fx, fy = handle.value
        width, height = max(1e-9, math.dist((x0, y0), (x1, y1))), max(1e-9, math.dist((x0, y0), (x3, y3)))
        ux, uy = ((x1 - x0) / width, (y1 - y0) / width), ((x3 - x0) / height, (y3 - y0) / height)
        sx, sy = 2 * fx - 1, 2 * fy - 1
        return math.degrees(math.atan2(sx * ux[1] + sy * uy[1], sx * ux[0] + sy * uy[0]))

    # --- dragging ---------------------------------------------------------------------------------------------------

    def factors(self, handle: Handle, to: Point, *, centred: bool, free: bool) -> tuple[float, float, Point]:
        """Return by how much dragging ``handle`` to a document point scales each side, and the point that stays.

        Corners keep the proportions unless ``free``; ``centred`` keeps the middle instead of the opposite side.
        """
        fx, fy = handle.value
        anchor = self.centre if centred else self.at(*handle.across)
        held = self.at(fx, fy)
        (x0, y0), (x1, y1), _, (x3, y3) = self.points
        width, height = self.size
        ux = ((x1 - x0) / width, (y1 - y0) / width) if width else (1.0, 0.0)
        uy = ((x3 - x0) / height, (y3 - y0) / height) if height else (0.0, 1.0)
        old = held[0] - anchor[0], held[1] - anchor[1]
        new = to[0] - anchor[0], to[1] - anchor[1]
        if handle.corner and not (free and self.single):
            square = old[0] ** 2 + old[1] ** 2
            factor = (new[0] * old[0] + new[1] * old[1]) / square if square else 1.0
            factor = _bounded(factor, min(width, height))
            return factor, factor, anchor
        scale_x = scale_y = 1.0
        if fx != 0.5:
            scale_x = _bounded(_dot(new, ux) / (_dot(old, ux) or 1.0), width)
        if fy != 0.5:
            scale_y = _bounded(_dot(new, uy) / (_dot(old, uy) or 1.0), height)
        return scale_x, scale_y, anchor

    def turn(self, start: Point, to: Point, *, steps: bool) -> float:
        """Return by how many degrees dragging from ``start`` to ``to`` turns about the centre; ``steps`` of 15."""
        cx, cy = self.centre
        degrees = math.degrees(math.atan2(to[1] - cy, to[0] - cx) - math.atan2(start[1] - cy, start[0] - cx))
        return round(degrees / 15) * 15.0 if steps else degrees


def widen_text(layer: TextLayer, frame: Frame, handle: Handle, to: Point, size_of: SizeOf) -> AnyLayer:
    """Give a text another box width so that its side follows the pointer; the type keeps its size and breaks anew."""
    factor, _, _ = frame.factors(handle, to, centred=False, free=True)
    inner = max(layer.size * 0.5, size_of(layer)[0] * abs(factor) - 2 * layer.padding)
    new = msgspec.structs.replace(layer, width=float(round(inner)))
    kept = 0.0 if handle is Handle.RIGHT else 1.0
    return pinned(new, (kept, 0.0), frame.at(kept, 0.0), size_of)


def pinned(layer: AnyLayer, at: tuple[float, float], to: Point, size_of: SizeOf) -> AnyLayer:
    """Move ``layer`` so that the point at these fractions of its content stands at the document point ``to``."""
    frame = Frame.of_layer(layer, size_of)
    if frame is None or not hasattr(layer, "transform"):
        return layer
    x, y = frame.at(*at)
    transform = msgspec.structs.replace(
        layer.transform, x=layer.transform.x + to[0] - x, y=layer.transform.y + to[1] - y
    )
    return msgspec.structs.replace(layer, transform=transform)


def stretched(
    frame: Frame, handle: Handle, to: Point, *, centred: bool, free: bool, size_of: SizeOf
) -> Callable[[AnyLayer], AnyLayer]:
    """Return the edit of the one layer in ``frame`` that brings ``handle`` to a document point."""
    scale_x, scale_y, anchor = frame.factors(handle, to, centred=centred, free=free)
    return lambda layer: stretch(layer, scale_x, scale_y, anchor, size_of)


def scaling(frame: Frame, handle: Handle, to: Point, *, centred: bool) -> Placement:
    """Return the placement of several layers that brings ``handle`` of their common frame to a document point."""
    scale, _, anchor = frame.factors(handle, to, centred=centred, free=False)
    return Placement(pivot=anchor, scale=abs(scale))


def _bounded(factor: float, side: float) -> float:
    least = MIN_SIDE / side if side > 0 else 1.0
    return math.copysign(max(abs(factor), least), factor)


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1]


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())


def _distance_to_line(point: QPointF, start: QPointF, end: QPointF) -> float:
    along = end - start
    square = along.x() ** 2 + along.y() ** 2
    if square == 0:
        return _distance(point, start)
    part = ((point.x() - start.x()) * along.x() + (point.y() - start.y()) * along.y()) / square
    part = min(1.0, max(0.0, part))
    return _distance(point, start + along * part)

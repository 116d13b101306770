"""The small round handles inside a shape's corners: dragging one rounds them."""

import math

import msgspec
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from core.documents.image import ShapeLayer
from core.documents.image_shapes import Polygon, Rectangle, Star
from core.raster.affine import apply, invert
from desktop.panels.image import marks
from desktop.panels.image.viewport import Viewport

replace = msgspec.structs.replace
INSET = 16.0
"""A handle stands at least this far from its corner, in logical pixels."""
LEAST = 3 * INSET
"""Smaller shapes have none: they would lie on each other."""
_INWARD = ((1, 1), (-1, 1), (-1, -1), (1, -1))


def corner_spots(layer: ShapeLayer, view: Viewport) -> list[QPointF]:
    """Return where the handles are in the widget: four of a rectangle, one of a polygon or star, else none."""
    geometry = layer.geometry
    if not isinstance(geometry, Rectangle | Polygon | Star) or min(map(view.length, geometry.size())) < LEAST:
        return []
    width, height = geometry.size()
    matrix = layer.transform.matrix(width, height)
    inset, most = view.document_length(INSET), min(width, height) / 2
    if isinstance(geometry, Rectangle):
        spots = []
        for radius, (sx, sy) in zip(geometry.radii, _INWARD, strict=True):
            along = min(most, max(inset, radius))
            x, y = (along if sx > 0 else width - along), (along if sy > 0 else height - along)
            spots.append(QPointF(*view.to_widget(*apply(matrix, x, y))))
        return spots
    return [QPointF(*view.to_widget(*apply(matrix, width / 2, min(most, max(inset, geometry.radius)))))]


def corner_at(layer: ShapeLayer, at: QPointF, view: Viewport) -> int | None:
    """Return which handle is under a widget point."""
    for index, spot in enumerate(corner_spots(layer, view)):
        if math.hypot(spot.x() - at.x(), spot.y() - at.y()) <= marks.GRIP * 0.75:
            return index
    return None


def rounded_to(layer: ShapeLayer, index: int, x: float, y: float, *, alone: bool) -> ShapeLayer:
    """Return the shape with the radius that brings a handle to a document point; ``alone`` rounds one corner only."""
    geometry = layer.geometry
    width, height = geometry.size()
    back = invert(layer.transform.matrix(width, height))
    if back is None or not isinstance(geometry, Rectangle | Polygon | Star):
        return layer
    px, py = apply(back, x, y)
    most = min(width, height) / 2
    if isinstance(geometry, Rectangle):
        sx, sy = _INWARD[index]
        along = ((px if sx > 0 else width - px) + (py if sy > 0 else height - py)) / 2
        radius = float(round(min(most, max(0.0, along))))
        radii = [radius if i == index or not alone else old for i, old in enumerate(geometry.radii)]
        return replace(layer, geometry=replace(geometry, radii=(radii[0], radii[1], radii[2], radii[3])))
    return replace(layer, geometry=replace(geometry, radius=float(round(min(most, max(0.0, py))))))


def radius_of(layer: ShapeLayer, index: int) -> float:
    """Return the radius that a handle stands for."""
    geometry = layer.geometry
    if isinstance(geometry, Rectangle):
        return geometry.radii[index]
    return geometry.radius if isinstance(geometry, Polygon | Star) else 0.0


def paint_corners(painter: QPainter, layer: ShapeLayer, view: Viewport) -> None:
    """Draw the handles."""
    for spot in corner_spots(layer, view):
        marks.ring(painter, spot)

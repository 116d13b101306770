"""The path that the pen and the direct selection work on: that of the selected shape, or of a layer's vector mask.

Everything here is in document pixels; what a layer stores is in its own box.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QTransform

from core.documents import image_edits, image_paths
from core.documents.image import ImageDocument, ShapeLayer, walk
from core.documents.image_paths import Near, Side, Spot
from core.documents.image_shapes import Contour, Contours, Geometry, Knot, Path, transformed
from core.raster.affine import Affine, invert
from core.raster.bounds import layer_matrix
from desktop.panels.image import marks
from desktop.panels.image.editor import Editor
from desktop.panels.image.viewport import Viewport

replace = msgspec.structs.replace
SEGMENT = 5.0
"""How near the pointer must be to a curve, in logical pixels."""
DIGITS = 6
"""Coordinates are kept to a millionth of a pixel, so that points nobody touched stay the same numbers."""


@dataclass(frozen=True)
class Target:
    """A path in a document. ``contours`` are in document pixels."""

    layer_id: str
    on_mask: bool
    geometry: Geometry
    matrix: Affine
    contours: Contours


def target_of(editor: Editor, document: ImageDocument | None) -> Target | None:
    """Return the path of the one selected layer in ``document`` (committed or shown), or None."""
    if document is None or len(editor.selection) != 1:
        return None
    layer = next((one for one in walk(document.layers) if one.id == editor.selection[0]), None)
    if layer is None:
        return None
    mask = layer.vector_mask
    if mask is not None and (editor.on_path or not isinstance(layer, ShapeLayer)):
        matrix = mask.matrix()
        return Target(layer.id, True, mask.geometry, matrix, transformed(mask.geometry.contours(), matrix))
    if isinstance(layer, ShapeLayer):
        matrix = layer_matrix(layer)
        return Target(layer.id, False, layer.geometry, matrix, transformed(layer.geometry.contours(), matrix))
    return None


def put(document: ImageDocument, target: Target, contours: Contours) -> ImageDocument:
    """Return the document with the target's path made of ``contours``; without any, the layer or mask goes."""
    contours = image_paths.without_empty(contours)
    if not contours:
        if target.on_mask:
            return image_edits.set_vector_mask(document, target.layer_id, None)
        return image_edits.remove(document, [target.layer_id])
    back = invert(target.matrix)
    if back is None:
        return document
    own = tuple(_rounded(contour) for contour in transformed(contours, back))
    layer = document.layer(target.layer_id)
    if target.on_mask:
        assert layer.vector_mask is not None
        mask = image_paths.mask_with_contours(layer.vector_mask, own)
        return image_edits.set_vector_mask(document, target.layer_id, mask)
    assert isinstance(layer, ShapeLayer)
    new = image_edits.checked(image_paths.with_contours(layer, own))
    return document.replace_layer(target.layer_id, lambda _: new)


def is_path(target: Target) -> bool:
    """Return whether its points are its own, not worked out of a width and a radius."""
    return isinstance(target.geometry, Path)


def _rounded(contour: Contour) -> Contour:
    def knot(one: Knot) -> Knot:
        x, y, in_x, in_y, out_x, out_y = (round(value, DIGITS) + 0.0 for value in one[:6])
        return Knot(x, y, in_x, in_y, out_x, out_y, one.smooth)

    return replace(contour, knots=tuple(map(knot, contour.knots)))


# --- where things are in the widget ----------------------------------------------------------------------------------


def spot(view: Viewport, x: float, y: float) -> QPointF:
    """Return where a document point is in the widget."""
    return QPointF(*view.to_widget(x, y))


def knot_under(contours: Contours, at: QPointF, view: Viewport) -> Spot | None:
    """Return the knot at a widget point, the nearest within reach; of several there, the topmost."""
    best, found = marks.GRIP * 0.75, None
    for i, contour in enumerate(contours):
        for j, knot in enumerate(contour.knots):
            x, y = view.to_widget(knot.x, knot.y)
            distance = math.hypot(x - at.x(), y - at.y())
            if distance <= best:
                best, found = distance, Spot(i, j)
    return found


def handle_under(contours: Contours, among: set[Spot], at: QPointF, view: Viewport) -> tuple[Spot, Side] | None:
    """Return the handle of one of these knots at a widget point."""
    best: float = marks.GRIP * 0.75
    found: tuple[Spot, Side] | None = None
    for one in among:
        knot = image_paths.knot_at(contours, one)
        if knot is None:
            continue
        sides: tuple[tuple[Side, float, float], ...] = (("out", knot.out_x, knot.out_y), ("in", knot.in_x, knot.in_y))
        for side, dx, dy in sides:
            if dx or dy:
                x, y = view.to_widget(knot.x + dx, knot.y + dy)
                distance = math.hypot(x - at.x(), y - at.y())
                if distance <= best:
                    best, found = distance, (one, side)
    return found


def segment_under(contours: Contours, at: QPointF, view: Viewport) -> Near | None:
    """Return the place on a curve at a widget point."""
    near = image_paths.nearest(contours, *view.to_document(at.x(), at.y()))
    return near if near is not None and view.length(near.distance) <= SEGMENT else None


def with_neighbours(contours: Contours, chosen: set[Spot]) -> set[Spot]:
    """Return these knots and those beside them: the ones whose handles are shown."""
    found = set(chosen)
    for one in chosen:
        if image_paths.knot_at(contours, one) is None:
            continue
        contour = contours[one.contour]
        count = len(contour.knots)
        for index in (one.knot - 1, one.knot + 1):
            if contour.closed or 0 <= index < count:
                found.add(Spot(one.contour, index % count))
    return found


def widget_outline(contours: Contours, view: Viewport) -> QPainterPath:
    """Return contours as a path in the widget."""
    scale = view.zoom / view.ratio
    to_widget = QTransform(scale, 0, 0, scale, view.left / view.ratio, view.top / view.ratio)
    return to_widget.map(_document_outline(contours))


@lru_cache(maxsize=8)
def _document_outline(contours: Contours) -> QPainterPath:
    path = QPainterPath()
    for contour in contours:
        if contour.knots:
            path.moveTo(*contour.knots[0].at)
        for start, first, second, end in contour.segments():
            if first == start and second == end:
                path.lineTo(*end)
            else:
                path.cubicTo(*first, *second, *end)
        if contour.closed and contour.knots:
            path.closeSubpath()
    return path


def turned_to_45(x0: float, y0: float, x: float, y: float) -> tuple[float, float]:
    """Return the point nearest to (x, y) that is in a multiple of 45° from (x0, y0)."""
    turn = round(math.atan2(y - y0, x - x0) / (math.pi / 4)) * math.pi / 4
    cos, sin = math.cos(turn), math.sin(turn)
    along = (x - x0) * cos + (y - y0) * sin
    return x0 + round(along * cos, 6), y0 + round(along * sin, 6)

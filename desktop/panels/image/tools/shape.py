"""Shapes (U): drag a rectangle, an ellipse, a polygon, a star or a line; a click makes one of a sensible size."""

import dataclasses
import math
from typing import cast

import msgspec
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath

from core.documents import image_edits
from core.documents.image import ImageDocument, Placed, ShapeLayer, Transform, walk
from core.documents.image_place import Box
from core.documents.image_shapes import Ellipse, Geometry, Line, Polygon, Rectangle, ShapeStroke, Solid, Star
from core.raster.bounds import layer_matrix
from core.values import new_id
from desktop.panels.image import marks
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.shape_style import ShapeStyle
from desktop.panels.image.snapping import Line as SnapLine
from desktop.panels.image.snapping import lines_of, snap_point
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.corner_handles import corner_at, paint_corners, radius_of, rounded_to
from desktop.panels.image.viewport import Viewport
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
START = 4.0
"""Logical pixels the pointer must travel before a press becomes a drag."""
REACH = 6.0
"""Logical pixels within which things snap."""
MODIFIERS = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
}


class ShapeTool(Tool):
    """Base of the family."""

    key = "U"
    family = "shape"
    commands: Commands
    style: ShapeStyle
    _start: Pointer | None = None
    _origin: tuple[float, float] = (0.0, 0.0)
    _last: Pointer | None = None
    _held: tuple[float, float] | None = None
    """Where the pointer was when Space was pressed: the shape moves as long as it is down."""
    _drawing = False
    _corner: int | None = None
    _lines: list[SnapLine]
    _met: tuple[SnapLine, ...] = ()
    _text = ""

    def name(self) -> str:
        """Return what a layer with such a shape is called."""
        raise NotImplementedError

    def geometry(self, width: float, height: float) -> Geometry:
        """Return the shape of that size in the current style."""
        raise NotImplementedError

    def proportion(self) -> float:
        """Return width by height of the regular form that Shift gives."""
        return 1.0

    def help(self) -> str:
        return self.tr(
            "Drag to draw. Shift keeps it regular, Alt draws from the middle, Space moves it, Ctrl stops snapping. "
            "A click makes one of a handy size."
        )

    # --- state ------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._start is not None

    def deactivate(self) -> None:
        self.cancel()

    def cancel(self) -> bool:
        if self._start is None:
            return False
        self._rest()
        self.editor.preview(None)
        return True

    def _rest(self) -> None:
        self._start = self._last = self._held = self._corner = None
        self._drawing, self._met, self._text = False, (), ""
        self.canvas.update()

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._corner is not None or (
            pointer is not None and not self.busy and self._corner_under(pointer) is not None
        ):
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.CrossCursor

    def _shape(self) -> ShapeLayer | None:
        layer = self.editor.layer
        return layer if isinstance(layer, ShapeLayer) else None

    def _corner_under(self, pointer: Pointer) -> int | None:
        layer = self._shape()
        if layer is None or not self.editor.movable():
            return None
        return corner_at(layer, pointer.at, self.canvas.view)

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        self._start = self._last = pointer
        self._drawing, self._held, self._met, self._text = False, None, (), ""
        self._corner = self._corner_under(pointer)
        self._lines = snap_lines(self.editor)
        self._origin = self._snapped(pointer)

    def _snapped(self, pointer: Pointer) -> tuple[float, float]:
        """Return the pointer on whole pixels, or on what it snaps to."""
        x, y = float(round(pointer.x)), float(round(pointer.y))
        self._met = ()
        if pointer.ctrl:
            return x, y
        snapped = snap_point(pointer.x, pointer.y, self._lines, self.canvas.view.document_length(REACH))
        self._met = snapped.lines
        met = {line.axis for line in snapped.lines}
        return (pointer.x + snapped.dx if "x" in met else x), (pointer.y + snapped.dy if "y" in met else y)

    def drag(self, pointer: Pointer) -> None:
        start = self._start
        if start is None:
            return
        self._last = pointer
        if self._corner is not None:
            self._round(pointer)
            return
        if not self._drawing and (pointer.at - start.at).manhattanLength() < START:
            return
        self._drawing = True
        x, y = self._snapped(pointer)
        if self._held is not None:
            self._origin = self._origin[0] + x - self._held[0], self._origin[1] + y - self._held[1]
            self._held = x, y
        layer = self._drawn(x, y, square=pointer.shift, centred=pointer.alt)
        width, height = layer.geometry.size()
        self._text = self._size_text(layer.geometry, width, height)
        self.editor.preview(self._with(layer))
        self.canvas.update()

    def _size_text(self, geometry: Geometry, width: float, height: float) -> str:
        return self.tr("{width} × {height} px").format(width=f"{width:.0f}", height=f"{height:.0f}")

    def _drawn(self, x: float, y: float, *, square: bool, centred: bool) -> ShapeLayer:
        ox, oy = self._origin
        dx, dy = x - ox, y - oy
        if square:
            proportion = self.proportion()
            height = max(abs(dx) / proportion, abs(dy))
            dx, dy = math.copysign(height * proportion, dx), math.copysign(height, dy)
        left, top, right, bottom = min(0.0, dx), min(0.0, dy), max(0.0, dx), max(0.0, dy)
        if centred:
            left, top, right, bottom = -abs(dx), -abs(dy), abs(dx), abs(dy)
        return self._layer(Box(ox + left, oy + top, ox + max(right, left + 1), oy + max(bottom, top + 1)))

    def _layer(self, box: Box) -> ShapeLayer:
        geometry = self.geometry(box.right - box.left, box.bottom - box.top)
        return self._dressed(geometry, Transform(x=box.left, y=box.top))

    def _dressed(self, geometry: Geometry, transform: Transform) -> ShapeLayer:
        return ShapeLayer(
            id="new",
            name=self.name(),
            geometry=geometry,
            fill=self.style.fill,
            stroke=self.style.stroke,
            transform=transform,
        )

    def _with(self, layer: ShapeLayer) -> ImageDocument:
        document = self.editor.require()
        parent, position = self.commands.spot()
        return image_edits.insert(document, [layer], parent, position)

    def release(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        shown, corner, drawing = self.editor.shown, self._corner, self._drawing
        start = self._start
        self._rest()
        if corner is not None:
            if shown is not None:
                self.editor.commit(QT_TRANSLATE_NOOP("history", "Round corners"), shown)
            return
        document = self.editor.document
        if document is None:
            return
        if drawing and shown is not None and shown is not document:
            drawn = shown.layer("new")
            self._add(cast("ShapeLayer", drawn))
        else:
            self._add(self._handy(start))
        self.canvas.update()

    def _fifth(self) -> float:
        room = self.editor.boards.room()
        return min(room.right - room.left, room.bottom - room.top) / 5

    def _handy(self, start: Pointer) -> ShapeLayer:
        """Return a shape of a fifth of the canvas, or of the artboard, with its middle at the pointer."""
        side = max(4, round(self._fifth()))
        width, height = float(side), float(max(2, round(side / self.proportion())))
        left, top = round(start.x - width / 2), round(start.y - height / 2)
        return self._layer(Box(left, top, left + width, top + height))

    def _add(self, layer: ShapeLayer) -> None:
        document = self.editor.require()
        layer = replace(layer, id=new_id(), name=image_edits.fresh_name(document, self.name()))
        self.editor.preview(None)
        self.commands.insert(QT_TRANSLATE_NOOP("history", "Add shape"), layer)

    def _round(self, pointer: Pointer) -> None:
        document, layer = self.editor.document, self._shape()
        if document is None or layer is None or self._corner is None:
            return
        before = document.layer(layer.id)
        if isinstance(before, ShapeLayer):
            new = rounded_to(before, self._corner, pointer.x, pointer.y, alone=pointer.alt)
            self._text = self.tr("Radius {radius} px").format(radius=f"{radius_of(new, self._corner):.0f}")
            self.editor.preview(document.replace_layer(layer.id, lambda _: new))
            self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        layer = self._shape()
        if layer is not None:
            self.canvas.points_requested.emit()

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        if not self.busy or self._last is None:
            return False
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and self._drawing:
                self._held = self._snapped(self._last)
            return True
        return self._modified(event, on=True)

    def key_release(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and self._held is not None:
            if not event.isAutoRepeat():
                self._held = None
            return True
        return self._modified(event, on=False)

    def _modified(self, event: QKeyEvent, *, on: bool) -> bool:
        """Draw again as soon as a modifier goes down or up, not only when the pointer moves."""
        held = MODIFIERS.get(Qt.Key(event.key()))
        if held is None or self._last is None or not self.busy:
            return False
        keys = self._last.keys | held if on else self._last.keys & ~held
        self.drag(dataclasses.replace(self._last, keys=keys))
        return True

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        view = self.canvas.view
        layer = self._shape()
        if self._drawing and self.editor.shown is not None:
            drawn = next((one for one in walk(self.editor.shown.layers) if one.id == "new"), None)
            if isinstance(drawn, ShapeLayer):
                marks.curve(painter, outline_path(drawn, view), width=1)
        elif layer is not None:
            marks.curve(painter, outline_path(layer, view), width=1)
            if self.editor.movable():
                paint_corners(painter, layer, view)
        for line in self._met if self.busy else ():
            marks.guide(painter, view, line)
        if self._text and self._last is not None:
            marks.label(painter, self._last.at + QPointF(16, 20), self._text)


class RectangleTool(ShapeTool):
    id = "rectangle"
    icon = "square"

    def title(self) -> str:
        return self.tr("Rectangle")

    def name(self) -> str:
        return self.tr("Rectangle")

    def geometry(self, width: float, height: float) -> Geometry:
        return Rectangle(width=width, height=height, radii=(self.style.radius,) * 4)


class OvalTool(ShapeTool):
    id = "oval"
    icon = "circle"

    def title(self) -> str:
        return self.tr("Ellipse")

    def name(self) -> str:
        return self.tr("Ellipse")

    def geometry(self, width: float, height: float) -> Geometry:
        return Ellipse(width=width, height=height)


class PolygonShapeTool(ShapeTool):
    id = "polygon-shape"
    icon = "pentagon"

    def title(self) -> str:
        return self.tr("Polygon")

    def name(self) -> str:
        return self.tr("Polygon")

    def geometry(self, width: float, height: float) -> Geometry:
        return Polygon(width=width, height=height, sides=self.style.sides, radius=self.style.radius)

    def proportion(self) -> float:
        return Polygon(sides=self.style.sides).proportion()


class StarTool(ShapeTool):
    id = "star"
    icon = "star"

    def title(self) -> str:
        return self.tr("Star")

    def name(self) -> str:
        return self.tr("Star")

    def geometry(self, width: float, height: float) -> Geometry:
        style = self.style
        return Star(width=width, height=height, points=style.points, inner=style.inner, radius=style.radius)

    def proportion(self) -> float:
        return Star(points=self.style.points, inner=self.style.inner).proportion()


class LineTool(ShapeTool):
    id = "line"
    icon = "move-up-right"

    def title(self) -> str:
        return self.tr("Line")

    def name(self) -> str:
        return self.tr("Line")

    def help(self) -> str:
        return self.tr(
            "Drag to draw a line or an arrow. Shift keeps to steps of 45°, Alt draws from the middle, Space moves it."
        )

    def _drawn(self, x: float, y: float, *, square: bool, centred: bool) -> ShapeLayer:
        ox, oy = self._origin
        dx, dy = x - ox, y - oy
        if square:
            turn = round(math.atan2(dy, dx) / (math.pi / 4)) * math.pi / 4
            along = dx * math.cos(turn) + dy * math.sin(turn)
            dx, dy = round(along * math.cos(turn), 6), round(along * math.sin(turn), 6)
        if centred:
            ox, oy, dx, dy = ox - dx, oy - dy, 2 * dx, 2 * dy
        return self._between(ox, oy, dx, dy)

    def _between(self, x: float, y: float, dx: float, dy: float) -> ShapeLayer:
        line = Line(dx=dx, dy=dy, start=self.style.start, end=self.style.end)
        layer = self._dressed(line, Transform(x=x + min(0.0, dx), y=y + min(0.0, dy)))
        stroke, fill = layer.stroke, layer.fill
        if stroke is None:
            colour = fill.colour if isinstance(fill, Solid) else self.editor.colour
            stroke = ShapeStroke(colour=colour, width=self.style.line_width)
        return replace(layer, fill=None, stroke=stroke)

    def _size_text(self, geometry: Geometry, width: float, height: float) -> str:
        assert isinstance(geometry, Line)
        angle = f"{-math.degrees(math.atan2(geometry.dy, geometry.dx)) + 0.0:.0f}".replace("-", "−")
        return self.tr("{length} px  {angle}°").format(length=f"{math.hypot(width, height):.0f}", angle=angle)

    def _handy(self, start: Pointer) -> ShapeLayer:
        length = float(max(4, round(self._fifth())))
        return self._between(round(start.x - length / 2), round(start.y), length, 0.0)


SHAPE_TOOLS: tuple[type[ShapeTool], ...] = RectangleTool, OvalTool, PolygonShapeTool, StarTool, LineTool


def snap_lines(editor: Editor, but: frozenset[str] = frozenset()) -> list[SnapLine]:
    """Return what a drawn point can snap to: the canvas, and the layers that can be seen (without those in ``but``)."""
    document = editor.document
    if document is None:
        return []
    boxes = [
        box
        for layer in walk(document.layers)
        if isinstance(layer, Placed)
        and layer.id not in but
        and image_edits.is_visible(document, layer.id)
        and (box := editor.bounds([layer.id], document)) is not None
    ]
    return lines_of(editor.boards.room(), boxes)


def outline_path(layer: ShapeLayer, view: Viewport) -> QPainterPath:
    """Return a shape's outline in the widget."""
    return widget_path(layer.geometry, layer_matrix(layer), view)


def widget_path(
    geometry: Geometry, matrix: tuple[float, float, float, float, float, float], view: Viewport
) -> QPainterPath:
    """Return a geometry's outline in the widget, its box placed in the document by ``matrix``."""
    a, b, c, d, tx, ty = matrix

    def at(x: float, y: float) -> QPointF:
        return QPointF(*view.to_widget(a * x + c * y + tx, b * x + d * y + ty))

    path = QPainterPath()
    for contour in geometry.contours():
        if not contour.knots:
            continue
        path.moveTo(at(*contour.knots[0].at))
        for start, first, second, end in contour.segments():
            if first == start and second == end:
                path.lineTo(at(*end))
            else:
                path.cubicTo(at(*first), at(*second), at(*end))
        if contour.closed:
            path.closeSubpath()
    return path

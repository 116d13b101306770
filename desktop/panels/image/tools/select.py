"""What all selection tools share, and the marquees (M): boxes and ellipses.

Shift and Alt follow Photoshop's rule: held before the button goes down, they add to or take from what is chosen;
pressed during the drag, they keep the shape square or centred. Where nothing is chosen there is nothing to add to, so
they shape from the start. Pressed inside what is chosen, the tool moves the outline instead.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen

from core.raster import shapes
from core.raster.selecting import Combine, Coverage
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.tools.base import Pointer, Tool, arrow_step

START = 3.0
"""Logical pixels the pointer must travel before a press becomes a drag."""
Box = tuple[int, int, int, int]


def outline(painter: QPainter, path: QPainterPath) -> None:
    """Draw the line of a shape that is being drawn: dashes of white on black, one pixel wide."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor("#000000"), 0))
    painter.drawPath(path)
    pen = QPen(QColor("#ffffff"), 0)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


class SelectTool(Tool):
    """Base of the selection tools: how to combine, moving the outline, nudging it."""

    _how: Combine = "new"
    _pressed: Pointer | None = None
    _moving = False
    _moved = False

    @property
    def busy(self) -> bool:
        return self._pressed is not None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._moving:
            return Qt.CursorShape.SizeAllCursor
        if pointer is not None and not self.busy and self._would_move(pointer):
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.CrossCursor

    def how(self, pointer: Pointer) -> Combine:
        """Return how a shape begun now would be combined with what is chosen."""
        if self.editor.pixels.mask is None:
            return "new"
        if pointer.shift or pointer.alt:
            return "intersect" if pointer.shift and pointer.alt else "add" if pointer.shift else "subtract"
        return self.editor.pixels.options.how

    def _would_move(self, pointer: Pointer) -> bool:
        try:
            return self.how(pointer) == "new" and self.editor.pixels.holds(pointer.x, pointer.y)
        except AtelierError:
            return False  # it is said where the selection is painted

    def press(self, pointer: Pointer) -> None:
        self._pressed, self._moved = pointer, False
        self._how = self.how(pointer)
        self._moving = self._would_move(pointer)
        if not self._moving:
            self.begin(pointer)

    def drag(self, pointer: Pointer) -> None:
        start = self._pressed
        if start is None:
            return
        self._moved = self._moved or (pointer.at - start.at).manhattanLength() >= START
        if self._moving:
            if self._moved:
                self.editor.pixels.drag(*self._travel(start, pointer))
        else:
            self.extend(pointer)

    def release(self, pointer: Pointer) -> None:
        start, self._pressed = self._pressed, None
        if start is None:
            return
        if not self._moving:
            self.finish(pointer)
            return
        self._moving = False
        self.editor.pixels.drag(0, 0)
        if self._moved:
            self.editor.pixels.move(*self._travel(start, pointer))
        else:
            self.clicked(pointer)

    def _travel(self, start: Pointer, pointer: Pointer) -> tuple[int, int]:
        dx, dy = pointer.x - start.x, pointer.y - start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        return round(dx), round(dy)

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def cancel(self) -> bool:
        held, self._pressed, self._moving = self._pressed is not None, None, False
        if held:
            self.editor.pixels.drag(0, 0)
            self.canvas.update()
        return held

    def deactivate(self) -> None:
        self.cancel()

    def key_press(self, event: QKeyEvent) -> bool:
        step = arrow_step(event)
        if step is None or self.busy or self.editor.pixels.mask is None:
            return False
        self.editor.pixels.move(step[0], step[1], merge="nudge-selection")
        return True

    # --- what each tool does ----------------------------------------------------------------------------------------

    def begin(self, pointer: Pointer) -> None:
        """The button went down where a shape begins."""

    def extend(self, pointer: Pointer) -> None:
        """The pointer moved with the button down."""

    def finish(self, pointer: Pointer) -> None:
        """The button came up: choose."""

    def clicked(self, pointer: Pointer) -> None:
        """A click inside what is chosen: choose nothing."""
        self.editor.pixels.nothing()

    def take(self, coverage: Coverage) -> None:
        """Choose a finished shape, with the options' feather."""
        self.editor.pixels.combine(coverage, self._how, feather=self.editor.pixels.options.feather)


class MarqueeTool(SelectTool):
    id = "marquee"
    icon = "square-dashed"
    key = "M"
    _last: Pointer | None = None
    _origin = (0.0, 0.0)
    _free_shift = False
    _free_alt = False
    _shifting = False

    def title(self) -> str:
        return self.tr("Rectangular marquee")

    def help(self) -> str:
        return self.tr(
            "Drag to choose a box. Shift adds, Alt takes away; pressed during the drag, Shift keeps it square, Alt "
            "draws from the middle and Space moves it."
        )

    def begin(self, pointer: Pointer) -> None:
        self._origin, self._last, self._shifting = (pointer.x, pointer.y), pointer, False
        nothing = self.editor.pixels.mask is None
        self._free_shift, self._free_alt = nothing or not pointer.shift, nothing or not pointer.alt

    def extend(self, pointer: Pointer) -> None:
        if self._shifting and self._last is not None:
            x, y = self._origin
            self._origin = x + pointer.x - self._last.x, y + pointer.y - self._last.y
        self._free_shift, self._free_alt = self._free_shift or not pointer.shift, self._free_alt or not pointer.alt
        self._last = pointer
        self.canvas.update()

    def box(self, pointer: Pointer) -> Box:
        """Return the box in whole document pixels: left, top, right, bottom."""
        options, (x, y) = self.editor.pixels.options, self._origin
        if options.style == "size":
            left, top = math.floor(pointer.x), math.floor(pointer.y)
            return left, top, left + round(options.across), top + round(options.down)
        dx, dy = pointer.x - x, pointer.y - y
        ratio = options.across / options.down if options.style == "ratio" else 1.0
        if options.style == "ratio" or (pointer.shift and self._free_shift):
            width = max(abs(dx), abs(dy) * ratio)
            dx, dy = math.copysign(width, dx), math.copysign(width / ratio, dy)
        x0, y0 = (x - dx, y - dy) if pointer.alt and self._free_alt else (x, y)
        (left, right), (top, bottom) = sorted((round(x0), round(x + dx))), sorted((round(y0), round(y + dy)))
        return left, top, right, bottom

    def finish(self, pointer: Pointer) -> None:
        self.extend(pointer)
        self._last = None
        document, fixed = self.editor.require(), self.editor.pixels.options.style == "size"
        left, top, right, bottom = box = self.box(pointer)
        if (not self._moved and not fixed) or left == right or top == bottom:
            if self._how == "new":
                self.editor.pixels.nothing()
        else:
            self.take(self.shape(document.width, document.height, box))
        self.canvas.update()

    def shape(self, width: int, height: int, box: Box) -> Coverage:
        """Return what the box chooses of a document of that size."""
        return shapes.rectangle(width, height, box)

    def cancel(self) -> bool:
        self._last = None
        return super().cancel()

    def key_press(self, event: QKeyEvent) -> bool:
        if self.busy and event.key() == Qt.Key.Key_Space:
            self._shifting = True
            return True
        return self._modified(event, True) or super().key_press(event)

    def key_release(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            self._shifting = False
        return self._modified(event, False)

    def _modified(self, event: QKeyEvent, down: bool) -> bool:
        """Follow Shift and Alt although the pointer rests."""
        flag = {
            Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
            Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
        }.get(Qt.Key(event.key()))
        last = self._last
        if flag is None or last is None or self._moving:
            return False
        self.extend(Pointer(last.x, last.y, last.at, last.buttons, last.keys | flag if down else last.keys & ~flag))
        return True

    def paint(self, painter: QPainter) -> None:
        if self._last is None or self._moving or self._pressed is None:
            return
        left, top, right, bottom = self.box(self._last)
        view = self.canvas.view
        corners = QPointF(*view.to_widget(left, top)), QPointF(*view.to_widget(right, bottom))
        path = QPainterPath()
        self.trace(path, QRectF(*corners))
        outline(painter, path)
        marks.label(painter, self._last.at + QPointF(16, 20), f"{right - left} × {bottom - top} px")

    def trace(self, path: QPainterPath, box: QRectF) -> None:
        """Add the shape's line to ``path``."""
        path.addRect(box)


class EllipseTool(MarqueeTool):
    id = "ellipse"
    icon = "circle-dashed"

    def title(self) -> str:
        return self.tr("Elliptical marquee")

    def help(self) -> str:
        return self.tr(
            "Drag to choose an ellipse. Shift adds, Alt takes away; pressed during the drag, Shift makes it a circle, "
            "Alt draws from the middle and Space moves it."
        )

    def shape(self, width: int, height: int, box: Box) -> Coverage:
        return shapes.ellipse(width, height, box, smooth=self.editor.pixels.options.smooth)

    def trace(self, path: QPainterPath, box: QRectF) -> None:
        path.addEllipse(box)

"""The lassos (L), drawn freely or from corner to corner, and the magic wand (W)."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath

from core.raster import shapes
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.select import SelectTool, outline

CLOSE = 8.0
"""How near the first corner a click must be to close the line, in logical pixels."""
Point = tuple[float, float]


class LassoTool(SelectTool):
    id = "lasso"
    icon = "lasso"
    key = "L"

    def title(self) -> str:
        return self.tr("Lasso")

    def help(self) -> str:
        return self.tr("Draw around what you want to choose. Shift adds, Alt takes away, both keep what is in both.")

    _points: tuple[Point, ...] = ()

    def begin(self, pointer: Pointer) -> None:
        self._points = ((pointer.x, pointer.y),)

    def extend(self, pointer: Pointer) -> None:
        self._points = (*self._points, (pointer.x, pointer.y))
        self.canvas.update()

    def finish(self, pointer: Pointer) -> None:
        points, self._points = (*self._points, (pointer.x, pointer.y)), ()
        if self._moved:
            self.choose(points)
        elif self._how == "new":
            self.editor.pixels.nothing()
        self.canvas.update()

    def choose(self, points: tuple[Point, ...]) -> None:
        """Choose what is inside a closed line of document points."""
        document, smooth = self.editor.require(), self.editor.pixels.options.smooth
        found = shapes.polygon(document.width, document.height, points, smooth=smooth)
        if found.any():
            self.take(found)

    def cancel(self) -> bool:
        self._points = ()
        return super().cancel()

    def paint(self, painter: QPainter) -> None:
        self._paint_line(painter, self._points)

    def _paint_line(self, painter: QPainter, points: tuple[Point, ...]) -> None:
        if len(points) < 2:
            return
        path = QPainterPath(QPointF(*self.canvas.view.to_widget(*points[0])))
        for point in points[1:]:
            path.lineTo(QPointF(*self.canvas.view.to_widget(*point)))
        outline(painter, path)


class PolygonTool(LassoTool):
    id = "polygon"
    icon = "lasso-select"

    def title(self) -> str:
        return self.tr("Polygon lasso")

    def help(self) -> str:
        return self.tr(
            "Click from corner to corner; a double click, Enter or the first corner closes the line. Backspace takes "
            "back a corner, Shift keeps to steps of 45°."
        )

    _at: Pointer | None = None

    @property
    def busy(self) -> bool:
        return bool(self._points) or super().busy

    def press(self, pointer: Pointer) -> None:
        if not self._points:
            super().press(pointer)
            return
        self._pressed = pointer
        if self._near_first(pointer):
            self._close()
        else:
            self._points = (*self._points, self._corner(pointer))

    def extend(self, pointer: Pointer) -> None:
        self.hover(pointer)

    def finish(self, pointer: Pointer) -> None:
        self.canvas.update()

    def hover(self, pointer: Pointer) -> None:
        self._at = pointer
        if self._points:
            self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        if self._points:
            self._close()
        else:
            self.press(pointer)

    def _corner(self, pointer: Pointer) -> Point:
        if not pointer.shift:
            return pointer.x, pointer.y
        x, y = self._points[-1]
        angle = round(math.atan2(pointer.y - y, pointer.x - x) / (math.pi / 4)) * math.pi / 4
        length = math.hypot(pointer.x - x, pointer.y - y)
        return x + math.cos(angle) * length, y + math.sin(angle) * length

    def _near_first(self, pointer: Pointer) -> bool:
        first = QPointF(*self.canvas.view.to_widget(*self._points[0]))
        return len(self._points) > 2 and (pointer.at - first).manhattanLength() <= CLOSE

    def _close(self) -> None:
        points, self._points, self._pressed = self._points, (), None
        self.choose(points)
        self.canvas.update()

    def cancel(self) -> bool:
        drawn = bool(self._points)
        return super().cancel() or drawn

    def key_press(self, event: QKeyEvent) -> bool:
        if self._points:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._close()
            elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self._points = self._points[:-1]
                self.canvas.update()
            else:
                return False
            return True
        return super().key_press(event)

    def paint(self, painter: QPainter) -> None:
        rubber = (self._corner(self._at),) if self._points and self._at is not None else ()
        self._paint_line(painter, (*self._points, *rubber))


class WandTool(SelectTool):
    id = "wand"
    icon = "wand"
    key = "W"

    def title(self) -> str:
        return self.tr("Magic wand")

    def help(self) -> str:
        return self.tr("Click a colour to choose what looks like it. Shift adds, Alt takes away.")

    def finish(self, pointer: Pointer) -> None:
        x, y = math.floor(pointer.x), math.floor(pointer.y)
        self.editor.session.spawn(self.editor.pixels.from_colour(x, y, self._how))

    def clicked(self, pointer: Pointer) -> None:
        self.finish(pointer)

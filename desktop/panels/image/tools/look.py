"""The tools that look and do not touch: Hand (H), Zoom (Z) and Eyedropper (I)."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.raster.manifest import TILE
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.editor import Editor
from desktop.panels.image.tiles import TileStore
from desktop.panels.image.tools.base import Pointer, Tool


class HandTool(Tool):
    id = "hand"
    icon = "hand"
    key = "H"
    _last: QPointF | None = None

    def title(self) -> str:
        return self.tr("Hand")

    def help(self) -> str:
        return self.tr("Drag to move the view. Holding Space does the same with any tool.")

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.ClosedHandCursor if self._last is not None else Qt.CursorShape.OpenHandCursor

    def press(self, pointer: Pointer) -> None:
        self._last = pointer.at

    def drag(self, pointer: Pointer) -> None:
        if self._last is not None:
            delta = pointer.at - self._last
            self._last = pointer.at
            self.canvas.pan(delta.x(), delta.y())

    def release(self, pointer: Pointer) -> None:
        self._last = None

    def double_click(self, pointer: Pointer) -> None:
        self.canvas.fit()


class ZoomTool(Tool):
    id = "zoom"
    icon = "zoom-in"
    key = "Z"
    _start: QPointF | None = None
    _at = QPointF()

    def title(self) -> str:
        return self.tr("Zoom")

    def help(self) -> str:
        return self.tr("Click to come closer, with Alt to step back, or drag a frame around what you want to see.")

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        self._start = self._at = pointer.at

    def drag(self, pointer: Pointer) -> None:
        self._at = pointer.at
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        if start is None:
            return
        box = QRectF(start, pointer.at).normalized()
        view = self.canvas.view
        if box.width() < 8 or box.height() < 8:
            self.canvas.zoom_step(not pointer.alt, pointer.at)
            return
        middle = view.to_document(box.center().x(), box.center().y())
        factor = min(self.canvas.width() / box.width(), self.canvas.height() / box.height())
        view.zoom_centre(view.zoom * factor)
        x, y = view.to_widget(*middle)
        self.canvas.pan(self.canvas.width() / 2 - x, self.canvas.height() / 2 - y)
        self.canvas.set_zoom(view.zoom)

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def cancel(self) -> bool:
        held, self._start = self._start is not None, None
        self.canvas.update()
        return held

    def paint(self, painter: QPainter) -> None:
        if self._start is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(marks.SEAM, 3))
            box = QRectF(self._start, self._at).normalized()
            painter.drawRect(box)
            painter.setPen(QPen(marks.accent(), 1))
            painter.drawRect(box)


class EyedropperTool(Tool):
    id = "eyedropper"
    icon = "pipette"
    key = "I"
    _sample: str | None = None
    _at = QPointF()
    around = 1
    """Side of the square that is averaged, in document pixels: 1, 3 or 5."""

    def title(self) -> str:
        return self.tr("Eyedropper")

    def help(self) -> str:
        return self.tr("Click to take the colour under the pointer, with Alt as the background colour.")

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        self.drag(pointer)

    def drag(self, pointer: Pointer) -> None:
        self._look(pointer)
        if self._sample is None:
            return
        if pointer.alt:
            self.editor.other_colour = self._sample
            self.editor.colours_changed.emit()
        else:
            self.editor.set_colour(self._sample)

    def release(self, pointer: Pointer) -> None:
        self.drag(pointer)

    def hover(self, pointer: Pointer) -> None:
        self._look(pointer)

    def leave(self) -> None:
        self._sample = None
        self.canvas.update()

    def _look(self, pointer: Pointer) -> None:
        self._at = pointer.at
        self._sample = sample_colour(self.editor, self.canvas.tiles, pointer.x, pointer.y, self.around)
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        if self._sample is None:
            return
        box = QRectF(self._at.x() + 16, self._at.y() - 48, 32, 32)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 3))
        painter.setBrush(self.editor.colours.colour(self._sample))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QPen(QColor("#ffffff"), 1.5))
        painter.drawRoundedRect(box, 5, 5)
        marks.label(painter, QPointF(box.left(), box.bottom() + 6), self._sample)


def sample_colour(editor: Editor, tiles: TileStore, x: float, y: float, around: int = 1) -> str | None:
    """Return the colour of the picture at a document point as ``#rrggbb``, the mean of ``around``² pixels.

    None outside of the picture, where nothing is, and while a tile there cannot be composed.
    """
    document, compositor = editor.shown, editor.compositor
    col, row = math.floor(x), math.floor(y)
    if document is None or compositor is None or not (0 <= col < document.width and 0 <= row < document.height):
        return None
    tile = tiles.get((0, col // TILE, row // TILE))
    if tile is not None and tile.fresh:
        pixels = tile.pixels
    else:
        try:
            pixels = compositor.render_tile(document, col // TILE, row // TILE, 0)
        except AtelierError:
            return None
    reach = around // 2
    cx, cy = col % TILE, row % TILE
    part = pixels[max(0, cy - reach) : cy + reach + 1, max(0, cx - reach) : cx + reach + 1].reshape(-1, 4)
    b, g, r, a = (float(v) for v in part.mean(axis=0))
    if a < 1:
        return None
    return QColor(*(min(255, round(v * 255 / a)) for v in (r, g, b))).name()

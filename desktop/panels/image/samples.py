"""The colour at points of the picture: under the pointer, and at up to four points that a person pinned.

With the eyedropper, Shift-click pins a point, dragging a pinned one moves it and Alt-click takes it away, as in other
image editors. Points belong to the view of a document, not to the document.
"""

import colorsys
import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from core.documents.image_values import Depth
from core.raster.depths import peak
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor

MAX_POINTS = 4
REACH = 9.0
"""How near the pointer must be to a pinned point to take it; logical pixels."""
HOVER_MS = 16
Point = tuple[float, float]


@dataclass(frozen=True)
class Sample:
    """A colour of the picture as it looks: encoded sRGB and opacity, 0…255, averaged by opacity."""

    x: int
    y: int
    red: int
    green: int
    blue: int
    alpha: int
    depth: Depth = 8
    exact: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Red, green and blue as the picture has them: 0…255, 0…65535, or encoded floats beyond 0…1."""

    @property
    def values(self) -> str:
        """Red, green and blue as numbers of the picture's depth."""
        return "   ".join(f"{value:.4f}" if self.depth == 32 else f"{value:.0f}" for value in self.exact)

    @property
    def hex(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def hsl(self) -> tuple[int, int, int]:
        """Hue in degrees, saturation and lightness in per cent."""
        hue, light, saturation = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        return round(hue * 360) % 360, round(saturation * 100), round(light * 100)

    @property
    def cmyk(self) -> tuple[int, int, int, int]:
        """Per cent of four inks by arithmetic alone. No press profile is used, so a press will print otherwise."""
        white = max(self.red, self.green, self.blue)
        if white == 0:
            return 0, 0, 0, 100
        cyan, magenta, yellow = (round((1 - value / white) * 100) for value in (self.red, self.green, self.blue))
        return cyan, magenta, yellow, round((1 - white / 255) * 100)


def sample(editor: Editor, canvas: Canvas, x: float, y: float, around: int = 1) -> Sample | None:
    """Return the colour at a document point, the mean of ``around``² pixels; None outside of the picture."""
    document, compositor = editor.shown, editor.compositor
    column, row = math.floor(x), math.floor(y)
    if document is None or compositor is None or not (0 <= column < document.width and 0 <= row < document.height):
        return None
    reach = around // 2
    left, top = max(0, column - reach), max(0, row - reach)
    right, bottom = min(document.width, column + reach + 1), min(document.height, row + reach + 1)
    tiles = canvas.tiles
    try:
        pixels = compositor.render_deep(
            document,
            (left, top, right - left, bottom - top),
            overrides=tiles.overrides,
            mask_overrides=tiles.mask_overrides,
        )
    except AtelierError:
        return None  # the canvas says what is wrong
    flat = pixels.reshape(-1, 4).astype(float)
    opacity = flat[:, 3]
    weight = float(opacity.sum())
    red, green, blue = (float((flat[:, i] * opacity).sum() / weight) if weight else 0.0 for i in range(3))
    times = 255 / float(peak(pixels))
    r, g, b = (round(min(255.0, max(0.0, value * times))) for value in (red, green, blue))
    alpha = round(float(opacity.mean()) * times)
    return Sample(column, row, r, g, b, alpha, document.depth, (red, green, blue))


class Samples(QObject):
    """Follows the pointer over a canvas and keeps the pinned points of each document."""

    hovered = Signal(object)
    """The document point under the pointer, None when it has left. At most sixty times a second."""
    changed = Signal()
    """Points were pinned, moved or taken away."""

    def __init__(self, editor: Editor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._editor, self._canvas = editor, canvas
        self._points: dict[str, list[Point]] = {}
        self._held: int | None = None
        self._at: Point | None = None
        self._timer = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._timer.timeout.connect(lambda: self.hovered.emit(self._at))
        canvas.installEventFilter(self)

    @property
    def points(self) -> list[Point]:
        """The pinned points of the document that is shown, in document pixels."""
        document = self._editor.document
        return [] if document is None else self._points.setdefault(document.id, [])

    def pin(self, x: float, y: float) -> bool:
        """Pin a point; False when it lies outside of the picture or there are four already."""
        document = self._editor.document
        if document is None or not (0 <= x < document.width and 0 <= y < document.height):
            return False
        if len(self.points) >= MAX_POINTS:
            self._editor.session.say(self.tr("Four points are pinned already: take one away first."), "info")
            return False
        self.points.append((x, y))
        self._moved()
        return True

    def remove(self, index: int) -> None:
        """Take a point away."""
        if index < len(self.points):
            del self.points[index]
            self._moved()

    def state(self) -> list[list[float]]:
        """Return the points as plain values for the view state."""
        return [list(point) for point in self.points]

    def restore(self, state: Any) -> None:
        """Take up what :meth:`state` gave; anything else is left out."""
        document = self._editor.document
        if document is None or not isinstance(state, list):
            return
        found = [(float(p[0]), float(p[1])) for p in state if isinstance(p, list | tuple) and len(p) == 2]
        inside = [p for p in found if 0 <= p[0] < document.width and 0 <= p[1] < document.height]
        self._points[document.id] = inside[:MAX_POINTS]
        self._moved()

    def _moved(self) -> None:
        self._canvas.update()
        self.changed.emit()

    def _near(self, at: QPointF) -> int | None:
        for index, (x, y) in enumerate(self.points):
            if (QPointF(*self._canvas.view.to_widget(x, y)) - at).manhattanLength() <= REACH:
                return index
        return None

    # --- the pointer ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._at = None
            self._timer.start()
        elif kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            assert isinstance(event, QMouseEvent)
            return self._pointer(kind, event)
        return False

    def _pointer(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        at = event.position()
        self._at = self._canvas.view.to_document(at.x(), at.y())
        if not self._timer.isActive():
            self._timer.start()
        if kind == QEvent.Type.MouseButtonPress:
            return self._press(event)
        if self._held is None:
            return False
        if kind == QEvent.Type.MouseButtonRelease:
            self._held = None
        else:
            x, y = self._at
            width, height = self._canvas.view.document
            self.points[self._held] = min(max(x, 0.0), width - 1.0), min(max(y, 0.0), height - 1.0)
            self._moved()
        return True

    def _press(self, event: QMouseEvent) -> bool:
        tool, keys = self._canvas.tool, event.modifiers()
        if event.button() != Qt.MouseButton.LeftButton or tool is None or tool.id != "eyedropper":
            return False
        near = self._near(event.position())
        if near is not None and keys & Qt.KeyboardModifier.AltModifier:
            self.remove(near)
            return True
        if near is not None:
            self._held = near
            return True
        if keys & Qt.KeyboardModifier.ShiftModifier and self._at is not None:
            if self.pin(*self._at):
                self._held = len(self.points) - 1
            return True
        return False

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw the pinned points over the picture."""
        for number, (x, y) in enumerate(self.points, 1):
            at = QPointF(*self._canvas.view.to_widget(math.floor(x) + 0.5, math.floor(y) + 0.5))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(QColor(0, 0, 0, 170), 3.5), QPen(QColor("#ffffff"), 1.5)):
                painter.setPen(pen)
                painter.drawEllipse(QRectF(at.x() - 6, at.y() - 6, 12, 12))
                painter.drawPoint(at)
            marks.label(painter, at + QPointF(9, 5), str(number))

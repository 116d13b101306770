"""The curve editor: drag points, click to add one, drag it out (or press Delete) to take it away."""

from bisect import bisect
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.documents.image import IDENTITY, Curve, ImageDocument
from core.raster.adjust import monotone_cubic
from core.raster.compositor import Compositor
from core.values import AtelierError
from desktop import theme

MAX_POINTS = 14
GRIP = 10.0
OUT = 28.0
"""How far out of the box a point must be dragged to be taken away; logical pixels."""
GAP = 1 / 255


class CurveEditor(QWidget):
    """One curve over a histogram. ``value_changed`` while it is dragged, ``committed`` once at the end."""

    value_changed = Signal(object)
    committed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float]] = list(IDENTITY)
        self._held: int | None = None
        self._chosen: int | None = None
        self._gone = False
        self._colour = "text"
        self._histogram: list[float] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Curve"))
        self.setAccessibleDescription(
            self.tr(
                "Tab to a point with the comma and full stop keys, move it with the arrow keys, Delete takes it away."
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(min(self.width(), theme.px(320)))

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self) -> Curve:
        """Return the control points."""
        return tuple(self._points)

    def set_value(self, curve: Curve) -> None:
        """Show another curve, without a signal; what is being dragged stays."""
        if self._held is None and tuple(self._points) != curve:
            self._points = list(curve)
            self._chosen = None
            self.update()

    def set_channel(self, token: str) -> None:
        """Draw the curve in that colour: ``text``, or a colour as ``#rrggbb``."""
        self._colour = token
        self.update()

    def set_histogram(self, counts: list[float]) -> None:
        """Show how often each value occurs, 0…1 each, behind the curve."""
        self._histogram = counts
        self.update()

    # --- places -----------------------------------------------------------------------------------------------------

    def _box(self) -> QRectF:
        side = min(self.width(), self.height()) - 11
        return QRectF((self.width() - side) / 2, 5.5, side, side)

    def _to_widget(self, x: float, y: float) -> QPointF:
        box = self._box()
        return QPointF(box.left() + x * box.width(), box.bottom() - y * box.height())

    def _to_curve(self, at: QPointF) -> tuple[float, float]:
        box = self._box()
        return (at.x() - box.left()) / box.width(), (box.bottom() - at.y()) / box.height()

    def _near(self, at: QPointF) -> int | None:
        for index, point in enumerate(self._points):
            if (self._to_widget(*point) - at).manhattanLength() < GRIP * 1.5:
                return index
        return None

    # --- the pointer ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        index = self._near(at)
        if index is None and len(self._points) < MAX_POINTS:
            x, y = (min(1.0, max(0.0, v)) for v in self._to_curve(at))
            index = bisect([p[0] for p in self._points], x)
            self._points.insert(index, (x, y))
        self._held = self._chosen = index
        self._gone = False
        self._drag(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            shape = (
                Qt.CursorShape.SizeAllCursor if self._near(event.position()) is not None else Qt.CursorShape.CrossCursor
            )
            self.setCursor(shape)
        else:
            self._drag(event.position())

    def _drag(self, at: QPointF) -> None:
        index = self._held
        if index is None:
            return
        inner = 0 < index < len(self._points) - 1
        reach = self._box().adjusted(-OUT, -OUT, OUT, OUT)
        self._gone = inner and not reach.contains(at)
        x, y = self._to_curve(at)
        self._put(index, x, y)
        self.value_changed.emit(self._without_gone())

    def _put(self, index: int, x: float, y: float) -> None:
        low = self._points[index - 1][0] + GAP if index > 0 else 0.0
        high = self._points[index + 1][0] - GAP if index < len(self._points) - 1 else 1.0
        self._points[index] = (round(min(high, max(low, x)), 4), round(min(1.0, max(0.0, y)), 4))
        self.update()

    def _without_gone(self) -> Curve:
        if self._gone and self._held is not None:
            return tuple(p for i, p in enumerate(self._points) if i != self._held)
        return tuple(self._points)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        self._points = list(self._without_gone())
        if self._gone:
            self._chosen = None
        self._held, self._gone = None, False
        self.update()
        self.committed.emit(self.value())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self._near(event.position())
        if index is not None:
            self._remove(index)

    def _remove(self, index: int) -> None:
        if 0 < index < len(self._points) - 1:
            del self._points[index]
            self._chosen = None
            self.update()
            self.committed.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = 10 / 255 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1 / 255
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, step),
            Qt.Key.Key_Down: (0.0, -step),
        }
        if key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
            now = -1 if self._chosen is None else self._chosen
            self._chosen = (now + (1 if key == Qt.Key.Key_Period else -1)) % len(self._points)
            self.update()
        elif self._chosen is not None and Qt.Key(key) in moves:
            dx, dy = moves[Qt.Key(key)]
            x, y = self._points[self._chosen]
            self._put(self._chosen, x + dx, y + dy)
            self.committed.emit(self.value())
        elif self._chosen is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self._chosen)
        else:
            super().keyPressEvent(event)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(box, 3, 3)
        self._paint_histogram(painter, box)
        painter.setPen(QPen(theme.colour("line"), 1))
        for part in (0.25, 0.5, 0.75):
            painter.drawLine(self._to_widget(part, 0), self._to_widget(part, 1))
            painter.drawLine(self._to_widget(0, part), self._to_widget(1, part))
        painter.setPen(QPen(theme.colour("line"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._to_widget(0, 0), self._to_widget(1, 1))
        colour = theme.colour("text") if self._colour == "text" else QColor(self._colour)
        xs = np.linspace(0, 1, 129)
        ys = monotone_cubic(self._without_gone(), xs)
        path = QPainterPath(self._to_widget(0, float(ys[0])))
        for x, y in zip(xs[1:], ys[1:], strict=True):
            path.lineTo(self._to_widget(float(x), float(y)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.75))
        painter.drawPath(path)
        for index, point in enumerate(self._points):
            if index == self._held and self._gone:
                continue
            chosen = index == self._chosen
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(theme.colour("accent") if chosen else theme.colour("base"))
            painter.drawEllipse(self._to_widget(*point), 4.5, 4.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent_text" if self.hasFocus() else "line"), 1))
        painter.drawRoundedRect(box, 3, 3)

    def _paint_histogram(self, painter: QPainter, box: QRectF) -> None:
        if not self._histogram:
            return
        path = QPainterPath(box.bottomLeft())
        last = len(self._histogram) - 1
        for index, value in enumerate(self._histogram):
            path.lineTo(self._to_widget(index / last, min(1.0, value) * 0.92))
        path.lineTo(box.bottomRight())
        path.closeSubpath()
        fill = theme.colour("muted", 0.28)
        painter.setBrush(fill)
        painter.drawPath(path)


class Histograms(QObject):
    """Counts the values of a picture on a worker thread."""

    done = Signal(object)
    """Four lists of 64 heights, 0…1: all channels, red, green, blue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's own pool: a QRunnable is deleted by Qt in its thread, whatever Python still holds of it.
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="curves")
        self._asked: Future[None] | None = None
        self._over = False
        self._last: ImageDocument | None = None

    def count(self, compositor: Compositor, document: ImageDocument) -> None:
        """Ask for the histograms of ``document``; the same one is not counted twice in a row."""
        if document == self._last or self._over:
            return
        self._last = document
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._pool.submit(_Count(self, compositor, document).run)

    def shut_down(self) -> None:
        """Wait for the worker."""
        self._over = True
        self._pool.shutdown(wait=True, cancel_futures=True)


class _Count:
    def __init__(self, owner: Histograms, compositor: Compositor, document: ImageDocument) -> None:
        self._owner, self._compositor, self._document = owner, compositor, document

    def run(self) -> None:
        document = self._document
        scale = min(1.0, 256 / max(document.width, document.height))
        try:
            pixels = self._compositor.render(document, None, scale)
        except AtelierError:
            return  # the canvas says what is wrong
        self._owner.done.emit(histograms(pixels))


def histograms(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> list[list[float]]:
    """Return four lists of 64 heights (0…1) of the opaque pixels: all channels, red, green and blue.

    Heights are square roots, so that small counts are seen beside large ones.
    """
    seen = pixels[pixels[..., 3] >= 128]
    if not len(seen):
        return [[0.0] * 64 for _ in range(4)]
    channels = [np.bincount(seen[:, i] >> 2, minlength=64).astype(float) for i in range(3)]
    found: list[list[float]] = []
    for counts in (channels[0] + channels[1] + channels[2], *channels):
        high = np.sort(counts)[-3] or counts.max() or 1.0  # a spike of pure black or white would flatten the rest
        found.append([float(v) for v in np.minimum(1.0, np.sqrt(counts / high))])
    return found

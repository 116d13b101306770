"""The histogram: counted on a worker thread while the picture changes, drawn here.

First a small copy of the picture is counted, so that a drag is followed; when nothing has moved for a moment, every
pixel is. What is counted is what the view composes, or what is chosen of it.
"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.documents.image import ImageDocument
from core.raster.compositor import Compositor
from core.raster.histogram import Channel, Histogram
from core.raster.manifest import TILE
from core.raster.selecting import Coverage
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.editor import Editor

SOON_MS = 40
QUIET_MS = 700
SAMPLED_SIDE = 512
MAX_EXACT = 80_000_000
"""Pixels up to which every one is counted."""
COLOURS: dict[Channel, str] = {"red": "#e5484d", "green": "#3fa45b", "blue": "#4b86e8", "luminosity": ""}
CLIPPED_FROM = 0.0002
"""Which part of the picture must be lost before a corner lights up."""


class Counter(QObject):
    """Counts what an editor shows, as long as it is :meth:`watched <watch>`. GUI thread."""

    counted = Signal(object, bool)
    """A :class:`Histogram`, and whether every pixel was counted; None when there is no picture."""
    _done = Signal(int, object, bool)

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._watching = False
        self._stale = True
        self._turn = 0
        self._stop = threading.Event()
        # Python's own pool: a QRunnable is deleted by Qt in its thread, whatever Python still holds of it.
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="histogram")
        self._asked: Future[None] | None = None
        self._over = False
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(lambda: self._begin(exact=False))
        self._quiet.timeout.connect(lambda: self._begin(exact=True))
        self._done.connect(self._on_done)
        editor.shown_changed.connect(lambda _: self._changed())
        editor.pixels.changed.connect(self._changed)

    def watch(self, on: bool) -> None:
        """Count from now on, or no longer: nobody looks."""
        self._watching = on and not self._over
        if self._watching and self._stale:
            self._changed()
        elif not on:
            self._halt()

    def _changed(self) -> None:
        self._stale = True
        if self._watching:
            self._stop.set()
            if not self._soon.isActive():
                self._soon.start()
            self._quiet.start()

    def _halt(self) -> None:
        self._stop.set()
        self._soon.stop()
        self._quiet.stop()

    def _begin(self, *, exact: bool) -> None:
        document, compositor = self._editor.shown, self._editor.compositor
        if document is None or compositor is None:
            self._stale = False
            self.counted.emit(None, True)
            return
        if exact and document.width * document.height > MAX_EXACT:
            self._stale = False
            return
        try:
            coverage = self._editor.pixels.coverage()
        except AtelierError:
            coverage = None  # the canvas says what is wrong
        self._turn += 1
        self._stop = threading.Event()
        if self._asked is not None:
            self._asked.cancel()
        count = _Count(self, self._turn, self._stop, compositor, document, coverage, exact)
        self._asked = self._pool.submit(count.run)

    def _on_done(self, turn: int, histogram: Histogram, exact: bool) -> None:
        if turn == self._turn and self._watching:
            self._stale = self._stale and not exact
            self.counted.emit(histogram, exact)

    def shut_down(self) -> None:
        """Stop counting and wait for the worker."""
        self._over = True
        self._watching = False
        self._halt()
        self._pool.shutdown(wait=True, cancel_futures=True)


class _Count:
    def __init__(
        self,
        owner: Counter,
        turn: int,
        stop: threading.Event,
        compositor: Compositor,
        document: ImageDocument,
        coverage: Coverage | None,
        exact: bool,
    ) -> None:
        self._owner, self._turn, self._stop = owner, turn, stop
        self._compositor, self._document, self._coverage, self._exact = compositor, document, coverage, exact

    def run(self) -> None:
        try:
            histogram = self._whole() if self._exact else self._sampled()
        except AtelierError:
            return  # the canvas says what is wrong
        if histogram is not None:
            self._owner._done.emit(self._turn, histogram, self._exact)

    def _sampled(self) -> Histogram:
        document = self._document
        scale = min(1.0, SAMPLED_SIDE / max(document.width, document.height))
        pixels = self._compositor.render(document, None, scale)
        chosen = self._coverage
        if chosen is not None:
            height, width = pixels.shape[:2]
            rows = (np.arange(height) * chosen.shape[0] // height).clip(0, chosen.shape[0] - 1)
            columns = (np.arange(width) * chosen.shape[1] // width).clip(0, chosen.shape[1] - 1)
            chosen = chosen[rows[:, None], columns[None]]
        histogram = Histogram()
        histogram.add(pixels, chosen)
        return histogram

    def _whole(self) -> Histogram | None:
        document, histogram = self._document, Histogram()
        for top in range(0, document.height, TILE):
            for left in range(0, document.width, TILE):
                if self._stop.is_set():
                    return None
                width, height = min(TILE, document.width - left), min(TILE, document.height - top)
                part = None
                if self._coverage is not None:
                    part = self._coverage[top : top + height, left : left + width]
                    if not part.any():
                        continue
                histogram.add(self._compositor.render(document, (left, top, width, height)), part)
        return histogram


class HistogramView(QWidget):
    """Draws a histogram: the three colours over each other, or one channel. The corners light up where it is cut."""

    pointed = Signal(int)
    """The value under the pointer, -1 when it has left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._channel: Channel | None = None
        self._at = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Histogram"))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(256), theme.px(120))

    def show_histogram(self, histogram: Histogram | None) -> None:
        """Show other counts."""
        self._histogram = histogram
        self.update()

    def show_channel(self, channel: Channel | None) -> None:
        """Show one channel; None shows the three colours."""
        self._channel = channel
        self.update()

    def _box(self) -> QRectF:
        return QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._box()
        self._at = max(0, min(255, round((event.position().x() - box.left()) / box.width() * 255)))
        self.update()
        self.pointed.emit(self._at)

    def leaveEvent(self, event: object) -> None:
        self._at = -1
        self.update()
        self.pointed.emit(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(theme.colour("line", 0.6), 1))
        for part in (0.25, 0.5, 0.75):
            x = box.left() + box.width() * part
            painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1))
        if self._histogram is not None and self._histogram.pixels:
            self._paint_counts(painter, box, self._histogram)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRoundedRect(box, 4, 4)
        if self._at >= 0:
            x = box.left() + box.width() * self._at / 255
            painter.setPen(QPen(theme.colour("text", 0.7), 1))
            painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1))

    def _paint_counts(self, painter: QPainter, box: QRectF, histogram: Histogram) -> None:
        inner = box.adjusted(1, theme.px(6), -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._channel is None:
            dark = theme.current().dark
            mode = QPainter.CompositionMode
            painter.setCompositionMode(mode.CompositionMode_Screen if dark else mode.CompositionMode_Multiply)
            for channel in ("red", "green", "blue"):
                colour = QColor(COLOURS[channel])
                paint_heights(painter, inner, histogram.heights(channel), colour if dark else colour.lighter(130))
            painter.setCompositionMode(mode.CompositionMode_SourceOver)
        else:
            colour = QColor(COLOURS[self._channel] or theme.colour("muted"))
            paint_heights(painter, inner, histogram.heights(self._channel), colour)
        shadows, highlights = histogram.clipped(self._channel)
        for left, lost in ((True, shadows), (False, highlights)):
            self._paint_corner(painter, box, left, lost >= CLIPPED_FROM)

    def _paint_corner(self, painter: QPainter, box: QRectF, left: bool, lit: bool) -> None:
        side = theme.px(10)
        corner = box.topLeft() + QPointF(3, 3) if left else box.topRight() + QPointF(-3, 3)
        path = QPainterPath(corner)
        path.lineTo(corner + QPointF(side if left else -side, 0))
        path.lineTo(corner + QPointF(0, side))
        path.closeSubpath()
        painter.setPen(QPen(theme.colour("warn" if lit else "disabled"), 1))
        painter.setBrush(theme.colour("warn") if lit else theme.colour("base"))
        painter.drawPath(path)


def paint_heights(painter: QPainter, box: QRectF, heights: npt.NDArray[np.float64], colour: QColor) -> None:
    """Fill the outline of a histogram's heights (0…1) into ``box``."""
    path = QPainterPath(box.bottomLeft())
    last = len(heights) - 1
    for index, height in enumerate(heights):
        path.lineTo(QPointF(box.left() + box.width() * index / last, box.bottom() - box.height() * float(height)))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    painter.setBrush(colour)
    painter.drawPath(path)

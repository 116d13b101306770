"""Levels as other editors have them: the histogram of what is below, with handles for black, midtones and white."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument, Levels
from desktop import theme
from desktop.panels.image.curves import Histograms
from desktop.panels.image.histogram import paint_heights
from desktop.panels.image.sections import Section
from desktop.panels.image.words import QT_TRANSLATE_NOOP

HANDLES = ("black", "gamma", "white", "out_black", "out_white")
HEIGHT, STRIP, HANDLE = 96, 14, 6


class LevelsEditor(QWidget):
    """Drag the handles below the histogram, or choose one with comma and full stop and move it with the arrow keys."""

    value_changed = Signal(object)
    committed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = Levels()
        self._heights: npt.NDArray[np.float64] = np.zeros(0)
        self._held: str | None = None
        self._start = self._levels
        """What it was before the drag: Esc goes back to it."""
        self._chosen = "black"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Levels"))
        self.setAccessibleDescription(
            self.tr("Comma and full stop choose a handle, the arrow keys move it, with Shift by ten.")
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(HEIGHT + 2 * STRIP + 22))

    def value(self) -> Levels:
        """Return the levels."""
        return self._levels

    def set_value(self, levels: Levels) -> None:
        """Show other levels, without a signal; what is being dragged stays."""
        if self._held is None and levels != self._levels:
            self._levels = levels
            self.update()

    def set_histogram(self, heights: list[float]) -> None:
        """Show how often each value occurs below this layer, 0…1 each."""
        self._heights = np.asarray(heights)
        self.update()

    # --- places -----------------------------------------------------------------------------------------------------

    def _box(self) -> QRectF:
        edge = theme.px(HANDLE) + 0.5
        return QRectF(edge, 0.5, self.width() - 2 * edge, theme.px(HEIGHT))

    def _strip(self) -> QRectF:
        box = self._box()
        return QRectF(box.left(), box.bottom() + theme.px(STRIP) + 4, box.width(), theme.px(8))

    def _middle(self) -> float:
        """Return the input value, 0…255, that becomes middle grey."""
        low, high = self._levels.black, self._levels.white
        return low + (high - low) * float(0.5**self._levels.gamma)

    def place(self, handle: str) -> QPointF:
        """Return where the tip of a handle is, in the widget."""
        box = self._box() if not handle.startswith("out") else self._strip()
        value = self._middle() if handle == "gamma" else float(getattr(self._levels, handle))
        return QPointF(box.left() + box.width() * value / 255, box.bottom() + 1)

    def _near(self, at: QPointF) -> str | None:
        reach = theme.px(HANDLE) + 3
        outer = at.y() > self._strip().top() - 2
        found = [h for h in HANDLES if h.startswith("out") == outer and abs(self.place(h).x() - at.x()) <= reach]
        return min(found, key=lambda h: abs(self.place(h).x() - at.x()), default=None)

    # --- changing ---------------------------------------------------------------------------------------------------

    def _put(self, handle: str, value: float) -> None:
        levels = self._levels
        value = min(255.0, max(0.0, value))
        fields: dict[str, float] = {}
        match handle:
            case "black":
                fields["black"] = round(min(value, levels.white - 1))
            case "white":
                fields["white"] = round(max(value, levels.black + 1))
            case "gamma":
                share = min(0.999, max(0.001, (value - levels.black) / max(1.0, levels.white - levels.black)))
                fields["gamma"] = round(min(10.0, max(0.1, math.log(share) / math.log(0.5))), 2)
            case _:
                fields[handle] = round(value)
        self._levels = Levels(**{name: fields.get(name, getattr(levels, name)) for name in HANDLES})
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (handle := self._near(event.position())) is not None:
            self._held = self._chosen = handle
            self._start = self._levels
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            near = self._near(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
            return
        box = self._box()
        self._put(self._held, (event.position().x() - box.left()) / box.width() * 255)
        self.value_changed.emit(self._levels)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.committed.emit(self._levels)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        handle = self._near(event.position())
        if handle is not None:
            fresh = getattr(Levels(), handle)
            self._levels = Levels(**{n: fresh if n == handle else getattr(self._levels, n) for n in HANDLES})
            self.update()
            self.committed.emit(self._levels)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
            step = 1 if key == Qt.Key.Key_Period else -1
            self._chosen = HANDLES[(HANDLES.index(self._chosen) + step) % len(HANDLES)]
            self.update()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1) * (
                1 if key == Qt.Key.Key_Right else -1
            )
            now = self._middle() if self._chosen == "gamma" else float(getattr(self._levels, self._chosen))
            self._put(self._chosen, now + step)
            self.committed.emit(self._levels)
        elif key == Qt.Key.Key_Escape and self._held is not None:
            self._held, self._levels = None, self._start
            self.update()
            self.committed.emit(self._levels)  # nothing has changed, so this only takes the preview back
        else:
            super().keyPressEvent(event)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, strip = self._box(), self._strip()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(box, 3, 3)
        if self._heights.size:
            paint_heights(painter, box.adjusted(1, 4, -1, -1), self._heights, theme.colour("muted", 0.75))
        veil = theme.colour("base", 0.6)
        left, right = self.place("black").x(), self.place("white").x()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRect(QRectF(box.left(), box.top(), left - box.left(), box.height()))
        painter.drawRect(QRectF(right, box.top(), box.right() - right, box.height()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent_text" if self.hasFocus() else "line"), 1))
        painter.drawRoundedRect(box, 3, 3)
        shades = QLinearGradient(strip.topLeft(), strip.topRight())
        shades.setColorAt(0, QColor("#000000"))
        shades.setColorAt(1, QColor("#ffffff"))
        painter.setBrush(shades)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRoundedRect(strip, 2, 2)
        fills = {"black": "#000000", "out_black": "#000000", "gamma": "#808080"}
        for handle in HANDLES:
            self._paint_handle(painter, handle, QColor(fills.get(handle, "#ffffff")))

    def _paint_handle(self, painter: QPainter, handle: str, fill: QColor) -> None:
        tip, side = self.place(handle), float(theme.px(HANDLE))
        path = QPainterPath(tip)
        path.lineTo(tip + QPointF(side, side * 1.7))
        path.lineTo(tip + QPointF(-side, side * 1.7))
        path.closeSubpath()
        chosen = self.hasFocus() and handle == self._chosen
        painter.setBrush(fill)
        painter.setPen(QPen(theme.colour("accent_text" if chosen else "muted"), 2 if chosen else 1))
        painter.drawPath(path)


class LevelsBody(QWidget):
    """The editor over the histogram of what is below the layer."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section = section
        self._histograms = Histograms(self)
        self.editor = LevelsEditor()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        self._histograms.done.connect(lambda heights: self.editor.set_histogram(heights[0]))
        section.live(self.editor, QT_TRANSLATE_NOOP("history", "Change adjustment"), self._set)

    def _set(self, document: ImageDocument, levels: Levels) -> ImageDocument:
        return image_edits.update(document, [self._section.editor.selection[0]], adjustment=levels)

    def follow(self, levels: Levels, layer_id: str) -> None:
        """Show the levels of a layer, over the histogram of the picture without it."""
        self.editor.set_value(levels)
        compositor, document = self._section.editor.compositor, self._section.editor.document
        if compositor is not None and document is not None:
            self._histograms.count(compositor, image_edits.update(document, [layer_id], visible=False))

    def shut_down(self) -> None:
        """Wait for the worker."""
        self._histograms.shut_down()

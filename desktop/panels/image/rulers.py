"""Rulers along the canvas: numbers in the unit in use, the pointer's place, and guides that are dragged out of them."""

import math
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop import theme
from desktop.panels.image.guides import Guides
from desktop.panels.image.measuring import UNITS
from desktop.panels.image.snapping import Axis

THICK = 20
ROOM = 56.0
"""Logical pixels from one number to the next, at least."""
Side = Literal["top", "left"]
INCHES = (1 / 16, 1 / 8, 1 / 4, 1 / 2)


def tick_step(pixels_per_unit: float, unit: str, room: float) -> tuple[float, int]:
    """Return how far apart numbers stand, in units, at least ``room`` apart, and into how many parts each is divided.

    ``pixels_per_unit`` and ``room`` are in the same pixels.
    """
    least = room / pixels_per_unit
    if unit == "in":
        for step in INCHES:
            if step >= least:
                return step, 4
    power = 10.0 ** math.floor(math.log10(least))
    for factor, parts in ((1, 10), (2, 4), (5, 5), (10, 10)):
        if factor * power >= least * 0.999:
            step = factor * power
            return (1.0, 10) if unit == "px" and step < 1 else (step, parts)
    return power * 10, 10


class Ruler(QWidget):
    """One ruler. Dragging from it makes a guide; Alt makes it of the other kind, Ctrl stops snapping."""

    def __init__(self, side: Side, guides: Guides, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side, self.guides = side, guides
        self.canvas, self.editor = guides.canvas, guides.editor
        self._mark: float | None = None
        across = side == "top"
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored if across else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed if across else QSizePolicy.Policy.Ignored,
        )
        self.setCursor(Qt.CursorShape.SplitVCursor if across else Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Horizontal ruler") if across else self.tr("Vertical ruler"))
        self.setToolTip(self.tr("Drag a guide out of the ruler. A right click chooses the unit."))
        self.canvas.installEventFilter(self)
        self.canvas.view_changed.connect(self.update)
        self.editor.shown_changed.connect(self.update)
        self.editor.selection_changed.connect(self.update)
        guides.measuring.options_changed.connect(self.update)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        side = theme.px(THICK)
        return QSize(side, side)

    @property
    def axis(self) -> Axis:
        """Along which axis it measures."""
        return "x" if self.side == "top" else "y"

    # --- the pointer's place ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_mark(None)
        elif isinstance(event, QMouseEvent | QTabletEvent):
            at = event.position()
            self._set_mark(at.x() if self.axis == "x" else at.y())
        return False

    def _set_mark(self, mark: float | None) -> None:
        if mark != self._mark and self.isVisible():
            for place in (self._mark, mark):
                if place is not None:
                    box = QRectF(place - 2, 0, 5, self.height())
                    if self.axis == "y":
                        box = QRectF(0, place - 2, self.width(), 5)
                    self.update(box.toAlignedRect())
        self._mark = mark

    # --- guides -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.editor.document is not None:
            self.guides.begin("y" if self.axis == "x" else "x")
            self.grabKeyboard()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.guides.held is not None:
            keys = event.modifiers()
            at = self.canvas.mapFromGlobal(event.globalPosition())
            self._set_mark(at.x() if self.axis == "x" else at.y())
            self.guides.drag(
                QPointF(at),
                free=bool(keys & Qt.KeyboardModifier.ControlModifier),
                turned=bool(keys & Qt.KeyboardModifier.AltModifier),
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.releaseKeyboard()
        self.guides.drop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.guides.cancel():
            self.releaseKeyboard()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for unit in UNITS:
            action = menu.addAction(unit)
            action.setCheckable(True)
            action.setChecked(unit == self.guides.unit)
            action.triggered.connect(lambda _=False, u=unit: self.guides.measuring.adjust(unit=u))
        menu.popup(event.globalPos())

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        line = theme.colour("line")
        across = self.axis == "x"
        length, thick = (self.width(), self.height()) if across else (self.height(), self.width())
        painter.fillRect(QRectF(0, thick - 1, length, 1) if across else QRectF(thick - 1, 0, 1, length), line)
        if self.editor.shown is None:
            return
        if not across:  # the same drawing, standing on its side
            painter.rotate(90)
            painter.scale(1, -1)
        self._paint_selected(painter, thick)
        self._paint_ticks(painter, length, thick)
        if self._mark is not None:
            painter.fillRect(QRectF(math.floor(self._mark), 0, 1, thick), theme.colour("accent_text"))

    def _paint_selected(self, painter: QPainter, thick: float) -> None:
        """Show how far the selected layers reach."""
        present = [layer.id for layer in self.editor.selected()]
        box = self.editor.bounds(present) if present else None
        if box is None:
            return
        low, high = (box.left, box.right) if self.axis == "x" else (box.top, box.bottom)
        start, end = self._place(low), self._place(high)
        fill = QColor(theme.colour("accent"))
        fill.setAlpha(50)
        painter.fillRect(QRectF(start, 0, end - start, thick - 1), fill)

    def _place(self, at: float) -> float:
        x, y = self.canvas.view.to_widget(at, at)
        return x if self.axis == "x" else y

    def _paint_ticks(self, painter: QPainter, length: float, thick: float) -> None:
        view, per = self.canvas.view, self.guides.per_unit(self.axis)
        step, parts = tick_step(view.length(per), self.guides.unit, theme.px(ROOM))
        first, last = (self._to_units(edge, per) for edge in (0.0, length))
        font = theme.ui_font(10)
        painter.setFont(font)
        ratio = view.ratio
        muted, text = theme.colour("muted"), theme.colour("text")
        for index in range(math.floor(first / step * parts), math.ceil(last / step * parts) + 1):
            x = math.floor(self._place(index * step / parts * per) * ratio + 0.5) / ratio
            whole = index % parts == 0
            half = parts % 2 == 0 and index % (parts // 2) == 0
            tall = thick - 1 if whole else thick * (0.45 if half else 0.25)
            painter.fillRect(QRectF(x, thick - 1 - tall, 1 / ratio, tall), muted)
            if whole:
                painter.setPen(QPen(text))
                self._number(painter, x + 3, thick, _label(index // parts * step))

    def _number(self, painter: QPainter, x: float, thick: float, words: str) -> None:
        box = QRectF(x, 0, theme.px(ROOM), thick * 0.7)
        if self.axis == "y":  # undo the mirroring, or the number would be read from behind
            painter.save()
            painter.translate(x, 0)
            painter.scale(-1, 1)
            painter.rotate(180)
            painter.translate(0, -thick * 0.7)
            painter.drawText(QRectF(0, 0, theme.px(ROOM), thick * 0.7), Qt.AlignmentFlag.AlignVCenter, words)
            painter.restore()
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _to_units(self, edge: float, per: float) -> float:
        x, y = self.canvas.view.to_document(edge, edge)
        return (x if self.axis == "x" else y) / per


def _label(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".").replace("-", "−") or "0"


class Corner(QWidget):
    """Where the two rulers meet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.notifier().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        line = theme.colour("line")
        painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)

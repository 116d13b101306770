"""A colour one can see, type as hex, pick from the recent ones, from the screen or from a field of hues."""

import re
from typing import cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme

_HEX = re.compile(r"^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
MAX_RECENT = 16
_recent: list[str] = ["#ffffff", "#000000", "#e23d3d", "#f2994a", "#f2c94c", "#27ae60", "#2d9cdb", "#6c61e8"]


def parse_colour(text: str) -> str | None:
    """Return ``#rrggbb`` or ``#rrggbbaa`` in lower case for what a person typed, or None."""
    match = _HEX.match(text.strip())
    if match is None:
        return None
    digits = match.group(1).lower()
    return "#" + ("".join(d * 2 for d in digits) if len(digits) == 3 else digits)


def to_qcolor(colour: str) -> QColor:
    """Return the ``QColor`` of ``#rrggbb`` or ``#rrggbbaa`` (Qt itself reads ``#aarrggbb``)."""
    made = QColor(colour[:7])
    if len(colour) == 9:
        made.setAlpha(int(colour[7:], 16))
    return made


def shown_colour(widget: QWidget, colour: str) -> QColor:
    """Return what the screen shows of a colour in ``widget``: as what stands around it says, if anything does.

    A widget around it that has a method ``shown_colour`` shows a document's colours, which may be in another profile.
    """
    around: QObject | None = widget
    while around is not None:
        says = getattr(around, "shown_colour", None)
        if says is not None:
            return cast("QColor", says(colour))
        around = around.parent()
    return to_qcolor(colour)


def from_qcolor(colour: QColor) -> str:
    """Return ``#rrggbb``, with ``aa`` only where it is not opaque."""
    text = colour.name(QColor.NameFormat.HexRgb)
    return text if colour.alpha() == 255 else f"{text}{colour.alpha():02x}"


class ColourField(QWidget):
    """A swatch that opens the picker, and the colour as hex text beside it."""

    value_changed = Signal(str)
    """While it is picked."""
    committed = Signal(str)
    """Once, when it is decided."""

    def __init__(
        self, title: str, value: str = "#000000", *, alpha: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._alpha = alpha
        self._value = value
        self._popup: ColourPopup | None = None
        self.swatch = Swatch(value)
        self.swatch.setAccessibleName(title)
        self.swatch.setToolTip(title)
        self.swatch.clicked.connect(self.open_picker)
        self.edit = QLineEdit(value)
        self.edit.setAccessibleName(self.tr("{title} as hex").format(title=title))
        self.edit.setMaxLength(9)
        self.edit.setFixedWidth(theme.px(88))
        self.edit.editingFinished.connect(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.swatch, 1)
        row.addWidget(self.edit)
        self.setFocusProxy(self.swatch)

    def value(self) -> str:
        """Return ``#rrggbb`` or ``#rrggbbaa``."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show another colour, without a signal."""
        self._value = value
        self.swatch.set_colour(value)
        self.edit.setText(value)
        self._say_state("")

    def open_picker(self) -> None:
        """Open the picker under the swatch."""
        popup = ColourPopup(self._value, self._alpha, self)
        popup.changed.connect(self._picking)
        popup.closed.connect(self._picked)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        self._popup = popup

    def _picking(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.value_changed.emit(value)

    def _picked(self, changed: bool) -> None:
        if changed:
            remember(self._value)
            self.committed.emit(self._value)

    def _typed(self) -> None:
        value = parse_colour(self.edit.text())
        if value is not None and not self._alpha:
            value = value[:7]
        if value is None:
            self._say_state("bad")
            self.edit.setToolTip(self.tr("A colour is # and six digits, such as #6c61e8."))
        elif value != self._value:
            self.set_value(value)
            remember(value)
            self.value_changed.emit(value)
            self.committed.emit(value)
        else:
            self.set_value(value)

    def _say_state(self, state: str) -> None:
        self.edit.setProperty("state", state)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)


class Swatch(QPushButton):
    """A button that is the colour it stands for; a chequerboard shows through what is transparent."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), theme.px(24))

    def set_colour(self, colour: str) -> None:
        """Show another colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = shown_colour(self, self._colour)
        if colour.alpha() < 255:
            _chequer(painter, box)
        painter.setBrush(colour)
        pen = QPen(theme.colour("accent_text" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)


class ColourPopup(QFrame):
    """The picker: saturation and value as a field, hue as a strip, the recent colours, a pipette for the screen."""

    changed = Signal(str)
    closed = Signal(bool)

    def __init__(self, value: str, alpha: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._first = value
        self._value = value
        self.field = _Field()
        self.hue = _Strip("hue")
        self.field.setAccessibleName(self.tr("Saturation and brightness"))
        self.hue.setAccessibleName(self.tr("Hue"))
        self.alpha = _Strip("alpha") if alpha else None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.hue)
        if self.alpha is not None:
            self.alpha.setAccessibleName(self.tr("Opacity"))
            column.addWidget(self.alpha)
            self.alpha.moved.connect(self._from_parts)
        row = QHBoxLayout()
        row.setSpacing(4)
        for recent in _recent[:8]:
            swatch = Swatch(recent)
            swatch.setFixedSize(theme.px(20), theme.px(20))
            swatch.setAccessibleName(recent)
            swatch.setToolTip(recent)
            swatch.clicked.connect(lambda _=False, c=recent: self._take(c))
            row.addWidget(swatch)
        row.addStretch(1)
        column.addLayout(row)
        self.field.moved.connect(self._from_parts)
        self.hue.moved.connect(self._from_parts)
        self._show_parts()

    def _take(self, value: str) -> None:
        self._value = value
        self._show_parts()
        self.changed.emit(value)

    def _show_parts(self) -> None:
        colour = to_qcolor(self._value)
        hue = colour.hsvHueF()
        if hue >= 0:
            self.hue.part = hue
        self.field.hue = self.hue.part
        self.field.saturation, self.field.brightness = colour.hsvSaturationF(), colour.valueF()
        if self.alpha is not None:
            self.alpha.part, self.alpha.colour = colour.alphaF(), colour
        self.field.update()
        self.hue.update()

    def _from_parts(self) -> None:
        self.field.hue = self.hue.part
        self.field.update()
        hue = min(self.hue.part, 0.9999)
        colour = QColor.fromHsvF(hue, self.field.saturation, self.field.brightness)
        if self.alpha is not None:
            self.alpha.colour = QColor(colour)
            self.alpha.update()
            colour.setAlphaF(self.alpha.part)
        self._value = from_qcolor(colour)
        self.changed.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._value != self._first:
                self._value = self._first
                self.changed.emit(self._first)
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit(self._value != self._first)


class _Handle(QWidget):
    """A plane whose handle follows the pointer and the arrow keys."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def take(self, x: float, y: float) -> None:
        raise NotImplementedError

    def nudge(self, x: float, y: float) -> None:
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._to(event.position())

    def _to(self, at: QPointF) -> None:
        self.take(min(1.0, max(0.0, at.x() / self.width())), min(1.0, max(0.0, at.y() / self.height())))
        self.update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        if (move := moves.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        self.nudge(*move)
        self.update()
        self.moved.emit()

    def _ring(self, painter: QPainter, x: float, y: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#000000"), 3))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        painter.setPen(QPen(QColor("#ffffff"), 1.5))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class _Field(_Handle):
    """Saturation to the right, brightness to the top."""

    def __init__(self) -> None:
        super().__init__()
        self.hue = self.saturation = self.brightness = 0.0
        self.setFixedSize(theme.px(224), theme.px(148))

    def take(self, x: float, y: float) -> None:
        self.saturation, self.brightness = x, 1 - y

    def nudge(self, x: float, y: float) -> None:
        self.take(min(1.0, max(0.0, self.saturation + x)), min(1.0, max(0.0, 1 - self.brightness + y)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        across = QLinearGradient(box.topLeft(), box.topRight())
        across.setColorAt(0, QColor("#ffffff"))
        across.setColorAt(1, QColor.fromHsvF(min(self.hue, 0.9999), 1, 1))
        down = QLinearGradient(box.topLeft(), box.bottomLeft())
        down.setColorAt(0, QColor(0, 0, 0, 0))
        down.setColorAt(1, QColor(0, 0, 0, 255))
        painter.setPen(Qt.PenStyle.NoPen)
        for fill in (across, down):
            painter.setBrush(fill)
            painter.drawRoundedRect(box, 4, 4)
        self._ring(painter, self.saturation * box.width(), (1 - self.brightness) * box.height())


class _Strip(_Handle):
    """Hue, or opacity, from left to right."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        self.part = 0.0
        self.colour = QColor("#000000")
        self.setFixedSize(theme.px(224), theme.px(16))

    def take(self, x: float, y: float) -> None:
        self.part = x

    def nudge(self, x: float, y: float) -> None:
        self.part = min(1.0, max(0.0, self.part + x - y))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ramp = QLinearGradient(box.topLeft(), box.topRight())
        if self.what == "hue":
            for stop in range(7):
                ramp.setColorAt(stop / 6, QColor.fromHsvF(min(stop / 6, 0.9999), 1, 1))
        else:
            _chequer(painter, box)
            clear = QColor(self.colour)
            clear.setAlpha(0)
            solid = QColor(self.colour)
            solid.setAlpha(255)
            ramp.setColorAt(0, clear)
            ramp.setColorAt(1, solid)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(box, 4, 4)
        self._ring(painter, min(max(7.0, self.part * box.width()), box.width() - 7), box.height() / 2)


def remember(colour: str) -> None:
    """Put ``colour`` first among the recent ones."""
    _recent[:] = [colour, *(c for c in _recent if c != colour)][:MAX_RECENT]


def _chequer(painter: QPainter, box: QRectF) -> None:
    painter.save()
    painter.setClipRect(box)
    side = 6
    for row in range(int(box.height() // side) + 1):
        for column in range(int(box.width() // side) + 1):
            shade = "#ffffff" if (row + column) % 2 == 0 else "#bdbdbd"
            painter.fillRect(QRectF(box.x() + column * side, box.y() + row * side, side, side), QColor(shade))
    painter.restore()

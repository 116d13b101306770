"""A number one can drag, type, calculate, step and reset: the one control for values in all panels."""

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QSlider, QWidget

from desktop import theme
from desktop.widgets.arithmetic import NotANumber, evaluate

SCRUB_START = 3
"""Pixels the pointer moves before a press becomes a scrub."""
PIXELS_PER_STEP = 2.0
SLIDER_STEPS = 1000


class NumberField(QLineEdit):
    """A value with its unit.

    Drag sideways to scrub (Shift ten times as fast, Ctrl ten times as fine), double-click or Enter to type, sums are
    worked out, arrow keys and Page keys step, the wheel steps while the field has the focus or Ctrl is held,
    Esc takes back what was typed, the context menu resets. ``value_changed`` follows every change while it happens;
    ``committed`` once when it is over: that is the moment to make one undo step, or to end a merge.
    """

    value_changed = Signal(float)
    committed = Signal(float)

    def __init__(
        self,
        title: str = "",
        *,
        minimum: float = -math.inf,
        maximum: float = math.inf,
        step: float = 1.0,
        decimals: int | None = None,
        unit: str = "",
        value: float = 0.0,
        default: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._minimum, self._maximum = minimum, maximum
        self._step = step or 1.0
        self._decimals = _decimals(self._step) if decimals is None else decimals
        self._unit = unit
        self._default = default
        self._value = self._bounded(value)
        self._start: QPoint | None = None
        self._start_value = 0.0
        self._scrubbing = False
        self._typing = False
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setMinimumWidth(theme.px(56))
        self.setFont(theme.ui_font(12))
        self._rest()

    # Values

    def value(self) -> float:
        """Return the value."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show another value, without a signal: the model has changed."""
        value = self._bounded(value)
        if value != self._value or not self._typing:
            self._value = value
            if not self._typing:
                self._show()

    def set_range(self, minimum: float, maximum: float) -> None:
        """Take other bounds; the value moves inside them."""
        self._minimum, self._maximum = minimum, maximum
        self.set_value(self._value)

    def set_default(self, default: float | None) -> None:
        """Say what *Reset* goes back to; None takes the entry out of the menu."""
        self._default = default

    def change(self, value: float, *, done: bool = True) -> None:
        """Set the value as a person would, with its signals."""
        value = self._bounded(value)
        if value != self._value:
            self._value = value
            self._show()
            self.value_changed.emit(value)
        if done:
            self.committed.emit(self._value)

    def reset(self) -> None:
        """Go back to the default."""
        if self._default is not None:
            self.change(self._default)

    def text_of(self, value: float) -> str:
        """Return ``value`` as it is shown, with its unit."""
        number = f"{value:.{self._decimals}f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        number = "0" if number in ("-0", "") else number.replace("-", "−")
        if not self._unit:
            return number
        return f"{number}{self._unit}" if self._unit in ("°", "%", "×") else f"{number} {self._unit}"

    def _bounded(self, value: float) -> float:
        value = min(self._maximum, max(self._minimum, value))
        return float(round(value)) if self._decimals == 0 else round(value, self._decimals)

    def _show(self) -> None:
        self.setText(self.text_of(self._value))
        self.setCursorPosition(0)

    # Typing

    def begin_typing(self, text: str | None = None) -> None:
        """Let the person type; ``text`` stands in place of the value."""
        self._typing = True
        self.setReadOnly(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setText(f"{self._value:.{self._decimals}f}" if text is None else text)
        if text is None:
            self.selectAll()
        self._say_state("")

    def _end_typing(self, keep: bool) -> None:
        if not self._typing:
            return
        text = self.text()
        if keep:
            try:
                value = evaluate(text, self._unit, self._value)
            except NotANumber:
                self._say_state("bad")
                self.setToolTip(self.tr("Type a number or a sum such as 1920/2."))
                self.selectAll()
                return
            self._typing = False
            self._rest()
            self.change(value)
            return
        self._typing = False
        self._rest()

    def _rest(self) -> None:
        self.setReadOnly(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(self.accessibleName())
        self._say_state("")
        self._show()
        self.deselect()

    def _say_state(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._typing or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._start = event.globalPosition().toPoint()
        self._start_value = self._value
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            super().mouseMoveEvent(event)
            return
        moved = event.globalPosition().toPoint().x() - self._start.x()
        if not self._scrubbing and abs(moved) >= SCRUB_START:
            self._scrubbing = True
        if self._scrubbing:
            steps = round(moved / PIXELS_PER_STEP)
            self.change(self._start_value + steps * self._step * _factor(event.modifiers()), done=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            super().mouseReleaseEvent(event)
            return
        self._start = None
        if self._scrubbing:
            self._scrubbing = False
            self.committed.emit(self._value)
        self.deselect()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._typing:
            super().mouseDoubleClickEvent(event)
        else:
            self._start = None
            self.begin_typing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._typing:
                self._end_typing(keep=True)
            else:
                self.begin_typing()
        elif key == Qt.Key.Key_Escape and self._scrubbing:
            self._scrubbing, self._start = False, None
            self.change(self._start_value)
        elif key == Qt.Key.Key_Escape and self._typing:
            self._end_typing(keep=False)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._end_typing(keep=True)
            sign = 1 if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else -1
            large = 10 if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) else 1
            self.change(self._value + sign * large * self._step * _factor(event.modifiers()))
        elif not self._typing and event.text() and event.text() in "0123456789.,-+*/(×÷":
            self.begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        delta = event.angleDelta().y() or event.angleDelta().x()
        if not delta or not (self.hasFocus() or held) or self._typing:
            event.ignore()  # the page scrolls
            return
        large = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.change(self._value + math.copysign(1, delta) * self._step * large)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._typing and event.reason() != Qt.FocusReason.PopupFocusReason:
            try:
                evaluate(self.text(), self._unit, self._value)
            except NotANumber:
                self._end_typing(keep=False)
            else:
                self._end_typing(keep=True)
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        if self._default is not None:
            menu.addSeparator()
            text = self.tr("Reset to {value}").format(value=self.text_of(self._default))
            menu.addAction(text, self.reset).setEnabled(self._value != self._default)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._end_typing(keep=False)


class SliderField(QWidget):
    """A slider and its number, for a value with bounds at both ends."""

    value_changed = Signal(float)
    committed = Signal(float)

    def __init__(
        self,
        title: str,
        *,
        minimum: float,
        maximum: float,
        step: float = 1.0,
        decimals: int | None = None,
        unit: str = "",
        value: float = 0.0,
        default: float | None = None,
        logarithmic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._minimum, self._maximum = minimum, maximum
        self._logarithmic = logarithmic and minimum > 0
        self.number = NumberField(
            title,
            minimum=minimum,
            maximum=maximum,
            step=step,
            decimals=decimals,
            unit=unit,
            value=value,
            default=default,
        )
        self.number.setFixedWidth(theme.px(72))
        self.slider = _ResetSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, SLIDER_STEPS)
        self.slider.setPageStep(SLIDER_STEPS // 10)
        span = maximum - minimum
        self.slider.setSingleStep(max(1, round(SLIDER_STEPS * step / span)) if span > 0 else 1)
        self.slider.setAccessibleName(title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.setFocusProxy(self.number)
        self.slider.valueChanged.connect(self._from_slider)
        self.slider.sliderReleased.connect(lambda: self.committed.emit(self.value()))
        self.slider.stepped.connect(lambda: self.committed.emit(self.value()))
        self.slider.reset.connect(self.number.reset)
        self.number.value_changed.connect(self._from_number)
        self.number.committed.connect(self.committed)
        self._follow()

    def value(self) -> float:
        """Return the value."""
        return self.number.value()

    def set_value(self, value: float) -> None:
        """Show another value, without a signal."""
        self.number.set_value(value)
        self._follow()

    def set_default(self, default: float | None) -> None:
        """Say what a double-click on the slider, or *Reset*, goes back to."""
        self.number.set_default(default)

    def reset(self) -> None:
        """Go back to the default."""
        self.number.reset()

    def _follow(self) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(self._position(self.number.value()) * SLIDER_STEPS))
        self.slider.blockSignals(blocked)

    def _position(self, value: float) -> float:
        if self._maximum <= self._minimum:
            return 0.0
        if self._logarithmic:
            return math.log(value / self._minimum) / math.log(self._maximum / self._minimum)
        return (value - self._minimum) / (self._maximum - self._minimum)

    def _from_slider(self, position: int) -> None:
        part = position / SLIDER_STEPS
        if self._logarithmic:
            value = self._minimum * (self._maximum / self._minimum) ** part
        else:
            value = self._minimum + part * (self._maximum - self._minimum)
        self.number.change(value, done=False)

    def _from_number(self, value: float) -> None:
        if not self.slider.isSliderDown():
            self._follow()
        self.value_changed.emit(value)


class _ResetSlider(QSlider):
    """A slider that jumps to where it is pressed, resets on a double-click and leaves the plain wheel to the page."""

    reset = Signal()
    stepped = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            handle = theme.px(12)
            part = (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
            centre = QPointF(handle / 2 + part * (self.width() - handle), self.height() / 2)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent_text"), 2))
            painter.drawEllipse(centre, handle / 2 - 1, handle / 2 - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.width() > 0:
            handle = theme.px(12)
            part = (event.position().x() - handle / 2) / max(1, self.width() - handle)
            self.setSliderDown(True)
            self.setValue(round(min(1.0, max(0.0, part)) * self.maximum()))
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            handle = theme.px(12)
            part = (event.position().x() - handle / 2) / max(1, self.width() - handle)
            self.setValue(round(min(1.0, max(0.0, part)) * self.maximum()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)  # says sliderReleased

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            self.stepped.emit()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self.stepped.emit()


def _decimals(step: float) -> int:
    return max(0, min(4, math.ceil(-math.log10(step) - 1e-9))) if step < 1 else (0 if float(step).is_integer() else 2)


def _factor(modifiers: Qt.KeyboardModifier) -> float:
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return 10.0
    return 0.1 if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0

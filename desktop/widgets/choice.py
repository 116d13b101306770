"""A few choices side by side, of which one is taken."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

MAX_SEGMENTS = 4
MAX_LETTERS = 26
"""More than this on all segments together does not fit an inspector; a list takes their place."""


class Segmented(QWidget):
    """Buttons in a row; arrow keys move between them. ``committed`` says the value that was taken."""

    committed = Signal(object)

    def __init__(
        self, title: str, choices: Sequence[tuple[object, str]], value: object, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._values = [v for v, _ in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        last = len(choices) - 1
        for index, (_, text) in enumerate(choices):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setProperty(
                "edge", "only" if last == 0 else "first" if index == 0 else "last" if index == last else ""
            )
            button.setAccessibleName(f"{title}: {text}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, index)
            row.addWidget(button)
        self.set_value(value)
        self._group.idClicked.connect(lambda index: self.committed.emit(self._values[index]))

    def value(self) -> object:
        """Return the value that is taken."""
        return self._values[max(0, self._group.checkedId())]

    def set_value(self, value: object) -> None:
        """Show another value, without a signal."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        index = (self._group.checkedId() + move) % len(self._values)
        button = self._group.button(index)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.committed.emit(self._values[index])


class Dropdown(QComboBox):
    """A list of choices that leaves the wheel to the page unless it has the focus."""

    committed = Signal(object)

    def __init__(
        self, title: str, choices: Sequence[tuple[object, str]], value: object, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._values = [v for v, _ in choices]
        self.addItems([text for _, text in choices])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.set_value(value)
        self.activated.connect(lambda index: self.committed.emit(self._values[index]))

    def value(self) -> object:
        """Return the value that is taken."""
        return self._values[max(0, self.currentIndex())]

    def set_value(self, value: object) -> None:
        """Show another value, without a signal."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object = None) -> None:
        """Offer other choices, without a signal. Without a ``value`` it stays what it is, if it is among them."""
        value = self.value() if value is None else value
        self._values = [v for v, _ in choices]
        self.clear()
        self.addItems([text for _, text in choices])
        self.set_value(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def choice_field(title: str, choices: Sequence[tuple[object, str]], value: object) -> Segmented | Dropdown:
    """Return segments for few short choices and a list for many or long ones. Chinese letters count double."""
    letters = sum(2 if ord(c) > 0x2E7F else 1 for _, text in choices for c in text)
    if len(choices) <= MAX_SEGMENTS and letters <= MAX_LETTERS:
        return Segmented(title, choices, value)
    return Dropdown(title, choices, value)

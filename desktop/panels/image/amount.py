"""Asks for a number of pixels without being in the way: the picture can be zoomed and panned meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.number import NumberField


class AmountDialog(QDialog):
    """A field in pixels; Enter applies, Esc does not."""

    def __init__(
        self, title: str, label: str, value: float, maximum: float, run: Callable[[float], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._run = run
        self.setWindowTitle(title)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = NumberField(label, minimum=1, maximum=maximum, step=1, decimals=1, unit="px", value=value)
        text = QLabel(label)
        text.setBuddy(self.field)
        row = QHBoxLayout()
        row.addWidget(text)
        row.addWidget(self.field, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addLayout(row)
        column.addWidget(buttons)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        value = self.field.value()
        super().accept()
        self._run(value)

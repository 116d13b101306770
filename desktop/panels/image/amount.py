"""Asks for a number of pixels."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.panels.image.asking import AskingDialog
from desktop.widgets.number import NumberField


class AmountDialog(AskingDialog):
    """A field in pixels; ``run`` gets the number when it is applied."""

    def __init__(
        self, title: str, label: str, value: float, maximum: float, run: Callable[[float], object], parent: QWidget
    ) -> None:
        super().__init__(title, parent)
        self._run = run
        self.field = NumberField(label, minimum=1, maximum=maximum, step=1, decimals=1, unit="px", value=value)
        text = QLabel(label)
        text.setBuddy(self.field)
        row = QHBoxLayout()
        row.addWidget(text)
        row.addWidget(self.field, 1)
        self.ask(row, self.field)

    def accept(self) -> None:
        value = self.field.value()
        super().accept()
        self._run(value)

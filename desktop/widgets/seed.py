"""A seed: the number behind chance, with dice for another one."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop import icons
from desktop.widgets.number import NumberField

MAX_SEED = 2**32 - 1


class SeedField(QWidget):
    """Same seed, same result; the dice throw another one."""

    committed = Signal(object)

    def __init__(self, title: str, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.number = NumberField(title, minimum=0, maximum=MAX_SEED, decimals=0, value=value, default=0)
        self.dice = QToolButton()
        icons.set_icon(self.dice, "dices")
        self.dice.setAccessibleName(self.tr("Another seed"))
        self.dice.setToolTip(self.tr("Throw the dice: another seed, another result"))
        self.dice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dice.clicked.connect(self.throw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.number, 1)
        row.addWidget(self.dice)
        self.setFocusProxy(self.number)
        self.number.committed.connect(lambda: self.committed.emit(self.value()))

    def value(self) -> int:
        """Return the seed."""
        return round(self.number.value())

    def set_value(self, value: int) -> None:
        """Show another seed, without a signal."""
        self.number.set_value(value)

    def throw(self) -> int:
        """Take another seed and return it."""
        self.number.change(secrets.randbelow(MAX_SEED))
        return self.value()

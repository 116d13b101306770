"""Choosing a typeface: families, the shipped ones first and each in its own letters, and weights by name."""

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from core.raster.fonts import fonts
from desktop.panels.image.text_lines import load_fonts
from desktop.widgets.choice import Dropdown

WEIGHTS = (100, 200, 300, 400, 500, 600, 700, 800, 900)


def families() -> tuple[str, ...]:
    """Return all families: shipped, the project's, the system's. The first call may take a second."""
    known = fonts()
    return _families(known.generation, known.kept)


@lru_cache(maxsize=2)
def _families(generation: int, kept: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fonts().families())


class FamilyField(QComboBox):
    """A list of families one can also type into. The system's fonts are read when the list is first opened."""

    committed = Signal(str)

    def __init__(self, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_fonts()
        self._filled: tuple[str, ...] = ()
        self._value = value
        self.setAccessibleName(self.tr("Typeface"))
        self.setToolTip(self.tr("Typeface"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(20)
        self._fill((*sorted(fonts().shipped), *fonts().kept))
        self.set_value(value)
        self.activated.connect(lambda index: self._take(self.itemText(index)))
        line = self.lineEdit()
        assert line is not None  # it is editable
        line.setFrame(False)
        line.installEventFilter(self)
        line.editingFinished.connect(self._typed)

    def _fill(self, names: tuple[str, ...]) -> None:
        own = {*fonts().shipped, *fonts().kept}
        self._filled = names
        blocked = self.blockSignals(True)
        self.clear()
        for name in names:
            self.addItem(name)
            if name in own:
                self.setItemData(self.count() - 1, QFont(name), Qt.ItemDataRole.FontRole)
        last = len(own)
        if len(names) > last:
            self.insertSeparator(last)
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.blockSignals(blocked)

    def showPopup(self) -> None:
        self._fill_all()
        super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._fill_all()
        return super().eventFilter(watched, event)

    def _fill_all(self) -> None:
        if self._filled != families():
            self._fill(families())
            self.set_value(self._value)

    def value(self) -> str:
        """Return the family."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show another family, without a signal."""
        self._value = value
        blocked = self.blockSignals(True)
        self.setCurrentIndex(self.findText(value, Qt.MatchFlag.MatchExactly))
        self.setEditText(value)
        self.blockSignals(blocked)

    def _typed(self) -> None:
        wanted = self.currentText().strip()
        index = self.findText(wanted, Qt.MatchFlag.MatchFixedString)
        if index >= 0:
            self._take(self.itemText(index))
        else:
            self.set_value(self._value)

    def _take(self, name: str) -> None:
        if name and name != self._value:
            self._value = name
            self.committed.emit(name)
        self.set_value(self._value)


class WeightField(Dropdown):
    """The weights by their names."""

    def __init__(self, value: int, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        names = (
            translate("weights", "Thin"),
            translate("weights", "Extra light"),
            translate("weights", "Light"),
            translate("weights", "Regular"),
            translate("weights", "Medium"),
            translate("weights", "Semibold"),
            translate("weights", "Bold"),
            translate("weights", "Extra bold"),
            translate("weights", "Black"),
        )
        title = translate("weights", "Weight")
        super().__init__(title, tuple(zip(WEIGHTS, names, strict=True)), value, parent)
        self.setToolTip(title)

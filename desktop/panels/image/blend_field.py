"""The list of blend modes. What the pointer or the arrow keys are on is tried on the canvas at once."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from core.documents.image import BlendMode
from desktop.panels.image.words import BLEND_GROUPS, blend_name


class BlendField(QComboBox):
    """The blend modes in groups: those that darken, lighten, contrast, compare, and work on colour."""

    committed = Signal(object)
    """A mode was chosen, in the list or with the arrow keys or the wheel."""
    tried = Signal(object)
    """The open list points at a mode; None when it closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Blend mode"))
        self.setToolTip(self.tr("Blend mode"))
        self.setMaxVisibleItems(40)
        self.setPlaceholderText(self.tr("Different"))
        for modes in BLEND_GROUPS:
            if self.count():
                self.insertSeparator(self.count())
            for mode in modes:
                self.addItem(blend_name(mode), mode.value)
        self.activated.connect(lambda _: self.committed.emit(BlendMode(self.currentData())))
        self.highlighted.connect(self._try)
        self.view().installEventFilter(self)

    def set_value(self, mode: BlendMode | None) -> None:
        """Show a mode; None when the selected layers differ. An open list is left to the one who is choosing."""
        if not self.view().isVisible():
            self.setCurrentIndex(-1 if mode is None else self.findData(mode.value))

    def _try(self, row: int) -> None:
        value = self.itemData(row)
        if value is not None and self.view().isVisible():
            self.tried.emit(BlendMode(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self.view():
            # Esc and a click elsewhere close the list without a word. What was chosen in it is said after it is hidden.
            QTimer.singleShot(0, self, lambda: self.tried.emit(None))
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

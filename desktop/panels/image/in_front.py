"""Whether the inside of a dock can be seen: docks that stand behind others as tabs are shown to Qt, yet not seen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

SETTLED_MS = 60
"""Docks are moved about while they are arranged: what is seen is looked at when they stand still."""


class InFront(QObject):
    """Watches one widget. GUI thread."""

    changed = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._dock: QDockWidget | None = None
        self.seen = False
        self._timer = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._timer.timeout.connect(self._look)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._follow_dock()
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._look()
        return False

    def _follow_dock(self) -> None:
        holder: QWidget | None = self._widget
        while holder is not None and not isinstance(holder, QDockWidget):
            holder = holder.parentWidget()
        if isinstance(holder, QDockWidget) and holder is not self._dock:
            self._dock = holder
            holder.visibilityChanged.connect(self._later)

    def _later(self, _: bool) -> None:
        self._timer.start()

    def _look(self) -> None:
        seen = self._widget.isVisible() and not self._widget.visibleRegion().isEmpty()
        if seen != self.seen:
            self.seen = seen
            self.changed.emit(seen)

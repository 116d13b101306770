"""Python's cycle collector, kept on the GUI thread.

It runs on whatever thread happens to allocate; a QObject that dies on a worker thread takes its timers and children
with it there, which Qt does not survive. So the automatic one is off, and this looks every second whether it would
have run. (Kovid Goyal's remedy in calibre, 2011.)
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class Collector(QObject):
    """Collects cycles on the thread it lives on, while it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations whose turn it is."""
        young, middle, old = gc.get_count()
        first, second, third = self._thresholds
        if young > first:
            generation = 2 if old > max(1, third) else 1 if middle > second else 0
            gc.collect(generation)

    def stop(self) -> None:
        """Give the work back to Python: the program ends."""
        self._timer.stop()
        gc.enable()

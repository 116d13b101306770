"""One quiet line across the top of the work that says what happened and offers what can be done about it."""

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop import icons, theme
from desktop.session import Notice

_ICON = {"info": "info", "done": "circle-check", "warn": "triangle-alert", "error": "circle-alert"}
_TOKEN = {"info": "muted", "done": "done", "warn": "warn", "error": "danger"}
SHOWN_MS = {"info": 6000, "done": 4000}
"""Warnings and errors stay until they are closed or the next one comes."""


class Banner(QFrame):
    """Shows one :class:`Notice` at a time, the newest; the ones before are in the log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("role", "surface")
        self._notice = Notice("")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        theme.set_role(self._button, "flat")
        self._button.clicked.connect(self._act)
        self._button.hide()
        close = QToolButton()
        icons.set_icon(close, "x", "muted")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.setDuration(theme.MOTION_MS)
        self._slide.finished.connect(self._slid)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._notice.text if not self.isHidden() else ""

    def show_notice(self, notice: Notice) -> None:
        """Show ``notice`` in place of the one before."""
        self._notice = notice
        token = _TOKEN.get(notice.level, "muted")
        self._icon.setPixmap(icons.pixmap(_ICON.get(notice.level, "info"), theme.px(16), theme.colour(token).name()))
        self._text.setText(notice.text)
        self._text.setAccessibleName(notice.text)
        self._button.setText(notice.action)
        self._button.setVisible(bool(notice.action))
        self._timer.stop()
        if notice.level in SHOWN_MS and not notice.action:
            self._timer.start(SHOWN_MS[notice.level])
        if self.isHidden():
            self.setMaximumHeight(0)
            self.show()
            self._slide.setStartValue(0)
            self._slide.setEndValue(max(theme.px(36), self.sizeHint().height()))
            self._slide.start()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._slide.stop()
        self.hide()

    def _slid(self) -> None:
        self.setMaximumHeight(16_777_215)

    def _act(self) -> None:
        run = self._notice.run
        self.dismiss()
        if run is not None:
            run()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, theme.px(3), self.height(), theme.colour(_TOKEN.get(self._notice.level, "muted")))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))

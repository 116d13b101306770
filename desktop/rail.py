"""The workspace rail at the far left: which medium one works in, and home, search and settings."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolBar, QToolButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.i18n import word
from desktop.panels import Workspace


class Rail(QToolBar):
    """One button per workspace that exists. It cannot be moved or hidden: it is where one finds one's way."""

    chosen = Signal(str)
    """The kind of the workspace, or ``home``."""

    def __init__(self, workspaces: Sequence[Workspace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setWindowTitle(self.tr("Workspaces"))
        self.setAccessibleName(self.tr("Workspaces"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        body = QWidget()
        body.setProperty("role", "window")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(4, 4, 4, 8)
        self._column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._kinds: list[str] = []
        self._add("home", "house", self.tr("Home"))
        for entry in workspaces:
            self._add(entry.kind, entry.icon, word("workspaces", entry.word))
        self._column.addStretch(1)
        self.addWidget(body)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._kinds[index]))

    def _add(self, kind: str, icon: str, text: str) -> None:
        button = RailButton(icon, text)
        button.setCheckable(True)
        self._group.addButton(button, len(self._kinds))
        self._kinds.append(kind)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def add_action_button(self, action: QAction, icon: str, text: str) -> None:
        """Put a button for ``action`` at the foot of the rail."""
        button = RailButton(icon, text)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_chosen(self, kind: str) -> None:
        """Mark the workspace that is shown."""
        if kind in self._kinds:
            self._group.button(self._kinds.index(kind)).setChecked(True)


class RailButton(QToolButton):
    """An icon above a word, with a bar of the accent at its left while it is chosen."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.setFixedWidth(theme.px(60))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.set_icon(self, icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_text"))
            inset = theme.px(10)
            painter.drawRoundedRect(0, inset, 3, self.height() - 2 * inset, 1.5, 1.5)

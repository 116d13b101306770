"""The docks around the work: how they stand at first, and how each workspace remembers them."""

import base64
import binascii
from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from desktop import icons, theme

SIDE = ("properties", "info", "guidance", "structure")
BESIDE = ("info", "guidance")
"""Docks that stand behind the properties, as tabs."""
TRAY = ("assets", "elements", "make", "actions", "jobs", "history")
LAYOUT_VERSION = 2
"""Raised when docks come or go, so that an old layout is not applied to new docks."""


class Docks(QObject):
    """Makes the docks of ``window`` and keeps their arrangement."""

    def __init__(self, window: QMainWindow, widgets: Mapping[str, QWidget]) -> None:
        super().__init__(window)
        self._window = window
        titles = {
            "properties": self.tr("Properties"),
            "info": self.tr("Info"),
            "guidance": self.tr("Guidance"),
            "structure": self.tr("Layers"),
            "assets": self.tr("Assets"),
            "elements": self.tr("Elements"),
            "make": self.tr("Make"),
            "actions": self.tr("Actions"),
            "jobs": self.tr("Jobs"),
            "history": self.tr("History"),
        }
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._dress)
        self._tray_shown: list[str] = []
        self._wanted = False
        window.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        for area in (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea):
            corner = (
                Qt.Corner.BottomRightCorner
                if area == Qt.DockWidgetArea.RightDockWidgetArea
                else Qt.Corner.BottomLeftCorner
            )
            window.setCorner(corner, area)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks: dict[str, QDockWidget] = {}
        for name, title in titles.items():
            dock = QDockWidget(title, window)
            dock.setObjectName(f"dock.{name}")
            widgets[name].setProperty("role", "surface")
            widgets[name].setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            dock.setWidget(widgets[name])
            dock.setTitleBarWidget(DockTitle(dock))
            dock.topLevelChanged.connect(self._later)
            dock.dockLocationChanged.connect(self._later)
            dock.visibilityChanged.connect(self._later)
            self.docks[name] = dock
        self.reset()

    def reset(self) -> None:
        """Put every dock where it stands at first."""
        window = self._window
        for name, dock in self.docks.items():
            dock.setFloating(False)
            side = name in SIDE
            area = Qt.DockWidgetArea.RightDockWidgetArea if side else Qt.DockWidgetArea.BottomDockWidgetArea
            window.addDockWidget(area, dock)
            dock.show()
        window.splitDockWidget(self.docks["properties"], self.docks["structure"], Qt.Orientation.Vertical)
        for name in BESIDE:
            window.tabifyDockWidget(self.docks["properties"], self.docks[name])
        self.docks["properties"].raise_()
        first = self.docks[TRAY[0]]
        for name in TRAY[1:]:
            window.tabifyDockWidget(first, self.docks[name])
        first.raise_()
        window.resizeDocks([self.docks["properties"]], [theme.px(312)], Qt.Orientation.Horizontal)
        window.resizeDocks(
            [self.docks["properties"], self.docks["structure"]], [theme.px(420), theme.px(420)], Qt.Orientation.Vertical
        )
        window.resizeDocks([first], [theme.px(304)], Qt.Orientation.Vertical)
        self._later()

    def save(self) -> str:
        """Return the arrangement as text for the settings."""
        return base64.b64encode(self._window.saveState(LAYOUT_VERSION).data()).decode()

    def restore(self, text: str) -> bool:
        """Arrange as :meth:`save` said; False when ``text`` is empty, damaged or of another version."""
        try:
            state = QByteArray(base64.b64decode(text, validate=True))
        except (ValueError, binascii.Error):
            return False
        done = bool(text) and self._window.restoreState(state, LAYOUT_VERSION)
        self._later()
        return done

    def show_dock(self, name: str) -> QDockWidget:
        """Bring a dock to the front, wherever it is."""
        dock = self.docks[name]
        if name in TRAY and dock.isHidden() and self.tray_collapsed():
            self.set_tray(True)
        dock.show()
        dock.raise_()
        return dock

    def set_all(self, shown: bool) -> None:
        """Show or hide all docks: there is nothing to show around the welcome page."""
        for dock in self.docks.values():
            dock.setVisible(shown)

    def tray_collapsed(self) -> bool:
        """Return whether no dock of the tray is shown."""
        return all(self.docks[name].isHidden() for name in TRAY)

    def set_tray(self, shown: bool) -> None:
        """Collapse the tray, or bring back what was in it."""
        if shown:
            for name in self._tray_shown or TRAY:
                self.docks[name].show()
            return
        self._tray_shown = [name for name in TRAY if not self.docks[name].isHidden()]
        for name in TRAY:
            self.docks[name].hide()

    def set_side(self, shown: bool) -> None:
        """Hide the properties and the structure, or bring them back."""
        for name in SIDE:
            self.docks[name].setVisible(shown)

    def side_collapsed(self) -> bool:
        """Return whether neither properties nor structure are shown."""
        return all(self.docks[name].isHidden() for name in SIDE)

    def toggle_actions(self) -> list[QAction]:
        """Return one checkable action per dock, for the Window menu."""
        actions = []
        for name, dock in self.docks.items():
            action = dock.toggleViewAction()
            action.setObjectName(f"window.{name}")
            actions.append(action)
        return actions

    def _later(self, *_: object) -> None:
        self._timer.start(0)

    def _dress(self) -> None:
        """Give each dock a title, except where its tab says it already; dress the tab bars Qt made for them."""
        for dock in self.docks.values():
            others = [d for d in self._window.tabifiedDockWidgets(dock) if not d.isHidden()]
            title = dock.titleBarWidget()
            if isinstance(title, DockTitle):
                title.set_shown(dock.isFloating() or not others)
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setAccessibleName(self.tr("Docks"))
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if bar.contextMenuPolicy() != Qt.ContextMenuPolicy.CustomContextMenu:
                bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                bar.customContextMenuRequested.connect(lambda at, b=bar: self._tab_menu(b, at))

    def _tab_menu(self, bar: QTabBar, at: QPoint) -> None:
        index = bar.tabAt(at)
        dock = next((d for d in self.docks.values() if d.windowTitle() == bar.tabText(index)), None)
        if dock is not None:
            _dock_menu(dock).popup(bar.mapToGlobal(at))


def _dock_menu(dock: QDockWidget) -> QMenu:
    menu = QMenu(dock)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    floating = dock.isFloating()
    text = (
        QCoreApplication.translate("Docks", "Dock it again")
        if floating
        else QCoreApplication.translate("Docks", "Float")
    )
    menu.addAction(text, lambda: dock.setFloating(not floating))
    menu.addAction(QCoreApplication.translate("Docks", "Close"), dock.close)
    return menu


class DockTitle(QWidget):
    """A dock's name and its button to close; folded away while a tab carries the name."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setProperty("role", "dockTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown = True
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(4)
        self._label = QLabel(dock.windowTitle())
        theme.set_role(self._label, "heading")
        row.addWidget(self._label, 1)
        close = QToolButton()
        close.setIconSize(QSize(theme.px(14), theme.px(14)))
        icons.set_icon(close, "x", "muted")
        close.setAccessibleName(self.tr("Close {name}").format(name=dock.windowTitle()))
        close.setToolTip(self.tr("Close; Window brings it back"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(dock.close)
        row.addWidget(close)
        self._parts = (self._label, close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: _dock_menu(dock).popup(self.mapToGlobal(at)))
        dock.windowTitleChanged.connect(self._label.setText)

    def set_shown(self, shown: bool) -> None:
        """Fold the title away, or unfold it."""
        self._shown = shown
        for part in self._parts:
            part.setVisible(shown)
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None:
            parent.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(32) if self._shown else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(32) if self._shown else 0)


class Lent(QStackedWidget):
    """A dock's inside that shows what the panel in front lends it."""

    def __init__(self, empty: QWidget) -> None:
        super().__init__()
        self.setMinimumWidth(theme.px(240))
        self._empty = empty
        self.addWidget(empty)

    def show_widget(self, widget: QWidget | None) -> None:
        """Show ``widget``, or the sentence for nothing."""
        if widget is None:
            widget = self._empty
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentWidget(widget)

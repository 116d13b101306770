"""A button of the tool strip: one tool, or a family of tools of which it shows the one used last."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import icons, theme
from desktop.panels.image.tools.base import Tool

HOLD = 350
"""Milliseconds that the button must be held until the list of its tools opens."""


class ToolButton(QToolButton):
    """Chooses its tool with a click. Held, right-clicked, or with Down or the menu key, it lists its family."""

    chosen = Signal(str)

    def __init__(self, tools: Sequence[Tool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = {tool.id: tool for tool in tools}
        self.current = tools[0].id
        self.menu_shown: QMenu | None = None
        """The list of the family while it is open."""
        self.setProperty("role", "tool")
        self.setCheckable(True)
        self.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hold = QTimer(self, singleShot=True, interval=HOLD)
        self._hold.timeout.connect(self.open_family)
        self.clicked.connect(lambda: self.chosen.emit(self.current))
        self.show_tool(self.current)

    def show_tool(self, tool_id: str) -> None:
        """Stand for another tool of the family."""
        self.current = tool_id
        tool = self.tools[tool_id]
        icons.set_icon(self, tool.icon)
        keys = f" ({tool.key})" if tool.key else ""
        help_, more = tool.help(), self._more(tool)
        self.setToolTip(f"<b>{tool.title()}</b>{keys}<br>{help_}" + (f"<br><br>{more}" if more else ""))
        self.setAccessibleName(tool.title())
        self.setAccessibleDescription(f"{help_} {more}".strip())

    def _more(self, tool: Tool) -> str:
        others = [other.title() for other in self.tools.values() if other is not tool]
        if not others:
            return ""
        names = self.tr(", ").join(others)
        if not tool.key:
            return self.tr("Hold or right-click for: {names}.").format(names=names)
        return self.tr("Hold, right-click or press Shift+{key} for: {names}.").format(key=tool.key, names=names)

    def open_family(self) -> None:
        """List the tools of the family beside the button."""
        self._hold.stop()
        if len(self.tools) < 2:
            return
        self.setDown(False)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.accessibleName())
        for tool in self.tools.values():
            action = menu.addAction(f"{tool.title()}\t{tool.key}")
            icons.set_icon(action, tool.icon)
            action.setCheckable(True)
            action.setChecked(tool.id == self.current)
            action.triggered.connect(lambda _=False, i=tool.id: self.chosen.emit(i))
            if tool.id == self.current:
                menu.setActiveAction(action)
        self.menu_shown = menu
        menu.destroyed.connect(self._forget_menu)
        menu.popup(self.mapToGlobal(QPoint(self.width() + theme.px(4), 0)))

    def _forget_menu(self) -> None:
        self.menu_shown = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self.tools) > 1:
            self._hold.start()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold.stop()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_family()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right) and len(self.tools) > 1:
            self.open_family()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if len(self.tools) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("muted"))
        side, x, y = theme.px(5), self.width() - theme.px(3), self.height() - theme.px(3)
        painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x - side, y), QPointF(x, y - side)]))


def families(tools: Sequence[Tool]) -> list[list[Tool]]:
    """Return the tools that share a button, each family where its first tool stands."""
    found: dict[str, list[Tool]] = {}
    for tool in tools:
        found.setdefault(tool.family or tool.key or tool.id, []).append(tool)
    return list(found.values())

"""The strip of tools at the left of the canvas, with the foreground and background colour at its end."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.tools.base import Tool
from desktop.widgets.colour import ColourPopup


class ToolStrip(QWidget):
    """One button per tool, and the colour wells."""

    chosen = Signal(str)

    def __init__(self, editor: Editor, tools: Sequence[Tool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tools"))
        self._buttons: dict[str, QToolButton] = {}
        self._families: dict[str, list[str]] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(8), theme.px(4), theme.px(8))
        column.setSpacing(theme.px(4))
        for tool in tools:
            button = QToolButton()
            button.setProperty("role", "tool")
            button.setCheckable(True)
            button.setIconSize(QSize(theme.px(20), theme.px(20)))
            icons.set_icon(button, tool.icon)
            button.setToolTip(f"<b>{tool.title()}</b> ({tool.key})<br>{tool.help()}")
            button.setAccessibleName(tool.title())
            button.setAccessibleDescription(tool.help())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, i=tool.id: self.chosen.emit(i))
            self._group.addButton(button)
            self._buttons[tool.id] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._join_family(tool, button, tools)
        column.addSpacing(theme.px(8))
        self.wells = ColourWells(editor)
        column.addWidget(self.wells, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _join_family(self, tool: Tool, button: QToolButton, tools: Sequence[Tool]) -> None:
        """Tools of one family share a place: the one used last is seen, a long press shows the others."""
        family = [one for one in tools if tool.family and one.family == tool.family]
        if len(family) < 2:
            return
        self._families[tool.id] = [one.id for one in family]
        button.setVisible(tool is family[0])
        menu = QMenu(button)
        for one in family:
            action = menu.addAction(one.title())
            icons.set_icon(action, one.icon)
            action.triggered.connect(lambda _=False, i=one.id: self.chosen.emit(i))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)

    def show_tool(self, tool_id: str) -> None:
        """Show which tool is in use."""
        for other in self._families.get(tool_id, ()):
            self._buttons[other].setVisible(other == tool_id)
        self._buttons[tool_id].setChecked(True)


class ColourWells(QWidget):
    """Two overlapping squares; a click opens the picker, the corners swap them and set black on white."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.setFixedSize(theme.px(40), theme.px(48))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Colours"))
        self.setToolTip(self.tr("Foreground and background colour. X swaps them, D makes them black and white."))
        editor.colours_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setAccessibleDescription(
            self.tr("Foreground {first}, background {second}").format(
                first=self.editor.colour, second=self.editor.other_colour
            )
        )
        self.update()

    def _places(self) -> tuple[QRect, QRect, QRect, QRect]:
        """Return foreground, background, swap and default."""
        px = theme.px
        side = px(24)
        front = QRect(px(2), px(14), side, side)
        back = QRect(px(14), px(22), side, side)
        swap = QRect(px(26), px(4), px(14), px(14))
        default = QRect(px(2), px(0), px(14), px(12))
        return front, back, swap, default

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        front, back, swap, default = self._places()
        for rect, colour in ((back, self.editor.other_colour), (front, self.editor.colour)):
            painter.setPen(QPen(theme.colour("surface"), 3))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(QPen(theme.colour("muted"), 1))
            painter.drawRoundedRect(rect, 4, 4)
        side = theme.px(12)
        painter.drawPixmap(swap.topLeft(), icons.pixmap("arrow-left-right", side, theme.colour("muted").name()))
        small = theme.px(7)
        for offset, colour in ((theme.px(4), "#ffffff"), (0, "#000000")):
            painter.setPen(QPen(theme.colour("muted"), 1))
            painter.setBrush(QColor(colour))
            painter.drawRect(default.left() + offset, default.top() + 1 + offset, small, small)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent_text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        front, back, swap, default = self._places()
        if swap.contains(at):
            self.editor.swap_colours()
        elif front.contains(at):
            self.pick(front=True)
        elif back.contains(at):
            self.pick(front=False)
        elif default.contains(at):
            self.editor.default_colours()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pick(front=True)
        else:
            super().keyPressEvent(event)

    def pick(self, *, front: bool) -> None:
        """Open the picker for one of the two colours."""
        editor = self.editor
        popup = ColourPopup(editor.colour if front else editor.other_colour, False, self)

        def take(colour: str) -> None:
            if front:
                editor.set_colour(colour)
            else:
                editor.other_colour = colour[:7]
                editor.colours_changed.emit()

        popup.changed.connect(take)
        popup.move(self.mapToGlobal(QPoint(self.width() + theme.px(8), 0)))
        popup.show()

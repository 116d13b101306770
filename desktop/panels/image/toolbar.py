"""The strip of tools at the left of the canvas, with the foreground and background colour at its end."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop import icons, theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.tool_button import ToolButton, families
from desktop.panels.image.tools.base import Tool
from desktop.widgets.colour import ColourPopup

GAP = 2
MOST_COLUMNS = 3


class ToolStrip(QWidget):
    """One button per family of tools, and the colour wells. As many columns as the height makes necessary."""

    chosen = Signal(str)

    def __init__(self, editor: Editor, tools: Sequence[Tool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tools"))
        self.editor = editor
        self.buttons: list[ToolButton] = []
        self._by_tool: dict[str, ToolButton] = {}
        self._group = QButtonGroup(self)
        self._columns = 1
        last = editor.session.settings.views.get("image.tools", [])
        for family in families(tools):
            button = ToolButton(family, self)
            button.chosen.connect(self.chosen)
            self._group.addButton(button)
            self.buttons.append(button)
            for tool in family:
                self._by_tool[tool.id] = button
                if isinstance(last, list) and tool.id in last:
                    button.show_tool(tool.id)
        self.wells = ColourWells(editor, self)
        self._arrange()

    def show_tool(self, tool_id: str) -> None:
        """Show which tool is in use."""
        button = self._by_tool[tool_id]
        button.show_tool(tool_id)
        button.setChecked(True)
        shown = [one.current for one in self.buttons if len(one.tools) > 1]
        self.editor.session.settings.views["image.tools"] = shown

    def last_of(self, ids: Sequence[str]) -> str:
        """Return which of some tools was used last; they need not share a button."""
        return next((i for i in ids if self._by_tool[i].current == i), ids[0])

    # Places: a layout would make the window as high as all buttons in one column.

    def _height(self, columns: int) -> int:
        rows = -(-len(self.buttons) // columns)
        step = self.buttons[0].sizeHint().height() + theme.px(GAP)
        return rows * step + self.wells.height() + theme.px(8) * 3

    def _arrange(self) -> None:
        side = self.buttons[0].sizeHint()
        gap, margin = theme.px(GAP), theme.px(4)
        across = self._columns * side.width() + (self._columns - 1) * gap
        width = max(across, self.wells.width())
        for index, button in enumerate(self.buttons):
            row, column = divmod(index, self._columns)
            x = margin + (width - across) // 2 + column * (side.width() + gap)
            button.setGeometry(x, theme.px(8) + row * (side.height() + gap), side.width(), side.height())
        rows = -(-len(self.buttons) // self._columns)
        top = theme.px(16) + rows * (side.height() + gap)
        self.wells.move(margin + (width - self.wells.width()) // 2, top)

    def sizeHint(self) -> QSize:
        side = self.buttons[0].sizeHint().width()
        across = self._columns * side + (self._columns - 1) * theme.px(GAP)
        return QSize(max(across, self.wells.width()) + 2 * theme.px(4), self._height(1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self._height(MOST_COLUMNS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        fitting = (count for count in range(1, MOST_COLUMNS) if self._height(count) <= self.height())
        columns = next(fitting, MOST_COLUMNS)
        if columns != self._columns:
            self._columns = columns
            self.updateGeometry()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._arrange()
            self.updateGeometry()
        super().changeEvent(event)


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
        editor.colours.changed.connect(self.update)
        self._follow()

    def shown_colour(self, colour: str) -> QColor:
        """Return what the screen shows of a colour of the document."""
        return self.editor.colours.colour(colour)

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
            painter.setBrush(self.editor.colours.colour(colour))
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

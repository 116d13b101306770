"""What the Edit menu means in the image panel: text while it is typed, then pixels that are chosen, then layers."""

from PySide6.QtGui import QGuiApplication

from desktop.panel import EditCommand
from desktop.panels.image.clipboard import Clipboard
from desktop.panels.image.commands import Commands
from desktop.panels.image.pixel_commands import PixelCommands
from desktop.panels.image.tools.points import PointsTool
from desktop.panels.image.tools.text import TextTool


class Editing:
    """Carries out edit commands; see :meth:`desktop.panel.Panel.edit`."""

    def __init__(
        self, commands: Commands, pixel_commands: PixelCommands, clipboard: Clipboard, text_tool: TextTool
    ) -> None:
        self.editor = commands.editor
        self.commands = commands
        self.pixel_commands = pixel_commands
        self.clipboard = clipboard
        self.text_tool = text_tool
        self.points: PointsTool | None = None
        """While it is in use, commands are about the points of a path first."""

    def _on_points(self, command: EditCommand) -> PointsTool | None:
        tool = self.points
        return tool if tool is not None and tool.canvas.tool is tool and tool.can(command) else None

    def can(self, command: EditCommand) -> bool:
        if self.editor.document is None:
            return False
        if self._on_points(command) is not None:
            return True
        buffer = self.text_tool.buffer
        if command is EditCommand.PASTE:
            return bool(QGuiApplication.clipboard().text()) if buffer is not None else self.clipboard.can_paste()
        if command is EditCommand.SELECT_ALL:
            return True
        if buffer is not None:
            return command in (EditCommand.CUT, EditCommand.COPY, EditCommand.DELETE)
        chosen = self.editor.pixels.mask is not None
        if chosen and command in (EditCommand.COPY, EditCommand.DESELECT):
            return True
        return bool(self.editor.selection)

    def do(self, command: EditCommand) -> None:
        if self.text_tool.busy:
            self._edit_typed(command)
            return
        if (points := self._on_points(command)) is not None:
            points.do(command)
            return
        match command:
            case EditCommand.CUT:
                self.clipboard.cut()
            case EditCommand.COPY:
                self.clipboard.copy()
            case EditCommand.PASTE:
                self.clipboard.paste()
            case EditCommand.DUPLICATE:
                self.commands.duplicate()
            case EditCommand.DELETE:
                (self.pixel_commands.clear if self.pixel_commands.can_clear() else self.commands.delete)()
            case EditCommand.SELECT_ALL:
                self.editor.pixels.everything()
            case EditCommand.DESELECT:
                if self.editor.pixels.mask is not None:
                    self.editor.pixels.nothing()
                else:
                    self.editor.select([])

    def _edit_typed(self, command: EditCommand) -> None:
        buffer, board = self.text_tool.buffer, QGuiApplication.clipboard()
        assert buffer is not None
        match command:
            case EditCommand.COPY:
                if buffer.selected:
                    board.setText(buffer.selected)
            case EditCommand.CUT:
                if taken := self.text_tool.cut():
                    board.setText(taken)
            case EditCommand.PASTE:
                self.text_tool.insert(board.text())
            case EditCommand.SELECT_ALL:
                buffer.select_all()
                self.text_tool.canvas.update()
            case EditCommand.DELETE:
                self.text_tool.delete()

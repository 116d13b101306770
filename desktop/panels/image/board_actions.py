"""The Layer menu's commands for artboards."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from core.documents import artboard_edits
from desktop.panels.image.action_set import ActionSet
from desktop.panels.image.artboard_dialog import ArtboardDialog
from desktop.panels.image.board_commands import BoardCommands

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


class BoardActions(ActionSet):
    """Makes the actions once and keeps their state true."""

    menu = "layer"

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self.commands = BoardCommands(panel.editor, panel.canvas, panel)
        self.dialog: ArtboardDialog | None = None
        do, add = self.commands, partial(self._add, group="artboard")
        add("layer.artboard-new", panel.tr("New artboard…"), partial(self.ask, copy=False), icon="frame")
        add("layer.artboard-from", panel.tr("Artboard from layers"), do.from_layers)
        add("layer.artboard-sizes", panel.tr("Duplicate artboard to sizes…"), partial(self.ask, copy=True))
        add("layer.artboard-fit", panel.tr("Fit canvas to artboards"), do.trim_canvas)
        panel.artboard_tool.dialog_asked.connect(partial(self.ask, copy=False))

    def ask(self, *, copy: bool) -> None:
        """Ask for the sizes of new artboards, or of copies of the selected one."""
        if self.panel.editor.document is not None:
            self.dialog = ArtboardDialog(self.commands, copy=copy, parent=self.panel.window())
            self.dialog.show()

    def follow(self) -> None:
        """Enable what can be done now."""
        document = self.panel.editor.document
        self.by_id["layer.artboard-new"].setEnabled(document is not None)
        self.by_id["layer.artboard-from"].setEnabled(self.commands.can_wrap())
        self.by_id["layer.artboard-sizes"].setEnabled(self.commands.subject() is not None)
        self.by_id["layer.artboard-fit"].setEnabled(document is not None and bool(artboard_edits.boards(document)))

    def fill_menu(self, menu: QMenu) -> None:
        """Add what can be done to the context menu of layers."""
        names = ("layer.artboard-new", "layer.artboard-from", "layer.artboard-sizes")
        actions = [self.by_id[name] for name in names if self.by_id[name].isEnabled()]
        if actions:
            menu.addSeparator()
            menu.addActions(actions)

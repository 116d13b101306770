"""The options of the artboard tool, in the bar above the canvas."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.documents import artboard_edits
from core.documents.image import MAX_SIDE
from desktop.panels.image.artboard_section import preset_choices, resize
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tools.artboard import ArtboardTool
from desktop.widgets.choice import Dropdown
from desktop.widgets.number import NumberField


class ArtboardPage(QObject):
    """The size of the selected artboard, and the way to new ones."""

    def __init__(self, tool: ArtboardTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self.tool = tool
        row.addWidget(separator())
        self.preset = Dropdown(self.tr("Format"), preset_choices(), "")
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.swap = icon_button("arrow-left-right", self.tr("Swap width and height"), self._swap)
        self.new = QPushButton(self.tr("New artboard…"))
        self.new.clicked.connect(lambda _: tool.dialog_asked.emit())
        for widget in (self.preset, self.across, self.down, self.swap, separator(), self.new):
            row.addWidget(widget)
        self.preset.committed.connect(self._take)
        self.across.committed.connect(lambda value: self._size(round(value), None))
        self.down.committed.connect(lambda value: self._size(None, round(value)))
        tool.editor.shown_changed.connect(lambda _: self._follow())
        tool.editor.selection_changed.connect(self._follow)
        self._follow()

    def _take(self, name: str) -> None:
        group = self.tool.selected()
        if group is not None:
            resize(self.tool.editor, group.id, preset=name)
        self._follow()

    def _size(self, width: int | None, height: int | None) -> None:
        group = self.tool.selected()
        if group is not None:
            resize(self.tool.editor, group.id, width=width, height=height)

    def _swap(self) -> None:
        group = self.tool.selected()
        if group is not None:
            board = artboard_edits.board(self.tool.editor.require(), group.id)
            resize(self.tool.editor, group.id, width=board.height, height=board.width)

    def _follow(self) -> None:
        group = self.tool.selected()
        for widget in (self.preset, self.across, self.down, self.swap):
            widget.setEnabled(group is not None)
        if group is not None and group.artboard is not None:
            self.preset.set_value(group.artboard.preset)
            self.across.set_value(group.artboard.width)
            self.down.set_value(group.artboard.height)

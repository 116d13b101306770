"""The Properties dock of the image panel: what is selected decides which sections are shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    FillLayer,
    GroupLayer,
    Placed,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
)
from desktop import theme
from desktop.panels.image.adjustment_section import AdjustmentSection
from desktop.panels.image.artboard_section import ArtboardSection
from desktop.panels.image.commands import Commands
from desktop.panels.image.document_section import DocumentSection
from desktop.panels.image.editor import Editor
from desktop.panels.image.effects_section import EffectsSection
from desktop.panels.image.layer_rows import layer_icon
from desktop.panels.image.layer_sections import FillSection, PlaceSection, TitleSection
from desktop.panels.image.mask_sections import MaskSection, VectorMaskSection
from desktop.panels.image.sections import Section
from desktop.panels.image.shape_commands import ShapeCommands
from desktop.panels.image.shape_section import ShapeSection
from desktop.panels.image.shape_style import ShapeStyle
from desktop.panels.image.smart_commands import SmartCommands
from desktop.panels.image.smart_section import SmartSection
from desktop.panels.image.swatches import SwatchSection
from desktop.panels.image.text_section import TextSection
from desktop.panels.image.tools.text import TextTool
from desktop.widgets.empty import EmptyState


class Inspector(QWidget):
    """Sections above each other, set apart by thin lines."""

    def __init__(
        self,
        editor: Editor,
        commands: Commands,
        text_tool: TextTool,
        style: ShapeStyle,
        shape_commands: ShapeCommands,
        smart_commands: SmartCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.title = TitleSection(editor)
        self.document = DocumentSection(editor)
        self.artboard = ArtboardSection(editor)
        self.text = TextSection(editor, text_tool)
        self.shape = ShapeSection(editor, style)
        self.adjustment = AdjustmentSection(editor)
        self.fill = FillSection(editor)
        self.effects = EffectsSection(editor)
        self.smart = SmartSection(editor, smart_commands)
        self.place = PlaceSection(editor, commands)
        self.masking = MaskSection(editor, commands)
        self.path_masking = VectorMaskSection(editor, commands, shape_commands)
        self.swatches = SwatchSection(editor)
        self.sections: tuple[Section, ...] = (
            self.title,
            self.document,
            self.artboard,
            self.text,
            self.shape,
            self.adjustment,
            self.fill,
            self.smart,
            self.effects,
            self.place,
            self.masking,
            self.path_masking,
            self.swatches,
        )
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines: dict[Section, QFrame] = {}
        for section in self.sections:
            column.addWidget(section)
            line = QFrame()
            line.setProperty("role", "line")
            column.addWidget(line)
            self._lines[section] = line
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self.setMinimumWidth(theme.px(288))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(scroll)
        self._stack.addWidget(EmptyState("sliders-horizontal", self.tr("Open a picture to see its properties.")))
        editor.shown_changed.connect(lambda _: self.follow())
        editor.selection_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the sections for what is selected, with its values."""
        document, layers = self.editor.shown, self.editor.selected()
        self._stack.setCurrentIndex(1 if document is None else 0)
        if document is None:
            return
        one = layers[0] if len(layers) == 1 else None
        texts = bool(layers) and all(isinstance(layer, TextLayer) for layer in layers)
        shown = {
            self.title: bool(layers) and not isinstance(one, AdjustmentLayer),
            self.document: not layers,
            self.artboard: _is_board(one),
            self.text: texts,
            self.shape: bool(layers) and all(isinstance(layer, ShapeLayer) for layer in layers),
            self.adjustment: isinstance(one, AdjustmentLayer),
            self.fill: isinstance(one, FillLayer),
            self.effects: one is not None and not isinstance(one, AdjustmentLayer),
            self.smart: isinstance(one, SmartLayer),
            self.place: isinstance(one, Placed),
            self.masking: one is not None and one.mask is not None,
            self.path_masking: one is not None and one.vector_mask is not None,
            self.swatches: bool(self.swatches.colours()),
        }
        self._show_title(layers)
        for section, on in shown.items():
            if on:
                section.follow()
            section.setVisible(on)
            self._lines[section].setVisible(on)

    def _show_title(self, layers: list[AnyLayer]) -> None:
        if len(layers) == 1:
            layer = layers[0]
            icon = (
                {
                    RasterLayer: "image",
                    SmartLayer: "file-symlink",
                    ShapeLayer: "shapes",
                    FillLayer: "paint-bucket",
                }.get(type(layer))
                or layer_icon(layer)
                or "image"
            )
            name = layer.name or (layer.text.strip() if isinstance(layer, TextLayer) else "")
            name = " ".join(name.split()) or self.tr("Layer")
            metrics = self.title.heading.fontMetrics()
            room = max(theme.px(160), self.width() - theme.px(72))
            self.title.show_title(icon, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), name)
        elif layers:
            self.title.show_title("layers", self.tr("%n layers", "", len(layers)))

    def shut_down(self) -> None:
        """Stop what works in the background."""
        self.adjustment.shut_down()


def _is_board(layer: AnyLayer | None) -> bool:
    return isinstance(layer, GroupLayer) and layer.artboard is not None

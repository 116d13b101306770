"""The image workspace: canvas, tools, layers and inspector over one image document at a time."""

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QMenu,
    QTextEdit,
    QWidget,
)

from core.documents.base import Document
from core.documents.image import (
    FillLayer,
    ImageDocument,
    RasterLayer,
    TextLayer,
    new_image,
    walk,
)
from core.library.search import library
from core.operations.base import Input, Operation
from core.raster.manifest import read_manifest
from core.raster.seeing import Look
from core.values import AtelierError
from desktop.panel import EditCommand, Panel, Source, ViewCommand
from desktop.panels.image import elements
from desktop.panels.image.ants import Ants
from desktop.panels.image.batch_export import BatchExportDialog
from desktop.panels.image.board_actions import BoardActions
from desktop.panels.image.canvas import Canvas, stacked
from desktop.panels.image.clipboard import Clipboard
from desktop.panels.image.commands import Commands
from desktop.panels.image.depth import short_depth
from desktop.panels.image.editing import Editing
from desktop.panels.image.editor import Editor
from desktop.panels.image.export import ExportDialog
from desktop.panels.image.frame_actions import FrameActions
from desktop.panels.image.guidance import GuidanceDock
from desktop.panels.image.guidance_overlays import Overlays
from desktop.panels.image.guides import Guides
from desktop.panels.image.info import InfoDock
from desktop.panels.image.layers import LayersDock
from desktop.panels.image.looks import Looks, look_name
from desktop.panels.image.make_inputs import MakeInputs
from desktop.panels.image.management import manage_swatches
from desktop.panels.image.options import OptionsBar
from desktop.panels.image.panel_actions import PanelActions
from desktop.panels.image.pixel_commands import PixelCommands
from desktop.panels.image.profile_actions import ProfileActions
from desktop.panels.image.proofs import Proofs
from desktop.panels.image.properties import Inspector
from desktop.panels.image.results import Results
from desktop.panels.image.rulers import Corner, Ruler
from desktop.panels.image.samples import Samples
from desktop.panels.image.select_actions import SelectActions
from desktop.panels.image.shape_commands import ShapeCommands
from desktop.panels.image.shape_style import ShapeStyle
from desktop.panels.image.smart_commands import SmartCommands
from desktop.panels.image.toolbar import ToolStrip
from desktop.panels.image.tools.artboard import ArtboardTool
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.brush import BrushTool, EraserTool
from desktop.panels.image.tools.bucket import BucketTool
from desktop.panels.image.tools.crop import CropTool
from desktop.panels.image.tools.gradient import GradientTool
from desktop.panels.image.tools.lasso import LassoTool, PolygonTool, WandTool
from desktop.panels.image.tools.liquify import LiquifyTool
from desktop.panels.image.tools.look import EyedropperTool, HandTool, ZoomTool
from desktop.panels.image.tools.move import MoveTool
from desktop.panels.image.tools.pen import PenTool
from desktop.panels.image.tools.points import PointsTool
from desktop.panels.image.tools.select import EllipseTool, MarqueeTool
from desktop.panels.image.tools.shape import SHAPE_TOOLS
from desktop.panels.image.tools.smear import BlurTool, SharpenTool, SmudgeTool
from desktop.panels.image.tools.stamp import CloneTool, HealTool, SpotHealTool
from desktop.panels.image.tools.target import TargetTool
from desktop.panels.image.tools.text import TextTool, restyled
from desktop.panels.image.tools.tone import BurnTool, DodgeTool, SpongeTool
from desktop.panels.image.tools.transform import Mode, TransformTool
from desktop.panels.image.vector_files import VectorFiles
from desktop.panels.image.viewport import Fitted
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.mime import DraggedElement
    from desktop.session import Made, Session

replace = msgspec.structs.replace
SELECT_TOOLS = MarqueeTool, EllipseTool, LassoTool, PolygonTool, WandTool
PAINT_TOOLS: tuple[type[TargetTool], ...] = (
    BrushTool,
    EraserTool,
    CloneTool,
    SpotHealTool,
    HealTool,
    DodgeTool,
    BurnTool,
    SpongeTool,
    SmudgeTool,
    BlurTool,
    SharpenTool,
    GradientTool,
    BucketTool,
)


class ImagePanel(Panel):
    """See :class:`desktop.panel.Panel`."""

    kind: ClassVar[str] = "image"
    accepts: ClassVar[frozenset[str]] = frozenset({"image"})
    tool_changed = Signal(str)

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.editor = Editor(session, self)
        self.commands = Commands(self.editor, self)
        self.canvas = Canvas(self.editor)
        self.ants = Ants(self.editor, self.canvas)
        self.guides = Guides(self.editor, self.canvas)
        self.canvas.under_marks = self._paint_under
        self.pixel_commands = PixelCommands(self.editor, self)
        self.clipboard = Clipboard(self.editor, self.commands, self.pixel_commands, self)
        self.text_tool = TextTool(self.editor, self.canvas)
        brushes = tuple(kind(self.editor, self.canvas) for kind in PAINT_TOOLS)
        self.text_tool.commands = self.commands
        for brush in brushes:
            brush.commands = self.commands
        self.editing = Editing(self.commands, self.pixel_commands, self.clipboard, self.text_tool)
        self.move_tool = MoveTool(self.editor, self.canvas)
        self.artboard_tool = ArtboardTool(self.editor, self.canvas)
        self.shape_style = ShapeStyle(self.editor, self)
        shapes = tuple(kind(self.editor, self.canvas) for kind in SHAPE_TOOLS)
        for shape in shapes:
            shape.commands, shape.style = self.commands, self.shape_style
        self.points_tool = PointsTool(self.editor, self.canvas)
        pen = PenTool(self.editor, self.canvas)
        pen.commands, pen.style, pen.points = self.commands, self.shape_style, self.points_tool
        self.editing.points = self.points_tool
        self.move_tool.guides = self.guides
        made: tuple[Tool, ...] = (
            self.move_tool,
            self.artboard_tool,
            *(kind(self.editor, self.canvas) for kind in SELECT_TOOLS),
            CropTool(self.editor, self.canvas),
            *brushes,
            self.text_tool,
            *shapes,
            pen,
            self.points_tool,
            EyedropperTool(self.editor, self.canvas),
            HandTool(self.editor, self.canvas),
            ZoomTool(self.editor, self.canvas),
        )
        self.tools: dict[str, Tool] = {tool.id: tool for tool in made}
        self.transform_tool = TransformTool(self.editor, self.canvas)
        self.liquify_tool = LiquifyTool(self.editor, self.canvas)
        for mode in (self.transform_tool, self.liquify_tool):
            mode.finished.connect(lambda: self.use_tool(self._used[0]))
        self.shape_commands = ShapeCommands(self.editor, self)
        self.smart_commands = SmartCommands(self.editor, self.commands, self)
        self.vector_files = VectorFiles(self.editor, self.commands, self)
        self.named = PanelActions(self)
        self.looks = Looks(self)
        self.proofs = Proofs(self)
        self.samples = Samples(self.editor, self.canvas)
        self.select_actions = SelectActions(self)
        self.frame_actions = FrameActions(self)
        self.profile_actions = ProfileActions(self)
        self.board_actions = BoardActions(self)
        self.make_inputs = MakeInputs(self.editor, self)
        self._strip = ToolStrip(self.editor, made)
        self._strip.chosen.connect(self.use_tool)
        self._options = OptionsBar(
            self.editor,
            self.commands,
            self.tools | {tool.id: tool for tool in (self.transform_tool, self.liquify_tool)},
        )
        self._layers = LayersDock(
            self.editor, self.commands, add_text=self.add_text, fill_menu=self.named.fill_layer_menu
        )
        self._inspector = Inspector(
            self.editor, self.commands, self.text_tool, self.shape_style, self.shape_commands, self.smart_commands
        )
        self.info = InfoDock(self.editor, self.canvas, self.looks, self.samples)
        self.overlays = Overlays(self.editor, self.canvas)
        self.guidance = GuidanceDock(self.editor, self.overlays, self.looks, self._inspector.swatches)
        self._results = Results(self.editor, self.commands, self._inspector.swatches, self)
        for around in (self._inspector, self._options, self.info):
            manage_swatches(around, self.editor.colours)
        self._used: list[str] = []
        """Tools, the one used last first."""
        self._views: dict[str, dict[str, Any]] = {}
        self._rulers = Corner(self), Ruler("top", self.guides, self), Ruler("left", self.guides, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for index, widget in enumerate((*self._rulers, self.canvas)):
            grid.addWidget(widget, index // 2, index % 2)
        self.editor.measuring.options_changed.connect(self._show_rulers)
        self._show_rulers()
        self.setFocusProxy(self.canvas)
        self.canvas.view_changed.connect(self.status_changed)
        self.canvas.menu_requested.connect(self._canvas_menu)
        self.canvas.text_requested.connect(self._edit_text)
        self.canvas.points_requested.connect(lambda: self.use_tool("points"))
        self.editor.selection_changed.connect(self._on_selection)
        self.editor.committed.connect(self._on_selection)
        self.make_inputs.changed.connect(self.selection_changed)
        self.editor.committed.connect(self.status_changed)
        self._layers.tree.contents_wanted.connect(self.smart_commands.edit_contents)
        self.text_tool.styled.connect(self._style_typed)
        self.looks.changed.connect(self.status_changed)
        self.editor.colours.changed.connect(self.status_changed)
        self.canvas.under_marks = stacked(self.canvas.under_marks, self.overlays.paint, self.samples.paint)
        self.use_tool("move")
        self._on_selection()

    # --- documents --------------------------------------------------------------------------------------------------

    def open_document(self, document_id: str) -> None:
        if document_id == self.document_id:
            return
        self._keep_view()
        if self.canvas.tool is not None:
            self.canvas.tool.cancel()
        self.editor.open(document_id)
        if document_id in self._views:
            self.restore_view_state(self._views[document_id])

    def close_document(self, document_id: str) -> None:
        self._views.pop(document_id, None)
        if document_id == self.document_id:
            self.editor.open("")

    @property
    def document_id(self) -> str:
        return self.editor.document.id if self.editor.document is not None else ""

    def new_document(self, title: str, width: int, height: int, colour: str | None) -> ImageDocument:
        document = new_image(width, height, title)
        if colour is not None:
            background = FillLayer(name=self.tr("Background"), colour=colour)
            document = replace(document, layers=(background,))
        return document

    def document_from(self, asset: str, name: str) -> ImageDocument:
        manifest = read_manifest(asset, self.session.require())
        layer = RasterLayer(name=name, pixels=asset, width=manifest.width, height=manifest.height)
        return replace(new_image(manifest.width, manifest.height, name), layers=(layer,), depth=manifest.depth)

    def view_state(self) -> dict[str, Any]:
        view = self.canvas.view
        middle = view.to_document(self.canvas.width() / 2, self.canvas.height() / 2)
        return {
            "zoom": view.zoom / view.ratio,
            "fitted": view.fitted.name,
            "middle": list(middle),
            "selection": list(self.editor.selection),
            "samples": self.samples.state(),
            "tool": self.canvas.tool.id if self.canvas.tool is not None else "move",
        }

    def restore_view_state(self, state: dict[str, Any]) -> None:
        document = self.editor.document
        if document is None:
            return
        try:
            zoom, (x, y) = float(state["zoom"]), (float(v) for v in state["middle"])
        except (KeyError, TypeError, ValueError):
            return
        view = self.canvas.view
        view.zoom_centre(zoom * view.ratio)
        at = view.to_widget(x, y)
        self.canvas.pan(self.canvas.width() / 2 - at[0], self.canvas.height() / 2 - at[1])
        self.canvas.set_zoom(view.zoom)
        if (fitted := state.get("fitted")) in (Fitted.SHRUNK.name, Fitted.FILLED.name):
            self.canvas.fit(enlarge=fitted == Fitted.FILLED.name)
        present = {layer.id for layer in walk(document.layers)}
        self.editor.select([i for i in state.get("selection", []) if i in present])
        self.samples.restore(state.get("samples", []))
        if state.get("tool") in self.tools:
            self.use_tool(state["tool"])

    def _keep_view(self) -> None:
        if self.document_id:
            self._views[self.document_id] = self.view_state()

    def _paint_under(self, painter: QPainter) -> None:
        self.editor.boards.paint(painter, self.canvas)
        self.guides.paint(painter)
        self.ants.paint(painter)

    def _show_rulers(self) -> None:
        for widget in self._rulers:
            widget.setVisible(self.editor.measuring.options.rulers)

    # --- what stands around it --------------------------------------------------------------------------------------

    def properties_widget(self) -> QWidget:
        return self._inspector

    def structure_widget(self) -> QWidget:
        return self._layers

    def side_widgets(self) -> dict[str, QWidget]:
        return {"info": self.info, "guidance": self.guidance}

    def tools_widget(self) -> QWidget:
        return self._strip

    def options_widget(self) -> QWidget:
        return self._options

    def status(self) -> str:
        document = self.editor.shown
        if document is None:
            return ""
        zoom = self.canvas.view.zoom * 100
        percent = f"{zoom:.0f}" if zoom >= 10 else f"{zoom:.1f}"
        seen = "" if self.looks.look is Look.NORMAL else f"{look_name(self.looks.look)}   "
        size, bits = f"{document.width} × {document.height} px", short_depth(document.depth)
        return f"{seen}{percent} %   {size}   {bits}   {self.editor.colours.name}"

    def thumbnail(self, side: int) -> QImage | None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return None
        try:
            pixels = compositor.render(document, None, min(1.0, side / max(document.width, document.height)))
        except AtelierError:
            return None
        pixels = self.editor.colours.to_srgb(pixels)
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGBA8888).copy()

    # --- tools ------------------------------------------------------------------------------------------------------

    def use_tool(self, tool_id: str) -> None:
        """Use another tool."""
        tool = self.tools[tool_id]
        self._used = [tool_id, *(used for used in self._used if used != tool_id)]
        self.canvas.set_tool(tool)
        self._strip.show_tool(tool_id)
        self._options.show_tool(tool)
        self.tool_changed.emit(tool_id)

    def transform(self, mode: Mode) -> None:
        """Transform what is selected until that is kept or taken back; then the tool used before comes back."""
        if self.canvas.tool is not self.transform_tool:
            self.transform_tool.mode = "free"
            self._use_for_now(self.transform_tool)
        self.transform_tool.use_mode(mode)
        self.canvas.setFocus()

    def liquify(self) -> None:
        """Push the selected layer's pixels about until that is kept or taken back."""
        self._use_for_now(self.liquify_tool)
        self.canvas.setFocus()

    def _use_for_now(self, tool: Tool) -> None:
        self.canvas.set_tool(tool)
        self._options.show_tool(tool)

    def use_one_of(self, ids: list[str], step: int = 0) -> None:
        """Use that of several tools with one key that was used last, or the next of them."""
        last = next((used for used in self._used if used in ids), self._strip.last_of(ids))
        self.use_tool(ids[(ids.index(last) + step) % len(ids)])

    def add_text(self) -> None:
        """Start a text in the middle of what is in view."""
        document = self.editor.document
        if document is None:
            return
        self.use_tool("text")
        on_board = self.editor.boards.active() is not None
        left, top, right, bottom = self.editor.boards.room() if on_board else self.canvas.view.visible()
        self.text_tool.begin((left + right) / 2 - self.text_tool.style().size * 2, (top + bottom) / 2)
        self.canvas.setFocus()

    def _edit_text(self, layer_id: str, pointer: Pointer) -> None:
        self.use_tool("text")
        self.text_tool.edit(layer_id, pointer)

    def _style_typed(self, fields: dict[str, Any]) -> None:
        """The options bar styles the text that is typed or selected, too."""
        layer = self.editor.layer
        if isinstance(layer, TextLayer) and self.canvas.tool is self.text_tool:
            new = restyled(layer, self.editor.size_of, **fields)
            document = self.editor.require().replace_layer(layer.id, lambda _: new)
            self.editor.commit(QT_TRANSLATE_NOOP("history", "Change text style"), document)

    def _canvas_menu(self, at: QPoint, pointer: Pointer) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.canvas.tool is not None:
            self.canvas.tool.fill_menu(menu, pointer)
        self.named.fill_layer_menu(menu)
        menu.addSeparator()
        menu.addAction(self.tr("Pin a colour point here"), lambda: self.samples.pin(pointer.x, pointer.y))
        menu.addSeparator()
        menu.addAction(self.tr("Fit in window"), self.canvas.fit)
        menu.addAction(self.tr("Actual size"), lambda: self.canvas.set_zoom(1.0))
        menu.popup(at)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Keys go to the canvas when the pointer is over it, unless something is being typed."""
        focus = QApplication.focusWidget()
        typing = isinstance(focus, QLineEdit | QTextEdit | QAbstractSpinBox | QComboBox)
        if focus is not None and focus.window() is self.window() and not typing and self.editor.shown is not None:
            self.canvas.setFocus()
        super().enterEvent(event)

    # --- the Edit and View menus ------------------------------------------------------------------------------------

    def can_edit(self, command: EditCommand) -> bool:
        return self.editing.can(command)

    def edit(self, command: EditCommand) -> None:
        self.editing.do(command)

    def select_layers(self) -> None:
        """Select all layers that stand in no group."""
        self.editor.select([layer.id for layer in self.editor.require().layers])

    def select_subject(self) -> None:
        """Choose the main subject of the selected pixel layer, or of the picture as it looks."""
        self.session.spawn(self.editor.pixels.subject(self.make_inputs.subject()))

    def view(self, command: ViewCommand) -> None:
        match command:
            case ViewCommand.ZOOM_IN:
                self.canvas.zoom_step(True)
            case ViewCommand.ZOOM_OUT:
                self.canvas.zoom_step(False)
            case ViewCommand.FIT:
                self.canvas.fit()
            case ViewCommand.ACTUAL_SIZE:
                self.canvas.set_zoom(1.0)

    # --- Make -------------------------------------------------------------------------------------------------------

    def _on_selection(self) -> None:
        self.named.follow()
        self.select_actions.follow()
        self.frame_actions.follow()
        self.profile_actions.follow()
        self.board_actions.follow()
        self.selection_changed.emit()

    def selection_inputs(self) -> dict[str, Input]:
        return self.make_inputs.inputs()

    def make_notice(self) -> str:
        document = self.editor.document
        if document is None or document.depth == 8:
            return ""
        words = self.tr("Works at 8 bits a channel: what it makes has 8, this picture {bits}.")
        return words.format(bits=document.depth)

    def selection_sources(self) -> dict[str, Source]:
        return self.make_inputs.sources()

    def place(self, asset: str, name: str, at: QPoint | None = None) -> None:
        self.commands.place(asset, name, self._point(at))

    def profile(self) -> str | None:
        return self.editor.document.profile if self.editor.document is not None else None

    def place_shapes(self, document: Document, name: str, at: QPoint | None = None) -> bool:
        return isinstance(document, ImageDocument) and self.vector_files.place(document, name, self._point(at))

    def place_element(self, element: "DraggedElement", at: QPoint | None = None) -> bool:
        if self.editor.document is None:
            return False
        index = library.index()
        found = index.element(element.id)
        palette = self._inspector.swatches.colours()
        return elements.place(self.commands, index.store, found, element.mode, palette, self._point(at))

    def _point(self, at: QPoint | None) -> tuple[float, float] | None:
        """Return the document point at a point of this widget, None beside the canvas."""
        if at is None:
            return None
        position = QPointF(self.canvas.mapFrom(self, at))
        x, y = self.canvas.view.to_document(position.x(), position.y())
        document = self.editor.require()
        return (x, y) if 0 <= x < document.width and 0 <= y < document.height else None

    def apply_result(self, operation: Operation, made: "Made") -> None:
        self._results.apply(operation, made)

    def export(self) -> None:
        if self.editor.document is not None:
            ExportDialog(self.editor, self.window()).open()

    def export_several(self) -> None:
        """Let the person export several sizes, formats or layers in one go."""
        if self.editor.document is not None:
            BatchExportDialog(self.editor, self.window()).open()

    def show_font(self, family: str) -> None:
        self.text_tool.set_style(family=family)
        self.use_tool("text")

    def show_colour_table(self, table: str, name: str) -> bool:
        if self.editor.document is None:
            return False
        self.commands.add_lookup(table, name)
        return True

    def shut_down(self) -> None:
        if self.canvas.tool is not None:
            self.canvas.tool.cancel()
        self.clipboard.shut_down()
        self.ants.shut_down()
        self.make_inputs.shut_down()
        self.info.shut_down()
        self.guidance.shut_down()
        self.canvas.shut_down()
        self._layers.shut_down()
        self._inspector.shut_down()

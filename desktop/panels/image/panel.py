"""The image workspace: canvas, tools, layers and inspector over one image document at a time."""

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.documents.image import (
    FillLayer,
    ImageDocument,
    RasterLayer,
    TextLayer,
    new_image,
    walk,
)
from core.operations.base import Asset, Input, Operation
from core.raster.manifest import read_manifest, write_raster
from core.values import AtelierError
from desktop.panel import EditCommand, Panel, Source, ViewCommand
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.clipboard import Clipboard
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.export import ExportDialog
from desktop.panels.image.fonts import families
from desktop.panels.image.layers import LayersDock
from desktop.panels.image.options import OptionsBar
from desktop.panels.image.panel_actions import PanelActions
from desktop.panels.image.properties import Inspector
from desktop.panels.image.results import Results
from desktop.panels.image.toolbar import ToolStrip
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.brush import BrushTool, EraserTool
from desktop.panels.image.tools.look import EyedropperTool, HandTool, ZoomTool
from desktop.panels.image.tools.move import MoveTool
from desktop.panels.image.tools.text import TextTool, restyled
from desktop.panels.image.viewport import Fitted
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.session import Made, Session

replace = msgspec.structs.replace
QUIET_MS = 700
"""How long nothing may change before the whole picture is composed for *Make*."""
MAX_WHOLE = 50_000_000
"""Pixels up to which the whole picture is offered to *Make* when no layer is selected."""


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
        self.clipboard = Clipboard(self.editor, self.commands, self)
        self.text_tool = TextTool(self.editor, self.canvas)
        brushes = BrushTool(self.editor, self.canvas), EraserTool(self.editor, self.canvas)
        for tool in (self.text_tool, *brushes):
            tool.commands = self.commands
        self.move_tool = MoveTool(self.editor, self.canvas)
        made: tuple[Tool, ...] = (
            self.move_tool,
            *brushes,
            self.text_tool,
            EyedropperTool(self.editor, self.canvas),
            HandTool(self.editor, self.canvas),
            ZoomTool(self.editor, self.canvas),
        )
        self.tools: dict[str, Tool] = {tool.id: tool for tool in made}
        self.named = PanelActions(self)
        self._strip = ToolStrip(self.editor, made)
        self._strip.chosen.connect(self.use_tool)
        self._options = OptionsBar(self.editor, self.commands, self.tools)
        self._layers = LayersDock(
            self.editor, self.commands, add_text=self.add_text, fill_menu=self.named.fill_layer_menu
        )
        self._inspector = Inspector(self.editor, self.commands, self.text_tool)
        self._results = Results(self.editor, self.commands, self._inspector.swatches, self)
        self._views: dict[str, dict[str, Any]] = {}
        self._whole: tuple[ImageDocument, str] | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._compose_whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.view_changed.connect(self.status_changed)
        self.canvas.menu_requested.connect(self._canvas_menu)
        self.canvas.text_requested.connect(self._edit_text)
        self.editor.selection_changed.connect(self._on_selection)
        self.editor.committed.connect(self._on_selection)
        self.editor.committed.connect(self.status_changed)
        self.text_tool.styled.connect(self._style_typed)
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
        return replace(new_image(manifest.width, manifest.height, name), layers=(layer,))

    def view_state(self) -> dict[str, Any]:
        view = self.canvas.view
        middle = view.to_document(self.canvas.width() / 2, self.canvas.height() / 2)
        return {
            "zoom": view.zoom / view.ratio,
            "fitted": view.fitted.name,
            "middle": list(middle),
            "selection": list(self.editor.selection),
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
        if state.get("tool") in self.tools:
            self.use_tool(state["tool"])

    def _keep_view(self) -> None:
        if self.document_id:
            self._views[self.document_id] = self.view_state()

    # --- what stands around it --------------------------------------------------------------------------------------

    def properties_widget(self) -> QWidget:
        return self._inspector

    def structure_widget(self) -> QWidget:
        return self._layers

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
        return f"{percent} %   {document.width} × {document.height} px   sRGB"

    def thumbnail(self, side: int) -> QImage | None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return None
        try:
            pixels = compositor.render(document, None, min(1.0, side / max(document.width, document.height)))
        except AtelierError:
            return None
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGBA8888).copy()

    # --- tools ------------------------------------------------------------------------------------------------------

    def use_tool(self, tool_id: str) -> None:
        """Use another tool."""
        tool = self.tools[tool_id]
        self.canvas.set_tool(tool)
        self._strip.show_tool(tool_id)
        self._options.show_tool(tool)
        self.tool_changed.emit(tool_id)

    def add_text(self) -> None:
        """Start a text in the middle of what is in view."""
        document = self.editor.document
        if document is None:
            return
        self.use_tool("text")
        left, top, right, bottom = self.canvas.view.visible()
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
        if self.editor.document is None:
            return False
        buffer = self.text_tool.buffer
        if command is EditCommand.PASTE:
            return bool(QGuiApplication.clipboard().text()) if buffer is not None else self.clipboard.can_paste()
        if command is EditCommand.SELECT_ALL:
            return bool(self.editor.document.layers)
        if buffer is not None:
            return command in (EditCommand.CUT, EditCommand.COPY, EditCommand.DELETE)
        return bool(self.editor.selection)

    def edit(self, command: EditCommand) -> None:
        if self.text_tool.busy:
            self._edit_typed(command)
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
                self.commands.delete()
            case EditCommand.SELECT_ALL:
                self.editor.select([layer.id for layer in self.editor.require().layers])
            case EditCommand.DESELECT:
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
                self.canvas.update()
            case EditCommand.DELETE:
                self.text_tool.delete()

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
        self._quiet.start()
        self.selection_changed.emit()

    def _subject(self) -> RasterLayer | None:
        """Return the pixel layer that is meant: the selected one, or the only one there is."""
        document, layer = self.editor.document, self.editor.layer
        if isinstance(layer, RasterLayer):
            return layer
        if document is not None and not self.editor.selection:
            shown = [one for one in document.layers if one.visible]
            if len(shown) == 1 and isinstance(shown[0], RasterLayer):
                return shown[0]
        return None

    def _is_whole(self) -> bool:
        """Return whether *Make* would work on the picture as it looks: nothing is selected."""
        document = self.editor.document
        return document is not None and bool(document.layers) and not self.editor.selection and self._subject() is None

    def selection_inputs(self) -> dict[str, Input]:
        layer = self._subject()
        if layer is not None:
            return {"image": Asset(hash=layer.pixels)}
        if self._is_whole() and self._whole is not None and self._whole[0] is self.editor.document:
            return {"image": Asset(hash=self._whole[1])}
        return {}

    def selection_sources(self) -> dict[str, Source]:
        document, layer = self.editor.document, self._subject()
        if document is None or not self.selection_inputs():
            return {}
        if layer is not None:
            return {"image": Source(document.id, layer.id, layer.name or self.tr("Layer"))}
        return {"image": Source(document.id, "", self.tr("The whole picture"))}

    def _compose_whole(self) -> None:
        """Nothing has changed for a moment and nothing is selected: have the whole picture ready for *Make*."""
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None or not self._is_whole():
            return
        if (self._whole is None or self._whole[0] is not document) and document.width * document.height <= MAX_WHOLE:
            self.session.spawn(self._composing(document))

    async def _composing(self, document: ImageDocument) -> None:
        project, compositor = self.session.require(), self.editor.compositor
        if compositor is None or project.read_only:
            return
        digest = await asyncio.to_thread(lambda: write_raster(compositor.render(document), project))
        if self.editor.document is document:
            self._whole = document, digest
            self.selection_changed.emit()

    def place(self, asset: str, name: str, at: QPoint | None = None) -> None:
        point: tuple[float, float] | None = None
        if at is not None:
            position = QPointF(self.canvas.mapFrom(self, at))
            x, y = self.canvas.view.to_document(position.x(), position.y())
            document = self.editor.require()
            if 0 <= x < document.width and 0 <= y < document.height:
                point = x, y
        self.commands.place(asset, name, point)

    def apply_result(self, operation: Operation, made: "Made") -> None:
        self._results.apply(operation, made)

    def export(self) -> None:
        if self.editor.document is not None:
            ExportDialog(self.editor, self.window()).open()

    def show_font(self, family: str) -> None:
        if family not in families():
            self.session.say(
                self.tr("“{family}” is in the project. Install it on this computer to set text in it.").format(
                    family=family
                )
            )
            return
        self.text_tool.set_style(family=family)
        self.use_tool("text")

    def shut_down(self) -> None:
        self._quiet.stop()
        if self.canvas.tool is not None:
            self.canvas.tool.cancel()
        self.canvas.shut_down()
        self._layers.shut_down()
        self._inspector.shut_down()

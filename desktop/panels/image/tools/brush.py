"""Brush (B) and Eraser (E): strokes on a pixel layer or on a mask, stored as the tiles they touched."""

from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu

from core.documents import image_edits
from core.documents.image import ImageDocument, RasterLayer
from core.raster.affine import Affine, apply, invert, mask_placement, stretch
from core.raster.bending import warp_of
from core.raster.bounds import layer_matrix
from core.raster.brush import Brush, Mode, Stroke
from core.raster.manifest import replace_tiles
from core.raster.selecting import tile_coverage
from core.values import AtelierError
from desktop.panels.image.commands import Commands
from desktop.panels.image.tiles import Dirty
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.look import sample_colour
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
MAX_SIZE = 2000.0


@dataclass
class _Painting:
    """A stroke under way: on what, and from where."""

    document: ImageDocument
    layer_id: str
    mask: bool
    to_local: Affine
    stroke: Stroke
    made: bool
    """True when the layer was made for this stroke."""


class BrushTool(Tool):
    id = "brush"
    icon = "brush"
    key = "B"
    changed = Signal()
    """Size, hardness or another setting changed."""
    mode: Mode = "paint"

    def title(self) -> str:
        return self.tr("Brush")

    def help(self) -> str:
        return self.tr(
            "Drag to paint. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity; "
            "Shift+click draws a line, Alt takes a colour."
        )

    commands: Commands
    _painting: _Painting | None = None
    _at: QPointF | None = None
    _last: tuple[float, float] | None = None
    _picking = False
    _settings: Brush | None = None

    # --- settings ---------------------------------------------------------------------------------------------------

    @property
    def brush(self) -> Brush:
        """The brush in document pixels, without a colour."""
        if self._settings is None:
            self._settings = self._stored()
        return self._settings

    def adjust(self, **fields: Any) -> None:
        """Change settings, within their bounds."""
        if "size" in fields:
            fields["size"] = min(MAX_SIZE, max(1.0, fields["size"]))
        for name in ("hardness", "opacity"):
            if name in fields:
                fields[name] = min(1.0, max(0.0, fields[name]))
        if "flow" in fields:
            fields["flow"] = min(1.0, max(0.01, fields["flow"]))
        brush = replace(self.brush, **fields)
        if brush != self._settings:
            self._settings = brush
            self.editor.session.settings.views[f"image.{self.id}"] = msgspec.to_builtins(brush)
            self.changed.emit()
            self.canvas.update()

    def _stored(self) -> Brush:
        try:
            return msgspec.convert(self.editor.session.settings.views.get(f"image.{self.id}", {}), Brush)
        except msgspec.ValidationError:
            return Brush()

    def step_size(self, up: bool) -> None:
        """Make the brush the next size larger or smaller: fine steps when small, tenths when large."""
        size = self.brush.size
        step = 1.0 if size < 10 else 5.0 if size < 50 else 10.0 if size < 100 else max(10.0, round(size / 100) * 10.0)
        self.adjust(size=float(round(size + step if up else size - min(step, size - 1))))

    # --- the pointer ------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._painting is not None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if pointer is not None and pointer.alt:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.BlankCursor if self._diameter() >= 6 else Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        self._picking = pointer.alt
        if self._picking:
            self._pick(pointer)
            return
        try:
            self._painting = self._begin()
        except AtelierError as error:
            self.editor.session.report(error)
            return
        if self._painting is None:
            return
        if pointer.shift and self._last is not None:
            self._add(*self._last, pointer.pressure)
        self._add(pointer.x, pointer.y, pointer.pressure)

    def drag(self, pointer: Pointer) -> None:
        if self._picking:
            self._pick(pointer)
        elif self._painting is not None:
            self._add(pointer.x, pointer.y, pointer.pressure)
        self._show_cursor(pointer.at)

    def release(self, pointer: Pointer) -> None:
        self._picking = False
        painting, self._painting = self._painting, None
        if painting is None:
            return
        self._last = pointer.x, pointer.y
        try:
            self._finish(painting)
        except AtelierError as error:
            self._drop(painting)
            self.editor.session.report(error)

    def hover(self, pointer: Pointer) -> None:
        self._show_cursor(pointer.at)

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def leave(self) -> None:
        self._show_cursor(None)

    def _pick(self, pointer: Pointer) -> None:
        colour = sample_colour(self.editor, self.canvas.tiles, pointer.x, pointer.y)
        if colour is not None:
            self.editor.set_colour(colour)

    # --- the stroke -------------------------------------------------------------------------------------------------

    def _begin(self) -> _Painting | None:
        """Find what to paint on; the eraser needs something, the brush makes a layer where there is none."""
        editor, document, layer = self.editor, self.editor.require(), self.editor.layer
        if layer is not None and editor.on_mask and layer.mask is not None:
            if not self._may_paint(document, layer.id):
                return None
            mode: Mode = "mask" if self.mode == "paint" else "erase"
            if layer.mask.inverted and mode == "erase":
                mode = "mask"  # on an inverted mask, what hides is full coverage
            return self._start(document, layer.id, layer.mask.pixels, mask_placement(layer.mask), mode, mask=True)
        if isinstance(layer, RasterLayer):
            if not self._may_paint(document, layer.id):
                return None
            return self._start(document, layer.id, layer.pixels, layer_matrix(layer), self.mode)
        if self.mode == "erase":
            editor.hint.emit(self.tr("Select a pixel layer or a mask to erase from."))
            return None
        if len(editor.selection) > 1:
            editor.hint.emit(self.tr("Select one layer to paint on."))
            return None
        new = self.commands.new_raster()
        parent, position = self.commands.spot()
        document = image_edits.insert(document, [new], parent, position)
        editor.preview(document)
        return self._start(document, new.id, new.pixels, layer_matrix(new), "paint", made=True)

    def _may_paint(self, document: ImageDocument, layer_id: str) -> bool:
        if warp_of(document.layer(layer_id)) is not None:
            self.editor.hint.emit(self.tr("This layer is bent: turn it into pixels to paint on it."))
            return False
        if image_edits.is_locked(document, layer_id):
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list to paint on it."))
            return False
        if not image_edits.is_visible(document, layer_id):
            self.editor.hint.emit(self.tr("This layer is hidden: show it in the layer list to paint on it."))
            return False
        return True

    def _start(
        self,
        document: ImageDocument,
        layer_id: str,
        pixels: str,
        matrix: Affine,
        mode: Mode,
        *,
        mask: bool = False,
        made: bool = False,
    ) -> _Painting | None:
        to_local, size = invert(matrix), stretch(matrix)
        if to_local is None or size <= 0:
            self.editor.hint.emit(self.tr("This layer is squashed flat: reset its size to paint on it."))
            return None
        colour = self.editor.colour
        layer = document.layer(layer_id)
        if mask and layer.mask is not None and layer.mask.inverted:
            # White still shows and black still hides when the mask is read the other way round.
            colour = _opposite("#000000" if self.mode == "erase" else colour)
        brush = replace(self.brush, size=min(5000.0, max(1.0, self.brush.size / size)), colour=colour)
        chosen = self.editor.pixels.coverage()
        limit = None if chosen is None else lambda key: tile_coverage(chosen, matrix, *key)
        stroke = Stroke(brush, pixels, self.editor.session.require(), mode, limit)
        return _Painting(document, layer_id, mask, to_local, stroke, made)

    def _add(self, x: float, y: float, pressure: float) -> None:
        painting, compositor = self._painting, self.editor.compositor
        assert painting is not None and compositor is not None
        try:
            touched = painting.stroke.add(*apply(painting.to_local, x, y), pressure)
        except AtelierError as error:
            self._painting = None
            self._drop(painting)
            self.editor.session.report(error)
            return
        if touched:
            tiles = {painting.layer_id: painting.stroke.tiles}
            if painting.mask:
                self.canvas.tiles.mask_overrides = tiles
            else:
                self.canvas.tiles.overrides = tiles
            self._refresh(painting, touched)

    def _refresh(self, painting: _Painting, touched: set[tuple[int, int]]) -> None:
        compositor = self.editor.compositor
        if compositor is not None:
            cells = compositor.document_tiles(painting.document, painting.layer_id, touched, mask=painting.mask)
            self.canvas.refresh(Dirty(cells), now=True)

    def _finish(self, painting: _Painting) -> None:
        tiles = painting.stroke.finish()
        if not tiles:
            self._drop(painting)
            return
        project, document = self.editor.session.require(), painting.document
        layer = document.layer(painting.layer_id)
        if painting.mask:
            assert layer.mask is not None
            pixels = replace_tiles(layer.mask.pixels, tiles, project, project)
            document = image_edits.update_mask(document, layer.id, pixels=pixels)
            label = QT_TRANSLATE_NOOP("history", "Paint on mask")
        else:
            assert isinstance(layer, RasterLayer)
            pixels = replace_tiles(layer.pixels, tiles, project, project)
            document = document.replace_layer(layer.id, lambda one: replace(one, pixels=pixels))
            label = self._label()
        if self.editor.commit(label, document):
            self._clear_overrides()
            if painting.made:
                self.editor.select([painting.layer_id])
        else:
            self._drop(painting)

    def _label(self) -> str:
        return QT_TRANSLATE_NOOP("history", "Brush stroke")

    def _drop(self, painting: _Painting) -> None:
        """Take the stroke back: what it touched looks as before."""
        touched = set(painting.stroke.tiles)
        self._clear_overrides()
        self._refresh(painting, touched)
        self.editor.preview(None)

    def _clear_overrides(self) -> None:
        self.canvas.tiles.overrides = self.canvas.tiles.mask_overrides = {}

    def cancel(self) -> bool:
        painting, self._painting = self._painting, None
        if painting is None:
            return False
        self._drop(painting)
        return True

    def deactivate(self) -> None:
        self.cancel()
        self._at = None

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in (Qt.Key.Key_BraceLeft, Qt.Key.Key_BraceRight) or (
            shift and key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight)
        ):
            up = key in (Qt.Key.Key_BraceRight, Qt.Key.Key_BracketRight)
            self.adjust(hardness=round(self.brush.hardness + (0.1 if up else -0.1), 2))
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.step_size(key == Qt.Key.Key_BracketRight)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not shift:
            self.adjust(opacity=((key - Qt.Key.Key_0) or 10) / 10)
        else:
            return False
        return True

    # --- marks ------------------------------------------------------------------------------------------------------

    def _diameter(self) -> float:
        return self.canvas.view.length(self.brush.size)

    def _show_cursor(self, at: QPointF | None) -> None:
        before, self._at = self._at, at
        for point in (before, at):
            if point is not None:
                self.canvas.update(self._cursor_rect(point))

    def _cursor_rect(self, at: QPointF) -> QRect:
        reach = self._diameter() / 2 + 4
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect()

    def paint(self, painter: QPainter) -> None:
        if self._at is None or self._picking:
            return
        radius = self._diameter() / 2
        if radius < 3:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 2.5))
        painter.drawEllipse(self._at, radius, radius)
        painter.setPen(QPen(QColor(255, 255, 255, 230), 1))
        painter.drawEllipse(self._at, radius, radius)

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        sizes = menu.addMenu(self.tr("Brush size"))
        for size in (5, 10, 20, 40, 80, 160, 320):
            action = sizes.addAction(self.tr("{size} px").format(size=size))
            action.triggered.connect(lambda _=False, s=size: self.adjust(size=float(s)))


class EraserTool(BrushTool):
    id = "eraser"
    icon = "eraser"
    key = "E"
    mode: Mode = "erase"

    def title(self) -> str:
        return self.tr("Eraser")

    def help(self) -> str:
        return self.tr(
            "Drag to erase pixels, or to hide when a mask is selected. [ and ] change the size, Shift+[ and Shift+] "
            "the hardness, digits the opacity."
        )

    def _label(self) -> str:
        return QT_TRANSLATE_NOOP("history", "Erase")


def _opposite(colour: str) -> str:
    value = QColor(colour[:7])
    return QColor(255 - value.red(), 255 - value.green(), 255 - value.blue()).name()

"""Liquify: push, twirl, pinch, bloat and restore the pixels of one layer with a brush; kept with Enter, as one step.

What is shown meanwhile are uncommitted tiles, made of the layer's own pixels and the displacements so far, so that any
number of strokes blurs no more than one.
"""

from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np
from msgspec import Meta
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu

from core.documents import image_edits
from core.documents.image import ImageDocument, RasterLayer, walk
from core.raster.affine import Affine, apply, invert, stretch
from core.raster.bending import warp_of
from core.raster.bounds import layer_matrix
from core.raster.depths import Deep
from core.raster.liquify import Field, Limit, Stroke
from core.raster.manifest import replace_tiles
from core.raster.tiles import TileKey
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.tiles import Dirty
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.panels.image.canvas import Canvas

replace = msgspec.structs.replace
MAX_SIZE = 2000.0
EVERY = 33
"""Milliseconds from one touch of a brush that is held still to the next."""
KEPT = 20
"""How many strokes can be taken back."""


class LiquifyOptions(msgspec.Struct, frozen=True):
    """What the brush is set to, kept from one start to the next. ``size`` is its diameter in document pixels."""

    kind: Stroke = "push"
    size: Annotated[float, Meta(ge=4, le=MAX_SIZE)] = 150.0
    strength: Annotated[float, Meta(ge=0.01, le=1)] = 0.6


class LiquifyTool(Tool):
    id = "liquify"
    icon = "droplets"
    key = ""

    changed = Signal()
    finished = Signal()
    """It is over: what was used before comes back."""

    _field: Field | None = None
    _document: ImageDocument | None = None
    _layer: RasterLayer | None = None
    _back: Affine | None = None
    _options: LiquifyOptions | None = None
    _pointer: Pointer | None = None
    _at: QPointF | None = None
    _clock: QTimer | None = None

    def __init__(self, editor: Editor, canvas: "Canvas") -> None:
        super().__init__(editor, canvas)
        self._tiles: dict[TileKey, Deep] = {}
        self._past: list[np.ndarray] = []
        """The displacements before each stroke."""

    def title(self) -> str:
        return self.tr("Liquify")

    def help(self) -> str:
        return self.tr(
            "Drag to move pixels about. Alt does the opposite, [ and ] change the size. Enter keeps it, Esc does not."
        )

    # --- what it is set to ------------------------------------------------------------------------------------------

    @property
    def options(self) -> LiquifyOptions:
        if self._options is None:
            stored = self.editor.session.settings.views.get("image.liquify", {})
            try:
                self._options = msgspec.convert(stored, LiquifyOptions)
            except msgspec.ValidationError:
                self._options = LiquifyOptions()
        return self._options

    def adjust(self, **fields: object) -> None:
        """Set options."""
        self._options = replace(self.options, **fields)
        self.editor.session.settings.views["image.liquify"] = msgspec.to_builtins(self._options)
        self.changed.emit()
        self.canvas.update()

    # --- beginning and ending ---------------------------------------------------------------------------------------

    def activate(self) -> None:
        self.editor.committed.connect(self._follow)
        self.editor.selection_changed.connect(self._on_selection)
        self._begin()

    def deactivate(self) -> None:
        self.editor.committed.disconnect(self._follow)
        self.editor.selection_changed.disconnect(self._on_selection)
        self.keep()
        self._field = self._at = None

    def _begin(self) -> None:
        """Take the selected layer, as it is now."""
        self._field, self._tiles, self._past, self._pointer = None, {}, [], None
        document, layer = self.editor.document, self.editor.layer
        self._document, self._layer = document, None
        if document is None or not isinstance(layer, RasterLayer) or not self.editor.movable():
            self.editor.hint.emit(self.tr("Select one pixel layer that is not locked to liquify it."))
        elif warp_of(layer) is not None:
            self.editor.hint.emit(self.tr("This layer is bent: turn it into pixels to liquify it."))
        else:
            self._back = invert(layer_matrix(layer))
            if self._back is not None:
                self._layer = layer
                self._field = Field(layer.width, layer.height, self._limit(layer))
        self.changed.emit()

    def _limit(self, layer: RasterLayer) -> Limit | None:
        """Return how much of each pixel may be moved: what is chosen, when anything is."""
        try:
            chosen = self.editor.pixels.coverage()
        except AtelierError as error:
            self.editor.session.report(error)
            return None
        if chosen is None:
            return None
        a, b, c, d, tx, ty = layer_matrix(layer)

        def limit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
            column = np.floor(a * x + c * y + tx).astype(np.intp)
            row = np.floor(b * x + d * y + ty).astype(np.intp)
            inside = (column >= 0) & (row >= 0) & (column < chosen.shape[1]) & (row < chosen.shape[0])
            found = chosen[np.clip(row, 0, chosen.shape[0] - 1), np.clip(column, 0, chosen.shape[1] - 1)]
            return np.where(inside, found, 0).astype(np.float32) / np.float32(255)

        return limit

    def _follow(self) -> None:
        """Something else changed the document: what was moved so far is only kept while the layer is the same."""
        document, layer = self.editor.document, self._layer
        now = None
        if document is not None and self._document is not None and document.id == self._document.id and layer:
            now = next((one for one in walk(document.layers) if one.id == layer.id), None)
        if now is None or layer is None or not isinstance(now, RasterLayer) or now.pixels != layer.pixels:
            self._drop()
            self._begin()
        else:
            self._document, self._layer, self._back = document, now, invert(layer_matrix(now))

    def _on_selection(self) -> None:
        self.keep()
        self._begin()

    @property
    def pending(self) -> bool:
        """Whether there is something to keep."""
        return bool(self._tiles)

    def keep(self) -> None:
        """Store what is shown, as one step."""
        self._still()
        document, layer, tiles = self._document, self._layer, self._tiles
        if document is None or layer is None or not tiles:
            self._drop()
            return
        try:
            project = self.editor.session.require()
            pixels = replace_tiles(layer.pixels, tiles, project, project)
        except AtelierError as error:
            self._drop()
            self.editor.session.report(error)
            return
        self._field, self._tiles, self._past = None, {}, []
        if self.editor.commit(
            QT_TRANSLATE_NOOP("history", "Liquify"), image_edits.update(document, [layer.id], pixels=pixels)
        ):
            self.canvas.tiles.overrides = {}
        else:
            self._drop()

    def done(self) -> None:
        """Keep it and go back to what was used before."""
        self.keep()
        self.finished.emit()

    def give_up(self) -> None:
        """Take everything back and go back to what was used before."""
        self._still()
        self._drop()
        self.finished.emit()

    def reset(self) -> None:
        """Put every pixel back where it was."""
        if self._field is not None and self._tiles:
            self._past.append(self._field.moves.copy())
            self._field.moves[...] = 0
            self._redraw(set(self._tiles))

    def _drop(self) -> None:
        tiles, self._tiles = set(self._tiles), {}
        self.canvas.tiles.overrides = {}
        self._refresh(tiles)

    # --- strokes ----------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._pointer is not None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor if self._diameter() >= 6 else Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        if self._field is None:
            self._begin()
        if self._field is None:
            return
        self._past = [*self._past[1 - KEPT :], self._field.moves.copy()]
        self._pointer = pointer
        if self.options.kind != "push":
            self._touch(pointer)
            self._clock = QTimer(self, interval=EVERY)
            self._clock.timeout.connect(self._hold)
            self._clock.start()

    def _hold(self) -> None:
        """The brush is held: it goes on acting."""
        if self._pointer is not None:
            self._touch(self._pointer)

    def _still(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock.deleteLater()
            self._clock = None
        self._pointer = None

    def drag(self, pointer: Pointer) -> None:
        if self._pointer is not None:
            before, self._pointer = self._pointer, pointer
            self._touch(pointer, before)
        self._show_cursor(pointer.at)

    def _touch(self, pointer: Pointer, before: Pointer | None = None) -> None:
        field, back, layer, options = self._field, self._back, self._layer, self.options
        if field is None or back is None or layer is None:
            return
        x, y = apply(back, pointer.x, pointer.y)
        dx = dy = 0.0
        strength = options.strength * pointer.pressure * (-1 if pointer.alt else 1)
        if options.kind == "push":
            if before is None:
                return
            bx, by = apply(back, before.x, before.y)
            dx, dy = (x - bx) * strength, (y - by) * strength
        radius = options.size / 2 / max(stretch(layer_matrix(layer)), 1e-6)
        strength = abs(strength) * 0.5 if options.kind == "restore" else strength * 0.5
        self._redraw(field.stroke(options.kind, x, y, radius, strength, dx, dy))

    def _redraw(self, touched: set[TileKey]) -> None:
        field, layer, compositor = self._field, self._layer, self.editor.compositor
        if field is None or layer is None or compositor is None or not touched:
            return
        moved = set(field.moved_tiles()) if len(touched) > 16 else None
        try:
            for key in touched:
                tile = field.tile(compositor.reader, layer.pixels, key)
                tile.flags.writeable = False
                self._tiles[key] = tile
        except AtelierError as error:
            self._drop()
            self._begin()
            self.editor.session.report(error)
            return
        if moved is not None:
            self._tiles = {key: tile for key, tile in self._tiles.items() if key in moved}
        self.canvas.tiles.overrides = {layer.id: dict(self._tiles)}
        self._refresh(touched)

    def _refresh(self, touched: set[TileKey]) -> None:
        compositor, document, layer = self.editor.compositor, self._document, self._layer
        if compositor is not None and document is not None and layer is not None and touched:
            cells = compositor.document_tiles(document, layer.id, touched)
            self.canvas.refresh(Dirty(cells), now=True)

    def release(self, pointer: Pointer) -> None:
        self._still()
        self.changed.emit()

    def hover(self, pointer: Pointer) -> None:
        self._show_cursor(pointer.at)

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def leave(self) -> None:
        self._show_cursor(None)

    # --- keys -------------------------------------------------------------------------------------------------------

    def wants(self, event: QKeyEvent) -> bool:
        undo = event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return undo and bool(self._past) and not self.busy

    def key_press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.busy:
            self.done()
        elif self.wants(event) and self._field is not None:
            self._field.moves[...] = self._past.pop()
            self._redraw(set(self._tiles))
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            factor = 1.15 if key == Qt.Key.Key_BracketRight else 1 / 1.15
            self.adjust(size=min(MAX_SIZE, max(4.0, round(self.options.size * factor))))
        else:
            return False
        return True

    def cancel(self) -> bool:
        if self.busy and self._field is not None and self._past:
            self._still()
            self._field.moves[...] = self._past.pop()
            self._redraw(set(self._tiles))
            return True
        # The canvas asks while it works through the key: the tools change when that is over.
        QTimer.singleShot(0, self, self.give_up)
        return True

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        menu.addAction(self.tr("Keep what was moved"), self.done)
        menu.addAction(self.tr("Take everything back"), self.give_up)
        menu.addAction(self.tr("Put every pixel back"), self.reset).setEnabled(self.pending)
        menu.addSeparator()

    # --- marks ------------------------------------------------------------------------------------------------------

    def _diameter(self) -> float:
        return self.canvas.view.length(self.options.size)

    def _show_cursor(self, at: QPointF | None) -> None:
        before, self._at = self._at, at
        reach = self._diameter() / 2 + 4
        for point in (before, at):
            if point is not None:
                box = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
                self.canvas.update(QRect(box.toAlignedRect()))

    def paint(self, painter: QPainter) -> None:
        if self._at is None:
            return
        radius = self._diameter() / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 150), 2.5), QPen(QColor(255, 255, 255, 230), 1)):
            painter.setPen(pen)
            painter.drawEllipse(self._at, radius, radius)
            painter.drawLine(self._at - QPointF(3, 0), self._at + QPointF(3, 0))
            painter.drawLine(self._at - QPointF(0, 3), self._at + QPointF(0, 3))

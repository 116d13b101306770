"""Move (V): choose what is under the pointer, drag it, scale and turn it by its handles, nudge it with the arrows."""

import enum
import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu

from core.documents import artboard_edits, image_edits, image_place
from core.documents.image import AnyLayer, ImageDocument, Placed, ShapeLayer, TextLayer, walk
from core.documents.image_place import Box, Placement
from core.raster.hit import layers_at
from desktop.panels.image import marks
from desktop.panels.image.snapping import Line, Span, Targets, neighbours, snap_box, snap_point
from desktop.panels.image.tools.base import Pointer, Tool, arrow_step
from desktop.panels.image.tools.handles import Frame, Handle, scaling, stretched, widen_text
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.panels.image.guides import Guides

START = 4.0
"""Logical pixels the pointer must travel before a press becomes a drag."""
REACH = 6.0
"""Logical pixels within which things snap."""


class Doing(enum.Enum):
    """What the gesture under way does."""

    NOTHING = 0
    PRESSED = 1
    MOVING = 2
    SCALING = 3
    TURNING = 4
    MARQUEE = 5
    GUIDE = 6


class MoveTool(Tool):
    id = "move"
    icon = "move"
    key = "V"

    guide_asked = Signal(int)
    """A guide was double-clicked: its number."""

    def title(self) -> str:
        return self.tr("Move")

    def help(self) -> str:
        return self.tr(
            "Drag to move. Shift keeps the direction, Alt drags a copy, Ctrl stops snapping. Arrow keys move by 1 px, "
            "with Shift by 10."
        )

    auto_select = True
    """Press chooses the topmost layer under the pointer."""
    whole_groups = False
    """Press chooses the outermost group around it instead."""

    guides: "Guides | None" = None
    """What drags guides."""

    _doing = Doing.NOTHING
    _start = Pointer(0, 0, QPointF())
    _base: ImageDocument | None = None
    _ids: tuple[str, ...] = ()
    _frame: Frame | None = None
    _handle: Handle | None = None
    _box: Box | None = None
    _targets = Targets()
    _met: tuple[Line, ...] = ()
    _gaps: tuple[Span, ...] = ()
    _text = ""
    _at = QPointF()
    _hovered: str | None = None
    _pick_on_release: str | None = None
    _copied = False

    # --- what is held -----------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._doing is not Doing.NOTHING

    def frame(self) -> Frame | None:
        """Return the frame around the selection as it is shown, or None when nothing selected has a place."""
        layers = self.editor.selected()
        single = Frame.of_layer(layers[0], self.editor.size_of) if len(layers) == 1 else None
        if single is not None:
            return single
        box = self.editor.bounds([layer.id for layer in layers])
        return None if box is None else Frame.of_box(box)

    def _usable_frame(self) -> Frame | None:
        if self.editor.boards.selected():
            return None  # an artboard is resized by its own tool
        movable = self.editor.movable()
        return self.frame() if movable and len(movable) == len(self._top_selected()) else None

    def _top_selected(self) -> tuple[str, ...]:
        document = self.editor.document
        return () if document is None else image_edits.top_level(document, self.editor.selection)

    def _layer_under(self, pointer: Pointer) -> str | None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return None
        found = layers_at(document, pointer.x, pointer.y, compositor.reader)
        free = (layer_id for layer_id in found if not image_edits.is_locked(document, layer_id))
        under = next(free, None)
        return None if under is None else self._whole(document, under)

    def _whole(self, document: ImageDocument, layer_id: str) -> str:
        around = tuple(group for group in image_edits.ancestors(document, layer_id) if group.artboard is None)
        return around[0].id if self.whole_groups and around else layer_id

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._doing in (Doing.SCALING, Doing.TURNING) and self._frame and self._handle:
            return self._frame.cursor(self._handle)
        if self._doing is Doing.MOVING:
            return Qt.CursorShape.SizeAllCursor
        if pointer is not None and (frame := self._usable_frame()) is not None:
            handle = frame.handle_at(pointer.at, self.canvas.view)
            if handle is not None:
                return frame.cursor(handle)
        if pointer is not None and (index := self._guide_at(pointer)) is not None and self.editor.document:
            upright = self.editor.document.guides[index].axis == "x"
            return Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        return Qt.CursorShape.ArrowCursor

    def _guide_at(self, pointer: Pointer) -> int | None:
        return None if self.guides is None else self.guides.at(pointer.at)

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        self._doing, self._start, self._at = Doing.PRESSED, pointer, pointer.at
        self._pick_on_release, self._copied, self._met, self._text = None, False, (), ""
        self._base = self.editor.document
        frame = self._usable_frame()
        self._handle = frame.handle_at(pointer.at, self.canvas.view) if frame is not None else None
        if self._handle is not None:
            self._frame, self._ids = frame, self.editor.movable()
            return
        if self.guides is not None and (index := self.guides.at(pointer.at)) is not None and self._base is not None:
            self._doing = Doing.GUIDE
            self.guides.begin(self._base.guides[index].axis, index)
            return
        named = self.editor.boards.name_at(self.canvas, pointer.at)
        under = named or (self._layer_under(pointer) if self.auto_select else None)
        if under is not None and named is None and under not in self._held() and self._is_board(under):
            # Layers are looked for by dragging over an artboard's background; a click chooses the artboard.
            self._doing, self._pick_on_release = Doing.MARQUEE, under
            return
        if frame is None and self.editor.boards.selected():
            frame = self.frame()
        if pointer.shift and under is not None:
            self._toggle(under)
        elif under is None:
            if frame is None or not frame.contains(pointer.x, pointer.y):
                self._doing = Doing.MARQUEE if self.auto_select else self._doing
        elif under not in self._held():
            self.editor.select([under])
        elif len(self.editor.selection) > 1:
            self._pick_on_release = under
        self._ids = self.editor.movable()
        self._frame = self.frame()

    def _held(self) -> set[str]:
        document = self.editor.document
        if document is None:
            return set()
        held = (document.layer(i) for i in self.editor.selection)
        return {one.id for layer in held for one in ((layer,) if self._is_board(layer.id) else walk((layer,)))}

    def _is_board(self, layer_id: str) -> bool:
        document = self.editor.document
        return document is not None and any(group.id == layer_id for group in artboard_edits.boards(document))

    def _toggle(self, layer_id: str) -> None:
        selection = list(self.editor.selection)
        if layer_id in selection:
            selection.remove(layer_id)
        else:
            selection.append(layer_id)
        self.editor.select(selection)

    def drag(self, pointer: Pointer) -> None:
        self._at = pointer.at
        if self._doing is Doing.PRESSED:
            if (pointer.at - self._start.at).manhattanLength() < START:
                return
            self._begin()
        if self._doing is Doing.GUIDE and self.guides is not None:
            self.guides.drag(pointer.at, free=pointer.ctrl)
        elif self._doing is Doing.MOVING:
            self._move(pointer)
        elif self._doing is Doing.SCALING:
            self._scale(pointer)
        elif self._doing is Doing.TURNING:
            self._turn(pointer)
        self.canvas.update()

    def _begin(self) -> None:
        document = self._base
        self._pick_on_release = None
        if document is None or not self.editor.selection:
            self._doing = Doing.NOTHING
            return
        if not self._ids:
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list to move it."))
            self._doing = Doing.NOTHING
            return
        self._targets = self.editor.measuring.targets(self._ids)
        self._box = self.editor.bounds(self._ids, document)
        if self._handle is Handle.TURN:
            self._doing = Doing.TURNING
        elif self._handle is not None:
            self._doing = Doing.SCALING
        else:
            self._doing = Doing.MOVING
            if self._start.alt:
                self._copy(document)

    def _copy(self, document: ImageDocument) -> None:
        self._base, self._ids = image_edits.duplicate(document, self._ids, self._copy_name)
        self._copied = True

    def _copy_name(self, name: str) -> str:
        return self.tr("{name} copy").format(name=name)

    def _move(self, pointer: Pointer) -> None:
        dx, dy = pointer.x - self._start.x, pointer.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self._met, self._gaps = (), ()
        if self._box is not None and not pointer.ctrl:
            reach = self.canvas.view.document_length(REACH)
            axes = ("x" if dy == 0 else "y") if pointer.shift else "xy"
            lines, boxes, grid, _ = self._targets
            snapped = snap_box(self._box, dx, dy, lines, reach, boxes=boxes, grid=grid, axes=axes)
            dx, dy, self._met, self._gaps = snapped
        dx, dy = self._whole_pixels(dx, 0), self._whole_pixels(dy, 1)
        assert self._base is not None
        self._text = self.tr("{x}, {y} px").format(x=_signed(dx), y=_signed(dy))
        moved = image_place.move_by(self._base, self._ids, dx, dy)
        self.editor.preview(artboard_edits.rehomed(moved, self._ids, pointer.x, pointer.y))

    def _whole_pixels(self, by: float, axis: int) -> float:
        """Return the offset that puts the box's corner onto whole pixels, so that nothing is blurred by moving it."""
        if self._box is None:
            return float(round(by))
        return round(self._box[axis] + by) - self._box[axis]

    def _scale(self, pointer: Pointer) -> None:
        frame, handle = self._frame, self._handle
        assert frame is not None and handle is not None and self._base is not None
        held = frame.at(*handle.value)
        x, y = held[0] + pointer.x - self._start.x, held[1] + pointer.y - self._start.y
        self._met = ()
        if frame.upright and not pointer.ctrl:
            axes = {Handle.LEFT: "x", Handle.RIGHT: "x", Handle.TOP: "y", Handle.BOTTOM: "y"}.get(handle, "xy")
            lines, reach = self._targets.lines, self.canvas.view.document_length(REACH)
            snapped = snap_point(x, y, lines, reach, axes, grid=self._targets.grid)
            x, y, self._met = x + snapped.dx, y + snapped.dy, snapped.lines
        document = self._base
        if frame.single:
            layer = document.layer(self._ids[0])
            if isinstance(layer, TextLayer) and handle in (Handle.LEFT, Handle.RIGHT):
                new = widen_text(layer, frame, handle, (x, y), self.editor.size_of)
            else:
                edit = stretched(
                    frame, handle, (x, y), centred=pointer.alt, free=pointer.shift, size_of=self.editor.size_of
                )
                new = edit(layer)
            document = document.replace_layer(layer.id, lambda _: new)
            self._text = self._size_text(new)
        else:
            how = scaling(frame, handle, (x, y), centred=pointer.alt)
            document = image_place.place_by(document, self._ids, how, self.editor.size_of)
            self._text = f"{how.scale * 100:.0f} %"
        self.editor.preview(document)

    def _size_text(self, layer: AnyLayer) -> str:
        frame = Frame.of_layer(layer, self.editor.size_of)
        if frame is None or not isinstance(layer, Placed):
            return ""
        width, height = frame.size
        text = f"{width:.0f} × {height:.0f} px"
        return text if isinstance(layer, ShapeLayer) else f"{text}  {abs(layer.transform.scale_x) * 100:.0f} %"

    def _turn(self, pointer: Pointer) -> None:
        frame = self._frame
        assert frame is not None and self._base is not None
        degrees = frame.turn((self._start.x, self._start.y), (pointer.x, pointer.y), steps=False)
        total = degrees
        if frame.single:
            layer = self._base.layer(self._ids[0])
            if isinstance(layer, Placed):
                before = layer.transform.rotation
                total = before + degrees
                if pointer.shift:
                    total = round(total / 15) * 15.0
                elif not pointer.ctrl and abs(math.remainder(total, 90.0)) < 1.5:
                    total = round(total / 90) * 90.0
                degrees = total - before
        elif pointer.shift:
            degrees = total = round(degrees / 15) * 15.0
        how = Placement(pivot=frame.centre, degrees=degrees)
        self._text = f"{math.remainder(total, 360.0):.1f}°".replace("-", "−")
        self.editor.preview(image_place.place_by(self._base, self._ids, how, self.editor.size_of))

    def release(self, pointer: Pointer) -> None:
        doing, self._doing = self._doing, Doing.NOTHING
        shown = self.editor.shown
        self._met, self._gaps, self._text = (), (), ""
        if doing is Doing.GUIDE and self.guides is not None:
            self.guides.drop()
        elif doing is Doing.MARQUEE:
            self._select_in(pointer)
        elif doing is Doing.PRESSED and self._pick_on_release is not None:
            self.editor.select([self._pick_on_release])
        elif doing in _LABELS and shown is not None:
            label = QT_TRANSLATE_NOOP("history", "Duplicate layer") if self._copied else _LABELS[doing]
            ids = self._ids
            if self.editor.commit(label, shown) and self._copied:
                self.editor.select(ids)
        self.canvas.update()

    def _select_in(self, pointer: Pointer) -> None:
        document = self.editor.document
        if document is None:
            return
        if (pointer.at - self._start.at).manhattanLength() < START:
            if self._pick_on_release is not None and pointer.shift:
                self._toggle(self._pick_on_release)
            elif not pointer.shift:
                self.editor.select([self._pick_on_release] if self._pick_on_release is not None else [])
            return
        left, right = sorted((self._start.x, pointer.x))
        top, bottom = sorted((self._start.y, pointer.y))
        found: list[str] = list(self.editor.selection) if pointer.shift else []
        for layer in walk(document.layers):
            if not isinstance(layer, Placed) or not image_edits.is_visible(document, layer.id):
                continue
            box = self.editor.bounds([layer.id], document)
            if box and box.left < right and box.right > left and box.top < bottom and box.bottom > top:
                found.append(self._whole(document, layer.id))
        self.editor.select(found)

    def hover(self, pointer: Pointer) -> None:
        on_guide = self._guide_at(pointer) is not None
        hovered = self._layer_under(pointer) if self.auto_select and not on_guide else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.canvas.update()

    def leave(self) -> None:
        if self._hovered is not None:
            self._hovered = None
            self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        document = self.editor.document
        if (index := self._guide_at(pointer)) is not None:
            self.guide_asked.emit(index)
            return
        under = self._layer_under(pointer)
        if document is not None and under is not None and isinstance(document.layer(under), TextLayer):
            self.canvas.text_requested.emit(under, pointer)
        elif document is not None and under is not None and isinstance(document.layer(under), ShapeLayer):
            self.editor.select([under])
            self.canvas.points_requested.emit()

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        step = arrow_step(event)
        document, ids = self.editor.document, self.editor.movable()
        if step is None or document is None or not ids or self.busy:
            return False
        moved = image_place.move_by(document, ids, step[0], step[1])
        self.editor.commit(QT_TRANSLATE_NOOP("history", "Move layer"), moved, merge="nudge:" + ",".join(ids))
        return True

    def cancel(self) -> bool:
        if self._doing is Doing.NOTHING:
            return False
        self._doing, self._met, self._gaps, self._text = Doing.NOTHING, (), (), ""
        if self.guides is not None:
            self.guides.cancel()
        self.editor.preview(None)
        self.canvas.update()
        return True

    def deactivate(self) -> None:
        self.cancel()
        self._hovered = None

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        view = self.canvas.view
        if self._doing is Doing.MARQUEE:
            self._paint_marquee(painter)
            return
        if self._hovered is not None and not self.busy and self._hovered not in self.editor.selection:
            self._paint_hovered(painter, self._hovered)
        frame = self.frame()
        if frame is not None:
            usable = self._usable_frame() is not None
            marks.frame(painter, frame.outline(view), dashed=not usable and not self.editor.boards.selected())
            if usable and self._doing in (Doing.NOTHING, Doing.PRESSED):
                self._paint_handles(painter, frame)
        for line in self._met:
            marks.guide(painter, view, line)
        if self._doing is Doing.MOVING and self.editor.shown is not None:
            self._paint_distances(painter)
        if self._text:
            marks.label(painter, self._at + QPointF(16, 20), self._text)

    def _paint_handles(self, painter: QPainter, frame: Frame) -> None:
        view = self.canvas.view
        top, turn = frame.spot(Handle.TOP, view), frame.spot(Handle.TURN, view)
        marks.stem(painter, top, turn)
        marks.handle(painter, turn, round_=True)
        small = min(view.length(side) for side in frame.size) < 3 * marks.GRIP
        for handle in frame.handles():
            if handle.corner or not small:
                marks.handle(painter, frame.spot(handle, view))

    def _paint_hovered(self, painter: QPainter, layer_id: str) -> None:
        document = self.editor.shown
        layer = next((one for one in walk(document.layers) if one.id == layer_id), None) if document else None
        if layer is None:
            return
        frame = Frame.of_layer(layer, self.editor.size_of)
        if frame is None:
            box = self.editor.bounds([layer_id])
            frame = Frame.of_box(box) if box is not None else None
        if frame is not None:
            marks.frame(painter, frame.outline(self.canvas.view), width=1)

    def _paint_distances(self, painter: QPainter) -> None:
        """Show how far the box is from what is next to it on each side; gaps that are equal now stand out."""
        document, box = self.editor.shown, self.editor.bounds(self._ids)
        if document is None or box is None:
            return
        view = self.canvas.view
        for span in neighbours(box, self._targets.within, self._targets.boxes):
            marks.measure(painter, view, *ends(span))
        for span in self._gaps:
            marks.measure(painter, view, *ends(span), equal=True)

    def _paint_marquee(self, painter: QPainter) -> None:
        box = QRectF(self._start.at, self._at).normalized()
        fill = QColor(marks.accent())
        fill.setAlpha(40)
        painter.setPen(QPen(marks.accent(), 1))
        painter.setBrush(fill)
        painter.drawRect(box)

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return
        found = layers_at(document, pointer.x, pointer.y, compositor.reader)
        if len(found) > 1:
            choose = menu.addMenu(self.tr("Choose layer here"))
            for layer_id in found:
                action = choose.addAction(document.layer(layer_id).name or self.tr("Unnamed layer"))
                action.triggered.connect(lambda _=False, i=layer_id: self.editor.select([i]))


_LABELS = {
    Doing.MOVING: QT_TRANSLATE_NOOP("history", "Move layer"),
    Doing.SCALING: QT_TRANSLATE_NOOP("history", "Scale layer"),
    Doing.TURNING: QT_TRANSLATE_NOOP("history", "Rotate layer"),
}


def ends(span: Span) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the document points that a distance goes from and to."""
    if span.axis == "x":
        return (span.low, span.across), (span.high, span.across)
    return (span.across, span.low), (span.across, span.high)


def _signed(value: float) -> str:
    text = f"{value:+.0f}"
    return "0" if text in ("+0", "-0") else text.replace("-", "−")

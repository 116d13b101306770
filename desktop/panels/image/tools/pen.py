"""Pen (P): click corners, drag curves, close on the first point; add and delete points of a path that is there.

A path is in the document from its second point on, and each point is one step that undo takes back.
"""

import dataclasses

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QMenu

from core.documents import image_edits, image_paths
from core.documents.image_paths import Spot
from core.documents.image_shapes import Contour, Knot
from desktop.panels.image import marks
from desktop.panels.image.snapping import Line, snap_point
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.drawn_path import ADD, CLOSE, DELETE, DrawnPath, Would
from desktop.panels.image.tools.path_marks import paint_path
from desktop.panels.image.tools.path_target import (
    Target,
    segment_under,
    spot,
    target_of,
    turned_to_45,
    widget_outline,
)
from desktop.panels.image.tools.points import PointsTool
from desktop.panels.image.tools.shape import REACH, START, snap_lines
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class PenTool(DrawnPath):
    id = "pen"
    icon = "pen-tool"
    key = "P"
    points: PointsTool
    """Works while Ctrl is down."""

    _start: Pointer | None = None
    _last: Pointer | None = None
    _broken_in: tuple[float, float] | None = None
    _held: Pointer | None = None
    _borrowed = False
    _hover: Pointer | None = None
    _met: tuple[Line, ...] = ()

    def title(self) -> str:
        return self.tr("Pen")

    def help(self) -> str:
        return self.tr(
            "Click for corners, drag for curves, click the first point to close; Enter or Esc ends an open path. "
            "Alt breaks handles, Shift keeps to 45°, Ctrl moves points."
        )

    # --- state ------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._start is not None or self._borrowed

    def activate(self) -> None:
        self.editor.committed.connect(self._on_committed)
        self.editor.selection_changed.connect(self._on_committed)

    def deactivate(self) -> None:
        self.finish()
        self.editor.committed.disconnect(self._on_committed)
        self.editor.selection_changed.disconnect(self._on_committed)
        self._hover = None

    def _on_committed(self) -> None:
        """Undo, or an edit elsewhere, may have taken the path away that is drawn on."""
        if not self._committing and self._path is not None and self._open() is None:
            self._path = None
        self.canvas.update()

    def finish(self) -> None:
        """End the path that is drawn."""
        if self._borrowed:
            self.points.cancel()
            self._borrowed = False
        if self._start is not None:
            self.editor.preview(None)
        super().finish()
        self._start = self._knot = self._held = None
        self._met = ()
        self.canvas.update()

    def cancel(self) -> bool:
        if self._borrowed:
            self._borrowed = False
            return self.points.cancel()
        if self._start is not None:
            self._start = self._knot = None
            self.editor.preview(None)
            self.canvas.update()
            return True
        if self.drawing:
            self.finish()
            return True
        return False

    def _words(self, what: Would) -> str:
        return {
            Would.CLOSE: self.tr("Close path"),
            Would.CORNER: self.tr("Corner"),
            Would.JOIN: self.tr("Join paths"),
            Would.CONTINUE: self.tr("Go on"),
            Would.INSERT: self.tr("Add point"),
            Would.DELETE: self.tr("Delete point"),
        }.get(what, "")

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._borrowed or (pointer is not None and pointer.ctrl and self._start is None):
            return self.points.cursor(pointer)
        return Qt.CursorShape.CrossCursor

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        self._hover = pointer
        if pointer.ctrl:
            self._borrowed = True
            self.points.press(_without_ctrl(pointer))
            return
        if self._locked():
            return
        self._what, self._spot = self._would(pointer)
        target = self.target()
        if self._what in (Would.INSERT, Would.DELETE):
            assert target is not None and self._spot is not None
            self._edit_there(target, self._what, self._spot, pointer)
            return
        self._start = self._last = pointer
        self._broken_in = self._held = None
        self._knot = self._placed(pointer)
        self._follow(pointer)

    def _locked(self) -> bool:
        document = self.editor.document
        if document is not None and self.target() is not None and self.drawing:
            locked = any(image_edits.is_locked(document, i) for i in self.editor.selection)
            if locked:
                self.editor.hint.emit(
                    self.tr("This layer is locked: unlock it in the layer list to change its points.")
                )
            return locked
        return False

    def _edit_there(self, target: Target, what: Would, at: Spot, pointer: Pointer) -> None:
        document = self.editor.require()
        if image_edits.is_locked(document, target.layer_id):
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list to change its points."))
            return
        if what is Would.DELETE:
            self._write(DELETE, target, image_paths.delete(target.contours, [at]))
            return
        near = segment_under(target.contours, pointer.at, self.canvas.view)
        if near is not None:
            contours, _ = image_paths.insert(target.contours, near.spot, near.t)
            self._write(QT_TRANSLATE_NOOP("history", "Add point"), target, contours)

    def _placed(self, pointer: Pointer) -> Knot:
        """Return the point that a press there places, without handles."""
        end, target = self._end(), self.target()
        if self._what in (Would.CLOSE, Would.JOIN, Would.CONTINUE, Would.CORNER):
            if self._spot is not None and target is not None:
                found = image_paths.knot_at(target.contours, self._spot)
                assert found is not None
                return found
            if end is not None:
                return end
        x, y = pointer.x, pointer.y
        if pointer.shift and end is not None:
            x, y = turned_to_45(end.x, end.y, x, y)
            self._met = ()
            return Knot(x, y)
        snapped = snap_point(x, y, snap_lines(self.editor), self.canvas.view.document_length(REACH))
        self._met = snapped.lines
        met = {line.axis for line in snapped.lines}
        return Knot(
            x + snapped.dx if "x" in met else float(round(x)), y + snapped.dy if "y" in met else float(round(y))
        )

    def drag(self, pointer: Pointer) -> None:
        self._hover = pointer
        if self._borrowed:
            self.points.drag(_without_ctrl(pointer))
            return
        start, knot = self._start, self._knot
        if start is None or knot is None:
            return
        if self._held is not None and self._what in (Would.START, Would.APPEND):
            dx, dy = pointer.x - self._held.x, pointer.y - self._held.y
            self._knot = knot = knot.moved(dx, dy)
            self._start = dataclasses.replace(start, x=start.x + dx, y=start.y + dy)
            self._held = pointer
        elif (pointer.at - start.at).manhattanLength() >= START:
            x, y = pointer.x, pointer.y
            if pointer.shift:
                x, y = turned_to_45(knot.x, knot.y, x, y)
            self._knot = self._pulled(knot, x - knot.x, y - knot.y, alone=pointer.alt)
        self._last = pointer
        self._follow(pointer)

    def _pulled(self, knot: Knot, dx: float, dy: float, *, alone: bool) -> Knot:
        """Return the point with its handle drawn out to the pointer; ``alone`` leaves the other one where it was."""
        if self._what is Would.CORNER:
            return knot._replace(out_x=dx, out_y=dy, smooth=False)
        if self._what in (Would.CLOSE, Would.JOIN):
            # The handle that arrives lies behind the pointer, as everywhere.
            if alone:
                return knot._replace(in_x=-dx, in_y=-dy, smooth=False)
            return image_paths.pulled(knot, dx, dy)
        if alone:
            if self._broken_in is None:
                self._broken_in = knot.in_x, knot.in_y
            return Knot(knot.x, knot.y, *self._broken_in, dx, dy, False)
        self._broken_in = None
        return image_paths.pulled(knot, dx, dy)

    def _follow(self, pointer: Pointer) -> None:
        """Show what the point being placed makes of the path."""
        document = self._shown()
        if document is not None:
            self.editor.preview(document)
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        if self._borrowed:
            self._borrowed = False
            self.points.release(_without_ctrl(pointer))
            return
        start, knot = self._start, self._knot
        if start is None or knot is None:
            return
        # A press that closes, and no drag: the first point keeps only the handle that leaves it, unless it is smooth.
        self._start = self._held = None
        self._met = ()
        self._place(knot, dragged=(pointer.at - start.at).manhattanLength() >= START)
        self._knot = None
        self.canvas.update()

    def _place(self, knot: Knot, *, dragged: bool) -> None:
        what, at = self._what, self._spot
        if what is Would.START:
            self.editor.preview(None)
            self._first = knot
            return
        if what is Would.CONTINUE:
            target = self.target()
            assert target is not None and at is not None
            front = at.knot == 0
            self._path = target.layer_id, at.contour, front
            return
        if what is Would.CORNER and not dragged:
            knot = knot._replace(out_x=0.0, out_y=0.0, smooth=False)
            self._knot = knot
        if self._first is not None:
            if what is Would.CORNER:
                self._first = knot
            else:
                self._begin_path(knot)
            return
        found = self._open()
        if found is None:
            return
        contours = self._joined(found[0], knot)
        if contours is not None:
            self._write(CLOSE if what is Would.CLOSE else ADD, found[0], contours)
        if what in (Would.CLOSE, Would.JOIN):
            self._path = None

    def double_click(self, pointer: Pointer) -> None:
        if self.drawing:
            self.finish()  # the first click of the two has placed its point
        else:
            self.press(pointer)

    def hover(self, pointer: Pointer) -> None:
        self._hover = pointer
        if pointer.ctrl:
            self.points.hover(pointer)
        else:
            what, self._spot = self._would(pointer)
            if what in (Would.START, Would.APPEND):
                self._what = what
                self._placed(pointer)
            else:
                self._met = ()
        self.canvas.update()

    def leave(self) -> None:
        self._hover = None
        self._met = ()
        self.canvas.update()

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and self._start is not None:
            if not event.isAutoRepeat():
                self._held = self._last
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.drawing:
            self.finish()
            return True
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.drawing and not self.busy:
            self._take_last()
            return True
        if event.key() == Qt.Key.Key_Control:
            self.canvas.update_cursor(self._hover)
        return False

    def key_release(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and self._held is not None:
            if not event.isAutoRepeat():
                self._held = None
            return True
        return False

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        view = self.canvas.view
        if self._borrowed:
            self.points.paint(painter)
            return
        shown = target_of(self.editor, self.editor.shown)
        if shown is not None and not (self._first is not None and not shown.on_mask):
            chosen: set[Spot] = set()
            if self._path is not None and self._path[0] == shown.layer_id and self._path[1] < len(shown.contours):
                _, index, front = self._path
                chosen = {Spot(index, 0 if front else len(shown.contours[index].knots) - 1)}
            paint_path(painter, shown, chosen, self)
        elif self._first is not None and self._knot is not None and self._what is Would.APPEND:
            contour = Contour(knots=(self._first, self._knot), closed=False)
            marks.curve(painter, widget_outline((contour,), view))
        self._paint_new(painter)
        for line in self._met:
            marks.guide(painter, view, line)
        if self._hover is not None and self._start is None and not self._hover.ctrl:
            words = self._words(self._would(self._hover)[0])
            if words:
                marks.label(painter, self._hover.at + QPointF(16, 20), words)

    def _paint_new(self, painter: QPainter) -> None:
        """Draw the point being placed, and the band to the pointer."""
        view = self.canvas.view
        for knot in (self._first, self._knot if self._what in (Would.START, Would.APPEND) else None):
            if knot is not None:
                at = spot(view, *knot.at)
                for dx, dy in ((knot.in_x, knot.in_y), (knot.out_x, knot.out_y)):
                    if dx or dy:
                        marks.arm(painter, at, spot(view, knot.x + dx, knot.y + dy))
                marks.knot(painter, at, chosen=True, smooth=knot.smooth)
        end, hover = self._end(), self._hover
        if end is None or hover is None or self._start is not None or hover.ctrl:
            return
        what, where = self._would(hover)
        to = self._placed(hover) if what is Would.APPEND else end
        target = self.target()
        if what in (Would.CLOSE, Would.JOIN) and where is not None and target is not None:
            to = target.contours[where.contour].knots[where.knot]
        band = QPainterPath(spot(view, *end.at))
        band.cubicTo(spot(view, *end.after), spot(view, *to.before), spot(view, *to.at))
        marks.curve(painter, band, dashed=True)

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        if self.drawing:
            menu.addAction(self.tr("End path"), self.finish)
            menu.addSeparator()


def _without_ctrl(pointer: Pointer) -> Pointer:
    return dataclasses.replace(pointer, keys=pointer.keys & ~Qt.KeyboardModifier.ControlModifier)

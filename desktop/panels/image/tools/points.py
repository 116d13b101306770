"""Direct selection (A): choose, move, bend, convert and delete the points of a shape's path or of a vector mask."""

import enum
import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.documents import image_edits, image_paths
from core.documents.image import ImageDocument, ShapeLayer
from core.documents.image_paths import Near, Side, Spot
from core.documents.image_shapes import Contours
from core.raster.hit import layers_at
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.snapping import Line, snap_point
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.chosen_points import ChosenPoints
from desktop.panels.image.tools.corner_handles import corner_at, paint_corners, radius_of, rounded_to
from desktop.panels.image.tools.path_marks import paint_path
from desktop.panels.image.tools.path_target import (
    Target,
    handle_under,
    is_path,
    knot_under,
    put,
    segment_under,
    target_of,
    turned_to_45,
    with_neighbours,
)
from desktop.panels.image.tools.shape import REACH, START, snap_lines
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class Doing(enum.Enum):
    """What the gesture under way does."""

    NOTHING = 0
    PRESSED = 1
    KNOTS = 2
    HANDLE = 3
    SEGMENT = 4
    PULLING = 5
    CORNER = 6
    MARQUEE = 7


class PointsTool(ChosenPoints):
    id = "points"
    icon = "mouse-pointer-2"
    key = "A"

    _doing = Doing.NOTHING
    _start: Pointer | None = None
    _at = QPointF()
    _base: Target | None = None
    _document: ImageDocument | None = None
    _knot: Spot | None = None
    _handle: tuple[Spot, Side] | None = None
    _near: Near | None = None
    _corner: int | None = None
    _unchoose: Spot | None = None
    _lines: list[Line]
    _met: tuple[Line, ...] = ()
    _text = ""
    _hovered: Near | None = None

    def title(self) -> str:
        return self.tr("Direct selection")

    def help(self) -> str:
        return self.tr(
            "Drag points, handles and curves. Shift chooses several, Alt breaks a handle or pulls new ones, "
            "double-click a point to make it smooth or a corner, a curve to add a point. Del deletes."
        )

    # --- what is held -----------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._doing is not Doing.NOTHING

    def _shape(self) -> ShapeLayer | None:
        layer = self.editor.layer
        return layer if isinstance(layer, ShapeLayer) and not self.editor.on_path else None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._doing in (Doing.CORNER, Doing.SEGMENT):
            return Qt.CursorShape.PointingHandCursor
        if self._doing in (Doing.KNOTS, Doing.HANDLE, Doing.PULLING):
            return Qt.CursorShape.SizeAllCursor
        target = self.target()
        if pointer is not None and target is not None:
            view = self.canvas.view
            shape = self._shape()
            if shape is not None and corner_at(shape, pointer.at, view) is not None:
                return Qt.CursorShape.PointingHandCursor
            shown = with_neighbours(target.contours, self.chosen)
            if handle_under(target.contours, shown, pointer.at, view) or knot_under(target.contours, pointer.at, view):
                return Qt.CursorShape.SizeAllCursor
            if segment_under(target.contours, pointer.at, view):
                return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.ArrowCursor

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        self._start, self._at, self._document = pointer, pointer.at, self.editor.document
        self._knot = self._handle = self._near = self._corner = self._unchoose = None
        self._met, self._text, self._hovered = (), "", None
        self._doing = Doing.PRESSED
        self._base = target_of(self.editor, self.editor.document)
        if self._base is not None and self._take_hold(self._base, pointer):
            if not self._editable():
                self._doing = Doing.NOTHING
            return
        under = None if self.editor.on_path else self._shape_under(pointer)
        if under is not None and (under,) != self.editor.selection:
            self.editor.select([under])
            self._base = target_of(self.editor, self.editor.document)
            if self._base is not None and self._take_hold(self._base, pointer):
                return
        self._doing = Doing.MARQUEE

    def _shape_under(self, pointer: Pointer) -> str | None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return None
        for layer_id in layers_at(document, pointer.x, pointer.y, compositor.reader):
            if isinstance(document.layer(layer_id), ShapeLayer) and not image_edits.is_locked(document, layer_id):
                return layer_id
        return None

    def _take_hold(self, target: Target, pointer: Pointer) -> bool:
        """Find out what is under the pointer; return whether there is something."""
        view, contours = self.canvas.view, target.contours
        shape = self._shape()
        if shape is not None and (corner := corner_at(shape, pointer.at, view)) is not None:
            self._corner = corner
            return True
        chosen = self.chosen
        if (handle := handle_under(contours, with_neighbours(contours, chosen), pointer.at, view)) is not None:
            self._handle = handle
            return True
        if (knot := knot_under(contours, pointer.at, view)) is not None:
            self._knot = knot
            if pointer.shift:
                if knot in chosen:
                    self._unchoose = knot
                else:
                    self.choose(chosen | {knot})
            elif knot not in chosen:
                self.choose({knot})
            return True
        if (near := segment_under(contours, pointer.at, view)) is not None:
            self._near = near
            return True
        return False

    def _begin(self) -> None:
        self._lines = snap_lines(self.editor, frozenset(self.editor.selection))
        assert self._start is not None
        if self._corner is not None:
            self._doing = Doing.CORNER
        elif self._handle is not None:
            self._doing = Doing.HANDLE
        elif self._knot is not None:
            self._doing = Doing.PULLING if self._start.alt else Doing.KNOTS
            self._unchoose = None
        elif self._near is not None:
            self._doing = Doing.SEGMENT
        else:
            self._doing = Doing.MARQUEE

    def drag(self, pointer: Pointer) -> None:
        self._at = pointer.at
        start, base, document = self._start, self._base, self._document
        if start is None or self._doing is Doing.NOTHING:
            return
        if self._doing is Doing.PRESSED:
            if (pointer.at - start.at).manhattanLength() < START:
                return
            self._begin()
        if base is not None and document is not None and self._doing not in (Doing.MARQUEE, Doing.NOTHING):
            try:
                self.editor.preview(self._changed(document, base, start, pointer))
            except AtelierError as error:
                self.cancel()
                self.editor.session.report(error)
        self.canvas.update()

    def _changed(self, document: ImageDocument, base: Target, start: Pointer, pointer: Pointer) -> ImageDocument:
        contours = base.contours
        dx, dy = pointer.x - start.x, pointer.y - start.y
        match self._doing:
            case Doing.CORNER:
                layer = document.layer(base.layer_id)
                assert isinstance(layer, ShapeLayer) and self._corner is not None
                new = rounded_to(layer, self._corner, pointer.x, pointer.y, alone=pointer.alt)
                self._text = self.tr("Radius {radius} px").format(radius=f"{radius_of(new, self._corner):.0f}")
                return document.replace_layer(layer.id, lambda _: new)
            case Doing.KNOTS:
                assert self._knot is not None
                dx, dy = self._offset(contours, self._knot, dx, dy, pointer)
                return put(document, base, image_paths.move(contours, self.chosen, dx, dy))
            case Doing.SEGMENT:
                assert self._near is not None
                if pointer.shift:
                    dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
                return put(document, base, image_paths.bend(contours, self._near.spot, self._near.t, dx, dy))
            case Doing.PULLING:
                assert self._knot is not None
                return put(
                    document,
                    base,
                    image_paths.change(contours, [self._knot], lambda knot: image_paths.pulled(knot, dx, dy)),
                )
        assert self._handle is not None
        one, side = self._handle
        knot = image_paths.knot_at(contours, one)
        assert knot is not None
        held = knot.after if side == "out" else knot.before
        x, y = held[0] + dx, held[1] + dy
        if pointer.shift:
            x, y = turned_to_45(*knot.at, x, y)
        self._text = self._polar(x - knot.x, y - knot.y)
        return put(document, base, image_paths.set_handle(contours, one, side, x, y, alone=pointer.alt))

    def _polar(self, dx: float, dy: float) -> str:
        angle = f"{-math.degrees(math.atan2(dy, dx)) + 0.0:.0f}".replace("-", "−")
        return self.tr("{length} px  {angle}°").format(length=f"{math.hypot(dx, dy):.0f}", angle=angle)

    def _offset(self, contours: Contours, held: Spot, dx: float, dy: float, pointer: Pointer) -> tuple[float, float]:
        """Return by how much to move so that the held point snaps, or comes onto whole pixels."""
        knot = image_paths.knot_at(contours, held)
        assert knot is not None
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        x, y = knot.x + dx, knot.y + dy
        self._met = ()
        if not pointer.ctrl:
            axes = "xy" if not pointer.shift else ("x" if dy == 0 else "y")
            snapped = snap_point(x, y, self._lines, self.canvas.view.document_length(REACH), axes)
            self._met = snapped.lines
            met = {line.axis for line in snapped.lines}
            x = x + snapped.dx if "x" in met else (float(round(x)) if dx else x)
            y = y + snapped.dy if "y" in met else (float(round(y)) if dy else y)
        self._text = self.tr("{x}, {y} px").format(x=f"{x:.0f}", y=f"{y:.0f}")
        return x - knot.x, y - knot.y

    def release(self, pointer: Pointer) -> None:
        doing, self._doing = self._doing, Doing.NOTHING
        shown, start = self.editor.shown, self._start
        self._met, self._text, self._start = (), "", None
        if start is None:
            return
        if doing is Doing.MARQUEE:
            self._choose_in(start, pointer)
        elif doing is Doing.PRESSED:
            self._clicked(start)
        elif doing in _LABELS and shown is not None:
            self.editor.commit(_LABELS[doing], shown)
        self.canvas.update()

    def _clicked(self, pointer: Pointer) -> None:
        target = self.target()
        if target is None:
            return
        if self._knot is not None and pointer.alt:
            self._toggle_smooth(target, self._knot)
        elif self._unchoose is not None:
            self.choose(self.chosen - {self._unchoose})
        elif self._knot is not None and not pointer.shift:
            self.choose({self._knot})
        elif self._near is not None:
            first = self._near.spot
            last = Spot(first.contour, (first.knot + 1) % len(target.contours[first.contour].knots))
            self.choose(({first, last} | self.chosen) if pointer.shift else {first, last})

    def _choose_in(self, start: Pointer, pointer: Pointer) -> None:
        target = self.target()
        if target is None:
            if (pointer.at - start.at).manhattanLength() < START:
                self.editor.select([])
            return
        if (pointer.at - start.at).manhattanLength() < START:
            if not pointer.shift:
                if not self._chosen and self._shape_under(pointer) != target.layer_id:
                    self.editor.select([])
                self.choose(set())
            return
        left, right = sorted((start.x, pointer.x))
        top, bottom = sorted((start.y, pointer.y))
        found = {
            one
            for one in image_paths.every(target.contours)
            if left <= target.contours[one.contour].knots[one.knot].x <= right
            and top <= target.contours[one.contour].knots[one.knot].y <= bottom
        }
        self.choose(found | self.chosen if pointer.shift else found)

    def double_click(self, pointer: Pointer) -> None:
        target = target_of(self.editor, self.editor.document)
        if target is None or not self._editable():
            return
        view = self.canvas.view
        if (knot := knot_under(target.contours, pointer.at, view)) is not None:
            self._toggle_smooth(target, knot)
        elif (near := segment_under(target.contours, pointer.at, view)) is not None:
            contours, added = image_paths.insert(target.contours, near.spot, near.t)
            self._commit(QT_TRANSLATE_NOOP("history", "Add point"), target, contours)
            self.choose({added})

    def _toggle_smooth(self, target: Target, one: Spot) -> None:
        knot = image_paths.knot_at(target.contours, one)
        if knot is not None and self._editable():
            corner = not (knot.in_x or knot.in_y or knot.out_x or knot.out_y)
            self._commit(
                QT_TRANSLATE_NOOP("history", "Convert point"),
                target,
                image_paths.convert(target.contours, [one], smooth=corner),
            )

    def hover(self, pointer: Pointer) -> None:
        target = self.target()
        near = None if target is None else segment_under(target.contours, pointer.at, self.canvas.view)
        if near != self._hovered:
            self._hovered = near
            self.canvas.update()

    def leave(self) -> None:
        self._hovered = None
        self.canvas.update()

    def cancel(self) -> bool:
        if self._doing is not Doing.NOTHING:
            self._doing, self._met, self._text, self._start = Doing.NOTHING, (), "", None
            self.editor.preview(None)
            self.canvas.update()
            return True
        if self.chosen:
            self.choose(set())
            return True
        return False

    def deactivate(self) -> None:
        if self.busy:
            self.cancel()
        self._hovered = None

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        view, target = self.canvas.view, self.target()
        if target is not None:
            paint_path(painter, target, self.chosen, self)
            shape = self._shape()
            if shape is not None and not is_path(target) and self._doing in (Doing.NOTHING, Doing.CORNER):
                paint_corners(painter, shape, view)
        for line in self._met:
            marks.guide(painter, view, line)
        if self._doing is Doing.MARQUEE and self._start is not None:
            fill = QColor(marks.accent())
            fill.setAlpha(40)
            painter.setPen(QPen(marks.accent(), 1))
            painter.setBrush(fill)
            painter.drawRect(QRectF(self._start.at, self._at).normalized())
        if self._text:
            marks.label(painter, self._at + QPointF(16, 20), self._text)


_LABELS = {
    Doing.KNOTS: QT_TRANSLATE_NOOP("history", "Move points"),
    Doing.HANDLE: QT_TRANSLATE_NOOP("history", "Move handle"),
    Doing.SEGMENT: QT_TRANSLATE_NOOP("history", "Bend path"),
    Doing.PULLING: QT_TRANSLATE_NOOP("history", "Convert point"),
    Doing.CORNER: QT_TRANSLATE_NOOP("history", "Round corners"),
}

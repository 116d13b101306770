"""Artboard (Shift+V): draw artboards, choose, move and resize them, and copy one to any of its sides."""

import enum
import math

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from core.documents import artboard_edits, image_edits, image_place
from core.documents.image import MAX_SIDE, Artboard, GroupLayer, ImageDocument
from core.documents.image_frame import Framing
from core.documents.image_place import Box
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.boards import board_rect
from desktop.panels.image.framing import resized
from desktop.panels.image.snapping import Line, Targets, snap_box, snap_point
from desktop.panels.image.tools.base import Pointer, Tool, arrow_step
from desktop.panels.image.tools.handles import Frame, Handle
from desktop.panels.image.words import QT_TRANSLATE_NOOP

START = 4.0
"""Logical pixels the pointer must travel before a press becomes a drag."""
REACH = 6.0
"""Logical pixels within which things snap."""
PLUS = 9.0
"""Radius of the buttons that copy an artboard to its side, and PLUS_AWAY how far they stand off; logical pixels."""
PLUS_AWAY = 24.0
SIDES: tuple[tuple[int, int], ...] = ((1, 0), (-1, 0), (0, 1), (0, -1))
WHITE = "#ffffff"
MOVED = QT_TRANSLATE_NOOP("history", "Move artboard")
RESIZED = QT_TRANSLATE_NOOP("history", "Resize artboard")
ADDED = QT_TRANSLATE_NOOP("history", "Add artboard")
COPIED = QT_TRANSLATE_NOOP("history", "Duplicate artboard")


class Doing(enum.Enum):
    """What the gesture under way does."""

    NOTHING = 0
    PRESSED = 1
    DRAWING = 2
    MOVING = 3
    RESIZING = 4


class ArtboardTool(Tool):
    id = "artboard"
    icon = "frame"
    key = "V"

    dialog_asked = Signal()
    """Formats to choose from are wanted."""

    _doing = Doing.NOTHING
    _start = Pointer(0, 0, QPointF())
    _at = QPointF()
    _base: ImageDocument | None = None
    _handle: Handle | None = None
    _plus: tuple[int, int] | None = None
    _on_board = False
    _board: Artboard | None = None
    """The rectangle that is drawn or changed, as it would be."""
    _targets = Targets()
    _met: tuple[Line, ...] = ()
    _copied: str | None = None

    def title(self) -> str:
        return self.tr("Artboard")

    def help(self) -> str:
        return self.tr(
            "Drag on free canvas to make an artboard. Drag one to move it, its handles to resize it; Alt drags a copy."
        )

    @property
    def busy(self) -> bool:
        return self._doing is not Doing.NOTHING

    # --- what is held -----------------------------------------------------------------------------------------------

    def selected(self) -> GroupLayer | None:
        """Return the one selected artboard that may be changed, as it is shown."""
        boards, document = self.editor.boards.selected(), self.editor.document
        if len(boards) != 1 or document is None or not artboard_edits.boards(document):
            return None
        present = any(group.id == boards[0].id for group in artboard_edits.boards(document))
        return boards[0] if present and not image_edits.is_locked(document, boards[0].id) else None

    def _frame(self) -> Frame | None:
        group = self.selected()
        if group is None or group.artboard is None:
            return None
        return _upright(artboard_edits.box_of(group.artboard))

    def _handle_at(self, at: QPointF) -> Handle | None:
        frame = self._frame()
        handle = frame.handle_at(at, self.canvas.view) if frame is not None else None
        return None if handle is Handle.TURN else handle

    def plus_spots(self) -> dict[tuple[int, int], QPointF]:
        """Return where the buttons stand that copy the selected artboard, by the side they are for."""
        group = self.selected()
        if group is None or group.artboard is None:
            return {}
        rect = board_rect(self.canvas, artboard_edits.box_of(group.artboard))
        if min(rect.width(), rect.height()) < 2 * PLUS:
            return {}
        middle = rect.center()
        across, down = rect.width() / 2 + PLUS_AWAY, rect.height() / 2 + PLUS_AWAY + (PLUS if self._named(group) else 0)
        return {(dx, dy): QPointF(middle.x() + dx * across, middle.y() + dy * down) for dx, dy in SIDES}

    def _named(self, group: GroupLayer) -> bool:
        document = self.editor.shown
        return document is not None and any(
            one.id == group.id for one, _, _ in self.editor.boards.name_boxes(self.canvas, document)
        )

    def _plus_at(self, at: QPointF) -> tuple[int, int] | None:
        for side, spot in self.plus_spots().items():
            if math.hypot(spot.x() - at.x(), spot.y() - at.y()) <= PLUS + 2:
                return side
        return None

    def _board_under(self, pointer: Pointer) -> str | None:
        document = self.editor.document
        if document is None:
            return None
        named = self.editor.boards.name_at(self.canvas, pointer.at)
        if named is not None:
            return named
        group = artboard_edits.board_at(document, pointer.x, pointer.y)
        return None if group is None or image_edits.is_locked(document, group.id) else group.id

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if self._doing is Doing.MOVING:
            return Qt.CursorShape.SizeAllCursor
        if pointer is None:
            return Qt.CursorShape.CrossCursor
        frame = self._frame()
        handle = self._handle if self._doing is Doing.RESIZING else self._handle_at(pointer.at)
        if frame is not None and handle is not None:
            return frame.cursor(handle)
        if self._doing is Doing.NOTHING and self._plus_at(pointer.at) is not None:
            return Qt.CursorShape.PointingHandCursor
        if self._doing is not Doing.DRAWING and self._board_under(pointer) is not None:
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.CrossCursor

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        self._rest()
        self._base = self.editor.document
        if self._base is None:
            return
        self._doing, self._start, self._at = Doing.PRESSED, pointer, pointer.at
        self._handle = self._handle_at(pointer.at)
        self._plus = None if self._handle is not None else self._plus_at(pointer.at)
        if self._handle is not None or self._plus is not None:
            return
        under = self._board_under(pointer)
        self._on_board = under is not None
        if under is None:
            self.editor.select([])
        elif pointer.shift:
            chosen = [i for i in self.editor.selection if i != under]
            self.editor.select(chosen if under in self.editor.selection else [*chosen, under])
        elif under not in self.editor.selection:
            self.editor.select([under])

    def drag(self, pointer: Pointer) -> None:
        self._at = pointer.at
        if self._doing is Doing.PRESSED:
            if (pointer.at - self._start.at).manhattanLength() < START or self._plus is not None:
                return
            self._begin(pointer)
        if self._doing is Doing.DRAWING:
            self._draw(pointer)
        elif self._doing is Doing.MOVING:
            self._move(pointer)
        elif self._doing is Doing.RESIZING:
            self._resize(pointer)
        self.canvas.update()

    def _begin(self, pointer: Pointer) -> None:
        group = self.selected()
        if not self._on_board and self._handle is None:
            self._doing = Doing.DRAWING
            self._targets = self.editor.measuring.targets()
        elif group is not None and group.artboard is not None:
            self._targets = self.editor.measuring.targets([group.id])
            self._board = group.artboard
            self._doing = Doing.MOVING if self._handle is None else Doing.RESIZING
            if self._doing is Doing.MOVING and pointer.alt and self._base is not None:
                self._base, (self._copied,) = image_edits.duplicate(self._base, [group.id], self._copy_name)
        else:
            self._doing = Doing.NOTHING

    def _copy_name(self, name: str) -> str:
        return self.tr("{name} copy").format(name=name)

    def _snapped(self, x: float, y: float, pointer: Pointer, axes: str = "xy") -> tuple[float, float]:
        self._met = ()
        if not pointer.ctrl:
            reach = self.canvas.view.document_length(REACH)
            found = snap_point(x, y, self._targets.lines, reach, axes, grid=self._targets.grid)
            x, y, self._met = x + found.dx, y + found.dy, found.lines
        return x, y

    def _draw(self, pointer: Pointer) -> None:
        x0, y0 = self._snapped(self._start.x, self._start.y, pointer)
        x1, y1 = self._snapped(pointer.x, pointer.y, pointer)
        if pointer.shift:
            side = max(abs(x1 - x0), abs(y1 - y0))
            x1, y1 = x0 + math.copysign(side, x1 - x0), y0 + math.copysign(side, y1 - y0)
        self._board = _on_pixels(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), Artboard(width=1, height=1))

    def _move(self, pointer: Pointer) -> None:
        group = self.selected()
        if self._base is None or self._board is None or (group is None and self._copied is None):
            return
        dx, dy = pointer.x - self._start.x, pointer.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self._met = ()
        if not pointer.ctrl:
            reach = self.canvas.view.document_length(REACH)
            lines, boxes, grid, _ = self._targets
            axes = ("x" if dy == 0 else "y") if pointer.shift else "xy"
            box = artboard_edits.box_of(self._board)
            found = snap_box(box, dx, dy, lines, reach, boxes=boxes, grid=grid, axes=axes)
            dx, dy, self._met = found.dx, found.dy, found.lines
        moving = self._copied or (group.id if group is not None else "")
        self.editor.preview(image_place.move_by(self._base, [moving], round(dx), round(dy)))

    def _resize(self, pointer: Pointer) -> None:
        group, board, handle = self.selected(), self._board, self._handle
        if group is None or board is None or handle is None or self._base is None:
            return
        box = artboard_edits.box_of(board)
        frame = Framing(*box.centre, float(board.width), float(board.height))
        held = frame.at(*handle.value)
        axes = "".join(axis for axis, at in zip("xy", handle.value, strict=True) if at != 0.5)
        to = self._snapped(held[0] + pointer.x - self._start.x, held[1] + pointer.y - self._start.y, pointer, axes)
        ratio = board.width / board.height if pointer.shift else None
        new = resized(frame, handle, to, ratio, centred=pointer.alt)
        (left, top), _, (right, bottom), _ = new.corners
        changed = _on_pixels(left, top, right, bottom, board)
        fields = msgspec.structs.asdict(changed) | {"preset": ""}
        self.editor.preview(artboard_edits.change(self._base, group.id, **fields))

    def release(self, pointer: Pointer) -> None:
        doing, shown, board, plus, copied = self._doing, self.editor.shown, self._board, self._plus, self._copied
        self._rest()
        if plus is not None:
            if self._plus_at(pointer.at) == plus:
                self.copy_to(*plus)
        elif doing is Doing.DRAWING and board is not None:
            self.add(board)
        elif doing is Doing.MOVING and shown is not None:
            if self.editor.commit(COPIED if copied else MOVED, shown) and copied:
                self.editor.select([copied])
        elif doing is Doing.RESIZING and shown is not None:
            self.editor.commit(RESIZED, shown)
        self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        document = self.editor.document
        if document is not None and self._board_under(pointer) is None:
            self.dialog_asked.emit()

    def cancel(self) -> bool:
        if self._doing is Doing.NOTHING:
            return False
        self._rest()
        self.editor.preview(None)
        self.canvas.update()
        return True

    def deactivate(self) -> None:
        self.cancel()

    def _rest(self) -> None:
        self._doing, self._board, self._met, self._plus = Doing.NOTHING, None, (), None
        self._handle, self._copied, self._on_board = None, None, False

    def key_press(self, event: QKeyEvent) -> bool:
        step, document = arrow_step(event), self.editor.document
        ids = [group.id for group in self.editor.boards.selected()]
        if step is None or document is None or not ids or self.busy:
            return False
        movable = image_edits.movable(document, ids)
        if movable:
            moved = image_place.move_by(document, movable, step[0], step[1])
            self.editor.commit(MOVED, moved, merge="nudge:" + ",".join(movable))
        return True

    # --- what it makes ----------------------------------------------------------------------------------------------

    def add(self, board: Artboard) -> None:
        """Make an artboard, and select it."""
        document = self.editor.require()
        name = image_edits.fresh_name(document, self.tr("Artboard"))
        try:
            new, made = artboard_edits.make(document, msgspec.structs.replace(board, background=WHITE), name)
        except AtelierError as error:
            self.editor.session.report(error)
            return
        if self.editor.commit(ADDED, new):
            self.editor.select([made])

    def copy_to(self, dx: int, dy: int) -> None:
        """Copy the selected artboard to its side: ``dx`` and ``dy`` are -1, 0 or 1."""
        group, document = self.selected(), self.editor.document
        if group is None or group.artboard is None or document is None:
            return
        board = group.artboard
        x, y = artboard_edits.place_beside(document, group.id, dx, dy)
        new, (copy,) = image_edits.duplicate(document, [group.id], self._copy_name)
        new = image_place.move_by(new, [copy], x - board.x, y - board.y)
        if self.editor.commit(COPIED, new):
            self.editor.select([copy])

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        view = self.canvas.view
        if self._doing is Doing.DRAWING and self._board is not None:
            self._paint_drawn(painter, self._board)
        for group in self.editor.boards.selected():
            assert group.artboard is not None
            marks.frame(painter, _upright(artboard_edits.box_of(group.artboard)).outline(view))
        frame = self._frame()
        if frame is not None and self._doing in (Doing.NOTHING, Doing.PRESSED):
            small = min(view.length(side) for side in frame.size) < 3 * marks.GRIP
            for handle in frame.handles():
                if handle.corner or not small:
                    marks.handle(painter, frame.spot(handle, view))
            for spot in self.plus_spots().values():
                _paint_plus(painter, spot)
        for line in self._met:
            marks.guide(painter, view, line)
        text = self._text()
        if text:
            marks.label(painter, self._at + QPointF(16, 20), text)

    def _text(self) -> str:
        group = self.selected()
        board = self._board if self._doing is Doing.DRAWING or group is None else group.artboard
        if board is None or self._doing in (Doing.NOTHING, Doing.PRESSED):
            return ""
        if self._doing is Doing.MOVING:
            return self.tr("{x}, {y} px").format(x=board.x, y=board.y).replace("-", "−")
        return self.tr("{width} × {height} px").format(width=board.width, height=board.height)

    def _paint_drawn(self, painter: QPainter, board: Artboard) -> None:
        rect: QRectF = board_rect(self.canvas, artboard_edits.box_of(board))
        painter.setPen(QPen(marks.accent(), 1.25))
        painter.setBrush(QColor(255, 255, 255, 60))
        painter.drawRect(rect)


def _upright(box: Box) -> Frame:
    """Return an upright frame with all eight handles."""
    return Frame(Frame.of_box(box).points, True)


def _on_pixels(left: float, top: float, right: float, bottom: float, like: Artboard) -> Artboard:
    width, height = (min(MAX_SIDE, max(1, round(side))) for side in (right - left, bottom - top))
    return msgspec.structs.replace(like, x=round(left), y=round(top), width=width, height=height)


def _paint_plus(painter: QPainter, at: QPointF) -> None:
    painter.setPen(QPen(marks.SEAM, 3))
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(at, PLUS, PLUS)
    painter.setPen(QPen(marks.accent(), 1.5))
    painter.drawEllipse(at, PLUS, PLUS)
    arm = PLUS / 2
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
    painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))

"""Crop (C): a frame over the picture that becomes the canvas. Layers keep their pixels and can come back."""

import asyncio
import enum
import math

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QMenu

from core.documents import image_frame
from core.documents.image import ImageDocument
from core.documents.image_frame import Framing
from core.documents.image_place import Box
from core.raster import selecting
from core.raster.cutting import cut_to_canvas
from core.values import AtelierError
from desktop.panels.image import marks
from desktop.panels.image.framing import CropOptions, between, fitted, on_pixels, proportion, resized, tilt
from desktop.panels.image.snapping import Line, Targets, snap_box, snap_point
from desktop.panels.image.tools.base import Pointer, Tool, arrow_step
from desktop.panels.image.tools.handles import Frame, Handle
from desktop.panels.image.words import QT_TRANSLATE_NOOP

START = 4.0
"""Logical pixels the pointer must travel before a press becomes a drag."""
REACH = 6.0
DIM = QColor(0, 0, 0, 150)
GOLDEN = (math.sqrt(5) - 1) / 2


class Doing(enum.Enum):
    """What the gesture under way does."""

    NOTHING = 0
    PRESSED = 1
    DRAWING = 2
    MOVING = 3
    SIZING = 4
    TURNING = 5
    LEVELLING = 6


class CropTool(Tool):
    id = "crop"
    icon = "crop"
    key = "C"

    changed = Signal()
    """The frame or what the tool is set to is another now."""

    def title(self) -> str:
        return self.tr("Crop")

    def help(self) -> str:
        return self.tr(
            "Drag the frame, or outside of it to turn. Ctrl-drag along a horizon straightens. "
            "Enter crops, Esc takes the frame back."
        )

    frame: Framing | None = None
    """What is kept, in document pixels; it follows the canvas until it is touched."""
    touched = False
    levelling = False
    """The next drag draws a line that is to be level or upright."""

    _doing = Doing.NOTHING
    _start = Pointer(0, 0, QPointF())
    _at = Pointer(0, 0, QPointF())
    _base: Framing | None = None
    _was_touched = False
    _held: Framing | None = None
    """The frame as it was last drawn or typed: ratios are fitted into that, so that trying several loses nothing."""
    _handle: Handle | None = None
    _targets = Targets()
    _met: tuple[Line, ...] = ()
    _known: tuple[str, int, int] | None = None
    _options: CropOptions | None = None
    _baking = False
    _past: list[tuple[Framing | None, bool]]
    """The frame before each gesture, and whether it was touched then, so that Ctrl+Z takes back one of them."""

    # --- what it is set to ------------------------------------------------------------------------------------------

    @property
    def options(self) -> CropOptions:
        if self._options is None:
            stored = self.editor.session.settings.views.get("image.crop", {})
            try:
                self._options = msgspec.convert(stored, CropOptions)
            except msgspec.ValidationError:
                self._options = CropOptions()
        return self._options

    def adjust(self, **fields: object) -> None:
        """Set options; the frame takes another ratio within what it holds."""
        before = self.ratio
        self._options = msgspec.structs.replace(self.options, **fields)
        self.editor.session.settings.views["image.crop"] = msgspec.to_builtins(self._options)
        ratio, document = self.ratio, self.editor.document
        if ratio is not None and ratio != before and document is not None and self.frame is not None:
            if self.touched:
                self.frame = on_pixels(fitted(self._held or self.frame, ratio))
            else:
                self.frame = on_pixels(image_frame.inscribed(document, self.frame.degrees, ratio))
                self.touched = True
        self._show()

    @property
    def ratio(self) -> float | None:
        """Width over height that the frame keeps, None when it is free."""
        document = self.editor.document
        return None if document is None else proportion(self.options, (document.width, document.height))

    def swap(self) -> None:
        """Lay the frame on its side, with the format it keeps."""
        options = self.options
        if self.frame is not None:
            self._take(on_pixels(self.frame._replace(width=self.frame.height, height=self.frame.width)))
        if options.ratio == "size":
            self._options = msgspec.structs.replace(options, across=options.down, down=options.across)
        else:
            self._options = msgspec.structs.replace(options, swapped=not options.swapped)
        self.editor.session.settings.views["image.crop"] = msgspec.to_builtins(self._options)
        self._show()

    def set_size(self, width: float | None, height: float | None) -> None:
        """Give the frame that many pixels about its centre, or the picture when it is cropped to a size."""
        options, frame = self.options, self.frame
        if options.ratio == "size":
            self.adjust(across=round(width or options.across), down=round(height or options.down))
            return
        if frame is None:
            return
        ratio = self.ratio
        if width is not None:
            frame = frame._replace(width=width, height=width / ratio if ratio else frame.height)
        if height is not None:
            frame = frame._replace(height=height, width=height * ratio if ratio else frame.width)
        self._take(on_pixels(frame))

    def set_degrees(self, degrees: float) -> None:
        """Turn the frame; the picture leans the other way when it is cropped."""
        if self.frame is not None:
            self._take(self._leaning(self.frame, round(degrees, 2)))

    def _leaning(self, frame: Framing, degrees: float) -> Framing:
        """Return the frame at another angle; one that is as large as the canvas lets it be stays inside of it."""
        document = self.editor.require()
        if self.touched and not _follows_canvas(frame, document, self.ratio):
            return frame._replace(degrees=degrees)
        return on_pixels(image_frame.inscribed(document, degrees, self.ratio or document.width / document.height))

    def set_levelling(self, on: bool) -> None:
        """Whether the next drag draws along a horizon."""
        self.levelling = on
        self._show()

    def size(self) -> tuple[int, int]:
        """Return how many pixels the cropped picture has."""
        if self.options.ratio == "size":
            return self.options.across, self.options.down
        frame = self.frame
        return (0, 0) if frame is None else (max(1, round(frame.width)), max(1, round(frame.height)))

    # --- the frame --------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        self.editor.committed.connect(self._follow)
        self.reset(from_selection=True)

    def deactivate(self) -> None:
        self.editor.committed.disconnect(self._follow)
        if self.touched and not self._baking:
            said = self.tr("The picture was not cropped: Enter crops while the frame is shown.")
            # The next tool says what it does first.
            QTimer.singleShot(0, self, lambda: self.editor.hint.emit(said))
        self._doing, self.frame, self.touched, self.levelling = Doing.NOTHING, None, False, False
        self.changed.emit()

    def _follow(self) -> None:
        """Another document, or another size: the frame begins anew."""
        if self._identity() != self._known:
            self.reset()

    def _identity(self) -> tuple[str, int, int] | None:
        document = self.editor.document
        return None if document is None else (document.id, document.width, document.height)

    def reset(self, *, from_selection: bool = False) -> None:
        """Put the frame around the canvas, or around what is chosen."""
        document = self.editor.document
        self._known, self._doing, self.touched, self._met = self._identity(), Doing.NOTHING, False, ()
        self.frame = None if document is None else image_frame.whole(document)
        self._held = box = None
        self._past = []
        if document is not None and from_selection:
            try:
                coverage = self.editor.pixels.coverage()
            except AtelierError:
                coverage = None  # it is said where the selection is painted
            box = None if coverage is None else selecting.bounding(coverage)
        ratio = self.ratio
        if box is not None:
            left, top, right, bottom = box
            self.frame = Framing((left + right) / 2, (top + bottom) / 2, float(right - left), float(bottom - top))
            self.touched, self._held = True, self.frame
        elif document is not None and ratio is not None and self.options.ratio != "original":
            self.frame = on_pixels(image_frame.inscribed(document, 0.0, ratio))
        self._show()

    def _take(self, frame: Framing) -> None:
        self.frame, self._held, self.touched = frame, frame, True
        self._show()

    def _show(self) -> None:
        self.changed.emit()
        self.canvas.update()

    def apply(self) -> None:
        """Crop, as one step."""
        document, frame = self.editor.document, self.frame
        if document is None or frame is None or self._baking:
            return
        size = self.size() if self.options.ratio == "size" else None
        try:
            new = image_frame.reframe(document, frame, self.editor.size_of, size)
        except AtelierError as error:
            self.editor.session.report(error)
            return
        if self.options.discard:
            self._baking = True
            self.editor.session.spawn(self._discard(document, new))
        else:
            self._commit(new)

    async def _discard(self, document: ImageDocument, new: ImageDocument) -> None:
        """Cut the layers on a worker thread: pixels are read and written."""
        compositor, project = self.editor.compositor, self.editor.session.require()
        assert compositor is not None
        try:
            new = await asyncio.to_thread(cut_to_canvas, new, compositor, project)
        finally:
            self._baking = False
        if self.editor.document is not document:
            raise AtelierError(self.tr("The picture was changed while it was cropped, so it was left as it is."))
        self._commit(new)

    def _commit(self, document: ImageDocument) -> None:
        view = self.canvas.view
        was_fitted = view.fitted
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Crop"), document):
            if was_fitted is not was_fitted.NOT:
                self.canvas.fit(enlarge=was_fitted is was_fitted.FILLED)
            else:
                view.centre()
                self.canvas.set_zoom(view.zoom)
        if self.canvas.tool is self:
            self.reset()

    # --- the pointer ------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._doing is not Doing.NOTHING

    def _grips(self) -> Frame | None:
        return None if self.frame is None else Frame(self.frame.corners, True)

    def _handle_at(self, pointer: Pointer) -> Handle | None:
        grips = self._grips()
        found = grips.handle_at(pointer.at, self.canvas.view) if grips is not None else None
        return None if found is Handle.TURN else found

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        grips, frame = self._grips(), self.frame
        if pointer is None or grips is None or frame is None:
            return Qt.CursorShape.CrossCursor
        if self._doing is Doing.SIZING and self._handle is not None:
            return grips.cursor(self._handle)
        if self._doing is Doing.MOVING:
            return Qt.CursorShape.SizeAllCursor
        if self.levelling or self._doing in (Doing.LEVELLING, Doing.DRAWING, Doing.TURNING):
            return Qt.CursorShape.CrossCursor
        handle = self._handle_at(pointer)
        if handle is not None:
            return grips.cursor(handle)
        inside = frame.contains(pointer.x, pointer.y)
        return Qt.CursorShape.SizeAllCursor if inside and self.touched else Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        if self.frame is None:
            return
        self._doing, self._start, self._at, self._base = Doing.PRESSED, pointer, pointer, self.frame
        self._was_touched = self.touched
        self._handle = None if self.levelling else self._handle_at(pointer)
        self._targets = self.editor.measuring.targets()

    def drag(self, pointer: Pointer) -> None:
        self._at = pointer
        base = self._base
        if self._doing is Doing.PRESSED and base is not None:
            if (pointer.at - self._start.at).manhattanLength() < START:
                return
            inside = base.contains(self._start.x, self._start.y)
            if self._handle is not None:
                self._doing = Doing.SIZING
            elif self.levelling or self._start.ctrl:
                self._doing = Doing.LEVELLING
            elif inside:
                self._doing = Doing.MOVING if self.touched else Doing.DRAWING
            else:
                self._doing = Doing.TURNING
        if base is None or self._doing in (Doing.NOTHING, Doing.PRESSED):
            return
        if self._doing is Doing.SIZING:
            self._size(base, pointer)
        elif self._doing is Doing.DRAWING:
            self._draw(pointer)
        elif self._doing is Doing.MOVING:
            self._move(base, pointer)
        elif self._doing is Doing.TURNING:
            self._turn(base, pointer)
        self._show()

    def _snapped(self, pointer: Pointer, axes: str = "xy") -> tuple[float, float]:
        """Return the pointer's place, snapped unless Ctrl is held or the frame is turned."""
        self._met = ()
        frame = self._base
        if frame is None or frame.degrees or pointer.ctrl:
            return pointer.x, pointer.y
        reach = self.canvas.view.document_length(REACH)
        found = snap_point(pointer.x, pointer.y, self._targets.lines, reach, axes, grid=self._targets.grid)
        self._met = found.lines
        return pointer.x + found.dx, pointer.y + found.dy

    def _kept_ratio(self, base: Framing, pointer: Pointer) -> float | None:
        return self.ratio or (base.width / base.height if pointer.shift else None)

    def _size(self, base: Framing, pointer: Pointer) -> None:
        assert self._handle is not None
        fx, fy = self._handle.value
        to = self._snapped(pointer, "y" if fx == 0.5 else "x" if fy == 0.5 else "xy")
        ratio = self._kept_ratio(base, pointer)
        self.frame = on_pixels(resized(base, self._handle, to, ratio, centred=pointer.alt))
        self.touched = True

    def _draw(self, pointer: Pointer) -> None:
        ratio = self.ratio or (1.0 if pointer.shift else None)
        start = self._start.x, self._start.y
        self.frame = on_pixels(between(start, self._snapped(pointer), ratio, centred=pointer.alt))

    def _move(self, base: Framing, pointer: Pointer) -> None:
        dx, dy = pointer.x - self._start.x, pointer.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self._met = ()
        if not base.degrees and not pointer.ctrl:
            (left, top), _, (right, bottom), _ = base.corners
            reach = self.canvas.view.document_length(REACH)
            box = Box(left, top, right, bottom)
            found = snap_box(box, dx, dy, self._targets.lines, reach, grid=self._targets.grid)
            dx, dy, self._met = found.dx, found.dy, found.lines
        self.frame = on_pixels(base._replace(cx=base.cx + dx, cy=base.cy + dy))

    def _turn(self, base: Framing, pointer: Pointer) -> None:
        grips = Frame(base.corners, True)
        by = grips.turn((self._start.x, self._start.y), (pointer.x, pointer.y), steps=False)
        total = math.remainder(base.degrees + by, 360.0)
        self.frame = base._replace(degrees=round(total / 15) * 15.0 if pointer.shift else round(total, 2))
        self.touched = True

    def release(self, pointer: Pointer) -> None:
        doing, self._doing, self._met = self._doing, Doing.NOTHING, ()
        if doing not in (Doing.NOTHING, Doing.PRESSED):
            self._past.append((self._base, self._was_touched))
        if doing is Doing.DRAWING:
            self.touched = True
        elif doing is Doing.LEVELLING:
            self._level(pointer)
        if doing not in (Doing.NOTHING, Doing.PRESSED):
            self._held = self.frame
        self._show()

    def _level(self, pointer: Pointer) -> None:
        self.levelling = False
        if self.frame is not None and self.editor.document is not None:
            lean = tilt((self._start.x, self._start.y), (pointer.x, pointer.y))
            self._take(self._leaning(self.frame, round(lean, 2)))

    def double_click(self, pointer: Pointer) -> None:
        if self.frame is not None and self.frame.contains(pointer.x, pointer.y) and not self.levelling:
            self.apply()
        else:
            self.press(pointer)

    # --- keys -------------------------------------------------------------------------------------------------------

    def wants(self, event: QKeyEvent) -> bool:
        undo = event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return undo and bool(self._past) and not self.busy

    def key_press(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.busy:
            self.apply()
            return True
        if self.wants(event):
            self.frame, self.touched = self._past.pop()
            self._held = self.frame
            self._show()
            return True
        step = arrow_step(event)
        if step is None or self.frame is None or self.busy:
            return False
        self._take(self.frame._replace(cx=self.frame.cx + step[0], cy=self.frame.cy + step[1]))
        return True

    def cancel(self) -> bool:
        if self._doing is not Doing.NOTHING:
            self._doing, self.frame, self._met = Doing.NOTHING, self._base, ()
        elif self.levelling:
            self.levelling = False
        elif self.touched:
            self.reset()
        else:
            return False
        self._show()
        return True

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        menu.addAction(self.tr("Crop"), self.apply)
        menu.addAction(self.tr("Take the frame back"), self.reset).setEnabled(self.touched)
        menu.addSeparator()

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        frame, view = self.frame, self.canvas.view
        if frame is None:
            return
        points = [QPointF(*view.to_widget(*corner)) for corner in frame.corners]
        outside = QPainterPath()
        outside.setFillRule(Qt.FillRule.OddEvenFill)
        outside.addRect(QRectF(self.canvas.rect()))
        outside.addPolygon(QPolygonF(points))
        outside.closeSubpath()
        painter.fillPath(outside, DIM)
        self._paint_overlay(painter, frame)
        marks.frame(painter, points)
        grips = Frame(frame.corners, True)
        small = min(view.length(side) for side in grips.size) < 3 * marks.GRIP
        for handle in grips.handles():
            if handle.corner or not small:
                marks.handle(painter, grips.spot(handle, view))
        for line in self._met:
            marks.guide(painter, view, line)
        if self._doing is Doing.LEVELLING:
            marks.stem(painter, self._start.at, self._at.at)
            lean = tilt((self._start.x, self._start.y), (self._at.x, self._at.y))
            marks.label(painter, self._at.at + QPointF(16, 20), f"{lean:.2f}°".replace("-", "−"))
        elif self._doing is Doing.TURNING:
            marks.label(painter, self._at.at + QPointF(16, 20), f"{frame.degrees:.2f}°".replace("-", "−"))
        elif self._doing in (Doing.SIZING, Doing.DRAWING, Doing.MOVING):
            width, height = round(frame.width), round(frame.height)
            marks.label(painter, self._at.at + QPointF(16, 20), f"{width} × {height} px")

    def _paint_overlay(self, painter: QPainter, frame: Framing) -> None:
        overlay = "grid" if self._doing is Doing.TURNING else self.options.overlay
        parts = {
            "thirds": (1 / 3, 2 / 3),
            "golden": (1 - GOLDEN, GOLDEN),
            "grid": tuple(step / 10 for step in range(1, 10)),
        }.get(overlay, ())
        view = self.canvas.view
        for pen in (QPen(QColor(0, 0, 0, 70), 2), QPen(QColor(255, 255, 255, 130), 1)):
            painter.setPen(pen)
            for part in parts:
                for start, end in (((part, 0), (part, 1)), ((0, part), (1, part))):
                    painter.drawLine(
                        QPointF(*view.to_widget(*frame.at(*start))), QPointF(*view.to_widget(*frame.at(*end)))
                    )


def _follows_canvas(frame: Framing, document: ImageDocument, ratio: float | None) -> bool:
    """Return whether the frame is as large as it can be at its angle: then another angle makes it so again."""
    width, height = document.width, document.height
    largest = image_frame.inscribed(document, frame.degrees, ratio or width / height)
    return math.dist(frame[:4], largest[:4]) < 2.0

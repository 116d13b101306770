"""What all tools that paint share: their tip, the stroke under way, its preview, and the one step it becomes."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QMenu

from core.raster.affine import Affine, apply, invert, stretch
from core.raster.brush import Brush, Stroke
from core.raster.manifest import replace_tiles
from core.raster.selecting import tile_coverage
from core.raster.stamping import Limit
from core.values import AtelierError
from desktop.panels.image.tiles import Dirty
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.target import Target
from desktop.panels.image.tools.tip import STRING, TipTool, tip_angle
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
FAST = 2500.0
"""Logical pixels a second that count as full speed."""


@dataclass
class Painting:
    """A stroke under way."""

    target: Target
    to_local: Affine
    stroke: Stroke
    x: float
    """Where the brush is, in document pixels: the pointer pulls it on a string."""
    y: float
    speed: float = 0.0


class PaintTool(TipTool):
    """Base of the tools that paint. ``options`` are what one tool has besides its tip."""

    label: ClassVar[str]
    """What the history calls a stroke."""
    mask_label: ClassVar[str] = QT_TRANSLATE_NOOP("history", "Paint on mask")
    previews_otherwise = False
    """A stroke becomes something else when it ends, so that also what it leaves alone must be composed again."""

    _painting: Painting | None = None
    _last: tuple[float, float] | None = None
    _before: Pointer | None = None

    # --- the pointer ------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._painting is not None

    def press(self, pointer: Pointer) -> None:
        if pointer.alt and self.alt_press(pointer):
            self._picking = True
            return
        self._before = None
        try:
            target = self.find_target()
            self._painting = None if target is None else self._start(target, pointer)
        except AtelierError as error:
            self.editor.session.report(error)
            self.editor.preview(None)
            return
        if self._painting is None:
            return
        if pointer.shift and self._last is not None:
            self._add(*self._last, pointer)
        self._add(pointer.x, pointer.y, pointer)

    def drag(self, pointer: Pointer) -> None:
        if self._picking:
            self.alt_drag(pointer)
        elif self._painting is not None:
            self._pull(pointer)
        self._show_cursor(pointer.at)

    def release(self, pointer: Pointer) -> None:
        self._picking = False
        painting = self._painting
        if painting is None:
            return
        if (painting.x, painting.y) != (pointer.x, pointer.y) and self.brush.smoothing:
            self._add(pointer.x, pointer.y, pointer)
        if self._painting is None:
            return
        self._painting = None
        self._last = pointer.x, pointer.y
        try:
            self._finish(painting)
        except AtelierError as error:
            self._drop(painting)
            self.editor.session.report(error)

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def alt_press(self, pointer: Pointer) -> bool:
        """The button went down with Alt held; return whether that means something else than painting."""
        return False

    def alt_drag(self, pointer: Pointer) -> None:
        """The pointer moves after such a press."""

    # --- the stroke -------------------------------------------------------------------------------------------------

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        """Return the stroke that a press at ``pointer`` begins; None after saying why there is none.

        ``brush`` is the tip in the pixels of what is painted on. Raises :class:`AtelierError`.
        """
        return Stroke(brush, target.pixels, self.editor.session.require(), target.mode, limit)

    def _start(self, target: Target, pointer: Pointer) -> Painting | None:
        matrix = target.matrix
        to_local, size = invert(matrix), stretch(matrix)
        if to_local is None or size <= 0:
            self.editor.hint.emit(self.tr("This layer is squashed flat: reset its size to paint on it."))
            return None
        brush = replace(
            self.brush,
            size=min(5000.0, max(1.0, self.brush.size / size)),
            angle=tip_angle(self.brush.angle, matrix),
            colour=self._paint_colour(target),
        )
        chosen = self.editor.pixels.coverage()
        limit = None if chosen is None else lambda key: tile_coverage(chosen, matrix, *key)
        stroke = self.make_stroke(target, brush, limit, pointer)
        if stroke is None:
            return None
        if target.made:
            self.editor.preview(target.document)
        return Painting(target, to_local, stroke, pointer.x, pointer.y)

    def _paint_colour(self, target: Target) -> str:
        colour = self.editor.colour
        if target.inverted:
            # White still shows and black still hides when the mask is read the other way round.
            return opposite("#000000" if self.mode == "erase" else colour)
        return colour

    def _pull(self, pointer: Pointer) -> None:
        """Let the pointer pull the brush on its string."""
        painting = self._painting
        assert painting is not None
        string = self.brush.smoothing * STRING / max(1e-6, self.canvas.view.length(1.0))
        dx, dy = pointer.x - painting.x, pointer.y - painting.y
        far = (dx * dx + dy * dy) ** 0.5
        if far > string:
            share = 1 - string / far
            self._add(painting.x + dx * share, painting.y + dy * share, pointer)
        elif string:
            self.canvas.update()

    def _speed(self, painting: Painting, pointer: Pointer) -> float:
        before, self._before = self._before, pointer
        if before is None or pointer.seconds <= before.seconds:
            return painting.speed
        delta = pointer.at - before.at
        now = min(1.0, (delta.x() ** 2 + delta.y() ** 2) ** 0.5 / (pointer.seconds - before.seconds) / FAST)
        painting.speed += (now - painting.speed) * 0.4
        return painting.speed

    def _add(self, x: float, y: float, pointer: Pointer) -> None:
        painting, compositor = self._painting, self.editor.compositor
        assert painting is not None and compositor is not None
        painting.x, painting.y = x, y
        speed = self._speed(painting, pointer)
        try:
            touched = painting.stroke.add(*apply(painting.to_local, x, y), pointer.pressure, pointer.tilt, speed)
        except AtelierError as error:
            self._painting = None
            self._drop(painting)
            self.editor.session.report(error)
            return
        if touched:
            self._show(painting)

    def _show(self, painting: Painting) -> None:
        """Show the stroke as it is now; only what its last step changed is composed."""
        compositor, target, stroke = self.editor.compositor, painting.target, painting.stroke
        assert compositor is not None
        tiles = {target.layer_id: stroke.tiles}
        if target.mask:
            self.canvas.tiles.mask_overrides = tiles
        else:
            self.canvas.tiles.overrides = tiles
        areas = compositor.document_areas(target.document, target.layer_id, stroke.boxes, mask=target.mask)
        self.canvas.refresh(Dirty(areas=areas), now=True)

    def _refresh(self, painting: Painting, touched: set[tuple[int, int]]) -> None:
        compositor, target = self.editor.compositor, painting.target
        if compositor is not None:
            cells = compositor.document_tiles(target.document, target.layer_id, touched, mask=target.mask)
            self.canvas.refresh(Dirty(cells), now=True)

    def _finish(self, painting: Painting) -> None:
        shown = set(painting.stroke.tiles)
        with waiting() if self.previews_otherwise else nullcontext():
            tiles = painting.stroke.finish()
        if not tiles:
            self._drop(painting)
            return
        project, target = self.editor.session.require(), painting.target
        document = target.with_pixels(replace_tiles(target.pixels, tiles, project, project))
        if not self.previews_otherwise:
            self._show(painting)
            self.canvas.expect(target.document, document)
        if self.editor.commit(self.mask_label if target.mask else self.label, document):
            self._clear_overrides()
            if self.previews_otherwise:
                self._refresh(painting, shown)
            if target.made:
                self.editor.select([target.layer_id])
        else:
            self._drop(painting)

    def _drop(self, painting: Painting) -> None:
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
        super().deactivate()

    def brush_place(self) -> tuple[float, float] | None:
        painting = self._painting
        return None if painting is None or not self.brush.smoothing else (painting.x, painting.y)

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        sizes = menu.addMenu(self.tr("Brush size"))
        for size in (5, 10, 20, 40, 80, 160, 320):
            action = sizes.addAction(self.tr("{size} px").format(size=size))
            action.triggered.connect(lambda _=False, s=size: self.adjust(size=float(s)))


@contextmanager
def waiting() -> Iterator[None]:
    """Show the waiting pointer: a long stroke takes a moment to be made to fit."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def opposite(colour: str) -> str:
    """Return the colour whose red, green and blue are what is missing from white."""
    value = QColor(colour[:7])
    return QColor(255 - value.red(), 255 - value.green(), 255 - value.blue()).name()

"""What all tools that paint share: their tip, the stroke under way, its preview, and the one step it becomes."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu

from core.raster.affine import Affine, apply, invert, stretch
from core.raster.brush import Brush, Stroke
from core.raster.depths import Deep
from core.raster.manifest import replace_tiles
from core.raster.selecting import tile_coverage
from core.raster.stamping import Limit
from core.raster.tiles import TileKey
from core.values import AtelierError
from desktop.panels.image.tiles import Dirty
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.target import Target
from desktop.panels.image.tools.tip import STRING, TipTool, tip_angle
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
LONG = 200.0
"""Document pixels, beside two brushes, from which on a stroke is made to fit on a worker."""
WIDE = 320.0
"""Deep of a tip from which on even a click is."""
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
    length: float = 0.0
    """How far it has come, in document pixels."""
    touched: set[TileKey] = field(default_factory=set)
    dropped: bool = False


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
    _fitting: Painting | None = None
    """A long stroke that is over, and becomes on a worker what it is to be."""

    # --- the pointer ------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._painting is not None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.WaitCursor if self._fitting is not None else super().cursor(pointer)

    def press(self, pointer: Pointer) -> None:
        if pointer.alt and self.alt_press(pointer):
            self._picking = True
            return
        self._before = None
        if self._fitting is not None:
            return  # the one before is still being made to fit
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
        painting.length += math.hypot(x - painting.x, y - painting.y)
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
            painting.touched |= touched
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

    def _refresh(self, painting: Painting, touched: set[TileKey]) -> None:
        compositor, target = self.editor.compositor, painting.target
        if compositor is not None and self.editor.document is not None and self.editor.document.id == target.base.id:
            cells = compositor.document_tiles(target.document, target.layer_id, touched, mask=target.mask)
            self.canvas.refresh(Dirty(cells), now=True)

    def _finish(self, painting: Painting) -> None:
        long = painting.length > LONG + 2 * self.brush.size or painting.stroke.brush.size > WIDE
        if self.previews_otherwise and long:
            self._fitting = painting
            self.canvas.update_cursor()
            self.editor.session.spawn(self._fit(painting))
        else:
            self._keep(painting, painting.stroke.finish())

    async def _fit(self, painting: Painting) -> None:
        """Bring a long stroke to its end on a worker, while its preview stays."""
        try:
            tiles = await asyncio.to_thread(painting.stroke.finish)
            if not painting.dropped:
                self._keep(painting, tiles)
        except BaseException:
            self._drop(painting)
            raise
        finally:
            self._fitting = None
            self.canvas.update_cursor()

    def _keep(self, painting: Painting, tiles: Mapping[TileKey, Deep]) -> None:
        """Commit what a stroke has become."""
        if not tiles:
            self._drop(painting)
            return
        project, target = self.editor.session.require(), painting.target
        pixels = replace_tiles(target.pixels, tiles, project, project)
        if not self.previews_otherwise:
            self._show(painting)
        label = self.mask_label if target.mask else self.label
        if self.commit_pixels(label, target, pixels, as_shown=not self.previews_otherwise):
            self._clear_overrides()
            if self.previews_otherwise:
                self._refresh(painting, painting.touched)
        else:
            self._drop(painting)

    def _drop(self, painting: Painting) -> None:
        """Take the stroke back: what it touched looks as before."""
        painting.dropped = True
        self._clear_overrides()
        self._refresh(painting, painting.touched)
        self.editor.preview(None)

    def _clear_overrides(self) -> None:
        self.canvas.tiles.overrides = self.canvas.tiles.mask_overrides = {}

    def cancel(self) -> bool:
        painting, self._painting = self._painting or self._fitting, None
        if painting is None:
            return False
        self._drop(painting)
        return True

    def deactivate(self) -> None:
        if self._painting is not None:  # what is being made to fit comes to its end
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


def opposite(colour: str) -> str:
    """Return the colour whose red, green and blue are what is missing from white."""
    value = QColor(colour[:7])
    return QColor(255 - value.red(), 255 - value.green(), 255 - value.blue()).name()

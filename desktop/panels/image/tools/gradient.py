"""Gradient (G): drawn along a line, into the pixel layer or the mask that is selected."""

import asyncio
import math
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from core.documents.image import BlendMode, GroupLayer, ImageDocument, RasterLayer, Transform
from core.raster import gradients
from core.raster.affine import Affine, mask_placement
from core.raster.bounds import layer_matrix
from core.raster.brush import Coverage
from core.raster.depths import Deep
from core.raster.gradients import PRESETS, Gradient, Shape, Stop
from core.raster.manifest import TILE, level_size, read_manifest, read_tile, replace_tiles, solid_raster
from core.raster.selecting import resampled
from core.raster.tiles import TileKey
from core.values import AtelierError, new_id
from desktop.panels.image import marks
from desktop.panels.image.tiles import Dirty
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.painting import opposite
from desktop.panels.image.tools.target import Target, TargetTool
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
PREVIEW = 400
"""Side of the raster in which the gradient is shown while it is drawn."""
LEAST = 2.0
"""Logical pixels that must be drawn for a gradient; less is a slip of the hand."""
Colours = Literal["front-back", "front-clear", "preset"]


class GradientOptions(msgspec.Struct, frozen=True):
    """What the gradient tool is set to."""

    shape: Shape = "linear"
    colours: Colours = "front-back"
    preset: str = "dawn"
    reverse: bool = False
    opacity: Annotated[float, Meta(gt=0, le=1)] = 1.0
    dither: bool = True


@dataclass
class _Drawing:
    """A gradient under way, and the small raster that shows it."""

    target: Target
    start: tuple[float, float]
    end: tuple[float, float]
    shown: ImageDocument
    owner: str
    """The layer, or the mask's layer, that the small raster belongs to."""
    matrix: Affine
    under: Deep
    amount: Coverage
    at: tuple[QPointF, QPointF] = field(default_factory=lambda: (QPointF(), QPointF()))


class GradientTool(TargetTool):
    id = "gradient"
    icon = "blend"
    key = "G"
    options_type = GradientOptions
    _drawing: _Drawing | None = None
    _laying: asyncio.Event | None = None

    def title(self) -> str:
        return self.tr("Gradient")

    def help(self) -> str:
        return self.tr("Drag from where the gradient begins to where it ends; Shift keeps to steps of 45°.")

    @property
    def busy(self) -> bool:
        return self._drawing is not None

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def stops(self) -> tuple[Stop, ...]:
        """Return the stops as the options and the colours say."""
        front, options = self.editor.colour, self.options
        if options.colours == "front-back":
            stops: tuple[Stop, ...] = (0.0, front), (1.0, self.editor.other_colour)
        elif options.colours == "front-clear":
            stops = (0.0, f"{front}ff"), (1.0, f"{front}00")
        else:
            stops = PRESETS.get(options.preset, PRESETS["black-white"])
        return tuple((1 - place, colour) for place, colour in stops[::-1]) if options.reverse else stops

    def _gradient(self, drawing: _Drawing) -> Gradient:
        options, stops = self.options, self.stops()
        if drawing.target.inverted:
            stops = tuple((place, opposite(colour) + colour[7:]) for place, colour in stops)
        return Gradient(
            shape=options.shape,
            stops=stops,
            start=drawing.start,
            end=drawing.end,
            opacity=options.opacity,
            dither=options.dither,
        )

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        if self._laying is not None:
            return  # the one before is still being laid
        try:
            target = self.find_target()
            self._drawing = None if target is None else self._begin(target, pointer)
        except AtelierError as error:
            self.editor.session.report(error)

    def drag(self, pointer: Pointer) -> None:
        drawing = self._drawing
        if drawing is None:
            return
        x, y = pointer.x, pointer.y
        if pointer.shift:
            x, y = _in_steps(drawing.start, x, y)
        drawing.end = x, y
        drawing.at = drawing.at[0], QPointF(*self.canvas.view.to_widget(x, y))
        if self._far(drawing):
            self._show(drawing)
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        drawing = self._drawing
        if drawing is None:
            return
        self.drag(pointer)
        if not self._far(drawing):
            self.cancel()
            self.editor.hint.emit(self.tr("Drag a line: the gradient goes along it."))
            return
        self._laying = asyncio.Event()
        self.editor.session.spawn(self._lay(drawing, self._gradient(drawing), self._laying))

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def _far(self, drawing: _Drawing) -> bool:
        line = drawing.at[1] - drawing.at[0]
        return math.hypot(line.x(), line.y()) >= LEAST

    def key_press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() or not (Qt.Key.Key_0 <= key <= Qt.Key.Key_9):
            return False
        self.choose(opacity=((int(key) - int(Qt.Key.Key_0)) or 10) / 10)
        return True

    def cancel(self) -> bool:
        drawing, self._drawing = self._drawing, None
        if drawing is None:
            return False
        if self._laying is not None:
            self._laying.set()
        self._clear()
        return True

    def deactivate(self) -> None:
        if self._laying is None:  # what is being laid comes to its end
            self.cancel()

    # --- showing it -------------------------------------------------------------------------------------------------

    def _begin(self, target: Target, pointer: Pointer) -> _Drawing:
        """Put a small raster where the gradient goes: over the layer inside a group of both, or in the mask's place.

        It lies on the layer's own grid, so its edge, its turning and its mask are those of the layer.
        """
        project, layer = self.editor.session.require(), target.document.layer(target.layer_id)
        manifest = read_manifest(target.pixels, project)
        level = 0
        while max(level_size(manifest.width, manifest.height, level)) > PREVIEW:
            level += 1
        width, height = level_size(manifest.width, manifest.height, level)
        empty = solid_raster(width, height, (0, 0, 0, 0), project)
        under = np.zeros((height, width, 4), np.uint8)
        if target.mask:
            assert layer.mask is not None
            for row in range(-(-height // TILE)):
                for col in range(-(-width // TILE)):
                    part = under[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
                    part[...] = read_tile(manifest, col, row, project, level)[: part.shape[0], : part.shape[1]]
            transform = _fitted(layer.mask.transform, manifest.width, manifest.height, width, height)
            mask = replace(layer.mask, pixels=empty, width=width, height=height, transform=transform)
            shown = target.document.replace_layer(layer.id, lambda one: replace(one, mask=mask))
            owner, matrix = layer.id, mask_placement(mask)
        else:
            assert isinstance(layer, RasterLayer)
            plain = replace(layer, mask=None, opacity=1.0, blend=BlendMode.NORMAL, clipped=False, effects=())
            transform = _fitted(layer.transform, manifest.width, manifest.height, width, height)
            over = replace(plain, id=new_id(), pixels=empty, width=width, height=height, transform=transform)
            group = GroupLayer(
                id=new_id(),
                layers=(plain, over),
                opacity=layer.opacity,
                blend=layer.blend,
                clipped=layer.clipped,
                mask=layer.mask,
                effects=layer.effects,
            )
            shown = target.document.replace_layer(layer.id, lambda _: group)
            owner, matrix = over.id, layer_matrix(over)
        chosen = self.editor.pixels.coverage()
        amount = np.ones((height, width), np.float32)
        if chosen is not None:
            amount = resampled(chosen, matrix, (0, 0, width, height)) * np.float32(1 / 255)
        start = pointer.x, pointer.y
        return _Drawing(target, start, start, shown, owner, matrix, under, amount, (pointer.at, pointer.at))

    def _show(self, drawing: _Drawing) -> None:
        height, width = drawing.amount.shape
        gradient = replace(self._gradient(drawing), dither=False)
        box, mask = (0, 0, width, height), drawing.target.mask
        pixels = gradients.lay(gradient, drawing.matrix, box, drawing.under, drawing.amount, mask=mask)
        tiles: dict[TileKey, Deep] = {}
        for row in range(-(-height // TILE)):
            for col in range(-(-width // TILE)):
                tile = np.zeros((TILE, TILE, 4), np.uint8)
                part = pixels[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
                tile[: part.shape[0], : part.shape[1]] = part
                tile.flags.writeable = False
                tiles[col, row] = tile
        store = self.canvas.tiles
        if mask:
            store.mask_overrides = {drawing.owner: tiles}
        else:
            store.overrides = {drawing.owner: tiles}
        self.canvas.refresh(Dirty(None), now=True, instead=drawing.shown)

    def _clear(self) -> None:
        self.canvas.tiles.overrides = self.canvas.tiles.mask_overrides = {}
        self.canvas.refresh(Dirty(None))
        self.canvas.update()

    # --- laying it --------------------------------------------------------------------------------------------------

    async def _lay(self, drawing: _Drawing, gradient: Gradient, stopped: asyncio.Event) -> None:
        target, project = drawing.target, self.editor.session.require()
        chosen = self.editor.pixels.coverage()

        def work() -> str | None:
            found: dict[TileKey, Deep] = {}
            for key, tile in gradients.changed_tiles(
                target.pixels, chosen, target.matrix, project, gradient, mask=target.mask
            ):
                if stopped.is_set():
                    return None
                found[key] = tile
            return replace_tiles(target.pixels, found, project, project) if found else None

        try:
            pixels = await asyncio.to_thread(work)
            if stopped.is_set():
                return
            if pixels is None or pixels == target.pixels:
                self.editor.hint.emit(self.tr("There are no pixels of this layer to change inside the selection."))
            else:
                self.commit_pixels(QT_TRANSLATE_NOOP("history", "Gradient"), target, pixels)
        finally:
            self._laying = None
            if self._drawing is drawing:
                self._drawing = None
                self._clear()

    def paint(self, painter: QPainter) -> None:
        drawing = self._drawing
        if drawing is None or self._laying is not None:
            return
        marks.stem(painter, *drawing.at)
        for point in drawing.at:
            marks.handle(painter, point, round_=True)


def _fitted(transform: Transform, width: int, height: int, across: int, down: int) -> Transform:
    """Return where a raster of ``across`` × ``down`` stands so that it covers one of ``width`` × ``height``."""
    return replace(
        transform,
        x=transform.x + (width - across) / 2,
        y=transform.y + (height - down) / 2,
        scale_x=transform.scale_x * width / across,
        scale_y=transform.scale_y * height / down,
    )


def _in_steps(start: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Return the end of a line, turned to the nearest 45°."""
    dx, dy = x - start[0], y - start[1]
    turn = round(math.atan2(dy, dx) / (math.pi / 4)) * math.pi / 4
    length = dx * math.cos(turn) + dy * math.sin(turn)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)

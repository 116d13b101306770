"""Layers as other programs know them: pixels at a place. What a format has no word for is drawn into the pixels.

Everything goes through the compositor, so a kind of layer that is added to documents appears in every file.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import numpy as np

from core.documents.artboard_edits import boards
from core.documents.image import (
    AnyLayer,
    Artboard,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
    walk,
)
from core.documents.image_effects import reach
from core.documents.image_values import Depth
from core.image.pixels import Pixels
from core.raster import masking
from core.raster.affine import Rect
from core.raster.artboards import board_rect
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.compositor import Compositor
from core.raster.depths import Deep, as_bytes, converted, peak, rounding
from core.raster.manifest import fetch, read_deep, read_raster
from core.raster.stacking import has_effects, units

replace = msgspec.structs.replace
Progress = Callable[[float], None]


class Part(NamedTuple):
    """Pixels (H×W×4, straight, sRGB) and where their top left corner stands in the document."""

    pixels: Deep
    x: int
    y: int


EMPTY = Part(np.zeros((1, 1, 4), np.uint8), 0, 0)


class Flattener:
    """Draws single layers of one document at ``depth`` bits a channel. One thread."""

    def __init__(self, document: ImageDocument, compositor: Compositor, depth: Depth = 8) -> None:
        self.depth: Depth = depth
        self.document = document
        self.compositor = compositor
        self.bases: dict[str, AnyLayer] = {}
        """Id of each clipped layer to the layer that it is clipped to."""
        self._find_bases(document.layers)
        self.cut = True
        """Whether layers are cut off where their artboard ends; fills always are."""
        self._boards: dict[str, Artboard] = {}
        for group in boards(document):
            if group.artboard is not None:
                self._boards |= dict.fromkeys((layer.id for layer in walk(group.layers)), group.artboard)

    def _find_bases(self, layers: tuple[AnyLayer, ...]) -> None:
        for unit in units(layers):
            self.bases |= {layer.id: unit.base for layer in unit.clipped}
        for layer in layers:
            if isinstance(layer, GroupLayer):
                self._find_bases(layer.layers)

    def profile(self) -> bytes | None:
        """Return the document's ICC profile; None: sRGB."""
        digest = self.document.profile
        return None if digest is None else fetch(digest, self.compositor.source)

    def merged(self) -> Deep:
        """Return the whole picture as it looks."""
        return self.compositor.render_deep(self.document, depth=self.depth)

    def exact(self, layer: AnyLayer, *, mask: bool = False) -> bool:
        """Return whether a layer is pixels that stand on whole ones already; ``mask`` says that masks can be kept."""
        if not isinstance(layer, RasterLayer) or has_effects(layer) or (layer.mask is not None and not mask):
            return False
        if layer.warp is not None or layer.vector_mask is not None:
            return False
        board = self._board(layer)
        if board is not None and layer_bounds(layer).intersect(board_rect(board)) != layer_bounds(layer):
            return False
        place = layer.transform
        return place == Transform(x=float(round(place.x)), y=float(round(place.y)))

    def part(self, layer: AnyLayer, *, mask: bool = False, clip: bool = True) -> Part:
        """Return what a layer draws by itself, at full opacity in normal mode: its mask with it unless ``mask``.

        A layer that is clipped to another has the other's alpha multiplied in with ``clip``.
        """
        if self.exact(layer, mask=mask) and not (clip and layer.id in self.bases):
            assert isinstance(layer, RasterLayer)
            pixels = converted(read_deep(layer.pixels, self.compositor.source), self.depth)
            return Part(pixels, round(layer.transform.x), round(layer.transform.y))
        alone = self._alone(layer, mask)
        box = self._box(layer)
        if box is None:
            return EMPTY
        pixels = self._render(alone, box, self.depth)
        if clip and layer.id in self.bases:
            base = self._render(self._alone(self.bases[layer.id], False), box, self.depth)[..., 3]
            if self.depth == 8:
                pixels[..., 3] = (pixels[..., 3].astype(np.uint16) * base + 127) // 255
            else:
                pixels[..., 3] = pixels[..., 3].astype(np.float64) * base / float(peak(pixels)) + rounding(pixels)
        return _trimmed(Part(pixels, box[0], box[1]))

    def coverage(self, mask: Mask) -> tuple[Pixels, int, int, int]:
        """Return a mask as uint8 H×W (255 shows), its place, and what it does outside: turned ones are resampled."""
        outside = 255 if mask.inverted else 0
        if not masking.plain(mask):
            shown = FillLayer(id="mask", colour="#ffffff", mask=mask)
            alpha = as_bytes(self._render(shown, (0, 0, self.document.width, self.document.height), 8))[..., 3]
            return alpha, 0, 0, outside if mask.inverted else round(255 * (1 - mask.density))
        if mask.transform == Transform():
            alpha = read_raster(mask.pixels, self.compositor.source)[..., 3]
            x, y = mask.x, mask.y
        else:
            layer = RasterLayer(id="mask", pixels=mask.pixels, width=mask.width, height=mask.height)
            place = replace(mask.transform, x=mask.transform.x + mask.x, y=mask.transform.y + mask.y)
            part = self.part(replace(layer, transform=place))
            alpha, x, y = as_bytes(part.pixels)[..., 3], part.x, part.y
        return (255 - alpha if mask.inverted else alpha), x, y, outside

    def _alone(self, layer: AnyLayer, mask: bool) -> AnyLayer:
        alone: AnyLayer = replace(layer, visible=True, opacity=1.0, blend=BlendMode.NORMAL, clipped=False)
        return replace(alone, mask=None) if mask else alone

    def _board(self, layer: AnyLayer) -> Artboard | None:
        """Return the artboard that cuts a layer off."""
        return self._boards.get(layer.id) if self.cut or isinstance(layer, FillLayer) else None

    def _render(self, layer: AnyLayer, box: tuple[int, int, int, int], depth: Depth) -> Deep:
        board = self._board(layer)
        if board is not None:
            layer = GroupLayer(id="board", layers=(layer,), artboard=replace(board, background=None))
        return self.compositor.render_deep(replace(self.document, layers=(layer,)), box, depth=depth)

    def _box(self, layer: AnyLayer) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of what a layer can touch on the canvas; ``None`` when that is nothing."""
        board = self._board(layer)
        around = layer_bounds(layer, self.document if board is None else board_rect(board))
        if isinstance(layer, TextLayer | ShapeLayer):
            around = around.union(ink_bounds(layer))
        around = around.grow(1 + self._reach(layer))
        whole = Rect(0, 0, self.document.width, self.document.height).intersect(around)
        if whole.empty:
            return None
        left, top, right, bottom = (math.floor(whole.left), math.floor(whole.top), *map(math.ceil, whole[2:]))
        return left, top, right - left, bottom - top

    def _reach(self, layer: AnyLayer) -> float:
        own = reach(layer.effects)
        inner = max(map(self._reach, layer.layers), default=0.0) if isinstance(layer, GroupLayer) else 0.0
        return own + inner


def _trimmed(part: Part) -> Part:
    """Return the part without its transparent border."""
    alpha = part.pixels[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return EMPTY
    top, left = int(rows[0]), int(columns[0])
    pixels = part.pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return Part(np.ascontiguousarray(pixels), part.x + left, part.y + top)

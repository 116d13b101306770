"""Which layers are at a point: what a click on the picture means."""

import math
from collections.abc import Iterator

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Pictured,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
)
from core.raster import vector
from core.raster.affine import Rect, apply, invert, mask_placement
from core.raster.artboards import board_of
from core.raster.bending import straightened
from core.raster.bounds import content_size, layer_matrix
from core.raster.depths import peak
from core.raster.manifest import TILE, AssetSource
from core.raster.stacking import shows, units
from core.raster.text import parse_colour
from core.raster.tiles import LinkedTiles, TileReader

THRESHOLD = 16 / 255
"""A layer whose alpha is not above this at a point is clicked through."""


def layer_at(document: ImageDocument, x: float, y: float, source: AssetSource | TileReader) -> str | None:
    """Return the id of the topmost layer that can be seen at a point (document pixels), or ``None``.

    Groups are looked into; an artboard is hit on its background; adjustments have nothing to click on. A text is hit
    anywhere in its box, since nobody aims at the strokes of a letter; a shape on its fill and stroke; everything else
    by its alpha; all of them through masks (as if those had no feather), clipping and opacity. Raises
    :class:`core.values.AtelierError` when a tile there is missing or damaged.
    """
    return next(iter(layers_at(document, x, y, source)), None)


def layers_at(document: ImageDocument, x: float, y: float, source: AssetSource | TileReader) -> list[str]:
    """Return the ids of all layers that can be seen at a point, topmost first; see :func:`layer_at`.

    Whoever asks while the pointer moves gives a :class:`TileReader`, so that tiles are unpacked once.
    """
    if not (0 <= x < document.width and 0 <= y < document.height):
        return []
    reader = source if isinstance(source, TileReader) else TileReader(source, 16 * 1024 * 1024)
    probe = _Probe(document, x, y, reader)
    return list(probe.stack(document.layers, 1.0))


class _Probe:
    def __init__(self, document: ImageDocument, x: float, y: float, reader: TileReader) -> None:
        self._document = document
        # The middle of the pixel, so that layers on whole pixels are hit exactly where they show.
        self._middle = math.floor(x) + 0.5, math.floor(y) + 0.5
        self._reader = reader

    def stack(self, layers: tuple[AnyLayer, ...], outer: float) -> Iterator[str]:
        """Yield what is hit in one group, whose own alpha there is ``outer``."""
        for base, clipped in reversed(units(layers)):
            if not shows(base):
                continue
            through = outer * base.opacity * self._mask(base)
            if through <= THRESHOLD:
                continue
            shape = through * self._coverage(base)
            for layer in reversed(clipped):
                if shows(layer) and shape > THRESHOLD:
                    yield from self._hit(layer, shape * layer.opacity * self._mask(layer))
            yield from self._hit(base, through)

    def _hit(self, layer: AnyLayer, through: float) -> Iterator[str]:
        if isinstance(layer, GroupLayer):
            yield from self.stack(layer.layers, through)
            if through * self._background(layer) > THRESHOLD:
                yield layer.id
        elif not isinstance(layer, AdjustmentLayer) and through * self._coverage(layer) > THRESHOLD:
            yield layer.id

    def _coverage(self, layer: AnyLayer) -> float:
        """Return the alpha of a layer's content at the point."""
        match layer:
            case RasterLayer() | SmartLayer():
                return self._raster(layer)
            case TextLayer():
                own = self._own(layer)
                return float(own is not None and Rect(0, 0, *content_size(layer)).contains(*own))
            case ShapeLayer():
                own = self._own(layer)
                return float(own is not None and vector.hit(layer, *own))
            case FillLayer():
                alphas = [parse_colour(colour)[3] for colour in (layer.colour, layer.colour2 or layer.colour)]
                return max(alphas)
            case GroupLayer():
                return max(self._background(layer), float(any(True for _ in self.stack(layer.layers, 1.0))))
            case AdjustmentLayer():
                return 1.0

    def _background(self, layer: GroupLayer) -> float:
        board = layer.artboard
        return 0.0 if board is None or board.background is None else parse_colour(board.background)[3]

    def _straight(self, layer: AnyLayer) -> tuple[float, float] | None:
        return straightened(layer, *self._middle)

    def _own(self, layer: AnyLayer) -> tuple[float, float] | None:
        """Return the point in a layer's own pixels, ``None`` when the layer is nowhere there."""
        back, straight = invert(layer_matrix(layer)), self._straight(layer)
        return None if back is None or straight is None else apply(back, *straight)

    def _raster(self, layer: Pictured) -> float:
        own = self._own(layer)
        if own is None:
            return 0.0
        x, y = own
        if not Rect(0, 0, layer.width, layer.height).contains(x, y):
            return 0.0
        reader = self._reader if isinstance(layer, RasterLayer) else self._reader.linked(self._document.profile)
        return self._alpha(layer.pixels, int(x), int(y), reader)

    def _mask(self, layer: AnyLayer) -> float:
        board = board_of(layer)
        if board is not None and not board.contains(*self._middle):
            return 0.0
        return self._raster_mask(layer) * self._vector_mask(layer)

    def _vector_mask(self, layer: AnyLayer) -> float:
        mask = layer.vector_mask
        if mask is None or not mask.enabled:
            return 1.0
        back = invert(mask.matrix())
        inside = back is not None and vector.inside(mask.geometry, *apply(back, *self._middle))
        return 1.0 if inside != mask.inverted else 1.0 - mask.density

    def _raster_mask(self, layer: AnyLayer) -> float:
        mask = layer.mask
        if mask is None or not mask.enabled:
            return 1.0
        back, straight = invert(mask_placement(mask)), self._straight(layer)
        x, y = (-1.0, -1.0) if back is None or straight is None else apply(back, *straight)
        inside = Rect(0, 0, mask.width, mask.height).contains(x, y)
        value = self._alpha(mask.pixels, int(x), int(y), self._reader) if inside else 0.0
        value = 1.0 - value if mask.inverted else value
        return 1.0 - mask.density * (1.0 - value)

    def _alpha(self, digest: str, x: int, y: int, reader: TileReader | LinkedTiles) -> float:
        tile = reader.tile(digest, 0, x // TILE, y // TILE)
        if tile is None:
            return 0.0
        return float(tile.array[y % TILE, x % TILE, 3]) / float(peak(tile.array))

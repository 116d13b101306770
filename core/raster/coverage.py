"""Which tiles of a document a layer can show in, and which can differ between two revisions.

Everything is composed pixel by pixel from what lies there, so a change stays within the tiles of what changed.
Grids are boolean arrays, rows×columns of the document's 256×256 tiles at one level.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial, reduce
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents import image_edits
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Layer,
    Mask,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
    VectorMask,
    walk,
)
from core.documents.image_effects import reach
from core.raster import masking, vector
from core.raster.affine import Affine, Rect, map_rect, mask_placement, placement, scaled
from core.raster.artboards import board_of, board_rect
from core.raster.bending import Bend, bend_of, warp_of
from core.raster.effects import MARGIN
from core.raster.manifest import TILE, Manifest, level_size
from core.raster.resample import REACH, fit
from core.raster.stacking import Unit, has_effects, passes_through, shows, units
from core.raster.surfaces import Part
from core.raster.text import layout_text
from core.raster.tiles import TileKey, TileReader

Grid = npt.NDArray[np.bool_]
replace = msgspec.structs.replace
_COSMETIC = {"name": "", "locked": False, "clipped": False, "visible": True}


def dirty_tiles(old: ImageDocument, new: ImageDocument, reader: TileReader, level: int = 0) -> set[TileKey] | None:
    """See :meth:`core.raster.compositor.Compositor.dirty_tiles`."""
    if (old.width, old.height) != (new.width, new.height):
        return None
    if old.profile != new.profile and any(isinstance(layer, SmartLayer) for layer in walk(new.layers)):
        return None  # what they show is converted to the profile of what shows it
    coverage = Coverage(new, reader, level, max(_far(old), _far(new)))
    return coverage.inside(coverage.changed(old.layers, new.layers))


def document_tiles(
    document: ImageDocument, layer: AnyLayer, tiles: Iterable[TileKey], *, mask: bool = False, level: int = 0
) -> set[TileKey]:
    """See :meth:`core.raster.compositor.Compositor.document_tiles`."""
    coverage = Coverage(document, None, level, _far(document))
    around = [*image_edits.ancestors(document, layer.id), layer]
    seen_from = filters_above(document, layer.id)
    bend = bend_of(layer)
    if bend is not None and (not mask or layer.mask is not None):
        grid = coverage.of_bend(bend)
    elif mask:
        if layer.mask is None:
            return set()
        grid = coverage.of_tiles(tiles, (layer.mask.width, layer.mask.height), mask_placement(layer.mask))
        grid = coverage.spread_by(grid, masking.reach(layer.mask))
    elif isinstance(layer, RasterLayer):
        size = layer.width, layer.height
        grid = coverage.of_tiles(tiles, size, placement(layer.transform, *size))
    else:
        return set()
    for one in reversed(around):
        grid = coverage.spread(grid, one)
    grid = coverage.spread_by(grid, *seen_from)
    return coverage.inside(grid)


def _far(document: ImageDocument) -> float:
    """Return how far beyond the canvas there can be something that is seen within, by an effect or a soft mask."""
    far = 0.0
    for layer in walk(document.layers):
        masks = (mask for mask in (layer.mask, layer.vector_mask) if mask is not None)
        far += reach(layer.effects) + max(map(masking.reach, masks), default=0.0)
    return far


class Area(NamedTuple):
    """Where something changed: ``rect`` in document pixels, and ``margin`` pixels of any level around it there."""

    rect: Rect
    margin: int

    def tiles(self, level: int) -> Iterator[TileKey]:
        """Yield the tiles of the document that can look different."""
        scale = 1 / (1 << level)
        left, top = (math.floor(edge * scale) - self.margin for edge in (self.rect.left, self.rect.top))
        right, bottom = (math.ceil(edge * scale) + self.margin for edge in (self.rect.right, self.rect.bottom))
        for row in range(max(0, top // TILE), -(-bottom // TILE)):
            for col in range(max(0, left // TILE), -(-right // TILE)):
                yield col, row

    def part(self, level: int, col: int, row: int) -> Part | None:
        """Return what of a tile of the document can look different, ``None`` when nothing can."""
        scale = 1 / (1 << level)
        left, right = self.rect.left * scale - col * TILE, self.rect.right * scale - col * TILE
        top, bottom = self.rect.top * scale - row * TILE, self.rect.bottom * scale - row * TILE
        x0, x1 = max(0, math.floor(left) - self.margin), min(TILE, math.ceil(right) + self.margin)
        y0, y1 = max(0, math.floor(top) - self.margin), min(TILE, math.ceil(bottom) + self.margin)
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def document_areas(
    document: ImageDocument, layer: AnyLayer, boxes: Mapping[TileKey, Part], *, mask: bool = False
) -> list[Area]:
    """See :meth:`core.raster.compositor.Compositor.document_areas`."""
    bend = bend_of(layer)
    if bend is not None:
        length, filters = filters_above(document, layer.id)
        return [Area(bend.bounds().grow(length), MARGIN * (1 + filters))]
    if mask and layer.mask is not None:
        matrix, size = mask_placement(layer.mask), (layer.mask.width, layer.mask.height)
    elif isinstance(layer, RasterLayer) and not mask:
        size = layer.width, layer.height
        matrix = placement(layer.transform, *size)
    else:
        return []
    around = [one for one in (*image_edits.ancestors(document, layer.id), layer) if has_effects(one)]
    length, filters = filters_above(document, layer.id)
    spread = sum(math.ceil(reach(one.effects)) for one in around) + math.ceil(length)
    if mask and layer.mask is not None:
        spread += math.ceil(masking.reach(layer.mask))
    a, b, c, d = matrix[:4]
    # Filters look REACH pixels of the raster around, of whichever level; halving and antialiasing add one each.
    margin = (
        math.ceil(REACH * max(math.hypot(a, b), math.hypot(c, d), 1.0))
        + 2
        + (len(around) + filters + (spread > 0)) * MARGIN
    )
    whole = Rect(0, 0, *size)
    found = []
    for (col, row), (left, top, right, bottom) in boxes.items():
        x, y = col * TILE, row * TILE
        box = Rect(x + left, y + top, x + right, y + bottom).intersect(whole)
        if not box.empty:
            found.append(Area(map_rect(matrix, box).grow(spread), margin))
    return found


Sight = tuple[float, int]
"""How far filters look, in document pixels, and how many there are: each looks a few pixels of any level further."""


def filters_above(document: ImageDocument, layer_id: str) -> Sight:
    """Return how far around a layer the visible filters can look that lie above it, and above the groups it is in."""
    path = [one.id for one in image_edits.ancestors(document, layer_id)]
    length, count = 0.0, 0
    for parent, child in zip((None, *path), (*path, layer_id), strict=True):
        layers = image_edits.siblings(document, parent)
        at = next(index for index, one in enumerate(layers) if one.id == child)
        more = sight(layers[at + 1 :])
        length, count = length + more[0], count + more[1]
    return length, count


def sight(layers: Iterable[AnyLayer]) -> Sight:
    """Return how far the visible filters among some layers of one group look, one after the other."""
    found = [one.reach for one in layers if isinstance(one, AdjustmentLayer) and one.reach and shows(one)]
    return sum(found), len(found)


class Coverage:
    """Grids for one document size and level, and as many tiles around it as ``far`` document pixels take.

    ``reader`` gives the tables of tiles; without one, only rectangles.
    """

    def __init__(self, document: ImageDocument, reader: TileReader | None, level: int = 0, far: float = 0.0) -> None:
        width, height = level_size(document.width, document.height, level)
        self._scale = 1 / (1 << level)
        self._edge = math.ceil((far * self._scale + MARGIN) / TILE) if far > 0 else 0
        self._shape = -(-height // TILE) + 2 * self._edge, -(-width // TILE) + 2 * self._edge
        self._reader = reader

    def inside(self, grid: Grid) -> set[TileKey]:
        """Return which tiles of the document are marked."""
        rows, columns = (slice(self._edge, size - self._edge) for size in self._shape)
        return {(int(col), int(row)) for row, col in np.argwhere(grid[rows, columns])}

    # What there is ---------------------------------------------------------------------------------------------------

    def none(self) -> Grid:
        return np.zeros(self._shape, np.bool_)

    def all(self) -> Grid:
        return np.ones(self._shape, np.bool_)

    def of_tiles(self, tiles: Iterable[TileKey], size: tuple[int, int], matrix: Affine) -> Grid:
        """Return where tiles of a raster of ``size`` can be seen under ``matrix`` (its pixels to the document's)."""
        grid = self.none()
        device = scaled(matrix, self._scale, 0, 0)
        _, fitted, exact = fit(device, size)
        a, b, c, d = fitted[:4]
        reach = 0.0 if exact else REACH * max(np.hypot(a, b), np.hypot(c, d), 1.0) + 1.0
        for col, row in tiles:
            left, top = col * TILE, row * TILE
            part = Rect(left, top, min(left + TILE, size[0]), min(top + TILE, size[1]))
            if not part.empty:
                self._mark(grid, map_rect(device, part).grow(reach))
        return grid

    def _mark(self, grid: Grid, rect: Rect) -> None:
        beyond = self._edge * TILE
        rect = Rect(rect.left + beyond, rect.top + beyond, rect.right + beyond, rect.bottom + beyond)
        rect = rect.intersect(Rect(0, 0, self._shape[1] * TILE, self._shape[0] * TILE))
        if not rect.empty:
            rows = slice(int(rect.top // TILE), int(-(-rect.bottom // TILE)))
            grid[rows, int(rect.left // TILE) : int(-(-rect.right // TILE))] = True

    def of_bend(self, bend: Bend, own: Rect | None = None) -> Grid:
        """Return where a bent layer (what ``own`` of it becomes) can be seen at all."""
        grid = self.none()
        around = bend.bounds(own)
        device = Rect(*(edge * self._scale for edge in around))
        self._mark(grid, device.grow(REACH + 1.0))
        return grid

    def spread(self, grid: Grid, layer: AnyLayer) -> Grid:
        """Return ``grid`` with as many tiles around it as the layer's effects reach."""
        return self.spread_by(grid, max(1e-3, reach(layer.effects))) if has_effects(layer) else grid

    def spread_by(self, grid: Grid, length: float, times: int = 1) -> Grid:
        """Return ``grid`` with the tiles around it within ``length`` document pixels; with none, as it is.

        ``times``: how many things one after the other look a few pixels further.
        """
        if length <= 0:
            return grid
        tiles = math.ceil((length * self._scale + MARGIN * times) / TILE)
        rows, columns = (np.flatnonzero(grid.any(axis)) for axis in (1, 0))
        wide = grid.copy()
        for row in rows:
            wide[max(0, row - tiles) : row + tiles + 1] |= grid[row]
        tall = wide.copy()
        for column in columns:
            tall[:, max(0, column - tiles) : column + tiles + 1] |= wide[:, column : column + 1]
        return tall

    def _of_raster(self, digest: str, size: tuple[int, int], matrix: Affine) -> Grid:
        manifest = self._manifest(digest)
        present = [divmod(index, manifest.cols)[::-1] for index, tile in enumerate(manifest.tiles) if tile is not None]
        return self.of_tiles(present, size, matrix)

    def _manifest(self, digest: str) -> Manifest:
        assert self._reader is not None
        return self._reader.manifest(digest)

    def of_mask(self, mask: Mask | None) -> Grid:
        """Return where something can be seen through ``mask``, which is not bent with its layer."""
        if mask is None or not mask.enabled or mask.inverted or mask.density < 1:
            return self.all()
        grid = self._of_raster(mask.pixels, (mask.width, mask.height), mask_placement(mask))
        return self.spread_by(grid, masking.reach(mask))

    def of_masks(self, layer: AnyLayer) -> Grid:
        """Return where something can be seen through all masks of a layer; a bent one's is not looked at closely."""
        own = self.all() if warp_of(layer) is not None else self.of_mask(layer.mask)
        return own & self._of_vector(layer.vector_mask)

    def _of_vector(self, mask: VectorMask | None) -> Grid:
        if mask is None or not mask.enabled or mask.inverted or mask.density < 1:
            return self.all()
        grid = self.none()
        box = map_rect(scaled(mask.matrix(), self._scale, 0, 0), vector.ink_of(mask.geometry))
        self._mark(grid, box.grow(masking.reach(mask) * self._scale + 2))
        return grid

    def of_content(self, layer: AnyLayer) -> Grid:
        """Return where a layer has something, whatever its mask. An adjustment could be anywhere."""
        bend = bend_of(layer)
        if bend is not None:
            return self.of_bend(bend, layout_text(layer).ink if isinstance(layer, TextLayer) else None)
        match layer:
            case RasterLayer():
                size = layer.width, layer.height
                return self._of_raster(layer.pixels, size, placement(layer.transform, *size))
            case SmartLayer():
                size = layer.width, layer.height
                return self.of_tiles(_every_tile(size), size, placement(layer.transform, *size))
            case TextLayer():
                block = layout_text(layer)
                grid = self.none()
                if not block.ink.empty:
                    matrix = scaled(layer.transform.matrix(block.width, block.height), self._scale, 0, 0)
                    self._mark(grid, map_rect(matrix, block.ink).grow(1))
                return grid
            case ShapeLayer():
                grid = self.none()
                matrix = scaled(layer.transform.matrix(*layer.geometry.size()), self._scale, 0, 0)
                self._mark(grid, map_rect(matrix, vector.ink(layer)).grow(1))
                return grid
            case GroupLayer():
                # Also a transparent artboard is somewhere: what the canvas shows behind it ends at its edges.
                board = self.of_board(layer)
                return self.of_units(units(layer.layers), self.none()) if board is None else board
            case FillLayer() | AdjustmentLayer():
                return self.all()

    def of_board(self, layer: AnyLayer) -> Grid | None:
        """Return where a group's artboard is, ``None`` for a layer without one."""
        board = board_of(layer)
        if board is None:
            return None
        grid = self.none()
        self._mark(grid, Rect(*(edge * self._scale for edge in board_rect(board))))
        return grid

    def of_units(self, below: list[Unit], backdrop: Grid) -> Grid:
        """Return where a stack of units has something, over a ``backdrop`` that adjustments can act on."""
        grid = backdrop
        for unit in below:
            if shows(unit.base):
                grid = grid | self.of_unit(unit, grid)
        return grid

    def of_unit(self, unit: Unit, backdrop: Grid) -> Grid:
        """Return where one unit that shows draws something or changes its ``backdrop``."""
        own = self.of_content(unit.base)
        if isinstance(unit.base, AdjustmentLayer):
            backdrop = self.spread_by(backdrop, unit.base.reach)
            own = reduce(np.logical_or, (self.of_content(one) for one in unit.clipped if shows(one)), backdrop)
        return self.spread(own & self.of_masks(unit.base), unit.base)

    # What changed ----------------------------------------------------------------------------------------------------

    def changed(
        self, old: tuple[AnyLayer, ...], new: tuple[AnyLayer, ...], *, loose: bool = False, backdrop: Grid | None = None
    ) -> Grid:
        """Return where two stacks can differ. ``loose``: each layer is a unit of its own, as clipped ones are."""
        if old is new or old == new:
            return self.none()
        backdrop = self.none() if backdrop is None else backdrop
        before, after = ([Unit(one, ()) for one in side] if loose else units(side) for side in (old, new))
        matcher = SequenceMatcher(None, [one.base.id for one in before], [one.base.id for one in after], autojunk=False)
        grid = self.none()
        for i, j, count in matcher.get_matching_blocks():
            for step in range(count):
                one, other = before[i + step], after[j + step]
                if one != other:
                    under = partial(self._under, before[: i + step], after[: j + step], backdrop)
                    seen_from = max(_sight(before[i + step + 1 :]), _sight(after[j + step + 1 :]))
                    grid |= self.spread_by(self._unit_changed(one, other, under), *seen_from)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                for side, first, last in ((before, i1, i2), (after, j1, j2)):
                    for index in range(first, last):
                        if shows(side[index].base):
                            gone = self.of_unit(side[index], self.of_units(side[:index], backdrop))
                            grid |= self.spread_by(gone, *max(_sight(before), _sight(after)))
        return grid

    def _under(self, before: list[Unit], after: list[Unit], backdrop: Grid) -> Grid:
        return self.of_units(before, backdrop) | self.of_units(after, backdrop)

    def _unit_changed(self, old: Unit, new: Unit, under: Callable[[], Grid]) -> Grid:
        sides = [unit for unit in (old, new) if shows(unit.base)]
        if len(sides) < 2:
            return self._either(sides, under)
        if bool(visible(old.clipped)) != bool(visible(new.clipped)):
            # Composed in another way, and so rounded in another way, wherever the base is.
            return self._either(sides, under)
        grid = self._layer_changed(old.base, new.base)
        grid = self.spread_by(grid, *max(sight(unit.clipped) for unit in sides))
        clipped = self.changed(old.clipped, new.clipped, loose=True, backdrop=self.all())
        if isinstance(new.base, AdjustmentLayer):
            grid &= self._either(sides, under)
            return grid | (clipped & (self.of_masks(old.base) | self.of_masks(new.base)))
        return grid | (clipped & self._either(sides, under))

    def _either(self, sides: list[Unit], under: Callable[[], Grid]) -> Grid:
        # Only an adjustment acts on what is below it, and to find that out is most of the work.
        backdrop = under() if any(isinstance(unit.base, AdjustmentLayer) for unit in sides) else self.none()
        return reduce(np.logical_or, (self.of_unit(unit, backdrop) for unit in sides), self.none())

    def _layer_changed(self, old: AnyLayer, new: AnyLayer) -> Grid:
        """Return where two states of a layer that shows can differ; what an adjustment acts on is not looked at."""
        old, new = _plain(old), _plain(new)
        if old == new:
            return self.none()
        both = self._masked(old) | self._masked(new)
        if type(old) is not type(new) or replace(old, mask=None, **_inner(new)) != replace(new, mask=None):
            return both
        if warp_of(new) is not None:
            return both
        grid = self._mask_changed(old.mask, new.mask) & both
        if isinstance(old, RasterLayer) and isinstance(new, RasterLayer) and old.pixels != new.pixels:
            size = new.width, new.height
            grid |= self._tiles_changed(old.pixels, new.pixels, size, placement(new.transform, *size)) & both
        if isinstance(old, SmartLayer) and isinstance(new, SmartLayer) and old.source != new.source:
            size = new.width, new.height
            grid |= self.of_tiles(self._linked_changed(old, new), size, placement(new.transform, *size)) & both
        if isinstance(old, GroupLayer) and isinstance(new, GroupLayer) and old.layers != new.layers:
            if passes_through(old) != passes_through(new):
                return both
            board = self.of_board(new)
            inner = self.changed(old.layers, new.layers, backdrop=_ground(new, board))
            grid |= inner & (self.of_masks(old) | self.of_masks(new)) & (self.all() if board is None else board)
        return self.spread(grid, new)

    def _masked(self, layer: AnyLayer) -> Grid:
        return self.spread(self.of_content(layer) & self.of_masks(layer), layer)

    def _mask_changed(self, old: Mask | None, new: Mask | None) -> Grid:
        old, new = (mask if mask is not None and mask.enabled else None for mask in (old, new))
        if old == new:
            return self.none()
        if old is None or new is None or replace(old, pixels=new.pixels) != new:
            return self.all()
        grid = self._tiles_changed(old.pixels, new.pixels, (new.width, new.height), mask_placement(new))
        return self.spread_by(grid, masking.reach(new))

    def _linked_changed(self, old: SmartLayer, new: SmartLayer) -> Iterable[TileKey]:
        assert self._reader is not None
        before, after = (self._reader.document(one.source) for one in (old, new))
        if before.profile != after.profile:
            return _every_tile((new.width, new.height))
        changed = dirty_tiles(before, after, self._reader)
        return _every_tile((new.width, new.height)) if changed is None else changed

    def _tiles_changed(self, old: str, new: str, size: tuple[int, int], matrix: Affine) -> Grid:
        before, after = self._manifest(old), self._manifest(new)
        if (before.width, before.height) != (after.width, after.height):
            return self.all()
        pairs = enumerate(zip(before.tiles, after.tiles, strict=True))
        differ = [divmod(index, after.cols)[::-1] for index, (one, other) in pairs if one != other]
        return self.of_tiles(differ, size, matrix)


def _sight(above: list[Unit]) -> Sight:
    return sight(unit.base for unit in above)


def _every_tile(size: tuple[int, int]) -> list[TileKey]:
    return [(col, row) for row in range(-(-size[1] // TILE)) for col in range(-(-size[0] // TILE))]


def visible(layers: tuple[AnyLayer, ...]) -> tuple[AnyLayer, ...]:
    """Return those layers that take part."""
    return tuple(filter(shows, layers))


def _ground(group: GroupLayer, board: Grid | None) -> Grid | None:
    """Return where adjustments in a group have something below them before any layer is there."""
    return board if group.artboard is not None and group.artboard.background is not None else None


def _plain(layer: AnyLayer) -> AnyLayer:
    """Return ``layer`` without what cannot be seen in a picture."""
    extra: dict[str, object] = {}
    if isinstance(layer, SmartLayer):
        extra = {"document": ""}
    elif isinstance(layer, RasterLayer):
        extra = {"made_by_model": False}
    elif isinstance(layer, GroupLayer):
        board = layer.artboard and replace(layer.artboard, preset="")
        extra = {"expanded": True, "artboard": board}
    plain: AnyLayer = replace(layer, **_COSMETIC, **extra)
    return plain


def _inner(layer: Layer) -> dict[str, object]:
    """Return the fields in which a change can be narrowed down to tiles."""
    if isinstance(layer, RasterLayer):
        return {"pixels": layer.pixels}
    if isinstance(layer, SmartLayer):
        return {"source": layer.source}
    return {"layers": layer.layers} if isinstance(layer, GroupLayer) else {}

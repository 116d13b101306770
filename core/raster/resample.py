"""One raster, brought into a block: copied where pixels fall on pixels, filtered where they do not.

Shrinking reads the reduced level that is at most twice too large and filters bilinearly from there; enlarging and
turning use Catmull-Rom's cubic (Mitchell & Netravali, SIGGRAPH 1988, B=0, C=1/2).
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import skia

from core.raster.affine import Affine, Rect, invert, map_rect, on_grid, scaled, stretch
from core.raster.depths import depth_of
from core.raster.manifest import TILE, level_size
from core.raster.surfaces import Part, joint, squeezed, unsqueeze
from core.raster.tiles import LinkedTiles, Overrides, Tile, TileReader

NEAREST = skia.SamplingOptions()
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
MIPMAPS = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
CUBIC = skia.SamplingOptions(skia.CubicResampler.CatmullRom())
REACH = 2
"""How many source pixels around a point a filter looks at."""
_MIPMAPS_BELOW = 0.499
DEEPEST = 8
"""The coarsest level: a tile is a pixel there."""


class Block(NamedTuple):
    """What is composed: ``width``×``height`` pixels (at most 256²) from (``x``, ``y``) of the document at ``scale``."""

    x: int
    y: int
    width: int
    height: int
    scale: float

    @property
    def rect(self) -> Rect:
        return Rect(0.0, 0.0, self.width, self.height)


def fit(device: Affine, size: tuple[int, int]) -> tuple[int, Affine, bool]:
    """Return how to draw a raster of ``size`` under ``device`` (its full-size pixels to the picture's).

    That is: the level to take, the matrix from that level's pixels, and whether pixels fall on pixels.
    """
    stretched = stretch(device)
    level = 0
    if stretched > 0.0:
        level = max(0, min(math.floor(1e-9 - math.log2(stretched)), DEEPEST, max(size).bit_length() - 1))
    a, b, c, d, tx, ty = device
    factor = float(1 << level)
    matrix = a * factor, b * factor, c * factor, d * factor, tx, ty
    if not on_grid(matrix):
        return level, matrix, False
    a, b, c, d, tx, ty = (float(round(value)) for value in matrix)
    return level, (a, b, c, d, tx, ty), True


class Raster:
    """A raster under a matrix (its own full-size pixels to document pixels), as seen in one block."""

    def __init__(
        self,
        reader: TileReader | LinkedTiles,
        digest: str,
        size: tuple[int, int],
        matrix: Affine,
        block: Block,
        overrides: Overrides | None,
        part: Part | None = None,
    ) -> None:
        """With a ``part`` of the block, nothing beyond it is wanted."""
        self._reader = reader
        self._digest = digest
        self._overrides = overrides
        self.level, self.matrix, self.exact = fit(scaled(matrix, block.scale, block.x, block.y), size)
        self._stretch = stretch(self.matrix)
        self.moved = self.exact and self.matrix[0] == 1.0 and self.matrix[3] == 1.0
        """Whether it is only moved by whole pixels."""
        width, height = level_size(*size, self.level)
        self._extent = Rect(0, 0, width, height)
        back = invert(self.matrix)
        self._seen = self._wanted = Rect(0, 0, 0, 0)
        if back is not None:
            around = map_rect(back, block.rect)
            self._seen = around if self.exact else around.grow(REACH)
            self._wanted = self._seen
            if part is not None and (self.exact or self._stretch >= _MIPMAPS_BELOW):
                around = map_rect(back, Rect(*part))
                self._wanted = around if self.exact else around.grow(REACH)
        self.fills = self.moved and self._wanted.intersect(self._extent) == self._wanted
        """Whether it lies over all of what is wanted."""

    def places(self) -> Iterator[tuple[int, int, Part]]:
        """Yield column, row and wanted part of the tiles of :attr:`level` that show in what is wanted of the block."""
        wanted = self._wanted.intersect(self._extent)
        if wanted.empty:
            return
        for row in range(int(wanted.top) // TILE, math.ceil(wanted.bottom / TILE)):
            for col in range(int(wanted.left) // TILE, math.ceil(wanted.right / TILE)):
                left, top = max(0, math.floor(wanted.left) - col * TILE), max(0, math.floor(wanted.top) - row * TILE)
                right = min(TILE, math.ceil(wanted.right) - col * TILE)
                bottom = min(TILE, math.ceil(wanted.bottom) - row * TILE)
                yield col, row, (left, top, right, bottom)

    def tiles(self) -> Iterator[tuple[int, int, Tile]]:
        """Yield column, row and pixels of the tiles that hold something; only the wanted part need be right."""
        for col, row, part in self.places():
            tile = self._reader.tile(self._digest, self.level, col, row, self._overrides, part)
            if tile is not None:
                yield col, row, tile

    def opaque(self) -> bool:
        """Return whether what is wanted is covered with opaque pixels, as far as that is cheap to know."""
        if not self.fills:
            return False
        for col, row, part in self.places():
            tile = self._reader.tile(self._digest, self.level, col, row, self._overrides, part)
            width = min(part[2], int(self._extent.right) - col * TILE)
            height = min(part[3], int(self._extent.bottom) - row * TILE)
            if tile is None or tile.solid[0] < width or tile.solid[1] < height:
                return False
        return True

    def draw(self, canvas: "skia.Canvas", paint: "skia.Paint") -> bool:
        """Draw what the block shows of it; return whether there was anything."""
        drawn = False
        if self.moved:
            left, top = self.matrix[4], self.matrix[5]
            for col, row, tile in self.tiles():
                canvas.drawImage(tile.image, left + col * TILE, top + row * TILE, NEAREST, paint)
                drawn = True
            return drawn
        if self.exact:
            for col, row, tile in self.tiles():
                self._draw_at(canvas, tile.image, col * TILE, row * TILE, NEAREST, paint)
                drawn = True
            return drawn
        return self._filter(canvas, paint)

    def _filter(self, canvas: "skia.Canvas", paint: "skia.Paint") -> bool:
        """Join the tiles into one picture and draw that.

        Beyond the raster's edge the filter sees its last pixels once more, and the edge itself is antialiased: so
        edges stay crisp, and a sharpening filter does not ring there.
        """
        frame = self._seen.intersect(self._extent)
        if frame.empty:
            return False
        left, top = math.floor(frame.left), math.floor(frame.top)
        width, height = math.ceil(frame.right) - left, math.ceil(frame.bottom) - top
        wanted = [
            *(math.floor(self._wanted.left) - left, math.floor(self._wanted.top) - top),
            *(math.ceil(self._wanted.right) - left, math.ceil(self._wanted.bottom) - top),
        ]
        tiles = list(self.tiles())
        if not tiles:
            return False
        sampling = CUBIC if self._stretch >= 0.999 else LINEAR if self._stretch >= _MIPMAPS_BELOW else MIPMAPS
        depth = depth_of(tiles[0][2].array)
        patch = joint(width, height, deep=depth > 8)
        place = squeezed() if depth == 32 else None
        if depth == 32:
            paint.setColorFilter(unsqueeze())
        patch.getCanvas().clipRect(skia.Rect.MakeLTRB(*wanted))
        for col, row, tile in tiles:
            patch.getCanvas().drawImage(tile.image, col * TILE - left, row * TILE - top, NEAREST, place)
        paint.setAntiAlias(True)
        self._draw_at(canvas, patch.makeImageSnapshot(), left, top, sampling, paint)
        return True

    def _draw_at(
        self,
        canvas: "skia.Canvas",
        image: "skia.Image",
        left: float,
        top: float,
        sampling: "skia.SamplingOptions",
        paint: "skia.Paint",
    ) -> None:
        a, b, c, d, tx, ty = self.matrix
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1))
        canvas.drawImage(image, left, top, sampling, paint)
        canvas.restore()

"""A bent layer, or its mask, drawn into a block: filtered by area, with soft edges, and blocks join without a seam.

The content is read at the level whose pixels are just fine enough for the place in the block that shows them largest,
drawn with Catmull-Rom's cubic into a picture some whole number of times too large, and that is averaged down. So what
is small in the distance is averaged over as many samples as it has pixels, and nothing shimmers.
"""

import math
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt
import skia

from core.documents.image_values import Depth
from core.raster.affine import Affine, Rect, map_rect, scaled
from core.raster.bending import Bend, Floats
from core.raster.depths import depth_of
from core.raster.manifest import TILE, level_size
from core.raster.resample import CUBIC, DEEPEST, LINEAR, NEAREST, REACH, Block
from core.raster.surfaces import joint, squeezed, unsqueeze
from core.raster.text import TextBlock
from core.raster.tiles import LinkedTiles, Overrides, Tile, TileReader

Cells = npt.NDArray[np.bool_]

SAMPLES = ((1, 1.001), (2, 2.8), (4, 5.6))
"""How many samples on a side make a pixel, up to so many of the content's; the cubic reaches over what is between."""
MOST = 8
"""How many samples on a side a pixel is averaged of, at most."""
MAX_PATCH = 24_000_000
"""Pixels of the content that one block may need at once; beyond that a coarser level is taken."""
SMALL = 64
"""Blocks are not divided further than this many pixels on a side."""
EDGE = 8
"""Samples on a side of a pixel at the edge of a mesh."""
RIM = 1.5
"""Pixels by which a mask is drawn beyond its layer's edges, so that these are softened once and not twice."""


class Source(Protocol):
    """What is bent: anything that can give a rectangle of itself at a level (2^-level of its own size)."""

    extent: Rect
    """All of it, in its own pixels."""
    finest: int
    """The lowest level that has more to show."""
    depth: Depth
    """Bits a channel of the last patch. Floats in it are :func:`core.raster.surfaces.squeezed`."""

    def patch(self, level: int, left: int, top: int, width: int, height: int) -> "skia.Image | None":
        """Return that rectangle of pixels of a level, or ``None`` when nothing is there."""


class RasterSource:
    """The tiles of a raster."""

    finest = 0

    def __init__(
        self, reader: TileReader | LinkedTiles, digest: str, size: tuple[int, int], overrides: Overrides | None
    ) -> None:
        self._reader, self._digest, self._size, self._overrides = reader, digest, size, overrides
        self.extent = Rect(0, 0, *size)
        self.depth: Depth = 8

    def patch(self, level: int, left: int, top: int, width: int, height: int) -> "skia.Image | None":
        """See :class:`Source`. Raises :class:`core.values.AtelierError` when a tile cannot be read."""
        across, down = level_size(*self._size, level)
        found: list[tuple[int, int, Tile]] = []
        for row in range(max(0, top) // TILE, math.ceil(min(down, top + height) / TILE)):
            for col in range(max(0, left) // TILE, math.ceil(min(across, left + width) / TILE)):
                tile = self._reader.tile(self._digest, level, col, row, self._overrides)
                if tile is not None:
                    found.append((col, row, tile))
        if not found:
            return None
        self.depth = depth_of(found[0][2].array)
        surface = joint(width, height, deep=self.depth > 8)
        place = squeezed() if self.depth == 32 else None
        for col, row, tile in found:
            surface.getCanvas().drawImage(tile.image, col * TILE - left, row * TILE - top, NEAREST, place)
        return surface.makeImageSnapshot()


class TextSource:
    """A text: drawn as large as it is needed."""

    finest = -4
    depth: Depth = 8

    def __init__(self, block: TextBlock) -> None:
        self._block = block
        box = Rect(0, 0, block.width, block.height)
        self.extent = block.ink.union(box).grow(1.0)

    def patch(self, level: int, left: int, top: int, width: int, height: int) -> "skia.Image | None":
        """See :class:`Source`."""
        surface = skia.Surface.MakeRasterN32Premul(width, height)
        canvas = surface.getCanvas()
        canvas.translate(-left, -top)
        canvas.scale(2.0**-level, 2.0**-level)
        self._block.draw(canvas)
        return surface.makeImageSnapshot()


class Bent:
    """A bent source as one block sees it; the same questions as :class:`core.raster.resample.Raster` answers."""

    moved = fills = False

    def __init__(self, source: Source, bend: Bend, block: Block, to_source: Affine | None = None) -> None:
        """``to_source`` takes the layer's own pixels to those of ``source`` when that is its mask."""
        self._source, self._bend, self._block, self._to_source = source, bend, block, to_source
        self._own = source.extent if to_source is None else Rect(0.0, 0.0, *bend.size).grow(RIM)

    def _device(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        scale = self._block.scale
        return x * scale - self._block.x, y * scale - self._block.y

    @property
    def _touched(self) -> bool:
        around = self._bend.bounds(self._own)
        device = map_rect(
            scaled((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), self._block.scale, self._block.x, self._block.y), around
        )
        return not device.grow(2.0).intersect(self._block.rect).empty

    def tiles(self) -> Iterator[tuple[int, int]]:
        """Yield something when the block may show any of it."""
        if self._touched:
            yield 0, 0

    places = tiles

    def opaque(self) -> bool:
        """Return whether the block is covered: that is not looked for."""
        return False

    def draw(self, canvas: "skia.Canvas", paint: "skia.Paint") -> bool:
        """Draw what the block shows of it; return whether there was anything."""
        if not self._touched:
            return False
        mesh = self._bend.mesh is not None
        cells = self._bend.cells(self._block.scale)
        # The colours of a mesh go on beyond its edge, which is then cut: so they are not softened at it a second time.
        rim = self._bend.rim(self._block.scale) if mesh and self._to_source is None else 0.0
        x, y, dx, dy = self._bend.grid(self._own.grow(rim), cells)
        px, py = self._device(dx, dy)
        seen = _cells_seen(px, py, self._block)
        if not seen.any():
            return False
        level, needed = self._fineness(*_stretches(x, y, px, py, seen))
        if needed > MOST and max(self._block.width, self._block.height) > SMALL:
            return self._in_parts(canvas, paint)
        samples = next((count for count, limit in SAMPLES if needed <= limit), MOST)
        shader = self._patch(x, y, seen, level)
        if shader is None:
            return False
        paint = skia.Paint(paint)
        if self._source.depth == 32:
            paint.setColorFilter(unsqueeze())
        if not mesh and samples == 1:
            self._shape(canvas, paint, shader, 1)
            return True
        large = joint(self._block.width * samples, self._block.height * samples, deep=self._source.depth > 8)
        if mesh:
            colours = skia.Paint(Shader=shader)
            draw_cells(large.getCanvas(), colours, (x, y, px * samples, py * samples), seen)
        else:
            self._shape(large.getCanvas(), skia.Paint(), shader, samples)
        image = _reduced(large.makeImageSnapshot(), samples)
        if rim:
            image = self._cut(image, cells)
        canvas.drawImage(image, 0, 0, NEAREST, paint)
        return True

    def _in_parts(self, canvas: "skia.Canvas", paint: "skia.Paint") -> bool:
        """Draw the block in quarters: what is near and what is far in it need to be read at different levels."""
        block, drawn = self._block, False
        for top, height in _halves(block.height):
            for left, width in _halves(block.width):
                part = Block(block.x + left, block.y + top, width, height, block.scale)
                canvas.save()
                canvas.clipRect(skia.Rect.MakeXYWH(left, top, width, height))
                canvas.translate(left, top)
                drawn |= Bent(self._source, self._bend, part, self._to_source).draw(canvas, paint)
                canvas.restore()
        return drawn

    def _cut(self, image: "skia.Image", cells: int) -> "skia.Image":
        """Return ``image`` within the surface's own edge, each pixel by how much of it is inside."""
        x, y, dx, dy = self._bend.grid(self._own, cells)
        px, py = self._device(dx, dy)
        seen = _cells_seen(px, py, self._block)
        if not _edge_seen(seen) and seen.any():
            return image
        width, height = self._block.width, self._block.height
        large = np.zeros((height * EDGE, width * EDGE), np.uint8)
        info = skia.ImageInfo.MakeA8(width * EDGE, height * EDGE)
        surface = skia.Surface.MakeRasterDirect(info, large, width * EDGE)
        draw_cells(surface.getCanvas(), skia.Paint(), (x, y, px * EDGE, py * EDGE), seen)
        rows = large.reshape(height, EDGE, width * EDGE).sum(axis=1, dtype=np.uint16)
        sums = rows.reshape(height, width, EDGE).sum(axis=2, dtype=np.uint16)
        share = (sums // (EDGE * EDGE)).astype(np.uint8)
        inside = skia.Image.fromarray(share, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType, copy=True)
        cut = joint(width, height, deep=self._source.depth > 8)
        cut.getCanvas().drawImage(image, 0, 0, NEAREST)
        cut.getCanvas().drawImage(inside, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kDstIn))
        return cut.makeImageSnapshot()

    def _fineness(self, least: float, most: float) -> tuple[int, float]:
        """Return the level to read, and how many of its pixels a pixel is long where it is worst.

        ``least`` and ``most`` are by how much the layer's own pixels are stretched in the block, at worst and at best.
        """
        if self._to_source is not None:
            a, b, c, d, _, _ = self._to_source
            grown = math.sqrt(abs(a * d - b * c)) or 1.0  # so many of the mask's pixels to one of the layer's
            least, most = least / grown, most / grown
        deepest = min(DEEPEST, max(0, int(max(self._source.extent.width, self._source.extent.height)).bit_length() - 1))
        level = max(self._source.finest, min(deepest, math.floor(-math.log2(max(most, 1e-6)) + 1e-6)))
        needed = 1 / max(least * 2.0**level, 1e-6)
        return level, needed

    def _patch(self, x: Floats, y: Floats, seen: Cells, level: int) -> "skia.Shader | None":
        """Return what the cells that are seen show, as a shader in the layer's own pixels."""
        corners = _corner_points(x, y, seen)
        region = Rect(*(float(value) for value in corners))
        if self._to_source is not None:
            region = map_rect(self._to_source, region)
        while True:
            factor = 2.0**level
            left, top = math.floor(region.left / factor) - REACH, math.floor(region.top / factor) - REACH
            right, bottom = math.ceil(region.right / factor) + REACH, math.ceil(region.bottom / factor) + REACH
            extent = self._source.extent
            left, top = max(left, math.floor(extent.left / factor)), max(top, math.floor(extent.top / factor))
            right = min(right, math.ceil(extent.right / factor))
            bottom = min(bottom, math.ceil(extent.bottom / factor))
            if right <= left or bottom <= top:
                return None
            if (right - left) * (bottom - top) <= MAX_PATCH or level >= DEEPEST:
                break
            level += 1
        image = self._source.patch(level, left, top, right - left, bottom - top)
        if image is None:
            return None
        to_own = skia.Matrix.Scale(factor, factor).preTranslate(left, top)
        mode = skia.TileMode.kClamp
        if self._to_source is not None:
            a, b, c, d, tx, ty = self._to_source
            back = skia.Matrix()
            if not skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1).invert(back):
                return None
            to_own = skia.Matrix.Concat(back, to_own)
            mode = skia.TileMode.kDecal  # a mask hides outside of itself
        return image.makeShader(mode, mode, CUBIC, to_own)

    def _shape(self, canvas: "skia.Canvas", paint: "skia.Paint", shader: "skia.Shader", samples: int) -> None:
        """Draw the content in perspective."""
        m = self._bend.projective
        block = self._block
        view = np.array(
            [
                [block.scale * samples, 0.0, -block.x * samples],
                [0.0, block.scale * samples, -block.y * samples],
                [0.0, 0.0, 1.0],
            ]
        )
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(*(float(value) for value in (view @ m).flat)))
        # A new paint: setting a shader on one copies all of its pixels.
        filled = skia.Paint(Shader=shader, AntiAlias=True, Alphaf=paint.getAlphaf(), BlendMode=paint.getBlendMode())
        if paint.getColorFilter() is not None:
            filled.setColorFilter(paint.getColorFilter())
        canvas.drawRect(skia.Rect.MakeLTRB(*self._own), filled)
        canvas.restore()


def draw_cells(
    canvas: "skia.Canvas", paint: "skia.Paint", points: tuple[Floats, Floats, Floats, Floats], seen: Cells
) -> None:
    """Draw those cells of a grid that are ``seen``, two triangles each.

    ``points`` are the grid's x and y in the pixels of the paint's shader, then in those of the canvas.
    """
    x, y, px, py = (part.ravel() for part in points)
    across = points[0].shape[1]
    rows, columns = np.nonzero(seen)
    first = rows * across + columns
    quads = np.stack([first, first + 1, first + across, first + 1, first + across, first + across + 1], axis=1)
    for start in range(0, len(quads), 8000):  # indices are 16 bits wide
        used, indices = np.unique(quads[start : start + 8000].ravel(), return_inverse=True)
        places = [skia.Point(float(a), float(b)) for a, b in zip(px[used], py[used], strict=True)]
        own = [skia.Point(float(a), float(b)) for a, b in zip(x[used], y[used], strict=True)]
        mode = skia.Vertices.VertexMode.kTriangles_VertexMode
        vertices = skia.Vertices(mode, places, own, None, [int(index) for index in indices.ravel()])
        canvas.drawVertices(vertices, paint, skia.BlendMode.kSrcOver)


def _halves(length: int) -> tuple[tuple[int, int], ...]:
    first = length // 2
    return tuple((start, size) for start, size in ((0, first), (first, length - first)) if size)


def _reduced(image: "skia.Image", samples: int) -> "skia.Image":
    """Return the means of ``samples``² pixels each (1, 2, 4 or 8)."""
    while samples > 1:
        samples //= 2
        half = skia.Surface.MakeRaster(image.imageInfo().makeWH(image.width() // 2, image.height() // 2))
        half.getCanvas().scale(0.5, 0.5)
        half.getCanvas().drawImage(image, 0, 0, LINEAR)  # read between four pixels: their mean
        image = half.makeImageSnapshot()
    return image


def mask_to_own(mask_matrix: Affine, bend: Bend) -> Affine:
    """Return the way from the layer's own pixels to its mask's; both matrices lead to document pixels."""
    a, b, c, d, tx, ty = bend.matrix
    m = skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1)
    a, b, c, d, tx, ty = mask_matrix
    back = skia.Matrix()
    skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1).invert(back)
    both = skia.Matrix.Concat(back, m)
    return both[0], both[3], both[1], both[4], both[2], both[5]


def _cells_seen(px: Floats, py: Floats, block: Block) -> Cells:
    """Return which cells of a grid of device points reach into the block, and a little beyond."""

    def spread(p: Floats) -> tuple[Floats, Floats]:
        four = np.stack([p[:-1, :-1], p[:-1, 1:], p[1:, :-1], p[1:, 1:]])
        return four.min(axis=0), four.max(axis=0)

    (x0, x1), (y0, y1) = spread(px), spread(py)
    seen: Cells = (x1 >= -2) & (x0 <= block.width + 2) & (y1 >= -2) & (y0 <= block.height + 2)
    return seen


def _edge_seen(seen: Cells) -> bool:
    """Return whether the surface's own edge may be in the block."""
    return bool(seen[0].any() or seen[-1].any() or seen[:, 0].any() or seen[:, -1].any())


def _stretches(x: Floats, y: Floats, px: Floats, py: Floats, seen: Cells) -> tuple[float, float]:
    """Return the least and the largest stretch of own pixels, over the cells that are seen, in any direction.

    They are the singular values of each cell's Jacobian.
    """
    across, down = float(x[0, 1] - x[0, 0]) or 1e-9, float(y[1, 0] - y[0, 0]) or 1e-9
    a, b = (np.diff(part, axis=1)[:-1][seen] / across for part in (px, py))
    c, d = (np.diff(part, axis=0)[:, :-1][seen] / down for part in (px, py))
    total, det = a * a + b * b + c * c + d * d, np.abs(a * d - b * c)
    root = np.sqrt(np.maximum(total * total / 4 - det * det, 0.0))
    most = np.sqrt(total / 2 + root)
    least = det / np.maximum(most, 1e-12)
    return float(least.min()), float(most.max())


def _corner_points(x: Floats, y: Floats, seen: Cells) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return x[0, columns[0]], y[rows[0], 0], x[0, columns[-1] + 1], y[rows[-1] + 1, 0]

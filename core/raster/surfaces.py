"""Scratch memory to compose in: 256×256 pixels of 32-bit float RGBA, premultiplied, no colour space.

Floats, because ten layers of rounding to 8 bits are visible and this costs little more; no colour space, because
blending is defined on encoded sRGB values here and skia would otherwise convert every pixel twice.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import skia

from core.raster.manifest import TILE

Part = tuple[int, int, int, int]
"""A rectangle of a block or a tile, in its pixels: left, top, right, bottom."""

FLOAT_INFO = skia.ImageInfo.Make(TILE, TILE, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType)


class Scratch:
    """One surface, and an ``image`` of the same memory: what was drawn so far, without a copy.

    Drawing ``image`` onto its own canvas is defined as long as each pixel only depends on itself.
    ``empty`` is true until something was drawn (whoever draws says so).
    """

    def __init__(self) -> None:
        self.array: npt.NDArray[np.float32] = np.zeros((TILE, TILE, 4), np.float32)
        self.surface = skia.Surface.MakeRasterDirect(FLOAT_INFO, self.array, TILE * 16)
        self.canvas = self.surface.getCanvas()
        self.image = skia.Image.fromarray(self.array, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType, copy=False)
        self.empty = True
        self.part: Part = (0, 0, TILE, TILE)
        """What may be drawn on; all else is nothing."""

    def clear(self) -> None:
        if not self.empty:
            left, top, right, bottom = self.part
            self.array[top:bottom, left:right] = 0.0
            self.empty = True

    def read(self, *, straight: bool) -> npt.NDArray[np.uint8]:
        """Return the :attr:`part` rounded to 8 bits, rows×columns×4: straight RGBA, or premultiplied BGRA."""
        left, top, right, bottom = self.part
        width, height = right - left, bottom - top
        out = np.empty((height, width, 4), np.uint8)
        colours = skia.kRGBA_8888_ColorType if straight else skia.kBGRA_8888_ColorType
        alpha = skia.kUnpremul_AlphaType if straight else skia.kPremul_AlphaType
        self.surface.readPixels(skia.ImageInfo.Make(width, height, colours, alpha), out, width * 4, left, top)
        return out


_local = threading.local()


@contextmanager
def scratch(part: Part = (0, 0, TILE, TILE)) -> Iterator[Scratch]:
    """Lend a cleared :class:`Scratch` of this thread, clipped to ``part``; nests as deep as needed."""
    free: list[Scratch] = _local.__dict__.setdefault("free", [])
    one = free.pop() if free else Scratch()
    one.clear()
    one.part = part
    one.canvas.save()
    if part != (0, 0, TILE, TILE):
        one.canvas.clipRect(skia.Rect.MakeLTRB(*part))
    try:
        yield one
    finally:
        one.canvas.restoreToCount(1)
        one.empty = False
        free.append(one)

"""Scratch memory to compose in: 256×256 pixels of 32-bit float RGBA, premultiplied, no colour space.

Floats, because ten layers of rounding to 8 bits are visible and this costs little more; no colour space, because
blending is defined on encoded sRGB values here and skia would otherwise convert every pixel twice.
"""

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

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

    def read_floats(self) -> npt.NDArray[np.float32]:
        """Return the :attr:`part` as straight RGBA floats, colours beyond 0…1 and all; nothing where alpha is 0."""
        left, top, right, bottom = self.part
        out = self.array[top:bottom, left:right].copy()
        alpha = out[..., 3:]
        if alpha.size and alpha.min() < 1.0:
            np.divide(out[..., :3], alpha, out=out[..., :3], where=alpha > 0)
            out[..., :3] *= alpha > 0
        return out

    def limit(self) -> None:
        """Bring colours of the :attr:`part` into 0…alpha, as screens and 8-bit files have them."""
        left, top, right, bottom = self.part
        array = self.array[top:bottom, left:right]
        np.clip(array[..., :3], 0.0, array[..., 3:], out=array[..., :3])


def joint(width: int, height: int, *, deep: bool) -> "skia.Surface":
    """Return a surface to join tiles on before they are filtered: 8 bits, or floats for tiles that have more."""
    if not deep:
        return skia.Surface.MakeRasterN32Premul(width, height)
    return skia.Surface.MakeRaster(skia.ImageInfo.Make(width, height, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType))


_SPREAD = skia.RuntimeEffect.MakeForColorFilter(
    "uniform half low; uniform half times; half4 main(half4 c) { return half4(c.rgb * times + c.a * low, c.a); }"
)
LOW, TIMES = 8.0, 128.0
"""Floats from −8 to 120 are filtered: light of −150 to 97,000 times white. What lies beyond becomes that."""


def squeezed() -> "skia.Paint":
    """Return the paint that brings floats into 0…1, for skia's cubic cuts off what lies beyond.

    Always in the same way, whatever colours there are: a part of a tile comes out bit by bit like the whole.
    """
    return skia.Paint(ColorFilter=_spread(LOW / TIMES, 1 / TIMES))


def unsqueeze() -> "skia.ColorFilter":
    """Return the filter that undoes :func:`squeezed`. Both leave alpha alone; opacity may come before or after."""
    return _spread(-LOW, TIMES)


@lru_cache(maxsize=2)
def _spread(low: float, times: float) -> "skia.ColorFilter":
    return _SPREAD.makeColorFilter(skia.Data.MakeWithCopy(struct.pack("2f", low, times)))


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

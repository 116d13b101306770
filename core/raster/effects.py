"""Layer effects: how much of each pixel they cover, worked out from the layer's alpha in and around a block.

Coverage is float32, 0…1, rows×columns. Everything is defined by pixels' distances alone and computed in floats, so
blocks join without a seam. Blurs are Gaussian (σ a third of the size, cut off at 3σ) and also move what they
blur, by parts of pixels. A shape is widened by the largest alpha within
reach, weighted with a disc whose edge is one pixel soft.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import skia

from core.documents.image_effects import (
    ColourOverlay,
    DropShadow,
    Effect,
    GradientOverlay,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
    reach,
)
from core.raster.affine import Rect
from core.raster.resample import Block
from core.raster.text import parse_colour

Coverage = npt.NDArray[np.float32]
Soft = DropShadow | InnerShadow | OuterGlow | InnerGlow


MARGIN = 4
"""Pixels around a block beyond what effects reach: softness of edges and rounding up, at any scale."""


class Shape:
    """A layer's alpha in a block and ``margin`` pixels around it, and what effects make of it."""

    def __init__(self, block: Block, effects: tuple[Effect, ...], alpha: Callable[[Block], Coverage]) -> None:
        """``alpha`` composes the layer's alpha in a block of any size."""
        self.margin = math.ceil(reach(effects) * block.scale) + MARGIN
        self._block = block
        around = Block(
            block.x - self.margin,
            block.y - self.margin,
            block.width + 2 * self.margin,
            block.height + 2 * self.margin,
            block.scale,
        )
        self.alpha = alpha(around)

    def behind(self, effect: Effect) -> Coverage | None:
        """Return what an effect covers behind the layer, or ``None``."""
        match effect:
            case DropShadow() | OuterGlow():
                return self._soft(self.alpha, effect)
            case Stroke(position="outside" | "centre"):
                return self._inner(self._wider(self.alpha, effect.size * (0.5 if effect.position == "centre" else 1.0)))
        return None

    def over(self, effect: Effect) -> Coverage | None:
        """Return what an effect covers of the layer, as if that were opaque, or ``None``."""
        match effect:
            case InnerShadow() | InnerGlow():
                return self._soft(1 - self.alpha, effect)
            case Stroke(position="inside" | "centre"):
                width = effect.size * (0.5 if effect.position == "centre" else 1.0)
                return self._inner(self._wider(1 - self.alpha, width))
            case ColourOverlay() | GradientOverlay():
                return np.ones((self._block.height, self._block.width), np.float32)
        return None

    def _inner(self, values: Coverage) -> Coverage:
        m = self.margin
        return values[m : m + self._block.height, m : m + self._block.width]

    def _wider(self, values: Coverage, by: float) -> Coverage:
        return widened(values, by * self._block.scale)

    def _soft(self, values: Coverage, effect: Soft) -> Coverage:
        if values.min() == values.max():
            return self._inner(values)
        wide = effect.size * effect.spread / 100
        dx, dy = (length * self._block.scale for length in effect.offset())
        sigma = (effect.size - wide) / 3 * self._block.scale
        values = self._wider(values, wide)
        return blurred(blurred(values, self.margin, dy, sigma).T, self.margin, dx, sigma).T


def blurred(values: Coverage, margin: int, shift: float, sigma: float) -> Coverage:
    """Return ``values`` blurred and moved along their columns, without ``margin`` rows at either end.

    The product with a banded matrix, in pieces so small that BLAS does not start threads for them: waiting for those
    takes longer than the sums when tiles are composed in several threads already.
    """
    weights, first = kernel(shift, sigma)
    band = _band(weights)
    length, width = values.shape[0] - 2 * margin, values.shape[1]
    columns = max(1, _SMALL // band.size)
    out = np.empty((length, width), np.float32)
    for row in range(0, length, _ROWS):
        rows = min(_ROWS, length - row)
        start = margin + row + first
        part = values[start : start + rows + len(weights) - 1]
        for left in range(0, width, columns):
            right = left + columns
            np.matmul(band[:rows, : part.shape[0]], part[:, left:right], out=out[row : row + rows, left:right])
    return out


_ROWS = 16
_SMALL = 250_000
"""OpenBLAS multiplies in one thread up to 4 · 65,536 products."""


@lru_cache(maxsize=32)
def _band(weights: tuple[float, ...]) -> Coverage:
    band = np.zeros((_ROWS, _ROWS + len(weights) - 1), np.float32)
    for row in range(_ROWS):
        band[row, row : row + len(weights)] = weights
    return band


@lru_cache(maxsize=64)
def kernel(shift: float, sigma: float) -> tuple[tuple[float, ...], int]:
    """Return the weights that blur a line and move it by ``shift``, and which neighbour the first of them is for.

    They are a Gaussian's integrals over pixels; without a blur, those of a pixel that is moved.
    """
    base = math.floor(shift)
    reach = math.ceil(3 * sigma) + 1
    places = [place + shift - base for place in range(-reach, reach + 1)]
    if sigma < 0.05:
        weights = [max(0.0, 1.0 - abs(x)) for x in places]
    else:
        near = [abs(x) <= 3 * sigma + 1 for x in places]
        weights = [(_phi((x + 0.5) / sigma) - _phi((x - 0.5) / sigma)) * on for x, on in zip(places, near, strict=True)]
    total = sum(weights)
    return tuple(weight / total for weight in weights), -reach - base


def _phi(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def widened(values: Coverage, radius: float) -> Coverage:
    """Return the largest value within ``radius`` of each pixel; between ``radius`` and a pixel more it fades out."""
    if radius <= 0 or values.min() == values.max():
        return values
    out = values.copy()
    last = math.ceil(radius + 1) - 1
    width = values.shape[1]
    for dy in range(last + 1):
        rows = values if dy == 0 else np.maximum(_moved_rows(values, dy), _moved_rows(values, -dy))
        full = math.floor(math.sqrt(radius * radius - dy * dy)) if dy <= radius else -1
        if full >= 0:
            np.maximum(out, _run(rows, full), out=out)
        for dx in range(full + 1, last + 1):
            weight = np.float32(radius + 1 - math.hypot(dx, dy))
            if weight <= 0:
                break
            part = rows * weight
            np.maximum(out[:, : width - dx], part[:, dx:], out=out[:, : width - dx])
            np.maximum(out[:, dx:], part[:, : width - dx], out=out[:, dx:])
    return out


def _moved_rows(values: Coverage, by: int) -> Coverage:
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def _run(values: Coverage, half: int) -> Coverage:
    """Return the largest value within ``half`` columns, by doubling (van Herk's problem for windows of one size)."""
    if half == 0:
        return values
    length = 2 * half + 1
    padded = np.pad(values, ((0, 0), (half, half)))
    size = 1
    while size * 2 <= length:
        padded = np.maximum(padded[:, :-size], padded[:, size:])
        size *= 2
    rest = length - size
    return padded[:, : padded.shape[1] - rest] if rest == 0 else np.maximum(padded[:, :-rest], padded[:, rest:])


def paint(effect: Effect, box: Rect, block: Block) -> "skia.Paint":
    """Return what an effect is painted with; ``box`` is the layer's, in document pixels."""
    if isinstance(effect, GradientOverlay):
        return skia.Paint(Shader=linear_gradient(box, effect.colour, effect.colour2, effect.angle, block))
    return skia.Paint(Color4f=skia.Color4f(*parse_colour(effect.colour)))


def linear_gradient(box: Rect, first: str, second: str, angle: float, block: Block) -> "skia.Shader":
    """Return a linear gradient over ``box`` whose end colours just reach its corners (as in CSS Images 3)."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    half = (abs(box.width * cos) + abs(box.height * sin)) / 2
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    ends = [
        skia.Point((x + side * cos * half) * block.scale - block.x, (y + side * sin * half) * block.scale - block.y)
        for side in (-1, 1)
    ]
    colours = [skia.Color4f(*parse_colour(colour)).toColor() for colour in (first, second)]
    premultiplied = 1  # SkGradientShader::kInterpolateColorsInPremul_Flag: no dark fringe towards transparency
    return skia.GradientShader.MakeLinear(ends, colours, None, skia.TileMode.kClamp, premultiplied)

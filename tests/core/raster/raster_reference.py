"""The compositor once more, in float64 and as slowly as the specifications read: what the fast one is held against.

Pictures are height×width×4 float64, straight RGBA in 0…1, unless they say premultiplied.
"""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
)
from core.raster.manifest import write_raster
from core.raster.pack import MemoryAssets

F = npt.NDArray[np.float64]
LUM = np.array([0.3, 0.59, 0.11])


def lum(c: F) -> F:
    return (c * LUM).sum(-1, keepdims=True)


def clip_colour(c: F) -> F:
    light, low, high = lum(c), c.min(-1, keepdims=True), c.max(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        c = np.where(low < 0, light + (c - light) * light / (light - low), c)
        return np.where(high > 1, light + (c - light) * (1 - light) / (high - light), c)


def set_lum(c: F, light: F) -> F:
    return clip_colour(c + (light - lum(c)))


def sat(c: F) -> F:
    return c.max(-1, keepdims=True) - c.min(-1, keepdims=True)


def set_sat(c: F, s: F) -> F:
    low, spread = c.min(-1, keepdims=True), sat(c)
    return np.where(spread > 0, (c - low) * s / np.where(spread > 0, spread, 1), 0.0)


def hard_light(b: F, s: F) -> F:
    return np.where(s <= 0.5, b * 2 * s, b + (2 * s - 1) - b * (2 * s - 1))


def soft_light(b: F, s: F) -> F:
    d = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (d - b))


def dodge(b: F, s: F) -> F:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 0, 0.0, np.where(s == 1, 1.0, np.minimum(1, b / (1 - s))))


def burn(b: F, s: F) -> F:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 1, 1.0, np.where(s == 0, 0.0, 1 - np.minimum(1, (1 - b) / s)))


def vivid(b: F, s: F) -> F:
    return np.where(s <= 0.5, burn(b, np.minimum(1, 2 * s)), dodge(b, np.maximum(0, 2 * s - 1)))


def divide(b: F, s: F) -> F:
    return np.where(s == 0, np.where(b == 0, 0.0, 1.0), np.minimum(1, b / np.where(s == 0, 1, s)))


NEARLY = 1e-5
"""Colours that are equal on paper are not in float32: what chooses by comparing leaves this much."""

BLEND: Mapping[BlendMode, Callable[[F, F], F]] = {
    BlendMode.NORMAL: lambda b, s: s,
    BlendMode.MULTIPLY: lambda b, s: b * s,
    BlendMode.SCREEN: lambda b, s: b + s - b * s,
    BlendMode.OVERLAY: lambda b, s: hard_light(s, b),
    BlendMode.DARKEN: np.minimum,
    BlendMode.LIGHTEN: np.maximum,
    BlendMode.COLOUR_DODGE: dodge,
    BlendMode.COLOUR_BURN: burn,
    BlendMode.HARD_LIGHT: hard_light,
    BlendMode.SOFT_LIGHT: soft_light,
    BlendMode.DIFFERENCE: lambda b, s: np.abs(b - s),
    BlendMode.EXCLUSION: lambda b, s: b + s - 2 * b * s,
    BlendMode.HUE: lambda b, s: set_lum(set_sat(s, sat(b)), lum(b)),
    BlendMode.SATURATION: lambda b, s: set_lum(set_sat(b, sat(s)), lum(b)),
    BlendMode.COLOUR: lambda b, s: set_lum(s, lum(b)),
    BlendMode.LUMINOSITY: lambda b, s: set_lum(b, lum(s)),
    BlendMode.LINEAR_BURN: lambda b, s: np.maximum(0, b + s - 1),
    BlendMode.VIVID_LIGHT: vivid,
    BlendMode.LINEAR_LIGHT: lambda b, s: np.clip(b + 2 * s - 1, 0, 1),
    BlendMode.PIN_LIGHT: lambda b, s: np.where(s <= 0.5, np.minimum(b, 2 * s), np.maximum(b, 2 * s - 1)),
    BlendMode.HARD_MIX: lambda b, s: (b + s >= 1 - NEARLY).astype(float),
    BlendMode.SUBTRACT: lambda b, s: np.maximum(0, b - s),
    BlendMode.DIVIDE: divide,
    BlendMode.DARKER_COLOUR: lambda b, s: np.where(lum(s) < lum(b) - NEARLY, s, b),
    BlendMode.LIGHTER_COLOUR: lambda b, s: np.where(lum(s) > lum(b) + NEARLY, s, b),
}


def over(backdrop: F, source: F, mode: BlendMode) -> F:
    """W3C Compositing 1, §5 and §10: blend, then source-over; plus-lighter from Compositing 2. Straight RGBA."""
    ab, a = backdrop[..., 3:], source[..., 3:]
    if mode is BlendMode.LINEAR_DODGE:
        co = np.minimum(1, a * source[..., :3] + ab * backdrop[..., :3])
        ao = np.minimum(1, a + ab)
    else:
        mixed = (1 - ab) * source[..., :3] + ab * BLEND[mode](backdrop[..., :3], source[..., :3])
        co = a * mixed + (1 - a) * ab * backdrop[..., :3]
        ao = a + ab - a * ab
    return np.concatenate([np.where(ao > 0, co / np.where(ao > 0, ao, 1), 0.0), ao], -1)


class Reference:
    """Composes documents whose layers only move by whole pixels. ``adjust`` gives the adjusted straight colour."""

    def __init__(
        self, pixels: Mapping[str, npt.NDArray[np.uint8]], adjust: Callable[[AdjustmentLayer, F], F] | None = None
    ) -> None:
        self.pixels = pixels
        self.adjust = adjust

    def render(self, document: ImageDocument) -> F:
        """Return the document **premultiplied**, 0…255."""
        self.shape = document.height, document.width
        out = self.stack(document.layers)
        out[..., :3] *= out[..., 3:]
        return out * 255

    def place(self, digest: str, x: int, y: int) -> F:
        source = self.pixels[digest] / 255.0
        out = np.zeros((*self.shape, 4))
        left, top = max(0, x), max(0, y)
        right, bottom = min(self.shape[1], x + source.shape[1]), min(self.shape[0], y + source.shape[0])
        if left < right and top < bottom:
            out[top:bottom, left:right] = source[top - y : bottom - y, left - x : right - x]
        return out

    def mask(self, mask: Mask | None) -> F:
        if mask is None or not mask.enabled:
            return np.ones((*self.shape, 1))
        alpha = self.place(mask.pixels, mask.x, mask.y)[..., 3:]
        return 1 - alpha if mask.inverted else alpha

    def content(self, layer: AnyLayer) -> F:
        match layer:
            case RasterLayer():
                return self.place(layer.pixels, int(layer.transform.x), int(layer.transform.y))
            case FillLayer():
                out = np.ones((*self.shape, 4))
                out[...] = [int((layer.colour + "ff")[i : i + 2], 16) / 255 for i in (1, 3, 5, 7)]
                return out
            case GroupLayer():
                return self.stack(layer.layers)
        raise NotImplementedError(type(layer))

    def stack(self, layers: tuple[AnyLayer, ...], backdrop: F | None = None) -> F:
        out = np.zeros((*self.shape, 4)) if backdrop is None else backdrop
        index = 0
        while index < len(layers):
            base, clipped = layers[index], []
            index += 1
            while backdrop is None and index < len(layers) and layers[index].clipped:
                clipped.append(layers[index])
                index += 1
            if base.visible:
                out = self.unit(out, base, clipped)
        return out

    def unit(self, out: F, base: AnyLayer, clipped: list[AnyLayer]) -> F:
        coverage = self.mask(base.mask)
        if isinstance(base, AdjustmentLayer):
            assert self.adjust is not None
            source = np.concatenate([self.adjust(base, out[..., :3]), np.ones_like(coverage)], -1)
            opaque = np.concatenate([out[..., :3], np.ones_like(coverage)], -1)
            changed = over(opaque, source, base.blend)[..., :3]
            amount = coverage * base.opacity
            return np.concatenate([out[..., :3] * (1 - amount) + changed * amount, out[..., 3:]], -1)
        source = self.content(base)
        source[..., 3:] *= coverage
        if clipped:
            # Onto the base at full alpha, then the base's alpha again: *source atop* with any blend mode.
            full = np.concatenate([source[..., :3], np.ones_like(coverage)], -1)
            source = np.concatenate([self.stack(tuple(clipped), full)[..., :3], source[..., 3:]], -1)
        source[..., 3:] *= base.opacity
        return over(out, source, base.blend)


class Kept(MemoryAssets):
    """Assets that remember the pixels they were made of, by hash."""

    def __init__(self) -> None:
        super().__init__()
        self.pixels: dict[str, npt.NDArray[np.uint8]] = {}

    def raster(self, array: npt.NDArray[np.uint8]) -> str:
        digest = write_raster(array, self)
        self.pixels[digest] = array
        return digest

"""Dodge, burn and sponge: lightness and saturation under a brush, with the hue kept.

Lightness is moved along a curve that leaves black and white where they are. The colour follows in linear light, where
scaling red, green and blue by the same factor changes neither hue nor saturation; what would leave the range is
brought back towards the grey of the same luminance, so nothing turns yellow or cyan on its way to white.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from core.raster.brush import Brush, Coverage, Mode, Stroke, cover
from core.raster.depths import Deep, encoded_beyond, linear_beyond, peak, rounding
from core.raster.manifest import AssetSource
from core.raster.stamping import Limit
from core.raster.tiles import TileKey

Floats = npt.NDArray[np.float32]
Tone = Literal["dodge", "burn", "saturate", "desaturate"]
Range = Literal["shadows", "midtones", "highlights"]


def _decoding() -> Floats:
    """Return linear light for each encoded byte: IEC 61966-2-1."""
    values = np.arange(256) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encoding() -> Floats:
    """Return the encoded value (0…255) for 16,384 steps of the square root of linear light: fine where it is dark."""
    light = np.linspace(0, 1, 16_384) ** 2
    return (255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)).astype(np.float32)


LINEAR = _decoding()
ENCODED = _encoding()
LUMINANCE = 0.2126, 0.7152, 0.0722
"""ITU-R BT.709."""


class ToneStroke(Stroke):
    """Makes what is there lighter, darker, more or less colourful; ``strength`` (0…1) at full coverage."""

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        tone: Tone,
        strength: float,
        range_: Range = "midtones",
        mode: Mode = "paint",
        limit: Limit | None = None,
    ) -> None:
        super().__init__(brush, digest, source, mode, limit)
        self._tone: Tone = tone
        self._strength = strength
        self._range: Range = range_

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Deep, part: Deep, amount: Coverage) -> None:
        amount = amount * np.float32(self._strength)
        if self.mode == "mask":
            if self._tone in ("dodge", "burn"):
                light = under[..., 3] * np.float32(1 / 255)
                target = _curve(light, amount, self._tone == "dodge", self._range) * 255
                cover(under, part, np.ones_like(amount), target)
            return
        part[..., :3] = toned(under, amount, self._tone, self._range)


def toned(pixels: Deep, amount: Coverage, tone: Tone, range_: Range) -> Deep:
    """Return the colours (H×W×3) of straight RGBA ``pixels`` changed by ``amount`` (H×W, 0…1).

    What is brighter than white in 32-bit pixels stays as it is.
    """
    deep = pixels.dtype != np.uint8
    if deep:
        planes = list(np.moveaxis(linear_beyond(pixels[..., :3] / peak(pixels)), -1, 0).copy())
    else:
        planes = [LINEAR[pixels[..., channel]] for channel in range(3)]
    luminance = planes[0] * np.float32(LUMINANCE[0])
    for plane, weight in zip(planes[1:], LUMINANCE[1:], strict=True):
        luminance += plane * np.float32(weight)
    untouched = amount <= 1 / 1024
    if pixels.dtype == np.float32:
        untouched |= (luminance > 1) | (luminance < 0)
        np.clip(luminance, 0, 1, out=luminance)
    if tone in ("dodge", "burn"):
        # The square root is near enough to how the eye sees lightness, and cheap to undo.
        light = np.sqrt(luminance)
        goal = _curve(light, amount, tone == "dodge", range_)
        goal *= goal
        factor = np.divide(goal, luminance, out=np.ones_like(goal), where=luminance > 1e-6)
        for plane in planes:
            plane *= factor
        luminance = goal
    else:
        _saturate(planes, luminance, amount if tone == "saturate" else -amount)
    if pixels.dtype != np.float32:
        _into_range(planes, luminance)
    out = np.empty((*pixels.shape[:2], 3), pixels.dtype)
    for channel, plane in enumerate(planes):
        if deep:
            done = encoded_beyond(plane) * peak(out) + rounding(out)
            if pixels.dtype == np.uint16:
                np.clip(done, 0, 65535, out=done)
            out[..., channel] = np.where(untouched, pixels[..., channel], done.astype(out.dtype))
            continue
        np.sqrt(np.clip(plane, 0, 1, out=plane), out=plane)
        plane *= len(ENCODED) - 1
        encoded = ENCODED[(plane + np.float32(0.5)).astype(np.intp)] + np.float32(0.5)
        out[..., channel] = np.where(untouched, pixels[..., channel], encoded.astype(np.uint8))
    return out


def _curve(light: Floats, amount: Coverage, lighter: bool, range_: Range) -> Floats:
    """Return lightness (0…1) moved: a power curve, and of it as much as the range has there."""
    power = np.exp2(amount * np.float32(-1.0 if lighter else 1.0))
    moved = np.power(np.maximum(light, np.float32(1e-5)), power)
    if range_ == "midtones":
        share = light * (1 - light) * np.float32(4.6)
    else:
        t = np.clip(light * np.float32(1.5) - (0.5 if range_ == "highlights" else 0.0), 0, 1).astype(np.float32)
        share = t * t * (3 - 2 * t)
        share = (share if range_ == "highlights" else 1 - share) * np.float32(1.6)
    moved = light + (moved - light) * share
    return np.asarray(np.clip(moved, 0, 1), np.float32)


def _saturate(planes: list[Floats], luminance: Floats, amount: Coverage) -> None:
    """Move colours from or to the grey of their luminance; what is colourful already gains less."""
    if amount.max() > 0:
        high, low = np.maximum.reduce(planes), np.minimum.reduce(planes)
        colourful = np.divide(high - low, high, out=np.zeros_like(high), where=high > 1e-6)
        factor = 1 + amount * (1 - colourful * np.float32(0.75))
    else:
        factor = 1 + amount
    for plane in planes:
        plane -= luminance
        plane *= factor
        plane += luminance


def _into_range(planes: list[Floats], luminance: Floats) -> None:
    """Bring colours beyond 0…1 back towards the grey of the same luminance."""
    high, low = np.maximum.reduce(planes), np.minimum.reduce(planes)
    if high.max() <= 1 and low.min() >= 0:
        return
    above = np.divide(1 - luminance, high - luminance, out=np.ones_like(high), where=high > 1)
    below = np.divide(luminance, luminance - low, out=np.ones_like(low), where=low < 0)
    share = np.clip(np.minimum(above, below), 0, 1)
    for plane in planes:
        plane -= luminance
        plane *= share
        plane += luminance

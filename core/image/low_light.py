"""Brighten a dark photo: a tone curve on the local light instead of on the pixels, so that contrast on the spot stays.

The light that falls on each place is estimated as in *LIME* (Guo, Li and Ling, TIP 2017) from the brightest channel,
smoothed along edges; a logarithmic curve (Drago et al., *Adaptive logarithmic mapping*, 2003) says how much light
there should be, and all three channels are multiplied alike in linear light, which keeps hue and saturation. Noise is
then taken out with Open Image Denoise, tile by tile, where and as far as the picture was lifted.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import guided, memory, oidn
from core.image.pixels import Floats, Pixels, bleed, from_linear, shrink, to_byte, to_linear, with_alpha
from core.operations.image_light import LowLight
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

TILE = 1024
MARGIN = 96
"""As in :mod:`core.image.denoising`: what the network sees around a pixel."""
SIDE = 1024
"""The light is estimated on a copy of this size."""
LIGHTNESS = 0.36
"""Where the mean of the darker half is put, as an sRGB value."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
FLOOR = np.float32(0.0012)
"""Linear light below which there is only noise: it is not lifted any further than this."""


class Curve:
    """How much brighter a place gets for the light on it."""

    def __init__(self, light: Floats, luminance: Floats, strength: float, protect: float) -> None:
        """``light`` is the local light (linear, 0…1) of the picture's visible places, ``luminance`` what is seen there.

        ``strength`` and ``protect`` run from 0 to 1.
        """
        self._protect = np.float32(protect)
        self._strength = np.float32(strength)
        white = float(np.quantile(light, 0.995)) if light.size else 1.0
        self._white = max(0.02, min(1.0, white))
        # A photo without anything bright gets a white again, but not out of nothing.
        self._target = max(self._white, min(0.9, self._white * 10))
        self._bend = self._find_bend(light, luminance)

    def _find_bend(self, light: Floats, luminance: Floats) -> float:
        """Return the bend that puts the darker half of what is seen at about a third of full lightness."""
        low, high = 1e-3, 120.0
        if not light.size:
            return low
        dark = np.argsort(luminance, kind="stable")[: max(1, light.size // 2)]
        light, luminance = light[dark], luminance[dark]
        for _ in range(24):
            middle = float(np.sqrt(low * high))
            lightness = float(from_linear(luminance * self._full(light, middle)).mean())
            low, high = (middle, high) if lightness < LIGHTNESS else (low, middle)
        return low

    def _full(self, light: Floats, bend: float) -> Floats:
        """Return the gain at full strength with all highlights kept."""
        v = np.maximum(light, FLOOR) / np.float32(self._white)
        curve = np.log1p(np.float32(bend) * v) / np.float32(np.log1p(bend))
        return np.asarray(np.maximum(curve / v * np.float32(self._target / self._white), 1), np.float32)

    def gain(self, light: Floats) -> Floats:
        """Return by how much linear light is multiplied where the local light is ``light``."""
        kept = np.log2(self._full(light, self._bend))
        everywhere = np.log2(self._full(np.full((1, 1), self._white * 0.1, np.float32), self._bend))[0, 0]
        stops = kept + (1 - self._protect) * np.maximum(0, everywhere - kept)
        return np.asarray(np.exp2(self._strength * stops), np.float32)


def low_light(op: LowLight, ctx: "Context") -> Pixels:
    """Return the picture with its dark parts lifted; alpha is kept as it is."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 12 + 1_000_000_000, Message("Brightening"))
    ctx.progress(0.02, "Measuring the light")
    rgb = bleed(pixels)
    small = shrink(rgb, SIDE)
    light, slopes = local_light(small)
    seen = shrink(np.ascontiguousarray(pixels[..., 3]), SIDE) >= 128
    luminance = to_linear(small / np.float32(255)) @ LUMINANCE
    curve = Curve(light[seen], luminance[seen], op.strength / 100, op.highlights / 100)
    out = rgb.copy()
    ctx.preview(_preview(pixels, lift(small, slopes, curve, small.shape[:2], (0, 0))[0]))
    done = 0.05
    for y in range(0, height, TILE):
        for x in range(0, width, TILE):
            tile = out[y : y + TILE, x : x + TILE]
            share = 0.95 * tile.shape[0] * tile.shape[1] / (height * width)
            tile[:] = _tile(rgb, y, x, slopes, curve, op.denoise / 100, ctx, done, share)
            done += share
            ctx.progress(done, "Brightening")
    result = with_alpha(out, pixels[..., 3])
    result[pixels[..., 3] == 0] = 0
    ctx.preview(shrink(result, SIDE))
    return result


def local_light(small: Pixels) -> tuple[Floats, Floats]:
    """Return the local light of ``small`` (uint8 h×w×3): linear h×w, and h×w×2 how it follows from a pixel's own.

    Worked on in stops, where a shadow's edge is as high as the same edge in the sun.
    """
    stops = _stops(small)
    radius = max(1, round(max(small.shape[:2]) / 40))
    slopes = guided.coefficients(stops, stops, radius, 1.0)
    return np.exp2(slopes[..., 0] * stops + slopes[..., 1]), slopes


def _stops(rgb: Pixels) -> Floats:
    """Return the light of a pixel in stops under white: of its brightest channel, so that no colour is overdone."""
    return np.asarray(np.log2(to_linear(rgb.max(-1) / np.float32(255)) + FLOOR), np.float32)


def lift(
    rgb: Pixels, slopes: Floats, curve: Curve, size: tuple[int, int], place: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Return a piece brightened (sRGB floats H×W×3) and its gain (H×W); it lies at ``place`` in a picture of ``size``.

    What would be pushed over white is bent under it with all channels alike, so that it keeps its hue.
    """
    height, width = rgb.shape[:2]
    top, left = place
    piece = guided.enlarge(slopes, *size, top, top + height, left, left + width)
    gain = curve.gain(np.exp2(piece[..., 0] * _stops(rgb) + piece[..., 1]))
    linear = to_linear(rgb.astype(np.float32) / 255)
    peak = linear.max(-1)
    wanted = peak * gain
    knee = np.maximum(peak, np.float32(0.7))  # what was bright before stays what it was
    over = np.maximum(wanted - knee, 0)
    room = np.maximum(1 - knee, np.float32(1e-3))
    bent = np.where(wanted > knee, knee + room * over / (over + room), wanted)
    gain = np.where(wanted > 0, bent / np.maximum(wanted, np.float32(1e-6)) * gain, gain).astype(np.float32)
    return from_linear(linear * gain[..., None]), gain


def _tile(
    rgb: Pixels,
    y: int,
    x: int,
    slopes: Floats,
    curve: Curve,
    denoise: float,
    ctx: "Context",
    start: float,
    share: float,
) -> Pixels:
    """Return one finished tile (uint8), worked on with the margin that taking out noise needs around it."""
    margin = MARGIN if denoise > 0 else 0
    top, left = max(0, y - margin), max(0, x - margin)
    piece = rgb[top : y + TILE + margin, left : x + TILE + margin]
    bright, gain = lift(piece, slopes, curve, (rgb.shape[0], rgb.shape[1]), (top, left))
    ctx.check_cancelled()
    if denoise > 0 and gain.max() > 1.05:
        clean = np.empty_like(bright)
        noisy = np.ascontiguousarray(bright)
        oidn.denoise(noisy, clean, lambda fraction: ctx.progress(start + share * fraction, "Removing noise"))
        ctx.check_cancelled()
        bright = mix_clean(bright, clean, gain, denoise)
    return to_byte(bright[y - top : y - top + TILE, x - left : x - left + TILE])


def mix_clean(bright: Floats, clean: Floats, gain: Floats, denoise: float) -> Floats:
    """Return ``bright`` with its noise taken out as far as it was lifted, in colour sooner than in lightness.

    Two stops bring up noise in full. Spots of colour go at half of full ``denoise`` (0…1) already, grain only at all of
    it: grain is what keeps texture alive.
    """
    lifted = np.clip(np.log2(np.maximum(gain, 1)) / 2, 0, 1)[..., None]
    change = clean - bright
    luma = (change @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    less = np.float32(denoise) * luma + np.float32(min(1.0, 2 * denoise)) * (change - luma)
    return np.asarray(bright + lifted * less, np.float32)


def _preview(pixels: Pixels, bright: Floats) -> Pixels:
    alpha = shrink(np.ascontiguousarray(pixels[..., 3]), SIDE)
    return with_alpha(to_byte(bright), cv2.resize(alpha, bright.shape[1::-1], interpolation=cv2.INTER_AREA))

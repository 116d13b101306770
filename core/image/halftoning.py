"""Halftone: a picture as dots or lines of ink whose size gives the tone, as in print.

A screen is a threshold for every point of a cell, made even (by the distribution of its spot function) so that the part
of a cell below ``a`` is just ``a``. Edges are anti-aliased by the threshold's slope. What that and the grid of pixels
do to the tone is measured on flat tints and taken out of the coverage, as a press is calibrated. Tones add up in linear
light (Murray–Davies for one ink, Demichel and Neugebauer for four ideal inks), which is what an eye sees from afar.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import memory
from core.image.pixels import LINEAR, Floats, Pixels, bands, bleed, from_linear, parse_colour, shrink, to_byte
from core.operations.image_style import Halftone
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
LEVELS = 65
"""So many tints are measured to calibrate a screen."""
SPREAD = 0.42
"""Blur before a screen without detail, in parts of the distance: about one tone for each dot."""


class Screen:
    """One ink's screen: shape, distance between dots in pixels, and angle."""

    def __init__(self, shape: str, pitch: float, angle: float) -> None:
        self.shape = shape
        self.pitch = pitch
        turn = np.radians(angle)
        self._cos, self._sin = float(np.cos(turn)), float(np.sin(turn))
        self.even, self.slope = _evenness() if shape == "dots" else (np.empty(0, np.float32),) * 2
        self._wanted = self._found = np.linspace(0, 1, 2, dtype=np.float32)
        self._calibrate()

    def ink(self, coverage: Floats, top: int) -> Floats:
        """Return how much of each pixel is inked (h×w, 0…1) for a wanted ``coverage``; row 0 is row ``top``."""
        return self._printed(np.interp(coverage, self._found, self._wanted).astype(np.float32), top)

    def _printed(self, coverage: Floats, top: int) -> Floats:
        height, width = coverage.shape
        x = np.arange(width, dtype=np.float32)[None] / np.float32(self.pitch)
        y = np.arange(top, top + height, dtype=np.float32)[:, None] / np.float32(self.pitch)
        along = np.asarray(x * np.float32(self._cos) - y * np.float32(self._sin), np.float32)
        across = np.asarray(x * np.float32(self._sin) + y * np.float32(self._cos), np.float32)
        threshold, slope = self._threshold(along, across)
        half = np.float32(0.5)
        sharp = np.float32(self.pitch) / np.maximum(slope, np.float32(np.pi / self.pitch))
        sharp = np.maximum(sharp, np.float32(0.6))
        # A thin line has two edges in one pixel, and so has a thin gap: the threshold is folded at 0 and at 1.
        inked = np.clip((coverage - threshold) * sharp + half, 0, 1)
        inked -= np.clip(half - (coverage + threshold) * sharp, 0, 1)
        inked += np.clip((coverage + threshold - 2) * sharp + half, 0, 1)
        return np.asarray(np.clip(inked, 0, 1), np.float32)

    def _threshold(self, along: Floats, across: Floats) -> tuple[Floats, Floats]:
        """Return the threshold of each point (even in 0…1) and its slope a cell."""
        if self.shape == "lines":
            return np.abs(across - np.rint(across)) * 2, np.full_like(across, 2)
        if self.shape == "cross":
            u, v = (np.abs(part - np.rint(part)) * 2 for part in (along, across))
            nearest = np.minimum(u, v)
            return nearest * (2 - nearest), 4 * (1 - nearest)
        u, v = np.float32(2 * np.pi) * along, np.float32(2 * np.pi) * across
        value = (2 - np.cos(u) - np.cos(v)) / 4  # 0 in the middle of a dot, 1 between four
        steep = np.float32(np.pi / 2) * np.hypot(np.sin(u), np.sin(v))
        place = value * np.float32(len(self.even) - 1)
        index = np.clip(place.astype(np.int32), 0, len(self.even) - 2)
        share = place - index
        start = self.even[index]
        slope = self.slope[index] * steep
        return start + share * (self.even[index + 1] - start), slope

    def _calibrate(self) -> None:
        """Measure what flat tints come out as."""
        side = int(min(320, max(128, 12 * self.pitch)))
        even = np.linspace(0, 1, LEVELS, dtype=np.float32)
        wanted = even * even * (3 - 2 * even)
        wanted = wanted * wanted * (3 - 2 * wanted)  # close steps near black and white, where the eye is keen
        found = np.empty_like(wanted)
        for index, level in enumerate(wanted):
            found[index] = self._printed(np.full((side, side), level, np.float32), 0).mean()
        found = np.maximum.accumulate(found)
        self._wanted = wanted
        self._found = found + np.linspace(0, 1e-6, LEVELS, dtype=np.float32)


@lru_cache(maxsize=32)
def screen(shape: str, pitch: float, angle: float) -> Screen:
    """Return a calibrated screen; those used last are kept, for while a colour is tried they stay the same."""
    return Screen(shape, pitch, angle)


@lru_cache(maxsize=1)
def _evenness() -> tuple[Floats, Floats]:
    """Return for spot values 0…1 which part of a cell lies below them, and the slope of that."""
    steps = (np.arange(1024) + 0.5) / 1024
    line = np.cos(2 * np.pi * steps)
    values = (2 - line[:, None] - line[None]) / 4
    counts, _ = np.histogram(values, bins=512, range=(0, 1))
    below = np.concatenate(([0], np.cumsum(counts))) / values.size
    return below.astype(np.float32), np.gradient(below, 1 / 512).astype(np.float32)


def halftone(op: Halftone, ctx: "Context") -> Pixels:
    """Return the picture in ink on paper; alpha is kept as it is. About 20 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 20 + 150_000_000, Message("The halftone"))
    paper, ink = (LINEAR[np.array(parse_colour(c)[:3])] for c in (op.paper, op.ink))
    if op.inks == "one ink" and abs(float((paper - ink) @ LUMINANCE)) < 0.02:
        raise AtelierError("Ink and paper are equally bright, so nothing would be seen: choose another ink or paper.")
    ctx.progress(0.02, "Preparing screens")
    rgb = bleed(pixels)
    view = shrink(rgb, 1024)
    scale = view.shape[1] / width
    if scale < 1 and op.pitch * scale >= 2.5:
        screens = _screens(op, op.pitch * scale)
        shown = printed(view, screens, op, paper, ink, op.pitch * scale, 0, view.shape[0])
        ctx.preview(np.dstack((shown, shrink(np.ascontiguousarray(pixels[..., 3]), 1024).reshape(shown.shape[:2]))))
    screens = _screens(op, op.pitch)
    out = np.empty_like(pixels)
    out[..., 3] = pixels[..., 3]
    for top, bottom in bands(height, width * 128):
        ctx.progress(0.1 + 0.9 * top / height, "Printing")
        out[top:bottom, :, :3] = printed(rgb, screens, op, paper, ink, op.pitch, top, bottom)
    out[pixels[..., 3] == 0] = 0
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def _screens(op: Halftone, pitch: float) -> list[Screen]:
    if op.inks == "one ink":
        return [screen(op.shape, pitch, op.angle)]
    # Yellow is seen least, and its screen is a little finer, so that it makes no pattern with the others.
    angles = (op.cyan, 1.0), (op.magenta, 1.0), (op.yellow, 0.93), (op.angle, 1.0)
    return [screen(op.shape, max(2.0, pitch * part), angle) for angle, part in angles]


def printed(
    rgb: Pixels, screens: list[Screen], op: Halftone, paper: Floats, ink: Floats, pitch: float, top: int, bottom: int
) -> Pixels:
    """Return rows ``top`` to ``bottom`` of the print of ``rgb`` (uint8 H×W×3) as uint8 h×W×3."""
    sigma = SPREAD * pitch * (1 - op.detail / 100)
    margin = int(3.5 * sigma) + 1
    first, last = max(0, top - margin), min(rgb.shape[0], bottom + margin)
    light = LINEAR[rgb[first:last]]
    if sigma > 0.3:
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)
    light = light[top - first : bottom - first]
    if len(screens) == 1:
        bright, dark = float(paper @ LUMINANCE), float(ink @ LUMINANCE)
        coverage = np.clip((bright - light @ LUMINANCE) / np.float32(bright - dark), 0, 1)
        inked = screens[0].ink(coverage, top)[..., None]
        return to_byte(from_linear(paper + inked * (ink - paper)))
    light = np.clip(light / np.maximum(paper, np.float32(1e-3)), 0, 1)
    grey = np.float32(op.black / 100) * (1 - light.max(-1))
    result = np.broadcast_to(paper, light.shape).copy()
    for channel in range(3):
        coverage = 1 - light[..., channel] / np.maximum(1 - grey, np.float32(1e-4))
        result[..., channel] *= 1 - screens[channel].ink(np.clip(coverage, 0, 1), top)
    result *= 1 - screens[3].ink(grey, top)[..., None]
    return to_byte(from_linear(result))

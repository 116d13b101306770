"""What drawn compositions share: palettes, a sheet whose units do not depend on pixels, and showing work on the way.

A composition is a list of strokes: functions that draw on a skia canvas in units of which the shorter side has
:data:`UNITS`. So a seed gives the same picture at every size; it is drawn small first, growing before one's eyes.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import skia

from core.image import memory
from core.image.pixels import Floats, Pixels, from_oklab, parse_colour, to_byte, to_oklab
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

UNITS = 1000.0
"""The shorter side of a sheet that is not a ribbon."""
VIEW = 900
"""Longer side of the picture that is drawn first."""
STEPS = 14
"""So many times it is shown on the way."""

PALETTES: dict[str, tuple[str, ...]] = {
    "linen": ("#f3ece1", "#22333b", "#c8553d", "#e0a458", "#5f7f73", "#8d99ae"),
    "tide": ("#f1f5f4", "#0b3954", "#087e8b", "#bfd7ea", "#ff5a5f", "#f3b61f"),
    "meadow": ("#f5f3e7", "#283618", "#606c38", "#bc6c25", "#dda15e", "#a3b18a"),
    "print": ("#fbf7ee", "#0078bf", "#ff665e", "#ffb511", "#00a95c", "#2b2b33"),
    "blossom": ("#fdf3f0", "#d1495b", "#edae49", "#f4a6b7", "#5d5a6b", "#30638e"),
    "glacier": ("#eef4f8", "#12263a", "#2d6187", "#6fa8c9", "#b7d3e3", "#e9c46a"),
    "ink": ("#f7f5f0", "#1b1b1e", "#4a4e57", "#8a8f98", "#bdbdb9", "#b23a48"),
    "dusk": ("#1f1b33", "#f2cc8f", "#e07a5f", "#81b29a", "#7f7caf", "#f4f1de"),
    "night": ("#0e1624", "#e8eef2", "#5bc0be", "#3f5f8a", "#f2a65a", "#ef476f"),
    "ember": ("#1c1110", "#f25c05", "#f2b705", "#e6dccb", "#8c1c13", "#c44536"),
}
"""By name: the ground first, then colours in the order of their weight."""

Stroke = Callable[[skia.Canvas], None]
Point = tuple[float, float]


class Colours(NamedTuple):
    """A ground and colours on it, each as RGB of 0 to 255."""

    ground: tuple[int, int, int]
    inks: tuple[tuple[int, int, int], ...]

    @property
    def dark(self) -> bool:
        """True when the ground is dark."""
        return float(lightness(self.ground)) < 0.55

    def pick(self, random: np.random.Generator) -> tuple[int, int, int]:
        """Return a colour, the first ones more often."""
        weight = 1 / np.arange(1.6, len(self.inks) + 1.6) ** 0.7
        return self.inks[int(random.choice(len(self.inks), p=weight / weight.sum()))]


def colours(palette: str, own: str | None) -> Colours:
    """Return the colours of a palette, or those that are written in ``own``."""
    found = re.findall("#[0-9a-fA-F]{6}", own or "") or list(PALETTES[palette])
    rgb = [parse_colour(one)[:3] for one in found]
    return Colours(rgb[0], tuple(rgb[1:]))


def lightness(rgb: Sequence[int]) -> float:
    """Return OKLab's lightness (0…1)."""
    return float(to_oklab(np.array(rgb, np.uint8))[0])


def mixed(first: Sequence[int], second: Sequence[int], share: float) -> tuple[int, int, int]:
    """Return a colour between two, evenly to the eye (OKLab)."""
    a, b = (to_oklab(np.array(one, np.uint8)) for one in (first, second))
    red, green, blue = to_byte(from_oklab(np.asarray(a + np.float32(share) * (b - a), np.float32)))
    return int(red), int(green), int(blue)


def shaded(rgb: Sequence[int], by: float) -> tuple[int, int, int]:
    """Return a colour made lighter (or darker) by ``by`` of OKLab's lightness."""
    lab = to_oklab(np.array(rgb, np.uint8))
    lab[0] = np.clip(lab[0] + by, 0, 1)
    red, green, blue = to_byte(np.clip(from_oklab(lab), 0, 1))
    return int(red), int(green), int(blue)


def paint(rgb: Sequence[int], alpha: float = 1.0, stroke: float = 0.0, *, butt: bool = False) -> skia.Paint:
    """Return an anti-aliased paint that fills, or draws a line ``stroke`` wide."""
    made = skia.Paint(AntiAlias=True, Color=skia.Color(*(int(v) for v in rgb[:3]), round(255 * alpha)))
    if stroke > 0:
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(stroke)
        made.setStrokeJoin(skia.Paint.kRound_Join)
        made.setStrokeCap(skia.Paint.kButt_Cap if butt else skia.Paint.kRound_Cap)
    return made


def polygon(points: Floats | Sequence[Point], *, closed: bool = True) -> skia.Path:
    """Return a path through points (N×2, x and y)."""
    path = skia.Path()
    path.addPoly([skia.Point(float(x), float(y)) for x, y in points], closed)
    return path


def curve(points: Floats) -> skia.Path:
    """Return a smooth open path through points (N×2): quadratic curves between the middles of its pieces."""
    path = skia.Path()
    path.moveTo(*map(float, points[0]))
    for here, after in itertools.pairwise(points[1:]):
        middle = (here + after) / 2
        path.quadTo(float(here[0]), float(here[1]), float(middle[0]), float(middle[1]))
    path.lineTo(*map(float, points[-1]))
    return path


def extent(width: int, height: int) -> Point:
    """Return the size of a sheet in units."""
    side = measure(width, height)
    return width * UNITS / side, height * UNITS / side


def measure(width: int, height: int) -> float:
    """Return the pixels that :data:`UNITS` are: the shorter side, but at least a sixth of the longer one."""
    return max(min(width, height), max(width, height) / 6)


def require(width: int, height: int, per_pixel: int = 14) -> None:
    """Refuse a picture that memory does not hold, before anything is drawn."""
    memory.require(width * height * per_pixel + 60_000_000, Message("The picture"))


def compose(
    ctx: "Context", width: int, height: int, ground: Sequence[int] | None, strokes: Sequence[Stroke], start: float = 0.1
) -> Pixels:
    """Draw ``strokes`` on ``ground`` (None is transparent), small and growing first; return the picture."""
    scale = min(1.0, VIEW / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    middle = start
    if scale < 1:
        middle = start + 0.3 * (1 - start)
        _drawn(ctx, size, ground, strokes, (start, middle), show=True)
    return _drawn(ctx, (width, height), ground, strokes, (middle, 1.0), show=scale == 1)


def _drawn(
    ctx: "Context",
    size: tuple[int, int],
    ground: Sequence[int] | None,
    strokes: Sequence[Stroke],
    part: tuple[float, float],
    *,
    show: bool,
) -> Pixels:
    width, height = size
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    canvas = surface.getCanvas()
    if ground is not None:
        canvas.clear(skia.Color(*(int(v) for v in ground)))
    across, down = extent(width, height)
    canvas.scale(width / across, height / down)
    pace = max(1, len(strokes) // STEPS)
    for index, stroke in enumerate(strokes):
        stroke(canvas)
        if index % 16 == 15 or index % pace == pace - 1:
            ctx.progress(part[0] + (part[1] - part[0]) * (index + 1) / len(strokes), "Drawing")
        if show and index % pace == pace - 1:
            surface.flushAndSubmit()
            ctx.preview(straight(pixels) if ground is None else pixels)
    surface.flushAndSubmit()
    out = straight(pixels) if ground is None else pixels.copy()
    ctx.progress(part[1], "Drawing")
    return out


def straight(pixels: Pixels) -> Pixels:
    """Return premultiplied RGBA with straight alpha."""
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    out = np.empty_like(pixels)
    source = skia.Pixmap(info, pixels, pixels.shape[1] * 4)
    wanted = info.makeAlphaType(skia.kUnpremul_AlphaType)
    source.readPixels(skia.Pixmap(wanted, out, pixels.shape[1] * 4))
    return out


def field(random: np.random.Generator, across: float, down: float, grain: float, octaves: int = 2) -> Floats:
    """Return a smooth random height for every other unit of a sheet (h×w float32), its hills ``grain`` units wide.

    Random numbers are drawn for the square that holds the longest sheet, so that a sheet's size in units changes
    nothing but what part is seen.
    """
    height, width = max(2, round(down / 2)), max(2, round(across / 2))
    out = np.zeros((height, width), np.float32)
    weight = 1.0
    for _ in range(octaves):
        count = int(min(400, np.ceil(max(across, down) / grain) + 4))
        grid = random.standard_normal((count, count), np.float32)
        rows = (np.arange(height, dtype=np.float32) * np.float32(2 / grain) + 1.5)[:, None]
        columns = (np.arange(width, dtype=np.float32) * np.float32(2 / grain) + 1.5)[None]
        across_map, down_map = (
            np.ascontiguousarray(np.broadcast_to(part, (height, width))) for part in (columns, rows)
        )
        part = cv2.remap(grid, across_map, down_map, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
        out += np.float32(weight) * part
        grain, weight = grain / 2, weight * 0.3
    return out

"""Oil painting and watercolour: strokes along a picture's forms, and what paint does on its ground.

Oil is the anisotropic Kuwahara filter (:mod:`core.image.strokes`) with bristle marks: noise drawn out along strokes,
lit from the upper left. Watercolour follows Bousseau et al., *Interactive watercolor rendering with temporal coherence
and abstraction* (2006): a colour's density, more at rims and where water stood, less on the heights of the paper.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import memory, strokes
from core.image.pixels import Floats, Pixels, bleed, from_oklab, shrink, to_byte, to_oklab, with_alpha
from core.operations.image_style import OilPaint, Watercolour
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

VIEW = 720
"""A first preview is made of a copy of this size."""

WORK = 2400
"""A larger picture is painted at this size and enlarged: strokes are much larger than what that takes away."""

Painter = Callable[[Pixels, Callable[[float], None]], Pixels]
"""Paints uint8 H×W×3, and says how far it is (0…1)."""


def oil_paint(op: OilPaint, ctx: "Context") -> Pixels:
    """Return the picture as an oil painting; alpha is kept as it is."""

    def paint(rgb: Pixels, done: Callable[[float], None]) -> Pixels:
        return _oil(op, rgb, done)

    return painted(ctx, ctx.image(op.image), paint, Message("The painting"))


def watercolour(op: Watercolour, ctx: "Context") -> Pixels:
    """Return the picture as a watercolour; alpha is kept as it is."""

    def paint(rgb: Pixels, done: Callable[[float], None]) -> Pixels:
        return _watercolour(op, rgb, done)

    return painted(ctx, ctx.image(op.image), paint, Message("The painting"))


def painted(ctx: "Context", pixels: Pixels, paint: Painter, what: Message) -> Pixels:
    """Return ``pixels`` with its colours from ``paint``, first small as a preview; alpha stays."""
    height, width = pixels.shape[:2]
    memory.require(height * width * 24 + 400_000_000 + strokes.BAND * strokes.PER_PIXEL + 100_000_000, what)
    ctx.progress(0.01, "Looking at the picture")
    rgb = bleed(pixels)
    done = start = 0.01

    def sketching(share: float) -> None:
        nonlocal done
        done = max(done, 0.01 + 0.07 * share)  # painters also call to hear whether to stop
        ctx.progress(done, "Sketching")

    def painting(share: float) -> None:
        nonlocal done
        done = max(done, start + (0.99 - start) * share)
        ctx.progress(done, "Painting")

    work = shrink(rgb, WORK)
    if max(height, width) > VIEW:
        ctx.preview(paint(shrink(rgb, VIEW), sketching))
        start = 0.08
    result = enlarged(paint(work, painting), height, width)
    out = with_alpha(result, pixels[..., 3])
    out[pixels[..., 3] == 0] = 0
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def enlarged(painted: Pixels, height: int, width: int) -> Pixels:
    """Return what was painted (uint8 h×w×3) at full size, the edges of its strokes as narrow as they were."""
    times = width / painted.shape[1]
    if painted.shape[:2] == (height, width):
        return painted
    large = cv2.resize(painted, (width, height), interpolation=cv2.INTER_CUBIC)
    side = 2 * round(times) + 1
    kernel = np.ones((side, side), np.uint8)
    soft = cv2.GaussianBlur(large, (0, 0), 0.9 * times)
    crisp = cv2.addWeighted(large, 2.4, soft, -1.4, 0)
    # No brighter and no darker than what is around: no halo, just a steeper edge.
    return np.asarray(np.clip(crisp, cv2.erode(large, kernel), cv2.dilate(large, kernel)), np.uint8)


def _oil(op: OilPaint, rgb: Pixels, done: Callable[[float], None]) -> Pixels:
    height, width = rgb.shape[:2]
    longer = max(height, width)
    radius = max(1.5, op.brush / 100 * longer)
    random = np.random.default_rng(op.seed)
    bristles = strokes.noise(height, width, max(1.0, radius / 4.5), random)
    out = np.empty_like(rgb)
    margin = round(3.2 * radius * (1 + op.follow / 100)) + 4
    for first, top, bottom, last in strokes.bands(height, width, margin):
        share, span = top / height, (bottom - top) / height
        part = rgb[first:last].astype(np.float32) / np.float32(255)

        def tick(share: float = share) -> None:
            done(share)

        along = strokes.flow(to_oklab(rgb[first:last])[..., 0], max(1.0, 0.8 * radius))
        flat = strokes.kuwahara(part, along, radius, op.follow / 100, tick)
        done(share + 0.7 * span)
        lab = to_oklab(flat)
        lab[..., 1:] *= np.float32(1 + op.colour / 100)
        if op.relief:
            lab[..., 0] += _relief(bristles[first:last], lab[..., 0], along, radius, tick) * np.float32(op.relief / 100)
        out[top:bottom] = to_byte(from_oklab(lab))[top - first : bottom - first]
        done(share + span)
    return out


def _relief(grain: Pixels, light: Floats, along: strokes.Flow, radius: float, tick: Callable[[], None]) -> Floats:
    """Return by how much the light on the bristles' ridges changes lightness."""
    ridges = strokes.smear(grain.astype(np.float32) / np.float32(255), along, 2.4 * radius, tick)
    # Paint stands a little higher where a stroke ends, too.
    height = ridges + np.float32(0.35) * light
    turn = max(1, round(radius / 9))
    lit = np.roll(height, (-turn, -turn), (0, 1)) - np.roll(height, (turn, turn), (0, 1))
    lit[:turn], lit[-turn:], lit[:, :turn], lit[:, -turn:] = 0, 0, 0, 0
    return np.asarray(np.clip(lit * np.float32(1.1), -0.22, 0.22), np.float32)


def _watercolour(op: Watercolour, rgb: Pixels, done: Callable[[float], None]) -> Pixels:
    height, width = rgb.shape[:2]
    longer = max(height, width)
    unit = longer / 1000
    radius = max(1.5, op.brush / 100 * longer)
    random = np.random.default_rng(op.seed)
    shift = [strokes.clouds(height, width, 26 * unit, random, 4) for _ in range(2)]
    pools = strokes.clouds(height, width, 90 * unit, random, 5)
    fibres = strokes.clouds(height, width, max(1.0, 3.2 * unit), random, 2)
    done(0.05)
    out = np.empty_like(rgb)
    wander = op.wobble / 100 * 3.2 * unit
    margin = round(4 * radius + 4 * wander + 12 * unit) + 4
    for first, top, bottom, last in strokes.bands(height, width, margin):
        share, span = 0.05 + 0.95 * top / height, 0.95 * (bottom - top) / height

        def tick(share: float = share) -> None:
            done(share)

        rows = slice(first, last)
        part = rgb[rows].astype(np.float32) / np.float32(255)
        along = strokes.flow(to_oklab(rgb[rows])[..., 0], max(1.0, 0.8 * radius))
        flat = strokes.kuwahara(part, along, radius, 0.5, tick)
        columns = np.arange(width, dtype=np.float32)[None] + np.float32(wander) * shift[0][rows]
        lines = np.arange(last - first, dtype=np.float32)[:, None] + np.float32(wander) * shift[1][rows]
        flat = cv2.remap(flat, columns, lines, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        lab = _washes(to_oklab(np.clip(flat, 0, 1)))
        wash = np.clip(from_oklab(lab), 0, 1)
        density = _density(op, lab[..., 0], unit, pools[rows], fibres[rows])
        # A density of 1 is the colour itself, 2 two layers of it (Bousseau et al. 2006).
        wash = wash * (1 - (1 - wash) * (density[..., None] - 1))
        out[top:bottom] = to_byte(wash)[top - first : bottom - first]
        done(share + span)
    return out


def _washes(lab: Floats) -> Floats:
    """Return colours as washes: light ones become paper, shadows keep their colour, steps are drawn together."""
    light = np.clip(lab[..., 0], 0, 1)
    steps = 7.0
    place = light * np.float32(steps)
    base = np.floor(place)
    rest = place - base
    rest = rest * rest * (3 - 2 * rest)
    stepped = (base + rest) / np.float32(steps)
    light = light + np.float32(0.6) * (stepped - light)
    light = np.float32(0.27) + np.float32(0.73) * light ** np.float32(0.86)
    light += np.float32(0.03) * np.clip((light - np.float32(0.85)) / np.float32(0.1), 0, 1)
    out = lab.copy()
    out[..., 0] = np.minimum(light, np.float32(0.985))
    out[..., 1:] *= (
        np.float32(1.18) * (1 - np.clip((light - np.float32(0.9)) / np.float32(0.1), 0, 1) * np.float32(0.6))[..., None]
    )
    return out


def _density(op: Watercolour, light: Floats, unit: float, pools: Floats, fibres: Floats) -> Floats:
    """Return how much pigment lies at each place, 1 on average."""
    wide = max(1.0, 3.0 * unit)
    around = cv2.GaussianBlur(light, (0, 0), wide)
    # The darker side of an edge is where the wash ended: its pigment gathers there.
    rim = np.clip(around - light - np.float32(0.006), 0, 0.12)
    inner = np.abs(cv2.GaussianBlur(light, (0, 0), max(0.8, unit)) - around)
    density = 1 + np.float32(op.edges / 100) * (np.float32(7.0) * rim + np.float32(1.6) * inner)
    density += np.float32(op.flow / 100 * 0.17) * pools
    density += np.float32(op.paper / 100 * 0.09) * fibres
    return np.asarray(np.clip(density, 0.35, 2.2), np.float32)

"""Pencil drawings and cartoons: lines along the flow of edges, hatching, and few flat colours.

Lines are flow-based extended differences of Gaussians (Winnemöller, Kyprianidis and Olsen, *XDoG*, 2012). Hatching is
laid in layers, as one draws: each direction comes in where the tone asks for more than the ones before can give.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import palette, strokes
from core.image.painting import painted
from core.image.pixels import (
    LINEAR,
    Floats,
    Pixels,
    bleed,
    from_linear,
    from_oklab,
    parse_colour,
    shrink,
    to_byte,
    to_oklab,
)
from core.operations.image_style import Cartoon, Pencil
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SAMPLES = 6_000
"""So many pixels of a small copy are asked for the main colours."""
LAYERS = ((0.0, 0.10, 0.50), (14.0, 0.30, 0.72), (-62.0, 0.50, 0.92), (5.0, 0.62, 1.0))
"""Of hatching: turn against the first, and at which darkness (0…1) it begins and is full."""

Done = Callable[[float], None]


def pencil(op: Pencil, ctx: "Context") -> Pixels:
    """Return the picture as a pencil drawing on paper; alpha is kept as it is."""
    return painted(ctx, ctx.image(op.image), lambda rgb, done: _pencil(op, rgb, done), Message("The drawing"))


def cartoon(op: Cartoon, ctx: "Context") -> Pixels:
    """Return the picture in few colours with outlines; alpha is kept as it is."""
    pixels = ctx.image(op.image)
    ctx.progress(0.0, "Finding colours")
    colours = _main_colours(op, bleed(shrink(pixels, 320)))
    return painted(ctx, pixels, lambda rgb, done: _cartoon(op, colours, rgb, done), Message("The drawing"))


def outlines(light: Floats, along: strokes.Flow, width: float, amount: float, tick: Callable[[], None]) -> Floats:
    """Return how dark the lines are (h×w, 0…1) that go along the edges of ``light``; ``width`` in pixels."""
    sigma = max(0.6, width * 0.55)
    wide = cv2.GaussianBlur(light, (0, 0), 1.6 * sigma)
    difference = cv2.GaussianBlur(light, (0, 0), sigma) - wide
    difference = strokes.smear(np.asarray(difference, np.float32), along, 5 * sigma, tick, steps=6)
    # Against the contrast around: faint edges in shadows are edges, too, and noise in the light is none.
    floor = np.float32(0.022 - 0.018 * amount)
    drawn = np.clip((-difference - floor * np.float32(0.35)) / floor, 0, 1)
    return np.asarray(drawn * drawn * (3 - 2 * drawn), np.float32)


# --- pencil ---------------------------------------------------------------------------------------------------------


def _pencil(op: Pencil, rgb: Pixels, done: Done) -> Pixels:
    height, width = rgb.shape[:2]
    longer = max(height, width)
    point = max(1.0, op.width / 100 * longer)
    random = np.random.default_rng(op.seed)
    grains = [strokes.noise(height, width, 1.15 * point, random) for _ in LAYERS]
    tooth = strokes.clouds(height, width, max(1.0, 1.1 * point), random, 2)
    pressure = strokes.clouds(height, width, 60 * point, random, 2)
    view = to_oklab(shrink(rgb, 400))[..., 0]
    low, high = np.quantile(view, (0.02, 0.97))
    paper, lead = (LINEAR[np.array(parse_colour(c)[:3])] for c in (op.paper, op.ink))
    out = np.empty_like(rgb)
    margin = round(34 * point) + 8
    for first, top, bottom, last in strokes.bands(height, width, margin):
        share, span = top / height, (bottom - top) / height

        def tick(share: float = share) -> None:
            done(share)

        rows = slice(first, last)
        lab = to_oklab(rgb[rows])
        light = lab[..., 0]
        along = strokes.flow(light, max(1.0, 2.2 * point))
        line = outlines(light, along, 1.5 * point, op.lines / 100, tick) * np.float32(min(1, 0.35 + op.lines / 120))
        line *= np.clip(np.float32(0.9) + np.float32(0.22) * pressure[rows] + np.float32(0.12) * tooth[rows], 0, 1)
        if op.lines == 0:
            line[:] = 0
        done(share + 0.3 * span)
        spread = max(0.15, float(high - low))
        toned = cv2.GaussianBlur(light, (0, 0), 1.2 * point)
        dark = 1 - np.clip((toned - np.float32(low)) / np.float32(spread), 0, 1)
        dark = np.clip(dark + np.float32(0.02) * pressure[rows], 0, 1) * np.float32(min(1.25, 0.25 + op.shading / 80))
        cover = _hatching(op, dark if op.shading else np.zeros_like(dark), [g[rows] for g in grains], point, tick)
        # The paper's tooth shows in the middle tones; what is black is rubbed in.
        cover = np.clip(cover + np.float32(0.36) * tooth[rows] * cover * (1 - cover), 0, 1)
        done(share + 0.9 * span)
        if op.kind == "coloured":
            made = _coloured(lab, cover, line, paper)
        else:
            ink = 1 - (1 - cover) * (1 - line)
            made = paper + ink[..., None] * (lead - paper)
        out[top:bottom] = to_byte(from_linear(made))[top - first : bottom - first]
        done(share + span)
    return out


def _hatching(op: Pencil, dark: Floats, grains: list[Pixels], point: float, tick: Callable[[], None]) -> Floats:
    """Return how much of the paper pencil strokes cover (h×w, 0…1) for a darkness of 0…1."""
    bare = np.ones_like(dark)
    for (turn, begin, full), grain in zip(LAYERS, grains, strict=True):
        angle = np.radians(op.angle + turn)
        ahead = strokes.Flow(
            np.full(dark.shape, np.cos(angle), np.float32),
            np.full(dark.shape, -np.sin(angle), np.float32),
            np.empty(0, np.float32),
        )
        lines = strokes.smear(grain.astype(np.float32) / np.float32(255), ahead, 17 * point, tick, steps=12)
        # Even in 0…1, about: strokes then cover just as much as they should.
        spread = np.float32(max(0.02, float(lines.std())))
        even = 1 / (1 + np.exp(np.float32(-1.7) * (lines - np.float32(lines.mean())) / spread))
        wanted = np.clip((dark - np.float32(begin)) / np.float32(full - begin), 0, 1)
        # Where a layer is full, hardly any paper shows between its strokes.
        reach = wanted * (np.float32(1.1) + np.float32(0.4) * wanted)
        stroke = np.clip((reach - even) * np.float32(2.6), 0, 1)
        bare *= 1 - np.float32(0.62) * stroke
    # A light rub of graphite below the strokes holds them together.
    return np.asarray(1 - bare * (1 - np.float32(0.16) * np.clip(dark - np.float32(0.15), 0, 1)), np.float32)


def _coloured(lab: Floats, cover: Floats, line: Floats, paper: Floats) -> Floats:
    """Return linear light of pencils in the picture's own colours, the lines in a darker one of the same hue."""
    rich = lab.copy()
    rich[..., 0] = np.float32(0.12) + np.float32(0.66) * lab[..., 0]
    rich[..., 1:] *= np.float32(1.45)
    lead = np.clip(from_oklab(rich), 0, 1)
    lead = LINEAR[to_byte(lead)]
    # Pale colours need pencil as well: chroma is laid where there is no darkness.
    chroma = np.clip(np.hypot(lab[..., 1], lab[..., 2]) / np.float32(0.16), 0, 1)
    base = np.float32(0.5) * chroma
    cover = np.asarray(1 - (1 - cover) * (1 - base * np.float32(0.8)), np.float32)
    made = paper + cover[..., None] * (lead - paper)
    rich[..., 0] = np.float32(0.1) + np.float32(0.22) * lab[..., 0]
    rich[..., 1:] *= np.float32(0.6)
    edge = LINEAR[to_byte(np.clip(from_oklab(rich), 0, 1))]
    return np.asarray(made + line[..., None] * (edge - made), np.float32)


# --- cartoon --------------------------------------------------------------------------------------------------------


def _cartoon(op: Cartoon, colours: tuple[Floats, Floats], rgb: Pixels, done: Done) -> Pixels:
    height, width = rgb.shape[:2]
    longer = max(height, width)
    radius = max(1.5, op.brush / 100 * longer)
    line_width = max(1.0, op.width / 100 * longer)
    ink = LINEAR[np.array(parse_colour(op.ink)[:3])]
    out = np.empty_like(rgb)
    margin = round(max(4 * radius, 9 * line_width)) + 8
    for first, top, bottom, last in strokes.bands(height, width, margin):
        share, span = top / height, (bottom - top) / height

        def tick(share: float = share) -> None:
            done(share)

        part = rgb[first:last].astype(np.float32) / np.float32(255)
        light = to_oklab(rgb[first:last])[..., 0]
        along = strokes.flow(light, max(1.0, 0.7 * radius))
        flat = strokes.kuwahara(part, along, radius, 0.6, tick)
        done(share + 0.6 * span)
        lab = to_oklab(np.clip(flat, 0, 1))
        steps = _nearest(lab, colours)
        lab[..., 1:] *= np.float32(1 + op.vivid / 100)
        steps += np.float32(op.soft / 100) * (lab - steps)
        made = to_byte(from_oklab(steps))
        side = 3 if radius < 4 else 5
        made = cv2.medianBlur(made, side)  # between two colours lies a third one now and then
        if op.lines:
            calm = np.float32(0.5) * (light + to_oklab(np.clip(flat, 0, 1))[..., 0])
            line = outlines(calm, along, line_width, op.lines / 100, tick)[..., None]
            made = to_byte(from_linear(LINEAR[made] * (1 - line) + line * ink))
        out[top:bottom] = made[top - first : bottom - first]
        done(share + span)
    return out


def _main_colours(op: Cartoon, rgb: Pixels) -> tuple[Floats, Floats]:
    """Return main colours (N×3, OKLab) as they are looked for and as they are drawn."""
    random = np.random.default_rng(op.seed)
    small = cv2.medianBlur(rgb, 3) if min(rgb.shape[:2]) > 4 else rgb
    lab = to_oklab(small).reshape(-1, 3)
    some = lab[random.choice(len(lab), min(SAMPLES, len(lab)), replace=False)]
    centres, _ = palette.cluster(some, min(op.colours, len(some)), random)
    drawn = centres.copy()
    drawn[:, 1:] *= np.float32(1 + op.vivid / 100)
    # The darkest and the lightest carry the picture: give them a little more room.
    middle = drawn[:, 0].mean()
    drawn[:, 0] = np.clip(middle + (drawn[:, 0] - middle) * np.float32(1.1), 0.05, 0.99)
    return centres.astype(np.float32), drawn.astype(np.float32)


def _nearest(lab: Floats, colours: tuple[Floats, Floats]) -> Floats:
    """Return the drawn colour of the nearest main one for each pixel, mixed where two are about as near."""
    centres, drawn = colours
    best = np.full(lab.shape[:2], np.inf, np.float32)
    second = best.copy()
    out, other = np.zeros_like(lab), np.zeros_like(lab)
    for centre, colour in zip(centres, drawn, strict=True):
        distance = ((lab - centre) ** 2).sum(-1)
        first, between = distance < best, (distance >= best) & (distance < second)
        second = np.where(first, best, np.where(between, distance, second))
        other = np.where(first[..., None], out, np.where(between[..., None], colour, other))
        out = np.where(first[..., None], colour, out)
        best = np.minimum(best, distance)
    near = np.sqrt(best) / np.maximum(np.sqrt(best) + np.sqrt(np.minimum(second, 1e6)), np.float32(1e-6))
    mix = np.clip((near - np.float32(0.46)) / np.float32(0.08), 0, 0.5)  # half and half on the border: no jagged edge
    return np.asarray(out + mix[..., None] * (other - out), np.float32)

"""Flow fields: ribbons and threads along the level lines of a smooth random height.

Level lines never cross and have no sinks (curl noise, Bridson et al. 2007). All candidates are traced at once; ribbons
are then laid one by one, the wide ones first, each cut where it would come near to another one.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import skia

from core.image import artwork
from core.image.artwork import Stroke
from core.image.pixels import Floats, Pixels
from core.operations.image_generate import FlowField

if TYPE_CHECKING:
    from core.engine.context import Context

PACE = 5.0
"""Units from one point of a line to the next."""


def flow_field(op: FlowField, ctx: "Context") -> Pixels:
    """Return the drawing, opaque."""
    artwork.require(op.width, op.height)
    ctx.progress(0.02, "Tracing currents")
    chosen = artwork.colours(op.palette, op.colours)
    random = np.random.default_rng(op.seed)
    across, down = artwork.extent(op.width, op.height)
    height = artwork.field(random, across, down, max(60.0, 10 * op.scale), 2)
    # A slope of its own gives the whole a direction.
    angle = random.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[: height.shape[0], : height.shape[1]].astype(np.float32)
    height += np.float32(0.9 * 2 / max(60.0, 10 * op.scale)) * (
        columns * np.float32(np.cos(angle)) + rows * np.float32(np.sin(angle))
    )
    make = _ribbons if op.style == "ribbons" else _threads
    strokes = make(op, height, chosen, random, (across, down), ctx)
    return artwork.compose(ctx, op.width, op.height, chosen.ground, strokes)


def trace(height: Floats, starts: Floats, steps: int) -> Floats:
    """Return N×(2·steps + 1)×2: the level lines through ``starts`` (N×2 in units), to both sides."""
    dx, dy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    size = np.maximum(np.hypot(dx, dy), np.float32(1e-9))
    field = np.dstack((dy / size, -dx / size)).astype(np.float32)
    parts = []
    for side in (-1, 1):
        place = starts.astype(np.float32)
        line = [place]
        for _ in range(steps):
            half = place + np.float32(side * PACE / 2) * _at(field, place)
            place = place + np.float32(side * PACE) * _at(field, half)
            line.append(place)
        parts.append(np.stack(line, 1))
    return np.asarray(np.concatenate((parts[0][:, :0:-1], parts[1]), 1), np.float32)


def _at(field: Floats, place: Floats) -> Floats:
    found = np.empty((len(place), 2), np.float32)
    for start in range(0, len(place), 30_000):  # OpenCV's maps have fewer than 32,768 rows
        some = place[start : start + 30_000] / np.float32(2)
        found[start : start + 30_000] = cv2.remap(
            field,
            np.ascontiguousarray(some[:, :1]),
            np.ascontiguousarray(some[:, 1:]),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )[:, 0]
    return found


def _ribbons(
    op: FlowField,
    height: Floats,
    chosen: artwork.Colours,
    random: np.random.Generator,
    size: artwork.Point,
    ctx: "Context",
) -> list[Stroke]:
    across, down = size
    margin = op.margin * 10
    count = round((500 + 45 * op.density) * across * down / 1e6)
    wide = 4 + 0.62 * op.thickness
    widths = np.sort(wide * np.exp(random.normal(-0.75, 0.75, count)).clip(0.06, 1.6))[::-1].astype(np.float32)
    inner = np.maximum(np.array([across - 2 * margin, down - 2 * margin]), 1)
    starts = (random.random((count, 2)) * inner + margin).astype(np.float32)
    lengths = np.rint(random.uniform(20, 110, count)).astype(int)
    lines = trace(height, starts, 110)
    gap = 3.0 + 5.0 * (1 - op.density / 100)
    taken = np.zeros((round(down) + 1, round(across) + 1), np.uint8)
    edge = round(margin)
    if edge:
        taken[:edge], taken[-edge:], taken[:, :edge], taken[:, -edge:] = 1, 1, 1, 1
    strokes: list[Stroke] = []
    tone = artwork.field(random, across, down, 500, 1)
    for index, (line, width, length) in enumerate(zip(lines, widths, lengths, strict=True)):
        if index % 200 == 0:
            ctx.progress(0.02 + 0.08 * index / count, "Tracing currents")
        part = _free(line[110 - length : 111 + length], length, taken, width / 2 + gap)
        if len(part) < max(5, width / PACE * 1.2):
            continue
        points = np.rint(part).astype(np.int32)[:, None]
        cv2.polylines(taken, [points], False, 1, max(1, round(float(width))))
        x, y = np.clip((part[0] / 2).astype(int), 0, np.array(tone.shape[::-1]) - 1)
        strokes.append(_ribbon(part, float(width), chosen, float(tone[y, x]), random))
    return strokes


def _free(line: Floats, middle: int, taken: Pixels, reach: float) -> Floats:
    """Return the piece of a line around its middle that stays clear of what is taken by ``reach`` units."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-6)
    aside = np.stack((-ahead[:, 1], ahead[:, 0]), 1)
    hit = np.zeros(len(line), bool)
    for share in (-1, -0.5, 0, 0.5, 1):
        place = np.rint(line + np.float32(share * reach) * aside).astype(int)
        inside = (place >= 0).all(1) & (place[:, 0] < taken.shape[1]) & (place[:, 1] < taken.shape[0])
        place = np.clip(place, 0, np.array(taken.shape[::-1]) - 1)
        hit |= ~inside | (taken[place[:, 1], place[:, 0]] > 0)
    if hit[middle]:
        return line[:0]
    before, after = np.flatnonzero(hit[:middle]), np.flatnonzero(hit[middle:])
    first = int(before[-1]) + 1 if len(before) else 0
    last = middle + int(after[0]) if len(after) else len(line)
    spare = int(reach / PACE)  # the ends are as far from others as the sides
    first, last = (first + spare if len(before) else first), (last - spare if len(after) else last)
    return line[first:last]


def _ribbon(line: Floats, width: float, chosen: artwork.Colours, tone: float, random: np.random.Generator) -> Stroke:
    """Return the stroke of one ribbon; some are banded in a second colour."""
    # Colours keep together: the place decides half of it.
    weight = 1 / np.arange(1.5, len(chosen.inks) + 1.5)
    shift = np.roll(weight, int(np.floor((tone + 3) * len(chosen.inks) / 4)) % len(chosen.inks))
    chance = (weight + 1.6 * shift) / (weight + 1.6 * shift).sum()
    colour = chosen.inks[int(random.choice(len(chosen.inks), p=chance))]
    second = chosen.inks[int(random.choice(len(chosen.inks), p=chance))]
    path = artwork.curve(line)
    main = artwork.paint(colour, stroke=width, butt=True)
    bands = None
    if random.random() < 0.16 and width > 7 and second != colour:
        bands = artwork.paint(second, stroke=width, butt=True)
        piece = float(width * random.uniform(0.35, 1.6))
        bands.setPathEffect(skia.DashPathEffect.Make([piece, piece * float(random.uniform(0.8, 2.5))], 0.0))

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, main)
        if bands is not None:
            canvas.drawPath(path, bands)

    return draw


def _threads(
    op: FlowField,
    height: Floats,
    chosen: artwork.Colours,
    random: np.random.Generator,
    size: artwork.Point,
    ctx: "Context",
) -> list[Stroke]:
    across, down = size
    margin = op.margin * 10
    count = round((400 + 55 * op.density) * across * down / 1e6)
    starts = (random.random((count, 2)) * size).astype(np.float32)
    lines = trace(height, starts, 70)
    ctx.progress(0.08, "Tracing currents")
    tone = artwork.field(random, across, down, 420, 2)
    thin = 0.35 + op.thickness / 100 * 3.2
    clip = skia.Rect.MakeLTRB(margin, margin, across - margin, down - margin)
    strokes: list[Stroke] = [lambda canvas: canvas.clipRect(clip)]
    for line in lines:
        x, y = np.clip((line[70] / 2).astype(int), 0, np.array(tone.shape[::-1]) - 1)
        place = (float(tone[y, x]) * 0.42 + 0.5 + float(random.normal(0, 0.07))) * len(chosen.inks)
        low = int(np.floor(place))
        inks = [chosen.inks[(low + i) % len(chosen.inks)] for i in (0, 1)]
        colour = artwork.mixed(inks[0], inks[1], float(np.clip((place - low - 0.3) / 0.4, 0, 1)))
        pen = artwork.paint(colour, 0.55, thin * float(np.exp(random.normal(0, 0.35))))
        strokes.append(_thread(artwork.curve(np.concatenate((line[::3], line[-1:]))), pen))
    return strokes


def _thread(path: skia.Path, pen: skia.Paint) -> Stroke:
    return lambda canvas: canvas.drawPath(path, pen)

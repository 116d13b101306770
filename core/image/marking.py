"""Logo marks: signs from circles, squares and symmetry on a transparent ground; each seed another construction.

They are meant as starting points: two colours, few shapes, clear at small sizes.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
import skia

from core.image import artwork
from core.image.artwork import Point, Stroke
from core.image.pixels import Pixels, parse_colour
from core.operations.image_generate import Mark

if TYPE_CHECKING:
    from core.engine.context import Context

MIDDLE = 500.0, 500.0
REACH = 430.0
"""Radius of a mark, in units of a sheet of 1000."""

Rgb = tuple[int, int, int]


def mark(op: Mark, ctx: "Context") -> Pixels:
    """Return the mark, ``size``×``size``, on a transparent ground."""
    artwork.require(op.size, op.size)
    random = np.random.default_rng(op.seed)
    inks = parse_colour(op.first)[:3], parse_colour(op.second)[:3]
    make = {
        "rosette": _rosette,
        "quarters": _quarters,
        "rings": _rings,
        "burst": _burst,
        "bands": _bands,
        "orbit": _orbit,
    }[op.kind]
    return artwork.compose(ctx, op.size, op.size, None, make(inks, op.parts, random), 0.05)


def _fill(path: skia.Path, colour: Rgb) -> Stroke:
    pen = artwork.paint(colour)
    return lambda canvas: canvas.drawPath(path, pen)


def _circle(middle: Point, radius: float) -> skia.Path:
    path = skia.Path()
    path.addCircle(*middle, radius)
    return path


def _turned(path: skia.Path, degrees: float) -> skia.Path:
    made = skia.Path(path)
    matrix = skia.Matrix()
    matrix.setRotate(degrees, *MIDDLE)
    made.transform(matrix)
    return made


def _rosette(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """Petals around a middle; where they lie over each other both colours mix."""
    kind = int(random.integers(3))
    count = max(3, parts)
    strokes: list[Stroke] = []
    petal = skia.Path()
    if kind == 0:  # circles through the middle
        radius = REACH / 2
        petal = _circle((MIDDLE[0], MIDDLE[1] - radius), radius)
    elif kind == 1:  # pointed leaves
        wide = REACH * float(random.uniform(0.5, 0.95)) * min(1.0, 4.5 / count)
        petal.moveTo(*MIDDLE)
        petal.quadTo(MIDDLE[0] + wide, MIDDLE[1] - REACH * 0.5, MIDDLE[0], MIDDLE[1] - REACH)
        petal.quadTo(MIDDLE[0] - wide, MIDDLE[1] - REACH * 0.5, *MIDDLE)
    else:  # round petals away from the middle
        inner = REACH * float(random.uniform(0.16, 0.3))
        wide = min(
            (REACH - inner) * 0.45, (REACH * 0.62) * math.sin(math.pi / count) * float(random.uniform(0.85, 1.25))
        )
        box = skia.Rect.MakeLTRB(MIDDLE[0] - wide, MIDDLE[1] - REACH, MIDDLE[0] + wide, MIDDLE[1] - inner)
        petal.addRoundRect(box, wide, wide)
    petals = [_turned(petal, 360 * index / count) for index in range(count)]
    for index, one in enumerate(petals):
        strokes.append(_fill(one, inks[index % 2] if count % 2 == 0 and kind == 2 else inks[0]))
    if kind != 2:
        for index, one in enumerate(petals):
            both = skia.Op(one, petals[(index + 1) % count], skia.PathOp.kIntersect_PathOp)
            if both is not None:
                strokes.append(_fill(both, inks[1]))
    if random.random() < 0.4:
        strokes.append(_cut(_circle(MIDDLE, REACH * float(random.uniform(0.1, 0.2)))))
    return strokes


def _cut(path: skia.Path) -> Stroke:
    """Return a stroke that takes a shape out of what is there."""
    pen = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear)
    return lambda canvas: canvas.drawPath(path, pen)


def _quarters(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """A grid of quarter rounds, squares and dots, the same after half a turn or mirrored."""
    side = 2 if parts <= 5 else 3
    cell = 2 * REACH / side
    strokes: list[Stroke] = []
    half = bool(random.random() < 0.6)
    chosen: dict[tuple[int, int], tuple[int, int, int]] = {}
    for row in range(side):
        for column in range(side):
            other = (side - 1 - row, side - 1 - column) if half else (row, side - 1 - column)
            if other in chosen:
                kind, turn, ink = chosen[other]
                turn = (turn + 2) % 4 if half else (1, 0, 3, 2)[turn]
            else:
                kind = int(random.choice(5, p=[0.42, 0.2, 0.14, 0.14, 0.1]))
                turn, ink = int(random.integers(4)), int(random.random() < 0.35)
            chosen[row, column] = kind, turn, ink
    if len({one[2] for one in chosen.values()}) == 1:  # both colours are wanted
        place = next(iter(chosen))
        for spot in {place, (side - 1, side - 1) if half else (0, side - 1)}:
            chosen[spot] = chosen[spot][0], chosen[spot][1], 1 - chosen[spot][2]
    for (row, column), (kind, turn, ink) in chosen.items():
        x, y = MIDDLE[0] - REACH + column * cell, MIDDLE[1] - REACH + row * cell
        strokes.append(_fill(_module(x, y, cell, kind, turn), inks[ink]))
    return strokes


def _module(x: float, y: float, cell: float, kind: int, turn: int) -> skia.Path:
    corner = [(x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell)][turn]
    box = skia.Path()
    box.addRect(skia.Rect.MakeXYWH(x, y, cell, cell))
    if kind == 0:
        return skia.Op(box, _circle(corner, cell), skia.PathOp.kIntersect_PathOp)
    if kind == 1:  # a leaf
        opposite = 2 * x + cell - corner[0], 2 * y + cell - corner[1]
        both = skia.Op(_circle(corner, cell), _circle(opposite, cell), skia.PathOp.kIntersect_PathOp)
        return skia.Op(box, both, skia.PathOp.kIntersect_PathOp)
    if kind == 2:
        return _circle((x + cell / 2, y + cell / 2), cell / 2)
    if kind == 3:
        ring = skia.Op(_circle(corner, cell), _circle(corner, cell * 0.5), skia.PathOp.kDifference_PathOp)
        return skia.Op(box, ring, skia.PathOp.kIntersect_PathOp)
    return box


def _rings(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """Rings within each other, each open somewhere, with round ends."""
    count = min(6, max(2, parts // 2 + 1))
    pitch = REACH / (count + 0.15)
    width = pitch * float(random.uniform(0.5, 0.68))
    strokes: list[Stroke] = []
    turn = float(random.integers(0, 8) * 45)
    twist = float(random.choice([0, 45, 90, 180, -45]))
    accent = int(random.integers(count))
    for index in range(count):
        radius = REACH - width / 2 - index * pitch
        box = skia.Rect.MakeLTRB(MIDDLE[0] - radius, MIDDLE[1] - radius, MIDDLE[0] + radius, MIDDLE[1] + radius)
        sweep = float(random.choice([180, 225, 270, 300]))
        path = skia.Path()
        path.addArc(box, turn + index * twist, sweep)
        pen = artwork.paint(inks[int(index == accent)], stroke=width)
        strokes.append(_drawn(path, pen))
    strokes.append(_fill(_circle(MIDDLE, width * 0.55), inks[int(accent != count - 1)]))
    return strokes


def _drawn(path: skia.Path, pen: skia.Paint) -> Stroke:
    return lambda canvas: canvas.drawPath(path, pen)


def _burst(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """Rays around a middle, long and short in turn."""
    count = max(4, parts) * int(random.choice([1, 2])) if parts < 8 else parts
    count += count % 2
    inner = REACH * float(random.uniform(0.22, 0.42))
    shorter = float(random.choice([0.62, 0.75, 1.0]))
    pointed = bool(random.random() < 0.5)
    width = 2 * inner * math.sin(math.pi / count) * float(random.uniform(0.55, 0.8))
    strokes: list[Stroke] = []
    for index in range(count):
        reach = inner + (REACH - inner) * (shorter if index % 2 else 1.0)
        top, bottom = MIDDLE[1] - reach, MIDDLE[1] - inner
        ray = skia.Path()
        if pointed:
            ray.moveTo(MIDDLE[0] - width / 2, bottom)
            ray.lineTo(MIDDLE[0], top)
            ray.lineTo(MIDDLE[0] + width / 2, bottom)
            ray.close()
        else:
            box = skia.Rect.MakeLTRB(MIDDLE[0] - width / 2, top, MIDDLE[0] + width / 2, bottom)
            ray.addRoundRect(box, width / 2, width / 2)
        strokes.append(_fill(_turned(ray, 360 * index / count), inks[index % 2 if shorter < 1 else 0]))
    strokes.append(_fill(_circle(MIDDLE, inner * (0.72 if random.random() < 0.7 else 0.45)), inks[1]))
    return strokes


def _bands(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """A disc or a square of bands that get thinner, straight or in waves; a second shape behind."""
    count = max(3, parts)
    swing = float(random.choice([0.0, 0.0, 0.35, 0.6])) * REACH / count
    shape = skia.Path()
    if random.random() < 0.75:
        shape = _circle(MIDDLE, REACH)
    else:
        box = skia.Rect.MakeLTRB(MIDDLE[0] - REACH, MIDDLE[1] - REACH, MIDDLE[0] + REACH, MIDDLE[1] + REACH)
        shape.addRoundRect(box, REACH * 0.3, REACH * 0.3)
    turn = float(random.choice([0, -30, -45, 45]))
    parts_of = np.linspace(1.0, 0.35, count)
    edges = np.concatenate(([0], np.cumsum(parts_of))) / parts_of.sum() * 2 * REACH
    whole = skia.Path()
    for index in range(count):
        top = MIDDLE[1] - REACH + float(edges[index])
        tall = float(edges[index + 1] - edges[index])
        gap = tall * (0.12 + 0.5 * index / count) if index else 0.0
        steps = np.linspace(-0.3, 1.3, 81)
        wave = swing * np.sin(steps * 2 * math.pi)
        upper = np.stack((MIDDLE[0] - REACH + steps * 2 * REACH, top + gap + wave), 1)
        lower = np.stack((upper[:, 0], top + tall + wave), 1)[::-1]
        if index == 0:
            upper[:, 1] -= REACH
        whole.addPath(artwork.polygon(np.concatenate((upper, lower)).astype(np.float32)))
    cut = skia.Op(_turned(whole, turn), shape, skia.PathOp.kIntersect_PathOp)
    strokes = [_fill(cut, inks[0])]
    if random.random() < 0.6:
        spot = _circle((MIDDLE[0] + REACH * 0.28, MIDDLE[1] - REACH * 0.3), REACH * float(random.uniform(0.2, 0.3)))
        strokes.append(_fill(_turned(spot, turn), inks[1]))
    return strokes


def _orbit(inks: tuple[Rgb, Rgb], parts: int, random: np.random.Generator) -> list[Stroke]:
    """Ellipses turned around one middle, woven or with planets."""
    count = max(2, min(4, parts))
    flat = float(random.uniform(0.3, 0.55))
    width = REACH * float(random.uniform(0.055, 0.1)) * min(1.0, 4 / count + 0.3)
    ring = skia.Path()
    reach = REACH - width
    ring.addOval(
        skia.Rect.MakeLTRB(MIDDLE[0] - reach, MIDDLE[1] - reach * flat, MIDDLE[0] + reach, MIDDLE[1] + reach * flat)
    )
    turn = float(random.choice([0, 90, 30]))
    pen = artwork.paint(inks[0], stroke=width)
    strokes = [_drawn(_turned(ring, turn + 180 * index / count), pen) for index in range(count)]
    if random.random() < 0.65:
        for index in range(count):
            place = turn + 180 * index / count + 180 * (index % 2)  # to both sides in turn
            at = MIDDLE[0] + reach, MIDDLE[1]
            strokes.append(_cut(_turned(_circle(at, width * 2.1), place)))
            strokes.append(_fill(_turned(_circle(at, width * 1.5), place), inks[1]))
    strokes.append(_fill(_circle(MIDDLE, REACH * float(random.uniform(0.1, 0.16))), inks[1]))
    return strokes

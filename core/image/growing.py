"""Plants from L-systems: a word is rewritten again and again, then walked by a turtle.

Prusinkiewicz and Lindenmayer, *The Algorithmic Beauty of Plants* (1990). Productions are taken by chance, turns
and lengths vary a little, branches bend up to the light. ``F`` draws, ``+`` and ``-`` turn, ``[`` and ``]`` begin and
end a branch, ``>`` makes what follows shorter and thinner, ``L`` is a leaf; other letters only grow.
"""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import skia

from core.image import artwork, lsystems
from core.image.artwork import Colours, Point, Stroke
from core.image.lsystems import Rules, rewrite
from core.image.pixels import Pixels
from core.operations.image_generate import Plant

if TYPE_CHECKING:
    from core.engine.context import Context


class Species(NamedTuple):
    """How a plant grows."""

    start: str
    rules: Rules
    rounds: int
    turn: float
    """Degrees of ``+`` and ``-``."""
    shorter: float
    """What ``>`` leaves of a length."""
    thinner: float
    loose: float
    """Spread of turns in degrees."""
    up: float
    """How much of its lean a piece gives up towards the light."""


SPECIES = {
    "tree": Species(
        "FFA",
        {"A": ((0.45, "F[+>A][->A]"), (0.3, "F[+>A]F[->A]>A"), (0.15, "F[->A]+>A"), (0.1, "F[+>A]->A"))},
        8,
        27,
        0.84,
        0.71,
        7,
        0.03,
    ),
    "umbel": Species(
        "FFFFA",
        {"A": ((0.6, "F[+B][-B]FA"), (0.4, "FFA")), "B": ((0.5, "FFL"), (0.5, "F+FL"))},
        4,
        24,
        0.8,
        0.8,
        6,
        0.05,
    ),
    "twig": Species("A", {"A": ((0.5, "F[+>FL]F[->FL]A"), (0.5, "F[->FL]F[+>FL]A"))}, 9, 38, 0.8, 0.9, 6, 0.02),
}


def plant(op: Plant, ctx: "Context") -> Pixels:
    """Return the drawing, opaque."""
    artwork.require(op.width, op.height)
    ctx.progress(0.02, "Growing")
    chosen = artwork.colours(op.palette, op.colours)
    random = np.random.default_rng(op.seed)
    size = artwork.extent(op.width, op.height)
    if op.kind in lsystems.CURVES:
        strokes = lsystems.winding(op, chosen, size)
    elif op.kind == "tree":
        strokes = _tree(op, chosen, random, size)
    else:
        strokes = _meadow(op, chosen, random, size)
    return artwork.compose(ctx, op.width, op.height, chosen.ground, strokes)


class Piece(NamedTuple):
    """A straight piece of a stem."""

    start: Point
    end: Point
    width: float


class Leaf(NamedTuple):
    """Where a leaf sits, which way it points (radians), and how large it may be."""

    at: Point
    angle: float
    size: float


def walk(
    word: str, species: Species, root: Point, step: float, width: float, lean: float, random: np.random.Generator
) -> tuple[list[Piece], list[Leaf]]:
    """Return stems and leaves of a word; ``lean`` is the first direction in degrees from upright."""
    pieces: list[Piece] = []
    leaves: list[Leaf] = []
    x, y = root
    angle, length, thick = math.radians(lean), step, width
    stack: list[tuple[float, float, float, float, float]] = []
    for letter in word:
        if letter == "F":
            angle *= 1 - species.up
            way = angle + math.radians(float(random.normal(0, species.loose * 0.4)))
            reach = length * float(random.uniform(0.85, 1.15))
            after = x + math.sin(way) * reach, y - math.cos(way) * reach
            pieces.append(Piece((x, y), after, thick))
            x, y = after
        elif letter in "+-":
            turn = species.turn + float(random.normal(0, species.loose))
            angle += math.radians(turn if letter == "+" else -turn)
        elif letter == ">":
            length *= species.shorter
            thick *= species.thinner
        elif letter == "[":
            stack.append((x, y, angle, length, thick))
        elif letter == "]":
            x, y, angle, length, thick = stack.pop()
        elif letter in "LA":
            leaves.append(Leaf((x, y), angle, length))
    return pieces, leaves


def _stems(pieces: list[Piece], colour: tuple[int, int, int], group: int = 24) -> list[Stroke]:
    """Return strokes that draw pieces, some at a time."""
    return [_some(pieces[i : i + group], colour) for i in range(0, len(pieces), group)]


def _some(pieces: list[Piece], colour: tuple[int, int, int]) -> Stroke:
    pens = [(artwork.paint(colour, stroke=max(0.5, p.width)), p) for p in pieces]

    def draw(canvas: skia.Canvas) -> None:
        for pen, piece in pens:
            canvas.drawLine(*piece.start, *piece.end, pen)

    return draw


def _blade(at: Point, angle: float, length: float, width: float) -> skia.Path:
    """Return a leaf's outline from ``at`` on."""
    tip = at[0] + math.sin(angle) * length, at[1] - math.cos(angle) * length
    middle = at[0] + 0.45 * (tip[0] - at[0]), at[1] + 0.45 * (tip[1] - at[1])
    aside = math.cos(angle) * width, math.sin(angle) * width
    path = skia.Path()
    path.moveTo(*at)
    path.quadTo(middle[0] + aside[0], middle[1] + aside[1], *tip)
    path.quadTo(middle[0] - aside[0], middle[1] - aside[1], *at)
    path.close()
    return path


def _filled(path: skia.Path, colour: tuple[int, int, int], alpha: float = 1.0) -> Stroke:
    pen = artwork.paint(colour, alpha)
    return lambda canvas: canvas.drawPath(path, pen)


# --- plants ---------------------------------------------------------------------------------------------------------


def _tree(op: Plant, chosen: Colours, random: np.random.Generator, size: Point) -> list[Stroke]:
    """One tree on a low horizon, its crown of leaves in two or three colours."""
    species = SPECIES["tree"]._replace(rounds=6 + round(op.detail / 34))
    word = rewrite(species.start, species.rules, species.rounds, random)
    pieces, leaves = walk(word, species, (0.0, 0.0), 100.0, 17 * (0.4 + op.thickness / 75), 0.0, random)
    points = np.array([p.end for p in pieces] + [leaf.at for leaf in leaves], np.float32)
    low, high = points.min(0), points.max(0)
    scale = min(0.80 * size[0] / (high[0] - low[0]), 0.74 * size[1] / (high[1] - low[1]))
    base = size[1] * 0.9
    middle = size[0] / 2 - scale * (0.5 * (low[0] + high[0]) * 0.6)

    def place(point: Point) -> Point:
        return middle + scale * point[0], base + scale * point[1]

    pieces = [Piece(place(p.start), place(p.end), p.width * scale) for p in pieces]
    dark = min(chosen.inks, key=artwork.lightness) if not chosen.dark else max(chosen.inks, key=artwork.lightness)
    others = [ink for ink in chosen.inks if ink != dark] or [dark]
    hill = skia.Path()
    hill.moveTo(-10, base + 0.02 * size[1])
    hill.quadTo(size[0] * 0.45, base - 0.035 * size[1], size[0] + 10, base + 0.035 * size[1])
    hill.lineTo(size[0] + 10, size[1] + 10)
    hill.lineTo(-10, size[1] + 10)
    sun = skia.Path()
    sun.addCircle(size[0] * float(random.uniform(0.3, 0.7)), size[1] * 0.36, 0.25 * min(size))
    soft = artwork.mixed(chosen.ground, others[-1], 0.35)
    strokes = [_filled(sun, soft), _filled(hill, artwork.mixed(chosen.ground, others[0], 0.55))]
    strokes += _stems(pieces, dark)
    tips = [(place(leaf.at), leaf) for leaf in leaves]
    blade = 26 * scale * (0.6 + 0.6 * (1 - op.detail / 100))
    tone = artwork.field(random, *size, 260, 1)
    for at, leaf in tips:
        x, y = np.clip((np.array(at) / 2).astype(int), 0, np.array(tone.shape[::-1]) - 1)
        for _ in range(3):
            index = int(
                np.clip(
                    round((float(tone[y, x]) + 1.2 + float(random.normal(0, 0.5))) * len(others) / 2.6),
                    0,
                    len(others) - 1,
                )
            )
            colour = artwork.shaded(others[index], float(random.normal(0, 0.03)))
            angle = leaf.angle + float(random.normal(0, 0.9))
            length = blade * float(random.uniform(0.8, 1.7))
            start = at[0] + float(random.normal(0, blade * 0.55)), at[1] + float(random.normal(0, blade * 0.55))
            strokes.append(_filled(_blade(start, angle, length, length * 0.34), colour, 0.92))
    return strokes


def _meadow(op: Plant, chosen: Colours, random: np.random.Generator, size: Point) -> list[Stroke]:
    """Grasses, twigs, umbels and flowers side by side, from the ground up; those behind paler and smaller."""
    strokes: list[Stroke] = []
    per_row = max(3, round((3.5 + op.detail / 13) * size[0] / 1000))
    thick = 0.4 + op.thickness / 75
    for row in range(3):
        near = (row + 1) / 3
        for index in range(per_row):
            x = (index + 0.5 + float(random.normal(0, 0.22))) * size[0] / per_row
            y = size[1] * (1.01 + 0.02 * row)
            ink = chosen.pick(random)
            colour = artwork.mixed(chosen.ground, ink, 0.28 + 0.72 * near**1.3)
            tall = size[1] * float(random.uniform(0.30, 0.62)) * (1.15 - 0.22 * row)
            strokes += _herb((x, y), tall, thick * near, colour, chosen, near, random)
        for _ in range(per_row * 5):
            x = float(random.random() * size[0])
            bend = float(random.normal(0, 0.16))
            tall = size[1] * float(random.uniform(0.06, 0.26)) * near
            colour = artwork.mixed(
                chosen.ground, chosen.inks[int(random.integers(min(3, len(chosen.inks))))], 0.3 + 0.6 * near
            )
            strokes.append(_grass((x, size[1] * 1.01), tall, bend, 5.0 * thick * near, colour))
    return strokes


def _grass(root: Point, tall: float, bend: float, width: float, colour: tuple[int, int, int]) -> Stroke:
    tip = root[0] + bend * tall * 1.6, root[1] - tall
    path = skia.Path()
    path.moveTo(root[0] - width / 2, root[1])
    path.quadTo(root[0] + 0.12 * bend * tall - width / 2, root[1] - 0.6 * tall, *tip)
    path.quadTo(root[0] + 0.12 * bend * tall + width / 2, root[1] - 0.6 * tall, root[0] + width / 2, root[1])
    path.close()
    return _filled(path, colour)


def _herb(
    root: Point,
    tall: float,
    thick: float,
    colour: tuple[int, int, int],
    chosen: Colours,
    near: float,
    random: np.random.Generator,
) -> list[Stroke]:
    """Return one plant of a species taken by chance."""
    kind = ("twig", "umbel", "daisy")[int(random.choice(3, p=[0.36, 0.24, 0.4]))]
    lean = float(random.normal(0, 5))
    accent = artwork.mixed(chosen.ground, chosen.inks[int(random.integers(len(chosen.inks)))], 0.35 + 0.65 * near)
    if kind == "daisy":
        return _flower(root, tall, 4.2 * thick, lean, colour, accent, random)
    species = SPECIES[kind]
    word = rewrite(species.start, species.rules, species.rounds, random)
    pieces, leaves = walk(word, species, root, 10.0, 1.0, lean, random)
    top = max(1.0, root[1] - min(p.end[1] for p in pieces))
    scale = tall / top

    def place(point: Point) -> Point:
        return root[0] + (point[0] - root[0]) * scale, root[1] + (point[1] - root[1]) * scale

    width = 4.4 * thick * (0.6 if kind == "umbel" else 1.0)
    strokes = _stems([Piece(place(p.start), place(p.end), width * max(0.25, p.width)) for p in pieces], colour, 60)
    for leaf in leaves:
        at = place(leaf.at)
        if kind == "umbel":
            strokes.append(_umbel(at, leaf.angle, tall * 0.075, width * 0.5, colour, accent, random))
        else:
            length = leaf.size * scale * 2.1
            strokes.append(_filled(_blade(at, leaf.angle, length, length * 0.3), colour))
    return strokes


def _umbel(
    at: Point,
    angle: float,
    reach: float,
    width: float,
    colour: tuple[int, int, int],
    accent: tuple[int, int, int],
    random: np.random.Generator,
) -> Stroke:
    ends = []
    for turn in np.linspace(-1.15, 1.15, 11):
        way = angle + float(turn) + float(random.normal(0, 0.05))
        length = reach * float(random.uniform(0.85, 1.1))
        ends.append((at[0] + math.sin(way) * length, at[1] - math.cos(way) * length))
    stem, dot = artwork.paint(colour, stroke=max(0.5, width)), artwork.paint(accent)

    def draw(canvas: skia.Canvas) -> None:
        for end in ends:
            canvas.drawLine(*at, *end, stem)
            canvas.drawCircle(*end, reach * 0.115, dot)

    return draw


def _flower(
    root: Point,
    tall: float,
    width: float,
    lean: float,
    colour: tuple[int, int, int],
    accent: tuple[int, int, int],
    random: np.random.Generator,
) -> list[Stroke]:
    bend = math.radians(lean) * 2.2
    head = root[0] + tall * math.sin(bend) * 0.6, root[1] - tall
    control = root[0], root[1] - tall * 0.55
    stem = skia.Path()
    stem.moveTo(*root)
    stem.quadTo(*control, *head)
    pen = artwork.paint(colour, stroke=width)
    strokes: list[Stroke] = [lambda canvas: canvas.drawPath(stem, pen)]
    for share in (0.25, 0.42, 0.58):
        at = (
            (1 - share) ** 2 * root[0] + 2 * share * (1 - share) * control[0] + share * share * head[0],
            (1 - share) ** 2 * root[1] + 2 * share * (1 - share) * control[1] + share * share * head[1],
        )
        side = 1 if random.random() < 0.5 else -1
        length = tall * 0.17 * (1.1 - share)
        strokes.append(_filled(_blade(at, bend + side * 0.75, length, length * 0.3), colour))
    petals = int(random.integers(9, 15))
    radius = tall * float(random.uniform(0.06, 0.09))
    for index in range(petals):
        angle = 2 * math.pi * index / petals + float(random.normal(0, 0.05))
        strokes.append(_filled(_blade(head, angle, radius, radius * 0.36), accent))
    middle = skia.Path()
    middle.addCircle(*head, radius * 0.3)
    strokes.append(_filled(middle, colour))
    return strokes

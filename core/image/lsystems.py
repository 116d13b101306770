"""Words that are rewritten (Lindenmayer 1968), and the curves without end that come of some.

``F`` draws, ``+`` and ``-`` turn; other letters only grow. Hilbert's curve (1891), Heighway's dragon and Gosper's (both
Gardner, *Scientific American*, 1967 and 1976) fill a plane without crossing themselves.
"""

import math

import numpy as np
import skia

from core.image import artwork
from core.image.artwork import Colours, Point, Stroke
from core.image.pixels import Floats
from core.operations.image_generate import Plant

LONGEST = 60_000
"""Letters that a word may grow to."""

Rules = dict[str, tuple[tuple[float, str], ...]]


CURVES: dict[str, tuple[str, Rules, float, int, int]] = {
    "hilbert": ("A", {"A": ((1.0, "+BF-AFA-FB+"),), "B": ((1.0, "-AF+BFB+FA-"),)}, 90, 3, 7),
    "dragon": ("FX", {"X": ((1.0, "X+YF+"),), "Y": ((1.0, "-FX-Y"),)}, 90, 7, 14),
    "gosper": ("A", {"A": ((1.0, "A-B--B+A++AA+B-"),), "B": ((1.0, "+A-BB--B-A++A+B"),)}, 60, 2, 5),
}
"""Start, rules, turn, and how many rounds the least and the most detail are."""


def rewrite(start: str, rules: Rules, rounds: int, random: np.random.Generator | None = None) -> str:
    """Return the word after some rounds of rewriting; stops where it would get longer than :data:`LONGEST`."""
    word = start
    for _ in range(rounds):
        parts = []
        for letter in word:
            options = rules.get(letter)
            if options is None:
                parts.append(letter)
            elif len(options) == 1 or random is None:
                parts.append(options[0][1])
            else:
                chances = np.cumsum([chance for chance, _ in options])
                pick = int(np.searchsorted(chances, random.random() * chances[-1]))
                parts.append(options[min(pick, len(options) - 1)][1])
        longer = "".join(parts)
        if len(longer) > LONGEST:
            break
        word = longer
    return word


def winding(op: Plant, chosen: Colours, size: Point) -> list[Stroke]:
    """Return a curve as large as fits, its colour going through the palette from end to end."""
    start, rules, turn, least, most = CURVES[op.kind]
    word = rewrite(start, rules, least + round(op.detail / 100 * (most - least)))
    if op.kind == "gosper":  # both of its letters draw
        word = word.replace("A", "F").replace("B", "F")
    points = turtle(word, turn)
    low, high = points.min(0), points.max(0)
    step = min(0.84 * size[0] / max(1e-6, high[0] - low[0]), 0.84 * size[1] / max(1e-6, high[1] - low[1]))
    points = (points - (low + high) / 2) * step + np.array(size) / 2
    width = step * (0.14 + 0.62 * op.thickness / 100)
    stops = [chosen.inks[0], *chosen.inks[1:5]]
    pieces = min(len(points) - 1, 600)
    edges = np.linspace(0, len(points) - 1, pieces + 1).round().astype(int)
    # Corners are rounded: each is a curve between the middles of the pieces that meet there.
    strokes: list[Stroke] = []
    for index in range(pieces):
        first, last = int(edges[index]), int(edges[index + 1])
        path = _rounded(points, first, last)
        share = index / max(1, pieces - 1) * (len(stops) - 1)
        place = min(int(share), len(stops) - 2) if len(stops) > 1 else 0
        colour = artwork.mixed(stops[place], stops[min(place + 1, len(stops) - 1)], share - place)
        pen = artwork.paint(colour, stroke=width)
        strokes.append(_line(path, pen))
    return strokes


def _line(path: skia.Path, pen: skia.Paint) -> Stroke:
    return lambda canvas: canvas.drawPath(path, pen)


def turtle(word: str, turn: float) -> Floats:
    """Return the corners of a word's path (N×2), steps of 1; pieces that go on straight are one."""
    at, angle = np.zeros(2), 0
    points = [at]
    for letter in word:
        if letter == "F":
            way = math.radians(angle)
            at = at + np.array((math.cos(way), math.sin(way)))
            points.append(at)
        elif letter in "+-":
            angle += int(turn if letter == "+" else -turn)
    return np.array(points, np.float32)


def _rounded(points: Floats, first: int, last: int) -> skia.Path:
    """Return the path from the middle before corner ``first`` to that before ``last``, corners rounded."""
    path = skia.Path()
    begin = points[first] if first == 0 else (points[first - 1] + points[first]) / 2
    path.moveTo(float(begin[0]), float(begin[1]))
    for index in range(max(first, 1), last):
        middle = (points[index] + points[index + 1]) / 2
        path.quadTo(float(points[index][0]), float(points[index][1]), float(middle[0]), float(middle[1]))
    end = points[last] if last == len(points) - 1 else (points[last - 1] + points[last]) / 2
    path.lineTo(float(end[0]), float(end[1]))
    return path

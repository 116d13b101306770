"""Patterns that repeat without seams: a period is drawn once as strokes, then as often as the picture asks for.

Periods fit the picture a whole number of times, so that the picture itself repeats. What lies over a period's border
is drawn on its other side as well.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
import skia

from core.image import artwork
from core.image.artwork import Colours, Point, Stroke
from core.image.pixels import Pixels
from core.operations.image_generate import Pattern

if TYPE_CHECKING:
    from core.engine.context import Context


def pattern(op: Pattern, ctx: "Context") -> Pixels:
    """Return the pattern, opaque; it repeats to all sides."""
    artwork.require(op.width, op.height)
    ctx.progress(0.02, "Drawing")
    chosen = artwork.colours(op.palette, op.colours)
    random = np.random.default_rng(op.seed)
    across, down = artwork.extent(op.width, op.height)
    cell = artwork.UNITS / op.repeats
    tall = math.sqrt(3) if op.kind == "cubes" else 1.0  # so that cubes are cubes
    columns, rows = max(1, round(across / cell)), max(1, round(down / (cell * tall)))
    make = {
        "terrazzo": _terrazzo,
        "truchet": _truchet,
        "scallops": _scallops,
        "waves": _waves,
        "stripes": _stripes,
        "cubes": _cubes,
        "arches": _arches,
        "leaves": _leaves,
    }[op.kind]
    strokes = make(chosen, random, columns, rows, (across / columns, down / rows))
    return artwork.compose(ctx, op.width, op.height, chosen.ground, strokes)


def _fill(path: skia.Path, pen: skia.Paint, moves: list[Point] | None = None) -> Stroke:
    """Return a stroke that draws ``path`` at each of ``moves``."""
    places = moves or [(0.0, 0.0)]

    def draw(canvas: skia.Canvas) -> None:
        for x, y in places:
            canvas.save()
            canvas.translate(x, y)
            canvas.drawPath(path, pen)
            canvas.restore()

    return draw


def _wrapped(middle: Point, reach: float, size: Point) -> list[Point]:
    """Return by how much to move a thing so that it is seen on both sides of every border it lies over."""
    moves = []
    for x in (-size[0], 0.0, size[0]):
        for y in (-size[1], 0.0, size[1]):
            if -reach < middle[0] + x < size[0] + reach and -reach < middle[1] + y < size[1] + reach:
                moves.append((x, y))
    return moves


def _terrazzo(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Chips of stone, large and small, that never touch."""
    size = columns * cell[0], rows * cell[1]
    unit = min(cell)
    placed: list[tuple[float, float, float]] = []
    strokes: list[Stroke] = []
    sizes = np.concatenate(
        [
            np.full(round(1.1 * columns * rows), 0.34),
            np.full(round(2.6 * columns * rows), 0.19),
            np.full(round(7 * columns * rows), 0.085),
            np.full(round(9 * columns * rows), 0.04),
        ]
    )
    spots: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for base in sizes:
        radius = float(base * unit * random.uniform(0.75, 1.2))
        for _ in range(12):
            x, y = float(random.random() * size[0]), float(random.random() * size[1])
            if _clear(x, y, radius, spots, unit, columns, rows, size):
                break
        else:
            continue
        placed.append((x, y, radius))
        spots.setdefault((int(x / unit), int(y / unit)), []).append((x, y, radius))
        corners = int(random.integers(4, 8))
        turns = np.sort(random.random(corners) * 0.75 / corners + np.arange(corners) / corners) * 2 * math.pi
        reach = radius * random.uniform(0.62, 1.0, corners)
        stretch, lean = random.uniform(0.62, 1.0), random.uniform(0, math.pi)
        points = np.stack((np.cos(turns) * reach, np.sin(turns) * reach * stretch), 1)
        turn = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]])
        pen = artwork.paint(artwork.shaded(chosen.pick(random), float(random.normal(0, 0.015))))
        pen.setPathEffect(skia.CornerPathEffect.Make(radius * 0.22))
        path = artwork.polygon((points @ turn + (x, y)).astype(np.float32))
        strokes.append(_fill(path, pen, _wrapped((x, y), radius * 1.2, size)))
    return strokes


def _clear(
    x: float,
    y: float,
    radius: float,
    spots: dict[tuple[int, int], list[tuple[float, float, float]]],
    unit: float,
    columns: int,
    rows: int,
    size: Point,
) -> bool:
    """Return whether a chip there would touch none of those around, also over the borders."""
    across, down = max(1, math.ceil(size[0] / unit)), max(1, math.ceil(size[1] / unit))
    for i in range(-1, 2):
        for j in range(-1, 2):
            for other in spots.get(((int(x / unit) + i) % across, (int(y / unit) + j) % down), ()):
                dx = abs(x - other[0])
                dy = abs(y - other[1])
                dx, dy = min(dx, size[0] - dx), min(dy, size[1] - dy)
                if math.hypot(dx, dy) < 0.92 * (radius + other[2]):
                    return False
    return True


def _truchet(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Winding bands: each square has two quarter rings, or a crossing, turned by chance."""
    width, height = cell
    strokes: list[Stroke] = []
    band, line = chosen.inks[0], chosen.inks[min(1, len(chosen.inks) - 1)]
    thick = 0.34 * min(cell)
    pens = [artwork.paint(c, stroke=t, butt=True) for c, t in ((band, thick), (line, thick * 0.42))]
    dots = [artwork.paint(c) for c in chosen.inks[2:] or chosen.inks]
    for row in range(rows):
        for column in range(columns):
            x, y = column * width, row * height
            path = skia.Path()
            if random.random() < 0.5:
                corners = ((x, y, 0.0), (x + width, y + height, 180.0))
            else:
                corners = ((x + width, y, 90.0), (x, y + height, 270.0))
            for left, top, begin in corners:
                oval = skia.Rect.MakeLTRB(left - width / 2, top - height / 2, left + width / 2, top + height / 2)
                path.addArc(oval, begin - 1.2, 92.4)
            box = skia.Rect.MakeXYWH(x - 0.01 * width, y - 0.01 * height, 1.02 * width, 1.02 * height)
            strokes.append(_clipped(box, path, pens))
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.3:
                pen = dots[int(random.integers(len(dots)))]
                path = skia.Path()
                path.addCircle(column * width, row * height, 0.11 * min(cell))
                size = columns * width, rows * height
                strokes.append(_fill(path, pen, _wrapped((column * width, row * height), 0.2 * width, size)))
    return strokes


def _clipped(box: skia.Rect, path: skia.Path, pens: list[skia.Paint]) -> Stroke:
    def draw(canvas: skia.Canvas) -> None:
        canvas.save()
        canvas.clipRect(box, False)
        for pen in pens:
            canvas.drawPath(path, pen)
        canvas.restore()

    return draw


def _scallops(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Scales (seigaiha): rings within rings, each row half a scale aside."""
    width, height = cell
    strokes: list[Stroke] = []
    lines = rows * 2
    colours = [chosen.inks[int(random.integers(len(chosen.inks)))] for _ in range(columns * lines)]
    if random.random() < 0.6:  # by rows, as on cloth
        colours = [chosen.inks[row % len(chosen.inks)] for row in range(lines) for _ in range(columns)]
    for line in range(-1, lines + 3):
        for column in range(-1, columns + 1):
            x = (column + (0.5 if line % 2 else 0.0) + 0.5) * width
            y = (line + 0.0) * height / 2
            ink = colours[(line % lines) * columns + column % columns]
            strokes.append(_scale(x, y, width / 2, height / 2, ink, chosen.ground))
    return strokes


def _scale(
    x: float, y: float, across: float, down: float, ink: tuple[int, int, int], ground: tuple[int, int, int]
) -> Stroke:
    rings = [(1.0, ground), (0.93, ink), (0.70, ground), (0.62, ink), (0.40, ground), (0.31, ink)]
    pens = [(share, artwork.paint(colour)) for share, colour in rings]

    def draw(canvas: skia.Canvas) -> None:
        for share, pen in pens:
            box = skia.Rect.MakeLTRB(x - across * share, y - down * share, x + across * share, y + down * share)
            canvas.drawOval(box, pen)

    return draw


def _waves(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Bands with a wavy edge, each with its own swing, all of the same period."""
    width, height = cell
    across = columns * width
    per_row = 3
    lines = rows * per_row
    order = [chosen.inks[i % len(chosen.inks)] for i in range(lines)]
    if len(chosen.inks) > 2:
        order = [chosen.inks[0]]
        while len(order) < lines:
            options = [i for i in chosen.inks if i != order[-1] and (len(order) < lines - 1 or i != order[0])]
            order.append(options[int(random.integers(len(options)))])
    swing = height / per_row
    heights = swing * random.uniform(0.25, 0.62, lines)
    phases = random.uniform(0, 2 * math.pi, lines)
    thin = random.uniform(0.12, 0.3, lines)
    steps = np.linspace(-0.02 * across, 1.02 * across, 40 * columns + 1)
    strokes: list[Stroke] = []
    for line in range(-2, lines + 2):
        index = line % lines
        y = (line + 0.5) * swing + heights[index] * np.sin(2 * math.pi * steps / width + phases[index])
        top = np.stack((steps, y), 1)
        body = np.concatenate((top, [[steps[-1], y.max() + 3 * swing], [steps[0], y.max() + 3 * swing]]))
        strokes.append(_fill(artwork.polygon(body.astype(np.float32)), artwork.paint(order[index])))
        pen = artwork.paint(chosen.ground, stroke=float(thin[index] * swing * 0.45))
        strokes.append(_fill(artwork.polygon(top.astype(np.float32), closed=False), pen))
    return strokes


def _stripes(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """A rhythm of stripes, upright or at an angle that repeats."""
    width, height = cell
    across, down = columns * width, rows * height
    slant = int(random.integers(-1, 2))
    parts = random.choice([0.05, 0.08, 0.14, 0.3], 2 * int(random.integers(3, 5)), p=[0.3, 0.3, 0.25, 0.15])
    parts = parts / parts.sum() * width
    inks = [chosen.inks[i % len(chosen.inks)] for i in random.permutation(len(parts))]
    lean = slant * rows * width  # whole periods from top to bottom
    strokes: list[Stroke] = []
    for repeat in range(-rows - 1, columns + rows + 1):
        x = repeat * width
        for index, part in enumerate(parts):
            if index % 2 == 0:
                corners = [(x, 0.0), (x + part, 0.0), (x + part + lean, down), (x + lean, down)]
                if max(c[0] for c in corners) > 0 and min(c[0] for c in corners) < across:
                    strokes.append(_fill(artwork.polygon(corners), artwork.paint(inks[index])))
            x += float(part)
    return strokes


def _cubes(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Isometric cubes (tumbling blocks): three shades of a colour each."""
    width, height = cell
    strokes: list[Stroke] = []
    lines = rows * 2
    half, rise = width / 2, height / 2
    inks = [chosen.inks[int(random.integers(len(chosen.inks)))] for _ in range(columns * lines)]
    if random.random() < 0.5:
        order = [chosen.inks[int(i)] for i in random.permutation(len(chosen.inks))]
        inks = [order[(line // 2 + column) % len(order)] for line in range(lines) for column in range(columns)]
    # Two rows of cubes in a cell: a cube is 4/3 of the distance between rows high.
    edge = rise * 2 / 3
    for line in range(-2, lines + 2):
        for column in range(-1, columns + 1):
            x = (column + (0.5 if line % 2 else 0.0)) * width + half
            y = line * rise
            ink = inks[(line % lines) * columns + column % columns]
            top = [(x, y - edge), (x + half, y - edge / 2), (x, y), (x - half, y - edge / 2)]
            left = [(x - half, y - edge / 2), (x, y), (x, y + edge), (x - half, y + edge / 2)]
            right = [(x + half, y - edge / 2), (x, y), (x, y + edge), (x + half, y + edge / 2)]
            for side, by in ((top, 0.09), (left, 0.0), (right, -0.10)):
                colour = artwork.shaded(ink, by)
                strokes.append(_sealed(artwork.polygon(side), colour))
    return strokes


def _sealed(path: skia.Path, colour: tuple[int, int, int]) -> Stroke:
    """Return a filled shape with a hair of its own colour around it, so that neighbours leave no seam."""
    fill, edge = artwork.paint(colour), artwork.paint(colour, stroke=0.5)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, edge)
        canvas.drawPath(path, fill)

    return draw


def _arches(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Squares with quarter or half rounds, as in mid-century prints."""
    width, height = cell
    strokes: list[Stroke] = []
    before: tuple[int, int, int] | None = None
    every = (chosen.ground, *chosen.inks)
    for row in range(rows):
        for column in range(columns):
            ground, front = (every[int(i)] for i in random.choice(len(every), 2, replace=False))
            if front == before and len(every) > 2:
                front = next(c for c in every if c not in (ground, before))
            before = front
            x, y = column * width, row * height
            box = skia.Path()
            box.addRect(skia.Rect.MakeXYWH(x, y, width, height))
            strokes.append(_sealed(box, ground))
            strokes.append(_round(x, y, cell, front, every[int(random.integers(len(every)))], random))
    return strokes


def _round(
    x: float,
    y: float,
    cell: Point,
    front: tuple[int, int, int],
    third: tuple[int, int, int],
    random: np.random.Generator,
) -> Stroke:
    width, height = cell
    kind, turn = int(random.integers(0, 6)), int(random.integers(0, 4))
    corner = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)][turn]
    box = skia.Rect.MakeXYWH(x, y, width, height)
    fill, other = artwork.paint(front), artwork.paint(third)

    def around(place: Point, share: float) -> skia.Rect:
        return skia.Rect.MakeLTRB(
            place[0] - width * share, place[1] - height * share, place[0] + width * share, place[1] + height * share
        )

    def draw(canvas: skia.Canvas) -> None:
        canvas.save()
        canvas.clipRect(box, True)
        if kind <= 1:
            canvas.drawOval(around(corner, 1.0), fill)
            if kind == 1:
                canvas.drawOval(around(corner, 0.5), other)
        elif kind == 2:
            canvas.drawOval(around((x + width / 2, y + height / 2), 0.5), fill)
            canvas.drawOval(around((x + width / 2, y + height / 2), 0.22), other)
        elif kind == 3:
            opposite = (2 * x + width - corner[0], 2 * y + height - corner[1])
            leaf = skia.Path()
            leaf.addOval(around(corner, 1.0))
            second = skia.Path()
            second.addOval(around(opposite, 1.0))
            canvas.clipPath(leaf, True)
            canvas.drawPath(second, fill)
        elif kind == 4:
            side = (corner[0], y + height / 2) if turn % 2 else (x + width / 2, corner[1])
            canvas.drawOval(around(side, 0.5), fill)
            canvas.drawOval(around(side, 0.25), other)
        else:
            opposite = (2 * x + width - corner[0], 2 * y + height - corner[1])
            path = artwork.polygon([corner, (opposite[0], corner[1]), (corner[0], opposite[1])])
            canvas.drawPath(path, fill)
        canvas.restore()

    return draw


def _leaves(chosen: Colours, random: np.random.Generator, columns: int, rows: int, cell: Point) -> list[Stroke]:
    """Sprigs with paired leaves, half a repeat aside in every other row, turned to and fro."""
    width, height = cell
    size = columns * width, rows * height
    strokes: list[Stroke] = []
    # Rows are as near as half a cell: sprigs reach between those above and below.
    lines = rows * 2
    for line in range(lines):
        for column in range(columns):
            x = (column + (0.5 if line % 2 else 0.0) + 0.5) * width
            y = (line + 0.5) * height / 2
            x, y = x + float(random.normal(0, 0.015)) * width, y + float(random.normal(0, 0.015)) * height
            lean = float(random.normal(0, 9)) + (28 if line % 2 else -28)
            ink = chosen.inks[int(random.integers(len(chosen.inks)))]
            strokes.append(_sprig((x, y), 0.86 * min(width, height), lean, ink, random, size))
    return strokes


def _sprig(
    middle: Point, length: float, lean: float, ink: tuple[int, int, int], random: np.random.Generator, size: Point
) -> Stroke:
    pairs = int(random.integers(4, 6))
    path, stem = skia.Path(), skia.Path()
    bend = float(random.normal(0, 0.06)) * length
    stem.moveTo(0, length / 2)
    stem.quadTo(bend, 0, 0, -length / 2)
    for index in range(pairs):
        share = (index + 0.7) / pairs
        at = (2 * share * (1 - share) * bend, length / 2 - share * length)
        leaf = length * (0.30 - 0.12 * abs(share - 0.4)) * (1 - 0.35 * share)
        for side in (-1, 1):
            tip = (at[0] + side * leaf * 0.86, at[1] - leaf * 0.62)
            _leaf(path, at, tip, leaf * 0.36)
    _leaf(path, (0, -length / 2 + length * 0.06), (0, -length / 2 - length * 0.13), length * 0.07)
    fill, line = artwork.paint(ink), artwork.paint(ink, stroke=length * 0.018)
    moves = _wrapped(middle, length * 0.75, size)

    def draw(canvas: skia.Canvas) -> None:
        for x, y in moves:
            canvas.save()
            canvas.translate(middle[0] + x, middle[1] + y)
            canvas.rotate(lean)
            canvas.drawPath(stem, line)
            canvas.drawPath(path, fill)
            canvas.restore()

    return draw


def _leaf(path: skia.Path, start: Point, tip: Point, width: float) -> None:
    """Add a leaf from ``start`` to ``tip`` to a path."""
    x, y = tip[0] - start[0], tip[1] - start[1]
    length = math.hypot(x, y) or 1.0
    aside = (-y / length * width, x / length * width)
    third = (start[0] + 0.42 * x, start[1] + 0.42 * y)
    path.moveTo(*start)
    path.quadTo(third[0] + aside[0], third[1] + aside[1], *tip)
    path.quadTo(third[0] - aside[0], third[1] - aside[1], *start)
    path.close()

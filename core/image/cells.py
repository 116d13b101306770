"""Cells: Voronoi regions of scattered points as facets, stained glass or pebbles.

Points are moved to the middle of their cells some times (Lloyd 1982). Cells end at the sheet because the points are
mirrored at its sides. Glass is lit from behind unevenly, streaked, and held by lead.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import skia

from core.image import artwork
from core.image.artwork import Stroke
from core.image.pixels import Floats, Pixels
from core.operations.image_generate import Cells

if TYPE_CHECKING:
    from core.engine.context import Context


def cells(op: Cells, ctx: "Context") -> Pixels:
    """Return the drawing, opaque."""
    artwork.require(op.width, op.height)
    ctx.progress(0.02, "Placing cells")
    chosen = artwork.colours(op.palette, op.colours)
    random = np.random.default_rng(op.seed)
    size = artwork.extent(op.width, op.height)
    points = (random.random((op.count, 2)) * size).astype(np.float32)
    rounds = 0 if op.even == 0 else 1 + round(op.even / 9)
    for index in range(rounds):
        ctx.progress(0.02 + 0.08 * index / rounds, "Placing cells")
        points = np.stack([_middle(region) for region in regions(points, size)])
    found = regions(points, size)
    tone = artwork.field(random, *size, 480, 2)
    strokes: list[Stroke] = []
    typical = float(np.sqrt(size[0] * size[1] / op.count))
    for region, point in zip(found, points, strict=True):
        colour = _colour(point, tone, chosen, random, spread=0.5 if op.style == "facets" else 0.9)
        match op.style:
            case "facets":
                strokes.append(_facet(region, colour, chosen, op.line, typical, random))
            case "pebbles":
                strokes.append(_pebble(region, colour, op.line, random))
            case _:
                strokes.append(_glass(region, point, colour, typical, random))
    ground = chosen.ground
    if op.style == "stained glass":
        ground = (22, 22, 25)
        strokes += [_lead(found, typical, op.line, step) for step in range(3)]
    return artwork.compose(ctx, op.width, op.height, ground, strokes)


def regions(points: Floats, size: artwork.Point) -> list[Floats]:
    """Return the cell of each point (N×2, in units) as a polygon (M×2) within the sheet."""
    across, down = size
    points = np.clip(points, 0.01, np.array(size, np.float32) - 0.01)
    mirrored = [points]
    reach = 4 * np.sqrt(across * down / len(points)) + 20
    for axis, end in ((0, across), (1, down)):
        for side in (0.0, end):
            near = points[np.abs(points[:, axis] - side) < max(reach, 0.3 * end)].copy()
            near[:, axis] = 2 * side - near[:, axis]
            mirrored.append(near)
    corner = np.array([[-across, -down], [2 * across, -down], [-across, 2 * down], [2 * across, 2 * down]], np.float32)
    every = np.concatenate((*mirrored, corner)).astype(np.float32)
    space = cv2.Subdiv2D((round(-2 * across), round(-2 * down), round(5 * across), round(5 * down)))
    names = [space.insert((float(x), float(y))) for x, y in every]
    facets, _ = space.getVoronoiFacetList(names[: len(points)])
    limit = np.array(size, np.float32)
    return [np.clip(np.asarray(facet, np.float32).reshape(-1, 2), 0, limit) for facet in facets]


def _middle(region: Floats) -> Floats:
    """Return the centre of area of a polygon."""
    after = np.roll(region, -1, 0)
    cross = region[:, 0] * after[:, 1] - after[:, 0] * region[:, 1]
    area = float(cross.sum())
    if abs(area) < 1e-3:
        return np.asarray(region.mean(0), np.float32)
    return np.asarray(((region + after) * cross[:, None]).sum(0) / (3 * area), np.float32)


def _colour(
    point: Floats, tone: Floats, chosen: artwork.Colours, random: np.random.Generator, spread: float
) -> tuple[int, int, int]:
    """Return a colour that drifts over the sheet, with exceptions."""
    x, y = np.clip((point / 2).astype(int), 0, np.array(tone.shape[::-1]) - 1)
    count = len(chosen.inks)
    place = (float(tone[y, x]) * 0.33 + 0.5) * count + float(random.normal(0, spread))
    low = int(np.floor(place))
    inks = [chosen.inks[(low + i) % count] for i in (0, 1)]
    colour = artwork.mixed(inks[0], inks[1], float(np.clip((place - low - 0.25) / 0.5, 0, 1)))
    return artwork.shaded(colour, float(random.normal(0, 0.022)))


def _facet(
    region: Floats,
    colour: tuple[int, int, int],
    chosen: artwork.Colours,
    line: float,
    typical: float,
    random: np.random.Generator,
) -> Stroke:
    path = artwork.polygon(region)
    # Lit from the upper left, each facet tilted a little.
    tilt = float(random.uniform(0, 2 * np.pi))
    middle, reach = region.mean(0), typical * 0.7
    ends = [middle + np.float32(s * reach) * np.array([np.cos(tilt), np.sin(tilt)], np.float32) for s in (-1, 1)]
    light = 0.045 * float(np.cos(tilt - 0.25 * np.pi))
    shades = [skia.Color(*artwork.shaded(colour, s)) for s in (light, -light)]
    fill = artwork.paint(colour)
    fill.setShader(skia.GradientShader.MakeLinear([skia.Point(float(x), float(y)) for x, y in ends], shades))
    gap = line / 100 * typical * 0.16
    # Without a gap, a hair of its own colour closes the seam that anti-aliasing leaves between neighbours.
    edge = artwork.paint(chosen.ground if gap > 0 else colour, stroke=gap or 0.8)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, fill)
        canvas.drawPath(path, edge)

    return draw


def _pebble(region: Floats, colour: tuple[int, int, int], line: float, random: np.random.Generator) -> Stroke:
    middle = _middle(region)
    away = np.linalg.norm(region - middle, axis=1)
    inset = 1 - (0.05 + 0.3 * line / 100)
    corners = middle + (region - middle) * np.float32(inset)
    path = artwork.polygon(corners)
    fill = artwork.paint(colour)
    fill.setPathEffect(skia.CornerPathEffect.Make(float(away.mean()) * 0.75))
    if random.random() < 0.12:  # some are rings
        fill.setStyle(skia.Paint.kStroke_Style)
        fill.setStrokeWidth(float(away.mean()) * 0.12)
    return lambda canvas: canvas.drawPath(path, fill)


def _glass(
    region: Floats, point: Floats, colour: tuple[int, int, int], typical: float, random: np.random.Generator
) -> Stroke:
    path = artwork.polygon(region)
    shift = random.normal(0, 0.25 * typical, 2)
    light = artwork.shaded(colour, 0.13)
    deep = artwork.shaded(colour, -0.07)
    fill = artwork.paint(colour)
    fill.setShader(
        skia.GradientShader.MakeRadial(
            skia.Point(float(point[0] + shift[0]), float(point[1] + shift[1])),
            float(typical * random.uniform(0.7, 1.1)),
            [skia.Color(*light), skia.Color(*colour), skia.Color(*deep)],
            [0.0, 0.55, 1.0],
        )
    )
    turn = float(random.uniform(-30, 30) + (90 if random.random() < 0.3 else 0))
    streaks = skia.PerlinNoiseShader.MakeFractalNoise(0.006, 0.09, 3, float(random.integers(1, 10_000)))
    matrix = skia.Matrix()
    matrix.setRotate(turn, float(point[0]), float(point[1]))
    veil = skia.Paint(AntiAlias=True, Shader=streaks.makeWithLocalMatrix(matrix), BlendMode=skia.BlendMode.kSoftLight)
    veil.setAlphaf(0.5)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, fill)
        canvas.drawPath(path, veil)

    return draw


def _lead(found: list[Floats], typical: float, line: float, step: int) -> Stroke:
    """Return the lead between all panes: its shadow on the glass, itself, and the light on it."""
    width = typical * (0.03 + 0.11 * line / 100)
    path = skia.Path()
    for region in found:
        path.addPoly([skia.Point(float(x), float(y)) for x, y in region], True)
    if step == 0:
        pen = artwork.paint((10, 10, 14), 0.35, width * 2.1)
        pen.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, width * 0.5))
    elif step == 1:
        pen = artwork.paint((28, 28, 31), 1.0, width)
    else:
        pen = artwork.paint((150, 152, 160), 0.35, width * 0.16)

    def draw(canvas: skia.Canvas) -> None:
        canvas.save()
        if step == 2:
            canvas.translate(-width * 0.16, -width * 0.16)
        canvas.drawPath(path, pen)
        canvas.restore()

    return draw

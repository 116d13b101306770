"""Colour harmony: which scheme the hues of a picture follow, and turning stray ones towards it.

Cohen-Or, Sorkine, Gal, Leyvand and Xu, *Color Harmonization* (SIGGRAPH 2006), with the hues of OKLCH in place of
HSV's, weighted by chroma: equal steps of hue look equal there. Which sector a hue is turned to is decided by hue alone
and not by the paper's graph cut; the turn is made smooth over the hues instead, so that no seam appears in a gradient.
"""

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import FillLayer, ImageDocument, TextLayer, walk
from core.image.palette import cluster
from core.image.pixels import Floats, Pixels, bands, from_oklab, shrink, to_byte, to_oklab
from core.operations.image_findings import Confusion, Harmony, NewColour, NewColours
from core.operations.image_guidance import AnalyseHarmony, HarmoniseColours, HarmoniseHues, Scheme
from core.raster.seeing import Look, apply
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context

replace = msgspec.structs.replace
Hues = npt.NDArray[np.float64]


class Template(NamedTuple):
    """Sectors of the hue wheel as (middle, width) in degrees, before it is turned."""

    scheme: Scheme
    sectors: tuple[tuple[float, float], ...]


TEMPLATES = (
    Template("one", ((0.0, 18.0),)),
    Template("opposites", ((0.0, 18.0), (180.0, 18.0))),
    Template("neighbours", ((0.0, 93.6),)),
    Template("split", ((0.0, 93.6), (180.0, 18.0))),
    Template("crossed", ((0.0, 93.6), (180.0, 93.6))),
)
"""i, I, V, Y and X of the paper, the strictest first."""
TOLD = TEMPLATES[:4]
"""Those that a picture is said to follow: half of the wheel, as in X, is where most pictures are anyhow."""
HARMONIC = 4.0
"""Mean distance of the hues from a scheme, in degrees, up to which they are said to follow it."""
LEAST_SHARE = 0.03
"""Part of the picture from which a colour is a main one."""
APART, ALIKE = 0.12, 0.05
"""Distances in OKLab from which two colours are told apart, and up to which they are taken for one."""
MOST_CONFUSIONS = 3
COLOURFUL = 0.02
"""Mean chroma (OKLCH) below which a picture is called grey: hues of greys mean nothing."""


def analyse(op: AnalyseHarmony, ctx: "Context") -> Harmony:
    """Return what can be said of the hues."""
    pixels = ctx.image(op.image)
    return replace(describe(histogram(pixels)), confusions=confusions(pixels))


def histogram(pixels: Pixels) -> tuple[Hues, float]:
    """Return the weight of each of 360 hues, and the mean chroma of what can be seen."""
    small = shrink(pixels, 256)
    seen = small[small[..., 3] >= 128][:, :3]
    if not len(seen):
        return np.zeros(360), 0.0
    lab = to_oklab(seen).astype(np.float64)
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    strong = np.maximum(0.0, chroma - 0.01)  # near grey, hue is noise
    counts = np.bincount(np.minimum(359, hue.astype(int)), strong, 360)
    return np.asarray(counts, np.float64), float(chroma.mean())


def describe(counted: tuple[Hues, float]) -> Harmony:
    """Return what a histogram of hues says."""
    weights, chroma = counted
    grey = bool(chroma < COLOURFUL or weights.sum() <= 0)
    fitted = [(template, *fit(weights, template)) for template in TOLD]
    found = next((f for f in fitted if f[2] <= HARMONIC), None)
    template, turn, stray = found or min(fitted[1:], key=lambda f: f[2])
    distance = distances(template, turn)
    total = max(1e-9, float(weights.sum()))
    sectors = tuple((round((middle + turn) % 360, 1), width) for middle, width in template.sectors)
    coarse = weights.reshape(36, 10).sum(1)
    outside = np.where(distance > 0, weights, 0)
    middles = [middle for middle, _ in sectors]
    if outside.sum() > 0.02 * total:
        middles.append(float(outside.argmax()))
    return Harmony(
        grey=grey,
        scheme=template.scheme,
        follows=found is not None,
        stray=round(stray, 1),
        outside=round(float(outside.sum()) / total, 3),
        sectors=sectors,
        hues=tuple(round(float(v), 3) for v in coarse / max(1e-9, float(coarse.max()))),
        turn=turn,
        colours=tuple(_swatch(middle) for middle in middles),
    )


def fit(weights: Hues, template: Template) -> tuple[float, float]:
    """Return how far to turn a template so that the hues stray least from it, and their mean distance in degrees."""
    total = float(weights.sum())
    if total <= 0:
        return 0.0, 0.0
    costs = [float((distances(template, turn) * weights).sum()) / total for turn in range(360)]
    best = int(np.argmin(costs))
    return float(best), costs[best]


def distances(template: Template, turn: float) -> Hues:
    """Return how far each of 360 hues is from the nearest sector, in degrees; 0 inside."""
    hues: Hues = np.arange(360, dtype=np.float64) + 0.5
    away = [
        np.maximum(0.0, _arc(np.asarray(hues - middle - turn, np.float64)) - width / 2)
        for middle, width in template.sectors
    ]
    return np.asarray(np.minimum.reduce(away))


def _arc(degrees: Hues) -> Hues:
    return np.asarray(np.abs((degrees + 180) % 360 - 180))


def _swatch(hue: float) -> str:
    lab = np.array([0.68, 0.13 * np.cos(np.radians(hue)), 0.13 * np.sin(np.radians(hue))], np.float32)
    return "#" + bytes(to_byte(np.clip(from_oklab(lab), 0, 1))).hex()


def harmonise(op: HarmoniseHues, ctx: "Context") -> Pixels:
    """Return the picture with its hues turned towards a scheme."""
    pixels = ctx.image(op.image)
    ctx.progress(0.05, "Finding the scheme")
    weights, _ = histogram(pixels)
    if weights.sum() <= 0 or op.strength == 0:
        return pixels
    template = template_for(op.scheme, weights)
    turn = fit(weights, template)[0] if op.turn is None else op.turn
    turns = turning(template, turn) * (op.strength / 100)
    height, width = pixels.shape[:2]
    out = pixels.copy()
    for top, bottom in bands(height, width * 48):
        ctx.progress(0.1 + 0.9 * top / height, "Turning hues")
        out[top:bottom, :, :3] = turned(pixels[top:bottom, :, :3], turns)
    return out


def harmonise_colours(op: HarmoniseColours, ctx: "Context") -> NewColours:
    """Return the colours of fills and texts, turned as :func:`harmonise` turns those of pixels."""
    document = ctx.document(op.document)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document has no colours to bring into harmony.", kind=document.kind)
    template = next(t for t in TEMPLATES if t.scheme == op.scheme)
    turns = turning(template, op.turn)
    found: list[NewColour] = []
    for layer in walk(document.layers):
        if layer.locked or not isinstance(layer, FillLayer | TextLayer):
            continue
        for field in ("colour", "colour2") if isinstance(layer, FillLayer) else ("colour", "background"):
            old: str | None = getattr(layer, field)
            if old is None:
                continue
            rgb = np.array([[int(old[i : i + 2], 16) for i in (1, 3, 5)]], np.uint8)
            new = "#" + bytes(turned(rgb, turns)[0]).hex()
            if new != old[:7].lower():
                found.append(NewColour(layer.id, field, new + old[7:]))
    return NewColours(tuple(found))


def template_for(scheme: Scheme, weights: Hues) -> Template:
    """Return the template of a scheme; for ``nearest`` the one that the hues stray least from."""
    if scheme == "nearest":
        return min(TOLD[1:], key=lambda t: fit(weights, t)[1])
    return next(t for t in TEMPLATES if t.scheme == scheme)


def confusions(pixels: Pixels) -> tuple[Confusion, ...]:
    """Return pairs of main colours that people tell apart, but not people who are blind to red, green or blue."""
    small = shrink(pixels, 160)
    seen = small[small[..., 3] >= 128][:, :3]
    if not len(seen):
        return ()
    centres, shares = cluster(to_oklab(seen), 8, np.random.default_rng(0))
    main = to_byte(np.clip(from_oklab(centres[shares >= LEAST_SHARE]), 0, 1))
    lab = to_oklab(main)
    found: list[Confusion] = []
    for look in (Look.PROTAN, Look.DEUTAN, Look.TRITAN):
        screen = np.zeros((1, len(main), 4), np.uint8)
        screen[0, :, 2::-1] = main
        apply(look, screen)
        blind = to_oklab(np.ascontiguousarray(screen[0, :, 2::-1]))
        for first, second in combinations(range(len(main)), 2):
            apart = float(np.linalg.norm(lab[first] - lab[second]))
            if apart >= APART and float(np.linalg.norm(blind[first] - blind[second])) <= ALIKE:
                names = ("#" + bytes(main[i]).hex() for i in (first, second))
                found.append(Confusion(look.value, *names))  # type: ignore[arg-type]
    return tuple(found[:MOST_CONFUSIONS])


def turning(template: Template, turn: float) -> Hues:
    """Return by how many degrees each of 360 hues is turned (the paper's formula, smoothed between sectors)."""
    hues = np.arange(360) + 0.5
    signed = np.stack([(middle + turn - hues + 180) % 360 - 180 for middle, _ in template.sectors])
    half = np.array([width / 2 for _, width in template.sectors])
    near = np.argmin(np.maximum(0.0, np.abs(signed) - half[:, None]), axis=0)
    away, reach = signed[near, np.arange(360)], half[near]
    left = reach * (1 - np.exp(-((away / reach) ** 2) / 2))  # distance from the middle that remains
    shift = np.sign(away) * np.maximum(0.0, np.abs(away) - np.minimum(left, np.abs(away)))
    shift[np.abs(away) <= reach] *= 0.35  # inside a sector colours are in harmony already: they are drawn in a little
    return np.asarray(cv2.GaussianBlur(np.tile(shift, 3)[None], (0, 0), 6)[0, 360:720])


def turned(rgb: npt.NDArray[np.uint8], turns: Hues) -> npt.NDArray[np.uint8]:
    """Return sRGB colours with the hue of each turned by ``turns`` (of 360 hues, degrees); lightness stays.

    Where the new hue cannot be that colourful in sRGB, chroma gives way.
    """
    lab = to_oklab(rgb)
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1])) % 360
    by = np.radians(np.interp(hue, np.arange(361), np.append(turns, turns[0]))).astype(np.float32)
    cos, sin = np.cos(by), np.sin(by)
    lab[..., 1], lab[..., 2] = lab[..., 1] * cos - lab[..., 2] * sin, lab[..., 1] * sin + lab[..., 2] * cos
    return to_byte(_in_gamut(lab))


def _in_gamut(lab: Floats) -> Floats:
    """Return sRGB floats of OKLab colours, with less chroma where they would leave 0…1."""
    rgb = from_oklab(lab)
    over = ((rgb < -0.002) | (rgb > 1.002)).any(-1)
    if over.any():
        inside = lab[over]
        low, high = np.zeros(len(inside), np.float32), np.ones(len(inside), np.float32)
        for _ in range(6):
            middle = (low + high) / 2
            trial = inside.copy()
            trial[:, 1:] *= middle[:, None]
            tried = from_oklab(trial)
            fits = ((tried >= -0.002) & (tried <= 1.002)).all(-1)
            low, high = np.where(fits, middle, low), np.where(fits, high, middle)
        inside[:, 1:] *= low[:, None]
        rgb[over] = from_oklab(inside)
    return np.asarray(np.clip(rgb, 0, 1), np.float32)

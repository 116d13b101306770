"""Find a picture's main colours, what goes with them, and which of them can be read on which."""

from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt
from coloraide import Color
from PIL import Image, ImageDraw, ImageFont

from core.image.pixels import Floats, Pixels, from_oklab, shrink, to_byte, to_oklab
from core.operations.image import Palette
from core.resources import resource
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context

SAMPLES = 20_000
STARTS = 4

HARMONIES = {
    "complementary": "complement",
    "analogous": "analogous",
    "triadic": "triad",
    "split complementary": "split",
    "tetradic": "rectangle",
}
"""Our names for coloraide's harmonies; hues are turned in OKLCH."""


class Swatch(msgspec.Struct, frozen=True):
    """One main colour."""

    colour: str
    """``#rrggbb``, sRGB."""
    share: float
    """Part of the visible picture that is nearest to it, 0…1."""
    lightness: float
    chroma: float
    hue: float
    """OKLCH: 0…1, 0…about 0.4, degrees."""
    text: str
    """Black or white, whichever reads better on it."""
    harmonies: dict[str, tuple[str, ...]]
    """Name of a harmony to its colours, this one first."""


class Pair(msgspec.Struct, frozen=True):
    """How well one colour can be read on another: WCAG 2.2 contrast, 1…21."""

    first: str
    second: str
    contrast: float
    level: str
    """``AAA`` (7 and more), ``AA`` (4.5), ``AA large`` (3, for large type), or empty."""


class PaletteData(msgspec.Struct, frozen=True):
    """The palette, largest share first."""

    swatches: tuple[Swatch, ...]
    key: int
    """Index of the colour that stands out most: by chroma and share. Harmonies of it are drawn in the picture."""
    pairs: tuple[Pair, ...]


def palette(op: Palette, ctx: "Context") -> dict[str, Any]:
    """Return ``data`` (:class:`PaletteData`) and ``image``, a picture of the swatches 1200 pixels wide."""
    pixels = ctx.image(op.image)
    ctx.progress(0.1, "Sampling")
    random = np.random.default_rng(op.seed)
    samples = _samples(pixels, random)
    ctx.progress(0.2, "Clustering")
    centres, shares = cluster(samples, op.colours, random)
    ctx.progress(0.7, "Finding harmonies")
    data = describe(centres, shares)
    return {"data": data, "image": draw(data)}


def _samples(pixels: Pixels, random: np.random.Generator) -> Floats:
    small = shrink(pixels, 400)
    seen = small[small[..., 3] >= 128][:, :3]
    if not len(seen):
        raise AtelierError("The picture is transparent everywhere, so it has no colours.")
    if len(seen) > SAMPLES:
        seen = seen[random.choice(len(seen), SAMPLES, replace=False)]
    return to_oklab(seen)


def cluster(samples: Floats, count: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return ``count`` (or fewer, where there are fewer colours) centres in OKLab and their shares, largest first.

    k-means++ (Arthur and Vassilvitskii 2007), the best of :data:`STARTS`, in OKLab with chroma weighted up by half: a
    small strong accent should count beside large dull areas.
    """
    scale = np.array([1.0, 1.5, 1.5], np.float32)
    points = samples * scale
    count = min(count, len(np.unique(points.round(3), axis=0)))
    starts = [_cluster(points, count, random) for _ in range(STARTS)]
    _, centres, owner = min(starts, key=lambda found: found[0])
    sizes = np.bincount(owner, minlength=count)
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    return (centres / scale)[order], (sizes[order] / len(points)).astype(np.float32)


def _cluster(points: Floats, count: int, random: np.random.Generator) -> tuple[float, Floats, npt.NDArray[np.int64]]:
    """Return the remaining squared distance, the centres and each point's centre, from one random start."""
    centres = points[[int(random.integers(len(points)))]]
    nearest = ((points - centres[0]) ** 2).sum(1)
    while len(centres) < count:
        total = float(nearest.sum(dtype=np.float64))
        chance = nearest.astype(np.float64) / total if total > 0 else None
        pick = points[int(random.choice(len(points), p=chance))]
        centres = np.vstack((centres, pick))
        nearest = np.minimum(nearest, ((points - pick) ** 2).sum(1))
    owner = np.zeros(len(points), np.int64)
    for _ in range(60):
        distance = (centres**2).sum(1) - 2 * points @ centres.T
        owner = distance.argmin(1)
        sizes = np.bincount(owner, minlength=count)
        sums = np.stack([np.bincount(owner, points[:, axis], count) for axis in range(3)], 1)
        moved = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres).astype(np.float32)
        if np.abs(moved - centres).max() < 1e-4:
            break
        centres = moved
    distance = (points**2).sum(1) + (centres**2).sum(1)[owner] - 2 * (points * centres[owner]).sum(1)
    return float(distance.sum(dtype=np.float64)), centres, owner


def describe(centres: Floats, shares: Floats) -> PaletteData:
    """Return the palette with harmonies and contrasts."""
    colours = ["#" + bytes(to_byte(rgb)).hex() for rgb in from_oklab(centres)]
    swatches = []
    for text, share in zip(colours, shares, strict=True):
        colour = Color(text)
        lightness, chroma, hue = colour.convert("oklch").coords(nans=False)
        black, white = colour.contrast("#000000"), colour.contrast("#ffffff")
        swatches.append(
            Swatch(
                colour=text,
                share=round(float(share), 4),
                lightness=round(lightness, 4),
                chroma=round(chroma, 4),
                hue=round(hue % 360, 1),
                text="#000000" if black >= white else "#ffffff",
                harmonies={name: _harmony(colour, kind) for name, kind in HARMONIES.items()},
            )
        )
    standing = [s.chroma * s.share**0.25 for s in swatches]
    pairs = sorted((_pair(a, b) for a, b in combinations(colours, 2)), key=lambda p: -p.contrast)
    return PaletteData(tuple(swatches), int(np.argmax(standing)), tuple(pairs))


def _harmony(colour: Color, kind: str) -> tuple[str, ...]:
    """Return a harmony's colours, each as close as sRGB comes to it."""
    found = [
        c.convert("srgb").fit(method="oklch-chroma").to_string(hex=True) for c in colour.harmony(kind, space="oklch")
    ]
    own = colour.to_string(hex=True)
    return (own, *(c for c in found if c != own))


def _pair(first: str, second: str) -> Pair:
    contrast = Color(first).contrast(second)
    level = "AAA" if contrast >= 7 else "AA" if contrast >= 4.5 else "AA large" if contrast >= 3 else ""
    return Pair(first, second, round(contrast, 2), level)


_WIDTH, _TOP, _ROW, _GAP, _LABEL = 1200, 300, 72, 12, 260


def draw(data: PaletteData) -> Pixels:
    """Return a picture of the palette: main colours as wide as their share, below them the key colour's harmonies."""
    height = _TOP + _GAP + len(HARMONIES) * (_ROW + _GAP)
    sheet = Image.new("RGBA", (_WIDTH, height), "#ffffff")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(resource("fonts", "Inter_500Medium.ttf")), 20)
    small = ImageFont.truetype(str(resource("fonts", "Inter_400Regular.ttf")), 18)
    least = 0.4 / len(data.swatches)
    widths = np.array([max(s.share, least) for s in data.swatches])
    edges = np.concatenate(([0], np.cumsum(np.rint(widths / widths.sum() * _WIDTH)))).astype(int)
    edges[-1] = _WIDTH
    for swatch, left, right in zip(data.swatches, edges, edges[1:], strict=False):
        pen.rectangle((int(left), 0, int(right) - 1, _TOP - 1), fill=swatch.colour)
        if pen.textlength(swatch.colour, font) + 24 <= right - left:
            pen.text((int(left) + 12, _TOP - 62), swatch.colour, swatch.text, font)
            pen.text((int(left) + 12, _TOP - 34), f"{swatch.share * 100:.0f} %", swatch.text, small)
    for row, (name, colours) in enumerate(data.swatches[data.key].harmonies.items()):
        top = _TOP + _GAP + row * (_ROW + _GAP)
        pen.text((12, top + _ROW // 2), name.capitalize(), "#111111", font, anchor="lm")
        step = (_WIDTH - _LABEL) / len(colours)
        for index, colour in enumerate(colours):
            left = _LABEL + round(index * step)
            pen.rectangle((left, top, _LABEL + round((index + 1) * step) - 1, top + _ROW - 1), fill=colour)
            black, white = Color(colour).contrast("#000000"), Color(colour).contrast("#ffffff")
            pen.text((left + 12, top + _ROW // 2), colour, "#000" if black >= white else "#fff", small, anchor="lm")
    return np.array(sheet)

"""Colour a black-and-white photo from a reference: what looks alike there lends its colour here.

After Welsh, Ashikhmin and Mueller (*Transferring color to greyscale images*, SIGGRAPH 2002), with richer features: the
lightness and its texture around a point at several sizes, in several directions, and a little of where the point lies.
Each point asks its nearest relatives in the reference, which vote for the reference's main colours. Votes, not colours,
are then smoothed along the picture's edges (Hosni et al., *Fast cost-volume filtering*, CVPR 2011), so that a doubtful
point takes its neighbours' decision instead of a brown mean. Colour follows lightness at full size by the local linear
model of Levin, Lischinski and Weiss (*Colorization using optimization*, 2004) in the form of a guided filter. OKLab.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from core.image import guided, memory
from core.image.pixels import (
    Floats,
    Pixels,
    bands,
    bleed,
    from_oklab,
    shrink,
    to_byte,
    to_oklab,
    with_alpha,
)
from core.operations.image_light import Colourise
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 320
"""Both pictures are compared at this size."""
STRIDE = 2
"""Every other point of every other row asks; the rest take over what their neighbours were told."""
SAMPLES = 4000
"""Points of the reference that may be asked."""
RELATIVES = 12
"""How many of them each point asks."""
COLOURS = 24
"""Main colours of the reference that are voted for."""


def colourise(op: Colourise, ctx: "Context") -> Pixels:
    """Return the picture with its own lightness and colours like the reference's; alpha is kept as it is."""
    pixels = ctx.image(op.image)
    reference = ctx.image(op.reference)
    height, width = pixels.shape[:2]
    memory.require(
        height * width * 12 + reference.shape[0] * reference.shape[1] * 8 + 300_000_000, Message("Colouring")
    )
    random = np.random.default_rng(op.seed)
    ctx.progress(0.03, "Looking at the reference")
    rgb = bleed(pixels)
    small = to_oklab(shrink(rgb, SIDE))
    model = shrink(reference, SIDE)
    seen = model[..., 3] >= 128
    if not seen.any():
        raise AtelierError("The reference is transparent everywhere, so it has no colours to give.")
    theirs = to_oklab(bleed(model))
    ctx.progress(0.1, "Finding what looks alike")
    chroma = transfer(small[..., 0], theirs, seen, op.position / 100, random, ctx)
    ctx.progress(0.75, "Colouring")
    radius = max(2, round(max(small.shape[:2]) / 60))
    slopes = np.dstack([guided.coefficients(small[..., 0], chroma[..., c], radius, 2e-3) for c in (0, 1)])
    out = np.empty_like(pixels)
    out[..., 3] = pixels[..., 3]
    view = shrink(rgb, 1024)
    alpha = shrink(np.ascontiguousarray(pixels[..., 3]), 1024).reshape(view.shape[:2])
    strength = op.strength / 100
    ctx.preview(with_alpha(_coloured(view, slopes, strength, view.shape[0], 0), alpha))
    for top, bottom in bands(height, width * 96):
        out[top:bottom, :, :3] = _coloured(rgb[top:bottom], slopes, strength, height, top)
        ctx.progress(0.75 + 0.25 * bottom / height, "Colouring")
    out[pixels[..., 3] == 0] = 0
    return out


def transfer(
    lightness: Floats,
    theirs: Floats,
    seen: npt.NDArray[np.bool_],
    position: float,
    random: np.random.Generator,
    ctx: "Context",
) -> Floats:
    """Return h×w×2: a and b (OKLab) for ``lightness`` (h×w), as in the picture ``theirs`` where it is ``seen``."""
    points = np.flatnonzero(seen)
    chosen = random.choice(points, min(SAMPLES, len(points)), replace=False)
    wanted, known = features(lightness, position), features(theirs[..., 0], position)
    known = known.reshape(-1, known.shape[-1])[chosen]
    wanted = _alike(wanted, known)
    colours = theirs.reshape(-1, 3)[chosen]
    palette, kind = main_colours(colours[:, 1:], random)
    asking = wanted[::STRIDE, ::STRIDE]
    votes = vote(asking.reshape(-1, asking.shape[-1]), known, kind, len(palette), ctx)
    ballots = votes.reshape(*asking.shape[:2], len(palette))
    ctx.progress(0.6, "Settling doubts")
    radius = max(2, round(max(lightness.shape) / 32))
    size = lightness.shape[1::-1]
    chosen_by = np.empty((*lightness.shape, len(palette)), np.float32)
    for index in range(len(palette)):
        ctx.check_cancelled()
        share = cv2.resize(ballots[..., index], size, interpolation=cv2.INTER_LINEAR).reshape(lightness.shape)
        fine = guided.coefficients(lightness, share, radius, 1e-3)
        chosen_by[..., index] = np.maximum(fine[..., 0] * lightness + fine[..., 1], 0)
    weight = chosen_by * chosen_by  # who is ahead, wins: no brown of red and green
    weight /= np.maximum(weight.sum(-1, keepdims=True), 1e-12)
    return np.asarray(_lit_colours(weight, lightness, palette, kind, colours), np.float32)


def features(lightness: Floats, position: float) -> Floats:
    """Return h×w×N: how a place looks, in numbers that are about equally important."""
    height, width = lightness.shape
    unit = max(height, width) / 256
    parts = []
    for spread, weight in ((0.8, 1.6), (3, 1.2), (9, 0.8), (24, 0.6)):
        parts.append(weight * cv2.GaussianBlur(lightness, (0, 0), spread * unit) / 0.2)
    across = cv2.Sobel(lightness, cv2.CV_32F, 1, 0, scale=0.25)
    along = cv2.Sobel(lightness, cv2.CV_32F, 0, 1, scale=0.25)
    for spread, weight in ((3, 0.8), (9, 0.8), (24, 0.5)):
        # Roughness, and whether it runs in one direction (the structure tensor), as logarithms.
        xx, yy, xy = (cv2.GaussianBlur(v, (0, 0), spread * unit) for v in (across**2, along**2, across * along))
        parts.append(weight * 0.35 * np.log(xx + yy + 1e-5))
        total = xx + yy + 1e-4
        parts.append(weight * 0.6 * (xx - yy) / total)
        parts.append(weight * 0.6 * 2 * xy / total)
        mean = cv2.GaussianBlur(lightness, (0, 0), spread * unit)
        spreads = cv2.GaussianBlur(lightness * lightness, (0, 0), spread * unit) - mean * mean
        parts.append(weight * 0.35 * np.log(np.maximum(spreads, 0) + 1e-4))
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    parts.append(np.float32(4 * position) * rows / max(1, height - 1))
    parts.append(np.float32(2 * position) * columns / max(1, width - 1))
    return np.dstack(parts).astype(np.float32)


def _alike(wanted: Floats, known: Floats) -> Floats:
    """Return features of the picture moved half way to the mean and spread of the reference's: exposures differ."""
    last = wanted.shape[-1] - 2  # but not where things lie
    flat = wanted[..., :last].reshape(-1, last)
    mean, spread = flat.mean(0), flat.std(0) + 1e-3
    scale = np.sqrt(np.clip((known[:, :last].std(0) + 1e-3) / spread, 0.4, 2.5))
    moved = (wanted[..., :last] - mean) * scale + mean + 0.5 * (known[:, :last].mean(0) - mean)
    return np.concatenate((moved, wanted[..., last:]), -1).astype(np.float32)


def main_colours(chroma: Floats, random: np.random.Generator) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return main colours (K×2, a and b) and to which of them each of ``chroma`` (N×2) belongs, by k-means."""
    count = min(COLOURS, len(chroma))
    centres = chroma[random.choice(len(chroma), 1)]
    for _ in range(count - 1):  # the farthest of a few: rare bright colours get a place of their own
        away = ((chroma[:, None] - centres) ** 2).sum(-1).min(1)
        if away.max() < 1e-8:
            break
        chances = away / away.sum()
        centres = np.vstack((centres, chroma[random.choice(len(chroma), 1, p=chances / chances.sum())]))
    kind = np.zeros(len(chroma), np.intp)
    for _ in range(12):
        kind = ((chroma[:, None] - centres) ** 2).sum(-1).argmin(1)
        for index in range(len(centres)):
            own = chroma[kind == index]
            if len(own):
                centres[index] = own.mean(0)
    return centres.astype(np.float32), kind


def vote(wanted: Floats, known: Floats, kind: npt.NDArray[np.intp], colours: int, ctx: "Context") -> Floats:
    """Return N×K: the share of each main colour in the votes of each point's nearest relatives."""
    votes = np.empty((len(wanted), colours), np.float32)
    asked = min(RELATIVES, len(known))
    lengths = (known * known).sum(1)
    step = 2048
    for start in range(0, len(wanted), step):
        piece = wanted[start : start + step]
        distance = lengths - 2 * piece @ known.T
        nearest = np.argpartition(distance, asked - 1, axis=1)[:, :asked]
        far = np.take_along_axis(distance, nearest, 1) + (piece * piece).sum(1, keepdims=True)
        far = np.maximum(far, 0)
        weight = np.exp(-far / (far.mean(1, keepdims=True) + 0.05))
        weight /= weight.sum(1, keepdims=True)
        ballot = np.arange(len(piece))[:, None] * colours + kind[nearest]
        count = np.bincount(ballot.ravel(), weight.ravel(), len(piece) * colours)
        votes[start : start + step] = count.reshape(len(piece), colours)
        ctx.progress(0.12 + 0.46 * min(1.0, (start + step) / len(wanted)), "Finding what looks alike")
    return votes


def _lit_colours(
    weight: Floats, lightness: Floats, palette: Floats, kind: npt.NDArray[np.intp], colours: Floats
) -> Floats:
    """Return h×w×2: the mean of the main colours by ``weight``, each as it is at that lightness in the reference."""
    out = np.zeros((*lightness.shape, 2), np.float32)
    for index in range(len(palette)):
        own = colours[kind == index]
        slope = np.zeros(2)
        middle = 0.5
        if len(own) > 20:
            middle = float(own[:, 0].mean())
            spread = own[:, 0] - middle
            slope = (spread[:, None] * (own[:, 1:] - palette[index])).sum(0) / ((spread**2).sum() + 0.02 * len(own))
        beyond = np.clip(lightness - middle, -0.25, 0.25)[..., None]
        out += weight[..., index : index + 1] * (palette[index] + beyond * slope.astype(np.float32))
    return out


def _coloured(rgb: Pixels, slopes: Floats, strength: float, height: int, top: int) -> Pixels:
    """Return rows of the picture with the colours that ``slopes`` give for its lightness; out of gamut, paler."""
    rows, width = rgb.shape[:2]
    lightness = to_oklab(rgb)[..., 0]
    piece = guided.enlarge(slopes, height, width, top, top + rows)
    factor = np.float32(strength)
    chroma = [factor * (piece[..., 2 * c] * lightness + piece[..., 2 * c + 1]) for c in (0, 1)]
    lab = np.dstack((lightness, *chroma))
    found = from_oklab(lab)
    outside = ((found < -0.002) | (found > 1.002)).any(-1)
    if outside.any():
        lab[outside] = _into_gamut(lab[outside])
        found = from_oklab(lab)
    return to_byte(found)


def _into_gamut(lab: Floats) -> Floats:
    """Return colours (N×3) with just so much less chroma that a screen can show them at their lightness."""
    low, high = np.zeros(len(lab), np.float32), np.ones(len(lab), np.float32)
    for _ in range(7):
        middle = (low + high) / 2
        tried = from_oklab(np.column_stack((lab[:, 0], lab[:, 1:] * middle[:, None])).astype(np.float32))
        fits = ((tried >= -0.002) & (tried <= 1.002)).all(-1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return np.column_stack((lab[:, 0], lab[:, 1:] * low[:, None])).astype(np.float32)

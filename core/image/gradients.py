"""Soft gradients: patches of colour that flow into each other, evenly to the eye and without bands.

Colours are interpolated in OKLab by Shepard's weights over a plane that was folded by smooth noise, so that patches are
drawn out like silk. The result is found on a small grid, enlarged by cubic splines, and rounded to 8 bits with noise of
one level (triangular, so that its spread is the same everywhere): no size shows a band.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import artwork
from core.image.pixels import Floats, Pixels, bands, from_oklab, shrink, to_oklab
from core.operations.image_generate import GradientMesh

if TYPE_CHECKING:
    from core.engine.context import Context

GRID = 420
"""Longer side of the grid that colours are found on: smooth as they are, more would show nothing more."""


def gradient_mesh(op: GradientMesh, ctx: "Context") -> Pixels:
    """Return the gradient, opaque. About 14 bytes a pixel."""
    artwork.require(op.width, op.height)
    ctx.progress(0.02, "Mixing colours")
    lab = mesh(op)
    ctx.preview(_rows(lab, op, *_view_size(op), 0, None))
    out = np.empty((op.height, op.width, 4), np.uint8)
    out[..., 3] = 255
    random = np.random.default_rng(op.seed)
    for top, bottom in bands(op.height, op.width * 96):
        ctx.progress(0.1 + 0.9 * top / op.height, "Drawing")
        out[top:bottom, :, :3] = _rows(lab, op, op.height, op.width, top, bottom, random)
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def _view_size(op: GradientMesh) -> tuple[int, int]:
    scale = min(1.0, 900 / max(op.width, op.height))
    return max(1, round(op.height * scale)), max(1, round(op.width * scale))


def mesh(op: GradientMesh) -> Floats:
    """Return colours on a grid of the picture's proportions (h×w×3, OKLab)."""
    random = np.random.default_rng(op.seed)
    chosen = artwork.colours(op.palette, op.colours)
    every = to_oklab(np.array([chosen.ground, *chosen.inks], np.uint8))
    across, down = artwork.extent(op.width, op.height)
    scale = GRID / max(across, down)
    height, width = max(4, round(down * scale)), max(4, round(across * scale))
    # Spread over the sheet: the best of some places, each far from those before (Mitchell 1991).
    places = np.empty((0, 2), np.float32)
    for _ in range(op.points):
        tries = (random.random((24, 2)) * (across * 1.1, down * 1.1) - (across * 0.05, down * 0.05)).astype(np.float32)
        if len(places):
            away = ((tries[:, None] - places[None]) ** 2).sum(-1).min(1)
            tries = tries[int(away.argmax())][None]
        places = np.vstack((places, tries[:1]))
    order = np.concatenate([random.permutation(len(every)) for _ in range(-(-op.points // len(every)))])[: op.points]
    fold = [artwork.field(random, across, down, 620, 2) for _ in range(2)]
    fold = [cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA) for part in fold]
    reach = np.float32(op.fold / 100 * 300)
    x = (np.arange(width, dtype=np.float32) + 0.5)[None] / np.float32(scale) + reach * fold[0]
    y = (np.arange(height, dtype=np.float32) + 0.5)[:, None] / np.float32(scale) + reach * fold[1]
    power = 2.5 - 1.3 * op.soft / 100
    core = np.float32((90 + 130 * op.soft / 100) ** 2)
    total = np.zeros((height, width), np.float32)
    out = np.zeros((height, width, 3), np.float32)
    for place, index in zip(places, order, strict=True):
        weight = ((x - place[0]) ** 2 + (y - place[1]) ** 2 + core) ** np.float32(-power)
        weight *= np.float32(core**power)
        total += weight
        out += weight[..., None] * every[index]
    return np.asarray(out / np.maximum(total, np.float32(1e-12))[..., None], np.float32)


def _rows(
    lab: Floats,
    op: GradientMesh,
    height: int,
    width: int,
    top: int,
    bottom: int | None,
    random: np.random.Generator | None = None,
) -> Pixels:
    """Return rows of the gradient as uint8 h×width×3."""
    bottom = height if bottom is None else bottom
    rows = (np.arange(top, bottom, dtype=np.float32) + 0.5)[:, None] * np.float32(lab.shape[0] / height) - 0.5
    columns = (np.arange(width, dtype=np.float32) + 0.5)[None] * np.float32(lab.shape[1] / width) - 0.5
    shape = bottom - top, width
    maps = [np.ascontiguousarray(np.broadcast_to(m, shape), np.float32) for m in (columns, rows)]
    smooth = cv2.GaussianBlur(lab, (0, 0), 1.0)
    found = cv2.remap(smooth, maps[0], maps[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    random = random or np.random.default_rng(op.seed)
    if op.grain:
        found[..., 0] += np.float32(op.grain / 100 * 0.055) * random.standard_normal(shape, np.float32)
    levels = from_oklab(found) * np.float32(255)
    noise = random.random((*shape, 3), np.float32) - random.random((*shape, 3), np.float32)
    return np.asarray(np.clip(np.rint(levels + np.float32(0.5) * noise), 0, 255), np.uint8)

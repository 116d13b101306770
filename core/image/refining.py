"""Refine edge: a rough selection becomes a matte that follows hair, fur and soft edges of the picture.

Only a band around the selection's edge is looked at; what lies deeper inside is chosen and what lies farther outside is
not. In the band each pixel first goes to the side whose colours it has, by GrabCut (Rother, Kolmogorov and Blake,
SIGGRAPH 2004); then the colour guided filter (He, Sun and Tang, TPAMI 2013) finds how much of it, which is one step
towards the solution of the matting Laplacian (He, Sun and Tang, CVPR 2010).
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import masks, matting, memory
from core.image.pixels import Floats, Pixels, bleed, shrink, with_alpha
from core.operations.image_select import RefineEdge
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 1200
"""Colours are told apart on a copy of at most this size."""
EPSILON = 1e-4
"""Variance (of values in 0…1) that counts as flat."""
_ROUNDS = 4
_FEWEST = 16
"""So few pixels are no model of colours."""


def refine_edge(op: RefineEdge, ctx: "Context") -> Pixels:
    """Return the refined selection: white, its alpha the coverage. About 60 bytes a pixel of the edge's box."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    rough = masks.coverage(ctx, op.mask, pixels.shape)
    if not rough.any() or rough.min() == 255:
        raise AtelierError("The selection has no edge to refine: choose a part of the picture first.")
    ctx.progress(0.05, "Looking at the edge")
    alpha = rough.astype(np.float32) / np.float32(255)
    if op.smooth:
        alpha = _smoothed(alpha, op.smooth)
    band = _band(alpha, op.radius)
    if band.any():
        rows, columns = masks.box(band, margin=int(2 * op.radius) + 8)
        memory.require((rows.stop - rows.start) * (columns.stop - columns.start) * 60, Message("Refining the edge"))
        rgb = bleed(np.ascontiguousarray(pixels[rows, columns]))
        alpha[rows, columns] = _matte(rgb, alpha[rows, columns], band[rows, columns], op.radius, ctx)
    alpha = matting.feather(matting.shift_edge(alpha, op.shift), op.feather)
    if op.contrast:
        factor = np.float32(1 / max(0.02, 1 - op.contrast / 100))
        alpha = np.clip((alpha - np.float32(0.5)) * factor + np.float32(0.5), 0, 1)
    alpha *= pixels[..., 3] > 0
    coverage = np.rint(np.clip(alpha, 0, 1) * 255).astype(np.uint8)
    seen = pixels.copy()
    seen[..., 3] = (seen[..., 3].astype(np.uint16) * coverage // 255).astype(np.uint8)
    ctx.preview(shrink(seen, 1280))
    ctx.progress(1.0)
    return with_alpha(np.full((height, width, 3), 255, np.uint8), coverage)


def _smoothed(alpha: Floats, pixels: float) -> Floats:
    """Return a hard outline without bumps that are smaller than ``pixels``."""
    blurred = cv2.GaussianBlur(alpha, (0, 0), pixels)
    return np.asarray(np.clip((blurred - 0.5) * np.float32(max(1.0, 2 * pixels)) + 0.5, 0, 1), np.float32)


def _band(alpha: Floats, radius: float) -> masks.Mask:
    """Return where the true edge may be: within ``radius`` of the outline, and wherever ``alpha`` is in between."""
    inside = (alpha >= 0.5).astype(np.uint8)
    to_edge = np.where(
        inside, cv2.distanceTransform(inside, cv2.DIST_L2, 5), cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    )
    return np.asarray((to_edge <= radius) | ((alpha > 0.02) & (alpha < 0.98)), bool)


def _matte(rgb: Pixels, alpha: Floats, band: masks.Mask, radius: float, ctx: "Context") -> Floats:
    """Return ``alpha`` with the ``band`` found anew from the colours of the picture; all H×W."""
    full = rgb.astype(np.float32) / np.float32(255)
    scale = min(1.0, SIDE / max(alpha.shape))
    size = max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale))
    sides = _sides(
        cv2.resize(rgb, size, interpolation=cv2.INTER_AREA),
        cv2.resize(alpha, size, interpolation=cv2.INTER_AREA).reshape(size[::-1]),
        cv2.resize(band.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST).reshape(size[::-1]) > 0,
        ctx,
    )
    ctx.progress(0.85, "Softening it where the picture is soft")
    guide = np.atleast_3d(cv2.resize(full, size, interpolation=cv2.INTER_AREA))
    reach = min(8, max(2, round(radius / 3 * scale)))
    fitted = matting.guided_filter(guide, sides, reach, EPSILON, full)
    # Nearly nothing and nearly everything are what the filter leaves of nothing and everything.
    fitted = np.clip((fitted - np.float32(0.03)) / np.float32(0.94), 0, 1)
    return np.where(band, fitted, alpha).astype(np.float32)


def _sides(rgb: Pixels, alpha: Floats, band: masks.Mask, ctx: "Context") -> Floats:
    """Return 1 for each pixel that belongs to what is chosen, by its colour and those beside it, else 0."""
    chosen = alpha >= 0.5
    marks = np.where(
        band,
        np.where(chosen, cv2.GC_PR_FGD, cv2.GC_PR_BGD),
        np.where(chosen, cv2.GC_FGD, cv2.GC_BGD),
    ).astype(np.uint8)
    if not chosen.any() or chosen.all() or min(int(chosen.sum()), int((~chosen).sum())) < _FEWEST:
        return chosen.astype(np.float32)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    for index in range(_ROUNDS):
        mode = cv2.GC_INIT_WITH_MASK if index == 0 else cv2.GC_EVAL
        cv2.grabCut(np.ascontiguousarray(rgb[..., ::-1]), marks, None, *models, 1, mode)
        ctx.progress(0.1 + 0.75 * (index + 1) / _ROUNDS, "Telling colours apart")
    return np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)

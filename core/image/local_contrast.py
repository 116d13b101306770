"""Clarity and texture: contrast of neighbouring places, at two scales, without halos and without changing the whole.

The lightness is split by guided filters (He, Sun and Tang, TPAMI 2013), which keep edges: what a coarse one takes away
is modelling (clarity), what a fine one takes away is surface (texture). Both are scaled and put back; how far a place
may move is bent over, so that what has much contrast already gets little more (as the remapping function of Paris,
Hasinoff and Kautz, *Local Laplacian filters*, SIGGRAPH 2011, does).
"""

from typing import TYPE_CHECKING

import numpy as np

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
from core.operations.image_light import Clarity
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 1600
"""The filters are found on a copy of this size and applied at full size."""


def clarity(op: Clarity, ctx: "Context") -> Pixels:
    """Return the picture with more or less local contrast; alpha is kept as it is. About 12 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 12 + 250_000_000, Message("Clarity"))
    ctx.progress(0.05, "Measuring contrast")
    rgb = bleed(pixels)
    small = shrink(rgb, SIDE)
    slopes = scales(to_oklab(small)[..., 0])
    ctx.check_cancelled()
    forms, surface = op.clarity / 100, op.texture / 100
    view = shrink(pixels, 1024)
    ctx.preview(with_alpha(adjusted(view[..., :3], slopes, forms, surface, view.shape[0], 0), view[..., 3]))
    out = np.empty_like(pixels)
    out[..., 3] = pixels[..., 3]
    for top, bottom in bands(height, width * 96):
        out[top:bottom, :, :3] = adjusted(rgb[top:bottom], slopes, forms, surface, height, top)
        ctx.progress(0.3 + 0.7 * bottom / height, "Changing contrast")
    out[pixels[..., 3] == 0] = 0
    return out


def scales(lightness: Floats) -> Floats:
    """Return h×w×4: slope and offset of the broad forms, then of the surface, as functions of a pixel's lightness."""
    size = max(lightness.shape)
    broad = guided.coefficients(lightness, lightness, max(2, round(size / 45)), 0.012)
    fine = guided.coefficients(lightness, lightness, max(1, round(size / 350)), 0.0025)
    return np.dstack((broad, fine))


def adjusted(rgb: Pixels, slopes: Floats, forms: float, surface: float, height: int, top: int) -> Pixels:
    """Return rows of the picture (uint8 n×W×3) with its two scales strengthened by ``forms`` and ``surface`` (−1…1)."""
    rows, width = rgb.shape[:2]
    lab = to_oklab(rgb)
    lightness = lab[..., 0]
    piece = guided.enlarge(slopes, height, width, top, top + rows)
    broad = piece[..., 0] * lightness + piece[..., 1]
    fine = piece[..., 2] * lightness + piece[..., 3]
    change = _bent(fine - broad, 1.4 * forms, 0.10) + _bent(lightness - fine, 1.8 * surface, 0.06)
    # Black and white have no room: what lies there moves less, and nothing is pushed over.
    room = np.clip(np.minimum(lightness, 1 - lightness) / 0.12, 0, 1)
    moved = np.clip(lightness + change * (0.35 + 0.65 * room), 0, 1)
    moved = np.where((forms == 0) & (surface == 0), lightness, moved)
    # Colour goes half way with lightness, as it does when light itself changes.
    lab[..., 1:] *= np.clip(0.5 + 0.5 * moved / np.maximum(lightness, np.float32(0.02)), 0.5, 1.5)[..., None]
    lab[..., 0] = moved
    return to_byte(from_oklab(lab))


def _bent(detail: Floats, factor: float, most: float) -> Floats:
    """Return by how much ``detail`` is changed: small ones times ``factor``, large ones ever less, at most ``most``.

    What is taken away is taken in proportion, so that −1 leaves nothing of small detail and edges stay.
    """
    if factor < 0:
        return np.asarray(
            np.float32(max(factor, -0.9)) * detail / (1 + (detail / np.float32(3 * most)) ** 2), np.float32
        )
    return np.asarray(np.float32(factor) * detail / (1 + np.abs(detail) * np.float32(factor / most)), np.float32)

"""Sharpen: unsharp masking as a retoucher wishes it were, in lightness only, held at noise and without bright rims.

What a Gaussian of ``radius`` takes away is put back in two steps (Van Cittert's deconvolution), less where the
neighbourhood is only as rough as noise, and never further than a little beyond what the neighbourhood holds already.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import memory
from core.image.pixels import Floats, Pixels, bands, bleed, shrink, to_byte
from core.operations.image_light import Sharpen
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def sharpen(op: Sharpen, ctx: "Context") -> Pixels:
    """Return the picture with crisper edges; alpha is kept as it is. About 12 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 12 + 150_000_000, Message("Sharpening"))
    rgb = bleed(pixels)
    out = pixels.copy()
    margin = 4 * int(np.ceil(op.radius)) + 8
    for top, bottom in bands(height, width * 64):
        first, last = max(0, top - margin), min(height, bottom + margin)
        piece = sharper(rgb[first:last], op.radius, op.amount / 100, op.threshold, op.halo / 100)
        out[top:bottom, :, :3] = piece[top - first : bottom - first]
        ctx.progress(bottom / height, "Sharpening")
        ctx.preview(shrink(out, 1024))
    out[pixels[..., 3] == 0] = 0
    return out


def sharper(rgb: Pixels, radius: float, amount: float, threshold: float, halo: float) -> Pixels:
    """Return uint8 H×W×3 sharpened. ``threshold`` in 8-bit levels; ``halo`` (0…1) is how far rims are held back."""
    values = rgb.astype(np.float32)
    luma = values @ _LUMA
    first = luma - cv2.GaussianBlur(luma, (0, 0), radius)
    once = luma + np.float32(amount) * first
    detail = np.float32(amount) * (first + np.float32(0.5) * (luma - cv2.GaussianBlur(once, (0, 0), radius)))
    detail *= _confidence(first, radius, threshold)
    wanted = luma + detail
    if halo > 0:
        side = 2 * max(1, round(radius)) + 1
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        low, high = cv2.erode(luma, kernel), cv2.dilate(luma, kernel)
        spare = np.float32(0.15) * (high - low) + 2
        within = np.clip(wanted, low - spare, high + spare)
        wanted = wanted + np.float32(halo) * (within - wanted)
    return to_byte(np.clip(values + (wanted - luma)[..., None], 0, 255) / 255)


def _confidence(detail: Floats, radius: float, threshold: float) -> Floats:
    """Return 0…1: whether the detail around a place is more than noise of ``threshold`` levels."""
    if threshold <= 0:
        return np.ones_like(detail)
    rough = np.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), max(1.0, 1.5 * radius)))
    x = np.clip(rough / np.float32(threshold) - 0.5, 0, 1)
    return np.asarray(x * x * (3 - 2 * x), np.float32)

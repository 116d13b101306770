"""Reflect: a cut-out's mirror image in the floor, as a picture of its own that fades and blurs with the distance."""

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from core.image import memory
from core.image.grounds import Standing, blurred_by_row, standing
from core.image.pixels import Floats, Pixels, shrink
from core.operations.image_retouch import Reflection
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context


def reflection(op: Reflection, ctx: "Context") -> dict[str, Any]:
    """Return ``image``, the reflection alone, and ``data``: ``x`` and ``y`` of its corner in pixels of the cut-out."""
    pixels = ctx.image(op.image)
    ctx.progress(0.05, "Finding the ground")
    place = standing(pixels, Message("The picture"))
    rows = max(1, round(op.length / 100 * place.height))
    sigma = op.blur / 100 * 0.12 * place.height * op.length / 100
    pad = int(3.5 * sigma) + 1
    memory.require(rows * (place.width + 2 * pad) * 100, Message("A reflection"))
    edge = place.edge if op.curved else np.full_like(place.edge, place.bottom)
    edge = np.pad(edge, pad, mode="edge")
    ctx.progress(0.1, "Mirroring")
    mirrored = _mirrored(pixels, place, edge, rows, pad)
    away = (np.arange(rows) + 0.5) / rows
    ctx.progress(0.3, "Blurring")
    soft = blurred_by_row(mirrored, sigma * away)
    # It fades like light that fewer and fewer smooth patches of the floor throw back, and ends without an edge.
    soft *= (op.strength / 100 * (1 - away) ** 1.5).astype(np.float32)[:, None, None]
    ctx.progress(0.7, "Bending")
    top = float(edge.min())
    out = _bent(soft, edge - top)
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    y = round(top + op.gap / 100 * place.height)
    return {"image": out, "data": {"x": place.left - pad, "y": y}}


def _mirrored(pixels: Pixels, place: Standing, edge: Floats, rows: int, pad: int) -> Floats:
    """Return what each column shows at 0, 1, 2 … pixels above the ground: premultiplied RGBA, 0…1."""
    part = pixels[place.top : place.bottom, place.left : place.right]
    values = np.asarray(part, np.float32) / np.float32(255)
    values[..., :3] *= values[..., 3:]
    x, away = np.meshgrid(np.arange(part.shape[1] + 2 * pad, dtype=np.float32) - pad, np.arange(rows, dtype=np.float32))
    above = (edge - place.top - 1)[None] - away
    return np.asarray(cv2.remap(values, x, np.asarray(above, np.float32), cv2.INTER_LINEAR), np.float32)


def _bent(straight: Floats, drop: Floats) -> Pixels:
    """Return the rows of ``straight`` (premultiplied, 0…1) moved down by ``drop`` in each column; straight alpha."""
    rows, width = straight.shape[:2]
    height = rows + int(np.ceil(drop.max())) + 1
    out = np.empty((height, width, 4), np.uint8)
    for start in range(0, height, 512):
        stop = min(height, start + 512)
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(start, stop, dtype=np.float32))
        values = cv2.remap(straight, x, y - drop[None], cv2.INTER_LINEAR)
        alpha = values[..., 3:]
        values[..., :3] /= np.maximum(alpha, np.float32(1e-6))
        out[start:stop] = np.clip(np.rint(values * 255), 0, 255)
    out[out[..., 3] == 0] = 0
    return out

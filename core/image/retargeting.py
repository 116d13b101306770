"""Content-aware scale: a picture becomes narrower, wider, lower or higher where it can best do so.

Seams are carved at a reduced size (:mod:`core.image.carving`). What that says of the width of every place is then
done to the picture itself as one smooth warp, so that any size takes about the same time, and a seam in a large picture
is no cut.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import carving, masks, memory
from core.image.pixels import Floats, Pixels, bands, bleed, shrink, with_alpha
from core.operations.image_retouch import ContentAwareScale
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

WORKING = 260_000
"""Seams are found in a picture of so many pixels at most."""
STANDS_OUT = 90.0
"""What a place that stands out most costs a seam, in grey levels (edges count for all three colours)."""
MASKED = 4000.0
SMOOTH = 0.8
"""Blur of the widths, in reduced pixels, where the picture is larger than what was carved."""


def content_aware_scale(op: ContentAwareScale, ctx: "Context") -> Pixels:
    """Return the picture at the wanted size; alpha is scaled with it."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    wanted = op.height or height, op.width or width
    memory.require(max(height, wanted[0]) * max(width, wanted[1]) * 30 + 200_000_000, Message("Scaling"))
    protected = masks.coverage(ctx, op.mask, pixels.shape) if op.mask is not None else None
    out = with_alpha(bleed(pixels), pixels[..., 3])
    work = [abs(wanted[1] - width) * height, abs(wanted[0] - height) * width]
    share = work[0] / max(1, sum(work))

    def narrow(fraction: float) -> None:
        ctx.progress(0.02 + 0.9 * share * fraction, "Finding seams")

    def lower(fraction: float) -> None:
        ctx.progress(0.02 + 0.9 * (share + (1 - share) * fraction), "Finding seams")

    if wanted[1] != width:
        out, protected = _scaled(op, out, protected, wanted[1], narrow)
        ctx.preview(shrink(out, 1024))
    if wanted[0] != height:
        turned = None if protected is None else np.ascontiguousarray(protected.T)
        out, _ = _scaled(op, np.ascontiguousarray(out.transpose(1, 0, 2)), turned, wanted[0], lower)
        out = np.ascontiguousarray(out.transpose(1, 0, 2))
    out[out[..., 3] == 0] = 0
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def _scaled(
    op: ContentAwareScale, pixels: Pixels, protected: Pixels | None, wanted: int, tick: carving.Tick
) -> tuple[Pixels, Pixels | None]:
    """Return ``pixels``, and the mask where there is one, ``wanted`` pixels wide."""
    height, width = pixels.shape[:2]
    scale = min(1.0, (WORKING / (height * width)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], 4)
    picture = small[..., :3].astype(np.float32)
    worth = carving.salience(picture) * np.float32(op.protect / 100 * STANDS_OUT)
    worth *= small[..., 3] / np.float32(255)
    picture *= small[..., 3:] / np.float32(255)  # what is transparent has no edges
    if protected is not None:
        shrunk = cv2.resize(protected, size, interpolation=cv2.INTER_AREA).reshape(size[::-1])
        worth += shrunk * np.float32(MASKED / 255)
    carved = width + (wanted - width) * op.amount / 100
    widths = carving.widths(picture, worth, round(size[0] * (carved / width - 1)), tick)
    if scale < 1:
        widths = cv2.GaussianBlur(widths, (0, 0), SMOOTH, borderType=cv2.BORDER_REPLICATE)
    edges = np.zeros((size[1], size[0] + 1), np.float32)
    np.cumsum(widths, axis=1, out=edges[:, 1:])
    edges *= wanted / edges[:, -1:]
    layers = pixels if protected is None else np.dstack((pixels, protected))
    warped = warp(layers, edges, wanted, tick)
    return (warped, None) if protected is None else (np.ascontiguousarray(warped[..., :4]), warped[..., 4])


def warp(pixels: Pixels, edges: Floats, wanted: int, tick: carving.Tick) -> Pixels:
    """Return ``pixels`` (H×W×C) ``wanted`` wide; ``edges`` (h×w+1) say where the borders of w columns come to lie.

    Rows between those of ``edges`` get what lies between them.
    """
    height, width = pixels.shape[:2]
    rows, columns = edges.shape
    out = np.empty((height, wanted, pixels.shape[2]), np.uint8)
    inside = np.linspace(0, width, columns)
    centres = np.arange(wanted) + 0.5
    at = np.clip((np.arange(height) + 0.5) * rows / height - 0.5, 0, rows - 1)
    for top, bottom in bands(height, wanted * 12):
        tick(1.0)
        x = np.empty((bottom - top, wanted), np.float32)
        for row in range(top, bottom):
            first = int(at[row])
            part = np.float32(at[row] - first)
            line = edges[first] + part * (edges[min(first + 1, rows - 1)] - edges[first])
            x[row - top] = np.interp(centres, line, inside) - 0.5
        y = np.repeat(np.arange(bottom - top, dtype=np.float32)[:, None], wanted, 1)
        band = pixels[top:bottom]
        pieces = [band] if pixels.shape[2] <= 4 else [band[..., :4], band[..., 4:]]
        moved = [
            cv2.remap(np.ascontiguousarray(p), x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).reshape(
                bottom - top, wanted, -1
            )
            for p in pieces
        ]
        out[top:bottom] = np.concatenate(moved, -1)
    return out

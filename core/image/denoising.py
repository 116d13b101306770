"""Remove noise with Open Image Denoise, tile by tile, mixed with the original by strength."""

from typing import TYPE_CHECKING

import numpy as np

from core.image import memory, oidn
from core.image.pixels import Floats, Pixels, bleed, shrink, to_byte, with_alpha
from core.operations.image import Denoise
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

TILE = 1024
MARGIN = 96
"""Half of the network's field of view; both are multiples of its 16-pixel grid, so tiles meet without a seam."""
PREVIEW_SIDE = 1024


def denoise(op: Denoise, ctx: "Context") -> Pixels:
    """Return the picture without its noise; alpha is kept as it is."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 12 + 1_000_000_000, Message("Removing noise"))
    strength = np.float32(op.strength / 100)
    rgb = bleed(pixels)
    out = rgb.copy()
    places = [(y, x) for y in range(0, height, TILE) for x in range(0, width, TILE)]
    total = height * width
    done = 0
    for y, x in places:
        tile_height, tile_width = min(TILE, height - y), min(TILE, width - x)
        share = tile_height * tile_width / total
        clean = _tile(rgb, y, x, ctx, done / total, share)
        original = np.asarray(rgb[y : y + tile_height, x : x + tile_width], np.float32) / np.float32(255)
        out[y : y + tile_height, x : x + tile_width] = to_byte(original + strength * (clean - original))
        done += tile_height * tile_width
        ctx.preview(shrink(out, PREVIEW_SIDE))
        ctx.progress(done / total, "Removing noise")
    result = with_alpha(out, pixels[..., 3])
    result[pixels[..., 3] == 0] = 0
    return result


def _tile(rgb: Pixels, y: int, x: int, ctx: "Context", start: float, share: float) -> Floats:
    """Return one tile without noise (float32, 0…1), worked on with the margin that it needs around it."""
    top, left = max(0, y - MARGIN), max(0, x - MARGIN)
    noisy = np.ascontiguousarray(rgb[top : y + TILE + MARGIN, left : x + TILE + MARGIN], np.float32) / np.float32(255)
    clean = np.empty_like(noisy)
    oidn.denoise(noisy, clean, lambda fraction: ctx.progress(start + share * fraction, "Removing noise"))
    ctx.check_cancelled()
    return clean[y - top : y - top + TILE, x - left : x - left + TILE]

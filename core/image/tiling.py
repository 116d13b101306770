"""Make seamless: a tile whose opposite borders fit, from any picture of a material.

The left part of the picture is laid over its right part and both are joined along a path of least difference
(:mod:`core.image.seams`); then the same from top to bottom, along a path that closes on itself. What repeats visibly
though nothing is cut, light that falls off to one side, is taken out before. Alpha is joined like a colour.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import memory, seams, strokes
from core.image.pixels import Floats, Pixels, bleed, shrink, to_byte
from core.operations.image_style import SeamlessTile
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SEARCHED = 1400
"""The path is looked for in a copy whose longer side is at most this, and followed at full size."""


def seamless_tile(op: SeamlessTile, ctx: "Context") -> Pixels:
    """Return the tile; smaller than the picture by the overlap. About 50 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 50, Message("The tile"))
    ctx.progress(0.05, "Evening out light")
    values = np.dstack((bleed(pixels), pixels[..., 3:])).astype(np.float32) / np.float32(255)
    if op.even and min(height, width) > 7:
        values[..., :3] = evened(values[..., :3], op.even / 100)
    ctx.progress(0.3, "Joining left and right")
    values = _joined(values, op, closed=False)
    ctx.preview(shrink(to_byte(values), 1024))
    ctx.progress(0.65, "Joining top and bottom")
    turned = _joined(np.ascontiguousarray(values.swapaxes(0, 1)), op, closed=True)
    tile = to_byte(np.ascontiguousarray(turned.swapaxes(0, 1)))
    tile[tile[..., 3] == 0] = 0
    ctx.preview(shrink(tile, 1024))
    ctx.progress(1.0)
    return tile


def evened(rgb: Floats, strength: float) -> Floats:
    """Return the picture without its slow changes of brightness and colour, as far as ``strength`` (0…1) says."""
    height, width = rgb.shape[:2]
    small = cv2.resize(rgb, (min(64, width), min(64, height)), interpolation=cv2.INTER_AREA)
    rows, columns = np.mgrid[-1 : 1 : small.shape[0] * 1j, -1 : 1 : small.shape[1] * 1j]
    basis = np.stack([columns**i * rows**j for i in range(4) for j in range(4 - i)], -1).reshape(-1, 10)
    found, *_ = np.linalg.lstsq(basis, small.reshape(-1, 3), rcond=None)
    trend = (basis @ found).reshape(small.shape).astype(np.float32)
    mean = trend.mean((0, 1))
    whole = cv2.resize(trend - mean, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(rgb - np.float32(strength) * whole, np.float32)


def _joined(values: Floats, op: SeamlessTile, *, closed: bool) -> Floats:
    """Return h×(w − overlap)×4 that repeats from left to right; ``closed`` when it already does from top to bottom."""
    height, width = values.shape[:2]
    overlap = round(width * op.overlap / 100)
    if overlap < 2 or width - overlap < 2:
        return values
    left, right = values[:, :overlap], values[:, width - overlap :]
    scale = min(1.0, SEARCHED / max(height, width))
    size = max(2, round(overlap * scale)), max(2, round(height * scale))
    cost = seams.difference(*(cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (left, right)))
    # Ends of the overlap are where blending has no room.
    border = max(1, size[0] // 12)
    cost[:, :border] += cost.mean() * 4
    cost[:, size[0] - border :] += cost.mean() * 4
    path = seams.cut(cost, closed)
    place = (path + 0.5) * (overlap / size[0]) - 0.5
    full = np.interp((np.arange(height) + 0.5) * size[1] / height - 0.5, np.arange(size[1]), place)
    path = np.clip(np.rint(full), 0, overlap - 1).astype(np.intp)
    soft = op.blend / 100 * overlap * 0.5
    crisp = seams.share(path, overlap, 1.5)[..., None]
    if soft < 1.5:
        mixed = right + crisp * (left - right)
    else:  # two bands (Burt and Adelson 1983): slow changes are blended widely, texture is cut
        wide = seams.share(path, overlap, soft)[..., None]
        slow_left, slow_right = (strokes.blur(part, soft / 2.5) for part in (left, right))
        mixed = slow_right + wide * (slow_left - slow_right)
        fine_right = right - slow_right
        mixed += fine_right + crisp * (left - slow_left - fine_right)
    # Where only one of the two is to be seen, it is seen as it is.
    ends = np.minimum(np.arange(overlap), np.arange(overlap)[::-1]) / max(1.0, overlap / 8)
    keep = np.clip(ends, 0, 1).astype(np.float32)[None, :, None]
    plain = right + crisp * (left - right)
    mixed = plain + keep * (mixed - plain)
    return np.concatenate((mixed, values[:, overlap : width - overlap]), 1).astype(np.float32)

"""Blend in: a piece of one picture becomes part of another, its gradients kept and its edge matched (Poisson).

Pérez, Gangnet and Blake, *Poisson Image Editing*, SIGGRAPH 2003. A piece may lie over the other picture's border or
beside transparent pixels: what is not there has no say.
"""

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from core.image import masks, memory, poisson
from core.image.masks import Mask
from core.image.pixels import Floats, Pixels, bleed, shrink, to_byte
from core.operations.image_retouch import SeamlessClone
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

T = TypeVar("T", bound=np.generic)

CHOSEN = 8
"""From this coverage on (of 255) a pixel belongs to the piece."""
HOLD = 1e-5
"""Weight of the piece's own colours: where nothing borders on it, nothing else says how light it is."""


def seamless_clone(op: SeamlessClone, ctx: "Context") -> Pixels:
    """Return the background with the piece blended in; its size and alpha are kept."""
    piece, background = ctx.image(op.image), ctx.image(op.background)
    coverage = piece[..., 3]
    if op.mask is not None:
        coverage = np.minimum(coverage, masks.coverage(ctx, op.mask, piece.shape))
    ctx.progress(0.02, "Placing")
    # The corner of the common part in the background, one pixel of rim around the piece included.
    height, width = background.shape[:2]
    top, left = max(0, op.y - 1), max(0, op.x - 1)
    bottom, right = min(height, op.y + piece.shape[0] + 1), min(width, op.x + piece.shape[1] + 1)
    chosen = coverage >= CHOSEN
    if top >= bottom or left >= right:
        raise AtelierError("At {x}, {y} the piece lies outside of the background.", x=op.x, y=op.y)
    here = background[top:bottom, left:right]
    free = _placed(chosen, here.shape, op.y - top, op.x - left) & (here[..., 3] > 0)
    if not free.any():
        raise AtelierError("Nothing of the piece lies on the background: there is nothing to blend in.")
    box = masks.box(free, 1)
    here, free = here[box], free[box]
    memory.require(free.size * 110 + piece.size, Message("Blending in"))
    y, x = op.y - top - box[0].start, op.x - left - box[1].start
    source = _placed(bleed(piece), free.shape, y, x)
    known = _placed(np.ones(piece.shape[:2], bool), free.shape, y, x)
    share = _placed(coverage, free.shape, y, x).astype(np.float32)[..., None] / np.float32(255)
    share *= np.float32(op.strength / 100)
    out = background.copy()
    view = out[top:bottom, left:right][box]
    for channel in range(3):
        start = 0.05 + 0.3 * channel

        def tick(fraction: float, start: float = start) -> None:
            ctx.progress(start + 0.3 * fraction, "Blending in")

        wanted = _blend(source[..., channel], here[..., channel], here[..., 3] > 0, free, known, op.keep_texture, tick)
        mixed = wanted + op.keep_colours / 100 * (source[..., channel] - wanted)
        old = here[..., channel].astype(np.float32)
        new = old + share[..., 0] * (mixed - old)
        view[..., channel] = np.where(free, to_byte(new / np.float32(255)), here[..., channel])
        ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def _placed(values: npt.NDArray[T], shape: tuple[int, ...], y: int, x: int) -> npt.NDArray[T]:
    """Return rows and columns ``shape`` with ``values`` at row ``y``, column ``x``, cut off at its borders; else 0."""
    out = np.zeros((*shape[:2], *values.shape[2:]), values.dtype)
    height, width = values.shape[:2]
    top, left = max(0, y), max(0, x)
    bottom, right = min(shape[0], y + height), min(shape[1], x + width)
    if top < bottom and left < right:
        out[top:bottom, left:right] = values[top - y : bottom - y, left - x : right - x]
    return out


def _blend(
    source: Pixels, background: Pixels, seen: Mask, free: Mask, known: Mask, mixed: bool, tick: "poisson.Tick"
) -> Floats:
    """Return one channel (H×W, 0…255) in which ``free`` pixels have the gradients of ``source``.

    ``seen`` is where the background exists, ``known`` where the source does. With ``mixed`` the stronger of both
    gradients counts, so that the background's texture shows through.
    """
    piece, ground = source.astype(np.float32), background.astype(np.float32)
    start = np.where(free, piece, ground)
    # Begin as light as the rim says: the rest is a smooth correction.
    rim = masks.rim(free) & seen & known
    if rim.any():
        start = np.where(free, piece + (ground - piece)[rim].mean(), ground)
    gradients, weights = [], []
    for axis in (1, 0):
        step, other = np.diff(piece, axis=axis), np.diff(ground, axis=axis)
        there = _both(known, axis)
        if mixed:
            step = np.where((np.abs(other) > np.abs(step)) & _both(seen, axis), other, step)
        gradients.append(np.where(there, step, 0)[..., None])
        weights.append(_both(seen, axis).astype(np.float32))
    found = poisson.solve(
        start[..., None], gradients[0], gradients[1], free, tick, HOLD, (weights[0], weights[1]), tolerance=0.05
    )
    return found[..., 0]


def _both(mask: Mask, axis: int) -> Mask:
    """Return where both ends of an edge along ``axis`` are in ``mask``."""
    return mask[:, 1:] & mask[:, :-1] if axis == 1 else mask[1:] & mask[:-1]

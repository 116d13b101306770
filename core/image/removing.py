"""Remove object: the masked part of a picture is filled with what is around it."""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import filling, masks, memory
from core.image.masks import Mask
from core.image.pixels import Floats, Pixels, bleed, shrink, to_byte
from core.operations.image_retouch import RemoveObject
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

WORKING = 4_000_000
"""The search runs on at most so many pixels; what it finds for a larger picture is copied at full size."""
CHOSEN = 8
"""From this coverage on (of 255) a pixel is masked."""
PREVIEW_SIDE = 1024


def remove_object(op: RemoveObject, ctx: "Context") -> Pixels:
    """Return the picture with the mask filled; alpha is kept, and what is transparent neither fills nor is filled."""
    pixels = ctx.image(op.image)
    ctx.progress(0.0, "Reading the mask")
    hole = masks.grown(masks.coverage(ctx, op.mask, pixels.shape) >= CHOSEN, op.grow)
    outside = pixels[..., 3] == 0
    hole &= ~outside
    if not hole.any():
        raise AtelierError("The mask covers nothing of the picture, so there is nothing to remove.")
    box = masks.box(hole, max(16, round(op.reach / 100 * max(hole.shape))))
    inner = masks.box(hole, 1)
    memory.require(_needed(hole, box, inner), Message("Removing an object"))
    part = np.asarray(bleed(pixels)[box], np.float32)
    filled = _fill(op, ctx, pixels, part, hole, outside, box)
    out = pixels.copy()
    inside = hole[inner]
    out[inner][inside, :3] = to_byte(filled[inside] / np.float32(255))
    ctx.preview(shrink(out, PREVIEW_SIDE))
    ctx.progress(1.0)
    return out


def _needed(hole: Mask, box: tuple[slice, slice], inner: tuple[slice, slice]) -> int:
    """Return about how many bytes the work takes beside the picture itself."""
    return hole.size * 12 + hole[box].size * 40 + min(hole[box].size, WORKING) * 130 + hole[inner].size * 150


def _fill(
    op: RemoveObject,
    ctx: "Context",
    pixels: Pixels,
    part: Floats,
    hole: Mask,
    outside: Mask,
    box: tuple[slice, slice],
) -> Floats:
    """Return the pixels of ``masks.box(hole, 1)`` with the hole filled, float32 H×W×3, 0…255; ``part`` is ``box``."""
    show = _Show(ctx, pixels, box)
    inside, beyond = hole[box], outside[box]
    times = int(np.ceil(np.sqrt(inside.size / WORKING)))
    small, small_hole, small_beyond = reduced(part, inside, beyond, times)
    sources = filling.fill(
        small, small_hole, small_beyond, np.ones_like(small_hole), op.seed, show, ctx.check_cancelled
    )
    inner = masks.box(inside, 1)
    if sources is None:
        return spread(part, inside | beyond)[inner]
    ctx.progress(0.92, "Blending")
    if times > 1:
        sources = filling.enlarge(sources, times, inside.shape)
    reach = op.blend / 100 * max(hole.shape)
    return filling.blend(part, sources, inside, beyond, inner, reach, ctx.check_cancelled)


def reduced(part: Floats, hole: Mask, outside: Mask, times: int) -> tuple[Floats, Mask, Mask]:
    """Return picture, hole and outside ``times`` smaller; a block with any of the hole in it belongs to the hole."""
    if times == 1:
        return part, hole, outside
    height, width = hole.shape
    pad = ((0, -height % times), (0, -width % times))
    part = np.pad(part, (*pad, (0, 0)), mode="edge")
    size = part.shape[1] // times, part.shape[0] // times

    def blocks(values: Floats) -> Floats:
        return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)

    hole = np.pad(hole, pad)
    outside = np.pad(outside, pad, constant_values=True)
    return blocks(part), blocks(hole.astype(np.float32)) > 0, blocks(outside.astype(np.float32)) > 0


def spread(part: Floats, unknown: Mask) -> Floats:
    """Return ``part`` with each ``unknown`` pixel as the nearest known one: all that can be done in a tiny picture."""
    if unknown.all():
        raise AtelierError("The mask leaves nothing of the picture that its place could be filled with.")
    _, labels = cv2.distanceTransformWithLabels(
        unknown.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3), np.float32)
    colours[labels[~unknown]] = part[~unknown]
    return np.asarray(colours[labels], np.float32)


class _Show:
    """Puts the part that is worked on into a small view of the whole picture."""

    def __init__(self, ctx: "Context", pixels: Pixels, box: tuple[slice, slice]) -> None:
        self._ctx = ctx
        self._view = shrink(pixels, PREVIEW_SIDE).copy()
        scale = self._view.shape[0] / pixels.shape[0], self._view.shape[1] / pixels.shape[1]
        self._box = tuple(
            slice(round(side.start * by), max(round(side.start * by) + 1, round(side.stop * by)))
            for side, by in zip(box, scale, strict=True)
        )

    def __call__(self, fraction: float, rgb: Floats) -> None:
        self._ctx.progress(0.02 + 0.9 * fraction, "Putting material together")
        place = self._view[self._box]
        if place.size:
            size = place.shape[1], place.shape[0]
            place[..., :3] = to_byte(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) / np.float32(255))
            self._ctx.preview(self._view)

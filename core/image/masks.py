"""Reading masks: which part of a picture an operation shall work on."""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from core.operations.base import Input
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context

Mask = npt.NDArray[np.bool_]


def coverage(ctx: "Context", source: Input, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Return a mask input as uint8 H×W (255 = chosen) for a picture of ``shape``; another size is refused."""
    alpha = np.ascontiguousarray(ctx.image(source)[..., 3])
    if alpha.shape != tuple(shape[:2]):
        raise AtelierError(
            "The mask is {mask_width}×{mask_height} pixels and the picture {width}×{height}: they must be of one size.",
            mask_width=alpha.shape[1],
            mask_height=alpha.shape[0],
            width=shape[1],
            height=shape[0],
        )
    return alpha


def grown(mask: Mask, pixels: int) -> Mask:
    """Return ``mask`` with everything that is up to ``pixels`` away from it."""
    if pixels <= 0 or not mask.any():
        return mask
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5) <= pixels, bool)


def box(mask: Mask, margin: int = 0) -> tuple[slice, slice]:
    """Return rows and columns of the smallest rectangle around ``mask``, wider by ``margin``, within the picture."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (
        slice(max(0, int(rows[0]) - margin), min(mask.shape[0], int(rows[-1]) + 1 + margin)),
        slice(max(0, int(columns[0]) - margin), min(mask.shape[1], int(columns[-1]) + 1 + margin)),
    )


def rim(mask: Mask) -> Mask:
    """Return the pixels beside ``mask``: those of its neighbours above, below, left and right that are not in it."""
    out = np.zeros_like(mask)
    out[1:] |= mask[:-1]
    out[:-1] |= mask[1:]
    out[:, 1:] |= mask[:, :-1]
    out[:, :-1] |= mask[:, 1:]
    return out & ~mask

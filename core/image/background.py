"""Remove background: IS-Net finds the subject, a guided filter fits its edge, its colours are freed of the old ground.

IS-Net: Qin et al., *Highly Accurate Dichotomous Image Segmentation*, ECCV 2022.
"""

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import onnxruntime

from core.image import matting, memory, networks
from core.image.pixels import Floats, Pixels, bleed, flatten, opaque, shrink, with_alpha
from core.operations.image import RemoveBackground
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 1024
"""The network sees the picture stretched to 1024×1024, as it was trained."""

_RESIDENT_BYTES = 500_000_000


def remove_background(op: RemoveBackground, ctx: "Context") -> dict[str, Any]:
    """Return ``image``, the cut-out (straight alpha), and ``mask`` (white, its alpha the coverage).

    What was transparent stays so. Peak memory is about 60 bytes a pixel beside the network's 0.5 GB.
    """
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 60, Message("Removing the background"))
    ctx.progress(0.02, "Loading the model")
    path = ctx.model("isnet")
    session = ctx.resident("isnet", lambda: networks.load(path), _RESIDENT_BYTES)
    ctx.progress(0.1, "Finding the subject")
    rgb = bleed(pixels)
    small = find_subject(session, flatten(pixels, (128, 128, 128)), ctx)
    _show(pixels, small, ctx)
    ctx.progress(0.7, "Fitting the edge")
    alpha = refine(rgb, small, op.refine / 100)
    alpha = matting.feather(matting.shift_edge(alpha, op.edge), op.feather)
    if not opaque(pixels):
        alpha = alpha * np.asarray(pixels[..., 3], np.float32) / np.float32(255)
    ctx.progress(0.8, "Cleaning edge colours")
    if op.clean_colours:
        rgb = matting.estimate_foreground(rgb, alpha, ctx.check_cancelled)
    coverage = np.rint(alpha * 255).astype(np.uint8)
    cutout = with_alpha(rgb, coverage)
    cutout[coverage == 0] = 0  # nothing of what was removed stays in the file
    ctx.preview(shrink(cutout, 1280))
    ctx.progress(1.0)
    return {"image": cutout, "mask": with_alpha(np.full((height, width, 3), 255, np.uint8), coverage)}


def find_subject(session: onnxruntime.InferenceSession, rgb: Pixels, ctx: "Context") -> Floats:
    """Return 1024×1024 float32 in 0…1: how sure the network is that a pixel belongs to the subject."""
    shrunk = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA if max(rgb.shape) > SIDE else cv2.INTER_LINEAR)
    values = ((shrunk.astype(np.float32) - 128) / 256).transpose(2, 0, 1)[None]
    (found,) = networks.run(session, ["output"], {"input": values}, ctx)
    return np.asarray(np.clip(found[0, 0], 0, 1), np.float32)


def refine(rgb: Pixels, small: Floats, strength: float) -> Floats:
    """Return the subject's alpha (H×W, 0…1) at full size, along its edge fitted to the picture.

    ``strength`` 0 is the network's own edge, smoothly enlarged; 1 follows detail from 12 pixels of its mask away.
    """
    height, width = rgb.shape[:2]
    sure = np.clip((small - 0.04) / 0.92, 0, 1)  # its near-certainties are certain
    enlarged: Floats = np.clip(cv2.resize(sure, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)
    if strength <= 0:
        return enlarged
    longest = max(height, width)
    reduced = shrink(rgb, SIDE)
    guide = np.asarray(reduced, np.float32) / np.float32(255)
    source = cv2.resize(enlarged, (guide.shape[1], guide.shape[0]), interpolation=cv2.INTER_AREA)
    radius = max(1, round(12 * strength))
    full = np.asarray(rgb, np.float32) / np.float32(255)
    fitted = matting.guided_filter(guide, source, radius, 1e-4, full)
    fitted = np.clip((fitted - 0.08) / 0.84, 0, 1)
    reach = max(1, round(radius / 2 * min(1.0, longest / SIDE)))
    band = matting.near_edge(source, reach)
    band = cv2.resize(band, (width, height), interpolation=cv2.INTER_LINEAR) * np.float32(min(1.0, 0.4 + strength))
    return np.asarray(enlarged + band * (fitted - enlarged), np.float32)


def _show(pixels: Pixels, small: Floats, ctx: "Context") -> None:
    """Preview the cut-out with the network's own mask: it is there long before the fine edge."""
    view = shrink(pixels, SIDE).copy()
    mask = cv2.resize(small, (view.shape[1], view.shape[0]), interpolation=cv2.INTER_AREA)
    view[..., 3] = np.rint(view[..., 3] * mask).astype(np.uint8)
    ctx.preview(view)

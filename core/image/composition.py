"""How a picture is composed: what stands out and where, faces, whether the horizon is level, where the weight lies."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from core.image.faces import find_faces
from core.image.horizon import Horizon, find_horizon
from core.image.pixels import Floats, to_byte
from core.image.portraits import SMALLEST_CROP, drawn_to, keeps_head, portrait, portrayed
from core.image.saliency import saliency
from core.operations.image_findings import Composition, Crop, Face, Level, Subject
from core.operations.image_guidance import AnalyseComposition

if TYPE_CHECKING:
    from core.engine.context import Context

MARGIN = 0.03
"""Room that a suggested crop leaves around the subject, as a part of the picture."""
STANDS_OUT = 2.5
"""How many times as salient as the rest the subject must be to be called one."""
LARGEST = 0.7
"""A subject that fills more of the picture than this has no place in it to speak of."""
THIRDS = (1 / 3, 2 / 3)


def analyse(op: AnalyseComposition, ctx: "Context") -> dict[str, Any]:
    """Return ``data`` (:class:`Composition`) and ``saliency``, a small map of what stands out."""
    pixels = ctx.image(op.image)
    ctx.progress(0.1, "Finding what stands out")
    found = saliency(pixels)
    ctx.progress(0.3, "Finding faces")
    faces = find_faces(pixels, ctx)
    found = drawn_to(found, faces)
    ctx.progress(0.8, "Finding the horizon")
    horizon = find_horizon(pixels)
    shown = portrait(faces)
    subject = find_subject(found) if shown is None else portrayed(shown, faces, found)
    # Eyes belong on the upper third; other things may stand on the lower one.
    crop = crop_for(subject, faces, THIRDS[: 2 if shown is None else 1]) if subject is not None else None
    data = Composition(subject, _level(horizon), balance(found), crop, faces, shown)
    return {"data": data, "saliency": to_byte(found)}


def _level(horizon: Horizon | None) -> Level | None:
    return None if horizon is None else Level(*(round(value, 4) for value in horizon))


def find_subject(found: Floats) -> Subject | None:
    """Return the largest thing that stands out of a saliency map, ``None`` when nothing does."""
    bits = to_byte(found)
    _, mask = cv2.threshold(bits, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return None
    weights = np.bincount(labels.ravel(), found.ravel(), count)
    weights[0] = 0
    main = int(weights.argmax())
    own = labels == main
    share = float(own.mean())
    if share < 0.002 or share > LARGEST:
        return None
    contrast = float(found[own].mean() / max(1e-3, float(found[~own].mean())))
    if contrast < STANDS_OUT or float(weights[main]) < 0.35 * float(found.sum()):
        return None
    height, width = found.shape
    left, top, across, down = (int(v) for v in boxes[main][:4])
    if across * down > LARGEST * width * height:
        return None
    ys, xs = np.nonzero(own)
    weight = found[own]
    x, y = float((xs * weight).sum() / weight.sum() + 0.5), float((ys * weight).sum() / weight.sum() + 0.5)
    return Subject(
        left=round(left / width, 4),
        top=round(top / height, 4),
        right=round((left + across) / width, 4),
        bottom=round((top + down) / height, 4),
        x=round(x / width, 4),
        y=round(y / height, 4),
        contrast=round(contrast, 2),
    )


def balance(found: Floats) -> tuple[float, float]:
    """Return the middle of the visual weight of a saliency map; the middle of the picture when nothing stands out."""
    total = float(found.sum())
    if total <= 1e-6:
        return 0.5, 0.5
    height, width = found.shape
    x = float((found.sum(0) * (np.arange(width) + 0.5)).sum()) / total / width
    y = float((found.sum(1) * (np.arange(height) + 0.5)).sum()) / total / height
    return round(x, 4), round(y, 4)


def third_of(x: float, y: float, heights: Sequence[float] = THIRDS) -> tuple[tuple[float, float], float]:
    """Return the crossing of thirds nearest to a place, and how far it is (fractions of the picture)."""
    near = min(THIRDS, key=lambda t: abs(t - x)), min(heights, key=lambda t: abs(t - y))
    return near, math.hypot(near[0] - x, near[1] - y)


def crop_for(subject: Subject, faces: Sequence[Face] = (), heights: Sequence[float] = THIRDS) -> Crop | None:
    """Return the largest crop, of the picture's shape, that puts the subject on a crossing of thirds, if there is one.

    ``None`` too when it stands on one already, or when the crop would cut into it or a face or take too much away.
    ``heights`` are the thirds that it may stand on from the top.
    """
    if third_of(subject.x, subject.y, heights)[1] < 0.06:
        return None
    best: Crop | None = None
    for px in THIRDS:
        for py in heights:
            x, y = subject.x, subject.y
            side = min(1.0, x / px, (1 - x) / (1 - px), y / py, (1 - y) / (1 - py))
            left, top = x - px * side, y - py * side
            keeps = (
                left <= max(0.0, subject.left - MARGIN)
                and top <= max(0.0, subject.top - MARGIN)
                and left + side >= min(1.0, subject.right + MARGIN)
                and top + side >= min(1.0, subject.bottom + MARGIN)
                and all(keeps_head(face, left, top, side) for face in faces)
            )
            if side >= SMALLEST_CROP and keeps and (best is None or side > best.right - best.left):
                best = Crop(round(left, 5), round(top, 5), round(left + side, 5), round(top + side, 5), px, py)
    return best

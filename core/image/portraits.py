"""How faces stand in a picture: whose eyes it is about, where they are, whether there is room where a face looks to."""

import math
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np

from core.image.pixels import Floats
from core.operations.image_findings import Crop, Face, Portrait, Subject

SMALLEST_CROP = 0.6
"""Part of width and height that a suggested crop must keep."""
THIRD = 1 / 3
LEAST = 0.08
"""Part of the picture's height that a face must have for the picture to be about it."""
ALIKE = 0.6
"""Part of the height of the largest face that another one must have to be no less important."""
NEAR = 0.04
"""How near to the third (parts of the picture) eyes need no crop."""
TURNED = 0.25
"""From which :attr:`Face.turn` a face looks to a side."""
TIGHT = 0.8
"""Part of the room behind a face that there must be in front of it."""
NEARLY = 0.42
"""Where a face that looks to a side stands when a third is too far: there is more room in front of it all the same."""
HAIR, NECK, EARS = 0.4, 0.15, 0.25
"""How far a head goes beyond the box of its face, in heights and widths of the box."""
DRAWS = 0.02
"""Part of the picture's height from which a face draws the eye at all."""


def portrait(faces: Sequence[Face]) -> Portrait | None:
    """Return how the faces stand that the picture is about; ``faces`` are the largest first."""
    height = faces[0].bottom - faces[0].top if faces else 0.0
    if height < LEAST:
        return None
    main = [face for face in faces if face.bottom - face.top >= ALIKE * height]
    x, y = (round(sum(face.eyes[axis] for face in main) / len(main), 4) for axis in (0, 1))
    first = main[0]
    left, right = max(0.0, first.left), max(0.0, 1 - first.right)
    if len(main) > 1 or abs(first.turn) < TURNED:
        return Portrait(len(main), (x, y), "", False, _eyes_crop(x, y, main), None)
    looks: Literal["left", "right"] = "left" if first.turn < 0 else "right"
    room, behind = (left, right) if looks == "left" else (right, left)
    tight, roomy = room < TIGHT * behind, None
    if tight:
        sides = (1 - THIRD, 1 - NEARLY) if looks == "left" else (THIRD, NEARLY)
        roomy = next((c for side in sides if (c := _best(x, side, y, (THIRD, y), main)) is not None), None)
    return Portrait(1, (x, y), looks, tight, _eyes_crop(x, y, main), roomy)


def _eyes_crop(x: float, y: float, main: Sequence[Face]) -> Crop | None:
    """Return the crop that brings the eyes to the upper third and leaves them as far to the side as they are."""
    return _best(x, x, y, (THIRD,), main) if abs(y - THIRD) > NEAR else None


def _best(x: float, px: float, y: float, heights: Sequence[float], main: Sequence[Face]) -> Crop | None:
    """Return the crop that brings the place (``x``, ``y``) to ``px`` and the first of ``heights`` that can be had."""
    if not (0 < x < 1 and 0 < y < 1):  # the eyes are cut off
        return None
    for py in heights:
        side = min(1.0, x / px, (1 - x) / (1 - px), y / py, (1 - y) / (1 - py))
        left, top = x - px * side, y - py * side
        if SMALLEST_CROP <= side < 1 and all(keeps_head(face, left, top, side) for face in main):
            return Crop(round(left, 5), round(top, 5), round(left + side, 5), round(top + side, 5), px, py)
    return None


def keeps_head(face: Face, left: float, top: float, side: float) -> bool:
    """Return whether a crop (its corner and its part of the picture) cuts nothing more off a head."""
    across, down = face.right - face.left, face.bottom - face.top
    return (
        left <= max(0.0, face.left - EARS * across)
        and top <= max(0.0, face.top - HAIR * down)
        and left + side >= min(1.0, face.right + EARS * across)
        and top + side >= min(1.0, face.bottom + NECK * down)
    )


def portrayed(shown: Portrait, faces: Sequence[Face], found: Floats) -> Subject:
    """Return the faces that a picture is about as its subject, their eyes as its middle; ``found`` is what stands out.

    ``faces`` are all of them, the largest first.
    """
    main = faces[: shown.faces]
    height, width = found.shape
    left, top = (max(0.0, min(getattr(face, edge) for face in main)) for edge in ("left", "top"))
    right, bottom = (min(1.0, max(getattr(face, edge) for face in main)) for edge in ("right", "bottom"))
    own = np.zeros(found.shape, bool)
    own[int(top * height) : math.ceil(bottom * height), int(left * width) : math.ceil(right * width)] = True
    rest = float(found[~own].mean()) if not own.all() else 0.0
    contrast = round(float(found[own].mean()) / max(1e-3, rest), 2)
    return Subject(left, top, right, bottom, *shown.eyes, contrast)


def drawn_to(found: Floats, faces: Sequence[Face]) -> Floats:
    """Return a saliency map in which faces stand out as much as anything: people look at them first.

    Judd, Ehinger, Durand and Torralba, *Learning to Predict Where Humans Look* (2009). ``found`` is 0…1 and stays.
    """
    found = found.copy()
    height, width = found.shape
    for face in faces:
        if face.bottom - face.top < DRAWS:
            continue
        middle = ((face.left + face.right) / 2 * width, (face.top + face.bottom) / 2 * height)
        size = (face.right - face.left) * width, (face.bottom - face.top) * height
        own = np.zeros_like(found)
        cv2.ellipse(own, (middle, size, 0.0), 1.0, cv2.FILLED)
        found = np.maximum(found, cv2.GaussianBlur(own, (0, 0), max(0.5, min(size) / 12)))
    return found

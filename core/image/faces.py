"""Where faces are, with YuNet: large ones in the whole picture made small, small ones in tiles of it made less small.

Wu, Peng and Yu, *YuNet: A Tiny Millisecond-level Face Detector* (2023). It says where a face is, not whose.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime

from core.image import networks
from core.image.pixels import Floats, Pixels, flatten, shrink
from core.operations.image_findings import Edge, Face

if TYPE_CHECKING:
    from core.engine.context import Context

TILE = 640
"""Side of the square that the network takes."""
OVERLAP = 160
BORDER = 32
"""Grey around the picture, so that a face that is cut off by its edge is not at the network's edge too."""
SIDES = (256, 576, 1056, 2496)
"""Longer sides at which a picture is looked at: faces of 10 to some 300 pixels are found at each. Those from 576 on
fill whole tiles: 640, 1120 and 2560 with their borders."""
STRIDES = (8, 16, 32)
SURE = 0.8
"""The network’s score from which something is called a face; a head lamp was seen to reach 0.75."""
SAME = 0.4
"""Part of the smaller of two boxes that lies in the other from which both are one face."""
CUT = 0.06
"""Part of a face's width or height that must lie beyond the picture's edge for the face to be called cut off."""
GREY = (128, 128, 128)
_RESIDENT_BYTES = 30_000_000


class Found(NamedTuple):
    """Faces in pixels of a picture, the surest first."""

    boxes: Floats
    """N×4: left, top, right, bottom; beyond the picture where a face is cut off."""
    points: Floats
    """N×5×2: the eye at the left and at the right of an upright face, tip of the nose, corners of the mouth."""
    scores: Floats
    """N, 0…1."""


def find_faces(pixels: Pixels, ctx: "Context") -> tuple[Face, ...]:
    """Return the faces in a picture of any size, the largest first. The context's operation names ``yunet``.

    Found are faces of at least some 20 pixels when the picture's longer side is made 2496 (or left, if it is less).
    """
    path = ctx.model("yunet")
    session = ctx.resident("yunet", lambda: networks.load(path), _RESIDENT_BYTES)
    height, width = pixels.shape[:2]
    found = detect(session, pixels, ctx)
    middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    # What is cut off by more than half is no face to see.
    seen = np.flatnonzero(((middles > 0) & (middles < (width, height))).all(1))
    faces = [_face(found.boxes[i], found.points[i], found.scores[i], width, height) for i in seen]
    return tuple(sorted(faces, key=lambda face: face.top - face.bottom))


def detect(session: onnxruntime.InferenceSession, pixels: Pixels, ctx: "Context") -> Found:
    """Return the faces in pixels of ``pixels`` (uint8 H×W×4); each once, though it is seen at several sizes."""
    longest = max(pixels.shape[:2])
    sides = [side for side in SIDES if side < longest] + [min(longest, SIDES[-1])]
    rgb = flatten(shrink(pixels, sides[-1]), GREY)
    parts = []
    for side in dict.fromkeys(sides):
        small = shrink(rgb, side)
        scale = np.array([pixels.shape[1] / small.shape[1], pixels.shape[0] / small.shape[0]], np.float32)
        seen = cv2.copyMakeBorder(small, *(BORDER,) * 4, cv2.BORDER_CONSTANT, value=GREY)
        for tile in _tiles(seen.shape[1], seen.shape[0]):
            left, top = tile.corner
            boxes, points, scores = run(session, seen[top : top + TILE, left : left + TILE], ctx)
            keep = tile.holds(boxes)
            off = np.array([left - BORDER, top - BORDER], np.float32)
            boxes = ((boxes[keep].reshape(-1, 2, 2) + off) * scale).reshape(-1, 4)
            parts.append(Found(boxes, (points[keep] + off) * scale, scores[keep]))
    return _each_once(Found(*(np.concatenate(column) for column in zip(*parts, strict=True))))


class _Tile(NamedTuple):
    corner: tuple[int, int]
    inner: tuple[int, int, int, int]
    """Where the middles of its faces lie, in the tile's pixels: neighbours see better what is nearer to its edge."""
    largest: int
    """Longest side of its faces: what is larger is seen whole only where the picture is smaller."""

    def holds(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        middle = (boxes[:, :2] + boxes[:, 2:]) / 2
        left, top, right, bottom = self.inner
        inside = (middle >= (left, top)).all(1) & (middle < (right, bottom)).all(1)
        return np.asarray(inside & ((boxes[:, 2:] - boxes[:, :2]).max(1) <= self.largest))


def _tiles(width: int, height: int) -> Iterator[_Tile]:
    across, down = (list(range(0, max(1, size - OVERLAP), TILE - OVERLAP)) for size in (width, height))
    half = OVERLAP // 2
    largest = 2 * TILE if len(across) == len(down) == 1 else OVERLAP
    for top in down:
        for left in across:
            inner = (
                half if left else -TILE,
                half if top else -TILE,
                2 * TILE if left == across[-1] else TILE - half,
                2 * TILE if top == down[-1] else TILE - half,
            )
            yield _Tile((left, top), inner, largest)


def run(session: onnxruntime.InferenceSession, tile: npt.NDArray[np.uint8], ctx: "Context") -> Found:
    """Return the faces of one tile, uint8 RGB of at most 640×640, in its pixels; each face many times."""
    seen = np.zeros((TILE, TILE, 3), np.float32)
    seen[: tile.shape[0], : tile.shape[1]] = tile[..., ::-1]
    names = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in STRIDES]
    out = networks.run(session, names, {"input": np.ascontiguousarray(seen.transpose(2, 0, 1))[None]}, ctx)
    parts = []
    for index, stride in enumerate(STRIDES):
        kind, there, box, points = (out[index + 3 * part][0] for part in range(4))
        scores = np.sqrt(np.clip(kind, 0, 1) * np.clip(there, 0, 1))[:, 0]
        sure = np.flatnonzero(scores >= SURE)
        cell = np.stack((sure % (TILE // stride), sure // (TILE // stride)), axis=1).astype(np.float32)
        middle, half = (box[sure, :2] + cell) * stride, np.exp(box[sure, 2:]) * stride / 2
        places = (points[sure].reshape(-1, 5, 2) + cell[:, None]) * stride
        parts.append(Found(np.hstack((middle - half, middle + half)), places, scores[sure]))
    return Found(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _each_once(found: Found) -> Found:
    """Return the surest of the boxes that lie in one another."""
    rest = np.argsort(-found.scores, kind="stable")
    kept: list[int] = []
    area = np.prod(found.boxes[:, 2:] - found.boxes[:, :2], axis=1)
    while rest.size:
        best = int(rest[0])
        kept.append(best)
        low = np.maximum(found.boxes[rest, :2], found.boxes[best, :2])
        high = np.minimum(found.boxes[rest, 2:], found.boxes[best, 2:])
        shared = np.prod(np.maximum(high - low, 0), axis=1)
        rest = rest[shared < SAME * np.minimum(area[rest], area[best])]
        rest = rest[rest != best]
    return Found(found.boxes[kept], found.points[kept], found.scores[kept])


def _face(box: Floats, points: Floats, score: np.float32, width: int, height: int) -> Face:
    """Return a face in fractions of the picture."""
    left, top, right, bottom = (float(v) for v in box)
    one, other, nose = (points[i].astype(np.float64) for i in range(3))
    middle, axis = (one + other) / 2, other - one
    beyond: tuple[tuple[Edge, float], ...] = (
        ("left", -left / (right - left)),
        ("top", -top / (bottom - top)),
        ("right", (right - width) / (right - left)),
        ("bottom", (bottom - height) / (bottom - top)),
    )
    return Face(
        left=round(left / width, 4),
        top=round(top / height, 4),
        right=round(right / width, 4),
        bottom=round(bottom / height, 4),
        eyes=(round(float(middle[0]) / width, 4), round(float(middle[1]) / height, 4)),
        turn=round(float((nose - middle) @ axis) * float(axis[0]) / max(1e-6, float(axis @ axis) ** 1.5), 3),
        score=round(float(score), 3),
        cut=tuple(edge for edge, part in beyond if part > CUT),
    )

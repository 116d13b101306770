"""How a layer's content is bent before it is placed: four free corners, and a mesh of curves.

Places are fractions of the content's own width and height, (0, 0) its top left and (1, 1) its bottom right corner, so
that a warp stays what it is when the content gets other pixels or another size. The layer's transform comes after it:
moving, scaling and turning a bent layer loses nothing.
"""

import math
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from core.documents.base import Node

Fraction = Annotated[float, Meta(ge=-100, le=100)]
Spot = tuple[Fraction, Fraction]
Corners = tuple[Spot, Spot, Spot, Spot]

UNIT: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
FLAT: tuple[Spot, ...] = tuple((column / 3, row / 3) for row in range(4) for column in range(4))
"""The mesh that bends nothing."""
LEAST = 1e-4
"""A corner must turn by at least so much (twice the area of its triangle): thinner ones cannot be drawn."""


class Warp(Node, frozen=True, kw_only=True):
    """Where the content goes: first through ``mesh``, then onto the four-sided figure ``corners``.

    ``corners`` are where the content's own corners go in perspective, clockwise from its top left. ``mesh`` are the
    4×4 control points of a bicubic Bézier surface, row by row; ``None`` bends nothing.
    """

    corners: Corners = UNIT
    mesh: Annotated[tuple[Spot, ...], Meta(min_length=16, max_length=16)] | None = None


def plain(warp: Warp | None) -> Warp | None:
    """Return ``warp`` without what changes nothing, ``None`` when that is all of it."""
    if warp is None:
        return None
    if warp.mesh == FLAT:
        warp = msgspec.structs.replace(warp, mesh=None)
    return None if warp == Warp() else warp


def convex(corners: Sequence[tuple[float, float]]) -> bool:
    """Return whether four corners make a figure that perspective can show: no dent, no crossing, not turned over."""
    for index in range(4):
        (ax, ay), (bx, by), (cx, cy) = (corners[(index + step) % 4] for step in range(3))
        if (bx - ax) * (cy - by) - (by - ay) * (cx - bx) < LEAST:
            return False
    return all(math.isfinite(value) and abs(value) <= 100 for corner in corners for value in corner)

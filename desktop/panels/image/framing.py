"""What dragging the crop frame does, and what it is set to: plain arithmetic in document pixels."""

import math
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from core.documents.image import MAX_SIDE
from core.documents.image_frame import Framing
from desktop.panels.image.tools.handles import Handle

Overlay = Literal["thirds", "golden", "grid", "none"]
RATIOS: dict[str, tuple[int, int] | None] = {
    "free": None,
    "original": None,
    "1:1": (1, 1),
    "4:5": (4, 5),
    "9:16": (9, 16),
    "16:9": (16, 9),
    "3:2": (3, 2),
    "size": None,
}
"""Width to height by name. ``size`` is a number of pixels that the picture is scaled to."""
MIN_SIDE = 1.0


class CropOptions(msgspec.Struct, frozen=True):
    """What the crop tool is set to, kept from one start to the next."""

    ratio: str = "free"
    swapped: bool = False
    across: Annotated[int, Meta(ge=1, le=MAX_SIDE)] = 1080
    down: Annotated[int, Meta(ge=1, le=MAX_SIDE)] = 1350
    overlay: Overlay = "thirds"
    discard: bool = False
    """Whether pixels outside of the frame are deleted for good."""


def proportion(options: CropOptions, document: tuple[int, int]) -> float | None:
    """Return width over height that the options ask for, ``None`` when it is free."""
    if options.ratio == "size":
        return options.across / options.down
    sides = document if options.ratio == "original" else RATIOS.get(options.ratio)
    if sides is None:
        return None
    return sides[1] / sides[0] if options.swapped else sides[0] / sides[1]


def resized(frame: Framing, handle: Handle, to: tuple[float, float], ratio: float | None, *, centred: bool) -> Framing:
    """Return the frame with ``handle`` at a document point; the opposite side stays, or the centre when ``centred``.

    Dragged across the opposite side, it turns over. With a ``ratio`` a side handle changes both lengths, about the
    middle of the side that stays.
    """
    fx, fy = handle.value
    ax, ay = (0.0, 0.0) if centred else ((0.5 - fx) * frame.width, (0.5 - fy) * frame.height)
    along, across = frame.to_own(*to)
    dx, dy = along - ax, across - ay
    times = 2.0 if centred else 1.0
    width = frame.width if fx == 0.5 else max(MIN_SIDE, abs(dx) * times)
    height = frame.height if fy == 0.5 else max(MIN_SIDE, abs(dy) * times)
    if ratio is not None:
        if fx == 0.5 or (fy != 0.5 and width < height * ratio):
            width = height * ratio
        else:
            height = width / ratio
    if centred:
        return frame._replace(width=width, height=height)
    cx = 0.0 if fx == 0.5 else ax + math.copysign(width / 2, dx if dx else fx - 0.5)
    cy = 0.0 if fy == 0.5 else ay + math.copysign(height / 2, dy if dy else fy - 0.5)
    x, y = frame.from_own(cx, cy)
    return Framing(x, y, width, height, frame.degrees)


def between(start: tuple[float, float], end: tuple[float, float], ratio: float | None, *, centred: bool) -> Framing:
    """Return the upright frame drawn from one document point to another, ``start`` being a corner or the centre."""
    seed = Framing(*start, 2 * MIN_SIDE, 2 * MIN_SIDE)
    if centred:
        return resized(seed, Handle.BOTTOM_RIGHT, end, ratio, centred=True)
    corner = seed._replace(cx=start[0] + MIN_SIDE, cy=start[1] + MIN_SIDE)
    return resized(corner, Handle.BOTTOM_RIGHT, end, ratio, centred=False)


def fitted(frame: Framing, ratio: float) -> Framing:
    """Return the largest frame of that ratio inside ``frame``, about the same centre."""
    height = min(frame.height, frame.width / ratio)
    return frame._replace(width=height * ratio, height=height)


def tilt(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return by how many degrees a line leans from the nearer of level and upright, clockwise, in −45…45."""
    return math.remainder(math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])), 90.0)


def on_pixels(frame: Framing) -> Framing:
    """Return an upright frame with its edges on whole pixels; a turned one as it is."""
    if frame.degrees:
        return frame
    width, height = max(1, round(frame.width)), max(1, round(frame.height))  # a square stays one
    left, top = round(frame.cx - width / 2), round(frame.cy - height / 2)
    return Framing(left + width / 2, top + height / 2, float(width), float(height))

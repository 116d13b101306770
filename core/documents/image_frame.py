"""The picture's own frame: cropping at any angle, turning and mirroring the whole of it, and its guides.

Pure functions on image documents, like :mod:`core.documents.image_place`. Nothing is cut off for good: layers move and
turn by their transforms and keep their pixels, so what leaves the canvas comes back when the canvas grows again.
"""

import math
from typing import Literal, NamedTuple

import msgspec

from core.documents.image import Guide, ImageDocument, check_size
from core.documents.image_place import Placement, Point, SizeOf, place_all

replace = msgspec.structs.replace
Direction = Literal["horizontal", "vertical"]


class Framing(NamedTuple):
    """A rectangle over the picture in document pixels, turned clockwise about its centre; it becomes the canvas."""

    cx: float
    cy: float
    width: float
    height: float
    degrees: float = 0.0

    def at(self, fx: float, fy: float) -> Point:
        """Return the document point at fractions of its width and height."""
        return self.from_own((fx - 0.5) * self.width, (fy - 0.5) * self.height)

    def from_own(self, along: float, across: float) -> Point:
        """Return the document point that is so far from the centre along the frame's own axes."""
        cos, sin = _turn(self.degrees)
        return self.cx + cos * along - sin * across, self.cy + sin * along + cos * across

    def to_own(self, x: float, y: float) -> Point:
        """Return how far a document point is from the centre along the frame's own axes."""
        cos, sin = _turn(self.degrees)
        return cos * (x - self.cx) + sin * (y - self.cy), -sin * (x - self.cx) + cos * (y - self.cy)

    def contains(self, x: float, y: float) -> bool:
        along, across = self.to_own(x, y)
        return abs(along) <= self.width / 2 and abs(across) <= self.height / 2

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Its corners, clockwise from its own top left."""
        return self.at(0, 0), self.at(1, 0), self.at(1, 1), self.at(0, 1)


def whole(document: ImageDocument) -> Framing:
    """Return the frame around the whole canvas."""
    return Framing(document.width / 2, document.height / 2, float(document.width), float(document.height))


def inscribed(document: ImageDocument, degrees: float, ratio: float) -> Framing:
    """Return the largest frame of that width to height and angle about the canvas's centre that stays inside it."""
    cos, sin = (abs(value) for value in _turn(degrees))
    height = min(document.width / (ratio * cos + sin), document.height / (ratio * sin + cos))
    return Framing(document.width / 2, document.height / 2, height * ratio, height, degrees)


def reframe(
    document: ImageDocument, frame: Framing, size_of: SizeOf, size: tuple[int, int] | None = None
) -> ImageDocument:
    """Make ``frame`` the canvas, upright; scaled to ``size`` when given, whose proportions are then the frame's.

    An upright frame that is not scaled is put onto whole pixels, so that nothing is blurred.
    """
    width, height = size or (max(1, round(frame.width)), max(1, round(frame.height)))
    check_size(width, height)
    scale = 1.0 if size is None else width / frame.width
    if abs(scale - 1.0) < 1e-9:
        scale = 1.0
    cx, cy = frame.cx, frame.cy
    if frame.degrees == 0 and scale == 1:
        cx, cy = round(cx - width / 2) + width / 2, round(cy - height / 2) + height / 2
    how = Placement((cx, cy), scale, -frame.degrees, width / 2 - cx, height / 2 - cy)
    return place_all(document, how, width, height, size_of)


def turn_picture(document: ImageDocument, quarters: int, size_of: SizeOf) -> ImageDocument:
    """Turn the whole picture clockwise by quarters of a circle."""
    width, height = document.width, document.height
    new = (height, width) if quarters % 2 else (width, height)
    degrees = math.remainder(quarters * 90.0, 360.0)
    how = Placement((width / 2, height / 2), 1.0, degrees, (new[0] - width) / 2, (new[1] - height) / 2)
    return place_all(document, how, *new, size_of)


def flip_picture(document: ImageDocument, direction: Direction, size_of: SizeOf) -> ImageDocument:
    """Mirror the whole picture left to right (horizontal) or top to bottom."""
    pivot = document.width / 2, document.height / 2
    how = Placement(pivot, degrees=0.0 if direction == "horizontal" else 180.0, mirror=True)
    return place_all(document, how, document.width, document.height, size_of)


# --- guides ----------------------------------------------------------------------------------------------------------


def add_guide(document: ImageDocument, guide: Guide) -> ImageDocument:
    """Add a guide; one that is there already is not added again."""
    return document if guide in document.guides else replace(document, guides=(*document.guides, guide))


def move_guide(document: ImageDocument, index: int, at: float) -> ImageDocument:
    """Move one guide; where it meets another it becomes that one. ``IndexError`` when there is no such guide."""
    moved = Guide(axis=document.guides[index].axis, at=at)
    kept = tuple(moved if i == index else guide for i, guide in enumerate(document.guides))
    return replace(document, guides=tuple(dict.fromkeys(kept)))


def remove_guide(document: ImageDocument, index: int) -> ImageDocument:
    """Take one guide away."""
    return replace(document, guides=(*document.guides[:index], *document.guides[index + 1 :]))


def clear_guides(document: ImageDocument) -> ImageDocument:
    """Take all guides away."""
    return replace(document, guides=())


def _turn(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return math.cos(angle), math.sin(angle)

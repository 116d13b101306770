"""An artboard: a rectangle of the canvas that is a picture of its own, with a size and a background."""

from typing import Annotated

from msgspec import Meta

from core.documents.base import Node
from core.documents.image_values import Colour, Side

FAR = 1_000_000
"""Artboards stand no farther from the origin than this, in document pixels."""

Place = Annotated[int, Meta(ge=-FAR, le=FAR)]


class Artboard(Node, frozen=True, kw_only=True):
    """Where a group's layers show, in whole document pixels, so that each artboard is exported pixel by pixel.

    ``background`` fills the rectangle below the layers; ``None`` leaves it transparent. ``preset`` is the name of the
    format that it was made with, as English text; only shown to a person.
    """

    x: Place = 0
    y: Place = 0
    width: Side
    height: Side
    background: Colour | None = None
    preset: Annotated[str, Meta(max_length=80)] = ""

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Return whether a document point is inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

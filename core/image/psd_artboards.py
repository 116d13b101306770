"""Artboards in Photoshop files: a tagged block of a group, with its rectangle, background and preset.

Photoshop clips the group to the rectangle and draws the background itself.
"""

from collections.abc import Callable
from typing import Any

from psd_tools.api.layers import Group
from psd_tools.constants import Tag
from psd_tools.psd.descriptor import Descriptor, Double, Integer, List, String

from core.documents.image import MAX_SIDE, Artboard
from core.documents.image_artboard import FAR

_TAGS = (Tag.ARTBOARD_DATA1, Tag.ARTBOARD_DATA2, Tag.ARTBOARD_DATA3)
_SIDES = (b"Left", b"Top ", b"Rght", b"Btom")
TRANSPARENT, WHITE, BLACK, OTHER = 1, 2, 3, 4
"""What Photoshop writes as ``artboardBackgroundType``."""


def read(layer: Group, colour: Callable[[float, float, float], str]) -> Artboard | None:
    """Return the artboard of a group; ``None`` when it has none that makes sense.

    ``colour`` turns numbers of the file's own colours (0…255) into ``#rrggbb``.
    """
    data = None
    for tag in _TAGS:
        data = layer.tagged_blocks.get_data(tag, data)
    rect = data.get(b"artboardRect") if data is not None else None
    sides: list[Any] = [None if rect is None else rect.get(key) for key in _SIDES]
    try:
        left, top, right, bottom = (round(float(side)) for side in sides)
    except (TypeError, ValueError, OverflowError):
        return None
    if not (0 < right - left <= MAX_SIDE and 0 < bottom - top <= MAX_SIDE and max(abs(left), abs(top)) <= FAR):
        return None
    background = _background(data, colour)
    return Artboard(x=left, y=top, width=right - left, height=bottom - top, background=background, preset="")


def _background(data: Any, colour: Callable[[float, float, float], str]) -> str | None:
    kind = data.get(b"artboardBackgroundType")
    found = {WHITE: "#ffffff", BLACK: "#000000"}.get(TRANSPARENT if kind is None else int(kind))
    if found is not None or kind is None or int(kind) != OTHER:
        return found
    own = data.get(b"Clr ")
    try:
        return colour(*(float(own.get(key)) for key in (b"Rd  ", b"Grn ", b"Bl  ")))
    except (AttributeError, TypeError, ValueError):
        return None


def write(group: Group, artboard: Artboard) -> None:
    """Make a group of a file that is being written an artboard."""
    sides = artboard.x, artboard.y, artboard.right, artboard.bottom
    edges: dict[Any, Any] = {key: Double(float(side)) for key, side in zip(_SIDES, sides, strict=True)}
    shade = (artboard.background or "#ffffff")[:7]
    red, green, blue = (Double(float(int(shade[at : at + 2], 16))) for at in (1, 3, 5))
    kind = TRANSPARENT if artboard.background is None else {"#ffffff": WHITE, "#000000": BLACK}.get(shade, OTHER)
    shades: dict[Any, Any] = {b"Rd  ": red, b"Grn ": green, b"Bl  ": blue}
    items: dict[Any, Any] = {
        b"artboardRect": Descriptor(items=edges, classID=b"classFloatRect"),
        b"guideIndeces": List(),
        b"artboardPresetName": String(artboard.preset),
        b"Clr ": Descriptor(items=shades, classID=b"RGBC"),
        b"artboardBackgroundType": Integer(kind),
    }
    group.tagged_blocks.set_data(Tag.ARTBOARD_DATA1, items, classID=b"artboard")

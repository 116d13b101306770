"""What *Apply* does for each suggestion of the Guidance dock, as pure functions on documents.

Places are fractions of width and height, as the findings of the core give them.
"""

import math
from collections.abc import Collection, Mapping, Sequence

import msgspec

from core.documents import image_edits, image_place
from core.documents.image import AnyLayer, GroupLayer, ImageDocument, RasterLayer, TextLayer, walk
from core.documents.image_place import Box, Placement, SizeOf
from core.operations.image_findings import Crop, Edge, Face, NewColour, TextContrast
from core.raster.bounds import layer_bounds

replace = msgspec.structs.replace
COVERS = 0.6
"""Part of the picture that a layer of pixels must cover to be turned with the horizon, or to be what is cropped."""
THIRDS = (1 / 3, 2 / 3)
ROOM = 0.25
"""Room left beside a face that is moved into the picture, in its own widths or heights."""


def part_covered(document: ImageDocument, layer: AnyLayer) -> float:
    """Return which part of the picture a layer's box covers."""
    box = layer_bounds(layer)
    across = max(0.0, min(box.right, document.width) - max(box.left, 0.0))
    down = max(0.0, min(box.bottom, document.height) - max(box.top, 0.0))
    return across * down / (document.width * document.height)


def photographs(document: ImageDocument) -> tuple[str, ...]:
    """Return the layers of pixels that fill the picture and may be changed."""
    return tuple(
        layer.id
        for layer in walk(document.layers)
        if isinstance(layer, RasterLayer)
        and layer.visible
        and part_covered(document, layer) >= COVERS
        and not image_edits.is_locked(document, layer.id)
    )


def pictures(document: ImageDocument) -> tuple[str, ...]:
    """Return the layers of pixels that can be seen and may be changed."""
    return tuple(
        layer.id
        for layer in walk(document.layers)
        if isinstance(layer, RasterLayer) and layer.visible and not image_edits.is_locked(document, layer.id)
    )


def with_pixels(document: ImageDocument, pixels: Mapping[str, tuple[str, str]]) -> ImageDocument:
    """Give layers other pixels of the same size, by layer: what it must still show, and what it is to show."""
    for layer in walk(document.layers):
        if layer.id in pixels and isinstance(layer, RasterLayer) and layer.pixels == pixels[layer.id][0]:
            document = image_edits.update(document, [layer.id], pixels=pixels[layer.id][1])
    return document


def straightened(document: ImageDocument, ids: Collection[str], degrees: float, size_of: SizeOf) -> ImageDocument:
    """Turn layers about the picture's middle so that a line that falls by ``degrees`` is level.

    They are enlarged just so far that no corner shows, and keep all their pixels.
    """
    width, height = document.width, document.height
    angle = abs(math.radians(degrees))
    scale = math.cos(angle) + math.sin(angle) * max(width / height, height / width)
    how = Placement(pivot=(width / 2, height / 2), scale=scale, degrees=-degrees)
    return image_place.place_by(document, ids, how, size_of)


def cropped(document: ImageDocument, crop: Crop) -> ImageDocument:
    """Make the canvas a part of the picture. Nothing is cut off for good."""
    left, top = round(crop.left * document.width), round(crop.top * document.height)
    right = min(document.width, round(crop.right * document.width))
    bottom = min(document.height, round(crop.bottom * document.height))
    return image_place.crop(document, (left, top, max(left + 1, right), max(top + 1, bottom)))


def to_third(
    document: ImageDocument, ids: Collection[str], middle: tuple[float, float], heights: Sequence[float] = THIRDS
) -> ImageDocument:
    """Move layers so that ``middle`` (document pixels) comes to lie on the nearest crossing of thirds.

    ``heights`` are the thirds from the top that it may be.
    """
    x, y = middle
    target = nearest_third(document, x, y, heights)
    return image_place.move_by(document, ids, round(target[0] - x), round(target[1] - y))


def nearest_third(
    document: ImageDocument, x: float, y: float, heights: Sequence[float] = THIRDS
) -> tuple[float, float]:
    """Return the crossing of thirds nearest to a document point."""
    return (
        min((t * document.width for t in THIRDS), key=lambda at: abs(at - x)),
        min((t * document.height for t in heights), key=lambda at: abs(at - y)),
    )


def raised(document: ImageDocument, ids: Collection[str], y: float) -> ImageDocument:
    """Move layers up or down so that the height ``y`` (document pixels) comes to lie on the upper third."""
    return image_place.move_by(document, ids, 0, round(THIRDS[0] * document.height - y))


def may_rise(document: ImageDocument, layer_id: str, y: float) -> bool:
    """Return whether :func:`raised` leaves no gap: a layer that is cut off by the canvas's foot must not leave it."""
    own = layer_bounds(document.layer(layer_id))
    dy = THIRDS[0] * document.height - y
    foot, head = own.bottom >= document.height, own.top <= 0
    return (not foot or own.bottom + dy >= document.height) and (not head or own.top + dy <= 0)


def whole_face(document: ImageDocument, face: Face) -> tuple[str, tuple[int, int]] | None:
    """Return the layer of which a face is a part, and how far to move it so that the canvas does not cut the face off.

    ``None`` when the layer ends where the canvas does: there is no more of the face to be shown.
    """
    width, height = document.width, document.height
    layer = next((one for one in reversed(tuple(walk(document.layers))) if _carries(document, one, face)), None)
    if layer is None or image_edits.is_locked(document, layer.id):
        return None
    own = layer_bounds(layer)
    across, down = (face.right - face.left) * width, (face.bottom - face.top) * height
    hidden: dict[Edge, tuple[float, float, float]] = {
        "left": (-face.left * width, -own.left, across),
        "top": (-face.top * height, -own.top, down),
        "right": (face.right * width - width, own.right - width, across),
        "bottom": (face.bottom * height - height, own.bottom - height, down),
    }
    by = {"x": 0.0, "y": 0.0}
    for edge in face.cut:
        beyond, spare, size = hidden[edge]
        if spare < beyond:
            return None
        step = min(beyond + ROOM * size, spare)
        by["x" if edge in ("left", "right") else "y"] += step if edge in ("left", "top") else -step
    return layer.id, (round(by["x"]), round(by["y"]))


def _carries(document: ImageDocument, layer: AnyLayer, face: Face) -> bool:
    """Return whether a face that is seen can be a part of the layer: its middle lies in it."""
    x = (max(0.0, face.left) + min(1.0, face.right)) / 2 * document.width
    y = (max(0.0, face.top) + min(1.0, face.bottom)) / 2 * document.height
    return isinstance(layer, RasterLayer) and layer.visible and layer_bounds(layer).contains(x, y)


def moved(document: ImageDocument, layer: str, by: tuple[int, int]) -> ImageDocument:
    """Move a layer by document pixels."""
    return image_place.move_by(document, [layer], *by)


def subject_layer(document: ImageDocument, box: Box) -> str | None:
    """Return the layer of pixels that is the subject and can be moved by itself; ``None`` when it is part of a photo.

    ``box`` is what stands out, in document pixels: the layer lies there and does not fill the picture.
    """
    middle = box.centre
    best: tuple[float, str] | None = None
    for layer in walk(document.layers):
        if not isinstance(layer, RasterLayer) or not layer.visible or image_edits.is_locked(document, layer.id):
            continue
        own = layer_bounds(layer)
        if own.contains(*middle) and part_covered(document, layer) < COVERS:
            area = own.width * own.height
            if best is None or area < best[0]:
                best = area, layer.id
    return best[1] if best is not None else None


def readable(document: ImageDocument, found: TextContrast) -> ImageDocument:
    """Give a text the colour, or the box, that was found for it. ``KeyError`` when the text is gone."""
    if found.colour:
        return image_edits.update(document, [found.layer], colour=found.colour)
    layer = document.layer(found.layer)
    if not isinstance(layer, TextLayer) or not found.box:
        raise KeyError(found.layer)
    padding = max(layer.padding, round(layer.size * 0.25))
    grown = padding - layer.padding
    radius = max(layer.radius, round(layer.size * 0.12))
    document = image_edits.update(document, [layer.id], background=found.box, padding=float(padding), radius=radius)
    # The box grows around the letters, which stay where they are.
    transform = layer.transform
    return image_place.move_by(document, [layer.id], -grown * transform.scale_x, -grown * transform.scale_y)


def recoloured(document: ImageDocument, colours: Collection[NewColour]) -> ImageDocument:
    """Give fills and texts other colours; those that are gone by now are left out."""
    present = {layer.id for layer in walk(document.layers)}
    for new in colours:
        if new.layer in present:
            document = image_edits.update(document, [new.layer], **{new.field: new.colour})
    return document


def is_plain(layer: AnyLayer) -> bool:
    """Return whether a layer has a place of its own that it can be moved from."""
    return isinstance(layer, RasterLayer | TextLayer | GroupLayer)

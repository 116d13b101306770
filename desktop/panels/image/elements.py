"""Putting an element of the library into a picture as vector layers, and saying whose work was used."""

from collections.abc import Iterable

import msgspec

from core.documents import image_edits, svg_drawing
from core.documents.image import AnyLayer, GroupLayer, ImageDocument, Transform, VectorMask, walk
from core.documents.image_colours import recoloured
from core.documents.image_place import Box
from core.documents.image_shapes import MAX_CONTOURS
from core.library.recolour import Mode, painter
from core.library.store import Element, SetInfo, Store
from core.raster.managing import convert_hex
from core.values import AtelierError, new_id
from desktop.panels.image.commands import Commands
from desktop.panels.image.words import QT_TRANSLATE_NOOP

SEPARATOR = " · "
"""Between an element's name and its set's title in the name of a layer: that is how credits are found again."""
MAX_KNOTS = 12_000
"""In the layers of a pattern; its tiles grow until they keep to it."""


def layer_name(store: Store, element: Element) -> str:
    """Return ``Shopping cart · Tabler Icons``."""
    return element.name[:1].upper() + element.name[1:] + SEPARATOR + store.sets[element.set].title


def place(
    commands: Commands,
    store: Store,
    element: Element,
    mode: Mode,
    palette: tuple[str, ...],
    at: tuple[float, float] | None,
) -> bool:
    """Insert an element, centred at ``at`` (document pixels) or in the middle, as one undo step.

    It comes to stand in a quarter of the canvas's shorter side; a pattern fills the canvas. Raises
    :class:`AtelierError` when its drawing cannot be read.
    """
    document, boards = commands.editor.require(), commands.editor.boards
    if at is not None:
        boards.point_at(*at)
    room = boards.room()
    name = layer_name(store, element)
    try:
        parts = svg_drawing.parse(store.body(element))
    except ValueError:
        raise AtelierError("“{name}” cannot be drawn: the element library is damaged.", name=element.name) from None
    paint = painter(mode, svg_drawing.colours(parts), commands.editor.colour, palette)
    if element.style == "pattern":
        layer = _tiled(parts, element, room, name, paint)
    else:
        side = max(16.0, min(room.right - room.left, room.bottom - room.top) / 4)
        x, y = at if at is not None else room.centre
        target = (round(x - side / 2), round(y - side / 2), side, side)
        layer = svg_drawing.layers(parts, element.box, target, name, paint)
    if mode == "own":  # the others are made of the document's own colours
        colours = commands.editor.colours
        layer = recoloured(layer, lambda found: convert_hex(colours.from_srgb, found))
    parent, position = commands.spot()
    chosen = commands.editor.layer
    if (
        isinstance(chosen, GroupLayer) and not chosen.expanded and chosen.artboard is None
    ):  # such as the element that was placed before
        parent, position = image_edits.place(document, chosen.id)
        position += 1
    try:
        new = image_edits.insert(document, [layer], parent, position)
    except AtelierError as error:
        commands.editor.session.report(error)
        return True
    if commands.editor.commit(QT_TRANSLATE_NOOP("history", "Place element"), new):
        commands.editor.select([layer.id])
    return True


def _tiled(
    parts: "tuple[svg_drawing.Piece | svg_drawing.Cluster, ...]",
    element: Element,
    room: Box,
    name: str,
    paint: svg_drawing.Paint,
) -> AnyLayer:
    """Return a pattern over the whole canvas, its tiles a sixth of the shorter side or as large as they must be."""
    _, _, width, height = element.box
    knots, contours = svg_drawing.counts(parts)
    wide, high = room.right - room.left, room.bottom - room.top
    size = max(1.0, min(wide, high) / 6)
    scale = size / max(width, height)
    while True:
        columns = int(wide / (width * scale)) + 1
        rows = int(high / (height * scale)) + 1
        tiles = columns * rows
        if tiles == 1 or (tiles * knots <= MAX_KNOTS and tiles * contours <= MAX_CONTOURS):
            break
        scale *= 1.25
    box = (0.0, 0.0, width * columns, height * rows)
    target = (room.left, room.top, box[2] * scale, box[3] * scale)
    repeated = svg_drawing.repeated(parts, (width, height), columns, rows)
    layer = svg_drawing.layers(repeated, box, target, name, paint)
    frame = svg_drawing.frame(wide, high)
    mask = VectorMask(geometry=frame, transform=Transform(x=room.left, y=room.top))
    return msgspec.structs.replace(layer, vector_mask=mask, id=new_id())


def credits(documents: Iterable[ImageDocument], sets: Iterable[SetInfo]) -> list[str]:
    """Return a line for each element that stands in the documents, as their layers are named, without repeats."""
    titles = {info.title: info for info in sets}
    lines: dict[str, None] = {}
    for document in documents:
        for layer in walk(document.layers):
            name, separator, title = layer.name.rpartition(SEPARATOR)
            info = next((titles[known] for known in titles if title == known or title.startswith(known + " ")), None)
            if separator and info is not None:
                lines[f"{name} — {info.title}, {info.author}, {info.licence}, {info.link}"] = None
    return sorted(lines)

"""Edits of artboards as pure functions on image documents, like :mod:`core.documents.image_edits`.

An artboard is a group that stands in no other group and has a rectangle (:class:`~core.documents.image.Artboard`).
Unknown ids raise ``KeyError``; what cannot be done raises :class:`core.values.AtelierError`.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from core.documents import image_edits, image_place
from core.documents.image import AnyLayer, Artboard, FillLayer, GroupLayer, ImageDocument, ShapeLayer, Transform, walk
from core.documents.image_place import Box
from core.documents.image_shapes import Rectangle, Solid
from core.values import AtelierError

replace = msgspec.structs.replace
GAP = 100
"""Document pixels between an artboard and one that is made beside it."""
MARGIN = 100
"""Document pixels that the canvas keeps around artboards when it grows for them."""
ROW = 8_000
"""New artboards go into a row until it would be wider than this, then below all of them."""


class Size(NamedTuple):
    """A size in pixels, the preset it comes from (its name as English text; empty for none), and a name for it."""

    width: int
    height: int
    preset: str = ""
    title: str = ""


# --- asking ----------------------------------------------------------------------------------------------------------


def boards(document: ImageDocument) -> tuple[GroupLayer, ...]:
    """Return the groups that are artboards, from the bottom to the top."""
    return tuple(layer for layer in document.layers if isinstance(layer, GroupLayer) and layer.artboard is not None)


def board(document: ImageDocument, board_id: str) -> Artboard:
    """Return the rectangle of an artboard; ``KeyError`` when that group has none."""
    layer = document.layer(board_id)
    if not isinstance(layer, GroupLayer) or layer.artboard is None:
        raise KeyError(board_id)
    return layer.artboard


def box_of(artboard: Artboard) -> Box:
    """Return an artboard's rectangle."""
    return Box(float(artboard.x), float(artboard.y), float(artboard.right), float(artboard.bottom))


def holder(document: ImageDocument, layer_id: str) -> GroupLayer | None:
    """Return the artboard that a layer is in, or is; ``None`` for a layer outside of all."""
    for group in boards(document):
        if any(layer.id == layer_id for layer in walk((group,))):
            return group
    return None


def common_holder(document: ImageDocument, ids: Collection[str]) -> GroupLayer | None:
    """Return the one artboard that all of these layers are in, none of them being the artboard itself."""
    found = [holder(document, layer_id) for layer_id in ids]
    first = found[0] if found else None
    same = first is not None and all(one is first for one in found) and first.id not in ids
    return first if same else None


def board_at(document: ImageDocument, x: float, y: float) -> GroupLayer | None:
    """Return the topmost visible artboard at a point in document pixels."""
    for group in reversed(boards(document)):
        if group.visible and group.artboard is not None and group.artboard.contains(x, y):
            return group
    return None


def alone(document: ImageDocument, layers: Iterable[AnyLayer], of: str) -> ImageDocument:
    """Return the document with just ``layers``, cut by the artboard that the layer ``of`` is in, without background."""
    group = holder(document, of)
    kept = tuple(layers)
    if group is not None and group.id != of and group.artboard is not None:
        kept = (GroupLayer(id="alone", layers=kept, artboard=replace(group.artboard, background=None)),)
    return replace(document, layers=kept, selection=None)


def document_of(document: ImageDocument, board_id: str) -> ImageDocument:
    """Return an artboard as a document of its own, with its size and name; it looks the same, pixel by pixel."""
    group = document.layer(board_id)
    artboard = board(document, board_id)
    assert isinstance(group, GroupLayer)
    moved = image_place.moved(group, -artboard.x, -artboard.y)
    assert isinstance(moved, GroupLayer) and moved.artboard is not None
    plain = GroupLayer(id=group.id, name=group.name, layers=group.layers, artboard=artboard, expanded=group.expanded)
    layers: tuple[AnyLayer, ...] = (replace(moved, visible=True, clipped=False),)
    if replace(group, visible=True, locked=False, clipped=False) == plain:
        layers = moved.layers
        if artboard.background is not None:
            ground = FillLayer(id=f"{group.id}-background", name="Background", colour=artboard.background)
            layers = _on(ground, layers)
    return replace(
        document,
        title=group.name or document.title,
        width=artboard.width,
        height=artboard.height,
        layers=layers,
        selection=None,
        guides=(),
    )


# --- the canvas ------------------------------------------------------------------------------------------------------


def fit_canvas(document: ImageDocument) -> ImageDocument:
    """Make the canvas larger where an artboard sticks out of it; never smaller. What is on it moves along."""
    left, top, right, bottom = 0, 0, document.width, document.height
    for group in boards(document):
        assert group.artboard is not None
        left = min(left, group.artboard.x - MARGIN if group.artboard.x < 0 else 0)
        top = min(top, group.artboard.y - MARGIN if group.artboard.y < 0 else 0)
        right = max(right, group.artboard.right + MARGIN if group.artboard.right > document.width else 0)
        bottom = max(bottom, group.artboard.bottom + MARGIN if group.artboard.bottom > document.height else 0)
    box = left, top, right, bottom
    return document if box == (0, 0, document.width, document.height) else image_place.crop(document, box)


def canvas_around(document: ImageDocument) -> ImageDocument:
    """Make the canvas just large enough for all artboards with a margin; raises :class:`AtelierError` without any."""
    found = [box_of(group.artboard) for group in boards(document) if group.artboard is not None]
    if not found:
        raise AtelierError("There is no artboard to fit the canvas to.")
    whole = found[0]
    for box in found:
        whole = whole.union(box)
    left, top, right, bottom = (round(edge) for edge in whole)
    return image_place.crop(document, (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN))


def shift_between(old: ImageDocument, new: ImageDocument) -> tuple[int, int]:
    """Return how far most artboards are moved from one state of a document to another: a canvas that grew moves all."""
    before = {group.id: group.artboard for group in boards(old)}
    moves: dict[tuple[int, int], int] = {}
    for group in boards(new):
        was, now = before.get(group.id), group.artboard
        if was is not None and now is not None:
            by = now.x - was.x, now.y - was.y
            moves[by] = moves.get(by, 0) + 1
    return max(moves, key=lambda by: moves[by], default=(0, 0))


def free_place(document: ImageDocument, width: int, height: int) -> tuple[int, int]:
    """Return where a new artboard of that size goes: beside the others, or beside the canvas when there is none."""
    found = [box_of(group.artboard) for group in boards(document) if group.artboard is not None]
    if not found:
        return (document.width + GAP, 0) if document.layers else (0, 0)
    whole = found[0]
    for box in found:
        whole = whole.union(box)
    last = found[-1]
    x, y = last.right + GAP, last.top
    row = [box for box in found if box.top < y + height + GAP and box.bottom > y - GAP]
    x = max([x, *(box.right + GAP for box in row)])
    if x + width - whole.left <= ROW:
        return round(x), round(y)
    return round(whole.left), round(whole.bottom) + GAP


def place_beside(document: ImageDocument, board_id: str, dx: int, dy: int) -> tuple[int, int]:
    """Return the nearest free place for a copy of an artboard in one direction (``dx`` and ``dy`` are -1, 0 or 1)."""
    own = board(document, board_id)
    others = [group.artboard for group in boards(document) if group.artboard is not None]
    x, y = own.x, own.y
    for _ in range(len(others) + 1):
        x, y = x + dx * (own.width + GAP), y + dy * (own.height + GAP)
        if not any(_overlap(one, x, y, own.width, own.height) for one in others):
            break
    return x, y


def _overlap(one: Artboard, x: int, y: int, width: int, height: int) -> bool:
    return one.x < x + width and one.right > x and one.y < y + height and one.bottom > y


# --- making ----------------------------------------------------------------------------------------------------------


def make(document: ImageDocument, artboard: Artboard, name: str) -> tuple[ImageDocument, str]:
    """Add an empty artboard on top of all; return the document, on a canvas that holds it, and the group's id."""
    group = GroupLayer(name=name, artboard=artboard)
    return fit_canvas(image_edits.insert(document, [group], None, len(document.layers))), group.id


def from_layers(
    document: ImageDocument, ids: Collection[str], around: Box | None, name: str
) -> tuple[ImageDocument, str]:
    """Put layers onto a new artboard around them (the whole canvas when ``around`` is ``None``), one group's in it.

    Raises :class:`AtelierError` when nothing is selected or an artboard is among the layers.
    """
    moving = image_edits.top_level(document, ids)
    if not moving:
        raise AtelierError("Select the layers that go onto the artboard first.")
    if any(holder(document, layer_id) is not None for layer_id in moving):
        raise AtelierError("These layers are on an artboard already.")
    box = around or Box(0.0, 0.0, float(document.width), float(document.height))
    x, y = round(box.left), round(box.top)
    artboard = Artboard(x=x, y=y, width=max(1, round(box.right) - x), height=max(1, round(box.bottom) - y))
    single = document.layer(moving[0])
    if len(moving) == 1 and isinstance(single, GroupLayer) and image_edits.place(document, single.id).parent is None:
        return fit_canvas(document.replace_layer(single.id, lambda one: replace(one, artboard=artboard))), single.id
    position = image_edits.place(document, (*image_edits.ancestors(document, moving[-1]), single)[0].id).position
    group = GroupLayer(name=name, layers=tuple(document.layer(i) for i in moving), artboard=artboard)
    position -= sum(1 for layer in document.layers[:position] if layer.id in moving)
    left = image_edits.remove(document, moving)
    return fit_canvas(image_edits.insert(left, [group], None, position)), group.id


def release(document: ImageDocument, board_id: str) -> ImageDocument:
    """Make an artboard a plain group again; its background becomes a rectangle in it."""
    artboard = board(document, board_id)
    ground = background_shape(artboard)

    def plain(layer: AnyLayer) -> AnyLayer:
        assert isinstance(layer, GroupLayer)
        return replace(layer, artboard=None, layers=layer.layers if ground is None else _on(ground, layer.layers))

    return document.replace_layer(board_id, plain)


def _on(ground: AnyLayer, layers: tuple[AnyLayer, ...]) -> tuple[AnyLayer, ...]:
    """Return layers with ``ground`` below them; what is clipped at the very bottom is not clipped to it."""
    return (ground, *(replace(layer, clipped=layer.clipped and at > 0) for at, layer in enumerate(layers)))


def background_shape(artboard: Artboard) -> AnyLayer | None:
    """Return an artboard's background as a rectangle, ``None`` when it is transparent."""
    if artboard.background is None:
        return None
    return ShapeLayer(
        name="Background",
        geometry=Rectangle(width=float(artboard.width), height=float(artboard.height)),
        fill=Solid(colour=artboard.background),
        transform=Transform(x=float(artboard.x), y=float(artboard.y)),
    )


def change(document: ImageDocument, board_id: str, **fields: object) -> ImageDocument:
    """Set fields of an artboard's rectangle; what is on it stays where it is."""
    artboard = replace(board(document, board_id), **fields)
    try:
        msgspec.convert(msgspec.to_builtins(artboard), Artboard)
    except msgspec.ValidationError as error:
        raise AtelierError("An artboard cannot be like that: {why}.", why=str(error)) from None
    return document.replace_layer(board_id, lambda layer: replace(layer, artboard=artboard))


def move(document: ImageDocument, ids: Collection[str], parent: str | None, index: int) -> ImageDocument:
    """Move layers as :func:`core.documents.image_edits.move` does; on another artboard they stand as on the old one."""
    new = image_edits.move(document, ids, parent, index)
    for layer_id in image_edits.top_level(new, ids):
        before, after = holder(document, layer_id), holder(new, layer_id)
        if before is None or after is None or before.id == after.id:
            continue
        if before.artboard is not None and after.artboard is not None:
            by = after.artboard.x - before.artboard.x, after.artboard.y - before.artboard.y
            new = image_place.move_by(new, [layer_id], *by)
    return new


def rehomed(document: ImageDocument, ids: Collection[str], x: float, y: float) -> ImageDocument:
    """Put layers that were dragged to a document point onto the artboard there, or off all of them.

    Layers in plain groups stay in those, and artboards where they are.
    """
    target = board_at(document, x, y)
    parent = None if target is None else target.id
    homes = {None, *(group.id for group in boards(document))}
    moving = [
        layer_id
        for layer_id in image_edits.top_level(document, ids)
        if layer_id not in homes and image_edits.place(document, layer_id).parent in homes - {parent}
    ]
    if not moving:
        return document
    return image_edits.move(document, moving, parent, len(image_edits.siblings(document, parent)))


def set_aside(document: ImageDocument, ids: Collection[str]) -> ImageDocument:
    """Move those of these layers that are artboards to free places beside the others, one after the other."""
    for board_id in ids:
        group = document.layer(board_id)
        if isinstance(group, GroupLayer) and group.artboard is not None:
            rest = image_edits.remove(document, [board_id])
            x, y = free_place(rest, group.artboard.width, group.artboard.height)
            document = image_place.move_by(document, [board_id], x - group.artboard.x, y - group.artboard.y)
    return document

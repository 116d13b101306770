"""Edits of an image document's layer tree as pure functions: a document goes in, a new one comes out.

Nothing here reads pixels or knows of Qt, so every edit can be tested, scripted and replayed. Layers are named by id;
``ids`` may come in any order and may name a group and its children at once (the group then stands for both). Unknown
ids raise ``KeyError``. Where a layer stands is written as a :class:`Place`: a group's id, or ``None`` for the document
itself, and a position that counts from the bottom. Geometry is in :mod:`core.documents.image_place`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from core.documents.image import MAX_DEPTH, AnyLayer, GroupLayer, ImageDocument, Mask, ShapeLayer, VectorMask, walk
from core.documents.image_effects import reach
from core.documents.image_shapes import Line
from core.values import AtelierError, Message, new_id

replace = msgspec.structs.replace
L = TypeVar("L", bound=AnyLayer)
Layers = tuple[AnyLayer, ...]


class Place(NamedTuple):
    """Where a layer stands: in which group (``None``: the document) and how many siblings are below it."""

    parent: str | None
    position: int


# --- asking ----------------------------------------------------------------------------------------------------------


def siblings(document: ImageDocument, parent: str | None) -> Layers:
    """Return the layers directly inside ``parent``, bottom first. ``KeyError`` when it is not a group."""
    if parent is None:
        return document.layers
    layer = document.layer(parent)
    if not isinstance(layer, GroupLayer):
        raise KeyError(parent)
    return layer.layers


def ancestors(document: ImageDocument, layer_id: str) -> tuple[GroupLayer, ...]:
    """Return the groups around a layer, the outermost first."""
    for layer, around in _walk_with_groups(document.layers, ()):
        if layer.id == layer_id:
            return around
    raise KeyError(layer_id)


def place(document: ImageDocument, layer_id: str) -> Place:
    """Return where a layer stands."""
    around = ancestors(document, layer_id)
    parent = around[-1].id if around else None
    index = next(i for i, layer in enumerate(siblings(document, parent)) if layer.id == layer_id)
    return Place(parent, index)


def top_level(document: ImageDocument, ids: Collection[str]) -> tuple[str, ...]:
    """Return those of ``ids`` that are in no other group of ``ids``, from the bottom to the top."""
    wanted = _known(document, ids)
    return tuple(
        layer.id
        for layer, around in _walk_with_groups(document.layers, ())
        if layer.id in wanted and not any(group.id in wanted for group in around)
    )


def is_locked(document: ImageDocument, layer_id: str) -> bool:
    """Return whether a layer, or a group around it, is locked."""
    return document.layer(layer_id).locked or any(group.locked for group in ancestors(document, layer_id))


def is_visible(document: ImageDocument, layer_id: str) -> bool:
    """Return whether a layer and every group around it are visible."""
    return document.layer(layer_id).visible and all(group.visible for group in ancestors(document, layer_id))


def movable(document: ImageDocument, ids: Collection[str]) -> tuple[str, ...]:
    """Return the :func:`top_level` layers of ``ids`` that may be changed: nothing in, on or around them is locked."""
    return tuple(
        layer_id
        for layer_id in top_level(document, ids)
        if not is_locked(document, layer_id) and not any(layer.locked for layer in walk((document.layer(layer_id),)))
    )


def outset(layer: AnyLayer) -> float:
    """Return how far effects and strokes can be seen beyond a layer's box, those of layers inside a group included."""
    inner = max(map(outset, layer.layers), default=0.0) if isinstance(layer, GroupLayer) else 0.0
    if isinstance(layer, ShapeLayer):
        inner = shape_reach(layer)
    return reach(layer.effects) + inner


def shape_reach(layer: ShapeLayer) -> float:
    """Return how far a shape's stroke can be seen beyond its box, in its own pixels."""
    stroke, line = layer.stroke, layer.geometry
    if stroke is None:
        return 0.0
    return max(stroke.reach(), line.head * stroke.width if isinstance(line, Line) else 0.0)


def fresh_name(document: ImageDocument, base: str) -> str:
    """Return ``base 1``, ``base 2``, …: the first that no layer has."""
    taken = {layer.name for layer in walk(document.layers)}
    number = 1
    while f"{base} {number}" in taken:
        number += 1
    return f"{base} {number}"


# --- changing fields -------------------------------------------------------------------------------------------------


def change(document: ImageDocument, ids: Collection[str], how: Callable[[AnyLayer], AnyLayer]) -> ImageDocument:
    """Pass each of exactly these layers (not their children) through ``how``."""
    for layer_id in _known(document, ids):
        document = document.replace_layer(layer_id, how)
    return document


def update(document: ImageDocument, ids: Collection[str], **fields: Any) -> ImageDocument:
    """Set fields of these layers, e.g. ``opacity=0.5``. The values are checked as the file format would check them."""

    def set_fields(layer: AnyLayer) -> AnyLayer:
        return checked(replace(layer, **fields))

    return change(document, ids, set_fields)


def checked(layer: L) -> L:
    """Return ``layer`` after checking every field; raises :class:`AtelierError` naming the one out of range."""
    alone = replace(layer, layers=()) if isinstance(layer, GroupLayer) else layer
    try:
        msgspec.convert(msgspec.to_builtins(alone), type(layer))
    except msgspec.ValidationError as error:
        raise AtelierError(
            "That value does not fit “{name}”: {why}.", name=layer.name or Message("the layer"), why=str(error)
        ) from None
    return layer


def set_mask(document: ImageDocument, layer_id: str, mask: Mask | None) -> ImageDocument:
    """Give a layer a mask, or take it away."""
    return document.replace_layer(layer_id, lambda layer: replace(layer, mask=mask))


def update_mask(document: ImageDocument, layer_id: str, **fields: Any) -> ImageDocument:
    """Set fields of a layer's mask, e.g. ``inverted=True``. ``KeyError`` when it has none."""
    mask = document.layer(layer_id).mask
    if mask is None:
        raise KeyError(layer_id)
    return document.replace_layer(layer_id, lambda layer: checked(replace(layer, mask=replace(mask, **fields))))


def set_vector_mask(document: ImageDocument, layer_id: str, mask: VectorMask | None) -> ImageDocument:
    """Give a layer a mask that is a shape, or take it away."""
    return document.replace_layer(layer_id, lambda layer: checked(replace(layer, vector_mask=mask)))


# --- the tree --------------------------------------------------------------------------------------------------------


def insert(document: ImageDocument, layers: Iterable[AnyLayer], parent: str | None, index: int) -> ImageDocument:
    """Put ``layers`` (bottom first) into ``parent`` so that the first stands at ``index`` (clamped).

    Raises :class:`AtelierError` when groups would nest too deep, or an artboard would be in a group.
    """
    siblings(document, parent)
    new = tuple(layers)

    def put(found: Layers) -> Layers:
        at = max(0, min(index, len(found)))
        return (*found[:at], *new, *found[at:])

    return _check_boards(_check_depth(_change_children(document, parent, put)))


def remove(document: ImageDocument, ids: Collection[str]) -> ImageDocument:
    """Take layers away, groups with all that they hold."""
    for layer_id in top_level(document, ids):
        document = document.replace_layer(layer_id, lambda _: None)
    return document


def move(document: ImageDocument, ids: Collection[str], parent: str | None, index: int) -> ImageDocument:
    """Move layers into ``parent``, keeping their order; ``index`` counts the siblings as they are before the move.

    Raises :class:`AtelierError` when a group would go into itself or groups would nest too deep.
    """
    moving = top_level(document, ids)
    inside = () if parent is None else (*(group.id for group in ancestors(document, parent)), parent)
    if any(layer_id in inside for layer_id in moving):
        raise AtelierError("A group cannot be moved into itself.")
    before = siblings(document, parent)
    index = max(0, min(index, len(before)))
    index -= sum(1 for layer in before[:index] if layer.id in moving)
    layers = [document.layer(layer_id) for layer_id in moving]
    return insert(remove(document, moving), layers, parent, index)


def shift(document: ImageDocument, ids: Collection[str], steps: int) -> ImageDocument:
    """Raise (``steps`` > 0) or lower layers among their siblings, as far as they go; their order stays."""
    moving = set(top_level(document, ids))

    def reorder(found: Layers) -> Layers:
        order = list(found)
        for _ in range(min(abs(steps), len(order))):
            _bubble(order, moving, up=steps > 0)
        return tuple(order)

    for parent in {place(document, layer_id).parent for layer_id in moving}:
        document = _change_children(document, parent, reorder)
    return document


def duplicate(
    document: ImageDocument, ids: Collection[str], name: Callable[[str], str] = lambda name: name
) -> tuple[ImageDocument, tuple[str, ...]]:
    """Copy each layer to just above itself under a fresh id; return the document and the copies' ids."""
    copies: list[str] = []
    for layer_id in top_level(document, ids):
        layer = with_new_ids(document.layer(layer_id))
        document = document.insert_layer(replace(layer, name=name(layer.name)), above=layer_id)
        copies.append(layer.id)
    return document, tuple(copies)


def with_new_ids(layer: AnyLayer) -> AnyLayer:
    """Return ``layer`` and all inside it under fresh ids."""
    if isinstance(layer, GroupLayer):
        layer = replace(layer, layers=tuple(with_new_ids(child) for child in layer.layers))
    return replace(layer, id=new_id())


def group(document: ImageDocument, ids: Collection[str], name: str) -> tuple[ImageDocument, str]:
    """Put layers into a new group where the topmost of them stands; return the document and the group's id."""
    moving = top_level(document, ids)
    if not moving:
        raise AtelierError("Select the layers to group first.")
    parent, index = place(document, moving[-1])
    holder = GroupLayer(name=name, layers=tuple(document.layer(layer_id) for layer_id in moving))
    index -= sum(1 for layer in siblings(document, parent)[:index] if layer.id in moving)
    return insert(remove(document, moving), [holder], parent, index), holder.id


def ungroup(document: ImageDocument, ids: Collection[str]) -> tuple[ImageDocument, tuple[str, ...]]:
    """Dissolve the groups among ``ids``; their layers take their place. Return the document and those layers' ids.

    The group's own opacity, blend mode and mask go with it.
    """
    freed: list[str] = []
    for layer_id in top_level(document, ids):
        layer = document.layer(layer_id)
        if isinstance(layer, GroupLayer):
            parent, index = place(document, layer_id)
            document = insert(remove(document, [layer_id]), layer.layers, parent, index)
            freed.extend(child.id for child in layer.layers)
    return document, tuple(freed)


def merge(document: ImageDocument, ids: Collection[str], into: AnyLayer) -> ImageDocument:
    """Replace layers by the one layer ``into`` (whose pixels the caller composed), where the lowest of them stood."""
    merging = top_level(document, ids)
    if not merging:
        raise AtelierError("Select the layers to merge first.")
    parent, index = place(document, merging[0])
    index -= sum(1 for layer in siblings(document, parent)[:index] if layer.id in merging)
    return insert(remove(document, merging), [into], parent, index)


def below(document: ImageDocument, layer_id: str) -> AnyLayer | None:
    """Return the sibling directly below a layer, or ``None`` when it stands at the bottom."""
    parent, index = place(document, layer_id)
    return siblings(document, parent)[index - 1] if index else None


# --- inside ----------------------------------------------------------------------------------------------------------


def _walk_with_groups(
    layers: Layers, around: tuple[GroupLayer, ...]
) -> Iterator[tuple[AnyLayer, tuple[GroupLayer, ...]]]:
    for layer in layers:
        yield layer, around
        if isinstance(layer, GroupLayer):
            yield from _walk_with_groups(layer.layers, (*around, layer))


def _known(document: ImageDocument, ids: Collection[str]) -> frozenset[str]:
    wanted = frozenset(ids)
    missing = wanted - {layer.id for layer in walk(document.layers)}
    if missing:
        raise KeyError(*sorted(missing))
    return wanted


def _change_children(document: ImageDocument, parent: str | None, how: Callable[[Layers], Layers]) -> ImageDocument:
    if parent is None:
        return replace(document, layers=how(document.layers))

    def inside(layer: AnyLayer) -> AnyLayer:
        if not isinstance(layer, GroupLayer):
            raise KeyError(parent)
        return replace(layer, layers=how(layer.layers))

    return document.replace_layer(parent, inside)


def _bubble(order: list[AnyLayer], moving: set[str], *, up: bool) -> None:
    """Move each of ``moving`` one place, unless it is stopped by the end or by another one that was stopped."""
    indices = range(len(order) - 2, -1, -1) if up else range(1, len(order))
    for index in indices:
        other = index + 1 if up else index - 1
        if order[index].id in moving and order[other].id not in moving:
            order[index], order[other] = order[other], order[index]


def _check_boards(document: ImageDocument) -> ImageDocument:
    inside = (one for group in document.layers if isinstance(group, GroupLayer) for one in walk(group.layers))
    if any(isinstance(one, GroupLayer) and one.artboard is not None for one in inside):
        raise AtelierError("Artboards stand side by side: one cannot be put into a group or another artboard.")
    return document


def _check_depth(document: ImageDocument) -> ImageDocument:
    deepest = max((len(around) for _, around in _walk_with_groups(document.layers, ())), default=0)
    if deepest > MAX_DEPTH:
        raise AtelierError("Groups can be nested {limit} deep; this would go deeper.", limit=MAX_DEPTH)
    return document

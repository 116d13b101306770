"""Smart layers: making them of layers and layers of them, and keeping them true to the documents that they show.

Documents here are revisions; whoever calls brings them into the project. ``store`` puts a revision into the project as
a :data:`core.values.DOCUMENT_TYPE` asset and returns its hash.
"""

from collections.abc import Callable, Collection, Iterable

import msgspec

from core.documents import image_edits
from core.documents.base import Document
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    GroupLayer,
    ImageDocument,
    SmartLayer,
    Transform,
    VectorMask,
    check_size,
    walk,
)
from core.documents.image_place import Placement, moved, placed
from core.documents.image_shapes import Rectangle
from core.values import AtelierError, new_id

replace = msgspec.structs.replace
Store = Callable[[Document], str]
Find = Callable[[str], Document | None]
"""Gives the newest revision of a document of the project, ``None`` when it is not there."""


def links(document: Document) -> frozenset[str]:
    """Return the ids of the documents that a document shows in smart layers."""
    if not isinstance(document, ImageDocument):
        return frozenset()
    return frozenset(layer.document for layer in walk(document.layers) if isinstance(layer, SmartLayer))


def shows(document: Document, wanted: str, find: Find) -> bool:
    """Return whether ``document`` is that of the id ``wanted``, or shows it, however many documents lie between."""
    seen: set[str] = set()
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if one.id == wanted:
            return True
        for linked in links(one) - seen:
            seen.add(linked)
            found = find(linked)
            if found is not None:
                waiting.append(found)
    return False


def smart_layer(document: ImageDocument, linked: ImageDocument, find: Find, store: Store) -> SmartLayer:
    """Return a layer for ``document`` that shows ``linked``; raises :class:`AtelierError` when that shows it itself."""
    if shows(linked, document.id, find):
        raise AtelierError("“{title}” shows this picture itself, so it cannot be placed in it.", title=linked.title)
    return SmartLayer(
        name=linked.title, document=linked.id, source=store(linked), width=linked.width, height=linked.height
    )


def followed(changed: Iterable[Document], others: Iterable[Document], store: Store) -> list[Document]:
    """Return ``changed`` and all those of ``others`` that show one of them, as they look now."""
    done = {document.id: document for document in changed}
    rest = {document.id: document for document in others if document.id not in done}
    waiting = list(done.values())
    while waiting:
        linked = waiting.pop()
        if not isinstance(linked, ImageDocument):
            continue
        showing = [one for one in (*done.values(), *rest.values()) if linked.id in links(one)]
        if not showing:
            continue
        source = store(linked)
        for one in showing:
            assert isinstance(one, ImageDocument)
            new = relinked(one, linked, source)
            if new != one:
                rest.pop(one.id, None)
                done[one.id] = new
                waiting.append(new)
    return list(done.values())


def relinked(document: ImageDocument, linked: ImageDocument, source: str) -> ImageDocument:
    """Return ``document`` with its smart layers of ``linked`` showing the revision ``source`` of it."""
    ids = [one.id for one in walk(document.layers) if isinstance(one, SmartLayer) and one.document == linked.id]
    return image_edits.change(document, ids, lambda layer: _showing(layer, linked, source))


def _showing(layer: AnyLayer, linked: ImageDocument, source: str) -> AnyLayer:
    """Show another revision, or another document, about the same centre."""
    if not isinstance(layer, SmartLayer):
        return layer
    old = layer.transform
    x, y = old.x + (layer.width - linked.width) / 2, old.y + (layer.height - linked.height) / 2
    return replace(
        layer,
        document=linked.id,
        source=source,
        width=linked.width,
        height=linked.height,
        transform=replace(old, x=x, y=y),
    )


def replaced(document: ImageDocument, layer_id: str, linked: ImageDocument, find: Find, store: Store) -> ImageDocument:
    """Return ``document`` with one smart layer showing another document; raises as :func:`smart_layer` does."""
    source = smart_layer(document, linked, find, store).source
    return document.replace_layer(layer_id, lambda layer: _showing(layer, linked, source))


def converted(
    document: ImageDocument, ids: Collection[str], box: tuple[int, int, int, int], name: str, store: Store
) -> tuple[ImageDocument, ImageDocument, str]:
    """Return ``document`` with layers in a smart layer, the document that it shows, and the smart layer's id.

    ``box`` (x, y, width, height) is what of the canvas the new document is. One layer keeps its blend mode, opacity,
    effects and clipping outside; several are composed on their own, as in a group. Raises :class:`AtelierError`.
    """
    chosen = image_edits.top_level(document, ids)
    layers = [document.layer(i) for i in chosen]
    if not layers or all(isinstance(layer, AdjustmentLayer) for layer in layers):
        raise AtelierError("Select the layers to keep in a smart layer first; adjustments alone show nothing in it.")
    x, y, width, height = box
    check_size(width, height)
    outer: dict[str, object] = {}
    if len(layers) == 1:
        one = layers[0]
        outer = {name: getattr(one, name) for name in ("visible", "locked", "opacity", "blend", "clipped", "effects")}
        plain = {"visible": True, "locked": False, "opacity": 1.0, "blend": BlendMode.NORMAL, "effects": ()}
        layers = [replace(one, **plain, clipped=False)]
    layers[0] = replace(layers[0], clipped=False)  # there is nothing below it any more
    inside = tuple(moved(layer, -x, -y) for layer in layers)
    inner = replace(
        document, id=new_id(), title=name, width=width, height=height, layers=inside, selection=None, guides=()
    )
    holder = SmartLayer(
        name=name,
        document=inner.id,
        source=store(inner),
        width=width,
        height=height,
        transform=Transform(x=float(x), y=float(y)),
        **outer,  # type: ignore[arg-type]
    )
    parent, index = image_edits.place(document, chosen[-1])
    index -= sum(1 for layer in image_edits.siblings(document, parent)[:index] if layer.id in chosen)
    changed = image_edits.insert(image_edits.remove(document, chosen), [holder], parent, index)
    return changed, inner, holder.id


def unpacked(
    document: ImageDocument,
    layer: SmartLayer,
    inner: ImageDocument,
    size_of: Callable[[AnyLayer], tuple[float, float]],
    *,
    cut: bool,
) -> tuple[ImageDocument, str]:
    """Return ``document`` with a group of the shown document's layers instead of a smart layer, and the group's id.

    ``cut`` masks it with the shown document's edges. Raises :class:`AtelierError` when the layers could not follow.
    """
    at = layer.transform
    if layer.warp is not None or abs(abs(at.scale_x) - abs(at.scale_y)) > 1e-9 * abs(at.scale_x):
        raise AtelierError(
            "This smart layer is bent or stretched more one way than the other, which its layers cannot follow. Reset "
            "its size and rotation first, or turn it into pixels."
        )
    turned = at.rotation + (180 if at.scale_y < 0 else 0)
    how = Placement(
        pivot=(layer.width / 2, layer.height / 2),
        scale=abs(at.scale_x),
        degrees=turned,
        dx=at.x,
        dy=at.y,
        mirror=at.scale_x * at.scale_y < 0,
    )
    inside = tuple(image_edits.with_new_ids(placed(child, how, size_of)) for child in inner.layers)
    edges = VectorMask(geometry=Rectangle(width=layer.width, height=layer.height), transform=at)
    group = GroupLayer(
        id=layer.id,
        name=layer.name,
        visible=layer.visible,
        locked=layer.locked,
        opacity=layer.opacity,
        blend=layer.blend,
        clipped=layer.clipped,
        mask=layer.mask,
        vector_mask=edges if cut and layer.vector_mask is None else layer.vector_mask,
        effects=layer.effects,
        layers=inside,
    )
    return document.replace_layer(layer.id, lambda _: group), group.id

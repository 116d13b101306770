"""Smart layers as values: made of layers and made layers again, following what they show, never showing themselves."""

import msgspec
import pytest
from hypothesis import given, settings
from image_strategies import documents, size_of

from core.documents import smart
from core.documents.base import Document, encode_document, from_value, to_value
from core.documents.image import (
    AdjustmentLayer,
    BlendMode,
    Exposure,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    SmartLayer,
    Transform,
    walk,
)
from core.documents.image_effects import DropShadow
from core.values import AtelierError, hash_bytes

replace = msgspec.structs.replace
FILL = FillLayer(id="fill", colour="#102030")


class Shelf:
    """Documents by id, and revisions by hash."""

    def __init__(self, *documents: ImageDocument) -> None:
        self.now: dict[str, Document] = {document.id: document for document in documents}
        self.stored: dict[str, Document] = {}

    def find(self, document_id: str) -> Document | None:
        return self.now.get(document_id)

    def store(self, document: Document) -> str:
        digest = hash_bytes(encode_document(document))
        self.stored[digest] = document
        return digest

    def commit(self, *documents: Document) -> list[str]:
        changed = smart.followed(documents, self.now.values(), self.store)
        self.now.update({document.id: document for document in changed})
        return [document.id for document in changed]


def picture(document_id: str, *layers: object, width: int = 100, height: int = 80) -> ImageDocument:
    return ImageDocument(id=document_id, title=document_id, width=width, height=height, layers=layers)  # type: ignore[arg-type]


def showing(shelf: Shelf, outer: str, inner: str) -> SmartLayer:
    made = smart.smart_layer(shelf.now[outer], shelf.now[inner], shelf.find, shelf.store)  # type: ignore[arg-type]
    shelf.commit(replace(shelf.now[outer], layers=(*shelf.now[outer].layers, made)))  # type: ignore[attr-defined]
    return made


def test_what_shows_a_document_follows_it_through_any_number_of_others() -> None:
    shelf = Shelf(picture("a"), picture("b"), picture("c", FILL), picture("d"))
    showing(shelf, "b", "c")
    showing(shelf, "a", "b")
    assert shelf.commit(replace(shelf.now["c"], layers=(replace(FILL, colour="#ffffff"),))) == ["c", "b", "a"]
    shown = next(iter(shelf.now["a"].layers))  # type: ignore[attr-defined]
    assert shelf.stored[shown.source] == shelf.now["b"]
    assert shelf.stored[shelf.now["b"].layers[0].source] == shelf.now["c"]  # type: ignore[attr-defined]
    assert shelf.commit(replace(shelf.now["d"], title="new")) == ["d"]
    assert shown.source in shelf.now["a"].assets()


def test_nothing_shows_itself() -> None:
    shelf = Shelf(picture("a"), picture("b"), picture("c"))
    showing(shelf, "a", "b")
    showing(shelf, "b", "c")
    for outer, inner in (("a", "a"), ("c", "a"), ("b", "a"), ("c", "b")):
        with pytest.raises(AtelierError, match="shows this picture itself"):
            showing(shelf, outer, inner)
    assert smart.shows(shelf.now["a"], "c", shelf.find) and not smart.shows(shelf.now["c"], "a", shelf.find)


def test_another_size_keeps_the_middle() -> None:
    shelf = Shelf(picture("a", width=500, height=500), picture("b"))
    made = showing(shelf, "a", "b")
    placed = replace(made, transform=Transform(x=200, y=150, scale_x=2, scale_y=2, rotation=30))
    shelf.commit(shelf.now["a"].replace_layer(made.id, lambda _: placed))  # type: ignore[attr-defined]
    shelf.commit(replace(shelf.now["b"], width=300, height=40))
    found = shelf.now["a"].layer(made.id)  # type: ignore[attr-defined]
    assert (found.width, found.height) == (300, 40)
    assert found.transform.x + 150 == 200 + 50 and found.transform.y + 20 == 150 + 40
    assert found.transform.rotation == 30


def test_one_layer_keeps_outside_what_it_does_to_what_is_below() -> None:
    layer = RasterLayer(
        id="r", name="Cup", pixels="f" * 64, width=40, height=30, transform=Transform(x=30, y=20), opacity=0.4,
        blend=BlendMode.MULTIPLY, clipped=True, effects=(DropShadow(),),
    )  # fmt: skip
    shelf = Shelf()
    document = picture("a", FILL, layer)
    changed, inner, made = smart.converted(document, ["r"], (20, 10, 60, 50), "Cup", shelf.store)
    outside = changed.layer(made)
    assert isinstance(outside, SmartLayer)
    assert (outside.opacity, outside.blend, outside.clipped, outside.effects) == (
        0.4, BlendMode.MULTIPLY, True, (DropShadow(),),
    )  # fmt: skip
    assert (outside.transform.x, outside.transform.y, outside.width, outside.height) == (20, 10, 60, 50)
    (inside,) = inner.layers
    assert (inside.opacity, inside.blend, inside.clipped, inside.effects) == (1, BlendMode.NORMAL, False, ())
    assert isinstance(inside, RasterLayer) and (inside.transform.x, inside.transform.y) == (10, 10)
    assert changed.layers[0] == FILL and shelf.stored[outside.source] == inner


def test_adjustments_alone_are_refused() -> None:
    document = picture("a", FILL, AdjustmentLayer(id="adj", adjustment=Exposure()))
    with pytest.raises(AtelierError, match="Select the layers"):
        smart.converted(document, ["adj"], (0, 0, 10, 10), "x", Shelf().store)
    with pytest.raises(AtelierError, match="Select the layers"):
        smart.converted(document, [], (0, 0, 10, 10), "x", Shelf().store)


@settings(max_examples=40, deadline=None)
@given(documents)
def test_there_and_back_is_where_it_was(document: ImageDocument) -> None:
    ids = [layer.id for layer in document.layers if not isinstance(layer, AdjustmentLayer)]
    if not ids:
        return
    shelf = Shelf()
    changed, inner, made = smart.converted(document, ids, (7, -3, 50, 40), "All", shelf.store)
    assert from_value("image", to_value(changed)) == changed
    layer = changed.layer(made)
    assert isinstance(layer, SmartLayer)
    back, group = smart.unpacked(changed, layer, inner, size_of, cut=False)
    found = back.layer(group)
    assert isinstance(found, GroupLayer)
    wanted = [one for one in document.layers if one.id in ids]
    for one, other in zip(found.layers, wanted, strict=True):
        plain = replace(one, id=other.id, opacity=1, blend=BlendMode.NORMAL, effects=(), clipped=False)
        assert type(plain) is type(other)
        if isinstance(other, RasterLayer) and isinstance(one, RasterLayer):
            assert one.transform.x == pytest.approx(other.transform.x, abs=1e-6)
            assert one.transform.y == pytest.approx(other.transform.y, abs=1e-6)
    assert len({layer.id for layer in walk(back.layers)}) == len(list(walk(back.layers)))


def test_what_is_stretched_one_way_is_not_unpacked() -> None:
    shelf = Shelf(picture("a"), picture("b", FILL))
    made = showing(shelf, "a", "b")
    long = replace(made, transform=Transform(scale_x=2, scale_y=1))
    with pytest.raises(AtelierError, match="stretched more one way"):
        smart.unpacked(shelf.now["a"], long, shelf.now["b"], size_of, cut=False)  # type: ignore[arg-type]

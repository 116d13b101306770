"""Every edit of the layer tree keeps the tree whole: no layer lost, none doubled, order as promised."""

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from core.documents import image_edits as edits
from core.documents.base import from_value, to_value
from core.documents.image import MAX_DEPTH, FillLayer, GroupLayer, ImageDocument, Mask, new_image, walk
from core.values import AtelierError
from tests.core.documents.image_strategies import DIGEST, documents


def ids_of(document: ImageDocument) -> list[str]:
    return [layer.id for layer in walk(document.layers)]


def some_ids(data: st.DataObject, document: ImageDocument) -> list[str]:
    return data.draw(st.lists(st.sampled_from(ids_of(document)), min_size=1, unique=True))


def groups_of(document: ImageDocument) -> list[str | None]:
    return [None, *(layer.id for layer in walk(document.layers) if isinstance(layer, GroupLayer))]


def reads_back(document: ImageDocument) -> None:
    assert from_value("image", msgspec.msgpack.decode(msgspec.msgpack.encode(to_value(document)))) == document


def simple(*names: str) -> ImageDocument:
    layers = tuple(FillLayer(id=name, name=name) for name in names)
    return msgspec.structs.replace(new_image(10, 10), layers=layers)


@given(documents, st.data())
def test_top_level_covers_every_wanted_layer_once(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    top = edits.top_level(document, wanted)
    covered = [layer.id for layer_id in top for layer in walk((document.layer(layer_id),))]
    assert set(wanted) <= set(covered)
    assert len(covered) == len(set(covered))
    order = ids_of(document)
    assert list(top) == sorted(top, key=order.index)


@given(documents, st.data())
def test_remove_takes_exactly_the_layers_and_what_is_in_them(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    gone = {layer.id for layer_id in wanted for layer in walk((document.layer(layer_id),))}
    after = edits.remove(document, wanted)
    assert ids_of(after) == [i for i in ids_of(document) if i not in gone]
    reads_back(after)


@given(documents, st.data())
def test_move_keeps_all_layers_and_their_order_and_lands_where_asked(
    document: ImageDocument, data: st.DataObject
) -> None:
    wanted = some_ids(data, document)
    parent = data.draw(st.sampled_from(groups_of(document)))
    index = data.draw(st.integers(0, 6))
    moving = edits.top_level(document, wanted)
    before = edits.siblings(document, parent)
    try:
        after = edits.move(document, wanted, parent, index)
    except AtelierError:
        inside = {layer.id for layer_id in moving for layer in walk((document.layer(layer_id),))}
        assert parent in inside
        return
    assert sorted(ids_of(after)) == sorted(ids_of(document))
    children = [layer.id for layer in edits.siblings(after, parent)]
    at = children.index(moving[0])
    assert tuple(children[at : at + len(moving)]) == moving
    expected_below = [layer.id for layer in before[:index] if layer.id not in moving]
    assert children[:at] == expected_below
    for layer_id in moving:
        assert after.layer(layer_id) == document.layer(layer_id)


@given(documents, st.data())
def test_shift_up_then_down_returns_unless_an_end_was_met(document: ImageDocument, data: st.DataObject) -> None:
    layer_id = data.draw(st.sampled_from(ids_of(document)))
    parent, position = edits.place(document, layer_id)
    up = edits.shift(document, [layer_id], 1)
    last = len(edits.siblings(document, parent)) - 1
    assert edits.place(up, layer_id) == (parent, min(position + 1, last))
    if position < last:
        assert edits.shift(up, [layer_id], -1) == document
    assert edits.place(edits.shift(document, [layer_id], -99), layer_id).position == 0


@given(documents, st.data(), st.integers(-3, 3))
def test_shift_keeps_the_order_of_what_is_shifted_and_of_the_rest(
    document: ImageDocument, data: st.DataObject, steps: int
) -> None:
    wanted = set(edits.top_level(document, some_ids(data, document)))
    after = edits.shift(document, wanted, steps)
    for parent in groups_of(document):
        old = [layer.id for layer in edits.siblings(document, parent)]
        new = [layer.id for layer in edits.siblings(after, parent)]
        assert [i for i in new if i in wanted] == [i for i in old if i in wanted]
        assert [i for i in new if i not in wanted] == [i for i in old if i not in wanted]


@given(documents, st.data())
def test_duplicates_stand_above_their_originals_and_share_no_id(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    after, copies = edits.duplicate(document, wanted, lambda name: name + " copy")
    originals = edits.top_level(document, wanted)
    assert len(copies) == len(originals)
    assert len(set(ids_of(after))) == len(ids_of(after))
    for original, copy in zip(originals, copies, strict=True):
        parent, position = edits.place(after, original)
        assert edits.place(after, copy) == (parent, position + 1)
        assert after.layer(copy).name == document.layer(original).name + " copy"
    assert edits.remove(after, copies) == document


@given(documents, st.data())
def test_group_then_ungroup_keeps_every_layer_as_it_was(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    moving = edits.top_level(document, wanted)
    grouped, group_id = edits.group(document, wanted, "Group")
    assert tuple(layer.id for layer in edits.siblings(grouped, group_id)) == moving
    assert set(ids_of(grouped)) == {*ids_of(document), group_id}
    reads_back(grouped)
    freed, freed_ids = edits.ungroup(grouped, [group_id])
    assert freed_ids == moving
    assert sorted(ids_of(freed)) == sorted(ids_of(document))
    if len({edits.place(document, layer_id).parent for layer_id in moving}) == 1 and len(moving) == 1:
        assert freed == document


@given(documents, st.data())
def test_merge_puts_one_layer_where_the_lowest_stood(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    lowest = edits.place(document, edits.top_level(document, wanted)[0])
    after = edits.merge(document, wanted, FillLayer(id="merged"))
    assert edits.place(after, "merged") == lowest
    assert not set(ids_of(after)) & set(wanted)


@given(documents, st.data())
def test_update_changes_only_what_was_named(document: ImageDocument, data: st.DataObject) -> None:
    wanted = some_ids(data, document)
    after = edits.update(document, wanted, opacity=0.25)
    assert ids_of(after) == ids_of(document)
    for layer in walk(after.layers):
        if layer.id in wanted:
            assert layer.opacity == 0.25
        elif not isinstance(layer, GroupLayer):
            assert layer is document.layer(layer.id)


def test_values_out_of_range_are_refused_in_one_sentence() -> None:
    document = simple("a")
    with pytest.raises(AtelierError, match=r"does not fit “a”.*opacity"):
        edits.update(document, ["a"], opacity=1.5)
    with pytest.raises(AtelierError, match="colour"):
        edits.update(document, ["a"], colour="red")


def test_unknown_layers_raise_key_error() -> None:
    document = simple("a")
    for wrong in (
        lambda: edits.remove(document, ["x"]),
        lambda: edits.place(document, "x"),
        lambda: edits.siblings(document, "a"),
        lambda: edits.insert(document, [], "a", 0),
        lambda: edits.update_mask(document, "a", inverted=True),
    ):
        with pytest.raises(KeyError):
            wrong()


def test_a_group_cannot_be_moved_into_itself_or_too_deep() -> None:
    document, outer = edits.group(simple("a", "b"), ["a"], "outer")
    document, inner = edits.group(document, ["a"], "inner")
    with pytest.raises(AtelierError, match="into itself"):
        edits.move(document, [outer], inner, 0)
    with pytest.raises(AtelierError, match="into itself"):
        edits.move(document, [outer], outer, 0)
    for _ in range(MAX_DEPTH - 2):
        document, _made = edits.group(document, ["a"], "deeper")
    with pytest.raises(AtelierError, match="nested"):
        edits.group(document, ["a"], "too deep")


def test_nothing_selected_is_said_plainly() -> None:
    with pytest.raises(AtelierError, match="Select the layers to group"):
        edits.group(simple("a"), [], "g")
    with pytest.raises(AtelierError, match="Select the layers to merge"):
        edits.merge(simple("a"), [], FillLayer())


def test_locked_layers_and_those_inside_locked_groups_do_not_move() -> None:
    document, group = edits.group(simple("a", "b", "c"), ["a", "b"], "g")
    assert edits.movable(document, ["a", "c"]) == ("a", "c")
    locked = edits.update(document, [group], locked=True)
    assert edits.is_locked(locked, "a") and not edits.is_locked(locked, "c")
    assert edits.movable(locked, ["a", "c"]) == ("c",)
    child_locked = edits.update(document, ["a"], locked=True)
    assert edits.movable(child_locked, [group, "c"]) == ("c",)


def test_hiding_a_group_hides_what_is_in_it() -> None:
    document, group = edits.group(simple("a", "b"), ["a"], "g")
    hidden = edits.update(document, [group], visible=False)
    assert not edits.is_visible(hidden, "a") and edits.is_visible(hidden, "b")


def test_fresh_names_count_up() -> None:
    document = simple("Layer 1", "Layer 3")
    assert edits.fresh_name(document, "Layer") == "Layer 2"


def test_masks_are_set_changed_and_taken_away() -> None:
    document = edits.set_mask(simple("a"), "a", Mask(pixels=DIGEST, width=4, height=4))
    document = edits.update_mask(document, "a", inverted=True)
    mask = document.layer("a").mask
    assert mask is not None and mask.inverted
    assert edits.set_mask(document, "a", None).layer("a") == simple("a").layer("a")


def test_below_is_the_sibling_underneath() -> None:
    document = simple("a", "b")
    found = edits.below(document, "b")
    assert found is not None and found.id == "a"
    assert edits.below(document, "a") is None

"""Artboards in a document: found, made, resized, moved, and each as a document of its own."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import artboard_edits as edits
from core.documents import image_edits, image_frame, image_place
from core.documents.base import decode_document, encode_document
from core.documents.image import (
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    ShapeLayer,
    TextLayer,
    Transform,
    new_image,
)
from core.documents.image_place import Box, Placement
from core.values import AtelierError
from tests.core.documents.image_strategies import size_of

replace = msgspec.structs.replace
SQUARE = Artboard(x=100, y=50, width=300, height=300, background="#ffffff")


@pytest.fixture
def document() -> ImageDocument:
    title = TextLayer(id="title", text="Sale", transform=Transform(x=150.0, y=80.0))
    board = GroupLayer(id="square", name="Square", layers=(FillLayer(id="ground"), title), artboard=SQUARE)
    loose = TextLayer(id="loose", text="Notes", transform=Transform(x=500.0, y=10.0))
    return replace(new_image(800, 600, "Ad"), layers=(board, loose))


def test_an_old_document_has_no_artboards_and_a_new_one_comes_back_as_it_was(document: ImageDocument) -> None:
    group = {"type": "group", "id": "g", "layers": []}
    assert msgspec.convert(group, GroupLayer).artboard is None
    assert "artboard" not in msgspec.to_builtins(GroupLayer())
    assert decode_document(encode_document(document)) == document


def test_which_artboard_a_layer_is_on(document: ImageDocument) -> None:
    board = document.layers[0]
    assert edits.boards(document) == (board,)
    assert edits.holder(document, "title") is board
    assert edits.holder(document, "square") is board
    assert edits.holder(document, "loose") is None
    assert edits.common_holder(document, ["title", "ground"]) is board
    assert edits.common_holder(document, ["title", "loose"]) is None
    assert edits.common_holder(document, ["square"]) is None
    assert edits.board_at(document, 100, 50) is board
    assert edits.board_at(document, 400, 50) is None
    hidden = image_edits.update(document, ["square"], visible=False)
    assert edits.board_at(hidden, 100, 50) is None


def test_the_canvas_grows_for_artboards_and_what_is_on_it_moves_along(document: ImageDocument) -> None:
    assert edits.fit_canvas(document) is document
    right = edits.change(document, "square", x=700)
    grown = edits.fit_canvas(right)
    assert (grown.width, grown.height) == (1000 + edits.MARGIN, 600)
    assert grown.layers == right.layers
    left = edits.fit_canvas(image_place.move_by(document, ["square"], -150, 0))
    assert edits.board(left, "square").x == edits.MARGIN
    assert left.width == 800 + 50 + edits.MARGIN
    loose = left.layer("loose")
    assert isinstance(loose, TextLayer) and loose.transform.x == 500 + 50 + edits.MARGIN
    assert edits.shift_between(document, left) == (0, 0)  # the only artboard stands where it stood
    far = edits.change(document, "square", x=29_990)
    with pytest.raises(AtelierError, match="too large"):
        edits.fit_canvas(edits.change(far, "square", y=29_000))


def test_new_artboards_stand_beside_each_other(document: ImageDocument) -> None:
    x, y = edits.free_place(document, 200, 100)
    assert (x, y) == (SQUARE.right + edits.GAP, SQUARE.y)
    taken: list[Artboard] = [SQUARE]
    for width in (200, 4000, 3000, 900, 2500):
        x, y = edits.free_place(document, width, 400)
        document, made = edits.make(document, Artboard(x=x, y=y, width=width, height=400), "new")
        board = edits.board(document, made)
        for other in [edits.board(document, group.id) for group in edits.boards(document) if group.id != made]:
            assert (
                board.x >= other.right or other.x >= board.right or board.y >= other.bottom or other.y >= board.bottom
            )
        taken.append(board)
    assert edits.free_place(new_image(50, 50), 10, 10) == (0, 0)


def test_layers_become_an_artboard(document: ImageDocument) -> None:
    new, made = edits.from_layers(document, ["loose"], Box(500.2, 9.6, 560, 40), "Board")
    board = edits.board(new, made)
    assert (board.x, board.y, board.right, board.bottom) == (500, 10, 560, 40)
    group = new.layer(made)
    assert isinstance(group, GroupLayer) and [layer.id for layer in group.layers] == ["loose"]
    assert new.layers.index(group) == 1
    with pytest.raises(AtelierError, match="already"):
        edits.from_layers(document, ["title"], None, "Board")
    with pytest.raises(AtelierError, match="Select the layers"):
        edits.from_layers(document, [], None, "Board")
    plain = image_edits.insert(document, [GroupLayer(id="plain", layers=(TextLayer(id="in"),))], None, 0)
    own, made = edits.from_layers(plain, ["plain"], None, "Board")
    assert made == "plain" and edits.board(own, "plain").width == document.width


def test_an_artboard_stands_in_no_group(document: ImageDocument) -> None:
    with pytest.raises(AtelierError, match="side by side"):
        image_edits.group(document, ["square", "loose"], "Group")
    other, made = edits.make(document, Artboard(x=500, y=300, width=50, height=50), "Other")
    with pytest.raises(AtelierError, match="side by side"):
        image_edits.move(other, ["square"], made, 0)
    moved = image_edits.move(other, ["title"], made, 0)
    assert edits.holder(moved, "title") == moved.layer(made)


def test_released_it_is_a_group_with_its_background_as_a_shape(document: ImageDocument) -> None:
    group = edits.release(document, "square").layer("square")
    assert isinstance(group, GroupLayer) and group.artboard is None
    ground = group.layers[0]
    assert isinstance(ground, ShapeLayer) and ground.geometry.size() == (300, 300)
    assert (ground.transform.x, ground.transform.y) == (100, 50)


def test_an_artboard_as_a_document_of_its_own(document: ImageDocument) -> None:
    own = edits.document_of(document, "square")
    assert (own.width, own.height, own.title) == (300, 300, "Square")
    assert [type(layer) for layer in own.layers] == [FillLayer, FillLayer, TextLayer]
    assert own.layers[2].transform == Transform(x=50.0, y=30.0)  # type: ignore[union-attr]
    faded = image_edits.update(document, ["square"], opacity=0.5)
    kept = edits.document_of(faded, "square").layers
    assert len(kept) == 1 and isinstance(kept[0], GroupLayer) and kept[0].opacity == 0.5
    assert kept[0].artboard == replace(SQUARE, x=0, y=0)


def test_copies_are_set_aside(document: ImageDocument) -> None:
    copied, ids = image_edits.duplicate(document, ["square", "loose"])
    apart = edits.set_aside(copied, ids)
    boards = [edits.board(apart, group.id) for group in edits.boards(apart)]
    assert [board.x for board in boards] == [100, 500]
    moved = edits.holder(apart, ids[0])
    assert moved is not None and moved.layers[1].transform.x == 150 + 400  # type: ignore[union-attr]


def test_a_rectangle_out_of_range_is_refused(document: ImageDocument) -> None:
    with pytest.raises(AtelierError, match="cannot be like that"):
        edits.change(document, "square", width=0)
    with pytest.raises(KeyError):
        edits.change(document, "loose", width=10)


@given(
    st.integers(-3, 3),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.booleans(),
    st.integers(-200, 200),
    st.integers(-200, 200),
)
def test_artboards_follow_the_picture(quarters: int, scale: float, mirror: bool, dx: int, dy: int) -> None:
    board = GroupLayer(id="b", artboard=Artboard(x=100, y=60, width=40, height=80))
    document = replace(new_image(400, 300), layers=(board,))
    how = Placement((200.0, 150.0), scale, quarters * 90.0, float(dx), float(dy), mirror)
    now = edits.board(image_place.place_by(document, ["b"], how, size_of), "b")
    corners = [how.point(x, y) for x in (100, 140) for y in (60, 140)]
    assert now.x == pytest.approx(min(x for x, _ in corners), abs=1e-6)
    assert now.bottom == pytest.approx(max(y for _, y in corners), abs=1e-6)
    assert (now.width, now.height) == (
        pytest.approx(max(x for x, _ in corners) - min(x for x, _ in corners)),
        pytest.approx(max(y for _, y in corners) - min(y for _, y in corners)),
    )


def test_four_quarter_turns_bring_it_back(document: ImageDocument) -> None:
    turned = document
    for _ in range(4):
        turned = image_frame.turn_picture(turned, 1, size_of)
    assert edits.board(turned, "square") == SQUARE


def test_copies_find_a_free_place_beside(document: ImageDocument) -> None:
    assert edits.place_beside(document, "square", 1, 0) == (SQUARE.right + edits.GAP, SQUARE.y)
    assert edits.place_beside(document, "square", 0, -1) == (SQUARE.x, SQUARE.y - 300 - edits.GAP)
    taken, _ = edits.make(document, Artboard(x=520, y=100, width=100, height=30), "Taken")
    assert edits.place_beside(taken, "square", 1, 0) == (SQUARE.x + 2 * (300 + edits.GAP), SQUARE.y)


def test_layers_go_where_they_are_dragged(document: ImageDocument) -> None:
    other, made = edits.make(document, Artboard(x=500, y=300, width=200, height=200), "Other")
    onto = edits.rehomed(other, ["title"], 510, 310)
    assert edits.holder(onto, "title") == onto.layer(made)
    assert edits.rehomed(other, ["title"], 120, 60) is other
    assert edits.rehomed(other, ["square"], 510, 310) is other
    assert [layer.id for layer in edits.rehomed(other, ["title"], 5, 5).layers][-1] == "title"
    nested = image_edits.group(other, ["title"], "Group")[0]
    assert edits.rehomed(nested, ["title"], 510, 310) is nested
    moved = edits.move(other, ["title"], made, 0).layer("title")
    assert isinstance(moved, TextLayer) and (moved.transform.x, moved.transform.y) == (150 + 400, 80 + 250)
    out = edits.move(other, ["title"], None, 0).layer("title")
    assert isinstance(out, TextLayer) and (out.transform.x, out.transform.y) == (150, 80)


def test_the_canvas_fits_all_artboards(document: ImageDocument) -> None:
    fitted = edits.canvas_around(document)
    assert (fitted.width, fitted.height) == (300 + 2 * edits.MARGIN, 300 + 2 * edits.MARGIN)
    assert (edits.board(fitted, "square").x, edits.board(fitted, "square").y) == (edits.MARGIN, edits.MARGIN)
    with pytest.raises(AtelierError, match="no artboard"):
        edits.canvas_around(new_image(10, 10))

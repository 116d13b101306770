"""An artboard in other sizes: covers go on covering, the rest keeps its edge or the middle, text stays inside."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents import artboard_edits as edits
from core.documents.artboard_edits import Size
from core.documents.artboard_sizes import duplicate_to_sizes
from core.documents.image import (
    AnyLayer,
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
    new_image,
)
from core.documents.image_effects import DropShadow
from core.documents.image_place import Box, corners
from core.documents.image_shapes import Rectangle
from core.values import AtelierError
from tests.core.documents.image_strategies import DIGEST, size_of

replace = msgspec.structs.replace


def box_of(layer: AnyLayer) -> Box:
    if isinstance(layer, GroupLayer):
        box = box_of(layer.layers[0])
        for child in layer.layers[1:]:
            box = box.union(box_of(child))
        return box
    points = corners(layer, size_of(layer)) or ((0.0, 0.0),)
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def ad(*layers: AnyLayer) -> ImageDocument:
    board = Artboard(x=40, y=30, width=1000, height=1000, background="#f0f0f0")
    return replace(new_image(1200, 1200), layers=(GroupLayer(id="ad", name="Ad", layers=layers, artboard=board),))


def copy_of(document: ImageDocument, width: int, height: int) -> tuple[Artboard, tuple[AnyLayer, ...]]:
    new, ids = duplicate_to_sizes(document, "ad", (Size(width, height, "Story", "Story"),), size_of, box_of)
    group = new.layer(ids[0])
    assert isinstance(group, GroupLayer) and group.name == "Story"
    return edits.board(new, ids[0]), group.layers


def raster(x: float, y: float, width: int, height: int, **more: object) -> RasterLayer:
    return RasterLayer(pixels=DIGEST, width=width, height=height, transform=Transform(x=x, y=y), **more)  # type: ignore[arg-type]


def test_each_size_is_one_artboard_beside_the_others() -> None:
    sizes = Size(300, 250, "Medium rectangle", "Rectangle"), Size(728, 90), Size(160, 600)
    document, ids = duplicate_to_sizes(ad(FillLayer()), "ad", sizes, size_of, box_of)
    boards = [edits.board(document, i) for i in ids]
    assert [(board.width, board.height, board.background) for board in boards] == [
        (300, 250, "#f0f0f0"), (728, 90, "#f0f0f0"), (160, 600, "#f0f0f0")
    ]  # fmt: skip
    assert [document.layer(i).name for i in ids] == ["Rectangle", "728 × 90", "160 × 600"]
    assert boards[0].preset == "Medium rectangle"
    assert all(board.right <= document.width and board.bottom <= document.height for board in boards)
    assert edits.board(document, "ad").width == 1000
    inner = {layer.id for i in ids for layer in document.layer(i).layers}  # type: ignore[union-attr]
    assert len(inner) == 3
    with pytest.raises(AtelierError, match="too large"):
        duplicate_to_sizes(document, "ad", (Size(40_000, 10),), size_of, box_of)


def test_a_picture_that_covers_goes_on_covering() -> None:
    mask = Mask(pixels=DIGEST, x=40, y=30, width=1000, height=1000)
    board, (photo, fill) = copy_of(ad(raster(40, 30, 1000, 1000), FillLayer(mask=mask)), 500, 1500)
    box = box_of(photo)
    assert box == pytest.approx((board.x - 500, board.y, board.x + 1000, board.bottom))
    assert isinstance(photo, RasterLayer) and photo.transform.scale_x == photo.transform.scale_y == 1.5
    assert fill.mask is not None and fill.mask.transform.scale_x == 1.5


def test_the_rest_keeps_its_edge_or_the_middle() -> None:
    logo = raster(80, 60, 100, 50)  # 40 from the left, 30 from the top
    button = raster(840, 930, 160, 60, effects=(DropShadow(distance=20.0),))  # 40 from the right and the bottom
    title = raster(440, 530, 200, 20)  # in the middle across, a little below it
    board, found = copy_of(ad(logo, button, title), 500, 1500)
    first, second, third = map(box_of, found)
    assert first == pytest.approx((board.x + 20, board.y + 15, board.x + 70, board.y + 40))
    assert second[2:] == pytest.approx((board.right - 20, board.bottom - 20))
    assert third.centre == pytest.approx((board.x + 250, board.y + 750 + 5))
    assert found[1].effects[0].distance == 10.0  # type: ignore[union-attr]


def test_what_is_clipped_goes_with_its_base_and_a_full_group_is_looked_into() -> None:
    frame, photo = raster(140, 130, 200, 200), raster(40, 30, 1000, 1000, clipped=True)
    group = GroupLayer(layers=(raster(40, 30, 1000, 1000), raster(40, 30, 10, 10)))
    board, (base, clipped, inside) = copy_of(ad(frame, photo, group), 2000, 1000)
    assert isinstance(base, RasterLayer) and base.transform.scale_x == 1.0
    assert isinstance(clipped, RasterLayer) and clipped.transform.scale_x == 1.0
    assert isinstance(inside, GroupLayer)
    cover, dot = map(box_of, inside.layers)
    assert cover == pytest.approx((board.x, board.y - 500, board.right, board.bottom + 500))
    assert dot == pytest.approx((board.x, board.y, board.x + 10, board.y + 10))


def test_a_bar_along_a_side_stays_one() -> None:
    bar = ShapeLayer(geometry=Rectangle(width=1000.0, height=100.0), transform=Transform(x=40.0, y=930.0))
    board, (found,) = copy_of(ad(bar), 500, 1500)
    assert box_of(found) == pytest.approx((board.x, board.bottom - 50, board.right, board.bottom))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(40, 920),
    st.integers(30, 990),
    st.tuples(st.integers(60, 2500), st.integers(30, 2500)),
    st.sampled_from([0.5, 1.0, 3.0]),
)
def test_text_never_leaves_its_artboard(x: int, y: int, size: tuple[int, int], scale: float) -> None:
    text = TextLayer(text="Sale", transform=Transform(x=float(x), y=float(y), scale_x=scale, scale_y=scale))
    board, (found,) = copy_of(ad(text), *size)
    box = box_of(found)
    assert box.left >= board.x - 1e-6 and box.right <= board.right + 1e-6
    assert box.top >= board.y - 1e-6 and box.bottom <= board.bottom + 1e-6

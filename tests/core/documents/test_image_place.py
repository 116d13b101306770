"""Moving, scaling, turning and mirroring are exact: the pixels' corners land where geometry says, and come back."""

import math

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import assume, given

from core.documents import image_place as place
from core.documents.image import (
    AnyLayer,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    TextLayer,
    Transform,
    new_image,
    walk,
)
from core.documents.image_effects import ColourOverlay, DropShadow
from core.documents.image_place import Box, Placement
from core.values import AtelierError
from tests.core.documents.image_strategies import DIGEST, documents, leaves, masks, size_of, transforms

Point = tuple[float, float]
placements = st.builds(
    Placement,
    pivot=st.tuples(st.integers(-500, 500).map(float), st.integers(-500, 500).map(float)),
    scale=st.sampled_from([0.5, 1.0, 2.0, 1.25]),
    degrees=st.integers(-180, 180).map(float),
    dx=st.integers(-100, 100).map(float),
    dy=st.integers(-100, 100).map(float),
    mirror=st.booleans(),
)


def corners(layer: AnyLayer) -> tuple[Point, ...]:
    return place.corners(layer, size_of(layer)) or ()


def mask_corners(mask: Mask) -> tuple[Point, ...]:
    a, b, c, d, tx, ty = mask.matrix()
    unit = [(0, 0), (mask.width, 0), (mask.width, mask.height), (0, mask.height)]
    return tuple((a * x + c * y + tx, b * x + d * y + ty) for x, y in unit)


def close(first: tuple[Point, ...], second: tuple[Point, ...]) -> None:
    assert len(first) == len(second)
    for (ax, ay), (bx, by) in zip(first, second, strict=True):
        assert ax == pytest.approx(bx, abs=1e-6, rel=1e-9)
        assert ay == pytest.approx(by, abs=1e-6, rel=1e-9)


@given(documents, placements)
def test_every_corner_lands_where_the_placement_sends_it(document: ImageDocument, how: Placement) -> None:
    after = place.place_by(document, [layer.id for layer in document.layers], how, size_of)
    for old in walk(document.layers):
        new = after.layer(old.id)
        close(tuple(how.point(*p) for p in corners(old)), corners(new))
        if old.mask is not None:
            assert new.mask is not None
            close(tuple(how.point(*p) for p in mask_corners(old.mask)), mask_corners(new.mask))
            assert new.mask.pixels == old.mask.pixels


@given(documents, st.integers(-300, 300), st.integers(-300, 300))
def test_moving_there_and_back_is_exact(document: ImageDocument, dx: int, dy: int) -> None:
    ids = [layer.id for layer in document.layers]
    there = place.move_by(document, ids, dx, dy)
    assert place.move_by(there, ids, -dx, -dy) == document
    for layer in walk(there.layers):
        if layer.mask is not None:
            assert layer.mask.transform == Transform()


def test_naming_a_group_and_its_child_moves_the_child_once() -> None:
    child = RasterLayer(id="c", pixels=DIGEST, width=5, height=5)
    document = msgspec.structs.replace(new_image(9, 9), layers=(GroupLayer(id="g", layers=(child,)),))
    after = place.move_by(document, ["g", "c"], 3, 0)
    moved = after.layer("c")
    assert isinstance(moved, RasterLayer) and moved.transform.x == 3


@given(leaves, st.sampled_from([0.5, 2.0, -1.0, 3.0]), st.sampled_from([0.5, 2.0, -1.0]), st.integers(0, 3))
def test_stretching_keeps_the_anchor_corner_and_scales_the_sides(
    layer: AnyLayer, fx: float, fy: float, corner: int
) -> None:
    assume(isinstance(layer, RasterLayer | TextLayer))
    before = corners(layer)
    after = corners(place.stretch(layer, fx, fy, before[corner], size_of))
    close((before[corner],), (after[corner],))
    assert math.dist(after[0], after[1]) == pytest.approx(math.dist(before[0], before[1]) * abs(fx))
    assert math.dist(after[1], after[2]) == pytest.approx(math.dist(before[1], before[2]) * abs(fy))


@given(transforms, masks)
def test_a_mask_stays_on_the_same_pixels_when_an_unturned_layer_is_stretched(transform: Transform, mask: Mask) -> None:
    upright = msgspec.structs.replace(transform, rotation=0.0, scale_x=1.0, scale_y=1.0)
    layer = RasterLayer(pixels=DIGEST, width=100, height=80, transform=upright, mask=mask)
    after = place.stretch(layer, 2.0, 0.5, (0.0, 0.0), size_of)
    assert after.mask is not None
    close(tuple((2 * x, 0.5 * y) for x, y in mask_corners(mask)), mask_corners(after.mask))


@given(documents, st.sampled_from(["horizontal", "vertical"]))
def test_flipping_twice_returns(document: ImageDocument, direction: str) -> None:
    ids = [layer.id for layer in document.layers]
    about = (document.width / 2, document.height / 2)
    once = place.flip(document, ids, direction, about, size_of)  # type: ignore[arg-type]
    twice = place.flip(once, ids, direction, about, size_of)  # type: ignore[arg-type]
    for layer in walk(document.layers):
        close(corners(layer), corners(twice.layer(layer.id)))
        for x, y in corners(layer):
            mirrored = (document.width - x, y) if direction == "horizontal" else (x, document.height - y)
            assert any(math.dist(mirrored, p) < 1e-6 for p in corners(once.layer(layer.id)))


def test_fills_have_no_place_and_only_their_mask_moves() -> None:
    mask = Mask(pixels=DIGEST, width=3, height=3)
    fill = FillLayer(id="f", mask=mask)
    moved = place.moved(fill, 4, 5)
    assert moved == msgspec.structs.replace(fill, mask=msgspec.structs.replace(mask, x=4, y=5))
    assert place.stretch(fill, 2, 2, (0, 0), size_of) is fill


def two_boxes() -> tuple[ImageDocument, dict[str, Box]]:
    layers = (
        RasterLayer(id="a", pixels=DIGEST, width=10, height=10, transform=Transform(x=5, y=5)),
        RasterLayer(id="b", pixels=DIGEST, width=20, height=10, transform=Transform(x=40, y=60)),
        RasterLayer(id="c", pixels=DIGEST, width=10, height=30, transform=Transform(x=80, y=10)),
    )
    document = msgspec.structs.replace(new_image(100, 100), layers=layers)
    return document, {layer.id: box_of(layer) for layer in layers}


def box_of(layer: AnyLayer) -> Box:
    xs, ys = zip(*corners(layer), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@pytest.mark.parametrize(
    ("edge", "index", "value"),
    [("left", 0, 0), ("right", 2, 100), ("top", 1, 0), ("bottom", 3, 100)],
)
def test_aligning_brings_every_box_to_the_edge(edge: place.Edge, index: int, value: float) -> None:
    document, boxes = two_boxes()
    after = place.align(document, boxes, edge, Box(0, 0, 100, 100))
    assert all(box_of(layer)[index] == value for layer in after.layers)


def test_aligning_centres() -> None:
    document, boxes = two_boxes()
    target = Box(0, 0, 100, 100)
    after = place.align(place.align(document, boxes, "centre", target), boxes, "middle", target)
    assert all(box_of(layer).centre == (50, 50) for layer in after.layers)


def test_distributing_makes_equal_gaps_and_keeps_the_ends() -> None:
    document, boxes = two_boxes()
    after = place.distribute(document, boxes, "horizontal")
    a, b, c = (box_of(layer) for layer in after.layers)
    assert (a, c) == (boxes["a"], boxes["c"])
    assert abs((b.left - a.right) - (c.left - b.right)) <= 1
    two = {key: boxes[key] for key in ("a", "b")}
    assert place.distribute(document, two, "vertical") == document


@given(documents, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0]))
def test_growing_and_shrinking_the_canvas_loses_nothing(document: ImageDocument, ax: float, ay: float) -> None:
    bigger = place.resize_canvas(document, document.width + 40, document.height + 20, (ax, ay))
    assert (bigger.width, bigger.height) == (document.width + 40, document.height + 20)
    assert place.resize_canvas(bigger, document.width, document.height, (ax, ay)) == document


@given(documents)
def test_scaling_the_document_scales_every_corner(document: ImageDocument) -> None:
    after = place.scale_document(document, document.width * 2, document.height * 2, size_of)
    for layer in walk(document.layers):
        close(tuple((2 * x, 2 * y) for x, y in corners(layer)), corners(after.layer(layer.id)))


def test_a_size_beyond_the_limits_is_refused() -> None:
    with pytest.raises(AtelierError, match="too large"):
        place.resize_canvas(new_image(10, 10), 40_000, 10)


@pytest.mark.parametrize(("width", "height"), [(400, 200), (50, 50), (101, 99), (10, 4000)])
def test_a_dropped_picture_is_centred_and_fits(width: int, height: int) -> None:
    document = new_image(200, 100)
    transform = place.fit_into(width, height, document)
    layer = RasterLayer(pixels=DIGEST, width=width, height=height, transform=transform)
    box = box_of(layer)
    assert box.left >= -1e-6 and box.top >= -1e-6 and box.right <= 200 + 1e-6 and box.bottom <= 100 + 1e-6
    assert abs(box.centre[0] - 100) <= 0.5 and abs(box.centre[1] - 50) <= 0.5
    if width <= 200 and height <= 100:
        assert transform.scale_x == 1 and transform.x == int(transform.x)


def test_boxes_join() -> None:
    assert Box(0, 0, 1, 1).union(Box(5, -1, 6, 0)) == Box(0, -1, 6, 1)


def test_scaling_the_document_scales_effects() -> None:
    layer = FillLayer(effects=(DropShadow(distance=10, size=200), ColourOverlay()))
    document = ImageDocument(id="d", width=100, height=100, layers=(GroupLayer(layers=(layer,)),))
    group = place.scale_document(document, 200, 200, lambda _: (0, 0)).layers[0]
    assert isinstance(group, GroupLayer)
    assert group.layers[0].effects == (DropShadow(distance=20, size=250), ColourOverlay())

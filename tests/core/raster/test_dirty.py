"""What is not said to be dirty is bit-identical; and a small edit does not make everything dirty."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_pictures import SIDE, Editor
from raster_reference import Kept

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    Exposure,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    TextLayer,
    Transform,
)
from core.documents.image_effects import DropShadow
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, replace_tiles

replace = msgspec.structs.replace


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tiles_that_are_not_dirty_are_identical(seed: int) -> None:
    editor = Editor(seed)
    old = ImageDocument(id="d", width=SIDE, height=SIDE - 100)
    for _ in range(int(editor.random.integers(1, 5))):
        old = old.insert_layer(editor.layer())
    compositor = Compositor(editor.kept)
    for _ in range(3):
        new = editor.edit(old)
        for level in (0, 1):
            dirty = compositor.dirty_tiles(old, new, level)
            assert dirty is not None
            cols, rows = compositor.grid(new, level)
            for place in {(col, row) for col in range(cols) for row in range(rows)} - dirty:
                before, after = (compositor.render_tile(one, *place, level) for one in (old, new))
                assert np.array_equal(before, after), (place, level, old, new)
        old = new


@pytest.fixture
def picture(kept: Kept, noise) -> ImageDocument:
    """Six layers over 8×8 tiles, with everything that could spread a change."""
    base = RasterLayer(id="photo", pixels=kept.raster(noise(2048, 2048, 1, 255)), width=2048, height=2048)
    mask = Mask(pixels=kept.raster(noise(2048, 2048, 4)), width=2048, height=2048)
    paint = RasterLayer(id="paint", pixels=kept.raster(noise(600, 600, 2)), width=600, height=600)
    group = GroupLayer(
        id="group", layers=(replace(paint, id="inner", transform=Transform(x=1024, y=1024)),), opacity=0.5
    )
    return ImageDocument(
        id="d",
        width=2048,
        height=2048,
        layers=(
            base,
            replace(paint, transform=Transform(x=512, y=256)),
            AdjustmentLayer(id="grade", adjustment=Exposure(stops=0.5), mask=mask),
            group,
            TextLayer(id="title", text="Headline", size=80, transform=Transform(x=300, y=1800)),
            FillLayer(id="tint", colour="#ff000040", blend=BlendMode.OVERLAY),
        ),
    )


def test_a_stroke_dirties_just_its_tile(picture: ImageDocument, kept: Kept, noise) -> None:
    compositor = Compositor(kept)
    for layer_id, place, expected in (("photo", (3, 3), (3, 3)), ("paint", (1, 1), (3, 2)), ("inner", (0, 1), (4, 5))):
        layer = picture.layer(layer_id)
        assert isinstance(layer, RasterLayer)
        pixels = replace_tiles(layer.pixels, {place: noise(TILE, TILE, 99)}, kept, kept)
        new = picture.replace_layer(layer_id, lambda one, pixels=pixels: replace(one, pixels=pixels))
        assert compositor.dirty_tiles(picture, new) == {expected}
        assert compositor.dirty_tiles(picture, new, 2) == {(expected[0] >> 2, expected[1] >> 2)}
        assert compositor.document_tiles(picture, layer_id, {place}) == {expected}


def test_a_stroke_on_a_mask_dirties_just_its_tile(picture: ImageDocument, kept: Kept, noise) -> None:
    mask = picture.layer("grade").mask
    assert mask is not None
    pixels = replace_tiles(mask.pixels, {(6, 2): noise(TILE, TILE, 98)}, kept, kept)
    new = picture.replace_layer("grade", lambda one: replace(one, mask=replace(mask, pixels=pixels)))
    compositor = Compositor(kept)
    assert compositor.dirty_tiles(picture, new) == {(6, 2)}
    assert compositor.document_tiles(picture, "grade", {(6, 2)}, mask=True) == {(6, 2)}
    assert compositor.document_tiles(picture, "grade", {(6, 2)}) == set()


def test_edits_dirty_no_more_than_their_layer(picture: ImageDocument, kept: Kept) -> None:
    compositor = Compositor(kept)
    paint = {(col, row) for col in (2, 3, 4) for row in (1, 2, 3)}
    inner = {(col, row) for col in (4, 5, 6) for row in (4, 5, 6)}
    everything = {(col, row) for col in range(8) for row in range(8)}

    def dirty(layer_id: str, **change: object) -> set[tuple[int, int]] | None:
        return compositor.dirty_tiles(picture, picture.replace_layer(layer_id, lambda one: replace(one, **change)))

    assert dirty("photo", name="x", locked=True) == set()
    assert dirty("paint", opacity=0.2) == paint
    assert dirty("group", opacity=0.2) == inner
    assert dirty("group", expanded=False) == set()
    assert dirty("tint", visible=False) == everything
    title = dirty("title", colour="#ff0000")
    assert title and title <= {(col, 7) for col in range(1, 4)}
    moved = dirty("paint", transform=Transform(x=513, y=256))
    assert moved == paint
    gone = picture.replace_layer("paint", lambda one: None)
    assert compositor.dirty_tiles(picture, gone) == paint
    raised = gone.insert_layer(picture.layer("paint"), "title")
    assert compositor.dirty_tiles(picture, raised) == paint
    assert compositor.dirty_tiles(picture, replace(picture, title="t", resolution=300.0)) == set()
    assert compositor.dirty_tiles(picture, replace(picture, width=2047)) is None


def test_an_adjustment_only_touches_what_is_below_it(kept: Kept, noise) -> None:
    small = RasterLayer(id="s", pixels=kept.raster(noise(200, 200, 1)), width=200, height=200)
    grade = AdjustmentLayer(id="g", adjustment=Exposure(stops=1))
    old = ImageDocument(id="d", width=1024, height=1024, layers=(small, grade, FillLayer(id="f", colour="#10203040")))
    new = old.replace_layer("g", lambda one: replace(one, opacity=0.5))
    assert Compositor(kept).dirty_tiles(old, new) == {(0, 0)}


BEYOND = Mask(pixels="", x=-97, y=78, width=79, height=162, feather=30.0), DropShadow(distance=100, angle=180)


@pytest.mark.parametrize("far", BEYOND)
def test_what_reaches_in_from_beyond_the_canvas_is_dirty(kept: Kept, far: Mask | DropShadow) -> None:
    white = kept.raster(np.full((162, 79, 4), 255, np.uint8))
    document = ImageDocument(id="d", width=900, height=800)
    if isinstance(far, Mask):
        layer: AnyLayer = FillLayer(id="l", colour="#ff8000", mask=replace(far, pixels=white))
    else:
        away = Transform(x=-85, y=78)
        layer = RasterLayer(id="l", pixels=white, width=79, height=162, transform=away, effects=(far,))
    compositor = Compositor(kept)
    shown = document.insert_layer(layer)
    assert compositor.render(shown)[:256, :256].any()
    for old, new in ((document, shown), (shown, shown.replace_layer("l", lambda one: replace(one, opacity=0.5)))):
        dirty = compositor.dirty_tiles(old, new)
        assert dirty is not None and (0, 0) in dirty and (3, 3) not in dirty

"""What an artboard shows: its background and its layers inside of it, to the pixel, at every scale."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_pictures import SIDE, Editor
from raster_reference import Kept

from core.documents import artboard_edits
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    TextLayer,
    Transform,
)
from core.documents.image import HueSaturation as Hue
from core.documents.image_effects import DropShadow, GradientOverlay
from core.documents.image_filters import AddNoise, GaussianBlur, Mosaic, Vignette
from core.raster.artboards import inside
from core.raster.bounds import layer_bounds
from core.raster.compositor import Compositor
from core.raster.hit import layers_at
from core.raster.manifest import TILE
from core.raster.resample import Block

replace = msgspec.structs.replace
BOARD = Artboard(x=100, y=300, width=400, height=200, background="#ff0000")


def picture(*layers: AnyLayer, board: Artboard = BOARD, below: tuple[AnyLayer, ...] = ()) -> ImageDocument:
    return ImageDocument(
        id="d", width=800, height=600, layers=(*below, GroupLayer(id="board", layers=layers, artboard=board))
    )


def test_the_background_fills_the_rectangle_and_nothing_else(kept: Kept) -> None:
    pixels = Compositor(kept).render(picture())
    assert (pixels[300:500, 100:500] == (255, 0, 0, 255)).all()
    pixels[300:500, 100:500] = 0
    assert not pixels.any()


def test_layers_are_cut_at_the_edge_and_others_are_not(kept: Kept) -> None:
    fill = FillLayer(colour="#00ff0080")
    pixels = Compositor(kept).render(picture(fill, below=(FillLayer(colour="#0000ff"),)))
    assert (pixels[300, 100] == (127, 128, 0, 255)).all()
    assert (pixels[299, 100] == (0, 0, 255, 255)).all()
    assert (pixels[300, 500] == (0, 0, 255, 255)).all()


def test_a_gradient_runs_over_the_artboard(kept: Kept) -> None:
    ramp = FillLayer(colour="#000000", colour2="#ffffff", angle=0.0)
    row = Compositor(kept).render(picture(ramp))[400, :, 0].astype(int)
    assert row[100] <= 1 and row[499] >= 254 and abs(row[300] - 128) <= 1
    over = replace(FillLayer(), effects=(GradientOverlay(colour="#000000", colour2="#ffffff", angle=0.0),))
    same = Compositor(kept).render(picture(over))[400, 100:500, 0].astype(int)
    assert np.abs(same - row[100:500]).max() <= 1


def test_an_adjustment_inside_changes_the_background(kept: Kept) -> None:
    pixels = Compositor(kept).render(picture(AdjustmentLayer(adjustment=Hue(hue=120.0))))
    assert (pixels[400, 300] == (0, 255, 0, 255)).all()
    assert not pixels[200].any()


def test_a_blur_inside_sees_the_artboard_alone(kept: Kept) -> None:
    """Its edges are mirrored as those of a canvas are: neither what is beside it nor nothing is mixed in."""
    white, blur = FillLayer(colour="#ffffff"), AdjustmentLayer(adjustment=GaussianBlur(radius=40.0))
    far = FillLayer(colour="#00ff00")
    pixels = Compositor(kept).render(picture(white, blur, below=(far,)))
    assert (pixels[300:500, 100:500] == 255).all()
    bare = Compositor(kept).render(picture(blur, below=(far,)))
    assert (bare[300:500, 100:500] == (255, 0, 0, 255)).all()
    small = Compositor(kept).render(picture(blur, board=Artboard(x=37, y=41, width=30, height=9, background="#0000ff")))
    assert (small[41:50, 37:67] == (0, 0, 255, 255)).all()


def test_effects_of_the_artboard_lie_around_it(kept: Kept) -> None:
    document = picture()
    shadow = DropShadow(size=0.0, distance=20.0, angle=90.0, opacity=1.0)
    document = document.replace_layer("board", lambda one: replace(one, effects=(shadow,)))
    alpha = Compositor(kept).render(document)[..., 3]
    assert alpha[:, 300].astype(bool).sum() == 220


@pytest.mark.parametrize("level", [1, 2, 3])
def test_at_other_levels_edges_have_their_share(kept: Kept, level: int) -> None:
    document = picture(board=Artboard(x=3, y=5, width=250, height=100, background="#ffffff"))
    small = Compositor(kept).render(document, scale=1 / (1 << level))[..., 3].astype(float)
    whole = Compositor(kept).render(document)[..., 3].astype(float)
    side = 1 << level
    mean = whole[: 600 // side * side, : 800 // side * side].reshape(600 // side, side, 800 // side, side)
    assert np.abs(small[: 600 // side, : 800 // side] - mean.mean(axis=(1, 3))).max() <= 1


@given(st.integers(-300, 600), st.integers(1, 700), st.integers(0, 3), st.sampled_from([1.0, 0.5, 0.25, 0.3]))
def test_blocks_join_without_a_seam(x: int, width: int, column: int, scale: float) -> None:
    board = Artboard(x=x, y=0, width=width, height=50)
    wide = Block(0, 0, 1024, 8, scale)
    part = Block(column * TILE, 0, TILE, 8, scale)
    whole, own = (np.broadcast_to(inside(board, block), (8, block.width)) for block in (wide, part))
    assert np.allclose(whole[:, part.x : part.x + TILE], own, atol=1e-6)
    shown = min((x + width) * scale, 1024) - max(x * scale, 0)
    assert whole[0].sum() == pytest.approx(max(0.0, shown), abs=1e-3)


def test_clicks_hit_what_is_inside(kept: Kept) -> None:
    text = TextLayer(id="text", text="Headline", size=80, transform=Transform(x=450.0, y=420.0))
    document = picture(text)
    assert layers_at(document, 460, 450, kept) == ["text", "board"]
    assert layers_at(document, 520, 450, kept) == []
    assert layers_at(document, 110, 310, kept) == ["board"]
    clear = picture(text, board=replace(BOARD, background=None))
    assert layers_at(clear, 110, 310, kept) == []
    assert layer_bounds(document.layer("board")) == (100, 300, 500, 500)


def test_what_is_dirty_ends_at_the_artboard(kept: Kept, noise) -> None:
    photo = RasterLayer(id="p", pixels=kept.raster(noise(700, 500, 1)), width=500, height=700)
    document = replace(picture(photo), width=2048, height=2048)
    compositor = Compositor(kept)
    faded = document.replace_layer("p", lambda one: replace(one, opacity=0.5))
    assert compositor.dirty_tiles(document, faded) == {(0, 1), (1, 1)}
    moved = document.replace_layer("board", lambda one: replace(one, artboard=replace(BOARD, x=1024)))
    dirty = compositor.dirty_tiles(document, moved)
    assert dirty == {(0, 1), (1, 1), (4, 1), (5, 1)}
    renamed = document.replace_layer("board", lambda one: replace(one, artboard=replace(BOARD, preset="A4")))
    assert compositor.dirty_tiles(document, renamed) == set()
    graded = document.replace_layer(
        "board", lambda one: replace(one, layers=(AdjustmentLayer(id="a", adjustment=Hue(hue=9.0)), *one.layers))
    )
    assert compositor.dirty_tiles(document, graded) == {(0, 1), (1, 1)}


class Boards(Editor):
    """Makes documents most of whose layers at the top are artboards, plain ones among them.

    Rasters stand on whole pixels of every level that is looked at: resampling has tests of its own.
    """

    def transform(self) -> Transform:
        x, y = (float(v) * 4 for v in self.random.integers(-50, SIDE // 4, 2))
        return Transform(x=x, y=y)

    def mask(self) -> Mask | None:
        made = super().mask()
        return made and replace(made, x=made.x // 4 * 4, y=made.y // 4 * 4)

    def layer(self, depth: int = 0) -> AnyLayer:
        layer = super().layer(depth)
        if depth or self.chance(0.3):
            return layer
        inside = tuple(super(Boards, self).layer(1) for _ in range(int(self.random.integers(0, 4))))
        board = GroupLayer(layers=inside, artboard=self.artboard())
        if self.chance(0.5):
            return board
        return replace(board, opacity=layer.opacity, blend=layer.blend, clipped=layer.clipped, mask=layer.mask)


def boards_of(editor: Editor) -> ImageDocument:
    document = ImageDocument(id="d", width=SIDE, height=SIDE - 100)
    for _ in range(int(editor.random.integers(2, 5))):
        document = document.insert_layer(editor.layer())
    return document


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_parts_of_artboards_are_what_they_are_in_whole_tiles(seed: int) -> None:
    editor = Boards(seed)
    document, compositor = boards_of(editor), Compositor(editor.kept)
    for level in (0, 1, 2):
        cols, rows = compositor.grid(document, level)
        col, row = int(editor.random.integers(0, cols)), int(editor.random.integers(0, rows))
        whole = compositor.render_tile(document, col, row, level)
        (left, right), (top, bottom) = (sorted(int(v) for v in editor.random.integers(0, TILE + 1, 2)) for _ in "xy")
        old = whole.copy()
        old[top:bottom, left:right] = 0
        compositor.render_tile(document, col, row, level, old=old, part=(left, top, right, bottom))
        assert np.array_equal(old, whole), (document, level, col, row)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tiles_that_are_not_dirty_are_identical(seed: int) -> None:
    editor = Boards(seed)
    old = boards_of(editor)
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


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_an_artboard_alone_looks_as_it_does_in_the_document(seed: int) -> None:
    """Composed as a document of its own and as part of the canvas it is the same, where no layer is resampled."""
    editor = Editor(seed)
    layers: list[AnyLayer] = []
    for _ in range(int(editor.random.integers(1, 5))):
        x, y = (float(v) for v in editor.random.integers(-200, SIDE, 2))
        filters = [Hue(hue=40.0), GaussianBlur(radius=5.0), Mosaic(size=7.0), Vignette(amount=-60.0), AddNoise()]
        change = AdjustmentLayer(adjustment=filters[int(editor.random.integers(0, len(filters)))])
        kind = [editor.pixels(), FillLayer(colour="#20608080"), change]
        one = kind[int(editor.random.integers(0, 3))]
        common = {"opacity": float(editor.random.choice([1.0, 0.5])), "clipped": editor.chance(0.2)}
        place = {"transform": Transform(x=x, y=y)} if isinstance(one, RasterLayer) else {}
        layers.append(replace(one, **common, **place))
    board = Artboard(x=256, y=256, width=int(editor.random.integers(1, 500)), height=300, background="#80ff00")
    opacity = float(editor.random.choice([1.0, 0.6]))
    group = GroupLayer(id="b", layers=tuple(layers), artboard=board, opacity=opacity)
    document = ImageDocument(id="d", width=SIDE, height=SIDE, layers=(group,))
    compositor = Compositor(editor.kept)
    part = compositor.render(document, (256, 256, board.width, board.height))
    own = compositor.render(artboard_edits.document_of(document, "b"))
    assert np.array_equal(part, own)

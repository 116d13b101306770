"""What is composed in part is what is composed whole, to the last bit; and a stroke is shown as it will be stored."""

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from random_pictures import SIDE, Editor

from core.documents.image import (
    AdjustmentLayer,
    BlendMode,
    Exposure,
    FillLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    walk,
)
from core.documents.image_effects import DropShadow
from core.raster.affine import Rect, apply, invert
from core.raster.bounds import layer_matrix
from core.raster.brush import Brush, Stroke
from core.raster.compositor import Compositor
from core.raster.coverage import Area
from core.raster.manifest import TILE, Pixels, replace_tiles

replace = msgspec.structs.replace
LEVELS = (0, 1, 2)


def document_of(editor: Editor) -> ImageDocument:
    document = ImageDocument(id="d", width=SIDE, height=SIDE - 100)
    for _ in range(int(editor.random.integers(2, 6))):
        document = document.insert_layer(editor.layer())
    return document


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_part_is_what_it_is_in_the_whole_tile(seed: int) -> None:
    editor = Editor(seed)
    document, compositor = document_of(editor), Compositor(editor.kept)
    for level in LEVELS:
        cols, rows = compositor.grid(document, level)
        col, row = int(editor.random.integers(0, cols)), int(editor.random.integers(0, rows))
        whole = compositor.render_tile(document, col, row, level)
        (left, right), (top, bottom) = (sorted(int(v) for v in editor.random.integers(0, TILE + 1, 2)) for _ in "xy")
        old = np.full((TILE, TILE, 4), 77, np.uint8)
        part = left, top, right, bottom
        assert compositor.render_tile(document, col, row, level, old=old, part=part) is old
        width, height = min(TILE, (SIDE >> level) - col * TILE), min(TILE, (SIDE - 100 >> level) - row * TILE)
        inside = np.zeros((TILE, TILE), bool)
        inside[top : min(bottom, height), left : min(right, width)] = True
        assert np.array_equal(old[inside], whole[inside]), (document, level, col, row, part)
        assert (old[~inside] == 77).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_stroke_shown_part_by_part_is_what_is_stored(seed: int) -> None:
    editor = Editor(seed)
    document = document_of(editor)
    paper = replace(editor.pixels(), id="paper", transform=editor.transform(), mask=editor.mask())
    if editor.chance(0.2):
        paper = replace(paper, effects=(DropShadow(),))
    at = [layer.id for layer in walk(document.layers)]
    document = document.insert_layer(paper, str(editor.random.choice(at)) if editor.chance(0.7) else None)
    on_mask = paper.mask is not None and editor.chance(0.5)
    raster = paper.mask.pixels if on_mask and paper.mask is not None else paper.pixels
    brush = Brush(size=float(editor.random.integers(1, 300)), hardness=0.5, flow=0.5, colour="#c03020")
    stroke = Stroke(brush, raster, editor.kept, "mask" if on_mask else str(editor.random.choice(["paint", "erase"])))  # type: ignore[arg-type]
    shown = Shown(Compositor(editor.kept), document)
    back = invert(layer_matrix(paper))
    assert back is not None
    for _ in range(5):
        x, y = (float(v) for v in editor.random.integers(0, SIDE, 2))
        stroke.add(*(apply(back, x, y) if not on_mask else (x, y)), 1.0)
        shown.follow("paper", stroke, mask=on_mask)
    tiles = stroke.finish()
    shown.follow("paper", stroke, mask=on_mask)
    pixels = replace_tiles(raster, tiles, editor.kept, editor.kept)

    def stored(layer: RasterLayer) -> RasterLayer:
        if on_mask and layer.mask is not None:
            return replace(layer, mask=replace(layer.mask, pixels=pixels))
        return replace(layer, pixels=pixels)

    shown.same_as(document.replace_layer("paper", stored))  # type: ignore[arg-type]


class Shown:
    """All tiles of a document at some levels; what a stroke changes is composed into them."""

    def __init__(self, compositor: Compositor, document: ImageDocument) -> None:
        self.compositor, self.document = compositor, document
        self.tiles = {key: self.compose(document, *key) for key in self.keys()}

    def keys(self) -> list[tuple[int, int, int]]:
        sizes = [(level, *self.compositor.grid(self.document, level)) for level in LEVELS]
        return [(level, col, row) for level, cols, rows in sizes for col in range(cols) for row in range(rows)]

    def compose(self, document: ImageDocument, level: int, col: int, row: int) -> Pixels:
        return self.compositor.render_tile(document, col, row, level)

    def follow(self, layer_id: str, stroke: Stroke, *, mask: bool) -> None:
        tiles = {layer_id: stroke.tiles}
        areas = self.compositor.document_areas(self.document, layer_id, stroke.boxes, mask=mask)
        for level, col, row in self.keys():
            for area in areas:
                part = area.part(level, col, row)
                assert (part is not None) == ((col, row) in set(area.tiles(level)))
                if part is not None:
                    self.compositor.render_tile(
                        self.document, col, row, level, old=self.tiles[level, col, row], part=part,
                        overrides={} if mask else tiles, mask_overrides=tiles if mask else {},
                    )  # fmt: skip

    def same_as(self, document: ImageDocument) -> None:
        for key, tile in self.tiles.items():
            difference = np.abs(tile.astype(int) - self.compose(document, *key))
            assert difference.max() == 0, (key, document)


def test_an_area_is_rounded_outwards_and_cut_to_each_tile() -> None:
    area = Area(Rect(101, -300, 500, 41), 4)
    assert area.part(0, 0, 0) == (97, 0, TILE, 45)
    assert area.part(0, 1, 0) == (0, 0, 500 - TILE + 4, 45)
    assert area.part(1, 0, 0) == (46, 0, 254, 25)
    assert area.part(0, 0, 1) is None
    assert set(area.tiles(0)) == {(0, 0), (1, 0)}


def test_a_part_that_ends_where_a_mask_does_is_what_it_is_in_the_whole_tile() -> None:
    editor = Editor(0)
    pixels = np.full((450, 399, 4), 255, np.uint8)
    mask = Mask(pixels=editor.kept.raster(pixels), x=239, y=411, width=399, height=450)
    dodged = AdjustmentLayer(adjustment=Exposure(stops=2), blend=BlendMode.COLOUR_DODGE)
    layers = (FillLayer(colour="#565656"), FillLayer(colour="#2b1d40", mask=mask), dodged)
    document, compositor = ImageDocument(id="d", width=SIDE, height=SIDE, layers=layers), Compositor(editor.kept)
    whole = compositor.render_tile(document, 0, 0, 2)
    for bottom in range(98, 110):
        part = compositor.render_tile(document, 0, 0, 2, old=whole.copy(), part=(50, 40, 153, bottom))
        assert np.array_equal(part, whole)

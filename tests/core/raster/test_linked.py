"""Smart layers are the picture that their document is: moved, scaled, bent, masked, nested, and through the core."""

import msgspec
import numpy as np
import pytest
from random_pictures import Editor

from core.documents.base import encode_document
from core.documents.image import FillLayer, ImageDocument, RasterLayer, SmartLayer, TextLayer, Transform
from core.raster.compositor import Compositor
from core.raster.hit import layer_at
from core.raster.manifest import TILE, write_raster
from core.raster.tiles import MAX_NESTED
from core.values import DOCUMENT_TYPE, AtelierError

replace = msgspec.structs.replace


def inner_of(editor: Editor, width: int = 500, height: int = 400) -> ImageDocument:
    layers = (FillLayer(colour="#c0d0e080"), editor.layer(2), editor.layer(2), TextLayer(text="Fresh", size=60))
    return ImageDocument(id="inner", width=width, height=height, layers=layers)


def smart(editor: Editor, inner: ImageDocument, **fields: object) -> SmartLayer:
    source = editor.stored(inner)
    return SmartLayer(document=inner.id, source=source, width=inner.width, height=inner.height, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_in_place_it_is_its_document(seed: int) -> None:
    editor = Editor(seed)
    inner, compositor = inner_of(editor), Compositor(editor.kept)
    outer = ImageDocument(id="outer", width=500, height=400, layers=(smart(editor, inner),))
    for scale in (1.0, 0.5, 0.25):
        assert np.array_equal(compositor.render(outer, scale=scale), compositor.render(inner, scale=scale))


@pytest.mark.parametrize(
    "turned", [Transform(x=40.5, y=-20, rotation=33), Transform(x=9, y=4, scale_x=0.4, scale_y=0.7)]
)
def test_placed_it_is_as_its_picture_would_be(turned: Transform) -> None:
    editor = Editor(4)
    inner, compositor = inner_of(editor), Compositor(editor.kept)
    flat = write_raster(compositor.render(inner), editor.kept)
    layers = (FillLayer(colour="#ffffff"), smart(editor, inner, transform=turned, opacity=0.7, mask=editor.mask()))
    outer = ImageDocument(id="outer", width=640, height=480, layers=layers)
    pixels = RasterLayer(pixels=flat, width=500, height=400, transform=turned, opacity=0.7, mask=layers[1].mask)
    found, expected = (compositor.render(replace(outer, layers=(layers[0], one))) for one in (layers[1], pixels))
    away = np.abs(found.astype(int) - expected)
    # Smaller, each composes what it shows at a size near that; a picture is halved from the full size.
    assert away.mean() < 0.6 if turned.scale_x < 1 else away.max() <= 1


def test_a_change_inside_touches_only_where_it_shows() -> None:
    editor = Editor(1)
    paint = replace(editor.pixels(), id="paint", width=600, height=600)
    pixels = editor.random.integers(0, 256, (600, 600, 4)).astype(np.uint8)
    paint = RasterLayer(id="paint", pixels=write_raster(pixels, editor.kept), width=600, height=600)
    inner = ImageDocument(id="inner", width=1024, height=1024, layers=(paint,))
    changed = inner.replace_layer("paint", lambda one: replace(one, pixels=editor.stroke(paint)))
    layer = smart(editor, inner, id="s", transform=Transform(x=512, y=256))
    outer = ImageDocument(id="outer", width=2048, height=2048, layers=(FillLayer(), layer))
    after = outer.replace_layer("s", lambda one: replace(one, source=editor.stored(changed)))
    dirty = Compositor(editor.kept).dirty_tiles(outer, after)
    assert dirty is not None and len(dirty) == 1


def test_clicks_hit_what_shows() -> None:
    editor = Editor(2)
    square = np.zeros((100, 100, 4), np.uint8)
    square[:, 50:] = 255
    half = RasterLayer(pixels=write_raster(square, editor.kept), width=100, height=100)
    inner = ImageDocument(id="inner", width=100, height=100, layers=(half,))
    layer = smart(editor, inner, id="s", transform=Transform(x=200, y=100))
    outer = ImageDocument(id="outer", width=400, height=300, layers=(layer,))
    reader = Compositor(editor.kept).reader
    assert layer_at(outer, 280, 150, reader) == "s"
    assert layer_at(outer, 220, 150, reader) is None


def test_too_deep_is_said_and_damage_too() -> None:
    editor = Editor(3)
    document = ImageDocument(id="0", width=300, height=300, layers=(FillLayer(colour="#00ff00"),))
    compositor = Compositor(editor.kept)
    for level in range(MAX_NESTED):
        document = ImageDocument(id=str(level + 1), width=300, height=300, layers=(smart(editor, document),))
    assert (compositor.render(document)[150, 150] == (0, 255, 0, 255)).all()
    document = ImageDocument(id="top", width=300, height=300, layers=(smart(editor, document),))
    compositor = Compositor(editor.kept)
    with pytest.raises(AtelierError, match="nested too deep"):
        compositor.render(document)
    layer = SmartLayer(document="x", source="0" * 64, width=TILE, height=TILE)
    with pytest.raises(AtelierError, match="missing"):
        compositor.render(replace(document, layers=(layer,)))
    raster = editor.pixels().pixels
    with pytest.raises(AtelierError, match="damaged"):
        compositor.render(replace(document, layers=(replace(layer, source=raster),)))
    digest = editor.kept.put(b"\xc1", DOCUMENT_TYPE)
    with pytest.raises(AtelierError, match="damaged"):
        compositor.render(replace(document, layers=(replace(layer, source=digest),)))
    assert encode_document(document)

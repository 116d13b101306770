"""Drawings placed as shapes through the real core process, and shapes copied and written as SVG."""

from pathlib import Path

import pytest
from image_hands import Hands
from PySide6.QtGui import QGuiApplication

from core.documents.image import GroupLayer, ImageDocument, ShapeLayer, Transform, new_image
from core.documents.image_shapes import Ellipse, Rectangle, Solid
from core.image.svg_layers import layers_of
from core.resources import resource
from core.values import AtelierError


def test_a_drawing_is_placed_in_a_group_that_fits(hands: Hands) -> None:
    drawing = layers_of(
        resource("icons", "shapes.svg").read_bytes(),
        "i.svg",
    )
    large = new_image(1200, 1200, "big")
    big = ShapeLayer(geometry=Ellipse(width=1200, height=1200), fill=Solid(colour="#00ff00"))
    before = hands.document
    assert hands.panel.place_shapes(drawing, "Icon")
    placed = hands.document.layers[-1]
    assert isinstance(placed, GroupLayer) and placed.name == "Icon" and len(placed.layers) == len(drawing.layers)
    box = hands.panel.editor.bounds([placed.id])
    assert box is not None and box.centre == pytest.approx((300, 200), abs=4)
    hands.undo()
    assert hands.document == before
    from msgspec.structs import replace

    assert hands.panel.place_shapes(replace(large, layers=(big,)), "Disc")
    disc = hands.document.layers[-1]
    assert isinstance(disc, ShapeLayer) and disc.geometry == Ellipse(width=400, height=400)
    assert tuple(hands.picture()[200, 300]) == (0, 255, 0, 255)


def test_shapes_are_copied_and_written_as_svg(hands: Hands, tmp_path: Path) -> None:
    import asyncio

    layer = ShapeLayer(
        id="r", geometry=Rectangle(width=80, height=40), fill=Solid(colour="#2040a0"), transform=Transform(x=400, y=50)
    )
    copy = hands.panel.named.by_id["layer.svg-copy"]
    assert not copy.isEnabled()
    hands.panel.session.commit("Add", hands.document.insert_layer(layer))
    hands.panel.editor.select(["r"])
    assert copy.isEnabled()
    copy.trigger()
    data = QGuiApplication.clipboard().mimeData()
    again = layers_of(bytes(data.data("image/svg+xml").data()), "c.svg")
    assert (again.width, again.height) == (80, 40)
    assert isinstance(again.layers[0], ShapeLayer) and again.layers[0].geometry == layer.geometry
    target = tmp_path / "out.svg"
    asyncio.run(hands.panel.vector_files.write_file(target))
    read = layers_of(target.read_bytes(), "out.svg")
    assert (read.width, read.height) == (600, 400) and isinstance(read, ImageDocument)
    assert isinstance(read.layers[0], ShapeLayer) and read.layers[0].transform == layer.transform
    with pytest.raises(AtelierError, match="could not be written"):
        asyncio.run(hands.panel.vector_files.write_file(tmp_path / "missing" / "out.svg"))
    assert [path.name for path in tmp_path.glob("*.svg")] == ["out.svg"]

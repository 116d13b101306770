"""SVG files brought into the real window: shapes where they are simple enough, pixels and a sentence where not."""

from pathlib import Path

from person import Person
from PySide6.QtCore import Qt

from core.documents.image import GroupLayer, RasterLayer, ShapeLayer, walk
from core.documents.image_shapes import Ellipse, Rectangle

SIMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#fff"/>'
    '<g id="Badge"><circle cx="150" cy="100" r="60" fill="#c03"/><rect x="120" y="90" width="60" height="20"/></g>'
    "</svg>"
)
WORDS = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><text x="5" y="40">Hi</text></svg>'


def test_a_drawing_opens_as_shapes_and_one_with_words_is_placed_as_pixels(person: Person, tmp_path: Path) -> None:
    simple, words = tmp_path / "badge.svg", tmp_path / "words.svg"
    simple.write_text(SIMPLE, encoding="utf-8")
    words.write_text(WORDS, encoding="utf-8")
    assert person.drop([simple], person.window.welcome.drop)
    person.wait()
    document = person.document
    assert (document.title, document.width, document.height) == ("badge", 300, 200)
    group = document.layers[1]
    assert isinstance(group, GroupLayer) and group.name == "Badge"
    disc = group.layers[0]
    assert isinstance(disc, ShapeLayer) and disc.geometry == Ellipse(width=120, height=120)
    assert tuple(person.pixels()[60, 150]) == (0xCC, 0, 0x33, 255)
    person.hands.double_click(150, 60)  # it is a shape like any other: its points can be taken
    tool = person.panel.canvas.tool
    assert tool is not None and tool.id == "points" and person.panel.editor.selection == (disc.id,)
    person.press(Qt.Key.Key_V)
    assert person.drop([words], person.panel.canvas)
    person.wait()
    assert any(isinstance(layer, RasterLayer) and layer.name == "words" for layer in walk(person.document.layers))
    assert "words.svg" in person.said and "<text>" in person.said
    assert person.drop([simple], person.panel.canvas)
    person.wait()
    placed = [
        layer for layer in walk(person.document.layers) if isinstance(layer, GroupLayer) and layer.name == "badge"
    ]
    assert len(placed) == 1 and isinstance(placed[0].layers[0], ShapeLayer)
    assert isinstance(placed[0].layers[0].geometry, Rectangle)
    steps = [step.label for step in person.session.require().history()]
    assert steps == ["Open picture", "Place picture", "Place drawing"]

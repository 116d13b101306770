"""Combining shapes and masking with them, from the menus, the layer list and the inspector; one undo step each."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest
from image_hands import Hands
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from core.documents.image import RasterLayer, ShapeLayer, Transform
from core.documents.image_shapes import Ellipse, Path, Rectangle, ShapeStroke, Solid
from desktop.panels.image.layer_rows import Part
from desktop.panels.image.points_options import PointsPage

replace = msgspec.structs.replace


@pytest.fixture
def two(hands: Hands) -> Hands:
    """A green square at (400, 40) and a blue disc over its lower right corner, both selected."""
    square = ShapeLayer(
        id="square",
        name="Square",
        geometry=Rectangle(width=80, height=80),
        fill=Solid(colour="#00ff00"),
        transform=Transform(x=400, y=40),
    )
    disc = ShapeLayer(
        id="disc",
        name="Disc",
        geometry=Ellipse(width=80, height=80),
        fill=Solid(colour="#0000ff"),
        transform=Transform(x=440, y=80),
    )
    hands.panel.session.commit("Add", hands.document.insert_layer(square).insert_layer(disc))
    hands.panel.editor.select(["square", "disc"])
    return hands


def colour(hands: Hands, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in hands.picture()[y, x, :3])


@pytest.mark.parametrize(
    ("name", "left", "middle", "right"),
    [
        ("unite", (0, 0, 255), (0, 0, 255), (0, 0, 255)),
        ("subtract", (0, 255, 0), (255, 255, 255), (255, 255, 255)),
        ("intersect", (255, 255, 255), (0, 0, 255), (255, 255, 255)),
        ("exclude", (0, 0, 255), (255, 255, 255), (0, 0, 255)),
    ],
)
def test_shapes_are_combined_in_one_step(
    two: Hands, name: str, left: tuple[int, ...], middle: tuple[int, ...], right: tuple[int, ...]
) -> None:
    before, count = two.document, len(two.steps())
    action = two.panel.named.by_id[f"layer.shape-{name}"]
    assert action.isEnabled()
    action.trigger()
    assert [colour(two, *at) for at in ((410, 60), (465, 105), (505, 130))] == [left, middle, right]
    kept = "square" if name == "subtract" else "disc"
    assert two.panel.editor.selection == (kept,) and len(two.document.layers) == len(before.layers) - 1
    made = two.layer(kept)
    assert isinstance(made, ShapeLayer) and isinstance(made.geometry, Path)
    assert len(two.steps()) == count + 1
    two.panel.use_tool("points")  # and it can be edited as a path
    knot = made.geometry.parts[0].knots[0]
    two.drag([(made.transform.x + knot.x, made.transform.y + knot.y), (430, 200), (440, 210)])
    assert len(two.steps()) == count + 2
    two.undo()
    two.undo()
    assert two.document == before


def test_combining_needs_two_shapes(two: Hands) -> None:
    by_id = two.panel.named.by_id
    two.panel.editor.select(["square", "red"])
    assert not by_id["layer.shape-unite"].isEnabled()
    two.panel.editor.select(["square"])
    assert not by_id["layer.shape-unite"].isEnabled()
    menu = QMenu()
    two.panel.named.fill_layer_menu(menu)
    assert not any(
        action.isSeparator() and following.isSeparator()
        for action, following in zip(menu.actions(), menu.actions()[1:], strict=False)
    )
    menu.deleteLater()


def test_a_stroke_becomes_a_shape_above_its_fill(two: Hands) -> None:
    stroked = two.document.replace_layer(
        "square", lambda one: replace(one, stroke=ShapeStroke(colour="#ff0000", width=10))
    )
    two.panel.session.commit("Stroke", stroked)
    two.panel.editor.select(["square"])
    before = two.picture()
    two.panel.named.by_id["layer.shape-outline"].trigger()
    square, outline = two.layer("square"), two.document.layers[-2]
    assert isinstance(square, ShapeLayer) and square.stroke is None
    assert isinstance(outline, ShapeLayer) and outline.fill == Solid(colour="#ff0000")
    assert (two.picture() == before).mean() > 0.9999


def test_a_shape_masks_the_other_selected_layer(two: Hands, settle: Callable[[], None]) -> None:
    two.panel.session.commit(
        "Move", two.document.replace_layer("disc", lambda one: replace(one, transform=Transform(x=120, y=90)))
    )
    two.panel.editor.select(["red", "disc"])
    before, count = two.document, len(two.steps())
    two.panel.named.by_id["layer.shape-mask"].trigger()
    mask = two.layer("red").vector_mask
    assert mask is not None and mask.geometry == Ellipse(width=80, height=80)
    assert colour(two, 160, 130) == (220, 30, 30) and colour(two, 260, 130) == (255, 255, 255)
    assert two.panel.editor.selection == ("red",) and two.panel.editor.on_path
    assert len(two.steps()) == count + 1
    section = two.panel._inspector.path_masking
    assert not section.isHidden()
    section.feather.value_changed.emit(20.0)
    section.feather.committed.emit(20.0)
    section.density.committed.emit(50.0)
    soft = two.layer("red").vector_mask
    assert soft is not None and (soft.feather, soft.density) == (20, 0.5)
    assert colour(two, 290, 130)[1] not in (30, 255)
    section.inverted.click()
    assert colour(two, 160, 130)[1] not in (30, 255) and colour(two, 290, 130) == (220, 30, 30)
    two.panel.use_tool("move")
    two.drag([(250, 170), (260, 180), (270, 190)], Qt.KeyboardModifier.ControlModifier)
    moved = two.layer("red").vector_mask
    assert moved is not None and (moved.transform.x, moved.transform.y) == (140, 110)
    for _ in range(5):
        two.undo()
    assert two.document == before


def test_the_list_shows_edits_and_switches_the_vector_mask(two: Hands) -> None:
    two.panel.editor.select(["red"])
    two.panel.named.by_id["layer.vector-mask"].trigger()
    view = two.panel._layers.tree
    view.resize(320, 400)
    index = view.layers.index_of("red")
    place = view.rows.places(view.visualRect(index), two.layer("red"))[Part.PATH]
    view.viewport().grab()
    assert two.panel.editor.on_path
    two.panel.editor.select(["square"])
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center())
    assert two.panel.editor.selection == ("red",) and two.panel.editor.on_path
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(place.center())
    )
    mask = two.layer("red").vector_mask
    assert mask is not None and not mask.enabled
    assert two.panel.editor.on_path
    two.panel.commands.delete()  # what is edited goes, not the layer
    assert two.layer("red").vector_mask is None
    two.undo()
    two.panel.named.by_id["layer.vector-mask-release"].trigger()
    shape = two.document.layers[2]
    assert isinstance(shape, ShapeLayer) and shape.geometry == mask.geometry and two.layer("red").vector_mask is None


def test_a_raster_mask_has_feather_and_density(hands: Hands) -> None:
    hands.panel.editor.select(["red"])
    hands.panel.commands.add_mask(hidden=True)
    section = hands.panel._inspector.masking
    section.density.committed.emit(40.0)
    section.feather.committed.emit(8.0)
    mask = hands.layer("red").mask
    assert mask is not None and (mask.density, mask.feather) == (0.4, 8)
    assert colour(hands, 200, 130)[1] == pytest.approx(255 - 0.6 * 225, abs=2)


def test_pixels_made_of_a_shape_hold_its_stroke(two: Hands) -> None:
    stroked = two.document.replace_layer(
        "square", lambda one: replace(one, stroke=ShapeStroke(colour="#ff0000", width=12, position="outside"))
    )
    two.panel.session.commit("Stroke", stroked)
    two.panel.editor.select(["square"])
    before = two.picture()

    async def rasterise() -> None:
        two.panel.named.by_id["layer.rasterise"].trigger()
        while two.panel.session.busy:
            await asyncio.sleep(0.005)

    asyncio.run(rasterise())
    assert any(isinstance(layer, RasterLayer) and layer.name == "Square" for layer in two.document.layers)
    assert abs(two.picture().astype(int) - before).max() <= 1


def test_outlines_can_stay_apart_and_be_combined_otherwise_later(two: Hands) -> None:
    before = two.document
    two.panel.shape_commands.combine("subtract", live=True)
    made = two.layer("square")
    assert isinstance(made, ShapeLayer) and isinstance(made.geometry, Path) and len(made.geometry.parts) == 2
    assert colour(two, 410, 60) == (0, 255, 0) and colour(two, 465, 105) == (255, 255, 255)
    two.panel.use_tool("points")
    two.click(480, 80)  # the top of the disc
    tool = two.panel.points_tool
    assert tool.combining() == "subtract"
    page = two.panel._options.findChild(PointsPage)
    assert page is not None and page.combining["subtract"].isChecked()
    page.combining["intersect"].click()
    assert colour(two, 410, 60) == (255, 255, 255) and colour(two, 465, 105) == (0, 255, 0)
    assert two.panel.named.by_id["layer.shape-flatten"].isEnabled()
    two.panel.named.by_id["layer.shape-flatten"].trigger()
    flat = two.layer("square")
    assert isinstance(flat, ShapeLayer) and isinstance(flat.geometry, Path) and len(flat.geometry.parts) == 1
    assert not two.panel.named.by_id["layer.shape-flatten"].isEnabled()
    for _ in range(3):
        two.undo()
    assert two.document == before

"""A shown image panel over a real project, a real compositor and a real document of several layers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.documents.image import FillLayer, ImageDocument, RasterLayer, TextLayer, Transform, new_image
from core.project.project import Project
from core.raster.manifest import write_raster
from desktop.panels.image.guidance import GuidanceDock
from desktop.panels.image.panel import ImagePanel
from desktop.session import Session

replace = msgspec.structs.replace


@pytest.fixture
def document(project: Project) -> ImageDocument:
    """600×400: a white fill, a red picture of 200×100 at (100, 80), and a line of text."""
    pixels = np.zeros((100, 200, 4), np.uint8)
    pixels[...] = (220, 30, 30, 255)
    picture = RasterLayer(
        id="red",
        name="Red",
        pixels=write_raster(pixels, project),
        width=200,
        height=100,
        transform=Transform(x=100, y=80),
    )
    text = TextLayer(id="words", text="Slow mornings", size=40.0, transform=Transform(x=60, y=260))
    back = FillLayer(id="back", name="Background", colour="#ffffff")
    made = replace(new_image(600, 400, "Ad"), layers=(back, picture, text))
    with project.transaction("New image") as transaction:
        transaction.put(made)
    return made


@pytest.fixture
def panel(session: Session, document: ImageDocument, qtbot: QtBot) -> Iterator[ImagePanel]:
    """The panel with that document open, 800×600, at 100 %."""
    made = ImagePanel(session)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.open_document(document.id)
    made.canvas.set_zoom(1.0)
    yield made
    made.shut_down()
    lent = (made.properties_widget(), made.structure_widget(), made.tools_widget(), made.options_widget())
    for widget in (*lent, *made.side_widgets().values()):
        widget.deleteLater()


@pytest.fixture
def hands(panel: ImagePanel, qtbot: QtBot) -> Hands:
    """What a person does with mouse and keys on the canvas."""
    return Hands(panel, qtbot)


@pytest.fixture
def settle(panel: ImagePanel, qtbot: QtBot) -> Callable[[], None]:
    """Wait until everything in view is composed and painted."""

    def wait() -> None:
        canvas = panel.canvas
        qtbot.waitUntil(lambda: all(canvas.tiles.is_fresh(key) for key in canvas.visible_keys()), timeout=10_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def photo() -> Path:
    """The shipped product photo."""
    return Path(__file__).parents[4] / "resources" / "samples" / "coffee.png"


@pytest.fixture
def dock(hands: Hands) -> Iterator[GuidanceDock]:
    """The guidance beside the panel."""
    made = hands.panel.guidance
    made.resize(312, 900)
    yield made
    made.hide()

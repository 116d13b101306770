"""A product photo becomes an ad: the first release as a person lives it, at the real window with the real core."""

from pathlib import Path

import numpy as np
import psutil
import pytest
from person import CTRL, Person, running
from PIL import Image
from PySide6.QtCore import Qt

from core.documents.image import RasterLayer, TextLayer
from desktop import shortcuts
from desktop.work import State

DATA = Path(__file__).parents[1] / "data"


def test_a_product_photo_becomes_an_ad(
    person: Person, coffee: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = person.window, person.session
    assert person.drop([coffee], window.welcome.drop)
    person.wait()
    assert [e.title for e in session.require().documents()] == ["coffee"]
    assert person.names() == ["coffee"]
    photo = person.pixels()
    assert photo.shape == (400, 600, 4) and (photo[..., 3] == 255).all()

    person.make("cut out")
    seen = person.watch()
    assert max(seen.fractions) > 0.1 and "Finding the subject" in " ".join(seen.words)
    assert seen.pictures, "a preview came while it worked"
    assert np.array_equal(person.pixels(), photo), "nothing changes before it is kept"
    person.keep()
    assert person.names() == ["coffee"]
    cut = person.pixels()
    assert (cut[:20, :20, 3] == 0).all() and (cut[-20:, -20:, 3] == 0).all()
    assert cut[200, 280, 3] == 255
    person.make("auto grade")
    person.watch()
    person.keep()
    assert person.names() == ["Hue and saturation", "Levels", "White balance", "coffee"]
    graded = person.pixels()
    assert np.array_equal(graded[..., 3], cut[..., 3]) and not np.array_equal(graded, cut)

    person.click_and_choose(person.layers.button("fill"), "Colour")
    person.menu("Layer", "Arrange", "Send to back")
    person.enter("Colour as hex", "#e8c9a0")
    assert person.names()[-1] == "Fill 1"
    assert tuple(person.pixels()[5, 5]) == (0xE8, 0xC9, 0xA0, 255), "the grade is the cup's alone"

    person.select_layer("Hue and saturation")
    person.panel.canvas.setFocus()
    person.press(Qt.Key.Key_T)
    person.hands.click(60, 60)
    person.type("Slow mornings")
    person.press(Qt.Key.Key_Return)
    person.compose("man zao chen", "慢早晨")
    person.press(Qt.Key.Key_Escape)
    headline = person.document.layers[-1]
    assert isinstance(headline, TextLayer) and headline.text == "Slow mornings\n慢早晨"

    person.press(Qt.Key.Key_V)
    person.hands.drag([(280, 200), (300, 220), (330, 250)], CTRL)
    cup = person.document.layers[1]
    assert isinstance(cup, RasterLayer) and (cup.transform.x, cup.transform.y) == (50, 50)
    ad, finished = person.pixels(), person.document

    written = person.export(tmp_path / "ad.png", monkeypatch)
    with Image.open(written) as file:
        assert file.format == "PNG" and file.size == (600, 400)
        assert np.array_equal(np.asarray(file.convert("RGBA")), ad), "what is exported is what is seen"

    states = person.back_to_the_beginning()
    assert session.require().documents() == ()
    assert window.area.stack.currentWidget() is window.area.empty
    assert person.forward_again() == states
    assert person.pixels().tobytes() == ad.tobytes()
    assert person.names()[-1] == "Fill 1"

    path = session.require().path
    window.close()
    assert session.project is None
    again = person.opens_again()
    assert again.drop([path], again.window.welcome.drop)
    again.wait()
    assert again.pixels().tobytes() == ad.tobytes()
    assert again.document == finished
    assert session.require().verify() == []
    assert len(again.back_to_the_beginning()) == len(states)
    assert again.forward_again() == states
    assert again.pixels().tobytes() == ad.tobytes()


def test_the_core_is_killed_in_the_middle_and_the_job_is_done_all_the_same(person: Person) -> None:
    window, session = person.window, person.session
    person.drop([DATA / "chelsea.png"], window.welcome.drop)
    person.wait()
    photo = person.pixels()
    task = person.make("cut out")
    person.wait(lambda: running(task))
    killed = session.core.state.pid
    psutil.Process(killed).kill()
    person.wait(lambda: "stopped" in person.said)
    assert "“Remove background”" in person.said and "started again" in person.said
    person.watch()
    assert task.state is State.DONE
    assert session.core.state.pid not in (0, killed)
    person.keep()
    assert (person.pixels()[..., 3] < 128).mean() > 0.1, "the cat stands alone"
    person.press(Qt.Key.Key_Z, CTRL)
    assert np.array_equal(person.pixels(), photo)
    assert session.require().verify() == []


def test_no_two_commands_of_the_window_and_its_panel_share_a_shortcut(person: Person, coffee: Path) -> None:
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    assert shortcuts.conflicts(person.window.menus.all_actions()) == {}

"""Jobs and results at the real window: stopped, tried again, put in another order; made again, varied, refreshed."""

from pathlib import Path

import numpy as np
import pytest
from person import ALT, CTRL, Person, running
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from core.documents.image import new_image
from core.operations.image import AutoGrade, ColourTransfer
from core.project.project import Project
from desktop.work import State, Task

DATA = Path(__file__).parents[1] / "data"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def cup(person: Person, coffee: Path) -> Person:
    """With the photo of a cup in front."""
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    return person


def test_a_job_is_stopped_and_tried_again(cup: Person) -> None:
    task = cup.make("cut out")
    cup.wait(lambda: running(task))
    row, _ = cup.job(task)
    assert row._button.toolTip() == "Stop"
    cup.click(row._button)
    cup.wait()
    assert task.state is State.CANCELLED
    assert cup.cards() == [] and cup.window.make._said.text() == "Stopped"
    row, _ = cup.job(task)
    assert row._button.toolTip() == "Try again"
    cup.click(row._button)
    cup.wait()
    (again,) = cup.cards()
    assert again.state is State.DONE
    assert cup.jobs._summary.text() == "Nothing is running."
    cup.show("make")
    cup.keep()
    assert cup.pixels()[5, 5, 3] == 0


def test_waiting_jobs_change_places_by_keys_by_menu_and_by_dragging(cup: Person) -> None:
    first = cup.make("cut out")
    cup.wait(lambda: running(first))
    second, third = cup.make("bigger"), cup.make("remove noise")
    cup.enter("Strength", "40")
    fourth = cup.make("remove noise")
    cup.show("jobs")
    assert cup.job_order()[:4] == [first, second, third, fourth]
    view = cup.jobs.list
    _, index = cup.job(fourth)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    cup.press(Qt.Key.Key_Up, ALT)
    assert cup.job_order()[:4] == [first, second, fourth, third]
    _, index = cup.job(third)
    cup.right_click(view, index)
    cup.choose("Do it next")
    assert cup.job_order()[:4] == [first, third, second, fourth]
    cup.press(Qt.Key.Key_Delete)
    cup.wait(lambda: not third.active)
    assert third.state is State.CANCELLED
    assert cup.names() == ["coffee"], "the layer is left alone"
    assert cup.job_order()[:4] == [first, second, fourth, third]
    drag(cup, fourth, onto=second)
    assert cup.job_order()[:4] == [first, fourth, second, third]
    row, _ = cup.job(first)
    cup.click(row._button)
    cup.wait(lambda: not first.active)
    cup.wait(lambda: not second.active or second.state is State.RUNNING)
    assert fourth.started < second.started, "they are done in the order of the list"
    cup.click(cup.job(second)[0]._button)
    cup.wait()


def test_keeping_twice_in_haste_keeps_once(cup: Person) -> None:
    cup.make("auto grade")
    cup.wait()
    keep = cup.button("Keep", cup.window.make.results)
    QTest.mouseClick(keep, LEFT)
    QTest.mouseClick(keep, LEFT)
    cup.wait()
    assert len(set(cup.names())) == len(cup.names()) > 2
    assert [step.label for step in cup.session.require().history()] == ["Open picture", "Auto grade"]
    assert cup.asset_names() == ["Auto grade", "coffee.png"]


def test_a_discarded_result_is_gone_and_the_next_one_is_shown(cup: Person) -> None:
    first = cup.make("auto grade")
    cup.wait()
    second = cup.make("remove noise")
    cup.wait()
    assert cup.window.make.results._shown is second
    cup.click(cup.button("Discard", cup.window.make.results))
    assert cup.cards() == [first] and cup.window.make.results._shown is first
    assert second.released
    assert cup.asset_names() == ["coffee.png"]


def test_what_was_kept_is_not_out_of_date_because_it_was_kept(cup: Person) -> None:
    cup.make("remove noise")
    cup.wait()
    cup.keep()
    assert cup.asset_names() == ["Remove noise", "coffee.png"]
    assert stale(cup) == [] and not cup.assets.refresh_all.isVisible()
    paint(cup, [(300, 200), (320, 210), (340, 220)])
    assert stale(cup) == []


def test_how_a_result_was_made_is_shown_and_it_is_made_again(cup: Person) -> None:
    cup.make("auto grade")
    cup.wait()
    cup.keep()
    cup.click_tile("Auto grade")
    assert cup.assets.made.isVisible()
    words = [label.text() for label in cup.assets.made.findChildren(QLabel)]
    assert "How this was made" in words and "Auto grade" in words
    assert any("Picture: " in text for text in words)
    before = len(cup.session.require().results())
    cup.click(cup.button("Make it again", cup.assets.made))
    cup.wait()
    assert len(cup.session.require().results()) == before + 1
    assert "made again" in cup.said
    cup.right_click(cup.assets.grid, cup.asset("Auto grade"))
    cup.choose("Change and make again…")
    assert cup.window.make.run_button.text() == "Auto grade"
    cup.enter("Strength", "30")
    cup.click(cup.window.make.run_button)
    cup.wait()
    cup.keep()
    changed = cup.session.require().results()[-1].recipe.steps[-1].operation
    assert isinstance(changed, AutoGrade) and changed.strength == 30
    cup.right_click(cup.assets.grid, cup.asset("Auto grade"))
    cup.choose("Show how this was made")
    assert "Strength: 30 %" in " ".join(label.text() for label in cup.assets.made.findChildren(QLabel))


def test_another_seed_gives_another_result(cup: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_reference(cup, monkeypatch)
    cup.click(cup.window.make.run_button)
    cup.wait()
    cup.keep()
    cup.click_tile("Match colours")
    cup.click(cup.button("Vary the seed", cup.assets.made))
    cup.wait()
    first, second = (r.recipe.steps[-1].operation for r in cup.session.require().results()[-2:])
    assert isinstance(first, ColourTransfer) and isinstance(second, ColourTransfer)
    assert first.seed != second.seed and first.image == second.image


def test_what_was_chosen_in_one_project_is_not_asked_of_the_next(
    cup: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_reference(cup, monkeypatch)
    path = tmp_path / "Other.atelier"
    with Project.create(path) as project, project.transaction("New image") as edit:
        edit.put(new_image(40, 30, "Empty"))
    cup.drop([path], cup.panel.canvas)
    cup.wait()
    cup.show("make")
    assert cup.window.make.run_button.text() == "Match colours"
    cup.click(cup.window.make.run_button)
    assert cup.session.work.active() == []
    assert "Choose what to use" in cup.window.make._said.text()


def test_a_changed_layer_puts_what_was_made_of_it_out_of_date_and_one_can_be_refreshed_alone(cup: Person) -> None:
    chain(cup)
    assert stale(cup) == []
    cup.select_layer("coffee")
    paint(cup, [(300, 200), (320, 210), (340, 220)])
    assert stale(cup) == ["Remove noise", "Auto grade"]
    assert cup.assets.refresh_all.isVisible()
    shown = cup.document.layers[1]
    cup.right_click(cup.assets.grid, cup.asset("Auto grade"))
    cup.choose("Refresh")
    cup.wait()
    assert stale(cup) == ["Remove noise"]
    assert cup.document.layers[1] == shown
    cup.click_tile("Remove noise")
    assert "Out of date" in " ".join(label.text() for label in cup.assets.made.findChildren(QLabel))
    cup.click(cup.button("Refresh", cup.assets.made))
    cup.wait()
    assert stale(cup) == [] and not cup.assets.refresh_all.isVisible()
    assert cup.document.layers[1] != shown
    assert cup.session.require().undo_label == "Refresh results"
    cup.press(Qt.Key.Key_Z, CTRL)
    assert cup.document.layers[1] == shown


def test_or_with_all_that_depends_on_it_and_the_layers_follow(cup: Person) -> None:
    chain(cup)
    before = cup.pixels()
    cup.select_layer("coffee")
    paint(cup, [(300, 200), (320, 210), (340, 220)])
    assert np.array_equal(cup.pixels(), before), "the copy covers the photo"
    cup.right_click(cup.assets.grid, cup.asset("Auto grade"))
    cup.choose("Refresh with all that depends on it")
    cup.wait()
    assert stale(cup) == []
    after = cup.pixels()
    assert not np.array_equal(after[180:240, 280:360], before[180:240, 280:360]), "the stroke is in the copy"
    assert cup.session.require().verify() == []


def test_the_layers_of_a_grade_follow_when_it_is_made_again(cup: Person) -> None:
    cup.make("auto grade")
    cup.wait()
    cup.keep()
    grade = cup.document.layers[1:]
    assert len(grade) == 4
    cup.select_layer("coffee")
    cup.panel.tools["brush"].adjust(size=400.0)  # type: ignore[attr-defined]
    cup.panel.editor.set_colour("#2040ff")
    paint(cup, [(60, 60), (540, 60), (540, 340), (60, 340)])
    assert stale(cup) == ["Auto grade"]
    cup.click(cup.assets.refresh_all)
    cup.wait()
    assert stale(cup) == []
    fresh = cup.document.layers[1:]
    assert fresh != grade and {type(one.adjustment) for one in fresh} != set()  # type: ignore[union-attr]
    kept = {type(one.adjustment): one.id for one in grade}  # type: ignore[union-attr]
    assert all(kept.get(type(one.adjustment), one.id) == one.id for one in fresh)  # type: ignore[union-attr]
    cup.press(Qt.Key.Key_Z, CTRL)
    assert cup.document.layers[1:] == grade


def test_everything_out_of_date_is_refreshed_at_once(cup: Person) -> None:
    chain(cup)
    cup.select_layer("coffee")
    paint(cup, [(300, 200), (320, 210), (340, 220)])
    count = len(cup.session.require().results())
    cup.show("assets")
    cup.click(cup.assets.refresh_all)
    cup.wait()
    assert len(cup.session.require().results()) == count + 2
    assert stale(cup) == [] and not cup.assets.refresh_all.isVisible()


def choose_reference(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find *Match colours* in Make and choose the photo of a rocket to take the colours from."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(DATA / "rocket.jpg"), ""))
    person.press(Qt.Key.Key_M, CTRL)
    person.type("match colours")
    form = person.window.make.form()
    assert form is not None
    person.click(form.control("reference"))  # type: ignore[arg-type]
    person.choose("Choose a file…")
    person.wait()


def chain(person: Person) -> None:
    """Place a graded copy of the photo as a layer of its own and take the noise out of that, in place."""
    person.make("auto grade")
    person.wait()
    person.keep()
    person.press(Qt.Key.Key_Z, CTRL)
    person.show("assets")
    person.right_click(person.assets.grid, person.asset("Auto grade"))
    person.choose("Place in the document")
    person.wait()
    person.make("remove noise")
    person.wait()
    person.keep()
    assert person.names() == ["Auto grade", "coffee"]


def stale(person: Person) -> list[str]:
    """Return the names of the tiles that are marked as out of date."""
    person.show("assets")
    return [item.name for item in person.assets.model.items if item.stale]


def paint(person: Person, points: list[tuple[float, float]]) -> None:
    """Paint on the selected layer, which must be one of pixels."""
    person.panel.canvas.setFocus()
    person.press(Qt.Key.Key_B)
    person.hands.drag(points)
    assert person.session.require().undo_label == "Brush stroke"


def drag(person: Person, task: Task, onto: Task) -> None:
    """Drag the row of one job to that of another.

    The offscreen platform has no drags: what Qt would begin is seen here, and its end is given to the list.
    """
    begun: list[object] = []
    view, (row, start), (_, end) = person.jobs.list, person.job(task), person.job(onto)
    view.startDrag = begun.append  # type: ignore[method-assign]
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    there, target = view.visualRect(start).center(), QPointF(view.visualRect(end).center())
    QTest.mousePress(row, left, none, row.mapFrom(view.viewport(), there))
    at = QPointF(there) + QPointF(QApplication.startDragDistance() + 2, 0)
    place = view.viewport().mapToGlobal(at)
    move = QMouseEvent(QEvent.Type.MouseMove, at, place, Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(view.viewport(), move)
    assert begun, "a drag begins"
    data = view.model().mimeData(view.selectedIndexes())
    view.dropEvent(QDropEvent(target, Qt.DropAction.MoveAction, data, left, none))

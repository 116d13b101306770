"""Recording actions, changing them, and playing them on a picture, on assets and on a folder, through the real core."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from tests_desktop import Run

from core.operations.actions import from_operations
from core.operations.base import Asset
from core.operations.image import AutoGrade
from core.operations.image_guidance import HarmoniseHues
from core.operations.image_light import LowLight
from core.operations.playing import Writing
from core.operations.recipe import single
from core.project import action_store
from core.project.project import Project
from desktop.action_shelf import lineage_of
from desktop.batch import Batch
from desktop.docks.actions import ActionsDock
from desktop.docks.made import MadeView
from desktop.session import Session

DATA = Path(__file__).parents[2] / "data"
SOME = Asset(hash="ab" * 32)


@pytest.fixture
def dock(session: Session) -> Iterator[ActionsDock]:
    made = ActionsDock(session)
    made.resize(1200, 320)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def two(session: Session) -> Path:
    wanted = (LowLight(image=SOME, denoise=0.0), HarmoniseHues(image=SOME, scheme="opposites"))
    return session.actions.add(from_operations("Night", wanted))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for index, name in enumerate(("rocket.jpg", "chelsea.png", "rocket.jpg")):
        image = Image.open(DATA / name).convert("RGB").resize((160 + index, 107))
        image.save(folder / f"p{index + 1}.png")
    (folder / "p4.jpg").write_bytes(b"no picture")
    return folder


def test_steps_are_changed_and_every_change_is_in_the_file(session: Session, dock: ActionsDock) -> None:
    path = two(session)
    assert dock.path() == path and dock.steps.count() == 2 and dock.name.text() == "Night"
    dock.steps.setCurrentRow(0)
    assert dock._form is not None
    slider = dock._form.control("strength")
    slider.change(30.0) if hasattr(slider, "change") else slider.set_value(30.0)
    dock._form.committed.emit()
    step = action_store.load(path).steps[0].operation
    assert isinstance(step, LowLight) and step.strength == 30.0
    dock.down.click()
    assert [type(s.operation) for s in action_store.load(path).steps] == [HarmoniseHues, LowLight]
    assert dock.steps.currentRow() == 1
    dock.name.setText("Dusk")
    dock.name.editingFinished.emit()
    assert action_store.load(path).name == "Dusk" and dock.list.item(0).text() == "Dusk"
    said: list[object] = []
    session.notice.connect(said.append)
    QTest.keyClick(dock.steps, Qt.Key.Key_Delete)
    assert [type(s.operation) for s in action_store.load(path).steps] == [HarmoniseHues]
    said[-1].run()  # type: ignore[attr-defined]
    assert len(action_store.load(path).steps) == 2
    dock.delete.click()
    assert not path.exists() and dock._stack.currentIndex() == 0
    said[-1].run()  # type: ignore[attr-defined]
    assert [a.name for a in session.actions.all().values()] == ["Dusk"]


def test_actions_go_out_and_come_in_as_files(
    session: Session, dock: ActionsDock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(session)
    target = tmp_path / "shared.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dock.send.click()
    assert action_store.load(target) == dock.action()
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "atelier-action", "version": 1, "run": "x"}')
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(target), str(broken)], ""))
    said: list[object] = []
    session.notice.connect(said.append)
    dock._import()
    assert [a.name for a in session.actions.all().values()] == ["Night", "Night 1"]
    assert "broken.json" in said[-1].text  # type: ignore[attr-defined]


def test_a_folder_is_played_and_what_fails_is_listed(
    run: Run, session: Session, dock: ActionsDock, photos: Path, tmp_path: Path
) -> None:
    """No project is open: files of a folder are none of its business."""
    two(session)
    play, out = dock.play, tmp_path / "out"
    play.source.setText(str(photos))
    play.folder.setText(str(out))
    play.template.setText("{number:02}-{name}")
    seen: list[tuple[float, str]] = []

    async def wait() -> None:
        play.run.click()
        batch = play.batch
        assert batch is not None
        batch.changed.connect(lambda: seen.append((batch.fraction, play.said.text())))
        while batch.running:
            await asyncio.sleep(0.02)

    run(wait())
    assert sorted(p.name for p in out.iterdir()) == ["01-p1.png", "02-p2.png", "03-p3.png"]
    assert Image.open(out / "03-p3.png").size == (162, 107)
    assert play.errors.toPlainText().startswith("p4.jpg: ") and "3 of 4 pictures done" in play.said.text()
    fractions = [fraction for fraction, _ in seen]
    assert fractions == sorted(fractions) and any("2 of 4 · p2.png" in text for _, text in seen)
    assert not session.work.tasks and session.project is None
    before, after = (np.array(Image.open(p).convert("RGB")).mean() for p in (photos / "p1.png", out / "01-p1.png"))
    assert after > before + 5


def test_a_run_is_stopped_and_what_is_done_stays(run: Run, session: Session, photos: Path, tmp_path: Path) -> None:
    path = two(session)
    batch = Batch(session, session.actions.get(path), 4)
    files = sorted(photos.iterdir())

    async def stop_after_one() -> None:
        batch.changed.connect(lambda: batch.stop() if batch.at == 1 else None)
        await batch.files(files, Writing(folder=str(tmp_path / "out")))

    run(stop_after_one())
    assert batch.made == 1 and batch.stopped and not batch.failures and not batch.running
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["p1.png"] and not session.work.active()


def test_what_is_missing_is_said_before_anything_begins(session: Session, dock: ActionsDock, tmp_path: Path) -> None:
    two(session)
    play = dock.play
    play.folder.setText("")
    play.run.click()
    assert "new pictures go into" in play.said.text() and play.batch is None
    play.folder.setText(str(tmp_path))
    play.source.setText(str(tmp_path / "gone"))
    play.run.click()
    assert "Choose the folder" in play.said.text()
    play.template.setText("same")
    play.run.click()
    assert "called the same" in play.said.text() and play.batch is None


def test_assets_are_played_on_and_their_lineage_becomes_an_action(
    run: Run, session: Session, project: Project, tmp_path: Path
) -> None:
    action = session.actions.get(two(session))

    async def work() -> Batch:
        pictures = [(await session.import_file(DATA / name), name) for name in ("rocket.jpg", "chelsea.png")]
        bad = tmp_path / "bad.png"
        bad.write_bytes(b"nothing")
        pictures.append((await session.import_file(bad), "bad.png"))
        batch = Batch(session, action, 3)
        await batch.assets(pictures)
        return batch

    batch = run(work())
    assert batch.made == 2 and [f.path for f in batch.failures] == ["bad.png"]
    results = [r for r in project.results() if len(r.recipe.steps) == 2]
    assert len(results) == 2

    # a third operation on what was made: its lineage holds all three
    digest = next(iter(results[0].outputs.values()))
    made = run(session.make(AutoGrade(image=Asset(hash=digest))))
    operations = lineage_of(project, made.recipe)
    assert [type(o) for o in operations] == [LowLight, HarmoniseHues, AutoGrade]
    view = MadeView(session)
    stored = project.made_by(made.outputs["image"])
    assert stored is not None
    view._save_action(stored)
    saved = session.actions.all()
    assert [len(a.steps) for a in saved.values()] == [3, 2]
    view.deleteLater()


def test_recording_takes_what_is_kept_and_says_what_it_cannot_take(session: Session) -> None:
    shelf = session.actions
    refused: list[str] = []
    shelf.refused.connect(refused.append)
    shelf.note(single(LowLight(image=SOME)))
    assert shelf.recording is None
    shelf.start()
    shelf.note(single(LowLight(image=SOME)))
    from core.operations.image import ColourTransfer

    shelf.note(single(ColourTransfer(image=SOME, reference=Asset(hash="cd" * 32))))
    assert len(refused) == 1 and "another picture" in refused[0]
    shelf.note(single(HarmoniseHues(image=SOME)))
    path = shelf.stop()
    assert path is not None and [type(s.operation) for s in action_store.load(path).steps] == [LowLight, HarmoniseHues]
    file = msgspec.json.decode(path.read_bytes())
    assert file["name"] == "Action 1" and b"ab" * 32 not in path.read_bytes()
    shelf.start()
    assert shelf.stop() is None

"""The tray's docks over a real project and a real core."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests_desktop import Run, settled

from core.documents.image import ImageDocument, RasterLayer, new_image
from core.operations.base import Asset
from core.operations.image import AutoGrade, ColourTransfer, Denoise
from core.project.project import Project
from core.raster.manifest import solid_raster, write_raster
from core.values import AtelierError
from desktop import lineage, theme
from desktop.docks.assets import AssetsDock, items_of
from desktop.docks.history import HistoryDock
from desktop.docks.jobs import JobsDock, duration_text
from desktop.docks.make import MakeDock
from desktop.panel import Source
from desktop.session import Session
from desktop.work import State


@pytest.mark.parametrize(("seconds", "text"), [(0.42, "0.4 s"), (17, "0:17"), (75, "1:15"), (3729, "1:02:09")])
def test_durations(seconds: float, text: str, qapp: QApplication) -> None:
    assert duration_text(seconds) == text


def test_history_goes_to_a_step_by_a_click(session: Session, project: Project, qtbot: QtBot) -> None:
    dock = HistoryDock(session)
    qtbot.addWidget(dock)
    dock.show()
    document = new_image(10, 10, "A")
    session.commit("New image", document)
    for number in range(3):
        session.commit(f"Step {number}", msgspec.structs.replace(document, title=f"A{number}"))
    labels = [dock.model.index(row).data() for row in range(dock.model.rowCount())]
    assert labels == ["Step 2", "Step 1", "Step 0", "New image"]
    dock._go(dock.model.index(2))
    assert session.document(document.id).title == "A0"
    assert dock.model.current_row() == 2
    assert [row.undone for row in dock.model.rows] == [True, True, False, False]
    dock._go(dock.model.index(0))
    assert session.document(document.id).title == "A2"


def test_snapshots_come_back_as_an_undoable_step(session: Session, project: Project, qtbot: QtBot) -> None:
    document = new_image(10, 10, "Before")
    session.commit("New image", document)
    project.snapshot("Good")
    session.commit("Rename", msgspec.structs.replace(document, title="After"))
    dock = HistoryDock(session)
    qtbot.addWidget(dock)
    dock._fill_snapshots()
    assert [a.text() for a in dock._menu_of_snapshots.actions()] == ["Good"]
    dock._menu_of_snapshots.actions()[0].trigger()
    assert session.document(document.id).title == "Before"
    session.undo()
    assert session.document(document.id).title == "After"


def test_pruning_asks_and_cancelling_keeps_everything(
    session: Session, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = new_image(10, 10, "A")
    session.commit("New image", document)
    for number in range(3):
        session.commit(f"Step {number}", msgspec.structs.replace(document, title=f"A{number}"))
    dock = HistoryDock(session)
    qtbot.addWidget(dock)
    dock.show()
    answers = iter(["Cancel", "Forget"])

    def answer(box: QMessageBox) -> int:
        wanted = next(answers)
        next(b for b in box.buttons() if b.text().replace("&", "") == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    newest = dock.model.rows[0]
    dock._prune(newest)
    assert len(project.history()) == 4
    dock._prune(newest)
    assert [step.label for step in project.history()] == ["Step 2"]
    assert session.document(document.id).title == "A2"


def test_jobs_show_state_order_and_can_be_stopped(session: Session, project: Project, run: Run, qtbot: QtBot) -> None:
    dock = JobsDock(session)
    qtbot.addWidget(dock)
    dock.show()
    pictures = [solid_raster(400, 300, (n, 80, 90, 255), project) for n in (10, 20, 30)]

    async def work() -> None:
        tasks = [session.start(Denoise(image=Asset(hash=p)), title=f"Job {n}") for n, p in enumerate(pictures)]
        assert dock.list.count() == 3
        last = tasks[-1]
        session.work.move(last, 0)
        assert dock.order().index(last) < dock.order().index(tasks[1])
        dock._rows[tasks[1].id]._act()
        await settled(session)
        assert tasks[1].state is State.CANCELLED
        assert "Stopped" in dock._rows[tasks[1].id].accessibleName()
        assert "Done" in dock._rows[tasks[0].id].accessibleName()
        assert dock._summary.text() == "Nothing is running."
        dock._rows[tasks[1].id]._act()
        await settled(session)
        assert all(t.state is State.DONE for t in session.work.tasks)
        session.work.clear_finished()
        assert dock._stack.currentIndex() == 0

    run(work())


def test_a_failed_job_says_why_and_can_be_tried_again(
    session: Session, project: Project, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    dock = JobsDock(session)
    qtbot.addWidget(dock)
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\nnothing")

    async def work() -> None:
        async def bring_in() -> None:
            await session.import_image(bad, bring_in)

        session.spawn(bring_in())
        await settled(session)
        task = session.work.tasks[-1]
        row = dock._rows[task.id]
        assert task.error in row.accessibleName()
        assert row._button.toolTip() == "Try again"

    run(work())


async def graded(session: Session, project: Project, coffee: Path) -> tuple[ImageDocument, str]:
    """A document with the photo, and a result made of its layer."""
    raster = await session.import_image(coffee)
    layer = RasterLayer(id="photo", name="Photo", pixels=raster, width=600, height=400)
    document = ImageDocument(id="d", title="Ad", width=600, height=400, layers=(layer,))
    session.commit("Open picture", document)
    made = await session.make(AutoGrade(image=Asset(hash=raster)), sources={"image": Source("d", "photo", "Photo")})
    return document, made.outputs["image"]


def test_assets_are_what_a_person_would_call_so(
    session: Session, project: Project, run: Run, qtbot: QtBot, coffee: Path
) -> None:
    dock = AssetsDock(session)
    qtbot.addWidget(dock)
    dock.show()

    async def work() -> None:
        _, result = await graded(session, project, coffee)
        solid_raster(64, 64, (1, 2, 3, 255), project)  # a brush stroke's raster is no asset to look at
        await settled(session)
        dock._mark_stale()
        items = items_of(project)
        assert [i.name for i in items] == ["Auto grade", "coffee.png"]
        assert items[0].hash == result
        await settled(session)
        assert not dock.model._images[result].isNull()
        dock.search.setText("coffee")
        assert dock._filtered.rowCount() == 1
        dock.search.clear()
        dock.grid.setCurrentIndex(dock._filtered.index(0, 0))
        assert not dock.made.isHidden()

    run(work())


def test_a_file_is_copied_out_of_the_project(
    session: Session, project: Project, run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock = AssetsDock(session)
    qtbot.addWidget(dock)
    dock.show()
    project.put(b"<svg/>", "image/svg+xml", "Sign/2")
    offered: list[str] = []

    def choose(_parent: object, _title: str, start: str) -> tuple[str, str]:
        offered.append(Path(start).name)
        return str(tmp_path / "sign"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)

    async def work() -> None:
        dock._mark_stale()
        (item,) = items_of(project)
        dock._ask_copy(item)
        await settled(session)
        assert offered == ["Sign-2.svg"]
        assert (tmp_path / "sign.svg").read_bytes() == b"<svg/>" and len(list(tmp_path.glob("*.part"))) == 0
        with pytest.raises(AtelierError, match="cannot be written"):
            await dock._copy(item, tmp_path / "nowhere" / "sign.svg")

    run(work())


def test_a_result_is_out_of_date_when_its_layer_changes_and_refreshing_swaps_it_everywhere(
    session: Session, project: Project, run: Run, qtbot: QtBot, coffee: Path
) -> None:
    dock = AssetsDock(session)
    qtbot.addWidget(dock)
    dock.show()

    async def work() -> None:
        document, result = await graded(session, project, coffee)
        shown = RasterLayer(id="graded", name="Graded", pixels=result, width=600, height=400)
        document = msgspec.structs.replace(document, layers=(*document.layers, shown))
        session.commit("Keep result", document)
        made_of_it = await session.make(
            ColourTransfer(image=Asset(hash=result), reference=Asset(hash=result)), title="Match"
        )
        noise = np.random.default_rng(1).integers(0, 255, (400, 600, 4), np.uint8)
        noise[..., 3] = 255
        red = write_raster(noise, project)
        changed = document.replace_layer("photo", lambda layer: msgspec.structs.replace(layer, pixels=red))
        session.commit("Paint", changed)
        await settled(session)
        stale = [i.name for i in items_of(project) if i.stale]
        assert stale == ["Match colours", "Auto grade"]
        assert dock.refresh_all.isVisible()
        await dock._refresh_stale()
        assert not any(i.stale for i in items_of(project) if i.result is not None and i.result.id not in _old(project))
        after = session.document("d")
        assert isinstance(after, ImageDocument)
        layer = after.layer("graded")
        assert isinstance(layer, RasterLayer)
        assert layer.pixels != result
        fresh = project.made_by(layer.pixels)
        assert fresh is not None
        assert fresh.recipe.assets() == {red}
        assert made_of_it.outputs["image"] != layer.pixels
        session.undo()
        before = session.document("d")
        assert isinstance(before, ImageDocument)
        assert before.layer("graded") == shown, "refreshing is one undoable step"

    run(work())


def _old(project: Project) -> set[str]:
    """Results that were made before the refresh: they stay, and stay out of date."""
    return {r.id for r in project.results()[:-2]}


def test_how_it_was_made_is_said_in_words(session: Session, project: Project, run: Run, coffee: Path) -> None:
    async def work() -> None:
        raster = await session.import_image(coffee)
        made = await session.make(AutoGrade(image=Asset(hash=raster), strength=60.0, colour=False))
        steps = lineage.describe(made.recipe, {raster: "coffee"})
        assert steps == [("Auto grade", ["Picture: coffee", "Strength: 60 %", "Saturation: no"])]
        assert not lineage.has_seed(made.recipe)
        other = await session.make(ColourTransfer(image=Asset(hash=raster), reference=Asset(hash=raster), seed=1))
        assert lineage.has_seed(other.recipe)
        varied = lineage.varied(other.recipe, 7).steps[0].operation
        assert isinstance(varied, ColourTransfer)
        assert varied.seed == 7

    run(work())


def test_make_is_searched_by_intent_in_both_languages(session: Session, project: Project, qtbot: QtBot) -> None:
    dock = MakeDock(session)
    qtbot.addWidget(dock)

    def first(words: str) -> str:
        dock.search.setText(words)
        return str(dock.filter.index(0, 0).data())

    assert first("cut out") == "Remove background"
    assert first("bigger") == "Enlarge"
    assert first("抠图") == "Remove background", "Chinese words find it in English too"
    dock.search.setText("qqqq")
    assert dock._nothing.isVisibleTo(dock)


def test_every_title_in_make_can_be_read(
    session: Session, project: Project, qtbot: QtBot, dressed: QApplication
) -> None:
    """The list is as wide as its longest title; where it was made narrower, the tip says it."""
    dock = MakeDock(session)
    qtbot.addWidget(dock)
    dock.resize(1200, 400)
    dock.show()
    metrics = QFontMetrics(theme.ui_font(12))
    room = dock.list.viewport().width() - 8 - theme.px(32) - 8
    for row in range(dock.filter.rowCount()):
        index = dock.filter.index(row, 0)
        title = index.data()
        assert metrics.elidedText(title, Qt.TextElideMode.ElideRight, room) == title
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert tip is None or tip.startswith(f"{title}\n"), "headings have none"

"""The session over a real project and a real core process."""

from pathlib import Path

import pytest
from tests_desktop import Run, settled

from core.documents.image import ImageDocument, RasterLayer, new_image
from core.engine.jobs import JobCancelled
from core.operations.base import Asset
from core.operations.image import AutoGrade, Denoise
from core.project.project import Project
from core.values import RASTER_TYPE, AtelierError
from desktop.panel import Source
from desktop.session import Notice, Session
from desktop.work import State


def test_commits_are_told_and_undone(session: Session, project: Project, run: Run) -> None:
    changed: list[str] = []
    session.document_changed.connect(changed.append)
    lists: list[int] = []
    session.documents_changed.connect(lambda: lists.append(len(project.documents())))
    document = new_image(10, 10, "A")
    session.commit("New image", document)
    assert changed == [document.id]
    assert lists == [1]
    session.undo()
    assert lists == [1, 0]
    session.redo()
    assert session.document(document.id) == document


def test_without_a_project_one_sentence_says_so(session: Session) -> None:
    with pytest.raises(AtelierError, match="No project is open"):
        session.commit("New image", new_image(10, 10))


def test_a_picture_comes_in_and_a_result_is_made_of_it(
    session: Session, project: Project, run: Run, coffee: Path
) -> None:
    async def work() -> None:
        raster = await session.import_image(coffee)
        assert project.asset(raster).media_type == RASTER_TYPE
        assert any(a.name == coffee.name for a in project.assets()), "the file itself is kept"
        layer = RasterLayer(pixels=raster, width=600, height=400)
        document = ImageDocument(id="d", width=600, height=400, layers=(layer,))
        session.commit("Open picture", document)
        made = await session.make(
            AutoGrade(image=Asset(hash=raster)), sources={"image": Source("d", layer.id, "Photo")}, origin="test"
        )
        assert project.asset(made.outputs["image"]).media_type == RASTER_TYPE
        stored = project.made_by(made.outputs["image"])
        assert stored is not None
        assert stored.recipe == made.recipe
        assert stored.bindings == {"image": ("d", layer.id)}
        task = session.work.tasks[-1]
        assert task.state is State.DONE
        assert task.fraction == 1.0

    run(work())


def test_a_task_can_be_stopped_and_tried_again(session: Session, project: Project, run: Run, coffee: Path) -> None:
    async def work() -> None:
        raster = await session.import_image(coffee)
        task = session.start(Denoise(image=Asset(hash=raster)), title="Remove noise")
        session.work.cancel(task)
        with pytest.raises(JobCancelled):
            await session.work.wait(task)
        assert task.state is State.CANCELLED
        again = session.work.retry(task)
        assert task not in session.work.tasks
        await session.work.wait(again)
        assert again.state is State.DONE
        session.work.clear_finished()
        assert session.work.tasks == []

    run(work())


def test_what_fails_says_why_and_a_defect_is_not_shown_raw(session: Session, project: Project, run: Run) -> None:
    said: list[Notice] = []
    session.notice.connect(said.append)

    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

    async def refused() -> None:
        raise AtelierError("The disk is full.")

    async def work() -> None:
        session.spawn(broken())
        session.spawn(refused())
        await settled(session)

    run(work())
    assert [n.level for n in said] == ["error", "error"]
    assert "secret" not in said[0].text
    assert said[1].text == "The disk is full."


def test_a_file_that_is_no_picture_fails_with_a_sentence(
    session: Session, project: Project, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "fake.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"nonsense" * 20)

    async def work() -> None:
        with pytest.raises(AtelierError):
            await session.import_image(path)
        task = session.work.tasks[-1]
        assert task.state is State.FAILED
        assert task.error.endswith(".")

    run(work())


def test_closing_the_project_stops_what_runs(session: Session, project: Project, run: Run, coffee: Path) -> None:
    async def work() -> None:
        raster = await session.import_image(coffee)
        task = session.start(Denoise(image=Asset(hash=raster)))
        session.close_project()
        await settled(session)
        assert task.state in (State.CANCELLED, State.DONE)
        assert session.project is None

    run(work())


def test_waiting_tasks_change_places(session: Session, project: Project, run: Run, coffee: Path) -> None:
    async def work() -> None:
        raster = await session.import_image(coffee)
        first, *waiting = [
            session.start(Denoise(image=Asset(hash=raster), strength=float(n)), title=str(n)) for n in range(1, 5)
        ]
        session.work.move(waiting[-1], 0)
        order = [t.title for t in session.work.tasks if t.state is State.WAITING]
        assert order.index("4") < order.index("2")
        for task in (first, *waiting):
            session.work.cancel(task)
        await settled(session)

    run(work())

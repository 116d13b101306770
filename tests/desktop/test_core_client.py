"""The core as Qt signals and awaitables, against a real core process and a real event loop."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import qasync
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "engine"))

import engine_ops as ops
from engine_help import settings

from core.engine.jobs import JobCancelled
from core.operations.base import Asset, Output
from core.operations.recipe import Recipe, Step, single
from core.project.project import Project
from core.raster.manifest import solid_raster
from core.raster.pack import read_pack
from core.values import AtelierError
from desktop.core_client import Core
from desktop.frames import FrameView

Play = Callable[[Awaitable[Any]], Any]


@pytest.fixture
def play(qapp: QApplication) -> Iterator[Play]:
    """Run a coroutine on Qt's event loop."""
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)

    def run(work: Awaitable[Any]) -> Any:
        return loop.run_until_complete(asyncio.wait_for(work, 60))

    yield run
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def core(qapp: QApplication) -> Iterator[Core]:
    """A core that knows the test operations."""
    core = Core(settings())
    core.log = []
    for name in ("started", "progress", "preview", "token", "finished", "failed", "cancelled"):
        getattr(core, name).connect(lambda *a, name=name: core.log.append((name, *a)))
    yield core
    core.stop()


def _names(core: Core, job: str | None = None) -> list[str]:
    return [entry[0] for entry in core.log if job is None or entry[1] == job]


def test_run_gives_the_result_after_all_signals(core: Core, play: Play) -> None:
    result = play(core.run(single(ops.Paint(value=4, seconds=0.3))))
    names = _names(core)
    assert names[0] == "started"
    assert names[-1] == "finished"
    assert names[-2] == "progress"
    assert core.log[-2][2].fraction == 1.0
    assert "preview" in names
    assert core.log[-1][2] == result
    (output,) = result.outputs.values()
    assert read_pack(Path(output.path))[0, 0].tolist() == [4, 255, 255, 255]


def test_a_preview_is_a_picture_of_its_own(core: Core, play: Play) -> None:
    play(core.run(single(ops.Paint(value=200, size=32))))
    image = next(entry[2] for entry in core.log if entry[0] == "preview")
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (32, 32)
    core.stop()
    assert image.pixelColor(5, 5).getRgb() == (200, 255, 255, 255)


def test_progress_is_coalesced_to_thirty_a_second(core: Core, play: Play) -> None:
    start = time.monotonic()
    play(core.run(single(ops.Paint(seconds=1.0))))
    seconds = time.monotonic() - start
    assert 5 < _names(core).count("progress") <= seconds * 31 + 3


def test_tokens_arrive_all_and_in_order(core: Core, play: Play) -> None:
    words = tuple(f"w{n}" for n in range(500))
    play(core.run(single(ops.Speak(words=words))))
    assert tuple(entry[2] for entry in core.log if entry[0] == "token") == words


def test_a_failure_is_raised_and_signalled(core: Core, play: Play) -> None:
    with pytest.raises(AtelierError, match=r"^The moon is not made of cheese\.$"):
        play(core.run(single(ops.Trouble(how="sentence"))))
    assert core.log[-1][0::2] == ("failed", "The moon is not made of cheese.")


def test_cancelling_a_job_and_cancelling_the_task_that_waits(core: Core, play: Play) -> None:
    async def cancel_job() -> None:
        task = asyncio.ensure_future(core.run(single(ops.Paint(seconds=30))))
        while "started" not in _names(core):
            await asyncio.sleep(0.01)
        core.cancel(core.log[0][1])
        with pytest.raises(JobCancelled):
            await task

    async def cancel_task() -> None:
        task = asyncio.ensure_future(core.run(single(ops.Paint(seconds=30, value=1))))
        while _names(core).count("started") < 2:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while _names(core).count("cancelled") < 2:
            await asyncio.sleep(0.01)

    play(cancel_job())
    play(cancel_task())


def test_what_makes_no_sense_is_raised_at_once(core: Core) -> None:
    with pytest.raises(AtelierError, match="no earlier step"):
        core.submit(Recipe((Step("b", ops.Invert(image=Output("a"))),), (Output("b"),)))


def test_assets_come_from_the_open_project(core: Core, play: Play, tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.atelier") as project:
        core.set_project(project)
        digest = solid_raster(40, 30, (10, 20, 30, 255), project)
        result = play(core.run(single(ops.Invert(image=Asset(hash=digest)))))
        (output,) = result.outputs.values()
        assert read_pack(Path(output.path))[29, 39].tolist() == [245, 235, 225, 255]
        core.set_project(None)
        with pytest.raises(AtelierError, match="closed"):
            play(core.run(single(ops.CopyFile(file=Asset(hash=digest)))))


def test_the_window_lives_when_the_core_does_not(core: Core, play: Play) -> None:
    states: list[Any] = []
    core.state_changed.connect(states.append)

    async def work() -> Any:
        task = asyncio.ensure_future(core.run(single(ops.Paint(seconds=1))))
        while "started" not in _names(core):
            await asyncio.sleep(0.01)
        psutil.Process(core.state.pid).kill()
        return await task

    assert play(work()).outputs
    assert any("is being started again" in state.message for state in states)


def test_nothing_blocks_the_thread_of_the_window(core: Core, play: Play, tmp_path: Path) -> None:
    """A heart beats every 5 ms while the core starts, assets are made into files, the core is killed and restarts."""
    gaps: list[float] = []

    async def heart() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    async def work(project: Project, digest: str) -> None:
        beating = asyncio.ensure_future(heart())
        await asyncio.sleep(0.05)
        await core.run(single(ops.Invert(image=Asset(hash=digest))))
        await core.run(single(ops.Paint(value=1)))
        psutil.Process(core.state.pid).kill()
        await core.run(single(ops.Paint(value=2)))
        beating.cancel()

    with Project.create(tmp_path / "p.atelier") as project:
        core.set_project(project)
        digest = solid_raster(3000, 2000, (10, 20, 30, 255), project)
        gaps.clear()
        play(work(project, digest))
        core.set_project(None)
    assert max(gaps) < 0.25, f"{max(gaps) * 1000:.0f} ms"


def test_frames_of_a_watched_job_go_to_its_viewer(core: Core, play: Play, qtbot: Any) -> None:
    view = FrameView()
    qtbot.addWidget(view)
    view.resize(64, 64)
    view.show()
    painted: list[int] = []
    view.painted.connect(painted.append)

    async def work() -> None:
        recipe = single(ops.Stream(width=64, height=64, count=200, rate=200))
        job = core.submit(recipe)
        core.watch(job.id, view.show_frame)
        while job.id not in [entry[1] for entry in core.log if entry[0] == "finished"]:
            await asyncio.sleep(0.01)

    play(work())
    assert "preview" not in _names(core)
    assert len(set(painted)) > 50
    assert painted == sorted(painted)
    image = view.image()
    assert image.pixel(0, 0) == image.pixel(63, 63)
    view.clear()


def test_all_jobs_can_be_seen_reordered_and_released(core: Core, play: Play) -> None:
    changes: list[None] = []
    core.jobs_changed.connect(lambda: changes.append(None))

    async def work() -> None:
        first = core.submit(single(ops.Paint(seconds=30)))
        second, third = (core.submit(single(ops.Paint(value=n))) for n in (1, 2))
        while "started" not in _names(core):
            await asyncio.sleep(0.01)
        core.reorder(third.id, 0)
        assert [j.id for j in core.jobs()] == [first.id, third.id, second.id]
        core.cancel(first.id)
        while _names(core).count("finished") < 2:
            await asyncio.sleep(0.01)
        assert [e[1] for e in core.log if e[0] == "finished"] == [third.id, second.id]
        core.release(second.id)
        assert not second.folder.exists()
        assert second.id not in [j.id for j in core.jobs()]

    play(work())
    assert len(changes) >= 6


def test_stopping_ends_what_is_awaited(core: Core, play: Play) -> None:
    async def work() -> None:
        task = asyncio.ensure_future(core.run(single(ops.Paint(seconds=30))))
        while "started" not in _names(core):
            await asyncio.sleep(0.01)
        core.stop()
        with pytest.raises(JobCancelled):
            await task

    play(work())
    assert core.log[-1][0] == "cancelled"


def test_the_client_side_loads_nothing_of_the_core() -> None:
    import subprocess

    code = (
        "import sys; import desktop.core_client; "
        "bad = {'torch', 'cv2', 'numpy', 'onnxruntime', 'core.engine.worker', 'core.engine.runner', 'core.models'};"
        "print(bad & set(sys.modules))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

"""The core process is killed at 200 random moments; the window lives, and every job resumes or says why not."""

import asyncio
import contextlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
import qasync
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "engine"))

import engine_ops as ops
from engine_help import settings

from core.engine.jobs import JobStatus
from core.engine.protocol import Activity
from core.operations.base import Output
from core.operations.recipe import Recipe, Step, single
from core.project import places
from core.raster.pack import read_pack
from core.values import AtelierError
from desktop.core_client import Core
from desktop.frames import FrameView

KILLS = 200
SENTENCES = ("stopped the engine twice and was not tried again.", "The engine could not be started")


def _core_process() -> psutil.Process | None:
    """The child of this process that is the core, wherever in its life it is."""
    with contextlib.suppress(psutil.Error):
        return next((c for c in psutil.Process().children() if "core.engine.worker" in c.cmdline()), None)
    return None


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_core_is_killed_at_200_random_moments(qapp: QApplication, qtbot: Any) -> None:
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    shared = set(Path("/dev/shm").iterdir()) if Path("/dev/shm").is_dir() else set()
    dice = random.Random(20261124)
    core = Core(settings())
    view = FrameView()
    qtbot.addWidget(view)
    view.show()
    core.preview.connect(lambda _job, image: view.show_image(image))
    kills = 0
    done: dict[int, str] = {}
    refused: list[str] = []
    longest_gap = 0.0

    async def heart() -> None:
        nonlocal longest_gap
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            longest_gap = max(longest_gap, now - last)
            last = now

    async def ask(number: int) -> None:
        value = number % 250
        if number % 2:
            recipe = single(ops.Speak(words=(f"word {number}",)))
        else:
            paint = Step("a", ops.Paint(value=value, size=64, seconds=0.03))
            recipe = Recipe((paint, Step("b", ops.Invert(image=Output("a")))), (Output("b"),))
        try:
            result = await core.run(recipe, title=f"Job {number}")
        except AtelierError as error:
            assert any(sentence in str(error) for sentence in SENTENCES), error
            refused.append(str(error))
            return
        (output,) = result.outputs.values()
        if number % 2:
            assert json.loads(Path(output.path).read_bytes())["words"] == [f"word {number}"]
        else:
            assert (read_pack(Path(output.path)) == (255 - value, 0, 0, 255)).all()
        done[number] = output.hash

    async def keep_asking() -> None:
        number = 0
        open_jobs: set[asyncio.Task[None]] = set()
        while kills < KILLS:
            open_jobs.add(asyncio.ensure_future(ask(number)))
            number += 1
            if len(open_jobs) >= 4:
                finished, open_jobs = await asyncio.wait(open_jobs, return_when=asyncio.FIRST_COMPLETED)
                for task in finished:
                    task.result()
        await asyncio.wait_for(asyncio.gather(*open_jobs), 60)

    async def kill() -> None:
        nonlocal kills
        while kills < KILLS:
            # One in eight while it starts, the others at any time of its work.
            if dice.random() > 1 / 8:
                while core.state.activity not in (Activity.IDLE, Activity.BUSY):
                    await asyncio.sleep(0.005)
            await asyncio.sleep(dice.uniform(0, 0.25))
            process = await asyncio.to_thread(_core_process)
            if process is not None:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
                    kills += 1

    async def main() -> None:
        beating = asyncio.ensure_future(heart())
        await asyncio.gather(keep_asking(), kill())
        # And after all that, work goes on as if nothing had been.
        await ask(99)
        beating.cancel()

    try:
        loop.run_until_complete(main())
        assert kills == KILLS
        assert len(done) > 20, f"{len(done)} jobs done, {len(refused)} refused"
        assert longest_gap < 1.0
        assert all(job.status in (JobStatus.DONE, JobStatus.FAILED) for job in core.jobs())
        assert view.isVisible()
    finally:
        core.stop()
        loop.close()
        asyncio.set_event_loop(None)
    assert _core_process() is None
    assert list((places.cache() / "sessions").iterdir()) == []
    assert (set(Path("/dev/shm").iterdir()) if Path("/dev/shm").is_dir() else set()) == shared
    entries = list((places.cache() / "results").glob("*/*"))
    assert entries
    assert all(len(entry.name) == 64 and (entry / "entry.msgpack").is_file() for entry in entries)
    print(
        f"{kills} kills: {len(done)} jobs done, {len(refused)} said why not; longest pause {longest_gap * 1000:.0f} ms"
    )

"""The desktop is killed at 200 random moments: what it acknowledged is in the project, and it leaves nothing behind."""

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import psutil
import pytest
from desktop_editor import make_project, picture, project_path

from core.project.project import Project

pytestmark = [pytest.mark.faults, pytest.mark.slow]

KILLS = 200
CHAINS = 2
ROOT = Path(__file__).parents[2]
SHARED = Path("/dev/shm")


class Talk:
    """A helper process and its lines; see ``desktop_editor.py``."""

    def __init__(self, role: str, folder: Path, seed: int) -> None:
        script = Path(__file__).with_name("desktop_editor.py")
        # One thread for numpy's libraries: a process with threads had better not fork.
        calm = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"}
        environment = os.environ | calm | {"PYTHONPATH": str(ROOT), "ATELIER_HOME": str(folder / role)}
        self.home = folder / role
        self.process = subprocess.Popen(
            [sys.executable, str(script), role, str(folder), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )
        self._rest = b""
        assert self.hear() == "here"

    def say(self, line: str) -> None:
        stream = self.process.stdin
        assert stream is not None
        stream.write(f"{line}\n".encode())
        stream.flush()

    def hear(self, seconds: float = 120.0) -> str:
        """Return the next line."""
        stream: IO[bytes] | None = self.process.stdout
        assert stream is not None
        end = time.monotonic() + seconds
        while b"\n" not in self._rest:
            ready, _, _ = select.select([stream], [], [], max(0.0, end - time.monotonic()))
            assert ready, "nothing was said"
            data = os.read(stream.fileno(), 65536)
            assert data, "the helper is gone"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        assert not line.startswith(b"failed"), line.decode()
        return line.decode()


@contextlib.contextmanager
def talk(role: str, folder: Path, seed: int) -> Iterator[Talk]:
    helper = Talk(role, folder, seed)
    try:
        yield helper
    finally:
        assert helper.process.stdin is not None and helper.process.stdout is not None
        helper.process.stdin.close()
        helper.process.wait(20)
        helper.process.stdout.close()


def cores_of(home: Path) -> list[int]:
    """Return the core processes that belong to the desktops of ``home``."""
    found = []
    for process in psutil.process_iter():
        try:
            if "core.engine.worker" in process.cmdline() and process.environ().get("ATELIER_HOME") == str(home):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def shared_memory() -> set[Path]:
    """Return the pieces of shared memory that have a name, whosever they are."""
    return set(SHARED.iterdir()) if SHARED.is_dir() else set()


def is_in_use(path: Path) -> bool:
    """Return whether a living process has a piece of shared memory: then it was not left by a dead one."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if any(place.path == str(path) for place in process.memory_maps(grouped=False)):
                return True
    return not path.exists()


def eventually(what: Callable[[], object], seconds: float = 20.0) -> bool:
    """Wait until ``what()`` is true; False when it does not come true."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True


class Chain:
    """One project that is edited by one desktop after the other, each of which is killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.dice = random.Random(seed)
        self.number = 0
        """The last edit that is known to be in the project."""
        self.sure = 0
        """How many kills came after the window was there."""
        self.unasked = 0
        """How many edits were there without having been acknowledged: the kill came between the two."""
        folder.mkdir()
        make_project(folder)

    def run(self, kills: int) -> None:
        """Kill ``kills`` desktops and look at what each left."""
        replayed = self.folder / "replayed"
        replayed.mkdir()
        make_project(replayed)
        with talk("parent", self.folder, self.seed) as parent, talk("replay", replayed, self.seed) as replay:
            for _ in range(kills):
                acknowledged, had_core = self._edit_and_kill(parent)
                self._look_at_the_project(acknowledged, replay)
                self._look_around(parent.home, had_core)

    def _edit_and_kill(self, parent: Talk) -> tuple[int, bool]:
        with_core = self.dice.random() < 1 / 3
        parent.say(f"start {self.number}" + " core" * with_core)
        pid = int(parent.hear().removeprefix("started "))
        lines: list[str] = []
        try:
            self._wait_for_the_moment(parent, lines)
        finally:
            os.kill(pid, signal.SIGKILL)
        parent.say("reap")
        while not lines or lines[-1] != "dead":
            lines.append(parent.hear())
        numbers = [int(line) for line in lines if line.isdigit()]
        assert numbers == list(range(self.number + 1, self.number + 1 + len(numbers)))
        return self.number + len(numbers), "core" in lines

    def _wait_for_the_moment(self, parent: Talk, lines: list[str]) -> None:
        """Hear what the desktop says, into ``lines``, until a moment to kill it has come."""
        if self.dice.random() < 1 / 8:
            time.sleep(self.dice.uniform(0, 0.5))  # wherever it is on its way
            return
        while not lines or lines[-1] != "ready":
            lines.append(parent.hear())
        self.sure += 1
        # By edits and not by time: a busy machine would make too few of them.
        last = self.number + self.dice.randint(0, 5)
        while last > self.number and str(last) not in lines:
            lines.append(parent.hear())
        time.sleep(self.dice.uniform(0, 0.06))  # on, into the next one

    def _look_at_the_project(self, acknowledged: int, replay: Talk) -> None:
        """Every acknowledged edit is there, and at most the one that was under way besides."""
        with Project.open(project_path(self.folder)) as project:
            assert project.recovery is None and not project.notice
            found = picture(project)
            assert project.verify() == []
        replay.say(str(acknowledged))
        self.number = acknowledged
        if replay.hear() != found:
            replay.say(str(acknowledged + 1))
            assert found == replay.hear(), f"after edit {acknowledged} of seed {self.seed}"
            self.number += 1
            self.unasked += 1

    def _look_around(self, home: Path, had_core: bool) -> None:
        """The core notices that it is alone, takes its files along and goes; nothing else was ever there."""
        assert eventually(lambda: not cores_of(home)), f"cores left: {cores_of(home)}"
        sessions = home / "cache" / "sessions"
        if had_core:
            assert eventually(lambda: not list(sessions.iterdir())), list(sessions.iterdir())
        assert not list((home / "runtime").glob("*"))
        assert {p.name for p in self.folder.iterdir()} == {project_path(self.folder).name, home.name, "replayed"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seconds", [0.0, 0.4, 1.5])
def test_a_core_in_the_middle_of_its_work_goes_with_the_desktop(tmp_path: Path, seconds: float) -> None:
    make_project(tmp_path)
    with talk("work", tmp_path, 0) as helper:
        assert len(cores_of(helper.home)) == 1
        time.sleep(seconds)
        helper.process.kill()
        assert eventually(lambda: not cores_of(helper.home)), "it works on for nobody"
    assert list((helper.home / "cache" / "sessions").iterdir()) == []
    with Project.open(project_path(tmp_path)) as project:
        assert project.verify() == []
    assert {p.name for p in tmp_path.iterdir()} == {project_path(tmp_path).name, "work"}


@pytest.mark.timeout(900)
def test_every_acknowledged_edit_survives_the_death_of_the_desktop_at_200_moments(tmp_path: Path) -> None:
    shared = shared_memory()
    chains = [Chain(tmp_path / f"chain {number}", 100 + number) for number in range(CHAINS)]
    with ThreadPoolExecutor(CHAINS) as pool:
        list(pool.map(lambda chain: chain.run(KILLS // CHAINS), chains))
    assert sum(chain.number for chain in chains) > KILLS
    assert sum(chain.sure for chain in chains) > KILLS / 2
    assert not [path for path in shared_memory() - shared if not is_in_use(path)]
    sure, edits, unasked = (
        sum(values) for values in zip(*((c.sure, c.number, c.unasked) for c in chains), strict=True)
    )
    print(f"{KILLS} desktops killed, {sure} at work: {edits} edits, {unasked} there before they were acknowledged")

"""Projects in awkward places: shares without locks, full disks, media that cannot be written, and kill -9 in between.

A small disk and a read-only one are real: mounted in a mount namespace that only the child sees. A file system without
locks is made of an ordinary one by a library that answers ``fcntl`` as such a one does.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from core.documents.image import new_image
from core.project import publishing, working
from core.project.project import Project

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
CHILD = ROOT / "tests" / "faults" / "project_places.py"

NO_LOCKS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int answer(const char *name, int fd, int command, void *argument) {
    if (command == F_SETLK || command == F_SETLKW || command == F_GETLK) {
        char link[64], path[4096];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t size = readlink(link, path, sizeof path - 1);
        const char *folder = getenv("FOLDER_WITHOUT_LOCKS");
        if (size > 0 && folder) {
            path[size] = 0;
            if (!strncmp(path, folder, strlen(folder))) { errno = atoi(getenv("ERRNO_OF_LOCKS")); return -1; }
        }
    }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    return real(fd, command, argument);
}

int fcntl(int fd, int command, ...) {
    va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
    return answer("fcntl", fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
    va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
    return answer("fcntl64", fd, command, argument);
}
"""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def child(*arguments: object, **more: str) -> dict[str, str]:
    """Run an action to its end and return what it says."""
    command = [sys.executable, str(CHILD), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(**more), timeout=120)
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads(done.stdout)
    return answers


def mounted(mounts: str, *arguments: object, **more: str) -> dict[str, str]:
    """Run an action where ``mounts``, a piece of shell, has been done; skip where that is not permitted."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("mount namespaces are Linux's")
    words = " ".join(f"'{word}'" for word in (sys.executable, CHILD, *arguments))
    for user in ([], ["--map-root-user"]):
        command = ["unshare", *user, "-m", "sh", "-c", f"({mounts}) || exit 77; exec {words}"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment(**more), timeout=120
        )
        if done.returncode == 0:
            answers: dict[str, str] = json.loads(done.stdout)
            return answers
        if done.returncode not in (1, 77) or "Traceback" in done.stderr:
            break
    if "Traceback" not in done.stderr and done.returncode in (1, 77):
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    pytest.fail(done.stderr)


def killed(*arguments: object, after: float | None = None, **more: str) -> list[int]:
    """Start an action, kill it (or let it die by itself), and return the numbers that it acknowledged."""
    process = subprocess.Popen(
        [sys.executable, str(CHILD), *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=environment(**more)
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    if after is not None:
        time.sleep(after)
        process.kill()
    lines = process.stdout.read().split("\n")[:-1]
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.stdout.close()
    return [int(line) for line in lines]


class Server:
    """A process that is ready to publish: forking it off takes no time, so that one can be killed often."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD), "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )

    def killed(self, path: Path, number: int, after: float) -> list[int]:
        """Have a process edit and publish, kill it, and return the numbers that it acknowledged."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(path, number, file=self._process.stdin, flush=True)
        lines: list[str] = []
        while not {"ready", "pid"} <= {line.split(" ")[0] for line in lines}:
            lines.append(self._process.stdout.readline().rstrip())
            assert lines[-1], "the process that forks has died"
        time.sleep(after)
        os.kill(int(next(line for line in lines if line.startswith("pid ")).split(" ")[1]), signal.SIGKILL)
        while lines[-1] != "over":
            lines.append(self._process.stdout.readline().rstrip())
        return [int(line) for line in lines if line.isdecimal()]

    def stop(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(timeout=30)


def looked_at(path: Path) -> int:
    """Return what is published, which is always whole."""
    with Project.open(path, read_only=True) as project:
        assert project.recovery is None
        assert project.verify() == []
        entries = project.documents()
        return int(entries[0].title) if entries else 0


def taken_up(path: Path) -> int:
    """Return what there is once the project is opened again on this computer, and publish it."""
    with Project.open(path) as project:
        assert project.recovery is None
        assert project.path == path, project.publication
        found = int(project.documents()[0].title) if project.documents() else 0
    assert project.published
    assert list(working.every()) == []
    assert looked_at(path) == found
    return found


def survives(path: Path, before: int, acknowledged: list[int]) -> int:
    """Check what a killed process left at ``path``; return where its work has come to."""
    newest = max([before, *acknowledged])
    assert before <= looked_at(path) <= newest + 1
    found = taken_up(path)
    # The edit in flight may have been committed without being acknowledged yet.
    assert found in (newest, newest + 1)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return found


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is taken for one on a share. In memory where that goes: killing needs no disk, and is faster."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as place:
        folder = Path(place) / "share"
        folder.mkdir()
        monkeypatch.setenv("ATELIER_SHARED", str(folder))
        monkeypatch.setenv("ATELIER_HOME", str(Path(place) / "home"))
        yield folder


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_kill_9_at_40_moments_of_publishing_loses_nothing(share: Path) -> None:
    path, chance, reached = share / "p.atelier", random.Random(11), 0
    server = Server()
    try:
        for _ in range(40):
            numbers = server.killed(path, reached, chance.uniform(0, 0.15))
            reached = survives(path, reached, numbers)
    finally:
        server.stop()
    assert reached > 40


@pytest.mark.slow
def test_kill_9_between_every_two_steps_of_publishing(share: Path) -> None:
    path, reached = share / "p.atelier", 0
    for step in ("copied", "compacted", "delivered", "announced", "replaced", "taken down", "settled"):
        numbers = killed("publish", path, reached, step)
        reached = survives(path, reached, numbers)
    assert reached >= 7


@pytest.mark.slow
def test_kill_9_during_a_conflict_loses_neither_side(share: Path) -> None:
    path = share / "p.atelier"
    for step in ("delivered", "replaced", "taken down"):
        numbers = killed("publish", path, 0, "copied")
        with Project.create(share.parent / "theirs.atelier", title="theirs"):
            pass
        (share.parent / "theirs.atelier").replace(path)
        assert numbers
        taken = subprocess.run(
            [sys.executable, str(CHILD), "publish-on", str(path), step], env=environment(), check=False
        )
        assert taken.returncode == -signal.SIGKILL
        for copy in list(working.every()):
            with Project.open(copy.target) as project:
                mine = int(project.documents()[0].title)
            assert mine in (numbers[-1], numbers[-1] + 1)
            assert project.published
            assert project.path != path
            assert looked_at(project.path) == mine
        assert Project.peek(path).title == "theirs"
        for left in share.iterdir():
            left.unlink()


@pytest.mark.parametrize("step", ["backed up", "in the step", "step 1", "committed"])
def test_kill_9_during_a_migration_leaves_the_old_file_or_the_new_one(tmp_path: Path, step: str) -> None:
    path = tmp_path / "p.atelier"
    with Project.create(path, title="Before"):
        pass
    before = path.read_bytes()
    done = subprocess.run([sys.executable, str(CHILD), "migrate", str(path), step], env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    backup = tmp_path / "p (before Atelier format 2).atelier"
    assert Project.peek(backup).title == "Before"
    if step == "committed":
        with Project.open(path) as project:  # this version knows format 1 only
            assert project.read_only
            assert "newer version" in project.notice
        return
    with Project.open(path) as project:
        assert not project.read_only
        assert project.recovery is None
        assert project.title == "Before"
        assert project.verify() == []
    assert len(path.read_bytes()) == len(before)
    done = subprocess.run(
        [sys.executable, str(CHILD), "migrate", str(path), ""], capture_output=True, env=environment(), check=False
    )
    assert done.stdout == b"opened\n"
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix == ".atelier")[0] == backup.name


def test_a_full_disk_gives_a_sentence_each_and_takes_nothing(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    large.mkdir()
    said = mounted(f"mount -t tmpfs -o size=2m none '{small}'", "full", small, large)
    for action in ("create", "edit", "import", "raster", "snapshot", "collect", "collect beside", "copy", "save as"):
        assert "disk is full" in said[action] or "No space left" in said[action], (action, said[action])
        assert said[action].count(". ") == 0, said[action]
    assert said["compact"] == "done" or "not enough room" in said["compact"] or "disk is full" in said["compact"]
    assert [name for name in said["left"].split() if name != "media"] == ["ballast", "p.atelier", "p.atelier-wal"]
    assert said["whole"] == "[]"
    assert said["outside"] == str(large / "picture.bin")
    assert said["close"] == "done"
    assert (said["kept"], said["go on"], said["undo"]) == ("True", "done", "True")
    assert [name for name in said["rest"].split() if name != "media"] == ["p.atelier"]


def test_a_full_share_is_said_and_tried_again(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mounts = f"mount -t tmpfs -o size=2m none '{share}'"
    said = mounted(mounts, "full-share", share, ATELIER_SHARED=str(share))
    assert "No space left" in said["publish"]
    assert (said["published"], said["left"]) == ("False", "True")
    assert said["names"] == ".p.atelier.lock ballast p.atelier"
    assert (said["again"], said["then"], said["title"]) == ("done", "True", "3")


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_a_medium_that_cannot_be_written_opens_for_reading_and_save_as_works(
    tmp_path: Path, log: bool, shared: bool
) -> None:
    medium, elsewhere = tmp_path / "medium", tmp_path / "elsewhere"
    medium.mkdir()
    elsewhere.mkdir()
    if log:
        numbers = killed("publish", medium / "p.atelier", 0, after=0.05)
        assert (medium / "p.atelier-wal").exists()
        assert numbers
    else:
        child("work", medium / "p.atelier")
        (medium / "copy.atelier").unlink()
    there = " ".join(sorted(file.name for file in medium.iterdir()))
    mounts = f"mount --bind '{medium}' '{medium}' && mount -o remount,bind,ro '{medium}'"
    more = {"ATELIER_SHARED": str(medium)} if shared else {}
    said = mounted(mounts, "read-only", medium, elsewhere, **more)
    assert said["read only"] == "True"
    assert "reading only" in said["notice"]
    assert int(said["title"]) >= 1
    for action in ("edit", "snapshot", "put", "compact"):
        assert "reading only" in said[action], (action, said[action])
    assert "new.atelier" in said["create"] or "medium" in said["create"]
    assert not said["create"].startswith("DEFECT")
    assert (said["save as"], said["then"], said["go on"], said["moved"]) == ("done", "False ", "done", "2")
    assert said["left"] == there


@pytest.mark.parametrize("errno", [37, 95, 22], ids=["ENOLCK", "EOPNOTSUPP", "EINVAL"])
def test_a_file_system_without_locks_is_found_out_and_worked_around(tmp_path: Path, errno: int) -> None:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no compiler to make a file system without locks")
    source, library, folder = tmp_path / "nolocks.c", tmp_path / "nolocks.so", tmp_path / "fat"
    source.write_text(NO_LOCKS)
    folder.mkdir()
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    more = {"LD_PRELOAD": str(library), "FOLDER_WITHOUT_LOCKS": str(folder), "ERRNO_OF_LOCKS": str(errno)}
    said = child("work", folder / "p.atelier", **more)
    assert said == {"away": True, "title": 2, "whole": []}
    assert sorted(file.name for file in folder.iterdir()) == ["copy.atelier", "p.atelier"]
    assert child("work", tmp_path / "p.atelier", **more)["away"] is False


def test_a_real_fat_is_taken_for_what_it_is(tmp_path: Path) -> None:
    image, folder = tmp_path / "fat.img", tmp_path / "stick"
    maker = shutil.which("mkfs.vfat")
    if maker is None or "vfat" not in Path("/proc/filesystems").read_text():
        pytest.skip("this kernel knows no FAT, or there is no mkfs.vfat")
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(16 << 20)
    subprocess.run([maker, str(image)], check=True, capture_output=True)
    said = mounted(f"mount -o loop -t vfat '{image}' '{folder}'", "work", folder / "p.atelier")
    assert said == {"away": True, "title": 2, "whole": []}


class Window(QObject):
    """As much of a session as the status bar needs."""

    project_changed = Signal()
    history_changed = Signal()
    state_changed = Signal(object)
    state = SimpleNamespace(activity="idle", running=0, waiting=0, device="", message="")
    project: Project | None = None

    @property
    def core(self) -> "Window":
        return self


def test_the_status_bar_says_when_it_is_saved_here_only(
    qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.statusbar import StatusBar

    monkeypatch.setattr(publishing, "QUIET", 0.7)
    window = Window()
    bar = StatusBar(cast(Any, window))
    qtbot.addWidget(bar)
    with Project.create(share / "p.atelier") as project:
        window.project = project
        window.project_changed.emit()
        assert bar.saved.text() == "Saved"
        with project.transaction("New") as edit:
            edit.put(new_image(5, 5, "a"))
        qtbot.waitUntil(lambda: bar.saved.text() == "Saved here; not yet in the shared folder", timeout=20_000)
        qtbot.waitUntil(lambda: bar.saved.text() == "Saved", timeout=20_000)
        window.project = None
        window.project_changed.emit()
    with Project.open(share / "p.atelier", read_only=True) as again:
        assert len(again.documents()) == 1

"""Logs rotate, and what is gathered from them names nobody."""

import getpass
import logging
import platform
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from core.engine import logs
from core.project import places

ROOT = Path(logs.__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def put_back():
    """Logging is one thing for the whole process: leave it as it was."""
    import threading

    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook)
    yield
    for handler in root.handlers[:]:
        if handler not in before[0]:
            handler.close()
            root.removeHandler(handler)
    root.setLevel(before[1])
    logging.raiseExceptions, sys.excepthook, threading.excepthook = before[2:]


def test_a_log_rotates_and_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 10_000)
    path = logs.start("desktop")
    logs.start("desktop")  # again: still one line for each message
    for n in range(1000):
        logging.getLogger("x").info("message %d", n)
    files = sorted(places.log().glob("desktop.log*"))
    assert len(files) == 1 + logs.KEPT
    assert all(f.stat().st_size <= 10_000 for f in files)
    assert path.read_text().count("message 999\n") == 1


def test_what_nobody_caught_is_logged() -> None:
    code = """
import threading
from core.engine import logs
logs.start("desktop")
thread = threading.Thread(target=lambda: 1 / 0, name="worker 7")
thread.start(); thread.join()
raise KeyError("main")
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True)
    text = (places.log() / "desktop.log").read_text()
    assert "not caught in thread worker 7" in text
    assert "ZeroDivisionError" in text
    assert "KeyError: 'main'" in text


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(logs, "_TolerantHandler", type("Refusing", (logging.Handler,), {"__init__": refuse}))
    logs.start("desktop")
    logging.getLogger("x").error("lost")


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("opened /home/jane/Pictures/wedding.png", "opened <path>.png"),
        ("opened '/home/jane/My Pictures/the wedding.png' now", "opened '<path>.png' now"),
        ("The file “/media/usb/Kunde Müller.jpg” cannot be read", "The file “<path>.jpg” cannot be read"),
        ("The picture “Kunde Müller.jpg” is damaged.", "The picture “file.jpg” is damaged."),
        (r"C:\Users\Jane\a.atelier is locked", "<path>.atelier is locked"),
        (r"\\server\share\secret.psd", "<path>.psd"),
        ("~/x.txt", "<path>.txt"),
        ('  File "/home/jane/atelier/core/engine/runner.py", line 90', '  File "…/core/engine/runner.py", line 90'),
        (
            '  File "/home/jane/.venv/lib/python3.11/site-packages/PIL/Image.py", line 3',
            '  File "…/site-packages/PIL/Image.py", line 3',
        ),
        (
            "2026-11-24 02:18:31,387 23572 ERROR core: 3/4 done, 12:30",
            "2026-11-24 02:18:31,387 23572 ERROR core: 3/4 done, 12:30",
        ),
        ("media type image/png and application/json", "media type image/png and application/json"),
    ],
)
def test_paths_and_names_are_taken_out(line: str, clean: str) -> None:
    assert logs.scrub(line) == clean


def test_the_archive_holds_the_logs_without_personal_data(tmp_path: Path) -> None:
    logs.start("core")
    home, user = str(Path.home()), getpass.getuser()
    log = logging.getLogger("x")
    log.info("%s/Pictures/private.png of %s on %s", home, user, platform.node())
    try:
        raise ValueError("in “Hochzeit Anna.tif”")
    except ValueError:
        log.exception("failed")
    archive = logs.gather(tmp_path / "report.zip")
    with zipfile.ZipFile(archive) as packed:
        assert sorted(packed.namelist()) == ["core.log", "system.txt"]
        text = packed.read("core.log").decode()
        system = packed.read("system.txt").decode()
    assert "private" not in text
    assert "Anna" not in text
    assert home not in text.replace("…", "") or home == "/"
    assert f" {user} " not in text
    assert platform.node() not in text + system
    assert "ValueError: in “file.tif”" in text
    assert "Python 3" in system

"""A window, a session and a core of their own for tests of the desktop; everything is real but the panel."""

import asyncio
import gc
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests_desktop import Run

from core.engine.client import ClientSettings
from core.project.project import Project
from desktop import i18n, theme
from desktop.core_client import Core
from desktop.session import Session
from desktop.settings import Settings

if TYPE_CHECKING:
    from person import Person


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Cycles are collected on this thread, as in the program: see :mod:`desktop.collector`.

    They stay so after the test: see ``tests/conftest.py``.
    """
    gc.disable()
    yield
    # No event loop runs between tests, so what was put off until it does is done here: else every window of every
    # test is still there at the end, and each change of theme dresses all of them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = {type(widget).__name__ for widget in QApplication.topLevelWidgets()}
    assert not left, f"widgets left over: {left}"


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the dark theme and in English."""
    i18n.use("en")
    theme.apply("dark")
    yield qapp
    i18n.use("en")


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    """Runs a coroutine on the Qt event loop, as the program does, for at most a minute."""
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)

    def until_done(work: Coroutine[Any, Any, Any]) -> Any:
        return loop.run_until_complete(asyncio.wait_for(work, 60))

    yield until_done
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def core(qapp: QApplication) -> Iterator[Core]:
    """A core that starts its process when it is first asked for something."""
    made = Core(ClientSettings(cache_bytes=64 << 20))
    yield made
    made.stop()


@pytest.fixture
def session(core: Core, dressed: QApplication) -> Iterator[Session]:
    """A session without a project."""
    made = Session(Settings(), core)
    yield made
    made.close_project()


@pytest.fixture
def project(session: Session, tmp_path: Path) -> Project:
    """An empty project, open in the session."""
    made = Project.create(tmp_path / "work.atelier", "Work")
    session.adopt_project(made)
    return made


@pytest.fixture
def person(dressed: QApplication, qtbot: QtBot) -> "Iterator[Person]":
    """Somebody at the real window with all its panels, which has just been opened for the first time."""
    from person import seated  # the whole image workspace, for those who want it

    with seated(dressed, qtbot) as somebody:
        yield somebody

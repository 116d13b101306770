"""A person at the real window: looks, points, drags, types, drops and waits, and never calls what the window calls."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import qasync
from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent / "panels" / "image"))

from image_hands import Hands

from core.documents.base import Document
from core.documents.image import ImageDocument
from core.engine.client import ClientSettings
from core.raster.compositor import Compositor
from desktop.core_client import Core
from desktop.docks.assets import AssetsDock
from desktop.docks.history import HistoryDock
from desktop.docks.jobs import JobRow, JobsDock
from desktop.panels.image.export import ExportDialog
from desktop.panels.image.layers import LayersDock
from desktop.panels.image.panel import ImagePanel
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import MainWindow
from desktop.work import State, Task

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
COPY = Qt.DropAction.CopyAction


@dataclass
class Seen:
    """What could be seen while a job was done."""

    fractions: list[float] = field(default_factory=list)
    """How far the bar in Make stood, whenever it could be seen."""
    words: list[str] = field(default_factory=list)
    pictures: int = 0
    """How often the result that is being made had a picture already."""


@contextmanager
def living(app: QApplication) -> Iterator[None]:
    """Let the program live while a test acts: coroutines go on whenever Qt's events are worked through.

    A test that acts from inside a coroutine could not open a menu that waits for an answer: tasks do not nest.
    """
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
        asyncio.set_event_loop(None)


class Person:
    """One person at one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.session: Session = window.session
        self.qtbot = qtbot
        window.resize(1680, 1050)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)

    def opens_again(self) -> "Person":
        """Start the program again, as it were, after the window was closed."""
        assert not self.window.isVisible()
        return sit_down(self.session, self.qtbot)

    # --- looking ----------------------------------------------------------------------------------------------------

    @property
    def panel(self) -> ImagePanel:
        """The image workspace, which must be in front."""
        panel = self.window.stage.panel
        assert isinstance(panel, ImagePanel) and panel.isVisible()
        return panel

    @property
    def hands(self) -> Hands:
        """Mouse and keys on the canvas, in document coordinates."""
        return Hands(self.panel, self.qtbot)

    @property
    def document(self) -> ImageDocument:
        """The document in front, as it is in the project."""
        return self.panel.editor.require()

    @property
    def said(self) -> str:
        """What the banner says; empty when it cannot be seen."""
        return self.window.area.banner.text

    @property
    def layers(self) -> LayersDock:
        dock = self.panel.structure_widget()
        assert isinstance(dock, LayersDock)
        return dock

    @property
    def jobs(self) -> JobsDock:
        dock = self.window.docks.docks["jobs"].widget()
        assert isinstance(dock, JobsDock)
        return dock

    @property
    def assets(self) -> AssetsDock:
        dock = self.window.docks.docks["assets"].widget()
        assert isinstance(dock, AssetsDock)
        return dock

    @property
    def history(self) -> HistoryDock:
        dock = self.window.docks.docks["history"].widget()
        assert isinstance(dock, HistoryDock)
        return dock

    def names(self) -> list[str]:
        """Return what the layer list says, from the top."""
        model = self.layers.tree.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def asset_names(self) -> list[str]:
        """Return what the Assets dock shows, in its order."""
        self.show("assets")
        model = self.assets.grid.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def pixels(self) -> npt.NDArray[np.uint8]:
        """Return the document in front, composed from what is in the project and nothing else; straight RGBA."""
        return Compositor(self.session.require()).render(self.document)

    # --- waiting ----------------------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], object] | None = None, seconds: float = 60) -> None:
        """Let the program go on until something is so; without it, until nothing runs any more."""
        self.qtbot.waitUntil(lambda: bool((until or self._idle)()), timeout=round(seconds * 1000))

    def _idle(self) -> bool:
        return not self.session.work.active() and not self.session.busy

    def watch(self) -> Seen:
        """Watch *Make* until nothing runs any more."""
        seen, make = Seen(), self.window.make

        def look() -> bool:
            if make._bar.isVisible():
                seen.fractions.append(make._bar.value() / make._bar.maximum())
                seen.words.append(make._said.text())
            seen.pictures += any(t.active and not make.results._cards[t.id]._image.isNull() for t in self.cards())
            return self._idle()

        self.wait(look)
        return seen

    def cards(self) -> list[Task]:
        """Return the results that *Make* offers, the newest last."""
        return [card.task for card in self.window.make.results._cards.values()]

    # --- keys and buttons -------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, keys)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def compose(self, letters: str, text: str) -> None:
        """Type ``text`` with an input method, which shows ``letters`` first."""
        target = QApplication.focusWidget()
        assert target is not None
        QApplication.sendEvent(target, QInputMethodEvent(letters, []))
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def click(self, button: QWidget, keys: Qt.KeyboardModifier = NONE) -> None:
        """Click the middle of something that can be seen and used."""
        assert button.isVisible() and button.isEnabled(), f"{button} cannot be clicked"
        QTest.mouseClick(button, LEFT, keys, button.rect().center())

    def button(self, text: str, inside: QWidget) -> QAbstractButton:
        """Return the button with that text."""
        found = [b for b in inside.findChildren(QAbstractButton) if b.text().replace("&", "") == text and b.isVisible()]
        assert len(found) == 1, f"{len(found)} buttons say “{text}”"
        return found[0]

    def show(self, name: str) -> None:
        """Bring a dock of the tray to the front by its tab."""
        dock = self.window.docks.docks[name]
        title = dock.windowTitle()
        if not dock.visibleRegion().isEmpty():
            return
        for bar in self.window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            for index in range(bar.count()):
                if bar.tabText(index) == title:
                    QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(index).center())
                    self.qtbot.waitUntil(lambda: not dock.visibleRegion().isEmpty(), timeout=5000)
                    return
        raise AssertionError(f"there is no tab “{title}”")

    # --- menus ------------------------------------------------------------------------------------------------------

    def choose(self, *texts: str) -> None:
        """Click an entry of the menu that is open, and of those inside it."""
        for text in texts:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), "no menu is open"
            entries = [a for a in menu.actions() if a.text().replace("&", "").partition("\t")[0] == text]
            assert len(entries) == 1, f"“{text}” among {[a.text() for a in menu.actions()]}"
            assert entries[0].isEnabled(), f"“{text}” cannot be chosen"
            QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(entries[0]).center())
            inside = entries[0].menu()
            if inside is not None:
                self.wait(lambda inside=inside: QApplication.activePopupWidget() is inside, 5)
        self._look_back()

    def _look_back(self) -> None:
        """The offscreen platform leaves the focus in a menu that is closed; others give it back to the window."""
        if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            QApplication.processEvents()

    def click_and_choose(self, button: QWidget, *texts: str) -> None:
        """Click a button that opens a menu and waits for it, and choose there."""
        problems: list[BaseException] = []

        def act() -> None:
            try:
                self.choose(*texts)
            except BaseException as error:
                problems.append(error)
                if (popup := QApplication.activePopupWidget()) is not None:
                    popup.close()

        QTimer.singleShot(0, act)
        self.click(button)
        self._look_back()
        if problems:
            raise problems[0]

    def menu(self, title: str, *texts: str) -> None:
        """Choose an entry of the menu bar."""
        bar = self.window.menuBar()
        entry = next(a for a in bar.actions() if a.text().replace("&", "") == title)
        QTest.mouseClick(bar, LEFT, NONE, bar.actionGeometry(entry).center())
        self.choose(*texts)

    def right_click(self, view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
        """Open the context menu of a row or a tile."""
        at = view.visualRect(index).center()
        under = view.viewport().childAt(at) or view.viewport()
        QTest.mouseClick(under, Qt.MouseButton.RightButton, NONE, under.mapFrom(view.viewport(), at))
        mouse, there = QContextMenuEvent.Reason.Mouse, view.viewport().mapToGlobal(at)
        QApplication.sendEvent(under, QContextMenuEvent(mouse, under.mapFromGlobal(there), there))

    def job(self, task: Task) -> tuple[JobRow, QModelIndex]:
        """Return the row of a job in the Jobs dock, and where it stands."""
        self.show("jobs")
        for place in range(self.jobs.list.count()):
            row = self.jobs.list.itemWidget(self.jobs.list.item(place))
            assert isinstance(row, JobRow)
            if row.task is task:
                return row, self.jobs.list.model().index(place, 0)
        raise AssertionError(f"“{task.title}” is not among the jobs")

    def job_order(self) -> list[Task]:
        """Return the jobs from the top of the Jobs dock."""
        rows = [self.jobs.list.itemWidget(self.jobs.list.item(place)) for place in range(self.jobs.list.count())]
        return [row.task for row in rows if isinstance(row, JobRow)]

    def select_layer(self, name: str, keys: Qt.KeyboardModifier = NONE) -> None:
        """Click a row of the layer list."""
        tree = self.layers.tree
        index = tree.model().index(self.names().index(name), 0)
        QTest.mouseClick(tree.viewport(), LEFT, keys, tree.visualRect(index).center())

    def asset(self, name: str) -> QModelIndex:
        """Return the tile of an asset: the newest of that name."""
        return self.assets.grid.model().index(self.asset_names().index(name), 0)

    def click_tile(self, name: str) -> None:
        """Click the tile of an asset."""
        index = self.asset(name)
        QTest.mouseClick(self.assets.grid.viewport(), LEFT, NONE, self.assets.grid.visualRect(index).center())

    # --- dropping ---------------------------------------------------------------------------------------------------

    def drop(self, paths: Sequence[Path], on: QWidget) -> bool:
        """Drag files from outside over the middle of something and let them go there; return whether they were taken.

        The events are given to the window of the platform, so that Qt itself finds who takes them.
        """
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return self.drop_data(data, on)

    def drop_data(self, data: QMimeData, on: QWidget) -> bool:
        """Drop anything."""
        handle = self.window.windowHandle()
        at = on.mapTo(self.window, on.rect().center())
        enter = QDragEnterEvent(at, COPY, data, LEFT, NONE)
        enter.setAccepted(False)
        QApplication.sendEvent(handle, enter)
        QApplication.sendEvent(handle, QDragMoveEvent(at + QPoint(1, 0), COPY, data, LEFT, NONE))
        event = QDropEvent(QPointF(at), COPY, data, LEFT, NONE)
        event.setAccepted(False)
        QApplication.sendEvent(handle, event)
        return enter.isAccepted() and event.isAccepted()

    # --- making -----------------------------------------------------------------------------------------------------

    def make(self, words: str) -> Task:
        """Say in *Make* what is wanted and begin it, with the keyboard alone."""
        count = len(self.session.work.tasks)
        self.press(Qt.Key.Key_M, CTRL)
        assert QApplication.focusWidget() is self.window.make.search
        self.type(words)
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Return)
        assert len(self.session.work.tasks) == count + 1, "nothing was begun"
        return self.session.work.tasks[-1]

    def keep(self) -> None:
        """Keep the result that is shown."""
        self.click(self.button("Keep", self.window.make.results))
        self.wait()

    def enter(self, name: str, text: str) -> None:
        """Write ``text`` into the field of that name and press Enter."""
        fields = [f for f in self.window.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible()]
        assert len(fields) == 1, f"{len(fields)} fields are called “{name}”"
        self.click(fields[0])
        self.press(Qt.Key.Key_A, CTRL)
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def export(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Export what is in front as the dialog proposes it, and return the file."""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        self.press(Qt.Key.Key_E, CTRL | SHIFT)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog), "no export dialog is open"
        self.click(self.button("Export…", dialog))
        self._look_back()
        self.wait(path.exists)
        self.wait()
        return path

    # --- going back and forth ---------------------------------------------------------------------------------------

    def back_to_the_beginning(self) -> list[tuple[Document, ...]]:
        """Press Ctrl+Z until nothing is left to take back; return what the project held before each."""
        found: list[tuple[Document, ...]] = []
        while self.window.menus.actions["edit.undo"].isEnabled():
            found.append(self.project_documents())
            self.press(Qt.Key.Key_Z, CTRL)
            assert len(found) < 100
        return found[::-1]

    def forward_again(self) -> list[tuple[Document, ...]]:
        """Press Ctrl+Shift+Z until nothing is left to bring back; return what the project held after each."""
        found: list[tuple[Document, ...]] = []
        while self.window.menus.actions["edit.redo"].isEnabled():
            self.press(Qt.Key.Key_Z, CTRL | SHIFT)
            found.append(self.project_documents())
            assert len(found) < 100
        return found

    def project_documents(self) -> tuple[Document, ...]:
        """Return everything that is edited in the project as it is now."""
        project = self.session.require()
        return tuple(project.document(entry.id) for entry in project.documents())


def sit_down(session: Session, qtbot: QtBot) -> Person:
    """Open a window over ``session``."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    return Person(window, qtbot)


class Newcomers(QObject):
    """Notes every window that opens on its own: menus, dialogs and tips are asked for, a bare widget is a slip."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            bare = watched.windowType() in (Qt.WindowType.Widget, Qt.WindowType.Window)
            if bare and not isinstance(watched, MainWindow):
                self.seen.append(repr(watched))
        return False


@contextmanager
def seated(app: QApplication, qtbot: QtBot) -> Iterator[Person]:
    """Sit at a window that has just been opened for the first time; the core starts when it is first asked."""
    with living(app):
        newcomers = Newcomers()
        app.installEventFilter(newcomers)
        core = Core(ClientSettings(cache_bytes=64 << 20))
        person = sit_down(Session(Settings(), core), qtbot)
        yield person
        person.window.close()
        person.session.close_project()
        person.wait()
        core.stop()
        app.removeEventFilter(newcomers)
        assert not newcomers.seen, f"opened as windows of their own: {newcomers.seen}"


def running(task: Task) -> bool:
    """Return whether a task is in the middle of its work."""
    return task.state is State.RUNNING and task.fraction > 0

"""The running program: application, settings, session and the one window, from first to last."""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import qasync
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from core.engine import logs
from core.engine.client import ClientSettings
from desktop import i18n, icons, settings, theme
from desktop.collector import Collector
from desktop.core_client import Core
from desktop.session import Session
from desktop.single_instance import SingleInstance, hand_over
from desktop.window import MainWindow

log = logging.getLogger(__name__)

HAND_OVER_TRIES = 25


class Studio(QObject):
    """Owns the session and the window, and puts another window in place when the language changes."""

    def __init__(self, app: QApplication, instance: SingleInstance) -> None:
        super().__init__(app)
        self._app = app
        self._collector = Collector(self)
        self.settings = settings.load()
        i18n.use(self.settings.language)
        theme.apply(self.settings.appearance, self.settings.text_scale)
        theme.notifier().changed.connect(icons.retint)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_colours)
        budget = self.settings.memory_budget << 20
        self.core = Core(ClientSettings(memory_limit=budget))
        self.session = Session(self.settings, self.core, self)
        self.window = self._make_window()
        self.instance = instance
        self.instance.opened.connect(self._on_opened)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.session)
        window.rebuild_wanted.connect(self.rebuild)
        window.closed.connect(self._app.quit)
        return window

    def start(self, paths: Sequence[Path]) -> None:
        """Show the window; what takes time comes after it can be seen."""
        self.instance.listen()
        self.window.show()
        QTimer.singleShot(0, self.core.start)
        if paths:
            files = list(paths)
            QTimer.singleShot(0, lambda: self.window.take(files))

    def rebuild(self) -> None:
        """Put another window in the place of this one: language or text size changed. The session goes on."""
        old = self.window
        states = old.give_way()
        i18n.use(self.settings.language)
        theme.apply(self.settings.appearance, self.settings.text_scale)
        self.window = self._make_window()
        self.window.show()
        self.window.take_over(states)
        old.hide()
        old.deleteLater()

    def stop(self) -> None:
        """End the core and give up the address; the project is closed by then."""
        self.instance.close()
        self.session.close_project()
        self.core.stop()
        self._collector.stop()

    def _on_opened(self, paths: list[Path]) -> None:
        window = self.window
        window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        window.raise_()
        window.activateWindow()
        if paths:
            window.take(paths)

    def _on_system_colours(self) -> None:
        if self.settings.appearance == "system":
            theme.apply("system", self.settings.text_scale)

    def report(self, error: BaseException) -> None:
        """Say what nobody caught; the document is saved, and the window goes on."""
        self.session.report(error)


def make_application() -> QApplication:
    """Return the application object with everything that must be set before the first window."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Atelier")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("atelier")
    app.setWindowIcon(application_icon())
    app.setQuitOnLastWindowClosed(False)
    return app


def application_icon() -> QIcon:
    """Return the program's mark."""
    made = QIcon()
    for side in (32, 64, 128):
        made.addPixmap(icons.pixmap("palette", side, theme.LIGHT.accent, 1.0))
    return made


def run(arguments: Sequence[str]) -> int:
    """Run until the window is closed; return the exit status."""
    logs.start("desktop")
    paths = [Path(text).absolute() for text in arguments if not text.startswith("-")]
    app = make_application()
    instance = SingleInstance()
    if not instance.claim():
        return 0 if _hand_over(paths) else 1
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    studio = Studio(app, instance)
    _catch_everything(studio, loop)
    done = asyncio.Event()
    app.aboutToQuit.connect(done.set)
    studio.start(paths)
    signals = _Signals(studio.window.close, app)
    with loop:
        loop.run_until_complete(done.wait())
        loop.run_until_complete(studio.session.finish())
        studio.stop()
    signals.close()
    return 0


def _hand_over(paths: list[Path]) -> bool:
    """Give the files to the window that is open; it may still be starting, and not answer yet."""
    for _ in range(HAND_OVER_TRIES):
        if hand_over(paths):
            return True
        time.sleep(0.2)
    log.error("another Atelier is running but does not answer")
    return False


def _catch_everything(studio: Studio, loop: asyncio.AbstractEventLoop) -> None:
    """Whatever is raised and not caught is logged and said in the banner: no dialog, no end of the program."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            studio.window.close()
            return
        before(kind, error, trace)
        studio.report(error)

    def handler(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, asyncio.CancelledError):
            return
        log.error("in the event loop: %s", context.get("message", ""), exc_info=error)
        if error is not None:
            studio.report(error)

    sys.excepthook = hook
    loop.set_exception_handler(handler)


class _Signals:
    """Closes the window on SIGINT and SIGTERM: Python looks at signals only when it runs, Qt may wait for ever."""

    def __init__(self, close: Any, parent: QObject) -> None:
        self._timer = QTimer(parent)
        self._timer.setInterval(250)
        self._timer.timeout.connect(lambda: None)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: close())
        self._timer.start()

    def close(self) -> None:
        """Stop looking."""
        self._timer.stop()

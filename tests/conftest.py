"""What every test gets: a home of its own, no network, and a check that nothing is left running."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QCoreApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background deaf to Ctrl-C, and so would be every program that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_network_attempts: list[str] = []


def _watch_sockets(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook (PEP 578): the product never talks to the network, so neither may a test."""
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        sock, address = arguments[0], arguments[1]
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            _network_attempts.append(f"{event} {address}")
    elif event == "socket.getaddrinfo":
        _network_attempts.append(f"{event} {arguments[0]}")


sys.addaudithook(_watch_sockets)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Once Qt is at work cycles are collected between the tests, on this thread, to the end of the run.

    A test that has nothing to do with Qt may run threads, and what the tests before it left in cycles (an event
    loop's timers, say) would die in one of them: Qt does not survive that. See :mod:`desktop.collector`.
    """
    if QCoreApplication.instance() is not None:
        gc.disable()
    result = yield
    if not gc.isenabled() and gc.get_count()[0] > gc.get_threshold()[0]:
        gc.collect()
    return result


_status = [0]


def pytest_sessionfinish(exitstatus: int) -> None:
    """Remember how it went, for the very end."""
    _status[0] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End without taking the interpreter apart: what is left of Qt dies in any order there, and it crashes."""
    if QCoreApplication.instance() is not None:
        gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_status[0])


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for all of the platform's folders (data, cache, log, runtime, settings) in this test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ATELIER_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail the test when a process that it started is still there after it, or when it reached for the network."""
    me = psutil.Process()
    before = set(me.children(recursive=True))
    _network_attempts.clear()
    yield
    leaked = [child for child in me.children(recursive=True) if child not in before]
    _, alive = psutil.wait_procs(leaked, timeout=5) if leaked else ([], [])
    left = [f"{child.pid} {' '.join(_command(child))}" for child in alive if _running(child)]
    for child in alive:
        child.kill()
    assert not left, f"processes left running: {left}"
    assert not _network_attempts, f"reached for the network: {_network_attempts}"


def _running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return ["?"]


@pytest.fixture
def coffee() -> Path:
    """A real product photo: 600×400 PNG, see ``resources/licences/coffee.txt``."""
    return Path(__file__).parent.parent / "resources" / "samples" / "coffee.png"

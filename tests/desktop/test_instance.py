"""A second start hands its files over and leaves; the address of a crashed one is taken over."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.single_instance import SingleInstance, hand_over, server_name

SECOND = "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; " + (
    "a = QCoreApplication([]); from desktop.single_instance import hand_over; "
    "sys.exit(0 if hand_over([Path(p) for p in sys.argv[1:]]) else 3)"
)


def second(*paths: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", SECOND, *paths], cwd=Path(__file__).parents[2])


@pytest.fixture
def first(qapp: QApplication) -> SingleInstance:
    made = SingleInstance()
    assert made.claim()
    assert made.listen()
    return made


def test_files_are_handed_over(first: SingleInstance, qtbot: QtBot, tmp_path: Path) -> None:
    process: subprocess.Popen[bytes]
    with qtbot.waitSignal(first.opened, timeout=20_000) as caught:
        process = second(str(tmp_path / "a b.atelier"), "relative.png")
    assert process.wait(20) == 0
    paths = caught.args[0]
    assert paths[0] == tmp_path / "a b.atelier"
    assert paths[1].is_absolute()
    first.close()


def test_without_a_first_one_there_is_nobody_to_hand_over_to(qapp: QApplication) -> None:
    assert not hand_over([])


def test_a_second_server_is_refused_and_a_dead_ones_address_taken(first: SingleInstance, qapp: QApplication) -> None:
    assert not SingleInstance().claim()
    first.close()
    if sys.platform != "win32":
        name = server_name()
        leftover = Path(name)
        if leftover.is_absolute():
            leftover.touch()
    fresh = SingleInstance()
    assert fresh.claim()
    assert fresh.listen()
    fresh.close()


def test_nonsense_is_ignored(first: SingleInstance, qtbot: QtBot) -> None:
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    assert socket.waitForConnected(2000)
    socket.write(QByteArray(b"\xff\xff\xff\x7fgarbage"))
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=3000)
    with qtbot.assertNotEmitted(first.opened, wait=100):
        pass
    first.close()

"""One window per person: a second start hands over what it was to open, and leaves."""

import getpass
import hashlib
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from core.project import places

WAIT_MS = 1500
MAX_MESSAGE = 1_000_000


class Hello(msgspec.Struct, frozen=True):
    """What a second start says to the first."""

    paths: tuple[str, ...] = ()


def server_name() -> str:
    """Return the address that belongs to this person and this set of folders."""
    home = str(places.runtime())
    if sys.platform == "win32":
        return "atelier-" + hashlib.blake2b(f"{getpass.getuser()} {home}".encode(), digest_size=12).hexdigest()
    path = Path(home) / "window"
    # A socket's path may have about a hundred bytes; a short one in the temporary folder stands in for a long one.
    if len(str(path).encode()) < 100:
        return str(path)
    return "atelier-" + hashlib.blake2b(home.encode(), digest_size=12).hexdigest()


def hand_over(paths: list[Path], wait_ms: int = WAIT_MS) -> bool:
    """Give ``paths`` to the window that is open; False when none answers within ``wait_ms``."""
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    if not socket.waitForConnected(wait_ms):
        return False
    data = msgspec.msgpack.encode(Hello(tuple(str(p.absolute()) for p in paths)))
    socket.write(QByteArray(len(data).to_bytes(4, "little") + data))
    done = socket.waitForBytesWritten(wait_ms) and socket.waitForReadyRead(wait_ms)
    socket.disconnectFromServer()
    return done


class SingleInstance(QObject):
    """Listens for later starts of the program by the same person."""

    opened = Signal(object)
    """A list of paths, maybe empty: the window should come to the front and open them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffers: dict[QLocalSocket, bytearray] = {}
        self._lock = QLockFile(str(places.runtime() / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Become the one window; False when there is another. A lock decides, which no crash leaves behind."""
        return self._lock.tryLock(0)

    def listen(self) -> bool:
        """Answer later starts; only after :meth:`claim`. An address left behind by a crash is taken over."""
        QLocalServer.removeServer(server_name())
        return self._server.listen(server_name())

    def close(self) -> None:
        """Give lock and address up."""
        self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._buffers[socket] = bytearray()
            socket.readyRead.connect(lambda s=socket: self._read(s))
            socket.disconnected.connect(lambda s=socket: self._drop(s))
            if socket.bytesAvailable():
                self._read(socket)

    def _drop(self, socket: QLocalSocket) -> None:
        self._buffers.pop(socket, None)
        socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        buffer = self._buffers.get(socket)
        if buffer is None:
            return
        buffer += socket.readAll().data()
        length = int.from_bytes(buffer[:4], "little") if len(buffer) >= 4 else 0
        if length > MAX_MESSAGE:
            socket.abort()
            return
        if len(buffer) < 4 or len(buffer) < 4 + length:
            return
        try:
            hello = msgspec.msgpack.decode(bytes(buffer[4 : 4 + length]), type=Hello)
        except msgspec.MsgspecError:
            socket.abort()
            return
        buffer.clear()
        socket.write(QByteArray(b"ok"))
        socket.flush()
        self.opened.emit([Path(p) for p in hello.paths])

"""The private channel between the desktop and the core process it spawned.

On POSIX it is one end of an anonymous socket pair that the child inherits: it has no name, so nobody else can
connect, and nothing is left in the file system whatever happens. Windows cannot inherit sockets through
``subprocess``; there it is a named pipe with a random name and a random key (:mod:`multiprocessing.connection`'s
HMAC challenge), both handed to the child through its standard input.

Measured here: importing ``multiprocessing.connection`` costs 50 ms, a quarter of the core's start, so POSIX frames
its own messages (length as 4 bytes, little endian, then the message).
"""

import contextlib
import os
import secrets
import struct
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from core.engine.protocol import MAX_MESSAGE

_LENGTH = struct.Struct("<I")


class Closed(Exception):  # noqa: N818  (an end, not an error)
    """The other end is gone."""


class Channel(Protocol):
    """A two-way stream of messages. One thread receives; any thread may send."""

    def send(self, data: bytes) -> None:
        """Send one message, waiting while the other end is slow; raises :class:`Closed`."""

    def receive(self) -> bytes:
        """Return the next message, waiting for it; raises :class:`Closed`."""

    def close(self) -> None:
        """Close this end. A :meth:`receive` that waits on the other end raises :class:`Closed` there."""


class StreamChannel:
    """Messages over a file descriptor that is one end of a socket pair."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self._closed = False

    def send(self, data: bytes) -> None:
        message = memoryview(_LENGTH.pack(len(data)) + data)
        with self._lock:
            if self._closed:
                raise Closed
            try:
                while message:
                    message = message[os.write(self._descriptor, message) :]
            except OSError:
                raise Closed from None

    def receive(self) -> bytes:
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > MAX_MESSAGE:
            raise Closed
        return self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            try:
                data = os.read(self._descriptor, max(65536, count - len(self._buffer)))
            except OSError:
                raise Closed from None
            if not data:
                raise Closed
            self._buffer += data
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                os.close(self._descriptor)


class PipeChannel:
    """Messages over a :class:`multiprocessing.connection.Connection` (a named pipe on Windows)."""

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, data: bytes) -> None:
        with self._lock:
            try:
                self._connection.send_bytes(data)
            except (OSError, ValueError):
                raise Closed from None

    def receive(self) -> bytes:
        try:
            return self._connection.recv_bytes(MAX_MESSAGE)
        except (OSError, EOFError):
            raise Closed from None

    def close(self) -> None:
        self._connection.close()


class _Connection(Protocol):
    def send_bytes(self, buf: bytes, /) -> None: ...
    def recv_bytes(self, maxlength: int | None = None, /) -> bytes: ...
    def close(self) -> None: ...


class Offer:
    """The client's side before the child is there: what the child must inherit or be told, and how to meet it."""

    descriptors: tuple[int, ...] = ()
    """What ``subprocess`` must pass on (POSIX)."""
    address: str = ""
    """Where the child connects: ``fd:7``, or the name of a pipe or socket."""
    key: str = ""

    def meet(self, alive: Callable[[], bool]) -> Channel:
        """Return the channel once the child is started, waiting for it; raises :class:`Closed` when it is not alive."""
        raise NotImplementedError

    def close(self) -> None:
        """Forget what only the child needs. Call it after :meth:`meet`, or when the child could not be started."""
        raise NotImplementedError


def offer(folder: str | None = None) -> Offer:
    """Open the client's side of a fresh channel.

    ``folder`` asks for a named channel (a Unix socket inside that folder, which must be private) where a nameless
    one is possible; the tests use it to exercise what Windows does.
    """
    return _Named(folder) if folder is not None or sys.platform == "win32" else _Nameless()


class _Nameless(Offer):
    def __init__(self) -> None:
        import socket  # the core does not need it

        ours, self._theirs = socket.socketpair()
        self._ours: int | None = ours.detach()
        self.descriptors = (self._theirs.fileno(),)
        self.address = f"fd:{self._theirs.fileno()}"

    def meet(self, alive: Callable[[], bool]) -> Channel:
        if self._ours is None:
            raise Closed
        descriptor, self._ours = self._ours, None
        return StreamChannel(descriptor)

    def close(self) -> None:
        self._theirs.close()
        if self._ours is not None:
            os.close(self._ours)
            self._ours = None


class _Named(Offer):
    def __init__(self, folder: str | None) -> None:
        from multiprocessing.connection import Listener  # 50 ms that POSIX does without

        name = secrets.token_hex(16)
        self.address = rf"\\.\pipe\atelier-{name}" if folder is None else os.path.join(folder, name[:12])  # noqa: PTH118
        self.key = secrets.token_hex(32)
        family = "AF_PIPE" if folder is None else "AF_UNIX"
        self._listener = Listener(self.address, family, backlog=1, authkey=bytes.fromhex(self.key))

    def meet(self, alive: Callable[[], bool]) -> Channel:
        accepted: list[_Connection] = []

        def accept() -> None:
            with contextlib.suppress(Exception):  # a stranger with a wrong key, or the listener was closed
                accepted.append(self._listener.accept())

        waiter = threading.Thread(target=accept, name="accept", daemon=True)
        waiter.start()
        while waiter.is_alive():
            waiter.join(0.05)
            if waiter.is_alive() and not alive():
                # Nothing else ends a waiting accept on every platform.
                with contextlib.suppress(Exception):
                    connect(self.address, self.key).close()
                waiter.join()
                raise Closed
        if not accepted:
            raise Closed
        return PipeChannel(accepted[0])

    def close(self) -> None:
        self._listener.close()


def connect(address: str, key: str) -> Channel:
    """The core's side: meet the client that made the offer."""
    if address.startswith("fd:"):
        return StreamChannel(int(address[3:]))
    from multiprocessing.connection import Client

    return PipeChannel(Client(address, authkey=bytes.fromhex(key)))

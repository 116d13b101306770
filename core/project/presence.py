"""The small file beside a published project that tells other computers who has it open.

``.name.atelier.lock`` warns; it locks nothing. What both change at the same time is kept by publishing beside each
other. Nobody's name is in it: the computer, the process, a random identity, and the time.
"""

import contextlib
import os
import platform
import time
from pathlib import Path
from typing import Final

import msgspec

from core.values import NOTHING, Message

STALE: Final = 15 * 60.0
"""Seconds after which a note that was not renewed is taken to be left over from a crash."""
RENEW: Final = 4 * 60.0


class Note(msgspec.Struct, frozen=True):
    """Who has the project open. ``time`` is seconds since 1970, renewed now and then."""

    host: str
    pid: int
    id: str
    time: float


class Presence:
    """Our note beside one target. Nothing here ever fails: a share that is gone has no note."""

    def __init__(self, target: Path, identity: str) -> None:
        self.path = note_of(target)
        self._id = identity
        self._renewed = 0.0

    def other(self) -> Note | None:
        """Return who else has the project open, as far as can be told."""
        note = read(self.path)
        return note if note is not None and note.id != self._id and _there(note) else None

    def renew(self) -> None:
        """Write our note, when it is time to and nobody else's lies there."""
        now = time.time()
        if abs(now - self._renewed) < RENEW or self.other() is not None:
            return
        self._renewed = now
        with contextlib.suppress(OSError):
            self.path.write_bytes(msgspec.json.encode(Note(platform.node(), os.getpid(), self._id, now)))

    def leave(self) -> None:
        """Take our note away."""
        note = read(self.path)
        if note is not None and note.id == self._id:
            with contextlib.suppress(OSError):
                self.path.unlink()


def note_of(target: Path) -> Path:
    """Return where the note on ``target`` lies."""
    return target.with_name(f".{target.name}.lock")


def read(path: Path) -> Note | None:
    """Return what a note says, ``None`` when there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError):
        return None


def warning(note: Note | None, target: Path) -> Message:
    """Return what to say of somebody else's note."""
    if note is None:
        return NOTHING
    return Message(
        "“{name}” seems to be open on the computer “{host}” too. What is changed on both is kept in two files.",
        name=target.name,
        host=note.host,
    )


def _there(note: Note) -> bool:
    if note.host == platform.node() and os.name == "posix":
        return note.pid != os.getpid() and _runs(note.pid)
    return abs(time.time() - note.time) < STALE


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

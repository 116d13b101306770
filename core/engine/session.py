"""A folder for the files of one client while it lives: outputs of jobs, scratch space.

The client holds a lock on a file beside it, so that another client can tell at its start whose folders are left over
(a process id alone may belong to somebody else by now) and remove them.
"""

import contextlib
import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class SessionFolder:
    """A private folder under ``root`` that goes when :meth:`close` is called, or when a later client starts."""

    def __init__(self, root: Path) -> None:
        """Make the folder, and remove those of clients that are dead. Raises ``OSError``."""
        root.mkdir(parents=True, exist_ok=True)
        sweep(root)
        while True:
            name = f"{os.getpid()}-{secrets.token_hex(6)}"
            self._lock_path = root / f"{name}.lock"
            self._lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            # Another client that starts now may have swept the file away before it was locked.
            if _try_lock(self._lock) and self._lock_path.exists():
                break
            os.close(self._lock)
        self.path = root / name
        self.path.mkdir(mode=0o700)

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)
        with contextlib.suppress(OSError):
            self._lock_path.unlink()


class AssetFolder:
    """Files that assets were made into for jobs: kept for later ones, within ``limit`` bytes. Thread-safe."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self._limit = limit
        self._free = threading.Lock()
        self._fillers = 0
        folder.mkdir(exist_ok=True)

    @contextlib.contextmanager
    def filling(self) -> Iterator[None]:
        """Within the block nothing is removed: a file that was found there stays."""
        with self._free:
            self._fillers += 1
        try:
            yield
        finally:
            with self._free:
                self._fillers -= 1

    def prune(self, used: Callable[[], Collection[str]]) -> None:
        """Remove the oldest files until they fit the limit, none of ``used()``. Not while somebody is filling."""
        with self._free:
            if self._fillers:
                return
            kept = used()
            files: list[tuple[float, int, Path]] = []
            for path in self.folder.iterdir():
                with contextlib.suppress(OSError):
                    files.append((path.stat().st_mtime, path.stat().st_size, path))
            total = sum(size for _, size, _ in files)
            for _, size, path in sorted(files):
                if total <= self._limit:
                    return
                if str(path) not in kept:
                    with contextlib.suppress(OSError):
                        path.unlink()
                        total -= size


def sweep(root: Path) -> None:
    """Remove the folders under ``root`` whose owners are gone."""
    for lock_path in root.glob("*.lock"):
        try:
            lock = os.open(lock_path, os.O_RDWR)
        except OSError:
            continue
        try:
            if _try_lock(lock):
                shutil.rmtree(lock_path.with_suffix(""), ignore_errors=True)
                if sys.platform == "win32":
                    os.close(lock)
                    lock = -1
                with contextlib.suppress(OSError):
                    lock_path.unlink()
        finally:
            if lock >= 0:
                os.close(lock)


def _try_lock(descriptor: int) -> bool:
    """Lock the file unless somebody else holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

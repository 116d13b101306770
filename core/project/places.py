"""Where Atelier keeps what is not in a project: one folder for each purpose, as the platform wants it.

``ATELIER_HOME`` puts all of them under one folder: tests use it, and so can a studio with roaming profiles.
Each function returns a folder that exists.
"""

import os
import tempfile
from pathlib import Path

import platformdirs

from core.values import AtelierError, reason

_NAME = "atelier"


def data() -> Path:
    """Working copies and what else must not be lost."""
    return _folder("data", platformdirs.user_data_path(_NAME, appauthor=False))


def config() -> Path:
    """Settings and shortcuts."""
    return _folder("config", platformdirs.user_config_path(_NAME, appauthor=False))


def cache() -> Path:
    """What can be made again: results of operations, previews, materialised assets."""
    return _folder("cache", platformdirs.user_cache_path(_NAME, appauthor=False))


def log() -> Path:
    """Rotating logs."""
    return _folder("log", platformdirs.user_log_path(_NAME, appauthor=False))


def runtime() -> Path:
    """Sockets and job folders of the running processes; readable by this user only."""
    folder = _folder("runtime", platformdirs.user_runtime_path(_NAME, appauthor=False), fallback=True)
    if os.name == "posix":
        folder.chmod(0o700)
    return folder


def _folder(purpose: str, default: Path, *, fallback: bool = False) -> Path:
    home = os.environ.get("ATELIER_HOME")
    folder = Path(home).expanduser().absolute() / purpose if home else default
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if fallback and not home:  # a machine without a login session has no /run/user
            user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
            folder = Path(tempfile.gettempdir()) / f"{_NAME}-{user}"
            folder.mkdir(mode=0o700, exist_ok=True)
            return folder
        raise AtelierError(
            "The folder “{folder}” cannot be made: {reason}.", folder=str(folder), reason=reason(error)
        ) from None
    return folder

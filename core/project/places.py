"""The platform's folders for this program: data, cache, log, runtime and settings.

``ATELIER_HOME`` puts all of them into one folder (tests, portable copies). Every function returns a folder that
exists; the ones that hold private things are readable by their owner alone.
"""

import os
from pathlib import Path

_NAME = "Atelier"


def _place(kind: str, private: bool = False) -> Path:
    home = os.environ.get("ATELIER_HOME")
    if home:
        folder = Path(home).expanduser().absolute() / kind
    else:
        import platformdirs  # noqa: PLC0415  (10 ms that a process with ATELIER_HOME does without)

        folder = Path(getattr(platformdirs, f"user_{kind}_dir")(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
    return folder


def data_folder() -> Path:
    """Return where things live that the user would miss: recovered files, user models' lists."""
    return _place("data")


def cache_folder() -> Path:
    """Return where things live that can be made again: results, materialised assets, thumbnails."""
    return _place("cache")


def log_folder() -> Path:
    """Return where the logs are."""
    return _place("log", private=True)


def runtime_folder() -> Path:
    """Return where sockets and locks of running processes live; private to the user."""
    return _place("runtime", private=True)


def config_folder() -> Path:
    """Return where the settings are."""
    return _place("config")

"""Which weights exist, where their files are, and that they are what they should be.

``resources/manifest.toml`` says it: a part's files are shipped under ``resources/``, or lie inside an installed
Python package that is located but never imported. A file is hashed when it is first used; that it was right is
remembered with its path, size and time of change, so that the next start does not hash it again.
"""

import contextlib
import hashlib
import importlib.util
import os
import threading
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from core.project import places
from core.resources import resource
from core.values import AtelierError, Message

_CHUNK = 1 << 20


class Part(msgspec.Struct, frozen=True):
    """One entry of the manifest."""

    name: str
    kind: str
    """``weights``, ``font``, ``icons``, ``sound``, ``photo`` …"""
    origin: str
    licence: str
    licence_file: str
    files: dict[str, str]
    """File name to SHA-256."""
    title: str = ""
    author: str = ""
    package: str = ""
    """The Python package that carries the files, as it is imported; empty for those under ``resources/``."""
    folder: str = ""

    @property
    def sha256(self) -> str:
        """What goes into cache keys: the file's SHA-256, or one over all of them."""
        if len(self.files) == 1:
            return next(iter(self.files.values()))
        text = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.files.items()))
        return hashlib.sha256(text.encode()).hexdigest()


class _Manifest(msgspec.Struct, frozen=True):
    part: list[Part]


@cache
def parts() -> Mapping[str, Part]:
    """Return every part that the manifest names, by name."""
    path = resource("manifest.toml")
    try:
        with path.open("rb") as file:
            found = msgspec.convert(tomllib.load(file), _Manifest)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AtelierError(
            "The list of shipped parts “{path}” cannot be read: {why}. Install Atelier again.",
            path=str(path),
            why=str(error),
        ) from None
    return {part.name: part for part in found.part}


def part(name: str) -> Part:
    """Return one part; raises :class:`AtelierError` when there is none of that name."""
    try:
        return parts()[name]
    except KeyError:
        raise AtelierError(
            "There is no model named “{name}”; `atelier models list` shows what there is.", name=name
        ) from None


def hashes(names: tuple[str, ...]) -> dict[str, str]:
    """Return what ``names`` must hash to, for cache keys. Reads no weights."""
    return {name: part(name).sha256 for name in names}


def locate(name: str) -> Path:
    """Return where the part's file is, or the folder that holds its files. Raises :class:`AtelierError` if missing."""
    wanted = part(name)
    base = _package_folder(wanted) if wanted.package else resource()
    folder = base / wanted.folder
    for file in wanted.files:
        if not (folder / file).is_file():
            raise AtelierError(
                "The file “{name}” of the model “{model}” is missing. {remedy}",
                name=file,
                model=wanted.title or wanted.name,
                remedy=_remedy(wanted),
            )
    return folder / next(iter(wanted.files)) if len(wanted.files) == 1 else folder


def model(name: str, check: Callable[[], None] | None = None) -> Path:
    """Return the verified file (or folder of files) of the part ``name``.

    ``check`` is called every MiB while a file is hashed and may raise to stop. Raises :class:`AtelierError` when a
    file is missing or is not what it should be.
    """
    wanted = part(name)
    path = locate(name)
    folder = path.parent if len(wanted.files) == 1 else path
    for file, digest in wanted.files.items():
        _verify(wanted, folder / file, digest, check)
    return path


def verify(name: str) -> None:
    """Hash every file of a part now, whatever is remembered. Raises :class:`AtelierError` when one is not right."""
    wanted = part(name)
    path = locate(name)
    for file in wanted.files:
        _forget(str(path if len(wanted.files) == 1 else path / file))
    model(name)


def _verify(wanted: Part, path: Path, digest: str, check: Callable[[], None] | None) -> None:
    status = path.stat()
    known = f"{digest} {status.st_size} {status.st_mtime_ns}"
    if _verified().get(str(path)) == known:
        return
    if file_sha256(path, check) != digest:
        raise AtelierError(
            "The file “{name}” of the model “{model}” is not the one that Atelier was made with, so it is not "
            "used. {remedy}",
            name=path.name,
            model=wanted.title or wanted.name,
            remedy=_remedy(wanted),
        )
    _remember(str(path), known)


def file_sha256(path: Path, check: Callable[[], None] | None = None) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal; ``check`` is called every MiB."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if check is not None:
                check()
    return digest.hexdigest()


_lock = threading.Lock()
_seen: dict[str, str] | None = None


def _verified() -> dict[str, str]:
    global _seen  # noqa: PLW0603  (one memory for the process)
    with _lock:
        if _seen is None:
            try:
                _seen = msgspec.json.decode((places.cache() / "verified.json").read_bytes(), type=dict[str, str])
            except (OSError, msgspec.MsgspecError):
                _seen = {}
        return dict(_seen)


def _forget(path: str) -> None:
    _verified()
    with _lock:
        if _seen is not None:
            _seen.pop(path, None)


def _remember(path: str, known: str) -> None:
    seen = _verified()
    global _seen  # noqa: PLW0603
    with _lock:
        _seen = seen = {**(_seen or {}), **seen, path: known}
        target = places.cache() / "verified.json"
        temporary = target.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # then it is hashed again next time
            temporary.write_bytes(msgspec.json.encode(seen))
            temporary.replace(target)


def _package_folder(wanted: Part) -> Path:
    spec = importlib.util.find_spec(wanted.package)
    places_found = list(spec.submodule_search_locations or ()) if spec else []
    if not places_found:
        raise AtelierError(
            "The model “{model}” comes with a package that is not installed. {remedy}",
            model=wanted.title or wanted.name,
            remedy=_remedy(wanted),
        )
    return Path(places_found[0])


def _remedy(wanted: Part) -> Message:
    if wanted.package:
        return Message("Run: pip install --force-reinstall --no-deps {package}", package=_requirement(wanted))
    return Message("Install Atelier again.")


def _requirement(wanted: Part) -> str:
    """Return what pip is asked for: ``origin`` begins with "PyPI name version"."""
    words = wanted.origin.replace(",", " ").split()
    if len(words) >= 3 and words[0] == "PyPI":
        return f"{words[1]}=={words[2]}"
    return wanted.package.replace("_", "-")

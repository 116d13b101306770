"""Where a person's actions are kept: a file of readable JSON for each, in the settings folder."""

import os
import secrets
from pathlib import Path

from core.operations.actions import MAX_BYTES, Action, decode, encode
from core.project import places
from core.values import AtelierError, reason

SUFFIX = ".json"


def folder() -> Path:
    """Return the folder of actions; it exists."""
    found = places.config() / "actions"
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AtelierError(
            "The folder “{folder}” cannot be made: {reason}.", folder=str(found), reason=reason(error)
        ) from None
    return found


def names() -> dict[str, Path]:
    """Return the files of all actions by their key (the file's name without its ending), in the order of names."""
    found = [path for path in folder().iterdir() if path.suffix == SUFFIX and not path.name.startswith(".")]
    return {path.stem: path for path in sorted(found, key=lambda p: p.stem.casefold())}


def load(path: Path) -> Action:
    """Return the action in a file; raises :class:`AtelierError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be read: {reason}.", path=str(path), reason=reason(error)
        ) from None
    return decode(data, path.name)


def save(action: Action, path: Path | None = None) -> Path:
    """Write an action, whole or not at all, to ``path`` or to a new file of the folder; return the file."""
    target = path or _free(action.name)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as file:
            file.write(encode(action))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be written: {reason}.", path=str(target), reason=reason(error)
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return target


def remove(path: Path) -> None:
    """Take an action away; no error when it is gone already."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be removed: {reason}.", path=str(path), reason=reason(error)
        ) from None


def find(text: str) -> Path:
    """Return the file that ``text`` means: a path, or the name of an action in the folder. Raises otherwise."""
    path = Path(text)
    if path.suffix == SUFFIX and path.exists():
        return path
    wanted = text.casefold()
    known: list[str] = []
    for key, file in names().items():
        try:
            name = load(file).name
        except AtelierError:
            continue
        if wanted in (key.casefold(), name.casefold()):
            return file
        known.append(name)
    if path.exists():
        return path
    if not known:
        raise AtelierError("There is no action “{name}”: there are none yet.", name=text)
    raise AtelierError("There is no action “{name}”; there are {names}.", name=text, names=", ".join(known))


def _free(name: str) -> Path:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")[:60] or "action"
    root = folder()
    target, number = root / f"{slug}{SUFFIX}", 2
    while target.exists():
        target, number = root / f"{slug}-{number}{SUFFIX}", number + 1
    return target

"""Damaged files: everything that proves to be whole is saved into a new project, and the rest is named.

Rows are found page by page (:mod:`core.project.pages`) and each is checked against its own sum, a chunk against its
hash, so nothing that was altered is taken for right. When the whole history holds together it is kept; otherwise each
document is rebuilt as far as its chain of patches reaches. The damaged file itself is only ever read.
"""

import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec

from core.documents import patch as patches
from core.documents.base import from_value, to_value
from core.project import schema
from core.project.media import HEAD, media_type
from core.project.opening import create_store
from core.project.pages import Found, PageFile
from core.project.salvage import Salvage
from core.project.store import Store, open_in_this_process
from core.values import RASTER_TYPE, AtelierError, Message, reason

BATCH: Final = 64
"""Chunks (up to 1 MiB each) that are written together."""
_TILE_TYPE: Final = "application/x-atelier-tile"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"


class RecoveryReport(msgspec.Struct):
    """What was saved and what was lost, for a person to read."""

    documents: list[str] = []
    """Titles of the documents that were saved."""
    assets: int = 0
    lost: list[Message] = []
    """A sentence for each thing that could not be saved."""
    history: bool = False
    """True when the whole history was saved with the documents."""


def recover(path: Path, into: Path, *, moved: Path | None = None) -> RecoveryReport:
    """Save what can be read of the project at ``path`` into a new project at ``into``.

    ``moved`` is what to put before paths to media outside, when not what leads from the one folder to the other.
    Raises :class:`AtelierError` when nothing at all can be read, when ``into`` exists or cannot be written, or when
    the project is open in this process.
    """
    if not path.is_file():
        raise AtelierError("There is no file “{path}”.", path=str(path))
    if open_in_this_process(path):
        raise AtelierError("“{name}” is open; close it before it is recovered.", name=path.name)
    if into.exists():
        raise AtelierError("“{name}” exists already; choose another name.", name=into.name)
    report = RecoveryReport()
    try:
        with PageFile(path) as pages:
            rows = pages.rows()
            first = next(rows, None)
            if first is None:
                raise AtelierError(
                    "“{name}” is no Atelier project, or nothing that is left of it can be read.", name=path.name
                )
            store = create_store(into)
            try:
                away = _moved(path.parent, into.parent) if moved is None else moved
                _save(chain((first,), rows), path, away, store, report)
            except BaseException:
                store.discard()
                raise
            store.close()
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)) from None
    _look_over(into, report)
    return report


def _save(rows: Iterable[Found], path: Path, moved: Path, store: Store, report: RecoveryReport) -> None:
    found = Salvage()
    chunks = _save_chunks(rows, found, store)
    with store.write():
        title = found.meta("title") or path.stem.encode()
        store.set_meta("title", title)
        thumbnail = found.meta("thumbnail")
        if thumbnail is not None:
            store.set_meta("thumbnail", thumbnail)
        _save_documents(found, store, report)
        _save_snapshots_and_results(found, store, report)
        _save_assets(found, chunks, moved, store, report)


def _save_chunks(rows: Iterable[Found], found: Salvage, store: Store) -> dict[bytes, int]:
    """Write every chunk as it is found and keep all other rows; return the chunks' sizes."""
    chunks: dict[bytes, int] = {}
    waiting: list[tuple[Any, ...]] = []

    def flush() -> None:
        if waiting:
            with store.write(durable=False) as db:
                db.executemany("INSERT OR IGNORE INTO chunks VALUES (?, ?)", waiting)
            waiting.clear()

    for table, values, live in rows:
        if table != "chunks":
            found.add(table, values, live)
        elif values[0] not in chunks:
            chunks[values[0]] = len(values[1])
            waiting.append(values)
            if len(waiting) >= BATCH:
                flush()
    flush()
    return chunks


def _save_documents(found: Salvage, store: Store, report: RecoveryReport) -> None:
    strands = found.strands()
    report.history = found.history_is_whole(strands)
    head = found.head
    if report.history:
        for table in ("transactions", "changes", "keyframes"):
            for row in found.kept_history(table):
                store.put(table, *row)
    elif found.transactions:
        report.lost.append(Message("The history of steps is damaged: the documents are saved as they were at the end."))
    made: list[tuple[str, Any]] = []
    for position, (key, strand) in enumerate(sorted(strands.items(), key=lambda item: found.place(item[0])), 1):
        name = found.title(key) or strand.title or key
        if strand.state is None:
            if key in found.documents and not strand.removed:
                report.lost.append(Message("The document “{name}” cannot be put together again.", name=name))
            continue
        kind, value = strand.state["kind"], strand.state["value"]
        document = from_value(kind, value)
        store.put("documents", key, kind, document.title, position)
        report.documents.append(document.title or key)
        made.append((key, {"kind": kind, "value": to_value(document)}))
        if not strand.whole:
            report.lost.append(
                Message("The document “{name}” is in an earlier state: its last steps are damaged.", name=name)
            )
    gone = [found.title(key) for key in found.documents if key not in strands]
    report.lost += [Message("The document “{name}” is gone.", name=name) for name in gone]
    if not report.history:
        head = _one_step(made, store)
    store.set_meta("head", msgspec.msgpack.encode(head))


def _one_step(made: list[tuple[str, Any]], store: Store) -> int:
    """Write all documents as what a single transaction made; return its id."""
    if not made:
        return 0
    size = 0
    for key, state in made:
        data = msgspec.msgpack.encode(patches.diff(None, state), order="deterministic")
        store.put("changes", 1, key, data, schema.chain_sum(b"", 1, key, data))
        size += len(data)
    names = msgspec.msgpack.encode(sorted(key for key, _ in made))
    store.put("transactions", 1, 0, "Recover", time.time_ns() // 1000, None, names, size)
    return 1


def _save_snapshots_and_results(found: Salvage, store: Store, report: RecoveryReport) -> None:
    for row in found.rows("snapshots"):
        store.put("snapshots", *row)
    for row in found.rows("results"):
        store.put("results", *row)
        outputs = msgspec.msgpack.decode(row[2], type=dict[str, str])
        store.db.executemany(
            "INSERT INTO result_outputs VALUES (?, ?)", [(bytes.fromhex(digest), row[0]) for digest in outputs.values()]
        )


def _save_assets(
    found: Salvage, chunks: Mapping[bytes, int], moved: Path, store: Store, report: RecoveryReport
) -> None:
    used: set[bytes] = set()
    for row in found.rows("assets"):
        digest, kind, size, name, created, external, table = row
        if external is not None:
            where = external if Path(external).is_absolute() else os.path.normpath(moved / external)
            store.put("assets", digest, kind, size, name, created, str(where), None)
            report.assets += 1
            continue
        names = [digest] if table is None else [table[i : i + 32] for i in range(0, len(table), 32)]
        used.update(names)
        if all(part in chunks for part in names):
            store.put("assets", *row)
            report.assets += 1
        elif kind != _TILE_TYPE:
            named = name or digest.hex()[:12]
            report.lost.append(
                Message("“{name}” ({kind}, {size:,} bytes) is damaged.", name=named, kind=kind, size=size)
            )
    for digest, size in chunks.items():
        if digest not in used:
            # Its entry is lost, its bytes are not: what refers to it by its hash finds it again.
            (head,) = store.rows("SELECT substr(data, 1, ?) FROM chunks WHERE hash = ?", (max(HEAD, size), digest))[0]
            store.put("assets", digest, _guess(head), size, "", time.time_ns() // 1000, None, None)
            report.assets += 1


def _guess(data: bytes) -> str:
    if data.startswith(_ZSTD):
        return _TILE_TYPE
    from core.raster.manifest import decode_manifest  # noqa: PLC0415  (codecs, when first needed)

    with contextlib.suppress(AtelierError):
        decode_manifest(data)
        return RASTER_TYPE
    return media_type(data[:HEAD])


def _moved(old: Path, new: Path) -> Path:
    """Return what to put before a path relative to ``old`` to make it relative to ``new``."""
    try:
        return Path(os.path.relpath(old.absolute(), new.absolute()))
    except ValueError:  # another drive
        return old.absolute()


def _look_over(into: Path, report: RecoveryReport) -> None:
    from core.project.project import Project  # noqa: PLC0415  (it builds on this module)

    with Project.open(into, read_only=True) as project:
        report.lost += [sentence for sentence in project.verify() if sentence not in report.lost]

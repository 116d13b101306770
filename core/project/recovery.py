"""Damaged files: everything that proves to be whole is saved into a new project, and the rest is named.

Rows are read one at a time and each is checked against its own sum (a chunk against its hash), so nothing that was
altered is taken for right. Documents are rebuilt as far as their chain of patches holds; the file itself is never
touched.
"""

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from core.documents import patch as patches
from core.documents.base import Document, from_value
from core.project import schema
from core.project.project import Project
from core.project.store import FAULTS, connect
from core.values import AtelierError, new_id

MAX_FAILURES: Final = 90
"""Unreadable places in a row before the rest of a table is given up: enough to jump over a million rows."""


class RecoveryReport(msgspec.Struct):
    """What was saved and what was lost, for a person to read."""

    documents: list[str] = []
    """Titles of the documents that were saved."""
    assets: int = 0
    lost: list[str] = []
    """A sentence for each thing that could not be saved."""


def recover(path: Path, into: Path) -> RecoveryReport:
    """Save what can be read of the project at ``path`` into a new project at ``into``.

    Raises :class:`AtelierError` when nothing at all can be read, or when ``into`` cannot be written.
    """
    if not path.is_file():
        raise AtelierError(f"There is no file “{path}”.")
    with tempfile.TemporaryDirectory(prefix="atelier-recover-") as folder:
        copy = Path(folder) / "damaged.sqlite"
        try:
            shutil.copyfile(path, copy)
            _lengthen(copy)
            log = path.with_name(path.name + "-wal")
            if log.exists():
                shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
        except OSError as error:
            raise AtelierError(f"“{path.name}” cannot be read: {error.strerror or error}.") from None
        rows = {table: list(_rows(copy, table)) for table in (*schema.SUMMED, "chunks")}
    if not any(rows[table] for table in ("changes", "keyframes", "chunks", "snapshots")):
        raise AtelierError(
            f"Nothing in “{path.name}” can be read: it is no Atelier project, or too little of it is left."
        )
    report = RecoveryReport()
    try:
        with Project.create(into, title=_title(rows["meta"]) or path.stem) as project:
            _save_assets(project, rows, report)
            _save_documents(project, rows, report)
            for sentence in project.verify():
                report.lost.append(sentence)
    except BaseException:
        into.unlink(missing_ok=True)
        raise
    return report


def _lengthen(copy: Path) -> None:
    """Fill a file that was cut off up to the size its header promises: SQLite reads none of a shorter one."""
    with copy.open("rb+") as file:
        header = file.read(32)
        size = copy.stat().st_size
        promised = int.from_bytes(header[28:32], "big") * schema.PAGE_SIZE
        if size < promised <= size * 1000 + (1 << 24):
            file.truncate(promised)


def _rows(path: Path, table: str) -> Iterator[tuple[Any, ...]]:
    """Yield every row of a table that can be read and is as it was written."""
    summed = table in schema.SUMMED
    columns = f"{', '.join(schema.SUMMED[table])}, sum" if summed else "hash, data"
    sql = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"
    try:
        connection = connect(path, read_only=False)
    except FAULTS:
        return
    seen = failures = 0
    with contextlib.closing(connection):
        connection.text_factory = bytes
        while failures <= MAX_FAILURES:
            try:
                for row in connection.execute(sql, (seen,)):
                    if row[0] <= seen:
                        raise sqlite3.DatabaseError("a damaged tree leads back to rows that were read already")
                    seen, failures = row[0], 0
                    values = _checked(table, row[1:]) if summed else _chunk(row[1:])
                    if values is not None:
                        yield values
                return
            except (*FAULTS, MemoryError):
                # The page after the last good row is damaged: try the rows behind it, with growing strides.
                failures += 1
                seen += max(1, int(1.2 ** (failures - 20)))


def _checked(table: str, row: tuple[Any, ...]) -> tuple[Any, ...] | None:
    *values, total = row
    text = _TEXT[table]
    try:
        decoded = tuple(
            value.decode("utf-8") if name in text and isinstance(value, bytes) else value
            for name, value in zip(schema.SUMMED[table], values, strict=True)
        )
    except UnicodeDecodeError:
        return None
    return decoded if schema.row_sum(table, decoded) == total else None


def _chunk(row: tuple[Any, ...]) -> tuple[Any, ...] | None:
    name, data = row
    whole = isinstance(data, bytes) and hashlib.blake2b(data, digest_size=32).digest() == name
    return row if whole else None


_TEXT: Final = {
    "meta": {"key"},
    "documents": {"id", "kind", "title"},
    "transactions": {"label", "merge"},
    "changes": {"document"},
    "keyframes": {"document"},
    "snapshots": {"name"},
    "assets": {"media_type", "name", "external"},
    "results": {"id"},
}


def _title(rows: list[tuple[Any, ...]]) -> str:
    titles = [(serial, value) for key, value, serial in rows if key == "title"]
    return max(titles)[1].decode("utf-8", "replace") if titles else ""


def _save_assets(project: Project, rows: dict[str, list[tuple[Any, ...]]], report: RecoveryReport) -> None:
    chunks = dict(rows["chunks"])
    for digest, kind, size, name, _created, external, table in rows["assets"]:
        if external is not None:
            report.lost.append(f"“{name}” lies outside of the project ({external}): add it again.")
            continue
        names = [digest] if table is None else [table[i : i + 32] for i in range(0, len(table), 32)]
        parts = [chunks.get(part) for part in names]
        data = b"".join(part for part in parts if part is not None)
        if None in parts or len(data) != size or hashlib.blake2b(data, digest_size=32).digest() != digest:
            report.lost.append(f"The asset “{name or digest.hex()[:12]}” ({size:,} bytes) is damaged.")
            continue
        project.put(data, kind, name)
        report.assets += 1


def _save_documents(project: Project, rows: dict[str, list[tuple[Any, ...]]], report: RecoveryReport) -> None:
    head = max(
        ((serial, msgspec.msgpack.decode(value)) for key, value, serial in rows["meta"] if key == "head"), default=None
    )
    limit = head[1] if head else None
    listed = {row[0]: row[2] for row in rows["documents"]}
    found = _states(rows, limit)
    with project.transaction("Recover") as transaction:
        for key, (state, complete) in found.items():
            document = _document(key, state)
            if document is None:
                if key in listed:
                    report.lost.append(f"The document “{listed[key]}” cannot be put together again.")
                continue
            transaction.put(document)
            report.documents.append(document.title)
            if not complete:
                report.lost.append(f"The document “{document.title}” is in an earlier state: later steps are damaged.")
    for key in listed.keys() - found.keys():
        report.lost.append(f"The document “{listed[key]}” is gone.")


def _states(rows: dict[str, list[tuple[Any, ...]]], limit: int | None) -> dict[str, tuple[Any, bool]]:
    """Return the latest state of each document whose chain holds, and whether it is the one that was current."""
    found: dict[str, tuple[int, Any, bytes]] = {}
    whole: dict[str, bool] = {}
    for txn, document, state, chain in sorted(rows["keyframes"], key=lambda row: (row[0], row[1])):
        if limit is None or txn <= limit:
            found[document] = (txn, msgspec.msgpack.decode(state), chain)
    for txn, document, data, chain in sorted(rows["changes"], key=lambda row: (row[0], row[1])):
        since, state, before = found.get(document, (0, None, b""))
        if txn <= since or (limit is not None and txn > limit) or not whole.setdefault(document, True):
            continue
        if schema.chain_sum(before, txn, document, data) != chain:
            whole[document] = False
            continue
        try:
            found[document] = (txn, patches.apply(state, msgspec.msgpack.decode(data)), chain)
        except (patches.PatchError, msgspec.MsgspecError):
            whole[document] = False
    return {key: (state, whole.get(key, True)) for key, (_, state, _) in found.items()}


def _document(key: str, state: Any) -> Document | None:
    try:
        document = from_value(state["kind"], state["value"])
    except (AtelierError, LookupError, TypeError):
        return None
    return document if document.id == key else msgspec.structs.replace(document, id=new_id())

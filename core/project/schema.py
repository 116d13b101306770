"""The tables of a project file, and how each row proves that it is whole.

Every row carries what is needed to tell, without any other row, which table it belongs to and that it is as it was
written: a chunk its BLAKE2b-256, every other row ``sum``, a hash over its table's name and its values. So a damaged
file can be read page by page, and nothing that was altered is taken for right.

All tables have a rowid and no REAL column (times are whole microseconds since 1970, UTC), which keeps the format of a
row on a page simple enough to read by hand: see :mod:`core.project.pages`.
"""

import hashlib
from typing import Any, Final

import msgspec

APPLICATION_ID: Final = 0x41544C52
""""ATLR", in the SQLite header."""
FORMAT: Final = 1
"""``user_version``: raised with every change of the tables; see :mod:`core.project.migrations`."""
PAGE_SIZE: Final = 4096

SUMMED: Final[dict[str, tuple[str, ...]]] = {
    "meta": ("key", "value", "serial"),
    "documents": ("id", "kind", "title", "position"),
    "transactions": ("id", "parent", "label", "time", "merge", "documents", "bytes"),
    "changes": ("txn", "document", "patch", "chain"),
    "keyframes": ("txn", "document", "state", "chain"),
    "snapshots": ("name", "time", "states"),
    "assets": ("hash", "media_type", "size", "name", "created", "external", "chunks"),
    "results": ("id", "recipe", "outputs", "models", "created", "time_ms", "bindings"),
}
"""Table to the columns that its ``sum`` covers, in the order of the table; ``sum`` is the column after them."""

TABLES: Final[dict[str, str]] = {
    # serial: counts up with every write, so that of two versions found on damaged pages the later one is known
    "meta": "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB, serial INTEGER, sum BLOB)",
    # the documents as they are now: only what lists show; their content follows from keyframes and changes
    "documents": "CREATE TABLE documents (id TEXT PRIMARY KEY, kind TEXT, title TEXT, position INTEGER, sum BLOB)",
    "transactions": (
        "CREATE TABLE transactions (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER, label TEXT, time INTEGER, "
        "merge TEXT, documents BLOB, bytes INTEGER, sum BLOB)"
    ),
    # chain: hash over this change and the chain before it, per document: a missing or foreign change is noticed
    "changes": "CREATE TABLE changes (txn INTEGER, document TEXT, patch BLOB, chain BLOB, sum BLOB)",
    "keyframes": "CREATE TABLE keyframes (txn INTEGER, document TEXT, state BLOB, chain BLOB, sum BLOB)",
    "snapshots": "CREATE TABLE snapshots (name TEXT PRIMARY KEY, time INTEGER, states BLOB, sum BLOB)",
    # external: path relative to the project's folder, or NULL; chunks: 32 bytes each, or NULL when one chunk is all
    "assets": (
        "CREATE TABLE assets (hash BLOB PRIMARY KEY, media_type TEXT, size INTEGER, name TEXT, created INTEGER, "
        "external TEXT, chunks BLOB, sum BLOB)"
    ),
    "chunks": "CREATE TABLE chunks (hash BLOB PRIMARY KEY, data BLOB)",
    "results": (
        "CREATE TABLE results (id TEXT PRIMARY KEY, recipe BLOB, outputs BLOB, models BLOB, created INTEGER, "
        "time_ms INTEGER, bindings BLOB, sum BLOB)"
    ),
    # derived from results.outputs
    "result_outputs": "CREATE TABLE result_outputs (asset BLOB, result TEXT)",
}

INDEXES: Final[dict[str, str]] = {
    "changes_by_document": "CREATE UNIQUE INDEX changes_by_document ON changes (document, txn)",
    "changes_by_txn": "CREATE INDEX changes_by_txn ON changes (txn)",
    "keyframes_by_document": "CREATE UNIQUE INDEX keyframes_by_document ON keyframes (document, txn)",
    "result_outputs_by_asset": "CREATE INDEX result_outputs_by_asset ON result_outputs (asset)",
}

INSERT: Final[dict[str, str]] = {
    table: f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}, sum) VALUES ({', '.join('?' * (len(columns) + 1))})"
    for table, columns in SUMMED.items()
}
SELECT: Final[dict[str, str]] = {
    table: f"SELECT {', '.join(columns)}, sum FROM {table}" for table, columns in SUMMED.items()
}

_encode = msgspec.msgpack.Encoder().encode


def row_sum(table: str, values: tuple[Any, ...]) -> bytes:
    """Return the 8-byte BLAKE2b over a row: its table's name and its values in order."""
    return hashlib.blake2b(_encode((table, values)), digest_size=8).digest()


def sealed(table: str, *values: Any) -> tuple[Any, ...]:
    """Return ``values`` with their sum, ready for ``INSERT[table]``."""
    return (*values, row_sum(table, values))


def chain_sum(before: bytes, txn: int, document: str, patch: bytes) -> bytes:
    """Return the 16-byte chain of a change that follows one whose chain is ``before`` (empty for the first)."""
    return hashlib.blake2b(_encode((before, txn, document, patch)), digest_size=16).digest()

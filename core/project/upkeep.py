"""Looking a whole project over: is everything there and right, and what does nothing refer to any more."""

import re
from collections.abc import Iterable
from typing import Final

from core.documents.base import decode_document
from core.project.assets import Assets
from core.project.history import History
from core.project.packing import expand
from core.project.results import Results
from core.project.store import Store
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError, Message

TILE_TYPE: Final = "application/x-atelier-tile"
_HASH: Final = re.compile(rb"[0-9a-f]{64}")
_MENTIONS: Final = (("changes", "patch"), ("keyframes", "state"), ("snapshots", "states"))
"""Where hashes are mentioned, beside the results."""


def verify(store: Store, assets: Assets, history: History, results: Results) -> list[Message]:
    """Read everything and return a sentence for each thing that is wrong. Takes time: not on the window's thread."""
    try:
        findings = [row[0] for row in store.rows("PRAGMA integrity_check") if row[0] != "ok"]
        wrong = [Message("SQLite: {finding}.", finding=finding) for finding in findings]
    except AtelierError as error:
        wrong = [error.message]
    known: set[str] = set()
    try:
        for asset in assets.all():
            known.add(asset.hash)
            try:
                assets.check(asset.hash)
            except AtelierError as error:
                wrong.append(error.message)
    except AtelierError as error:
        return [*wrong, error.message]
    for document in history.documents.values():
        lost = sorted(needed(document.assets(), assets) - known)
        if lost:
            wrong.append(_absent(document.title, lost))
    wrong += history.unread.values()
    for look in (history.steps, history.check, results.all, lambda: store.sealed_rows("snapshots")):
        try:
            look()
        except AtelierError as error:
            wrong.append(error.message)
    return list(dict.fromkeys(wrong))


def _absent(title: str, lost: list[str]) -> Message:
    digest = lost[0][:12]
    if len(lost) > 1:
        return Message(
            "The document “{title}” refers to {count} assets that are not there ({digest}…).",
            title=title,
            count=len(lost),
            digest=digest,
        )
    return Message(
        "The document “{title}” refers to an asset that is not there ({digest}…).", title=title, digest=digest
    )


def needed(mentioned: Iterable[str], assets: Assets, *, strict: bool = False) -> set[str]:
    """Return ``mentioned`` and all that those assets refer to: tiles of rasters, pictures of stored documents.

    An asset that cannot be read is passed over, or with ``strict`` raises :class:`AtelierError`.
    """
    from core.raster.manifest import referenced  # noqa: PLC0415  (codecs, when first needed)

    found: set[str] = set()
    waiting = list(mentioned)
    while waiting:
        digest = waiting.pop()
        if digest in found:
            continue
        found.add(digest)
        try:
            kind = assets.info(digest).media_type if assets.has(digest) else ""
            if kind == RASTER_TYPE:
                found |= referenced(assets.get(digest))
            elif kind == DOCUMENT_TYPE:
                waiting += decode_document(assets.get(digest)).assets()
        except AtelierError:
            if strict:
                raise
    return found


def mentioned(store: Store) -> set[str]:
    """Return every hash that documents, history, snapshots and results mention."""
    found: set[str] = set()

    def look(data: bytes) -> None:
        found.update(match.decode() for match in _HASH.findall(data))

    for table, column in _MENTIONS:
        for (data,) in store.rows(f"SELECT {column} FROM {table}"):
            look(expand(data))
    for recipe, outputs in store.rows("SELECT recipe, outputs FROM results"):
        look(recipe)
        look(outputs)
    return found


def drop_garbage(store: Store, assets: Assets) -> None:
    """Remove rasters, tiles and revisions that nothing refers to, and chunks of no asset; then give back the space.

    Other assets stay: what a person put into the project is theirs to remove. Reads all references first, so that a
    damaged one ends this with :class:`AtelierError` before anything was removed.
    """
    with store.lock:
        kept = needed(mentioned(store), assets, strict=True)
        rows = store.sealed_rows("assets")
        gone = [
            row[0] for row in rows if row[1] in (RASTER_TYPE, TILE_TYPE, DOCUMENT_TYPE) and row[0].hex() not in kept
        ]
        used: set[bytes] = set()
        dropped = set(gone)
        for digest, _, _, _, _, external, table in rows:
            if digest not in dropped and external is None:
                used.update([digest] if table is None else (table[i : i + 32] for i in range(0, len(table), 32)))
        with store.write() as db:
            db.executemany("DELETE FROM assets WHERE hash = ?", [(digest,) for digest in gone])
            unused = [row for row in store.rows("SELECT hash FROM chunks") if row[0] not in used]
            db.executemany("DELETE FROM chunks WHERE hash = ?", unused)
        store.vacuum()
        store.checkpoint()

"""Transactions: every edit committed when it happens, undo and redo as steps through what was committed.

A transaction holds, for each document it touched, the structural patch from the revision before to the revision
after (:mod:`core.documents.patch`). The *head* is the last transaction that counts; undo moves it back, redo forward,
and a new edit drops what lay ahead of it. Whole revisions are written now and then (keyframes), so that opening a
project reads few patches. A patch carries the chain of its document's patches before it, so a missing or foreign one
is noticed.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from core.documents import patch as patches
from core.documents.base import Document, from_value
from core.project import schema
from core.project.store import DamagedError, Store
from core.values import AtelierError

KEYFRAME_EVERY: Final = 64
"""Patches of one document between two whole revisions."""
MERGE_WINDOW: Final = 2.0
"""Seconds within which edits with the same merge key become one step."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.decode

State = dict[str, Any] | None
"""``{"kind": …, "value": plain values}`` of a document, or ``None`` where there is none."""


class Transaction(msgspec.Struct, frozen=True):
    """One step of the history. ``time`` is seconds since 1970, ``bytes`` what its patches take."""

    id: int
    label: str
    time: float
    documents: tuple[str, ...]
    bytes: int
    current: bool
    """True for the head: the step that undo takes back."""
    undone: bool = False
    """True for steps ahead of the head, which redo brings back."""


class History:
    """The documents of one open project and their history. The caller holds the store's lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.head = 0
        self._documents: dict[str, Document] = {}
        self._before_last: dict[str, Document | None] = {}
        """What the head's transaction started from: only while it can still be merged into."""
        self._merge: tuple[str, float] | None = None
        self._load()

    def move(self, store: Store) -> None:
        """Go on in another file that holds the same."""
        self._store = store

    # Reading

    @property
    def documents(self) -> Mapping[str, Document]:
        """The newest revision of each document, in the order of creation."""
        return self._documents

    def steps(self) -> tuple[Transaction, ...]:
        """Return every step, oldest first, those that were undone included."""
        rows = self._store.sealed_rows("transactions", "ORDER BY id")
        return tuple(
            Transaction(
                id=row[0],
                label=row[2],
                time=row[3] / 1e6,
                documents=tuple(_decode(row[5])),
                bytes=row[6],
                current=row[0] == self.head,
                undone=row[0] > self.head,
            )
            for row in rows
        )

    def label(self, forward: bool) -> str | None:
        """Return what redo (``forward``) or undo would say, or ``None`` when there is nothing to do."""
        row = self._next() if forward else self._store.one("transactions", "WHERE id = ?", (self.head,))
        return None if row is None else str(row[2])

    def _next(self) -> tuple[Any, ...] | None:
        return self._store.one("transactions", "WHERE id > ? ORDER BY id", (self.head,))

    # Writing

    def commit(self, label: str, changed: Mapping[str, Document | None], merge: str | None) -> tuple[str, ...]:
        """Write one transaction (or make the last one longer, see :data:`MERGE_WINDOW`); return what it changed.

        ``changed`` maps ids to new revisions, ``None`` to remove. Nothing is written when nothing differs.
        """
        now = time.monotonic()
        merging = (
            merge is not None
            and self._merge is not None
            and self._merge[0] == merge
            and now - self._merge[1] <= MERGE_WINDOW
            and set(changed) <= set(self._before_last)
            and self._next() is None
        )
        if merging:
            before = dict(self._before_last)
            after = {**{key: self._documents.get(key) for key in before}, **changed}
        else:
            before = {key: self._documents.get(key) for key in changed}
            after = dict(changed)
        made = {key: self._patch(before[key], after[key]) for key in after}
        made = {key: value for key, value in made.items() if value is not None}
        if not made and not merging:
            return ()
        with self._store.write() as db:
            if merging:
                transaction = self.head
                db.execute("DELETE FROM changes WHERE txn = ?", (transaction,))
                db.execute("DELETE FROM keyframes WHERE txn = ?", (transaction,))
                parent = int(db.execute("SELECT parent FROM transactions WHERE id = ?", (transaction,)).fetchone()[0])
            else:
                self._drop_ahead()
                parent = self.head
                transaction = self._new_id()
            sizes = [self._write_change(transaction, key, value, after[key]) for key, value in made.items()]
            self._store.put(
                "transactions",
                transaction,
                parent,
                label,
                time.time_ns() // 1000,
                merge,
                _encode(sorted(made)),
                sum(sizes),
            )
            self._settle(transaction, {key: after[key] for key in after})
        self.head = transaction
        self._keep(after)
        self._before_last = before
        self._merge = None if merge is None else (merge, now)
        return tuple(sorted(set(made) | set(changed)))

    def step(self, forward: bool) -> tuple[str, ...] | None:
        """Undo, or redo (``forward``); return the documents it changed, ``None`` when there is nothing to do."""
        row = self._next() if forward else self._store.one("transactions", "WHERE id = ?", (self.head,))
        if row is None:
            return None
        after: dict[str, Document | None] = {}
        for document, data in self._changes(int(row[0])):
            step = _decode(data)
            after[document] = self._moved(document, step if forward else patches.invert(step))
        head = int(row[0]) if forward else int(row[1])
        with self._store.write():
            self._settle(head, after)
        self.head = head
        self._keep(after)
        self._forget_merge()
        return tuple(sorted(after))

    def prune(self, before: int) -> int:
        """Forget every step up to and including ``before`` for good; return how many. The head stays."""
        if before > self.head:
            raise AtelierError("Only steps that count can be pruned: redo first, or choose an earlier one.")
        rows = self._store.rows("SELECT count(*) FROM transactions WHERE id <= ?", (before,))
        states = self._states_at(before)
        with self._store.write() as db:
            for document, (state, chain) in states.items():
                db.execute("DELETE FROM keyframes WHERE txn <= ? AND document = ?", (before, document))
                if state is not None:
                    self._store.put("keyframes", before, document, _encode(state), chain)
            kept = tuple(key for key, (state, _) in states.items() if state is not None)
            marks = ",".join("?" * len(kept))
            db.execute(f"DELETE FROM keyframes WHERE txn <= ? AND document NOT IN ({marks})", (before, *kept))
            db.execute("DELETE FROM changes WHERE txn <= ?", (before,))
            db.execute("DELETE FROM transactions WHERE id <= ?", (before,))
        self._forget_merge()
        return int(rows[0][0])

    def _new_id(self) -> int:
        return int(self._store.rows("SELECT coalesce(max(id), 0) FROM transactions")[0][0] or self.head) + 1

    def _drop_ahead(self) -> None:
        for table, column in (("changes", "txn"), ("keyframes", "txn"), ("transactions", "id")):
            self._store.db.execute(f"DELETE FROM {table} WHERE {column} > ?", (self.head,))

    def _write_change(self, transaction: int, document: str, step: Any, after: Document | None) -> int:
        data = _encode(step)
        chain = schema.chain_sum(self._chain(document, transaction), transaction, document, data)
        self._store.put("changes", transaction, document, data, chain)
        since = self._store.rows(
            "SELECT count(*) FROM changes WHERE document = ? AND txn > coalesce("
            "(SELECT max(txn) FROM keyframes WHERE document = ?), 0)",
            (document, document),
        )
        if since[0][0] >= KEYFRAME_EVERY and after is not None:
            self._store.put("keyframes", transaction, document, _encode(_state(after)), chain)
        return len(data)

    def _settle(self, head: int, after: Mapping[str, Document | None]) -> None:
        """Write the head and what lists show. Inside a write."""
        self._store.set_meta("head", _encode(head))
        for key, document in after.items():
            if document is None:
                self._store.db.execute("DELETE FROM documents WHERE id = ?", (key,))
                continue
            found = self._store.one("documents", "WHERE id = ?", (key,))
            place = (
                found[3] if found else self._store.rows("SELECT coalesce(max(position), 0) + 1 FROM documents")[0][0]
            )
            if found is None or found[1:3] != (document.kind, document.title):
                self._store.put("documents", key, document.kind, document.title, place)

    def _keep(self, after: Mapping[str, Document | None]) -> None:
        for key, document in after.items():
            if document is None:
                self._documents.pop(key, None)
            else:
                self._documents[key] = document

    def _forget_merge(self) -> None:
        self._before_last, self._merge = {}, None

    # From patches to documents

    def _patch(self, before: Document | None, after: Document | None) -> Any:
        return patches.diff(_live(before), _live(after))

    def _moved(self, document: str, step: Any) -> Document | None:
        old = self._documents.get(document)
        try:
            state = patches.apply(_state(old), step)
            new = None if state is None else from_value(state["kind"], state["value"])
        except (patches.PatchError, LookupError, TypeError) as error:
            raise AtelierError(f"A step of this project's history is damaged and cannot be taken: {error}.") from None
        return new if old is None or new is None else patches.share(old, new)

    def _changes(self, transaction: int) -> list[tuple[str, bytes]]:
        return [(row[1], row[2]) for row in self._store.sealed_rows("changes", "WHERE txn = ?", (transaction,))]

    def _chain(self, document: str, before: int) -> bytes:
        found = self._store.rows(
            "SELECT chain FROM changes WHERE document = ? AND txn < ? ORDER BY txn DESC LIMIT 1", (document, before)
        ) or self._store.rows(
            "SELECT chain FROM keyframes WHERE document = ? AND txn < ? ORDER BY txn DESC LIMIT 1", (document, before)
        )
        return bytes(found[0][0]) if found else b""

    def _load(self) -> None:
        head = self._store.meta("head")
        self.head = 0 if head is None else int(_decode(head))
        order = self._store.sealed_rows("documents", "ORDER BY position, rowid")
        states = self._states_at(self.head)
        for row in order:
            state = states.get(row[0], (None, b""))[0]
            if state is None:
                raise DamagedError(f"the document “{row[2]}” has no content")
            self._documents[row[0]] = from_value(state["kind"], state["value"])
        lost = [key for key, (state, _) in states.items() if state is not None and key not in self._documents]
        if lost:
            raise DamagedError(f"the list of documents lacks {len(lost)} of them")

    def _states_at(self, transaction: int) -> dict[str, tuple[State, bytes]]:
        """Return the state and the chain of every document as of a transaction. Raises :class:`DamagedError`."""
        found: dict[str, tuple[int, State, bytes]] = {}
        newest = "SELECT max(k.txn) FROM keyframes AS k WHERE k.document = {}.document AND k.txn <= ?"
        for row in self._store.sealed_rows("keyframes", f"WHERE txn = ({newest.format('keyframes')})", (transaction,)):
            found[row[1]] = (row[0], _decode(row[2]), row[3])
        for txn, document, data, chain in self._store.sealed_rows(
            "changes",
            f"WHERE txn <= ? AND txn > coalesce(({newest.format('changes')}), 0) ORDER BY txn",
            (transaction, transaction),
        ):
            since, state, before = found.get(document, (0, None, b""))
            if txn <= since:
                continue
            if schema.chain_sum(before, txn, document, data) != chain:
                raise DamagedError(f"a step of the history of document {document} is missing")
            try:
                found[document] = (txn, patches.apply(state, _decode(data)), chain)
            except patches.PatchError as error:
                raise DamagedError(str(error)) from None
        return {key: (state, chain) for key, (_, state, chain) in found.items()}


def _live(document: Document | None) -> Any:
    """Return what :func:`patches.diff` compares: the struct itself stays whole, so that shared parts are skipped."""
    return None if document is None else {"kind": document.kind, "value": document}


def _state(document: Document | None) -> State:
    return None if document is None else {"kind": document.kind, "value": patches.plain(document)}

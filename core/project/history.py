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
from core.project.packing import pack, unpack
from core.project.store import DamagedError, Store
from core.values import AtelierError, Message

KEYFRAME_EVERY: Final = 64
"""Patches of one document between two whole revisions."""
MERGE_WINDOW: Final = 2.0
"""Seconds within which edits with the same merge key become one step."""

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
        self.unread: dict[str, Message] = {}
        """Documents that this version of Atelier does not understand, and why; they stay in the file as they are."""
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
                documents=tuple(unpack(row[5])),
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
        merging = self._can_merge(merge, changed, now)
        if merging:
            before = dict(self._before_last)
            after = {**{key: self._documents.get(key) for key in before}, **changed}
        else:
            before = {key: self._documents.get(key) for key in changed}
            after = dict(changed)
        made = {key: step for key in after if (step := patches.diff(_live(before[key]), _live(after[key]))) is not None}
        if not made and not merging:
            return ()
        with self._store.write():
            head = self._write_step(label, merge, made, after, merging)
            self._settle(head, after)
        self.head = head
        self._keep(after)
        # A step that was merged away to nothing is no step: the next edit makes a new one.
        self._before_last, self._merge = (before, (merge, now)) if merge is not None and made else ({}, None)
        return tuple(sorted({*made, *changed}))

    def _can_merge(self, merge: str | None, changed: Mapping[str, Document | None], now: float) -> bool:
        return (
            merge is not None
            and self._merge is not None
            and self._merge[0] == merge
            and now - self._merge[1] <= MERGE_WINDOW
            and set(changed) <= set(self._before_last)
            and self._next() is None
        )

    def _write_step(
        self, label: str, merge: str | None, made: Mapping[str, Any], after: Mapping[str, Document | None], again: bool
    ) -> int:
        """Write a new step, or the last one anew; return the new head. Inside a write."""
        db, step, parent = self._store.db, self.head, self.head
        if again:
            parent = int(self._store.rows("SELECT parent FROM transactions WHERE id = ?", (step,))[0][0])
            db.execute("DELETE FROM changes WHERE txn = ?", (step,))
            db.execute("DELETE FROM keyframes WHERE txn = ?", (step,))
            if not made:
                db.execute("DELETE FROM transactions WHERE id = ?", (step,))
                return parent
        else:
            self._drop_ahead()
            step = self._new_id()
        size = sum(self._write_change(step, key, patch, after[key]) for key, patch in made.items())
        now = time.time_ns() // 1000
        self._store.put("transactions", step, parent, label, now, merge, pack(sorted(made)), size)
        return step

    def step(self, forward: bool) -> tuple[str, ...] | None:
        """Undo, or redo (``forward``); return the documents it changed, ``None`` when there is nothing to do."""
        row = self._next() if forward else self._store.one("transactions", "WHERE id = ?", (self.head,))
        if row is None:
            return None
        return self.go_to(int(row[0]) if forward else int(row[1]))

    def go_to(self, target: int) -> tuple[str, ...]:
        """Make ``target`` the head (0, or what pruning left: before all steps); return the documents that changed.

        All of the way is one write: either the project is at ``target`` afterwards, or where it was.
        """
        forward = target > self.head
        low, high = sorted((self.head, target))
        rows = self._store.sealed_rows(
            "changes", f"WHERE txn > ? AND txn <= ? ORDER BY txn {'ASC' if forward else 'DESC'}", (low, high)
        )
        states: dict[str, State] = {}
        for _, document, data, _ in rows:
            if document not in states:
                states[document] = _state(self._documents.get(document))
            states[document] = self._moved(states[document], data, forward)
        after = {key: self._revived(key, state) for key, state in states.items()}
        with self._store.write():
            self._settle(target, after)
        self.head = target
        self._keep(after)
        self._forget_merge()
        return tuple(sorted(after))

    def knows(self, target: int) -> bool:
        """Return whether there is such a step, or ``target`` is the place before the first."""
        found = self._store.one("transactions", "WHERE id = ?", (target,))
        first = self._store.one("transactions", "ORDER BY id")
        return found is not None or target == (0 if first is None else first[1])

    @property
    def start(self) -> int:
        """The place before the first step: 0, or the step up to which all were pruned."""
        first = self._store.one("transactions", "ORDER BY id")
        return self.head if first is None else int(first[1])

    def prune(self, before: int) -> int:
        """Forget every step up to and including ``before`` for good; return how many. The head stays."""
        if before > self.head:
            raise AtelierError("Only steps that count can be pruned: redo first, or choose an earlier one.")
        rows = self._store.rows("SELECT count(*) FROM transactions WHERE id <= ?", (before,))
        states = {key: self._state_at(key, before) for key in self._ever()}
        with self._store.write() as db:
            db.execute("DELETE FROM keyframes WHERE txn <= ?", (before,))
            db.execute("DELETE FROM changes WHERE txn <= ?", (before,))
            db.execute("DELETE FROM transactions WHERE id <= ?", (before,))
            for document, (state, chain) in states.items():
                # A removed document leaves its chain, which goes on when undo, redo or a new edit brings it back.
                if chain:
                    self._store.put("keyframes", before, document, pack(state), chain)
        self._forget_merge()
        return int(rows[0][0])

    def _new_id(self) -> int:
        """Return an id that no step ever had, so that what lingers of a dropped one is never taken for another."""
        rows = self._store.rows("SELECT seq FROM sqlite_sequence WHERE name = 'transactions'")
        return max(self.head, int(rows[0][0]) if rows else 0) + 1

    def _drop_ahead(self) -> None:
        for table, column in (("changes", "txn"), ("keyframes", "txn"), ("transactions", "id")):
            self._store.db.execute(f"DELETE FROM {table} WHERE {column} > ?", (self.head,))

    def _write_change(self, transaction: int, document: str, step: Any, after: Document | None) -> int:
        data = pack(step)
        chain = schema.chain_sum(self._chain(document, transaction), transaction, document, data)
        self._store.put("changes", transaction, document, data, chain)
        since = self._store.rows(
            "SELECT count(*) FROM changes WHERE document = ? AND txn > coalesce("
            "(SELECT max(txn) FROM keyframes WHERE document = ?), 0)",
            (document, document),
        )
        if since[0][0] >= KEYFRAME_EVERY and after is not None:
            self._store.put("keyframes", transaction, document, pack(_state(after)), chain)
        return len(data)

    def _settle(self, head: int, after: Mapping[str, Document | None]) -> None:
        """Write the head and what lists show. Inside a write."""
        self._store.set_meta("head", pack(head))
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

    def _moved(self, state: State, data: bytes, forward: bool) -> State:
        try:
            step = unpack(data)
            moved: State = patches.apply(state, step if forward else patches.invert(step))
        except patches.PatchError as error:
            raise DamagedError("a step of its history: {why}", why=str(error)) from None
        return moved

    def _revived(self, document: str, state: State) -> Document | None:
        """Return the document of a state, sharing what is equal with the revision that is shown now."""
        old = self._documents.get(document)
        new = None if state is None else _document(state)
        return new if old is None or new is None else patches.share(old, new)

    def _chain(self, document: str, before: int) -> bytes:
        found = self._store.rows(
            "SELECT chain FROM changes WHERE document = ? AND txn < ? ORDER BY txn DESC LIMIT 1", (document, before)
        ) or self._store.rows(
            "SELECT chain FROM keyframes WHERE document = ? AND txn < ? ORDER BY txn DESC LIMIT 1", (document, before)
        )
        return bytes(found[0][0]) if found else b""

    def _load(self) -> None:
        head = self._store.meta("head")
        self.head = 0 if head is None else int(unpack(head))
        for key, _, title, _ in self._store.sealed_rows("documents", "ORDER BY position, rowid"):
            state = self._state_at(key, self.head)[0]
            if state is None:
                raise DamagedError("the document “{title}” has no content", title=title)
            try:
                self._documents[key] = _document(state)
            except DamagedError:
                raise
            except AtelierError as error:
                self.unread[key] = error.message
        for key in self._ever():
            if key not in self._documents and key not in self.unread and not self._is_gone(key):
                raise DamagedError("a document is missing in the list of documents")

    def _ever(self) -> set[str]:
        """Return the ids of all documents that the history knows, by leaps in the index and not by reading it all."""
        leaps = (
            "WITH RECURSIVE ids(x) AS (SELECT min(document) FROM {0} UNION ALL SELECT (SELECT min(document) FROM {0} "
            "WHERE document > x) FROM ids WHERE x IS NOT NULL) SELECT x FROM ids WHERE x IS NOT NULL"
        )
        return {row[0] for table in ("changes", "keyframes") for row in self._store.rows(leaps.format(table))}

    def _is_gone(self, document: str) -> bool:
        """Return whether a document was removed, or is yet to be made by a redo."""
        where = "WHERE document = ? AND txn <= ? ORDER BY txn DESC"
        change = self._store.one("changes", where, (document, self.head))
        if change is not None:
            step = unpack(change[2])
            return isinstance(step, list) and step[0] == "=" and step[2] is None
        frame = self._store.one("keyframes", where, (document, self.head))
        return frame is None or unpack(frame[2]) is None

    def check(self) -> None:
        """Follow every chain of changes from its beginning to its end; raises :class:`DamagedError`."""
        for key in self._ever():
            frames = {row[0]: row for row in self._store.sealed_rows("keyframes", "WHERE document = ?", (key,))}
            changes = self._store.sealed_rows("changes", "WHERE document = ? ORDER BY txn", (key,))
            first = changes[0][0] if changes else 0
            base = max((txn for txn in frames if txn < first), default=None)
            state, chain = (None, b"") if base is None else (unpack(frames[base][2]), frames[base][3])
            for txn, _, data, after in changes:
                if schema.chain_sum(chain, txn, key, data) != after:
                    raise DamagedError("a step in the history of document {document} is missing", document=key)
                state, chain = self._moved(state, data, True), after
                if txn in frames and (frames[txn][3] != chain or unpack(frames[txn][2]) != state):
                    raise DamagedError("two accounts of the history of document {document} differ", document=key)

    def _state_at(self, document: str, transaction: int) -> tuple[State, bytes]:
        """Return the state and the chain of a document as of a transaction. Raises :class:`DamagedError`."""
        frame = self._store.one(
            "keyframes", "WHERE document = ? AND txn <= ? ORDER BY txn DESC", (document, transaction)
        )
        since, state, chain = (0, None, b"") if frame is None else (frame[0], unpack(frame[2]), frame[3])
        for txn, _, data, after in self._store.sealed_rows(
            "changes", "WHERE document = ? AND txn > ? AND txn <= ? ORDER BY txn", (document, since, transaction)
        ):
            if schema.chain_sum(chain, txn, document, data) != after:
                raise DamagedError("a step in the history of document {document} is missing", document=document)
            state, chain = self._moved(state, data, True), after
        return state, chain


def _document(state: Mapping[str, Any]) -> Document:
    try:
        return from_value(state["kind"], state["value"])
    except (LookupError, TypeError):
        raise DamagedError("a document is not one") from None


def _live(document: Document | None) -> Any:
    """Return what :func:`patches.diff` compares: the struct itself stays whole, so that shared parts are skipped."""
    return None if document is None else {"kind": document.kind, "value": document}


def _state(document: Document | None) -> State:
    return None if document is None else {"kind": document.kind, "value": patches.plain(document)}

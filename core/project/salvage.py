"""What was found on the pages of a damaged project: the newest of each row, and documents put together from patches."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from core.documents import patch as patches
from core.documents.base import from_value
from core.project import schema
from core.project.packing import unpack
from core.values import AtelierError

Row = tuple[Any, ...]

_NEWEST = {"meta": 2, "snapshots": 1, "assets": 4, "results": 4, "transactions": 3}
"""Column that tells the newer of two versions of a row."""


class Strand(NamedTuple):
    """What became of one document. ``whole``: all of its changes up to the head hold together."""

    state: Any
    whole: bool
    removed: bool
    title: str
    from_start: bool
    """True when the chain holds from its beginning, so that the history can be kept."""


class Salvage:
    """Rows from the pages of one file. Fill it with :meth:`add`, then ask."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Any, tuple[bool, Row]]] = {table: {} for table in schema.SUMMED}
        self._changes: dict[str, dict[int, list[tuple[bool, Row]]]] = {}
        self._keyframes: dict[str, dict[int, Row]] = {}

    def add(self, table: str, row: Row, live: bool) -> None:
        """Take a row in; ``live`` when its page is in use."""
        if table == "changes":
            self._changes.setdefault(row[1], {}).setdefault(row[0], []).append((live, row))
        elif table == "keyframes":
            known = self._keyframes.setdefault(row[1], {})
            if live or row[0] not in known:
                known[row[0]] = row
        else:
            rows, newest = self._rows[table], _NEWEST.get(table)
            old = rows.get(row[0])
            if old is None or (live, row[newest] if newest else 0) >= (old[0], old[1][newest] if newest else 0):
                rows[row[0]] = (live, row)

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the newest version of each row, in the order in which they were found."""
        for _, row in self._rows[table].values():
            yield row

    def meta(self, key: str) -> bytes | None:
        """Return a named value."""
        found = self._rows["meta"].get(key)
        return None if found is None else found[1][1]

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that the project listed."""
        return tuple(self._rows["documents"])

    def title(self, document: str) -> str:
        found = self._rows["documents"].get(document)
        return "" if found is None else found[1][2]

    def place(self, document: str) -> tuple[int, str]:
        """Return what documents are sorted by."""
        found = self._rows["documents"].get(document)
        return (1 << 62 if found is None else found[1][3], document)

    @property
    def transactions(self) -> dict[int, Row]:
        return {key: row for key, (_, row) in self._rows["transactions"].items()}

    @property
    def head(self) -> int:
        """The last transaction that counts; the last there is when that was lost."""
        value = self.meta("head")
        if value is not None:
            return int(msgspec.msgpack.decode(value))
        return max((txn for changes in self._changes.values() for txn in changes), default=0)

    def path(self) -> list[int]:
        """Return the ids from the oldest that can be reached up to the head, then those that redo would bring back.

        A dropped branch that lingers on a free page is not among them: the head's ancestors lead past it.
        """
        known = self.transactions
        backwards: list[int] = []
        at = self.head
        while at in known and len(backwards) <= len(known):
            backwards.append(at)
            at = known[at][1]
        forwards: list[int] = []
        ahead = {row[1]: key for key, row in known.items() if key > self.head and self._rows["transactions"][key][0]}
        at = self.head
        while at in ahead and ahead[at] > at:
            at = ahead[at]
            forwards.append(at)
        return [*reversed(backwards), *forwards]

    def strands(self) -> dict[str, Strand]:
        """Follow every document's chain and return where it leads."""
        head, path = self.head, set(self.path())
        whole_path = bool(path) and self._reaches_start()
        names = sorted({*self._changes, *self._keyframes})
        return {name: self._follow(name, head, path if whole_path else None) for name in names}

    def _reaches_start(self) -> bool:
        """True when the path begins where the history does: at nothing, or at the keyframes that pruning left."""
        first = self.transactions[self.path()[0]][1]
        return first == 0 or any(first in frames for frames in self._keyframes.values())

    def _follow(self, document: str, head: int, path: set[int] | None) -> Strand:
        changes = self._changes.get(document, {})
        frames = self._keyframes.get(document, {})
        first = self.transactions[self.path()[0]][1] if path else 0
        txns = sorted(
            txn for txn in {*changes, *frames} if txn <= head and (path is None or txn in path or txn == first)
        )
        state: Any = None
        chain, missed, from_start = b"", False, True
        for txn in txns:
            step = self._next(document, changes.get(txn, []), chain, state)
            if step is not None:
                # What was passed over before it was a branch that had been dropped: this one follows without it.
                (state, chain), missed = step, False
            elif (frame := frames.get(txn)) is not None:
                # Changes before the first keyframe were pruned; those before a later one are damaged.
                from_start = from_start and txn == txns[0] and txn not in changes
                state, chain, missed = unpack(frame[2]), frame[3], False
            else:
                missed = True
        removed = state is None
        title, state = _title(document, state)
        return Strand(state, not missed, removed, title, from_start and not missed)

    def _next(
        self, document: str, versions: list[tuple[bool, Row]], chain: bytes, state: Any
    ) -> tuple[Any, bytes] | None:
        for _, (txn, _, data, after) in sorted(versions, key=lambda version: not version[0]):
            if schema.chain_sum(chain, txn, document, data) == after:
                try:
                    return patches.apply(state, unpack(data)), after
                except (patches.PatchError, AtelierError):
                    continue
        return None

    def history_is_whole(self, strands: dict[str, Strand]) -> bool:
        """True when every step on the path is there with all it changed, and every chain holds from its beginning."""
        path = self.path()
        if not path or path[-1] < self.head or not self._reaches_start():
            return False
        known = self.transactions
        complete = all(
            txn in self._changes.get(document, {})
            for txn in path
            for document in msgspec.msgpack.decode(known[txn][5], type=list[str])
        )
        return complete and all(strand.from_start for strand in strands.values())

    def kept_history(self, table: str) -> Iterator[Row]:
        """Yield the rows of the path: ``transactions``, ``changes`` or ``keyframes``."""
        path = self.path()
        if table == "transactions":
            yield from (self.transactions[txn] for txn in path)
        elif table == "changes":
            inside = set(path)
            for changes in self._changes.values():
                for txn, versions in changes.items():
                    if txn in inside:
                        yield max(versions, key=lambda version: version[0])[1]
        else:
            allowed = {*path, self.transactions[path[0]][1]}
            for frames in self._keyframes.values():
                yield from (row for txn, row in frames.items() if txn in allowed)


def _title(document: str, state: Any) -> tuple[str, Any]:
    """Return a state's title, and the state itself or ``None`` when it is no document."""
    if state is None:
        return "", None
    try:
        found = from_value(state["kind"], state["value"])
    except (AtelierError, LookupError, TypeError):
        return "", None
    return found.title, state if found.id == document else None

"""Reading the rows of a project file page by page, without SQLite and without trusting anything but the rows' sums.

SQLite gives a damaged file up at the first pointer that leads nowhere. Here every page that looks like the leaf of a
table is read by itself, so a file without its header, cut off in the middle, or with a torn tree still gives all rows
that are whole. A row says by its sum which table it belongs to and that it is as it was written (a chunk by its
hash); what does not prove that is passed over.

The log (``-wal``) is laid over the file as SQLite would, but frame by frame: each frame's checksum starts from the
one stored in the frame before, so one damaged frame does not cost those after it.

Format: https://www.sqlite.org/fileformat2.html (b-tree pages, record format, overflow pages, the WAL file).
"""

import contextlib
import hashlib
import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

from core.project import schema

PAGE: Final = schema.PAGE_SIZE
MAX_PAYLOAD: Final = 1 << 30
"""No row is larger: SQLite's own limit."""

_LEAF: Final = 0x0D
_FRAME: Final = 24 + PAGE
_WAL_MAGIC: Final = (0x377F0682, 0x377F0683)
_CANDIDATES: Final[dict[int, tuple[str, ...]]] = {
    count: tuple(table for table, columns in schema.SUMMED.items() if len(columns) + 1 == count)
    for count in {len(columns) + 1 for columns in schema.SUMMED.values()}
}
"""Number of columns to the tables that have as many."""
_INTEGER_SIZE: Final = (0, 1, 2, 3, 4, 6, 8)

Found = tuple[str, tuple[Any, ...], bool]
"""Table, values without the sum, and whether the page is in use (on a free one a row may be an old version)."""


class PageFile:
    """The pages of a file at rest, with its log laid over. Use as a context manager; raises ``OSError``.

    The file must not be open in this process: closing it here would drop the locks on it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        size = path.stat().st_size
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        self.log = Log(path.with_name(path.name + "-wal"))
        self.count = max(-(-size // PAGE), max(self.log.pages, default=0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if isinstance(self._map, mmap.mmap):
            self._map.close()
        self._file.close()

    def page(self, number: int) -> bytes:
        """Return page ``number`` (from 1); shorter, or empty, where the file ends before it."""
        found = self.log.pages.get(number)
        return found if found is not None else self._map[(number - 1) * PAGE : number * PAGE]

    def rows(self) -> Iterator[Found]:
        """Yield every row that proves to be whole."""
        free = self._free_pages()
        for number in range(1, self.count + 1):
            page = self.page(number)
            start = 100 if number == 1 else 0
            if len(page) < start + 8 or page[start] != _LEAF:
                continue
            for rowid, payload in self._cells(page, start):
                row = _row(rowid, payload)
                if row is not None:
                    yield (*row, number not in free)

    def _cells(self, page: bytes, start: int) -> Iterator[tuple[int, bytes]]:
        (count,) = struct.unpack_from(">H", page, start + 3)
        for position in range(start + 8, min(start + 8 + 2 * count, len(page) - 1), 2):
            (offset,) = struct.unpack_from(">H", page, position)
            with contextlib.suppress(ValueError, IndexError, struct.error):
                size, offset = _varint(page, offset)
                rowid, offset = _varint(page, offset)
                payload = self._payload(page, offset, size)
                if payload is not None:
                    yield rowid, payload

    def _payload(self, page: bytes, offset: int, size: int) -> bytes | None:
        if not 2 <= size <= min(MAX_PAYLOAD, self.count * PAGE):
            return None
        local = size
        if size > PAGE - 35:
            least = (PAGE - 12) * 32 // 255 - 23
            local = least + (size - least) % (PAGE - 4)
            local = local if local <= PAGE - 35 else least
        parts = [page[offset : offset + local]]
        if len(parts[0]) < local:
            return None
        missing = size - local
        if missing:
            (following,) = struct.unpack_from(">I", page, offset + local)
        while missing > 0:
            if not 1 < following <= self.count:
                return None
            more = self.page(following)
            parts.append(more[4 : 4 + missing])
            if len(parts[-1]) < min(missing, PAGE - 4):
                return None
            missing -= len(parts[-1])
            (following,) = struct.unpack_from(">I", more, 0)
        return b"".join(parts)

    def _free_pages(self) -> frozenset[int]:
        """Return the pages on the free list, as far as it can be followed."""
        header = self.page(1)[:100]
        if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
            return frozenset()
        found: set[int] = set()
        (trunk,) = struct.unpack_from(">I", header, 32)
        while 1 < trunk <= self.count and trunk not in found:
            page = self.page(trunk)
            if len(page) < PAGE:
                break
            found.add(trunk)
            following, leaves = struct.unpack_from(">II", page, 0)
            if leaves <= (PAGE - 8) // 4:
                found.update(struct.unpack_from(f">{leaves}I", page, 8))
            trunk = following
        return frozenset(found)


class Log:
    """The committed frames of a ``-wal`` file. ``damaged``: frames that SQLite would lose follow a broken one."""

    def __init__(self, path: Path) -> None:
        self.pages: dict[int, bytes] = {}
        self.damaged = False
        try:
            data = path.read_bytes()
        except OSError:
            return
        self._read(data)

    def _read(self, data: bytes) -> None:
        if len(data) < 32 + _FRAME:
            return
        magic, _, size, _ = struct.unpack_from(">IIII", data, 0)
        if magic not in _WAL_MAGIC or size != PAGE:
            self.damaged = True
            return
        order = ">" if magic & 1 else "<"
        salts, before = data[16:24], struct.unpack_from(">II", data, 24)
        pending: dict[int, bytes] = {}
        broken = _checksum(data[:24], (0, 0), order) != before
        for offset in range(32, len(data) - _FRAME + 1, _FRAME):
            number, committed = struct.unpack_from(">II", data, offset)
            if data[offset + 8 : offset + 16] != salts:
                break  # frames of an earlier round of the log
            stored = struct.unpack_from(">II", data, offset + 16)
            page = data[offset + 24 : offset + _FRAME]
            if _checksum(page, _checksum(data[offset : offset + 8], before, order), order) == stored:
                pending[number] = page
                if committed:
                    self.pages.update(pending)
                    self.damaged = self.damaged or broken
                    pending = {}
            else:
                broken = True
            before = stored


def _checksum(data: bytes, start: tuple[int, ...], order: str) -> tuple[int, int]:
    a, b = start[0], start[1]
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for x, y in zip(words[::2], words[1::2], strict=True):
        a = (a + x + b) & 0xFFFFFFFF
        b = (b + y + a) & 0xFFFFFFFF
    return a, b


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = data[offset]
        offset += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset
    value = value << 8 | data[offset]
    return (value - (1 << 64) if value >= 1 << 63 else value), offset + 1


def _row(rowid: int, payload: bytes) -> tuple[str, tuple[Any, ...]] | None:
    """Return the table and the values of a record, or ``None`` unless it proves to be whole."""
    try:
        values = _record(payload)
    except (ValueError, IndexError):
        return None
    if len(values) == 2:
        name, data = values
        whole = isinstance(name, bytes) and isinstance(data, bytes) and len(name) == 32
        return ("chunks", (name, data)) if whole and hashlib.blake2b(data, digest_size=32).digest() == name else None
    for table in _CANDIDATES.get(len(values), ()):
        row = (rowid, *values[1:-1]) if table == "transactions" else tuple(values[:-1])
        if schema.row_sum(table, row) == values[-1]:
            return table, row
    return None


def _record(payload: bytes) -> list[Any]:
    end, position = _varint(payload, 0)
    if not 1 <= end <= len(payload):
        raise ValueError("the record's header is longer than the record")
    values: list[Any] = []
    body = end
    while position < end:
        kind, position = _varint(payload, position)
        if kind >= 12:
            size = (kind - 12) // 2
            raw = payload[body : body + size]
            if len(raw) < size:
                raise ValueError("the record is cut off")
            values.append(raw.decode("utf-8") if kind & 1 else raw)
        elif kind in (8, 9):
            size = 0
            values.append(kind - 8)
        elif kind <= 6:
            size = _INTEGER_SIZE[kind]
            values.append(int.from_bytes(payload[body : body + size], "big", signed=True) if kind else None)
        else:
            raise ValueError("there are no such values in a project")
        body += size
    return values

"""Text being typed: the characters, a cursor and a selection, with the usual ways to move and change. No widget."""

import unicodedata

from PySide6.QtCore import QTextBoundaryFinder

MAX_LENGTH = 20_000


class TextBuffer:
    """Positions count UTF-16 units, as Qt's text layout does; the cursor never stands inside a visible character."""

    def __init__(self, text: str = "") -> None:
        self._units = _to_units(text)
        self.cursor = len(self._units)
        self.anchor = self.cursor
        self.composing = ""
        """What an input method has not committed yet, shown at the cursor."""

    @property
    def text(self) -> str:
        """The text without what is still being composed."""
        return _to_text(self._units)

    @property
    def shown(self) -> str:
        """The text with what is being composed."""
        return _to_text(self._units[: self.cursor] + _to_units(self.composing) + self._units[self.cursor :])

    @property
    def shown_cursor(self) -> int:
        """Where the cursor stands in :attr:`shown`."""
        return self.cursor + len(_to_units(self.composing))

    @property
    def length(self) -> int:
        return len(self._units)

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected."""
        return min(self.cursor, self.anchor), max(self.cursor, self.anchor)

    @property
    def selected(self) -> str:
        start, end = self.selection
        return _to_text(self._units[start:end])

    def follow(self, text: str) -> None:
        """The text was changed from outside (undo): keep the cursor as near as possible."""
        if text != self.text:
            self._units = _to_units(text)
            self.cursor = self.anchor = min(self.cursor, len(self._units))
            self.composing = ""

    def select(self, start: int, end: int) -> None:
        """Select from ``start`` to the cursor at ``end``."""
        self.anchor = max(0, min(start, self.length))
        self.cursor = max(0, min(end, self.length))

    def select_all(self) -> None:
        self.select(0, self.length)

    def select_word(self, at: int) -> None:
        """Select the word around a position."""
        finder = self._finder(QTextBoundaryFinder.BoundaryType.Word)
        finder.setPosition(min(at + 1, self.length))
        start = max(0, finder.toPreviousBoundary())
        finder.setPosition(start)
        end = finder.toNextBoundary()
        self.select(start, end if end >= 0 else self.length)

    def insert(self, text: str) -> None:
        """Type ``text`` in place of what is selected. Control characters other than line breaks are left out."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\t", "    ")
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
        start, end = self.selection
        units = _to_units(text)[: MAX_LENGTH - (self.length - (end - start))]
        self._units[start:end] = units
        self.cursor = self.anchor = start + len(units)

    def delete(self, *, forward: bool, word: bool = False) -> bool:
        """Delete the selection, or what is before (after) the cursor. Return whether there was anything."""
        if self.cursor == self.anchor:
            self.move(forward, word=word, keep=True)
        start, end = self.selection
        if start == end:
            return False
        del self._units[start:end]
        self.cursor = self.anchor = start
        return True

    def move(self, forward: bool, *, word: bool = False, keep: bool = False) -> None:
        """Move by a visible character or a word; ``keep`` extends the selection."""
        start, end = self.selection
        if start != end and not keep and not word:
            self.go(end if forward else start)
            return
        kind = QTextBoundaryFinder.BoundaryType.Word if word else QTextBoundaryFinder.BoundaryType.Grapheme
        finder = self._finder(kind)
        finder.setPosition(self.cursor)
        to = finder.toNextBoundary() if forward else finder.toPreviousBoundary()
        while word and 0 < to < self.length and _to_text(self._units[to : to + 1]).isspace():
            further = finder.toNextBoundary() if forward else finder.toPreviousBoundary()
            if further < 0:
                break
            to = further
        self.go(to if to >= 0 else (self.length if forward else 0), keep=keep)

    def go(self, to: int, *, keep: bool = False) -> None:
        """Put the cursor somewhere; ``keep`` extends the selection to there."""
        self.cursor = max(0, min(to, self.length))
        if not keep:
            self.anchor = self.cursor

    def _finder(self, kind: QTextBoundaryFinder.BoundaryType) -> QTextBoundaryFinder:
        return QTextBoundaryFinder(kind, self.text)


def _to_units(text: str) -> list[int]:
    data = text.encode("utf-16-le", "replace")
    return [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]


def _to_text(units: list[int]) -> str:
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")

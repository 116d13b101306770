"""Reads the library's files: one zip for each set, with an index and the drawings in blocks.

``index.json`` is a :class:`SetFile`; ``bodies/N.json`` are lists of the insides of SVGs. ``scripts/library.py`` writes
them. Bodies are read when they are wanted and the last blocks are kept.
"""

import threading
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from core.library.words import Thesaurus
from core.resources import resource
from core.values import AtelierError

LICENCES = ("MIT", "Apache-2.0", "ISC", "CC0-1.0")


class SetInfo(msgspec.Struct, frozen=True):
    """A family of elements."""

    id: str
    title: str
    author: str
    link: str
    licence: str
    licence_file: str
    """Relative to ``resources/``."""
    colourful: bool
    rank: float
    """0 to 1: how early it stands among equals."""


class Element(NamedTuple):
    """One drawing of the library, without its body."""

    set: str
    key: str
    name: str
    """Words with spaces."""
    style: str
    """``outline``, ``fill``, ``duotone``, ``colour`` or ``pattern``."""
    tags: str
    chinese: tuple[str, ...]
    kinds: tuple[str, ...]
    box: tuple[float, float, float, float]
    """Left, top, width and height of its drawing."""
    block: int
    slot: int

    @property
    def id(self) -> str:
        """Unique in the library: ``tabler:coffee``."""
        return f"{self.set}:{self.key}"


Row = tuple[str, str, str, str, list[str], list[str], tuple[float, float, float, float], int, int]


class SetFile(msgspec.Struct):
    """What ``index.json`` holds; a row is an :class:`Element` without its set."""

    set: SetInfo
    elements: list[Row]


class Store:
    """The sets in a folder and their elements. Any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else resource("library")
        self.sets: dict[str, SetInfo] = {}
        self.elements: list[Element] = []
        self._lock = threading.Lock()
        for file in sorted(self.folder.glob("*.zip")):
            if file.name != "words.zip":
                self._read(file)
        self._block = lru_cache(maxsize=64)(self._load)

    def _read(self, file: Path) -> None:
        try:
            with zipfile.ZipFile(file) as archive:
                read = msgspec.json.decode(archive.read("index.json"), type=SetFile)
        except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError):
            raise AtelierError(
                "The element library’s file “{name}” is damaged: install Atelier again.", name=file.name
            ) from None
        self.sets[read.set.id] = read.set
        name = read.set.id
        self.elements.extend(
            Element(name, key, words, style, tags, tuple(chinese), tuple(kinds), box, block, slot)
            for key, words, style, tags, chinese, kinds, box, block, slot in read.elements
        )

    def body(self, element: Element) -> str:
        """Return the inside of the ``<svg>`` of an element."""
        with self._lock:
            return self._block(element.set, element.block)[element.slot]

    def _load(self, name: str, block: int) -> Sequence[str]:
        file = self.folder / f"{name}.zip"
        try:
            with zipfile.ZipFile(file) as archive:
                return msgspec.json.decode(archive.read(f"bodies/{block}.json"), type=list[str])
        except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError):
            raise AtelierError(
                "The element library’s file “{name}” is damaged: install Atelier again.", name=file.name
            ) from None

    def credit(self, element: Element) -> str:
        """Return one line that names an element, its set, author and licence."""
        info = self.sets[element.set]
        return f"{element.name} — {info.title}, {info.author}, {info.licence} ({info.link})"


class _Named(msgspec.Struct):
    concepts: list[tuple[str, str, list[str]]]


def thesaurus(folder: Path | None = None) -> Thesaurus:
    """Return the words of ``elements.txt`` and of Unicode's names of emoji (``words.zip``), where it is there."""
    words = Thesaurus()
    words.read(resource("words", "elements.txt").read_text(encoding="utf-8"))
    file = (folder if folder is not None else resource("library")) / "words.zip"
    if file.is_file():
        with zipfile.ZipFile(file) as archive:
            named = msgspec.json.decode(archive.read("words.json"), type=_Named)
        for english, chinese, others in named.concepts:
            words.add([english], [chinese], weight=0.9)
            words.add([english], others, weight=0.55)
    return words

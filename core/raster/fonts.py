"""Which fonts there are: the shipped ones, and the system's where those do not do.

Both processes ask here, so both set text alike. Asking the system is slow on some platforms (fontconfig reads its
whole cache, about a second), so that is done only when a text names another family or holds characters that no
shipped font has.
"""

import threading
import unicodedata
from functools import lru_cache

import skia

from core.resources import resource
from core.values import hash_bytes

DEFAULT_FAMILY = "Inter"
CHINESE_FAMILY = "Noto Sans SC"
_SUFFIXES = {".ttf", ".otf"}


def font_style(weight: int, italic: bool) -> "skia.FontStyle":
    slant = skia.FontStyle.Slant.kItalic_Slant if italic else skia.FontStyle.Slant.kUpright_Slant
    return skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant)


class Fonts:
    """Finds the families a text needs. One for the process, see :func:`fonts`; thread-safe.

    ``collection`` is what paragraphs are built with; a new one takes its place when a family gets another face.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._provider = skia.textlayout.TypefaceFontProvider()
        self._faces: dict[str, list[skia.Typeface]] = {}
        self._absent: set[str] = set()
        self._stand_ins: dict[str, str | None] = {}
        self._manager: skia.FontMgr | None = None
        # Not the platform's manager: that one would look at every font of the system first.
        reader = skia.FontMgr.New_Custom_Empty()
        for path in sorted(resource("fonts").glob("*")):
            face = reader.makeFromFile(str(path)) if path.suffix.lower() in _SUFFIXES else None
            if face is not None:
                self._add(face.getFamilyName(), face)
        self.shipped = frozenset(self._faces)
        """Families that come with Atelier."""
        self.kept: tuple[str, ...] = ()
        """Families that the open project holds, by name."""
        self.generation = 0
        """Another number whenever a text could look different for the fonts there are."""
        self._files: set[str] = set()
        self.collection = self._collected()

    def _collected(self) -> "skia.textlayout.FontCollection":
        collection = skia.textlayout.FontCollection()
        collection.setDefaultFontManager(self._provider)
        return collection

    def keep(self, data: bytes) -> str:
        """Make the font in ``data`` (a TrueType or OpenType file) one of the project's; return its family.

        It returns an empty name when that is not a font that can be read. A font stays known until the process ends.
        """
        face = skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(data))
        family = str(face.getFamilyName()) if face is not None else ""
        if not family:
            return ""
        with self._lock:
            name = hash_bytes(data)
            if name not in self._files and family not in self.shipped:
                self._files.add(name)
                self._absent.discard(family)
                if self._manager is not None:
                    self._known(family)  # the system's faces of it stay
                self._add(family, face)
                self.collection = self._collected()  # one remembers which faces it found in a family
                self.generation += 1
            self.kept = tuple(sorted({*self.kept, family} - self.shipped, key=str.casefold))
        return family

    def let_go(self) -> None:
        """The project is closed: its fonts are not offered any longer."""
        self.kept = ()

    def has(self, family: str) -> bool:
        """Return whether text can be set in ``family``. Asks the system: the first call may take a second."""
        with self._lock:
            return self._known(family)

    def resolve(self, family: str, text: str, weight: int, italic: bool) -> list[str]:
        """Return the families to try, best first, so that every character of ``text`` that any font has is drawn."""
        with self._lock:
            order = list(dict.fromkeys([family, DEFAULT_FAMILY, CHINESE_FAMILY]))
            order = [name for name in order if self._known(name)]
            for character in dict.fromkeys(text):
                if not self._covered(order, character):
                    stand_in = self._for_character(character, weight, italic)
                    if stand_in is not None and stand_in not in order:
                        order.append(stand_in)
            return order

    def families(self) -> list[str]:
        """Return all families by name: shipped ones, the project's, the system's.

        Asks the system: the first call may take a second.
        """
        with self._lock:
            manager = self._system()
            others = {manager.getFamilyName(index) for index in range(manager.countFamilies())}
            others -= self.shipped | set(self.kept)
            return [*sorted(self.shipped), *self.kept, *sorted(filter(None, others), key=str.casefold)]

    def _add(self, name: str, face: "skia.Typeface") -> None:
        self._provider.registerTypeface(face, name)
        self._faces.setdefault(name, []).append(face)

    def _system(self) -> "skia.FontMgr":
        if self._manager is None:
            self._manager = skia.FontMgr.RefDefault()
        return self._manager

    def _known(self, family: str) -> bool:
        if family in self._faces:
            return True
        if not family or family in self._absent:
            return False
        styles = self._system().matchFamily(family)
        for index in range(styles.count()):
            face = styles.createTypeface(index)
            if face is not None:
                self._add(family, face)
        if family not in self._faces:
            self._absent.add(family)
        return family in self._faces

    def _covered(self, families: list[str], character: str) -> bool:
        if unicodedata.category(character)[0] in "CZM":
            return True  # controls, spaces and marks: nothing to see, or shaped with what they stand on
        return any(self._faces[name][0].unicharToGlyph(ord(character)) for name in families)

    def _for_character(self, character: str, weight: int, italic: bool) -> str | None:
        if character not in self._stand_ins:
            style = font_style(weight, italic)
            face = self._system().matchFamilyStyleCharacter("", style, ["zh-Hans"], ord(character))
            name = None
            if face is not None:
                # A name of its own: it is one face, not the family with all its weights.
                name = f"{face.getFamilyName()} (stand-in)"
                if name not in self._faces:
                    self._add(name, face)
            self._stand_ins[character] = name
        return self._stand_ins[character]


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """Return the process's :class:`Fonts`; the first call reads the shipped files (some 60 ms)."""
    return Fonts()

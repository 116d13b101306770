"""Words in English and Chinese: their stems, and the thesaurus of ``resources/words/elements.txt``.

A thesaurus entry is synonyms: English terms, the usual one first, and Chinese ones. Looking a term up gives what to
look for instead, each with a weight from 0 to 1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

Stems = tuple[str, ...]
"""The stems of a term, in order."""

_ALIKE = {
    "colour": "color",
    "grey": "gray",
    "centre": "center",
    "aeroplane": "airplane",
    "jewellery": "jewelry",
    "tyre": "tire",
    "favourite": "favorite",
    "organisation": "organization",
    "moustache": "mustache",
    "theatre": "theater",
    "xmas": "christmas",
}
_KEPT = {"gas", "bus", "lens", "news", "gps", "ios", "tennis", "christmas", "canvas", "atlas", "chess", "glasses"}
CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a lower-case word without its plural and in American spelling."""
    if len(word) > 3 and word.endswith("s") and word not in _KEPT and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("ches", "shes", "xes", "sses")):
            word = word[:-2]
        else:
            word = word[:-1]
    return _ALIKE.get(word, word)


def stems(text: str) -> Stems:
    """Return the stems of the English words in a text."""
    return tuple(stem(word) for word in _WORD.findall(text.lower()))


@dataclass
class Thesaurus:
    """Entries by their terms. Read-only once it is filled, so any thread may look up."""

    english: dict[Stems, dict[Stems, float]] = field(default_factory=dict)
    chinese: dict[str, dict[Stems, float]] = field(default_factory=dict)
    kinds: dict[Stems, set[str]] = field(default_factory=dict)
    """The categories that a term belongs to."""
    categories: list[str] = field(default_factory=list)
    longest: int = 1
    """Characters of the longest Chinese term."""

    def add(self, english: list[str], chinese: Iterable[str], kind: str = "", weight: float = 1.0) -> None:
        """Add an entry."""
        terms = [found for term in english if (found := stems(term))]
        for term in terms:
            targets = self.english.setdefault(term, {})
            for other, found in enumerate(terms):
                if found != term:
                    near = (0.8 if other == 0 else 0.74) - 0.05 * min(other, 8)
                    targets[found] = max(targets.get(found, 0.0), near * weight)
            if kind:
                self.kinds.setdefault(term, set()).add(kind)
        for word in chinese:
            targets = self.chinese.setdefault(word.lower(), {})
            for index, found in enumerate(terms):
                targets[found] = max(targets.get(found, 0.0), (1.0 - 0.06 * min(index, 8)) * weight)
            self.longest = max(self.longest, len(word))

    def read(self, text: str) -> None:
        """Add what a thesaurus file says."""
        kind = ""
        for line in text.splitlines():
            if line.startswith("@"):
                kind = line[1:].strip()
                if kind:
                    self.categories.append(kind)
                continue
            if line.startswith("#"):
                continue
            for entry in line.split(";"):
                english, _, chinese = entry.partition("=")
                if english.strip():
                    self.add(english.split(","), [term.strip() for term in chinese.split(",") if term.strip()], kind)

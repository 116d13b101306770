"""Finding elements by what they mean, in English and Chinese.

A query is cut into units: known phrases first, then single words; Chinese into the longest known terms. A unit has
alternatives with weights: itself (1), synonyms and translations (about 0.7 to 1), what it begins (0.7), what it may
have been meant to be (0.5). An element's unit score is the best alternative that its name holds, more the more of the
name it covers; tags count about half. Every unit must be met; where nothing meets all, most units win.
"""

import bisect
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from core.library.store import Element, Store, thesaurus
from core.library.words import CHINESE, Stems, Thesaurus, stems
from core.values import AtelierError

MAX_QUERY = 60
MAX_UNITS = 8
PREFIX, FUZZY, TAG = 0.72, 0.5, 0.5
_NOISE = {"icon", "the", "a", "an", "of", "for", "with", "and", "symbol", "picture", "vector"}
_CHINESE_NOISE = ("图标", "矢量图", "矢量", "素材", "插画", "的", "个", "一", "图")
Scores = dict[int, float]
Alternatives = dict[Stems, float]


class Index:
    """All elements by their words. Build it on any thread; searching changes nothing but a cache."""

    def __init__(self, store: Store, words: Thesaurus) -> None:
        self.store = store
        self.words = words
        self._names: dict[str, list[int]] = defaultdict(list)
        self._tags: dict[str, list[int]] = defaultdict(list)
        self._chinese: dict[str, list[int]] = defaultdict(list)
        self._by_id: dict[str, Element] = {}
        self._stems: list[Stems] = []
        self._bonus: list[float] = []
        ranks = {name: info.rank for name, info in store.sets.items()}
        for number, element in enumerate(store.elements):
            own = stems(element.name) or stems(element.key)
            self._stems.append(own)
            self._bonus.append(0.06 * ranks[element.set])
            for word in set(own):
                self._names[word].append(number)
            for word in element.tags.split():
                self._tags[word].append(number)
            for term in element.chinese:
                self._chinese[term].append(number)
        self._vocabulary = sorted({*self._names, *self._tags})
        self._letters = [(word, frozenset(word)) for word in self._vocabulary]
        self._chinese_terms = {*words.chinese, *self._chinese}
        self._longest = max((len(term) for term in self._chinese_terms), default=1)
        self._find = lru_cache(maxsize=128)(self._found)

    def element(self, name: str) -> Element:
        """Return the element of that id; raises :class:`AtelierError` when there is none."""
        if not self._by_id:
            self._by_id = {one.id: one for one in self.store.elements}
        if name not in self._by_id:
            raise AtelierError("There is no element “{name}” in the library.", name=name)
        return self._by_id[name]

    # --- queries ----------------------------------------------------------------------------------------------------

    def search(self, query: str, kind: str = "", sets: frozenset[str] = frozenset()) -> list[Element]:
        """Return the elements for a query, the best first; all, by set, for an empty one.

        ``kind`` keeps one category, ``sets`` some sets (none named: all).
        """
        elements = self.store.elements
        numbers: Iterable[int] = self._find(query.strip().lower()[:MAX_QUERY])
        found = (elements[number] for number in numbers)
        return [one for one in found if (not kind or kind in one.kinds) and (not sets or one.set in sets)]

    def _found(self, query: str) -> tuple[int, ...]:
        if not query:
            return tuple(sorted(range(len(self._bonus)), key=self._mixed))
        units = [unit for unit in self._units(query) if unit][:MAX_UNITS]
        if not units:
            return ()
        total: Scores = defaultdict(float)
        met: dict[int, int] = defaultdict(int)
        for unit in units:
            for number, score in unit.items():
                total[number] += score
                met[number] += 1
        most = max(met.values())
        kept = [number for number in total if met[number] == most]
        key = {number: round(total[number] / most, 3) + self._bonus[number] for number in kept}
        return tuple(sorted(kept, key=lambda number: (-key[number], len(self._stems[number]), number)))

    def _mixed(self, number: int) -> tuple[bool, float]:
        """Orders the library for looking around: what has a category first, sets mixed, always the same way."""
        element = self.store.elements[number]
        weight = (0.2 + self.store.sets[element.set].rank) * (2.5 if element.style == "colour" else 1.0)
        plain = not element.kinds or "off" in self._stems[number]
        return plain, zlib.crc32(element.id.encode()) / weight

    def _units(self, query: str) -> list[Scores]:
        units: list[Scores] = []
        at = 0
        for match in CHINESE.finditer(query):
            units.extend(self._english(query[at : match.start()], match.start() == len(query)))
            units.extend(self._in_chinese(match[0]))
            at = match.end()
        units.extend(self._english(query[at:], True))
        return units

    # --- English ----------------------------------------------------------------------------------------------------

    def _english(self, text: str, last: bool) -> list[Scores]:
        words = [word for word in stems(text) if word not in _NOISE] or list(stems(text))
        units: list[Scores] = []
        at = 0
        while at < len(words):
            length = next(
                (n for n in range(min(4, len(words) - at), 1, -1) if tuple(words[at : at + n]) in self.words.english), 1
            )
            term = tuple(words[at : at + length])
            at += length
            alternatives: Alternatives = {term: 1.0, **self.words.english.get(term, {})}
            scores = self._matches(alternatives)
            if length == 1:
                # The word that is still being typed may begin another.
                self._extend(scores, term[0], typing=last and at == len(words) and not text.endswith(" "))
            units.append(scores)
        return units

    def _extend(self, scores: Scores, word: str, *, typing: bool) -> None:
        known = word in self._names or word in self._tags or (word,) in self.words.english
        if typing or not known:
            for longer in self._beginning(word):
                if longer != word:
                    near = PREFIX * (0.7 + 0.3 * len(word) / len(longer)) * (0.8 if known else 1.0)
                    self._merge(scores, self._matches({(longer,): near}))
        if not known and not scores and len(word) >= 4:
            for meant, distance in self._similar(word):
                weight = FUZZY if distance == 1 else FUZZY - 0.15
                others = {term: weight * near for term, near in self.words.english.get((meant,), {}).items()}
                self._merge(scores, self._matches({**others, (meant,): weight}))

    def _beginning(self, word: str) -> list[str]:
        start = bisect.bisect_left(self._vocabulary, word)
        end = bisect.bisect_left(self._vocabulary, word + "\uffff")
        found = self._vocabulary[start:end]
        if len(word) > 2:
            return found
        # A letter or two begin thousands of words: the most usual ones will do until there is more to go by.
        return sorted(found, key=lambda longer: -len(self._names.get(longer, ())))[:40]

    def _similar(self, word: str) -> list[tuple[str, int]]:
        """Return known words that differ by one letter, or two where the word is long: swapped letters are one."""
        most = 1 if len(word) < 6 else 2
        found = []
        letters = set(word)
        for known, theirs in self._letters:
            if abs(len(known) - len(word)) <= most and len(letters ^ theirs) <= 2 * most:
                distance = edits(word, known, most)
                if distance <= most:
                    found.append((known, distance))
        least = min((distance for _, distance in found), default=0)
        return [pair for pair in found if pair[1] == least]

    # --- Chinese ----------------------------------------------------------------------------------------------------

    def _in_chinese(self, run: str) -> list[Scores]:
        return [scores for term in self._cut(run) if (scores := self._term(term))]

    def _cut(self, run: str) -> list[str]:
        """Return the fewest known terms that a run is made of; what is between them stands alone."""
        if run in self._chinese_terms:
            return [run]
        for noise in _CHINESE_NOISE:
            if len(run) > len(noise):
                stripped = run.removesuffix(noise).removeprefix(noise)
                if stripped and stripped != run:
                    return self._cut(stripped)
        best: list[tuple[int, list[str]]] = [(0, [])]
        for end in range(1, len(run) + 1):
            options = [(best[end - 1][0] + 5, [*best[end - 1][1], run[end - 1]])]
            for start in range(max(0, end - self._longest), end):
                if run[start:end] in self._chinese_terms:
                    cost = 1 if end - start > 1 else 2
                    options.append((best[start][0] + cost, [*best[start][1], run[start:end]]))
            best.append(min(options, key=lambda option: option[0]))
        terms = best[-1][1]
        known = [term for term in terms if term in self._chinese_terms]
        return known if known else [run]

    def _term(self, term: str) -> Scores:
        alternatives = dict(self.words.chinese.get(term, {}))
        if len(alternatives) < 3:
            for other in self._chinese_terms:
                if term in other and other != term:
                    near = (0.62 if other.startswith(term) else 0.5) * len(term) / len(other) + 0.2
                    for found, weight in self.words.chinese.get(other, {}).items():
                        alternatives[found] = max(alternatives.get(found, 0.0), near * weight)
        scores = self._matches(alternatives)
        for number in self._chinese.get(term, ()):
            weight = 0.92 if self.store.elements[number].chinese[0] == term else 0.55
            scores[number] = max(scores.get(number, 0.0), weight)
        return scores

    # --- elements ---------------------------------------------------------------------------------------------------

    def _matches(self, alternatives: Alternatives) -> Scores:
        scores: Scores = {}
        for term, weight in alternatives.items():
            if len(term) == 1:
                self._single(scores, term[0], weight)
            else:
                self._phrase(scores, term, weight)
        return scores

    def _single(self, scores: Scores, word: str, weight: float) -> None:
        for number in self._names.get(word, ()):
            score = weight * (0.6 + 0.4 / len(self._stems[number]))
            if score > scores.get(number, 0.0):
                scores[number] = score
        for number in self._tags.get(word, ()):
            if weight * TAG > scores.get(number, 0.0):
                scores[number] = weight * TAG

    def _phrase(self, scores: Scores, term: Stems, weight: float) -> None:
        held: set[int] | None = None
        for word in term:
            numbers = {*self._names.get(word, ()), *self._tags.get(word, ())}
            held = numbers if held is None else held & numbers
        for number in held or ():
            name = self._stems[number]
            inside = sum(word in name for word in term)
            if inside == len(term):
                together = any(name[i : i + len(term)] == term for i in range(len(name)))
                score = weight * ((0.62 if together else 0.56) + 0.38 * len(term) / max(len(name), len(term)))
            else:
                score = weight * TAG * (0.6 + 0.4 * inside / len(term))
            if score > scores.get(number, 0.0):
                scores[number] = score

    @staticmethod
    def _merge(scores: Scores, others: Scores) -> None:
        for number, score in others.items():
            if score > scores.get(number, 0.0):
                scores[number] = score


def edits(first: str, second: str, most: int) -> int:
    """Return how many letters to insert, drop, change or swap with the next; ``most`` + 1 when more (Damerau)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


class Library:
    """The shipped library, read when it is first asked for. Any thread; the first call takes a moment."""

    def __init__(self, open_store: Callable[[], Store] = Store) -> None:
        self._open = open_store
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether :meth:`index` answers at once."""
        return self._index is not None

    def index(self) -> Index:
        """Return the index of all elements, reading it the first time."""
        with self._lock:
            if self._index is None:
                store = self._open()
                self._index = Index(store, thesaurus(store.folder))
            return self._index


library = Library()

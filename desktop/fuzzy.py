"""Finding things by a few letters: the letters in order, better where they begin words or stand together."""


def score(words: str, text: str) -> float:
    """Return how well ``text`` fits ``words``: 0 not at all, higher is better.

    Every word of the query must be found in the text; a whole word counts more than the start of one, that more than
    letters inside, and letters in order with gaps count least. Chinese has no spaces: any run of its signs is found.
    """
    folded = text.casefold()
    total = 0.0
    for word in words.casefold().split():
        best = _word(word, folded)
        if best == 0:
            return 0.0
        total += best
    return total


def _word(word: str, text: str) -> float:
    at = text.find(word)
    if at >= 0:
        starts = at == 0 or not text[at - 1].isalnum()
        inside = not starts and all(ord(c) < 0x2E80 for c in word)
        base = 60.0 if inside else 100.0
        return base + 20.0 * len(word) / max(8, len(text)) - min(at, 40) / 10
    if len(word) < 2 or any(ord(c) >= 0x2E80 for c in word):
        return 0.0
    return _scattered(word, text)


def _scattered(word: str, text: str) -> float:
    """Letters in order, each at the start of a word or right after the one before it: ``rmbg``."""
    position, streak, points = -1, 0, 0.0
    for letter in word:
        found = text.find(letter, position + 1)
        if found < 0:
            return 0.0
        start = found == 0 or not text[found - 1].isalnum()
        streak = streak + 1 if found == position + 1 else 0
        points += 3.0 if start else 1.0 + streak
        if found - position > 12 and position >= 0:
            return 0.0
        position = found
    return points * 4 / len(word)

"""Sums typed into number fields: ``1920/2``, ``(3+4)*2``, ``*1,5``. A small parser; nothing is ever executed."""

import math
import re
from collections.abc import Callable

_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d*)?|[.,]\d+)|([-+*/×÷−()]))")
_SAME = {"×": "*", "÷": "/", "−": "-"}
MAX_LENGTH = 200


class NotANumber(ValueError):  # noqa: N818  (it is caught where it is raised, and never shown)
    """The text is no sum."""


def evaluate(text: str, unit: str = "", current: float | None = None) -> float:
    """Return the value of ``text``; raises :class:`NotANumber` when it is not a sum or not finite.

    A trailing ``unit`` is left out of account. With ``current``, a text that begins with ``*``, ``/``, ``×`` or
    ``÷`` works on it: ``*2`` doubles.
    """
    text = text.strip()
    if unit and text.endswith(unit):
        text = text[: -len(unit)].rstrip()
    if current is not None and text[:1] in ("*", "/", "×", "÷"):
        text = f"({current!r}){text}"
    if not text or len(text) > MAX_LENGTH:
        raise NotANumber(text)
    parser = _Parser(_tokens(text))
    value = parser.sum()
    if parser.tokens or not math.isfinite(value):
        raise NotANumber(text)
    return value


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotANumber(text)
        number, sign = match.groups()
        found.append(number.replace(",", ".") if number else _SAME.get(sign, sign))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over ``sum = product {(+|-) product}``, ``product = signed {(*|/) signed}``."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.depth = 0

    def sum(self) -> float:
        value = self.product()
        while self.tokens and self.tokens[0] in "+-":
            sign = self.tokens.pop(0)
            right = self.product()
            value = value + right if sign == "+" else value - right
        return value

    def product(self) -> float:
        value = self.signed()
        while self.tokens and self.tokens[0] in "*/":
            sign = self.tokens.pop(0)
            right = self.signed()
            if sign == "/" and right == 0:
                raise NotANumber("division by zero")
            value = value * right if sign == "*" else value / right
        return value

    def signed(self) -> float:
        if not self.tokens:
            raise NotANumber("ends too soon")
        token = self.tokens.pop(0)
        if token in "+-":
            return self.deeper(self.signed) * (-1 if token == "-" else 1)
        if token == "(":
            value = self.deeper(self.sum)
            if not self.tokens or self.tokens.pop(0) != ")":
                raise NotANumber("a bracket is open")
            return value
        try:
            return float(token)
        except ValueError:
            raise NotANumber(token) from None

    def deeper(self, part: Callable[[], float]) -> float:
        self.depth += 1
        if self.depth > 50:
            raise NotANumber("nested too deep")
        value = part()
        self.depth -= 1
        return value

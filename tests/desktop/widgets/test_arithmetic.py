"""Sums in number fields: right, bounded, and never executed."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.arithmetic import NotANumber, evaluate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1920/2", 960),
        ("1920 / 2 + 10", 970),
        ("2*(3+4)", 14),
        ("-5", -5),
        ("−5", -5),
        ("3 × 4 ÷ 6", 2),
        ("1,5", 1.5),
        (".5", 0.5),
        ("--2", 2),
        ("((((1))))", 1),
    ],
)
def test_sums(text: str, value: float) -> None:
    assert evaluate(text) == pytest.approx(value)


def test_units_and_the_present_value() -> None:
    assert evaluate("48 px", "px") == 48
    assert evaluate("*2", current=21) == 42
    assert evaluate("/4", current=-8) == -2
    assert evaluate("×1.5", current=10) == 15


@pytest.mark.parametrize(
    "text", ["", "abc", "1/0", "2+", "(1", "1)", "1 2", "__import__('os')", "1e9", "9**9", "(" * 80 + "1", "1" * 300]
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        evaluate(text)


@given(st.text(max_size=60))
def test_any_text_gives_a_finite_number_or_is_refused(text: str) -> None:
    with contextlib.suppress(NotANumber):
        assert math.isfinite(evaluate(text))


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.integers(1, 1000))
def test_it_reckons_as_python_does(a: int, b: int, c: int) -> None:
    assert evaluate(f"{a}+{b}*{c}") == a + b * c
    assert evaluate(f"({a}-{b})/{c}") == pytest.approx((a - b) / c)

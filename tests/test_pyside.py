"""Guards the pin on PySide6: 6.12.0 aborts Python 3.11 after some thousands of void or bool calls."""

import sys

from PySide6.QtCore import QPoint, QRect


def test_singletons_keep_their_references() -> None:
    point, rect = QPoint(1, 2), QRect(0, 0, 4, 4)
    before = (sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False))
    for _ in range(20_000):
        point.setX(3)
        rect.isValid()
        rect.isNull()
    after = (sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False))
    if sys.version_info < (3, 12):
        assert all(abs(a - b) < 2_000 for a, b in zip(after, before, strict=True)), (before, after)

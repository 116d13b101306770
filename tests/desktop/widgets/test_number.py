"""The number field as a hand meets it: drag, type, step, reset."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.number import NumberField, SliderField


@pytest.fixture
def field(qtbot: QtBot, dressed: QApplication) -> NumberField:
    made = NumberField("Size", minimum=0, maximum=1000, step=1, unit="px", value=100, default=48)
    qtbot.addWidget(made)
    made.resize(120, 28)
    made.show()
    return made


def drag(field: NumberField, by: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    start = QPoint(60, 14)
    QTest.mousePress(field, Qt.MouseButton.LeftButton, modifier, start)
    for part in (0.3, 0.6, 1.0):
        point = start + QPoint(round(by * part), 0)
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(field.mapToGlobal(point)),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            modifier,
        )
        QApplication.sendEvent(field, event)
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, modifier, start + QPoint(by, 0))


def test_dragging_scrubs_and_commits_once(field: NumberField) -> None:
    seen: list[float] = []
    committed: list[float] = []
    field.value_changed.connect(seen.append)
    field.committed.connect(committed.append)
    drag(field, 40)
    assert field.value() == 120
    assert len(seen) > 1
    assert committed == [120]


def test_shift_scrubs_faster(field: NumberField) -> None:
    drag(field, 40, Qt.KeyboardModifier.ShiftModifier)
    assert field.value() == 300


def test_a_drag_stops_at_the_bounds(field: NumberField) -> None:
    drag(field, -900)
    assert field.value() == 0


def test_double_click_types_and_sums_are_worked_out(field: NumberField) -> None:
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 14))
    QTest.keyClicks(field, "1920/2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 960
    assert field.text() == "960 px"


def test_escape_takes_back_what_was_typed(field: NumberField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "777")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.value() == 100
    assert field.text() == "100 px"


def test_nonsense_is_marked_and_leaves_the_value(field: NumberField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "12px+banana")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.property("state") == "bad"
    assert "1920/2" in field.toolTip()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.value() == 100


def test_arrows_step(field: NumberField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == 101


def wheel(field: NumberField, modifiers: Qt.KeyboardModifier) -> bool:
    event = QWheelEvent(
        QPointF(10, 10),
        QPointF(field.mapToGlobal(QPoint(10, 10))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_the_plain_wheel_is_left_to_the_page(field: NumberField) -> None:
    field.clearFocus()
    assert not wheel(field, Qt.KeyboardModifier.NoModifier)
    assert field.value() == 100
    assert wheel(field, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == 101


def test_reset_goes_back_to_the_default(field: NumberField) -> None:
    field.reset()
    assert field.value() == 48


def test_units_and_minus(qtbot: QtBot, dressed: QApplication) -> None:
    field = NumberField("Angle", minimum=-180, maximum=180, unit="°", value=-12.5, step=0.5)
    qtbot.addWidget(field)
    assert field.text() == "−12.5°"
    assert field.accessibleName() == "Angle"


def test_slider_and_number_follow_each_other(qtbot: QtBot, dressed: QApplication) -> None:
    field = SliderField("Strength", minimum=0, maximum=200, unit="%", value=50, default=100)
    qtbot.addWidget(field)
    field.slider.setValue(500)
    assert field.value() == 100
    field.number.change(200)
    assert field.slider.value() == 1000
    field.set_value(0)
    assert field.slider.value() == 0


def test_a_logarithmic_slider_keeps_small_values_apart(qtbot: QtBot, dressed: QApplication) -> None:
    field = SliderField("Size", minimum=1, maximum=10_000, value=100, logarithmic=True)
    qtbot.addWidget(field)
    assert field.slider.value() == 500

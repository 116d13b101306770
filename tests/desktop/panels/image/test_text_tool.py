"""Typing on the canvas: new text, old text, one undo step for a burst, the cursor where the letters are."""

import pytest
from image_hands import Hands
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from core.documents.image import TextLayer
from core.raster.text import layout_text
from desktop.panel import EditCommand
from desktop.panels.image.text_buffer import TextBuffer
from desktop.panels.image.text_lines import TextLines

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def text_of(hands: Hands, layer_id: str) -> str:
    layer = hands.layer(layer_id)
    assert isinstance(layer, TextLayer)
    return layer.text


def newest(hands: Hands) -> TextLayer:
    layer = hands.panel.editor.layer
    assert isinstance(layer, TextLayer)
    return layer


def test_typing_makes_a_layer_and_one_undo_step(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.panel.editor.set_colour("#123456")
    count, layers = len(hands.steps()), len(hands.document.layers)
    hands.click(300, 40)
    assert len(hands.steps()) == count  # nothing is made before something is typed
    hands.type("Hello\nthere")
    layer = newest(hands)
    assert layer.text == "Hello\nthere" and layer.colour == "#123456"
    assert len(hands.document.layers) == layers + 1
    assert len(hands.steps()) == count + 1
    hands.undo()
    assert len(hands.document.layers) == layers
    assert not hands.panel.text_tool.busy


def test_a_click_without_typing_leaves_nothing(hands: Hands) -> None:
    hands.panel.use_tool("text")
    before, count = hands.document, len(hands.steps())
    hands.click(300, 40)
    hands.key(Qt.Key.Key_Escape)
    hands.click(400, 350)
    hands.panel.use_tool("move")
    assert hands.document == before and len(hands.steps()) == count
    assert hands.panel.editor.shown == before


def test_a_double_click_with_the_move_tool_types_in_the_text(hands: Hands) -> None:
    hands.double_click(120, 285)
    assert hands.canvas.tool is hands.panel.text_tool and hands.panel.text_tool.busy
    hands.key(Qt.Key.Key_End)
    hands.type("!")
    assert text_of(hands, "words") == "Slow mornings!"
    hands.key(Qt.Key.Key_Escape)
    assert not hands.panel.text_tool.busy
    hands.undo()
    assert text_of(hands, "words") == "Slow mornings"


def test_emptying_a_text_takes_its_layer_away(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.panel.text_tool.edit("words")
    hands.key(Qt.Key.Key_Backspace)
    assert text_of(hands, "words") == ""
    hands.key(Qt.Key.Key_Escape)
    assert [layer.id for layer in hands.document.layers] == ["back", "red"]
    hands.undo()
    assert text_of(hands, "words") == "Slow mornings"


def test_undo_while_typing_keeps_the_cursor_in_the_text(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.panel.text_tool.edit("words")
    hands.key(Qt.Key.Key_End)
    hands.type(" ever")
    hands.undo()
    assert hands.panel.text_tool.busy
    buffer = hands.panel.text_tool.buffer
    assert buffer is not None and buffer.text == "Slow mornings"
    hands.type("?")
    assert text_of(hands, "words") == "Slow mornings?"


def test_letters_are_text_and_not_tools_while_typing(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.click(300, 40)
    hands.type("vbet [x]")
    assert newest(hands).text == "vbet [x]"
    assert hands.canvas.tool is hands.panel.text_tool


def test_the_first_line_stays_put_while_centred_text_grows(hands: Hands) -> None:
    panel = hands.panel
    panel.use_tool("text")
    panel.text_tool.set_style(align="center", size=30.0)
    hands.click(300, 60)
    hands.type("W")
    one = panel.editor.bounds([newest(hands).id])
    hands.type("ide enough")
    many = panel.editor.bounds([newest(hands).id])
    assert one is not None and many is not None
    assert many.centre[0] == pytest.approx(one.centre[0], abs=1) and many.top == pytest.approx(one.top)
    assert many.left < one.left


def test_dragging_a_box_sets_where_lines_break(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.panel.text_tool.set_style(size=24.0)
    hands.drag([(320, 30), (400, 60), (470, 90)])
    hands.type("a few words that need two lines")
    layer = newest(hands)
    assert layer.width == 150 and len(TextLines(layer).lines) > 1


def test_an_input_method_composes_and_commits(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.click(300, 40)
    QApplication.sendEvent(hands.canvas, QInputMethodEvent("kafei", []))
    buffer = hands.panel.text_tool.buffer
    assert buffer is not None and buffer.composing == "kafei" and buffer.text == ""
    event = QInputMethodEvent("", [])
    event.setCommitString("咖啡")
    QApplication.sendEvent(hands.canvas, event)
    assert newest(hands).text == "咖啡"
    assert hands.canvas.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    rect = hands.canvas.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert rect.height() > 10


def test_cut_copy_and_paste_work_on_the_typed_text(hands: Hands) -> None:
    panel = hands.panel
    panel.use_tool("text")
    panel.text_tool.edit("words")
    hands.key(Qt.Key.Key_Home)
    for _ in range(5):
        hands.key(Qt.Key.Key_Right, SHIFT)
    panel.edit(EditCommand.CUT)
    assert text_of(hands, "words") == "mornings" and QApplication.clipboard().text() == "Slow "
    hands.key(Qt.Key.Key_End)
    panel.edit(EditCommand.PASTE)
    assert text_of(hands, "words") == "morningsSlow "
    panel.edit(EditCommand.SELECT_ALL)
    panel.edit(EditCommand.DELETE)
    assert text_of(hands, "words") == ""


def test_a_click_puts_the_cursor_between_the_letters(hands: Hands) -> None:
    hands.panel.use_tool("text")
    layer = hands.layer("words")
    assert isinstance(layer, TextLayer)
    lines = TextLines(layer)
    for position in (0, 4, 9, 13):
        caret = lines.caret(position)
        hands.click(60 + caret.x() + 0.5, 260 + caret.center().y())
        buffer = hands.panel.text_tool.buffer
        assert buffer is not None and buffer.cursor == position


CASES = [
    TextLayer(
        id="", text="Hello brave new world of coffee and AVA", family="Montserrat", weight=800, size=64, width=400
    ),
    TextLayer(id="", text="咖啡的艺术，每天一杯。早安！", size=48, width=300),
    TextLayer(id="", text="right\naligned text", size=30, align="right", padding=20, background="#000000"),
    TextLayer(id="", text="Playfair in italics", family="Playfair Display", italic=True, size=80, tracking=60),
    TextLayer(id="", text="a\n\nb\n", size=30),
]


@pytest.mark.parametrize("layer", CASES, ids=lambda layer: layer.text[:10])
def test_lines_are_those_that_are_drawn(layer: TextLayer, dressed: QApplication) -> None:
    lines, block = TextLines(layer), layout_text(layer)
    inner = block.height - 2 * layer.padding
    assert len(lines.lines) == round(inner / (layer.size * layer.leading))
    assert lines.lines[0].start == 0 and lines.lines[-1].end == len(layer.text)
    widest = max(line.stops[-1] - line.stops[0] for line in lines.lines)
    assert block.lines_width <= widest + 1 <= block.width + layer.size
    for first, second in zip(lines.lines, lines.lines[1:], strict=False):
        assert first.end == second.start and first.top < second.top
    for position in range(len(layer.text) + 1):
        caret = lines.caret(position)
        found = lines.position_at(QPointF(caret.x(), caret.center().y()))
        assert lines.caret(found).x() == pytest.approx(caret.x()) and lines.line_of(found) == lines.line_of(position)


def test_moving_by_lines_keeps_to_its_column() -> None:
    lines = TextLines(TextLayer(id="", text="wide line here\nshort\nwide line again", size=20))
    down, x = lines.vertical(12, True, None)
    assert down == len("wide line here\nshort")
    further, _ = lines.vertical(down, True, x)
    assert abs(lines.caret(further).x() - lines.caret(12).x()) < 8
    assert lines.vertical(0, False, None)[0] == 0
    assert lines.ends(16) == (15, 20)


def test_the_buffer_moves_by_visible_characters_and_words() -> None:
    buffer = TextBuffer("né👩‍👩‍👧 wörd two")
    buffer.go(0)
    stops = []
    for _ in range(4):
        buffer.move(True)
        stops.append(buffer.cursor)
    assert stops[:2] == [1, 2] and buffer.text[:3].startswith("né")
    assert stops[2] == 2 + len("👩‍👩‍👧".encode("utf-16-le")) // 2
    buffer.delete(forward=False)
    buffer.delete(forward=False)
    assert buffer.text == "néwörd two"
    buffer.go(buffer.length)
    buffer.delete(forward=False, word=True)
    assert buffer.text == "néwörd "
    buffer.select_word(1)
    assert buffer.selected == "néwörd"
    buffer.insert("x\r\ny\tz\x07")
    assert buffer.text == "x\ny    z "


def test_a_lone_surrogate_or_too_much_text_does_no_harm() -> None:
    buffer = TextBuffer()
    buffer.insert("a\ud83db")
    assert buffer.text == "ab"
    buffer.insert("x" * 30_000)
    assert buffer.length == 20_000


def test_keys_that_are_not_text_are_left_alone(hands: Hands) -> None:
    hands.panel.use_tool("text")
    hands.click(300, 40)
    hands.key(Qt.Key.Key_F5)
    hands.key(Qt.Key.Key_S, CTRL)
    buffer = hands.panel.text_tool.buffer
    assert buffer is not None and buffer.text == ""

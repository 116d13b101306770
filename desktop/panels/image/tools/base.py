"""What a tool is: it gets the pointer and the keys of the canvas, paints its marks over the picture, and commits edits.

One instance of each tool lives as long as its canvas. All calls come on the GUI thread. A tool keeps no document
state between gestures; while one is under way, it shows previews through the editor and commits once at the end.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu

from desktop.panels.image.editor import Editor

if TYPE_CHECKING:
    from desktop.panels.image.canvas import Canvas


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is and how it is held."""

    x: float
    y: float
    """In document pixels."""
    at: QPointF
    """In the canvas widget."""
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    pressure: float = 1.0
    tilt: float = 0.0
    """How far a stylus leans: 0 upright, 1 flat on the tablet."""
    seconds: float = 0.0
    """When it was there, by the clock of the events; 0 where that is not known."""

    @property
    def shift(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.ShiftModifier)

    @property
    def ctrl(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.ControlModifier)

    @property
    def alt(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.AltModifier)


ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def arrow_step(event: QKeyEvent) -> tuple[int, int] | None:
    """Return how far an arrow key moves things, in document pixels: 1, or 10 with Shift.

    ``None`` for any other key, and with Ctrl or Alt, whose keys are the window's.
    """
    modifiers = event.modifiers()
    step = ARROWS.get(Qt.Key(event.key()))
    if step is None or modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    by = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
    return step[0] * by, step[1] * by


class Tool(QObject):
    """Base of all tools."""

    id: ClassVar[str]
    """Stable name: ``move``, ``brush`` …"""
    icon: ClassVar[str]
    key: ClassVar[str]
    """The letter that chooses it; empty for a tool without one."""
    family: ClassVar[str] = ""
    """Tools of one family share a button of the strip. Empty: those with the same key do."""

    def __init__(self, editor: Editor, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.editor = editor
        self.canvas = canvas

    def title(self) -> str:
        """Return its name as a person reads it."""
        raise NotImplementedError

    def help(self) -> str:
        """Return one sentence on what it does and with which keys."""
        raise NotImplementedError

    def activate(self) -> None:
        """It is the tool in use now."""

    def deactivate(self) -> None:
        """Another tool is chosen: finish what is under way."""

    @property
    def busy(self) -> bool:
        """True while a gesture is under way, or text is typed: single-letter shortcuts belong to the tool then."""
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Return whether a key that is a shortcut elsewhere comes to :meth:`key_press` now."""
        return False

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        """Return the pointer's shape there."""
        return Qt.CursorShape.ArrowCursor

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""

    def drag(self, pointer: Pointer) -> None:
        """The pointer moved with the left button down."""

    def release(self, pointer: Pointer) -> None:
        """The left button came up."""

    def hover(self, pointer: Pointer) -> None:
        """The pointer moved with no button down."""

    def double_click(self, pointer: Pointer) -> None:
        """The left button was clicked twice; the second press comes as this instead of :meth:`press`."""

    def leave(self) -> None:
        """The pointer left the canvas."""

    def key_press(self, event: QKeyEvent) -> bool:
        """Return whether the key was used."""
        return False

    def key_release(self, event: QKeyEvent) -> bool:
        """Return whether the key was used."""
        return False

    def input_method(self, event: QInputMethodEvent) -> bool:
        """Return whether composed text was used."""
        return False

    def input_query(self, query: Qt.InputMethodQuery) -> object:
        """Answer what an input method asks; None where there is nothing to say."""
        return None

    def cancel(self) -> bool:
        """Esc: step back once. Return whether there was something to step back from."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Paint marks over the picture, in the canvas widget's coordinates."""

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        """Add entries that belong at this place to the canvas's context menu."""

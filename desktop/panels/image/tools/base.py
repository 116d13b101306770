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

    @property
    def shift(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.ShiftModifier)

    @property
    def ctrl(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.ControlModifier)

    @property
    def alt(self) -> bool:
        return bool(self.keys & Qt.KeyboardModifier.AltModifier)


class Tool(QObject):
    """Base of all tools."""

    id: ClassVar[str]
    """Stable name: ``move``, ``brush`` …"""
    icon: ClassVar[str]
    key: ClassVar[str]
    """The letter that chooses it."""
    family: ClassVar[str] = ""
    """Tools of one family share a place in the strip."""

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

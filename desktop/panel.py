"""What the window expects of a panel, and what a panel may expect of the window.

A panel is one workspace: it shows one document of its kind at a time in the middle of the window and lends the
window what stands around it: properties, structure, tools, menu entries. The window makes a panel the first time
its workspace is shown, and calls all of this on the GUI thread. A panel never opens files, never runs a core
process and never keeps document state of its own: it reads documents from the session and commits to it.

Its actions are those of ``QWidget.actions()``: make them in the constructor with
:func:`desktop.actions.make_action`. The window puts them into the menus they name, gives them the person's
shortcuts and finds them in the command palette. Text is translated with ``self.tr()`` while a widget is built; when
the language changes the window is built anew, so nothing has to be translated in place.
"""

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from core.documents.base import Document
from core.operations.base import Input, Operation

if TYPE_CHECKING:
    from desktop.mime import DraggedElement
    from desktop.session import Made, Session


class EditCommand(enum.StrEnum):
    """What the Edit menu asks of the panel that is shown."""

    CUT = "cut"
    COPY = "copy"
    PASTE = "paste"
    DUPLICATE = "duplicate"
    DELETE = "delete"
    SELECT_ALL = "select-all"
    DESELECT = "deselect"


class ViewCommand(enum.StrEnum):
    """What the View menu asks of the panel that is shown."""

    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    FIT = "fit"
    ACTUAL_SIZE = "actual-size"


@dataclass(frozen=True)
class Source:
    """Where an input of an operation came from, so that a result can be marked out of date when that changes."""

    document: str
    layer: str = ""
    title: str = ""
    """What a person calls it: the layer's name."""
    own: bool = True
    """Whether the input is just what that layer holds, and no copy of it in other colours: then a result of it is out
    of date when the layer changes."""


class Panel(QWidget):
    """Base of all panels. Everything here is called on the GUI thread."""

    kind: ClassVar[str] = ""
    """Kind of the documents it shows: ``image``, ``text``, …"""
    accepts: ClassVar[frozenset[str]] = frozenset()
    """Kinds of assets that :meth:`place` takes: ``image``, ``audio``, ``video``, ``text``, ``midi``, ``font``."""

    status_changed = Signal()
    """:meth:`status` says something else now."""
    selection_changed = Signal()
    """:meth:`selection_inputs` gives something else now, or actions were enabled or disabled."""
    make_requested = Signal(str)
    """The panel wants *Make* to show the operation of that name (from a context menu, say)."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    # What it shows

    def open_document(self, document_id: str) -> None:
        """Show that document of the session's project. Called again with another id when the tab changes."""
        raise NotImplementedError

    def close_document(self, document_id: str) -> None:
        """Forget what was kept for that document's view; it stays in the project. The project may close next."""
        raise NotImplementedError

    @property
    def document_id(self) -> str:
        """Id of the document that is shown, empty when there is none."""
        raise NotImplementedError

    def new_document(self, title: str, width: int, height: int, colour: str | None) -> Document:
        """Return a new document for this panel, not yet committed; ``colour`` None means transparent."""
        raise NotImplementedError

    def document_from(self, asset: str, name: str) -> Document:
        """Return a new document just as large as the asset and with nothing but it inside, not yet committed."""
        raise NotImplementedError

    def view_state(self) -> dict[str, Any]:
        """Return what :meth:`restore_view_state` needs to look the same again (zoom, selection): plain JSON values."""
        return {}

    def restore_view_state(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`view_state` gave, for the document that is shown. Unknown entries are ignored."""

    def make_notice(self) -> str:
        """Return a sentence that *Make* shows under every operation's help, on what is lost by it; empty for none."""
        return ""

    # What stands around it

    def properties_widget(self) -> QWidget:
        """Return the widget for the Properties dock; the same one each time."""
        raise NotImplementedError

    def structure_widget(self) -> QWidget:
        """Return the widget for the Structure dock (layers, tracks …); the same one each time."""
        raise NotImplementedError

    def tools_widget(self) -> QWidget | None:
        """Return the vertical strip of tools at the left of the work, if there is one."""
        return None

    def options_widget(self) -> QWidget | None:
        """Return the bar with the options of the tool in use, above the work, if there is one."""
        return None

    def side_widgets(self) -> dict[str, QWidget]:
        """Return what the panel lends to the docks ``info`` and ``guidance``, by name; the same ones each time."""
        return {}

    def status(self) -> str:
        """Return what the status bar says of the work: ``66 %  2160 × 2700 px  sRGB``."""
        return ""

    def thumbnail(self, side: int) -> QImage | None:
        """Return a picture of the document, at most ``side`` pixels on a side, for the project's thumbnail."""
        return None

    # What can be done with it

    def can_edit(self, command: EditCommand) -> bool:
        """Return whether :meth:`edit` would do something now."""
        return False

    def edit(self, command: EditCommand) -> None:
        """Do what the Edit menu asks."""

    def view(self, command: ViewCommand) -> None:
        """Do what the View menu asks."""

    def selection_inputs(self) -> dict[str, Input]:
        """Return what *Make* would work on, by what an input field accepts: ``image``, ``document``, ``file``."""
        return {}

    def selection_sources(self) -> dict[str, Source]:
        """Return where each of :meth:`selection_inputs` comes from, with the same keys."""
        return {}

    def place(self, asset: str, name: str, at: QPoint | None = None) -> None:
        """Put an asset of the project into the document, as one undoable edit.

        A picture arrives as the hash of a raster (:data:`core.values.RASTER_TYPE`) in the colours of :meth:`profile`.
        ``at`` is in this widget's
        coordinates; None means where it is best seen.
        """
        raise NotImplementedError

    def profile(self) -> str | None:
        """Return the ICC profile (an asset) of the document that is shown, None for sRGB: what is placed is in it."""
        return None

    def place_shapes(self, document: Document, name: str, at: QPoint | None = None) -> bool:
        """Put the vector layers of a drawing into the document; return whether this panel can. ``at`` as of `place`."""
        return False

    def place_element(self, element: "DraggedElement", at: QPoint | None = None) -> bool:
        """Put an element of the library into the document, as one undoable edit; False where none can stand.

        ``at`` is as for :meth:`place`.
        """
        return False

    def apply_result(self, operation: Operation, made: "Made") -> None:
        """Put a result that was kept into the document, as one undoable edit.

        ``made.outputs`` maps each output's name to the hash of its asset in the project; ``made.sources`` says
        which layer each input came from.
        """
        raise NotImplementedError

    def export(self) -> None:
        """Let the person export what is shown (File → Export…)."""

    def show_font(self, family: str) -> None:
        """A font was added to the project; offer it, or set the selected text in it."""

    def show_colour_table(self, table: str, name: str) -> bool:
        """A .cube file was added to the project; use it on what is shown, and return whether that can be."""
        return False

    def shut_down(self) -> None:
        """Stop timers and threads: the project closes, or the window goes away. Called once."""

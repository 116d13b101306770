"""The image being edited, as every part of the panel sees it: what is committed, what is shown, what is selected.

The canvas, the tools, the layer list and the inspector never talk to each other; they read this object and listen to
its signals. A drag shows a changed document with :meth:`Editor.preview` and writes it once with :meth:`Editor.commit`.
All of it lives on the GUI thread.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.documents import artboard_edits, image_edits
from core.documents.image import AnyLayer, GroupLayer, ImageDocument, Placed, walk
from core.documents.image_place import Box
from core.raster.bounds import content_size, layer_bounds
from core.raster.compositor import Compositor
from core.values import AtelierError
from desktop.panels.image.boards import Boards
from desktop.panels.image.management import Management
from desktop.panels.image.measuring import Measuring
from desktop.panels.image.selecting import Selecting

if TYPE_CHECKING:
    from desktop.session import Session


@dataclass(frozen=True)
class Shown:
    """What the canvas shows has changed. ``old`` is None when another document was opened."""

    old: ImageDocument | None
    new: ImageDocument | None


class Editor(QObject):
    """One image document of the session's project."""

    shown_changed = Signal(object)
    """A :class:`Shown`: the document, or the preview of an edit in flight, looks different now."""
    committed = Signal()
    """The document itself changed: by an edit here, or by undo, or by a kept result."""
    selection_changed = Signal()
    """Other layers are selected, or the mask is edited instead of the layer."""
    colours_changed = Signal()
    hint = Signal(str)
    """One short sentence that says what can be done now; empty takes it away."""

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.compositor: Compositor | None = None
        self._project: object = None
        self.document: ImageDocument | None = None
        self.shown: ImageDocument | None = None
        self.selection: tuple[str, ...] = ()
        self.on_mask = False
        """True while painting goes to the mask of the one selected layer."""
        self.on_path = False
        """True while the pen and the direct selection work on the vector mask of the one selected layer."""
        self.colour = "#000000"
        self.other_colour = "#ffffff"
        self.pixels = Selecting(self)
        """Which pixels are chosen; ``selection`` are the layers."""
        self.measuring = Measuring(self)
        self.colours = Management(self)
        self.shown_changed.connect(self.colours.follow)
        self.boards = Boards(self)
        """The artboards, and which of them is worked on."""
        session.document_changed.connect(self._on_document_changed)

    # --- opening ----------------------------------------------------------------------------------------------------

    def open(self, document_id: str) -> None:
        """Show a document of the open project; an empty id shows none."""
        project = self.session.project
        if not document_id or project is None:
            self.compositor = self._project = None
            self._take(None, opened=True)
            return
        document = self.session.document(document_id)
        if not isinstance(document, ImageDocument):
            raise AtelierError("“{title}” is not a picture, so it cannot be opened here.", title=document.title)
        if self.compositor is None or self._project is not project:
            self.compositor, self._project = Compositor(project), project
        self._take(document, opened=True)

    def _on_document_changed(self, document_id: str) -> None:
        if self.document is not None and document_id == self.document.id:
            document = self.session.document(document_id)
            if isinstance(document, ImageDocument):
                self._take(document)

    def _take(self, document: ImageDocument | None, *, opened: bool = False) -> None:
        old = None if opened else self.shown
        self.document = self.shown = document
        present = {layer.id for layer in walk(document.layers)} if document is not None else set()
        kept = () if opened else tuple(layer_id for layer_id in self.selection if layer_id in present)
        lost = kept != self.selection or (self.on_mask and not self._mask_is_there(kept))
        lost = lost or (self.on_path and not self._path_is_there(kept))
        self.selection = kept
        self.on_mask = self.on_mask and self._mask_is_there(kept)
        self.on_path = self.on_path and self._path_is_there(kept)
        self.shown_changed.emit(Shown(old, document))
        self.committed.emit()
        if lost or opened:
            self.selection_changed.emit()

    def _mask_is_there(self, ids: tuple[str, ...]) -> bool:
        return len(ids) == 1 and self.document is not None and self.document.layer(ids[0]).mask is not None

    def _path_is_there(self, ids: tuple[str, ...]) -> bool:
        return len(ids) == 1 and self.document is not None and self.document.layer(ids[0]).vector_mask is not None

    # --- editing ----------------------------------------------------------------------------------------------------

    def require(self) -> ImageDocument:
        """Return the committed document; raises :class:`AtelierError` when none is open."""
        if self.document is None:
            raise AtelierError("No picture is open: open one, or make a new one, first.")
        return self.document

    def preview(self, document: ImageDocument | None) -> None:
        """Show ``document`` in place of the committed one while an edit is in flight; None takes it back."""
        new = document if document is not None else self.document
        if new is not self.shown:
            old, self.shown = self.shown, new
            self.shown_changed.emit(Shown(old, new))

    def commit(self, label: str, document: ImageDocument, merge: str | None = None) -> bool:
        """Write ``document`` as one undoable step; nothing is written when nothing changed.

        ``label`` is English. The canvas grows where an artboard would stick out of it. What goes wrong is said in the
        banner and the preview is taken back; returns whether it was written.
        """
        if document == self.document:
            self.preview(None)
            return False
        try:
            document = artboard_edits.fit_canvas(document)
            self.session.commit(label, document, merge=merge)
        except AtelierError as error:
            self.preview(None)
            self.session.report(error)
            return False
        return True

    def size_of(self, layer: AnyLayer) -> tuple[float, float]:
        """Return the size of a layer's own content in its own pixels; (0, 0) for what has none."""
        return content_size(layer)

    # --- selection --------------------------------------------------------------------------------------------------

    def select(self, ids: Iterable[str], *, mask: bool = False, path: bool = False) -> None:
        """Select layers; with ``mask``, painting goes to the mask of the one layer, with ``path``, the pen does."""
        new = tuple(dict.fromkeys(ids))
        mask = mask and self._mask_is_there(new)
        path = path and self._path_is_there(new)
        if (new, mask, path) != (self.selection, self.on_mask, self.on_path):
            self.selection, self.on_mask, self.on_path = new, mask, path
            self.selection_changed.emit()

    @property
    def layer(self) -> AnyLayer | None:
        """The one selected layer as it is shown, or None."""
        if self.shown is None or len(self.selection) != 1:
            return None
        return next((layer for layer in walk(self.shown.layers) if layer.id == self.selection[0]), None)

    def selected(self) -> list[AnyLayer]:
        """Return the selected layers as they are shown, from the bottom to the top."""
        if self.shown is None:
            return []
        wanted = set(self.selection)
        return [layer for layer in walk(self.shown.layers) if layer.id in wanted]

    def movable(self) -> tuple[str, ...]:
        """Return the selected layers that may be changed, groups standing for what is in them."""
        if self.document is None:
            return ()
        present = {layer.id for layer in walk(self.document.layers)}
        return image_edits.movable(self.document, [i for i in self.selection if i in present])

    def bounds(self, ids: Collection[str], document: ImageDocument | None = None) -> Box | None:
        """Return the box around layers that have a place (not fills or adjustments), in document pixels.

        An artboard is as large as its rectangle, whatever is on it.
        """
        document = document or self.shown
        if document is None:
            return None
        box: Box | None = None
        for layer_id in ids:
            layer = document.layer(layer_id)
            board = isinstance(layer, GroupLayer) and layer.artboard is not None
            for part in (layer,) if board else walk((layer,)):
                if board or isinstance(part, Placed):
                    one = Box(*layer_bounds(part))
                    box = one if box is None else box.union(one)
        return box

    # --- colours ----------------------------------------------------------------------------------------------------

    def set_colour(self, colour: str) -> None:
        """Make ``#rrggbb`` the foreground colour."""
        if colour[:7] != self.colour:
            self.colour = colour[:7]
            self.colours_changed.emit()

    def swap_colours(self) -> None:
        """Exchange foreground and background colour."""
        self.colour, self.other_colour = self.other_colour, self.colour
        self.colours_changed.emit()

    def default_colours(self) -> None:
        """Black on white."""
        self.colour, self.other_colour = "#000000", "#ffffff"
        self.colours_changed.emit()

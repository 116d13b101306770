"""What can be done with artboards, whoever asks. Each is one undo step; what cannot be done is said in the banner."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from core.documents import artboard_edits, image_edits
from core.documents.artboard_edits import Size
from core.documents.artboard_sizes import duplicate_to_sizes
from core.documents.image import AnyLayer, Artboard, GroupLayer, ImageDocument
from core.documents.image_place import Box
from core.raster.bounds import layer_bounds
from core.values import AtelierError
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

Made = tuple[ImageDocument, tuple[str, ...]]


class BoardCommands(QObject):
    """Edits of artboards. GUI thread."""

    def __init__(self, editor: Editor, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor, self.canvas = editor, canvas

    def _do(self, label: str, how: Callable[[ImageDocument], Made]) -> bool:
        document = self.editor.document
        if document is None:
            return False
        try:
            new, made = how(document)
        except AtelierError as error:
            self.editor.session.report(error)
            return False
        if not self.editor.commit(label, new):
            return False
        self.editor.select(made)
        self.show(made)
        return True

    def show(self, ids: Sequence[str]) -> None:
        """Show the whole canvas where one of these artboards is not in view."""
        document = self.editor.document
        if document is None:
            return
        left, top, right, bottom = self.canvas.view.visible()
        for layer_id in ids:
            layer = document.layer(layer_id)
            board = layer.artboard if isinstance(layer, GroupLayer) else None
            if board is not None and not (
                left <= board.x and board.right <= right and top <= board.y and board.bottom <= bottom
            ):
                self.canvas.fit(enlarge=False)
                return

    def make(self, sizes: Sequence[Size], background: str | None) -> bool:
        """Add an empty artboard of each size."""

        def how(document: ImageDocument) -> Made:
            made: list[str] = []
            for size in sizes:
                x, y = artboard_edits.free_place(document, size.width, size.height)
                board = Artboard(
                    x=x, y=y, width=size.width, height=size.height, background=background, preset=size.preset
                )
                name = image_edits.fresh_name(document, size.title or self.tr("Artboard"))
                document, one = artboard_edits.make(document, board, name)
                made.append(one)
            return document, tuple(made)

        return self._do(QT_TRANSLATE_NOOP("history", "Add artboard"), how)

    def can_wrap(self) -> bool:
        """Return whether :meth:`from_layers` has layers to work with."""
        document = self.editor.document
        if document is None or not document.layers or not self._wrapped(document):
            return False
        return all(artboard_edits.holder(document, layer_id) is None for layer_id in self._wrapped(document))

    def _wrapped(self, document: ImageDocument) -> tuple[str, ...]:
        """Return the selected layers, or all that are on no artboard where none are."""
        if self.editor.selection:
            return image_edits.top_level(document, self.editor.selection)
        boards = {group.id for group in artboard_edits.boards(document)}
        return tuple(layer.id for layer in document.layers if layer.id not in boards)

    def from_layers(self) -> None:
        """Put the selected layers onto an artboard of their size; all of them, on the canvas's, when none are."""

        def how(document: ImageDocument) -> Made:
            ids = self._wrapped(document)
            name = image_edits.fresh_name(document, self.tr("Artboard"))
            # Layers without a place (a fill) mean the whole canvas.
            bounded = all(self.editor.bounds([layer_id], document) is not None for layer_id in ids)
            around = self.editor.bounds(ids, document) if self.editor.selection and bounded else None
            new, made = artboard_edits.from_layers(document, ids, around, name)
            return new, (made,)

        self._do(QT_TRANSLATE_NOOP("history", "Artboard from layers"), how)

    def duplicate_to(self, sizes: Sequence[Size]) -> bool:
        """Copy the selected artboard to each size, its layers adapted."""
        board_id = self.subject()
        if board_id is None:
            return False

        def how(document: ImageDocument) -> Made:
            return duplicate_to_sizes(document, board_id, tuple(sizes), self.editor.size_of, _box)

        return self._do(QT_TRANSLATE_NOOP("history", "Duplicate artboard to sizes"), how)

    def subject(self) -> str | None:
        """Return the artboard that is meant: the selected one, or the one that the selected layer is on."""
        document, selection = self.editor.document, self.editor.selection
        if document is None or not selection:
            return None
        groups = {group.id for i in selection if (group := artboard_edits.holder(document, i)) is not None}
        return groups.pop() if len(groups) == 1 else None

    def trim_canvas(self) -> None:
        """Make the canvas just large enough for all artboards."""

        def how(document: ImageDocument) -> Made:
            return artboard_edits.canvas_around(document), self.editor.selection

        self._do(QT_TRANSLATE_NOOP("history", "Fit canvas to artboards"), how)


def _box(layer: AnyLayer) -> Box:
    return Box(*layer_bounds(layer))

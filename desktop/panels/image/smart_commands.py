"""What can be done with smart layers: layers that show another image document of the project."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.documents import image_edits, smart
from core.documents.base import Document
from core.documents.image import AdjustmentLayer, AnyLayer, FillLayer, ImageDocument, SmartLayer, walk
from core.documents.image_place import fit_into
from core.raster.affine import Rect
from core.raster.bounds import layer_bounds
from core.values import AtelierError
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace


class SmartCommands(QObject):
    """Edits of smart layers. Each is one undo step, in all documents that it touches; what cannot be done is said."""

    def __init__(self, editor: Editor, commands: Commands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands

    @property
    def layer(self) -> SmartLayer | None:
        """The one selected smart layer."""
        layer = self.editor.layer
        return layer if isinstance(layer, SmartLayer) else None

    def linked(self, layer: SmartLayer) -> ImageDocument | None:
        """Return the document that a layer shows, ``None`` when it is not in the project any more."""
        found = self._find(layer.document)
        return found if isinstance(found, ImageDocument) else None

    def _find(self, document_id: str) -> Document | None:
        project = self.editor.session.project
        try:
            return None if project is None else project.document(document_id)
        except AtelierError:
            return None

    def _store(self, document: Document) -> str:
        return self.editor.session.require().put_document(document)

    def _try(self, edit: Callable[[], None]) -> None:
        try:
            edit()
        except AtelierError as error:
            self.editor.session.report(error)

    # --- making and unmaking ----------------------------------------------------------------------------------------

    def can_convert(self) -> bool:
        """Return whether something is selected that a smart layer could show."""
        return any(not isinstance(layer, AdjustmentLayer) for layer in self.editor.selected())

    def convert(self) -> None:
        """Move the selected layers into a document of their own, and show that in their place."""

        def edit() -> None:
            editor, document = self.editor, self.editor.require()
            ids = image_edits.top_level(document, editor.selection)
            if not ids:
                return
            title = document.layer(ids[-1]).name or self.tr("Smart layer")
            box = self.commands.covered(document, ids)
            changed, inner, made = smart.converted(document, ids, box, title, self._store)
            editor.session.commit(QT_TRANSLATE_NOOP("history", "Make smart layer"), inner, changed)
            editor.select([made])

        self._try(edit)

    def unpack(self) -> None:
        """Put the layers of the shown document in the place of the selected smart layer; that document stays."""

        def edit() -> None:
            layer, document = self.layer, self.editor.require()
            if layer is None:
                return
            inner = self.shown(layer)
            if inner.profile != document.profile:
                raise AtelierError(
                    "“{title}” has another colour profile than this picture: convert one of them first.",
                    title=inner.title,
                )
            cut = any(_overhangs(one, inner) for one in inner.layers)
            changed, made = smart.unpacked(document, layer, inner, self.editor.size_of, cut=cut)
            if self.editor.commit(QT_TRANSLATE_NOOP("history", "Unpack smart layer"), changed):
                self.editor.select([made])

        self._try(edit)

    def shown(self, layer: SmartLayer) -> ImageDocument:
        """Return the revision that a layer shows; raises :class:`AtelierError` when it cannot be read."""
        compositor = self.editor.compositor
        assert compositor is not None
        return compositor.reader.document(layer.source)

    # --- what they show ---------------------------------------------------------------------------------------------

    def edit_contents(self) -> None:
        """Bring the document that the selected layer shows to the front; one that is gone comes back first."""

        def edit() -> None:
            layer = self.layer
            if layer is None:
                return
            session = self.editor.session
            if self.linked(layer) is None:
                session.commit(QT_TRANSLATE_NOOP("history", "Bring back contents"), self.shown(layer))
            session.show_document.emit(layer.document)

        self._try(edit)

    def others(self) -> list[tuple[str, str]]:
        """Return id and title of the project's image documents that could be placed in this one."""
        document, project = self.editor.document, self.editor.session.project
        if document is None or project is None:
            return []
        entries = [entry for entry in project.documents() if entry.kind == "image"]
        found = [(entry, self._find(entry.id)) for entry in entries]
        return [
            (entry.id, entry.title or self.tr("Untitled"))
            for entry, one in found
            if one is not None and not smart.shows(one, document.id, self._find)
        ]

    def place(self, document_id: str) -> None:
        """Show another document of the project in this one, centred and no larger than the canvas, or the artboard."""

        def edit() -> None:
            document, linked = self.editor.require(), self._find(document_id)
            if isinstance(linked, ImageDocument):
                layer = smart.smart_layer(document, linked, self._find, self._store)
                layer = replace(layer, transform=fit_into(linked.width, linked.height, self.editor.boards.room()))
                self.commands.insert(QT_TRANSLATE_NOOP("history", "Place image"), layer)

        self._try(edit)

    def replace_contents(self, document_id: str) -> None:
        """Show another document in the selected smart layer."""

        def edit() -> None:
            layer, document, linked = self.layer, self.editor.require(), self._find(document_id)
            if layer is not None and isinstance(linked, ImageDocument):
                changed = smart.replaced(document, layer.id, linked, self._find, self._store)
                self.editor.commit(QT_TRANSLATE_NOOP("history", "Replace contents"), changed)

        self._try(edit)

    def choose(self, parent: QWidget, take: Callable[[str], None]) -> QMenu:
        """Show a menu of the project's other pictures over the middle of ``parent``; ``take`` gets the chosen id."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for document_id, title in self.others():
            menu.addAction(title.replace("&", "&&")).triggered.connect(lambda _=False, i=document_id: take(i))
        if menu.isEmpty():
            words = self.tr("This project has no other picture that could be placed here")
            menu.addAction(words).setEnabled(False)
        size = menu.sizeHint()
        menu.popup(parent.mapToGlobal(parent.rect().center() - QPoint(size.width() // 2, size.height() // 2)))
        menu.setFocus()
        return menu


def _overhangs(layer: AnyLayer, document: ImageDocument) -> bool:
    """Return whether a layer shows, or could show, beyond its document's edges."""
    if any(isinstance(one, FillLayer | AdjustmentLayer) for one in walk((layer,))):
        return True
    around, canvas = layer_bounds(layer, document).grow(image_edits.outset(layer)), (document.width, document.height)
    return around.intersect(Rect(0, 0, *canvas)) != around

"""Which document is shown, by which panel, with which docks around it."""

import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from core.project.project import DocumentEntry
from core.values import AtelierError
from desktop import shortcuts
from desktop.docking import Docks
from desktop.imaging import png_of
from desktop.panel import Panel
from desktop.panels import Workspace, workspace
from desktop.session import Session
from desktop.work_area import WorkArea

log = logging.getLogger(__name__)

THUMBNAIL = 320


class Stage(QObject):
    """Makes panels when they are first needed and brings the right one to the front."""

    changed = Signal()
    """Another panel is in front, or none, or it shows another document."""
    status_changed = Signal()
    selection_changed = Signal()
    make_requested = Signal(str)

    def __init__(
        self, session: Session, area: WorkArea, docks: Docks, workspaces: Sequence[Workspace], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._area = area
        self._docks = docks
        self._workspaces = workspaces
        self._panels: dict[str, Panel] = {}
        self._first_layout = docks.save()
        self.panel: Panel | None = None
        """The panel in front, None on the welcome page and while nothing is open."""
        self.kind = ""
        """The workspace whose docks are shown, empty on the welcome page."""
        self._lost: dict[str, bool] = {}
        """Documents whose tab went because they are not in the project any more, and whether they were in front."""
        area.document_chosen.connect(self._show_document)
        area.tab_closed.connect(self._on_tab_closed)
        area.list_wanted.connect(self._list_documents)
        session.stepped.connect(self._show_what_stepped)

    def panel_for(self, kind: str) -> Panel:
        """Return the panel of a workspace, made now if it was not needed before. Raises :class:`AtelierError`."""
        if kind not in self._panels:
            entry = next((w for w in self._workspaces if w.kind == kind), None) or workspace(kind)
            if entry is None:
                raise AtelierError("This version of Atelier has no workspace for “{kind}” documents.", kind=kind)
            panel = entry.load()(self._session)
            panel.status_changed.connect(self.status_changed)
            panel.selection_changed.connect(self.selection_changed)
            panel.make_requested.connect(self.make_requested)
            self._panels[kind] = panel
            shortcuts.apply(panel.actions(), self._session.settings.shortcuts)
        return self._panels[kind]

    # What is shown

    def show_project(self) -> None:
        """Another project is open, or none: show what was worked on last in it."""
        self._area.tabs.clear()
        self._lost.clear()
        project = self._session.project
        if project is None:
            self.close_panels()
            self.show_home()
            return
        for panel in self._panels.values():
            panel.open_document("")
        documents = project.documents()
        for entry in documents:
            self._area.tabs.open_tab(entry)
        if documents:
            self.open_document(documents[-1].id)
        else:
            self._show_nothing_open()

    def follow_documents(self) -> None:
        """Documents came, went or were renamed. What undo took off the stage comes back to it with redo."""
        if self._session.project is None:
            return
        shown = self.panel.document_id if self.panel is not None else ""
        present = {entry.id: entry for entry in self._session.project.documents()}
        self._lost |= {i: i == shown for i in self._area.tabs.ids() if i not in present}
        self._area.sync_tabs()
        back = {i: self._lost.pop(i) for i in tuple(self._lost) if i in present}
        for document_id in back:
            self._area.tabs.open_tab(present[document_id])
        if back and (self.panel is None or any(back.values())):
            self.open_document(next((i for i, in_front in back.items() if in_front), next(iter(back))))
        elif shown and shown not in present:
            self.show_tab()

    def _show_what_stepped(self, document_ids: tuple[str, ...]) -> None:
        """Undo and redo go through all documents: what they change is brought to the front, not changed unseen."""
        if self.panel is not None and self.panel.document_id not in document_ids:
            self.open_document(document_ids[0])

    def open_document(self, document_id: str) -> None:
        """Give a document of the project a tab and show it."""
        entry = self._entry(document_id)
        if entry is None:
            return
        tabs = self._area.tabs
        tabs.open_tab(entry)
        index = tabs.index_of(document_id)
        if tabs.currentIndex() == index:
            self._show_document(document_id)
        else:
            tabs.setCurrentIndex(index)

    def open_documents(self, document_ids: Sequence[str]) -> None:
        """Give documents of the project a tab each and show the last of them."""
        project = self._session.project
        for entry in project.documents() if project is not None else ():
            if entry.id in document_ids:
                self._area.tabs.open_tab(entry)
        self.open_document(document_ids[-1])

    def show_tab(self) -> None:
        """Show the document of the tab that is chosen, or that nothing is open."""
        document_id = self._area.tabs.id_at(self._area.tabs.currentIndex())
        if document_id:
            self._show_document(document_id)
        else:
            self._show_nothing_open()

    def show_home(self) -> None:
        """Show the welcome page, with nothing around it."""
        self.leave()
        self.panel = None
        self._docks.set_all(False)
        self._area.show_welcome()
        self.changed.emit()

    def leave(self) -> None:
        """Remember how the docks stand in the workspace that is left."""
        if self.kind:
            self._session.settings.windows[self.kind] = self._docks.save()
        self.kind = ""

    def _entry(self, document_id: str) -> DocumentEntry | None:
        project = self._session.project
        entries = project.documents() if project is not None else ()
        return next((entry for entry in entries if entry.id == document_id), None)

    def _show_document(self, document_id: str) -> None:
        entry = self._entry(document_id)
        if entry is None:
            return
        try:
            panel = self.panel_for(entry.kind)
            panel.open_document(document_id)
        except AtelierError as error:
            self._session.report(error)
            return
        self._area.show_panel(panel)
        self._enter(entry.kind)
        self.panel = panel
        self.changed.emit()

    def _show_nothing_open(self) -> None:
        self._enter(self.kind or self._session.settings.workspace)
        self.panel = None
        self._area.show_empty()
        self.changed.emit()

    def _enter(self, kind: str) -> None:
        """Arrange the docks as they were left in that workspace."""
        if self.kind == kind:
            return
        self.leave()
        self.kind = kind
        if not self._docks.restore(self._session.settings.windows.get(kind, "")):
            self._docks.restore(self._first_layout)
        self._session.settings.workspace = kind

    def _on_tab_closed(self, document_id: str) -> None:
        if self.panel is not None:
            self.panel.close_document(document_id)
        self.show_tab()

    def _list_documents(self, at: QPoint) -> None:
        menu = QMenu(self._area)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = set(self._area.tabs.ids())
        for entry in self._session.project.documents() if self._session.project is not None else ():
            action = menu.addAction(entry.title or self.tr("Untitled"))
            action.setCheckable(True)
            action.setChecked(entry.id in shown)
            action.triggered.connect(lambda _=False, d=entry.id: self.open_document(d))
        if menu.isEmpty():
            menu.addAction(self.tr("No documents yet")).setEnabled(False)
        menu.popup(at)

    # Coming and going

    def view_states(self) -> dict[str, dict[str, Any]]:
        """Return how each panel's view stands, for :meth:`restore_view_states` of another window."""
        shown = self.panel.document_id if self.panel is not None else ""
        states = {kind: panel.view_state() for kind, panel in self._panels.items()}
        return {**states, "": {"document": shown, "tabs": self._area.tabs.ids()}}

    def restore_view_states(self, states: dict[str, dict[str, Any]]) -> None:
        """Look as the window did that gave ``states``."""
        mine = states.get("", {})
        for document_id in self._area.tabs.ids():
            if document_id not in mine.get("tabs", ()):
                self._area.tabs.close_tab(document_id)
        self.open_document(str(mine.get("document", "")))
        for kind, panel in self._panels.items():
            panel.restore_view_state(states.get(kind, {}))

    def close_panels(self) -> None:
        """Take all panels down; they are made again when they are needed."""
        self.panel = None
        for panel in self._panels.values():
            panel.shut_down()
            self._area.forget_panel(panel)
            for widget in (panel.properties_widget(), panel.structure_widget(), *panel.side_widgets().values()):
                widget.setParent(None)
                widget.deleteLater()
            panel.deleteLater()
        self._panels.clear()

    def save_thumbnail(self) -> None:
        """Give the project a picture of what was worked on last."""
        project, panel = self._session.project, self.panel
        if project is None or project.read_only or panel is None or not panel.document_id:
            return
        image = panel.thumbnail(THUMBNAIL)
        if image is None or image.isNull():
            return
        try:
            project.set_thumbnail(png_of(image))
        except AtelierError as error:
            log.warning("the thumbnail was not written: %s", error)

"""The window: rail, tabs, work, docks, tray and status line, and what connects them.

It knows panels only by :mod:`desktop.panel`, makes each when its workspace is first shown, and keeps no document
state: when the language or the text size changes, another window takes its place over the same session.
"""

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QWidget

from core.values import AtelierError
from desktop import settings as stored
from desktop import shortcuts, theme
from desktop.docking import Docks, Lent
from desktop.docks.assets import AssetsDock
from desktop.docks.history import HistoryDock
from desktop.docks.jobs import JobsDock
from desktop.docks.make import MakeDock
from desktop.drops import Drops
from desktop.menus import Menus
from desktop.mime import ASSET_MIME, DraggedAsset, asset_from
from desktop.panel import EditCommand, Panel, ViewCommand
from desktop.panels import WORKSPACES, Workspace, workspace
from desktop.project_commands import IMAGE_SUFFIXES, ProjectCommands
from desktop.rail import Rail
from desktop.session import Session
from desktop.statusbar import StatusBar
from desktop.welcome import Welcome
from desktop.widgets.empty import EmptyState
from desktop.work_area import WorkArea

log = logging.getLogger(__name__)

THUMBNAIL = 320


class MainWindow(QMainWindow):
    """The one window. GUI thread."""

    rebuild_wanted = Signal()
    """Language or text size changed: the application puts another window in this one's place."""
    closed = Signal()

    def __init__(
        self, session: Session, workspaces: tuple[Workspace, ...] = WORKSPACES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.panel: Panel | None = None
        """The panel that is in front, None on the welcome page and in an empty project."""
        self._workspaces = workspaces
        self._panels: dict[str, Panel] = {}
        self._kind = ""
        self._replaced = False
        self.setObjectName("atelier")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.files = ProjectCommands(session, self, self.panel_for)
        self.files.open_document = self.open_document
        self._drops = Drops(session, self.files)
        self._build_centre()
        self._build_docks()
        self.rail = Rail(workspaces)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.rail.chosen.connect(self._on_rail)
        self.status = StatusBar(session)
        self.setStatusBar(self.status)
        self.status.jobs_wanted.connect(lambda: self.docks.show_dock("jobs"))
        self.menus = Menus(self)
        self.rail.add_action_button(self.menus.actions["edit.palette"], "search", self.tr("Find"))
        self.rail.add_action_button(self.menus.actions["file.settings"], "settings", self.tr("Settings"))
        for name in ("window.tray", "window.side"):
            self.status.add_toggle(self.menus.actions[name])
        shortcuts.apply(self.menus.all_actions(), session.settings.shortcuts)
        session.project_changed.connect(self._on_project)
        session.project_moved.connect(self._show_title)
        session.documents_changed.connect(self._on_documents)
        session.history_changed.connect(self.menus.update_edit)
        session.notice.connect(self.area.banner.show_notice)
        self._restore_geometry()
        self._on_project()

    # Building

    def _build_centre(self) -> None:
        self.welcome = Welcome(self.session)
        self.welcome.open_wanted.connect(self.open_path)
        self.welcome.forget_wanted.connect(self._forget)
        self.welcome.new_wanted.connect(self.files.new_image)
        self.welcome.browse_wanted.connect(self.files.browse)
        self.welcome.sample_wanted.connect(self.open_sample)
        empty = EmptyState(
            "image-plus",
            self.tr("Nothing is open. Drop a picture here, or start with an empty one."),
            self.tr("New image…"),
            self.files.new_image,
        )
        self.area = WorkArea(self.session, self.welcome, empty)
        self.area.document_chosen.connect(self._show_document)
        self.area.tab_closed.connect(self._on_tab_closed)
        self.area.list_wanted.connect(self._list_documents)
        self.setCentralWidget(self.area)

    def _build_docks(self) -> None:
        select = self.tr("Select a layer to see its properties.")
        self.properties = Lent(EmptyState("sliders-horizontal", select))
        self.structure = Lent(EmptyState("layers", self.tr("The layers of the open document appear here.")))
        self.assets = AssetsDock(self.session)
        self.make = MakeDock(self.session)
        self.docks = Docks(
            self,
            {
                "properties": self.properties,
                "structure": self.structure,
                "assets": self.assets,
                "make": self.make,
                "jobs": JobsDock(self.session),
                "history": HistoryDock(self.session),
            },
        )
        self.assets.place_wanted.connect(lambda asset: self.place_asset(asset, None))
        self.assets.make_wanted.connect(self._change_and_make)
        self._default_layout = self.docks.save()

    def panel_for(self, kind: str) -> Panel:
        """Return the panel of a workspace, made now if it was not shown before."""
        if kind not in self._panels:
            entry = next((w for w in self._workspaces if w.kind == kind), None) or workspace(kind)
            if entry is None:
                raise AtelierError(f"This version of Atelier has no workspace for “{kind}” documents.")
            panel = entry.load()(self.session)
            panel.status_changed.connect(self._show_status)
            panel.selection_changed.connect(self._on_selection)
            panel.make_requested.connect(self._on_make_requested)
            self._panels[kind] = panel
            shortcuts.apply(panel.actions(), self.session.settings.shortcuts)
        return self._panels[kind]

    # What is shown

    def _on_project(self) -> None:
        """Another project is open, or none."""
        self.area.tabs.clear()
        self._show_title()
        project = self.session.project
        if project is None:
            self._close_panels()
            self._show_home()
            return
        for panel in self._panels.values():
            panel.open_document("")
        for entry in project.documents():
            self.area.tabs.open_tab(entry)
        documents = project.documents()
        if documents:
            self.open_document(documents[-1].id)
        else:
            self._show_nothing_open()

    def _on_documents(self) -> None:
        project = self.session.project
        if project is None:
            return
        shown = self.panel.document_id if self.panel is not None else ""
        present = {entry.id for entry in project.documents()}
        self.area.sync_tabs()
        if shown and shown not in present:
            self._show_next_tab()
        self._show_title()

    def open_document(self, document_id: str) -> None:
        """Give a document of the project a tab and show it."""
        project = self.session.project
        entry = next((e for e in project.documents() if e.id == document_id), None) if project else None
        if entry is None:
            return
        self.area.tabs.open_tab(entry)
        index = self.area.tabs.index_of(document_id)
        if self.area.tabs.currentIndex() == index:
            self._show_document(document_id)
        else:
            self.area.tabs.setCurrentIndex(index)

    def _show_document(self, document_id: str) -> None:
        project = self.session.project
        entry = next((e for e in project.documents() if e.id == document_id), None) if project else None
        if entry is None:
            return
        try:
            panel = self.panel_for(entry.kind)
            panel.open_document(document_id)
        except AtelierError as error:
            self.session.report(error)
            return
        self._enter(entry.kind, panel)

    def _enter(self, kind: str, panel: Panel) -> None:
        """Put a panel in front, with its docks as they were left."""
        self.area.show_panel(panel)
        if self._kind != kind:
            self._leave()
            self._kind = kind
            if not self.docks.restore(self.session.settings.windows.get(kind, "")):
                self.docks.restore(self._default_layout)
            self.session.settings.workspace = kind
        if self.panel is not panel:
            self.panel = panel
            self.menus.show_panel(panel, self._workspaces)
            self.properties.show_widget(panel.properties_widget())
            self.structure.show_widget(panel.structure_widget())
            self.make.set_panel(panel)
        self.rail.show_chosen(kind)
        self._on_selection()
        self._show_status()
        self._show_title()
        self.menus.update_project()
        self._show_toggles()

    def _leave(self) -> None:
        """Remember how the docks stood in the workspace that is left."""
        if self._kind:
            self.session.settings.windows[self._kind] = self.docks.save()
        self._kind = ""

    def _show_home(self) -> None:
        self._leave()
        self._front_nothing()
        self.docks.set_all(False)
        self.welcome.refresh()
        self.area.show_welcome()
        self.rail.show_chosen("home")
        self.menus.update_project()

    def _show_nothing_open(self) -> None:
        """A project is open, but no document of it."""
        kind = self._kind or "image"
        if self._kind != kind:
            self._kind = kind
            if not self.docks.restore(self.session.settings.windows.get(kind, "")):
                self.docks.restore(self._default_layout)
        self._front_nothing()
        self.area.show_empty()
        self.rail.show_chosen(kind)
        self.menus.update_project()
        self._show_toggles()

    def _front_nothing(self) -> None:
        self.panel = None
        self.menus.show_panel(None, self._workspaces)
        self.properties.show_widget(None)
        self.structure.show_widget(None)
        self.make.set_panel(None)
        self.status.show_panel("")

    def _show_next_tab(self) -> None:
        document_id = self.area.tabs.id_at(self.area.tabs.currentIndex())
        if document_id:
            self._show_document(document_id)
        else:
            self._show_nothing_open()

    def _on_tab_closed(self, document_id: str) -> None:
        if self.panel is not None:
            self.panel.close_document(document_id)
        self._show_next_tab()

    def _on_rail(self, kind: str) -> None:
        if kind == "home":
            self._save_thumbnail()
            self._show_home()
        elif self.session.project is None:
            self.rail.show_chosen("home")
            self.files.new_image()
        elif self.area.tabs.count():
            self._show_next_tab()
        else:
            self._show_nothing_open()

    def _list_documents(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        project = self.session.project
        shown = set(self.area.tabs.ids())
        for entry in project.documents() if project is not None else ():
            action = menu.addAction(entry.title or self.tr("Untitled"))
            action.setCheckable(True)
            action.setChecked(entry.id in shown)
            action.triggered.connect(lambda _=False, d=entry.id: self.open_document(d))
        menu.addSeparator()
        menu.addAction(self.menus.actions["file.new"])
        menu.popup(at)

    def _show_title(self) -> None:
        project = self.session.project
        self.setWindowTitle(f"{project.title} — Atelier" if project is not None else "Atelier")

    def _show_status(self) -> None:
        self.status.show_panel(self.panel.status() if self.panel is not None else "")

    def _on_selection(self) -> None:
        self.menus.update_edit()

    def _show_toggles(self) -> None:
        self.menus.actions["window.tray"].setChecked(not self.docks.tray_collapsed())
        self.menus.actions["window.side"].setChecked(not self.docks.side_collapsed())

    # Commands

    def undo(self) -> None:
        self._guard(self.session.undo)

    def redo(self) -> None:
        self._guard(self.session.redo)

    def edit(self, command: EditCommand) -> None:
        """Pass an edit command on to the panel."""
        panel = self.panel
        if panel is not None and panel.can_edit(command):
            self._guard(lambda: panel.edit(command))

    def view(self, command: ViewCommand) -> None:
        """Pass a view command on to the panel."""
        if self.panel is not None:
            self.panel.view(command)

    def open_path(self, path: Path) -> None:
        """Open a project or a picture."""
        self.session.spawn(self.files.open_path(path))

    def open_sample(self) -> None:
        """Make the sample campaign."""
        self.session.spawn(self.files.sample())

    def take(self, paths: list[Path]) -> None:
        """Bring in files that came from outside: the command line, another start of the program."""
        self.session.spawn(self._drops.take(paths))

    def place_files(self) -> None:
        """Ask for pictures and put them into the document."""
        panel = self.panel
        if panel is None:
            return
        patterns = " ".join(f"*{s}" for s in IMAGE_SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Place"), "", f"{self.tr('Pictures')} ({patterns});;{self.tr('All files')} (*)"
        )
        if names:
            self.session.spawn(self._drops.take([Path(name) for name in names], panel))

    def place_asset(self, asset: DraggedAsset, at: QPoint | None) -> None:
        """Put an asset of the project into the document."""
        self.session.spawn(self._place_asset(asset, at))

    async def _place_asset(self, asset: DraggedAsset, at: QPoint | None) -> None:
        raster = await self.session.raster_of(asset.hash)
        panel = self.panel
        if panel is None:
            document = self.panel_for("image").document_from(raster, asset.name)
            self.session.commit("Open picture", document)
            self.open_document(document.id)
        else:
            panel.place(raster, asset.name, at)

    def export(self) -> None:
        if self.panel is not None:
            self.panel.export()

    def close_document(self) -> None:
        """Close the tab in front."""
        document_id = self.area.tabs.id_at(self.area.tabs.currentIndex())
        if document_id:
            self.area.close_tab(document_id)

    def close_project(self) -> None:
        """Close the project and show the welcome page."""
        self._save_thumbnail()
        self._leave()
        self.files.close_project()

    def show_make(self) -> None:
        """Bring Make to the front, ready to be told what is wanted."""
        self.docks.show_dock("make")
        self._show_toggles()
        self.make.focus_search()

    def _on_make_requested(self, name: str) -> None:
        self.docks.show_dock("make")
        self.make.show_operation(name)

    def _change_and_make(self, recipe: Any) -> None:
        self.docks.show_dock("make")
        self.make.show_recipe(recipe)

    def toggle_tray(self) -> None:
        """Collapse the tray, or bring it back."""
        self.docks.set_tray(self.docks.tray_collapsed())
        self._show_toggles()

    def toggle_side(self) -> None:
        """Hide the docks at the side, or bring them back."""
        self.docks.set_side(self.docks.side_collapsed())
        self._show_toggles()

    def reset_layout(self) -> None:
        """Put every dock back where it stands at first."""
        self.docks.reset()
        self._show_toggles()

    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def set_appearance(self, appearance: str) -> None:
        """Take the dark or the light theme, at once and for ever."""
        settings = self.session.settings
        settings.appearance = "dark" if appearance == "dark" else "light"
        theme.apply(appearance, settings.text_scale)
        stored.save(settings)

    def open_palette(self) -> None:
        """Find a command by a few letters."""
        from desktop.palette import CommandPalette

        CommandPalette(self).open_at(self)

    def open_settings(self) -> None:
        self._open_settings("general")

    def open_shortcuts(self) -> None:
        self._open_settings("shortcuts")

    def _open_settings(self, page: str) -> None:
        from desktop.preferences import Preferences

        dialog = Preferences(self.session, self.menus.all_actions(), page, self)
        dialog.rebuild_wanted.connect(self.rebuild_wanted, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def open_report(self) -> None:
        from desktop.report import ReportDialog

        ReportDialog(self).open()

    def open_licences(self) -> None:
        from desktop.about import LicencesDialog

        LicencesDialog(self).open()

    def open_about(self) -> None:
        from desktop.about import AboutDialog

        AboutDialog(self).open()

    def _guard(self, act: Any) -> None:
        try:
            act()
        except AtelierError as error:
            self.session.report(error)

    def _forget(self, path: Path) -> None:
        self.session.settings.forget(path)
        stored.save(self.session.settings)

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasUrls() or data.hasFormat(ASSET_MIME):
            event.acceptProposedAction()
            self.welcome.drop.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.welcome.drop.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.welcome.drop.set_hot(False)
        panel, at = self._under(event.position().toPoint())
        asset = asset_from(event.mimeData())
        if asset is not None:
            if panel is not None or self.panel is None:
                self.place_asset(asset, at)
            event.acceptProposedAction()
            return
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.session.spawn(self._drops.take(paths, panel, at))
        elif event.mimeData().hasUrls():
            self.session.say(self.tr("That is not on this computer: save it to a file and drop that."), "warn")

    def _under(self, point: QPoint) -> tuple[Panel | None, QPoint | None]:
        """Return the panel under a point of the window, and the point in its coordinates."""
        panel = self.panel
        if panel is None:
            return None, None
        inside = panel.mapFrom(self, point)
        return (panel, inside) if panel.rect().contains(inside) else (None, None)

    # Coming and going

    def _restore_geometry(self) -> None:
        import base64

        text = self.session.settings.windows.get("geometry", "")
        if text and self.restoreGeometry(QByteArray(base64.b64decode(text))):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableSize() if screen is not None else QSize(1600, 1000)
        self.resize(min(1680, round(room.width() * 0.9)), min(1050, round(room.height() * 0.9)))

    def remember(self) -> None:
        """Note size, place and docks for the next start."""
        import base64

        if self._kind:
            self.session.settings.windows[self._kind] = self.docks.save()
        self.session.settings.windows["geometry"] = base64.b64encode(self.saveGeometry().data()).decode()
        stored.save(self.session.settings)

    def give_way(self) -> dict[str, dict[str, Any]]:
        """Make room for another window over the same session; return how each panel's view stood."""
        self._replaced = True
        self.remember()
        states = {kind: panel.view_state() for kind, panel in self._panels.items()}
        shown = self.panel.document_id if self.panel is not None else ""
        self._close_panels()
        return {**states, "shown": {"document": shown}}

    def take_over(self, states: dict[str, dict[str, Any]]) -> None:
        """Look as the window before did."""
        shown = str(states.pop("shown", {}).get("document", ""))
        if shown:
            self.open_document(shown)
        for kind, state in states.items():
            if kind in self._panels:
                self._panels[kind].restore_view_state(state)

    def _close_panels(self) -> None:
        self.make.set_panel(None)
        for panel in self._panels.values():
            panel.shut_down()
            self.area.stack.removeWidget(panel)
            panel.deleteLater()
        self._panels.clear()
        self.panel = None

    def _save_thumbnail(self) -> None:
        """Give the project a picture of what was worked on last."""
        project, panel = self.session.project, self.panel
        if project is None or project.read_only or panel is None or not panel.document_id:
            return
        image = panel.thumbnail(THUMBNAIL)
        if image is None or image.isNull():
            return
        try:
            project.set_thumbnail(png_of(image))
        except AtelierError as error:
            log.warning("the thumbnail was not written: %s", error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: everything is saved."""
        if self._replaced:
            return
        self.remember()
        self._save_thumbnail()
        self._close_panels()
        self.files.close_project()
        self.closed.emit()


def png_of(image: QImage) -> bytes:
    """Return ``image`` as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(data.data())

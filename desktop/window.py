"""The window: rail, tabs, work, docks, tray and status line, and what connects them.

It knows panels only by :mod:`desktop.panel` and keeps no document state: when the language or the text size changes,
another window takes its place over the same session.
"""

import base64
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop import settings as stored
from desktop import shortcuts
from desktop.commands import Commands
from desktop.docking import Docks, Lent
from desktop.docks.actions import ActionsDock
from desktop.docks.assets import AssetsDock
from desktop.docks.elements import ElementsDock
from desktop.docks.history import HistoryDock
from desktop.docks.jobs import JobsDock
from desktop.docks.make import MakeDock
from desktop.drops import Drops
from desktop.menus import Menus
from desktop.mime import ASSET_MIME, ELEMENT_MIME, asset_from, element_from
from desktop.panel import Panel
from desktop.panels import WORKSPACES, Workspace
from desktop.project_commands import ProjectCommands
from desktop.rail import Rail
from desktop.session import Session
from desktop.stage import Stage
from desktop.statusbar import StatusBar
from desktop.welcome import Welcome
from desktop.widgets.empty import EmptyState
from desktop.work_area import WorkArea


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
        self.workspaces = workspaces
        self._shown: Panel | None = None
        self._replaced = False
        self._closing = False
        self.setObjectName("atelier")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.files = ProjectCommands(session, self)
        self.drops = Drops(session, self.files)
        self.commands = Commands(self)
        self._build_centre()
        self._build_docks()
        self.stage = Stage(session, self.area, self.docks, workspaces, self)
        self.files.use_stage(self.stage)
        self._build_edges()
        self._connect()
        self._restore_geometry()
        self.stage.show_project()

    # Building

    def _build_centre(self) -> None:
        self.welcome = Welcome(self.session)
        self.welcome.open_wanted.connect(lambda path: self.session.spawn(self.files.open_path(path)))
        self.welcome.forget_wanted.connect(self._forget)
        self.welcome.new_wanted.connect(self.files.new_image)
        self.welcome.browse_wanted.connect(self.files.browse)
        self.welcome.sample_wanted.connect(self.commands.open_sample)
        empty = EmptyState(
            "image-plus",
            self.tr("Nothing is open. Drop a picture here, or start with an empty one."),
            self.tr("New image…"),
            self.files.new_image,
        )
        self.area = WorkArea(self.session, self.welcome, empty)
        self.setCentralWidget(self.area)

    def _build_docks(self) -> None:
        select = self.tr("Select a layer to see its properties.")
        self.properties = Lent(EmptyState("sliders-horizontal", select))
        self.structure = Lent(EmptyState("layers", self.tr("The layers of the open document appear here.")))
        info = self.tr("The colours of the open picture appear here.")
        guidance = self.tr("What can be said of the open picture appears here.")
        self.beside = {
            "info": Lent(EmptyState("info", info)),
            "guidance": Lent(EmptyState("circle-help", guidance)),
        }
        self.assets = AssetsDock(self.session)
        self.elements = ElementsDock(self.session)
        self.make = MakeDock(self.session)
        self.recorded = ActionsDock(self.session)
        self.docks = Docks(
            self,
            {
                "properties": self.properties,
                **self.beside,
                "structure": self.structure,
                "assets": self.assets,
                "elements": self.elements,
                "make": self.make,
                "actions": self.recorded,
                "jobs": JobsDock(self.session),
                "history": HistoryDock(self.session),
            },
        )
        self.assets.place_wanted.connect(self.commands.place_asset)
        self.elements.place_wanted.connect(self.commands.place_element)
        self.assets.make_wanted.connect(self.commands.show_recipe)
        self.recorded.results_wanted.connect(lambda: self.docks.show_dock("make"))
        self.session.actions.saved.connect(lambda _: self.docks.show_dock("actions"))
        self.assets.batch_started.connect(self.recorded.play.watch)

    def _build_edges(self) -> None:
        self.rail = Rail(self.workspaces)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.status = StatusBar(self.session)
        self.setStatusBar(self.status)
        self.menus = Menus(self)
        self.rail.add_action_button(self.menus.actions["edit.palette"], "search", self.tr("Find"))
        self.rail.add_action_button(self.menus.actions["file.settings"], "settings", self.tr("Settings"))
        for name in ("window.tray", "window.side"):
            self.status.add_toggle(self.menus.actions[name])
        shortcuts.apply(self.menus.all_actions(), self.session.settings.shortcuts)

    def _connect(self) -> None:
        session, stage = self.session, self.stage
        self.rail.chosen.connect(self.commands.go)
        self.status.jobs_wanted.connect(lambda: self.docks.show_dock("jobs"))
        stage.changed.connect(self._on_stage)
        stage.status_changed.connect(self._show_status)
        stage.selection_changed.connect(self.menus.update_edit)
        stage.make_requested.connect(self.commands.show_operation)
        session.project_changed.connect(stage.show_project)
        session.project_moved.connect(self._show_title)
        session.documents_changed.connect(stage.follow_documents)
        session.history_changed.connect(self.menus.update_edit)
        session.notice.connect(self.area.banner.show_notice)

    # What is shown

    def _on_stage(self) -> None:
        """Another panel or document is in front: everything around it follows."""
        panel = self.stage.panel
        if panel is not self._shown or panel is None:
            self._shown = panel
            self.menus.show_panel(panel, self.workspaces)
            self.properties.show_widget(panel.properties_widget() if panel is not None else None)
            self.structure.show_widget(panel.structure_widget() if panel is not None else None)
            lent = panel.side_widgets() if panel is not None else {}
            for name, place in self.beside.items():
                place.show_widget(lent.get(name))
            self.make.set_panel(panel)
            self.recorded.set_panel(panel)
        if not self.stage.kind and not self._closing:
            self.welcome.refresh()
        self.rail.show_chosen(self.stage.kind or "home")
        self.menus.update_project()
        self._show_status()
        self._show_title()
        self.show_toggles()

    def _show_title(self) -> None:
        project = self.session.project
        self.setWindowTitle(f"{project.title} — Atelier" if project is not None else "Atelier")

    def _show_status(self) -> None:
        self.status.show_panel(self.stage.panel.status() if self.stage.panel is not None else "")

    def show_toggles(self) -> None:
        """Say in the menus and the status line what is folded away."""
        self.menus.actions["window.tray"].setChecked(not self.docks.tray_collapsed())
        self.menus.actions["window.side"].setChecked(not self.docks.side_collapsed())

    def take(self, paths: list[Path]) -> None:
        """Bring in files that came from outside: the command line, another start of the program."""
        self.session.spawn(self.drops.take(paths))

    def _forget(self, path: Path) -> None:
        self.session.settings.forget(path)
        stored.save(self.session.settings)

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasUrls() or data.hasFormat(ASSET_MIME) or data.hasFormat(ELEMENT_MIME):
            event.acceptProposedAction()
            self.welcome.drop.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.welcome.drop.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.welcome.drop.set_hot(False)
        panel, at = self._under(event.position().toPoint())
        asset = asset_from(event.mimeData())
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        element = element_from(event.mimeData())
        if element is not None:
            event.acceptProposedAction()
            self.commands.place_element(element, at)
        elif asset is not None:
            event.acceptProposedAction()
            if panel is not None or self.stage.panel is None:
                self.commands.place_asset(asset, at)
        elif paths:
            event.acceptProposedAction()
            self.session.spawn(self.drops.take(paths, panel, at))
        elif event.mimeData().hasUrls():
            self.session.say(self.tr("That is not on this computer: save it to a file and drop that."), "warn")

    def _under(self, point: QPoint) -> tuple[Panel | None, QPoint | None]:
        """Return the panel under a point of the window, and the point in its coordinates."""
        panel = self.stage.panel
        if panel is None:
            return None, None
        inside = panel.mapFrom(self, point)
        return (panel, inside) if panel.rect().contains(inside) else (None, None)

    # Coming and going

    def _restore_geometry(self) -> None:
        text = self.session.settings.windows.get("geometry", "")
        if text and self.restoreGeometry(QByteArray.fromBase64(text.encode())):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableSize() if screen is not None else QSize(1600, 1000)
        self.resize(min(1680, round(room.width() * 0.9)), min(1050, round(room.height() * 0.9)))

    def remember(self) -> None:
        """Note size, place and docks for the next start."""
        settings = self.session.settings
        if self.stage.kind:
            settings.windows[self.stage.kind] = self.docks.save()
        settings.windows["geometry"] = base64.b64encode(self.saveGeometry().data()).decode()
        stored.save(settings)

    def give_way(self) -> dict[str, dict[str, Any]]:
        """Make room for another window over the same session; return what :meth:`take_over` needs."""
        self._replaced = True
        self.remember()
        states = self.stage.view_states()
        self._let_go()
        return states

    def take_over(self, states: dict[str, dict[str, Any]]) -> None:
        """Look as the window before did."""
        self.stage.restore_view_states(states)

    def _let_go(self) -> None:
        self.elements.shut_down()
        self.make.set_panel(None)
        self.recorded.set_panel(None)
        self.menus.show_panel(None, self.workspaces)
        self.stage.close_panels()
        self._shown = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: everything is saved."""
        if self._replaced:
            return
        self._closing = True
        self.remember()
        self.stage.save_thumbnail()
        self._let_go()
        self.files.close_project()
        self.closed.emit()

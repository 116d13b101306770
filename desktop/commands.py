"""What the menus, the rail and the command palette ask of the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from core.documents.base import Document
from core.operations.recipe import Recipe
from core.project.media import LAYERED_TYPES
from core.values import AtelierError
from desktop import settings as stored
from desktop import theme
from desktop.mime import DraggedAsset, DraggedElement
from desktop.panel import EditCommand, ViewCommand
from desktop.project_commands import IMAGE_SUFFIXES

if TYPE_CHECKING:
    from desktop.window import MainWindow


class Commands(QObject):
    """Commands on the document in front and on the window itself; those on projects are in ``ProjectCommands``."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    # The document

    def undo(self) -> None:
        """Step back, whichever document it was."""
        self._guard(self._session.undo)

    def redo(self) -> None:
        """Step forward again."""
        self._guard(self._session.redo)

    def edit(self, command: EditCommand) -> None:
        """Pass an edit command on to the panel."""
        panel = self._window.stage.panel
        if panel is not None and panel.can_edit(command):
            self._guard(lambda: panel.edit(command))

    def view(self, command: ViewCommand) -> None:
        """Pass a view command on to the panel."""
        panel = self._window.stage.panel
        if panel is not None:
            panel.view(command)

    def export(self) -> None:
        """Let the panel write what it shows to a file."""
        panel = self._window.stage.panel
        if panel is not None:
            self._guard(panel.export)

    def place_files(self) -> None:
        """Ask for pictures and put them into the document."""
        panel = self._window.stage.panel
        if panel is None:
            return
        patterns = " ".join(f"*{s}" for s in IMAGE_SUFFIXES)
        filters = f"{self.tr('Pictures')} ({patterns});;{self.tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Place"), "", filters)
        if names:
            self._session.spawn(self._window.drops.take([Path(name) for name in names], panel))

    def place_asset(self, asset: DraggedAsset, at: QPoint | None = None) -> None:
        """Put an asset of the project into the document."""
        self._session.spawn(self._place_asset(asset, at))

    async def _place_asset(self, asset: DraggedAsset, at: QPoint | None) -> None:
        picture = asset.media_type.endswith("raster") or asset.media_type in LAYERED_TYPES
        kind = "image" if picture else asset.media_type.partition("/")[0]
        if kind != "image":
            raise AtelierError("“{name}” is no picture, so it cannot be placed in this document.", name=asset.name)
        stage = self._window.stage
        if stage.panel is not None:
            stage.panel.place(await self._session.raster_of(asset.hash, into=stage.panel.profile()), asset.name, at)
            return
        found = await self._session.picture_of(asset.hash)
        document = found if isinstance(found, Document) else stage.panel_for("image").document_from(found, asset.name)
        self._session.commit("Open picture", document)
        stage.open_document(document.id)

    def place_element(self, element: DraggedElement, at: QPoint | None = None) -> None:
        """Put an element of the library into the document."""
        panel = self._window.stage.panel

        def act() -> None:
            if panel is None or not panel.place_element(element, at):
                raise AtelierError("Elements are placed in pictures: open one, or start with a new one.")

        self._guard(act)

    def close_document(self) -> None:
        """Close the tab in front."""
        tabs = self._window.area.tabs
        document_id = tabs.id_at(tabs.currentIndex())
        if document_id:
            self._window.area.close_tab(document_id)

    def close_project(self) -> None:
        """Close the project and show the welcome page."""
        self._window.stage.save_thumbnail()
        self._window.stage.leave()
        self._window.files.close_project()

    def open_sample(self) -> None:
        """Make the sample campaign."""
        self._session.spawn(self._window.files.sample())

    # The window

    def go(self, kind: str) -> None:
        """Go to a workspace, or ``home``."""
        window = self._window
        if kind == "home":
            window.stage.save_thumbnail()
            window.stage.show_home()
        elif self._session.project is None:
            window.rail.show_chosen("home")
            window.files.new_image()
        else:
            window.stage.show_tab()

    def show_make(self) -> None:
        """Bring Make to the front, ready to be told what is wanted."""
        self._window.docks.show_dock("make")
        self._window.show_toggles()
        self._window.make.focus_search()

    def show_operation(self, name: str) -> None:
        """Bring Make to the front with the form of an operation."""
        self._window.docks.show_dock("make")
        self._window.show_toggles()
        self._window.make.show_operation(name)

    def show_recipe(self, recipe: Recipe) -> None:
        """Bring Make to the front with what was set in a recipe."""
        self._window.docks.show_dock("make")
        self._window.show_toggles()
        self._window.make.show_recipe(recipe)

    def toggle_tray(self) -> None:
        """Collapse the tray, or bring it back."""
        self._window.docks.set_tray(self._window.docks.tray_collapsed())
        self._window.show_toggles()

    def toggle_side(self) -> None:
        """Hide the docks at the side, or bring them back."""
        self._window.docks.set_side(self._window.docks.side_collapsed())
        self._window.show_toggles()

    def reset_layout(self) -> None:
        """Put every dock back where it stands at first."""
        self._window.docks.reset()
        self._window.show_toggles()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it again."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def set_appearance(self, appearance: str) -> None:
        """Take the dark or the light theme, at once and for ever."""
        settings = self._session.settings
        settings.appearance = "dark" if appearance == "dark" else "light"
        theme.apply(appearance, settings.text_scale)
        stored.save(settings)

    # Dialogs

    def open_palette(self) -> None:
        """Find a command by a few letters."""
        from desktop.palette import CommandPalette

        CommandPalette(self._window).open_at(self._window)

    def open_settings(self, page: str = "general") -> None:
        """Show the settings; ``page`` is ``general`` or ``shortcuts``."""
        from desktop.preferences import Preferences

        window = self._window
        dialog = Preferences(self._session, window.menus.all_actions(), page, window)
        # Queued: the dialog belongs to the window that is about to be replaced.
        dialog.rebuild_wanted.connect(window.rebuild_wanted, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def open_report(self) -> None:
        """Show what a problem report would hold."""
        from desktop.report import ReportDialog

        ReportDialog(self._window).open()

    def open_licences(self) -> None:
        """Show the licences of what is shipped."""
        from desktop.about import LicencesDialog

        LicencesDialog(self._window).open()

    def open_about(self) -> None:
        """Show name, version and licence."""
        from desktop.about import AboutDialog

        AboutDialog(self._window).open()

    def _guard(self, act: Callable[[], object]) -> None:
        try:
            act()
        except AtelierError as error:
            self._session.report(error)

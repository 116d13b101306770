"""The menu bar: every command of the window, and those that the panel in front lends it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.actions import GROUP, MENU, make_action
from desktop.i18n import history_label, word
from desktop.panel import EditCommand, Panel, ViewCommand
from desktop.panels import Workspace

if TYPE_CHECKING:
    from desktop.window import MainWindow


class Menus(QObject):
    """Builds the menus of ``window`` and keeps them true."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._panel_menus: list[QMenu] = []
        self._panel_view: list[QAction] = []
        self._edit: dict[EditCommand, QAction] = {}
        self._build()

    # The window's own commands

    def _build(self) -> None:
        window, commands, files = self._window, self._window.commands, self._window.files
        bar = window.menuBar()
        self.file = bar.addMenu(self.tr("&File"))
        self._fill(
            self.file,
            self._make("file.new", self.tr("New &image…"), files.new_image, "Ctrl+N", "file-plus"),
            self._make("file.new-project", self.tr("New &project"), files.new_project, "Ctrl+Alt+N"),
            self._make("file.open", self.tr("&Open…"), files.browse, "Ctrl+O", "folder-open"),
        )
        self.recent = self.file.addMenu(self.tr("Open &recent"))
        self.recent.aboutToShow.connect(self._fill_recent)
        self._fill(
            self.file,
            self._make("file.sample", self.tr("&Sample project"), commands.open_sample, "", "sparkles"),
            None,
            self._make("file.save-as", self.tr("Save project &as…"), files.save_as, "Ctrl+Shift+S", "save"),
            self._make("file.save-copy", self.tr("Save a &copy…"), files.save_copy, "Ctrl+Alt+S"),
            None,
            self._make("file.place", self.tr("P&lace…"), commands.place_files, "Ctrl+Shift+P", "image-plus"),
            self._make("file.export", self.tr("&Export…"), commands.export, "Ctrl+Shift+E", "upload"),
            None,
            self._make("file.close-document", self.tr("Close &tab"), commands.close_document, "Ctrl+W"),
            self._make("file.close", self.tr("Close pro&ject"), commands.close_project, "Ctrl+Shift+W"),
            None,
            self._make("file.settings", self.tr("Se&ttings…"), commands.open_settings, "Ctrl+,", "settings"),
            self._make("file.quit", self.tr("&Quit"), window.close, "Ctrl+Q"),
        )
        self.actions["file.settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self.actions["file.quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._build_edit()
        self._after_edit = bar.addMenu(self.tr("&View"))
        self._build_view()
        self._build_window()
        self._build_help()

    def _build_edit(self) -> None:
        window, commands = self._window, self._window.commands
        menu = window.menuBar().addMenu(self.tr("&Edit"))
        menu.aboutToShow.connect(self.update_edit)
        table = (
            (EditCommand.CUT, self.tr("Cu&t"), "Ctrl+X", "scissors"),
            (EditCommand.COPY, self.tr("&Copy"), "Ctrl+C", "copy"),
            (EditCommand.PASTE, self.tr("&Paste"), "Ctrl+V", "clipboard"),
            (EditCommand.DUPLICATE, self.tr("D&uplicate"), "Ctrl+J", ""),
            (EditCommand.DELETE, self.tr("&Delete"), "Del", "trash-2"),
            (EditCommand.SELECT_ALL, self.tr("Select &all"), "Ctrl+A", ""),
            (EditCommand.DESELECT, self.tr("Dese&lect"), "Ctrl+Shift+A", ""),
        )
        self._fill(
            menu,
            self._make("edit.undo", self.tr("&Undo"), commands.undo, "Ctrl+Z", "undo-2"),
            self._make("edit.redo", self.tr("&Redo"), commands.redo, "Ctrl+Shift+Z; Ctrl+Y", "redo-2"),
            None,
        )
        for command, text, keys, icon in table:
            action = self._make(f"edit.{command}", text, self._editor(command), keys, icon)
            self._edit[command] = action
            if command is EditCommand.SELECT_ALL:
                menu.addSeparator()
            menu.addAction(action)
        self._fill(
            menu,
            None,
            self._make("edit.palette", self.tr("Find a command…"), commands.open_palette, "Ctrl+K", "search"),
        )

    def _build_view(self) -> None:
        commands = self._window.commands
        table = (
            (ViewCommand.ZOOM_IN, self.tr("Zoom &in"), "Ctrl+=; Ctrl++", "zoom-in"),
            (ViewCommand.ZOOM_OUT, self.tr("Zoom &out"), "Ctrl+-", "zoom-out"),
            (ViewCommand.FIT, self.tr("&Fit in window"), "Ctrl+0", "maximize"),
            (ViewCommand.ACTUAL_SIZE, self.tr("&Actual size"), "Ctrl+1", ""),
        )
        for command, text, keys, icon in table:
            self._after_edit.addAction(self._make(f"view.{command}", text, self._viewer(command), keys, icon))
        self._view_end = self._after_edit.addSeparator()
        self._fill(
            self._after_edit,
            self._make("view.dark", self.tr("&Dark theme"), lambda: commands.set_appearance("dark"), "", "moon"),
            self._make("view.light", self.tr("&Light theme"), lambda: commands.set_appearance("light"), "", "sun"),
            None,
            self._make("view.full-screen", self.tr("Full &screen"), commands.toggle_full_screen, "F11", "expand"),
        )

    def _build_window(self) -> None:
        window, commands = self._window, self._window.commands
        menu = window.menuBar().addMenu(self.tr("&Window"))
        tray = self._make("window.tray", self.tr("&Tray"), commands.toggle_tray, "F6", "panel-bottom")
        side = self._make("window.side", self.tr("&Side panels"), commands.toggle_side, "F7", "panel-right")
        for action in (tray, side):
            action.setCheckable(True)
            action.setChecked(True)
        self._fill(menu, tray, side, None)
        for action in window.docks.toggle_actions():
            self.actions[action.objectName()] = action
            window.addAction(action)
            menu.addAction(action)
        self._fill(
            menu,
            None,
            self._make("window.make", self.tr("Show &Make"), commands.show_make, "Ctrl+M", "sparkles"),
            self._make("window.reset", self.tr("&Reset layout"), commands.reset_layout, ""),
        )

    def _build_help(self) -> None:
        window, commands = self._window, self._window.commands
        menu = window.menuBar().addMenu(self.tr("&Help"))
        self._fill(
            menu,
            self._make(
                "help.keys",
                self.tr("&Keyboard shortcuts"),
                lambda: commands.open_settings("shortcuts"),
                "F1",
                "keyboard",
            ),
            self._make("help.report", self.tr("&Report a problem…"), commands.open_report, "", "bug"),
            None,
            self._make("help.licences", self.tr("&Licences"), commands.open_licences, ""),
            self._make("help.about", self.tr("&About Atelier"), commands.open_about, "", "info"),
        )
        self.actions["help.about"].setMenuRole(QAction.MenuRole.AboutRole)

    def _make(self, action_id: str, text: str, act: Callable[[], object], keys: str = "", icon: str = "") -> QAction:
        action = make_action(self._window, action_id, text, act, shortcut=keys, icon=icon)
        action.setIconVisibleInMenu(bool(icon))
        self.actions[action_id] = action
        return action

    def _fill(self, menu: QMenu, *actions: QAction | None) -> None:
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    def _editor(self, command: EditCommand) -> Callable[[], None]:
        return lambda: self._window.commands.edit(command)

    def _viewer(self, command: ViewCommand) -> Callable[[], None]:
        return lambda: self._window.commands.view(command)

    # What changes

    def show_panel(self, panel: Panel | None, workspaces: Sequence[Workspace]) -> None:
        """Give the panel in front its menus, between View and Window."""
        bar = self._window.menuBar()
        for menu in self._panel_menus:
            bar.removeAction(menu.menuAction())
            menu.deleteLater()
        self._panel_menus.clear()
        for action in self._panel_view:
            self._after_edit.removeAction(action)
        self._panel_view.clear()
        if panel is None:
            return
        titles = {entry.kind: word("workspaces", entry.menu) for entry in workspaces}
        titles |= {"layer": self.tr("&Layer"), "select": self.tr("&Select"), "filter": self.tr("Fil&ter")}
        menus: dict[str, QMenu] = {}
        groups: dict[str, str] = {}
        inside = self._submenus()
        for action in panel.actions():
            name, group = str(action.property(MENU) or ""), str(action.property(GROUP) or "")
            if name == "view":
                if groups.get(name) != group:
                    self._panel_view.append(self._after_edit.insertSeparator(self._view_end))
                groups[name] = group
                self._after_edit.insertAction(self._view_end, action)
                self._panel_view.append(action)
                continue
            if not name:
                continue
            if name not in menus:
                menus[name] = QMenu(titles.get(name, name.capitalize()), self._window)
                bar.insertMenu(self._after_edit.menuAction(), menus[name])
                self._panel_menus.append(menus[name])
            elif groups.get(name) != group:
                menus[name].addSeparator()
            groups[name] = group
            title = inside.get((name, group))
            if title is None:
                menus[name].addAction(action)
                continue
            if title not in menus:
                menus[title] = menus[name].addMenu(title)
            elif groups.get(title) != group:
                menus[title].addSeparator()
            groups[title] = group
            menus[title].addAction(action)

    def _submenus(self) -> dict[tuple[str, str], str]:
        """Return the titles of the groups of a panel's menu that are menus of their own; equal titles are one menu."""
        effects, shapes, masks = self.tr("&Effects"), self.tr("&Shapes"), self.tr("&Masks")
        smart, arrange, transform = self.tr("Smart &layer"), self.tr("&Arrange"), self.tr("&Transform")
        return {
            ("image", "adjust"): self.tr("&Adjustments"),
            ("layer", "effect"): effects,
            ("layer", "combine"): shapes,
            ("layer", "svg"): shapes,
            ("layer", "mask"): masks,
            ("layer", "vector-mask"): masks,
            ("layer", "smart"): smart,
            ("layer", "artboard"): self.tr("Art&boards"),
            ("layer", "order"): arrange,
            ("layer", "shape"): transform,
            ("layer", "transform"): transform,
        }

    def update_edit(self) -> None:
        """Say what undo and redo would do, and enable what the panel can do."""
        project = self._window.session.project
        for action_id, label, text, with_label in (
            ("edit.undo", project.undo_label if project else None, self.tr("&Undo"), self.tr("&Undo: {label}")),
            ("edit.redo", project.redo_label if project else None, self.tr("&Redo"), self.tr("&Redo: {label}")),
        ):
            action = self.actions[action_id]
            action.setEnabled(label is not None)
            action.setText(with_label.format(label=history_label(label).replace("&", "&&")) if label else text)
        panel = self._window.stage.panel
        for command, action in self._edit.items():
            action.setEnabled(panel is not None and panel.can_edit(command))

    def update_project(self) -> None:
        """Enable what needs a project or a document only when there is one."""
        has_project = self._window.session.project is not None
        has_document = self._window.stage.panel is not None
        for name in ("file.save-as", "file.save-copy", "file.close"):
            self.actions[name].setEnabled(has_project)
        names = ("file.place", "file.export", "file.close-document", "window.tray", "window.side", "window.make")
        for name in (*names, *(f"view.{command}" for command in ViewCommand)):
            self.actions[name].setEnabled(has_document or (has_project and name.startswith("window.")))
        self.update_edit()

    def all_actions(self) -> list[QAction]:
        """Return every command there is now, the panel's included, each once."""
        found = list(self.actions.values())
        if self._window.stage.panel is not None:
            found += [action for action in self._window.stage.panel.actions() if action.objectName()]
        return found

    def _open(self, path: Path) -> None:
        self._window.session.spawn(self._window.files.open_path(path))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for text in self._window.session.settings.recent:
            path = Path(text)
            if path.exists():
                action = self.recent.addAction(path.stem)
                action.setToolTip(text)
                action.triggered.connect(lambda _=False, p=path: self._open(p))
        if self.recent.isEmpty():
            self.recent.addAction(self.tr("Nothing yet")).setEnabled(False)

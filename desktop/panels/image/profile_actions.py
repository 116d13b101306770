"""The Image menu's commands for what the picture's colours mean, and the View menu's for the monitor's."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu

from core.values import AtelierError
from desktop.actions import GROUP, MENU, make_action
from desktop.panels.image.action_set import ActionSet
from desktop.panels.image.profile_dialog import ProfileDialog

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


class ProfileActions(ActionSet):
    """Makes the actions once and keeps their state true."""

    menu = "image"

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self.dialog: ProfileDialog | None = None
        self._add("image.assign-profile", panel.tr("Assign profile…"), lambda: self.ask(convert=False), group="profile")
        self._add(
            "image.convert-profile", panel.tr("Convert to profile…"), lambda: self.ask(convert=True), group="profile"
        )
        self.monitor = QMenu(panel.tr("Monitor profile"), panel)
        self._monitors = QActionGroup(panel)
        self.plain = self._monitor("srgb", panel.tr("sRGB"), self.forget_monitor)
        self.own = self._monitor("own", panel.tr("From a file…"), self.ask_monitor)
        entry = self.monitor.menuAction()
        entry.setObjectName("")
        entry.setProperty(MENU, "view")
        entry.setProperty(GROUP, "look")
        panel.addAction(entry)
        self._follow_monitor()

    def _monitor(self, name: str, text: str, run: object) -> QAction:
        action = make_action(self.panel, f"view.monitor-{name}", text, run, checkable=True)  # type: ignore[arg-type]
        self.monitor.addAction(action)
        return self._monitors.addAction(action)

    def ask(self, *, convert: bool) -> None:
        """Ask for the picture's profile; one dialog at a time."""
        if self.panel.editor.document is not None:
            if self.dialog is not None:
                self.dialog.reject()
            self.dialog = ProfileDialog(self.panel.editor, convert=convert, parent=self.panel.window())
            self.dialog.finished.connect(self._forget_dialog)
            self.dialog.show()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def ask_monitor(self) -> None:
        """Ask for the profile of the monitor."""
        panel = self.panel
        path, _ = QFileDialog.getOpenFileName(
            panel, panel.tr("Profile of the monitor"), "", panel.tr("ICC profiles (*.icc *.icm)")
        )
        if path:
            try:
                panel.editor.colours.use_monitor(path)
            except AtelierError as error:
                panel.session.report(error)
        self._follow_monitor()

    def forget_monitor(self) -> None:
        """Show colours on a monitor that shows sRGB."""
        self.panel.editor.colours.use_monitor("")
        self._follow_monitor()

    def _follow_monitor(self) -> None:
        path = self.panel.session.settings.monitor_profile
        self.plain.setChecked(not path)
        self.own.setChecked(bool(path))
        self.own.setText(
            self.panel.tr("From a file: {name}…").format(name=Path(path).stem)
            if path
            else self.panel.tr("From a file…")
        )

    def follow(self) -> None:
        """Enable what can be done now."""
        for action in self.by_id.values():
            action.setEnabled(self.panel.editor.document is not None)

"""The line at the foot of the window: offline, the core, saved or not, and what the panel says of the work."""

import contextlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from desktop import icons, theme
from desktop.i18n import said
from desktop.session import Session


class StatusBar(QStatusBar):
    """Quiet facts; a click on the core's state opens the jobs."""

    jobs_wanted = Signal()
    _published = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        body = QWidget()
        body.setMinimumHeight(theme.px(26))
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(12, 0, 8, 0)
        self._row.setSpacing(16)
        offline = _Fact("shield-check", self.tr("Offline"))
        offline.setToolTip(self.tr("Everything runs on this computer. Atelier never opens a network connection."))
        self.core = _Fact("cpu", "")
        self.core.clicked.connect(self.jobs_wanted)
        self.saved = _Fact("save", "")
        for fact in (offline, self.core, self.saved):
            self._row.addWidget(fact)
        self._row.addStretch(1)
        self.panel = QLabel()
        self.panel.setFont(theme.ui_font(11))
        self.panel.setAccessibleName(self.tr("Document"))
        self._row.addWidget(self.panel)
        self.addWidget(body, 1)
        session.core.state_changed.connect(self.show_core)
        self._unfollow: Callable[[], None] | None = None
        self._published.connect(self.show_saved)
        session.project_changed.connect(self._follow)
        session.history_changed.connect(self.show_saved)
        self.show_core(session.core.state)
        self._follow()

    def add_toggle(self, action: QAction) -> None:
        """Put a small button for ``action`` at the right end."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setProperty("role", "quiet")
        button.setIconSize(QSize(theme.px(16), theme.px(16)))
        button.setAccessibleName(action.text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.setSpacing(theme.px(12))
        self._row.addWidget(button)

    def show_panel(self, text: str) -> None:
        """Show what the panel says of the work."""
        self.panel.setText(text)

    def show_core(self, state: Any) -> None:
        """Show what the core process is up to; ``state`` is its ``CoreState``."""
        words = {
            "stopped": self.tr("Core: not started"),
            "starting": self.tr("Core: starting"),
            "idle": self.tr("Core: idle"),
            "busy": self.tr("Core: working"),
            "silent": self.tr("Core: not answering"),
            "failed": self.tr("Core: could not start"),
        }
        activity = str(state.activity)
        text = words.get(activity, activity)
        waiting = state.running + state.waiting
        if activity == "busy" and waiting > 1:
            text = self.tr("Core: working, {count} jobs").format(count=waiting)
        if state.device:
            text += f" · {device_text(said(state.device), state.memory_used, state.memory_total)}"
        self.core.set_fact(text, "warn" if activity in ("silent", "failed") else "muted")
        self.core.setToolTip(said(state.message) or self.tr("What the core process is doing. Click to see the jobs."))

    def _follow(self) -> None:
        """Show how far another project is published from now on."""
        if self._unfollow is not None:
            self._unfollow()
        project = self._session.project
        # It is published on a thread of its own; a signal brings the news to this one.
        self._unfollow = None if project is None else project.subscribe_publication(self._on_publication)
        self.show_saved()

    def _on_publication(self, _: object) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone already
            self._published.emit()

    def show_saved(self) -> None:
        """Show whether what is seen is in the file: it always is, unless the file cannot be written.

        In a folder that cannot be worked in it is in the working copy at once, and in the file a little later.
        """
        project = self._session.project
        self.saved.setVisible(project is not None)
        if project is None:
            return
        state = project.publication
        if project.read_only:
            self.saved.set_fact(self.tr("Read-only"), "warn")
        elif state is not None and not state.published:
            self.saved.set_fact(
                self.tr("Saved here; not yet in the shared folder"), "warn" if state.notice else "muted"
            )
        else:
            self.saved.set_fact(self.tr("Saved"), "muted")
        notice = said(state.notice) if state is not None else ""
        self.saved.setToolTip(f"{project.path}\n{notice}" if notice else str(project.path))


def device_text(device: str, used: int, total: int) -> str:
    """Return ``RTX 4090 6.1/24 GB`` for a device and its memory in bytes."""
    if not total:
        return device
    return f"{device} {used / 2**30:.1f}/{total / 2**30:.0f} GB"


class _Fact(QToolButton):
    """An icon and a few words."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self._icon = icon
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_fact(text, "muted")

    def set_fact(self, text: str, token: str) -> None:
        """Show other words, in the colour of ``token``."""
        if text != self.text() or self.property("atelierIconToken") != token:
            icons.set_icon(self, self._icon, token)
            self.setText(text)
            self.setAccessibleName(text)

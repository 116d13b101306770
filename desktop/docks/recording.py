"""The foot of *Make*: a button that records what is kept as an action, and how much was recorded so far."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.values import Message
from desktop import icons
from desktop.i18n import said
from desktop.session import Session


class RecordRow(QWidget):
    """Starts and stops recording."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.button = QPushButton()
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(self.tr("Every result that is kept becomes a step of the action"))
        self.button.clicked.connect(self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self.button, 1)
        session.actions.recording_changed.connect(self._follow)
        session.actions.refused.connect(self._refused)
        self._follow()

    def _toggle(self) -> None:
        shelf = self._session.actions
        if shelf.recording is None:
            shelf.start()
        elif shelf.stop() is None:
            self._session.say(self.tr("Nothing was kept while recording, so there is no action."), "info")

    def _follow(self) -> None:
        recording = self._session.actions.recording
        on = recording is not None
        count = len(recording.steps) if recording is not None else 0
        self.button.setText(self.tr("Stop recording ({n})").format(n=count) if on else self.tr("Record an action"))
        self.button.setChecked(on)
        icons.set_icon(self.button, "circle-stop" if on else "circle", "danger" if on else "text")

    def _refused(self, why: Message) -> None:
        self._session.say(self.tr("Not recorded. {why}").format(why=said(why)), "warn")

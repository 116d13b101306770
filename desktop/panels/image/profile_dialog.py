"""Asks for the profile of the picture that is shown: to be assigned to its numbers, or for these to be converted to."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.documents.image import ImageDocument
from core.engine.jobs import JobCancelled
from core.operations.image_colour import IntentKind
from core.raster.icc import MAX_BYTES, PROFILE_TYPE, SPACES, read_profile, shipped
from core.values import AtelierError, hash_bytes, reason
from desktop import theme
from desktop.i18n import said
from desktop.panels.image.converting import converted_document
from desktop.panels.image.editor import Editor
from desktop.panels.image.management import space_name
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.choice import Dropdown

if TYPE_CHECKING:
    from desktop.work import Task

replace = msgspec.structs.replace
WAIT_MS = 250
OWN = "own"


def read_file(path: Path) -> bytes:
    """Return an RGB profile from a file; raises :class:`AtelierError`. Worker thread."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        read_profile(data)
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)) from None
    except AtelierError as error:
        raise AtelierError("“{name}” cannot be used: {why}", name=path.name, why=error) from None
    return data


class ProfileDialog(QDialog):
    """Not modal: the canvas shows what it would be. ``convert``: the look stays; else the numbers do."""

    def __init__(self, editor: Editor, *, convert: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor, self._convert = editor, convert
        self._id = editor.require().id
        self._chosen = _key(editor.require().profile)
        self._task: Task | None = None
        self._made: tuple[object, ImageDocument] | None = None
        self._closing = False
        self.setModal(False)
        self.setWindowTitle(self.tr("Convert to profile") if convert else self.tr("Assign profile"))
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._show_now)
        self._build()
        editor.committed.connect(self._on_committed)
        editor.session.work.changed.connect(self._on_progress)

    def _build(self) -> None:
        self.now = QLabel(self._editor.colours.name)
        self.profile = Dropdown(self.tr("Profile"), self._entries(), self._chosen)
        intents = (
            ("relative", self.tr("Relative colorimetric")),
            ("perceptual", self.tr("Perceptual")),
            ("saturation", self.tr("Saturation")),
            ("absolute", self.tr("Absolute colorimetric")),
        )
        self.intent = Dropdown(self.tr("Intent"), intents, "relative")
        self.black = QCheckBox(self.tr("Black point compensation"))
        self.black.setChecked(True)
        self.preview = QCheckBox(self.tr("Preview"))
        self.preview.setChecked(True)
        self.note = QLabel(
            self.tr("The picture looks the same; its numbers change.")
            if self._convert
            else self.tr("The numbers stay; what they look like changes.")
        )
        self.note.setWordWrap(True)
        theme.set_role(self.note, "secondary")
        self.state = QLabel()
        self.state.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.addRow(self.tr("Now"), self.now)
        form.addRow(self.tr("Profile"), self.profile)
        if self._convert:
            form.addRow(self.tr("Intent"), self.intent)
            form.addRow("", self.black)
        else:
            for unused in (self.intent, self.black):
                unused.setParent(self)
                unused.hide()
        form.addRow("", self.preview)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply_button = buttons.addButton(
            self.tr("Convert") if self._convert else self.tr("Assign"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        theme.set_role(self.apply_button, "primary")
        self.apply_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(theme.px(12))
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.state)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(420))
        self.profile.committed.connect(self._on_profile)
        self.intent.committed.connect(lambda _: self._on_choice())
        self.black.toggled.connect(lambda _: self._on_choice())
        self.preview.toggled.connect(lambda _: self._on_choice())
        self.profile.setFocus()
        self._follow()

    # --- the list ---------------------------------------------------------------------------------------------------

    def _entries(self) -> list[tuple[str, str]]:
        """Return the spaces that everybody has, the profiles of this project, and a file."""
        known = {hash_bytes(shipped(space)): space for space in SPACES}
        found = [(space, space_name(space)) for space in SPACES]
        colours = self._editor.colours
        for asset in self._editor.session.require().assets():
            if asset.media_type == PROFILE_TYPE and asset.hash not in known and colours.usable(asset.hash):
                found.append((asset.hash, colours.name_of(asset.hash)))
        return [*found, (OWN, self.tr("From a file…"))]

    def _on_profile(self, value: object) -> None:
        if value != OWN:
            self._chosen = str(value)
            self._on_choice()
            return
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Profile of a colour space"), "", self.tr("ICC profiles (*.icc *.icm)")
        )
        self.profile.set_value(self._chosen)
        if path:
            self._editor.session.spawn(self._take(Path(path)))

    async def _take(self, path: Path) -> None:
        project = self._editor.session.require()
        try:
            data = await asyncio.to_thread(read_file, path)
            digest = await asyncio.to_thread(project.put, data, PROFILE_TYPE)
        except AtelierError as error:
            self._say(said(error), "danger")
            return
        self.profile.set_choices(self._entries())
        self._chosen = _key(digest)
        self.profile.set_value(self._chosen)
        self._on_choice()

    def _asset(self) -> str | None:
        """Return the chosen profile as an asset of the project; None: sRGB."""
        if self._chosen == "srgb":
            return None
        if self._chosen in SPACES:
            return self._editor.session.require().put(shipped(self._chosen), PROFILE_TYPE)
        return self._chosen

    # --- what it would be -------------------------------------------------------------------------------------------

    def _choice(self) -> tuple[ImageDocument, str, object, bool]:
        return self._editor.require(), self._chosen, self.intent.value(), self.black.isChecked()

    def _changes(self) -> bool:
        return self._chosen != _key(self._editor.require().profile)

    def _follow(self) -> None:
        self.apply_button.setEnabled(self._changes())
        self.now.setText(self._editor.colours.name_of(self._editor.require().profile))

    def _on_choice(self) -> None:
        self._stop()
        self._say("")
        self._follow()
        if not self.preview.isChecked() or not self._changes():
            self._editor.preview(None)
        elif self._convert:
            self._timer.start()
        elif (document := self._assigned()) is not None:
            self._editor.preview(document)

    def _assigned(self) -> ImageDocument | None:
        """Return the document with the chosen profile; None where that cannot be stored, which is said."""
        try:
            return replace(self._editor.require(), profile=self._asset())
        except AtelierError as error:
            self._say(said(error), "danger")
            return None

    def _show_now(self) -> None:
        self._editor.session.spawn(self._converting(apply=False))

    async def _converting(self, *, apply: bool) -> None:
        """Have the core convert the picture as it is now, then show it or, with ``apply``, write it."""
        choice = self._choice()
        if self._made is None or self._made[0] != choice:
            try:
                made = await self._converted(choice[0])
            except JobCancelled:
                return
            except AtelierError as error:
                self._say(said(error), "danger")
                self._follow()
                return
            self._made = choice, made
        if choice != self._choice() or self._closing:
            return
        if apply:
            self._write(QT_TRANSLATE_NOOP("history", "Convert to profile"), self._made[1])
        elif self.preview.isChecked():
            self._editor.preview(self._made[1])

    async def _converted(self, document: ImageDocument) -> ImageDocument:
        self._say(self.tr("Converting…"))
        intent: IntentKind = self.intent.value()  # type: ignore[assignment]
        made, notes = await converted_document(
            self._editor.session,
            document,
            self._asset(),
            intent,
            black_point=self.black.isChecked(),
            started=self._on_started,
        )
        self._task = None
        self._say(" ".join(notes))
        return made

    def _on_started(self, task: "Task") -> None:
        self._task = task

    def _on_progress(self, task: "Task") -> None:
        if task is self._task and task.active and task.fraction > 0:
            self._say(self.tr("Converting… {n} %").format(n=round(task.fraction * 100)))

    def _say(self, text: str, role: str = "secondary") -> None:
        self.state.setText(text)
        theme.set_role(self.state, role)
        self.state.setVisible(bool(text))

    def _stop(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._editor.session.work.cancel(self._task)
            self._task = None

    # --- deciding ---------------------------------------------------------------------------------------------------

    def _on_committed(self) -> None:
        """The picture was changed meanwhile, or another one is shown."""
        document = self._editor.document
        if self._closing:
            return
        if document is None or document.id != self._id:
            self.reject()
        else:
            self._on_choice()

    def accept(self) -> None:
        if not self._changes():
            self.reject()
        elif self._convert:
            self._stop()
            self.apply_button.setEnabled(False)
            self._editor.session.spawn(self._converting(apply=True))
        elif (document := self._assigned()) is not None:
            self._write(QT_TRANSLATE_NOOP("history", "Assign profile"), document)

    def _write(self, label: str, document: ImageDocument) -> None:
        self._closing = True
        self._editor.commit(label, document)
        super().accept()

    def done(self, result: int) -> None:
        self._closing = True
        self._stop()
        if self._editor.document is not None and self._editor.document.id == self._id:
            self._editor.preview(None)
        super().done(result)
        self.deleteLater()


def _key(digest: str | None) -> str:
    """Return how the list knows a profile."""
    if digest is None:
        return "srgb"
    return next((space for space in SPACES if hash_bytes(shipped(space)) == digest), digest)

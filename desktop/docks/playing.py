"""Playing an action: on the picture that is open, or on a folder of files, with progress and what went wrong."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.operations.actions import Action
from core.operations.playing import Writing, checked_template, pictures_in
from core.values import AtelierError
from desktop import i18n, icons, theme
from desktop.batch import Batch
from desktop.docks.jobs import duration_text
from desktop.panel import Panel
from desktop.session import Session
from desktop.widgets.choice import Segmented
from desktop.widgets.number import SliderField

VIEW = "actions.play"
SHOWN_FAILURES = 200


class Choice(msgspec.Struct, omit_defaults=True):
    """What was chosen last."""

    source: str = ""
    folder: str = ""
    format: str = "png"
    quality: int = 92
    template: str = "{name}"
    inside: bool = False
    overwrite: bool = False


class PlayView(QWidget):
    """Two buttons and a small form. GUI thread."""

    results_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._panel: Panel | None = None
        self._action: Action | None = None
        self.batch: Batch | None = None
        choice = self._stored()
        self.picture = QPushButton(self.tr("Play on this picture"))
        icons.set_icon(self.picture, "play")
        self.picture.clicked.connect(self.on_picture)
        self.source = QLineEdit(choice.source)
        self.folder = QLineEdit(choice.folder)
        self.source.setPlaceholderText(self.tr("Pictures from"))
        self.folder.setPlaceholderText(self.tr("New pictures into"))
        formats = (("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WebP"))
        self.format = Segmented(self.tr("Format"), formats, choice.format)
        self.quality = SliderField(self.tr("Quality"), minimum=1, maximum=100, step=1, value=choice.quality, default=92)
        self.template = QLineEdit(choice.template)
        self.inside = QCheckBox(self.tr("Folders inside, too"))
        self.overwrite = QCheckBox(self.tr("Replace files that are there"))
        self.inside.setChecked(choice.inside)
        self.overwrite.setChecked(choice.overwrite)
        self.run = QPushButton(self.tr("Play on the folder"))
        theme.set_role(self.run, "primary")
        icons.set_icon(self.run, "folder-open", "on_accent")
        self.run.clicked.connect(self.on_folder)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.clicked.connect(lambda: self.batch.stop() if self.batch is not None else None)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self.said, "secondary")
        self.errors = QPlainTextEdit()
        self.errors.setReadOnly(True)
        self.errors.setAccessibleName(self.tr("Files that could not be done"))
        self.errors.setFixedHeight(theme.px(96))
        self._build()
        self.format.committed.connect(lambda _: self._follow())
        self._follow()
        self._show_batch()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(6))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("Pictures from"), self._with_browse(self.source, self.tr("Choose the folder of pictures")))
        form.addRow(self.tr("Into"), self._with_browse(self.folder, self.tr("Choose the folder for new pictures")))
        form.addRow(self.tr("Called"), self.template)
        places = QLabel(self.tr("{name}: the old name, {number:03}: 001, 002 …, {action}: the action’s name"))
        places.setWordWrap(True)
        theme.set_role(places, "secondary")
        form.addRow("", places)
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Quality"), self.quality)
        form.addRow("", self.inside)
        form.addRow("", self.overwrite)
        self._form = form
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(theme.px(8))
        column.addWidget(self.errors)
        column.addWidget(self.picture)
        column.addLayout(form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._scroll = scroll
        line = QFrame()
        line.setProperty("role", "line")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(theme.px(6))
        foot.addWidget(self.bar)
        foot.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.run, 1)
        buttons.addWidget(self.stop)
        foot.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(line)
        outer.addLayout(foot)
        self.setMinimumWidth(theme.px(300))

    def _with_browse(self, field: QLineEdit, title: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        button = QPushButton(self.tr("Browse…"))
        button.setAccessibleName(title)
        field.setAccessibleName(title)
        button.clicked.connect(lambda _=False: self._browse(field, title))
        row.addWidget(field, 1)
        row.addWidget(button)
        return holder

    def _browse(self, field: QLineEdit, title: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, title, field.text())
        if chosen:
            field.setText(chosen)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def _stored(self) -> Choice:
        try:
            return msgspec.convert(self._session.settings.views.get(VIEW, {}), Choice)
        except msgspec.ValidationError:
            return Choice()

    def set_panel(self, panel: Panel | None) -> None:
        """Play on what is selected in ``panel`` from now on."""
        if self._panel is not None:
            self._panel.selection_changed.disconnect(self._follow)
        self._panel = panel
        if panel is not None:
            panel.selection_changed.connect(self._follow)
        self._follow()

    def show_action(self, action: Action | None) -> None:
        """Play this action from now on."""
        self._action = action
        self._follow()

    def _follow(self) -> None:
        there = self._action is not None and bool(self._action.steps)
        panel = self._panel
        self.picture.setEnabled(there and panel is not None and "image" in panel.selection_inputs())
        self.run.setEnabled(there and (self.batch is None or not self.batch.running))
        self._form.setRowVisible(self.quality, self.format.value() != "png")

    # --- playing ----------------------------------------------------------------------------------------------------

    def on_picture(self) -> None:
        """Play on what is selected in the picture that is open; *Make* shows what comes of it, to keep or discard."""
        panel, action = self._panel, self._action
        if panel is None or action is None:
            return
        picture, source = panel.selection_inputs().get("image"), panel.selection_sources().get("image")
        if picture is None:
            self._session.say(self.tr("Select a layer of pixels first."), "info")
            return
        try:
            recipe = action.bind(picture)
            sources = {"image": source} if source is not None else {}
            self._session.start(recipe, title=action.name, sources=sources, origin="make")
        except AtelierError as error:
            self._session.report(error)
            return
        self.results_wanted.emit()

    def on_folder(self) -> None:
        """Play on all pictures of a folder."""
        action = self._action
        if action is None or (self.batch is not None and self.batch.running):
            return
        try:
            writing = self._writing()
            source = Path(self.source.text()).expanduser()
            if not self.source.text().strip() or not source.is_dir():
                raise AtelierError("Choose the folder whose pictures are wanted.")
            files = pictures_in(source, inside=self.inside.isChecked())
            if not files:
                raise AtelierError("There are no pictures in “{path}”.", path=str(source))
        except AtelierError as error:
            self._say(i18n.said(error), "danger")
            return
        batch = Batch(self._session, action, len(files))
        self.watch(batch)
        self._session.spawn(self._playing(batch, files, writing))

    async def _playing(self, batch: Batch, files: list[Path], writing: Writing) -> None:
        try:
            await batch.files(files, writing)
        except AtelierError as error:
            self._say(i18n.said(error), "danger")

    def _writing(self) -> Writing:
        """Return how new files are written, and remember it; raises :class:`AtelierError` naming what is missing."""
        folder = self.folder.text().strip()
        if not folder:
            raise AtelierError("Choose the folder that new pictures go into.")
        choice = Choice(
            source=self.source.text(),
            folder=folder,
            format=str(self.format.value()),
            quality=round(self.quality.value()),
            template=checked_template(self.template.text()),
            inside=self.inside.isChecked(),
            overwrite=self.overwrite.isChecked(),
        )
        self._session.settings.views[VIEW] = msgspec.to_builtins(choice)
        return Writing(
            folder=str(Path(folder).expanduser()),
            format=choice.format,  # type: ignore[arg-type]
            quality=choice.quality,
            template=choice.template,
            overwrite=choice.overwrite,
        )

    # --- how it goes ------------------------------------------------------------------------------------------------

    def watch(self, batch: Batch) -> None:
        """Show how far a run is."""
        self.batch = batch
        batch.changed.connect(self._show_batch)
        batch.finished.connect(self._finished)
        self._show_batch()

    def _show_batch(self) -> None:
        batch = self.batch
        running = batch is not None and batch.running
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.errors.setVisible(batch is not None and bool(batch.failures))
        if batch is None:
            self._say("", "secondary")
            return
        self.bar.setValue(round(batch.fraction * 1000))
        if running:
            parts = [self.tr("{n} of {total}").format(n=min(batch.at + 1, batch.total), total=batch.total), batch.name]
            if batch.seconds_left is not None:
                parts.append(self.tr("{time} left").format(time=duration_text(batch.seconds_left)))
            self._say(" · ".join(part for part in parts if part), "secondary")
        lines = [f"{Path(f.path).name}: {i18n.said(f.why)}" for f in batch.failures[:SHOWN_FAILURES]]
        text = "\n".join(lines)
        if text != self.errors.toPlainText():
            self.errors.setPlainText(text)
        self._follow()

    def _finished(self) -> None:
        batch = self.batch
        if batch is None:
            return
        self._show_batch()
        if batch.failures:
            self._scroll.verticalScrollBar().setValue(0)
        text = self.tr("{n} of {total} pictures done.").format(n=batch.made, total=batch.total)
        if batch.failures:
            text += " " + self.tr("Could not be done: {n}.").format(n=len(batch.failures))
        elif batch.stopped:
            text += " " + self.tr("Stopped.")
        self._say(text, "warn" if batch.failures else "secondary")
        self._session.say(f"{batch.action.name}: {text}", "warn" if batch.failures else "done")

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if self.said.property("role") != role:
            theme.set_role(self.said, role)

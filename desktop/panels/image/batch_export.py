"""Several files in one go: sizes and formats as rows, a template for names, a preview of them, progress and cancel."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.documents import artboard_edits
from core.documents.image import MAX_SIDE
from core.engine.jobs import JobCancelled
from core.values import AtelierError
from desktop import icons, theme
from desktop.i18n import said
from desktop.panels.image import batch
from desktop.panels.image.editor import Editor
from desktop.panels.image.export import FORMATS, ExportChoice, export_file
from desktop.widgets.choice import Dropdown, Segmented
from desktop.widgets.number import NumberField
from desktop.work import Task

VIEW = "image.export.batch"
MAX_FILES = 500


class Stored(msgspec.Struct, frozen=True):
    """What the dialog remembers."""

    rows: tuple[batch.Row, ...] = (batch.Row(), batch.Row(batch.Size("2×", 2.0)))
    template: str = batch.TEMPLATE
    what: batch.What = "picture"


class BatchExportDialog(QDialog):
    """Rows above, names below."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export several files"))
        self._session = editor.session
        self._document = editor.require()
        self._running: Any = None
        self._stopped = False
        self._others: tuple[Task, ...] = ()
        """What ran before: stopping this leaves it alone."""
        stored = self._stored()
        self.rows: list[_RowWidget] = []
        self._build(stored)
        for row in stored.rows:
            self._add(row)
        self._follow()
        self.resize(theme.px(720), theme.px(640))

    def _stored(self) -> Stored:
        try:
            return msgspec.convert(self._session.settings.views.get(VIEW, {}), Stored)
        except msgspec.ValidationError:
            return Stored()

    def _build(self, stored: Stored) -> None:
        has_boards = any(group.visible for group in artboard_edits.boards(self._document))
        whats = (
            ("picture", self.tr("Whole picture")),
            *((("artboards", self.tr("Every artboard")),) if has_boards else ()),
            ("layers", self.tr("Every layer")),
            ("groups", self.tr("Every group")),
        )
        wanted = "artboards" if has_boards else "picture" if stored.what == "artboards" else stored.what
        self.what = Segmented(self.tr("Export"), whats, wanted)
        self.what.committed.connect(lambda _: self._follow())
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, theme.px(8), 0)
        self._lines.setSpacing(theme.px(6))
        self._lines.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        self.add_button = QPushButton(self.tr("Add a size"))
        menu = QMenu(self.add_button)
        for title, size in batch.PRESETS:
            text = QCoreApplication.translate("batch", title)
            menu.addAction(text, partial(self._add_size, size))
        menu.addSeparator()
        menu.addAction(self.tr("Own size…"), lambda: self._add_size(self._own_size()))
        self.add_button.setMenu(menu)
        self.template = QLineEdit(stored.template)
        self.template.setAccessibleName(self.tr("Names"))
        self.template.setToolTip(
            self.tr("May hold {name}, {artboard}, {layer}, {size}, {width}, {height} and {format}.")
        )
        self.template.textChanged.connect(lambda _: self._follow())
        folder = self._session.settings.views.get("image.export.folder", "") or str(Path.home())
        self.folder = QLineEdit(folder)
        self.folder.setAccessibleName(self.tr("Folder"))
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(theme.px(8))
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Files that will be written"))
        self.names.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.said = QLabel()
        self.said.setWordWrap(True)
        theme.set_role(self.said, "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = self.buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(self.button, "primary")
        self.button.setDefault(True)
        self.buttons.accepted.connect(self.begin)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.addRow(self.tr("Names"), self.template)
        form.addRow(self.tr("Folder"), where)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self.what, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._heading(self.tr("Sizes, each with its format and quality")))
        column.addWidget(area, 3)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(form)
        column.addWidget(self._heading(self.tr("Files that will be written")))
        column.addWidget(self.names, 2)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addWidget(self.buttons)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        theme.set_role(label, "secondary")
        return label

    # --- rows -------------------------------------------------------------------------------------------------------

    def _add_size(self, size: batch.Size) -> None:
        last = self.rows[-1].row().choice if self.rows else ExportChoice()
        self._add(batch.Row(size, last))
        self._follow()

    def _own_size(self) -> batch.Size:
        width, height = self._document.width, self._document.height
        return batch.Size(f"{width}×{height}", 1.0, width, height)

    def _add(self, row: batch.Row) -> None:
        widget = _RowWidget(row)
        widget.changed.connect(self._follow)
        widget.removed.connect(lambda: self._remove(widget))
        self.rows.append(widget)
        self._lines.insertWidget(len(self.rows) - 1, widget)

    def _remove(self, widget: "_RowWidget") -> None:
        self.rows.remove(widget)
        widget.setParent(None)
        widget.deleteLater()
        self._follow()

    def files(self) -> list[batch.File]:
        """Return the files that would be written now; raises :class:`AtelierError` when one cannot be."""
        rows = [widget.row() for widget in self.rows]
        return batch.files(self._document, rows, self.what.value(), self.template.text())  # type: ignore[arg-type]

    def _follow(self) -> None:
        self.names.clear()
        try:
            found = self.files()
        except AtelierError as error:
            self.said.setText(said(error))
            self.button.setEnabled(False)
            return
        self.names.addItems([file.name for file in found[:MAX_FILES]])
        enough = 0 < len(found) <= MAX_FILES
        self.button.setEnabled(enough)
        if len(found) > MAX_FILES:
            self.said.setText(self.tr("{n} files are more than can be written at once.").format(n=len(found)))
        elif not found:
            self.said.setText(self.tr("There is nothing to export: add a size, or choose the whole picture."))
        elif len(found) == 1:
            self.said.setText(self.tr("One file will be written."))
        else:
            self.said.setText(self.tr("{n} files will be written.").format(n=len(found)))

    def _browse(self) -> None:
        text = QFileDialog.getExistingDirectory(self, self.tr("Folder"), self.folder.text())
        if text:
            self.folder.setText(text)

    # --- writing ----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask once whether files may be replaced, and start writing."""
        folder = Path(self.folder.text()).expanduser()
        if not folder.is_dir():
            self.said.setText(self.tr("“{folder}” is not a folder.").format(folder=folder))
            return
        found = self.files()
        taken = batch.existing(folder, [file.name for file in found])
        if taken and not may_replace(self, taken):
            return
        views = self._session.settings.views
        stored = Stored(tuple(w.row() for w in self.rows), self.template.text(), self.what.value())  # type: ignore[arg-type]
        views[VIEW] = msgspec.to_builtins(stored)
        views["image.export.folder"] = str(folder)
        self._others = tuple(self._session.work.active())
        self._busy(True)
        self._session.spawn(self._write(found, folder))

    async def _write(self, found: list[batch.File], folder: Path) -> None:
        written = 0
        problems: list[AtelierError] = []
        notes: list[str] = []
        self.bar.setRange(0, len(found))
        try:
            for index, file in enumerate(found):
                if self._stopped:
                    break
                self.bar.setValue(index)
                self.said.setText(self.tr("Writing {name}…").format(name=file.name))
                try:
                    notes += await export_file(self._session, file.document, file.choice, folder / file.name)
                    written += 1
                except AtelierError as error:
                    problems.append(error)
        except JobCancelled:
            self._stopped = True
        self._end(written, len(found), folder, problems, list(dict.fromkeys(notes)))

    def _end(self, written: int, wanted: int, folder: Path, problems: list[AtelierError], notes: list[str]) -> None:
        text = self.tr("{n} of {all} files were written to {folder}.").format(n=written, all=wanted, folder=folder)
        if problems:
            self._session.say(f"{text} {said(problems[0])}", "warn")
        else:
            self._session.say(" ".join([text, *notes[:2]]), "done" if written == wanted else "warn")
        self._busy(False)
        self._running = None
        super().accept()

    def _busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self._running = busy or None
        for widget in (self.button, self.add_button, self.template, self.folder, self.what, *self.rows):
            widget.setEnabled(not busy)

    def reject(self) -> None:
        """Stop after the file that is being written; close when nothing is."""
        if self._running is None:
            super().reject()
            return
        self._stopped = True
        self.said.setText(self.tr("Stopping…"))
        for task in self._session.work.active():
            if task.origin == "export" and task not in self._others:
                self._session.work.cancel(task)


def may_replace(parent: QWidget, taken: list[str]) -> bool:
    """Ask whether files that are there already may be replaced."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    text = QCoreApplication.translate("BatchExportDialog", "{n} of these files are there already. Replace them?")
    box.setText(text.format(n=len(taken)))
    more = "" if len(taken) <= 8 else "\n…"
    box.setInformativeText("\n".join(taken[:8]) + more)
    replace = QCoreApplication.translate("BatchExportDialog", "Replace")
    yes = box.addButton(replace, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is yes


class _RowWidget(QWidget):
    """A size, a format and a quality."""

    changed = Signal()
    removed = Signal()

    def __init__(self, row: batch.Row) -> None:
        super().__init__()
        self._row = row
        size = row.size
        self._exact = size.width is not None and size.height is not None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        if self._exact:
            self.across = NumberField(
                self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=size.width or 1
            )
            self.down = NumberField(
                self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=size.height or 1
            )
            self.fill = QCheckBox(self.tr("Fill"))
            self.fill.setToolTip(self.tr("On: cut off what does not fit. Off: show all, with borders."))
            self.fill.setChecked(size.fill)
            for field in (self.across, self.down):
                field.value_changed.connect(lambda _: self.changed.emit())
                line.addWidget(field, 2)
            self.fill.toggled.connect(lambda _: self.changed.emit())
            line.addWidget(self.fill)
        else:
            self.percent = NumberField(
                self.tr("Scale"), minimum=1, maximum=1600, step=1, decimals=2, unit="%", value=size.scale * 100
            )
            self.percent.value_changed.connect(lambda _: self.changed.emit())
            line.addWidget(self.percent, 4)
        self.suffix = QLineEdit(row.suffix)
        self.suffix.setMaxLength(40)
        self.suffix.setPlaceholderText(self.tr("Suffix"))
        self.suffix.setAccessibleName(self.tr("Suffix"))
        self.suffix.setToolTip(self.tr("Put at the end of the name: @2x"))
        self.suffix.textChanged.connect(lambda _: self.changed.emit())
        line.addWidget(self.suffix, 1)
        self.format = Dropdown(self.tr("Format"), FORMATS, row.choice.format)
        self.format.committed.connect(lambda _: self._format_changed())
        line.addWidget(self.format, 2)
        self.quality = NumberField(
            self.tr("Quality"), minimum=1, maximum=100, step=1, value=row.choice.quality, default=90
        )
        self.quality.setToolTip(self.tr("Quality, 1 to 100"))
        self.quality.value_changed.connect(lambda _: self.changed.emit())
        line.addWidget(self.quality, 1)
        remove = QToolButton()
        remove.setIcon(icons.icon("x"))
        remove.setToolTip(self.tr("Remove this size"))
        remove.setAccessibleName(self.tr("Remove this size"))
        remove.clicked.connect(self.removed)
        line.addWidget(remove)
        self._show_quality()

    def _format_changed(self) -> None:
        self._show_quality()
        self.changed.emit()

    def _show_quality(self) -> None:
        self.quality.setEnabled(self.format.value() in ("jpeg", "webp", "avif"))

    def row(self) -> batch.Row:
        """Return what is set."""
        choice = msgspec.structs.replace(
            self._row.choice, format=self.format.value(), quality=round(self.quality.value())
        )
        if not self._exact:
            scale = self.percent.value() / 100
            return batch.Row(batch.Size(f"{scale:g}×", scale), choice, self.suffix.text())
        width, height = round(self.across.value()), round(self.down.value())
        size = batch.Size(f"{width}×{height}", 1.0, width, height, self.fill.isChecked())
        return batch.Row(size, choice, self.suffix.text())

"""Help → Report a problem: the logs in one archive, shown before it is written, without anybody's name in it."""

import tempfile
import time
import zipfile
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.engine import logs
from desktop import theme


class ReportDialog(QDialog):
    """Shows every file that goes into the archive, and writes it where the person wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report a problem"))
        self.resize(theme.px(760), theme.px(520))
        self._folder = tempfile.TemporaryDirectory(prefix="atelier-report-")
        self._archive = Path(self._folder.name) / "report.zip"
        logs.gather(self._archive)
        text = QLabel(
            self.tr(
                "Atelier sends nothing by itself. This is what an archive for the people who mend it would hold: "
                "logs without names, paths and contents of your work. Save it, and attach it to your report."
            )
        )
        text.setWordWrap(True)
        theme.set_role(text, "muted")
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Files in the archive"))
        self.names.setMaximumWidth(theme.px(220))
        self.content = QPlainTextEdit()
        self.content.setReadOnly(True)
        self.content.setAccessibleName(self.tr("Content of the file"))
        with zipfile.ZipFile(self._archive) as archive:
            self._texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        self.names.addItems(list(self._texts))
        self.names.currentTextChanged.connect(lambda name: self.content.setPlainText(self._texts.get(name, "")))
        if self._texts:
            self.names.setCurrentRow(0)
        split = QSplitter()
        split.addWidget(self.names)
        split.addWidget(self.content)
        split.setStretchFactor(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton(self.tr("Save the archive…"), QDialogButtonBox.ButtonRole.ActionRole)
        theme.set_role(save, "primary")
        save.clicked.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(text)
        column.addWidget(split, 1)
        column.addWidget(buttons)
        self.finished.connect(lambda _: self._folder.cleanup())

    def _save(self) -> None:
        name = time.strftime("atelier-report-%Y-%m-%d.zip")
        target, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the archive"), str(Path.home() / name), "Zip (*.zip)"
        )
        if target:
            self.write(Path(target))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(target).parent)))
            self.accept()

    def write(self, target: Path) -> None:
        """Write the archive to ``target``."""
        target.write_bytes(self._archive.read_bytes())

"""Help → About, and the licences of everything that is shipped."""

import tomllib
from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.resources import resource
from desktop import theme


def version() -> str:
    """Return the version of this copy of Atelier."""
    try:
        return metadata.version("atelier")
    except metadata.PackageNotFoundError:
        return "0.1.0"


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Atelier"))
        self.setMinimumWidth(theme.px(400))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        title = QLabel("Atelier")
        theme.set_role(title, "display")
        number = QLabel(self.tr("Version {number}").format(number=version()))
        theme.set_role(number, "muted")
        text = QLabel(
            self.tr(
                "An offline studio for creative work. It runs on this computer alone and never opens a network "
                "connection. Free software under the GNU General Public License, version 3 or later."
            )
        )
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for widget in (title, number, text):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)


class LicencesDialog(QDialog):
    """Every shipped part with its origin and the text of its licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Licences"))
        self.resize(theme.px(820), theme.px(560))
        self._parts = tomllib.loads(resource("manifest.toml").read_text(encoding="utf-8")).get("part", [])
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Parts"))
        self.names.addItem(self.tr("Atelier itself"))
        self.names.addItems([str(part["title"]) for part in self._parts])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licence"))
        self.names.currentRowChanged.connect(self._show)
        split = QSplitter()
        split.addWidget(self.names)
        split.addWidget(self.text)
        split.setSizes([theme.px(280), theme.px(540)])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(split, 1)
        column.addWidget(buttons)
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if row <= 0:
            path = resource().parent / "LICENSE"
            self.text.setPlainText(path.read_text(encoding="utf-8") if path.exists() else "GPL-3.0-or-later")
            return
        part = self._parts[row - 1]
        facts = [f"{key}: {part[key]}" for key in ("title", "author", "origin", "licence") if key in part]
        licence = resource(*str(part.get("licence_file", "")).split("/")) if part.get("licence_file") else None
        body = licence.read_text(encoding="utf-8", errors="replace") if licence and licence.is_file() else ""
        self.text.setPlainText("\n".join(facts) + "\n\n" + body)

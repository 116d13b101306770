"""Which page of a PDF, and how large: a small sheet for files with more than one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.number import NumberField


class PageSheet(QDialog):
    """Asks for a page and a resolution; :attr:`chosen` says what was chosen."""

    chosen = Signal(int, float)
    """Page (from 1) and pixels to the inch."""

    def __init__(self, name: str, page: int, pages: int, resolution: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open a page of “{name}”").format(name=name))
        self.page = NumberField(
            self.tr("Page"), minimum=1, maximum=pages, step=1, value=min(pages, page + 1), default=1
        )
        self.resolution = NumberField(
            self.tr("Resolution"), minimum=10, maximum=2400, step=1, unit="px/in", value=resolution, default=300
        )
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.addRow(self.tr("Page (of {n})").format(n=pages), self.page)
        form.addRow(self.tr("Resolution"), self.resolution)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        accept = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(accept, "primary")
        accept.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(form)
        column.addWidget(buttons)

    def _accept(self) -> None:
        self.chosen.emit(round(self.page.value()), float(self.resolution.value()))
        self.accept()

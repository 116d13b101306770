"""Asks for the size of the picture or of its canvas, in any unit, without being in the way of the view."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from core.documents import image_place
from core.documents.image import MAX_SIDE, ImageDocument, check_size
from core.values import AtelierError
from desktop import theme
from desktop.i18n import said
from desktop.panels.image.document_section import AnchorField
from desktop.panels.image.editor import Editor
from desktop.panels.image.measuring import UNITS, LengthUnit
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField

PLACES: dict[LengthUnit, int] = {"px": 0, "cm": 2, "in": 3, "%": 2}


class SizeDialog(QDialog):
    """``whole``: the picture is scaled with its layers and keeps its proportions. Else the canvas alone changes."""

    def __init__(self, editor: Editor, *, whole: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor, self.whole = editor, whole
        document = editor.require()
        self._id, self._size, self._unit = document.id, [float(document.width), float(document.height)], "px"
        self.setWindowTitle(self.tr("Image size") if whole else self.tr("Canvas size"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.unit = Segmented(self.tr("Unit"), [(unit, unit) for unit in UNITS], "px")
        self.across = NumberField(self.tr("Width"), maximum=1e7, decimals=3)
        self.down = NumberField(self.tr("Height"), maximum=1e7, decimals=3)
        self.relative = QCheckBox(self.tr("Add to what there is"))
        self.anchor = AnchorField()
        self.resolution = NumberField(
            self.tr("Resolution"), minimum=1, maximum=10_000, step=1, decimals=1, unit="ppi", value=document.resolution
        )
        self.note = QLabel()
        self.note.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.addRow(self.tr("Unit"), self.unit)
        form.addRow(self.tr("Width"), self.across)
        form.addRow(self.tr("Height"), self.down)
        if whole:
            form.addRow(self.tr("Resolution"), self.resolution)
        else:
            form.addRow("", self.relative)
            form.addRow(self.tr("Anchor"), self.anchor)
        for unused in (self.relative, self.anchor) if whole else (self.resolution,):
            unused.setParent(self)
            unused.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply_button = buttons.addButton(self.tr("Apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(self.apply_button, "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(theme.px(12))
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(360))
        self.across.value_changed.connect(lambda value: self._typed(0, value))
        self.down.value_changed.connect(lambda value: self._typed(1, value))
        self.unit.committed.connect(lambda _: self._show())
        self.resolution.value_changed.connect(lambda _: self._show())
        self.relative.toggled.connect(lambda _: self._show())
        self._show()
        self.across.setFocus()

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _per(self, axis: int) -> float:
        """Return how many pixels one of the units is."""
        old = self.editor.require()
        side = (old.width, old.height)[axis]
        resolution = self.resolution.value()
        return {"px": 1.0, "cm": resolution / 2.54, "in": resolution, "%": side / 100}[str(self.unit.value())]

    def _before(self, axis: int) -> float:
        old = self.editor.require()
        return float((old.width, old.height)[axis]) if self.relative.isChecked() else 0.0

    def _typed(self, axis: int, value: float) -> None:
        old = self.editor.require()
        self._size[axis] = value * self._per(axis) + self._before(axis)
        if self.whole:
            sides = old.width, old.height
            self._size[1 - axis] = self._size[axis] * sides[1 - axis] / sides[axis]
        self._show(besides=axis)

    def _show(self, besides: int | None = None) -> None:
        places = PLACES[self.unit.value()]  # type: ignore[index]
        for axis, field in enumerate((self.across, self.down)):
            if axis != besides:
                field.set_value(round((self._size[axis] - self._before(axis)) / self._per(axis), places))
        width, height = self.size_wanted()
        try:
            check_size(width, height)
        except AtelierError as error:
            self._say(said(error), "danger")
            return
        print_size = " × ".join(f"{side / self.resolution.value() * 25.4:.0f}" for side in (width, height))
        words = self.tr("{width} × {height} px, {print} mm in print.").format(
            width=width, height=height, print=print_size
        )
        kept = (
            self.tr("Layers are scaled with the picture and keep their own pixels.")
            if self.whole
            else self.tr("Nothing is cut off for good: a larger canvas shows it again.")
        )
        self._say(f"{words}\n{kept}", "secondary")

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        theme.set_role(self.note, role)
        self.apply_button.setEnabled(role != "danger")

    def size_wanted(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        width, height = (min(MAX_SIDE * 10, max(0, round(side))) for side in self._size)
        return width, height

    # --- the end ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.apply_button.isEnabled():
                self.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        document = self.editor.document
        super().accept()
        if document is None or document.id != self._id:
            return
        try:
            new, label = self._made(document)
        except AtelierError as error:
            self.editor.session.report(error)
            return
        self.editor.commit(label, new)

    def _made(self, document: ImageDocument) -> tuple[ImageDocument, str]:
        width, height = self.size_wanted()
        if not self.whole:
            new = image_place.resize_canvas(document, width, height, self.anchor.value())
            return new, QT_TRANSLATE_NOOP("history", "Resize canvas")
        if (width, height) != (document.width, document.height):
            document = image_place.scale_document(document, width, height, self.editor.size_of)
        document = msgspec.structs.replace(document, resolution=float(self.resolution.value()))
        return document, QT_TRANSLATE_NOOP("history", "Scale picture")

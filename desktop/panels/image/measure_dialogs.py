"""Asks where a guide stands, and how one measures. The picture can be zoomed and panned meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from core.documents.image import Guide
from desktop import theme
from desktop.panels.image.asking import AskingDialog
from desktop.panels.image.guides import DECIMALS, Guides
from desktop.panels.image.measuring import UNITS, Measuring
from desktop.panels.image.snapping import Axis
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


class GuideDialog(AskingDialog):
    """The exact place of a guide: of one that is there (``index``), or of a new one."""

    def __init__(self, guides: Guides, index: int | None, parent: QWidget) -> None:
        super().__init__("", parent)
        self.guides, self.index = guides, index
        document = guides.editor.require()
        self._id = document.id
        guide = document.guides[index] if index is not None else Guide(axis="x", at=document.width / 2)
        self.setWindowTitle(self.tr("New guide") if index is None else self.tr("Place of the guide"))
        kinds = (("x", self.tr("Vertical")), ("y", self.tr("Horizontal")))
        self.axis = Segmented(self.tr("Guide"), kinds, guide.axis)
        self.axis.setEnabled(index is None)
        unit = guides.unit
        self.place = NumberField(
            self.tr("Position"), minimum=-1e6, maximum=1e6, step=1, decimals=max(2, DECIMALS[unit]), unit=unit
        )
        self.place.set_value(guides.to_unit(guide.axis, guide.at))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.addRow(self.tr("Guide"), self.axis)
        form.addRow(self.tr("Position"), self.place)
        self.ask(form, self.place)

    def accept(self) -> None:
        document = self.guides.editor.document
        super().accept()
        if document is None or document.id != self._id:
            return
        axis: Axis = "x" if self.axis.value() == "x" else "y"
        at = round(self.place.value() * self.guides.per_unit(axis), 3)
        if self.index is None:
            self.guides.add(Guide(axis=axis, at=at))
        elif self.index < len(document.guides):
            self.guides.move(self.index, at)


class MeasureDialog(QDialog):
    """The unit, the grid, and what things snap to. Every change is shown at once."""

    def __init__(self, measuring: Measuring, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Grid and snapping"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        options = measuring.options
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        self.unit = Segmented(self.tr("Unit of the rulers"), [(unit, unit) for unit in UNITS], options.unit)
        self.unit.committed.connect(lambda value: measuring.adjust(unit=value))
        self.step = NumberField(
            self.tr("Grid line every"), minimum=2, maximum=10_000, step=1, unit="px", value=options.step, default=64
        )
        self.step.value_changed.connect(lambda value: measuring.adjust(step=value))
        self.parts = NumberField(
            self.tr("Divided into"), minimum=1, maximum=32, step=1, decimals=0, value=options.parts, default=4
        )
        self.parts.value_changed.connect(lambda value: measuring.adjust(parts=round(value)))
        form.addRow(self.tr("Unit of the rulers"), self.unit)
        form.addRow(self.tr("Grid line every"), self.step)
        form.addRow(self.tr("Divided into"), self.parts)
        self.boxes: dict[str, QCheckBox] = {}
        for index, (name, text) in enumerate(
            (
                ("to_guides", self.tr("Guides")),
                ("to_grid", self.tr("Grid")),
                ("to_layers", self.tr("Layers and equal gaps")),
                ("to_canvas", self.tr("Canvas edges and middle")),
            )
        ):
            box = QCheckBox(text)
            box.setChecked(getattr(options, name))
            box.toggled.connect(lambda on, n=name: measuring.adjust(**{n: on}))
            self.boxes[name] = box
            form.addRow(self.tr("Snap to") if index == 0 else "", box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(theme.px(12))
        column.addLayout(form)
        column.addWidget(buttons)

"""What the inspector shows for adjustments that are more than numbers: a gradient's stops, and a file of colours."""

import asyncio
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument
from core.documents.image_adjustments import ColourLookup, GradientMap, Stop
from core.raster.cube import check_file
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField

if TYPE_CHECKING:
    from desktop.panels.image.adjustment_section import AdjustmentSection

replace = msgspec.structs.replace
MOST = 32
"""Stops of a gradient."""


class StopsBody(QWidget):
    """A row for each stop: where it stands, its colour, and a button that takes it away."""

    def __init__(self, section: "AdjustmentSection") -> None:
        super().__init__()
        self._section = section
        self._stops: tuple[Stop, ...] = ()
        self.places: list[NumberField] = []
        self.colours: list[ColourField] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.add = QPushButton(self.tr("Add a colour"))
        self.add.clicked.connect(self._add)
        self._column.addWidget(self.add)

    def follow(self, adjustment: GradientMap) -> None:
        """Show the stops of a gradient."""
        self._stops = adjustment.stops
        if len(self._rows) != len(self._stops):
            self._build(len(self._stops))
        for stop, place, colour in zip(self._stops, self.places, self.colours, strict=True):
            place.set_value(stop.at * 100)
            colour.set_value(stop.colour)
        self.add.setEnabled(len(self._stops) < MOST)

    def _build(self, count: int) -> None:
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self.places, self.colours = [], [], []
        for index in range(count):
            self._rows.append(self._row(index, removable=count > 1))
            self._column.insertWidget(index, self._rows[-1])

    def _row(self, index: int, *, removable: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        place = NumberField(self.tr("Place"), minimum=0, maximum=100, step=1, decimals=1, unit="%")
        place.setFixedWidth(theme.px(72))
        colour = ColourField(self.tr("Colour"))
        remove = self._section.small("trash-2", self.tr("Take this colour away"), lambda: self._remove(index))
        remove.setEnabled(removable)
        for widget in (place, colour, remove):
            row.addWidget(widget, int(widget is colour))
        label = QT_TRANSLATE_NOOP("history", "Change adjustment")
        live = self._section.live
        live(place, label, lambda document, value: self._set(document, index, at=value / 100))
        live(colour, label, lambda document, value: self._set(document, index, colour=value))
        self.places.append(place)
        self.colours.append(colour)
        return holder

    def _set(self, document: ImageDocument, index: int, **fields: float | str) -> ImageDocument:
        layer = document.layer(self._section.editor.selection[0])
        stops = list(self._stops)
        stops[index] = replace(stops[index], **fields)
        return self._section.set_field(document, layer.id, "stops", tuple(stops))

    def _commit(self, stops: tuple[Stop, ...]) -> None:
        layer = self._section.editor.layer
        if layer is not None:
            self._section.apply(
                QT_TRANSLATE_NOOP("history", "Change adjustment"),
                lambda document: self._section.set_field(document, layer.id, "stops", stops),
            )

    def _add(self) -> None:
        """Put a stop into the widest gap, of the colour of the nearest stop."""
        stops = sorted(self._stops, key=lambda stop: stop.at)
        ends = [0.0, *(stop.at for stop in stops), 1.0]
        gaps = [(after - before, before) for before, after in itertools.pairwise(ends)]
        width, start = max(gaps)
        at = start + width / 2
        near = min(stops, key=lambda stop: abs(stop.at - at))
        self._commit(tuple(sorted((*stops, Stop(at=at, colour=near.colour)), key=lambda stop: stop.at)))

    def _remove(self, index: int) -> None:
        self._commit(tuple(stop for i, stop in enumerate(self._stops) if i != index))


class TableBody(QWidget):
    """The name of a .cube file, and a button that reads another."""

    def __init__(self, section: "AdjustmentSection") -> None:
        super().__init__()
        self._section = section
        self.name = QLabel()
        self.name.setWordWrap(True)
        theme.set_role(self.name, "secondary")
        self.choose = QPushButton(self.tr("Choose a .cube file…"))
        self.choose.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.name)
        column.addWidget(self.choose)

    def follow(self, adjustment: ColourLookup) -> None:
        """Show which table is used."""
        none = self.tr("No table yet. A .cube file can be dropped on the canvas as well.")
        self.name.setText(adjustment.name if adjustment.table is not None else none)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a colour table"), "", self.tr("Colour tables (*.cube)")
        )
        if chosen:
            self._section.editor.session.spawn(self.read(Path(chosen)))

    async def read(self, path: Path) -> None:
        """Take the table in a file into the project and use it."""
        editor = self._section.editor
        layer = editor.layer
        if layer is None:
            return
        await asyncio.to_thread(check_file, path)
        digest = await editor.session.import_file(path)
        document = editor.require()
        fresh = ColourLookup(table=digest, name=path.name)
        try:
            changed = image_edits.update(document, [layer.id], adjustment=fresh)
        except KeyError:
            raise AtelierError("The layer that the table was chosen for is gone.") from None
        editor.commit(QT_TRANSLATE_NOOP("history", "Change adjustment"), changed)

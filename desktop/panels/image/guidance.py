"""The Guidance dock: what can be said of the picture that is open, each with *Show* and, where it helps, *Apply*.

The core looks at the picture whenever nothing has changed for a moment and the dock can be seen. Every *Apply* is one
step that can be undone.
"""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.documents.image import ImageDocument, RasterLayer
from core.operations.base import Asset
from core.operations.image_findings import Composition, Contrasts, Harmony, NewColours
from core.operations.image_guidance import (
    HarmoniseColours,
    HarmoniseHues,
)
from core.operations.recipe import single
from core.raster.seeing import Look
from core.values import AtelierError
from desktop import theme
from desktop.i18n import said
from desktop.panels.image import guidance_edits as edits
from desktop.panels.image import guidance_findings as findings
from desktop.panels.image.editor import Editor
from desktop.panels.image.guidance_cards import Card, SchemeRow, chip
from desktop.panels.image.guidance_faces import faces
from desktop.panels.image.guidance_findings import Finding
from desktop.panels.image.guidance_looking import SeenPalette, looking, read_findings
from desktop.panels.image.guidance_overlays import Grid, Overlays
from desktop.panels.image.in_front import InFront
from desktop.panels.image.looks import Looks, look_name
from desktop.panels.image.option_parts import icon_button
from desktop.panels.image.swatches import SwatchSection
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from desktop.work import Task

replace = msgspec.structs.replace
QUIET_MS = 1200
BLIND = (Look.PROTAN, Look.DEUTAN, Look.TRITAN, Look.GREY)


class GuidanceDock(QWidget):
    """Grids, findings and ways to see. GUI thread; the looking is done in the core."""

    def __init__(self, editor: Editor, overlays: Overlays, looks: Looks, swatches: SwatchSection) -> None:
        super().__init__()
        self._editor, self._overlays, self._looks, self._swatches = editor, overlays, looks, swatches
        self._task: Task | None = None
        self._looked_at: ImageDocument | None = None
        self._found: tuple[Composition, Harmony, Contrasts] | None = None
        self._palette: SeenPalette | None = None
        self.cards: dict[str, Card] = {}
        self._shown = ""
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.look)
        self._build()
        self._front = InFront(self)
        self._front.changed.connect(self._on_front)
        editor.committed.connect(self._later)
        editor.selection_changed.connect(self._show_place)
        overlays.changed.connect(self._follow_marks)
        looks.changed.connect(self._follow_marks)

    # --- the parts --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.state = QLabel()
        self.state.setWordWrap(True)
        theme.set_role(self.state, "secondary")
        self.again = icon_button("refresh-cw", self.tr("Look again"), self.look, token="muted")
        self.parts: dict[str, QVBoxLayout] = {}
        for name, title in (
            ("composition", self.tr("Composition")),
            ("text", self.tr("Text")),
            ("colour", self.tr("Colour")),
            ("seeing", self.tr("See as others do")),
        ):
            holder = QWidget()
            part = QVBoxLayout(holder)
            part.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
            part.setSpacing(theme.px(8))
            head = QHBoxLayout()
            label = QLabel(title)
            theme.set_role(label, "heading")
            head.addWidget(label, 1)
            if name == "composition":
                head.addWidget(self.again)
            part.addLayout(head)
            if name == "composition":
                part.addWidget(self._grids())
                part.addWidget(self.state)
            inner = QVBoxLayout()
            inner.setSpacing(theme.px(8))
            part.addLayout(inner)
            self.parts[name] = inner
            column.addWidget(holder)
            line = QFrame()
            line.setProperty("role", "line")
            column.addWidget(line)
        self.parts["seeing"].addWidget(self._seeing())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setMinimumWidth(theme.px(288))

    def _grids(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=theme.px(4))
        self.grids: dict[Grid, QToolButton] = {}
        names = (
            (Grid.THIRDS, self.tr("Thirds"), self.tr("Lines at the thirds of the picture")),
            (Grid.GOLDEN, self.tr("Golden section"), self.tr("Lines that divide the picture at the golden section")),
            (Grid.DIAGONALS, self.tr("Diagonals"), self.tr("Diagonals at 45° from the corners")),
            (Grid.SPIRAL, self.tr("Spiral"), self.tr("The golden spiral; Shift-click turns it into another corner")),
        )
        for grid, text, tip in names:
            button = chip(text, tip)
            button.clicked.connect(lambda on, g=grid: self._choose_grid(g, on))
            flow.addWidget(button)
            self.grids[grid] = button
        return holder

    def _choose_grid(self, grid: Grid, on: bool) -> None:
        turn = grid is Grid.SPIRAL and bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._overlays.show_grid(grid if on or turn else Grid.NONE)

    def _seeing(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=theme.px(4))
        self.views: dict[Look, QToolButton] = {}
        for look in BLIND:
            button = chip(look_name(look), self.tr("Only the view changes; nothing of it is saved"))
            button.clicked.connect(lambda _=False, k=look: self._looks.toggle(k))
            flow.addWidget(button)
            self.views[look] = button
        return holder

    # --- looking ----------------------------------------------------------------------------------------------------

    def _later(self) -> None:
        self._show_place()
        if self._front.seen:
            self._timer.start(QUIET_MS)

    def look(self) -> None:
        """Have the core look at the picture as it is now."""
        document = self._editor.document
        self._timer.stop()
        if document is None or not document.layers:
            self._clear()
            self._say(self.tr("There is nothing in the picture yet."))
            return
        self._stop()
        self._editor.session.spawn(self._looking(document))

    async def _looking(self, document: ImageDocument) -> None:
        session = self._editor.session
        self._say(self.tr("Looking…"))
        try:
            digest = session.require().put_document(document)
            task = session.start(looking(document, digest), title=self.tr("Look at the picture"), origin="guidance")
        except AtelierError as error:
            self._say(said(error))
            return
        self._task = task
        try:
            result = await session.work.wait(task)
            seen = await asyncio.to_thread(
                read_findings, {name: Path(file.path) for name, file in result.outputs.items()}
            )
        except AtelierError as error:
            if self._task is task:
                self._say(said(error))
            return
        finally:
            session.work.release(task)
            session.work.remove(task)
            if self._task is task:
                self._task = None
        composition, harmony, contrasts, self._palette, heat = seen
        self._looked_at, self._found = document, (composition, harmony, contrasts)
        self._overlays.set_heat(heat)
        if self._editor.document is document:
            self._say("")
            self._show()

    def _stop(self) -> None:
        if self._task is not None:
            self._editor.session.work.cancel(self._task)
            self._task = None

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        document = self._editor.shown
        if self._found is None or document is None:
            return
        composition, harmony, contrasts = self._found
        self._clear()
        self._show_place()
        for finding in (*faces(composition, self._editor), *findings.composition(composition, self._editor)):
            self._add("composition", finding)
        texts = [findings.contrast(one, document) for one in contrasts.texts]
        for text in texts:
            if text is not None:
                self._add("text", text)
        if not any(texts):
            self._add("text", Finding("no-text", self.tr("There is no text in the picture.")))
        for finding in findings.colours(harmony):
            self._add("colour", finding)
        self._show_schemes()
        self._follow_marks()

    def _add(self, part: str, finding: Finding) -> None:
        card = Card(finding, lambda: self._toggle(finding), lambda: self.apply(finding))
        self.cards[finding.id] = card
        layout = self.parts[part]
        layout.insertWidget(0, card) if finding.id == "place" else layout.addWidget(card)

    def _clear(self) -> None:
        for name, layout in self.parts.items():
            while name != "seeing" and layout.count():
                item = layout.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self.cards.clear()
        if self._overlays.mark is not None:
            self._overlays.show_mark(None)

    def _show_place(self) -> None:
        """The selected layer's place is told at once: nothing has to be looked at for it."""
        old = self.cards.pop("place", None)
        if old is not None:
            self.parts["composition"].removeWidget(old)
            old.hide()
            old.deleteLater()
        finding = findings.selected_place(self._editor)
        if finding is not None and self._found is not None:
            self._add("composition", finding)

    def _show_schemes(self) -> None:
        """Show what goes with the colour that stands out most, ready to be used."""
        if self._palette is None or not self._palette.swatches:
            return
        names = {
            "complementary": self.tr("Complementary"),
            "analogous": self.tr("Analogous"),
            "triadic": self.tr("Triadic"),
            "split complementary": self.tr("Split complementary"),
            "tetradic": self.tr("Tetradic"),
        }
        key = self._palette.swatches[self._palette.key]
        for name, colours in key.harmonies.items():
            if name in names:
                row = SchemeRow(names[name], colours, partial(self._use_palette, colours), self._editor.set_colour)
                self.parts["colour"].addWidget(row)

    def _use_palette(self, colours: tuple[str, ...]) -> None:
        self._swatches.set_colours(colours)
        self._editor.selection_changed.emit()
        self._editor.session.say(self.tr("The palette is in the Properties: click a colour to paint with it."), "done")

    def _toggle(self, finding: Finding) -> None:
        if finding.look is not None:
            self._looks.toggle(finding.look)
            return
        shown = finding.id == self._shown and self._overlays.mark is not None
        self._shown = "" if shown else finding.id
        self._overlays.show_mark(None if shown else finding.mark)

    def _follow_marks(self) -> None:
        for grid, button in self.grids.items():
            button.setChecked(self._overlays.grid is grid)
        for view, button in self.views.items():
            button.setChecked(self._looks.look is view)
        for name, card in self.cards.items():
            look = card.finding.look
            marked = name == self._shown and self._overlays.mark is not None
            card.show_button.setChecked(self._looks.look is look if look is not None else marked)

    # --- doing ------------------------------------------------------------------------------------------------------

    def apply(self, finding: Finding) -> None:
        """Do what a finding suggests, as one step that can be undone."""
        document = self._editor.document
        if document is None:
            return
        if finding.edit is None:
            if finding.id == "harmony" and self._found is not None:
                self._editor.session.spawn(self._harmonise(self._found[1]))
            return
        try:
            changed = finding.edit(document)
        except KeyError:
            self._editor.session.say(self.tr("The layer is gone by now. Look again."), "warn")
            return
        except AtelierError as error:
            self._editor.session.report(error)
            return
        self._overlays.show_mark(None)
        self._editor.commit(finding.label, changed)

    async def _harmonise(self, found: Harmony) -> None:
        """Turn the hues of photographs, fills and texts to one scheme, in one step."""
        session, document = self._editor.session, self._editor.require()
        digest = session.require().put_document(document)
        assert found.scheme != "nearest"
        wanted = HarmoniseColours(document=Asset(hash=digest), scheme=found.scheme, turn=found.turn)
        task = session.start(single(wanted), origin="guidance")
        try:
            result = await session.work.wait(task)
            data = await asyncio.to_thread(Path(next(iter(result.outputs.values())).path).read_bytes)
        finally:
            session.work.release(task)
            session.work.remove(task)
        edit = findings.recolouring(msgspec.json.decode(data, type=NewColours))
        pixels: dict[str, tuple[str, str]] = {}
        for layer_id in edits.pictures(document):
            layer = document.layer(layer_id)
            if isinstance(layer, RasterLayer):
                turned = HarmoniseHues(image=Asset(hash=layer.pixels), scheme=found.scheme, turn=found.turn)
                made = await session.make(turned, origin="guidance")
                pixels[layer_id] = layer.pixels, made.outputs["image"]
        changed = edits.with_pixels(edit(self._editor.require()), pixels)
        self._editor.commit(QT_TRANSLATE_NOOP("history", "Bring colours into harmony"), changed)

    # --- coming and going -------------------------------------------------------------------------------------------

    def _on_front(self, seen: bool) -> None:
        if not seen:
            self._timer.stop()
        elif self._editor.document is not self._looked_at or self._found is None:
            self._timer.start(0)

    def shut_down(self) -> None:
        """Begin nothing more."""
        self._timer.stop()
        self._stop()

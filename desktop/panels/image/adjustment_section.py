"""Inspector section for an adjustment layer: sliders from the declaration, and an editor for curves."""

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import IDENTITY, Adjustment, AdjustmentLayer, Curve, Curves, ImageDocument, Levels
from core.documents.image_adjustments import ColourLookup, GradientMap
from core.documents.image_filters import Filter
from desktop import theme
from desktop.panels.image.adjustment_bodies import StopsBody, TableBody
from desktop.panels.image.curves import CurveEditor, Histograms
from desktop.panels.image.declared import DeclaredRows, Edit
from desktop.panels.image.editor import Editor
from desktop.panels.image.levels import LevelsBody
from desktop.panels.image.sections import Section
from desktop.panels.image.words import QT_TRANSLATE_NOOP, adjustment_name
from desktop.widgets.choice import Segmented

replace = msgspec.structs.replace
CHANNELS = {"master": "text", "red": "#e5484d", "green": "#3fa45b", "blue": "#4b86e8"}


class AdjustmentSection(Section):
    """Shows the controls of whichever adjustment is selected."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Adjustment"))
        self.reset = self.tool("refresh-cw", self.tr("Reset all values"), self._reset)
        self._kind: type[Adjustment | Filter] | None = None
        self._body: QWidget | None = None
        self.rows: DeclaredRows | None = None
        self.curves: CurvesBody | None = None
        self.levels: LevelsBody | None = None
        self.stops: StopsBody | None = None
        self.table: TableBody | None = None

    def follow(self) -> None:
        layer = self.editor.layer
        if not isinstance(layer, AdjustmentLayer):
            return
        adjustment = layer.adjustment
        if type(adjustment) is not self._kind:
            self._build(type(adjustment))
        if self.rows is not None:
            self.rows.show_values(adjustment)
        if self.levels is not None and isinstance(adjustment, Levels):
            self.levels.follow(adjustment, layer.id)
        if self.stops is not None and isinstance(adjustment, GradientMap):
            self.stops.follow(adjustment)
        if self.table is not None and isinstance(adjustment, ColourLookup):
            self.table.follow(adjustment)
        if self.curves is not None and isinstance(adjustment, Curves):
            self.curves.follow(adjustment, layer.id)
        self.reset.setEnabled(adjustment != type(adjustment)())

    def _build(self, kind: type[Adjustment | Filter]) -> None:
        self._kind = kind
        self.heading.setText(adjustment_name(kind))
        if self._body is not None:
            self.grid.removeWidget(self._body)
            self._body.deleteLater()
        if self.curves is not None:
            self.curves.shut_down()
        if self.levels is not None:
            self.levels.shut_down()
        self.rows = self.curves = self.levels = self.stops = self.table = None
        if kind is Curves:
            self._body = self.curves = CurvesBody(self)
        elif kind is ColourLookup:
            self._body = self.table = TableBody(self)
        else:
            self._body = self._controls(kind)
        self.grid.addWidget(self._body, 0, 0, 1, 2)

    def _controls(self, kind: type[Adjustment | Filter]) -> QWidget:
        self.rows = DeclaredRows(self, "adjustments", QT_TRANSLATE_NOOP("history", "Change adjustment"), self._set)
        if kind is GradientMap:
            self.stops = StopsBody(self)
            self.rows.wide(self.stops)
        if kind is Levels:
            self.levels = LevelsBody(self)
            self.rows.wide(self.levels)
        self.rows.declare(kind)
        return self.rows

    def _set(self, name: str) -> Edit:
        return lambda document, value: self.set_field(document, self.editor.selection[0], name, value)

    def set_field(self, document: ImageDocument, layer_id: str, name: str, value: object) -> ImageDocument:
        """Return the document with one field of a layer's adjustment set."""
        layer = document.layer(layer_id)
        if not isinstance(layer, AdjustmentLayer):
            raise KeyError(layer_id)
        return image_edits.update(document, [layer_id], adjustment=replace(layer.adjustment, **{name: value}))

    def set_curve(self, document: ImageDocument, channel: str, curve: Curve) -> ImageDocument:
        """Return the document with one channel's curve."""
        return self._set(channel)(document, curve)

    def _reset(self) -> None:
        layer = self.editor.layer
        if isinstance(layer, AdjustmentLayer):
            fresh = type(layer.adjustment)()
            self.apply(
                QT_TRANSLATE_NOOP("history", "Reset adjustment"),
                lambda document: image_edits.update(document, [layer.id], adjustment=fresh),
            )

    def shut_down(self) -> None:
        """Wait for what still counts a histogram."""
        if self.curves is not None:
            self.curves.shut_down()
        if self.levels is not None:
            self.levels.shut_down()


class CurvesBody(QWidget):
    """Channels, and the editor for the curve of one of them."""

    def __init__(self, section: AdjustmentSection) -> None:
        super().__init__()
        self._section = section
        self._curves = Curves()
        self._heights: list[list[float]] = []
        self._histograms = Histograms(self)
        self._histograms.done.connect(self._counted)
        names = (
            ("master", self.tr("RGB")),
            ("red", self.tr("Red")),
            ("green", self.tr("Green")),
            ("blue", self.tr("Blue")),
        )
        self.channel = Segmented(self.tr("Channel"), names, "master")
        self.editor = CurveEditor()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.channel)
        column.addWidget(self.editor)
        self.channel.committed.connect(lambda _: self._show())
        section.live(
            self.editor,
            QT_TRANSLATE_NOOP("history", "Change curve"),
            lambda document, curve: section.set_curve(document, self._channel(), curve),
        )

    def _channel(self) -> str:
        return str(self.channel.value())

    def follow(self, curves: Curves, layer_id: str) -> None:
        """Show the curves of a layer, over the histogram of what is below it."""
        self._curves = curves
        self._show()
        compositor, document = self._section.editor.compositor, self._section.editor.document
        if compositor is not None and document is not None:
            hidden = image_edits.update(document, [layer_id], visible=False)
            self._histograms.count(compositor, hidden)

    def _show(self) -> None:
        channel = self._channel()
        self.editor.set_channel(CHANNELS[channel])
        self.editor.set_value(getattr(self._curves, channel, IDENTITY))
        if self._heights:
            self.editor.set_histogram(self._heights[list(CHANNELS).index(channel)])

    def _counted(self, heights: list[list[float]]) -> None:
        self._heights = heights
        self._show()

    def shut_down(self) -> None:
        """Wait for the worker."""
        self._histograms.shut_down()

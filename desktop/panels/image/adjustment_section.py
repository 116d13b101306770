"""Inspector section for an adjustment layer: sliders from the declaration, and an editor for curves."""

from typing import Any, get_type_hints

import msgspec
from msgspec import Meta
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import IDENTITY, Adjustment, AdjustmentLayer, Curve, Curves, ImageDocument
from desktop import theme
from desktop.i18n import word
from desktop.panels.image.curves import CurveEditor, Histograms
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section
from desktop.panels.image.words import QT_TRANSLATE_NOOP, adjustment_name
from desktop.widgets.choice import Segmented
from desktop.widgets.number import SliderField

replace = msgspec.structs.replace
CHANNELS = {"master": "text", "red": "#e5484d", "green": "#3fa45b", "blue": "#4b86e8"}


class AdjustmentSection(Section):
    """Shows the controls of whichever adjustment is selected."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Adjustment"))
        self.reset = self.tool("refresh-cw", self.tr("Reset all values"), self._reset)
        self._kind: type[Adjustment] | None = None
        self._body: QWidget | None = None
        self.sliders: dict[str, SliderField] = {}
        self.curves: CurvesBody | None = None

    def follow(self) -> None:
        layer = self.editor.layer
        if not isinstance(layer, AdjustmentLayer):
            return
        adjustment = layer.adjustment
        if type(adjustment) is not self._kind:
            self._build(type(adjustment))
        for name, slider in self.sliders.items():
            slider.set_value(getattr(adjustment, name))
        if self.curves is not None and isinstance(adjustment, Curves):
            self.curves.follow(adjustment, layer.id)
        self.reset.setEnabled(adjustment != type(adjustment)())

    def _build(self, kind: type[Adjustment]) -> None:
        self._kind = kind
        self.heading.setText(adjustment_name(kind))
        if self._body is not None:
            self.grid.removeWidget(self._body)
            self._body.deleteLater()
        if self.curves is not None:
            self.curves.shut_down()
        self.sliders, self.curves = {}, None
        if kind is Curves:
            self.curves = CurvesBody(self)
            self._body = self.curves
        else:
            self._body = self._sliders(kind)
        self.grid.addWidget(self._body, 0, 0, 1, 2)

    def _sliders(self, kind: type[Adjustment]) -> QWidget:
        rows = Section(self.editor, "")
        rows.heading.hide()
        layout = rows.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        label = QT_TRANSLATE_NOOP("history", "Change adjustment")
        for name, meta, default in described(kind):
            extra = meta.extra or {}
            title = word("adjustments", meta.title or name.capitalize())
            slider = SliderField(
                title,
                minimum=float(meta.ge or 0),
                maximum=float(meta.le or 0),
                step=float(extra.get("step", 1.0)),
                unit=str(extra.get("unit", "")),
                value=default,
                default=default,
                logarithmic=name == "gamma",
            )
            rows.row(title, slider)
            rows.live(slider, label, self._set(name))
            self.sliders[name] = slider
        return rows

    def _set(self, name: str) -> Any:
        def edit(document: ImageDocument, value: float) -> ImageDocument:
            layer = document.layer(self.editor.selection[0])
            assert isinstance(layer, AdjustmentLayer)
            fields: dict[str, Any] = {name: value}
            return image_edits.update(document, [layer.id], adjustment=replace(layer.adjustment, **fields))

        return edit

    def set_curve(self, document: ImageDocument, channel: str, curve: Curve) -> ImageDocument:
        """Return the document with one channel's curve."""
        edit: ImageDocument = self._set(channel)(document, curve)
        return edit

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


def described(kind: type[Adjustment]) -> list[tuple[str, Meta, float]]:
    """Return (name, bounds and words, default) of each number of an adjustment, in the order of declaration."""
    hints = get_type_hints(kind, include_extras=True)
    found: list[tuple[str, Meta, float]] = []
    for field in msgspec.structs.fields(kind):
        meta = next((m for m in getattr(hints[field.name], "__metadata__", ()) if isinstance(m, Meta)), None)
        if meta is not None:
            found.append((field.name, meta, float(field.default)))
    return found

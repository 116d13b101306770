"""Inspector section for text: typeface, size, colour, lines, and the box of a button behind it."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument, TextLayer
from core.raster.fonts import fonts
from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.fonts import FamilyField, WeightField
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.tools.text import TextTool, restyled
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.choice import Segmented
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField


class TextSection(Section):
    """Everything about the letters of the selected text layers."""

    def __init__(self, editor: Editor, tool: TextTool, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.tool_in_use = tool
        self.heading.setText(self.tr("Text"))
        self.family = FamilyField("Inter")
        self.weight = WeightField(400)
        self.italic = self.tool("italic", self.tr("Italic"), self._italic, checkable=True)
        self.type_size = NumberField(self.tr("Size"), minimum=1, maximum=5000, step=1, decimals=1, unit="px", value=48)
        self.colour = ColourField(self.tr("Colour"), alpha=True)
        self.align = Segmented(
            self.tr("Alignment"),
            (
                ("left", self.tr("Left")),
                ("center", self.tr("Centre")),
                ("right", self.tr("Right")),
            ),
            "left",
        )
        self.leading = NumberField(
            self.tr("Line height"), minimum=0.5, maximum=5, step=0.05, unit="×", value=1.2, default=1.2
        )
        self.tracking = NumberField(
            self.tr("Letter spacing"), minimum=-500, maximum=2000, step=5, decimals=0, value=0, default=0
        )
        self.tracking.setToolTip(self.tr("Letter spacing in thousandths of the type size"))
        self.wrap = NumberField(
            self.tr("Box width"), minimum=0, maximum=30_000, step=1, decimals=0, unit="px", value=0, default=0
        )
        self.wrap.setToolTip(self.tr("Lines break at this width; 0 lets them run on"))
        self.button = QCheckBox(self.tr("Box behind the text"))
        self.background = ColourField(self.tr("Box colour"), alpha=True)
        self.padding = NumberField(self.tr("Padding"), minimum=0, maximum=2000, step=1, unit="px", value=0, default=0)
        self.radius = NumberField(
            self.tr("Corner radius"), minimum=0, maximum=2000, step=1, unit="px", value=0, default=0
        )
        self.row(self.tr("Typeface"), self.family)
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        theme.set_role(self.missing, "warn")
        self.wide(self.missing)
        self.row(self.tr("Weight"), self.weight)
        self.row(self.tr("Size"), self.type_size)
        self.row(self.tr("Colour"), self.colour)
        self.row(self.tr("Alignment"), self.align)
        self.row(self.tr("Line height"), self.leading)
        self.row(self.tr("Spacing"), self.tracking)
        self.row(self.tr("Box width"), self.wrap)
        self.wide(self.button)
        self._box_rows: list[QWidget] = [
            self.row(self.tr("Box colour"), self.background),
            self.row(self.tr("Padding"), self.padding),
            self.row(self.tr("Corners"), self.radius),
        ]
        self._box_rows += [self.background, self.padding, self.radius]
        self._connect()

    def _connect(self) -> None:
        label = QT_TRANSLATE_NOOP("history", "Change text style")
        for control, name in (
            (self.type_size, "size"),
            (self.colour, "colour"),
            (self.leading, "leading"),
            (self.tracking, "tracking"),
            (self.wrap, "width"),
            (self.background, "background"),
            (self.padding, "padding"),
            (self.radius, "radius"),
        ):
            self.live(control, label, self._set(name))
        self.family.committed.connect(lambda value: self._decide("family", value))
        self.weight.committed.connect(lambda value: self._decide("weight", value))
        self.align.committed.connect(lambda value: self._decide("align", value))
        self.button.toggled.connect(self._boxed)

    def _set(self, name: str) -> Any:
        return lambda document, value: self._styled(document, **{name: value})

    def _styled(self, document: ImageDocument, **fields: Any) -> ImageDocument:
        size_of = self.editor.size_of
        return image_edits.change(
            document,
            [layer.id for layer in self.editor.selected() if isinstance(layer, TextLayer)],
            lambda layer: restyled(layer, size_of, **fields) if isinstance(layer, TextLayer) else layer,
        )

    def _decide(self, name: str, value: Any) -> None:
        label = QT_TRANSLATE_NOOP("history", "Change text style")
        self.apply(label, lambda document: self._styled(document, **{name: value}))
        self.tool_in_use.remember(**{name: value})

    def _italic(self) -> None:
        self._decide("italic", self.italic.isChecked())

    def _boxed(self, on: bool) -> None:
        """A button starts with a box in the foreground colour and room in proportion to its type."""
        layer = self.editor.layer
        size = layer.size if isinstance(layer, TextLayer) else 48.0
        fields: dict[str, Any] = {"background": None}
        if on:
            fields = {"background": self.editor.colour}
            if isinstance(layer, TextLayer) and layer.padding == 0:
                fields |= {"padding": float(round(size * 0.5)), "radius": float(round(size * 0.3))}
        self.apply(QT_TRANSLATE_NOOP("history", "Change text style"), lambda document: self._styled(document, **fields))

    def follow(self) -> None:
        layer = next((one for one in self.editor.selected() if isinstance(one, TextLayer)), None)
        if layer is None:
            return
        self.family.set_value(layer.family)
        absent = not fonts().has(layer.family)
        self.missing.setVisible(absent)
        if absent:
            self.missing.setText(
                self.tr("“{family}” is not on this computer, so another stands in. Drop its font file here.").format(
                    family=layer.family
                )
            )
        self.weight.set_value(layer.weight)
        set_checked(self.italic, layer.italic)
        self.type_size.set_value(layer.size)
        self.colour.set_value(layer.colour)
        self.align.set_value(layer.align)
        self.leading.set_value(layer.leading)
        self.tracking.set_value(layer.tracking)
        self.wrap.set_value(layer.width)
        set_checked(self.button, layer.background is not None)
        if layer.background is not None:
            self.background.set_value(layer.background)
        self.padding.set_value(layer.padding)
        self.radius.set_value(layer.radius)
        for widget in self._box_rows:
            widget.setVisible(layer.background is not None)

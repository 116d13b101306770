"""Inspector sections for one selected layer: where it stands and its fill; and a line for several layers."""

import math

import msgspec
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from core.documents import image_edits, image_place
from core.documents.image import AnyLayer, FillLayer, ImageDocument, Placed, RasterLayer, ShapeLayer
from core.documents.image_place import Placement
from core.raster.bending import warp_of
from core.values import AtelierError
from desktop import icons, theme
from desktop.panels.image.commands import Commands
from desktop.panels.image.depth import short_depth
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField, SliderField

replace = msgspec.structs.replace
LARGE = 100_000.0


class PlaceSection(Section):
    """Position, size and rotation of a pixel or text layer."""

    def __init__(self, editor: Editor, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Position and size"))
        self.left = NumberField(self.tr("X"), minimum=-LARGE, maximum=LARGE, step=1, decimals=2, unit="px")
        self.top = NumberField(self.tr("Y"), minimum=-LARGE, maximum=LARGE, step=1, decimals=2, unit="px")
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=LARGE, step=1, decimals=1, unit="px")
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=LARGE, step=1, decimals=1, unit="px")
        self.scale = NumberField(
            self.tr("Scale"), minimum=0.1, maximum=10_000, step=1, decimals=1, unit="%", value=100, default=100
        )
        self.angle = NumberField(
            self.tr("Rotation"), minimum=-180, maximum=180, step=1, decimals=1, unit="°", value=0, default=0
        )
        self.linked = self.small("link", self.tr("Keep width and height in proportion"), lambda: None, checkable=True)
        set_checked(self.linked, True)
        self.tool("flip-horizontal-2", self.tr("Flip horizontally"), lambda: commands.flip("horizontal"))
        self.tool("flip-vertical-2", self.tr("Flip vertically"), lambda: commands.flip("vertical"))
        self.tool("rotate-cw", self.tr("Turn by 90° clockwise"), lambda: commands.turn(90))
        self.reset = self.tool("refresh-cw", self.tr("Reset size and rotation"), commands.reset_transform)
        self.row(self.tr("Position"), self.left, self.top, gap=24)
        self.row(self.tr("Size"), self.across, self.down, between=self.linked)
        self._scale_row = self.row(self.tr("Scale"), self.scale), self.scale
        self.row(self.tr("Rotation"), self.angle)
        self.pixels = QLabel()
        theme.set_role(self.pixels, "secondary")
        self.pixels.setWordWrap(True)
        self.wide(self.pixels)
        move, scale, turn = (
            QT_TRANSLATE_NOOP("history", "Move layer"),
            QT_TRANSLATE_NOOP("history", "Scale layer"),
            QT_TRANSLATE_NOOP("history", "Rotate layer"),
        )
        self.live(self.left, move, lambda document, value: self._moved(document, value, 0))
        self.live(self.top, move, lambda document, value: self._moved(document, value, 1))
        self.live(self.across, scale, lambda document, value: self._sized(document, value, 0))
        self.live(self.down, scale, lambda document, value: self._sized(document, value, 1))
        self.live(self.scale, scale, self._scaled)
        self.live(self.angle, turn, self._turned)

    def _one(self, document: ImageDocument) -> Placed:
        layer = document.layer(self.editor.selection[0])
        if not isinstance(layer, Placed):
            raise KeyError(layer.id)
        return layer

    def _moved(self, document: ImageDocument, value: float, axis: int) -> ImageDocument:
        layer = self._one(document)
        box = self.editor.bounds([layer.id], document)
        assert box is not None
        by = value - box[axis]
        return image_place.move_by(document, [layer.id], *((by, 0.0) if axis == 0 else (0.0, by)))

    def _sized(self, document: ImageDocument, value: float, axis: int) -> ImageDocument:
        layer = self._one(document)
        size = self.editor.size_of(layer)
        scales = layer.transform.scale_x, layer.transform.scale_y
        if size[axis] * abs(scales[axis]) < 1e-6:
            return document  # an upright line has no width that could be scaled
        factor = value / (size[axis] * abs(scales[axis]))
        factors = (factor, factor) if self.linked.isChecked() else ((factor, 1.0) if axis == 0 else (1.0, factor))
        return self._stretched(document, layer, *factors)

    def _scaled(self, document: ImageDocument, value: float) -> ImageDocument:
        layer = self._one(document)
        factor = value / 100 / max(1e-9, abs(layer.transform.scale_x))
        return self._stretched(document, layer, factor, factor)

    def _stretched(self, document: ImageDocument, layer: AnyLayer, fx: float, fy: float) -> ImageDocument:
        corners = image_place.corners(layer, self.editor.size_of(layer))
        assert corners is not None
        new = image_place.stretch(layer, fx, fy, corners[0], self.editor.size_of)
        return document.replace_layer(layer.id, lambda _: new)

    def _turned(self, document: ImageDocument, value: float) -> ImageDocument:
        layer = self._one(document)
        box = self.editor.bounds([layer.id], document)
        assert box is not None
        how = Placement(pivot=box.centre, degrees=value - layer.transform.rotation)
        return image_place.place_by(document, [layer.id], how, self.editor.size_of)

    def follow(self) -> None:
        layer = self.editor.layer
        if not isinstance(layer, Placed):
            return
        box, size = self.editor.bounds([layer.id]), self.editor.size_of(layer)
        transform = layer.transform
        if box is not None:
            self.left.set_value(box.left)
            self.top.set_value(box.top)
        self.across.set_value(size[0] * abs(transform.scale_x))
        self.down.set_value(size[1] * abs(transform.scale_y))
        self.scale.set_value(abs(transform.scale_x) * 100)
        self.angle.set_value(math.remainder(transform.rotation, 360))
        for widget in self._scale_row:
            widget.setVisible(not isinstance(layer, ShapeLayer))  # a shape's numbers are its size
        placed = transform.scale_x, transform.scale_y, transform.rotation
        self.reset.setEnabled(placed != (1.0, 1.0, 0.0) or warp_of(layer) is not None)
        locked = not self.editor.movable()
        for widget in (self.left, self.top, self.across, self.down, self.scale, self.angle):
            widget.setEnabled(not locked)
        self.pixels.setVisible(isinstance(layer, RasterLayer))
        if isinstance(layer, RasterLayer):
            words = self.tr("Its own pixels: {width} × {height}").format(width=layer.width, height=layer.height)
            if layer.made_by_model:
                words += " · " + self.tr("made by a model")
            words += self._depth_words(layer)
            self.pixels.setText(words)

    def _depth_words(self, layer: RasterLayer) -> str:
        """Say how many bits the pixels have, where that is not what everybody expects."""
        compositor, document = self.editor.compositor, self.editor.shown
        if compositor is None or document is None:
            return ""
        try:
            depth = compositor.manifest(layer.pixels).depth
        except AtelierError:
            return ""  # the canvas says what is wrong
        if depth == document.depth:
            return "" if depth == 8 else " · " + short_depth(depth)
        if depth > document.depth:
            return " · " + short_depth(depth)
        fewer = self.tr("{bits}, fewer than the picture: choose its bits again in the Image menu to convert the layer")
        return " · " + fewer.format(bits=short_depth(depth))


class FillSection(Section):
    """A colour, or a gradient of two."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Fill"))
        self.colour = ColourField(self.tr("Colour"), alpha=True)
        self.gradient = QCheckBox(self.tr("Gradient"))
        self.second = ColourField(self.tr("Second colour"), alpha=True)
        self.angle = SliderField(self.tr("Angle"), minimum=-180, maximum=180, step=1, unit="°", value=90, default=90)
        self.row(self.tr("Colour"), self.colour)
        self.row("", self.gradient)
        self._labels = [self.row(self.tr("To"), self.second), self.row(self.tr("Angle"), self.angle)]
        label = QT_TRANSLATE_NOOP("history", "Change fill")
        self.live(self.colour, label, self.field("colour"))
        self.live(self.second, label, self.field("colour2"))
        self.live(self.angle, label, self.field("angle", float))
        self.gradient.toggled.connect(self._toggled)

    def _toggled(self, on: bool) -> None:
        second = self.editor.other_colour if on else None
        self.apply(
            QT_TRANSLATE_NOOP("history", "Change fill"),
            lambda document: image_edits.update(document, self.editor.selection, colour2=second),
        )

    def follow(self) -> None:
        layer = self.editor.layer
        if not isinstance(layer, FillLayer):
            return
        gradient = layer.colour2 is not None
        self.colour.set_value(layer.colour)
        set_checked(self.gradient, gradient)
        if layer.colour2 is not None:
            self.second.set_value(layer.colour2)
        self.angle.set_value(math.remainder(layer.angle, 360))
        for widget in (*self._labels, self.second, self.angle):
            widget.setVisible(gradient)


class TitleSection(Section):
    """What is selected, in words, with its icon."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self._icon = QLabel()
        self.head.insertWidget(0, self._icon)
        self.head.setSpacing(theme.px(8))

    def show_title(self, icon: str, text: str, details: str = "") -> None:
        """Say what is selected."""
        icons.set_icon(self._icon, icon, "muted")
        self.heading.setText(text)
        self.heading.setToolTip(details)

"""What one measures and aligns with: units, rulers, guides, the grid, and what moved things snap to."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta
from PySide6.QtCore import QObject, Signal

from core.documents import artboard_edits, image_edits
from core.documents.image import AnyLayer, GroupLayer, Placed, walk
from core.documents.image_place import Box
from desktop.panels.image.snapping import Line, Targets, lines_of

if TYPE_CHECKING:
    from desktop.panels.image.editor import Editor

replace = msgspec.structs.replace
LengthUnit = Literal["px", "cm", "in", "%"]
UNITS: tuple[LengthUnit, ...] = ("px", "cm", "in", "%")
FAR = 1e6
"""How far guides go, in document pixels: beyond any canvas."""


class MeasureOptions(msgspec.Struct, frozen=True):
    """How one measures, kept from one start to the next. The grid's step is in document pixels."""

    rulers: bool = False
    unit: LengthUnit = "px"
    guides: bool = True
    locked: bool = False
    grid: bool = False
    step: Annotated[float, Meta(ge=2, le=10_000)] = 64.0
    parts: Annotated[int, Meta(ge=1, le=32)] = 4
    """Into how many parts a step of the grid is divided."""
    snap: bool = True
    to_guides: bool = True
    to_grid: bool = True
    to_layers: bool = True
    to_canvas: bool = True


class Measuring(QObject):
    """The options, and what there is to snap to in the document that is shown."""

    options_changed = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self.editor = editor
        self._options: MeasureOptions | None = None

    @property
    def options(self) -> MeasureOptions:
        if self._options is None:
            stored = self.editor.session.settings.views.get("image.measure", {})
            try:
                self._options = msgspec.convert(stored, MeasureOptions)
            except msgspec.ValidationError:
                self._options = MeasureOptions()
        return self._options

    def adjust(self, **fields: object) -> None:
        """Set options."""
        options = replace(self.options, **fields)
        if options != self._options:
            self._options = options
            self.editor.session.settings.views["image.measure"] = msgspec.to_builtins(options)
            self.options_changed.emit()

    def flip(self, name: str) -> None:
        """Switch one option on or off."""
        self.adjust(**{name: not getattr(self.options, name)})

    def pixels_per(self, unit: LengthUnit, length: int) -> float:
        """Return how many document pixels one ``unit`` is along a side of ``length`` pixels."""
        document = self.editor.shown
        resolution = document.resolution if document is not None else 72.0
        return {"px": 1.0, "cm": resolution / 2.54, "in": resolution, "%": max(1, length) / 100}[unit]

    def targets(self, besides: Collection[str] = ()) -> Targets:
        """Return what can be snapped to, without the layers ``besides``, what is in them and the groups around them."""
        document, options = self.editor.document, self.options
        if document is None:
            return Targets()
        group = artboard_edits.common_holder(document, besides)
        canvas = self.editor.boards.around(tuple(besides), document)
        canvas = canvas or Box(0.0, 0.0, float(document.width), float(document.height))
        if not options.snap:
            return Targets(within=canvas)
        boards = artboard_edits.boards(document)
        boxes: tuple[Box, ...] = ()
        if group is None:
            boxes = tuple(_box(one) for one in boards if one.visible and one.id not in besides)
        if not any(one.id in besides for one in boards):  # artboards line up with each other, not with what is on them
            boxes += self._boxes(document.layers if group is None else group.layers, besides)
        lines = [
            Line(guide.axis, guide.at, -FAR, FAR) for guide in document.guides if options.guides and options.to_guides
        ]
        found = lines_of(canvas, boxes if options.to_layers else ())
        lines += found if options.to_canvas else found[6:]
        grid = options.step / options.parts if options.grid and options.to_grid else 0.0
        return Targets(tuple(lines), boxes if options.to_layers else (), grid, canvas)

    def _boxes(self, layers: tuple[AnyLayer, ...], besides: Collection[str]) -> tuple[Box, ...]:
        """Return the boxes of the layers that can be seen, without ``besides`` and the groups around them."""
        document = self.editor.require()
        moving = {layer.id for i in besides for layer in walk((document.layer(i),))}
        around = {group.id for i in besides for group in image_edits.ancestors(document, i)}
        return tuple(
            box
            for layer in walk(layers)
            if layer.id not in moving | around
            and isinstance(layer, Placed)
            and image_edits.is_visible(document, layer.id)
            and (box := self.editor.bounds([layer.id], document)) is not None
        )


def _box(group: GroupLayer) -> Box:
    assert group.artboard is not None
    return artboard_edits.box_of(group.artboard)

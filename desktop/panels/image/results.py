"""What a kept result becomes in the document: new pixels for a layer, a mask, adjustment layers, or colours."""

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

from core.documents import image_edits
from core.documents.image import ImageDocument, Mask, RasterLayer, Transform, walk
from core.operations.base import Operation
from core.operations.image import AutoGrade, Denoise, Palette, RemoveBackground
from core.operations.image_retouch import CastShadow, Reflection, SeamlessClone
from core.operations.image_select import RefineEdge
from core.raster.managing import convert_hex
from core.values import AtelierError
from desktop import i18n
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.grades import grade_layers, read_grade
from desktop.panels.image.swatches import SwatchSection, palette_colours
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.session import Made

replace = msgspec.structs.replace


class _Corner(msgspec.Struct):
    x: float
    y: float


class Results(QObject):
    """Puts results into the document that is shown, each as one undoable step."""

    def __init__(
        self, editor: Editor, commands: Commands, swatches: SwatchSection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands
        self.swatches = swatches

    def apply(self, operation: Operation, made: "Made") -> None:
        """Take ``made`` into the document. Raises :class:`AtelierError` when what it refers to cannot be read.

        Operations know sRGB only, so pixels for a document in another profile are converted first, a moment later.
        """
        document = self.editor.require()
        if document.profile is not None and "image" in made.outputs:
            self.editor.session.spawn(self._converted(operation, made, document))
        else:
            self._apply(operation, made)

    async def _converted(self, operation: Operation, made: "Made", document: ImageDocument) -> None:
        image = await self.editor.colours.raster(made.outputs["image"], None, document.profile)
        now = self.editor.document
        if now is None or (now.id, now.profile) != (document.id, document.profile):
            raise AtelierError(self.tr("Another picture is shown now: keep the result again where it belongs."))
        self._apply(operation, dataclasses.replace(made, outputs={**made.outputs, "image": image}))

    def _apply(self, operation: Operation, made: "Made") -> None:
        layer = self._source(made)
        if isinstance(operation, Palette):
            self._palette(made)
        elif isinstance(operation, AutoGrade) and "data" in made.outputs:
            self._grade(made, layer)
        elif isinstance(operation, CastShadow | Reflection) and layer is not None and "data" in made.outputs:
            self._below(operation, made, layer)
        elif isinstance(operation, SeamlessClone):
            self._over(operation, made, self._source(made, "background"))
        elif "image" in made.outputs:
            self._pixels(operation, made, layer)
        elif isinstance(operation, RefineEdge):
            label = QT_TRANSLATE_NOOP("history", "Refine edge")
            pixels = self.editor.pixels
            self.editor.session.spawn(pixels.take(label, made.outputs["mask"], layer))
        elif "mask" in made.outputs and layer is not None:
            self._mask(layer, made.outputs["mask"])

    def _source(self, made: "Made", field: str = "image") -> RasterLayer | None:
        """Return the layer that an input came from, if it is still there."""
        document, source = self.editor.document, made.sources.get(field)
        if document is None or source is None or source.document != document.id or not source.layer:
            return None
        found = next((layer for layer in walk(document.layers) if layer.id == source.layer), None)
        return found if isinstance(found, RasterLayer) else None

    # --- pixels -----------------------------------------------------------------------------------------------------

    def _below(self, operation: Operation, made: "Made", layer: RasterLayer) -> None:
        """Put what lies under a cut-out (a shadow, a reflection) into a layer of its own below it."""
        project, document, compositor = self.editor.session.require(), self.editor.require(), self.editor.compositor
        assert compositor is not None
        digest = made.outputs["image"]
        corner = msgspec.json.decode(project.get(made.outputs["data"]), type=_Corner)
        manifest = compositor.manifest(digest)
        new = RasterLayer(
            name=i18n.operation_title(operation.info),
            pixels=digest,
            width=manifest.width,
            height=manifest.height,
            transform=at_corner(layer, corner.x, corner.y, manifest.width, manifest.height),
        )
        parent, index = image_edits.place(document, layer.id)
        after = image_edits.insert(document, [new], parent, index)
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Place result"), after):
            self._bind(made, (name for name, source in made.sources.items() if source.layer))
            self.editor.select([new.id])

    def _over(self, operation: Operation, made: "Made", background: RasterLayer | None) -> None:
        """Put what has a background's size into a layer of its own just where that background is."""
        if background is None:
            self._pixels(operation, made, None)
            return
        new = RasterLayer(
            name=i18n.operation_title(operation.info),
            pixels=made.outputs["image"],
            width=background.width,
            height=background.height,
            transform=background.transform,
            warp=background.warp,
        )
        self.commands.insert(QT_TRANSLATE_NOOP("history", "Place result"), new)

    def _pixels(self, operation: Operation, made: "Made", layer: RasterLayer | None) -> None:
        digest = made.outputs["image"]
        model = bool(operation.info.models) or isinstance(operation, Denoise)
        document, compositor = self.editor.require(), self.editor.compositor
        assert compositor is not None
        manifest = compositor.manifest(digest)
        if layer is None:
            name = i18n.recipe_title(made.recipe) or self.tr("Result")
            if (manifest.width, manifest.height) == (document.width, document.height):
                new = RasterLayer(
                    name=name, pixels=digest, width=manifest.width, height=manifest.height, made_by_model=model
                )
                self.commands.insert(QT_TRANSLATE_NOOP("history", "Place result"), new)
            else:
                self.commands.place(digest, name, None, made_by_model=model)
            return
        new = replace(
            layer,
            pixels=digest,
            width=manifest.width,
            height=manifest.height,
            transform=in_place(layer, manifest.width, manifest.height),
            made_by_model=layer.made_by_model or model,
        )
        after = document.replace_layer(layer.id, lambda _: new)
        label = {
            "image.remove_background": QT_TRANSLATE_NOOP("history", "Remove background"),
            "image.upscale": QT_TRANSLATE_NOOP("history", "Enlarge"),
            "image.denoise": QT_TRANSLATE_NOOP("history", "Remove noise"),
            "image.colour_transfer": QT_TRANSLATE_NOOP("history", "Match colours"),
        }.get(operation.info.name, QT_TRANSLATE_NOOP("history", "Keep result"))
        if not self.editor.commit(label, after):
            return
        # The layer is the result now: what is done to it later does not put the result out of date.
        self._bind(made, (name for name, source in made.sources.items() if source.layer not in ("", layer.id)))
        self.editor.select([layer.id])
        if isinstance(operation, RemoveBackground) and "mask" in made.outputs:
            mask = made.outputs["mask"]
            self.editor.session.say(
                self.tr("The background is gone. A mask in its place can still be painted on."),
                "done",
                self.tr("Use a mask instead"),
                lambda: self._mask_instead(made, layer, new, mask),
            )

    def _bind(self, made: "Made", fields: Iterable[str]) -> None:
        """Have the result marked out of date when the layers change that these inputs came from."""
        places = {
            name: (made.sources[name].document, made.sources[name].layer) for name in fields if made.sources[name].own
        }
        try:
            self.editor.session.require().bind(made.result_id, places)
        except AtelierError as error:
            self.editor.session.report(error)
            return
        self.editor.session.results_changed.emit()

    def _mask_instead(self, made: "Made", before: RasterLayer, after: RasterLayer, mask: str) -> None:
        """Give the layer its own pixels back, and hide the background with a mask."""
        document = self.editor.document
        found = next((one for one in walk(document.layers) if one.id == before.id), None) if document else None
        if document is None or not isinstance(found, RasterLayer) or found.pixels != after.pixels:
            raise AtelierError(self.tr("The layer was changed since; run “Remove background” on it again."))
        masked = replace(
            found, pixels=before.pixels, width=before.width, height=before.height, made_by_model=before.made_by_model
        )
        masked = replace(masked, transform=in_place(found, before.width, before.height))
        self._mask(masked, mask)
        self._bind(made, ("image",))

    def _mask(self, layer: RasterLayer, digest: str) -> None:
        """Set the mask output of an operation, which is as large as the layer, over the layer's pixels."""
        document, compositor = self.editor.require(), self.editor.compositor
        assert compositor is not None
        manifest = compositor.manifest(digest)
        inner = in_place(layer, manifest.width, manifest.height)
        x, y = round(inner.x), round(inner.y)
        inner = replace(inner, x=inner.x - x, y=inner.y - y)
        mask = Mask(pixels=digest, x=x, y=y, width=manifest.width, height=manifest.height, transform=inner)
        after = document.replace_layer(layer.id, lambda _: replace(layer, mask=mask))
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Mask the background"), after):
            self.editor.select([layer.id], mask=True)

    # --- adjustments and colours ------------------------------------------------------------------------------------

    def _grade(self, made: "Made", layer: RasterLayer | None) -> None:
        project, document = self.editor.session.require(), self.editor.require()
        adjustments = read_grade(project, made.outputs["data"])
        if not adjustments:
            self.editor.session.say(self.tr("This picture needs no correction."), "info")
            return
        # Over a layer, the corrections are clipped to it: they were measured on it alone, whatever comes below it.
        new = grade_layers(adjustments, clipped=layer is not None)
        if layer is not None:
            parent, position = image_edits.place(document, layer.id)
            after = image_edits.insert(document, new, parent, position + 1)
        else:
            after = image_edits.insert(document, new, None, len(document.layers))
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Auto grade"), after):
            self.editor.select([new[-1].id])

    def _palette(self, made: "Made") -> None:
        data = made.outputs.get("data")
        if data is None:
            return
        found = palette_colours(self.editor.session.require().get(data))
        colours = convert_hex(self.editor.colours.from_srgb, found)
        self.swatches.set_colours(colours)
        self.editor.committed.emit()
        self.editor.selection_changed.emit()
        text = self.tr("The palette is in the Properties: click a colour to paint with it.")
        self.editor.session.say(text, "done")


def in_place(layer: RasterLayer, width: int, height: int) -> Transform:
    """Return the transform that shows content of another size just where the layer's content is now."""
    old = layer.transform
    return replace(
        old,
        x=old.x + (layer.width - width) / 2,
        y=old.y + (layer.height - height) / 2,
        scale_x=old.scale_x * layer.width / width,
        scale_y=old.scale_y * layer.height / height,
    )


def at_corner(layer: RasterLayer, x: float, y: float, width: int, height: int) -> Transform:
    """Return the transform of content of that size whose corner lies at (``x``, ``y``) in the layer's own pixels."""
    old = layer.transform
    a, b, c, d, left, top = old.matrix(layer.width, layer.height)
    corner = a * x + c * y + left, b * x + d * y + top
    _, _, _, _, shift_x, shift_y = replace(old, x=0.0, y=0.0).matrix(width, height)
    return replace(old, x=corner[0] - shift_x, y=corner[1] - shift_y)

"""What can be done to layers, whoever asks: a menu, a key, the layer list or the canvas. Each is one undo step."""

import asyncio
import math
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from core.documents import artboard_edits, image_edits, image_place
from core.documents.image import (
    Adjustment,
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Placed,
    RasterLayer,
    Transform,
    walk,
)
from core.documents.image_adjustments import ColourLookup
from core.documents.image_filters import Filter, LayerFilter
from core.documents.image_place import Box, Edge, Placement
from core.raster import selecting
from core.raster.compositor import Compositor
from core.raster.converting import convert_document
from core.raster.manifest import read_manifest, solid_raster, write_raster
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.mask_commands import HIDES, MaskCommands
from desktop.panels.image.words import QT_TRANSLATE_NOOP, adjustment_name

replace = msgspec.structs.replace


class Commands(MaskCommands):
    """Edits of the selected layers. What cannot be done is said in the banner."""

    def _commit(self, label: str, how: Callable[[], ImageDocument | None]) -> bool:
        try:
            document = how()
        except AtelierError as error:
            self.editor.session.report(error)
            return False
        return document is not None and self.editor.commit(label, document)

    def _movable(self) -> tuple[str, ...]:
        ids = self.editor.movable()
        if not ids and self.editor.selection:
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list first."))
        return ids

    # --- new layers -------------------------------------------------------------------------------------------------

    def spot(self) -> tuple[str | None, int]:
        """Return where a new layer goes: above the topmost selected one, into an open selected group, or on top.

        When another artboard is worked on than the selected layer's, it goes on top of that.
        """
        document = self.editor.require()
        chosen = image_edits.top_level(document, self.editor.selection)
        elsewhere = self.editor.boards.elsewhere(chosen[-1] if chosen else "")
        if elsewhere is not None:
            return elsewhere
        if not chosen:
            return None, len(document.layers)
        top = document.layer(chosen[-1])
        if isinstance(top, GroupLayer) and len(chosen) == 1:
            return top.id, len(top.layers)
        parent, position = image_edits.place(document, top.id)
        siblings = image_edits.siblings(document, parent)
        position += 1
        while not top.clipped and position < len(siblings) and siblings[position].clipped:
            position += 1  # not between a layer and what is clipped to it
        return parent, position

    def insert(self, label: str, *layers: AnyLayer, select: bool = True) -> bool:
        """Put new layers where :meth:`spot` says, and select them."""
        parent, position = self.spot()
        if any(isinstance(layer, GroupLayer) and layer.artboard is not None for layer in layers):
            parent, position = None, len(self.editor.require().layers)
        done = self._commit(label, lambda: image_edits.insert(self.editor.require(), layers, parent, position))
        if done and select:
            self.editor.select([layer.id for layer in layers])
        return done

    def bring(self, label: str, *layers: AnyLayer) -> None:
        """Put layers from elsewhere into the document, their pixels at its depth: at once, or when a worker is done."""
        document, project = self.editor.require(), self.editor.session.require()
        rasters = [layer for layer in walk(layers) if isinstance(layer, RasterLayer)]
        if all(read_manifest(layer.pixels, project).depth == document.depth for layer in rasters):
            self.insert(label, *layers)
        else:
            self.editor.session.spawn(self._bringing(label, document, layers))

    async def _bringing(self, label: str, document: ImageDocument, layers: tuple[AnyLayer, ...]) -> None:
        project = self.editor.session.require()
        alone = replace(document, layers=layers)
        fitted = await asyncio.to_thread(convert_document, alone, document.depth, project, project)
        if self.editor.document is not None and self.editor.document.id == document.id:
            self.insert(label, *fitted.layers)

    def new_raster(self) -> RasterLayer:
        """Return an empty pixel layer of the canvas's (the artboard's) size, not yet in the document."""
        document, source, room = self.editor.require(), self.editor.session.require(), self.editor.boards.room()
        width, height = round(room.right - room.left), round(room.bottom - room.top)
        pixels = solid_raster(width, height, HIDES, source, document.depth)
        name = image_edits.fresh_name(document, self.tr("Layer"))
        place = Transform(x=room.left, y=room.top)
        return RasterLayer(name=name, pixels=pixels, width=width, height=height, transform=place)

    def add_raster(self) -> None:
        """A new, empty pixel layer."""
        self.insert(QT_TRANSLATE_NOOP("history", "Add layer"), self.new_raster())

    def add_fill(self, *, gradient: bool = False) -> None:
        """A layer of the foreground colour, or a gradient from it to the background colour."""
        editor = self.editor
        base = self.tr("Gradient") if gradient else self.tr("Fill")
        name = image_edits.fresh_name(editor.require(), base)
        second = editor.other_colour if gradient else None
        layer = FillLayer(name=name, colour=editor.colour, colour2=second)
        self._insert_within(QT_TRANSLATE_NOOP("history", "Add fill"), layer)

    def add_adjustment(self, kind: type[Adjustment | Filter]) -> None:
        """A layer that changes what is below it: its colours, or with a filter what is around each pixel too."""
        layer = AdjustmentLayer(name=adjustment_name(kind), adjustment=kind())
        adjusting = QT_TRANSLATE_NOOP("history", "Add adjustment")
        filtering = QT_TRANSLATE_NOOP("history", "Add filter")
        self._insert_within(filtering if issubclass(kind, LayerFilter) else adjusting, layer)

    def _insert_within(self, label: str, layer: FillLayer | AdjustmentLayer) -> None:
        """Insert a layer that covers all, with the selection of pixels, which it takes over, as its mask."""
        document, (parent, position) = self.editor.require(), self.spot()

        def how() -> ImageDocument:
            box = 0, 0, document.width, document.height
            mask = selecting.as_layer_mask(document, box, self.editor.session.require())
            masked = replace(layer, mask=mask)
            return image_edits.insert(replace(document, selection=None), [masked], parent, position)

        if self._commit(label, how):
            self.editor.select([layer.id])

    def add_lookup(self, table: str, name: str) -> None:
        """A layer that looks colours up in a .cube file of the project."""
        layer = AdjustmentLayer(name=Path(name).stem, adjustment=ColourLookup(table=table, name=name))
        self._insert_within(QT_TRANSLATE_NOOP("history", "Add adjustment"), layer)

    def place(self, digest: str, name: str, at: tuple[float, float] | None, *, made_by_model: bool = False) -> None:
        """Put a raster of the project into the document: centred there, or on the canvas, scaled down to fit.

        On an artboard it is centred on that and made to fit it.
        """
        compositor = self.editor.compositor
        assert compositor is not None
        if at is not None:
            self.editor.boards.point_at(*at)
        manifest = compositor.manifest(digest)
        transform = image_place.fit_into(manifest.width, manifest.height, self.editor.boards.room())
        if at is not None:
            x, y = at[0] - manifest.width / 2, at[1] - manifest.height / 2
            if transform.scale_x == 1:
                x, y = math.floor(x), math.floor(y)
            transform = replace(transform, x=x, y=y)
        layer = RasterLayer(
            name=name,
            pixels=digest,
            width=manifest.width,
            height=manifest.height,
            transform=transform,
            made_by_model=made_by_model,
        )
        self.bring(QT_TRANSLATE_NOOP("history", "Place picture"), layer)

    # --- the tree ---------------------------------------------------------------------------------------------------

    def delete(self) -> None:
        """Delete the selected layers, or the mask whose pixels or path are edited."""
        document, editor = self.editor.require(), self.editor
        if editor.on_mask:
            self.delete_mask()
            return
        if editor.on_path:
            self.delete_vector_mask()
            return
        ids = self._movable()
        if not ids:
            return
        parent, position = image_edits.place(document, ids[-1])
        if self._commit(QT_TRANSLATE_NOOP("history", "Delete layer"), lambda: image_edits.remove(document, ids)):
            left = image_edits.siblings(editor.require(), parent)
            if left:
                editor.select([left[max(0, min(position - len(ids), len(left) - 1))].id])
            elif parent is not None:
                editor.select([parent])

    def duplicate(self) -> None:
        """Copy the selected layers in place."""
        if not self.editor.selection:
            return
        document, ids = image_edits.duplicate(
            self.editor.require(), self.editor.selection, lambda name: self.tr("{name} copy").format(name=name)
        )
        document = artboard_edits.set_aside(document, ids)
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Duplicate layer"), document):
            self.editor.select(ids)

    def group(self) -> None:
        """Put the selected layers into a new group; without a selection, make an empty one."""
        document, editor = self.editor.require(), self.editor
        name = image_edits.fresh_name(document, self.tr("Group"))
        if not editor.selection:
            self.insert(QT_TRANSLATE_NOOP("history", "Add group"), GroupLayer(name=name))
            return
        made: list[str] = []

        def how() -> ImageDocument:
            new, group_id = image_edits.group(document, editor.selection, name)
            made.append(group_id)
            return new

        if self._commit(QT_TRANSLATE_NOOP("history", "Group layers"), how):
            editor.select(made)

    def ungroup(self) -> None:
        """Dissolve the selected groups."""
        document = self.editor.require()
        for board in self.editor.boards.selected():
            document = artboard_edits.release(document, board.id)
        document, freed = image_edits.ungroup(document, self.editor.selection)
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Ungroup layers"), document):
            self.editor.select(freed)

    def shift(self, steps: int) -> None:
        """Raise or lower the selected layers among their neighbours."""
        ids = self._movable()
        if ids:
            document = image_edits.shift(self.editor.require(), ids, steps)
            self.editor.commit(QT_TRANSLATE_NOOP("history", "Reorder layers"), document)

    def toggle(self, field: Literal["visible", "locked", "clipped"], ids: tuple[str, ...] | None = None) -> None:
        """Switch a field of layers: all of them get what the first of them had not."""
        document = self.editor.require()
        ids = self.editor.selection if ids is None else ids
        if ids:
            label = {
                "visible": QT_TRANSLATE_NOOP("history", "Show or hide layer"),
                "locked": QT_TRANSLATE_NOOP("history", "Lock or unlock layer"),
                "clipped": QT_TRANSLATE_NOOP("history", "Clip layer"),
            }[field]
            value = not getattr(document.layer(ids[0]), field)
            self.editor.commit(label, image_edits.update(document, ids, **{field: value}))

    # --- geometry ---------------------------------------------------------------------------------------------------

    def flip(self, direction: Literal["horizontal", "vertical"]) -> None:
        """Mirror the selected layers about the middle of what they cover."""
        ids, editor = self._movable(), self.editor
        box = editor.bounds(ids) if ids else None
        if box is not None:
            document = image_place.flip(editor.require(), ids, direction, box.centre, editor.size_of)
            editor.commit(QT_TRANSLATE_NOOP("history", "Flip layer"), document)

    def turn(self, degrees: float) -> None:
        """Turn the selected layers about the middle of what they cover, clockwise."""
        ids, editor = self._movable(), self.editor
        box = editor.bounds(ids) if ids else None
        if box is not None:
            how = Placement(pivot=box.centre, degrees=degrees)
            document = image_place.place_by(editor.require(), ids, how, editor.size_of)
            editor.commit(QT_TRANSLATE_NOOP("history", "Rotate layer"), document)

    def reset_transform(self) -> None:
        """Show the selected layers at their own size, upright, with their middle where it is."""
        editor, document = self.editor, self.editor.require()
        for layer_id in self._movable():
            layer = document.layer(layer_id)
            if isinstance(layer, Placed):
                old = layer.transform
                document = image_edits.update(document, [layer_id], warp=None)
                turn = Placement(pivot=_middle(layer, editor), degrees=-old.rotation)
                document = image_place.place_by(document, [layer_id], turn, editor.size_of)
                factors = 1 / (old.scale_x or 1), 1 / (old.scale_y or 1)
                size_of, pivot = editor.size_of, _middle(layer, editor)
                document = document.replace_layer(
                    layer_id,
                    lambda one: image_place.stretch(one, *factors, pivot, size_of),  # noqa: B023
                )
        editor.commit(QT_TRANSLATE_NOOP("history", "Reset transform"), document)

    def align(self, edge: Edge) -> None:
        """Bring one selected layer to the edge of the canvas, or of its artboard; several to each other's."""
        ids, editor, document = self._movable(), self.editor, self.editor.require()
        boxes = self._boxes(ids)
        if not boxes:
            return
        target = self.editor.boards.around(ids, document) or Box(0, 0, document.width, document.height)
        if len(boxes) > 1:
            target = next(iter(boxes.values()))
            for box in boxes.values():
                target = target.union(box)
        editor.commit(QT_TRANSLATE_NOOP("history", "Align layers"), image_place.align(document, boxes, edge, target))

    def distribute(self, axis: Literal["horizontal", "vertical"]) -> None:
        """Make the gaps between three or more selected layers equal."""
        boxes = self._boxes(self._movable())
        document = image_place.distribute(self.editor.require(), boxes, axis)
        self.editor.commit(QT_TRANSLATE_NOOP("history", "Distribute layers"), document)

    def _boxes(self, ids: tuple[str, ...]) -> dict[str, Box]:
        return {i: box for i in ids if (box := self.editor.bounds([i])) is not None}

    # --- merging ----------------------------------------------------------------------------------------------------

    def can_merge(self) -> bool:
        """Return whether :meth:`merge` has something to do."""
        return bool(self._to_merge())

    def _to_merge(self) -> tuple[str, ...]:
        editor, document = self.editor, self.editor.document
        if document is None or not editor.selection:
            return ()
        chosen = image_edits.top_level(document, editor.selection)
        if len(chosen) > 1:
            return chosen if len({image_edits.place(document, i).parent for i in chosen}) == 1 else ()
        if isinstance(document.layer(chosen[0]), GroupLayer):
            return chosen
        under = image_edits.below(document, chosen[0])
        return () if under is None else (under.id, chosen[0])

    def merge(self) -> None:
        """Merge the selected layers, a group, or a layer with the one below it, into one layer of pixels."""
        ids, document = self._to_merge(), self.editor.require()
        if not ids:
            return
        layers = [document.layer(i) for i in ids]
        if any(not layer.visible for layer in layers):
            self.editor.hint.emit(self.tr("Show all of these layers before you merge them."))
            return
        if any(layer.locked for layer in layers):
            self.editor.hint.emit(self.tr("Unlock all of these layers before you merge them."))
            return
        name = layers[0].name if len(ids) == 1 or isinstance(layers[0], RasterLayer) else layers[-1].name
        self._flatten(QT_TRANSLATE_NOOP("history", "Merge layers"), document, ids, name)

    def rasterise(self) -> None:
        """Turn the one selected layer into pixels as it looks now."""
        layer = self.editor.layer
        if layer is not None and not isinstance(layer, AdjustmentLayer):
            self._flatten(
                QT_TRANSLATE_NOOP("history", "Rasterise layer"), self.editor.require(), (layer.id,), layer.name
            )

    def _flatten(self, label: str, document: ImageDocument, ids: tuple[str, ...], name: str) -> None:
        compositor = self.editor.compositor
        if compositor is not None:
            self.editor.session.spawn(self._flattening(label, document, ids, name, compositor))

    async def _flattening(
        self, label: str, document: ImageDocument, ids: tuple[str, ...], name: str, compositor: Compositor
    ) -> None:
        """Compose and store on a worker thread: a large picture takes a moment, and the window must not wait for it."""
        project = self.editor.session.require()
        lowest = document.layer(ids[0])
        plain = [replace(lowest, blend=BlendMode.NORMAL, clipped=False), *(document.layer(i) for i in ids[1:])]
        box = self.covered(document, ids)

        def work() -> str:
            alone = artboard_edits.alone(document, plain, ids[0])
            return write_raster(compositor.render_deep(alone, box), project)

        pixels = await asyncio.to_thread(work)
        if self.editor.document is not document:
            raise AtelierError(self.tr("The picture was changed while layers were merged, so nothing was merged."))
        merged = RasterLayer(
            name=name,
            pixels=pixels,
            width=box[2],
            height=box[3],
            transform=Transform(x=box[0], y=box[1]),
            blend=lowest.blend,
            clipped=lowest.clipped,
        )
        if self.editor.commit(label, image_edits.merge(document, ids, merged)):
            self.editor.select([merged.id])

    def covered(self, document: ImageDocument, ids: tuple[str, ...]) -> tuple[int, int, int, int]:
        """Return the rectangle (x, y, width, height) that the layers cover; the canvas for fills and adjustments."""
        box: Box | None = self.editor.bounds(ids, document)
        unbounded = any(isinstance(layer, FillLayer) for i in ids for layer in walk((document.layer(i),)))
        if box is None or unbounded:
            canvas = self.editor.boards.around(ids, document) or Box(0, 0, document.width, document.height)
            box = canvas if box is None else box.union(canvas)
        around = max(image_edits.outset(document.layer(i)) for i in ids)
        box = Box(box.left - around, box.top - around, box.right + around, box.bottom + around)
        x, y = math.floor(box.left), math.floor(box.top)
        return x, y, max(1, math.ceil(box.right) - x), max(1, math.ceil(box.bottom) - y)


def _middle(layer: Placed, editor: Editor) -> tuple[float, float]:
    width, height = editor.size_of(layer)
    return layer.transform.x + width / 2, layer.transform.y + height / 2

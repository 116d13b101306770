"""The selection of pixels as the panel works with it: what is chosen, every way to choose, each one undo step.

It is part of the document (:attr:`core.documents.image.ImageDocument.selection`); here it is read, changed and
remembered. Everything is on the GUI thread but composing a picture and finding a subject, which are awaited.
"""

import asyncio
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta
from PySide6.QtCore import QObject, Signal

from core.documents import image_place
from core.documents.image import BlendMode, ImageDocument, Mask, RasterLayer, ShapeLayer, TextLayer, walk
from core.operations.base import Asset
from core.operations.image import RemoveBackground
from core.raster import flood
from core.raster import selecting as pixels
from core.raster.affine import Rect, invert
from core.raster.bounds import ink_bounds, layer_bounds, layer_matrix
from core.raster.compositor import Compositor
from core.raster.manifest import Pixels, read_manifest, write_raster
from core.raster.selecting import Combine, Coverage
from core.values import AtelierError
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.panels.image.editor import Editor, Shown

replace = msgspec.structs.replace
Change = Literal["grow", "shrink", "feather", "border", "smooth"]
CHANGES: dict[Change, tuple[Callable[[Coverage, float], Coverage], str]] = {
    "grow": (pixels.grown, QT_TRANSLATE_NOOP("history", "Grow selection")),
    "shrink": (pixels.shrunk, QT_TRANSLATE_NOOP("history", "Shrink selection")),
    "feather": (pixels.feathered, QT_TRANSLATE_NOOP("history", "Feather selection")),
    "border": (pixels.bordered, QT_TRANSLATE_NOOP("history", "Border selection")),
    "smooth": (pixels.smoothed, QT_TRANSLATE_NOOP("history", "Smooth selection")),
}
SELECT = QT_TRANSLATE_NOOP("history", "Select")
MAX_AMOUNT = 500.0
"""Pixels that a selection may be grown, shrunk or feathered by at once."""


class SelectOptions(msgspec.Struct, frozen=True):
    """What the selection tools are set to, kept from one start to the next. Lengths in document pixels."""

    how: Combine = "new"
    feather: Annotated[float, Meta(ge=0, le=MAX_AMOUNT)] = 0.0
    smooth: bool = True
    style: Literal["free", "ratio", "size"] = "free"
    across: Annotated[float, Meta(ge=1, le=30_000)] = 1.0
    down: Annotated[float, Meta(ge=1, le=30_000)] = 1.0
    tolerance: Annotated[int, Meta(ge=0, le=255)] = 32
    contiguous: bool = True
    all_layers: bool = False


class Selecting(QObject):
    """What is chosen of the document that the editor shows."""

    changed = Signal()
    """Something else is chosen now, or its outline is being moved."""
    options_changed = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self.editor = editor
        self.quick = False
        """Quick mask: what is not chosen lies under a veil, and brushes paint on the selection."""
        self._painting: Coverage | None = None
        self.offset = (0, 0)
        """How far the outline has been dragged so far, in document pixels."""
        self._read: tuple[Mask, int, int, Coverage] | None = None
        self._last: dict[str, Mask] = {}
        self._composed: tuple[object, Pixels] | None = None
        self._options: SelectOptions | None = None
        editor.shown_changed.connect(self._on_shown)

    def _on_shown(self, shown: "Shown") -> None:
        old, new = (side.selection if side is not None else None for side in (shown.old, shown.new))
        if shown.old is not None and shown.new is not None and old is not None and new is None:
            self._last[shown.new.id] = old
        if old != new or shown.old is None:
            self.offset = (0, 0)
            self.changed.emit()

    # --- asking -----------------------------------------------------------------------------------------------------

    @property
    def mask(self) -> Mask | None:
        """The selection as the document that is shown holds it."""
        return self.editor.shown.selection if self.editor.shown is not None else None

    def coverage(self) -> Coverage | None:
        """Return what is chosen over the whole document (do not change it), ``None`` when nothing is.

        Raises :class:`AtelierError` when it cannot be read.
        """
        if self._painting is not None:
            return self._painting
        document, mask = self.editor.shown, self.mask
        if document is None or mask is None:
            return None
        key = mask, document.width, document.height
        if self._read is None or self._read[:3] != key:
            self._read = (*key, pixels.read(mask, document.width, document.height, self.editor.session.require()))
        return self._read[3]

    def coverage_or_all(self) -> Coverage:
        """Return what is chosen, or all of the canvas where nothing is: what a quick mask begins with."""
        coverage = self.coverage()
        return _full(self.editor.require()) if coverage is None else coverage

    def preview(self, coverage: Coverage | None) -> None:
        """Show ``coverage`` as chosen while it is being painted; None shows what is chosen again."""
        self._painting = coverage
        self.changed.emit()

    def holds(self, x: float, y: float) -> bool:
        """Return whether the pixel at a document point is chosen, at least by half."""
        coverage = self.coverage()
        if coverage is None or not (0 <= x < coverage.shape[1] and 0 <= y < coverage.shape[0]):
            return False
        return bool(coverage[int(y), int(x)] >= pixels.HALF)

    def can_reselect(self) -> bool:
        document = self.editor.document
        return document is not None and document.selection is None and document.id in self._last

    @property
    def options(self) -> SelectOptions:
        """What the tools are set to."""
        if self._options is None:
            try:
                self._options = msgspec.convert(
                    self.editor.session.settings.views.get("image.select", {}), SelectOptions
                )
            except msgspec.ValidationError:
                self._options = SelectOptions()
        return self._options

    def adjust(self, **fields: object) -> None:
        """Set the tools' options."""
        options = replace(self.options, **fields)
        if options != self._options:
            self._options = options
            self.editor.session.settings.views["image.select"] = msgspec.to_builtins(options)
            self.options_changed.emit()

    # --- choosing ---------------------------------------------------------------------------------------------------

    def choose(self, label: str, coverage: Coverage | None) -> bool:
        """Make ``coverage`` the selection; ``None`` or nothing chosen takes it away."""
        try:
            document, project = self.editor.require(), self.editor.session.require()
            mask = None if coverage is None else pixels.store(coverage, project)
        except AtelierError as error:
            self.editor.session.report(error)
            return False
        if mask is not None and coverage is not None:
            self._read = mask, document.width, document.height, coverage
        return self.editor.commit(label, replace(document, selection=mask))

    def combine(self, coverage: Coverage, how: Combine, *, feather: float = 0.0) -> bool:
        """Take a new shape together with what is chosen."""
        if feather > 0:
            coverage = pixels.feathered(coverage, feather)
        try:
            return self.choose(SELECT, pixels.combined(self.coverage(), coverage, how))
        except AtelierError as error:
            self.editor.session.report(error)
            return False

    def everything(self) -> None:
        """Choose all pixels of the canvas."""
        self.choose(QT_TRANSLATE_NOOP("history", "Select all"), _full(self.editor.require()))

    def nothing(self) -> None:
        """Choose nothing."""
        if self.editor.require().selection is not None:
            self.choose(QT_TRANSLATE_NOOP("history", "Deselect"), None)

    def again(self) -> None:
        """Choose what was chosen last."""
        document = self.editor.require()
        if self.can_reselect():
            label = QT_TRANSLATE_NOOP("history", "Reselect")
            self.editor.commit(label, replace(document, selection=self._last[document.id]))

    def invert(self) -> None:
        """Choose what is not chosen; everything when nothing is."""
        coverage = self._now()
        label = QT_TRANSLATE_NOOP("history", "Invert selection")
        self.choose(label, ~coverage if coverage is not None else _full(self.editor.require()))

    def change(self, change: Change, amount: float) -> None:
        """Grow, shrink, feather, border or smooth the selection by document pixels."""
        coverage = self._now()
        if coverage is not None:
            work, label = CHANGES[change]
            done = work(coverage, amount)
            if not done.any():
                self.editor.hint.emit(self.tr("That would leave nothing chosen."))
                return
            self.choose(label, done)

    def move(self, dx: int, dy: int, *, merge: str | None = None) -> None:
        """Move the outline. What leaves the canvas comes back when it is moved back."""
        document, mask = self.editor.require(), self.editor.require().selection
        if mask is not None and (dx or dy):
            moved = replace(mask, x=mask.x + dx, y=mask.y + dy)
            label = QT_TRANSLATE_NOOP("history", "Move selection")
            self.editor.commit(label, replace(document, selection=moved), merge=merge)

    def drag(self, dx: int, dy: int) -> None:
        """Show the outline moved, without moving it yet."""
        if self.offset != (dx, dy):
            self.offset = dx, dy
            self.changed.emit()

    def _now(self) -> Coverage | None:
        try:
            return self.coverage()
        except AtelierError as error:
            self.editor.session.report(error)
            return None

    def crop(self) -> None:
        """Make the canvas the box around what is chosen."""
        coverage = self._now()
        box = None if coverage is None else pixels.bounding(coverage)
        if box is not None:
            document = replace(image_place.crop(self.editor.require(), box), selection=None)
            self.editor.commit(QT_TRANSLATE_NOOP("history", "Crop"), document)

    # --- from what there is -----------------------------------------------------------------------------------------

    def from_layer(self, layer_id: str, how: Combine = "new", *, mask: bool = False) -> None:
        """Choose a layer's pixels by their alpha, or what its mask shows."""
        document, compositor = self.editor.require(), self.editor.compositor
        assert compositor is not None
        layer = document.layer(layer_id)
        try:
            if mask and layer.mask is not None:
                project = self.editor.session.require()
                found = pixels.read(layer.mask, document.width, document.height, project)
            else:
                found = _alone(compositor, document, layer_id)[..., 3].copy()
        except AtelierError as error:
            self.editor.session.report(error)
            return
        self.combine(found, how)

    async def from_colour(self, x: int, y: int, how: Combine) -> None:
        """Choose what looks like the pixel at (x, y), as the options of the magic wand say."""
        document, options = self.editor.require(), self.options
        found = await self.like(
            x,
            y,
            options.tolerance,
            contiguous=options.contiguous,
            all_layers=options.all_layers,
            smooth=options.smooth,
        )
        if found is not None and self.editor.document is document:
            self.combine(found, how, feather=options.feather)

    async def like(
        self, x: int, y: int, tolerance: int, *, contiguous: bool, all_layers: bool, smooth: bool
    ) -> Coverage | None:
        """Return where the selected layer, or the picture, looks like it does at (x, y); None outside of it."""
        document, layer = self.editor.require(), self.editor.layer
        if not (0 <= x < document.width and 0 <= y < document.height):
            return None
        only = layer.id if layer is not None and not all_layers else None
        picture = await self._picture(document, only)

        def work() -> Coverage:
            found = flood.wand(picture, x, y, tolerance, only_connected=contiguous)
            return pixels.softened(found) if smooth else found

        return await asyncio.to_thread(work)

    async def _picture(self, document: ImageDocument, only: str | None) -> Pixels:
        """Return the picture as it looks, or one layer of it alone: kept, since a wand is used several times."""
        key = only, replace(document, selection=None)
        if self._composed is None or self._composed[0] != key:
            compositor = self.editor.compositor
            assert compositor is not None
            if only is None:
                composed = await asyncio.to_thread(compositor.render, document)
            else:
                composed = await asyncio.to_thread(_alone, compositor, document, only)
            self._composed = key, composed
        return self._composed[1]

    async def subject(self, layer: RasterLayer | None) -> None:
        """Have the core find the main subject of a layer, or of the whole picture, and choose it."""
        editor, document = self.editor, self.editor.require()
        session, project = editor.session, editor.session.require()
        digest = (
            layer.pixels
            if layer is not None
            else await asyncio.to_thread(write_raster, await self._picture(document, None), project)
        )
        title = self.tr("Select subject")
        made = await session.make(RemoveBackground(image=Asset(hash=digest)), title=title, origin="select")
        if editor.document is not None and editor.document.id == document.id:
            await self.take(QT_TRANSLATE_NOOP("history", "Select subject"), made.outputs["mask"], layer)

    async def take(self, label: str, digest: str, layer: RasterLayer | None) -> None:
        """Choose what a raster covers that was made from a layer's pixels, or from the whole picture."""
        project, now = self.editor.session.require(), self.editor.require()
        manifest = read_manifest(digest, project)
        mask = Mask(pixels=digest, width=manifest.width, height=manifest.height)
        found = await asyncio.to_thread(pixels.read, mask, manifest.width, manifest.height, project)
        if layer is not None:
            present = next((one for one in walk(now.layers) if one.id == layer.id), None)
            back = invert(layer_matrix(present)) if isinstance(present, RasterLayer) else None
            if back is None:
                raise AtelierError(self.tr("The layer was changed meanwhile, so nothing is chosen."))
            if isinstance(present, RasterLayer) and present.warp is not None and self.editor.compositor is not None:
                bent = replace(present, pixels=digest)
                alone = now.replace_layer(present.id, lambda _: bent)
                composed = await asyncio.to_thread(_alone, self.editor.compositor, alone, bent.id)
                found = np.ascontiguousarray(composed[..., 3])
            else:
                found = await asyncio.to_thread(pixels.resampled, found, back, (0, 0, now.width, now.height))
        if found.shape != (now.height, now.width):
            raise AtelierError(self.tr("The canvas was changed meanwhile, so nothing is chosen."))
        self.choose(label, found)


def _full(document: ImageDocument) -> Coverage:
    return np.full((document.height, document.width), 255, np.uint8)


def _alone(compositor: Compositor, document: ImageDocument, layer_id: str) -> Pixels:
    """Return one layer as if it were all there is, without its mask and effects, over the canvas. Any thread."""
    layer = document.layer(layer_id)
    plain = replace(layer, mask=None, opacity=1.0, blend=BlendMode.NORMAL, clipped=False, visible=True, effects=())
    plain = replace(plain, vector_mask=None)
    alone, out = replace(document, layers=(plain,)), np.zeros((document.height, document.width, 4), np.uint8)
    whole = Rect(0, 0, document.width, document.height)
    box = layer_bounds(plain, document)
    if isinstance(plain, TextLayer | ShapeLayer):
        box = box.union(ink_bounds(plain))  # slanted letters and strokes leave the layer's box
    box = box.grow(1).intersect(whole)
    left, top, right, bottom = (math.floor(box[0]), math.floor(box[1]), math.ceil(box[2]), math.ceil(box[3]))
    if left < right and top < bottom:
        out[top:bottom, left:right] = compositor.render(alone, (left, top, right - left, bottom - top))
    return out

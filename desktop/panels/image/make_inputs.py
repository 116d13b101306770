"""What *Make* works on: the selected pixels of a layer, the whole picture as it looks, and the selection as a mask.

Whatever has to be composed or resampled for that is made on a worker thread once nothing has changed for a moment.
"""

import asyncio

from PySide6.QtCore import QObject, QTimer, Signal

from core.documents.image import ImageDocument, Mask, RasterLayer
from core.operations.base import Asset, Input
from core.raster import selecting
from core.raster.affine import IDENTITY
from core.raster.bending import bend_of
from core.raster.bounds import layer_matrix
from core.raster.manifest import write_raster
from core.raster.selecting import Coverage
from desktop.panel import Source
from desktop.panels.image.editor import Editor

QUIET_MS = 700
"""How long nothing may change before the whole picture is composed for *Make*."""
MASK_MS = 150
"""How long nothing may change before the selection is resampled to a layer's own pixels."""
PLAIN = 16
"""Layers whose pixels in sRGB are remembered."""
MAX_WHOLE = 50_000_000
"""Pixels up to which the whole picture is offered to *Make* when no layer is selected."""


class MakeInputs(QObject):
    """Keeps the inputs of operations ready. GUI thread."""

    changed = Signal()
    """Something that had to be made first is there now."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self.editor = editor
        self._whole: tuple[ImageDocument, str] | None = None
        self._mask: tuple[object, str] | None = None
        self._plain: dict[tuple[str, str], str] = {}
        """A layer's pixels and its document's profile to the same pixels in sRGB, which is what operations work on."""
        self._under_way: set[tuple[str, str]] = set()
        self._convert = QTimer(self, singleShot=True, interval=MASK_MS)
        self._convert.timeout.connect(self._convert_layer)
        self._timers = (
            QTimer(self, singleShot=True, interval=QUIET_MS),
            QTimer(self, singleShot=True, interval=MASK_MS),
        )
        for timer, work in zip(self._timers, (self._compose_whole, self._make_mask), strict=True):
            timer.timeout.connect(work)
            editor.committed.connect(timer.start)
            editor.selection_changed.connect(timer.start)

    def subject(self) -> RasterLayer | None:
        """Return the pixel layer that is meant: the selected one, or the only one there is."""
        document, layer = self.editor.document, self.editor.layer
        if isinstance(layer, RasterLayer):
            return layer
        if document is not None and not self.editor.selection:
            shown = [one for one in document.layers if one.visible]
            if len(shown) == 1 and isinstance(shown[0], RasterLayer):
                return shown[0]
        return None

    def inputs(self) -> dict[str, Input]:
        """See :meth:`desktop.panel.Panel.selection_inputs`."""
        layer, found = self.subject(), dict[str, Input]()
        profile = self.editor.document.profile if self.editor.document is not None else None
        if layer is not None and profile is None:
            found["image"] = Asset(hash=layer.pixels)
        elif layer is not None and profile is not None:
            if (plain := self._plain.get((layer.pixels, profile))) is not None:
                found["image"] = Asset(hash=plain)
            elif not self._convert.isActive():
                self._convert.start()  # only now that somebody asks: a stroke after another is not worth it
        elif self._is_whole() and self._whole is not None and self._whole[0] is self.editor.document:
            found["image"] = Asset(hash=self._whole[1])
        if (mask := self._ready_mask()) is not None:
            found["mask"] = Asset(hash=mask)
        return found

    def sources(self) -> dict[str, Source]:
        """See :meth:`desktop.panel.Panel.selection_sources`."""
        document, layer = self.editor.document, self.subject()
        if document is None:
            return {}
        image = Source(document.id, "", self.tr("The whole picture"))
        if layer is not None:
            image = Source(document.id, layer.id, layer.name or self.tr("Layer"), own=document.profile is None)
        every = {"image": image, "mask": Source(document.id, "", self.tr("Selection"))}
        return {name: every[name] for name in self.inputs()}

    # --- the picture as it looks ------------------------------------------------------------------------------------

    def _is_whole(self) -> bool:
        """Return whether *Make* would work on the picture as it looks: nothing is selected."""
        document = self.editor.document
        return document is not None and bool(document.layers) and not self.editor.selection and self.subject() is None

    def _compose_whole(self) -> None:
        """Nothing has changed for a moment and nothing is selected: have the whole picture ready for *Make*."""
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None or not self._is_whole():
            return
        if (self._whole is None or self._whole[0] is not document) and document.width * document.height <= MAX_WHOLE:
            self.editor.session.spawn(self._composing(document))

    def _convert_layer(self) -> None:
        """Have the core convert the layer that is meant to sRGB."""
        document, layer, project = self.editor.document, self.subject(), self.editor.session.project
        if document is None or document.profile is None or layer is None or project is None or project.read_only:
            return
        pair = layer.pixels, document.profile
        if pair not in self._plain and pair not in self._under_way:
            self._under_way.add(pair)
            self.editor.session.spawn(self._converting(pair))

    async def _converting(self, pair: tuple[str, str]) -> None:
        try:
            plain = await self.editor.colours.raster(*pair, None)
        finally:
            self._under_way.discard(pair)
        while len(self._plain) >= PLAIN:
            del self._plain[next(iter(self._plain))]
        self._plain[pair] = plain
        self.changed.emit()

    async def _composing(self, document: ImageDocument) -> None:
        project, compositor = self.editor.session.require(), self.editor.compositor
        if compositor is None or project.read_only:
            return
        digest = await asyncio.to_thread(lambda: write_raster(compositor.render(document), project))
        digest = await self.editor.colours.raster(digest, document.profile, None)
        if self.editor.document is document:
            self._whole = document, digest
            self.changed.emit()

    # --- the selection ----------------------------------------------------------------------------------------------

    def _asked(self) -> tuple[Mask, object] | None:
        """Return the selection, and what its raster depends on; ``None`` when nothing is chosen."""
        document, layer = self.editor.document, self.subject()
        if document is None or document.selection is None:
            return None
        canvas = document.width, document.height
        place = canvas if layer is None else (*canvas, layer.width, layer.height, layer.transform, layer.warp)
        return document.selection, (document.selection, place)

    def _ready_mask(self) -> str | None:
        asked = self._asked()
        return self._mask[1] if asked is not None and self._mask is not None and self._mask[0] == asked[1] else None

    def _make_mask(self) -> None:
        project = self.editor.session.project
        if project is not None and not project.read_only and self._asked() is not None and self._ready_mask() is None:
            self.editor.session.spawn(self._making_mask())

    async def _making_mask(self) -> None:
        """Make a raster of just the picture's size (a layer's own pixels) whose alpha is what is chosen."""
        asked, coverage, layer = self._asked(), self.editor.pixels.coverage(), self.subject()
        if asked is None or coverage is None:
            return
        project = self.editor.session.require()
        size = (coverage.shape[1], coverage.shape[0]) if layer is None else (layer.width, layer.height)
        matrix = IDENTITY if layer is None else layer_matrix(layer)

        bend = None if layer is None else bend_of(layer)

        def work(chosen: Coverage) -> str | None:
            box = 0, 0, *size
            own = (
                selecting.resampled(chosen, matrix, box)
                if bend is None
                else selecting.resampled_bent(chosen, bend, box)
            )
            mask = selecting.store(own, project)
            return None if mask is None else mask.pixels

        digest = await asyncio.to_thread(work, coverage)
        if digest is not None:
            self._mask = asked[1], digest
            self.changed.emit()

    def shut_down(self) -> None:
        """Begin nothing more."""
        for timer in (*self._timers, self._convert):
            timer.stop()

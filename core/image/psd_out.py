"""Photoshop files out, by psd-tools: pixel layers, groups, masks, clipping, modes, names, and the merged picture.

What Photoshop would need other words for (text, fills, effects, turned layers) is drawn into pixels, and adjustments
only show in the merged picture; both are said.
"""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode as Psd
from psd_tools.constants import Compression, Resource
from psd_tools.psd.image_data import ImageData
from psd_tools.psd.image_resources import ImageResource, ResoulutionInfo, VersionInfo

from core.documents.image import AdjustmentLayer, AnyLayer, GroupLayer
from core.image import psd_artboards
from core.image.flat import Flattener, Progress
from core.image.profiles import srgb_profile
from core.image.psd import MODES
from core.raster.stacking import has_effects
from core.values import AtelierError, Message

OUT = {mode: name for name, mode in MODES.items() if name is not Psd.PASS_THROUGH}
MAX_FILE = 2_000_000_000
"""Lengths in a PSD have 31 bits."""


def write(path: Path, flattener: Flattener, progress: Progress) -> tuple[Message, ...]:
    """Write the document to ``path`` and return what Photoshop will not see as it is here; raises ``OSError``."""
    writer = _Writer(flattener, progress)
    writer.document()
    with path.open("wb") as stream:
        writer.file._record.write(stream)
    if path.stat().st_size > MAX_FILE:
        raise AtelierError("This document is too large for a PSD; export it as OpenRaster.")
    return tuple(writer.notes)


class _Writer:
    def __init__(self, flattener: Flattener, progress: Progress) -> None:
        document = flattener.document
        self._flattener = flattener
        flattener.cut = False  # Photoshop clips to artboards itself
        self._progress = progress
        self._count = 0
        self.file = PSDImage.new("RGBA", (document.width, document.height), depth=16 if flattener.depth == 16 else 8)
        self.notes: list[Message] = []

    def document(self) -> None:
        self._layers(self._flattener.document.layers, self.file)
        self._resources()
        self._merged()

    def _layers(self, layers: tuple[AnyLayer, ...], parent: Any) -> None:
        for layer in layers:
            if isinstance(layer, AdjustmentLayer):
                self._note(Message("The adjustment “{layer}” only shows in the merged picture.", layer=layer.name))
            elif isinstance(layer, GroupLayer):
                self._group(layer, parent)
            else:
                self._layer(layer, parent)

    def _group(self, layer: GroupLayer, parent: Any) -> None:
        if has_effects(layer):
            self._note(Message("The effects of the group “{layer}” were left out.", layer=layer.name))
        # Atelier's groups are composed on their own, which is what any mode but “pass through” says.
        made = parent.create_group(blend_mode=OUT[layer.blend], open_folder=layer.expanded)
        self._common(layer, made)
        if layer.artboard is not None:
            psd_artboards.write(made, layer.artboard)
        self._layers(layer.layers, made)

    def _layer(self, layer: AnyLayer, parent: Any) -> None:
        self._progress(min(0.9, self._count / (self._count + 4)))
        self._count += 1
        if not self._flattener.exact(layer, mask=True):
            self._note(Message("Text, fills, effects and turned layers were drawn into pixels."))
        # A mask that effects follow has to be drawn in with them.
        keep = not has_effects(layer)
        part = self._flattener.part(layer, mask=keep, clip=False)
        place: Any = {"top": part.y, "left": part.x, "blend_mode": OUT[layer.blend]}
        if part.pixels.dtype == np.uint8:
            made = parent.create_pixel_layer(Image.fromarray(part.pixels), **place)
        else:
            made = parent.create_pixel_layer_from_array(part.pixels, **place)
        self._common(layer, made, mask=keep)

    def _common(self, layer: AnyLayer, made: Any, *, mask: bool = True) -> None:
        made.name = layer.name[:255]  # not when it is made: the old name beside it knows Mac Roman only
        made.opacity = round(layer.opacity * 255)
        made.visible = layer.visible
        if layer.clipped:
            made.clipping = True
        if layer.mask is not None and mask:
            coverage, x, y, outside = self._flattener.coverage(layer.mask)
            made.create_mask(Image.fromarray(np.ascontiguousarray(coverage)), top=y, left=x)
            made._record.mask_data.background_color = outside
            made.mask.disabled = not layer.mask.enabled
        if layer.locked:
            made.lock()

    def _resources(self) -> None:
        resources = self.file.image_resources
        dpi = round(self._flattener.document.resolution * 65536)
        values: tuple[tuple[Resource, Any], ...] = (
            (Resource.ICC_PROFILE, self._flattener.profile() or srgb_profile()),
            (Resource.RESOLUTION_INFO, ResoulutionInfo(dpi, 1, 1, dpi, 1, 1)),
            (Resource.VERSION_INFO, VersionInfo(1, True, "Atelier", "Atelier", 1)),
        )
        for key, value in values:
            resources[key] = ImageResource(key=key, data=value)

    def _merged(self) -> None:
        """Write the whole picture, as programs without layers show it; its alpha is the fourth channel."""
        pixels = self._flattener.merged()
        header = self.file._record.header
        data = ImageData(compression=Compression.RLE)
        kind = pixels.dtype.newbyteorder(">")
        data.set_data([pixels[..., i].astype(kind).tobytes() for i in range(4)], header)
        self.file._record.image_data = data
        info = self.file._record.layer_and_mask_information.layer_info
        if info is not None and info.layer_count > 0:
            info.layer_count = -info.layer_count  # the fourth channel is transparency, not a channel of its own

    def _note(self, message: Message) -> None:
        if message not in self.notes:
            self.notes.append(message)

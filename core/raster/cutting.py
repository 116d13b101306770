"""Cutting rasters to what the canvas shows of them: what lies outside is gone for good, what stays is not resampled."""

import math

import msgspec

from core.documents.image import ImageDocument, RasterLayer, Transform, walk
from core.raster.affine import Rect, apply, invert, map_rect
from core.raster.bounds import layer_matrix
from core.raster.compositor import Compositor
from core.raster.manifest import AssetSink, write_raster

replace = msgspec.structs.replace


def cut_to_canvas(document: ImageDocument, compositor: Compositor, sink: AssetSink) -> ImageDocument:
    """Return ``document`` whose raster layers hold no pixels that lie outside of its canvas.

    A turned layer keeps the upright box in its own pixels around what the canvas shows of it. Reads and writes pixels:
    for a worker thread. Raises :class:`core.values.AtelierError` when they cannot be read or written.
    """
    for layer in tuple(walk(document.layers)):
        if isinstance(layer, RasterLayer):
            new = _cut(layer, document, compositor, sink)
            if new is not layer:
                document = document.replace_layer(layer.id, lambda _, new=new: new)  # type: ignore[misc]
    return document


def _cut(layer: RasterLayer, document: ImageDocument, compositor: Compositor, sink: AssetSink) -> RasterLayer:
    matrix = layer_matrix(layer)
    back = invert(matrix)
    own = Rect(0, 0, layer.width, layer.height)
    if back is None or layer.warp is not None:  # what a bent layer shows is no rectangle of its pixels
        return layer
    seen = map_rect(back, Rect(0, 0, document.width, document.height)).intersect(own)
    if seen.empty:
        seen = Rect(0, 0, 1, 1)  # a layer must have a size; one pixel of what cannot be seen is left
    left, top = math.floor(seen.left + 1e-6), math.floor(seen.top + 1e-6)
    width, height = math.ceil(seen.right - 1e-6) - left, math.ceil(seen.bottom - 1e-6) - top
    if (width, height) == (layer.width, layer.height):
        return layer
    plain = RasterLayer(pixels=layer.pixels, width=layer.width, height=layer.height)
    alone = ImageDocument(id="", width=layer.width, height=layer.height, layers=(plain,))
    depth = compositor.manifest(layer.pixels).depth
    pixels = write_raster(compositor.render_deep(alone, (left, top, width, height), depth=depth), sink)
    cx, cy = apply(matrix, left + width / 2, top + height / 2)
    old = layer.transform
    moved = Transform(
        x=cx - width / 2, y=cy - height / 2, scale_x=old.scale_x, scale_y=old.scale_y, rotation=old.rotation
    )
    return replace(layer, pixels=pixels, width=width, height=height, transform=moved)

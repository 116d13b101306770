"""Pictures in and out of the core: opening a file, exporting one, composing a document."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.documents.image import ImageDocument, check_size
from core.image import files, memory, saving
from core.image.pixels import shrink
from core.operations.image import Export, ImportFile, RenderDocument, export_depth
from core.raster.depths import DTYPES, Deep, as_bytes, converted, depth_of
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

STRIP = 1024
"""Rows that are composed between two looks at whether the job was cancelled."""
PREVIEW_SIDE = 1280

SUFFIX = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "avif": ".avif", "tiff": ".tif", "hdr": ".hdr", "exr": ".exr"}


def import_file(op: ImportFile, ctx: "Context") -> dict[str, Any]:
    """Return ``image`` (RGBA) and ``info`` (:class:`core.image.files.ImageInfo`). See :func:`core.image.files.load`."""
    loaded = files.load(
        ctx.file(op.file), width=op.width, check_cancelled=ctx.check_cancelled, name=op.name, deep=op.deep
    )
    return {"image": loaded.pixels, "info": loaded.info}


def export(op: Export, ctx: "Context") -> Path:
    """Return the encoded file. See :func:`core.image.saving.save`."""
    whole = ctx.deep_image(op.image)
    pixels = converted(whole, export_depth(op.format, op.depth or depth_of(whole)))
    path = ctx.scratch / f"picture{SUFFIX[op.format]}"
    ctx.progress(0.3, "Encoding")
    saving.save(
        path,
        pixels,
        op.format,
        quality=op.quality,
        lossless=op.lossless,
        background=op.background,
        dpi=op.dpi,
        metadata_from=ctx.file(op.original) if op.keep_metadata and op.original is not None else None,
    )
    return path


def render_document(op: RenderDocument, ctx: "Context") -> Deep:
    """Return all visible layers of an image document as one picture."""
    from core.raster.compositor import Compositor

    document = ctx.document(op.document)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document cannot be composed into a picture.", kind=document.kind)
    scale = op.scale
    if op.width is not None:
        scale = op.width / document.width
    elif op.height is not None:
        scale = op.height / document.height
    width, height = max(1, round(document.width * scale)), max(1, round(document.height * scale))
    check_size(width, height)
    depth = op.depth or document.depth
    memory.require(width * height * (8 + depth // 2), Message("Composing the document"))
    compositor = Compositor(ctx.assets)
    if scale != 1.0:
        ctx.progress(0.0, "Composing")
        scaled = compositor.render_deep(document, scale=scale, depth=depth)
        ctx.preview(shrink(as_bytes(scaled), PREVIEW_SIDE))
        return scaled
    out: Deep = np.empty((height, width, 4), DTYPES[depth])
    for top in range(0, height, STRIP):
        ctx.progress(top / height, "Composing")
        strip = (0, top, width, min(STRIP, height - top))
        out[top : top + STRIP] = compositor.render_deep(document, strip, depth=depth)
    ctx.preview(shrink(as_bytes(out), PREVIEW_SIDE))
    return out

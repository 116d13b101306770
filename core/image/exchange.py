"""Pictures in and out of the core: opening a file, exporting one, composing a document."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from core.documents.image import ImageDocument, check_size
from core.image import files, managing, memory, saving
from core.image.pixels import shrink
from core.operations.base import Input
from core.operations.image import Export, ImportFile, RenderDocument, export_depth
from core.raster.depths import DTYPES, Deep, as_bytes, converted, depth_of
from core.raster.managing import convert_hex, convert_straight
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

STRIP = 1024
"""Rows that are composed between two looks at whether the job was cancelled."""
PREVIEW_SIDE = 1280

SUFFIX = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "avif": ".avif", "tiff": ".tif", "hdr": ".hdr", "exr": ".exr"}


def import_file(op: ImportFile, ctx: "Context") -> dict[str, Any]:
    """Return ``image`` (RGBA) and ``info`` (:class:`core.image.files.ImageInfo`). See :func:`core.image.files.load`."""
    keep = op.keep_profile or op.into is not None
    loaded = files.load(
        ctx.file(op.file),
        width=op.width,
        check_cancelled=ctx.check_cancelled,
        name=op.name,
        keep_profile=keep,
        deep=op.deep,
    )
    if op.into is None:
        return {"image": loaded.pixels, "info": loaded.info}
    conversion = managing.between(loaded.info.icc or None, managing.profile_bytes(op.into, ctx))
    if conversion is not None:
        ctx.check_cancelled()
        convert_straight(conversion, loaded.pixels)
    return {"image": loaded.pixels, "info": msgspec.structs.replace(loaded.info, icc=b"")}


def export(op: Export, ctx: "Context") -> Path:
    """Return the encoded file. See :func:`core.image.saving.save`."""
    whole = ctx.deep_image(op.image)
    profile = _profile_of(op.document, ctx) if op.document is not None else None
    depth = export_depth(op.format, op.depth or depth_of(whole))
    to_srgb = op.to_srgb or depth == 32  # floats are written as light with the primaries of sRGB
    if to_srgb and (conversion := managing.between(profile, None)) is not None:
        ctx.progress(0.1, "Converting colours")
        convert_straight(conversion, whole)
    if to_srgb:
        profile = None
    pixels = converted(whole, depth)
    path = ctx.scratch / f"picture{SUFFIX[op.format]}"
    ctx.progress(0.3, "Encoding")
    saving.save(
        path,
        pixels,
        op.format,
        quality=op.quality,
        lossless=op.lossless,
        background=convert_hex(managing.between(None, profile), [op.background])[0],
        dpi=op.dpi,
        metadata_from=ctx.file(op.original) if op.keep_metadata and op.original is not None else None,
        profile=profile,
    )
    return path


def _profile_of(source: Input, ctx: "Context") -> bytes | None:
    document = ctx.document(source)
    return managing.document_profile(document, ctx.assets) if isinstance(document, ImageDocument) else None


def render_document(op: RenderDocument, ctx: "Context") -> Deep:
    """Return all visible layers of an image document as one picture, in the numbers of the document's profile."""
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

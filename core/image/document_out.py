"""Exporting a document as it is made: with its layers (PSD, OpenRaster), or with its text (PDF, SVG)."""

from typing import TYPE_CHECKING, Any, cast

from core.documents import artboard_edits
from core.documents.image import ImageDocument
from core.image import memory
from core.image.flat import Flattener
from core.image.managing import converted_file
from core.operations.image import ExportDocument, export_depth
from core.raster.compositor import Compositor
from core.raster.layered import Chained, LayeredReader
from core.raster.manifest import AssetSource
from core.values import AtelierError, Message, reason

if TYPE_CHECKING:
    from core.engine.context import Context


def export_document(op: ExportDocument, ctx: "Context") -> dict[str, Any]:
    """Return ``file`` and ``info``, whose ``notes`` say what other programs will see differently."""
    document = ctx.document(op.document)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document cannot be exported as a picture.", kind=document.kind)
    depth = export_depth(op.format, op.depth or document.depth)
    memory.require(document.width * document.height * (8 + 2 * depth), Message("Exporting the document"))
    source: AssetSource = ctx.assets
    converted = False
    if document.profile is not None and (op.to_srgb or op.format != "psd"):
        # The other formats know sRGB alone: OpenRaster by its specification, PDF and SVG as they are written here.
        path, converted = converted_file(document, None, ctx)
        reader = LayeredReader(path)
        document, source = cast("ImageDocument", reader.document), Chained(reader, ctx.assets)
    flattener = Flattener(document, Compositor(source), depth)
    path = ctx.scratch / f"document.{op.format}"

    def progress(fraction: float) -> None:
        ctx.progress(fraction, "Writing layers")

    try:
        if op.format == "ora":
            from core.image import ora_out

            notes = ora_out.write(path, flattener, progress)
        elif op.format == "psd":
            from core.image import psd_out

            notes = psd_out.write(path, flattener, progress)
        else:
            from core.image import vector_out

            if op.format == "pdf":
                shown = [group.id for group in artboard_edits.boards(document) if group.visible]
                pages = tuple(artboard_edits.document_of(document, one) for one in shown) if op.artboards else ()
                notes = vector_out.write_pdf(path, flattener, progress, pages)
            else:
                notes = vector_out.write_svg(path, flattener, progress)
    except OSError as error:
        raise AtelierError("The file cannot be written: {reason}.", reason=reason(error)) from None
    if converted:
        notes = (*notes, Message("Its colours were converted to sRGB."))
    return {"file": path, "info": {"notes": notes}}

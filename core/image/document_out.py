"""Exporting a document as it is made: with its layers (PSD, OpenRaster), or with its text (PDF, SVG)."""

from typing import TYPE_CHECKING, Any

from core.documents.image import ImageDocument
from core.image import memory
from core.image.flat import Flattener
from core.operations.image import ExportDocument, export_depth
from core.raster.compositor import Compositor
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
    flattener = Flattener(document, Compositor(ctx.assets), depth)
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

            write = vector_out.write_pdf if op.format == "pdf" else vector_out.write_svg
            notes = write(path, flattener, progress)
    except OSError as error:
        raise AtelierError("The file cannot be written: {reason}.", reason=reason(error)) from None
    return {"file": path, "info": {"notes": notes}}

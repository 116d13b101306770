"""A page of a PDF in, drawn by PDFium at the resolution asked for. Runs in a process that may be stopped."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from core.documents.image import FillLayer, ImageDocument, check_size
from core.image import memory, sniff
from core.image.layering import Intake
from core.image.pixels import Pixels
from core.values import AtelierError, Message


def read(path: Path, intake: Intake, page: int, dpi: float, width: int | None) -> tuple[ImageDocument, int]:
    """Return page number ``page`` (from 1) on a white sheet, and how many there are; raises :class:`AtelierError`.

    ``dpi`` is pixels per inch; ``width`` in pixels takes its place.
    """
    name = intake.name
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise AtelierError("“{name}” is protected by a password, so it cannot be opened.", name=name) from None
        raise sniff.damaged(name) from None
    try:
        count = len(document)
        if not 1 <= page <= count:
            raise AtelierError("“{name}” has {n} pages and no page {page}.", name=name, n=count, page=page)
        return _page(document[page - 1], intake, dpi, width), count
    except pdfium.PdfiumError:
        raise sniff.damaged(name, Message("page {page} cannot be drawn", page=page)) from None
    finally:
        document.close()


def _page(page: pdfium.PdfPage, intake: Intake, dpi: float, width: int | None) -> ImageDocument:
    across, down = page.get_size()  # in points, 72 to the inch
    if not (0 < across < 1e6 and 0 < down < 1e6):
        raise sniff.damaged(intake.name, Message("its size makes no sense"))
    scale = dpi / 72 if width is None else width / across
    wide, high = max(1, round(across * scale)), max(1, round(down * scale))
    check_size(wide, high)
    memory.require(wide * high * 13, Message("Opening “{name}”", name=intake.name))
    intake.claim(wide, high)
    bitmap = pdfium.PdfBitmap.new_native(wide, high, raw.FPDFBitmap_BGRA, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 0), 0, 0, wide, high)
    # Not the binding's own way, which rounds sizes up and so stretches the page by a pixel.
    flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, flags)
    pixels: Pixels = np.array(bitmap.to_numpy()[:high, :wide])
    bitmap.close()
    intake.progress(0.8)
    sheet = FillLayer(id=intake.layer_id(), name="Paper", colour="#ffffff")
    drawn = intake.raster(pixels, 0, 0, id=intake.layer_id(), name="Page")
    return intake.document(wide, high, (sheet, drawn), scale * 72)

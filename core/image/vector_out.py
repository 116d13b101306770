"""PDF and SVG out: text stays text and plain colours stay shapes where nothing above blends with them, else pixels.

A document is cut into pieces from the top: as long as layers lie plainly on what is below, text, shapes and plain fills
are written as such and what lies between them as transparent pictures. From the topmost layer that blends, adjusts or
is clipped downwards, everything is one picture, because no page description has Atelier's blending.
"""

import math
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import pypdfium2 as pdfium
import skia

from core.documents.image import (
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    ShapeLayer,
    TextLayer,
)
from core.image.flat import Flattener, Part, Progress
from core.raster import vector
from core.raster.stacking import has_effects, only_over, shows, units
from core.raster.text import layout_text, parse_colour
from core.values import AtelierError, Message

replace = msgspec.structs.replace


class Piece(NamedTuple):
    """A layer to be written as it is, or pixels."""

    layer: TextLayer | FillLayer | ShapeLayer | None
    part: Part | None


def write_pdf(
    path: Path, flattener: Flattener, progress: Progress, pages: tuple[ImageDocument, ...] = ()
) -> tuple[Message, ...]:
    """Write one page of the document's printed size, or each of ``pages`` on its own; returns what became pixels."""
    document = flattener.document
    sheets = [Flattener(one, flattener.compositor) for one in pages] or [flattener]
    draft = path.with_suffix(".draft")
    stream = skia.FILEWStream(str(draft))
    if not stream.isValid():
        raise AtelierError("The PDF cannot be written there.")
    metadata = skia.PDF.Metadata()
    metadata.fTitle, metadata.fCreator, metadata.fProducer = document.title, "Atelier", "Atelier"
    metadata.fEncodingQuality = 101  # lossless
    page = skia.PDF.MakeDocument(stream, metadata)
    scale = 72 / document.resolution
    sizes = [(one.document.width * scale, one.document.height * scale) for one in sheets]
    notes: tuple[Message, ...] = ()
    for index, (sheet, (width, height)) in enumerate(zip(sheets, sizes, strict=True)):
        canvas = page.beginPage(math.ceil(width), math.ceil(height))
        canvas.translate(0, math.ceil(height) - height)  # onto the bottom edge, where a page begins
        canvas.scale(scale, scale)
        notes += _draw(canvas, sheet, lambda done, at=index: progress((at + done) / len(sheets)))  # type: ignore[misc]
        page.endPage()
    page.close()
    stream.flush()
    del stream
    _trim(draft, path, sizes)
    draft.unlink()
    return tuple(dict.fromkeys(notes))


def _trim(draft: Path, path: Path, sizes: list[tuple[float, float]]) -> None:
    """Give the pages their exact sizes in points: skia rounds them to whole ones."""
    with pdfium.PdfDocument(draft) as document:
        for index, (width, height) in enumerate(sizes):
            sheet = document[index]
            sheet.set_mediabox(0, 0, width, height)
            sheet.close()
        document.save(path)


def write_svg(path: Path, flattener: Flattener, progress: Progress) -> tuple[Message, ...]:
    """Write a drawing of the document's size in pixels; text becomes outlines, so that it looks the same everywhere."""
    document = flattener.document
    stream = skia.FILEWStream(str(path))
    if not stream.isValid():
        raise AtelierError("The SVG cannot be written there.")
    bounds = skia.Rect.MakeWH(document.width, document.height)
    canvas = skia.SVGCanvas.Make(bounds, stream, skia.SVGCanvas.kConvertTextToPaths_Flag)
    # Skia's drawing of a stroke inside or outside of an outline is a clip, which comes out otherwise in an SVG.
    notes = _draw(canvas, flattener, progress, aligned=False)
    del canvas  # which ends the file
    stream.flush()
    return notes


def pieces(flattener: Flattener, *, aligned: bool = True) -> tuple[list[Piece], bool]:
    """Return the document from the bottom to the top, and whether any text had to become pixels.

    Without ``aligned``, shapes whose stroke is not centred on their outline are pixels.
    """
    document = flattener.document
    # With a base that is hidden, what is clipped to it is hidden too.
    shown = [unit for unit in units(document.layers) if shows(unit.base)]
    free = next(
        (at + 1 for at in range(len(shown) - 1, -1, -1) if shown[at].clipped or not only_over(shown[at].base)), 0
    )
    below = [layer for base, clipped in shown[:free] for layer in (base, *clipped)]
    above = [unit.base for unit in shown[free:]]
    found: list[Piece] = []
    lost = any(_has_text(layer) for layer in below)
    waiting: list[AnyLayer] = list(below)
    for layer in above:
        if isinstance(layer, TextLayer | FillLayer | ShapeLayer) and _plain(layer, aligned):
            _flush(flattener, waiting, found)
            found.append(Piece(layer, None))
        else:
            lost = lost or _has_text(layer)
            waiting.append(layer)
    _flush(flattener, waiting, found)
    return found, lost


def _flush(flattener: Flattener, waiting: list[AnyLayer], found: list[Piece]) -> None:
    """Draw the layers that are waiting as one picture."""
    if not waiting:
        return
    if len(waiting) == 1 and isinstance(waiting[0], RasterLayer) and waiting[0].opacity == 1:
        found.append(Piece(None, flattener.part(waiting[0])))
    else:
        sheet = replace(flattener.document, layers=tuple(waiting))
        found.append(Piece(None, Part(flattener.compositor.render(sheet), 0, 0)))
    waiting.clear()


def _plain(layer: TextLayer | FillLayer | ShapeLayer, aligned: bool) -> bool:
    bare = layer.mask is None and layer.vector_mask is None and not has_effects(layer)
    if not bare or layer.blend is not BlendMode.NORMAL:
        return False
    if isinstance(layer, ShapeLayer):
        centred = layer.stroke is None or layer.stroke.position == "centre"
        return layer.opacity == 1 and (aligned or centred)
    if isinstance(layer, TextLayer):
        return layer.warp is None and (layer.opacity == 1 or layer.background is None)
    return layer.colour2 is None


def _has_text(layer: AnyLayer) -> bool:
    if isinstance(layer, GroupLayer):
        return any(map(_has_text, layer.layers))
    return isinstance(layer, TextLayer)


def _draw(
    canvas: "skia.Canvas", flattener: Flattener, progress: Progress, *, aligned: bool = True
) -> tuple[Message, ...]:
    document = flattener.document
    canvas.clipRect(skia.Rect.MakeWH(document.width, document.height))
    found, lost = pieces(flattener, aligned=aligned)
    for index, (layer, part) in enumerate(found):
        progress(0.1 + 0.8 * index / len(found))
        if part is not None:
            pixels = np.ascontiguousarray(part.pixels)
            image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
            canvas.drawImage(image, part.x, part.y)
        elif isinstance(layer, TextLayer):
            _text(canvas, layer)
        elif isinstance(layer, ShapeLayer):
            canvas.save()
            canvas.concat(vector.to_matrix(layer.transform.matrix(*layer.geometry.size())))
            vector.draw(canvas, layer)
            canvas.restore()
        elif isinstance(layer, FillLayer):
            red, green, blue, alpha = parse_colour(layer.colour)
            paint = skia.Paint(Color4f=skia.Color4f(red, green, blue, alpha * layer.opacity))
            canvas.drawRect(skia.Rect.MakeWH(document.width, document.height), paint)
    return (Message("Text below layers that blend, or in groups, was drawn as pixels."),) if lost else ()


def _text(canvas: "skia.Canvas", layer: TextLayer) -> None:
    red, green, blue, alpha = (round(v * 255) for v in parse_colour(layer.colour))
    faded = f"#{red:02x}{green:02x}{blue:02x}{round(alpha * layer.opacity):02x}"
    block = layout_text(replace(layer, colour=faded))
    a, b, c, d, tx, ty = layer.transform.matrix(block.width, block.height)
    canvas.save()
    canvas.concat(skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1))
    block.draw(canvas)
    canvas.restore()

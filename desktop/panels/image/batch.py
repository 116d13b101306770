"""Several files of one document: which there are, what each is called, and how it is cut to a size. No widgets."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta
from PySide6.QtCore import QT_TRANSLATE_NOOP

from core.documents import artboard_edits
from core.documents.image import MAX_SIDE, AnyLayer, GroupLayer, ImageDocument, RasterLayer, TextLayer
from core.documents.image_place import crop, scale_document
from core.raster.bounds import content_size, layer_bounds
from desktop.panels.image.export import SUFFIXES, ExportChoice

replace = msgspec.structs.replace

Side = Annotated[int, Meta(ge=1, le=MAX_SIDE)]
What = Literal["picture", "artboards", "layers", "groups"]
TEMPLATE = "{name}-{size}"
_PLACES = re.compile(r"\{(name|artboard|layer|size|format|width|height)\}")
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


class Size(msgspec.Struct, frozen=True):
    """How large a file is: ``scale`` times the document, or exactly ``width`` × ``height`` where those are given.

    With exact sides the picture fills them and loses its edges, or fits between them with transparent borders.
    """

    label: str = "1×"
    scale: Annotated[float, Meta(gt=0, le=16)] = 1.0
    width: Side | None = None
    height: Side | None = None
    fill: bool = True


class Row(msgspec.Struct, frozen=True):
    """One line of the list: a size in a format."""

    size: Size = Size()
    choice: ExportChoice = ExportChoice()
    suffix: Annotated[str, Meta(max_length=40)] = ""
    """Put at the end of the name: ``@2x``."""


class File(NamedTuple):
    """One file to be written."""

    name: str
    document: ImageDocument
    choice: ExportChoice


PRESETS: tuple[tuple[str, Size], ...] = (
    (str(QT_TRANSLATE_NOOP("batch", "Original size")), Size("1×")),
    (str(QT_TRANSLATE_NOOP("batch", "Twice as large (2×)")), Size("2×", 2.0)),
    (str(QT_TRANSLATE_NOOP("batch", "Three times as large (3×)")), Size("3×", 3.0)),
    (str(QT_TRANSLATE_NOOP("batch", "Half size")), Size("0.5×", 0.5)),
    (str(QT_TRANSLATE_NOOP("batch", "Instagram post, 1080 × 1080")), Size("1080×1080", 1.0, 1080, 1080)),
    (str(QT_TRANSLATE_NOOP("batch", "Instagram portrait, 1080 × 1350")), Size("1080×1350", 1.0, 1080, 1350)),
    (str(QT_TRANSLATE_NOOP("batch", "Story, 1080 × 1920")), Size("1080×1920", 1.0, 1080, 1920)),
    (str(QT_TRANSLATE_NOOP("batch", "Link preview, 1200 × 630")), Size("1200×630", 1.0, 1200, 630)),
    (str(QT_TRANSLATE_NOOP("batch", "Full HD, 1920 × 1080")), Size("1920×1080", 1.0, 1920, 1080)),
)


def files(document: ImageDocument, rows: Sequence[Row], what: What, template: str) -> list[File]:
    """Return every file that is to be written, with names that all differ. Raises :class:`AtelierError`."""
    found: list[File] = []
    taken: set[str] = set()
    for layer_name, part in _parts(document, what):
        for row in rows:
            sized, choice = fitted(part, row)
            stem = named(template, document.title, layer_name, row, sized, choice)
            suffix = SUFFIXES[choice.format]
            name, number = stem + suffix, 2
            while name.casefold() in taken:
                name, number = f"{stem}-{number}{suffix}", number + 1
            taken.add(name.casefold())
            found.append(File(name, sized, choice))
    return found


def fitted(document: ImageDocument, row: Row) -> tuple[ImageDocument, ExportChoice]:
    """Return the document on a canvas of the row's proportions, and how it is exported from there."""
    size = row.size
    if size.width is None or size.height is None:
        return document, replace(row.choice, scale=size.scale)
    if size.fill:
        ratio = size.width / size.height
        width = min(document.width, max(1, round(document.height * ratio)))
        height = min(document.height, max(1, round(document.width / ratio)))
        left, top = (document.width - width) // 2, (document.height - height) // 2
        document = crop(document, (left, top, left + width, top + height))
    return scale_document(document, size.width, size.height, content_size), replace(row.choice, scale=1.0)


def named(template: str, name: str, layer: str, row: Row, document: ImageDocument, choice: ExportChoice) -> str:
    """Return a file name without its ending, fit for every system. What the template lacks is put at its end."""
    width, height = (max(1, round(side * choice.scale)) for side in (document.width, document.height))
    values = {
        "name": name or "Untitled",
        "layer": layer,
        "artboard": layer,
        "size": row.size.label.replace("×", "x"),
        "format": choice.format,
        "width": str(width),
        "height": str(height),
    }
    text = _PLACES.sub(lambda found: values[found[1]], template)
    if layer and "{layer}" not in template and "{artboard}" not in template:
        text = f"{text}-{layer}"
    text = _FORBIDDEN.sub("-", text + row.suffix).strip(" .-")[:120] or "Untitled"
    return f"_{text}" if _RESERVED.match(text) else text


def existing(folder: Path, names: Sequence[str]) -> list[str]:
    """Return which of the names are taken in ``folder``."""
    return [name for name in names if (folder / name).exists()]


def _parts(document: ImageDocument, what: What) -> Iterator[tuple[str, ImageDocument]]:
    """Yield names and documents: the whole, or each visible artboard, layer or group alone, in its own size."""
    if what == "picture":
        yield "", document
        return
    if what == "artboards":
        for group in artboard_edits.boards(document):
            if group.visible:
                yield (
                    group.name or group.id,
                    replace(artboard_edits.document_of(document, group.id), title=document.title),
                )
        return
    for layer in _wanted(document.layers, what):
        box = layer_bounds(layer, document)
        left, top = max(0, int(box.left)), max(0, int(box.top))
        right = min(document.width, -int(-box.right // 1))
        bottom = min(document.height, -int(-box.bottom // 1))
        if right <= left or bottom <= top:
            continue
        alone = replace(document, layers=(replace(layer, clipped=False),), selection=None)
        yield layer.name or layer.id, crop(alone, (left, top, right, bottom))


def _wanted(layers: tuple[AnyLayer, ...], what: What) -> Iterator[AnyLayer]:
    for layer in layers:
        if not layer.visible:
            continue
        if isinstance(layer, GroupLayer):
            if what == "groups":
                yield layer
            else:
                yield from _wanted(layer.layers, what)
        elif what == "layers" and (isinstance(layer, RasterLayer | TextLayer) or hasattr(layer, "transform")):
            yield layer

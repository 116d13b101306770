"""OpenRaster files in (openraster.org, baseline 0.0.6): a ZIP with ``stack.xml`` and one PNG for each layer.

The archive is untrusted: the number of entries, their names, sizes and how far they unfold are checked before anything
is unpacked, the XML is read by expat without entities, and each PNG goes through :mod:`core.image.files`.
What Atelier adds to a layer (see :mod:`core.image.ora_out`) is taken up when nobody changed the layer since.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

import msgspec
import numpy as np

from core.documents.image import (
    MAX_DEPTH,
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    SmartLayer,
)
from core.documents.image_adjustments import ColourLookup
from core.documents.image_values import Depth
from core.image import files, memory, sniff
from core.image.layering import MAX_LAYERS, Intake
from core.raster.depths import Deep
from core.raster.manifest import Manifest
from core.raster.pack import unpack_bytes
from core.values import AtelierError, Message

MAX_ENTRIES = 10_000
MAX_STACK = 16 << 20
MAX_ENTRY = 2 << 30
MAX_UNPACKED = 8 << 30
MAX_RATIO = 200
"""PNGs are packed already; nothing honest in an OpenRaster file unfolds more than a few times beyond this size:"""
FREE_RATIO = 8 << 20

MODES = {
    "svg:src-over": BlendMode.NORMAL,
    "svg:multiply": BlendMode.MULTIPLY,
    "svg:screen": BlendMode.SCREEN,
    "svg:overlay": BlendMode.OVERLAY,
    "svg:darken": BlendMode.DARKEN,
    "svg:lighten": BlendMode.LIGHTEN,
    "svg:color-dodge": BlendMode.COLOUR_DODGE,
    "svg:color-burn": BlendMode.COLOUR_BURN,
    "svg:hard-light": BlendMode.HARD_LIGHT,
    "svg:soft-light": BlendMode.SOFT_LIGHT,
    "svg:difference": BlendMode.DIFFERENCE,
    "svg:color": BlendMode.COLOUR,
    "svg:luminosity": BlendMode.LUMINOSITY,
    "svg:hue": BlendMode.HUE,
    "svg:saturation": BlendMode.SATURATION,
    "svg:plus": BlendMode.LINEAR_DODGE,
    # Names of other programs, for what the specification has no name for.
    "svg:exclusion": BlendMode.EXCLUSION,
    "krita:exclusion": BlendMode.EXCLUSION,
    "krita:linear_burn": BlendMode.LINEAR_BURN,
    "krita:linear light": BlendMode.LINEAR_LIGHT,
    "krita:vivid_light": BlendMode.VIVID_LIGHT,
    "krita:pin_light": BlendMode.PIN_LIGHT,
    "krita:hard mix": BlendMode.HARD_MIX,
    "krita:subtract": BlendMode.SUBTRACT,
    "krita:divide": BlendMode.DIVIDE,
    "krita:darker color": BlendMode.DARKER_COLOUR,
    "krita:lighter color": BlendMode.LIGHTER_COLOUR,
}
"""``composite-op`` → mode."""

ASSETS = "data/atelier/"
PACK = ".raster"
"""Folder of pixels that only Atelier reads."""
GROUND = "atelier-background"
"""Attribute of a layer that is an artboard's background, which Atelier knows already."""


class _Element:
    """An element of ``stack.xml``, top layer first."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[_Element] = []


def read(path: Path, intake: Intake) -> ImageDocument:
    """Return the document in the OpenRaster file at ``path``; raises :class:`AtelierError`."""
    name = intake.name
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, name)
            image = _stack(_unpack(archive, "stack.xml", name, MAX_STACK), name)
            return _Reader(archive, intake).document(image)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, RecursionError):
            raise _too_deep(name) from None
        raise sniff.damaged(name) from None


def _check(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise AtelierError("“{name}” is not a picture: its archive holds {n:,} files.", name=name, n=len(entries))
    if len({entry.filename for entry in entries}) != len(entries):
        raise sniff.damaged(name, Message("its archive holds a file twice"))
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if entry.filename.startswith("/") or ".." in parts or "\\" in entry.filename or ":" in entry.filename:
            raise sniff.damaged(name, Message("its archive holds a file with a name that leads out of it"))
        bomb = entry.file_size > FREE_RATIO and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if bomb or entry.file_size > MAX_ENTRY:
            raise AtelierError("“{name}” unfolds to far more than its size; it was not opened.", name=name)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise AtelierError("“{name}” unfolds to far more than its size; it was not opened.", name=name)


def _unpack(archive: zipfile.ZipFile, entry: str, name: str, limit: int = MAX_ENTRY) -> bytes:
    """Return an entry's bytes. What it says of its size is not believed: no more than that is ever unpacked."""
    try:
        info = archive.getinfo(entry)
    except KeyError:
        raise sniff.damaged(name, Message("“{part}” is missing in it", part=entry[:80])) from None
    size = min(info.file_size, limit)
    with archive.open(info) as stream:
        data = stream.read(size + 1)
    if len(data) > size:
        raise AtelierError("“{name}” unfolds to far more than its size; it was not opened.", name=name)
    return data


def _too_deep(name: str) -> AtelierError:
    return AtelierError("“{name}” nests its groups deeper than {depth} levels.", name=name, depth=MAX_DEPTH)


def _stack(data: bytes, name: str) -> _Element:
    """Return the ``image`` element of ``stack.xml``. Entities are refused: nothing may unfold or reach out."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    root = _Element("", {})
    open_elements = [root]
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        # image, stack, and then as many groups as a document may nest
        if len(open_elements) > MAX_DEPTH + 3:
            raise _too_deep(name)
        if count > 2 * MAX_LAYERS:
            raise AtelierError("“{name}” has more than {n:,} layers.", name=name, n=MAX_LAYERS)
        element = _Element(tag, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def entity(*_: object) -> None:
        raise AtelierError("“{name}” defines entities in its list of layers, which a picture may not do.", name=name)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        why = Message("line {line} of its list of layers is not well-formed", line=error.lineno)
        raise sniff.damaged(name, why) from None
    image = root.children[0]
    if image.tag != "image":
        raise sniff.damaged(name, Message("its list of layers makes no sense"))
    return image


class _Reader:
    def __init__(self, archive: zipfile.ZipFile, intake: Intake) -> None:
        self._archive = archive
        self._intake = intake
        self._done = 0
        self._total = 1
        self._stored: dict[str, list[int]] = {}

    def document(self, image: _Element) -> ImageDocument:
        name = self._intake.name
        width, height = _integer(image, "w", 0), _integer(image, "h", 0)
        if width < 1 or height < 1:
            raise sniff.damaged(name, Message("its size makes no sense"))
        self._intake.claim(width, height)
        stack = next((child for child in image.children if child.tag == "stack"), None)
        if stack is None:
            raise sniff.damaged(name, Message("its list of layers makes no sense"))
        self._total = max(1, sum(1 for _ in _leaves(stack)))
        layers = self._layers(stack, 0)
        depth: Depth = {"16": 16, "32": 32}.get(image.attributes.get("atelier-depth", ""), 8)  # type: ignore[assignment]
        return self._intake.document(width, height, layers, _number(image, "xres", 72.0), depth)

    def _layers(self, stack: _Element, depth: int) -> tuple[AnyLayer, ...]:
        if depth > MAX_DEPTH:
            raise _too_deep(self._intake.name)
        found: list[AnyLayer] = []
        for element in reversed(stack.children):
            if element.tag == "stack":
                found.append(self._group(element, depth))
            elif element.tag == "layer":
                found.append(self._layer(element))
                self._done += 1
                self._intake.progress(self._done / self._total)
            else:
                self._intake.tell("Parts of the kind “{kind}” were left out.", kind=element.tag[:40])
        return tuple(found)

    def _group(self, element: _Element, depth: int) -> GroupLayer:
        common = self._common(element)
        own = self._own(element)
        if isinstance(own, GroupLayer) and own.artboard is not None:
            # Its background stands in the file for other programs.
            element.children = [one for one in element.children if GROUND not in one.attributes]
        if isinstance(own, GroupLayer) and depth > 0:
            own = msgspec.structs.replace(own, artboard=None)
        layers = self._layers(element, depth + 1)
        if isinstance(own, GroupLayer):
            return msgspec.structs.replace(own, id=common["id"], layers=layers)
        if element.attributes.get("isolation") != "isolate" and any(not _plain(layer) for layer in layers):
            self._intake.tell_of("Blended on their own here, and not with what is below: {layers}.", common["name"])
        dx, dy = _integer(element, "x", 0), _integer(element, "y", 0)
        if dx or dy:
            self._intake.tell_of("Groups whose offset was left out: {layers}.", common["name"])
        return GroupLayer(**common, layers=layers)

    def _layer(self, element: _Element) -> AnyLayer:
        common = self._common(element)
        own = self._own(element)
        if own is not None:
            return msgspec.structs.replace(own, id=common["id"])
        source = element.attributes.get("src", "")
        data = _unpack(self._archive, source, self._intake.name)
        try:
            loaded = files.decode_bytes(data, source)
        except AtelierError:
            if not source.lower().endswith(".png"):
                self._intake.tell_of("Left out, because they are not made of pixels: {layers}.", common["name"])
                return self._intake.raster(None, 0, 0, **common)
            raise sniff.damaged(
                self._intake.name, Message("its layer “{layer}” cannot be read", layer=common["name"])
            ) from None
        height, width = loaded.pixels.shape[:2]
        self._intake.claim(width, height)
        return self._intake.raster(loaded.pixels, _integer(element, "x", 0), _integer(element, "y", 0), **common)

    def _common(self, element: _Element) -> dict[str, Any]:
        mode = element.attributes.get("composite-op", "svg:src-over")
        name = element.attributes.get("name", "")[:255]
        if mode not in MODES:
            self._intake.tell_of("In a mode that is not known here, and normal now: {layers}.", name)
        return {
            "id": self._intake.layer_id(),
            "name": name,
            "visible": element.attributes.get("visibility", "visible") != "hidden",
            "locked": element.attributes.get("edit-locked") == "true",
            "opacity": min(1.0, max(0.0, _number(element, "opacity", 1.0))),
            "blend": MODES.get(mode, BlendMode.NORMAL),
        }

    def _own(self, element: _Element) -> AnyLayer | None:
        """Return what Atelier wrote beside a layer, unless somebody changed the layer since."""
        text = element.attributes.get("atelier-layer")
        if text is None or element.attributes.get("atelier-of") != self._fingerprint(element):
            return None
        try:
            layer: AnyLayer = msgspec.json.decode(text, type=AnyLayer)
        except (msgspec.MsgspecError, ValueError):
            return None
        if isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, ColourLookup):
            return None
        if isinstance(layer, SmartLayer):
            return None  # Atelier never writes one, and what it shows could not be there
        wanted = [(layer.pixels, layer.width, layer.height)] if isinstance(layer, RasterLayer) else []
        if layer.mask is not None:
            wanted.append((layer.mask.pixels, layer.mask.width, layer.mask.height))
        return layer if all(self._fetch(digest) == size for digest, *size in wanted) else None

    def _fetch(self, digest: str) -> list[int]:
        """Take over the pixels that are named by their hash; return their size, nothing when they are others."""
        if digest not in self._stored:
            try:
                pixels = self._kept(digest)
                right = self._intake.store(pixels) == digest
                self._stored[digest] = [pixels.shape[1], pixels.shape[0]] if right else []
            except AtelierError:
                self._stored[digest] = []
        return self._stored[digest]

    def _kept(self, digest: str) -> Deep:
        """Return pixels that Atelier put beside a layer: a PNG, or a pack where they have more than 8 bits."""
        if f"{ASSETS}{digest}{PACK}" in self._archive.namelist():
            data = _unpack(self._archive, f"{ASSETS}{digest}{PACK}", self._intake.name)
            return unpack_bytes(data, self._claim)
        data = _unpack(self._archive, f"{ASSETS}{digest}.png", self._intake.name)
        pixels = files.decode_bytes(data, digest).pixels
        self._intake.claim(pixels.shape[1], pixels.shape[0])
        return pixels

    def _claim(self, manifest: Manifest) -> None:
        self._intake.claim(manifest.width, manifest.height)
        memory.require(manifest.width * manifest.height * manifest.depth, Message("Opening the picture"))

    def _fingerprint(self, element: _Element) -> str:
        source = element.attributes.get("src", "")
        try:
            crc = self._archive.getinfo(source).CRC if source else 0
        except KeyError:
            return ""
        return fingerprint(element.attributes, crc)


def fingerprint(attributes: dict[str, str], crc: int) -> str:
    """Return what a layer's own attributes and pixels are, to tell whether another program has changed them."""
    keys = ("name", "src", "x", "y", "opacity", "visibility", "composite-op")
    text = "\n".join(attributes.get(key, "") for key in keys)
    return f"{crc:08x}{zlib.crc32(text.encode()):08x}"


def _plain(layer: AnyLayer) -> bool:
    return layer.blend is BlendMode.NORMAL and not isinstance(layer, AdjustmentLayer)


def _leaves(stack: _Element) -> Iterator[_Element]:
    for child in stack.children:
        if child.tag == "stack":
            yield from _leaves(child)
        elif child.tag == "layer":
            yield child


def _integer(element: _Element, key: str, default: int) -> int:
    value = round(_number(element, key, default))
    return min(1_000_000, max(-1_000_000, value))


def _number(element: _Element, key: str, default: float) -> float:
    try:
        value = float(element.attributes.get(key, default))
    except ValueError:
        return default
    return value if np.isfinite(value) else default

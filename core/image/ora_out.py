"""OpenRaster files out (openraster.org, baseline 0.0.6): layers, groups, modes, opacity, visibility and places.

Other programs see each layer as a PNG with its mask, effects and clipping drawn in. Beside a layer that is more than
pixels stands what Atelier knows of it (attribute ``atelier-layer``), so that reading the file here gives the very same
document; ``atelier-of`` tells whether somebody changed the layer in the meantime (:func:`core.image.ora.fingerprint`).
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import quoteattr

import msgspec
from PIL import Image, ImageColor

from core.documents.image import AdjustmentLayer, AnyLayer, Artboard, BlendMode, GroupLayer, RasterLayer, SmartLayer
from core.documents.image_adjustments import ColourLookup
from core.image.flat import EMPTY, Flattener, Progress
from core.image.ora import ASSETS, GROUND, MODES, PACK, fingerprint
from core.image.profiles import srgb_profile
from core.raster.manifest import read_raster
from core.raster.pack import pack_bytes
from core.raster.stacking import has_effects
from core.values import Message

OPERATORS: dict[BlendMode, str] = {mode: name for name, mode in reversed(MODES.items())}
_SPECIFIED = {name for name in MODES if name.startswith("svg:") and name != "svg:exclusion"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(path: Path, flattener: Flattener, progress: Progress) -> tuple[Message, ...]:
    """Write the document to ``path`` and return what other programs will not see; raises ``OSError``."""
    with zipfile.ZipFile(path, "w") as archive:
        writer = _Writer(archive, flattener, progress)
        writer.document()
        return tuple(writer.notes)


class _Writer:
    def __init__(self, archive: zipfile.ZipFile, flattener: Flattener, progress: Progress) -> None:
        self._archive = archive
        self._flattener = flattener
        self._progress = progress
        self._count = 0
        self._stored: set[str] = set()
        self.notes: list[Message] = []

    def document(self) -> None:
        self._put("mimetype", b"image/openraster")
        document = self._flattener.document
        lines = ["<?xml version='1.0' encoding='UTF-8'?>"]
        size = f'w="{document.width}" h="{document.height}"'
        if document.depth != 8:
            size += f' atelier-depth="{document.depth}"'
        resolution = f'xres="{round(document.resolution)}" yres="{round(document.resolution)}"'
        lines += [f'<image version="0.0.6" {size} {resolution}>', "<stack>"]
        self._stack(document.layers, lines)
        lines += ["</stack>", "</image>"]
        self._put("stack.xml", "\n".join(lines).encode(), zipfile.ZIP_DEFLATED)
        merged = Image.fromarray(self._flattener.merged())
        self._put("mergedimage.png", _png(merged, icc_profile=srgb_profile()))
        merged.thumbnail((256, 256))
        self._put("Thumbnails/thumbnail.png", _png(merged))

    def _stack(self, layers: tuple[AnyLayer, ...], lines: list[str]) -> None:
        for layer in reversed(layers):
            if isinstance(layer, GroupLayer):
                attributes = self._common(layer) | {"isolation": "isolate"}
                if layer.mask is not None or has_effects(layer) or layer.clipped:
                    self._note(
                        Message(
                            "The mask, clipping or effects of “{layer}” only show in Atelier.",
                            layer=layer.name,
                        )
                    )
                self._add_own(layer, attributes, 0)
                lines.append(f"<stack {_attributes(attributes)}>")
                self._stack(layer.layers, lines)
                if layer.artboard is not None:
                    self._ground(layer.artboard, lines)
                lines.append("</stack>")
            else:
                lines.append(f"<layer {_attributes(self._layer(layer))}/>")

    def _ground(self, artboard: Artboard, lines: list[str]) -> None:
        """Write an artboard's background for other programs; Atelier knows it from the group."""
        self._note(Message("Artboards are groups in other programs, cut off where they end."))
        if artboard.background is None:
            return
        self._count += 1
        source = f"data/layer{self._count:03}.png"
        size = artboard.width, artboard.height
        self._put(source, _png(Image.new("RGBA", size, ImageColor.getrgb(artboard.background))))
        place = {"name": "Background", "src": source, "x": str(artboard.x), "y": str(artboard.y)}
        lines.append(f"<layer {_attributes(place | {GROUND: 'true'})}/>")

    def _layer(self, layer: AnyLayer) -> dict[str, str]:
        self._progress(min(0.9, self._count / (self._count + 4)))
        self._count += 1
        part = EMPTY if isinstance(layer, AdjustmentLayer) else self._flattener.part(layer)
        source = f"data/layer{self._count:03}.png"
        data = _png(Image.fromarray(part.pixels))
        self._put(source, data)
        attributes = self._common(layer) | {"src": source, "x": str(part.x), "y": str(part.y)}
        deep = isinstance(layer, RasterLayer) and self._flattener.compositor.manifest(layer.pixels).depth > 8
        if deep:
            self._note(Message("Other programs see 8 bits a channel."))
        if isinstance(layer, SmartLayer):
            self._note(Message("The smart layer “{layer}” was drawn into pixels.", layer=layer.name))
        elif layer.clipped or deep or not self._flattener.exact(layer):
            self._add_own(layer, attributes, zlib.crc32(data))
            if layer.clipped or not self._flattener.exact(layer):
                self._say(layer)
        return attributes

    def _say(self, layer: AnyLayer) -> None:
        if isinstance(layer, AdjustmentLayer):
            self._note(Message("The adjustment “{layer}” only shows in Atelier.", layer=layer.name))
        else:
            self._note(Message("Other programs see text, fills, masks, effects and turned layers as pixels."))

    def _common(self, layer: AnyLayer) -> dict[str, str]:
        operator = OPERATORS[layer.blend]
        if operator not in _SPECIFIED:
            self._note(Message("Not every program knows the mode of “{layer}”.", layer=layer.name))
        common = {"name": _NOT_XML.sub("", layer.name), "opacity": f"{layer.opacity:.6g}", "composite-op": operator}
        common["visibility"] = "visible" if layer.visible else "hidden"
        return common | ({"edit-locked": "true"} if layer.locked else {})

    def _add_own(self, layer: AnyLayer, attributes: dict[str, str], crc: int) -> None:
        if isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, ColourLookup):
            self._note(Message("The colour table of “{layer}” was left out.", layer=layer.name))
            return
        wanted = [layer.pixels] if isinstance(layer, RasterLayer) else []
        wanted += [layer.mask.pixels] if layer.mask is not None else []
        for digest in wanted:
            if digest not in self._stored:
                self._stored.add(digest)
                source = self._flattener.compositor.source
                if self._flattener.compositor.manifest(digest).depth == 8:
                    self._put(f"{ASSETS}{digest}.png", _png(Image.fromarray(read_raster(digest, source))))
                else:
                    self._put(f"{ASSETS}{digest}{PACK}", pack_bytes(digest, source))
        own = msgspec.structs.replace(layer, layers=()) if isinstance(layer, GroupLayer) else layer
        attributes["atelier-layer"] = msgspec.json.encode(own).decode()
        attributes["atelier-of"] = fingerprint(attributes, crc)

    def _note(self, message: Message) -> None:
        if message not in self.notes:
            self.notes.append(message)

    def _put(self, name: str, data: bytes, how: int = zipfile.ZIP_STORED) -> None:
        self._archive.writestr(zipfile.ZipInfo(name, _WHEN), data, how)


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f"{key}={quoteattr(value)}" for key, value in values.items())


def _png(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()

    picture.save(out, "PNG", compress_level=2, **options)
    return out.getvalue()

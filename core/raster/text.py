"""Text layers laid out in lines and drawn as outlines at any scale, by skia's paragraph module.

Lines break as Unicode says (UAX #14), Chinese included; a character that the chosen family lacks comes from
Inter, Noto Sans SC, or what the system has. The same layer gives the same pixels in either process of one machine.
"""

import math
import threading
from functools import lru_cache

import msgspec
import numpy as np
import skia

from core.documents.image import TextLayer, Transform
from core.raster.affine import Rect
from core.raster.fonts import font_style, fonts

_lock = threading.Lock()
_UNLIMITED = 1e7
_PROBE = 256
"""Side of the picture in which the extent of a text's ink is looked up."""


def families() -> list[str]:
    """Return the font families that a text layer can name, the shipped ones first. May take a second."""
    return fonts().families()


def parse_colour(colour: str) -> tuple[float, float, float, float]:
    """Return red, green, blue and alpha (0…1, straight, encoded sRGB) of ``#rrggbb`` or ``#rrggbbaa``."""
    red, green, blue, alpha = (int((colour + "ff")[index : index + 2], 16) / 255 for index in (1, 3, 5, 7))
    return red, green, blue, alpha


class TextBlock:
    """A laid out text: ``width`` and ``height`` are its box in document pixels, padding included.

    ``lines_width`` is the width of its longest line. ``ink`` bounds everything that is drawn, in the box's own
    coordinates: slanted or tall letters may reach out of the box. Immutable; drawing is thread-safe.
    """

    def __init__(self, layer: TextLayer) -> None:
        self._layer = layer
        paragraph = _paragraph(layer)
        paragraph.layout(layer.width or _UNLIMITED)
        self.lines_width = float(paragraph.LongestLine) if layer.text else 0.0
        inner = float(layer.width)
        if not inner:
            # Laid out once more in its own width, so that alignment has a box to align in. The hair more keeps
            # rounding from breaking the longest line.
            inner = math.ceil(paragraph.MaxIntrinsicWidth) if layer.text else 0.0
            paragraph.layout(inner + 0.5)
        self._paragraph = paragraph
        self.width = inner + 2 * layer.padding
        self.height = float(paragraph.Height) + 2 * layer.padding
        self.ink = self._measure()

    def draw(self, canvas: "skia.Canvas") -> None:
        """Draw with the box's top left corner at the origin of ``canvas``'s current matrix."""
        layer = self._layer
        if layer.background is not None:
            radius = min(layer.radius, self.width / 2, self.height / 2)
            box = skia.Rect.MakeWH(self.width, self.height)
            paint = skia.Paint(Color4f=skia.Color4f(*parse_colour(layer.background)), AntiAlias=True)
            canvas.drawRoundRect(box, radius, radius, paint)
        if layer.text:
            self._paragraph.paint(canvas, layer.padding, layer.padding)

    def _measure(self) -> Rect:
        """Return the bounds of the ink: those of a small picture of it, and two of its pixels more."""
        box = Rect(0.0, 0.0, self.width, self.height)
        if not self._layer.text:
            return box if self._layer.background is not None else Rect(0.0, 0.0, 0.0, 0.0)
        reach = 1.2 * self._layer.size
        area = box.grow(reach)
        scale = min(1.0, _PROBE / max(area.width, area.height))
        alpha = np.zeros((math.ceil(area.height * scale) + 1, math.ceil(area.width * scale) + 1), np.uint8)
        info = skia.ImageInfo.Make(alpha.shape[1], alpha.shape[0], skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
        canvas = skia.Surface.MakeRasterDirect(info, alpha, alpha.shape[1]).getCanvas()
        canvas.scale(scale, scale)
        canvas.translate(-area.left, -area.top)
        self._paragraph.paint(canvas, self._layer.padding, self._layer.padding)
        rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
        ink = box if self._layer.background is not None else Rect(0.0, 0.0, 0.0, 0.0)
        if rows.size:
            glyphs = Rect(
                (int(columns[0]) - 2) / scale + area.left,
                (int(rows[0]) - 2) / scale + area.top,
                (int(columns[-1]) + 3) / scale + area.left,
                (int(rows[-1]) + 3) / scale + area.top,
            )
            ink = ink.union(glyphs)
        return ink


def _paragraph(layer: TextLayer) -> "skia.textlayout.Paragraph":
    text = skia.textlayout
    families_wanted = fonts().resolve(layer.family, layer.text, layer.weight, layer.italic)
    style = text.TextStyle()
    style.setFontFamilies(families_wanted)
    style.setFontStyle(font_style(layer.weight, layer.italic))
    style.setFontSize(layer.size)
    style.setLetterSpacing(layer.tracking / 1000 * layer.size)
    style.setForegroundPaint(skia.Paint(Color4f=skia.Color4f(*parse_colour(layer.colour)), AntiAlias=True))
    style.setHeightOverride(True)
    style.setHeight(layer.leading)
    style.setHalfLeading(True)
    style.setLocale("zh-Hans")
    lines = text.ParagraphStyle()
    lines.setTextStyle(style)
    # Every line is as high as the family and leading say, whichever fonts its characters come from.
    strut = text.StrutStyle()
    strut.setFontFamilies(families_wanted)
    strut.setFontStyle(font_style(layer.weight, layer.italic))
    strut.setFontSize(layer.size)
    strut.setHeightOverride(True)
    strut.setHeight(layer.leading)
    strut.setHalfLeading(True)
    strut.setStrutEnabled(True)
    strut.setForceStrutHeight(True)
    lines.setStrutStyle(strut)
    lines.setTextAlign(_ALIGN[layer.align])
    builder = text.ParagraphBuilder.make(lines, fonts().collection, _unicode())
    builder.pushStyle(style)
    builder.addText(layer.text)
    return builder.Build()


_ALIGN = {
    "left": skia.textlayout.TextAlign.kLeft,
    "center": skia.textlayout.TextAlign.kCenter,
    "right": skia.textlayout.TextAlign.kRight,
    "justify": skia.textlayout.TextAlign.kJustify,
}


@lru_cache(maxsize=1)
def _unicode() -> "skia.Unicode":
    return skia.Unicodes.ICU.Make()


@lru_cache(maxsize=256)
def _block(layer: TextLayer, generation: int) -> TextBlock:
    with _lock:
        return TextBlock(layer)


def layout_text(layer: TextLayer) -> TextBlock:
    """Return ``layer`` laid out (about 0.5 ms; the last 256 different ones are kept). Thread-safe."""
    # Only what changes the lines is part of the key, so that moving or fading a text does not lay it out again.
    return _block(
        msgspec.structs.replace(
            layer,
            id="",
            name="",
            visible=True,
            locked=False,
            opacity=1.0,
            blend=_PLAIN.blend,
            clipped=False,
            mask=None,
            vector_mask=None,
            transform=Transform(),
        ),
        fonts().generation,
    )


_PLAIN = TextLayer(id="")

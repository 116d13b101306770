"""Photoshop's text layers as text, where that looks as the pixels beside it do; elsewhere the pixels are taken."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from psd_tools.api.layers import TypeLayer

from core.documents.image import MAX_SIDE, BlendMode, ImageDocument, TextLayer, Transform
from core.image.pixels import Pixels
from core.raster.compositor import Compositor
from core.raster.fonts import fonts
from core.raster.pack import MemoryAssets
from core.values import AtelierError

SAME = 0.75
"""How much of two inks must be common (intersection over union of their alpha) for a text to be set again."""

_WEIGHTS = {"thin": 100, "light": 300, "medium": 500, "semibold": 600, "bold": 700, "extrabold": 800, "black": 900}


def text_layer(
    layer: TypeLayer, pixels: Pixels | None, colour: Callable[[float, float, float], str], common: dict[str, Any]
) -> TextLayer | None:
    """Return ``layer`` as text when one style says it all, its font is here and it covers what ``pixels`` cover."""
    if pixels is None or not pixels[..., 3].any():
        return None
    try:
        made = _set(layer, colour, common)
    except (TypeError, ValueError, AttributeError, IndexError, KeyError):
        return None
    if made is None:
        return None
    record = layer._record
    rows, columns = np.flatnonzero(pixels[..., 3].any(axis=1)), np.flatnonzero(pixels[..., 3].any(axis=0))
    left, top = record.left + int(columns[0]), record.top + int(rows[0])
    wanted = pixels[int(rows[0]) : int(rows[-1]) + 1, int(columns[0]) : int(columns[-1]) + 1, 3]
    return fitted(made, wanted, left, top)


_SAME_WIDTHS = {
    "arial": ("Liberation Sans", "Arimo", "Nimbus Sans"),
    "helvetica": ("Nimbus Sans", "Liberation Sans", "Arimo"),
    "timesnewroman": ("Liberation Serif", "Tinos", "Nimbus Roman"),
    "times": ("Nimbus Roman", "Liberation Serif", "Tinos"),
    "couriernew": ("Liberation Mono", "Cousine", "Nimbus Mono PS"),
    "courier": ("Nimbus Mono PS", "Liberation Mono", "Cousine"),
}
"""Families that were made with the widths of others, to stand in for them."""


def _key(family: str) -> str:
    plain = family.replace(" ", "").lower()
    return plain.removesuffix("mt").removesuffix("ps")


def _here(*families: str) -> str | None:
    """Return the first of the families that is installed, or one with the same widths."""
    known = {_key(name): name for name in fonts().families()}
    for family in filter(None, families):
        for name in (family, *_SAME_WIDTHS.get(_key(family), ())):
            if _key(name) in known:
                return known[_key(name)]
    return None


def _set(layer: TypeLayer, colour: Callable[[float, float, float], str], common: dict[str, Any]) -> TextLayer | None:
    xx, xy, yx, yy, _, _ = layer.transform
    if abs(xy) > 1e-3 or abs(yx) > 1e-3 or yy <= 0 or abs(xx - yy) > 0.01 * yy:
        return None
    runs = [run for paragraph in layer.typesetting for run in paragraph.runs if run.text.strip()]
    if not runs:
        return None
    first = runs[0].style
    keys = ("font_name", "font_size", "fill_color", "tracking", "faux_bold", "faux_italic", "leading", "auto_leading")
    if any(getattr(run.style, key) != getattr(first, key) for run in runs for key in keys):
        return None
    if first.faux_bold or first.faux_italic or first.underline or first.strikethrough or first.baseline_shift:
        return None
    family, _, style = first.font_name.partition("-")
    style = style.lower()
    weight = next((w for key, w in sorted(_WEIGHTS.items(), key=lambda i: -len(i[0])) if key in style), 400)
    here = _here(family, first.font.family if first.font is not None else "")
    if here is None or first.fill_color is None:
        return None
    _, red, green, blue = first.fill_color
    size = first.font_size * yy
    justify = str(layer.typesetting[0].style.justification.name).lower()
    return TextLayer(
        **common,
        text=layer.text.replace("\r", "\n").replace("\x03", "\n").rstrip("\n"),
        family=here,
        weight=weight,
        italic="italic" in style or "oblique" in style,
        size=size,
        colour=colour(red * 255, green * 255, blue * 255),
        align={"right": "right", "center": "center"}.get(justify, "left"),  # type: ignore[arg-type]
        leading=1.2 if first.auto_leading or not first.leading else min(5.0, max(0.5, first.leading / first.font_size)),
        tracking=float(first.tracking),
    )


_PLAIN: dict[str, Any] = {
    "visible": True,
    "opacity": 1.0,
    "blend": BlendMode.NORMAL,
    "clipped": False,
    "mask": None,
    "effects": (),
    "colour": "#000000",
}


def fitted(text: TextLayer, wanted: "np.ndarray[Any, Any]", left: int, top: int) -> TextLayer | None:
    """Move the text so that its ink begins where the pixels' does; return it if the two cover the same."""
    height, width = wanted.shape
    pad = 200
    place = Transform(x=float(pad), y=float(pad))
    plain = msgspec.structs.replace(text, transform=place, **_PLAIN)
    across, down = min(MAX_SIDE, width + 3 * pad), min(MAX_SIDE, height + 3 * pad)
    sheet = ImageDocument(id="sheet", width=across, height=down, layers=(plain,))
    try:
        ink = Compositor(MemoryAssets()).render(sheet)[..., 3]
    except AtelierError:
        return None
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    y, x = int(rows[0]), int(columns[0])
    found = np.zeros_like(wanted)
    piece = ink[y : y + height, x : x + width]
    found[: piece.shape[0], : piece.shape[1]] = piece
    common, either = np.minimum(found, wanted).sum(dtype=np.int64), np.maximum(found, wanted).sum(dtype=np.int64)
    if common < SAME * either or abs(int(columns[-1]) + 1 - x - width) > max(2, 0.05 * width):
        return None
    place = Transform(x=float(left - x + pad), y=float(top - y + pad))
    return msgspec.structs.replace(text, transform=place)

"""Whether text can be read where it stands: WCAG 2.2 contrast against the pixels that are really around its letters.

The document is composed as it is, so opacity, blending, adjustments above the text, its effects and its own box all
count. Letters are compared with a ring around them, place by place; what is reported is the contrast that nineteen in
twenty places of the text reach, since text over a picture is read where it is worst.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
from coloraide import Color

from core.documents.image import BlendMode, GroupLayer, ImageDocument, TextLayer
from core.image.pixels import LINEAR, Floats, Pixels, from_oklab, to_byte, to_oklab
from core.operations.image_findings import Contrasts, TextContrast
from core.operations.image_guidance import MeasureContrast
from core.raster.bounds import ink_bounds
from core.raster.compositor import Compositor
from core.raster.stacking import shows
from core.values import AtelierError

if TYPE_CHECKING:
    from core.documents.image import AnyLayer
    from core.engine.context import Context

replace = msgspec.structs.replace
LARGE, LARGE_BOLD, BOLD = 24.0, 18.66, 700
"""Text of that many pixels (18 pt, or 14 pt from weight 700 on) is large: 3:1 is enough for it instead of 4.5:1."""
NORMAL_NEEDS, LARGE_NEEDS = 4.5, 3.0
MOST_PIXELS = 1200
"""Longer side of a text as it is measured; a longer one is composed smaller."""
WORST = 5.0
"""Percentile of the contrast along a text that is reported as its contrast."""


def measure(op: MeasureContrast, ctx: "Context") -> Contrasts:
    """Return the contrast of every text that shows."""
    document = ctx.document(op.document)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document has no text layers to measure.", kind=document.kind)
    compositor = Compositor(ctx.assets)
    texts = list(shown_texts(document.layers))
    found: list[TextContrast] = []
    for index, layer in enumerate(texts):
        ctx.progress(index / len(texts), "Text {done} of {total}", done=index + 1, total=len(texts))
        one = judge(document, layer, compositor)
        if one is not None:
            found.append(one)
    return Contrasts(tuple(found))


def shown_texts(layers: tuple["AnyLayer", ...]) -> Iterator[TextLayer]:
    """Yield the text layers that show and say something."""
    for layer in layers:
        if not shows(layer):
            continue
        if isinstance(layer, GroupLayer):
            yield from shown_texts(layer.layers)
        elif isinstance(layer, TextLayer) and layer.text.strip():
            yield layer


def judge(document: ImageDocument, layer: TextLayer, compositor: Compositor) -> TextContrast | None:
    """Return what there is to say of one text; ``None`` when it lies outside of the picture."""
    seen = _measured(document, layer, compositor)
    if seen is None:
        return None
    worst, typical, behind = seen
    scale = min(abs(layer.transform.scale_x), abs(layer.transform.scale_y))
    size = layer.size * scale
    large = size >= LARGE or (size >= LARGE_BOLD and layer.weight >= BOLD)
    needed = LARGE_NEEDS if large else NORMAL_NEEDS
    told = TextContrast(
        layer=layer.id,
        name=layer.name or " ".join(layer.text.split())[:40],
        size=round(size, 1),
        large=large,
        needed=needed,
        worst=round(worst, 2),
        typical=round(typical, 2),
        passes=worst >= needed,
    )
    return told if told.passes else _helped(told, document, layer, compositor, behind)


def _helped(
    told: TextContrast, document: ImageDocument, layer: TextLayer, compositor: Compositor, behind: Floats
) -> TextContrast:
    """Add a colour that would do, measured in place; where none does, a colour for a box behind the text."""
    for colour in colours_towards(layer.colour, behind, told.needed):
        trial = document.replace_layer(layer.id, lambda _, c=colour: replace(layer, colour=c))  # type: ignore[misc]
        seen = _measured(trial, replace(layer, colour=colour), compositor)
        if seen is not None and seen[0] >= told.needed:
            return replace(told, colour=colour, colour_reaches=round(seen[0], 2))
    if layer.blend is not BlendMode.NORMAL or layer.opacity < 1:
        return told
    colour = box_colour(layer.colour, float(np.median(behind)), told.needed)
    padding = max(layer.padding, round(layer.size * 0.25))
    boxed = replace(layer, background=colour, padding=padding)
    seen = _measured(document.replace_layer(layer.id, lambda _: boxed), boxed, compositor)
    if seen is not None and seen[0] >= told.needed:
        return replace(told, box=colour, box_reaches=round(seen[0], 2))
    return told


# --- measuring -------------------------------------------------------------------------------------------------------


def _measured(document: ImageDocument, layer: TextLayer, compositor: Compositor) -> tuple[float, float, Floats] | None:
    """Return the worst and the typical contrast, and the luminance around the letters place by place."""
    ink = ink_bounds(replace(layer, background=None))
    size = layer.size * min(abs(layer.transform.scale_x), abs(layer.transform.scale_y))
    reach = max(3.0, size * 0.25)
    left, top = max(0, int(ink.left - reach)), max(0, int(ink.top - reach))
    right, bottom = min(document.width, int(ink.right + reach) + 1), min(document.height, int(ink.bottom + reach) + 1)
    if right - left < 2 or bottom - top < 2:
        return None
    scale = min(1.0, MOST_PIXELS / max(right - left, bottom - top))
    rect = (left, top, right - left, bottom - top)
    picture = _over_white(compositor.render(document, rect, scale))
    bare = replace(
        layer, background=None, effects=(), opacity=1.0, blend=BlendMode.NORMAL, clipped=False, colour="#000000"
    )
    alpha = compositor.render(replace(document, layers=(bare,), selection=None), rect, scale)[..., 3]
    if alpha.max() < 128:
        return None
    return _ratios(luminance(picture), alpha, max(3, round(size * scale)))


def _ratios(light: Floats, alpha: npt.NDArray[np.uint8], side: int) -> tuple[float, float, Floats]:
    height, width = light.shape
    solid = (alpha >= min(242, int(alpha.max()) - 8)).astype(np.float32)
    near = cv2.dilate((alpha > 5).astype(np.uint8), np.ones((3, 3), np.uint8))
    reach = max(2, round(side * 0.12)) * 2 + 1
    wide = cv2.dilate(near, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    ring = ((wide > 0) & (near == 0)).astype(np.float32)
    box = (side | 1, side | 1)

    def mean(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
        total = cv2.boxFilter(weight, -1, box, normalize=False, borderType=cv2.BORDER_CONSTANT)
        summed = cv2.boxFilter(values * weight, -1, box, normalize=False, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(summed / np.maximum(total, 1e-6), np.float32), np.asarray(total, np.float32)

    letters, letter_weight = mean(light, solid)
    around, around_weight = mean(light, ring)
    valid = (solid > 0) & (letter_weight > 0.5) & (around_weight > 1.5)
    if not valid.any():
        valid = solid > 0
        around = np.full((height, width), float(light[alpha <= 5].mean()) if (alpha <= 5).any() else 1.0, np.float32)
    ratios = contrast(letters[valid], around[valid])
    return float(np.percentile(ratios, WORST)), float(np.median(ratios)), around[valid]


def luminance(rgb: npt.NDArray[np.uint8]) -> Floats:
    """Return WCAG's relative luminance of sRGB pixels."""
    return np.asarray(LINEAR[rgb] @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def contrast(first: Floats | float, second: Floats | float) -> Floats:
    """Return WCAG's contrast of two luminances, 1…21."""
    high, low = np.maximum(first, second), np.minimum(first, second)
    return np.asarray((high + 0.05) / (low + 0.05), np.float32)


def _over_white(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """Return RGB over white: where nothing is, a page will be."""
    alpha = pixels[..., 3:].astype(np.uint16)
    return np.asarray((pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255, np.uint8)


# --- suggesting ------------------------------------------------------------------------------------------------------


def colours_towards(colour: str, behind: Floats, needed: float) -> list[str]:
    """Return colours of the same hue that should reach ``needed`` on these luminances, the nearest first.

    Lightness (OKLab) moves down and up by hundredths until nineteen of twenty places are reached, chroma following
    where sRGB ends; then black and white, as the last that could do.
    """
    lab = to_oklab(np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.uint8))
    found: list[tuple[float, str]] = []
    for direction in (-1, 1):
        for step in range(1, 101):
            light = float(lab[0]) + direction * step / 100
            if not 0 <= light <= 1:
                break
            text = at_lightness(lab, light)
            value = float(luminance(np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], np.uint8)))
            if float(np.percentile(contrast(value, behind), WORST)) >= needed * 1.02:
                found.append((step, text))
                further = at_lightness(lab, min(1.0, max(0.0, light + direction * 0.06)))
                found.append((step + 6, further))
                break
    found += [(200, "#000000"), (201, "#ffffff")]
    return list(dict.fromkeys(text for _, text in sorted(found)))


def at_lightness(lab: Floats, light: float) -> str:
    """Return the colour of that hue and OKLab lightness as ``#rrggbb``, as colourful as sRGB allows up to its own."""
    for chroma in np.linspace(1, 0, 21):
        rgb = from_oklab(np.array([light, lab[1] * chroma, lab[2] * chroma], np.float32))
        if ((rgb >= -0.005) & (rgb <= 1.005)).all():
            return "#" + bytes(to_byte(np.clip(rgb, 0, 1))).hex()
    return "#000000" if light < 0.5 else "#ffffff"


def box_colour(text: str, behind: float, needed: float) -> str:
    """Return a grey for a box on which ``text`` can be read, on the side of what is behind where that is possible."""
    value = Color(text[:7]).luminance()
    dark, light = (value + 0.05) / (needed * 1.05) - 0.05, (value + 0.05) * needed * 1.05 - 0.05
    choices = [v for v in (dark, light) if 0 <= v <= 1]
    if not choices:
        return "#000000" if value > 0.18 else "#ffffff"
    near = min(choices, key=lambda v: abs(v - behind))
    encoded = near * 12.92 if near <= 0.0031308 else 1.055 * near ** (1 / 2.4) - 0.055
    grey = int(encoded * 255) if near == dark else int(encoded * 255) + 1
    return f"#{max(0, min(255, grey)):02x}" + f"{max(0, min(255, grey)):02x}" * 2

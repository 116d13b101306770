"""Other colours for a drawing: one colour and its tints, or those of a palette."""

import colorsys
from collections.abc import Callable, Sequence
from typing import Literal

from core.documents.svg_drawing import CURRENT

Mode = Literal["own", "foreground", "palette"]


def luminance(colour: str) -> float:
    """Return how light ``#rrggbb`` looks, 0 to 1 (Rec. 709 weights on the encoded values)."""
    red, green, blue = _rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def painter(mode: Mode, colours: Sequence[str], foreground: str, palette: Sequence[str] = ()) -> Callable[[str], str]:
    """Return what each colour of a drawing becomes.

    ``own`` keeps them and gives the drawing's one open colour (``currentColor``) the foreground; ``foreground`` takes
    the foreground for the darkest and tints of it for lighter ones; ``palette`` takes the palette's colours in the
    order of their lightness, which keeps what is dark dark. An empty palette is as the foreground.
    """
    known = sorted((c for c in colours if c != CURRENT), key=luminance)
    if mode == "own":
        table = {colour: colour for colour in known}
    elif mode == "palette" and palette:
        shades = sorted(dict.fromkeys(palette), key=luminance)
        last = max(1, len(known) - 1)
        table = {colour: shades[round(i * (len(shades) - 1) / last)] for i, colour in enumerate(known)}
        foreground = palette[0]
    else:
        darkest = luminance(known[0]) if known else 0.0
        span = max(1e-6, 1.0 - darkest)
        table = {colour: _tint(foreground, 0.85 * (luminance(colour) - darkest) / span) for colour in known}
    return lambda colour: foreground if colour == CURRENT else table.get(colour, colour)


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _tint(colour: str, towards_white: float) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    mixed = colorsys.hls_to_rgb(hue, light + (1 - light) * towards_white, saturation)
    return "#" + "".join(f"{round(255 * value):02x}" for value in mixed)

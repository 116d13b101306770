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
    the foreground for the darkest and tints of it for lighter ones (a light one for the lightest, and shades);
    ``palette`` takes the palette's colours in the order of their lightness, which keeps what is dark dark. An empty
    palette is as the foreground.
    """
    known = sorted((c for c in colours if c != CURRENT), key=luminance)
    if mode == "own":
        table = {colour: colour for colour in known}
    elif mode == "palette" and palette:
        shades = sorted(dict.fromkeys(palette), key=luminance)
        last = max(1, len(known) - 1)
        table = {colour: shades[round(i * (len(shades) - 1) / last)] for i, colour in enumerate(known)}
        foreground = palette[0]
    elif known:
        low, high = luminance(known[0]), luminance(known[-1])
        span = max(1e-6, high - low)
        # A light foreground is the lightest of them: tints of it would all be white.
        light = luminance(foreground) > 0.6
        table = {
            colour: _mixed(foreground, 0.0, 0.75 * (high - luminance(colour)) / span)
            if light
            else _mixed(foreground, 1.0, 0.85 * (luminance(colour) - low) / span)
            for colour in known
        }
    else:
        table = {}
    return lambda colour: foreground if colour == CURRENT else table.get(colour, colour)


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _mixed(colour: str, towards: float, much: float) -> str:
    """Return the colour with its lightness moved towards 0 (black) or 1 (white)."""
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    mixed = colorsys.hls_to_rgb(hue, light + (towards - light) * much, saturation)
    return "#" + "".join(f"{round(255 * value):02x}" for value in mixed)

"""Other ways to see a picture: one channel as grey, without colour, as colour-blind people see it, what is clipped.

These change what a screen shows and never what a document holds. Arrays are the screen's own: uint8 H×W×4 in the
order blue, green, red, unused (``QImage.Format_RGB32`` on little-endian machines), encoded sRGB, changed in place.
Pure arithmetic on numpy arrays; any thread.
"""

import enum

import numpy as np
import numpy.typing as npt

Screen = npt.NDArray[np.uint8]
BAND = 1 << 15
"""Pixels that are worked through at once."""
_FINE = 1 << 14
"""Steps between black and white at which linear light is encoded: errs by less than half a level of 255."""


class Look(enum.StrEnum):
    """How the picture is shown."""

    NORMAL = "normal"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    ALPHA = "alpha"
    """Opacity as grey. Only who has the alpha channel can show it: :func:`apply` leaves the array as it is."""
    GREY = "grey"
    PROTAN = "protan"
    DEUTAN = "deutan"
    TRITAN = "tritan"
    CLIPPED = "clipped"
    PROOF = "proof"
    """As a press prints it. Only who has its table can show it: :class:`core.raster.proof.Proof`."""


MACHADO = {
    Look.PROTAN: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Look.DEUTAN: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Look.TRITAN: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes, *A Physiologically-based Model for Simulation of Color Vision Deficiency* (2009),
severity 1.0: rows give red, green and blue of linear sRGB."""

_LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Of linear sRGB (Rec. 709)."""
_BELOW, _ABOVE = (255, 90, 30), (30, 40, 255)
"""What is drawn where a channel is at 0 (blue) or at 255 (red); blue, green, red."""


def linear(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return encoded sRGB in 0…1 as linear light (IEC 61966-2-1)."""
    v = np.asarray(values, np.float32)
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encoded() -> npt.NDArray[np.uint8]:
    light = np.linspace(0, 1, _FINE + 1)
    encoded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(encoded * 255), np.uint8)


_LINEAR = linear(np.arange(256, dtype=np.float32) / 255) * np.float32(_FINE)
_ENCODED = _encoded()


def apply(look: Look, pixels: Screen) -> None:
    """Show ``pixels`` in another way, in place; in bands that fit a processor's cache."""
    rows = max(1, BAND // max(1, pixels.shape[1]))
    for top in range(0, pixels.shape[0], rows):
        _apply(look, pixels[top : top + rows])


def _apply(look: Look, pixels: Screen) -> None:
    match look:
        case Look.RED | Look.GREEN | Look.BLUE:
            one = pixels[..., (Look.BLUE, Look.GREEN, Look.RED).index(look)].copy()
            pixels[..., :3] = one[..., None]
        case Look.GREY:
            one = _mixed(_planes(pixels), _LUMINANCE)
            for channel in range(3):
                pixels[..., channel] = one
        case Look.PROTAN | Look.DEUTAN | Look.TRITAN:
            planes = _planes(pixels)
            for channel, row in zip((2, 1, 0), MACHADO[look], strict=True):
                pixels[..., channel] = _mixed(planes, row)
        case Look.CLIPPED:
            colours = pixels[..., :3]
            blue, green, red = _planes(pixels)[::-1]
            below, above = (
                np.minimum(np.minimum(red, green), blue) == 0,
                np.maximum(np.maximum(red, green), blue) == 255,
            )
            colours[below] = _BELOW
            colours[above] = _ABOVE


def _planes(pixels: Screen) -> tuple[Screen, Screen, Screen]:
    """Return red, green and blue, each in one piece."""
    red, green, blue = (np.ascontiguousarray(pixels[..., channel]) for channel in (2, 1, 0))
    return red, green, blue


def _mixed(planes: tuple[Screen, Screen, Screen], weights: tuple[float, float, float]) -> Screen:
    """Return a weighted sum of red, green and blue in linear light, encoded."""
    light: npt.NDArray[np.float32] | None = None
    for plane, weight in zip(planes, weights, strict=True):
        part = (_LINEAR * np.float32(weight)).take(plane)
        light = part if light is None else np.add(light, part, out=light)
    assert light is not None
    np.clip(light, 0, _FINE, out=light)
    light += np.float32(0.5)
    return np.asarray(_ENCODED.take(light.astype(np.uint16)))

"""Colours from one RGB space to another: what a screen shows of a document's numbers, and pictures converted.

Between two *matrix* profiles (curves, a 3×3 matrix, curves) this is exact arithmetic, relative colorimetric: white
stays white, black stays black, what the target cannot show is cut off channel by channel. A profile with tables has its
colours looked up in a table that Little CMS made in the core. Any thread; nothing here keeps state.
"""

from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from core.raster.depths import Deep, peak, rounding
from core.raster.icc import Numbers, Profile, shipped_profile
from core.raster.manifest import Pixels

Plane = npt.NDArray[np.uint8]

_LEAST = np.float32(2.0**-20)
"""Light below this is black in every encoding of 8 bits."""
_DROPPED = 11
"""Bits of a float32 that are left out where its encoding is looked up: a step is 1/4096 of the light itself, however
little that is, where a table with equal steps would be too coarse in the shadows of a pure power curve."""
_FIRST = int(np.float32(_LEAST).view(np.uint32)) >> _DROPPED
_LAST = int(np.float32(1.0).view(np.uint32)) >> _DROPPED
BAND = 1 << 16
"""Pixels that are worked through at once."""


class Planes(Protocol):
    """Something that turns colours into others. Red, green and blue are uint8 arrays of one shape, encoded."""

    def planes(self, red: Plane, green: Plane, blue: Plane) -> tuple[Plane, Plane, Plane]:
        """Return the new red, green and blue."""
        ...


class MatrixConversion:
    """Between two profiles with matrices. Making one takes a few milliseconds."""

    def __init__(self, source: Profile, target: Profile) -> None:
        assert source.matrix is not None and source.curves is not None and target.curves is not None
        self._target = target
        self._source = source
        self._matrix: Numbers = target.inverse @ source.matrix
        steps = np.arange(256) / 255
        self._light = [
            [
                (curve.decode(steps) * weight).astype(np.float32)
                for curve, weight in zip(source.curves, row, strict=True)
            ]
            for row in self._matrix
        ]
        # The middle of each step of light.
        middles = ((np.arange(_FIRST, _LAST + 1, dtype=np.uint32) << _DROPPED) + (1 << (_DROPPED - 1))).view(np.float32)
        light = np.minimum(middles.astype(np.float64), 1.0)
        self._encoded = [np.rint(curve.encode(light) * 255).astype(np.uint8) for curve in target.curves]
        for table in self._encoded:
            table[0] = 0

    def planes(self, red: Plane, green: Plane, blue: Plane) -> tuple[Plane, Plane, Plane]:
        """See :class:`Planes`."""
        made: list[Plane] = []
        for tables, encoded in zip(self._light, self._encoded, strict=True):
            light = tables[0].take(red)
            light += tables[1].take(green)
            light += tables[2].take(blue)
            np.clip(light, _LEAST, np.float32(1.0), out=light)
            index = light.view(np.uint32)
            index >>= _DROPPED
            index -= _FIRST
            made.append(encoded.take(index))
        return made[0], made[1], made[2]

    def colours(self, encoded: Numbers) -> Numbers:
        """Return N×3 encoded colours (0…1) of any depth, without rounding; cut off at 0 and 1."""
        assert self._source.curves is not None and self._target.curves is not None
        light = np.stack([curve.decode(encoded[:, i]) for i, curve in enumerate(self._source.curves)], axis=1)
        mixed = np.clip(light @ self._matrix.T, 0.0, 1.0)
        return np.stack([curve.encode(mixed[:, i]) for i, curve in enumerate(self._target.curves)], axis=1)


class TableConversion:
    """By a table of SIDE²×SIDE×4 (see :func:`core.image.managing.screen_table`), linear between its nodes."""

    def __init__(self, table: Pixels) -> None:
        side = table.shape[1]
        self._nodes = table[..., :3].reshape(side, side, side, 3).astype(np.float32)
        place = np.arange(256, dtype=np.float32) * np.float32((side - 1) / 255)
        self._low = np.minimum(np.floor(place), side - 2).astype(np.intp)
        self._share = place - self._low.astype(np.float32)

    def planes(self, red: Plane, green: Plane, blue: Plane) -> tuple[Plane, Plane, Plane]:
        """See :class:`Planes`."""
        shape = red.shape
        one, two, three = (np.ascontiguousarray(plane).ravel() for plane in (blue, green, red))
        total = np.zeros((len(one), 3), np.float32)
        parts = [((self._low[p], 1 - self._share[p]), (self._low[p] + 1, self._share[p])) for p in (one, two, three)]
        for b, wb in parts[0]:
            for g, wg in parts[1]:
                for r, wr in parts[2]:
                    total += self._nodes[b, g, r] * (wb * wg * wr)[:, None]
        done = (total + np.float32(0.5)).astype(np.uint8)
        return done[:, 0].reshape(shape), done[:, 1].reshape(shape), done[:, 2].reshape(shape)


def between(source: Profile | None, target: Profile | None) -> MatrixConversion | None:
    """Return the conversion between two profiles (None: sRGB) with matrices; None where it would change nothing.

    Raises ``ValueError`` when one of them has tables.
    """
    source, target = source or shipped_profile("srgb"), target or shipped_profile("srgb")
    if not (source.exact and target.exact):
        raise ValueError("a profile with tables is looked up in one")
    conversion = MatrixConversion(source, target)
    return None if source.data == target.data or changes_nothing(conversion) else conversion


def lattice() -> Pixels:
    """Return 17³ colours in equal steps, N×1×3."""
    steps = np.linspace(0, 255, 17).astype(np.uint8)
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 1, 3)


def changes_nothing(conversion: Planes) -> bool:
    """Return whether no colour moves by more than one step of 255: one space by two names."""
    colours = lattice()
    made = np.stack(conversion.planes(colours[..., 0], colours[..., 1], colours[..., 2]), -1)
    return int(np.abs(made.astype(np.int16) - colours).max()) <= 1


def convert_straight(conversion: Planes, pixels: Deep) -> None:
    """Convert H×W×4 straight RGBA in place; alpha stays, and what is fully transparent stays as it is.

    More than 8 bits are kept by matrices; tables give 8. Floats are cut off at 0 and 1.
    """
    if pixels.dtype != np.uint8:
        _convert_deep(conversion, pixels)
        return
    plain = cast(Pixels, pixels)
    rows = max(1, BAND // max(1, plain.shape[1]))
    for top in range(0, plain.shape[0], rows):
        band = plain[top : top + rows]
        made = conversion.planes(*(np.ascontiguousarray(band[..., channel]) for channel in range(3)))
        there = band[..., 3] != 0
        if there.all():
            for channel in range(3):
                band[..., channel] = made[channel]
        else:
            for channel in range(3):
                band[..., channel] = np.where(there, made[channel], band[..., channel])


def _convert_deep(conversion: Planes, pixels: Deep) -> None:
    full = peak(pixels)
    rows = max(1, BAND // max(1, pixels.shape[1]))
    for top in range(0, pixels.shape[0], rows):
        band = pixels[top : top + rows]
        there = band[..., 3] != 0
        colours = band[there][:, :3].astype(np.float32)
        if isinstance(conversion, MatrixConversion):
            made = conversion.colours(colours.astype(np.float64) / full) * full
        else:
            small: Pixels = np.clip(colours / full * np.float32(255) + np.float32(0.5), 0, 255).astype(np.uint8)
            made = np.stack(conversion.planes(*(small[None, :, channel] for channel in range(3))), -1)[0] * (full / 255)
        band[there, :3] = made + rounding(pixels)


def convert_screen(conversion: Planes, pixels: Pixels, out: Pixels, *, opaque: bool) -> None:
    """Convert premultiplied BGRA (as :meth:`Compositor.render_tile` gives it) into ``out`` of the same shape."""
    blue, green, red = (np.ascontiguousarray(pixels[..., channel]) for channel in range(3))
    alpha = np.ascontiguousarray(pixels[..., 3])
    out[..., 3] = alpha
    if opaque:
        made = conversion.planes(red, green, blue)
    else:
        # Rounded up and down as skia does: what is opaque comes out as in an opaque tile.
        divisor = np.maximum(alpha, 1).astype(np.uint16)
        half = divisor >> 1
        straight = [
            np.minimum((plane.astype(np.uint16) * 255 + half) // divisor, 255).astype(np.uint8)
            for plane in (red, green, blue)
        ]
        wide = alpha.astype(np.uint16)
        converted = conversion.planes(*straight)
        made = tuple(((plane * wide + 127) // 255).astype(np.uint8) for plane in converted)  # type: ignore[assignment]
    for channel, plane in zip((2, 1, 0), made, strict=True):
        out[..., channel] = plane


def convert_hex(conversion: Planes | None, colours: Sequence[str]) -> list[str]:
    """Return ``#rrggbb`` and ``#rrggbbaa`` colours converted, alpha as it was."""
    if conversion is None or not colours:
        return list(colours)
    numbers = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in colours], np.uint8)
    made = np.stack(conversion.planes(numbers[:, 0], numbers[:, 1], numbers[:, 2]), -1)
    return [f"#{r:02x}{g:02x}{b:02x}{colour[7:]}" for (r, g, b), colour in zip(made.tolist(), colours, strict=True)]

"""ICC profiles as arithmetic on floats, for pictures with more bits than Little CMS is given here.

Profiles that are three curves and a matrix (ICC.1:2022, F.3), or one curve for grey: cameras, screens and working
spaces. Those made of tables (printers) are not: :func:`to_srgb` says so by ``None``.
"""

import struct
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.raster.depths import encoded_beyond

Floats = npt.NDArray[np.float32]
Curve = Callable[[Floats], Floats]
SRGB_TO_XYZ = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
"""Linear sRGB to XYZ under D50, adapted by Bradford."""
MAX_TAGS, MAX_CURVE = 100, 65_536
NEARLY = 1.2 / 255
"""A profile that moves no colour by more is sRGB by another name, as in :mod:`core.image.profiles`."""


class ToSrgb(NamedTuple):
    """The way from a profile's numbers (0…1, H×W×3, or H×W×1 for grey) to encoded sRGB, beyond 0…1 where it leads."""

    curves: tuple[Curve, ...]
    matrix: npt.NDArray[np.float32] | None

    def __call__(self, values: Floats) -> Floats:
        linear = np.stack([curve(values[..., i]) for i, curve in enumerate(self.curves)], -1)
        if self.matrix is None:
            return encoded_beyond(linear)
        return encoded_beyond(linear @ self.matrix.T)


def to_srgb(icc: bytes) -> ToSrgb | None:
    """Return how a profile's numbers become sRGB; ``None`` for one that is made of tables, or damaged."""
    try:
        tags = _tags(icc)
        if icc[16:20] == b"GRAY" and b"kTRC" in tags:
            return ToSrgb((_curve(tags[b"kTRC"]),), None)
        if icc[16:20] != b"RGB " or b"A2B0" in tags:
            return None
        columns = [struct.unpack(">3i", tags[name + b"XYZ"][8:20]) for name in (b"r", b"g", b"b")]
        matrix = np.linalg.inv(SRGB_TO_XYZ) @ (np.array(columns, np.float64).T / 65536)
        curves = tuple(_curve(tags[name + b"TRC"]) for name in (b"r", b"g", b"b"))
    except (KeyError, IndexError, ValueError, struct.error):
        return None
    # Profiles give their primaries in 16 bits: sRGB's own come back as they went.
    return ToSrgb(curves, None if np.abs(matrix - np.eye(3)).max() < 5e-4 else matrix.astype(np.float32))


def is_srgb(way: ToSrgb) -> bool:
    """Return whether a way changes nothing worth the rounding."""
    steps = np.linspace(0, 1, 9, dtype=np.float32)
    axes = np.stack(np.meshgrid(*[steps] * len(way.curves), indexing="ij"), -1)
    return bool(np.abs(np.clip(way(axes), 0, 1) - axes).max() <= NEARLY)


def _tags(icc: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">I", icc, 128)[0]
    if icc[36:40] != b"acsp" or count > MAX_TAGS:
        raise ValueError("not a profile")
    found = {}
    for index in range(count):
        name, offset, length = struct.unpack_from(">4sII", icc, 132 + 12 * index)
        found[name] = icc[offset : offset + length]
    return found


def _curve(tag: bytes) -> Curve:
    """Return a tone curve as a function; floats beyond 0…1 are its mirror image or go on as its power does."""
    if tag[:4] == b"para":
        return _parametric(tag)
    if tag[:4] != b"curv":
        raise ValueError("not a curve")
    count = struct.unpack_from(">I", tag, 8)[0]
    if count == 0:
        return lambda values: values
    if count == 1:
        power = np.float32(struct.unpack_from(">H", tag, 12)[0] / 256)
        return lambda values: np.asarray(np.copysign(np.abs(values) ** power, values), np.float32)
    if count > MAX_CURVE or len(tag) < 12 + 2 * count:
        raise ValueError("an impossible curve")
    table = np.frombuffer(tag, ">u2", count, 12).astype(np.float64) / 65535
    places = np.linspace(0.0, 1.0, count)
    return lambda values: np.interp(values, places, table).astype(np.float32)


def _parametric(tag: bytes) -> Curve:
    kind = struct.unpack_from(">H", tag, 8)[0]
    count = (1, 3, 4, 5, 7)[kind]
    numbers = [value / 65536 for value in struct.unpack_from(f">{count}i", tag, 12)] + [0.0] * (7 - count)
    g, a, b, c, d, e, f = numbers
    if kind == 0:
        a, b, c, d, e, f = 1.0, 0.0, 0.0, -1.0, 0.0, 0.0
    elif kind in (1, 2):
        c, d, e, f = 0.0, -b / a if a else 0.0, c if kind == 2 else 0.0, c if kind == 2 else 0.0
    if not a:
        raise ValueError("an impossible curve")

    def curve(values: Floats) -> Floats:
        size = np.abs(values)
        above = np.maximum(np.float32(a) * size + np.float32(b), 0) ** np.float32(g) + np.float32(e)
        below = np.float32(c) * size + np.float32(f)
        return np.asarray(np.copysign(np.where(size >= d, above, below), values), np.float32)

    return curve


def linear_srgb() -> bytes:
    """Return an ICC profile for linear light with sRGB's primaries: always the same bytes."""

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    name = b"Linear sRGB\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text\0\0\0\0" + b"Public domain\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249),
    }
    for index, letter in enumerate((b"r", b"g", b"b")):
        tags[letter + b"XYZ"] = b"XYZ \0\0\0\0" + fixed(*SRGB_TO_XYZ[:, index])
        tags[letter + b"TRC"] = b"curv\0\0\0\0" + struct.pack(">I", 0)
    table, body, start = b"", b"", 132 + 12 * len(tags)
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    date, length = struct.pack(">6H", 2000, 1, 1, 0, 0, 0), start + len(body)
    head = struct.pack(">I4sI4s4s4s12s4s", length, bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ", date, b"acsp")
    head = (head + bytes(28) + fixed(0.9642, 1.0, 0.8249)).ljust(128, b"\0")
    return head + struct.pack(">I", len(tags)) + table + body

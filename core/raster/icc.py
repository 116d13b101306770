"""ICC profiles of RGB spaces (ICC.1:2010 and its predecessors): read within limits, and written for well-known spaces.

A file comes from anywhere. Nothing here trusts an offset, a count or a number in it, and whatever is wrong is one
sentence (:class:`core.values.AtelierError`). Only what a colour-managed view needs is read: the name, and the primaries
and curves of a *matrix* profile. A profile with tables is told apart and left to Little CMS in the core.
"""

import struct
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from core.values import AtelierError

Numbers = npt.NDArray[np.float64]

PROFILE_TYPE: Final = "application/vnd.iccprofile"
MIN_BYTES, MAX_BYTES = 128 + 4, 8 * 1024 * 1024
"""A display's profile has a kilobyte, the largest printers' some megabytes."""
MAX_TAGS = 100
MAX_NAME = 80
SAMPLES = 65_537
"""Points at which a curve is known for going backwards: a step is less than one of 16 bits."""

_CLASSES = (b"mntr", b"scnr", b"prtr", b"spac")
_TABLES = (b"A2B0", b"A2B1", b"A2B2", b"D2B0", b"D2B1")
_PARAMETERS = (1, 3, 4, 5, 7)
"""How many numbers each type of a parametric curve has."""


class Curve:
    """A tone curve: encoded values 0…1 to linear light 0…1."""

    def __init__(self, samples: Numbers) -> None:
        """``samples`` are its values at equal steps; what is not a number becomes 0, what falls is levelled."""
        finite = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=0.0).clip(0.0, 1.0)
        self._samples: Numbers = np.maximum.accumulate(finite)
        self._places = np.linspace(0.0, 1.0, len(samples))

    def decode(self, encoded: Numbers) -> Numbers:
        """Return linear light."""
        return np.interp(encoded, self._places, self._samples)

    def encode(self, light: Numbers) -> Numbers:
        """Return the encoded values of linear light, the lowest where the curve is level."""
        return np.interp(light, self._samples, self._places)


@dataclass(frozen=True)
class Profile:
    """An RGB profile. ``matrix`` (linear red, green and blue to XYZ of the D50 connection space) and ``curves`` are
    None where it has tables in their place."""

    data: bytes
    name: str
    """What it calls itself, without line breaks; empty when it does not."""
    kind: str
    """``mntr``, ``scnr``, ``prtr`` or ``spac``."""
    matrix: Numbers | None = None
    curves: tuple[Curve, Curve, Curve] | None = None

    @property
    def exact(self) -> bool:
        """Whether its colours are arithmetic: a matrix and three curves."""
        return self.matrix is not None

    @cached_property
    def inverse(self) -> Numbers:
        """XYZ of the connection space to linear red, green and blue, of a profile with a matrix."""
        assert self.matrix is not None
        return np.asarray(np.linalg.inv(self.matrix), np.float64)


def read_profile(data: bytes) -> Profile:
    """Return what an RGB profile says; raises :class:`AtelierError` for damage and for profiles of anything else."""
    if not MIN_BYTES <= len(data) <= MAX_BYTES:
        raise AtelierError("This is not an ICC profile: {size:,} bytes cannot be one.", size=len(data))
    if data[36:40] != b"acsp":
        raise AtelierError("This is not an ICC profile.")
    kind, space, connection = data[12:16], data[16:20], data[20:24]
    if space != b"RGB ":
        raise AtelierError(
            "This profile is for {space}, and a picture needs one for RGB.", space=_printable(space).strip() or "?"
        )
    if kind not in _CLASSES or connection not in (b"XYZ ", b"Lab "):
        raise AtelierError("This profile joins devices or names colours; a picture needs one of a colour space.")
    tags = _tags(data)
    name = _name(tags.get(b"desc", b""))
    if any(tag in tags for tag in _TABLES):
        return Profile(data, name, kind.decode())
    if connection != b"XYZ ":
        raise _damaged()
    columns = [_point(tags.get(letter + b"XYZ", b"")) for letter in (b"r", b"g", b"b")]
    matrix = np.array(columns, np.float64).T
    if not np.isfinite(matrix).all() or abs(float(np.linalg.det(matrix))) < 1e-6:
        raise _damaged()
    red, green, blue = (_curve(tags.get(letter + b"TRC", b"")) for letter in (b"r", b"g", b"b"))
    return Profile(data, name, kind.decode(), matrix, (red, green, blue))


def _damaged() -> AtelierError:
    return AtelierError("This ICC profile is damaged: it does not say what its colours look like.")


def _tags(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">I", data, 128)[0]
    if not 1 <= count <= MAX_TAGS or 132 + 12 * count > len(data):
        raise _damaged()
    found: dict[bytes, bytes] = {}
    for index in range(count):
        name, offset, length = struct.unpack_from(">4sII", data, 132 + 12 * index)
        if offset < 128 or length < 8 or offset + length > len(data):
            raise _damaged()
        found.setdefault(name, data[offset : offset + length])
    return found


def _printable(text: bytes) -> str:
    return "".join(letter for letter in text.decode("latin-1") if letter.isprintable())


def _name(tag: bytes) -> str:
    """Return the description: ASCII in version 2, the first language that there is in version 4."""
    text = ""
    if tag[:4] == b"desc" and len(tag) >= 12:
        length = struct.unpack_from(">I", tag, 8)[0]
        text = tag[12 : 12 + min(length, 1000)].decode("latin-1")
    elif tag[:4] == b"mluc" and len(tag) >= 28:
        length, offset = struct.unpack_from(">II", tag, 20)
        text = tag[offset : offset + min(length, 1000)].decode("utf-16-be", "replace")
    clean = "".join(letter for letter in text.partition("\0")[0] if letter.isprintable())
    return " ".join(clean.split())[:MAX_NAME]


def _point(tag: bytes) -> tuple[float, float, float]:
    if tag[:4] != b"XYZ " or len(tag) < 20:
        raise _damaged()
    x, y, z = struct.unpack_from(">3i", tag, 8)
    return x / 65536, y / 65536, z / 65536


def _curve(tag: bytes) -> Curve:
    if len(tag) < 12:
        raise _damaged()
    if tag[:4] == b"para":
        return _parametric(tag)
    count = struct.unpack_from(">I", tag, 8)[0]
    if tag[:4] != b"curv" or count > 65_536 or 12 + 2 * count > len(tag):
        raise _damaged()
    if count == 0:
        return Curve(np.array([0.0, 1.0]))
    if count == 1:
        return _sampled(0, (struct.unpack_from(">H", tag, 12)[0] / 256,))
    return Curve(np.frombuffer(tag, ">u2", count, 12).astype(np.float64) / 65535)


def _parametric(tag: bytes) -> Curve:
    form = struct.unpack_from(">H", tag, 8)[0]
    if form >= len(_PARAMETERS) or len(tag) < 12 + 4 * _PARAMETERS[form]:
        raise _damaged()
    numbers = struct.unpack_from(f">{_PARAMETERS[form]}i", tag, 12)
    return _sampled(form, tuple(number / 65536 for number in numbers))


@lru_cache(maxsize=64)
def _sampled(form: int, numbers: tuple[float, ...]) -> Curve:
    """Return a curve of ICC.1:2010, 10.16: Y = (aX + b)^g + e from d on, cX + f below."""
    g, a, b, c, d, e, f = (*numbers, *(0.0,) * (7 - len(numbers)))
    if form == 0:
        a, d = 1.0, -1.0
    elif form in (1, 2):
        e, f = (c, c) if form == 2 else (0.0, 0.0)
        c, d = 0.0, -b / a if a else 0.0
    x = np.linspace(0.0, 1.0, SAMPLES)
    with np.errstate(all="ignore"):
        return Curve(np.where(x >= d, np.maximum(a * x + b, 0.0) ** g + e, c * x + f))


# --- spaces that everybody knows ------------------------------------------------------------------------------------

_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_SRGB_CURVE = 3, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_REC_709 = (0.64, 0.33), (0.30, 0.60), (0.15, 0.06)
_P3 = (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)
_OPRGB = (0.64, 0.33), (0.21, 0.71), (0.15, 0.06)
_ROMM = (0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)
_D65 = 0.3127, 0.3290
_D50_XY = 0.3457, 0.3585

SPACES: Final = {
    "srgb": ("sRGB", _REC_709, _D65, _SRGB_CURVE),
    "display-p3": ("Compatible with Display P3", _P3, _D65, _SRGB_CURVE),
    "adobe-compatible": ("Compatible with Adobe RGB (1998)", _OPRGB, _D65, (0, (563 / 256,))),
    "romm-compatible": (
        "Compatible with ProPhoto RGB (ROMM RGB)",
        _ROMM,
        _D50_XY,
        (3, (1.8, 1.0, 0.0, 1 / 16, 1 / 32)),
    ),
}
"""Name, primaries and white (CIE 1931 x, y) and curve of the spaces that can be chosen without a file.

IEC 61966-2-1; SMPTE EG 432-1 with sRGB's curve and white; IEC 61966-2-5; ISO 22028-2.
"""


@lru_cache(maxsize=8)
def shipped(name: str) -> bytes:
    """Return the profile (ICC version 4.3) of one of :data:`SPACES`: always the same bytes."""
    title, primaries, white, (form, numbers) = SPACES[name]
    matrix, adaptation = _adapted(primaries, white)
    curve = struct.pack(f">4s4xHxx{len(numbers)}i", b"para", form, *map(_fixed, numbers))
    tags: dict[bytes, bytes] = {
        b"desc": _words(title),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(_D50),
        b"chad": struct.pack(">4s4x9i", b"sf32", *map(_fixed, adaptation.ravel())),
    }
    for index, letter in enumerate((b"r", b"g", b"b")):
        tags[letter + b"XYZ"] = _xyz(matrix[:, index])
        tags[letter + b"TRC"] = curve
    return _file(tags)


@lru_cache(maxsize=8)
def shipped_profile(name: str) -> Profile:
    """Return one of :data:`SPACES`, read."""
    return read_profile(shipped(name))


def _adapted(primaries: tuple[tuple[float, float], ...], white: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """Return linear RGB to XYZ under D50, and the adaptation (Bradford) that was needed."""
    columns = np.array([[x, y, 1 - x - y] for x, y in primaries]).T
    own = np.array([white[0] / white[1], 1.0, (1 - white[0] - white[1]) / white[1]])
    to_xyz = columns * np.linalg.solve(columns, own)
    cones = _BRADFORD @ _D50 / (_BRADFORD @ own)
    adaptation = np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD
    return adaptation @ to_xyz, adaptation


def _fixed(value: float) -> int:
    return round(float(value) * 65536)


def _xyz(point: Numbers) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_fixed, point))


def _words(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return struct.pack(">4s4xII2s2sII", b"mluc", 1, 12, b"en", b"US", len(data), 28) + data


def _file(tags: dict[bytes, bytes]) -> bytes:
    table, body, offset = b"", b"", 132 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for name, tag in tags.items():
        if tag not in places:  # the three curves are one
            places[tag] = offset + len(body)
            body += tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, places[tag], len(tag))
    header = struct.pack(
        ">I4xI4s4s4s6H4s24xI3i",
        *(offset + len(body), 0x04300000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp", 1),
        *map(_fixed, _D50),
    )
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body

"""ICC profiles made from their definition (ICC.1:2001-04), so that tests know what a conversion should give."""

import struct

import numpy as np

# Linear RGB to XYZ (D50, Bradford-adapted), columns are the primaries.
DISPLAY_P3 = np.array([[0.5151, 0.2920, 0.1571], [0.2412, 0.6922, 0.0666], [-0.0011, 0.0419, 0.7841]])
SRGB = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _text(kind: bytes, value: str) -> bytes:
    data = value.encode() + b"\0"
    if kind == b"text":
        return b"text\0\0\0\0" + data
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(4 + 4 + 2 + 1 + 67)


def _profile(space: bytes, pcs: bytes, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {
        b"desc": _text(b"desc", "Test profile"),
        b"cprt": _text(b"text", "Public domain"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(0.9642) + _fixed(1) + _fixed(0.8249),
        **tags,
    }
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += data
    total = offset + len(body)
    header = struct.pack(">I4sI4s4s4s12s4s", total, bytes(4), 0x02400000, kind, space, pcs, bytes(12), b"acsp")
    header += bytes(24) + struct.pack(">I", 1) + _fixed(0.9642) + _fixed(1) + _fixed(0.8249)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def rgb_profile(matrix: np.ndarray, gamma: float) -> bytes:
    """Return an RGB profile with those primaries (XYZ D50) and one gamma."""
    tags = {}
    for index, letter in enumerate((b"r", b"g", b"b")):
        tags[letter + b"XYZ"] = b"XYZ \0\0\0\0" + b"".join(_fixed(v) for v in matrix[:, index])
        tags[letter + b"TRC"] = _gamma(gamma)
    return _profile(b"RGB ", b"XYZ ", b"mntr", tags)


def grey_profile(gamma: float) -> bytes:
    """Return a grey profile with that gamma."""
    return _profile(b"GRAY", b"XYZ ", b"mntr", {b"kTRC": _gamma(gamma)})


def cmyk_profile(corners: dict[tuple[int, int, int, int], tuple[float, float, float]]) -> bytes:
    """Return a CMYK profile that interpolates between the 16 full-or-nothing mixtures, given in Lab."""
    nodes = b""
    for c in (0, 1):
        for m in (0, 1):
            for y in (0, 1):
                for k in (0, 1):
                    lightness, a, b = corners[c, m, y, k]
                    nodes += bytes((round(lightness * 2.55), round(a) + 128, round(b) + 128))
    identity = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    lut += b"".join(_fixed(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lut += identity * 4 + nodes + identity * 3
    return _profile(b"CMYK", b"Lab ", b"prtr", {b"A2B0": lut, b"A2B1": lut})


def expected_srgb(rgb: np.ndarray, matrix: np.ndarray, gamma: float) -> np.ndarray:
    """Return what uint8 colours of such a profile are in sRGB (floats 0…255, clipped)."""
    linear = (rgb / 255.0) ** gamma
    out = np.clip(linear @ matrix.T @ np.linalg.inv(SRGB).T, 0, 1)
    return np.where(out <= 0.0031308, out * 12.92, 1.055 * out ** (1 / 2.4) - 0.055) * 255

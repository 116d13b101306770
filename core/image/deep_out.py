"""Picture files with more than 8 bits a channel: PNG (16), TIFF (16, or 32-bit floats) and Radiance HDR.

Pillow has no such pictures, and OpenCV puts no profile into them. Whole numbers are sRGB and say so; floats are
written as linear light, as programs expect them, with a profile that says that.
"""

import struct
import zlib
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from core.image.icc_floats import linear_srgb
from core.image.profiles import srgb_profile
from core.raster.depths import Deep, linear_beyond, peak

_ROWS = 64
"""In a strip of a TIFF."""


def png(pixels: Deep, dpi: float, metadata: Image.Exif, profile: bytes | None = None) -> bytes:
    """Return a 16-bit PNG of uint16 H×W×4 in ``profile`` (None: sRGB), without alpha when it is fully opaque."""
    channels = [2, 1, 0] if _opaque(pixels) else [2, 1, 0, 3]
    done, data = cv2.imencode(".png", pixels[..., channels], [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise ValueError("the PNG could not be made")
    encoded = data.tobytes()
    per_metre = round(dpi / 0.0254)
    extra = _chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(profile or srgb_profile(), 9))
    extra += _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    if len(metadata):
        extra += _chunk(b"eXIf", metadata.tobytes().removeprefix(b"Exif\0\0"))
    end_of_header = 8 + 25  # the signature and IHDR
    return encoded[:end_of_header] + extra + encoded[end_of_header:]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def tiff(pixels: Deep, dpi: float, metadata: Image.Exif, profile: bytes | None = None) -> bytes:
    """Return a TIFF of uint16 or float32 H×W×4, packed by Deflate with the predictor of its kind (TIFF 6, TechNote 3).

    Whole numbers are in ``profile`` (None: sRGB). Floats are encoded sRGB and become linear light. Alpha is straight;
    an opaque picture has none.
    """
    floats = pixels.dtype == np.float32
    height, width = pixels.shape[:2]
    count = 3 if _opaque(pixels) else 4
    strips = []
    for top in range(0, height, _ROWS):
        band: Any = pixels[top : top + _ROWS, :, :count]
        if floats:
            band = band.copy()
            band[..., :3] = linear_beyond(band[..., :3])
        strips.append(zlib.compress(_float_rows(band) if floats else _whole_rows(band), 6))
    icc = linear_srgb() if floats else profile or srgb_profile()
    resolution = struct.pack("<II", round(dpi * 1000), 1000)
    offsets = [8 + sum(map(len, strips[:index])) for index in range(len(strips))]
    entries: list[tuple[int, int, int, bytes]] = [
        (256, 4, 1, struct.pack("<I", width)),
        (257, 4, 1, struct.pack("<I", height)),
        (258, 3, count, struct.pack("<H", 32 if floats else 16) * count),
        (259, 3, 1, struct.pack("<H", 8)),
        (262, 3, 1, struct.pack("<H", 2)),
        (273, 4, len(strips), struct.pack(f"<{len(strips)}I", *offsets)),
        (277, 3, 1, struct.pack("<H", count)),
        (278, 4, 1, struct.pack("<I", _ROWS)),
        (279, 4, len(strips), struct.pack(f"<{len(strips)}I", *map(len, strips))),
        (282, 5, 1, resolution),
        (283, 5, 1, resolution),
        (284, 3, 1, struct.pack("<H", 1)),
        (296, 3, 1, struct.pack("<H", 2)),
        (317, 3, 1, struct.pack("<H", 3 if floats else 2)),
        *([(338, 3, 1, struct.pack("<H", 2))] if count == 4 else []),
        (339, 3, count, struct.pack("<H", 3 if floats else 1) * count),
        (34675, 7, len(icc), icc),
    ]
    for tag, value in metadata.items():
        data = value.encode() + b"\0" if isinstance(value, str) else bytes(value)
        entries.append((tag, 2 if isinstance(value, str) else 1, len(data), data))
    entries.sort()
    body = b"".join(strips)
    body += bytes(len(body) % 2)
    start = 8 + len(body)
    return struct.pack("<2sHI", b"II", 42, start) + body + _directory(entries, start)


def _directory(entries: list[tuple[int, int, int, bytes]], start: int) -> bytes:
    table, further = struct.pack("<H", len(entries)), b""
    after = start + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in entries:
        if len(data) <= 4:
            table += struct.pack("<HHI4s", tag, kind, count, data)
        else:
            table += struct.pack("<HHII", tag, kind, count, after + len(further))
            further += data + bytes(len(data) % 2)
    return table + bytes(4) + further


def _whole_rows(band: npt.NDArray[np.uint16]) -> bytes:
    """Each number less the one before it in its channel."""
    rows = band.astype("<u2")
    rows[:, 1:] -= band[:, :-1]
    return rows.tobytes()


def _float_rows(band: npt.NDArray[np.float32]) -> bytes:
    """A row's highest bytes first, then the next ones; each less the one a pixel before it."""
    height, width, count = band.shape
    planes = band.astype(">f4").view(np.uint8).reshape(height, width * count, 4).transpose(0, 2, 1)
    rows = np.ascontiguousarray(planes).reshape(height, -1)
    out = rows.copy()
    out[:, count:] -= rows[:, :-count]
    return out.tobytes()


def radiance(pixels: Deep, background: tuple[int, int, int]) -> bytes:
    """Return a Radiance HDR file of float32 H×W×4 (encoded sRGB), over a background colour (0–255)."""
    alpha = pixels[..., 3:].astype(np.float32)
    colours = pixels[..., :3] * alpha + np.array(background, np.float32) / np.float32(255) * (1 - alpha)
    light = np.maximum(linear_beyond(colours), 0)  # the format knows nothing below black
    done, data = cv2.imencode(".hdr", light[..., ::-1])
    if not done:
        raise ValueError("the HDR file could not be made")
    return data.tobytes()


def _opaque(pixels: Deep) -> bool:
    return bool((pixels[..., 3] == peak(pixels)).all())

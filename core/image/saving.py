"""Picture files out: PNG, JPEG, WebP, AVIF, TIFF, HDR, EXR; with a profile, whole or not at all, nothing personal."""

import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
from PIL import ExifTags, Image

from core.image import deep_out, exr
from core.image.pixels import Pixels, flatten, opaque, parse_colour
from core.image.profiles import srgb_profile
from core.raster.depths import Deep, as_bytes, converted
from core.values import AtelierError, reason

Format = Literal["png", "jpeg", "webp", "avif", "tiff", "hdr", "exr"]

WEBP_SIDE = 16_383
"""The longest side a WebP can have (RFC 9649)."""

_KEPT = (
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
    ExifTags.Base.XPTitle,
    ExifTags.Base.XPComment,
    ExifTags.Base.XPAuthor,
    ExifTags.Base.XPKeywords,
    ExifTags.Base.XPSubject,
)
"""The only EXIF fields that are ever copied: no place, time, camera, serial number, owner or thumbnail."""


def save(
    path: Path,
    pixels: Deep,
    kind: Format,
    *,
    quality: int = 92,
    lossless: bool = False,
    background: str = "#ffffff",
    dpi: float = 72.0,
    metadata_from: Path | None = None,
    profile: bytes | None = None,
) -> None:
    """Write ``pixels`` (H×W×4, straight alpha, in the RGB ``profile``; None: sRGB) to ``path``, atomically.

    Raises :class:`AtelierError`. Floats, HDR and EXR are sRGB alone.

    uint16 become 16 bits in PNG and TIFF, float32 become floats in TIFF, HDR and EXR; the other formats get them
    rounded to 8 bits. JPEG and HDR are flattened on ``background``; JPEG keeps colour at full resolution (4:4:4). A
    fully opaque picture is written without an alpha channel. The same arguments give the same bytes.
    ``metadata_from`` is a picture whose title, description, author and copyright are copied (not into HDR and EXR).
    """
    height, width = pixels.shape[:2]
    if kind == "webp" and max(width, height) > WEBP_SIDE:
        raise AtelierError(
            "A WebP can be at most {side:,} pixels on a side, and this picture is {width:,} × {height:,}; use PNG "
            "or JPEG.",
            side=WEBP_SIDE,
            width=width,
            height=height,
        )
    if kind == "exr":
        floats = converted(pixels, 32)
        _write_bytes(path, kind, lambda: exr.encode(floats))
        return
    if kind == "hdr":
        light = converted(pixels, 32)
        _write_bytes(path, kind, lambda: deep_out.radiance(light, parse_colour(background)[:3]))
        return
    if pixels.dtype != np.uint8 and kind in ("png", "tiff"):
        fitting = converted(pixels, 16) if kind == "png" else pixels
        encode = deep_out.png if kind == "png" else deep_out.tiff
        kept = Image.Exif()
        if metadata_from is not None:
            _copy_metadata(metadata_from, kept)
        _write_bytes(path, kind, lambda: encode(fitting, dpi, kept, profile))
        return
    pixels = as_bytes(pixels)
    options: dict[str, Any] = {"icc_profile": profile or srgb_profile()}
    exif = Image.Exif()
    if metadata_from is not None:
        _copy_metadata(metadata_from, exif)
    if kind == "png":
        picture = _picture(pixels)
        options |= {"dpi": (dpi, dpi), "compress_level": 6}
    elif kind == "jpeg":
        picture = Image.fromarray(flatten(pixels, parse_colour(background)[:3]))
        options |= {"quality": quality, "subsampling": 0, "optimize": True, "dpi": (round(dpi), round(dpi))}
    elif kind == "tiff":
        picture = _picture(pixels)
        options |= {"compression": "tiff_adobe_deflate", "dpi": (dpi, dpi)}
    elif kind == "avif":
        picture = _picture(pixels)
        options |= {"quality": quality, "subsampling": "4:4:4", "speed": 6}
    else:
        picture = _picture(pixels)
        options |= {"quality": 100 if lossless else quality, "lossless": lossless, "method": 4, "alpha_quality": 100}
    if kind in ("webp", "avif") and not math.isclose(dpi, 72.0):  # they have no field of their own for it
        exif[ExifTags.Base.XResolution] = exif[ExifTags.Base.YResolution] = dpi
        exif[ExifTags.Base.ResolutionUnit] = 2
    if len(exif):
        options["exif"] = exif.tobytes()
    _write(path, picture, kind, options)


def _picture(pixels: Pixels) -> Image.Image:
    return Image.fromarray(pixels[..., :3].copy() if opaque(pixels) else pixels)


def _write(path: Path, picture: Image.Image, kind: Format, options: dict[str, Any]) -> None:
    _put(path, kind, lambda out: picture.save(out, kind.upper(), **options))


def _write_bytes(path: Path, kind: Format, encode: Callable[[], bytes]) -> None:
    data = encode()
    _put(path, kind, lambda out: out.write(data))


def _put(path: Path, kind: Format, write: Callable[[IO[bytes]], object]) -> None:
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".atelier-", suffix=f".{kind}", delete=False) as out:
            temporary = Path(out.name)
            write(out)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise AtelierError("“{name}” cannot be written: {reason}.", name=path.name, reason=reason(error)) from None
    except (ValueError, RuntimeError):  # what libavif says of a picture that is too large for it
        raise AtelierError("This picture cannot be written as {kind}; use PNG.", kind=kind.upper()) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _copy_metadata(source: Path, exif: Image.Exif) -> None:
    """Copy the fields of :data:`_KEPT`; a picture without readable metadata simply has none to give."""
    try:
        with Image.open(source, formats=["PNG", "JPEG", "WEBP", "TIFF"]) as picture:
            found = picture.getexif()
            for tag in _KEPT:
                value = found.get(tag)
                if isinstance(value, str | bytes) and 0 < len(value) <= 10_000:
                    exif[tag] = value
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):
        return

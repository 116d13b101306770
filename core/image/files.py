"""Picture files in: PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HDR, EXR and SVG become RGBA in sRGB, upright.

A file is untrusted: it is identified by its content, its header is checked before anything is decoded, its memory is
estimated and must be free, and whatever goes wrong ends in one sentence (:class:`core.values.AtelierError`).
Files with layers or pages are read by :mod:`core.image.layered`; writing is in :mod:`core.image.saving`.
"""

import io
import math
import re
import stat
import struct
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
from PIL import ExifTags, Image, PngImagePlugin, UnidentifiedImageError

from core.documents.image import check_size
from core.image import deep_files, exr, memory, profiles, sniff
from core.image.pixels import Pixels, bands
from core.raster.depths import Deep, as_bytes
from core.values import AtelierError, Message, reason

Image.MAX_IMAGE_PIXELS = None
"""Pillow's own guard warns at 89 megapixels; ours (:func:`core.documents.image.check_size`) runs before decoding."""
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 20
PngImagePlugin.MAX_TEXT_MEMORY = 8 << 20

warnings.filterwarnings("ignore", module=r"PIL\..*")  # of damaged metadata, on standard error, where nobody reads

MAX_FILE = 4 * 1024**3

_DECODE_BYTES = {"WEBP": 20, "TIFF": 9, "GIF": 9, "AVIF": 16}
"""Bytes a pixel that Pillow holds at its worst while decoding; 4 (5 with slack) for the others."""


class ImageInfo(msgspec.Struct, frozen=True):
    """What is worth knowing of a picture file besides its pixels."""

    format: str
    """``PNG``, ``JPEG``, ``WEBP``, ``AVIF``, ``TIFF``, ``BMP``, ``GIF``, ``HDR``, ``EXR`` or ``SVG``."""
    width: int
    height: int
    """In pixels, as loaded (upright)."""
    mode: str = "RGBA"
    """How the file held its colours: ``RGB``, ``CMYK``, ``L``, ``P``, ``I;16``, …"""
    profile: str = ""
    """Name of the colour profile that was converted from, or kept; empty for sRGB or none."""
    icc: bytes = b""
    """The profile that the pixels are in, when it was to be kept and is not sRGB."""
    dpi: float | None = None
    frames: int = 1
    notes: tuple[str, ...] = ()
    """Sentences a person should see (:class:`core.values.Message`): what was left out or assumed."""


class LoadedImage(msgspec.Struct, frozen=True):
    """A picture in memory. ``pixels`` is H×W×4, RGBA with straight alpha, sRGB (or ``info.icc``), writable.

    It is uint8, or uint16 or float32 where all bits of a file were asked for.
    """

    pixels: Deep
    info: ImageInfo


def load(
    path: Path,
    *,
    width: int | None = None,
    check_cancelled: Callable[[], None] | None = None,
    name: str = "",
    keep_profile: bool = False,
    deep: bool = False,
) -> LoadedImage:
    """Read the picture at ``path``; raises :class:`AtelierError` with one sentence when that cannot be done.

    ``width`` says how wide an SVG is drawn (other files keep their size). ``name`` is what messages call the file
    (its own name by default). With ``keep_profile`` the numbers of an RGB picture in another space stay as they are,
    and ``info.icc`` is their profile. With ``deep``, pixels have 16 or 32 bits where the file has them. May be called
    on any thread; ``check_cancelled`` is called now and then and may raise.
    """
    name = name or _name(path)
    try:
        with open_file(path, name) as stream:
            return _load(stream, name, width, check_cancelled or (lambda: None), keep_profile, deep)
    except MemoryError:
        raise AtelierError("There is not enough memory to open “{name}”.", name=name) from None
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=name, reason=reason(error)) from None


def probe(path: Path, name: str = "") -> ImageInfo:
    """Return what the header of a picture file says, without decoding it; raises :class:`AtelierError`."""
    name = name or _name(path)
    try:
        with open_file(path, name) as stream:
            kind = sniff.identify(stream.read(sniff.HEAD), name)
            if kind == "SVG":
                from core.image import svg

                stream.seek(0)
                drawing = svg.check(stream.read(svg.MAX_SOURCE + 1), name)
                width, height = max(1, round(drawing.width)), max(1, round(drawing.height))
                return ImageInfo(kind, width, height, notes=drawing.notes)
            if kind == "EXR":
                stream.seek(0)
                return ImageInfo(kind, *exr.header(stream.read(exr.MAX_HEADER), name).size, "F")
            if kind == "HDR":
                stream.seek(0)
                return ImageInfo(kind, *deep_files.radiance_size(stream.read(sniff.HEAD), name), "F")
            _refuse_layers(kind, name)
            sniff.check_structure(stream, kind, name)
            with _decode(stream, kind, name) as picture:
                return ImageInfo(kind, picture.width, picture.height, picture.mode, dpi=_dpi(picture))
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=name, reason=reason(error)) from None


def _name(path: Path) -> str:
    """Return what messages call a file: assets are files named by their hash, which tells a person nothing."""
    return Message("The picture") if re.fullmatch("[0-9a-f]{64}", path.stem) else path.name


def open_file(path: Path, name: str) -> BinaryIO:
    """Open a regular file of sane length; a pipe or a device would never end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise AtelierError("“{name}” is a folder, not a picture.", name=name)
        if not stat.S_ISREG(status.st_mode):
            raise AtelierError("“{name}” is not a file.", name=name)
        if status.st_size > MAX_FILE:
            raise AtelierError(
                "“{name}” is too large: the limit for a picture file is {limit} GB.", name=name, limit=MAX_FILE >> 30
            )
        return path.open("rb")
    except FileNotFoundError:
        raise AtelierError("“{name}” is not there any more.", name=name) from None
    except PermissionError:
        raise AtelierError("“{name}” cannot be read: its permissions do not allow it.", name=name) from None
    except ValueError:
        raise AtelierError("That is not a name a file can have.") from None


def _load(
    stream: BinaryIO,
    name: str,
    width: int | None,
    check_cancelled: Callable[[], None],
    keep_profile: bool = False,
    deep: bool = False,
) -> LoadedImage:
    kind = sniff.identify(stream.read(sniff.HEAD), name)
    if kind == "SVG":
        from core.image import svg

        stream.seek(0)
        picture, notes = svg.rasterise(stream.read(svg.MAX_SOURCE + 1), name, width, check_cancelled)
        pixels = np.array(picture.convert("RGBA"))
        return LoadedImage(pixels, ImageInfo(kind, pixels.shape[1], pixels.shape[0], notes=notes))
    if kind in ("HDR", "EXR"):
        light = deep_files.read_radiance(stream, name) if kind == "HDR" else exr.read(stream, name)
        height, width = light.shape[:2]
        return LoadedImage(light if deep else as_bytes(light), ImageInfo(kind, width, height, "F"))
    _refuse_layers(kind, name)
    light_tiff = deep_files.read_float_tiff(stream, name) if kind == "TIFF" else None
    if light_tiff is not None:
        height, width = light_tiff.pixels.shape[:2]
        info = ImageInfo(kind, width, height, "F", light_tiff.profile, notes=light_tiff.notes)
        return LoadedImage(light_tiff.pixels if deep else as_bytes(light_tiff.pixels), info)
    sniff.check_structure(stream, kind, name)
    with _decode(stream, kind, name) as picture:
        pixel_bytes = 4 + _DECODE_BYTES.get(kind, 5)
        memory.require(picture.width * picture.height * pixel_bytes, Message("Opening “{name}”", name=name))
        mode = picture.mode  # Pillow changes it while decoding some GIFs
        check_cancelled()
        _finish(picture, name)
        check_cancelled()
        icc = profiles.kept(picture, adobe=_is_adobe_rgb(picture)) if keep_profile else b""
        more = None
        if deep and _deep(stream, picture, mode):
            more = deep_files.read(stream, picture, kind, name, kept=bool(icc))
        info = ImageInfo(kind, picture.width, picture.height, mode, dpi=_dpi(picture), frames=_frames(picture))
        further = _further_notes(picture, info.frames, deep=more is None and _deep(stream, picture, mode))
        turn = _orientation(picture)
        pixels, profile, colour_notes = more or _to_srgb(picture, kept=bool(icc))
    pixels = _upright(pixels, turn)
    all_notes = (*colour_notes, *further)
    height, width = pixels.shape[:2]
    return LoadedImage(
        pixels, msgspec.structs.replace(info, width=width, height=height, profile=profile, icc=icc, notes=all_notes)
    )


def _refuse_layers(kind: str, name: str) -> None:
    if kind in sniff.LAYERED:
        raise AtelierError("“{name}” holds layers or pages; open it as a document first.", name=name)


_DECODER_ERRORS = (
    SyntaxError,  # Pillow's word for a file that breaks its format
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    EOFError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers let through when a file lies to them."""


def _decode(stream: BinaryIO, kind: str, name: str) -> Image.Image:
    """Let Pillow read the header with the one reader for ``kind``."""
    try:
        picture = Image.open(stream, formats=[kind])
        if min(picture.size) < 1:
            raise sniff.damaged(name, Message("its header makes no sense"))
        check_size(picture.width, picture.height)
        sniff.check_claim(stream, kind, picture.width * picture.height, name)
        return picture
    except UnidentifiedImageError:
        raise AtelierError(
            "“{name}” is damaged, or a kind of {kind} that cannot be opened.", name=name, kind=kind
        ) from None
    except (OSError, *_DECODER_ERRORS) as error:
        raise _explain(error, name) from None


def _finish(picture: Image.Image, name: str) -> None:
    """Decode all pixels."""
    expected = picture.size
    try:
        picture.load()
    except (OSError, *_DECODER_ERRORS) as error:
        raise _explain(error, name) from None
    if picture.format != "TIFF" and picture.size != expected:  # Pillow turns a TIFF upright while reading it
        raise sniff.damaged(name)


def _explain(error: BaseException, name: str) -> AtelierError:
    text = str(error).lower()
    if isinstance(error, EOFError) or "truncated" in text or "eof" in text or "end of file" in text:
        return sniff.cut_off(name)
    return sniff.damaged(name)


def _dpi(picture: Image.Image) -> float | None:
    try:
        if "dpi" in picture.info:
            value = float(picture.info["dpi"][0])
        else:
            found = _exif(picture)
            centimetres = found.get(ExifTags.Base.ResolutionUnit, 2) == 3
            value = float(found[ExifTags.Base.XResolution]) * (2.54 if centimetres else 1)
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return round(value, 2) if math.isfinite(value) and 10 <= value <= 10_000 else None


def _frames(picture: Image.Image) -> int:
    """Return how many pictures the file holds; 1 where counting them would mean reading them all."""
    try:
        return int(getattr(picture, "n_frames", 1)) if picture.format in ("TIFF", "WEBP", "AVIF", "PNG") else 1
    except (OSError, *_DECODER_ERRORS):
        return 1


def _further_notes(picture: Image.Image, frames: int, deep: bool) -> tuple[str, ...]:
    notes: list[str] = []
    if frames > 1:
        notes.append(Message("It holds {n} pictures; the first one was opened.", n=frames))
    elif picture.format == "GIF" and _moves(picture):
        notes.append(Message("It is an animation; its first picture was opened."))
    if deep:
        notes.append(Message("It has more than 8 bits a channel; 8 were kept."))
    return tuple(notes)


def _moves(picture: Image.Image) -> bool:
    try:
        return bool(getattr(picture, "is_animated", False))  # looks for a second picture and no further
    except (OSError, *_DECODER_ERRORS):
        return False


def _deep(stream: BinaryIO, picture: Image.Image, mode: str) -> bool:
    """Return whether the file has more than 8 bits a channel, as far as its header tells."""
    if mode.startswith(("I", "F")):
        return True
    if picture.format == "PNG":
        stream.seek(24)  # IHDR: after the signature, length, name, width and height
        return stream.read(1) == b"\x10"
    if picture.format == "TIFF":
        bits = getattr(picture, "tag_v2", {}).get(258, (8,))
        return isinstance(bits, tuple) and any(isinstance(b, int) and b > 8 for b in bits)
    return False


def _exif(picture: Image.Image) -> Any:
    try:
        return picture.getexif()
    except (OSError, *_DECODER_ERRORS):
        return {}


def _orientation(picture: Image.Image) -> int:
    """Return the EXIF orientation (CIPA DC-008): 1 upright … 8; TIFF was turned by Pillow already."""
    value = _exif(picture).get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 and picture.format != "TIFF" else 1


def _upright(pixels: Deep, orientation: int) -> Deep:
    if orientation == 1:
        return pixels
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _is_adobe_rgb(picture: Image.Image) -> bool:
    try:
        index = _exif(picture).get_ifd(ExifTags.IFD.Interop).get(1)
    except (OSError, *_DECODER_ERRORS):
        return False
    return index in ("R03", "R03\x00", b"R03", b"R03\x00")


def _to_srgb(picture: Image.Image, *, kept: bool = False) -> tuple[Pixels, str, tuple[str, ...]]:
    """Return a decoded picture as RGBA in sRGB, the name of its profile and notes; band by band to save memory.

    With ``kept`` its numbers stay as they are.
    """
    notes: tuple[str, ...] = ()
    space = {"L": "L", "LA": "L", "1": "L", "I;16": "L", "CMYK": "CMYK", "LAB": "LAB"}.get(picture.mode, "RGB")
    if picture.mode.startswith(("I", "F")):
        space = "L"
    icc = picture.info.get("icc_profile") or None
    try:
        convert = profiles.conversion(icc, space)
    except ValueError:
        notes = (Message("Its colour profile is damaged or does not fit, so sRGB was assumed."),)
        icc, convert = None, profiles.conversion(None, space)
    if space == "CMYK" and icc is None:
        notes = (*notes, Message("It is in CMYK without a profile, so its colours are approximate."))
    table, adobe = None, False
    if icc is None and space in ("RGB", "L"):
        gamma = picture.info.get("gamma")
        table = profiles.gamma_table(gamma) if isinstance(gamma, float) and "srgb" not in picture.info else None
        adobe = space == "RGB" and _is_adobe_rgb(picture)
    if kept:
        convert, table = profiles.Conversion(space, None, convert.name), None
    out = np.empty((picture.height, picture.width, 4), np.uint8)
    depth = _DeepGrey(picture) if picture.mode.startswith(("I", "F")) else None
    for top, bottom in bands(picture.height, picture.width * 16):
        band = picture.crop((0, top, picture.width, bottom))
        if depth is not None:
            band = depth.to_byte(band)
        out[top:bottom, :, 3] = _alpha(band)
        plain = band if band.mode == convert.mode else _without_alpha(band, convert.mode)
        rgb = convert.apply(plain)
        if adobe and not kept:
            rgb = profiles.adobe_rgb_to_srgb(rgb)
        if table is not None:
            rgb = rgb.point(table * 3)
        out[top:bottom, :, :3] = np.asarray(rgb)
    return out, "Adobe RGB (1998)" if adobe else convert.name, notes


def _alpha(band: Image.Image) -> Any:
    if band.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        return np.asarray(band.getchannel("A"))
    if "transparency" in band.info and band.mode in ("P", "RGB", "L", "1"):
        return np.asarray(band.convert("RGBA").getchannel("A"))
    return 255


def _without_alpha(band: Image.Image, mode: str) -> Image.Image:
    if band.mode == "RGBa":
        band = band.convert("RGBA")
    elif band.mode == "La":
        band = band.convert("LA")
    band.info.pop("transparency", None)
    return band.convert(mode)


class _DeepGrey:
    """Grey with 16 or 32 bits, or floating point, brought to 8 bits with one scale for the whole picture."""

    def __init__(self, picture: Image.Image) -> None:
        _, high = picture.getextrema()
        if not isinstance(high, int | float) or not math.isfinite(high):
            high = 1.0
        if picture.mode.startswith("I;16"):
            self._scale = 255 / 65535
        elif picture.mode == "F":
            self._scale = 255.0 if high <= 1.5 else 255 / high
        else:
            self._scale = 1.0 if high <= 255 else 255 / 65535 if high <= 65535 else 255 / (2**31 - 1)

    def to_byte(self, band: Image.Image) -> Image.Image:
        values = np.nan_to_num(np.asarray(band).astype(np.float32))
        grey = Image.fromarray(np.clip(np.rint(values * np.float32(self._scale)), 0, 255).astype(np.uint8))
        grey.info.update({k: v for k, v in band.info.items() if k != "transparency"})
        return grey


def decode_bytes(data: bytes, name: str) -> LoadedImage:
    """Return the picture in ``data`` like :func:`load` (no SVG); for pictures that are inside other files."""
    stream = io.BytesIO(data)
    if sniff.identify(data[: sniff.HEAD], name) in ("SVG", *sniff.LAYERED):
        raise AtelierError("“{name}” is a drawing inside another file, which cannot be opened.", name=name)
    stream.seek(0)
    return _load(stream, name, None, lambda: None)

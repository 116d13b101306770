"""Picture files with more than 8 bits a channel: 16-bit PNG and TIFF, float TIFF, Radiance HDR; encoded sRGB comes out.

OpenCV decodes them, after :mod:`core.image.files` has looked at their header. Floats are taken as linear light where
no profile says otherwise, as every program that writes them means it, and keep what is brighter than white.
"""

import io
import re
import struct
from typing import Any, BinaryIO, NamedTuple, cast

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from core.documents.image import check_size
from core.image import icc_floats, memory, sniff
from core.image.pixels import Floats, bands
from core.raster.depths import Deep, encoded_beyond, peak, settled
from core.values import AtelierError, Message

# Of damaged files it tells standard error, where nobody reads.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

MAX_HEADER = 4096
BRIGHTEST = np.float32(3e11)
"""Light beyond which a stored colour could not go."""
MAX_VALUES = 1 << 22
"""Of a TIFF's field: a profile has a few thousand bytes."""
LINEAR = icc_floats.ToSrgb((lambda values: values,), None)
_RADIANCE = re.compile(rb"^[-+]Y +(\d{1,6}) +[-+]X +(\d{1,6})\s*$")
_WORKING = 4 + 4 * 4 * 2
"""Bytes a pixel that are needed beside the file's own numbers while colours are converted."""


class DeepPicture(NamedTuple):
    """``pixels`` is uint16 or float32 H×W×4, straight, encoded sRGB."""

    pixels: Deep
    profile: str
    notes: tuple[Message, ...]


def read(stream: BinaryIO, picture: Image.Image, kind: str, name: str, *, kept: bool = False) -> DeepPicture | None:
    """Return what a PNG or TIFF with more than 8 bits holds, not yet turned upright by what EXIF says.

    ``picture`` is the opened header. With ``kept`` the numbers stay as they are. ``None`` for kinds that are only read
    at 8 bits: other colour spaces than RGB and grey, and profiles made of tables. Raises :class:`AtelierError` when the
    file is damaged.
    """
    if not _readable(stream, picture, kind):
        return None
    icc = picture.info.get("icc_profile") or None
    values = _values(stream, (picture.width, picture.height), name)
    if values is None or values.dtype != np.uint16:
        return None
    way = None
    if kept:
        icc = None
    elif icc is not None:
        way = icc_floats.to_srgb(icc)
        if way is None or (len(way.curves) == 1 and values.ndim == 3):
            return None
        if len(way.curves) == 3 and icc_floats.is_srgb(way):
            way = None
    elif (gamma := _gamma(picture)) is not None:
        way = icc_floats.ToSrgb((lambda v: v ** np.float32(1 / gamma),), None)
    associated = getattr(picture, "tag_v2", {}).get(338, (0,))[:1] == (1,)
    return DeepPicture(_converted(values, way, associated), _name(icc, way), ())


def read_float_tiff(stream: BinaryIO, name: str) -> DeepPicture | None:
    """Return a TIFF of 32-bit floats, upright; ``None`` when it is something else. Raises :class:`AtelierError`."""
    tags = _tiff_tags(stream)
    bits, form = tags.get(258, (1,)), tags.get(339, (1,))
    if set(bits) != {32} or set(form) != {3} or tags.get(262, (0,))[0] not in (1, 2) or tags.get(284, (1,))[0] != 1:
        return None
    width, height = tags.get(256, (0,))[0], tags.get(257, (0,))[0]
    check_size(width, height)
    values = _values(stream, (width, height), name)
    if values is None or values.dtype != np.float32:
        raise sniff.damaged(name)
    notes: tuple[Message, ...] = ()
    icc = bytes(tags.get(34675, ())) or None
    way = LINEAR if icc is None else icc_floats.to_srgb(icc)
    if way is None or (len(way.curves) == 1 and values.ndim == 3):
        icc, way = None, LINEAR
        notes = (Message("Its colour profile is damaged or does not fit, so sRGB was assumed."),)
    return DeepPicture(_converted(values, way, tags.get(338, (0,))[0] == 1), _name(icc, way), notes)


def _tiff_tags(stream: BinaryIO) -> dict[int, tuple[int, ...]]:
    """Return the whole numbers (and bytes) in a TIFF's first directory, as far as they can be read."""
    found: dict[int, tuple[int, ...]] = {}
    try:
        stream.seek(0)
        head = stream.read(8)
        order = "<" if head[:2] == b"II" else ">"
        magic, at = struct.unpack(f"{order}HI", head[2:])
        if magic != 42:
            return found
        stream.seek(at)
        (count,) = struct.unpack(f"{order}H", stream.read(2))
        for entry in [stream.read(12) for _ in range(min(count, 200))]:
            tag, kind, number = struct.unpack(f"{order}HHI", entry[:8])
            form = {1: "B", 3: "H", 4: "I", 7: "B"}.get(kind)
            if form is None or number > MAX_VALUES:
                continue
            length = struct.calcsize(form) * number
            data = entry[8 : 8 + length]
            if length > 4:
                stream.seek(struct.unpack(f"{order}I", entry[8:])[0])
                data = stream.read(length)
            found[tag] = struct.unpack(f"{order}{number}{form}", data)
    except (struct.error, OSError, OverflowError):
        return {}
    return found


def _values(stream: BinaryIO, size: tuple[int, int], name: str) -> npt.NDArray[Any] | None:
    """Return what OpenCV decodes; it turns a TIFF upright."""
    memory.require(size[0] * size[1] * (32 + _WORKING), Message("Opening “{name}”", name=name))
    stream.seek(0)
    values = _decoded(stream.read(), name)
    if values is not None and sorted(values.shape[:2]) != sorted(size):
        raise sniff.damaged(name)
    return values


def _readable(stream: BinaryIO, picture: Image.Image, kind: str) -> bool:
    if kind == "PNG":
        stream.seek(24)  # IHDR: after the signature, length, name, width and height
        return stream.read(1) == b"\x10"
    tags: Any = getattr(picture, "tag_v2", {})
    bits, form = tags.get(258, (1,)), tags.get(339, (1,))
    plain = set(bits) == {16} and set(form) == {1} and tags.get(262) in (1, 2) and tags.get(284, 1) == 1
    return kind == "TIFF" and plain and len(bits) != 2


def _decoded(data: bytes, name: str) -> npt.NDArray[Any] | None:
    try:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        raise sniff.damaged(name) from None
    return None if found is None else np.asarray(found)


def _gamma(picture: Image.Image) -> float | None:
    gamma = picture.info.get("gamma")
    if not isinstance(gamma, float) or "srgb" in picture.info or not 0.05 <= gamma <= 10 or abs(gamma - 0.45455) < 0.02:
        return None
    return gamma


def _name(icc: bytes | None, way: icc_floats.ToSrgb | None) -> str:
    if icc is None or way is None:
        return ""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile
        return (profile.profile_description or "unnamed profile").strip()
    except (OSError, TypeError):
        return "unnamed profile"


def _converted(values: npt.NDArray[Any], way: icc_floats.ToSrgb | None, associated: bool) -> Deep:
    """Return OpenCV's planes (grey, blue green red, and alpha) as RGBA in sRGB, a band at a time."""
    height, width = values.shape[:2]
    out: Any = np.empty((height, width, 4), values.dtype)
    full = peak(out)
    out[..., 3] = values[..., 3] if values.ndim == 3 and values.shape[2] == 4 else full
    if out.dtype == np.float32:
        out[..., 3] = np.clip(np.nan_to_num(out[..., 3]), 0, 1)
    for top, bottom in bands(height, width * 48):
        band = values[top:bottom]
        colours = band[..., None] if band.ndim == 2 else band[..., 2::-1]
        if way is None and not associated:
            out[top:bottom, :, :3] = colours
            continue
        light: Floats = np.clip(np.nan_to_num(colours.astype(np.float32)), -BRIGHTEST, BRIGHTEST) / full
        if associated:
            alpha = out[top:bottom, :, 3:].astype(np.float32) / full
            light = np.divide(light, alpha, out=np.zeros_like(light), where=alpha > 0).astype(np.float32)
        if way is not None and len(way.curves) == 1:  # one curve does for all three channels
            light = encoded_beyond(way.curves[0](light))
        elif way is not None:
            light = way(np.repeat(light, 3, -1) if light.shape[-1] == 1 else light)
        if out.dtype == np.uint16:
            light = np.clip(light, 0, 1) * full + np.float32(0.5)
        out[top:bottom, :, :3] = light
    return cast(Deep, settled(out) if out.dtype == np.float32 else out)


def radiance_size(head: bytes, name: str) -> tuple[int, int]:
    """Return width and height from a Radiance file's first bytes; raises :class:`AtelierError`."""
    for line in head[:MAX_HEADER].split(b"\n"):
        found = _RADIANCE.match(line)
        if found:
            height, width = int(found[1]), int(found[2])
            check_size(width, height)
            if not line.startswith(b"-Y") or b"+X" not in line:
                raise AtelierError(
                    "“{name}” is stored upside down or mirrored, which cannot be opened here.", name=name
                )
            return width, height
    raise sniff.damaged(name, Message("its header makes no sense"))


def read_radiance(stream: BinaryIO, name: str) -> Deep:
    """Return a Radiance HDR file as float32 H×W×4 in encoded sRGB; raises :class:`AtelierError`."""
    stream.seek(0)
    width, height = radiance_size(stream.read(MAX_HEADER), name)
    memory.require(width * height * (32 + _WORKING), Message("Opening “{name}”", name=name))
    stream.seek(0)
    values = _decoded(stream.read(), name)
    if values is None or values.shape != (height, width, 3) or values.dtype != np.float32:
        raise sniff.cut_off(name)
    return _converted(values, LINEAR, False)

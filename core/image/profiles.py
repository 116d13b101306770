"""Colour profiles: whatever a file's numbers mean, they become sRGB on the way in and say so on the way out."""

import functools
import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from core.image.pixels import Floats, from_linear
from core.raster.icc import read_profile, shipped
from core.values import AtelierError

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION

_MODE_OF_SPACE = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}

MAX_PROFILE = 16 * 1024 * 1024


@functools.cache
def srgb_profile() -> bytes:
    """Return an ICC profile for sRGB: always the same bytes, so that equal pictures make equal files.

    Little CMS stamps its profiles with the time; bytes 24–35 of the header (ICC.1:2010, 7.2.8) are set to a fixed date.
    """
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = b"\x07\xd0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    data[84:100] = bytes(16)  # the profile ID would be the MD5 of the stamped bytes; zero means "not computed"
    return bytes(data)


class Conversion:
    """Turns bands of a picture in one mode into RGB bands in sRGB; made by :func:`conversion`."""

    def __init__(self, mode: str, transform: "ImageCms.ImageCmsTransform | None", name: str) -> None:
        self.mode = mode
        """The Pillow mode that bands are to be in."""
        self.name = name
        """The profile's own name, empty for sRGB."""
        self._transform = transform
        self._table: npt.NDArray[np.uint8] | None = None
        if transform is not None and mode == "L":
            ramp = Image.fromarray(np.arange(256, dtype=np.uint8)[None])
            self._table = np.asarray(ImageCms.applyTransform(ramp, transform), np.uint8)[0]

    def apply(self, band: Image.Image) -> Image.Image:
        """Return ``band`` (in :attr:`mode`) as RGB in sRGB."""
        if self._transform is None:
            return band if band.mode == "RGB" else band.convert("RGB")
        if self._table is not None:
            return Image.fromarray(self._table[np.asarray(band)])
        converted = ImageCms.applyTransform(band, self._transform)
        if converted is None:
            raise ValueError("the colour conversion returned nothing")
        return converted


def conversion(icc: bytes | None, mode: str) -> Conversion:
    """Return how a picture of Pillow ``mode`` (L, RGB, CMYK or LAB) becomes sRGB, given its embedded profile.

    Relative colorimetric with black point compensation. A profile for another colour space than the picture's is used
    where the picture can be brought into that space without loss (grey to RGB), and refused otherwise. Raises
    ``ValueError`` for a damaged or unsuitable profile.
    """
    target = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    if icc is None:
        if mode != "LAB":
            return Conversion(mode, None, "")
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    else:
        if not 128 <= len(icc) <= MAX_PROFILE:
            raise ValueError("its length is impossible")
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        except (OSError, TypeError) as error:
            raise ValueError(str(error)) from None
        wanted = _MODE_OF_SPACE.get(source.profile.xcolor_space)
        if wanted is None or (wanted != mode and not (wanted == "RGB" and mode == "L")):
            raise ValueError(f"it is for {source.profile.xcolor_space.strip()} and the picture is {mode}")
        mode = wanted
    try:
        # Little CMS approximates curves by short tables; for grey, 256 exact values make the table.
        flags = _FLAGS | (ImageCms.Flags.NOOPTIMIZE if mode == "L" else 0)
        transform = ImageCms.buildTransform(source, target, mode, "RGB", _INTENT, flags)
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError(str(error)) from None
    name = "" if icc is None else (source.profile.profile_description or "unnamed profile").strip()
    if mode == "RGB" and _is_identity(transform):
        return Conversion(mode, None, "")
    return Conversion(mode, transform, name)


def kept(picture: Image.Image, *, adobe: bool) -> bytes:
    """Return the profile that the numbers of a decoded picture can stay in; empty where it is sRGB or none for RGB.

    ``adobe`` says that its EXIF calls it Adobe RGB, which counts where no profile is embedded. A picture with the gamma
    of a PNG alone is not kept, nor one whose profile is damaged or only leads one way.
    """
    if picture.mode not in ("RGB", "RGBA", "RGBX", "RGBa", "P"):
        return b""
    return kept_profile(picture.info.get("icc_profile") or (shipped("adobe-compatible") if adobe else b""))


def kept_profile(found: bytes) -> bytes:
    """Return an RGB profile that a document can have; empty where it is sRGB, damaged or only leads one way."""
    try:
        named = conversion(found, "RGB").name if found else ""
        # Whatever is done to the picture later needs the way back too.
        back = named and _reachable(found)
        return bytes(read_profile(found).data) if back else b""
    except (ValueError, AtelierError):
        return b""


def _reachable(profile: bytes) -> bool:
    ends = [ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (srgb_profile(), profile)]
    try:
        ImageCms.buildTransform(ends[0], ends[1], "RGB", "RGB", _INTENT, _FLAGS)
    except (ImageCms.PyCMSError, OSError):
        return False
    return True


def _is_identity(transform: "ImageCms.ImageCmsTransform") -> bool:
    """Return whether no colour of a 17³ lattice moves by more than one step: the profile is sRGB by another name."""
    steps = np.linspace(0, 255, 17).astype(np.uint8)
    lattice = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(17, 289, 3)
    moved = ImageCms.applyTransform(Image.fromarray(lattice), transform)
    return moved is not None and int(np.abs(np.asarray(moved, np.int16) - lattice).max()) <= 1


_ADOBE_TO_SRGB = np.array([[1.3983557, -0.3983557, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429290, 1.0429290]], np.float32)
"""Linear Adobe RGB (1998) to linear sRGB. Both have a D65 white, so no adaptation is needed."""

_ADOBE_LINEAR: Floats = ((np.arange(256) / 255) ** (563 / 256)).astype(np.float32)


def adobe_rgb_to_srgb(band: Image.Image) -> Image.Image:
    """Return an RGB band in Adobe RGB (1998) as sRGB.

    Cameras set to Adobe RGB often embed no profile and only say ``R03`` in the EXIF (DCF 2.0, optional colour space).
    """
    linear = _ADOBE_LINEAR[np.asarray(band)] @ _ADOBE_TO_SRGB.T
    return Image.fromarray(np.clip(np.rint(from_linear(linear) * 255), 0, 255).astype(np.uint8))


def gamma_table(gamma: float) -> list[int] | None:
    """Return the table that brings a PNG whose ``gAMA`` is ``gamma`` to sRGB, or ``None`` where none is needed."""
    if not 0.05 <= gamma <= 10 or abs(gamma - 0.45455) < 0.02:
        return None
    linear = (np.arange(256, dtype=np.float32) / 255) ** np.float32(1 / gamma)
    return [int(v) for v in np.rint(from_linear(linear) * 255)]

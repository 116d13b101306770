"""Soft proofs: sRGB through a press's profile and back, as a table that a view can look colours up in.

Little CMS does the conversions (ICC.1:2010). A colour is beyond the press when it comes back more than
:data:`VISIBLE` away from itself in CIELAB (ΔE*ab, 1976); that is judged relative to the paper, whatever is shown.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from core.image.pixels import Floats, Pixels, with_alpha
from core.image.profiles import MAX_PROFILE, srgb_profile
from core.operations.image_proof import ProofTable
from core.resources import resource
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 33
"""Nodes along each axis of the table: every eighth of 256 values."""
VISIBLE = 5.0
"""A difference (ΔE*ab) that is seen beside the original."""
_INTENTS = {
    "relative": ImageCms.Intent.RELATIVE_COLORIMETRIC,
    "perceptual": ImageCms.Intent.PERCEPTUAL,
    "saturation": ImageCms.Intent.SATURATION,
}


def proof_table(op: ProofTable, ctx: "Context") -> Pixels:
    """Return SIDE²×SIDE pixels: red runs along columns, green and then blue along rows.

    Row ``blue · SIDE + green`` and column ``red`` hold what the press makes of that colour of the picture's profile, in
    sRGB. Alpha is 255 where the press can print it, and 255 − 10·ΔE (at least 1) where it comes back by ΔE away.
    Raises :class:`AtelierError` for a profile that is damaged or not one of a CMYK press.
    """
    press = _profile(op, ctx)
    screen = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    own = screen if op.source is None else _read(Path(ctx.file(op.source)))
    if own.profile.xcolor_space != "RGB ":
        raise AtelierError("The picture’s own profile is not one for RGB, so it cannot be proofed.")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    colours = nodes()
    picture = Image.fromarray(colours)
    intent, relative = _INTENTS[op.intent], ImageCms.Intent.RELATIVE_COLORIMETRIC
    back = ImageCms.Intent.ABSOLUTE_COLORIMETRIC if op.paper_white else relative
    exact = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.HIGHRESPRECALC
    compensated = exact | ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        to_press = ImageCms.buildTransform(own, press, "RGB", "CMYK", intent, compensated)
        flags = exact if op.paper_white else compensated
        to_screen = ImageCms.buildTransform(press, screen, "CMYK", "RGB", back, flags)
        nearest = ImageCms.buildTransform(own, press, "RGB", "CMYK", relative, exact)
        printed_lab = ImageCms.buildTransform(press, lab, "CMYK", "LAB", relative, exact)
        own_lab = ImageCms.buildTransform(own, lab, "RGB", "LAB", relative, exact)
        ctx.progress(0.4, "Printing every colour")
        seen = np.asarray(_applied(_applied(picture, to_press), to_screen), np.uint8)
        away = _lab(_applied(_applied(picture, nearest), printed_lab)) - _lab(_applied(picture, own_lab))
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise AtelierError("The profile cannot be used for a proof: {why}.", why=str(error)) from None
    difference = np.sqrt((away * away).sum(-1))
    alpha = np.where(difference <= VISIBLE, 255, np.clip(255 - 10 * difference, 1, 254))
    ctx.progress(1.0)
    return with_alpha(seen, np.rint(alpha).astype(np.uint8))


def nodes() -> npt.NDArray[np.uint8]:
    """Return the colours that the table is made for: SIDE²×SIDE×3."""
    steps = np.rint(np.linspace(0, 255, SIDE)).astype(np.uint8)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack((red, green, blue), -1).reshape(SIDE * SIDE, SIDE, 3)


def _profile(op: ProofTable, ctx: "Context") -> "ImageCms.ImageCmsProfile":
    if op.paper == "own":
        if op.profile is None:
            raise AtelierError("Choose the ICC profile of the press first.")
        path = Path(ctx.file(op.profile))
    else:
        path = resource("profiles", f"{op.paper}.icc")
    profile = _read(path)
    if profile.profile.xcolor_space != "CMYK" or profile.profile.device_class != "prtr":
        raise AtelierError(
            "This profile is for {space}, and a proof needs that of a CMYK press.",
            space=profile.profile.xcolor_space.strip(),
        )
    return profile


def _read(path: Path) -> "ImageCms.ImageCmsProfile":
    size = path.stat().st_size
    if not 128 <= size <= MAX_PROFILE:
        raise AtelierError("This is not an ICC profile: {size:,} bytes cannot be one.", size=size)
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(path.read_bytes()))
    except (OSError, TypeError) as error:
        raise AtelierError("This is not an ICC profile that can be read: {why}.", why=str(error)) from None


def _applied(picture: Image.Image, transform: "ImageCms.ImageCmsTransform") -> Image.Image:
    done = ImageCms.applyTransform(picture, transform)
    if done is None:
        raise ValueError("the colour conversion returned nothing")
    return done


def _lab(picture: Image.Image) -> Floats:
    """Return L* (0…100), a* and b* of a picture in Pillow's 8-bit LAB."""
    values = np.asarray(picture, np.uint8)
    lightness = values[..., 0].astype(np.float32) * np.float32(100 / 255)
    return np.dstack((lightness, values[..., 1:].view(np.int8).astype(np.float32)))

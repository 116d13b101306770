"""From one RGB profile to another: pictures, whole documents, and tables for a view.

Between matrix profiles the arithmetic of :mod:`core.raster.managing` is used, for which all intents but the absolute
one are the same; everything else is left to Little CMS (ICC.1:2010).
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from PIL import Image, ImageCms

from core.documents.image import AdjustmentLayer, ImageDocument, RasterLayer, walk
from core.documents.image_colours import recoloured, with_rasters
from core.engine.context import LAYERED_SUFFIX
from core.image.pixels import Pixels, with_alpha
from core.image.proofing import SIDE, nodes
from core.operations.base import Input
from core.operations.image_colour import ConvertColours, ConvertProfile, IntentKind, ScreenTable
from core.raster import icc, managing
from core.raster.depths import Deep
from core.raster.layered import FILE_TYPE, LayeredWriter
from core.raster.managing import Plane, Planes
from core.raster.manifest import AssetSource, fetch, read_deep, read_raster, write_raster
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

_INTENTS = {
    "relative": ImageCms.Intent.RELATIVE_COLORIMETRIC,
    "perceptual": ImageCms.Intent.PERCEPTUAL,
    "saturation": ImageCms.Intent.SATURATION,
    "absolute": ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
}


class LittleCms:
    """A conversion by Little CMS, see :class:`core.raster.managing.Planes`."""

    def __init__(self, source: icc.Profile, target: icc.Profile, intent: IntentKind, black_point: bool) -> None:
        flags = ImageCms.Flags.HIGHRESPRECALC
        if black_point and intent != "absolute":
            flags |= ImageCms.Flags.BLACKPOINTCOMPENSATION
        try:
            first, second = (ImageCms.ImageCmsProfile(io.BytesIO(profile.data)) for profile in (source, target))
            self._transform = ImageCms.buildTransform(first, second, "RGB", "RGB", _INTENTS[intent], flags)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            raise AtelierError(
                "Colours cannot be converted from “{source}” to “{target}”: one of the profiles cannot be used that "
                "way.",
                source=source.name,
                target=target.name,
            ) from None

    def planes(self, red: Plane, green: Plane, blue: Plane) -> tuple[Plane, Plane, Plane]:
        """See :class:`core.raster.managing.Planes`."""
        flat = np.stack((red, green, blue), -1).reshape(-1, red.shape[-1], 3)
        done = ImageCms.applyTransform(Image.fromarray(flat), self._transform)
        if done is None:
            raise ValueError("the colour conversion returned nothing")
        made = np.asarray(done, np.uint8).reshape(*red.shape, 3)
        return made[..., 0], made[..., 1], made[..., 2]


def between(
    source: bytes | None, target: bytes | None, intent: IntentKind = "relative", black_point: bool = True
) -> Planes | None:
    """Return the conversion between two profiles (None: sRGB); None where it would change nothing.

    Raises :class:`AtelierError` for profiles that are damaged or not of an RGB space.
    """
    if source == target:
        return None
    first = icc.shipped_profile("srgb") if source is None else icc.read_profile(source)
    second = icc.shipped_profile("srgb") if target is None else icc.read_profile(target)
    conversion: Planes | None
    if first.exact and second.exact and intent != "absolute":
        return managing.between(first, second)
    conversion = LittleCms(first, second, intent, black_point)
    return None if managing.changes_nothing(conversion) else conversion


def profile_bytes(source: Input | None, ctx: "Context") -> bytes | None:
    """Return the profile that an operation was given, of a length that can be one."""
    if source is None:
        return None
    with ctx.file(source).open("rb") as file:
        return file.read(icc.MAX_BYTES + 1)


def screen_table(op: ScreenTable, ctx: "Context") -> Pixels:
    """Return SIDE²×SIDE pixels: what each of :func:`core.image.proofing.nodes` becomes. Alpha is 255."""
    table = nodes()
    conversion = between(profile_bytes(op.source, ctx), profile_bytes(op.target, ctx))
    if conversion is not None:
        made = conversion.planes(*(np.ascontiguousarray(table[..., channel]) for channel in range(3)))
        table = np.stack(made, -1)
    return with_alpha(table, np.full((SIDE * SIDE, SIDE), 255, np.uint8))


def convert_colours(op: ConvertColours, ctx: "Context") -> Deep:
    """Return the picture in other numbers that look the same."""
    pixels = ctx.deep_image(op.image)
    source, target = profile_bytes(op.source, ctx), profile_bytes(op.target, ctx)
    conversion = between(source, target, op.intent, op.black_point)
    if conversion is not None:
        _convert(conversion, pixels, lambda done: ctx.progress(done, "Converting colours"))
    return pixels


def _convert(conversion: Planes, pixels: Deep, progress: Callable[[float], None]) -> None:
    rows = max(1, (1 << 20) // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        progress(top / pixels.shape[0])
        managing.convert_straight(conversion, pixels[top : top + rows])


def convert_profile(op: ConvertProfile, ctx: "Context") -> dict[str, Any]:
    """Return ``document`` (a ``.layers`` file in the new profile) and ``info``. Masks stay as they are."""
    document = ctx.document(op.document)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document has no colours to convert.", kind=document.kind)
    target = profile_bytes(op.profile, ctx)
    path, changed = converted_file(document, target, ctx, op.intent, op.black_point)
    return {"document": path, "info": {"notes": _notes(document) if changed else []}}


def converted_file(
    document: ImageDocument,
    target: bytes | None,
    ctx: "Context",
    intent: IntentKind = "relative",
    black_point: bool = True,
) -> tuple[Path, bool]:
    """Write the document in another profile as a ``.layers`` file; return it, and whether any colour changed."""
    source = document_profile(document, ctx.assets)
    conversion = between(source, target, intent, black_point)
    path = ctx.scratch / f"converted{LAYERED_SUFFIX}"
    with LayeredWriter(path) as out:
        converted = _Copy(ctx, out, conversion).document(document, target)
        out.finish(converted)
    return path, conversion is not None


def document_profile(document: ImageDocument, source: AssetSource) -> bytes | None:
    """Return the document's profile; raises :class:`AtelierError` when it is missing. None: sRGB."""
    return None if document.profile is None else fetch(document.profile, source)


def _notes(document: ImageDocument) -> list[Message]:
    kept = [layer for layer in walk(document.layers) if isinstance(layer, AdjustmentLayer)]
    if not kept:
        return []
    return [Message("Adjustments are kept and work on other numbers now: what they do may look a little different.")]


class _Copy:
    """Writes a document's rasters again, converted, each once."""

    def __init__(self, ctx: "Context", out: LayeredWriter, conversion: Planes | None) -> None:
        self._ctx = ctx
        self._out = out
        self._conversion = conversion
        self._made: dict[str, str] = {}

    def document(self, document: ImageDocument, target: bytes | None) -> ImageDocument:
        profile = None if target is None else self._out.put(target, icc.PROFILE_TYPE)
        pictures = {layer.pixels for layer in walk(document.layers) if isinstance(layer, RasterLayer)}
        masks = {layer.mask.pixels for layer in walk(document.layers) if layer.mask is not None}
        if document.selection is not None:
            masks.add(document.selection.pixels)
        for digest in sorted(masks - pictures):
            self._ctx.progress(0.0, "Converting colours")
            write_raster(read_raster(digest, self._ctx.assets), self._out)
        for digest in sorted(document.assets() - pictures - masks - {document.profile}):
            self._out.put(fetch(digest, self._ctx.assets), FILE_TYPE)
        for index, digest in enumerate(sorted(pictures)):
            self._picture(digest, index / len(pictures), 1 / len(pictures))
        self._ctx.progress(1.0, "Converting colours")
        shown = with_rasters(document, self._made)
        converted = recoloured(shown, lambda found: managing.convert_hex(self._conversion, found))
        return msgspec.structs.replace(converted, profile=profile)

    def _picture(self, digest: str, begun: float, share: float) -> None:
        pixels = read_deep(digest, self._ctx.assets)
        if self._conversion is not None:
            _convert(
                self._conversion,
                pixels,
                lambda done: self._ctx.progress(begun + done * share, "Converting colours"),
            )
        self._made[digest] = write_raster(pixels, self._out)

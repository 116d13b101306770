"""Photoshop files in (PSD and PSB), by psd-tools: layers, groups, masks, clipping, modes, text where it looks the same.

psd-tools reads the structure within its own limits (sizes, objects, nesting) and unpacks channels within a budget; the
whole runs in a process that may be stopped (:mod:`core.image.layered`). Adobe's *Photoshop File Formats Specification*
says what the fields mean. What Atelier has no equal for is noted for the person.
"""

import struct
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Group, Layer, TypeLayer
from psd_tools.constants import BlendMode as Psd
from psd_tools.constants import ChannelID, ColorMode, Resource
from psd_tools.psd.parse_limits import ParseLimits

from core.documents.artboard_edits import fit_canvas
from core.documents.image import (
    MAX_DEPTH,
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    check_size,
)
from core.image import memory, profiles, psd_adjustments, psd_artboards, psd_parts, psd_text, sniff
from core.image.layering import Coverage, Intake
from core.image.pixels import Pixels
from core.image.psd_deep import DeepColours
from core.raster.depths import Deep, as_bytes
from core.raster.icc import PROFILE_TYPE
from core.values import AtelierError, Message

MODES = {
    Psd.PASS_THROUGH: BlendMode.NORMAL,
    Psd.NORMAL: BlendMode.NORMAL,
    Psd.DARKEN: BlendMode.DARKEN,
    Psd.MULTIPLY: BlendMode.MULTIPLY,
    Psd.COLOR_BURN: BlendMode.COLOUR_BURN,
    Psd.LINEAR_BURN: BlendMode.LINEAR_BURN,
    Psd.DARKER_COLOR: BlendMode.DARKER_COLOUR,
    Psd.LIGHTEN: BlendMode.LIGHTEN,
    Psd.SCREEN: BlendMode.SCREEN,
    Psd.COLOR_DODGE: BlendMode.COLOUR_DODGE,
    Psd.LINEAR_DODGE: BlendMode.LINEAR_DODGE,
    Psd.LIGHTER_COLOR: BlendMode.LIGHTER_COLOUR,
    Psd.OVERLAY: BlendMode.OVERLAY,
    Psd.SOFT_LIGHT: BlendMode.SOFT_LIGHT,
    Psd.HARD_LIGHT: BlendMode.HARD_LIGHT,
    Psd.VIVID_LIGHT: BlendMode.VIVID_LIGHT,
    Psd.LINEAR_LIGHT: BlendMode.LINEAR_LIGHT,
    Psd.PIN_LIGHT: BlendMode.PIN_LIGHT,
    Psd.HARD_MIX: BlendMode.HARD_MIX,
    Psd.DIFFERENCE: BlendMode.DIFFERENCE,
    Psd.EXCLUSION: BlendMode.EXCLUSION,
    Psd.SUBTRACT: BlendMode.SUBTRACT,
    Psd.DIVIDE: BlendMode.DIVIDE,
    Psd.HUE: BlendMode.HUE,
    Psd.SATURATION: BlendMode.SATURATION,
    Psd.COLOR: BlendMode.COLOUR,
    Psd.LUMINOSITY: BlendMode.LUMINOSITY,
}
"""Photoshop's modes; *dissolve* has no equal."""


def read(path: Path, intake: Intake, *, keep_profile: bool = False) -> ImageDocument:
    """Return the document in the Photoshop file at ``path``; raises :class:`AtelierError`, or what psd-tools raises.

    With ``keep_profile``, the numbers of an RGB file stay as they are and the document has its profile.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        width, height = _header(stream.read(26), intake.name)
        stream.seek(0)
        budget = max(256 << 20, memory.available() // 2)
        limits = ParseLimits(max_read_bytes=size + 1, max_total_bytes=4 * size + (64 << 20), max_nesting_depth=64)
        try:
            file = PSDImage.open(stream, max_alloc_bytes=budget, parse_limits=limits)
        except (OSError, EOFError, struct.error):
            raise sniff.cut_off(intake.name) from None
    return _Reader(file, intake, keep_profile=keep_profile).document(width, height)


def _header(head: bytes, name: str) -> tuple[int, int]:
    """Return the size that the header claims, once it is known to be possible."""
    if len(head) < 26:
        raise sniff.cut_off(name)
    version, channels, height, width, depth, mode = struct.unpack(">4xH6xHIIHH", head)
    if version not in (1, 2) or not 1 <= channels <= 56 or depth not in (1, 8, 16, 32) or mode > 9:
        raise sniff.damaged(name, Message("its header makes no sense"))
    if width < 1 or height < 1:
        raise sniff.damaged(name, Message("its size makes no sense"))
    check_size(width, height)
    return width, height


class _Reader:
    def __init__(self, file: PSDImage, intake: Intake, *, keep_profile: bool) -> None:
        self._file = file
        self._intake = intake
        icc = file.image_resources.get_data(Resource.ICC_PROFILE)
        self._icc = icc if isinstance(icc, bytes) else None
        self._conversions: dict[str, profiles.Conversion] = {}
        self._kept = self._keep() if keep_profile else b""
        self._colours = DeepColours(self._file, None if self._kept else self._icc)
        self._total = max(1, sum(1 for _ in file.descendants()))
        self._done = 0

    def document(self, width: int, height: int) -> ImageDocument:
        intake = self._intake
        self._note_colours()
        intake.claim(width, height)
        layers = self._layers(self._file, 0) if len(self._file) else (self._flat(),)
        document = fit_canvas(intake.document(width, height, layers, self._resolution(), self._colours.depth))
        if self._kept:
            document = msgspec.structs.replace(document, profile=intake.out.put(self._kept, PROFILE_TYPE))
        return document

    def _keep(self) -> bytes:
        """Return the profile of a file whose numbers can stay as they are, which then needs no conversion."""
        if self._file.color_mode != ColorMode.RGB or self._file.depth == 32 or self._icc is None:
            return b""
        found = profiles.kept_profile(self._icc)
        if found:
            self._conversions["RGB"] = profiles.Conversion("RGB", None, "")
        return found

    def _note_colours(self) -> None:
        intake, depth, mode = self._intake, self._file.depth, self._file.color_mode
        if depth > self._colours.depth:
            intake.tell("It has {n} bits a channel; 8 were kept.", n=int(depth))
        if mode not in (ColorMode.RGB, ColorMode.GRAYSCALE, ColorMode.BITMAP):
            names = {
                ColorMode.CMYK: "CMYK",
                ColorMode.LAB: "Lab",
                ColorMode.INDEXED: "Indexed",
                ColorMode.DUOTONE: "Duotone",
            }
            name = names.get(mode, "Multichannel")
            intake.tell("Its colours were converted from {mode} to sRGB.", mode=name)
            if self._icc is None and mode == ColorMode.CMYK:
                intake.tell("It is in CMYK without a profile, so its colours are approximate.")

    def _resolution(self) -> float | None:
        found = self._file.image_resources.get_data(Resource.RESOLUTION_INFO)
        raw = getattr(found, "horizontal", None)
        return raw / 65536 if isinstance(raw, int) else None  # 16.16 fixed point, pixels per inch

    def _flat(self) -> AnyLayer:
        """Return the merged picture of a file that has no layers."""
        if self._colours.depth > 8 and self._file.channels in (1, 3):
            pixels = self._deep(self._file.numpy())
            return self._intake.raster(pixels, 0, 0, id=self._intake.layer_id(), name="Background")
        picture = self._file.topil(apply_icc=False)
        if picture is None:
            raise sniff.damaged(self._intake.name, Message("there is no picture in it"))
        return self._intake.raster(self._rgba(picture, None), 0, 0, id=self._intake.layer_id(), name="Background")

    # --- the tree ---------------------------------------------------------------------------------------------------

    def _layers(self, parent: Any, depth: int) -> tuple[AnyLayer, ...]:
        if depth > MAX_DEPTH:
            raise AtelierError(
                "“{name}” nests its groups deeper than {depth} levels.", name=self._intake.name, depth=MAX_DEPTH
            )
        found: list[AnyLayer] = []
        for layer in parent:
            found += self._layer(layer, depth)
            self._done += 1
            self._intake.progress(min(1.0, self._done / self._total))
        return tuple(found)

    def _layer(self, layer: Layer, depth: int) -> list[AnyLayer]:
        common = self._common(layer)
        if isinstance(layer, Group):
            return self._group(layer, common, depth)
        if layer.kind in psd_adjustments.KINDS or psd_adjustments.old_contrast(layer):
            found = psd_adjustments.adjustment(layer, self._intake, exact=self._srgb())
            return [] if found is None else [AdjustmentLayer(**common, adjustment=found)]
        return [self._content(layer, common)]

    def _content(self, layer: Layer, common: dict[str, Any]) -> AnyLayer:
        intake, name = self._intake, common["name"]
        stroke = getattr(layer, "stroke", None)
        if stroke is not None and stroke.enabled:
            intake.tell_of("Shapes whose outline was left out: {layers}.", name)
        fill = psd_parts.fill(layer, self.colour)
        if fill is not None:
            return FillLayer(**common, **fill)
        if isinstance(layer, TypeLayer):
            text = psd_text.text_layer(layer, self._text_pixels(layer), self.colour, common)
            if text is not None:
                intake.tell_of("Set again as text that can be edited: {layers}.", name)
                return text
            intake.tell_of("Text opened as pixels, because it would not look the same here: {layers}.", name)
        elif layer.kind == "smartobject":
            intake.tell_of("Smart objects opened as pixels: {layers}.", name)
        elif layer.kind in ("patternfill", "gradientfill", "shape") and not layer.has_pixels():
            return self._gradient(layer, common)
        left, top = layer._record.left, layer._record.top
        return intake.raster(self._pixels(layer), left, top, **common)

    def _srgb(self) -> bool:
        """Return whether the file's numbers are sRGB already: only then adjustments are computed on the same ones."""
        return self._file.color_mode == ColorMode.RGB and not self._conversion("RGB").name

    def _gradient(self, layer: Layer, common: dict[str, Any]) -> AnyLayer:
        """Draw a gradient with many colours as pixels, which its mask cuts to shape; patterns stay out."""
        intake = self._intake
        pixels = psd_parts.gradient(layer, self._file.width, self._file.height, self.colour, intake.claim)
        if pixels is None:
            intake.tell_of("Patterns, gradients or shapes left out: {layers}.", common["name"])
        else:
            intake.tell_of("Gradients drawn as pixels: {layers}.", common["name"])
        return intake.raster(pixels, 0, 0, **common)

    def _group(self, layer: Group, common: dict[str, Any], depth: int) -> list[AnyLayer]:
        """Return a group, or its layers alone where only they look the same: Atelier's groups never pass through."""
        layers = self._layers(layer, depth + 1)
        name = common["name"]
        if layer.kind == "artboard":
            board = psd_artboards.read(layer, self.colour) if depth == 0 else None
            if board is not None:
                return [GroupLayer(**common, layers=layers, expanded=layer.open_folder, artboard=board)]
            self._intake.tell_of("Artboards that are groups now: {layers}.", name)
        blends = any(one.blend is not BlendMode.NORMAL or isinstance(one, AdjustmentLayer) for one in layers)
        if layer.blend_mode is Psd.PASS_THROUGH and blends and common["visible"]:
            bare = common["mask"] is None and not common["effects"] and not common["clipped"]
            if bare and common["opacity"] == 1:
                self._intake.tell_of(
                    "Groups taken apart, because their layers blend with what is below: {layers}.", name
                )
                return list(layers)
            self._intake.tell_of("Blended on their own here, and not with what is below: {layers}.", name)
        if layer._record.clipping and not layer.clipping:
            self._intake.tell_of("Groups whose clipping was left out: {layers}.", name)
        return [GroupLayer(**common, layers=layers, expanded=layer.open_folder)]

    def _common(self, layer: Layer) -> dict[str, Any]:
        intake = self._intake
        name = (layer.name or "").rstrip("\x00")[:255]
        mode = MODES.get(layer.blend_mode)
        if mode is BlendMode.LINEAR_DODGE and layer.opacity < 255:
            intake.tell_of("Translucent in linear dodge, which may look a little different: {layers}.", name)
        if mode is None:
            intake.tell_of("In a mode that is not known here, and normal now: {layers}.", name)
        opacity = layer.opacity / 255
        fill = layer.fill_opacity / 255
        effects = psd_parts.effects(layer, name, self.colour, intake)
        if fill < 1 and (effects or MODES.get(layer.blend_mode) in psd_parts.OWN_FILL):
            intake.tell_of("Fill opacity made part of the opacity: {layers}.", name)
        locks = layer.locks
        return {
            "id": intake.layer_id(),
            "name": name,
            "visible": bool(layer.visible),
            "locked": bool(locks is not None and locks.complete),
            "opacity": opacity * fill,
            "blend": mode or BlendMode.NORMAL,
            "clipped": bool(layer.clipping),
            "mask": self._mask(layer, name),
            "effects": effects,
        }

    # --- pixels -----------------------------------------------------------------------------------------------------

    def _pixels(self, layer: Layer) -> Deep | None:
        record = layer._record
        width, height = record.right - record.left, record.bottom - record.top
        if width < 1 or height < 1 or not layer.has_pixels():
            return None
        self._intake.claim(width, height)
        if self._colours.depth > 8:
            return self._deep(layer.numpy())
        picture = layer.topil(apply_icc=False)
        if picture is None:
            return None
        alpha = picture.getchannel("A") if "A" in picture.getbands() else layer.topil(ChannelID.TRANSPARENCY_MASK)
        return self._rgba(picture, alpha)

    def _text_pixels(self, layer: Layer) -> Pixels | None:
        pixels = self._pixels(layer)
        return None if pixels is None else as_bytes(pixels)

    def _deep(self, values: Any) -> Deep | None:
        return None if values is None or values.ndim != 3 or values.shape[2] < 1 else self._colours.pixels(values)

    def _rgba(self, picture: Image.Image, alpha: Image.Image | None) -> Pixels:
        if alpha is None and "A" in picture.getbands():
            alpha = picture.getchannel("A")
        out = np.full((picture.height, picture.width, 4), 255, np.uint8)
        space = {"LA": "L", "1": "L", "RGBA": "RGB", "P": "RGB"}.get(picture.mode, picture.mode)
        convert = self._conversion(space if space in ("L", "RGB", "CMYK", "LAB") else "RGB")
        plain = picture if picture.mode == convert.mode else picture.convert(convert.mode)
        out[..., :3] = np.asarray(convert.apply(plain))
        if alpha is not None and alpha.size == picture.size:
            out[..., 3] = np.asarray(alpha.convert("L"))
        return out

    def _conversion(self, mode: str) -> profiles.Conversion:
        if mode not in self._conversions:
            try:
                self._conversions[mode] = profiles.conversion(self._icc, mode)
            except ValueError:
                self._intake.tell("Its colour profile is damaged or does not fit, so sRGB was assumed.")
                self._conversions[mode] = profiles.conversion(None, mode)
        return self._conversions[mode]

    def colour(self, red: float, green: float, blue: float) -> str:
        """Return a colour in the file's own space (0…255 each) as ``#rrggbb`` in sRGB."""
        one = Image.new("RGB", (1, 1), tuple(min(255, max(0, round(v))) for v in (red, green, blue)))
        if self._file.color_mode == ColorMode.RGB:
            one = self._conversion("RGB").apply(one)
        return "#{:02x}{:02x}{:02x}".format(*one.getpixel((0, 0)))  # type: ignore[misc]

    # --- masks ------------------------------------------------------------------------------------------------------

    def _mask(self, layer: Layer, name: str) -> Mask | None:
        """Return the pixel mask and the vector mask of a layer as one mask of pixels."""
        intake = self._intake
        pixel = self._pixel_mask(layer, name)
        vector = layer.vector_mask if layer.has_vector_mask() else None
        mask = layer.mask
        if vector is None or vector.disabled or (mask is not None and mask.has_real()):
            return pixel
        intake.claim(self._file.width, self._file.height)
        drawn = psd_parts.rasterise(vector, self._file.width, self._file.height)
        if drawn is None:
            intake.tell_of("Vector masks left out: {layers}.", name)
            return pixel
        intake.tell_of("Vector shapes and masks made of pixels now: {layers}.", name)
        coverage, x, y, outside = drawn
        weak = mask.parameters.vector_mask_density if mask is not None and mask.parameters is not None else None
        if weak is not None and weak < 255:
            full = np.full((self._file.height, self._file.width), outside, np.uint8)
            _paste(full, coverage, x, y)
            coverage, x, y = _weakened(full, weak), 0, 0
        if pixel is not None and pixel.enabled and mask is not None:
            inner, inner_x, inner_y, inner_outside = self._coverage(layer)
            full = np.full((self._file.height, self._file.width), inner_outside, np.uint8)
            _paste(full, inner, inner_x, inner_y)
            both = np.full_like(full, outside)
            _paste(both, coverage, x, y)
            product = (both.astype(np.uint16) * full + 127) // 255
            return intake.mask(product.astype(np.uint8), 0, 0, outside=0)
        return intake.mask(coverage, x, y, outside=outside)

    def _pixel_mask(self, layer: Layer, name: str) -> Mask | None:
        mask = layer.mask
        if mask is None:
            return None
        channels = {info.id for info in layer._record.channel_info}
        if not channels & {ChannelID.USER_LAYER_MASK, ChannelID.REAL_USER_LAYER_MASK}:
            return None
        parameters = mask.parameters
        if parameters is not None and parameters.user_mask_feather:
            self._intake.tell_of("Masks whose feather was left out: {layers}.", name)
        coverage, x, y, outside = self._coverage(layer)
        return self._intake.mask(coverage, x, y, outside=outside, enabled=not mask.disabled)

    def _coverage(self, layer: Layer) -> tuple[Coverage, int, int, int]:
        mask = layer.mask
        assert mask is not None
        outside = 255 if mask.background_color >= 128 else 0
        self._intake.claim(max(0, mask.width), max(0, mask.height))
        picture = mask.topil() if mask.width > 0 and mask.height > 0 else None
        if picture is None:
            return np.full((1, 1), outside, np.uint8), 0, 0, outside
        coverage: Coverage = np.array(picture.convert("L"))
        density = mask.parameters.user_mask_density if mask.parameters is not None else None
        if density is not None and density < 255 and not mask.has_real():
            coverage = _weakened(coverage, density)
            if outside == 0:  # what a weak mask hides still shows a little, outside of its rectangle too
                full = np.full((self._file.height, self._file.width), 255 - density, np.uint8)
                _paste(full, coverage, mask.left, mask.top)
                return full, 0, 0, 0
        return coverage, mask.left, mask.top, outside


def _weakened(coverage: Coverage, density: int) -> Coverage:
    """Return a mask of that density (0…255): what it hides still shows a little."""
    shown: Coverage = np.rint(255 - (255 - coverage.astype(np.float32)) * (density / 255)).astype(np.uint8)
    return shown


def _paste(target: Coverage, piece: Coverage, x: int, y: int) -> None:
    """Put ``piece`` into ``target`` with its corner at ``x``, ``y``, as far as it lies inside."""
    height, width = target.shape
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + piece.shape[1]), min(height, y + piece.shape[0])
    if left < right and top < bottom:
        target[top:bottom, left:right] = piece[top - y : bottom - y, left - x : right - x]

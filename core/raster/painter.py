"""How one block of at most 256×256 pixels of a document is composed: layers onto a float surface, bottom to top.

Formulas: W3C *Compositing and Blending Level 1* on encoded sRGB values, *plus-lighter* from Level 2. Layers that are
clipped form one unit with the layer they are clipped to: they are blended onto it at full alpha, its own alpha is put
back, and the whole takes its blend mode and opacity. An adjustment mixes the adjusted colour in and leaves alpha as
it is.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import skia

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    TextLayer,
)
from core.raster.adjust import colour_filter, neutral, opaque_filter
from core.raster.affine import map_rect, mask_placement, placement, scaled
from core.raster.resample import NEAREST, Block, Raster
from core.raster.surfaces import Scratch, scratch
from core.raster.text import layout_text, parse_colour
from core.raster.tiles import Overrides, TileReader

BLEND = {
    BlendMode.NORMAL: skia.BlendMode.kSrcOver,
    BlendMode.MULTIPLY: skia.BlendMode.kMultiply,
    BlendMode.SCREEN: skia.BlendMode.kScreen,
    BlendMode.OVERLAY: skia.BlendMode.kOverlay,
    BlendMode.DARKEN: skia.BlendMode.kDarken,
    BlendMode.LIGHTEN: skia.BlendMode.kLighten,
    BlendMode.COLOUR_DODGE: skia.BlendMode.kColorDodge,
    BlendMode.COLOUR_BURN: skia.BlendMode.kColorBurn,
    BlendMode.HARD_LIGHT: skia.BlendMode.kHardLight,
    BlendMode.SOFT_LIGHT: skia.BlendMode.kSoftLight,
    BlendMode.DIFFERENCE: skia.BlendMode.kDifference,
    BlendMode.EXCLUSION: skia.BlendMode.kExclusion,
    BlendMode.HUE: skia.BlendMode.kHue,
    BlendMode.SATURATION: skia.BlendMode.kSaturation,
    BlendMode.COLOUR: skia.BlendMode.kColor,
    BlendMode.LUMINOSITY: skia.BlendMode.kLuminosity,
    BlendMode.LINEAR_DODGE: skia.BlendMode.kPlus,
}


class OwnedMask(NamedTuple):
    """A mask and the id of the layer it belongs to."""

    owner: str
    mask: Mask


class Unit(NamedTuple):
    """A layer and those clipped to it, from the bottom to the top."""

    base: AnyLayer
    clipped: tuple[AnyLayer, ...]


def units(layers: tuple[AnyLayer, ...]) -> list[Unit]:
    """Return one group's layers as units. What is clipped at the very bottom has nothing to hold on to: it shows."""
    found: list[Unit] = []
    for layer in layers:
        if layer.clipped and found:
            found[-1] = Unit(found[-1].base, (*found[-1].clipped, layer))
        else:
            found.append(Unit(layer, ()))
    return found


def shows(layer: AnyLayer) -> bool:
    """Return whether a layer takes part at all."""
    return layer.visible and layer.opacity > 0.0


class Painter:
    """Composes one block; made for it and used once, in one thread.

    ``overrides`` and ``mask_overrides`` hold uncommitted tiles of raster layers' pixels and of layers' masks, by the
    layer's id.
    """

    def __init__(
        self,
        document: ImageDocument,
        block: Block,
        reader: TileReader,
        overrides: Mapping[str, Overrides],
        mask_overrides: Mapping[str, Overrides],
    ) -> None:
        self._document = document
        self._block = block
        self._reader = reader
        self._overrides = overrides
        self._mask_overrides = mask_overrides

    def paint(self, target: Scratch) -> None:
        """Compose the document's block onto ``target`` (cleared). Raises :class:`core.values.AtelierError`."""
        self._stack(target, self._document.layers)

    def _stack(self, target: Scratch, layers: tuple[AnyLayer, ...]) -> None:
        visible = [unit for unit in units(layers) if shows(unit.base)]
        # Nothing below the topmost layer that covers the block needs any work.
        start = next((index for index in range(len(visible) - 1, 0, -1) if self._covers(visible[index].base)), 0)
        for base, clipped in visible[start:]:
            self._layer(target, base, (), tuple(layer for layer in clipped if shows(layer)))

    def _layer(
        self, target: Scratch, layer: AnyLayer, outer: tuple[OwnedMask, ...], clipped: tuple[AnyLayer, ...] = ()
    ) -> None:
        """Compose one layer with those clipped to it, through its own mask and the ``outer`` ones."""
        all_masks = outer if layer.mask is None else (*outer, OwnedMask(layer.id, layer.mask))
        masks: list[tuple[Raster, bool]] = []
        for owned in all_masks:
            if owned.mask.enabled:
                raster = self._mask(owned)
                effect = _effect(raster, owned.mask.inverted)
                if effect == 0.0:
                    return
                if effect is None:
                    masks.append((raster, owned.mask.inverted))
        if isinstance(layer, AdjustmentLayer):
            self._adjust(target, layer, masks)
            for above in clipped:
                self._layer(target, above, all_masks)
            return
        paint = skia.Paint(BlendMode=BLEND[layer.blend], Alphaf=layer.opacity)
        if not masks and not clipped and _direct(layer):
            if isinstance(layer, GroupLayer):
                self._stack(target, layer.layers)
            elif self._content(target, layer, paint):
                target.empty = False
            return
        with scratch(self._block.width, self._block.height) as own:
            if isinstance(layer, GroupLayer):
                self._stack(own, layer.layers)
            elif self._content(own, layer, skia.Paint()):
                own.empty = False
            if own.empty:
                return
            for raster, inverted in masks:
                self._apply(raster, inverted, own)
            if clipped:
                self._clip(own, clipped)
            target.canvas.drawImage(own.image, 0, 0, NEAREST, paint)
            target.empty = False

    def _clip(self, own: Scratch, clipped: tuple[AnyLayer, ...]) -> None:
        with scratch(self._block.width, self._block.height) as shape:
            shape.canvas.drawImage(own.image, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kSrc))
            own.canvas.drawImage(own.image, 0, 0, NEAREST, _filtered(opaque_filter()))
            for layer in clipped:
                self._layer(own, layer, ())
            own.canvas.drawImage(shape.image, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kDstIn))

    def _adjust(self, target: Scratch, layer: AdjustmentLayer, masks: list[tuple[Raster, bool]]) -> None:
        plain = layer.blend is BlendMode.NORMAL
        if target.empty or (plain and neutral(layer.adjustment)):
            return
        if plain and not masks:
            mix = skia.Paint(
                BlendMode=skia.BlendMode.kSrcATop, ColorFilter=colour_filter(layer.adjustment, layer.opacity)
            )
            target.canvas.drawImage(target.image, 0, 0, NEAREST, mix)
            return
        with scratch(self._block.width, self._block.height) as own:
            if not plain:
                own.canvas.drawImage(target.image, 0, 0, NEAREST, _filtered(opaque_filter()))
            changed = skia.Paint(BlendMode=BLEND[layer.blend], ColorFilter=colour_filter(layer.adjustment))
            own.canvas.drawImage(target.image, 0, 0, NEAREST, changed)
            for raster, inverted in masks:
                self._apply(raster, inverted, own)
            mix = skia.Paint(BlendMode=skia.BlendMode.kSrcATop, Alphaf=layer.opacity)
            target.canvas.drawImage(own.image, 0, 0, NEAREST, mix)

    def _covers(self, layer: AnyLayer) -> bool:
        """Return whether a layer hides everything below it in this block, as far as that is cheap to know."""
        if layer.blend is not BlendMode.NORMAL or layer.opacity < 1.0 or (layer.mask and layer.mask.enabled):
            return False
        if isinstance(layer, FillLayer):
            return all(parse_colour(colour)[3] == 1.0 for colour in (layer.colour, layer.colour2 or layer.colour))
        if isinstance(layer, RasterLayer):
            return self._raster(layer).opaque()
        return False

    def _raster(self, layer: RasterLayer) -> Raster:
        size = layer.width, layer.height
        matrix = placement(layer.transform, *size)
        return Raster(self._reader, layer.pixels, size, matrix, self._block, self._overrides.get(layer.id))

    def _mask(self, owned: OwnedMask) -> Raster:
        mask = owned.mask
        overrides = self._mask_overrides.get(owned.owner)
        size = mask.width, mask.height
        return Raster(self._reader, mask.pixels, size, mask_placement(mask), self._block, overrides)

    def _apply(self, raster: Raster, inverted: bool, own: Scratch) -> None:
        """Multiply ``own`` by the mask."""
        keep = skia.Paint(BlendMode=skia.BlendMode.kDstOut if inverted else skia.BlendMode.kDstIn)
        if raster.moved and (inverted or (raster.fills and sum(1 for _ in raster.places()) == 1)):
            raster.draw(own.canvas, keep)
            return
        with scratch(self._block.width, self._block.height) as coverage:
            raster.draw(coverage.canvas, skia.Paint())
            own.canvas.drawImage(coverage.image, 0, 0, NEAREST, keep)

    def _content(self, own: Scratch, layer: AnyLayer, paint: "skia.Paint") -> bool:
        """Draw what a layer holds; return whether there was anything in this block."""
        match layer:
            case RasterLayer():
                return self._raster(layer).draw(own.canvas, paint)
            case FillLayer():
                self._fill(own, layer, paint)
                return True
            case TextLayer():
                return self._text(own, layer)
        return False

    def _fill(self, own: Scratch, layer: FillLayer, paint: "skia.Paint") -> None:
        first = skia.Color4f(*parse_colour(layer.colour))
        if layer.colour2 is None:
            # A paint's alpha is its colour's: keep the layer's opacity in it.
            opacity = paint.getAlphaf()
            paint.setColor4f(first)
            paint.setAlphaf(first.fA * opacity)
        else:
            paint.setShader(gradient(self._document, layer, self._block))
        own.canvas.drawPaint(paint)

    def _text(self, own: Scratch, layer: TextLayer) -> bool:
        block = layout_text(layer)
        matrix = scaled(
            layer.transform.matrix(block.width, block.height), self._block.scale, self._block.x, self._block.y
        )
        if map_rect(matrix, block.ink).grow(1).intersect(self._block.rect).empty:
            return False
        a, b, c, d, tx, ty = matrix
        own.canvas.save()
        own.canvas.concat(skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1))
        block.draw(own.canvas)
        own.canvas.restore()
        return True


def gradient(document: ImageDocument, layer: FillLayer, block: Block) -> "skia.Shader":
    """Return a linear gradient over the document whose end colours just reach its corners (as in CSS Images 3)."""
    angle = math.radians(layer.angle)
    cos, sin = math.cos(angle), math.sin(angle)
    half = (abs(document.width * cos) + abs(document.height * sin)) / 2
    x, y = document.width / 2, document.height / 2
    ends = [
        skia.Point((x + side * cos * half) * block.scale - block.x, (y + side * sin * half) * block.scale - block.y)
        for side in (-1, 1)
    ]
    colours = [
        skia.Color4f(*parse_colour(colour)).toColor() for colour in (layer.colour, layer.colour2 or layer.colour)
    ]
    premultiplied = 1  # SkGradientShader::kInterpolateColorsInPremul_Flag: no dark fringe towards transparency
    return skia.GradientShader.MakeLinear(ends, colours, None, skia.TileMode.kClamp, premultiplied)


def _filtered(colours: "skia.ColorFilter") -> "skia.Paint":
    return skia.Paint(BlendMode=skia.BlendMode.kSrc, ColorFilter=colours)


def _direct(layer: AnyLayer) -> bool:
    """Return whether a layer can be drawn onto what is below it without a surface of its own."""
    plain = layer.blend is BlendMode.NORMAL and layer.opacity >= 1.0
    if isinstance(layer, TextLayer):
        return plain and layer.background is None and parse_colour(layer.colour)[3] == 1.0
    return passes_through(layer) if isinstance(layer, GroupLayer) else True


def passes_through(group: GroupLayer) -> bool:
    """Return whether a group is the same drawn in place as on its own: *over* is associative, other modes are not."""
    return group.blend is BlendMode.NORMAL and group.opacity >= 1.0 and all(map(_only_over, group.layers))


def _only_over(layer: AnyLayer) -> bool:
    if layer.blend is not BlendMode.NORMAL or isinstance(layer, AdjustmentLayer):
        return False
    return not isinstance(layer, GroupLayer) or all(map(_only_over, layer.layers))


def _effect(raster: Raster, inverted: bool) -> float | None:
    """Return 0 when the mask hides the whole block, 1 when it shows all of it, ``None`` when it must be applied."""
    if next(raster.tiles(), None) is None:
        return 1.0 if inverted else 0.0
    if raster.opaque():
        return 0.0 if inverted else 1.0
    return None

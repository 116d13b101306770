"""How one block of at most 256×256 pixels of a document is composed: layers onto a float surface, bottom to top.

Formulas: W3C *Compositing and Blending Level 1* on encoded sRGB values, *plus-lighter* from Level 2, and
:mod:`core.raster.blending`. Layers that are
clipped form one unit with the layer they are clipped to: they are blended onto it at full alpha, its own alpha is put
back, and the whole takes its blend mode and opacity. An adjustment mixes the adjusted colour in and leaves alpha as
it is.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import msgspec
import numpy as np
import skia

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    Pictured,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
    walk,
)
from core.documents.image_adjustments import ColourLookup
from core.documents.image_effects import Effect
from core.documents.image_filters import LayerFilter
from core.raster import artboards, masking, vector
from core.raster.adjust import EXTENDED, colour_filter, extended, neutral, opaque_filter
from core.raster.affine import Rect, map_rect, mask_placement, placement, scaled
from core.raster.belows import Belows, Floats, Named
from core.raster.bending import bend_of
from core.raster.bent import Bent, RasterSource, TextSource, mask_to_own
from core.raster.blending import SKIA, blend_onto
from core.raster.bounds import layer_bounds
from core.raster.effects import Coverage, Shape, linear_gradient
from core.raster.effects import paint as effect_paint
from core.raster.filtering import Surroundings, filtered, surroundings
from core.raster.fonts import fonts
from core.raster.manifest import TILE
from core.raster.resample import NEAREST, Block, Raster
from core.raster.stacking import Below, Held, OwnedMask, Unit, direct, has_effects, shows, spreads, units
from core.raster.surfaces import Part, Scratch, scratch
from core.raster.text import layout_text, parse_colour
from core.raster.tiles import Overrides, TileReader

replace = msgspec.structs.replace


Masking = tuple[Raster | Bent, bool] | Coverage
"""A raster and whether it is inverted, or how much of each pixel of the block is shown."""


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
        part: Part | None = None,
        memo: Belows | None = None,
    ) -> None:
        """With a ``part`` of the block nothing else is drawn, and what is, is the same to the last bit.

        ``memo`` keeps what uncommitted tiles take part in for as long as this block is composed.
        """
        self._memo = Belows() if memo is None else memo
        self._document = document
        self._block = block
        self._part = part or (0, 0, block.width, block.height)
        self._reader = reader
        self._overrides = overrides
        self._mask_overrides = mask_overrides
        self._frame = artboards.Frame(Rect(0, 0, document.width, document.height))
        """What fills cover: the document, or the artboard that is being drawn."""
        self._rasters: dict[int, tuple[Pictured, Raster | Bent]] = {}
        """By the layer's ``id``: whether it covers is asked before it is drawn."""

    def paint(self, target: Scratch) -> None:
        """Compose the document's block onto ``target`` (cleared). Raises :class:`core.values.AtelierError`."""
        self._stack(target, self._document.layers)

    def _stack(self, target: Scratch, layers: tuple[AnyLayer, ...]) -> None:
        self._units(target, tuple(unit for unit in units(layers) if shows(unit.base)))

    def _units(self, target: Scratch, visible: tuple[Unit, ...]) -> None:
        # Nothing below the topmost layer that covers the block needs any work.
        start = next((index for index in range(len(visible) - 1, 0, -1) if self._covers(visible[index].base)), 0)
        for index in range(start, len(visible)):
            base, clipped = visible[index]
            self._layer(target, base, (), tuple(layer for layer in clipped if shows(layer)), visible[:index])

    def _layer(
        self,
        target: Scratch,
        layer: AnyLayer,
        outer: tuple[OwnedMask, ...],
        clipped: tuple[AnyLayer, ...] = (),
        below: Below = (),
    ) -> None:
        """Compose one layer with those clipped to it, through its own mask and the ``outer`` ones.

        ``target`` holds ``below``, which a filter looks at around the block.
        """
        if has_effects(layer):
            self._with_effects(target, layer, outer, clipped)
            return
        bent = layer if isinstance(layer, Pictured | TextLayer) and layer.warp is not None else None
        all_masks = outer if layer.mask is None else (*outer, OwnedMask(layer.id, layer.mask, bent))
        if layer.vector_mask is not None:
            all_masks = (*all_masks, OwnedMask(layer.id, layer.vector_mask))
        masks: list[Masking] = []
        for owned in all_masks:
            if owned.mask.enabled and not masking.plain(owned.mask):
                soft = masking.coverage(owned.mask, self._block, partial(self._mask_alpha, owned))
                if not soft.any():
                    return
                masks.append(soft)
            elif owned.mask.enabled:
                raster = self._mask(owned)
                effect = _effect(raster, owned.mask.inverted)
                if effect == 0.0:
                    return
                if effect is None:
                    masks.append((raster, owned.mask.inverted))
        board = artboards.board_of(layer)
        if board is not None:
            shown = artboards.inside(board, self._block)
            if not isinstance(shown, float):
                masks.append(shown)
            elif shown == 0.0:
                return
        if isinstance(layer, AdjustmentLayer):
            self._adjust(target, layer, masks, below)
            for index, above in enumerate(clipped):
                self._layer(target, above, all_masks, (), (*below, Unit(layer, clipped[:index])))
            return
        if not masks and not clipped and layer.blend in SKIA and direct(layer):
            paint = skia.Paint(BlendMode=SKIA[layer.blend], Alphaf=layer.opacity)
            if isinstance(layer, GroupLayer):
                self._group(target, layer)
            elif self._content(target, layer, paint):
                target.empty = False
            return
        with scratch(self._part) as own:
            if isinstance(layer, GroupLayer):
                self._group(own, layer)
            elif self._content(own, layer, skia.Paint()):
                own.empty = False
            if own.empty:
                return
            for mask in masks:
                self._apply(mask, own)
            if clipped:
                self._clip(own, clipped, layer, outer)
            blend_onto(target, own, layer.blend, layer.opacity)

    def _group(self, target: Scratch, group: GroupLayer) -> None:
        """Compose what is in a group; an artboard's background first, and its fills over it alone."""
        board, around = group.artboard, self._frame
        if board is None:
            self._frame = around._replace(background=None)
        else:
            self._frame = artboards.Frame(artboards.board_rect(board), board.background)
            self._ground(target)
        self._stack(target, group.layers)
        self._frame = around

    def _ground(self, target: Scratch) -> None:
        """Lay an artboard's background, where there is one."""
        if self._frame.background is not None:
            self._fill(target, FillLayer(id="", colour=self._frame.background), skia.Paint())
            target.empty = False

    def _with_effects(
        self, target: Scratch, layer: AnyLayer, outer: tuple[OwnedMask, ...], clipped: tuple[AnyLayer, ...]
    ) -> None:
        """Effects behind a layer are blended with what is below it, those on it with the layer itself."""
        bare: AnyLayer = replace(layer, effects=(), opacity=1.0, blend=BlendMode.NORMAL)
        effects = tuple(effect for effect in layer.effects if effect.enabled)
        shape = Shape(self._block, effects, lambda around: self._alpha(around, bare, outer))
        if not shape.alpha.any():
            return
        box = layer_bounds(layer, self._frame.rect)
        for effect in effects:
            self._effect(target, effect, shape.behind(effect), box, layer.opacity)
        with scratch(self._part) as own:
            self._layer(own, bare, outer, clipped)
            if own.empty:
                return
            over = [(effect, coverage) for effect in effects if (coverage := shape.over(effect)) is not None]
            if over:
                with self._kept_shape(own):
                    for effect, coverage in over:
                        self._effect(own, effect, coverage, box)
            blend_onto(target, own, layer.blend, layer.opacity)

    def _effect(
        self, target: Scratch, effect: Effect, coverage: Coverage | None, box: Rect, opacity: float = 1.0
    ) -> None:
        if coverage is None or not coverage.any():
            return
        with scratch(self._part) as own:
            own.canvas.drawPaint(effect_paint(effect, box, self._block))
            own.array[: self._block.height, : self._block.width] *= coverage[..., None]
            own.empty = False
            blend_onto(target, own, effect.blend, effect.opacity * opacity)

    def _alpha(self, around: Block, layer: AnyLayer, outer: tuple[OwnedMask, ...]) -> Coverage:
        """Return a layer's alpha in a block of any size."""
        alpha = np.zeros((around.height, around.width), np.float32)
        for top in range(0, around.height, TILE):
            for left in range(0, around.width, TILE):
                width, height = min(TILE, around.width - left), min(TILE, around.height - top)
                part = Block(around.x + left, around.y + top, width, height, around.scale)
                with scratch((0, 0, width, height)) as own:
                    painter = Painter(self._document, part, self._reader, self._overrides, self._mask_overrides)
                    painter._frame = self._frame
                    painter._layer(own, layer, outer)
                    if not own.empty:
                        alpha[top : top + height, left : left + width] = own.array[:height, :width, 3]
        return alpha

    @contextmanager
    def _kept_shape(self, own: Scratch) -> Iterator[None]:
        """Make ``own`` opaque while something is blended onto it, and give it its alpha back."""
        with scratch(self._part) as shape:
            shape.canvas.drawImage(own.image, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kSrc))
            own.canvas.drawImage(own.image, 0, 0, NEAREST, _filtered(opaque_filter()))
            yield
            own.canvas.drawImage(shape.image, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kDstIn))

    def _clip(self, own: Scratch, clipped: tuple[AnyLayer, ...], base: AnyLayer, outer: tuple[OwnedMask, ...]) -> None:
        bare: AnyLayer = replace(base, opacity=1.0, blend=BlendMode.NORMAL, clipped=False)
        with self._kept_shape(own):
            for index, layer in enumerate(clipped):
                self._layer(own, layer, (), (), (Held(bare, outer, clipped[:index]),))

    def _adjust(self, target: Scratch, layer: AdjustmentLayer, masks: list[Masking], below: Below) -> None:
        adjustment = layer.adjustment
        if isinstance(adjustment, LayerFilter):
            self._filter_below(target, layer, adjustment, masks, below)
            return
        plain = layer.blend is BlendMode.NORMAL
        if target.empty or (plain and neutral(adjustment)):
            return
        # Floats are adjusted beyond 0…1 too, where the adjustment has a meaning there.
        beyond = self._document.depth == 32 and isinstance(adjustment, EXTENDED)
        if plain and not masks and not beyond:
            mix = skia.Paint(BlendMode=skia.BlendMode.kSrcATop, ColorFilter=self._filter(layer, layer.opacity))
            target.canvas.drawImage(target.image, 0, 0, NEAREST, mix)
            return
        with scratch(self._part) as own:
            if beyond:
                left, top, right, bottom = self._part
                here = own.array[top:bottom, left:right]
                here[..., :3] = extended(adjustment, target.read_floats()[..., :3])
                here[..., 3] = 1.0
            else:
                own.canvas.drawImage(target.image, 0, 0, NEAREST, _filtered(self._filter(layer)))
            if not plain:
                self._blend_changed(target, own, layer.blend)
            for mask in masks:
                self._apply(mask, own)
            mix = skia.Paint(BlendMode=skia.BlendMode.kSrcATop, Alphaf=layer.opacity)
            target.canvas.drawImage(own.image, 0, 0, NEAREST, mix)

    def _filter_below(
        self, target: Scratch, layer: AdjustmentLayer, wanted: LayerFilter, masks: list[Masking], below: Below
    ) -> None:
        """Mix in what a filter makes of ``below``. The whole block is worked out, so that every part is the same."""
        plain = layer.blend is BlendMode.NORMAL
        if plain and wanted.neutral():
            return
        held = bool(below) and isinstance(below[0], Held)
        changed = filtered(wanted, self._frame.own(self._block), self._frame.size(), self._look(below))
        if not changed.any():
            return
        if held:
            # What it is clipped to is opaque meanwhile, and gets its alpha back.
            alpha = changed[..., 3:]
            changed = np.where(
                alpha > 0, changed / np.maximum(alpha, 1e-9), target.array[: len(changed), : changed.shape[1]]
            )
        left, top, right, bottom = self._part
        here = np.s_[top:bottom, left:right]
        with scratch(self._part) as own:
            if plain:
                share = layer.opacity * self._shared(masks)[here]
                target.array[here] += (changed[here] - target.array[here]) * share
                target.empty = False
                return
            own.array[here] = changed[here]
            own.empty = False
            self._blend_changed(target, own, layer.blend)
            for mask in masks:
                self._apply(mask, own)
            mix = skia.Paint(BlendMode=skia.BlendMode.kSrcATop, Alphaf=layer.opacity)
            target.canvas.drawImage(own.image, 0, 0, NEAREST, mix)

    def _shared(self, masks: list[Masking]) -> Floats:
        """Return how much of each pixel of the block shows through all masks: 256×256×1."""
        with scratch(self._part) as own:
            own.canvas.drawColor(skia.Color4f(1, 1, 1, 1))
            own.empty = False
            for mask in masks:
                self._apply(mask, own)
            return own.array[..., 3:].copy()

    def _look(self, below: Below) -> Callable[[int, int], Surroundings]:
        size, block = self._frame.size(), self._frame.own(self._block)
        what = Named((below, self._frame, fonts().generation, self._document.profile))
        layers = {layer.id: layer for unit in below for layer in walk((unit.base, *unit.clipped))}
        painted = [layers[one] for one in self._overrides if one in layers]
        masked = any(one in layers for one in self._mask_overrides)
        loose = masked or (bool(painted) and any(map(spreads, layers.values())))

        def tile(scale: float, column: int, row: int) -> Floats:
            around = self._frame.outside(Block(column * TILE, row * TILE, TILE, TILE, scale))
            living = loose or any(self._painted(layer, around) for layer in painted)
            kept = self._memo if living else self._reader.belows
            return kept.get((what, scale, column, row), partial(self._below, below, around))

        return lambda factor, margin: surroundings(block, size, factor, margin, tile)

    def _painted(self, layer: AnyLayer, block: Block) -> bool:
        """Return whether uncommitted tiles of a raster layer can be seen in a block."""
        if not isinstance(layer, RasterLayer):
            return True
        size, overrides = (layer.width, layer.height), self._overrides[layer.id]
        raster = Raster(self._reader, layer.pixels, size, placement(layer.transform, *size), block, None)
        seen = {(col, row) for col, row, _ in raster.places()}
        return any((col >> raster.level, row >> raster.level) in seen for col, row in overrides)

    def _below(self, below: Below, block: Block) -> Floats:
        painter = Painter(self._document, block, self._reader, self._overrides, self._mask_overrides, memo=self._memo)
        painter._frame = self._frame
        with scratch() as own:
            if below and isinstance(below[0], Held):
                painter._layer(own, below[0].base, below[0].outer, below[0].clipped)
            else:
                painter._ground(own)
                painter._units(own, tuple(unit for unit in below if isinstance(unit, Unit)))
            return own.array.copy()

    def _blend_changed(self, target: Scratch, own: Scratch, mode: BlendMode) -> None:
        """Blend the changed colours in ``own`` onto those of ``target``, all at full alpha."""
        with scratch(self._part) as before:
            before.canvas.drawImage(target.image, 0, 0, NEAREST, _filtered(opaque_filter()))
            blend_onto(before, own, mode)
            own.canvas.drawImage(before.image, 0, 0, NEAREST, skia.Paint(BlendMode=skia.BlendMode.kSrc))

    def _filter(self, layer: AdjustmentLayer, amount: float = 1.0) -> "skia.ColorFilter":
        deep = self._document.depth > 8
        if isinstance(layer.adjustment, ColourLookup) and layer.adjustment.table is not None:
            return self._reader.lookup(layer.adjustment.table, amount, deep=deep)
        assert not isinstance(layer.adjustment, LayerFilter)
        return colour_filter(layer.adjustment, amount, deep=deep)

    def _covers(self, layer: AnyLayer) -> bool:
        """Return whether a layer hides everything below it in this block, as far as that is cheap to know."""
        if layer.blend is not BlendMode.NORMAL or layer.opacity < 1.0 or (layer.mask and layer.mask.enabled):
            return False
        if layer.vector_mask is not None and layer.vector_mask.enabled:
            return False
        if isinstance(layer, FillLayer):
            return all(parse_colour(colour)[3] == 1.0 for colour in (layer.colour, layer.colour2 or layer.colour))
        if isinstance(layer, Pictured):
            return self._raster(layer).opaque()
        board = artboards.board_of(layer)
        if board is not None and board.background is not None:
            shown = artboards.inside(board, self._block)
            return isinstance(shown, float) and shown == parse_colour(board.background)[3] == 1.0
        return False

    def _raster(self, layer: Pictured) -> Raster | Bent:
        known = self._rasters.get(id(layer))
        if known is not None:
            return known[1]
        size = layer.width, layer.height
        reader = self._reader if isinstance(layer, RasterLayer) else self._reader.linked(self._document.profile)
        bend = bend_of(layer)
        if bend is not None:
            source = RasterSource(reader, layer.pixels, size, self._overrides.get(layer.id))
            return Bent(source, bend, self._block)
        matrix = placement(layer.transform, *size)
        overrides = self._overrides.get(layer.id)
        raster = Raster(reader, layer.pixels, size, matrix, self._block, overrides, self._part)
        self._rasters[id(layer)] = layer, raster
        return raster

    def _mask(self, owned: OwnedMask) -> Raster | Bent:
        return self._mask_in(owned, self._block)

    def _mask_in(self, owned: OwnedMask, block: Block) -> Raster | Bent:
        mask = owned.mask
        assert isinstance(mask, Mask)
        overrides = self._mask_overrides.get(owned.owner)
        size = mask.width, mask.height
        bend = None if owned.bent is None else bend_of(owned.bent)
        if bend is not None:
            source = RasterSource(self._reader, mask.pixels, size, overrides)
            return Bent(source, bend, block, mask_to_own(mask_placement(mask), bend))
        part = self._part if block is self._block else None
        return Raster(self._reader, mask.pixels, size, mask_placement(mask), block, overrides, part)

    def _mask_alpha(self, owned: OwnedMask, block: Block) -> Coverage:
        with scratch((0, 0, block.width, block.height)) as own:
            self._mask_in(owned, block).draw(own.canvas, skia.Paint())
            own.empty = False
            return own.array[: block.height, : block.width, 3].copy()

    def _apply(self, mask: Masking, own: Scratch) -> None:
        """Multiply ``own`` by the mask."""
        if isinstance(mask, np.ndarray):
            own.array[: self._block.height, : self._block.width] *= mask[..., None]
            return
        raster, inverted = mask
        keep = skia.Paint(BlendMode=skia.BlendMode.kDstOut if inverted else skia.BlendMode.kDstIn)
        if raster.moved and (inverted or (raster.fills and sum(1 for _ in raster.places()) == 1)):
            raster.draw(own.canvas, keep)
            return
        with scratch(self._part) as coverage:
            raster.draw(coverage.canvas, skia.Paint())
            own.canvas.drawImage(coverage.image, 0, 0, NEAREST, keep)

    def _content(self, own: Scratch, layer: AnyLayer, paint: "skia.Paint") -> bool:
        """Draw what a layer holds; return whether there was anything in this block."""
        match layer:
            case RasterLayer() | SmartLayer():
                return self._raster(layer).draw(own.canvas, paint)
            case FillLayer():
                self._fill(own, layer, paint)
                return True
            case TextLayer():
                return self._text(own, layer, paint)
            case ShapeLayer():
                return self._shape(own, layer)
        return False

    def _fill(self, own: Scratch, layer: FillLayer, paint: "skia.Paint") -> None:
        first = skia.Color4f(*parse_colour(layer.colour))
        if layer.colour2 is None:
            # A paint's alpha is its colour's: keep the layer's opacity in it.
            opacity = paint.getAlphaf()
            paint.setColor4f(first)
            paint.setAlphaf(first.fA * opacity)
        else:
            paint.setShader(linear_gradient(self._frame.rect, layer.colour, layer.colour2, layer.angle, self._block))
        own.canvas.drawPaint(paint)

    def _text(self, own: Scratch, layer: TextLayer, paint: "skia.Paint") -> bool:
        block = layout_text(layer)
        bend = bend_of(layer)
        if bend is not None:
            return Bent(TextSource(block), bend, self._block).draw(own.canvas, paint)
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

    def _shape(self, own: Scratch, layer: ShapeLayer) -> bool:
        matrix = layer.transform.matrix(*layer.geometry.size())
        matrix = scaled(matrix, self._block.scale, self._block.x, self._block.y)
        if map_rect(matrix, vector.ink(layer)).grow(1).intersect(self._block.rect).empty:
            return False
        own.canvas.save()
        own.canvas.concat(vector.to_matrix(matrix))
        vector.draw(own.canvas, layer)
        own.canvas.restore()
        return True


def _filtered(colours: "skia.ColorFilter") -> "skia.Paint":
    return skia.Paint(BlendMode=skia.BlendMode.kSrc, ColorFilter=colours)


def _effect(raster: Raster | Bent, inverted: bool) -> float | None:
    """Return 0 when the mask hides the whole block, 1 when it shows all of it, ``None`` when it must be applied."""
    if next(raster.tiles(), None) is None:
        return 1.0 if inverted else 0.0
    if raster.opaque():
        return 0.0 if inverted else 1.0
    return None

"""Layer effects against their definitions in float64: shapes, seams, zoom levels, and what gets dirty."""

import math

import msgspec
import numpy as np
import pytest
from raster_reference import BLEND, Kept, Reference, over
from test_compositing import raster, tiled

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Levels,
    Mask,
    TextLayer,
    Transform,
)
from core.documents.image_effects import (
    ColourOverlay,
    DropShadow,
    Effect,
    GradientOverlay,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
)
from core.raster.compositor import Compositor
from core.raster.effects import widened
from core.raster.manifest import TILE, replace_tiles

F = np.ndarray
replace = msgspec.structs.replace
FAR = 80
"""How far around the picture the reference looks; farther than any effect here reaches."""


def phi(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def blur(values: F, sigma: float, shift: float) -> F:
    """Blur and move along the first axis, sample by sample."""
    reach = math.ceil(3 * sigma) + 2
    offsets = np.arange(-reach, reach + 1)
    if sigma < 0.05:
        weights = np.maximum(0, 1 - np.abs(offsets - (shift - math.floor(shift))))
    else:
        at = offsets - (shift - math.floor(shift))
        inside = np.abs(at) <= 3 * sigma + 1
        weights = np.array([phi((x + 0.5) / sigma) - phi((x - 0.5) / sigma) for x in at]) * inside
        weights /= weights.sum()
    out = np.zeros_like(values)
    for offset, weight in zip(offsets, weights, strict=True):
        out += weight * np.roll(values, int(offset) + math.floor(shift), 0)
    return out


def widen(values: F, radius: float) -> F:
    last = math.ceil(radius + 1)
    out = values.copy()
    for dy in range(-last, last + 1):
        for dx in range(-last, last + 1):
            weight = min(1.0, max(0.0, radius + 1 - math.hypot(dx, dy)))
            if weight and radius > 0:
                out = np.maximum(out, weight * np.roll(values, (dy, dx), (0, 1)))
    return out


class WithEffects(Reference):
    """The reference compositor with effects, on a canvas that is ``FAR`` larger on each side."""

    def unit(self, out: F, base: AnyLayer, clipped: list[AnyLayer]) -> F:
        effects = [effect for effect in base.effects if effect.enabled]
        if not effects or isinstance(base, AdjustmentLayer):
            return super().unit(out, base, clipped)
        bare = replace(base, effects=(), opacity=1.0, blend=BlendMode.NORMAL)
        own = super().unit(np.zeros_like(out), bare, clipped)
        alpha = own[..., 3]
        for effect in effects:
            out = self.effect(out, effect, self.behind(effect, alpha), base.opacity)
        full = np.concatenate([own[..., :3], np.ones_like(own[..., 3:])], -1)
        for effect in effects:
            full = self.effect(full, effect, self.over(effect, alpha), 1.0)
        return over(out, np.concatenate([full[..., :3], alpha[..., None] * base.opacity], -1), base.blend)

    def effect(self, out: F, effect: Effect, coverage: F | None, opacity: float) -> F:
        if coverage is None:
            return out
        assert not isinstance(effect, GradientOverlay)
        colour = [int(effect.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        source = np.concatenate([np.broadcast_to(colour, (*coverage.shape, 3)), coverage[..., None] * opacity], -1)
        source[..., 3] *= effect.opacity
        return over(out, source, effect.blend)

    def soft(self, values: F, effect: DropShadow | InnerShadow | OuterGlow | InnerGlow) -> F:
        wide = effect.size * effect.spread / 100
        dx, dy = effect.offset()
        sigma = (effect.size - wide) / 3
        return blur(blur(widen(values, wide), sigma, dy).T, sigma, dx).T

    def behind(self, effect: Effect, alpha: F) -> F | None:
        if isinstance(effect, DropShadow | OuterGlow):
            return self.soft(alpha, effect)
        if isinstance(effect, Stroke) and effect.position != "inside":
            return widen(alpha, effect.size / (2 if effect.position == "centre" else 1))
        return None

    def over(self, effect: Effect, alpha: F) -> F | None:
        if isinstance(effect, InnerShadow | InnerGlow):
            return self.soft(1 - alpha, effect)
        if isinstance(effect, Stroke) and effect.position != "outside":
            return widen(1 - alpha, effect.size / (2 if effect.position == "centre" else 1))
        return np.ones_like(alpha) if isinstance(effect, ColourOverlay) else None


def shifted(layer: AnyLayer) -> AnyLayer:
    """Return a layer where it stands on the reference's larger canvas."""
    changes: dict[str, object] = {}
    if layer.mask is not None:
        changes["mask"] = replace(layer.mask, x=layer.mask.x + FAR, y=layer.mask.y + FAR)
    if isinstance(layer, GroupLayer):
        changes["layers"] = tuple(map(shifted, layer.layers))
    elif not isinstance(layer, FillLayer | AdjustmentLayer):
        changes["transform"] = replace(layer.transform, x=layer.transform.x + FAR, y=layer.transform.y + FAR)
    return replace(layer, **changes)


def check(document: ImageDocument, kept: Kept) -> float:
    large = replace(
        document,
        width=document.width + 2 * FAR,
        height=document.height + 2 * FAR,
        layers=tuple(map(shifted, document.layers)),
    )
    expected = WithEffects(kept.pixels, lambda layer, colour: 1 - colour).render(large)
    error = np.abs(tiled(Compositor(kept), document) - expected[FAR:-FAR, FAR:-FAR]).max()
    assert error <= 0.6
    return float(error)


def blob(side: int = 120) -> F:
    """Return a picture of two soft discs and a hole, so that there are edges, curves and partial alpha."""
    y, x = np.mgrid[:side, :side]
    out = np.random.default_rng(side).integers(0, 256, (side, side, 4)).astype(np.uint8)
    big = np.clip(side * 0.4 + 0.5 - np.hypot(x - side * 0.45, y - side * 0.5), 0, 1)
    hole = np.clip(side * 0.15 + 0.5 - np.hypot(x - side * 0.4, y - side * 0.5), 0, 1)
    faint = 0.5 * (np.hypot(x - side * 0.85, y - side * 0.2) < side * 0.1)
    out[..., 3] = np.round(255 * np.maximum(big * (1 - hole), faint))
    return out


EFFECTS: list[Effect] = [
    DropShadow(angle=120, distance=9, size=12),
    DropShadow(angle=-37, distance=21.3, size=30, spread=40, colour="#2040c0", blend=BlendMode.NORMAL, opacity=1),
    DropShadow(distance=5.5, size=0, opacity=1),
    InnerShadow(size=9, distance=6),
    InnerShadow(size=14, spread=100, distance=0, angle=10, opacity=1),
    OuterGlow(size=25, spread=10),
    OuterGlow(size=6, blend=BlendMode.LINEAR_LIGHT),
    InnerGlow(size=17, spread=30),
    Stroke(size=1, colour="#ff0000"),
    Stroke(size=7.5, position="centre", opacity=0.6),
    Stroke(size=11, position="inside", blend=BlendMode.VIVID_LIGHT),
    Stroke(size=20, position="outside", blend=BlendMode.MULTIPLY, colour="#80ff20"),
    ColourOverlay(blend=BlendMode.HUE, opacity=0.7),
    ColourOverlay(),
]


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: f"{type(effect).__name__}-{effect.opacity}")
def test_each_effect_is_what_its_definition_says(effect: Effect, kept: Kept, noise) -> None:
    """Across tiles' seams (the picture stands at the corner of four) and at the canvas's edges."""
    layers = (
        raster(kept, noise(300, 290, 1)),
        raster(kept, blob(), x=200, y=190, effects=(effect,), opacity=0.8),
        raster(kept, blob(60), x=-20, y=250, effects=(effect,), blend=BlendMode.MULTIPLY),
    )
    check(ImageDocument(id="d", width=300, height=290, layers=layers), kept)


def test_all_effects_at_once_with_masks_clipping_and_groups(kept: Kept, noise) -> None:
    mask = Mask(pixels=kept.raster(blob(100)), x=210, y=200, width=100, height=100)
    group = GroupLayer(
        layers=(
            raster(kept, blob(80), x=220, y=150, effects=(Stroke(size=4), DropShadow())),
            raster(kept, blob(40), x=250, y=200),
        ),
        effects=(OuterGlow(), InnerShadow(size=5)),
        opacity=0.7,
        blend=BlendMode.SCREEN,
    )
    layers = (
        raster(kept, noise(310, 300, 1)),
        raster(kept, blob(), x=200, y=190, mask=mask, effects=tuple(EFFECTS[:8])),
        raster(kept, noise(60, 60, 2), x=230, y=220, clipped=True),
        raster(kept, blob(50), x=240, y=240, clipped=True, effects=(Stroke(size=3, colour="#00ff00"),)),
        group,
        AdjustmentLayer(adjustment=Levels(out_black=255, out_white=0), effects=(Stroke(),), opacity=0.3),
        FillLayer(colour="#ff800080", effects=(InnerGlow(), ColourOverlay(opacity=0.2))),
        raster(kept, blob(), x=20, y=20, effects=(replace(EFFECTS[0], enabled=False),)),
        raster(kept, blob(), x=90, y=20, visible=False, effects=(EFFECTS[0],)),
    )
    check(ImageDocument(id="d", width=310, height=300, layers=layers), kept)


def test_a_gradient_overlay_fills_the_box_of_its_layer(kept: Kept) -> None:
    solid = np.full((100, 200, 4), 255, np.uint8)
    overlay = GradientOverlay(colour="#ff0000", colour2="#0000ff", angle=0)
    layer = raster(kept, solid, x=150, y=200, effects=(overlay,))
    out = Compositor(kept).render(ImageDocument(id="d", width=400, height=400, layers=(layer,)))
    expected = 255 * (np.arange(200) + 0.5) / 200
    assert np.abs(out[250, 150:350, 2] - expected).max() <= 1
    assert np.abs(out[250, 150:350, 0] - (255 - expected)).max() <= 1
    assert not out[:200].any()


def picture_and_shadow(kept: Kept) -> ImageDocument:
    effects = (DropShadow(size=20, distance=16, opacity=1, colour="#203040"), Stroke(size=8, colour="#ff8000"))
    large = blob(400)
    large[..., :3] = (40, 120, 200)
    layer = raster(kept, large, x=80, y=80, id="t", effects=effects)
    return ImageDocument(id="d", width=640, height=600, layers=(FillLayer(colour="#ffffff"), layer))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_level_shows_the_same_picture_smaller(level: int, kept: Kept) -> None:
    document = picture_and_shadow(kept)
    compositor, side = Compositor(kept), 1 << level
    full = compositor.render(document)[..., :3].astype(float)
    small = full.reshape(600 // side, side, 640 // side, side, 3).mean((1, 3))
    cols, rows = compositor.grid(document, level)
    bands = [
        np.hstack([compositor.render_tile(document, col, row, level) for col in range(cols)]) for row in range(rows)
    ]
    seen = np.vstack(bands)[: small.shape[0], : small.shape[1], 2::-1].astype(float)
    difference = np.abs(seen - small).max(-1)
    # Edges are sampled anew at each size; nothing drifts, widens or fades.
    assert difference.mean() <= 1.5
    assert abs((255 - seen).sum() / (255 - small).sum() - 1) < 0.01


def test_the_shadow_of_a_text_is_that_of_its_letters(kept: Kept) -> None:
    shadow = DropShadow(size=0, distance=100, angle=90, opacity=1, blend=BlendMode.NORMAL, colour="#ff0000")
    text = TextLayer(id="t", text="Äg", size=80, effects=(shadow,), transform=Transform(x=200, y=180))
    out = Compositor(kept).render(ImageDocument(id="d", width=400, height=450, layers=(text,)))
    letters, below = out[180:270], out[280:370]
    assert letters[..., 3].any() and np.abs(letters[..., 3].astype(int) - below[..., 3]).max() <= 1
    assert (below[below[..., 3] > 0][:, :3] == (255, 0, 0)).all()


def test_there_are_no_seams_between_tiles(kept: Kept) -> None:
    document = picture_and_shadow(kept)
    compositor = Compositor(kept)
    whole = tiled(compositor, document).astype(int)
    moved = compositor.render(document, (131, 77, 480, 400)).astype(int)
    assert np.abs(moved - whole[77:477, 131:611]).max() <= 1


def test_effects_dirty_what_they_reach_and_no_more(kept: Kept, noise) -> None:
    paint = raster(kept, noise(2048, 2048, 2), id="paint", effects=(DropShadow(size=10, distance=5),))
    small = raster(kept, noise(100, 100, 3), x=1100, y=1100, id="small", effects=(Stroke(size=3),))
    group = GroupLayer(id="group", layers=(small,), effects=(OuterGlow(size=250),))
    old = ImageDocument(id="d", width=2048, height=2048, layers=(paint, group))
    compositor = Compositor(kept)
    pixels = replace_tiles(paint.pixels, {(3, 3): noise(TILE, TILE, 99)}, kept, kept)
    new = old.replace_layer("paint", lambda one: replace(one, pixels=pixels))
    around = {(col, row) for col in (2, 3, 4) for row in (2, 3, 4)}
    assert compositor.dirty_tiles(old, new) == around == compositor.document_tiles(old, "paint", {(3, 3)})
    far = compositor.document_tiles(old, "small", {(0, 0)})
    assert {(2, 2), (4, 4), (6, 6)} <= far and (1, 1) not in far and (7, 7) not in far
    off = old.replace_layer("paint", lambda one: replace(one, effects=(DropShadow(enabled=False),)))
    assert compositor.dirty_tiles(off, off.replace_layer("paint", lambda one: replace(one, pixels=pixels))) == {(3, 3)}


@pytest.mark.parametrize("seed", range(5))
def test_tiles_that_are_not_dirty_are_identical(seed: int, kept: Kept) -> None:
    random = np.random.default_rng(seed)

    def layer() -> AnyLayer:
        chosen = tuple(EFFECTS[int(i)] for i in random.integers(0, len(EFFECTS), 2))
        x, y = (float(v) for v in random.integers(-40, 640, 2))
        if random.random() < 0.3:
            inner = tuple(raster(kept, blob(60), x=x + 40 * i, y=y, effects=chosen[i:]) for i in (0, 1))
            return GroupLayer(layers=inner, effects=chosen[:1])
        mask = Mask(pixels=kept.raster(blob(90)), x=int(x), y=int(y), width=90, height=90)
        return raster(
            kept,
            blob(110),
            x=x,
            y=y,
            effects=chosen,
            mask=mask if random.random() < 0.3 else None,
            clipped=bool(random.random() < 0.2),
        )

    old = ImageDocument(id="d", width=700, height=640, layers=tuple(layer() for _ in range(4)))
    compositor = Compositor(kept)
    for _ in range(3):
        victim = old.layers[int(random.integers(0, 4))]
        how = int(random.integers(0, 5))
        fields: dict[str, object] = [
            {"effects": (EFFECTS[int(random.integers(0, len(EFFECTS)))],)},
            {"effects": ()},
            {"visible": not victim.visible},
            {"opacity": 0.5},
            {"mask": None},
        ][how]
        new = old.replace_layer(victim.id, lambda one, fields=fields: replace(one, **fields))
        for level in (0, 1):
            dirty = compositor.dirty_tiles(old, new, level)
            assert dirty is not None
            cols, rows = compositor.grid(new, level)
            for place in {(col, row) for col in range(cols) for row in range(rows)} - dirty:
                before, after = (compositor.render_tile(one, *place, level) for one in (old, new))
                assert np.array_equal(before, after), (place, level, fields)
        old = new


@pytest.mark.parametrize("radius", [0.3, 1, 2.5, 7, 18.2])
def test_widening_is_the_largest_within_reach(radius: float) -> None:
    values = np.random.default_rng(1).random((60, 70)) ** 8
    inner = slice(25, -25)
    close = widened(values.astype(np.float32), radius)[inner, inner]
    assert np.abs(close - widen(values, radius)[inner, inner]).max() <= 1e-6
    assert set(BLEND) >= set(BlendMode) - {BlendMode.LINEAR_DODGE}

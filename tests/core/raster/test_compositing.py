"""Composing against a float64 reference written from the specifications: modes, opacity, masks, clipping, groups."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raster_reference import Kept, Reference

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    Exposure,
    FillLayer,
    GroupLayer,
    HueSaturation,
    ImageDocument,
    Levels,
    Mask,
    RasterLayer,
    Transform,
)
from core.raster.compositor import Compositor
from core.raster.manifest import TILE

replace = msgspec.structs.replace
TOLERANCE = 0.51
"""Of 255, premultiplied: rounding once to 8 bits, and nothing else."""


def tiled(compositor: Compositor, document: ImageDocument) -> np.ndarray:
    """Return the document as its canvas tiles: premultiplied RGBA."""
    cols, rows = compositor.grid(document)
    bands = [np.hstack([compositor.render_tile(document, col, row) for col in range(cols)]) for row in range(rows)]
    return np.vstack(bands)[: document.height, : document.width, [2, 1, 0, 3]]


def check(
    document: ImageDocument, kept: Kept, reference: Reference | None = None, tolerance: float = TOLERANCE
) -> None:
    expected = (reference or Reference(kept.pixels)).render(document)
    compositor = Compositor(kept)
    assert np.abs(tiled(compositor, document) - expected).max() <= tolerance
    straight = compositor.render(document).astype(float)
    premultiplied = np.concatenate([straight[..., :3] * straight[..., 3:] / 255, straight[..., 3:]], -1)
    # Rounding alpha moves premultiplied colour by another half.
    assert np.abs(premultiplied - expected).max() <= 1.01


def raster(kept: Kept, array: np.ndarray, **fields: object) -> RasterLayer:
    x, y = fields.pop("x", 0), fields.pop("y", 0)
    transform = Transform(x=x, y=y)  # type: ignore[arg-type]
    height, width = array.shape[:2]
    return RasterLayer(pixels=kept.raster(array), width=width, height=height, transform=transform, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", list(BlendMode))
def test_every_blend_mode_with_every_alpha(mode: BlendMode, kept: Kept, noise) -> None:
    """Noise over noise: all combinations of colour and alpha, clear and opaque included."""
    bottom, top = raster(kept, noise(300, 280, 1)), raster(kept, noise(300, 280, 2), blend=mode, opacity=0.7)
    check(ImageDocument(id="d", width=300, height=280, layers=(bottom, top)), kept)
    check(ImageDocument(id="d", width=300, height=280, layers=(bottom, replace(top, opacity=1.0))), kept)


@pytest.mark.parametrize("mode", list(BlendMode))
def test_every_blend_mode_on_ramps(mode: BlendMode, kept: Kept) -> None:
    """Each pair of the 256 values in each channel, opaque: the corners of the formulas (0, 1 and where they bend)."""
    ramp = np.arange(256, dtype=np.uint8)
    bottom, top = np.full((256, 256, 4), 255, np.uint8), np.full((256, 256, 4), 255, np.uint8)
    bottom[..., 0], bottom[..., 1], bottom[..., 2] = ramp[:, None], ramp[::-1, None], 128
    top[..., 0], top[..., 1], top[..., 2] = ramp[None, :], ramp[None, :], ramp[None, ::-1]
    layers = raster(kept, bottom), raster(kept, top, blend=mode)
    check(ImageDocument(id="d", width=256, height=256, layers=layers), kept)


def test_ten_layers_are_as_exact_as_one(kept: Kept, noise) -> None:
    modes = [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.OVERLAY, BlendMode.SCREEN, BlendMode.NORMAL] * 2
    layers = tuple(raster(kept, noise(200, 150, 10 + i), blend=mode) for i, mode in enumerate(modes))
    check(ImageDocument(id="d", width=200, height=150, layers=layers), kept)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("where", [(0, 0, 330, 290), (40, -30, 100, 200), (250, 200, 300, 300), (500, 0, 10, 10)])
def test_masks(inverted: bool, where: tuple[int, int, int, int], kept: Kept, noise) -> None:
    x, y, width, height = where
    mask = Mask(pixels=kept.raster(noise(width, height, 5)), x=x, y=y, width=width, height=height, inverted=inverted)
    for mode in (BlendMode.NORMAL, BlendMode.LINEAR_DODGE, BlendMode.LUMINOSITY, BlendMode.VIVID_LIGHT):
        layers = (
            raster(kept, noise(330, 290, 3)),
            raster(kept, noise(330, 290, 4), mask=mask, blend=mode, opacity=0.8),
            FillLayer(colour="#20c06080", mask=replace(mask, enabled=False), blend=BlendMode.SCREEN),
        )
        check(ImageDocument(id="d", width=330, height=290, layers=layers), kept)


@pytest.mark.parametrize("alpha", [0, 255])
@pytest.mark.parametrize("inverted", [False, True])
def test_masks_that_show_all_or_nothing(alpha: int, inverted: bool, kept: Kept, noise) -> None:
    mask = Mask(pixels=kept.raster(noise(300, 300, 5, alpha)), width=300, height=300, inverted=inverted)
    layers = raster(kept, noise(330, 330, 3)), raster(kept, noise(330, 330, 4), mask=mask)
    check(ImageDocument(id="d", width=330, height=330, layers=layers), kept)


def test_clipping_keeps_the_shape_of_the_base(kept: Kept, noise) -> None:
    layers = (
        raster(kept, noise(300, 300, 1)),
        raster(kept, noise(120, 130, 2), x=60, y=70, opacity=0.6, blend=BlendMode.MULTIPLY),
        raster(kept, noise(300, 300, 3), clipped=True, blend=BlendMode.OVERLAY, opacity=0.5),
        raster(kept, noise(200, 200, 7), clipped=True, blend=BlendMode.PIN_LIGHT, opacity=0.5),
        raster(kept, noise(90, 90, 4), x=100, y=100, clipped=True),
        raster(kept, noise(90, 90, 4), x=10, y=10, clipped=True, visible=False),
        raster(kept, noise(50, 50, 6)),
    )
    check(ImageDocument(id="d", width=300, height=300, layers=layers), kept)


def test_what_is_clipped_to_a_hidden_layer_is_hidden_and_at_the_bottom_it_shows(kept: Kept, noise) -> None:
    top = raster(kept, noise(60, 60, 2), clipped=True)
    hidden = ImageDocument(id="d", width=60, height=60, layers=(raster(kept, noise(60, 60, 1), visible=False), top))
    assert not Compositor(kept).render(hidden).any()
    alone = replace(hidden, layers=(top,))
    free = replace(hidden, layers=(replace(top, clipped=False),))
    assert np.array_equal(Compositor(kept).render(alone), Compositor(kept).render(free))


@pytest.mark.parametrize("blend", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.HUE, BlendMode.SUBTRACT])
@pytest.mark.parametrize("opacity", [1.0, 0.4])
def test_groups_are_isolated(blend: BlendMode, opacity: float, kept: Kept, noise) -> None:
    inner = (
        raster(kept, noise(200, 200, 2), blend=BlendMode.DIFFERENCE),
        raster(kept, noise(150, 200, 3), x=30, blend=BlendMode.SCREEN),
        GroupLayer(layers=(raster(kept, noise(100, 100, 4), x=20, y=20),), opacity=0.9),
        GroupLayer(layers=()),
    )
    mask = Mask(pixels=kept.raster(noise(180, 180, 9)), width=180, height=180)
    layers = raster(kept, noise(220, 220, 1)), GroupLayer(layers=inner, blend=blend, opacity=opacity, mask=mask)
    check(ImageDocument(id="d", width=220, height=220, layers=layers), kept)
    plain = GroupLayer(
        layers=(raster(kept, noise(99, 99, 7)), raster(kept, noise(99, 99, 8))), blend=blend, opacity=opacity
    )
    check(ImageDocument(id="d", width=220, height=220, layers=(layers[0], plain)), kept)


def levels_inverted(layer: AdjustmentLayer, colour: np.ndarray) -> np.ndarray:
    return 1.0 - colour


@pytest.mark.parametrize("blend", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.COLOUR, BlendMode.LINEAR_LIGHT])
def test_adjustments_act_on_straight_colour_through_mask_and_opacity(blend: BlendMode, kept: Kept, noise) -> None:
    invert = Levels(out_black=255, out_white=0)
    reference = Reference(kept.pixels, levels_inverted)
    mask = Mask(pixels=kept.raster(noise(150, 150, 9)), x=20, y=20, width=150, height=150)
    for fields in ({}, {"opacity": 0.3}, {"mask": mask}, {"mask": mask, "opacity": 0.5}):
        adjustment = AdjustmentLayer(adjustment=invert, blend=blend, **fields)  # type: ignore[arg-type]
        above = raster(kept, noise(90, 90, 3))
        below = raster(kept, noise(220, 220, 1))
        document = ImageDocument(id="d", width=220, height=220, layers=(below, adjustment, above))
        check(document, kept, reference)
        inside = GroupLayer(layers=(raster(kept, noise(60, 60, 5), x=9), adjustment), opacity=0.8)
        check(replace(document, layers=(below, inside)), kept, reference)
        clipped = replace(adjustment, clipped=True)
        check(replace(document, layers=(below, raster(kept, noise(60, 60, 5), x=9), clipped)), kept, reference)


def test_adjustments_keep_alpha(kept: Kept, noise) -> None:
    below = raster(kept, noise(220, 220, 1))
    for one in (Exposure(stops=2), HueSaturation(hue=90, saturation=-40), Levels(out_black=200, out_white=255)):
        plain = ImageDocument(id="d", width=220, height=220, layers=(below,))
        changed = replace(plain, layers=(below, AdjustmentLayer(adjustment=one)))
        assert np.array_equal(Compositor(kept).render(plain)[..., 3], Compositor(kept).render(changed)[..., 3])


def test_layers_clipped_to_an_adjustment_show_through_its_mask(kept: Kept, noise) -> None:
    mask = Mask(pixels=kept.raster(noise(100, 100, 2, 255)), x=50, y=50, width=100, height=100)
    base = AdjustmentLayer(adjustment=Exposure(), mask=mask)
    document = ImageDocument(id="d", width=200, height=200, layers=(base, FillLayer(colour="#ff0000", clipped=True)))
    out = Compositor(kept).render(document)
    assert (out[50:150, 50:150] == (255, 0, 0, 255)).all()
    out[50:150, 50:150] = 0
    assert not out.any()


def test_one_layer_comes_out_as_it_went_in(kept: Kept, noise) -> None:
    array = noise(700, 300, 1)
    out = Compositor(kept).render(ImageDocument(id="d", width=700, height=300, layers=(raster(kept, array),)))
    seen = array[..., 3] > 0
    assert np.array_equal(out[seen], array[seen])
    assert not out[~seen].any()


JUMPING = {
    BlendMode.COLOUR_DODGE,  # nothing stays nothing, and hardly anything becomes full
    BlendMode.COLOUR_BURN,
    BlendMode.HARD_MIX,
    BlendMode.DARKER_COLOUR,
    BlendMode.LIGHTER_COLOUR,
    BlendMode.DIVIDE,
    BlendMode.VIVID_LIGHT,
}
"""Modes that make much of the smallest difference below them; each is tried on its own above."""
STEADY = [mode for mode in BlendMode if mode not in JUMPING]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_random_stacks(data: st.DataObject) -> None:
    """Any nesting of anything the reference knows."""
    kept = Kept()
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))

    def array() -> np.ndarray:
        height, width = generator.integers(1, 300, 2)
        pixels = generator.integers(0, 256, (height, width, 4)).astype(np.uint8)
        pixels[..., 3] = generator.choice([0, 255, 90], (height, width)) if generator.random() < 0.5 else 255
        return pixels

    def mask() -> Mask | None:
        if generator.random() < 0.6:
            return None
        pixels = array()
        return Mask(
            pixels=kept.raster(pixels),
            x=int(generator.integers(-50, 200)),
            y=int(generator.integers(-50, 200)),
            width=pixels.shape[1],
            height=pixels.shape[0],
            inverted=bool(generator.random() < 0.3),
            enabled=bool(generator.random() < 0.8),
        )

    def layer(depth: int) -> AnyLayer:
        common = {
            "mask": mask(),
            "blend": BlendMode(generator.choice(STEADY)) if generator.random() < 0.5 else BlendMode.NORMAL,
            "opacity": float(generator.choice([1.0, 1.0, 0.5, 0.0])),
            "visible": bool(generator.random() < 0.9),
            "clipped": bool(generator.random() < 0.3),
        }
        kind = generator.integers(0, 5 if depth < 2 else 3)
        if kind == 0:
            return FillLayer(colour=str(generator.choice(["#ff8000", "#12345680"])), **common)
        if kind == 1:
            return AdjustmentLayer(adjustment=Levels(out_black=255, out_white=0), **common)
        if kind in (2, 3):
            x, y = (int(v) for v in generator.integers(-60, 250, 2))
            return raster(kept, array(), x=x, y=y, **common)
        return GroupLayer(layers=tuple(layer(depth + 1) for _ in range(generator.integers(0, 4))), **common)

    layers = [layer(0) for _ in range(generator.integers(1, 6))]
    # The reference has no rule for what is clipped to an adjustment; that has a test of its own.
    layers = _unclipped_after_adjustments(layers)
    document = ImageDocument(id="d", width=300, height=270, layers=tuple(layers))
    # An adjustment's table has 16 steps for each of 255: a thirty-second more for each one in the stack.
    check(document, kept, Reference(kept.pixels, levels_inverted), 0.75)


def _unclipped_after_adjustments(layers: list[AnyLayer]) -> list[AnyLayer]:
    out: list[AnyLayer] = []
    base: AnyLayer | None = None
    for layer in layers:
        if isinstance(layer, GroupLayer):
            layer = replace(layer, layers=tuple(_unclipped_after_adjustments(list(layer.layers))))
        if layer.clipped and (base is None or isinstance(base, AdjustmentLayer)):
            layer = replace(layer, clipped=False)
        if not layer.clipped:
            base = layer
        out.append(layer)
    return out


def test_tiles_and_the_whole_picture_agree(kept: Kept, noise) -> None:
    """Blocks of a render do not fall on tiles when it starts elsewhere; nothing may show where they join."""
    layers = (
        raster(kept, noise(700, 600, 1)),
        replace(raster(kept, noise(400, 300, 2)), transform=Transform(x=100.5, y=60, rotation=33, scale_x=1.3)),
        FillLayer(colour="#ff0000", colour2="#00ff0080", angle=30, blend=BlendMode.MULTIPLY),
    )
    document = ImageDocument(id="d", width=700, height=600, layers=layers)
    compositor = Compositor(kept)
    whole = compositor.render(document).astype(int)
    # Where a filter samples depends on the block in the last bit of a float, the antialiasing of edges a little more.
    difference = np.abs(compositor.render(document, (100, 37, 300, 444)) - whole[37:481, 100:400]).max(axis=2)
    assert difference.max() <= 12 and (difference > 1).mean() < 0.005
    assert np.abs(compositor.render(document, (-10, -10, 50, 50))[10:, 10:] - whole[:40, :40]).max() <= 1
    plain = replace(document, layers=layers[:1])
    assert np.array_equal(compositor.render(plain, (100, 37, 300, 444)), compositor.render(plain)[37:481, 100:400])
    assert not compositor.render_tile(document, 9, 9).any()
    assert compositor.render_tile(document, 0, 0).shape == (TILE, TILE, 4)


def test_a_gradient_reaches_the_corners(kept: Kept) -> None:
    fill = FillLayer(colour="#ff0000", colour2="#0000ff", angle=90)
    out = Compositor(kept).render(ImageDocument(id="d", width=40, height=512, layers=(fill,)))
    expected = 255 * (np.arange(512) + 0.5) / 512
    assert np.abs(out[:, 20, 2] - expected).max() <= 1
    assert np.abs(out[:, 20, 0] - (255 - expected)).max() <= 1
    across = Compositor(kept).render(ImageDocument(id="d", width=512, height=9, layers=(replace(fill, angle=180),)))
    assert across[4, 0, 2] >= 254 and across[4, -1, 0] >= 254
    clear = replace(fill, colour2="#ff000000", angle=0)
    faded = Compositor(kept).render(ImageDocument(id="d", width=100, height=9, layers=(clear,)))
    assert (faded[..., 0] == 255).all() and faded[4, 0, 3] > 250 > 5 > faded[4, -1, 3]

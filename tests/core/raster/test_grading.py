"""Adjustments that mix channels, and colour tables, against their definitions in float64."""

import colorsys
import itertools

import msgspec
import numpy as np
import pytest
from raster_reference import Kept, lum, set_lum

from core.documents.image import Adjustment, AdjustmentLayer, BlendMode, ImageDocument, RasterLayer
from core.documents.image_adjustments import (
    BlackWhite,
    ColourBalance,
    ColourLookup,
    GradientMap,
    Invert,
    PhotoFilter,
    Posterise,
    Stop,
    Threshold,
    Vibrance,
)
from core.raster.compositor import Compositor
from core.raster.cube import MAX_BYTES, read_cube
from core.values import AtelierError

F = np.ndarray
replace = msgspec.structs.replace


def colours() -> F:
    """Return 256×256 opaque colours: greys, corners of the cube, two equal channels, and noise."""
    array = np.random.default_rng(1).integers(0, 256, (256, 256, 4)).astype(np.uint8)
    array[:32, :, :3] = np.arange(256, dtype=np.uint8)[None, :, None]
    array[32:64, :, 1] = array[32:64, :, 2]
    array[64:90, :, :3] = np.random.default_rng(2).choice([0, 128, 255], (26, 256, 3))
    array[..., 3] = 255
    return array


X = colours()[..., :3] / 255.0


def document(kept: Kept, adjustment: Adjustment, **fields: object) -> ImageDocument:
    base = RasterLayer(pixels=kept.raster(colours()), width=256, height=256)
    layer = AdjustmentLayer(id="a", adjustment=adjustment, **fields)  # type: ignore[arg-type]
    return ImageDocument(id="d", width=256, height=256, layers=(base, layer))


def check(kept: Kept, adjustment: Adjustment, expected: F) -> None:
    out = Compositor(kept).render(document(kept, adjustment))
    assert (out[..., 3] == 255).all()
    assert np.abs(out[..., :3] - np.clip(expected, 0, 1) * 255).max() <= 0.52


def test_invert_threshold_and_posterise(kept: Kept) -> None:
    check(kept, Invert(), 1 - X)
    luma = (colours()[..., :3].astype(int) * (30, 59, 11)).sum(-1, keepdims=True)
    for level in (1, 100, 128, 255):
        check(kept, Threshold(level=level), np.broadcast_to(luma >= 100 * level, X.shape).astype(float))
    for levels in (2, 5, 255):
        steps = np.minimum(colours()[..., :3].astype(int) * levels // 255, levels - 1) / (levels - 1)
        check(kept, Posterise(levels=levels), steps)


@pytest.mark.parametrize(("vibrance", "saturation"), [(60, 0), (-80, 0), (0, -100), (100, 100), (-30, 40)])
def test_vibrance_spares_what_is_colourful(vibrance: float, saturation: float, kept: Kept) -> None:
    spread = X.max(-1, keepdims=True) - X.min(-1, keepdims=True)
    factor = (1 + vibrance / 100 * (1 - spread)) * (1 + saturation / 100)
    check(kept, Vibrance(vibrance=vibrance, saturation=saturation), lum(X) + (X - lum(X)) * factor)


def test_black_and_white_weighs_six_hues(kept: Kept) -> None:
    one = BlackWhite(reds=10, yellows=150, greens=-40, cyans=60, blues=20, magentas=80)
    primary = np.array([one.reds, one.greens, one.blues]) / 100
    secondary = np.array([one.cyans, one.magentas, one.yellows]) / 100  # where red, green, blue is the least
    order = np.sort(X, -1)
    low, middle, high = order[..., 0], order[..., 1], order[..., 2]
    grey = low + (middle - low) * secondary[X.argmin(-1)] + (high - middle) * primary[X.argmax(-1)]
    check(kept, one, np.repeat(grey[..., None], 3, -1))


@pytest.mark.parametrize("preserve", [False, True])
def test_a_photo_filter_multiplies(preserve: bool, kept: Kept) -> None:
    glass = np.array([0xEC, 0x8A, 0]) / 255
    y = X * (0.4 + 0.6 * glass)
    expected = set_lum(y, lum(X)) if preserve else y
    check(kept, PhotoFilter(colour="#ec8a00", density=60, preserve=preserve), expected)


@pytest.mark.parametrize("preserve", [False, True])
def test_colour_balance_is_that_of_gimp(preserve: bool, kept: Kept) -> None:
    one = ColourBalance(
        shadows_red=40, shadows_blue=-30, midtones_green=70, midtones_red=-20, highlights_blue=90, preserve=preserve
    )
    light = (X.max(-1, keepdims=True) + X.min(-1, keepdims=True)) / 2
    weights = (
        np.clip((light - 0.333) / -0.25 + 0.5, 0, 1) * 0.7,
        np.clip((light - 0.333) / 0.25 + 0.5, 0, 1) * np.clip((light + 0.333 - 1) / -0.25 + 0.5, 0, 1) * 0.7,
        np.clip((light + 0.333 - 1) / 0.25 + 0.5, 0, 1) * 0.7,
    )
    shifts = np.array([[40, 0, -30], [-20, 70, 0], [0, 0, 90]]) / 100
    y = np.clip(X + sum(w * s for w, s in zip(weights, shifts, strict=True)), 0, 1)
    if preserve:
        flat = zip(y.reshape(-1, 3), light.ravel(), strict=True)
        hls = ((colorsys.rgb_to_hls(*c), at) for c, at in flat)
        y = np.array([colorsys.hls_to_rgb(h, at, s) for (h, _, s), at in hls]).reshape(y.shape)
    check(kept, one, y)


def test_a_gradient_map_in_srgb(kept: Kept) -> None:
    stops = Stop(at=0.9, colour="#00ff80"), Stop(at=0.1, colour="#200040"), Stop(at=0.5, colour="#ff0000")
    places, table = [0.1, 0.5, 0.9], np.array([[0x20, 0, 0x40], [255, 0, 0], [0, 255, 0x80]]) / 255
    for reverse in (False, True):
        at = 1 - lum(X)[..., 0] if reverse else lum(X)[..., 0]
        expected = np.stack([np.interp(at, places, table[:, i]) for i in range(3)], -1)
        check(kept, GradientMap(stops=stops, space="srgb", reverse=reverse), expected)


def test_a_gradient_map_in_oklab_is_even_to_the_eye(kept: Kept) -> None:
    """Ends are met, greys stay grey, and blue to yellow goes through no grey mud as it does in sRGB."""
    out = Compositor(kept).render(document(kept, GradientMap()))
    assert np.ptp(out[..., :3].astype(int), axis=-1).max() <= 1
    assert tuple(out[0, 0, :3]) == (0, 0, 0) and tuple(out[0, 255, :3]) == (255, 255, 255)
    # OKLab's middle of black and white has L = 0.5: linear light 0.125, encoded 0.3885.
    assert abs(int(out[0, 128, 0]) - 255 * 0.3885) <= 2
    stops = Stop(at=0, colour="#0000ff"), Stop(at=1, colour="#ffff00")
    middle = Compositor(kept).render(document(kept, GradientMap(stops=stops)))[0, 128, :3].astype(int)
    # Ottosson's formulas worked out by hand for the mean of the two: 0.424, 0.671, 0.794 of 1.
    assert np.abs(middle - np.array([108, 171, 202])).max() <= 3, middle


def cube_text(side: int, how, head: str = "") -> bytes:
    axis = np.linspace(0, 1, side)
    lines = [" ".join(f"{v:.8f}" for v in how(r, g, b)) for b, g, r in itertools.product(axis, axis, axis)]
    return (f'TITLE "1 made # here"\n# comment\n{head}LUT_3D_SIZE {side}\n\n' + "\n".join(lines) + "\n").encode()


def lookup(kept: Kept, data: bytes) -> ColourLookup:
    return ColourLookup(table=kept.put(data, "text/plain"), name="a.cube")


def test_a_3d_table_is_interpolated_in_tetrahedra(kept: Kept) -> None:
    side = 7
    nodes = np.random.default_rng(4).random((side, side, side, 3))  # red, green, blue
    steps = side - 1
    data = cube_text(side, lambda r, g, b: nodes[round(r * steps), round(g * steps), round(b * steps)])
    at = X.reshape(-1, 3) * steps
    base = np.minimum(np.floor(at), steps - 1).astype(int)
    f = at - base
    order = np.argsort(-f, axis=-1, kind="stable")
    sorted_f = np.take_along_axis(f, order, -1)
    weights = np.stack([1 - sorted_f[:, 0], *(-np.diff(sorted_f, axis=-1)).T, sorted_f[:, 2]], -1)
    corner, expected = base.copy(), np.zeros_like(at)
    for step in range(4):
        expected += weights[:, step : step + 1] * nodes[tuple(corner.T)]
        if step < 3:
            corner[np.arange(len(corner)), order[:, step]] += 1
    check(kept, lookup(kept, data), expected.reshape(X.shape))


def test_domains_and_1d_tables(kept: Kept) -> None:
    domain = "DOMAIN_MIN 0.25 0 0\nDOMAIN_MAX 0.75 2 1\n"
    inside = np.clip((X - (0.25, 0, 0)) / (0.5, 2, 1), 0, 1)
    check(kept, lookup(kept, cube_text(5, lambda r, g, b: (r, g, b), domain)), inside)
    check(kept, lookup(kept, cube_text(2, lambda r, g, b: (b, r, g))), X[..., [2, 0, 1]])
    curve = np.linspace(0, 1, 256) ** 2
    text = "LUT_1D_SIZE 256\n" + "\n".join(f"{v} {1 - v} {v / 2}" for v in curve)
    expected = np.stack([X[..., 0] ** 2, 1 - X[..., 1] ** 2, X[..., 2] ** 2 / 2], -1)
    check(kept, lookup(kept, text.encode()), expected)
    assert document(kept, lookup(kept, text.encode())).assets() >= {kept.put(text.encode(), "text/plain")}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"hello",
        b"LUT_3D_SIZE 1\n0 0 0",
        b"LUT_3D_SIZE 999\n",
        b"LUT_3D_SIZE -2\n",
        b"LUT_3D_SIZE 99999999999999999999\n",
        b"LUT_3D_SIZE\n",
        b"LUT_1D_SIZE 2\n0 0 0\n",
        b"LUT_1D_SIZE 2\n0 0 0\n1 1\n",
        b"LUT_1D_SIZE 2\n0 0 0\n1 1 x\n",
        b"LUT_1D_SIZE 2\n0 0 0\n1 1 1e999\n",
        b"LUT_1D_SIZE 2\n0 0 0\n1 1 -nan\n",
        b"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n",
        b"LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\n0 0 0\n1 1 1\n",
        b"LUT_1D_SIZE 2\nDOMAIN_MAX 1 nan 1\n0 0 0\n1 1 1\n",
        b"LUT_1D_SIZE 2\nDOMAIN_MAX 1 1\n0 0 0\n1 1 1\n",
        b" " * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(AtelierError):
        read_cube(data)


def test_without_a_table_nothing_changes_and_a_lost_one_is_said(kept: Kept) -> None:
    out = Compositor(kept).render(document(kept, ColourLookup()))
    assert np.array_equal(out, colours())
    blended = Compositor(kept).render(document(kept, ColourLookup(), blend=BlendMode.MULTIPLY))
    assert np.abs(blended[..., :3] - X**2 * 255).max() <= 0.52
    with pytest.raises(AtelierError):
        Compositor(kept).render(document(kept, ColourLookup(table="ab" * 32)))


def test_opacity_and_blend_modes_apply(kept: Kept) -> None:
    half = Compositor(kept).render(document(kept, Invert(), opacity=0.25))
    assert np.abs(half[..., :3] - (X * 0.75 + (1 - X) * 0.25) * 255).max() <= 0.52
    burnt = Compositor(kept).render(document(kept, Invert(), blend=BlendMode.LINEAR_BURN))
    assert burnt[..., :3].max() <= 1

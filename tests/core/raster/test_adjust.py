"""Adjustments against their definitions in float64, on real composed pixels."""

import colorsys
import itertools

import numpy as np
import pytest
from raster_reference import Kept

from core.documents.image import (
    Adjustment,
    AdjustmentLayer,
    BrightnessContrast,
    Curves,
    Exposure,
    HueSaturation,
    ImageDocument,
    Levels,
    RasterLayer,
    WhiteBalance,
)
from core.raster.adjust import channel_curves, monotone_cubic, neutral, white_balance_gains
from core.raster.compositor import Compositor


def colours() -> np.ndarray:
    """Return 256×256 opaque colours: ramps, greys and noise."""
    array = np.random.default_rng(1).integers(0, 256, (256, 256, 4)).astype(np.uint8)
    array[:64, :, :3] = np.arange(256, dtype=np.uint8)[None, :, None]
    array[64:70, :, 0] = np.arange(256)
    array[..., 3] = 255
    return array


def adjusted(kept: Kept, adjustment: Adjustment) -> np.ndarray:
    base = RasterLayer(pixels=kept.raster(colours()), width=256, height=256)
    layers = (base, AdjustmentLayer(adjustment=adjustment))
    return Compositor(kept).render(ImageDocument(id="d", width=256, height=256, layers=layers))


def linear(value: np.ndarray) -> np.ndarray:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def encoded(value: np.ndarray) -> np.ndarray:
    value = np.clip(value, 0, 1)
    return np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)


def close(out: np.ndarray, expected: np.ndarray) -> None:
    assert (out[..., 3] == 255).all()
    assert np.abs(out[..., :3] - expected * 255).max() <= 0.51


@pytest.mark.parametrize("stops", [-8.0, -1.0, 0.5, 2.0, 8.0])
def test_exposure_multiplies_light(stops: float, kept: Kept) -> None:
    close(adjusted(kept, Exposure(stops=stops)), encoded(linear(colours()[..., :3] / 255) * 2**stops))


@pytest.mark.parametrize(("brightness", "contrast"), [(20, 0), (-100, 0), (0, 60), (0, -100), (30, -30), (0, 100)])
def test_contrast_turns_about_middle_grey(brightness: float, contrast: float, kept: Kept) -> None:
    out = adjusted(kept, BrightnessContrast(brightness=brightness, contrast=contrast))
    slope = np.tan(np.pi / 4 * (1 + min(contrast, 99.9) / 100))
    close(out, np.clip((colours()[..., :3] / 255 + brightness / 200 - 0.5) * slope + 0.5, 0, 1))


@pytest.mark.parametrize(
    "levels",
    [
        Levels(black=30, white=200),
        Levels(gamma=2.2),
        Levels(black=50, white=50, gamma=0.5),
        Levels(out_black=255, out_white=0),
        Levels(black=10, white=240, gamma=1.4, out_black=20, out_white=220),
    ],
)
def test_levels(levels: Levels, kept: Kept) -> None:
    white = max(levels.white, levels.black + 1)
    t = np.clip((colours()[..., :3].astype(float) - levels.black) / (white - levels.black), 0, 1) ** (1 / levels.gamma)
    close(adjusted(kept, levels), (levels.out_black + t * (levels.out_white - levels.out_black)) / 255)


def test_white_balance_keeps_the_luminance_of_grey(kept: Kept) -> None:
    for temperature, tint in ((100, 0), (-60, 0), (0, 80), (40, -100)):
        one = WhiteBalance(temperature=temperature, tint=tint)
        gains = white_balance_gains(one)
        assert np.dot(gains, (0.2126, 0.7152, 0.0722)) == pytest.approx(1.0)
        if temperature:
            assert (gains[0] > gains[2]) == (temperature > 0)
        close(adjusted(kept, one), encoded(linear(colours()[..., :3] / 255) * np.array(gains)))
    magenta = white_balance_gains(WhiteBalance(tint=50))
    assert magenta[1] < 1 < magenta[0]


@pytest.mark.parametrize(
    ("hue", "saturation", "lightness"), [(30, 0, 0), (-180, 50, 0), (0, -100, 0), (77, 40, 30), (0, 0, -45)]
)
def test_hue_and_saturation_are_hsl(hue: float, saturation: float, lightness: float, kept: Kept) -> None:
    out = adjusted(kept, HueSaturation(hue=hue, saturation=saturation, lightness=lightness))
    source = colours()
    for y, x in np.random.default_rng(3).integers(0, 256, (400, 2)):
        h, light, s = colorsys.rgb_to_hls(*(float(v) / 255 for v in source[y, x, :3]))
        h, s = (h + hue / 360) % 1, min(1.0, s * (1 + saturation / 100))
        light = light + (1 - light) * lightness / 100 if lightness > 0 else light * (1 + lightness / 100)
        expected = np.array(colorsys.hls_to_rgb(h, light, s)) * 255
        assert np.abs(out[y, x, :3] - expected).max() <= 0.6, (source[y, x], expected)


def test_curves_apply_the_master_then_each_channel(kept: Kept) -> None:
    master, red = ((0.0, 0.1), (0.4, 0.6), (1.0, 0.9)), ((0.0, 1.0), (1.0, 0.0))
    out = adjusted(kept, Curves(master=master, red=red))
    x = colours()[..., :3] / 255
    after = monotone_cubic(master, x)
    expected = np.stack([1 - after[..., 0], after[..., 1], after[..., 2]], -1)
    close(out, expected)


def test_curves_pass_through_their_points_and_never_overshoot() -> None:
    generator = np.random.default_rng(5)
    x = np.linspace(0, 1, 2001)
    for _ in range(60):
        xs = np.sort(generator.choice(np.arange(1, 100), generator.integers(2, 8), replace=False)) / 100
        ys = generator.random(len(xs))
        points = tuple((float(a), float(b)) for a, b in zip(xs, ys, strict=True))
        y = monotone_cubic(points, x)
        assert np.allclose(monotone_cubic(points, xs), ys)
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            piece = y[(x >= x0) & (x <= x1)]
            assert piece.min() >= min(y0, y1) - 1e-9 and piece.max() <= max(y0, y1) + 1e-9
            assert (np.diff(piece) * np.sign(y1 - y0) >= -1e-9).all()
        assert (y[x < xs[0]] == y[0]).all() and (y[x > xs[-1]] == y[-1]).all()


def test_odd_curves_are_still_curves() -> None:
    x = np.linspace(0, 1, 11)
    assert np.array_equal(monotone_cubic((), x), x)
    assert np.allclose(monotone_cubic(((0.3, 0.7),), x), 0.7)
    assert np.allclose(monotone_cubic(((0.0, 0.0), (0.0, 0.9), (1.0, 1.0)), x), x)
    assert monotone_cubic(((0.0, -3.0), (1.0, 5.0)), x).min() >= 0


def test_what_changes_nothing_is_known_to(kept: Kept) -> None:
    for kind in (Exposure, BrightnessContrast, Levels, Curves, HueSaturation, WhiteBalance):
        assert neutral(kind())
        assert np.array_equal(adjusted(kept, kind()), colours())
    assert not neutral(Exposure(stops=0.1))
    # Nothing is skipped because it is neutral only nearly: the tables themselves are the identity.
    x = np.linspace(0, 1, 256)
    for kind in (Exposure, BrightnessContrast, Levels, Curves, WhiteBalance):
        table = channel_curves(kind(), x)
        assert table is not None and np.allclose(table, x, atol=1e-12)

"""Matching colours, finding palettes and grading, on real photographs."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from coloraide import Color
from image_bench import DATA, Bench, psnr

from core.documents.image import (
    AdjustmentLayer,
    Exposure,
    HueSaturation,
    ImageDocument,
    Levels,
    RasterLayer,
    WhiteBalance,
)
from core.image import files, grading
from core.image.colour_transfer import NODES, apply_table
from core.image.palette import HARMONIES, PaletteData
from core.image.pixels import bleed, from_oklab, to_oklab
from core.operations.image import AutoGrade, ColourTransfer, Palette, RenderDocument
from core.raster.manifest import write_raster
from core.values import AtelierError, hash_bytes


def distance(a: np.ndarray, b: np.ndarray) -> float:
    """Mean difference of the quantiles of OKLab channels along 20 fixed directions (a sliced Wasserstein distance)."""
    random = np.random.default_rng(5)
    q = np.linspace(0, 1, 400)
    total = 0.0
    for _ in range(20):
        axis = random.standard_normal(3)
        axis /= np.linalg.norm(axis)
        total += float(np.abs(np.quantile(a @ axis, q) - np.quantile(b @ axis, q)).mean())
    return total / 20


def lab(pixels: np.ndarray) -> np.ndarray:
    return to_oklab(pixels[::3, ::3, :3]).reshape(-1, 3)


@pytest.mark.parametrize(("source", "reference"), [("coffee", "rocket.jpg"), ("chelsea.png", "coffee")])
def test_colours_become_those_of_the_reference(bench: Bench, coffee: Path, source: str, reference: str) -> None:
    pixels, wanted = (files.load(coffee if n == "coffee" else DATA / n).pixels for n in (source, reference))
    image, other = bench.image(pixels), bench.image(wanted)
    found = bench.run(ColourTransfer(image=image, reference=other)).output
    before, after = distance(lab(pixels), lab(wanted)), distance(lab(found), lab(wanted))
    assert after < 0.12 * before, f"{before:.4f} to {after:.4f}"
    half = bench.run(ColourTransfer(image=image, reference=other, strength=50)).output
    assert after < distance(lab(half), lab(wanted)) < before
    kept = bench.run(ColourTransfer(image=image, reference=other, keep_lightness=True)).output
    assert np.abs(lab(kept)[:, 0] - lab(pixels)[:, 0]).mean() < 0.02
    again = bench.run(ColourTransfer(image=image, reference=other)).output
    np.testing.assert_array_equal(found, again)
    assert (bench.run(ColourTransfer(image=image, reference=other, seed=1)).output != found).any()


def test_matching_makes_no_bands_and_keeps_alpha(bench: Bench, coffee: Path) -> None:
    """A smooth ramp stays smooth: no step of it grows beyond a few levels."""
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 64, 0).repeat(4, 2)
    ramp[..., 3] = np.arange(64, dtype=np.uint8)[:, None] * 4
    found = bench.run(ColourTransfer(image=bench.image(ramp), reference=bench.image(files.load(coffee).pixels))).output
    np.testing.assert_array_equal(found[..., 3], ramp[..., 3])
    assert np.abs(np.diff(found[40, :, :3].astype(int), axis=0)).max() <= 14


def test_a_neutral_table_changes_nothing(coffee: Path) -> None:
    steps = np.linspace(0, 1, NODES, dtype=np.float32)
    table = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1)
    pixels = files.load(coffee).pixels
    np.testing.assert_array_equal(apply_table(pixels, table), pixels)


def test_nothing_visible_is_said(bench: Bench, coffee: Path) -> None:
    empty, photo = bench.image(np.zeros((20, 20, 4), np.uint8)), bench.image(files.load(coffee).pixels)
    for operation, what in (
        (ColourTransfer(image=empty, reference=photo), "The picture is transparent"),
        (ColourTransfer(image=photo, reference=empty), "The reference is transparent"),
        (Palette(image=empty), "no colours"),
        (AutoGrade(image=empty), "nothing to grade"),
    ):
        with pytest.raises(AtelierError, match=what):
            bench.run(operation)


def test_a_palette_finds_the_colours_that_are_there(bench: Bench) -> None:
    true = {"#c8102e": 0.5, "#f2e3c6": 0.3, "#0b3d5c": 0.15, "#2e7d32": 0.05}
    picture = np.zeros((100, 100, 3), np.uint8)
    top = 0
    for colour, share in true.items():
        rows = round(share * 100)
        picture[top : top + rows] = tuple(bytes.fromhex(colour[1:]))
        top += rows
    noise = np.random.default_rng(0).integers(-4, 5, picture.shape)
    data: PaletteData = bench.run(
        Palette(image=bench.image((picture + noise).clip(0, 255).astype(np.uint8)), colours=4)
    )["data"]
    for swatch, (colour, share) in zip(data.swatches, true.items(), strict=True):
        assert Color(swatch.colour).delta_e(colour, method="ok") < 0.02
        assert swatch.share == pytest.approx(share, abs=0.01)


def test_a_palette_of_the_photo(bench: Bench, coffee: Path) -> None:
    asset = bench.image(files.load(coffee).pixels)
    run = bench.run(Palette(image=asset, colours=6))
    data: PaletteData = run["data"]
    assert run["image"].shape[1:] == (1200, 4) and (run["image"][..., 3] == 255).all()
    assert len(data.swatches) == 6 and sum(s.share for s in data.swatches) == pytest.approx(1, abs=0.001)
    assert [s.share for s in data.swatches] == sorted((s.share for s in data.swatches), reverse=True)
    assert 20 < data.swatches[data.key].hue < 70, "the cup is red-brown"
    for swatch in data.swatches:
        assert set(swatch.harmonies) == set(HARMONIES)
        assert [len(c) for c in swatch.harmonies.values()] == [2, 3, 3, 3, 4]
        assert all(c[0] == swatch.colour for c in swatch.harmonies.values())
    key = data.swatches[data.key]
    opposite = Color(key.harmonies["complementary"][1]).convert("oklch")
    assert abs((opposite["hue"] - key.hue) % 360 - 180) < 25
    assert len(data.pairs) == 15
    for pair in data.pairs:
        assert pair.contrast == pytest.approx(_wcag(pair.first, pair.second), abs=0.01)
        assert pair.level == (
            "AAA" if pair.contrast >= 7 else "AA" if pair.contrast >= 4.5 else "AA large" if pair.contrast >= 3 else ""
        )
    assert msgspec.json.decode(msgspec.json.encode(data), type=PaletteData) == data
    assert bench.run(Palette(image=asset, colours=6))["data"] == data


def _wcag(first: str, second: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    light = []
    for colour in (first, second):
        channels = [v / 255 for v in bytes.fromhex(colour[1:])]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(light) + 0.05) / (min(light) + 0.05)


def test_few_colours_make_few_swatches(bench: Bench) -> None:
    data = bench.run(Palette(image=bench.image(np.full((40, 40, 3), 90, np.uint8)), colours=8))["data"]
    assert [s.colour for s in data.swatches] == ["#5a5a5a"]


def worn(pixels: np.ndarray) -> np.ndarray:
    """A photo as it comes out of a bad light: darker, bluish, flat."""
    out = pixels.copy()
    out[..., :3] = (255 * (pixels[..., :3] / 255.0) ** 1.6 * (0.8, 0.9, 1.0) * 0.8 + 12).clip(0, 255)
    return out


@pytest.mark.parametrize("source", ["coffee", "chelsea.png", "rocket.jpg"])
def test_a_worn_photo_comes_closer_to_the_good_one(bench: Bench, coffee: Path, source: str) -> None:
    good = files.load(coffee if source == "coffee" else DATA / source).pixels
    bad = worn(good)
    found = bench.run(AutoGrade(image=bench.image(bad)))["image"]
    gain = psnr(found, good) - psnr(bad, good)
    assert gain > 1.5, f"{gain:.1f} dB nearer"


def test_a_good_photo_is_hardly_touched_and_strength_scales(bench: Bench, coffee: Path) -> None:
    good = bench.image(files.load(coffee).pixels)
    assert psnr(bench.run(AutoGrade(image=good))["image"], files.load(coffee).pixels) > 28
    bad = bench.image(worn(files.load(coffee).pixels))
    none = bench.run(AutoGrade(image=bad, strength=0))
    assert none["data"].adjustments == ()
    np.testing.assert_array_equal(none["image"], worn(files.load(coffee).pixels))
    half, full = (bench.run(AutoGrade(image=bad, strength=s))["data"].adjustments for s in (50, 100))
    stops = [next(a.stops for a in found if isinstance(a, Exposure)) for found in (half, full)]
    assert 0 < stops[0] < stops[1]


def test_each_part_can_be_left_out(bench: Bench, coffee: Path) -> None:
    bad = bench.image(worn(files.load(DATA / "chelsea.png").pixels))
    kinds = {"exposure": Exposure, "white_balance": WhiteBalance, "contrast": Levels, "colour": HueSaturation}
    for name, kind in kinds.items():
        found = bench.run(AutoGrade(image=bad, **{name: False}))["data"].adjustments
        assert not any(isinstance(a, kind) for a in found)
        assert found


@pytest.mark.parametrize("cast", [-40, -20, 20, 40])
def test_a_cast_is_measured_as_strong_as_it_is(cast: float, coffee: Path) -> None:
    """What white balance finds changes with the cast, in the right direction, by a good part of it."""
    pixels = files.load(DATA / "chelsea.png").pixels
    tinted = grading.apply(pixels, (WhiteBalance(temperature=-cast),))

    def temperature(picture: np.ndarray) -> float:
        found = grading.measure(picture, exposure=False, contrast=False, colour=False)
        return sum(a.temperature for a in found if isinstance(a, WhiteBalance))

    change = temperature(tinted) - temperature(pixels)
    assert np.sign(change) == np.sign(cast) and abs(change) >= 0.25 * abs(cast)


class _Store:
    """Assets in memory."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def put(self, data: bytes, media_type: str) -> str:
        digest = hash_bytes(data)
        self.data[digest] = data
        return digest

    def get(self, digest: str) -> bytes:
        return self.data[digest]


def test_its_layers_look_like_its_pixels(bench: Bench, coffee: Path) -> None:
    """Keeping the adjustments as layers of a document and keeping the picture are the same thing."""
    from core.raster.compositor import Compositor

    pixels = worn(files.load(coffee).pixels)
    run = bench.run(AutoGrade(image=bench.image(pixels)))
    grade = msgspec.json.decode(msgspec.json.encode(run["data"]), type=grading.Grade)
    assert len(grade.adjustments) >= 3
    store = _Store()
    document = ImageDocument(
        id="d",
        width=600,
        height=400,
        layers=(
            RasterLayer(pixels=write_raster(pixels, store), width=600, height=400),
            *(AdjustmentLayer(adjustment=a) for a in grade.adjustments),
        ),
    )
    rendered = Compositor(store).render(document)
    assert np.abs(rendered.astype(int) - run["image"]).max() <= 1


def test_composing_a_document_by_width_and_in_strips(
    bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.documents.base import encode_document
    from core.engine import assets

    pixels = files.load(coffee).pixels
    store = _Store()
    layer = RasterLayer(pixels=write_raster(pixels, store), width=600, height=400)
    document = ImageDocument(id="d", width=600, height=400, layers=(layer,))
    path = bench.folder / "document"
    path.write_bytes(encode_document(document))
    monkeypatch.setattr(assets.JobAssets, "get", lambda self, digest: store.get(digest))
    monkeypatch.setattr("core.image.exchange.STRIP", 150)
    whole = bench.run(RenderDocument(document=bench.file(path)))
    np.testing.assert_array_equal(whole.output, pixels)
    assert [round(f, 2) for f, _ in whole.progress] == [0.0, 0.38, 0.75]
    assert bench.run(RenderDocument(document=bench.file(path), width=300)).output.shape == (200, 300, 4)
    assert bench.run(RenderDocument(document=bench.file(path), height=100)).output.shape == (100, 150, 4)
    with pytest.raises(AtelierError, match="too large"):
        bench.run(RenderDocument(document=bench.file(path), width=30_000))


def test_oklab_agrees_with_coloraide_and_comes_back() -> None:
    random = np.random.default_rng(0)
    rgb = random.integers(0, 256, (200, 3)).astype(np.uint8)
    found = to_oklab(rgb)
    for colour, ours in zip(rgb, found, strict=True):
        theirs = Color("srgb", [v / 255 for v in colour.tolist()]).convert("oklab").coords()
        np.testing.assert_allclose(ours, theirs, atol=2e-4)
    np.testing.assert_array_equal(np.rint(from_oklab(found) * 255).astype(np.uint8), rgb)


def test_bleeding_fills_only_what_is_hidden() -> None:
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[8:24, 8:24] = (200, 40, 10, 255)
    pixels[..., 1][pixels[..., 3] == 0] = 255
    found = bleed(pixels)
    np.testing.assert_array_equal(found[8:24, 8:24], pixels[8:24, 8:24, :3])
    assert np.abs(found.astype(int) - (200, 40, 10)).max() <= 2

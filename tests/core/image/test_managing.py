"""Colours from profile to profile, against Little CMS on the same profiles, on photographs and through operations."""

import io
import itertools
from pathlib import Path

import msgspec
import numpy as np
import pytest
from icc_profiles import cmyk_profile
from image_bench import DATA, Bench, Run
from PIL import ExifTags, Image, ImageCms

from core.documents.base import encode_document
from core.documents.image import (
    AdjustmentLayer,
    FillLayer,
    GroupLayer,
    HueSaturation,
    ImageDocument,
    Mask,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
    new_image,
)
from core.documents.image_adjustments import ColourLookup, GradientMap
from core.documents.image_effects import DropShadow
from core.documents.image_shapes import LinearGradient, Rectangle, Stop
from core.engine.context import Cancelled
from core.image import files
from core.image.profiles import srgb_profile
from core.operations.base import Asset
from core.operations.image import Export, ExportDocument, ImportFile, ImportLayers, RenderDocument
from core.operations.image_colour import ConvertColours, ConvertProfile, ScreenTable
from core.operations.image_proof import ProofTable
from core.raster import icc, managing
from core.raster.compositor import Compositor
from core.raster.layered import Chained, LayeredReader, adopt_layered
from core.raster.manifest import read_raster, write_raster
from core.raster.pack import MemoryAssets
from core.values import DOCUMENT_TYPE, AtelierError

replace = msgspec.structs.replace
COFFEE = Path(__file__).parents[3] / "resources" / "samples" / "coffee.png"
WIDE = ("display-p3", "adobe-compatible", "romm-compatible")


def little_cms(rgb: np.ndarray, source: bytes, target: bytes, intent: int = 1) -> np.ndarray:
    """Return what Little CMS makes of H×W×3 colours without its short cuts."""
    ends = [ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (source, target)]
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(ends[0], ends[1], "RGB", "RGB", ImageCms.Intent(intent), flags)
    done = ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(rgb)), transform)
    assert done is not None
    return np.asarray(done).astype(int)


def photo(name: str) -> np.ndarray:
    path = COFFEE if name == "coffee" else DATA / name
    return np.asarray(Image.open(path).convert("RGB"))


def kept(bench: Bench, data: bytes, name: str) -> Asset:
    path = bench.folder / name
    path.write_bytes(data)
    return bench.file(path)


@pytest.mark.parametrize("space", WIDE)
@pytest.mark.parametrize("name", ["coffee", "chelsea.png", "rocket.jpg"])
def test_a_photograph_is_converted_as_little_cms_does_to_one_level(bench: Bench, space: str, name: str) -> None:
    rgb, profile = photo(name), kept(bench, icc.shipped(space), "wide.icc")
    to = np.asarray(bench.run(ConvertColours(image=bench.image(rgb), target=profile)).output)
    expected = little_cms(rgb, srgb_profile(), icc.shipped(space))
    assert np.abs(to[..., :3] - expected).max() <= 1
    assert (to[..., :3] != rgb).any(axis=-1).mean() > 0.4, "another space has other numbers"
    back = np.asarray(bench.run(ConvertColours(image=bench.image(to), source=profile)).output)
    assert np.abs(back[..., :3] - little_cms(to[..., :3], icc.shipped(space), srgb_profile())).max() <= 1
    assert np.abs(back[..., :3].astype(int) - rgb).mean() < 0.8, "8 bits lose a little each way"


def test_what_is_transparent_keeps_its_alpha_and_what_is_gone_its_numbers() -> None:
    pixels = np.zeros((3, 256, 4), np.uint8)
    pixels[..., 0] = np.arange(256)
    pixels[..., 1] = 200
    pixels[1, :, 3], pixels[2, :, 3] = 90, 255
    conversion = managing.between(icc.shipped_profile("adobe-compatible"), None)
    assert conversion is not None
    done = pixels.copy()
    managing.convert_straight(conversion, done)
    assert np.array_equal(done[..., 3], pixels[..., 3]) and np.array_equal(done[0], pixels[0])
    assert np.array_equal(done[1, :, :3], done[2, :, :3]) and (done[2, :, :3] != pixels[2, :, :3]).any()


def test_a_part_of_a_tile_is_converted_as_the_whole_and_translucent_within_what_premultiplying_loses() -> None:
    rng = np.random.default_rng(5)
    straight = rng.integers(0, 256, (64, 64, 4), dtype=np.uint8)
    alpha = straight[..., 3:].astype(np.uint16)
    tile = np.dstack(((straight[..., 2::-1] * alpha + 127) // 255, alpha)).astype(np.uint8)
    conversion = managing.between(icc.shipped_profile("display-p3"), None)
    assert conversion is not None
    whole = np.empty_like(tile)
    managing.convert_screen(conversion, tile, whole, opaque=False)
    part = whole.copy()
    part[10:30, 5:50] = 0
    managing.convert_screen(conversion, tile[10:30, 5:50], part[10:30, 5:50], opaque=False)
    assert np.array_equal(part, whole) and np.array_equal(whole[..., 3], tile[..., 3])
    managing.convert_straight(conversion, straight)
    expected = straight[..., 2::-1].astype(float) * straight[..., 3:] / 255
    solid = straight[..., 3] > 200
    away = np.abs(whole[..., :3] - expected)[solid]
    assert away.max() < 6 and away.mean() < 0.5
    opaque = tile.copy()
    opaque[..., 3] = 255
    known, found = np.empty_like(tile), np.empty_like(tile)
    managing.convert_screen(conversion, opaque, known, opaque=True)
    managing.convert_screen(conversion, opaque, found, opaque=False)
    assert np.array_equal(known, found)


def test_one_space_by_two_names_changes_nothing() -> None:
    assert managing.between(None, icc.shipped_profile("srgb")) is None
    assert managing.between(icc.read_profile(srgb_profile()), None) is None
    assert managing.between(None, icc.shipped_profile("display-p3")) is not None


def lut_profile() -> bytes:
    """Return a profile of tables for RGB: an XYZ display with a Lab table made by Little CMS from Display P3."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc.shipped("display-p3")))
    return _tables(source, lab)


def _tables(source: "ImageCms.ImageCmsProfile", lab: "ImageCms.ImageCmsProfile") -> bytes:
    from icc_profiles import _fixed, _profile

    side = 17
    steps = np.rint(np.linspace(0, 255, side)).astype(np.uint8)
    first, second, third = np.meshgrid(steps, steps, steps, indexing="ij")
    nodes = np.stack((first, second, third), -1).reshape(side * side, side, 3)
    identity = bytes(range(256))

    def table(transform: "ImageCms.ImageCmsTransform", mode: str, *, signed: bool) -> bytes:
        picture = Image.fromarray(nodes) if mode == "RGB" else Image.frombytes("LAB", nodes.shape[1::-1], _lab(nodes))
        done = np.asarray(ImageCms.applyTransform(picture, transform), np.uint8).copy()
        if signed:  # Pillow's a and b are signed, a table's are shifted
            done[..., 1:] ^= 0x80
        lut = b"mft1\0\0\0\0" + bytes((3, 3, side, 0)) + b"".join(_fixed(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
        return lut + identity * 3 + done.tobytes() + identity * 3

    there = ImageCms.buildTransform(source, lab, "RGB", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    back = ImageCms.buildTransform(lab, source, "LAB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    a2b, b2a = table(there, "RGB", signed=True), table(back, "LAB", signed=False)
    return _profile(b"RGB ", b"Lab ", b"mntr", {b"A2B0": a2b, b"A2B1": a2b, b"B2A0": b2a, b"B2A1": b2a})


def _lab(nodes: np.ndarray) -> bytes:
    shifted = nodes.copy()
    shifted[..., 1:] ^= 0x80
    return shifted.tobytes()


def test_a_profile_with_tables_is_looked_up_as_little_cms_does(bench: Bench) -> None:
    data = lut_profile()
    assert not icc.read_profile(data).exact
    profile, rgb = kept(bench, data, "tables.icc"), photo("chelsea.png")
    done = np.asarray(bench.run(ConvertColours(image=bench.image(rgb), source=profile)).output)
    expected = little_cms(rgb, data, srgb_profile())
    assert np.abs(done[..., :3] - expected).max() <= 3 and np.abs(done[..., :3] - expected).mean() < 0.5
    table = np.asarray(bench.run(ScreenTable(source=profile)).output)
    planes = managing.TableConversion(table).planes(*(np.ascontiguousarray(rgb[..., i]) for i in range(3)))
    away = np.abs(np.stack(planes, -1) - expected)
    assert away.mean() < 1 and np.percentile(away, 99) <= 3


def document(assets: MemoryAssets, profile: bytes | None) -> ImageDocument:
    """Return a document with every kind of colour."""
    pixels = np.dstack((photo("chelsea.png"), np.full((300, 451), 255, np.uint8)))
    mask = np.full((300, 451, 4), 128, np.uint8)
    cat = RasterLayer(
        id="cat",
        pixels=write_raster(pixels, assets),
        width=451,
        height=300,
        mask=Mask(pixels=write_raster(mask, assets), width=451, height=300),
        effects=(DropShadow(colour="#cc2010"),),
    )
    stops = (Stop(0.0, "#10c020"), Stop(1.0, "#ff8000"))
    shape = ShapeLayer(id="shape", geometry=Rectangle(), fill=LinearGradient(stops=stops))
    text = TextLayer(id="text", text="#00ff00", name="#00ff00", colour="#00ff00", background="#2040f080")
    fill = FillLayer(id="fill", colour="#20e030", colour2="#e03020")
    cube = "LUT_3D_SIZE 2\n" + "0 0 0\n" * 8
    table = assets.put(cube.encode(), "text/plain")
    lookup = AdjustmentLayer(id="lookup", adjustment=ColourLookup(table=table))
    mapped = AdjustmentLayer(id="map", visible=False, adjustment=GradientMap())
    hue = AdjustmentLayer(id="hue", visible=False, adjustment=HueSaturation(hue=20))
    layers = (fill, GroupLayer(id="group", layers=(cat, text)), shape, replace(lookup, visible=False), mapped, hue)
    made = replace(new_image(451, 300, "Cat"), layers=layers)
    return made if profile is None else replace(made, profile=assets.put(profile, icc.PROFILE_TYPE))


def converted(run: Run, bench: Bench) -> tuple[ImageDocument, LayeredReader]:
    reader = LayeredReader(run["document"])
    assert isinstance(reader.document, ImageDocument)
    return reader.document, reader


def test_a_document_is_converted_pixels_and_colours_and_looks_the_same(bench: Bench) -> None:
    assets = MemoryAssets()
    made = document(assets, None)
    source = bench.document(made, assets)
    target = kept(bench, icc.shipped("display-p3"), "p3.icc")
    run = bench.run(ConvertProfile(document=source, profile=target))
    new, reader = converted(run, bench)
    assert new.profile == target.hash and reader.get(new.profile) == icc.shipped("display-p3")
    cat, old = new.layer("cat"), made.layer("cat")
    assert isinstance(cat, RasterLayer) and isinstance(old, RasterLayer) and cat.mask == old.mask
    before, after = read_raster(old.pixels, assets), read_raster(cat.pixels, reader)
    assert np.abs(after[..., :3] - little_cms(before[..., :3], srgb_profile(), icc.shipped("display-p3"))).max() <= 1

    def expect(colour: str) -> np.ndarray:
        numbers = np.array([[[int(colour[i : i + 2], 16) for i in (1, 3, 5)]]], np.uint8)
        return little_cms(numbers, srgb_profile(), icc.shipped("display-p3"))[0, 0]

    def close(found: str | None, colour: str) -> bool:
        assert found is not None and found[7:] == colour[7:]
        return bool(np.abs(np.array([int(found[i : i + 2], 16) for i in (1, 3, 5)]) - expect(colour)).max() <= 1)

    text, fill, shape = new.layer("text"), new.layer("fill"), new.layer("shape")
    assert isinstance(text, TextLayer) and isinstance(fill, FillLayer) and isinstance(shape, ShapeLayer)
    assert (text.text, text.name) == ("#00ff00", "#00ff00"), "words are not colours"
    assert close(text.colour, "#00ff00") and close(text.background, "#2040f080") and text.colour != "#00ff00"
    assert close(fill.colour, "#20e030") and close(fill.colour2, "#e03020")
    assert isinstance(shape.fill, LinearGradient)
    assert all(
        close(stop.colour, colour) for stop, colour in zip(shape.fill.stops, ("#10c020", "#ff8000"), strict=True)
    )
    assert close(cat.effects[0].colour, "#cc2010")  # type: ignore[union-attr]
    assert "adjust" in str(run["info"]["notes"]).lower()
    project = MemoryAssets()
    adopt_layered(run["document"], project)
    assert new.assets() <= project.assets.keys()
    back = bench.run(ConvertProfile(document=bench.document(new, project)))
    again, reader = converted(back, bench)
    assert again.profile is None
    layer = again.layer("cat")
    assert isinstance(layer, RasterLayer)
    away = np.abs(read_raster(layer.pixels, reader).astype(int) - before)
    assert away.max() <= 6 and away.mean() < 0.6


def test_converting_can_be_stopped_and_refuses_what_is_no_profile(bench: Bench) -> None:
    assets = MemoryAssets()
    source = bench.document(document(assets, None), assets)
    target = kept(bench, icc.shipped("display-p3"), "p3.icc")

    def stop(run: Run, fraction: float) -> None:
        run.token.cancel()

    with pytest.raises(Cancelled):
        bench.run(ConvertProfile(document=source, profile=target), stop)
    inks = dict.fromkeys(itertools.product((0, 1), repeat=4), (50.0, 0.0, 0.0))
    for data in (b"x" * 500, cmyk_profile(inks)):  # type: ignore[arg-type]
        with pytest.raises(AtelierError, match="profile"):
            bench.run(ConvertProfile(document=source, profile=kept(bench, data, "bad.icc")))
    # Tables that only lead away from the device cannot be converted to.
    one_way = bytearray(lut_profile())
    for tag in (b"B2A0", b"B2A1"):
        one_way[one_way.index(tag) : one_way.index(tag) + 4] = b"none"
    with pytest.raises(AtelierError, match="cannot be used"):
        bench.run(ConvertProfile(document=source, profile=kept(bench, bytes(one_way), "one.icc")))


def saved(rgb: np.ndarray, profile: bytes | None, path: Path) -> Path:
    Image.fromarray(rgb).save(path, icc_profile=profile)
    return path


def test_a_wide_picture_is_kept_converted_or_brought_into_a_document(bench: Bench, tmp_path: Path) -> None:
    rgb = photo("chelsea.png")
    path = saved(rgb, icc.shipped("adobe-compatible"), tmp_path / "wide.png")
    file = bench.file(path)
    raw = bench.run(ImportFile(file=file, keep_profile=True))
    assert np.array_equal(raw["image"][..., :3], rgb)
    assert raw["info"].icc == icc.shipped("adobe-compatible") and "Adobe" in raw["info"].profile
    plain = bench.run(ImportFile(file=file))
    expected = little_cms(rgb, icc.shipped("adobe-compatible"), srgb_profile())
    assert np.abs(plain["image"][..., :3] - expected).max() <= 2 and not plain["info"].icc
    p3 = kept(bench, icc.shipped("display-p3"), "p3.icc")
    into = bench.run(ImportFile(file=file, into=p3))
    expected = little_cms(rgb, icc.shipped("adobe-compatible"), icc.shipped("display-p3"))
    assert np.abs(into["image"][..., :3] - expected).max() <= 1 and not into["info"].icc
    bare = bench.run(ImportFile(file=bench.file(saved(rgb, None, tmp_path / "bare.png")), keep_profile=True))
    assert np.array_equal(bare["image"][..., :3], rgb) and not bare["info"].icc


def test_a_camera_s_adobe_rgb_is_kept_and_broken_profiles_are_not(bench: Bench, tmp_path: Path) -> None:
    rocket = bench.run(ImportFile(file=bench.file(DATA / "rocket.jpg"), keep_profile=True))
    assert icc.read_profile(rocket["info"].icc).name == "Adobe RGB (1998)"
    said = Image.Exif()
    said.get_ifd(ExifTags.IFD.Exif)[0xA005] = {1: "R03"}
    Image.fromarray(photo("chelsea.png")).save(tmp_path / "camera.jpg", exif=said)
    assert files.load(tmp_path / "camera.jpg", keep_profile=True).info.icc == icc.shipped("adobe-compatible")
    assert np.array_equal(rocket["image"][..., :3], photo("rocket.jpg"))
    for bad in (b"x" * 300, icc.shipped("display-p3")[:300], srgb_profile()):
        path = saved(photo("chelsea.png"), bad, tmp_path / "odd.png")
        loaded = files.load(path, keep_profile=True)
        assert not loaded.info.icc and np.array_equal(loaded.pixels[..., :3], photo("chelsea.png"))


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_a_picture_file_has_the_document_s_profile_or_srgb(bench: Bench, kind: str) -> None:
    assets = MemoryAssets()
    made = document(assets, icc.shipped("romm-compatible"))
    source = bench.document(made, assets)
    composed = np.asarray(bench.run(RenderDocument(document=source)).output)
    image = bench.image(composed)
    for to_srgb in (True, False):
        operation = Export(image=image, format=kind, document=source, to_srgb=to_srgb, quality=100, lossless=True)  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(bench.run(operation).output.read_bytes()))
        embedded = picture.info["icc_profile"]
        assert embedded == (srgb_profile() if to_srgb else icc.shipped("romm-compatible"))
        opaque = composed[..., 3] == 255
        expected = composed[..., :3].astype(int)
        if to_srgb:
            expected = little_cms(composed[..., :3], icc.shipped("romm-compatible"), srgb_profile())
        away = np.abs(np.asarray(picture.convert("RGB")).astype(int) - expected)[opaque]
        assert away.mean() < (2 if kind in ("jpeg", "avif") else 0.1), (kind, to_srgb)


@pytest.mark.parametrize("kind", ["psd", "ora", "pdf", "svg"])
def test_a_file_with_layers_has_the_document_s_profile_or_is_converted(bench: Bench, kind: str) -> None:
    assets = MemoryAssets()
    made = document(assets, icc.shipped("adobe-compatible"))
    if kind == "ora":  # where nothing is translucent, converting before and after composing is the same
        cat = made.layer("cat")
        made = replace(made, layers=(replace(cat, mask=None, effects=()),))
    source = bench.document(made, assets)
    run = bench.run(ExportDocument(document=source, format=kind))  # type: ignore[arg-type]
    data = run["file"].read_bytes()
    told = "sRGB" in " ".join(map(str, run["info"]["notes"]))
    if kind == "psd":
        assert icc.shipped("adobe-compatible") in data and not told
        run = bench.run(ExportDocument(document=source, format="psd", to_srgb=True))
        data = run["file"].read_bytes()
        assert icc.shipped("adobe-compatible") not in data and srgb_profile() in data
        told = "sRGB" in " ".join(map(str, run["info"]["notes"]))
    assert told
    if kind == "ora":
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            merged = Image.open(archive.open("mergedimage.png"))
            composed = np.asarray(bench.run(RenderDocument(document=source)).output)
            expected = little_cms(composed[..., :3], icc.shipped("adobe-compatible"), srgb_profile())
            away = np.abs(np.asarray(merged)[..., :3].astype(int) - expected)[composed[..., 3] == 255]
            assert away.mean() < 1


def test_a_proof_starts_from_the_document_s_profile(bench: Bench) -> None:
    p3 = kept(bench, icc.shipped("romm-compatible"), "wide.icc")
    plain, wide = (np.asarray(bench.run(ProofTable(source=source)).output) for source in (None, p3))
    assert (wide[..., 3] == 255).mean() < 0.7 * (plain[..., 3] == 255).mean(), (
        "fewer of the wider colours can be printed"
    )
    assert np.abs(plain[..., :3].astype(int) - wide[..., :3]).mean() > 5


def test_a_layered_file_may_not_bring_a_profile_that_is_none(tmp_path: Path) -> None:
    from core.raster.layered import LayeredWriter

    with LayeredWriter(tmp_path / "bad.layers") as out:
        digest = out.put(b"x" * 400, icc.PROFILE_TYPE)
        out.finish(replace(new_image(4, 4), profile=digest))
    with pytest.raises(AtelierError, match="profile"):
        adopt_layered(tmp_path / "bad.layers", MemoryAssets())


def test_a_psd_keeps_its_profile_from_document_to_document(bench: Bench) -> None:
    assets = MemoryAssets()
    made = document(assets, icc.shipped("display-p3"))
    written = bench.run(ExportDocument(document=bench.document(made, assets), format="psd"))["file"]
    kept_file = bench.file(written)
    for keep in (True, False):
        reader = LayeredReader(bench.run(ImportLayers(file=kept_file, name="cat.psd", keep_profile=keep))["document"])
        found = reader.document
        assert isinstance(found, ImageDocument) and (found.profile is not None) is keep
        if found.profile is not None:
            assert reader.get(found.profile) == icc.shipped("display-p3")
        picture = np.asarray(Compositor(reader).render(found))
        composed = np.asarray(Compositor(assets).render(made))
        expected = composed[..., :3].astype(int)
        if not keep:
            expected = little_cms(composed[..., :3], icc.shipped("display-p3"), srgb_profile())
        opaque = (composed[..., 3] == 255) & (picture[..., 3] == 255)
        assert opaque.mean() > 0.9 and np.abs(picture[..., :3] - expected)[opaque].mean() < (0.5 if keep else 4)


def test_a_smart_layer_is_left_alone_and_looks_the_same(bench: Bench) -> None:
    assets = MemoryAssets()
    inner = replace(document(assets, icc.shipped("adobe-compatible")), id="inner")
    source = assets.put(encode_document(inner), DOCUMENT_TYPE)
    holder = SmartLayer(document="inner", source=source, width=451, height=300)
    outer = replace(new_image(451, 300, "Outer"), id="outer", layers=(holder,))
    bench.document(inner, assets)
    asset = bench.document(outer, assets)
    before = np.asarray(bench.run(RenderDocument(document=asset)).output)
    target = kept(bench, icc.shipped("display-p3"), "p3.icc")
    new, reader = converted(bench.run(ConvertProfile(document=asset, profile=target)), bench)
    assert new.layers == (holder,)
    after = Compositor(Chained(reader, assets)).render(new)
    # From Adobe's space to sRGB, and at once to Display P3, which holds more of it.
    inside = (np.abs(before[..., :3].astype(int) - 128) < 100).all(-1) & (before[..., 3] == 255)
    away = np.abs(little_cms(after[..., :3], icc.shipped("display-p3"), srgb_profile()) - before[..., :3])
    assert inside.mean() > 0.2 and np.percentile(away[inside], 99) <= 2
    written = bench.run(
        ExportDocument(document=bench.document(replace(outer, profile=inner.profile), assets), format="ora")
    )
    assert "sRGB" in " ".join(map(str, written["info"]["notes"]))

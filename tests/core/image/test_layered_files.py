"""PSD and OpenRaster: real files by other programs, compared as pixels with what those programs show; round trips.

The files in ``tests/data/layered`` are psd-tools' own test files (made by Photoshop and GIMP) and one of MyPaint's. A
folder with all of psd-tools' files can be named in ``ATELIER_PSD_FILES``.
"""

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode as Psd

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Levels,
    Mask,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
    walk,
)
from core.documents.image_effects import DropShadow
from core.documents.image_shapes import LinearGradient, ShapeStroke, Star, Stop
from core.image import files, ora, ora_out, psd, psd_out, psd_text, vector_out
from core.image import pdf as pdf_in
from core.image.flat import Flattener
from core.image.layering import Intake
from core.raster.compositor import Compositor
from core.raster.layered import LayeredReader, LayeredWriter, adopt_layered
from core.raster.manifest import read_raster, write_raster
from core.raster.pack import MemoryAssets
from core.values import AtelierError

DATA = Path(__file__).parents[2] / "data" / "layered"
Opened = tuple[ImageDocument, LayeredReader, list[str]]


def opened(path: Path, target: Path) -> Opened:
    """Read a layered file in this process; return its document, its rasters and the notes."""
    reader = ora if path.suffix == ".ora" else psd
    with LayeredWriter(target) as out:
        intake = Intake(out, path.name, lambda _: None)
        out.finish(reader.read(path, intake))
    back = LayeredReader(target)
    return back.document, back, [str(note) for note in intake.told()]


def on_white(pixels: np.ndarray) -> np.ndarray:
    alpha = pixels[..., 3:].astype(np.float64) / 255
    return pixels[..., :3] * alpha + 255 * (1 - alpha)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the mean difference of two pictures on white, in levels of 255."""
    assert one.shape == other.shape
    return float(np.abs(on_white(one) - on_white(other)).mean())


def merged(path: Path) -> np.ndarray:
    """Return what the program that wrote a file shows of it."""
    if path.suffix == ".ora":
        with zipfile.ZipFile(path) as archive:
            return np.asarray(Image.open(io.BytesIO(archive.read("mergedimage.png"))).convert("RGBA"))
    picture = PSDImage.open(path).topil()
    assert picture is not None
    return np.asarray(picture.convert("RGBA"))


def plain(layer: AnyLayer) -> AnyLayer:
    layer = msgspec.structs.replace(layer, id="")
    return (
        msgspec.structs.replace(layer, layers=tuple(map(plain, layer.layers)))
        if isinstance(layer, GroupLayer)
        else layer
    )


# --- real files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "16bit5x5.psd",
        "clipping-mask5.psd",
        "group.psd",
        "hidden-layer.psd",
        "multiply.psd",
        "north_america_newspaper.psd",
        "passthrough_blendmodes2.psd",
        "transparentbg-gimp.psd",
    ],
)
def test_a_real_file_looks_as_in_the_program_that_made_it(tmp_path: Path, name: str) -> None:
    document, reader, _ = opened(DATA / name, tmp_path / "a.layers")
    assert difference(Compositor(reader).render(document), merged(DATA / name)) < 1.0


def test_what_the_layers_are(tmp_path: Path) -> None:
    document, _, notes = opened(DATA / "clipping-mask5.psd", tmp_path / "a.layers")
    assert any(layer.clipped for layer in walk(document.layers))
    document, _, _ = opened(DATA / "layer-name-emoji.psd", tmp_path / "b.layers")
    expected = [layer.name for layer in PSDImage.open(DATA / "layer-name-emoji.psd").descendants()]
    assert sorted(layer.name for layer in walk(document.layers)) == sorted(expected)
    assert any(ord(letter) > 0xFFFF for name in expected for letter in name)
    document, _, _ = opened(DATA / "hidden-layer.psd", tmp_path / "c.layers")
    assert {layer.visible for layer in walk(document.layers)} == {True, False}
    document, _, _ = opened(DATA / "multiply.psd", tmp_path / "d.layers")
    assert {layer.blend for layer in document.layers} >= {BlendMode.MULTIPLY}
    document, reader, notes = opened(DATA / "masks.psd", tmp_path / "e.layers")
    masked = [layer for layer in walk(document.layers) if layer.mask is not None]
    assert masked and all(read_raster(layer.mask.pixels, reader)[..., 3].any() for layer in masked if layer.mask)
    _, _, notes = opened(DATA / "16bit5x5.psd", tmp_path / "f.layers")
    assert notes == []


def test_a_file_by_mypaint_looks_as_its_layers_say(tmp_path: Path) -> None:
    """MyPaint 0.9 wrote no merged picture: the layers are composed by Pillow here."""
    document, reader, notes = opened(DATA / "mypaint.ora", tmp_path / "a.layers")
    assert (document.width, document.height, notes) == (128, 128, [])
    assert [round(layer.opacity, 3) for layer in document.layers] == [1.0, 1.0, 0.517]
    with zipfile.ZipFile(DATA / "mypaint.ora") as archive:
        sheet = Image.new("RGBA", (128, 128))
        for name, opacity in (("background", 1.0), ("layer001", 1.0), ("layer000", 0.517)):
            layer = Image.open(io.BytesIO(archive.read(f"data/{name}.png"))).convert("RGBA")
            layer.putalpha(layer.getchannel("A").point(lambda alpha, by=opacity: round(alpha * by)))
            sheet.alpha_composite(layer.crop((0, 0, 128, 128)))
    assert difference(Compositor(reader).render(document), np.asarray(sheet)) < 0.6


@pytest.mark.slow
@pytest.mark.skipif("ATELIER_PSD_FILES" not in os.environ, reason="names the folder of psd-tools' test files")
def test_all_of_psd_tools_files_open(tmp_path: Path) -> None:
    """Each opens or says why not; of those with a true merged picture, six in ten look the same within one level."""
    same, all_of_them = 0, 0
    for path in sorted(Path(os.environ["ATELIER_PSD_FILES"]).rglob("*.ps[db]")):
        try:
            document, reader, _ = opened(path, tmp_path / "a.layers")
            shown = Compositor(reader).render(document)
        except AtelierError:
            continue
        file = PSDImage.open(path)
        if file.has_preview():
            picture = file.topil()
            if picture is not None:
                all_of_them += 1
                same += difference(shown, np.asarray(picture.convert("RGBA"))) < 1.0
    assert all_of_them > 100 and same > 0.6 * all_of_them, f"{same} of {all_of_them}"


def test_text_is_set_again_only_where_it_covers_the_same() -> None:
    """Standing in for Photoshop: the same words drawn here, and others."""
    words = TextLayer(text="Slow mornings\n慢早晨", size=64, colour="#aa3300", tracking=20)
    sheet = ImageDocument(
        id="s", width=700, height=300, layers=(msgspec.structs.replace(words, transform=Transform(x=40, y=30)),)
    )
    alpha = Compositor(MemoryAssets()).render(sheet)[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    wanted = alpha[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    place = int(columns[0]) + 100, int(rows[0]) + 7
    found = psd_text.fitted(words, wanted, *place)
    assert found is not None and found.transform == Transform(x=140, y=37) and found.colour == "#aa3300"
    assert psd_text.fitted(msgspec.structs.replace(words, text="Slow evenings\n慢早晨"), wanted, *place) is None
    assert psd_text.fitted(msgspec.structs.replace(words, family="Playfair Display"), wanted, *place) is None


# --- there and back -------------------------------------------------------------------------------------------------


@pytest.fixture
def work(coffee: Path) -> Iterator[tuple[ImageDocument, Compositor]]:
    """A document with a bit of everything."""
    assets = MemoryAssets()
    photo = np.ascontiguousarray(files.load(coffee).pixels[80:320, 120:480])
    digest = write_raster(photo, assets)
    ramp = np.full((200, 300, 4), 255, np.uint8)
    ramp[..., 3] = np.linspace(0, 255, 300)[None]
    mask = Mask(pixels=write_raster(ramp, assets), x=30, y=40, width=300, height=200, inverted=True)
    common = {"pixels": digest, "width": photo.shape[1], "height": photo.shape[0]}
    turned = RasterLayer(
        **common, name="turned", transform=Transform(x=50, y=50, scale_x=0.4, scale_y=0.4, rotation=20)
    )
    words = TextLayer(name="words", text="慢早晨\nSlow", size=60, colour="#ff8800", effects=(DropShadow(),))
    layers = (
        FillLayer(name="sky", colour="#204060"),
        RasterLayer(
            **common, name="照片 é", opacity=0.8, blend=BlendMode.SCREEN, mask=mask, transform=Transform(x=20, y=-10)
        ),
        GroupLayer(name="group", opacity=0.6, blend=BlendMode.MULTIPLY, layers=(turned, words), expanded=False),
        RasterLayer(**common, name="hidden", visible=False, blend=BlendMode.LINEAR_BURN),
        RasterLayer(**common, name="clipped", clipped=True, opacity=0.5, blend=BlendMode.OVERLAY, locked=True),
        AdjustmentLayer(name="levels", adjustment=Levels(gamma=1.4)),
    )
    document = ImageDocument(
        id="d", title="All", width=photo.shape[1], height=photo.shape[0], resolution=300, layers=layers
    )
    yield document, Compositor(assets)


def test_openraster_brings_back_the_very_same_document(tmp_path: Path, work: tuple[ImageDocument, Compositor]) -> None:
    document, compositor = work
    path = tmp_path / "a.ora"
    notes = ora_out.write(path, Flattener(document, compositor), lambda _: None)
    assert any("levels" in note for note in notes)
    back, reader, told = opened(path, tmp_path / "a.layers")
    assert tuple(map(plain, back.layers)) == tuple(map(plain, document.layers))
    assert (back.resolution, told) == (300, [])
    np.testing.assert_array_equal(Compositor(reader).render(back), compositor.render(document))
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"image/openraster"
        np.testing.assert_array_equal(merged(path), compositor.render(document))
        thumbnail = Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png")))
        assert max(thumbnail.size) == 256
    again = tmp_path / "b.ora"
    ora_out.write(again, Flattener(document, compositor), lambda _: None)
    assert again.read_bytes() == path.read_bytes(), "the same document gives the same bytes"


def test_openraster_changed_by_another_program_shows_the_change(
    tmp_path: Path, work: tuple[ImageDocument, Compositor]
) -> None:
    document, compositor = work
    ora_out.write(tmp_path / "a.ora", Flattener(document, compositor), lambda _: None)
    with zipfile.ZipFile(tmp_path / "a.ora") as old, zipfile.ZipFile(tmp_path / "b.ora", "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "stack.xml":
                data = data.replace(b'name="sky" opacity="1"', b'name="sky" opacity="0.25"')
            new.writestr(entry, data)
    back, _, _ = opened(tmp_path / "b.ora", tmp_path / "b.layers")
    assert isinstance(back.layers[0], RasterLayer) and back.layers[0].opacity == 0.25
    assert isinstance(back.layers[1], RasterLayer) and back.layers[1].mask is not None, "the others are as they were"


def test_photoshop_files_are_read_by_three_readers(tmp_path: Path, work: tuple[ImageDocument, Compositor]) -> None:
    document, compositor = work
    path = tmp_path / "a.psd"
    notes = psd_out.write(path, Flattener(document, compositor), lambda _: None)
    assert len(notes) == 2
    file = PSDImage.open(path)
    found = {layer.name: layer for layer in file.descendants()}
    assert list(found) == ["sky", "照片 é", "group", "turned", "words", "hidden", "clipped"]
    photo = found["照片 é"]
    assert (photo.blend_mode, photo.opacity, photo.offset) == (Psd.SCREEN, 204, (20, -10))
    assert photo.mask is not None and photo.mask.bbox == (30, 40, 330, 240) and photo.mask.background_color == 255
    assert (found["group"].blend_mode, found["clipped"].clipping, found["hidden"].visible) == (
        Psd.MULTIPLY,
        True,
        False,
    )
    shown = compositor.render(document)
    with Image.open(path) as picture:
        np.testing.assert_array_equal(np.asarray(picture.convert("RGBA")), shown)
    if shutil.which("convert"):
        subprocess.run(["convert", f"{path}[0]", str(tmp_path / "im.png")], check=True, timeout=60)
        np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "im.png").convert("RGBA")), shown)
    back, reader, _ = opened(path, tmp_path / "a.layers")
    plainer = msgspec.structs.replace(document, layers=document.layers[:-1])
    assert difference(Compositor(reader).render(back), compositor.render(plainer)) < 0.3
    assert back.resolution == 300


def test_pages_and_drawings_keep_their_text(tmp_path: Path, work: tuple[ImageDocument, Compositor]) -> None:
    import pypdfium2

    document, compositor = work
    title = TextLayer(name="title", text="Vector words", size=48, colour="#ffffff", transform=Transform(x=30, y=150))
    star = ShapeLayer(
        geometry=Star(width=70.0, height=60.0, points=7),
        fill=LinearGradient(stops=(Stop(0.0, "#ffcc00"), Stop(1.0, "#aa2200"))),
        stroke=ShapeStroke(width=5.0, colour="#203040"),
        transform=Transform(x=210, y=40, rotation=20),
    )
    document = msgspec.structs.replace(document, layers=(*document.layers, star))
    # 144 px/in, so that the page ends on whole points: PDFium stretches a picture that ends within a pixel by one.
    document = msgspec.structs.replace(document, layers=(*document.layers, title), resolution=144)
    flattener = Flattener(document, compositor)
    notes = vector_out.write_pdf(tmp_path / "a.pdf", flattener, lambda _: None)
    assert len(notes) == 1, "the text in the group is pixels"
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = pdf[0]
    text = page.get_textpage()
    assert text.get_text_range() == "Vector words"
    assert page.get_size() == pytest.approx((180.0, 120.0))
    text.close()
    page.close()
    pdf.close()
    with LayeredWriter(tmp_path / "a.layers") as out:
        intake = Intake(out, "a.pdf", lambda _: None)
        back, pages = pdf_in.read(tmp_path / "a.pdf", intake, 1, 144.0, None)
        out.finish(back)
    drawn = Compositor(LayeredReader(tmp_path / "a.layers")).render(back)
    assert pages == 1 and difference(drawn, compositor.render(document)) < 1.5
    printed = msgspec.structs.replace(document, resolution=300)
    vector_out.write_pdf(tmp_path / "b.pdf", Flattener(printed, compositor), lambda _: None)
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as pdf:
        assert pdf.get_page_size(0) == pytest.approx((86.4, 57.6)), "the printed size, not rounded to points"
    vector_out.write_svg(tmp_path / "a.svg", flattener, lambda _: None)
    assert difference(files.load(tmp_path / "a.svg").pixels, compositor.render(document)) < 1.5
    drawing = (tmp_path / "a.svg").read_text()
    assert "Gradient" in drawing and drawing.count("<path") == 3, "the star's fill and stroke, and the letters"
    inside = msgspec.structs.replace(star, stroke=ShapeStroke(width=5.0, colour="#203040", position="inside"))
    other = document.replace_layer(star.id, lambda _: inside)
    vector_out.write_svg(tmp_path / "b.svg", Flattener(other, compositor), lambda _: None)
    assert difference(files.load(tmp_path / "b.svg").pixels, compositor.render(other)) < 1.5


# --- the file between two processes ---------------------------------------------------------------------------------


def test_a_damaged_file_of_layers_gets_into_no_project(tmp_path: Path) -> None:
    path = tmp_path / "a.layers"
    opened(DATA / "group.psd", path)
    whole = path.read_bytes()
    good = MemoryAssets()
    adopt_layered(path, good)
    assert good.assets
    rng = np.random.default_rng(7)
    for _ in range(60):
        broken = bytearray(whole)
        broken[int(rng.integers(len(broken)))] ^= int(rng.integers(1, 255))
        path.write_bytes(broken)
        with pytest.raises(AtelierError):
            adopt_layered(path, MemoryAssets())
    path.write_bytes(whole[:-10])
    with pytest.raises(AtelierError, match="damaged"):
        adopt_layered(path, MemoryAssets())

"""Artboards in PSD, OpenRaster, SVG and PDF: there and back, and as other programs see them."""

import io
import re
import zipfile
from pathlib import Path

import msgspec
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from psd_tools import PSDImage

from core.documents import artboard_edits
from core.documents.image import (
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
)
from core.documents.image_shapes import Rectangle, Solid
from core.image import ora, ora_out, psd, psd_out, vector_out
from core.image.flat import Flattener
from core.image.layering import Intake
from core.raster import svg_out
from core.raster.compositor import Compositor
from core.raster.layered import LayeredReader, LayeredWriter
from core.raster.manifest import write_raster
from core.raster.pack import MemoryAssets

replace = msgspec.structs.replace
Work = tuple[ImageDocument, Compositor]


@pytest.fixture
def work() -> Work:
    """Two artboards with a gradient, a picture that sticks out, and text; the second is transparent."""
    assets = MemoryAssets()
    pixels = np.random.default_rng(1).integers(0, 256, (120, 160, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    photo = RasterLayer(
        name="photo",
        pixels=write_raster(pixels, assets),
        width=160,
        height=120,
        transform=Transform(x=150.0, y=130.0),
    )
    ramp = FillLayer(name="ramp", colour="#20406000", colour2="#ff8000", angle=0.0)
    words = TextLayer(name="words", text="Sale", size=40, transform=Transform(x=30.0, y=30.0))
    first = GroupLayer(
        name="Square",
        layers=(ramp, photo, words),
        artboard=Artboard(x=20, y=10, width=200, height=200, background="#e0f0ff"),
    )
    second = GroupLayer(
        name="Tower",
        layers=(replace(photo, id="other", transform=Transform(x=330.0, y=60.0)),),
        artboard=Artboard(x=300, y=10, width=80, height=300),
    )
    document = ImageDocument(id="d", title="Ads", width=420, height=330, resolution=144.0, layers=(first, second))
    return document, Compositor(assets)


def opened(path: Path, target: Path) -> tuple[ImageDocument, Compositor, list[str]]:
    with LayeredWriter(target) as out:
        intake = Intake(out, path.name, lambda _: None)
        out.finish((ora if path.suffix == ".ora" else psd).read(path, intake))
    reader = LayeredReader(target)
    return reader.document, Compositor(reader), [str(note) for note in intake.told()]


def boards(document: ImageDocument) -> list[tuple[str, Artboard | None]]:
    return [(group.name, group.artboard) for group in artboard_edits.boards(document)]


def test_a_psd_has_artboards_for_photoshop_and_for_us(tmp_path: Path, work: Work) -> None:
    document, compositor = work
    path = tmp_path / "a.psd"
    psd_out.write(path, Flattener(document, compositor), lambda _: None)
    file = PSDImage.open(path)
    assert [(layer.kind, layer.name, layer.bbox) for layer in file] == [
        ("artboard", "Square", (20, 10, 220, 210)),
        ("artboard", "Tower", (300, 10, 380, 310)),
    ]
    back, other, notes = opened(path, tmp_path / "a.layers")
    assert boards(back) == boards(document)
    whole, again = compositor.render(document).astype(int), other.render(back)
    assert np.abs(whole - again).max() <= 2, notes
    photo = next(layer for layer in back.layers[0].layers if layer.name == "photo")  # type: ignore[union-attr]
    assert isinstance(photo, RasterLayer) and (photo.width, photo.height) == (160, 120), "what sticks out is kept"


def test_an_artboard_that_makes_no_sense_is_a_group(tmp_path: Path, work: Work) -> None:
    document, compositor = work
    path = tmp_path / "a.psd"
    psd_out.write(path, Flattener(document, compositor), lambda _: None)
    data = path.read_bytes()
    rect = data.index(b"Rght") + 8
    path.write_bytes(data[:rect] + bytes(8) + data[rect + 8 :])  # its right edge is 0
    back, _, notes = opened(path, tmp_path / "a.layers")
    assert [name for name, _ in boards(back)] == ["Tower"]
    assert any("“Square”" in note and "groups now" in note for note in notes)


def test_a_psd_whose_artboards_leave_the_canvas_gets_a_larger_one(tmp_path: Path, work: Work) -> None:
    document, compositor = work
    path = tmp_path / "a.psd"
    small = replace(document, width=350, height=330)
    psd_out.write(path, Flattener(small, compositor), lambda _: None)
    back, _, _ = opened(path, tmp_path / "a.layers")
    assert back.width == 380 + artboard_edits.MARGIN


def test_openraster_keeps_everything_and_shows_it_cut(tmp_path: Path, work: Work) -> None:
    document, compositor = work
    path = tmp_path / "a.ora"
    notes = ora_out.write(path, Flattener(document, compositor), lambda _: None)
    assert any("Artboards" in note for note in notes)
    back, other, _ = opened(path, tmp_path / "a.layers")
    assert boards(back) == boards(document)
    assert [len(group.layers) for group in artboard_edits.boards(back)] == [3, 1]
    assert np.array_equal(compositor.render(document), other.render(back))
    # As another program: plain pictures, one over the other.
    sheet = Image.new("RGBA", (420, 330))
    with zipfile.ZipFile(path) as archive:
        stack = archive.read("stack.xml").decode()
        for line in reversed([line for line in stack.splitlines() if line.startswith("<layer")]):
            found = dict(re.findall(r'(\w+)="([^"]*)"', line.split("atelier-layer")[0]))
            layer = Image.open(io.BytesIO(archive.read(found["src"]))).convert("RGBA")
            sheet.alpha_composite(layer, (int(found["x"]), int(found["y"])))
    assert np.abs(np.asarray(sheet).astype(int) - compositor.render(document)).max() <= 2


def test_svg_clips_and_fills(work: Work) -> None:
    document, _ = work
    shape = ShapeLayer(geometry=Rectangle(width=300.0, height=20.0), fill=Solid(colour="#123456"))
    group = GroupLayer(layers=(shape,), artboard=Artboard(x=20, y=10, width=200, height=100, background="#e0f0ff"))
    text = svg_out.write(replace(document, layers=(group,))).text
    assert "clipPath" in text and "#e0f0ff" in text and "#123456" in text


def test_each_artboard_is_a_page_of_its_size(tmp_path: Path, work: Work) -> None:
    document, compositor = work
    path = tmp_path / "a.pdf"
    pages = tuple(artboard_edits.document_of(document, group.id) for group in artboard_edits.boards(document))
    vector_out.write_pdf(path, Flattener(document, compositor), lambda _: None, pages)
    with pdfium.PdfDocument(path) as file:
        assert [tuple(page.get_size()) for page in file] == [(100.0, 100.0), (40.0, 150.0)]
        drawn = np.asarray(file[0].render(scale=2).to_pil().convert("RGB")).astype(int)
        assert "Sale" in file[0].get_textpage().get_text_range()
    whole = compositor.render(pages[0])
    assert np.abs(drawn[100:190, 140:190] - whole[100:190, 140:190, :3]).mean() < 8

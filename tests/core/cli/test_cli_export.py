"""``atelier export``: layered files and documents of projects as other files, through the real core process."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from core.cli import main
from core.documents.image import Artboard, FillLayer, GroupLayer, ImageDocument, RasterLayer, TextLayer, new_image
from core.image import files, saving
from core.project.project import Project
from core.raster import icc
from core.raster.manifest import write_raster

DATA = Path(__file__).parents[2] / "data"


def test_a_layered_file_becomes_several_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outs = [tmp_path / name for name in ("a.png", "a.avif", "a.ora", "a.pdf")]
    arguments = [argument for out in outs for argument in ("--out", str(out))]
    assert main(["export", str(DATA / "layered/clipping-mask5.psd"), *arguments, "--scale", "2"]) == 0
    with Image.open(DATA / "layered/clipping-mask5.psd") as source:
        width, height = source.size
    for out in outs[:2]:
        with Image.open(out) as picture:
            assert picture.size == (2 * width, 2 * height)
    assert "pixels" in capsys.readouterr().out, "what differs is said"
    assert main(["export", str(outs[2]), "--out", str(tmp_path / "b.psd")]) == 0
    with Image.open(tmp_path / "b.psd") as picture:
        assert picture.size == (width, height)


def test_a_document_of_a_project_in_an_exact_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = new_image(640, 480, "Poster")
    layers = (FillLayer(name="sky", colour="#336699"), TextLayer(name="words", text="Slow", size=90))
    document = type(document)(id=document.id, title="Poster", width=640, height=480, layers=layers)
    with Project.create(tmp_path / "p.atelier") as project, project.transaction("New image") as change:
        change.put(document)
    out = tmp_path / "story.jpg"
    assert main(["export", str(tmp_path / "p.atelier"), "--size", "108x192", "--out", str(out)]) == 0
    with Image.open(out) as picture:
        assert picture.size == (108, 192)
        assert picture.getpixel((3, 3)) == pytest.approx((0x33, 0x66, 0x99), abs=4)
    assert main(["export", str(tmp_path / "p.atelier"), "--document", "Other", "--out", str(out)]) == 1
    assert "“Poster”" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "p.atelier"), "--size", "big", "--out", str(out)]) == 1
    assert main(["export", str(DATA / "rocket.jpg"), "--out", str(tmp_path / "a.xcf")]) == 1
    assert ".psd" in capsys.readouterr().err


def test_a_document_s_profile_is_kept_when_asked_for(tmp_path: Path) -> None:
    document = new_image(60, 40, "Wide")
    with Project.create(tmp_path / "p.atelier") as project, project.transaction("New image") as change:
        profile = project.put(icc.shipped("display-p3"), icc.PROFILE_TYPE)
        fill = FillLayer(name="red", colour="#dc1e1e")
        change.put(type(document)(id=document.id, title="Wide", width=60, height=40, layers=(fill,), profile=profile))
    plain, kept, layered = (tmp_path / name for name in ("plain.png", "kept.tif", "kept.psd"))
    assert main(["export", str(tmp_path / "p.atelier"), "--out", str(plain)]) == 0
    arguments = ["--keep-profile", "--out", str(kept), "--out", str(layered)]
    assert main(["export", str(tmp_path / "p.atelier"), *arguments]) == 0
    with Image.open(plain) as picture:
        assert picture.getpixel((3, 3)) == pytest.approx((240, 0, 0), abs=1), "more red than sRGB has"
    with Image.open(kept) as picture:
        assert picture.getpixel((3, 3)) == (0xDC, 0x1E, 0x1E)
        assert picture.info["icc_profile"] == icc.shipped("display-p3")
    again = tmp_path / "again.png"
    assert main(["export", str(layered), "--out", str(again), "--keep-profile"]) == 0
    with Image.open(again) as picture:
        assert picture.convert("RGB").getpixel((3, 3)) == (0xDC, 0x1E, 0x1E)
        assert picture.info["icc_profile"] == icc.shipped("display-p3")


def test_each_artboard_is_a_file_or_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boards = (
        GroupLayer(name="Square", artboard=Artboard(x=10, y=10, width=120, height=120, background="#336699")),
        GroupLayer(name="Web/banner", artboard=Artboard(x=200, y=10, width=182, height=45, background="#ff8800")),
        GroupLayer(name="Web/banner", artboard=Artboard(x=200, y=100, width=32, height=16)),
        GroupLayer(name="Old", visible=False, artboard=Artboard(x=200, y=200, width=32, height=16)),
    )
    document = new_image(640, 480, "Ads")
    document = type(document)(id=document.id, title="Ads", width=640, height=480, layers=boards)
    with Project.create(tmp_path / "p.atelier") as project, project.transaction("New image") as change:
        change.put(document)
    outs = [str(tmp_path / name) for name in ("{artboard}.png", "{artboard}@2.jpg", "pages.pdf", "whole.png")]
    arguments = [argument for out in outs for argument in ("--out", out)]
    assert main(["export", str(tmp_path / "p.atelier"), "--artboards", *arguments]) == 0
    sizes = {}
    for path in [*tmp_path.glob("*.png"), *tmp_path.glob("*.jpg")]:
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    assert sizes == {
        "Square.png": (120, 120), "Square@2.jpg": (120, 120), "Web-banner.png": (182, 45),
        "Web-banner@2.jpg": (182, 45), "Web-banner-2.png": (32, 16), "Web-banner-2@2.jpg": (32, 16),
        "whole.png": (640, 480),
    }  # fmt: skip
    with Image.open(tmp_path / "Square.png") as picture:
        assert picture.getpixel((60, 60)) == (0x33, 0x66, 0x99)
    with pdfium.PdfDocument(tmp_path / "pages.pdf") as file:
        assert [tuple(page.get_size()) for page in file] == [(120.0, 120.0), (182.0, 45.0), (32.0, 16.0)]
    capsys.readouterr()
    assert main(["export", str(DATA / "rocket.jpg"), "--out", str(tmp_path / "{artboard}.png")]) == 1
    assert "no project" in capsys.readouterr().err


def test_deep_files_keep_their_bits(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    array = generator.integers(0, 65536, (40, 50, 4)).astype(np.uint16)
    saving.save(tmp_path / "a.tif", array, "tiff")
    outs = ["b.png", "b.tif", "b.jpg", "b.hdr"]
    arguments = [argument for out in outs for argument in ("--out", str(tmp_path / out))]
    assert main(["export", str(tmp_path / "a.tif"), *arguments]) == 0
    for name in outs[:2]:
        assert np.array_equal(files.load(tmp_path / name, deep=True).pixels, array)
    assert files.load(tmp_path / "b.hdr", deep=True).pixels.dtype == np.float32
    assert main(["export", str(tmp_path / "a.tif"), "--depth", "8", "--out", str(tmp_path / "c.png")]) == 0
    assert files.load(tmp_path / "c.png", deep=True).pixels.dtype == np.uint8


def test_a_deep_document_is_written_as_it_is(tmp_path: Path) -> None:
    array = np.full((40, 50, 4), 1.0, np.float32)
    array[..., 0] = np.linspace(-1, 5, 50)
    with Project.create(tmp_path / "p.atelier") as project:
        layer = RasterLayer(id="a", name="Light", pixels=write_raster(array, project), width=50, height=40)
        document = ImageDocument(id="d", title="Light", width=50, height=40, layers=(layer,), depth=32)
        with project.transaction("New image") as change:
            change.put(document)
    outs = ["a.tif", "a.png", "a.psd", "a.ora"]
    arguments = [argument for out in outs for argument in ("--out", str(tmp_path / out))]
    assert main(["export", str(tmp_path / "p.atelier"), *arguments]) == 0
    assert np.abs(files.load(tmp_path / "a.tif", deep=True).pixels - array).max() < 1e-5
    assert files.load(tmp_path / "a.png", deep=True).pixels.dtype == np.uint16
    assert main(["export", str(tmp_path / "a.ora"), "--out", str(tmp_path / "b.tif")]) == 0
    assert np.abs(files.load(tmp_path / "b.tif", deep=True).pixels - array).max() < 1e-5
    assert main(["export", str(tmp_path / "a.psd"), "--out", str(tmp_path / "c.png")]) == 0
    found = files.load(tmp_path / "c.png", deep=True).pixels
    assert np.array_equal(found, files.load(tmp_path / "a.png", deep=True).pixels)

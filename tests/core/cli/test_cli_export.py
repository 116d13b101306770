"""``atelier export``: layered files and documents of projects as other files, through the real core process."""

from pathlib import Path

import pytest
from PIL import Image

from core.cli import main
from core.documents.image import FillLayer, TextLayer, new_image
from core.project.project import Project
from core.raster import icc

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

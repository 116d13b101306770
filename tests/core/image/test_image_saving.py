"""Exporting pictures: tagged as sRGB, without personal data, the same bytes every time, whole or not at all."""

import io
from pathlib import Path

import numpy as np
import pytest
from image_bench import Bench
from PIL import ExifTags, Image, ImageCms

from core.image import files
from core.image.saving import save
from core.operations.image import Export
from core.values import AtelierError


@pytest.fixture
def pixels(coffee: Path) -> np.ndarray:
    """The product photo with a soft hole in it."""
    picture = files.load(coffee).pixels[:200, :300].copy()
    yy, xx = np.mgrid[:200, :300]
    picture[..., 3] = np.clip((np.hypot(yy - 100, xx - 150) - 40) * 8, 0, 255)
    return picture


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_it_says_srgb_and_its_resolution(tmp_path: Path, pixels: np.ndarray, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    save(path, pixels, kind, dpi=300)
    with Image.open(path) as picture:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        assert "sRGB" in profile.profile.profile_description
    assert files.load(path).info.dpi == pytest.approx(300, abs=0.1)
    assert files.load(path).info.profile == ""


def test_lossless_formats_keep_every_visible_pixel(tmp_path: Path, pixels: np.ndarray) -> None:
    for kind in ("png", "webp", "tiff"):
        save(tmp_path / f"a.{kind}", pixels, kind, lossless=True)
        found = files.load(tmp_path / f"a.{kind}").pixels
        np.testing.assert_array_equal(found[..., 3], pixels[..., 3])
        seen = pixels[..., 3] > 0
        np.testing.assert_array_equal(found[seen], pixels[seen])


def test_avif_is_near_the_picture_and_keeps_its_transparency(tmp_path: Path, pixels: np.ndarray) -> None:
    save(tmp_path / "a.avif", pixels, "avif", quality=90)
    found = files.load(tmp_path / "a.avif").pixels
    assert np.abs(found[..., 3].astype(int) - pixels[..., 3]).max() <= 12
    seen = pixels[..., 3] == 255
    assert np.abs(found[seen].astype(int) - pixels[seen]).mean() < 2
    assert (tmp_path / "a.avif").stat().st_size < pixels.nbytes / 10


def test_jpeg_is_flattened_on_the_colour_and_keeps_full_colour_resolution(tmp_path: Path, pixels: np.ndarray) -> None:
    path = tmp_path / "a.jpg"
    save(path, pixels, "jpeg", quality=95, background="#00ff00")
    with Image.open(path) as picture:
        assert picture.mode == "RGB"
        assert {component[1:3] for component in picture.layer} == {(1, 1)}, "4:4:4"  # type: ignore[attr-defined]
    centre = files.load(path).pixels[100, 150, :3].astype(int)
    assert np.abs(centre - (0, 255, 0)).max() <= 6


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path, pixels: np.ndarray) -> None:
    for kind in ("png", "jpeg", "webp", "avif", "tiff"):
        for name in ("a", "b"):
            save(tmp_path / name, pixels, kind)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def personal(folder: Path, pixels: np.ndarray) -> Path:
    """A JPEG as a phone writes it: place, camera, owner, and things a person wants to keep."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "An espresso"
    exif[ExifTags.Base.Artist] = "Rachel Michetti"
    exif[ExifTags.Base.Copyright] = "CC0"
    exif[ExifTags.Base.Make] = "SecretCam"
    exif[ExifTags.Base.DateTime] = "2026:11:24 09:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "SN-12345"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.CameraOwnerName] = "Jane Secret"
    path = folder / "phone.jpg"
    Image.fromarray(pixels[..., :3]).save(path, exif=exif, comment=b"Jane's phone")
    return path


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_nothing_personal_is_written(tmp_path: Path, bench: Bench, pixels: np.ndarray, kind: str) -> None:
    """Through the operations: in from a phone's file, out as a new one, with and without keeping metadata."""
    phone = bench.file(personal(tmp_path, pixels))
    image = bench.image(files.load(tmp_path / "phone.jpg").pixels)
    bare = bench.run(Export(image=image, format=kind, dpi=72)).output.read_bytes()
    kept = bench.run(Export(image=image, format=kind, keep_metadata=True, original=phone)).output
    for data in (bare, kept.read_bytes()):
        for secret in (b"SecretCam", b"SN-12345", b"Jane", b"2026:11:24"):
            assert secret not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert not picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    # A TIFF keeps its own structure (sizes, strips, profile) in the same place.
    numbers = {254, 256, 257, 258, 259, 262, 273, 277, 278, 279, 282, 283, 284, 296, 317, 338, 339, 34675}
    structure = numbers if kind == "tiff" else set()
    with Image.open(io.BytesIO(bare)) as picture:
        assert not set(picture.getexif()) - structure
    with Image.open(kept) as picture:
        found = picture.getexif()
        assert found[ExifTags.Base.Artist] == "Rachel Michetti" and found[ExifTags.Base.Copyright] == "CC0"
        kept_tags = {ExifTags.Base.ImageDescription, ExifTags.Base.Artist, ExifTags.Base.Copyright}
        assert set(found) - structure <= kept_tags


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, pixels: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    save(path, pixels, "png")
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.image.saving.os.fsync", full)
    with pytest.raises(AtelierError, match=r"“a\.png” cannot be written: No space left on device\."):
        save(path, 255 - pixels, "png")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_a_missing_folder_and_a_webp_too_long_are_said(tmp_path: Path, pixels: np.ndarray) -> None:
    with pytest.raises(AtelierError, match="cannot be written"):
        save(tmp_path / "no" / "a.png", pixels, "png")
    with pytest.raises(AtelierError, match="at most 16,383 pixels on a side"):
        save(tmp_path / "a.webp", np.zeros((2, 16_384, 4), np.uint8), "webp")

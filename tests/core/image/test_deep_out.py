"""What is written with 16 or 32 bits a channel is read back, by this program and by others."""

from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
import pytest
from PIL import ExifTags, Image
from psd_tools import PSDImage
from test_deep_files import noise, read_psd

from core.documents.image import RasterLayer, Transform, new_image
from core.documents.image_values import Depth
from core.image import files, ora, ora_out, psd_out, saving
from core.image.flat import Flattener
from core.image.layering import Intake
from core.operations.image import export_depth
from core.raster.compositor import Compositor
from core.raster.depths import Deep, converted, linear_beyond
from core.raster.layered import LayeredReader, LayeredWriter
from core.raster.manifest import read_deep, write_raster
from core.raster.pack import MemoryAssets
from core.values import AtelierError


def light(height: int, width: int, *, opaque: bool = False) -> Any:
    array = noise(height, width, 4, np.float32) - 1
    array[..., 3] = 1.0 if opaque else np.clip(array[..., 3], 0, 1)
    return array


@pytest.mark.parametrize("opaque", [False, True])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_16_bit_files_hold_every_bit(kind: Any, opaque: bool, tmp_path: Path) -> None:
    array = noise(150, 97, 4)
    if opaque:
        array[..., 3] = 65535
    path = tmp_path / f"a.{kind}"
    saving.save(path, array, kind, dpi=300)
    found = files.load(path, deep=True)
    assert np.array_equal(found.pixels, array)
    assert found.info.dpi == pytest.approx(300, abs=0.1)
    assert not found.info.profile  # sRGB by name and by numbers
    other = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert other is not None
    assert np.array_equal(other, array[..., [2, 1, 0] if opaque else [2, 1, 0, 3]])
    with Image.open(path) as picture:
        assert picture.info["icc_profile"] == saving.srgb_profile()
        eight = np.asarray(picture.convert("RGBA"))
    assert np.abs(eight.astype(int) - converted(array, 8)).max() <= 1
    again = tmp_path / "b"
    saving.save(again, array, kind, dpi=300)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_author_and_copyright_are_copied_and_nothing_else(kind: Any, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Copyright] = "Ada Ågren", "© Ada"
    exif[ExifTags.Base.Model] = "Camera 3000"
    Image.new("RGB", (4, 4)).save(tmp_path / "from.jpg", exif=exif)
    saving.save(tmp_path / "a", noise(9, 9, 4), kind, metadata_from=tmp_path / "from.jpg")
    with Image.open(tmp_path / "a") as picture:
        found = picture.getexif()
        with Image.open(tmp_path / "from.jpg") as source:
            for tag in (ExifTags.Base.Artist, ExifTags.Base.Copyright):
                assert found.get(tag) == source.getexif().get(tag)
    assert b"Camera 3000" not in (tmp_path / "a").read_bytes()
    assert files.load(tmp_path / "a", deep=True).pixels.dtype == np.uint16


@pytest.mark.parametrize("opaque", [False, True])
def test_float_tiffs_hold_light_beyond_white(opaque: bool, tmp_path: Path) -> None:
    array = light(150, 97, opaque=opaque)
    path = tmp_path / "a.tif"
    saving.save(path, array, "tiff")
    other = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert other is not None and other.dtype == np.float32
    assert np.array_equal(other[..., 2::-1], linear_beyond(array[..., :3]))
    found = files.load(path, deep=True).pixels
    assert np.abs(found - array).max() < 1e-5
    assert found.max() > 4


def test_radiance_files_hold_light_beyond_white(tmp_path: Path) -> None:
    array = light(40, 50, opaque=True)
    path = tmp_path / "a.hdr"
    saving.save(path, array, "hdr")
    found = files.load(path, deep=True).pixels
    wanted = np.maximum(linear_beyond(array[..., :3]), 0)
    assert (np.abs(linear_beyond(found[..., :3]) - wanted) <= wanted.max(-1, keepdims=True) / 127 + 1e-6).all()
    clear = array.copy()
    clear[..., 3] = 0
    saving.save(path, clear, "hdr", background="#ff0000")
    assert np.abs(files.load(path, deep=True).pixels[0, 0] - [1, 0, 0, 1]).max() < 0.02


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_other_formats_get_8_bits_rounded(kind: Any, tmp_path: Path) -> None:
    array: Deep = converted(noise(40, 50, 4), 8)
    saving.save(tmp_path / "eight", array, kind)
    saving.save(tmp_path / "sixteen", converted(array, 16), kind)
    assert (tmp_path / "eight").read_bytes() == (tmp_path / "sixteen").read_bytes()


def test_what_a_format_can_hold() -> None:
    assert [export_depth("png", depth) for depth in (8, 16, 32)] == [8, 16, 16]  # type: ignore[arg-type]
    assert [export_depth("tiff", depth) for depth in (8, 16, 32)] == [8, 16, 32]  # type: ignore[arg-type]
    assert [export_depth("jpeg", depth) for depth in (8, 16, 32)] == [8, 8, 8]  # type: ignore[arg-type]
    assert export_depth("hdr", 8) == 32


@pytest.mark.parametrize("depth", [16, 32])
def test_a_photoshop_file_has_16_bits(depth: Depth, tmp_path: Path) -> None:
    array = noise(60, 80, 4)
    assets = MemoryAssets()
    layer = RasterLayer(id="a", name="Deep", pixels=write_raster(converted(array, depth), assets), width=80, height=60)
    document = msgspec.structs.replace(
        new_image(100, 90), depth=depth, layers=(msgspec.structs.replace(layer, transform=Transform(x=7, y=5)),)
    )
    flattener = Flattener(document, Compositor(assets), 16)
    assert psd_out.write(tmp_path / "a.psd", flattener, lambda _: None) == ()
    back, reader, told = read_psd(tmp_path / "a.psd", tmp_path)
    assert back.depth == 16 and told == ()
    (found,) = back.layers
    assert isinstance(found, RasterLayer)
    assert (found.transform.x, found.transform.y) == (7, 5)
    assert np.array_equal(read_deep(found.pixels, reader), array)
    merged = PSDImage.open(tmp_path / "a.psd").numpy()
    assert merged is not None and merged.shape == (90, 100, 4)


@pytest.mark.parametrize("depth", [16, 32])
def test_an_openraster_file_gives_the_same_document(depth: Depth, tmp_path: Path) -> None:
    assets = MemoryAssets()
    array = noise(60, 80, 4) if depth == 16 else light(60, 80)
    layer = RasterLayer(id="layer-1", name="Deep", pixels=write_raster(array, assets), width=80, height=60)
    document = msgspec.structs.replace(new_image(80, 60), depth=depth, layers=(layer,))
    notes = ora_out.write(tmp_path / "a.ora", Flattener(document, Compositor(assets)), lambda _: None)
    assert [str(note) for note in notes] == ["Other programs see 8 bits a channel."]
    with LayeredWriter(tmp_path / "a.layers") as out:
        back = ora.read(tmp_path / "a.ora", Intake(out, "a", lambda _: None))
        out.finish(back)
    assert back.depth == depth and back.layers == document.layers
    assert np.array_equal(
        read_deep(layer.pixels, LayeredReader(tmp_path / "a.layers")), read_deep(layer.pixels, assets)
    )


def test_a_pack_in_an_openraster_file_is_not_believed(tmp_path: Path) -> None:
    import zipfile

    assets = MemoryAssets()
    layer = RasterLayer(id="layer-1", name="D", pixels=write_raster(noise(60, 80, 4), assets), width=80, height=60)
    document = msgspec.structs.replace(new_image(80, 60), depth=16, layers=(layer,))
    ora_out.write(tmp_path / "a.ora", Flattener(document, Compositor(assets)), lambda _: None)
    with zipfile.ZipFile(tmp_path / "a.ora") as old, zipfile.ZipFile(tmp_path / "b.ora", "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data[: len(data) // 2] if entry.filename.endswith(".raster") else data)
    with LayeredWriter(tmp_path / "b.layers") as out:
        back = ora.read(tmp_path / "b.ora", Intake(out, "b", lambda _: None))
    (found,) = back.layers
    assert isinstance(found, RasterLayer) and found.pixels != layer.pixels  # what other programs see is taken


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AtelierError, match="cannot be written"):
        saving.save(tmp_path / "missing" / "a.png", noise(4, 4, 4), "png")

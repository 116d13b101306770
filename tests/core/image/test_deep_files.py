"""Files with 16 and 32 bits a channel: every bit comes in, colours are right, and damage is one sentence."""

import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import icc_profiles
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin
from psd_tools import PSDImage
from psd_tools.api.layers import PixelLayer

from core.documents.image import ImageDocument, RasterLayer
from core.image import files, icc_floats, psd
from core.image.layering import Intake
from core.raster.depths import converted, linear_beyond
from core.raster.layered import LayeredReader, LayeredWriter
from core.raster.manifest import read_deep
from core.values import AtelierError


def noise(height: int, width: int, channels: int, kind: Any = np.uint16, seed: int = 0) -> Any:
    generator = np.random.default_rng(seed)
    if kind == np.float32:
        return (generator.random((height, width, channels)) * 6).astype(np.float32)
    return generator.integers(0, 65536, (height, width, channels)).astype(np.uint16)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png16(array: Any, *extra: bytes) -> bytes:
    """A 16-bit PNG written from its specification."""
    height, width, channels = array.shape
    head = struct.pack(">IIBBBBB", width, height, 16, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    body = chunk(b"IHDR", head) + b"".join(extra) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def tiff(array: Any, **tags: Any) -> bytes:
    """A TIFF with one strip, written from its specification."""
    height, width, channels = array.shape
    bits = array.dtype.itemsize * 8
    entries: dict[int, tuple[int, tuple[int, ...] | bytes]] = {
        256: (4, (width,)),
        257: (4, (height,)),
        258: (3, (bits,) * channels),
        259: (3, (1,)),
        262: (3, (2 if channels >= 3 else 1,)),
        273: (4, (0,)),
        277: (3, (channels,)),
        278: (4, (height,)),
        279: (4, (array.nbytes,)),
        339: (3, (3 if array.dtype == np.float32 else 1,) * channels),
    }
    if channels in (2, 4):
        entries[338] = 3, (tags.get("extra", 2),)
    if "icc" in tags:
        entries[34675] = 7, tags["icc"]
    if "orientation" in tags:
        entries[274] = 3, (tags["orientation"],)
    count, form = len(entries), {3: "H", 4: "I"}
    table, body, at = b"", b"", 8 + 2 + 12 * count + 4
    for tag, (kind, values) in sorted(entries.items()):
        data = values if isinstance(values, bytes) else struct.pack(f"<{len(values)}{form[kind]}", *values)
        number = len(values)
        if tag == 273:
            place = len(table) + 8
            data = bytes(4)
        if len(data) > 4:
            table += struct.pack("<HHII", tag, kind, number, at + len(body))
            body += data + bytes(len(data) % 2)
        else:
            table += struct.pack("<HHI", tag, kind, number) + data.ljust(4, b"\0")
    table = table[:place] + struct.pack("<I", at + len(body)) + table[place + 4 :]
    return struct.pack("<2sHIH", b"II", 42, 8, count) + table + bytes(4) + body + array.tobytes()


def loaded(path: Path, data: bytes, **options: Any) -> files.LoadedImage:
    path.write_bytes(data)
    return files.load(path, deep=True, **options)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_16_bits_come_in_as_they_are(channels: int, kind: str, tmp_path: Path) -> None:
    array = noise(37, 53, channels)
    if kind == "tiff" and channels == 2:
        pytest.skip("OpenCV reads no grey TIFF with alpha: it comes in at 8 bits")
    found = loaded(tmp_path / "a", png16(array) if kind == "png" else tiff(array))
    assert found.pixels.dtype == np.uint16
    assert not found.info.notes
    colours = array[..., :1] if channels < 3 else array[..., :3]
    assert np.array_equal(found.pixels[..., :3], np.broadcast_to(colours, (37, 53, 3)))
    assert np.array_equal(found.pixels[..., 3], array[..., -1] if channels in (2, 4) else np.full((37, 53), 65535))
    eight = files.load(tmp_path / "a")
    assert eight.pixels.dtype == np.uint8
    assert np.abs(eight.pixels.astype(int) - converted(found.pixels, 8)).max() <= 1


@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_a_profile_is_worked_out_with_all_bits(kind: str, tmp_path: Path) -> None:
    array = noise(40, 40, 3)
    icc = icc_profiles.rgb_profile(icc_profiles.DISPLAY_P3, 2.2)
    tag = chunk(b"iCCP", b"x\0\0" + zlib.compress(icc))
    found = loaded(tmp_path / "a", png16(array, tag) if kind == "png" else tiff(array, icc=icc))
    light = (array / 65535.0) ** (round(2.2 * 256) / 256) @ icc_profiles.DISPLAY_P3.T
    expected = np.clip(light @ np.linalg.inv(srgb_to_xyz_d50()).T, 0, 1)
    assert found.info.profile == "Test profile"
    # The numbers of profiles are rounded.
    assert np.abs(linear_beyond(found.pixels[..., :3] / 65535) - expected).max() < 2e-4
    eight = files.load(tmp_path / "a").pixels
    # Little CMS's tables for 8 bits are a few levels off near black.
    assert np.abs(eight[..., :3] - found.pixels[..., :3] / 257).mean() < 0.5


def test_an_srgb_profile_changes_no_bit(tmp_path: Path) -> None:
    from core.image.profiles import srgb_profile

    array = noise(40, 40, 3)
    assert np.array_equal(loaded(tmp_path / "a", tiff(array, icc=srgb_profile())).pixels[..., :3], array)


def test_a_grey_profile_and_a_gamma(tmp_path: Path) -> None:
    array = noise(40, 40, 1)
    icc = icc_profiles.grey_profile(1.8)
    found = loaded(tmp_path / "a", png16(array, chunk(b"iCCP", b"x\0\0" + zlib.compress(icc))))
    light = (array / 65535.0) ** (round(1.8 * 256) / 256)
    assert np.abs(found.pixels[..., :1] - encoded(light) * 65535).max() < 2
    found = loaded(tmp_path / "a", png16(array, chunk(b"gAMA", struct.pack(">I", 100_000))))
    assert np.abs(found.pixels[..., :1] - encoded(array / 65535.0) * 65535).max() < 2


def srgb_to_xyz_d50() -> Any:
    """From the primaries and whites of IEC 61966-2-1 and ICC, by Bradford's adaptation."""
    whites = [np.array([x / y, 1, (1 - x - y) / y]) for x, y in ((0.3127, 0.3290), (0.34567, 0.35850))]
    primaries = np.array([[x / y, 1, (1 - x - y) / y] for x, y in ((0.64, 0.33), (0.3, 0.6), (0.15, 0.06))]).T
    d65 = primaries * np.linalg.solve(primaries, whites[0])
    cone = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    return np.linalg.inv(cone) @ np.diag(cone @ whites[1] / (cone @ whites[0])) @ cone @ d65


def encoded(light: Any) -> Any:
    size = np.abs(light)
    return np.sign(light) * np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055)


def test_a_profile_of_tables_comes_in_at_8_bits_and_says_so(tmp_path: Path) -> None:
    icc = icc_profiles.rgb_profile(icc_profiles.SRGB, 2.2).replace(b"rTRC", b"rXXX")
    found = loaded(tmp_path / "a", tiff(noise(9, 9, 3), icc=icc))
    assert found.pixels.dtype == np.uint8
    assert any("8 were kept" in note for note in found.info.notes)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_float_tiffs_are_linear_light_beyond_white(channels: int, tmp_path: Path) -> None:
    array = noise(30, 40, channels, np.float32) - 1
    if channels == 4:
        array[..., 3] = np.clip(array[..., 3], 0, 1)
    found = loaded(tmp_path / "a", tiff(array))
    assert found.pixels.dtype == np.float32
    colours = np.broadcast_to(encoded(array[..., : 3 if channels > 2 else 1].astype(float)), (30, 40, 3))
    assert np.abs(found.pixels[..., :3] - colours).max() < 1e-5
    assert found.pixels[..., :3].max() > 2 and found.pixels[..., :3].min() < -0.9
    if channels == 4:
        assert np.array_equal(found.pixels[..., 3], array[..., 3])
    if channels > 1:
        assert np.array_equal(loaded(tmp_path / "b", tiff(array, icc=icc_floats.linear_srgb())).pixels, found.pixels)


def test_premultiplied_alpha_is_made_straight(tmp_path: Path) -> None:
    array = noise(30, 40, 4)
    array[..., 3] |= 0x4000
    whole = array.copy()
    whole[..., :3] = array[..., :3] * (array[..., 3:] / 65535.0)
    found = loaded(tmp_path / "a", tiff(whole, extra=1))
    assert np.abs(found.pixels.astype(int) - array).max() <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_files_are_upright(orientation: int, tmp_path: Path) -> None:
    array = noise(30, 40, 3)
    found = loaded(tmp_path / "a", tiff(array, orientation=orientation))
    eight = files.load(tmp_path / "a")
    assert found.pixels.shape == eight.pixels.shape
    assert np.abs(eight.pixels.astype(int) - converted(found.pixels, 8)).max() <= 1


def test_radiance_pictures_keep_their_light(tmp_path: Path) -> None:
    light = noise(30, 40, 3, np.float32) * 100
    data = cv2.imencode(".hdr", light[..., ::-1])[1].tobytes()
    found = loaded(tmp_path / "a", data)
    assert found.info.format == "HDR" and found.pixels.dtype == np.float32
    back = linear_beyond(found.pixels[..., :3])  # the brightest of three shares its exponent with the others
    assert (np.abs(back - light) <= light.max(-1, keepdims=True) / 127).all()
    assert (found.pixels[..., 3] == 1).all()
    assert files.load(tmp_path / "a").pixels.dtype == np.uint8
    assert files.probe(tmp_path / "a").width == 40


@pytest.mark.parametrize("kind", ["png", "tiff", "float", "hdr"])
def test_what_is_cut_off_is_one_sentence(kind: str, tmp_path: Path) -> None:
    light = noise(30, 40, 3, np.float32)
    data = {
        "png": png16(noise(30, 40, 3)),
        "tiff": tiff(noise(30, 40, 3)),
        "float": tiff(light),
        "hdr": cv2.imencode(".hdr", light)[1].tobytes(),
    }[kind]
    for length in range(4, len(data) - 1, max(1, len(data) // 60)):
        with pytest.raises(AtelierError):
            loaded(tmp_path / "a", data[:length])


@pytest.mark.parametrize("size", [b"-Y 30000 +X 30000", b"-Y 999999 +X 3", b"-Y 0 +X 7", b"+Y 5 +X 5", b"nothing"])
def test_impossible_radiance_headers_are_refused(size: bytes, tmp_path: Path) -> None:
    with pytest.raises(AtelierError):
        loaded(tmp_path / "a", b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n" + size + b"\n\2\2\0\1")


def test_floats_that_are_no_numbers_come_in_as_colours(tmp_path: Path) -> None:
    array = noise(8, 8, 4, np.float32)
    array[0, 0], array[0, 1], array[0, 2] = np.nan, np.inf, -np.inf
    found = loaded(tmp_path / "a", tiff(array)).pixels
    assert np.isfinite(found).all()
    assert found[..., 3].min() >= 0 and found[..., 3].max() <= 1


def read_psd(path: Path, tmp_path: Path) -> tuple[ImageDocument, LayeredReader, tuple[str, ...]]:
    with LayeredWriter(tmp_path / "out.layers") as out:
        intake = Intake(out, path.name, lambda _: None)
        document = psd.read(path, intake)
        out.finish(document)
    return document, LayeredReader(tmp_path / "out.layers"), intake.told()


def test_16_bit_photoshop_layers_keep_every_bit(tmp_path: Path) -> None:
    array = noise(20, 30, 4)
    made = PSDImage.new("RGBA", (30, 20), depth=16)
    PixelLayer.fromarray(array, made, name="Deep")
    made.save(tmp_path / "deep.psd")
    document, assets, told = read_psd(tmp_path / "deep.psd", tmp_path)
    assert document.depth == 16
    (layer,) = document.layers
    assert isinstance(layer, RasterLayer)
    assert np.array_equal(read_deep(layer.pixels, assets), array)
    assert not any("bits" in note for note in told)


def test_32_bit_photoshop_layers_are_light_beyond_white(tmp_path: Path) -> None:
    array = noise(20, 30, 3, np.float32)
    made = PSDImage.new("RGB", (30, 20), depth=32)
    PixelLayer.fromarray(array, made, name="Light")
    made.save(tmp_path / "light.psd")
    document, assets, _ = read_psd(tmp_path / "light.psd", tmp_path)
    assert document.depth == 32
    (layer,) = document.layers
    assert isinstance(layer, RasterLayer)
    assert np.abs(read_deep(layer.pixels, assets)[..., :3] - encoded(array.astype(float))).max() < 1e-5


def test_pillow_agrees_on_what_a_tiff_holds(tmp_path: Path) -> None:
    array = noise(20, 30, 1)
    (tmp_path / "a.tif").write_bytes(tiff(array))
    with Image.open(tmp_path / "a.tif") as picture:
        assert isinstance(picture, TiffImagePlugin.TiffImageFile)
        assert np.array_equal(np.asarray(picture), array[..., 0])

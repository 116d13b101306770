"""Opening pictures: every format, whatever it is called, upright and in sRGB."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from icc_profiles import DISPLAY_P3, cmyk_profile, expected_srgb, grey_profile, rgb_profile
from PIL import Image, ImageCms, PngImagePlugin

from core.image import files
from core.image.profiles import srgb_profile
from core.values import AtelierError

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def photo(coffee: Path) -> Image.Image:
    """The product photo, small, as Pillow has it."""
    with Image.open(coffee) as picture:
        return picture.convert("RGB").resize((120, 80))


def saved(folder: Path, picture: Image.Image, name: str, **options: object) -> Path:
    path = folder / name
    picture.save(path, **options)
    return path


@pytest.mark.parametrize(
    ("name", "options", "tolerance"),
    [
        ("a.png", {}, 0),
        ("a.bmp", {}, 0),
        ("a.tif", {}, 0),
        ("lzw.tif", {"compression": "tiff_lzw"}, 0),
        ("deflate.tif", {"compression": "tiff_adobe_deflate"}, 0),
        ("a.webp", {"lossless": True}, 0),
        ("lossy.webp", {"quality": 90}, 60),
        ("a.jpg", {"quality": 95, "subsampling": 0}, 16),
        ("a.gif", {}, 40),
    ],
)
def test_every_format_opens(
    tmp_path: Path, photo: Image.Image, name: str, options: dict[str, object], tolerance: int
) -> None:
    loaded = files.load(saved(tmp_path, photo, name, **options))
    assert loaded.pixels.shape == (80, 120, 4) and loaded.pixels.dtype == np.uint8
    assert (loaded.pixels[..., 3] == 255).all()
    error = np.abs(loaded.pixels[..., :3].astype(int) - np.asarray(photo))
    assert np.percentile(error, 99) <= tolerance
    assert loaded.info.width == 120 and loaded.info.height == 80
    probed = files.probe(tmp_path / name)
    assert (probed.format, probed.width, probed.height) == (loaded.info.format, 120, 80)


def test_a_wrong_extension_just_works(tmp_path: Path, photo: Image.Image) -> None:
    path = saved(tmp_path, photo, "a.png")
    for name in ("a.jpg", "a.txt", "a"):
        other = tmp_path / name
        shutil.copy(path, other)
        np.testing.assert_array_equal(files.load(other).pixels[..., :3], np.asarray(photo))
        assert files.load(other).info.format == "PNG"


def test_transparency_of_every_kind(tmp_path: Path, photo: Image.Image) -> None:
    alpha = Image.linear_gradient("L").resize(photo.size)
    rgba = photo.copy()
    rgba.putalpha(alpha)
    for name, options in (("a.png", {}), ("a.webp", {"lossless": True, "exact": True}), ("a.tif", {})):
        np.testing.assert_array_equal(files.load(saved(tmp_path, rgba, name, **options)).pixels, np.asarray(rgba))
    grey = rgba.convert("LA")
    np.testing.assert_array_equal(
        files.load(saved(tmp_path, grey, "grey.png")).pixels, np.asarray(grey.convert("RGBA"))
    )
    indexed = photo.quantize(16)
    path = saved(tmp_path, indexed, "indexed.png", transparency=bytes((0, 128)))
    found = files.load(path).pixels
    index = np.asarray(indexed)
    assert (found[index == 0][:, 3] == 0).all() and (found[index == 1][:, 3] == 128).all()
    assert (found[index > 1][:, 3] == 255).all()
    keyed = saved(tmp_path, photo, "keyed.png", transparency=photo.getpixel((5, 5)))
    assert files.load(keyed).pixels[5, 5, 3] == 0


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(4, 0)
    for name in ("a.png", "a.tif"):
        path = saved(tmp_path, Image.fromarray(ramp), name)
        np.testing.assert_array_equal(files.load(path).pixels[0, :, 0], np.arange(256))
    import cv2

    colour = np.dstack((ramp, ramp[:, ::-1], np.full_like(ramp, 32768)))
    for name in ("rgb.png", "rgb.tif"):
        cv2.imwrite(str(tmp_path / name), colour[..., ::-1])
        found = files.load(tmp_path / name).pixels[..., :3].astype(int)
        assert np.abs(found - np.rint(colour / 257).astype(int)).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_a_turned_picture_stands_upright(tmp_path: Path, photo: Image.Image, name: str, orientation: int) -> None:
    """The file's pixels are turned the other way, so that the EXIF orientation (CIPA DC-008) brings them back."""
    undo = {
        1: (),
        2: (Image.Transpose.FLIP_LEFT_RIGHT,),
        3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,),
        5: (Image.Transpose.TRANSPOSE,),
        6: (Image.Transpose.ROTATE_90,),
        7: (Image.Transpose.TRANSVERSE,),
        8: (Image.Transpose.ROTATE_270,),
    }[orientation]
    stored = photo
    for step in undo:
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"a.jpg": {"quality": 98}, "a.webp": {"lossless": True}}.get(name, {})
    loaded = files.load(saved(tmp_path, stored, name, exif=exif, **options))
    assert loaded.pixels.shape == (80, 120, 4)
    assert (loaded.info.width, loaded.info.height) == (120, 80)
    assert np.abs(loaded.pixels[..., :3].astype(int) - np.asarray(photo)).mean() < 3


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp"])
def test_an_embedded_profile_is_honoured(tmp_path: Path, photo: Image.Image, name: str) -> None:
    icc = rgb_profile(DISPLAY_P3, 2.2)
    options = {"a.jpg": {"quality": 100, "subsampling": 0}, "a.webp": {"lossless": True}}.get(name, {})
    loaded = files.load(saved(tmp_path, photo, name, icc_profile=icc, **options))
    with Image.open(tmp_path / name) as raw:
        stored = np.asarray(raw.convert("RGB"))
    error = np.abs(loaded.pixels[..., :3] - expected_srgb(stored, DISPLAY_P3, 2.2))
    assert np.percentile(error, 99) <= 2.5 and error.mean() < 0.7
    assert loaded.info.profile == "Test profile" and not loaded.info.notes
    assert np.abs(loaded.pixels[..., :3].astype(int) - stored).max() > 10, "the profile must have made a difference"


def test_a_profile_keeps_alpha_and_serves_indexed_and_grey_pictures(tmp_path: Path, photo: Image.Image) -> None:
    icc = rgb_profile(DISPLAY_P3, 2.2)
    rgba = photo.copy()
    rgba.putalpha(Image.linear_gradient("L").resize(photo.size))
    loaded = files.load(saved(tmp_path, rgba, "a.png", icc_profile=icc)).pixels
    np.testing.assert_array_equal(loaded[..., 3], np.asarray(rgba)[..., 3])
    indexed = photo.quantize(32)
    found = files.load(saved(tmp_path, indexed, "p.png", icc_profile=icc)).pixels[..., :3]
    expected = expected_srgb(np.asarray(indexed.convert("RGB")), DISPLAY_P3, 2.2)
    assert np.percentile(np.abs(found - expected), 99) <= 2.5
    grey = photo.convert("L")
    found = files.load(saved(tmp_path, grey, "g.png", icc_profile=grey_profile(1.0))).pixels[..., 0]
    linear = np.asarray(grey) / 255
    expected = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055) * 255
    assert np.abs(found - expected).max() <= 2


def test_srgb_by_another_name_changes_nothing(tmp_path: Path, photo: Image.Image) -> None:
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (srgb_profile(), other):
        loaded = files.load(saved(tmp_path, photo, "a.png", icc_profile=icc))
        np.testing.assert_array_equal(loaded.pixels[..., :3], np.asarray(photo))
        assert loaded.info.profile == ""


def test_cmyk_with_a_profile_and_without(tmp_path: Path) -> None:
    """Inks as the profile has them: cyan is not #00ffff."""
    inks = {(c, m, y, k): _mix(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)}
    patches = np.zeros((8, 40, 4), np.uint8)
    for index, ink in enumerate([(0, 0, 0, 0), (255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255)]):
        patches[:, index * 8 : index * 8 + 8] = ink
    picture = Image.fromarray(patches, "CMYK")
    for name, options in (("a.tif", {}), ("a.jpg", {"quality": 100})):
        loaded = files.load(saved(tmp_path, picture, name, icc_profile=cmyk_profile(inks), **options))
        assert loaded.info.mode == "CMYK" and loaded.info.profile == "Test profile"
        cyan, magenta = loaded.pixels[4, 12, :3].astype(int), loaded.pixels[4, 20, :3].astype(int)
        expected = np.asarray(_lab_to_srgb((58, -36, -48)))
        assert np.abs(cyan - expected).max() <= 10, (cyan, expected)
        assert np.abs(magenta - np.asarray(_lab_to_srgb((49, 74, 0)))).max() <= 10
        assert loaded.pixels[4, 4, :3].min() > 240 and loaded.pixels[4, 36, :3].max() < 50
    loaded = files.load(saved(tmp_path, picture, "bare.tif"))
    assert "without a profile" in loaded.info.notes[0]
    assert tuple(loaded.pixels[4, 4, :3]) == (255, 255, 255)


def _mix(c: int, m: int, y: int, k: int) -> tuple[float, float, float]:
    inks = {"c": (58.0, -36.0, -48.0), "m": (49.0, 74.0, 0.0), "y": (90.0, -5.0, 90.0), "k": (12.0, 0.0, 0.0)}
    used = [inks[name] for name, on in zip("cmyk", (c, m, y, k), strict=True) if on]
    if not used:
        return (98.0, 0.0, 0.0)
    return (min(i[0] for i in used), sum(i[1] for i in used) / len(used), sum(i[2] for i in used) / len(used))


def _lab_to_srgb(lab: tuple[float, float, float]) -> tuple[int, int, int]:
    from coloraide import Color

    colour = Color("lab", lab).convert("srgb").clip()
    return tuple(round(v * 255) for v in colour.coords())  # type: ignore[return-value]


def test_a_damaged_or_unsuitable_profile_is_said_and_left(tmp_path: Path, photo: Image.Image) -> None:
    for icc in (b"nonsense" * 40, cmyk_profile({k: _mix(*k) for k in np.ndindex(2, 2, 2, 2)})):
        loaded = files.load(saved(tmp_path, photo, "a.png", icc_profile=icc))
        assert "sRGB was assumed" in loaded.info.notes[0]
        np.testing.assert_array_equal(loaded.pixels[..., :3], np.asarray(photo))


def test_a_camera_that_only_says_adobe_rgb_is_believed() -> None:
    """rocket.jpg has no profile, but says R03 in its EXIF (DCF 2.0): it is more colourful than it looks."""
    loaded = files.load(DATA / "rocket.jpg")
    with Image.open(DATA / "rocket.jpg") as raw:
        stored = np.asarray(raw.convert("RGB"))
    assert loaded.info.profile == "Adobe RGB (1998)"
    adobe = np.array([[0.6097, 0.2053, 0.1492], [0.3111, 0.6257, 0.0632], [0.0195, 0.0609, 0.7446]])
    error = np.abs(loaded.pixels[..., :3] - expected_srgb(stored, adobe, 563 / 256))
    assert np.percentile(error, 99) <= 3
    assert np.abs(loaded.pixels[..., :3].astype(int) - stored).max() > 8


def test_the_gamma_of_a_png_is_honoured(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", (100_000).to_bytes(4, "big"))
    ramp = Image.fromarray(np.arange(256, dtype=np.uint8)[None].repeat(4, 0)).convert("RGB")
    found = files.load(saved(tmp_path, ramp, "linear.png", pnginfo=info)).pixels[0, :, 0]
    linear = np.arange(256) / 255
    expected = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055) * 255
    assert np.abs(found - expected).max() <= 1


def test_resolution_and_further_pages_are_reported(tmp_path: Path, photo: Image.Image) -> None:
    assert files.load(saved(tmp_path, photo, "a.png", dpi=(300, 300))).info.dpi == pytest.approx(300, abs=0.1)
    assert files.load(saved(tmp_path, photo, "a.jpg", dpi=(240, 240))).info.dpi == 240
    assert files.load(saved(tmp_path, photo, "b.png")).info.dpi is None
    path = saved(tmp_path, photo, "a.tif", save_all=True, append_images=[photo, photo])
    loaded = files.load(path)
    assert loaded.info.frames == 3 and "3 pictures" in loaded.info.notes[0]


def test_an_animation_opens_at_its_first_picture_and_says_so(tmp_path: Path, photo: Image.Image) -> None:
    small = photo.resize((40, 30))
    for name in ("a.gif", "a.webp", "a.avif"):
        still = saved(tmp_path, small, f"still-{name}")
        assert files.load(still).info.notes == (), name
        moves = saved(tmp_path, small, name, save_all=True, append_images=[small.rotate(90), small.rotate(180)])
        loaded = files.load(moves)
        assert len(loaded.info.notes) == 1 and "first" in loaded.info.notes[0], name
        assert np.abs(loaded.pixels[..., :3].astype(int) - np.asarray(small.convert("RGB"))).mean() < 12, name


def test_more_than_eight_bits_are_reduced_and_said(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(8, 0)
    for name in ("a.png", "a.tif"):
        path = tmp_path / name
        Image.fromarray(ramp).save(path)
        loaded = files.load(path)
        assert loaded.info.notes == ("It has more than 8 bits a channel; 8 were kept.",), name
        np.testing.assert_array_equal(loaded.pixels[0, :, 0], np.arange(256))


def test_svg_is_drawn_at_its_size_or_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 2 1">'
        '<rect width="1" height="1" fill="#ff0000"/>'
        '<rect x="1" width="1" height="1" fill="#00ff00" opacity="0.5"/></svg>'
    )
    loaded = files.load(path)
    assert loaded.pixels.shape == (38, 76, 4)
    np.testing.assert_array_equal(loaded.pixels[10, 10], (255, 0, 0, 255))
    assert abs(int(loaded.pixels[10, 60, 3]) - 128) <= 1 and loaded.pixels[10, 60, 1] >= 254
    assert files.load(path, width=800).pixels.shape == (400, 800, 4)
    assert files.probe(path).width == 76


def test_text_in_a_drawing_uses_the_shipped_fonts(tmp_path: Path) -> None:
    path = tmp_path / "t.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">'
        '<text x="10" y="40" font-family="Inter" font-size="32">Hello &amp; 你好</text></svg>'
    )
    assert (files.load(path).pixels[..., 3] > 0).mean() > 0.03


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda p: p.mkdir(), "“x.png” is a folder, not a picture."),
        (lambda p: p.write_bytes(b""), "“x.png” is empty."),
        (lambda p: None, "“x.png” is not there any more."),
    ],
)
def test_what_is_not_a_file_is_said(tmp_path: Path, make: object, sentence: str) -> None:
    path = tmp_path / "x.png"
    make(path)  # type: ignore[operator]
    with pytest.raises(AtelierError) as error:
        files.load(path)
    assert str(error.value) == sentence


def test_an_asset_named_by_its_hash_is_called_the_picture(tmp_path: Path) -> None:
    path = tmp_path / ("0a" * 32)
    path.write_bytes(b"no picture")
    with pytest.raises(AtelierError, match="“The picture” is not a picture"):
        files.load(path)


def test_a_grey_pixel_is_worked_on_in_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, photo: Image.Image
) -> None:
    """Conversion in many small bands gives what one large band gives."""
    path = saved(tmp_path, photo, "a.png", icc_profile=rgb_profile(DISPLAY_P3, 2.2))
    whole = files.load(path).pixels
    import core.image.files as module
    from core.image import pixels as helpers

    monkeypatch.setattr(module, "bands", lambda h, b: helpers.bands(h, b, 4000))
    np.testing.assert_array_equal(files.load(path).pixels, whole)


def test_bytes_in_other_files_open_too(photo: Image.Image) -> None:
    out = io.BytesIO()
    photo.save(out, "PNG")
    np.testing.assert_array_equal(files.decode_bytes(out.getvalue(), "cover").pixels[..., :3], np.asarray(photo))

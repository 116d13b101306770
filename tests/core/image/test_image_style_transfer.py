"""Style transfer: photographs take the look of other pictures, stay readable, and come out the same every time."""

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench

from core.image import files, style_transfer
from core.image.pixels import to_oklab
from core.operations.base import fields
from core.operations.image_style import StyleTransfer
from core.resources import resource
from core.values import AtelierError

LOOKS = next(f.choices for f in fields(StyleTransfer) if f.name == "look")


def photo(name: str = "chelsea.png", longest: int = 320) -> np.ndarray:
    path = resource("samples") / name if name == "coffee.png" else DATA / name
    rgb = files.load(path).pixels[..., :3]
    scale = longest / max(rgb.shape)
    return cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def look(name: str) -> np.ndarray:
    return files.load(resource("looks") / f"{name.replace(' ', '-')}.png").pixels[..., :3]


def colours(rgb: np.ndarray) -> np.ndarray:
    """Mean and spread of the channels in OKLab."""
    lab = to_oklab(rgb[..., :3]).reshape(-1, 3)
    return np.concatenate((lab.mean(0), lab.std(0)))


def edges(rgb: np.ndarray) -> np.ndarray:
    light = cv2.GaussianBlur(rgb[..., :3].mean(-1).astype(np.float32), (0, 0), 2)
    return np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1))


def likeness(made: np.ndarray, rgb: np.ndarray) -> float:
    """Correlation of where two pictures have their edges."""
    return float(np.corrcoef(edges(made).ravel(), edges(rgb).ravel())[0, 1])


@pytest.mark.parametrize("name", LOOKS)
def test_each_look_is_taken_over_and_the_photo_stays_readable(bench: Bench, name: str) -> None:
    for rgb in (photo(), photo("rocket.jpg")):
        made = bench.run(StyleTransfer(image=bench.image(rgb), look=name)).output
        assert made.shape == (*rgb.shape[:2], 4) and made.dtype == np.uint8
        wanted = colours(look(name))
        assert np.abs(colours(made) - wanted).sum() < 0.75 * np.abs(colours(rgb) - wanted).sum(), name
        other = likeness(made, np.ascontiguousarray(rgb[:, ::-1]))
        assert likeness(made, rgb) > max(0.3, 1.3 * other), (name, likeness(made, rgb), other)


def test_a_photograph_of_the_user_gives_its_look(bench: Bench) -> None:
    rgb, style = photo("rocket.jpg"), photo("coffee.png")
    asset = bench.image(rgb)
    made = bench.run(StyleTransfer(image=asset, reference=bench.image(style), look="pencil")).output
    assert np.abs(colours(made) - colours(style)).sum() < 0.5 * np.abs(colours(rgb) - colours(style)).sum()
    assert np.array_equal(made, bench.run(StyleTransfer(image=asset, reference=bench.image(style))).output), (
        "with a style picture the choice of looks counts for nothing"
    )


def test_the_whole_of_a_wide_style_picture_is_read(bench: Bench) -> None:
    """One half black and white, the other colourful: neither half alone gives what both give."""
    asset, glass, pencil = bench.image(photo()), look("stained glass"), look("pencil")
    made = [
        bench.run(StyleTransfer(image=asset, reference=bench.image(style))).output.astype(int)
        for style in (np.hstack((glass, pencil)), glass, pencil)
    ]
    for half in made[1:]:
        assert 4 < np.abs(made[0] - half).mean() < np.abs(made[1] - made[2]).mean()


def test_results_are_what_they_were(bench: Bench) -> None:
    """A coarse copy of two results, as numbers: other weights, sizes or colours would change them."""
    asset = bench.image(photo("coffee.png", 600))
    for name, wanted in FINGERPRINTS.items():
        made = bench.run(StyleTransfer(image=asset, look=name)).output
        assert np.array_equal(made, bench.run(StyleTransfer(image=asset, look=name)).output)
        coarse = cv2.resize(made[..., :3], (4, 3), interpolation=cv2.INTER_AREA).reshape(-1)
        np.testing.assert_allclose(coarse, wanted, atol=3)


FINGERPRINTS = {
    "cut paper": [
        189,
        170,
        164,
        188,
        165,
        162,
        198,
        180,
        174,
        204,
        195,
        190,
        196,
        166,
        158,
        184,
        168,
        166,
        183,
        170,
        168,
        186,
        171,
        163,
        201,
        198,
        198,
        180,
        153,
        148,
        165,
        159,
        163,
        186,
        170,
        160,
    ],
    "stained glass": [
        116,
        137,
        144,
        116,
        126,
        126,
        117,
        133,
        136,
        100,
        125,
        139,
        124,
        134,
        131,
        121,
        132,
        137,
        122,
        134,
        138,
        104,
        129,
        141,
        119,
        136,
        142,
        117,
        130,
        137,
        119,
        137,
        152,
        120,
        137,
        139,
    ],
}


def test_strength_goes_from_the_photo_to_the_style(bench: Bench) -> None:
    rgb = photo()
    asset = bench.image(rgb)
    made = [bench.run(StyleTransfer(image=asset, strength=s)).output[..., :3] for s in (0, 30, 60, 100)]
    np.testing.assert_array_equal(made[0], rgb)
    away = [np.abs(m.astype(int) - rgb).mean() for m in made]
    assert away == sorted(away) and away[1] > 3 and away[3] > 1.5 * away[1], away


def test_the_photos_colours_can_stay(bench: Bench) -> None:
    rgb = photo("coffee.png")
    asset = bench.image(rgb)
    free = bench.run(StyleTransfer(image=asset, look="neon night")).output
    kept = bench.run(StyleTransfer(image=asset, look="neon night", keep_colours=100)).output

    def off(made: np.ndarray) -> float:
        return float(np.abs(to_oklab(made[..., :3])[..., 1:] - to_oklab(rgb)[..., 1:]).mean())

    assert off(kept) < 0.25 * off(free), (off(kept), off(free))
    assert colours(kept)[0] == pytest.approx(colours(rgb)[0], abs=0.04), "as light as the photo"
    assert np.abs(kept[..., :3].astype(int) - rgb).mean() > 6, "and yet painted"


def test_larger_strokes_leave_less_fine_detail(bench: Bench) -> None:
    asset = bench.image(photo("coffee.png", 600))

    def fine(strokes: float) -> float:
        made = bench.run(StyleTransfer(image=asset, strokes=strokes, quality="quick")).output
        light = made[..., :3].mean(-1).astype(np.float32)
        return float(np.abs(light - cv2.GaussianBlur(light, (0, 0), 1.5)).mean())

    assert fine(250) < 0.75 * fine(100) < 0.75 * fine(50) / 0.75


def test_fine_has_crisper_outlines_than_quick(bench: Bench) -> None:
    asset = bench.image(photo("coffee.png", 1200))

    def crisp(quality: str) -> float:
        made = bench.run(StyleTransfer(image=asset, quality=quality)).output[..., :3].mean(-1).astype(np.float32)
        return float(np.abs(cv2.Laplacian(made, cv2.CV_32F)).mean())

    assert crisp("fine") > 1.3 * crisp("quick")


def test_what_is_larger_than_the_painting_keeps_the_photos_detail(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hair lines that the small painting cannot hold are seen at full size."""
    monkeypatch.setattr(style_transfer, "LARGEST", 512)
    rgb = cv2.resize(photo(longest=451), (1600, 1064), interpolation=cv2.INTER_CUBIC)
    rgb[::7] = (rgb[::7] * 0.4).astype(np.uint8)
    made = bench.run(StyleTransfer(image=bench.image(rgb), look="pencil")).output
    light = made[..., :3].mean(-1)
    phase = np.array([light[p::7].mean() for p in range(7)])
    assert phase[0] < np.delete(phase, [0, 1, 6]).min() - 2, phase


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (700, 3), (33, 17)])
def test_any_size_is_painted(bench: Bench, size: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    rgb = random.integers(0, 256, (*size, 3), np.uint8)
    made = bench.run(StyleTransfer(image=bench.image(rgb), reference=bench.image(rgb[::-1].copy()))).output
    assert made.shape == (*size, 4)


def test_alpha_and_what_nobody_sees_stay(bench: Bench) -> None:
    rgba = np.dstack((photo(), np.full(photo().shape[:2], 255, np.uint8)))
    rgba[:60, :90], rgba[150:, 200:, 3] = (255, 0, 255, 0), 77
    run = bench.run(StyleTransfer(image=bench.image(rgba)))
    made = run.output
    np.testing.assert_array_equal(made[..., 3], rgba[..., 3])
    assert not run.previews[0][:60, :90, 3].any(), "a preview has the hole, too"
    np.testing.assert_array_equal(made[:60, :90], rgba[:60, :90])
    plain = rgba.copy()
    plain[:60, :90, :3] = 0
    np.testing.assert_array_equal(bench.run(StyleTransfer(image=bench.image(plain))).output[60:], made[60:])


def test_progress_previews_and_stopping(bench: Bench) -> None:
    operation = StyleTransfer(image=bench.image(photo("coffee.png", 1400)))
    run = bench.run(operation)
    fractions = [fraction for fraction, _ in run.progress]
    assert fractions == sorted(fractions) and fractions[-1] == 1
    assert [max(p.shape) for p in run.previews] == [512, 1024, 1400]
    early = cv2.resize(run.previews[0][..., :3], (60, 40), interpolation=cv2.INTER_AREA).astype(int)
    late = cv2.resize(run.output[..., :3], (60, 40), interpolation=cv2.INTER_AREA)
    assert np.abs(early - late).mean() < 25, "a preview shows what is to come"
    stopped = bench.stopped(operation, 0.2)
    assert stopped.progress[-1][0] < 1


def test_what_cannot_be_done_is_said(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.models import catalog

    asset = bench.image(photo())
    clear = bench.image(np.zeros((20, 20, 4), np.uint8))
    with pytest.raises(AtelierError, match="has no look to take over"):
        bench.run(StyleTransfer(image=asset, reference=clear))
    fake = tmp_path / "resources" / "models"
    monkeypatch.setattr(catalog, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    with pytest.raises(AtelierError, match="is missing"):
        bench.run(StyleTransfer(image=asset))
    fake.mkdir(parents=True)
    for name in ("style-paint.onnx", "style-predict.onnx"):
        (fake / name).write_bytes(b"\x08\x08hostile")
    with pytest.raises(AtelierError, match="is not the one that Atelier was made"):
        bench.run(StyleTransfer(image=asset))


def test_the_command_line_does_it_through_the_core_process(bench: Bench, tmp_path: Path) -> None:
    root = DATA.parents[1]
    out = tmp_path / "out.png"
    words = ["--in", f"image={DATA / 'chelsea.png'}", "--in", f"reference={resource('samples') / 'coffee.png'}"]
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", "run", "image.style_transfer", *words, "--out", str(out)],
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "100%  Write out.png" in done.stderr
    made = files.load(out).pixels
    inputs = [bench.image(files.load(Path(word.partition("=")[2])).pixels) for word in words[1::2]]
    here = bench.run(StyleTransfer(image=inputs[0], reference=inputs[1])).output
    assert np.abs(made.astype(int) - here).max() <= 1, "the same as in this process"

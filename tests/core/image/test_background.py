"""Remove background, on real photographs, against cut-outs whose alpha is known."""

import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run

from core.engine.context import Cancelled
from core.image import files, matting
from core.image.background import refine
from core.operations.image import RemoveBackground
from core.values import AtelierError


def true_cutout(coffee: Path) -> tuple[np.ndarray, np.ndarray]:
    """The saucer as an ellipse drawn by hand around it, antialiased: colours (H×W×3) and alpha (0…1).

    Only what is surely saucer, cup and spoon is inside, so that it can be put on another photograph.
    """
    rgb = files.load(coffee).pixels[..., :3]
    mask = np.zeros((1600, 2400), np.uint8)
    cv2.ellipse(mask, (4 * 277, 4 * 245), (4 * 196, 4 * 132), 6, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.ellipse(mask, (4 * 291, 4 * 116), (4 * 114, 4 * 96), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return rgb, cv2.resize(mask, (600, 400), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


@pytest.fixture(scope="module")
def composite() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The cup on a photograph of a cat: picture, true alpha, true colours."""
    coffee = Path(__file__).parents[3] / "resources" / "samples" / "coffee.png"
    rgb, alpha = true_cutout(coffee)
    ground = cv2.resize(files.load(DATA / "chelsea.png").pixels[..., :3], (600, 400), interpolation=cv2.INTER_CUBIC)
    ground = cv2.GaussianBlur(ground, (0, 0), 6)
    mixed = rgb * alpha[..., None] + ground * (1 - alpha[..., None])
    return np.rint(mixed).astype(np.uint8), alpha, rgb


def test_the_cut_out_is_where_the_product_is(
    bench: Bench, composite: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> None:
    picture, truth, colours = composite
    run = bench.run(RemoveBackground(image=bench.image(picture)))
    mask, image = run["mask"], run["image"]
    assert mask.shape == image.shape == (400, 600, 4)
    np.testing.assert_array_equal(mask[..., 3], image[..., 3])
    alpha = mask[..., 3] / 255
    inter = np.minimum(alpha, truth).sum()
    iou = inter / np.maximum(alpha, truth).sum()
    assert iou > 0.97, f"IoU {iou:.4f}"
    assert np.abs(alpha - truth).mean() < 0.015, f"mean alpha error {np.abs(alpha - truth).mean():.4f}"
    half = (alpha > 0.3) & (alpha < 0.9) & (truth > 0.3)
    error = np.abs(image[half][:, :3].astype(float) - colours[half]).mean()
    left = np.abs(picture[half].astype(float) - colours[half]).mean()
    assert error < left, f"edge colours are no cleaner than before: {error:.1f} against {left:.1f}"
    assert (image[alpha == 0] == 0).all(), "removed pixels must not stay in the file"
    fractions = [f for f, _ in run.progress]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0
    assert len(run.previews) >= 2 and run.previews[0].shape[2] == 4


def test_the_real_photo(bench: Bench, coffee: Path) -> None:
    """The saucer, the cup's rim and the handle are in; the table's corners are out."""
    pixels = files.load(coffee).pixels
    run = bench.run(RemoveBackground(image=bench.image(pixels)))
    alpha = run["mask"][..., 3]
    for x, y in ((290, 140), (120, 200), (240, 270), (360, 280), (460, 200), (290, 25)):
        assert alpha[y, x] == 255, (x, y)
    for x, y in ((10, 10), (590, 10), (10, 390), (590, 390), (520, 60), (30, 120)):
        assert alpha[y, x] == 0, (x, y)
    assert 0.40 < (alpha > 127).mean() < 0.55


def test_what_was_transparent_stays_so(bench: Bench, coffee: Path) -> None:
    pixels = files.load(coffee).pixels
    pixels[:, 300:, 3] = 0
    alpha = bench.run(RemoveBackground(image=bench.image(pixels)))["image"][..., 3]
    assert (alpha[:, 300:] == 0).all() and (alpha[:, :280] > 200).any()


def test_it_stops_while_the_network_runs(bench: Bench, coffee: Path) -> None:
    run = Run()
    asset = bench.image(files.load(coffee).pixels)

    def on_progress(run: Run, fraction: float) -> None:
        if fraction >= 0.1:
            threading.Timer(0.3, run.token.cancel).start()

    start = time.monotonic()
    with pytest.raises(Cancelled):
        bench.run(RemoveBackground(image=asset), on_progress, run)
    assert time.monotonic() - start < 2.0


def test_a_changed_model_file_is_refused(
    bench: Bench, coffee: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.models import catalog

    fake = tmp_path / "resources" / "models"
    fake.mkdir(parents=True)
    (fake / "isnet.onnx").write_bytes(b"not the weights")
    monkeypatch.setattr(catalog, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    with pytest.raises(AtelierError, match="is not the one that Atelier was made"):
        bench.run(RemoveBackground(image=bench.image(files.load(coffee).pixels)))


def disc(radius: float, size: int = 101) -> np.ndarray:
    yy, xx = np.mgrid[:size, :size] - size // 2
    return np.clip(radius + 0.5 - np.hypot(yy, xx), 0, 1).astype(np.float32)


@pytest.mark.parametrize("shift", [-12.5, -3, -0.5, 0.5, 4, 15.5])
def test_an_edge_moves_by_what_was_asked(shift: float) -> None:
    moved = matting.shift_edge(disc(25), shift)
    radius = np.sqrt(moved.sum() / np.pi)
    assert radius == pytest.approx(25 + shift, abs=0.7)
    assert moved.min() >= 0 and moved.max() <= 1


def test_feathering_softens_and_keeps_the_amount() -> None:
    sharp, soft = disc(25), matting.feather(disc(25), 10)
    assert soft.sum() == pytest.approx(sharp.sum(), rel=0.01)
    row = soft[50]
    assert ((row > 0.1) & (row < 0.9)).sum() > 8
    np.testing.assert_array_equal(matting.feather(sharp, 0), sharp)


@pytest.mark.parametrize(("hair", "gain"), [(False, 4.0), (True, 2.0)])
def test_a_coarse_mask_is_fitted_to_a_large_picture(coffee: Path, hair: bool, gain: float) -> None:
    """On 2400×1600 a mask of 1024² is coarse; fitted to the picture its error is a fraction of what it was."""
    scale = 4
    rgb, _ = true_cutout(coffee)
    rgb = cv2.resize(rgb, (600 * scale, 400 * scale), interpolation=cv2.INTER_CUBIC)
    drawn = np.zeros(rgb.shape[:2], np.uint8)
    cv2.ellipse(drawn, (scale * 277, scale * 245), (scale * 196, scale * 132), 6, 0, 360, 255, -1, cv2.LINE_AA)
    random = np.random.default_rng(0)
    for angle in random.uniform(0, 2 * np.pi, 150 if hair else 0):
        x, y = scale * (277 + 196 * np.cos(angle)), scale * (245 + 132 * np.sin(angle))
        turn, length = angle + random.normal(0, 0.3), random.uniform(20, 60)
        end = int(x + length * np.cos(turn)), int(y + length * np.sin(turn))
        cv2.line(drawn, (int(x), int(y)), end, 255, 3, cv2.LINE_AA)
    truth = cv2.GaussianBlur(drawn.astype(np.float32) / 255, (0, 0), 1)
    ground = cv2.resize(files.load(DATA / "chelsea.png").pixels[..., :3], rgb.shape[1::-1])
    ground = cv2.GaussianBlur(ground, (0, 0), 24)
    picture = np.rint(rgb * truth[..., None] + ground * (1 - truth[..., None])).astype(np.uint8)
    coarse = cv2.GaussianBlur(cv2.resize(truth, (1024, 1024), interpolation=cv2.INTER_AREA), (0, 0), 1.5)
    kernel = np.ones((25, 25))
    edge = (cv2.dilate(truth, kernel) - cv2.erode(truth, kernel)) > 0.04
    before, after = (np.abs(refine(picture, coarse, strength) - truth)[edge].mean() for strength in (0, 0.5))
    assert after < before / gain, f"{before:.4f} to {after:.4f}"


def test_foreground_colours_agree_with_the_reference_implementation(
    composite: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    """Against pymatting (Germer et al.'s own code), on colours that are known: not worse by more than a fifth."""
    picture, alpha, colours = composite
    alpha = cv2.GaussianBlur(alpha, (0, 0), 3).astype(np.float32)
    ground = np.full_like(picture, (30, 90, 200))
    picture = np.rint(colours * alpha[..., None] + ground * (1 - alpha[..., None])).astype(np.uint8)
    from pymatting import estimate_foreground_ml

    ours = matting.estimate_foreground(picture, alpha, lambda: None).astype(float)
    theirs = estimate_foreground_ml(picture.astype(np.float64) / 255, alpha.astype(np.float64)) * 255
    half = (alpha > 0.2) & (alpha < 0.95)
    our_error = np.abs(ours[half] - colours[half]).mean()
    their_error = np.abs(theirs[half] - colours[half]).mean()
    untouched = np.abs(picture[half].astype(float) - colours[half]).mean()
    assert our_error < 1.2 * their_error, f"{our_error:.2f} against {their_error:.2f}"
    assert our_error < 0.4 * untouched
    whole = alpha == 1
    np.testing.assert_array_equal(ours[whole].astype(np.uint8), picture[whole])

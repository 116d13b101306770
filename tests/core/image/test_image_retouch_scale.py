"""Content-aware scale: what matters keeps its shape, and nothing is made up, on real photographs."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run

from core.engine.context import Cancelled
from core.image import carving, files, retargeting
from core.operations.image_retouch import ContentAwareScale
from core.values import AtelierError


def strangeness(pixels: np.ndarray, original: np.ndarray) -> float:
    """Mean distance of the 7×7 patches of one picture to the most similar one of another (bidirectional similarity,
    Simakov et al. 2008, one way), in grey levels."""

    def patches(p: np.ndarray, step: int) -> np.ndarray:
        small = cv2.resize(p[..., :3], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
        view = np.lib.stride_tricks.sliding_window_view(small, (7, 7), (0, 1))[::step, ::step]
        return view.reshape(-1, 147)

    ours, theirs = patches(pixels, 4), patches(original, 1)
    lengths = (theirs * theirs).sum(1)
    total = 0.0
    for start in range(0, len(ours), 500):
        chunk = ours[start : start + 500]
        nearest = (lengths - 2 * chunk @ theirs.T).min(1) + (chunk * chunk).sum(1)
        total += float(np.sqrt(np.maximum(nearest, 0) / 147).sum())
    return total / len(ours)


@pytest.mark.parametrize("width", [270, 560])
def test_what_matters_keeps_its_shape(bench: Bench, width: int) -> None:
    """The rocket is as wide as it was, and parts of both pictures are more alike than with plain scaling."""
    whole = files.load(DATA / "rocket.jpg").pixels
    whole = cv2.resize(whole, (400, 267), interpolation=cv2.INTER_AREA)
    run = bench.run(ContentAwareScale(image=bench.image(whole), width=width))
    assert run.output.shape == (267, width, 4)
    plain = cv2.resize(whole, (width, 267), interpolation=cv2.INTER_AREA if width < 400 else cv2.INTER_CUBIC)
    rocket = np.ascontiguousarray(whole[80:260, 180:225, :3])
    ours, peer = (cv2.matchTemplate(p[..., :3].copy(), rocket, cv2.TM_CCOEFF_NORMED).max() for p in (run.output, plain))
    assert ours > 0.9 and 1 - ours < 0.5 * (1 - peer), f"{ours:.3f} against {peer:.3f}"
    ours, peer = (strangeness(whole, p) + strangeness(p, whole) for p in (run.output, plain))
    assert ours < 0.96 * peer, f"{ours:.2f} against {peer:.2f} of plain scaling"
    assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress) and run.previews


def test_what_is_masked_is_kept(bench: Bench, coffee: Path) -> None:
    """The cup without its saucer, in a picture two thirds as wide: its outline is where it was, moved aside."""
    whole = cv2.resize(files.load(coffee).pixels, (300, 200), interpolation=cv2.INTER_AREA)
    mask = np.zeros((200, 300, 4), np.uint8)
    mask[5:110, 80:215] = 255
    image = bench.image(whole)
    found = bench.run(ContentAwareScale(image=image, mask=bench.image(mask), width=210)).output
    match = cv2.matchTemplate(found[..., :3], np.ascontiguousarray(whole[10:105, 85:210, :3]), cv2.TM_CCOEFF_NORMED)
    assert match.max() > 0.995
    plain = cv2.resize(whole, (210, 200), interpolation=cv2.INTER_AREA)
    peer = cv2.matchTemplate(plain[..., :3], np.ascontiguousarray(whole[10:105, 85:210, :3]), cv2.TM_CCOEFF_NORMED)
    assert peer.max() < 0.9
    with pytest.raises(AtelierError, match="The mask is"):
        bench.run(ContentAwareScale(image=image, mask=image.__class__(hash=bench.image(mask[1:]).hash), width=210))


def test_forward_energy_beats_what_only_looks_at_the_seam(coffee: Path) -> None:
    """Seams leave fewer new edges than those of the original method (Avidan and Shamir 2007)."""
    picture = cv2.resize(files.load(coffee).pixels, (180, 120), interpolation=cv2.INTER_AREA)[..., :3].astype(
        np.float32
    )

    def new_edges(gone: np.ndarray) -> float:
        kept = picture[~gone].reshape(120, -1, 3)
        whole = sum(np.abs(np.diff(picture, axis=a)).sum() for a in (0, 1))
        left = sum(np.abs(np.diff(kept, axis=a)).sum() for a in (0, 1))
        return float(left / kept.size - whole / picture.size)

    def backward(count: int) -> np.ndarray:
        grey, column = picture.copy(), np.broadcast_to(np.arange(180), (120, 180)).copy()
        gone = np.zeros((120, 180), bool)
        for _ in range(count):
            energy = np.abs(np.gradient(grey, axis=0)).sum(-1) + np.abs(np.gradient(grey, axis=1)).sum(-1)
            cost = energy.copy()
            for y in range(1, 120):
                padded = np.pad(cost[y - 1], 1, constant_values=np.inf)
                cost[y] += np.minimum(np.minimum(padded[:-2], padded[1:-1]), padded[2:])
            keep = np.ones(energy.shape, bool)
            x = int(cost[-1].argmin())
            for y in range(119, -1, -1):
                low = max(0, x - 1)
                x = x if y == 119 else low + int(cost[y, low : x + 2].argmin())
                keep[y, x] = False
                gone[y, column[y, x]] = True
            grey, column = grey[keep].reshape(120, -1, 3), column[keep].reshape(120, -1)
        return gone

    ours = carving.seams(picture, np.zeros((120, 180), np.float32), 45, lambda _: None)
    assert (ours.sum(1) == 45).all()
    assert new_edges(ours) < new_edges(backward(45)) - 0.1


@pytest.mark.parametrize(("width", "height"), [(150, 60), (60, 150), (300, 150), (None, 250), (30, None), (1, 1)])
def test_any_size_comes_out(bench: Bench, coffee: Path, width: int | None, height: int | None) -> None:
    photo = files.load(coffee).pixels[100:200, 100:220]
    found = bench.run(ContentAwareScale(image=bench.image(photo), width=width, height=height)).output
    assert found.shape == (height or 100, width or 120, 4)
    assert (found[..., 3] == 255).all()
    if min(found.shape[:2]) > 20:
        assert np.abs(found[..., :3].mean((0, 1)) - photo[..., :3].mean((0, 1))).max() < 60


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 3)])
def test_from_tiny_pictures(bench: Bench, size: tuple[int, int]) -> None:
    photo = np.full((*size, 4), (10, 200, 90, 255), np.uint8)
    found = bench.run(ContentAwareScale(image=bench.image(photo), width=7, height=9)).output
    assert found.shape == (9, 7, 4)
    assert np.abs(found.astype(int) - photo[0, 0]).max() <= 1


def test_amount_zero_is_plain_scaling_and_nothing_asked_is_nothing_done(bench: Bench, coffee: Path) -> None:
    photo = files.load(coffee).pixels[100:200, 100:220]
    image = bench.image(photo)
    np.testing.assert_array_equal(bench.run(ContentAwareScale(image=image)).output, photo)
    plain = bench.run(ContentAwareScale(image=image, width=180, amount=0)).output
    scaled = cv2.resize(photo, (180, 100), interpolation=cv2.INTER_CUBIC)
    assert np.abs(plain.astype(int) - scaled).mean() < 1
    twice = [bench.run(ContentAwareScale(image=image, width=90)).output for _ in range(2)]
    np.testing.assert_array_equal(*twice)


def test_transparent_parts_go_first_and_lend_no_colour(bench: Bench, coffee: Path) -> None:
    photo = np.pad(files.load(coffee).pixels[100:200, 100:220], ((0, 0), (60, 60), (0, 0)))
    photo[photo[..., 3] == 0] = (0, 255, 0, 0)
    found = bench.run(ContentAwareScale(image=bench.image(photo), width=140)).output
    seen = found[50, :, 3] > 128
    assert seen.sum() >= 112, "the photo within was not touched"
    green = found[..., 1].astype(int) - np.maximum(found[..., 0], found[..., 2])
    assert green[found[..., 3] > 0].max() < 60


def test_a_large_picture_is_carved_smaller(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cv2.resize(files.load(DATA / "rocket.jpg").pixels, (400, 267), interpolation=cv2.INTER_AREA)
    monkeypatch.setattr(retargeting, "WORKING", 30_000)
    found = bench.run(ContentAwareScale(image=bench.image(whole), width=280)).output
    plain = cv2.resize(whole, (280, 267), interpolation=cv2.INTER_AREA)
    assert strangeness(whole, found) < 0.92 * strangeness(whole, plain)


def test_it_stops_between_seams(bench: Bench, coffee: Path) -> None:
    def on_progress(run: Run, fraction: float) -> None:
        if fraction > 0.2:
            run.token.cancel()

    run = Run()
    with pytest.raises(Cancelled):
        operation = ContentAwareScale(image=bench.image(files.load(coffee).pixels), width=400)
        bench.run(operation, on_progress, run)
    assert run.progress[-1][0] < 0.3

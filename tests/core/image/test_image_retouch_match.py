"""Putting a piece of one picture into another: in its light, and without an edge."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run, psnr

from core.engine.context import Cancelled
from core.image import files
from core.image.pixels import from_linear, to_byte, to_linear, to_oklab
from core.operations.image_retouch import Harmonise, SeamlessClone
from core.values import AtelierError

PLACES = {"coffee": (290, 210, 215, 190), "chelsea.png": (200, 150, 130, 130), "rocket.jpg": (318, 260, 60, 150)}
LIGHTS = {"warm": (1.7, 1.0, 0.5), "cool": (0.5, 0.85, 1.5), "dark": (0.4, 0.4, 0.4), "bright": (2, 2, 2)}


def photo(name: str, coffee: Path) -> np.ndarray:
    return files.load(coffee if name == "coffee" else DATA / name).pixels


def ellipse(shape: tuple[int, ...], x: int, y: int, width: int, height: int) -> np.ndarray:
    return cv2.ellipse(np.zeros(shape[:2], np.uint8), (x, y), (width, height), 0, 0, 360, 255, -1)


def lit(pixels: np.ndarray, gains: tuple[float, ...]) -> np.ndarray:
    """The picture in another light."""
    out = pixels.copy()
    out[..., :3] = to_byte(from_linear(np.clip(to_linear(pixels[..., :3] / 255.0) * np.array(gains), 0, 1)))
    return out


def reinhard(cut: np.ndarray, background: np.ndarray) -> np.ndarray:
    """Mean and deviation in Lab (Reinhard et al. 2001): the peer everybody has."""
    lab, other = (cv2.cvtColor(p[..., :3], cv2.COLOR_RGB2LAB).astype(np.float32) for p in (cut, background))
    own, wanted = lab[cut[..., 3] > 0], other[background[..., 3] > 0]
    moved = (lab - own.mean(0)) / own.std(0) * wanted.std(0) + wanted.mean(0)
    return cv2.cvtColor(np.clip(moved, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)


def test_a_piece_in_a_wrong_light_comes_back(bench: Bench, coffee: Path) -> None:
    """A part of a photo is put into another light; the rest of the photo says which one it had."""
    before, ours, peer, right, spoilt = [], [], [], [], []
    for name, place in PLACES.items():
        whole = photo(name, coffee)
        mask = ellipse(whole.shape, *place)
        rest = whole.copy()
        rest[mask > 0] = 0
        inside = mask > 0
        for gains in (*LIGHTS.values(), (1, 1, 1)):
            cut = lit(whole, gains)
            cut[..., 3] = mask
            operation = Harmonise(
                image=bench.image(cut), background=bench.image(rest), light=100, colour=100, keep=0, x=0, y=0
            )
            found = bench.run(operation).output
            np.testing.assert_array_equal(found[..., 3], mask)
            if gains == (1, 1, 1):
                right.append(psnr(found[inside, :3], whole[inside, :3]))
                spoilt.append(psnr(reinhard(cut, rest)[inside], whole[inside, :3]))
                continue
            before.append(psnr(cut[inside, :3], whole[inside, :3]))
            ours.append(psnr(found[inside, :3], whole[inside, :3]))
            peer.append(psnr(reinhard(cut, rest)[inside], whole[inside, :3]))
    told = f"before {np.mean(before):.1f}, ours {np.mean(ours):.1f}, Reinhard {np.mean(peer):.1f}; "
    told += f"in the right light already: {right} against {spoilt}"
    assert np.mean(ours) > np.mean(before) + 1.5, told
    assert np.mean(ours) > np.mean(peer), told
    assert min(right) > 21 and np.mean(right) > np.mean(spoilt) + 3, told


def test_strong_colours_are_kept_and_strength_scales(bench: Bench, coffee: Path) -> None:
    cup, rocket = photo("coffee", coffee), bench.image(photo("rocket.jpg", coffee))
    image = bench.image(cup)
    chroma = np.hypot(*np.moveaxis(to_oklab(cup[..., :3])[..., 1:], -1, 0))
    strong = chroma > 0.11

    def moved(**fields: float) -> np.ndarray:
        found = bench.run(Harmonise(image=image, background=rocket, **fields)).output
        shift = to_oklab(found[..., :3])[..., 1:] - to_oklab(cup[..., :3])[..., 1:]
        return np.hypot(shift[..., 0], shift[..., 1])

    free, kept = moved(colour=100, keep=0, light=0), moved(colour=100, keep=100, light=0)
    assert kept[strong].mean() < 0.25 * free[strong].mean()
    assert kept[chroma < 0.03].mean() > 0.5 * free[chroma < 0.03].mean()
    assert moved(colour=50, keep=0, light=0).mean() == pytest.approx(free.mean() / 2, rel=0.2)
    np.testing.assert_array_equal(bench.run(Harmonise(image=image, background=rocket, colour=0, light=0)).output, cup)


def test_the_place_decides(bench: Bench, coffee: Path) -> None:
    grey = np.full((40, 40, 4), (128, 128, 128, 255), np.uint8)
    ground = np.full((100, 300, 4), (150, 120, 90, 255), np.uint8)
    ground[:, 150:] = (90, 120, 150, 255)
    image, background = bench.image(grey), bench.image(ground)
    left, right = (bench.run(Harmonise(image=image, background=background, x=x, y=20)).output for x in (20, 240))
    assert left[0, 0, 0] > left[0, 0, 2] + 8 and right[0, 0, 2] > right[0, 0, 0] + 8
    with pytest.raises(AtelierError, match="outside of the background"):
        bench.run(Harmonise(image=image, background=background, x=900, y=0))
    for empty, words in ((image, "The background there"), (background, "The cut-out")):
        nothing = bench.image(np.zeros((5, 5, 4), np.uint8))
        fields = {"image": empty, "background": nothing} if empty is image else {"image": nothing, "background": empty}
        with pytest.raises(AtelierError, match=f"{words} is transparent"):
            bench.run(Harmonise(**fields))
    dot = bench.image(np.full((1, 1, 4), 255, np.uint8))
    assert bench.run(Harmonise(image=dot, background=dot)).output.shape == (1, 1, 4)


def test_a_piece_in_another_light_disappears(bench: Bench, coffee: Path) -> None:
    """A piece cut from the photo itself, darkened from one side: its gradients alone bring the photo back."""
    whole = photo("coffee", coffee)
    piece = whole[80:330, 150:450].copy()
    ramp = np.linspace(-40, 20, 300)[None, :, None]
    piece[..., :3] = np.clip(piece[..., :3] * 0.9 + 15 + ramp * 0.25, 0, 255)
    mask = ellipse(piece.shape, 150, 125, 140, 115)
    operation = SeamlessClone(
        image=bench.image(piece), background=bench.image(whole), mask=bench.image(np.dstack([mask] * 4)), x=150, y=80
    )
    run = bench.run(operation)
    part, inside = run.output[80:330, 150:450, :3], mask > 0
    pasted = psnr(piece[inside, :3], whole[80:330, 150:450][inside, :3])
    blended = psnr(part[inside], whole[80:330, 150:450][inside, :3])
    assert blended > pasted + 4, f"{pasted:.1f} to {blended:.1f} dB"
    outside = np.ones(whole.shape[:2], bool)
    outside[80:330, 150:450] = ~inside
    np.testing.assert_array_equal(run.output[outside], whole[outside])
    peer = cv2.seamlessClone(piece[..., :3].copy(), whole[..., :3].copy(), mask, (300, 205), cv2.NORMAL_CLONE)
    assert blended > psnr(peer[80:330, 150:450][inside], whole[80:330, 150:450][inside, :3]) - 0.3
    assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress) and run.previews
    np.testing.assert_array_equal(bench.run(operation).output, run.output)


@pytest.mark.parametrize(("x", "y"), [(-100, 40), (450, 300), (-50, -50), (200, -120)])
def test_a_piece_may_lie_over_the_border(bench: Bench, coffee: Path, x: int, y: int) -> None:
    """OpenCV stops there with an error. With the piece's gradients those of the ground, the ground comes back."""
    whole = photo("coffee", coffee)
    padded = np.pad(whole, ((200, 200), (200, 200), (0, 0)), mode="reflect")
    piece = padded[200 + y : 360 + y, 200 + x : 440 + x].copy()
    piece[..., :3] = np.clip(piece[..., :3].astype(int) - 30, 0, 255)
    found = bench.run(SeamlessClone(image=bench.image(piece), background=bench.image(whole), x=x, y=y)).output
    dark = whole[..., :3].min(-1) > 30  # what was not cut off at black
    assert np.abs(found.astype(int) - whole)[dark].mean() < 2
    centre = (x + 120, y + 80)
    with pytest.raises(cv2.error):
        mask = np.full(piece.shape[:2], 255, np.uint8)
        cv2.seamlessClone(piece[..., :3].copy(), whole[..., :3].copy(), mask, centre, cv2.NORMAL_CLONE)


def test_texture_beneath_shows_through(bench: Bench, coffee: Path) -> None:
    wood = photo("coffee", coffee)[250:390, 400:590].copy()
    card = np.full((100, 150, 4), (240, 240, 240, 255), np.uint8)
    card[40:60, 20:130, :3] = 20
    plain, mixed = (
        bench.run(
            SeamlessClone(image=bench.image(card), background=bench.image(wood), x=20, y=20, keep_texture=k)
        ).output
        for k in (False, True)
    )
    blank = np.s_[25:55, 30:160]

    def texture(p: np.ndarray) -> float:
        return float(cv2.Laplacian(p[blank][..., :3].astype(np.float32), -1).std())

    assert texture(plain) < 0.3 * texture(wood) < 0.6 * texture(mixed)
    bar, above = mixed[65:75, 60:120, :3].mean(), mixed[45:55, 60:120, :3].mean()
    assert bar < above - 60, "the writing is there"


def test_alpha_strength_and_bad_places(bench: Bench, coffee: Path) -> None:
    whole = photo("coffee", coffee)[:120, :160].copy()
    whole[:, 100:] = (0, 255, 0, 0)
    whole[:40, :, 3] //= 2
    piece = photo("chelsea.png", coffee)[100:180, 100:220].copy()
    piece[:, :20] = (0, 0, 255, 0)
    image, background = bench.image(piece), bench.image(whole)
    found = bench.run(SeamlessClone(image=image, background=background, x=20, y=20)).output
    np.testing.assert_array_equal(found[..., 3], whole[..., 3])
    np.testing.assert_array_equal(found[:, 100:], whole[:, 100:])
    np.testing.assert_array_equal(found[:, :40], whole[:, :40])
    changed = found[25:95, 45:95, :3].astype(int)
    assert (changed[..., 0] >= changed[..., 2] - 25).mean() > 0.95, "neither invisible blue nor green came in"
    none = bench.run(SeamlessClone(image=image, background=background, x=20, y=20, strength=0)).output
    np.testing.assert_array_equal(none, whole)
    own = bench.run(SeamlessClone(image=image, background=background, x=20, y=20, keep_colours=100)).output
    np.testing.assert_array_equal(own[25:95, 45:95, :3], piece[5:75, 25:75, :3])
    with pytest.raises(AtelierError, match="outside of the background"):
        bench.run(SeamlessClone(image=image, background=background, x=500))
    with pytest.raises(AtelierError, match="Nothing of the piece"):
        bench.run(SeamlessClone(image=image, background=background, x=110))
    with pytest.raises(AtelierError, match="The mask is"):
        bench.run(SeamlessClone(image=image, background=background, mask=background))


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (30, 1), (3, 3)])
def test_tiny_pieces(bench: Bench, size: tuple[int, int]) -> None:
    piece, ground = np.full((*size, 4), 255, np.uint8), np.full((20, 20, 4), (90, 90, 90, 255), np.uint8)
    for background in (ground, piece):
        image = bench.image(piece)
        found = bench.run(SeamlessClone(image=image, background=bench.image(background), x=0, y=0)).output
        assert found.shape == background.shape
        if background is ground:
            assert np.abs(found.astype(int) - ground).max() <= 1


def test_it_stops_in_the_middle_of_blending(bench: Bench, coffee: Path) -> None:
    def on_progress(run: Run, fraction: float) -> None:
        if fraction > 0.3:
            run.token.cancel()

    image = bench.image(photo("coffee", coffee))
    run = Run()
    with pytest.raises(Cancelled):
        bench.run(SeamlessClone(image=image, background=image, x=40, y=30), on_progress, run)
    assert run.progress[-1][0] < 0.6

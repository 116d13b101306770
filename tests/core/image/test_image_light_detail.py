"""Clarity, texture and sharpening on real photographs, against the plain filters that everybody has."""

import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run, psnr

from core.engine.cache import file_digest
from core.engine.client import CoreClient
from core.engine.context import Cancelled
from core.image import files, guided, local_contrast, sharpening
from core.image.pixels import to_oklab
from core.operations.base import Asset, Operation
from core.operations.image_light import Clarity, Colourise, Deblur, Dehaze, LowLight, Relight, Sharpen
from core.operations.recipe import single
from core.raster.pack import read_pack


def photo(name: str, coffee: Path) -> np.ndarray:
    return np.ascontiguousarray(files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3])


def contrast(rgb: np.ndarray, fine: float, broad: float) -> float:
    """Root mean square of lightness between two scales."""
    light = to_oklab(np.ascontiguousarray(rgb[..., :3]))[..., 0]
    near, far = cv2.GaussianBlur(light, (0, 0), fine), cv2.GaussianBlur(light, (0, 0), broad)
    return float(np.sqrt(((near - far) ** 2).mean()))


@pytest.mark.parametrize("name", ["coffee", "chelsea.png"])
def test_each_slider_moves_its_own_scale_and_the_whole_stays(bench: Bench, coffee: Path, name: str) -> None:
    rgb = photo(name, coffee)
    asset = bench.image(rgb)

    def made(clarity: float, texture: float) -> np.ndarray:
        return np.asarray(bench.run(Clarity(image=asset, clarity=clarity, texture=texture)).output[..., :3])

    forms, surface, soft, none = made(80, 0), made(0, 80), made(-80, -80), made(0, 0)
    np.testing.assert_array_equal(none, rgb)
    small, large = (0.01, 1.2), (4, 16)
    gains = {
        (what, which): contrast(found, *scale) / contrast(rgb, *scale)
        for what, found in (("forms", forms), ("surface", surface), ("soft", soft))
        for which, scale in (("small", small), ("large", large))
    }
    assert gains["forms", "large"] > 1.08 and gains["surface", "small"] > 1.2, gains
    assert gains["surface", "small"] > gains["forms", "small"] and gains["forms", "large"] > gains["surface", "large"]
    assert gains["soft", "small"] < 0.9 and gains["soft", "large"] < 0.95, gains
    for found in (forms, surface, soft):
        whole = [cv2.GaussianBlur(to_oklab(p)[..., 0], (0, 0), 40) for p in (found, rgb)]
        assert np.abs(whole[0] - whole[1]).max() < 0.03, "light and dark as a whole stay where they are"


def test_clarity_makes_less_of_a_halo_than_unsharp_masking_of_the_same_effect(bench: Bench) -> None:
    """Bark beside the sky: texture on one side of a strong edge, a smooth field on the other."""
    random = np.random.default_rng(0)
    picture = np.full((240, 360), 0.78, np.float32)
    picture[:, 180:] = 0.25 + 0.12 * cv2.GaussianBlur(random.normal(0, 1, (240, 180)), (0, 0), 3)
    rgb = np.dstack([np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)] * 3)
    found = bench.run(Clarity(image=bench.image(rgb), clarity=100, texture=0)).output[..., 0].astype(float)
    base = rgb[..., 0].astype(float)
    gain = found[:, 220:].std() / base[:, 220:].std()
    assert gain > 1.15
    detail = base - cv2.GaussianBlur(base, (0, 0), 8)
    factor = min(
        np.linspace(0, 3, 61), key=lambda f: abs((base + f * detail)[:, 220:].std() / base[:, 220:].std() - gain)
    )
    peer = np.clip(base + factor * detail, 0, 255)
    rim, theirs = (np.abs(p[:, :170] - base[:, :170]).max() for p in (found, peer))
    assert rim <= 10 and rim < 0.6 * theirs, f"halo of {rim:.0f} levels against {theirs:.0f}"


@pytest.mark.parametrize("name", ["coffee", "chelsea.png"])
def test_a_soft_photo_comes_nearer_to_the_sharp_one(bench: Bench, coffee: Path, name: str) -> None:
    sharp = photo(name, coffee)
    noise = np.random.default_rng(0).normal(0, 2.0, sharp.shape)
    soft = np.clip(np.rint(cv2.GaussianBlur(sharp, (0, 0), 1.0) + noise), 0, 255).astype(np.uint8)
    operation = Sharpen(image=bench.image(soft), amount=150, threshold=4)
    found = bench.run(operation).output[..., :3]
    blur = cv2.GaussianBlur(soft, (0, 0), 1.0)
    peers = {f: psnr(cv2.addWeighted(soft, 1 + f, blur, -f, 0), sharp) for f in (0.5, 1.0, 1.5)}
    before, after = psnr(soft, sharp), psnr(found, sharp)
    assert after > before + 0.5, f"{before:.2f} dB to {after:.2f} dB"
    assert after > max(peers.values()) + 0.05, f"{after:.2f} dB against {peers}"


def test_rims_are_held_back_and_noise_is_left_alone(bench: Bench) -> None:
    edge = np.full((80, 160), 60, np.uint8)
    edge[:, 80:] = 190
    picture = np.dstack([cv2.GaussianBlur(edge, (0, 0), 1.2)] * 3)
    over = {}
    for halo in (0, 100):
        found = bench.run(Sharpen(image=bench.image(picture), amount=300, halo=halo, radius=2.5)).output[40, :, 0]
        over[halo] = max(int(found.max()) - 190, 60 - int(found.min()))
        assert np.abs(np.diff(found.astype(int))).max() > np.abs(np.diff(picture[40, :, 0].astype(int))).max() + 10
    blur = cv2.GaussianBlur(picture, (0, 0), 2.5)
    plain = cv2.addWeighted(picture, 4, blur, -3, 0)[40, :, 0].astype(int)
    peer = max(plain.max() - 190, 60 - plain.min())
    assert over[100] < over[0] / 1.2 and over[100] < peer / 2, (over, peer)
    flat = np.clip(np.random.default_rng(0).normal(120, 2, (90, 90, 3)).round(), 0, 255).astype(np.uint8)
    found = bench.run(Sharpen(image=bench.image(flat), amount=200, threshold=5)).output[..., :3]
    assert np.abs(found.astype(int) - flat).mean() < 0.2
    eager = bench.run(Sharpen(image=bench.image(flat), amount=200, threshold=0)).output[..., :3]
    assert np.abs(eager.astype(int) - flat).mean() > 1


@pytest.mark.parametrize("kind", [Clarity, Sharpen])
def test_alpha_bands_and_repeats(
    bench: Bench, coffee: Path, kind: type[Operation], monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.dstack((photo("coffee", coffee), np.full((400, 600), 255, np.uint8)))[:200, :300].copy()
    pixels[:, :80] = (0, 255, 0, 0)
    pixels[:, 80:120, 3] = 99
    run = bench.run(kind(image=bench.image(pixels)))
    np.testing.assert_array_equal(run.output[..., 3], pixels[..., 3])
    assert (run.output[:, :80] == 0).all() and run.previews
    assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
    pixels[:, :80, :3] = (255, 0, 255)

    def narrow(height: int, _: int) -> Iterator[tuple[int, int]]:
        yield from ((y, min(height, y + 37)) for y in range(0, height, 37))

    for module in (local_contrast, sharpening):
        monkeypatch.setattr(module, "bands", narrow)
    np.testing.assert_array_equal(bench.run(kind(image=bench.image(pixels))).output, run.output)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
@pytest.mark.parametrize("kind", [Clarity, Sharpen])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int], kind: type[Operation]) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (*size, 3)).astype(np.uint8)
    assert bench.run(kind(image=bench.image(picture))).output.shape == (*size, 4)
    assert not bench.run(kind(image=bench.image(np.zeros((*size, 4), np.uint8)))).output.any()


@pytest.mark.parametrize("kind", [Clarity, Sharpen])
def test_it_stops_in_the_middle(
    bench: Bench, coffee: Path, kind: type[Operation], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (local_contrast, sharpening):
        monkeypatch.setattr(module, "bands", lambda height, _: [(y, y + 40) for y in range(0, height, 40)])
    run = Run()

    def on_progress(run: Run, fraction: float) -> None:
        if fraction > 0.35:
            run.token.cancel()

    with pytest.raises(Cancelled):
        bench.run(kind(image=bench.image(photo("coffee", coffee))), on_progress, run)
    assert run.progress[-1][0] < 0.6


def test_a_guided_filter_keeps_edges_and_smooths_flats() -> None:
    random = np.random.default_rng(0)
    clean = np.zeros((60, 80), np.float32)
    clean[:, 40:] = 1
    noisy = clean + random.normal(0, 0.05, clean.shape).astype(np.float32)
    found = guided.smooth(noisy, 4, 0.02)
    assert np.abs(found - clean).mean() < 0.5 * np.abs(noisy - clean).mean()
    assert found[:, 42].mean() - found[:, 37].mean() > 0.85


def test_all_of_them_run_in_the_core_process(coffee: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real files in, real files out, by the process that does the work for the window and the command line."""
    monkeypatch.setenv("ATELIER_HOME", str(tmp_path / "home"))
    small = tmp_path / "small.png"
    cv2.imwrite(str(small), cv2.cvtColor(photo("coffee", coffee)[100:240, 150:360], cv2.COLOR_RGB2BGR))
    known = {file_digest(p): p for p in (small, coffee)}
    client = CoreClient(known.__getitem__)
    client.start()
    try:
        image, other = (Asset(hash=digest) for digest in known)
        for operation in (
            LowLight(image=image),
            Dehaze(image=image),
            Deblur(image=image, kind="soft", size=2),
            Relight(image=image),
            Colourise(image=image, reference=other),
            Clarity(image=image),
            Sharpen(image=image),
        ):
            result = client.submit(single(operation)).result(120)
            found = {re.sub(r".*\.", "", name): file.path for name, file in result.outputs.items()}
            assert read_pack(Path(found["image"])).shape == (140, 210, 4), operation.info.name
    finally:
        client.stop()

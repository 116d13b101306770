"""Retouching strokes against what can be worked out, and on photographs against a named peer."""

import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.documents.image import FillLayer, RasterLayer, Transform, new_image
from core.raster.brush import Brush, Stroke
from core.raster.compositor import Compositor
from core.raster.healing import HealStroke, SpotStroke, membrane
from core.raster.manifest import read_raster, replace_tiles, write_raster
from core.raster.pack import MemoryAssets
from core.raster.sampling import PictureSampler, RasterSampler, offset_on, up_to
from core.raster.smudging import SmudgeStroke
from core.raster.stamping import CloneStroke, FilterStroke
from core.raster.toning import LINEAR, LUMINANCE, ToneStroke, toned

ROOT = Path(__file__).parents[3]
PHOTOS = {
    "chelsea": ROOT / "tests/data/chelsea.png",
    "rocket": ROOT / "tests/data/rocket.jpg",
    "coffee": ROOT / "resources/samples/coffee.png",
}
Array = np.ndarray


def photo(name: str) -> Array:
    image = cv2.imread(str(PHOTOS[name]))
    assert image is not None
    return np.dstack([cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.full(image.shape[:2], 255, np.uint8)])


def done(stroke: Stroke, points: list[tuple[float, float]], digest: str, assets: MemoryAssets) -> Array:
    for x, y in points:
        stroke.add(x, y)
    return read_raster(replace_tiles(digest, stroke.finish(), assets, assets), assets)


def disc(shape: tuple[int, ...], x: float, y: float, radius: float) -> Array:
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]] + 0.5
    return np.asarray(np.hypot(xs - x, ys - y) < radius)


# --- clone -----------------------------------------------------------------------------------------------------------


def test_a_clone_is_the_source_bit_for_bit_across_tiles(assets: MemoryAssets) -> None:
    image = photo("coffee")
    digest = write_raster(image, assets)
    stroke = CloneStroke(Brush(size=90, hardness=1.0), digest, assets, RasterSampler(digest, assets), (-37, 61))
    out = done(stroke, [(230, 200), (300, 260), (300, 262)], digest, assets)
    inside = disc(image.shape, 300, 261, 40)
    ys, xs = np.nonzero(inside)
    assert np.array_equal(out[inside], image[ys + 61, xs - 37])
    assert np.array_equal(out[:100], image[:100])


def test_nothing_is_cloned_from_where_nothing_is(assets: MemoryAssets) -> None:
    image = photo("coffee")
    image[:, :100, 3] = 0
    digest = write_raster(image, assets)
    stroke = CloneStroke(Brush(size=60, hardness=1.0), digest, assets, RasterSampler(digest, assets), (-300, 0))
    out = done(stroke, [(400, 200)], digest, assets)  # from x 70…130, half of it clear
    assert np.array_equal(out[180:220, 372:399], image[180:220, 372:399])
    assert np.array_equal(out[190:210, 402:425], image[190:210, 102:125])
    beyond = CloneStroke(Brush(size=60), digest, assets, RasterSampler(digest, assets), (0, -500))
    assert np.array_equal(done(beyond, [(400, 200)], digest, assets), image)


def test_a_picture_is_sampled_on_a_turned_and_scaled_grid(assets: MemoryAssets) -> None:
    """What is cloned onto a turned layer lands where it looks like its source."""
    image = photo("chelsea")
    ground = RasterLayer(id="ground", pixels=write_raster(image, assets), width=451, height=300)
    empty = write_raster(np.zeros((200, 200, 4), np.uint8), assets)
    turned = Transform(x=120, y=60, scale_x=0.8, scale_y=0.8, rotation=25)
    over = RasterLayer(id="over", pixels=empty, width=200, height=200, transform=turned)
    top = FillLayer(id="top", colour="#ff0000")
    base = new_image(451, 300, "Cat")
    document = type(base)(**{f: getattr(base, f) for f in base.__struct_fields__} | {"layers": (ground, over, top)})
    matrix = turned.matrix(200, 200)
    compositor = Compositor(assets)
    sampler = PictureSampler(compositor, up_to(document, "over"), matrix)
    offset = offset_on(matrix, -60, 40)
    stroke = CloneStroke(Brush(size=70, hardness=1.0), empty, assets, sampler, offset)
    stroke.add(100, 100)
    pixels = replace_tiles(empty, stroke.finish(), assets, assets)
    painted = up_to(document.replace_layer("over", lambda one: type(one)(**_with(one, pixels=pixels))), "over")
    out = compositor.render(painted).astype(float)
    inside = disc(image.shape, 220, 160, 20)
    ys, xs = np.nonzero(inside)
    off = np.abs(out[inside][:, :3] - image[ys + 40, xs - 60, :3])
    assert off.mean() < 6  # twice resampled, and up to half a pixel off
    wrong = np.abs(out[inside][:, :3] - image[ys + 36, xs - 64, :3])
    assert wrong.mean() > 1.5 * off.mean()


def _with(struct: RasterLayer, **fields: object) -> dict[str, object]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__} | fields


# --- heal ------------------------------------------------------------------------------------------------------------


def test_a_membrane_is_harmonic() -> None:
    y, x = np.mgrid[0:240, 0:240] / 240 - 0.5
    region = np.hypot(y, x) < 0.45
    truth = (np.dstack([x * x - y * y, x * y, x]) * 200).astype(np.float32)
    rough = np.where(region[..., None], np.float32(77), truth)
    assert np.abs(membrane(rough, region, ~region) - truth).max() < 0.3


def test_healing_takes_texture_from_the_source_and_light_from_the_place(assets: MemoryAssets) -> None:
    """A place of which everything is known: the same grain in other light. The clone of it is far off."""
    rng = np.random.default_rng(1)
    grain = np.repeat(rng.normal(0, 9, (300, 300, 1)), 3, axis=2)
    y, x = np.mgrid[0:300, 0:600]
    light = np.dstack([60 + 0.2 * x, 70 + 0.15 * x + 0.1 * y, 90 + 0.12 * x])
    truth = np.clip(light + np.concatenate([grain, grain], axis=1), 0, 255)
    hurt = truth.copy()
    hurt[disc(hurt.shape, 450, 150, 20)] = (20, 10, 10)
    image = np.dstack([np.round(hurt), np.full((300, 600), 255)]).astype(np.uint8)
    digest = write_raster(image, assets)
    sampler = RasterSampler(digest, assets)
    stroke = HealStroke(Brush(size=60, hardness=0.9), digest, assets, sampler, (-300, 0), sampler)
    out = done(stroke, [(450, 150)], digest, assets)[..., :3]
    inside = disc(hurt.shape, 450, 150, 24)
    assert np.abs(out[inside] - truth[inside]).mean() < 1.2
    clone = CloneStroke(Brush(size=60, hardness=0.9), digest, assets, sampler, (-300, 0))
    assert np.abs(done(clone, [(450, 150)], digest, assets)[inside][:, :3] - truth[inside]).mean() > 30


def test_spots_are_healed_better_than_by_telea_and_keep_their_texture(assets: MemoryAssets) -> None:
    """On photographs, in places by chance: nearer to what was there than OpenCV's inpainting, and not blurred."""
    ours, telea, grain = [], [], []
    rng = np.random.default_rng(11)
    for name in PHOTOS:
        whole = photo(name)
        height, width = whole.shape[:2]
        for _ in range(8):
            left, top = int(rng.integers(0, width - 220)), int(rng.integers(0, height - 220))
            image = np.ascontiguousarray(whole[top : top + 220, left : left + 220])
            hurt = image.copy()
            hurt[disc(image.shape, 110, 110, 7)] = (30, 20, 10, 255)
            digest = write_raster(hurt, assets)
            stroke = SpotStroke(Brush(size=20, hardness=0.8), digest, assets, RasterSampler(digest, assets))
            stroke.add(110, 110)
            healed = stroke.finish()[0, 0][:220, :220, :3]
            region = disc(image.shape, 110, 110, 10)
            peer = cv2.inpaint(np.ascontiguousarray(hurt[..., :3]), region.astype(np.uint8), 3, cv2.INPAINT_TELEA)
            ours.append(_structure(healed, image, region) + 1)
            telea.append(_structure(peer, image, region) + 1)
            grain.append([_slope(p, region) / (_slope(image, region) + 1) for p in (healed, peer)])
    # By ratio: one edge that nobody could know must not outweigh all else.
    assert np.mean(np.log(ours)) < np.mean(np.log(telea))
    own, other = np.median(grain, axis=0)
    assert other + 0.15 < own and 0.7 < own < 1.2


def _structure(one: Array, other: Array, region: Array) -> float:
    """Return the squared difference in ``region`` when texture need not lie pixel on pixel."""
    a, b = (cv2.GaussianBlur(np.ascontiguousarray(p[..., :3], np.float32), (0, 0), 3) for p in (one, other))
    return float(((a - b)[region] ** 2).mean())


def _slope(pixels: Array, region: Array) -> float:
    grey = pixels[..., :3].astype(np.float32).mean(-1)
    return float(cv2.magnitude(cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1))[region].mean())


def test_a_healed_edge_of_the_raster_and_beside_clear_pixels(assets: MemoryAssets) -> None:
    image = photo("rocket")
    image[:, 300:, 3] = 0
    image[:, 300:, :3] = (255, 0, 255)  # what is hidden must not come in
    digest = write_raster(image, assets)
    for x, y in ((2, 3), (299, 100)):
        stroke = SpotStroke(Brush(size=24), digest, assets, RasterSampler(digest, assets))
        out = done(stroke, [(x, y)], digest, assets)
        seen = out[..., 3] > 200
        magenta = (out[..., 0] > 200) & (out[..., 1] < 60) & (out[..., 2] > 200) & seen
        assert not magenta[:, :300].any()


# --- dodge, burn, sponge ---------------------------------------------------------------------------------------------


def luminance(pixels: Array) -> Array:
    return np.asarray(LINEAR[pixels[..., :3]] @ np.array(LUMINANCE, np.float32))


@pytest.mark.parametrize("tone", ["dodge", "burn"])
def test_dodging_and_burning_keep_hue_black_and_white(tone: str) -> None:
    steps = np.arange(0, 256, 17)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 16, 3)
    pixels = np.dstack([cube, np.full(cube.shape[:2], 255)]).astype(np.uint8)
    out = toned(pixels, np.full(cube.shape[:2], 0.6, np.float32), tone, "midtones")  # type: ignore[arg-type]
    before, after = luminance(pixels), luminance(out)
    off = after - before
    assert (off >= -0.004).all() if tone == "dodge" else (off <= 0.004).all()
    assert np.array_equal(out[0, 0], (0, 0, 0)) and np.array_equal(out[-1, -1], (255, 255, 255))
    # The direction of the colour away from grey, in linear light, stays: that is hue.
    one, other = LINEAR[pixels[..., :3]] - before[..., None], LINEAR[out] - after[..., None]
    long = np.minimum(np.linalg.norm(one, axis=-1), np.linalg.norm(other, axis=-1))
    cos = (one * other).sum(-1) / np.maximum(np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1), 1e-9)
    assert cos[long > 0.05].min() > 0.995


@pytest.mark.parametrize(("range_", "most"), [("shadows", 60), ("midtones", 110), ("highlights", 215)])
def test_ranges_change_their_own_tones_most(range_: str, most: int) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2)
    ramp[..., 3] = 255
    amount = np.full((1, 256), 0.5, np.float32)
    for tone in ("dodge", "burn"):
        moved = np.abs(toned(ramp, amount, tone, range_).astype(int) - ramp[..., :3])[0, :, 0]  # type: ignore[arg-type]
        assert abs(int(moved.argmax()) - most) < 45
        out = toned(ramp, amount, tone, range_)[0, :, 0].astype(int)  # type: ignore[arg-type]
        assert (np.diff(out) >= 0).all()  # no tone overtakes another


def test_the_sponge_takes_colour_and_leaves_luminance() -> None:
    image = photo("chelsea")
    out = toned(image, np.ones(image.shape[:2], np.float32), "desaturate", "midtones")
    assert np.ptp(out, axis=-1).max() <= 1
    assert np.abs(luminance(out) - luminance(image)).max() < 0.01
    more = toned(image, np.full(image.shape[:2], 0.5, np.float32), "saturate", "midtones")
    assert np.ptp(more.astype(int), axis=-1).mean() > 1.15 * np.ptp(image[..., :3].astype(int), axis=-1).mean()
    assert np.abs(luminance(more) - luminance(image)).max() < 0.012


def test_a_tone_stroke_changes_what_it_covers_and_no_more(assets: MemoryAssets) -> None:
    image = photo("coffee")
    digest = write_raster(image, assets)
    stroke = ToneStroke(Brush(size=80, hardness=0.0), digest, assets, "dodge", 0.5)
    out = done(stroke, [(150, 280), (200, 280)], digest, assets)
    away = ~(disc(image.shape, 150, 280, 42) | disc(image.shape, 200, 280, 42) | disc(image.shape, 175, 280, 42))
    assert np.array_equal(out[away], image[away]) and np.array_equal(out[..., 3], image[..., 3])
    assert luminance(out)[275:285, 150:200].mean() > luminance(image)[275:285, 150:200].mean() * 1.1


# --- smudge, blur, sharpen -------------------------------------------------------------------------------------------


def halves(width: int = 400) -> Array:
    image = np.full((200, width, 4), 255, np.uint8)
    image[:, : width // 2, :3] = (200, 30, 30)
    image[:, width // 2 :, :3] = (30, 30, 200)
    return image


def test_smudging_drags_colour_along_and_leaves_even_ground_alone(assets: MemoryAssets) -> None:
    digest = write_raster(halves(), assets)
    brush = Brush(size=40, hardness=1.0, spacing=0.05)
    out = done(SmudgeStroke(brush, digest, assets, 0.5), [(150, 100), (200, 100), (260, 100)], digest, assets)
    red = out[100, :, 0].astype(int)
    assert red[210] > 150 and 50 < red[235] < red[210] and red[270] == 30 and (np.diff(red[201:260]) <= 1).all()
    assert np.array_equal(out[:70], halves()[:70])
    even = done(SmudgeStroke(brush, digest, assets, 0.8), [(40, 100), (100, 100), (150, 100)], digest, assets)
    assert np.array_equal(even, halves())
    light = done(SmudgeStroke(brush, digest, assets, 0.3), [(150, 100), (200, 100), (260, 100)], digest, assets)
    assert light[100, 225, 0] < out[100, 225, 0] - 50


def test_finger_painting_begins_with_a_colour(assets: MemoryAssets) -> None:
    digest = write_raster(halves(), assets)
    brush = Brush(size=40, hardness=1.0, spacing=0.05, colour="#00ff00")
    out = done(SmudgeStroke(brush, digest, assets, 0.9, finger=True), [(60, 100), (120, 100)], digest, assets)
    green = out[100, :, 1].astype(int)
    assert green[60] > 150 and 35 < green[118] < green[60]


def test_a_clear_edge_is_smeared_without_a_dark_seam(assets: MemoryAssets) -> None:
    image = halves()
    image[:, 200:] = 0
    digest = write_raster(image, assets)
    brush = Brush(size=40, hardness=0.5, spacing=0.05)
    out = done(SmudgeStroke(brush, digest, assets, 0.9), [(150, 100), (200, 100), (250, 100)], digest, assets)
    soft = (out[..., 3] > 20) & (out[..., 3] < 250)
    assert soft.any() and np.abs(out[soft][:, :3].astype(int) - (200, 30, 30)).max() <= 8


def test_blur_softens_sharpen_steepens_and_neither_touches_even_ground(assets: MemoryAssets) -> None:
    image = cv2.GaussianBlur(halves(), (0, 0), 1.5)
    digest = write_raster(image, assets)

    def brushed(kind: str, strength: float) -> Array:
        brush, sampler = Brush(size=100, hardness=0.5), RasterSampler(digest, assets)
        stroke = FilterStroke(brush, digest, assets, sampler, kind, strength)  # type: ignore[arg-type]
        return done(stroke, [(200, 100)], digest, assets)

    def steep(out: Array) -> int:
        return int(np.abs(np.diff(out[100, :, 0].astype(int))).max())

    soft, crisp = brushed("blur", 1.0), brushed("sharpen", 0.8)
    assert steep(soft) < 0.8 * steep(image) < steep(image) * 1.2 < steep(crisp)
    for out in (soft, crisp):
        assert np.array_equal(out[:, :150], image[:, :150]) and np.array_equal(out[:, 260:], image[:, 260:])
    low, high = int(image[..., 0].min()), int(image[..., 0].max())
    assert crisp[..., 0].min() >= low - 12 and crisp[..., 0].max() <= high + 12  # no halos


def test_sharpening_again_and_again_does_not_run_away(assets: MemoryAssets) -> None:
    image = photo("chelsea")
    digest = write_raster(image, assets)
    for _ in range(8):
        sampler = RasterSampler(digest, assets)
        stroke = FilterStroke(Brush(size=120, hardness=1.0), digest, assets, sampler, "sharpen", 0.5)
        stroke.add(220, 120)
        digest = replace_tiles(digest, stroke.finish(), assets, assets)
    out = read_raster(digest, assets)
    inside = disc(image.shape, 220, 120, 50)
    plain = image[..., :3]
    for _ in range(8):  # an unsharp mask without limits, as strong
        plain = cv2.addWeighted(plain, 2.5, cv2.GaussianBlur(plain, (0, 0), 1.1), -1.5, 0)
    ours, peer = (((p[inside][:, :3] == 0) | (p[inside][:, :3] == 255)).mean() for p in (out, plain))
    assert 3 * ours < peer


# --- limits ----------------------------------------------------------------------------------------------------------


def test_every_stroke_stays_inside_the_selection(assets: MemoryAssets) -> None:
    image = photo("coffee")
    digest = write_raster(image, assets)
    sampler = RasterSampler(digest, assets)
    brush = Brush(size=120, hardness=0.5)

    def limit(key: tuple[int, int]) -> Array:
        allowed = np.zeros((256, 256), np.uint8)
        if key == (1, 0):
            allowed[:, 40:] = 255
        return allowed

    strokes: list[Stroke] = [
        CloneStroke(brush, digest, assets, sampler, (20, 60), "paint", limit),
        HealStroke(brush, digest, assets, sampler, (20, 60), sampler, limit),
        SpotStroke(brush, digest, assets, sampler, limit),
        ToneStroke(brush, digest, assets, "burn", 0.8, "midtones", "paint", limit),
        SmudgeStroke(brush, digest, assets, 0.8, limit=limit),
        FilterStroke(brush, digest, assets, sampler, "blur", 1.0, "paint", limit),
    ]
    for stroke in strokes:
        out = done(stroke, [(260, 200), (330, 220), (340, 225)], digest, assets)
        assert np.array_equal(out[:, :296], image[:, :296]), type(stroke).__name__
        assert np.array_equal(out[256:], image[256:]), type(stroke).__name__
        assert (out != image).any(), type(stroke).__name__


def test_scratches_are_healed_piece_by_piece(assets: MemoryAssets) -> None:
    """Across photographs from light to dark: no one place could fill all of a scratch. Again against OpenCV's Telea."""
    ours, telea, grain = [], [], []
    for name in PHOTOS:
        image = photo(name)
        height, width = image.shape[:2]
        hurt = np.ascontiguousarray(image.copy())
        line = [(width - 40 - 3 * i, round(40 + 2.2 * i)) for i in range((height - 80) // 5)]
        for first, second in itertools.pairwise(line):
            cv2.line(hurt, first, second, (250, 250, 245, 255), 3)
        digest = write_raster(hurt, assets)
        stroke = SpotStroke(Brush(size=14, hardness=0.8), digest, assets, RasterSampler(digest, assets))
        out = done(stroke, [(float(x), float(y)) for x, y in line], digest, assets)[..., :3]
        scratch = (hurt != image).any(-1)
        region = cv2.dilate(scratch.astype(np.uint8), np.ones((9, 9), np.uint8))
        peer = cv2.inpaint(np.ascontiguousarray(hurt[..., :3]), region, 3, cv2.INPAINT_TELEA)
        ours.append(_structure(out, image, scratch))
        telea.append(_structure(peer, image, scratch))
        grain.append(_slope(out, scratch) / _slope(image, scratch))
    assert np.mean(np.log(ours)) < np.mean(np.log(telea))  # by ratio: one hard edge must not outweigh all else
    assert 0.75 < np.median(grain) < 1.25

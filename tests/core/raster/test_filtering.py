"""Filter layers against OpenCV and plain NumPy on whole photographs; and what they do to alpha, masks and zoom."""

from pathlib import Path

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from raster_reference import Kept

from core.documents.base import from_value, to_value
from core.documents.image import (
    AdjustmentLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    Transform,
)
from core.documents.image_filters import (
    AddNoise,
    Bloom,
    Emboss,
    Filter,
    FindEdges,
    GaussianBlur,
    HighPass,
    LayerFilter,
    Mosaic,
    MotionBlur,
    SurfaceBlur,
    UnsharpMask,
    Vignette,
)
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, Pixels
from core.raster.painter import Painter

F = npt.NDArray[np.float32]
replace = msgspec.structs.replace
ROCKET = Path(__file__).parents[2] / "data" / "rocket.jpg"


@pytest.fixture(scope="module")
def photo() -> Pixels:
    """A photograph: 427×640×4."""
    picture = cv2.imread(str(ROCKET), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA))


def document(kept: Kept, photo: Pixels, *filters: Filter, **fields: object) -> ImageDocument:
    height, width = photo.shape[:2]
    base = RasterLayer(id="photo", pixels=kept.raster(photo), width=width, height=height)
    above = tuple(AdjustmentLayer(id=f"filter {i}", adjustment=one, **fields) for i, one in enumerate(filters))
    return ImageDocument(id="d", width=width, height=height, layers=(base, *above))


def rendered(kept: Kept, photo: Pixels, *filters: Filter, **fields: object) -> F:
    return Compositor(kept).render(document(kept, photo, *filters, **fields)).astype(np.float32)


def colours(photo: Pixels) -> F:
    return photo[..., :3].astype(np.float32)


def soft(photo: Pixels, sigma: float) -> F:
    blurred: F = cv2.GaussianBlur(colours(photo), (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    return blurred


@pytest.mark.parametrize("radius", [1.0, 4.0, 15.9, 16.0, 40.0, 150.0])
def test_a_gaussian_blur_is_opencvs(kept: Kept, photo: Pixels, radius: float) -> None:
    even = np.ascontiguousarray(photo[:416, :608])
    found = rendered(kept, even, GaussianBlur(radius=radius))
    assert np.abs(found[..., :3] - soft(even, radius)).max() <= 1.6
    assert found[..., 3].min() == 255
    # Where the canvas ends within a pixel of the smaller picture, the mirror stands where that pixel begins.
    away = np.abs(rendered(kept, photo, GaussianBlur(radius=radius))[..., :3] - soft(photo, radius))
    assert away.mean() <= 0.8
    assert away.max() <= 6


def test_a_motion_blur_is_a_mean_along_its_line(kept: Kept, photo: Pixels) -> None:
    padded = np.pad(colours(photo), ((0, 0), (30, 30), (0, 0)), mode="symmetric")
    expected = np.mean([padded[:, 30 + x : 30 + x + photo.shape[1]] for x in range(-12, 13)], axis=0)
    found = rendered(kept, photo, MotionBlur(angle=0, distance=25))
    assert np.abs(found[..., :3] - expected).max() <= 3
    assert np.abs(found[..., :3] - expected).mean() <= 0.5
    # Upright, it is the same of the picture on its side.
    turned = np.ascontiguousarray(photo.swapaxes(0, 1))
    upright = rendered(kept, turned, MotionBlur(angle=90, distance=25))
    assert np.abs(upright.swapaxes(0, 1) - found).max() <= 1


def test_sharpening_and_high_pass_add_what_a_blur_takes_away(kept: Kept, photo: Pixels) -> None:
    detail = colours(photo) - soft(photo, 3.0)
    sharp = rendered(kept, photo, UnsharpMask(radius=3, amount=150))
    assert np.abs(sharp[..., :3] - np.clip(colours(photo) + 1.5 * detail, 0, 255)).max() <= 1.5
    high = rendered(kept, photo, HighPass(radius=3))
    assert np.abs(high[..., :3] - np.clip(127.5 + detail, 0, 255)).max() <= 1.5
    quiet = rendered(kept, photo, UnsharpMask(radius=3, amount=150, threshold=40))
    still = np.abs(detail).max(axis=-1) < 38
    assert np.abs(quiet[..., :3] - colours(photo))[still].max() <= 0.5


def test_a_mosaic_is_the_mean_of_each_square(kept: Kept, photo: Pixels) -> None:
    found = rendered(kept, photo, Mosaic(size=61))
    inside = found[: 61 * 7, : 61 * 10, :3].reshape(7, 61, 10, 61, 3)
    expected = colours(photo)[: 61 * 7, : 61 * 10].reshape(7, 61, 10, 61, 3).mean((1, 3))
    assert np.abs(inside - expected[:, None, :, None]).max() <= 0.6


def test_edges_are_sobels(kept: Kept, photo: Pixels) -> None:
    padded = cv2.copyMakeBorder(colours(photo), 1, 1, 1, 1, cv2.BORDER_REFLECT)
    across, down = (cv2.Sobel(padded, cv2.CV_32F, *way)[1:-1, 1:-1] for way in ((1, 0), (0, 1)))
    expected = np.clip(255 - np.hypot(across, down) / 4, 0, 255)
    assert np.abs(rendered(kept, photo, FindEdges())[..., :3] - expected).max() <= 1


def test_a_surface_blur_leaves_edges(kept: Kept) -> None:
    picture = np.full((300, 300, 4), 255, np.uint8)
    picture[:, :150, :3] = 60
    picture[:, 150:, :3] = 190
    grain = np.random.default_rng(3).integers(-6, 7, (300, 300, 1))
    picture[..., :3] = picture[..., :3].astype(int) + grain
    found = rendered(kept, picture, SurfaceBlur(radius=8, threshold=20))[..., 0]
    assert found[20:-20, 20:130].std() < grain.std() / 3
    # Of an edge of 130 with that threshold, He et al. keep 65² / (65² + 20²) where the window is half on either side.
    assert found[:, 152].mean() - found[:, 147].mean() > 130 * 0.9


def test_noise_has_its_amount_and_is_the_same_each_time(kept: Kept) -> None:
    grey = np.full((600, 700, 4), (128, 128, 128, 255), np.uint8)
    found = rendered(kept, grey, AddNoise(amount=8, monochrome=False))
    assert np.array_equal(found, rendered(kept, grey, AddNoise(amount=8, monochrome=False)))
    assert found[..., :3].std() == pytest.approx(0.08 * 255, rel=0.02)
    assert found[..., :3].mean() == pytest.approx(128, abs=0.3)
    red, green = found[..., 0].ravel(), found[..., 1].ravel()
    assert abs(np.corrcoef(red, green)[0, 1]) < 0.01
    # Neighbours know nothing of each other, across tiles either.
    assert abs(np.corrcoef(found[:, :-1, 0].ravel(), found[:, 1:, 0].ravel())[0, 1]) < 0.01
    one = rendered(kept, grey, AddNoise(amount=8))
    assert np.array_equal(one[..., 0], one[..., 1])
    assert not np.array_equal(one, rendered(kept, grey, AddNoise(amount=8, seed=2)))


def test_light_and_relief(kept: Kept, photo: Pixels) -> None:
    light = np.clip((colours(photo) / 255 - 0.3) / 0.7, 0, 1)
    shine = cv2.GaussianBlur(light, (0, 0), 10, borderType=cv2.BORDER_REFLECT) * 0.8
    expected = 255 * (1 - (1 - colours(photo) / 255) * (1 - shine))
    shining = rendered(kept, photo, Bloom(amount=80, radius=10, threshold=30))
    assert np.abs(shining[..., :3] - expected).max() <= 1.5
    dark = rendered(kept, photo, Vignette(amount=-80))
    middle, corner = dark[213, 320, :3], dark[2, 2, :3]
    assert np.abs(middle - colours(photo)[213, 320]).max() <= 1
    assert corner.sum() < colours(photo)[2, 2].sum() * 0.5
    flat = np.full((300, 300, 4), (90, 120, 40, 255), np.uint8)
    flat[100:200, 100:200, :3] = 220
    relief = rendered(kept, flat, Emboss(angle=180, height=4, amount=100))[..., 0]
    assert relief[20, 20] == pytest.approx(127.5, abs=1)
    assert relief[150, 100] > 160  # the side that faces the light
    assert relief[150, 199] < 95


def test_alpha_is_blurred_and_a_clipped_filter_keeps_it(kept: Kept) -> None:
    disc = np.zeros((400, 400, 4), np.uint8)
    cv2.circle(disc, (200, 200), 100, (200, 40, 40, 255), -1)
    disc[:, :200, 0] = 20
    open_air = rendered(kept, disc, GaussianBlur(radius=10))
    assert 0 < open_air[200, 305, 3] < 128 < open_air[200, 295, 3] < 255
    expected = cv2.GaussianBlur(disc.astype(np.float32) * (disc[..., 3:] / 255), (0, 0), 10)
    assert np.abs(open_air[..., 3] - expected[..., 3]).max() <= 1.1
    clipped = rendered(kept, disc, GaussianBlur(radius=10), clipped=True)
    assert np.array_equal(clipped[..., 3], disc[..., 3])
    assert 80 < clipped[200, 200, 0] < 140  # the two halves run into each other
    edge = clipped[200, 298]
    assert abs(edge[1] - 40) <= 1  # and nothing dark comes in from outside


def test_a_filter_in_a_group_stays_there(kept: Kept, photo: Pixels) -> None:
    small = RasterLayer(
        id="p", pixels=kept.raster(photo[:200, :200]), width=200, height=200, transform=Transform(x=300)
    )
    group = GroupLayer(layers=(small, AdjustmentLayer(adjustment=GaussianBlur(radius=6))))
    paper = FillLayer(colour="#ffffff")
    both = Compositor(kept).render(ImageDocument(id="d", width=640, height=427, layers=(paper, group)))
    assert (both[300:, :250] == 255).all()
    assert both[100, 400, 0] < 255


def test_opacity_mask_and_mode(kept: Kept, photo: Pixels) -> None:
    full = rendered(kept, photo, GaussianBlur(radius=9))
    half = rendered(kept, photo, GaussianBlur(radius=9), opacity=0.5)
    assert np.abs(half - (full + photo) / 2).max() <= 1
    grey = rendered(kept, photo, HighPass(radius=9), blend=BlendMode.OVERLAY)
    base, high = colours(photo) / 255, rendered(kept, photo, HighPass(radius=9))[..., :3] / 255
    expected = np.where(base <= 0.5, 2 * base * high, 1 - 2 * (1 - base) * (1 - high)) * 255
    assert np.abs(grey[..., :3] - expected).max() <= 2


@pytest.mark.parametrize("one", [GaussianBlur(radius=12), Mosaic(size=32), Bloom(), UnsharpMask(radius=8), Vignette()])
def test_zoomed_out_it_looks_as_it_will(kept: Kept, photo: Pixels, one: Filter) -> None:
    found = Compositor(kept)
    picture = document(kept, photo, one)
    whole = found.render(picture).astype(np.float32)
    small = found.render(picture, scale=0.25).astype(np.float32)
    expected = cv2.resize(whole, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(small - expected).mean() < 2


def test_filters_upon_filters_cost_what_they_look_at(
    kept: Kept, photo: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each composes what it looks at once, not once for every tile that the next one looks at."""
    large = np.tile(photo, (4, 3, 1))
    made: list[int] = []
    paint = Painter.__init__

    def counted(self: Painter, *args: object, **more: object) -> None:
        made.append(1)
        paint(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Painter, "__init__", counted)
    counts = []
    for several in range(1, 4):
        made.clear()
        picture = document(kept, large, *([GaussianBlur(radius=12)] * several))
        Compositor(kept).render_tile(picture, 3, 3)
        counts.append(len(made))
    assert counts == [1 + sum((2 * ring + 1) ** 2 for ring in range(1, n + 1)) for n in range(1, 4)]


def test_what_is_below_is_composed_once_while_a_knob_turns(
    kept: Kept, photo: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = document(kept, photo, GaussianBlur(radius=3))
    compositor = Compositor(kept)
    compositor.render(picture)
    made: list[int] = []
    monkeypatch.setattr(Painter, "_below", lambda *_: made.append(1))
    turned = picture.replace_layer("filter 0", lambda one: replace(one, adjustment=GaussianBlur(radius=5)))
    assert compositor.render(turned).shape == photo.shape
    assert not made


@pytest.mark.parametrize("one", [GaussianBlur(radius=2.5), Mosaic(), AddNoise(monochrome=False), Vignette(amount=30)])
def test_filters_are_stored(one: Filter, kept: Kept, photo: Pixels) -> None:
    picture = document(kept, photo, one)
    assert from_value("image", to_value(picture)) == picture
    layer = picture.layer("filter 0")
    assert isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, LayerFilter)


def test_nothing_comes_in_from_beyond_the_canvas(kept: Kept) -> None:
    white = np.full((TILE + 40, TILE + 60, 4), 255, np.uint8)
    found = rendered(kept, white, GaussianBlur(radius=30))
    assert (found == 255).all()

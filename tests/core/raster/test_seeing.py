"""Ways to look at a picture, against coloraide; and histograms, against numpy's own."""

import numpy as np
import pytest
from coloraide import Color
from PIL import Image

from core.raster.histogram import Histogram
from core.raster.seeing import Look, apply


@pytest.fixture
def photo(coffee: "object") -> np.ndarray:
    """The shipped photo as the screen holds it: blue, green, red, unused."""
    return np.array(Image.open(str(coffee)).convert("RGBA"))[..., [2, 1, 0, 3]].copy()


@pytest.mark.parametrize("look", [Look.PROTAN, Look.DEUTAN, Look.TRITAN])
def test_colour_blind_views_are_those_of_machado(look: Look, photo: np.ndarray) -> None:
    """Against coloraide's filter of the same paper: no colour of a real photo is off by more than one level."""
    seen = photo.copy()
    apply(look, seen)
    random = np.random.default_rng(1)
    for y, x in zip(random.integers(0, photo.shape[0], 60), random.integers(0, photo.shape[1], 60), strict=True):
        red, green, blue = photo[y, x, 2::-1] / 255
        peer = Color("srgb", [red, green, blue]).filter(str(look), method="machado").convert("srgb").clip()
        assert np.abs(np.array(peer.coords()) * 255 - seen[y, x, 2::-1]).max() <= 1.0


def test_greys_stay_grey_and_channels_stand_alone(photo: np.ndarray) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2)
    for look in (Look.GREY, Look.PROTAN, Look.DEUTAN, Look.TRITAN):
        seen = ramp.copy()
        apply(look, seen)
        assert np.abs(seen[..., :3].astype(int) - ramp[..., :3]).max() <= 1
    for look, channel in ((Look.RED, 2), (Look.GREEN, 1), (Look.BLUE, 0)):
        seen = photo.copy()
        apply(look, seen)
        assert (seen[..., :3] == photo[..., channel, None]).all()


def test_what_is_clipped_is_marked_and_nothing_else() -> None:
    pixels = np.full((2, 3, 4), 120, np.uint8)
    pixels[0, 0, :3] = 255, 120, 120
    pixels[1, 2, :3] = 120, 0, 120
    seen = pixels.copy()
    apply(Look.CLIPPED, seen)
    changed = (seen != pixels).any(axis=-1)
    assert changed.tolist() == [[True, False, False], [False, False, True]]


def test_histogram_of_a_photo_and_of_a_part(photo: np.ndarray) -> None:
    rgba = photo[..., [2, 1, 0, 3]].copy()
    rgba[..., 3] = 255
    histogram = Histogram()
    histogram.add(rgba)
    for channel, name in enumerate(("red", "green", "blue")):
        assert (histogram.of(name) == np.bincount(rgba[..., channel].ravel(), minlength=256)).all()  # type: ignore[arg-type]
        mean, spread, median = histogram.figures(name)  # type: ignore[arg-type]
        values = rgba[..., channel]
        assert (mean, spread) == pytest.approx((values.mean(), values.std()))
        assert abs(median - np.median(values)) <= 0.5
    lost = histogram.clipped()
    assert lost == ((rgba[..., :3] == 0).any(-1).mean(), (rgba[..., :3] == 255).any(-1).mean())
    chosen = np.zeros(rgba.shape[:2], np.uint8)
    chosen[10:50, 20:90] = 255
    rgba[:30, :, 3] = 0
    part = Histogram()
    part.add(rgba, chosen)
    assert part.pixels == 20 * 70
    assert (part.of("red") == np.bincount(rgba[30:50, 20:90, 0].ravel(), minlength=256)).all()
    assert Histogram().figures("red") == (0, 0, 0) and Histogram().clipped() == (0, 0)

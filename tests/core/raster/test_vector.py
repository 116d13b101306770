"""Vector shapes and masks in pixels: held against plain geometry, worked out per pixel with many samples."""

import math

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from raster_reference import Kept

from core.documents.image import FillLayer, ImageDocument, Mask, ShapeLayer, Transform, VectorMask
from core.documents.image_effects import DropShadow
from core.documents.image_shapes import (
    Contour,
    Ellipse,
    Knot,
    Line,
    LinearGradient,
    Path,
    RadialGradient,
    Rectangle,
    ShapeStroke,
    Solid,
    Stop,
    linear,
)
from core.raster import vector
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.compositor import Compositor
from core.raster.hit import layers_at

replace = msgspec.structs.replace
F = npt.NDArray[np.float64]


def drawn(kept: Kept, *layers: object, scale: float = 1.0, side: int = 120) -> npt.NDArray[np.uint8]:
    return Compositor(kept).render(ImageDocument(id="d", width=side, height=side, layers=layers), None, scale)  # type: ignore[arg-type]


def disc(side: int, centre: tuple[float, float], radius: float, fine: int = 8) -> F:
    """Return how much of each pixel a disc covers, by counting."""
    at = (np.arange(side * fine) + 0.5) / fine
    inside = np.hypot(at[None, :] - centre[0], at[:, None] - centre[1]) <= radius
    return inside.reshape(side, fine, side, fine).mean((1, 3))


def near(found: F, expected: F) -> None:
    """Skia is up to 0.3 off in single pixels of flat edges; on the whole an edge is where it should be."""
    off = np.abs(found - expected)
    assert off.max() < 0.3
    assert off.sum() < 0.1 * np.count_nonzero((expected > 0) & (expected < 1)) + 0.5


@pytest.mark.parametrize("scale", [0.25, 1.0, 3.0])
def test_a_circle_is_crisp_at_every_zoom(kept: Kept, scale: float) -> None:
    layer = ShapeLayer(geometry=Ellipse(width=80, height=80), transform=Transform(x=20.25, y=17.5))
    alpha = drawn(kept, layer, scale=scale)[..., 3] / 255.0
    expected = disc(round(120 * scale), (60.25 * scale, 57.5 * scale), 40 * scale)
    near(alpha, expected)
    assert abs(alpha.sum() - expected.sum()) / expected.sum() < 0.01


@pytest.mark.parametrize(("position", "inner", "outer"), [("inside", 28, 40), ("centre", 34, 46), ("outside", 40, 52)])
def test_strokes_lie_inside_on_or_outside_the_outline(kept: Kept, position: str, inner: int, outer: int) -> None:
    stroke = ShapeStroke(colour="#ff0000", width=12, position=position)
    layer = ShapeLayer(
        geometry=Ellipse(width=80, height=80),
        fill=Solid(colour="#0000ff"),
        stroke=stroke,
        transform=Transform(x=20, y=20),
    )
    out = drawn(kept, layer) / 255.0
    whole, fill = disc(120, (60, 60), outer), disc(120, (60, 60), inner)
    near(out[..., 3], whole)
    red, blue = out[..., 0] * out[..., 3], out[..., 2] * out[..., 3]
    near(red, whole - fill)
    near(blue, fill)
    # No fringe of the fill outside of an inner stroke, and no gap between the fill and an outer one.
    assert blue[whole == 0].sum() == 0 and out[..., 3][disc(120, (60, 60), outer - 1) == 1].min() > 0.98


def test_what_is_translucent_is_blended_once(kept: Kept) -> None:
    layer = ShapeLayer(
        geometry=Rectangle(width=60, height=60),
        fill=Solid(colour="#00ff00"),
        stroke=ShapeStroke(colour="#ff000080", width=20, position="inside"),
        transform=Transform(x=20, y=20),
        opacity=0.5,
    )
    out = drawn(kept, layer)
    assert tuple(out[50, 50]) == (0, 255, 0, 128)
    assert tuple(out[25, 50]) == pytest.approx((128, 127, 0, 128), abs=1)


def test_gradients_go_where_they_say(kept: Kept) -> None:
    stops = (Stop(0.0, "#000000"), Stop(1.0, "#ffffff"))
    box = Rectangle(width=100, height=100)
    across = drawn(kept, ShapeLayer(geometry=box, fill=linear(0, stops, box.size())))[50, :100, 0]
    assert np.abs(across.astype(int) - np.arange(100) * 2.55 - 1.28).max() < 1.5
    middle = RadialGradient(stops=stops, centre=(0.5, 0.5), radii=(0.5, 0.25))
    out = drawn(kept, ShapeLayer(geometry=box, fill=middle))[..., 0].astype(float)
    rows, columns = np.mgrid[:100, :100] + 0.5
    expected = np.clip(np.hypot((columns - 50) / 50, (rows - 50) / 25), 0, 1) * 255
    assert np.abs(out[:100, :100] - expected).max() < 2
    assert isinstance(linear(90, stops, (10, 10)), LinearGradient)


def test_a_line_has_a_head_at_its_end(kept: Kept) -> None:
    line = Line(dx=80, dy=0, end="arrow", head=5)
    layer = ShapeLayer(geometry=line, fill=None, stroke=ShapeStroke(width=4), transform=Transform(x=20, y=60))
    alpha = drawn(kept, layer)[..., 3]
    assert alpha[60, 30] == 255 and alpha[54, 30] == 0
    assert alpha[54, 81] == 255  # the head is wider than the shaft
    assert alpha[60, 99] > 0 and alpha[:, 101:].max() == 0
    box = ink_bounds(layer)
    rows, columns = np.nonzero(alpha)
    assert box.left <= columns.min() and box.right >= columns.max() + 1
    assert box.top <= rows.min() and box.bottom >= rows.max() + 1


def test_dashes_are_as_long_as_they_say(kept: Kept) -> None:
    stroke = ShapeStroke(width=4, dash=(2, 1))
    layer = ShapeLayer(geometry=Line(dx=96, dy=0), fill=None, stroke=stroke, transform=Transform(x=10, y=50))
    row = drawn(kept, layer)[50, :, 3]
    assert [int(row[10 + 12 * n + 4]) for n in range(8)] == [255] * 8
    assert [int(row[10 + 12 * n + 10]) for n in range(8)] == [0] * 8


def test_a_hole_follows_the_rule(kept: Kept) -> None:
    square = Rectangle(width=100, height=100).contours()
    hole = tuple(
        Contour(knots=tuple(k.moved(30, 30) for k in Rectangle(width=40, height=40).contours()[0].knots)) for _ in "x"
    )
    for even_odd, expected in ((False, 255), (True, 0)):
        path = Path(parts=(*square, *hole), even_odd=even_odd)
        layer = ShapeLayer(geometry=path)
        assert drawn(kept, layer)[50, 50, 3] == expected
        assert bool(layers_at(ImageDocument(id="d", width=120, height=120, layers=(layer,)), 50, 50, kept)) is (
            expected == 255
        )


def test_a_shape_is_hit_where_it_is_drawn(kept: Kept) -> None:
    ring = ShapeLayer(
        id="ring",
        geometry=Ellipse(width=80, height=80),
        fill=None,
        stroke=ShapeStroke(width=10, position="outside"),
        transform=Transform(x=20, y=20, rotation=30),
    )
    document = ImageDocument(id="d", width=120, height=120, layers=(ring,))
    for x, expected in ((60, False), (24, False), (15, True), (7, False)):
        assert (layers_at(document, x, 60, kept) == ["ring"]) is expected, x
    hair = replace(ring, stroke=ShapeStroke(width=1))
    assert layers_at(replace(document, layers=(hair,)), 22, 60, kept) == ["ring"]


def test_paths_survive_skia_and_come_back(kept: Kept) -> None:
    oval = vector.to_path(Ellipse(width=60, height=40).contours())
    back = vector.from_path(oval)
    assert len(back) == 1 and back[0].closed and len(back[0].knots) == 4
    assert all(knot.smooth for knot in back[0].knots)
    open_ = Contour(knots=(Knot(0, 0, out_x=5, out_y=9), Knot(20, 0), Knot(30, 8)), closed=False)
    assert vector.from_path(vector.to_path((open_,))) == (open_,)
    assert vector.to_path((Contour(knots=(Knot(math.inf, 0), Knot(1, 1))),)).isEmpty()


def test_a_vector_mask_cuts_softly_and_in_part(kept: Kept) -> None:
    fill = FillLayer(colour="#3060c0")
    mask = VectorMask(geometry=Rectangle(width=60, height=60), transform=Transform(x=30, y=30))
    hard = drawn(kept, replace(fill, vector_mask=mask))[..., 3]
    assert hard[30:90, 30:90].min() == 255 and hard.sum() == 60 * 60 * 255
    other = drawn(kept, replace(fill, vector_mask=replace(mask, inverted=True)))[..., 3]
    assert np.array_equal(255 - hard, other)
    thin = drawn(kept, replace(fill, vector_mask=replace(mask, density=0.25)))[..., 3]
    assert thin[60, 60] == 255 and thin[5, 5] == 191
    soft = drawn(kept, replace(fill, vector_mask=replace(mask, feather=10)))[..., 3] / 255.0
    # The edge of a half plane under a Gaussian, far from the other edges.
    expected = [0.5 * (1 + math.erf((x + 0.5 - 30) / 5 / math.sqrt(2))) for x in range(15, 46)]
    assert np.abs(soft[60, 15:46] - expected).max() < 0.01
    off = drawn(kept, replace(fill, vector_mask=replace(mask, enabled=False)))[..., 3]
    assert off.min() == 255


def test_a_raster_mask_feathers_across_tiles_without_a_seam(kept: Kept) -> None:
    pixels = np.zeros((400, 600, 4), np.uint8)
    pixels[:, :256] = 255  # its edge lies on the border of two tiles
    mask = Mask(pixels=kept.raster(pixels), width=600, height=400, feather=20)
    document = ImageDocument(id="d", width=600, height=400, layers=(FillLayer(colour="#000000", mask=mask),))
    compositor = Compositor(kept)
    row = compositor.render(document)[200, :, 3].astype(float) / 255
    expected = [0.5 * (1 - math.erf((x + 0.5 - 256) / 10 / math.sqrt(2))) for x in range(200, 312)]
    assert np.abs(row[200:312] - expected).max() < 0.01
    assert np.array_equal(
        compositor.render(document, (250, 100, 12, 50)), compositor.render(document)[100:150, 250:262]
    )
    half = replace(document, layers=(FillLayer(colour="#000000", mask=replace(mask, density=0.5)),))
    assert compositor.render(half)[200, 500, 3] == pytest.approx(128, abs=1)


def test_effects_and_clips_follow_the_shape(kept: Kept) -> None:
    shape = ShapeLayer(geometry=Ellipse(width=60, height=60), transform=Transform(x=20, y=20))
    shadow = DropShadow(angle=180, distance=30, size=0, opacity=1.0)
    alpha = drawn(kept, replace(shape, effects=(shadow,)))[..., 3]
    assert alpha[50, 105] == 255 and alpha[50, 115] == 0
    clipped = drawn(kept, shape, FillLayer(colour="#ff0000", clipped=True))
    assert tuple(clipped[50, 50]) == (255, 0, 0, 255) and clipped[5, 5, 3] == 0


def test_bounds_leave_the_stroke_out_and_ink_takes_it_in() -> None:
    layer = ShapeLayer(
        geometry=Rectangle(width=40, height=20),
        stroke=ShapeStroke(width=10, position="outside", join="round"),
        transform=Transform(x=5, y=6),
    )
    assert layer_bounds(layer) == (5, 6, 45, 26)
    assert ink_bounds(layer) == (-5, -4, 55, 36)

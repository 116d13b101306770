"""Cropping at an angle, turning and mirroring the whole picture: every point lands where the frame says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from image_strategies import documents, size_of

from core.documents import image_frame as frames
from core.documents import image_place as place
from core.documents.base import from_value, to_value
from core.documents.image import FillLayer, Guide, ImageDocument, RasterLayer, TextLayer, new_image, walk
from core.documents.image_frame import Framing


def corners(document: ImageDocument, layer_id: str) -> tuple[tuple[float, float], ...] | None:
    layer = document.layer(layer_id)
    return place.corners(layer, size_of(layer))


@given(
    documents,
    st.builds(
        Framing,
        st.floats(-500, 1500),
        st.floats(-500, 1500),
        st.integers(1, 900).map(float),
        st.integers(1, 900).map(float),
        st.floats(-180, 180),
    ),
)
def test_every_corner_lands_where_the_frame_has_it(document: ImageDocument, frame: Framing) -> None:
    size = round(frame.width) * 2, round(frame.height) * 2
    after = frames.reframe(document, frame, size_of, size)
    assert (after.width, after.height) == size
    for layer in walk(document.layers):
        before = corners(document, layer.id)
        if before is None:
            continue
        now = corners(after, layer.id)
        assert now is not None
        for one, other in zip(before, now, strict=True):
            along, across = frame.to_own(*one)
            assert other == pytest.approx((2 * along + size[0] / 2, 2 * across + size[1] / 2), abs=1e-3)


@given(documents)
def test_an_upright_frame_moves_by_whole_pixels_and_comes_back(document: ImageDocument) -> None:
    small = frames.reframe(document, Framing(20.4, 11.2, 10.0, 7.0), size_of)
    assert (small.width, small.height) == (10, 7)
    back = place.crop(small, (-15, -8, document.width - 15, document.height - 8))
    assert back == document


@given(documents)
def test_four_quarters_and_two_mirrors_return(document: ImageDocument) -> None:
    turned = document
    for _ in range(4):
        turned = frames.turn_picture(turned, 1, size_of)
    flipped = frames.flip_picture(frames.flip_picture(document, "vertical", size_of), "vertical", size_of)
    for one in (turned, flipped):
        assert (one.width, one.height) == (document.width, document.height)
        for layer in walk(document.layers):
            if isinstance(layer, RasterLayer | TextLayer):
                expected, found = corners(document, layer.id), corners(one, layer.id)
                assert expected is not None and found is not None
                for first, second in zip(expected, found, strict=True):
                    assert second == pytest.approx(first, abs=1e-6)


@given(st.floats(-89, 89), st.sampled_from([0.5, 0.8, 1.0, 1.5, 16 / 9]))
def test_an_inscribed_frame_touches_the_canvas_and_stays_inside(degrees: float, ratio: float) -> None:
    document = new_image(640, 400)
    frame = frames.inscribed(document, degrees, ratio)
    xs, ys = zip(*frame.corners, strict=True)
    assert frame.width / frame.height == pytest.approx(ratio)
    assert min(xs) >= -1e-6 and min(ys) >= -1e-6 and max(xs) <= 640 + 1e-6 and max(ys) <= 400 + 1e-6
    assert min(*xs, *ys, 640 - max(xs), 400 - max(ys)) == pytest.approx(0, abs=1e-6)


def test_guides_and_gradients_turn_with_the_picture() -> None:
    guides = Guide(axis="x", at=10), Guide(axis="y", at=30)
    document = ImageDocument(id="d", width=200, height=100, layers=(FillLayer(colour2="#000000"),), guides=guides)
    turned = frames.turn_picture(document, 1, size_of)
    assert turned.guides == (Guide(axis="y", at=10), Guide(axis="x", at=70))
    fill = turned.layers[0]
    assert isinstance(fill, FillLayer) and abs(math.remainder(fill.angle - 180, 360)) < 1e-9
    flipped = frames.flip_picture(document, "horizontal", size_of)
    assert flipped.guides == (Guide(axis="x", at=190), Guide(axis="y", at=30))
    cropped = place.crop(document, (5, 5, 100, 100))
    assert cropped.guides == (Guide(axis="x", at=5), Guide(axis="y", at=25))


def test_guides_are_kept_in_the_file_and_meet_once() -> None:
    document = frames.add_guide(new_image(50, 50), Guide(axis="x", at=10))
    document = frames.add_guide(document, Guide(axis="x", at=20))
    assert from_value("image", to_value(document)) == document
    assert frames.move_guide(document, 0, 20.0).guides == (Guide(axis="x", at=20),)
    assert frames.remove_guide(document, 0).guides == (Guide(axis="x", at=20),)
    assert frames.clear_guides(document).guides == ()
    assert "guides" not in to_value(new_image(50, 50))

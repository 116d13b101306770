"""Icons as vector layers: held against resvg, which draws the same SVG on its own."""

import io

import numpy as np
import numpy.typing as npt
import pytest
import resvg_py
from PIL import Image

from core.documents import svg_drawing, svg_paths
from core.documents.image import ImageDocument, ShapeLayer
from core.library.search import library
from core.raster.compositor import Compositor
from core.values import AssetHash

SIDE = 96
SAMPLES = [
    "tabler:shopping-cart",
    "lucide:coffee",
    "ph:coffee-duotone",
    "mdi:sale",
    "fluent-emoji-flat:birthday-cake",
    "fluent-emoji-flat:panda",
    "icon-park:delivery",
    "flat-color-icons:shop",
    "circle-flags:us",
    "circle-flags:br",
    "pinhead:lantern",
    "healthicons:doctor",
    "hero-patterns:topography",
]


class Nothing:
    """No assets are asked for."""

    def asset(self, digest: AssetHash) -> bytes:
        raise AssertionError(digest)


def side_of(box: svg_drawing.Box) -> int:
    """Hairlines of large drawings are no thinner than a pixel: two renderers spread thinner ones otherwise."""
    return max(SIDE, round(max(box[2:])))


def ours(body: str, box: svg_drawing.Box) -> npt.NDArray[np.int16]:
    parts, side = svg_drawing.parse(body), side_of(box)
    layer = svg_drawing.layers(
        parts, box, (0, 0, side, side), "x", lambda c: "#224466" if c == svg_drawing.CURRENT else c
    )
    document = ImageDocument(id="d", width=side, height=side, layers=(layer,))
    return Compositor(Nothing()).render(document, None, 1.0).astype(np.int16)  # type: ignore[arg-type]


def theirs(body: str, box: svg_drawing.Box) -> npt.NDArray[np.int16]:
    left, top, width, height = box
    view = f'viewBox="{left} {top} {width} {height}" width="{side_of(box)}" height="{side_of(box)}"'
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    text = f"<svg {links} {view}>{body.replace('currentColor', '#224466')}</svg>"
    png = bytes(resvg_py.svg_to_bytes(svg_string=text))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).astype(np.int16)


def difference(first: npt.NDArray[np.int16], second: npt.NDArray[np.int16]) -> float:
    """Mean over all pixels of the largest difference of premultiplied channels, 0 to 255."""

    def premultiplied(pixels: npt.NDArray[np.int16]) -> npt.NDArray[np.float64]:
        alpha = pixels[..., 3:] / 255.0
        return np.concatenate([pixels[..., :3] * alpha, pixels[..., 3:]], axis=2)

    return float(np.abs(premultiplied(first) - premultiplied(second)).max(axis=2).mean())


@pytest.mark.parametrize("name", SAMPLES)
def test_it_looks_as_resvg_draws_it(name: str) -> None:
    index = library.index()
    element = index.element(name)
    body = index.store.body(element)
    assert difference(ours(body, element.box), theirs(body, element.box)) < 3


def test_every_set_looks_as_resvg_draws_it() -> None:
    index = library.index()
    bad = []
    for element in index.store.elements[::331]:
        body = index.store.body(element)
        if difference(ours(body, element.box), theirs(body, element.box)) > 3:
            bad.append(element.id)
    assert bad == []


def test_an_outline_is_one_shape() -> None:
    parts = svg_drawing.parse(
        '<g fill="none" stroke="currentColor"><path d="M1 1h5"/><circle cx="4" cy="4" r="2"/></g>'
    )
    layer = svg_drawing.layers(parts, (0, 0, 24, 24), (0, 0, 48, 48), "x", lambda _: "#ff0000")
    assert isinstance(layer, ShapeLayer) and layer.fill is None
    assert layer.stroke is not None and layer.stroke.width == pytest.approx(2) and layer.stroke.colour == "#ff0000"


@pytest.mark.parametrize(
    "body",
    [
        "<text>hello</text>",
        '<path fill="url(#a)" d="M0 0h1v1z"/>',
        '<path d="M0 0 L"/>',
        '<path filter="url(#f)" d="M0 0h1v1z"/>',
        '<use href="#nothing"/>',
        '<g id="a"><use href="#a"/></g>',
        "<path",
        '<!DOCTYPE x [<!ENTITY a "b">]><path/>',
    ],
)
def test_what_cannot_be_drawn_exactly_is_refused(body: str) -> None:
    with pytest.raises(ValueError):
        svg_drawing.parse(body)


def test_a_path_that_is_closed_where_it_begins_is_a_dot() -> None:
    (line, dot) = svg_paths.path("M0 0h4 M7 8z z")
    assert len(line.knots) == 2 and not line.closed
    assert [knot.at for knot in dot.knots] == [(7.0, 8.0)] and dot.closed
    assert svg_paths.path("M7 8") == (), "a move alone draws nothing"


def test_a_path_has_no_more_segments_than_are_allowed() -> None:
    assert len(svg_paths.path("M0 0" + "h1" * 50, most=50)[0].knots) == 51
    with pytest.raises(svg_paths.TooManySegmentsError):
        svg_paths.path("M0 0" + "h1" * 51, most=50)


def test_flags_of_an_arc_may_stand_together() -> None:
    (contour,) = svg_paths.path("M2 0a2 2 0 11-4 0 2 2 0 014 0z")
    assert max(knot.x for knot in contour.knots) == pytest.approx(2)
    assert min(knot.x for knot in contour.knots) == pytest.approx(-2)

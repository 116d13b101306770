"""SVG as vector layers, and back: held against resvg, which draws the same file on its own."""

import math
from pathlib import Path as File

import msgspec
import numpy as np
import numpy.typing as npt
import pytest

from core.documents.image import BlendMode, GroupLayer, ImageDocument, ShapeLayer, Transform, VectorMask
from core.documents.image_shapes import (
    Contour,
    Ellipse,
    Knot,
    Line,
    LinearGradient,
    Path,
    Polygon,
    RadialGradient,
    Rectangle,
    ShapeStroke,
    Solid,
    Star,
    Stop,
    linear,
)
from core.image import svg
from core.image.svg_layers import NotSimpleError, layers_of
from core.raster.booleans import combine_live
from core.raster.compositor import Compositor
from core.raster.pack import MemoryAssets
from core.raster.svg_out import write
from core.resources import resource
from core.values import AtelierError

F = npt.NDArray[np.float64]
replace = msgspec.structs.replace


def ours(document: ImageDocument) -> F:
    """Premultiplied RGBA, 0…255."""
    return premultiplied(Compositor(MemoryAssets()).render(document))


def theirs(text: str) -> F:
    return premultiplied(np.array(svg.rasterise(text.encode(), "x.svg")[0]))


def premultiplied(pixels: npt.NDArray[np.uint8]) -> F:
    out = pixels.astype(float)
    out[..., :3] *= out[..., 3:] / 255
    return out


def near(one: F, other: F) -> None:
    """Edges are smoothed in other ways: single pixels may differ by a third, the whole hardly at all."""
    off = np.abs(one - other)
    assert off.mean() < 1.0, off.mean()
    assert (off.max(-1) > 90).mean() < 1e-4
    assert (off.max(-1) > 40).mean() < 0.004


def drawing(body: str, size: int = 160, attributes: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" {attributes}>{body}</svg>'


def shapes(document: ImageDocument) -> list[ShapeLayer]:
    found: list[ShapeLayer] = []

    def walk(layers: tuple[object, ...]) -> None:
        for layer in layers:
            if isinstance(layer, GroupLayer):
                walk(layer.layers)
            elif isinstance(layer, ShapeLayer):
                found.append(layer)

    walk(document.layers)
    return found


def test_the_shipped_icons_are_drawn_as_resvg_draws_them() -> None:
    """Every third on one sheet, scaled, with their arcs, round joins and inherited strokes."""
    body, count = [], 0
    for number, file in enumerate(sorted(resource("icons").glob("*.svg"))[::3]):
        inner = file.read_text(encoding="utf-8").partition(">\n  <")[2].rpartition("</svg>")[0]
        count += 1
        place = f"translate({number % 8 * 40 + 4} {number // 8 * 40 + 4}) scale(1.4)"
        body.append(f'<g id="icon_{file.stem}" transform="{place}"><{inner}</g>')
    text = drawing(
        "".join(body),
        328,
        'fill="none" stroke="#204080" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"',
    )
    document = layers_of(text.encode(), "icons.svg")
    assert len(document.layers) == count
    near(ours(document), theirs(text))
    near(ours(document), theirs(write(document).text))


BASIC = """
<rect x="10" y="10" width="60" height="40" rx="8" fill="tomato" stroke="rgb(0,0,80)" stroke-width="4"/>
<rect x="90" y="10" width="50" height="30" rx="20" ry="6" fill="#0a08"/>
<circle cx="40" cy="100" r="25" fill="#48c" fill-opacity=".5" transform="rotate(30 40 90)"/>
<g opacity="0.6" transform="translate(80 60) scale(-1 1) translate(-50)">
  <ellipse cx="20" cy="20" rx="20" ry="12" fill="green" transform="rotate(25)"/>
  <polygon points="30,0 50,40 10,40" style="fill:purple;stroke:black;stroke-width:2;stroke-linejoin:bevel"/>
</g>
<path d="M90 100 q20 -30 40 0 t20 20 l-30 20 z M100 115 h20 v10 h-20 z" fill-rule="evenodd" fill="#d80"/>
<path d="M10 140 a30 12 20 1 1 40 8" fill="none" stroke="#c0c" stroke-width="5" stroke-dasharray="9 5"
  stroke-linecap="round"/>
<line x1="60" y1="150" x2="150" y2="145" stroke="currentColor" color="#026" stroke-width="3"/>
<path d="M70 70 l30 10 l-30 8" transform="skewX(20)" fill="teal"/>
"""


def test_basic_shapes_groups_and_transforms() -> None:
    document = layers_of(drawing(BASIC).encode(), "Basic shapes.svg")
    near(ours(document), theirs(drawing(BASIC)))
    near(ours(document), theirs(write(document).text))
    kinds = [type(layer.geometry) for layer in shapes(document)]
    assert kinds == [Rectangle, Path, Ellipse, Ellipse, Path, Path, Path, Line, Path]
    assert document.title == "Basic shapes"
    turned = shapes(document)[2]
    assert turned.transform.rotation == 30 and turned.geometry == Ellipse(width=50, height=50)
    group = document.layers[3]
    assert isinstance(group, GroupLayer) and group.opacity == 0.6


GRADIENTS = """
<defs>
<linearGradient id="a" x1="0" y1="0" x2="1" y2="1"><stop offset="10%" stop-color="red"/>
  <stop offset=".6" stop-color="blue" stop-opacity=".4"/><stop offset="1" stop-color="#fd0"/></linearGradient>
<linearGradient id="b" href="#a" gradientUnits="userSpaceOnUse" x1="90" y1="0" x2="140" y2="30"
  gradientTransform="rotate(15) skewX(20)"/>
<radialGradient id="c" cx=".3" cy=".4" r=".6"><stop stop-color="white"/>
  <stop offset="1" stop-color="#063"/></radialGradient>
</defs>
<rect x="5" y="5" width="70" height="40" fill="url(#a)"/>
<ellipse cx="115" cy="35" rx="35" ry="28" fill="url(#b)"/>
<rect x="5" y="60" width="70" height="40" rx="10" fill="url(#c)" fill-opacity=".8"/>
<path d="M90 70 L150 80 L120 140 Z" fill="url(#a)" transform="rotate(10 120 100)"/>
<circle cx="40" cy="130" r="24" fill="url(#c)" transform="translate(0 5) scale(1 .8)"/>
"""


def test_gradients_under_every_matrix() -> None:
    document = layers_of(drawing(GRADIENTS).encode(), "g.svg")
    off = np.abs(ours(document) - theirs(drawing(GRADIENTS)))
    assert off.mean() < 1.0 and np.percentile(off, 99) < 9
    near(ours(document), theirs(write(document).text))
    fills = [type(layer.fill) for layer in shapes(document)]
    assert fills == [LinearGradient, LinearGradient, RadialGradient, LinearGradient, RadialGradient]


def test_styles_view_boxes_and_blend_modes() -> None:
    body = """<style>/* as Illustrator writes it */ .st0{fill:#E03;} rect, .st1 {fill:#03E;stroke:#000}
      #own{fill:lime}</style>
    <g id="Layer_1"><path class="st0" d="M0 0h40v40H0z"/><rect class="st1" x="30" y="30" width="40" height="40"/>
    <g inkscape:label="Own name" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape">
    <path id="Leaf" class="st0" d="M60 0h20v20z"/><path d="M5 60h20v30h-20z" opacity=".5"/></g>
    <g><path id="own" class="st0" d="M60 20h30v30h-30z" style="mix-blend-mode:multiply"/></g></g>
    <path d="M0 0h99v99z" display="none"/><path d="M0 0h99v99z" visibility="hidden"/>"""
    text = drawing(body, 200, 'viewBox="-10 -10 120 80"')
    document = layers_of(text.encode(), "s.svg")
    near(ours(document), theirs(text))
    # The group holds something that is blended with what is below it, so its layers stand on their own.
    assert [layer.name for layer in document.layers] == ["Path", "Rect", "Own name", "own"]
    found = shapes(document)
    assert [layer.fill for layer in found] == [
        Solid(colour=colour) for colour in ("#ee0033", "#0033ee", "#ee0033", "#000000", "#00ff00")
    ]
    assert found[4].blend is BlendMode.MULTIPLY
    near(ours(document), theirs(write(document).text))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<text x='5' y='20'>Hi</text>", "<text>"),
        ("<rect width='9' height='9' filter='url(#f)'/>", "filter"),
        ("<rect width='9' height='9' clip-path='url(#f)'/>", "clip-path"),
        ("<defs><pattern id='p'/></defs><rect width='9' height='9' fill='url(#p)'/>", "fill=url"),
        ("<use href='#a'/>", "<use>"),
        ("<g id='a'/>", "nothing"),
        ("<style>g > rect{fill:red}</style><rect width='9' height='9'/>", "<style>"),
        ("<path d='M0 0 L banana'/>", "path"),
        ("<rect width='9' height='9' stroke='red' transform='scale(1 3)'/>", "stroke"),
        (
            "<rect width='9' height='9' fill='url(#g)'/>"
            "<radialGradient id='g' fx='.2'><stop/><stop offset='1'/></radialGradient>",
            "fx",
        ),
        ("<path d='M0 0 h1e9 v9 z' fill='red'/>", "far beyond"),
        ("<g>" * 40 + "<rect width='9' height='9'/><rect/>" + "</g>" * 40, ""),
    ],
)
def test_what_shapes_cannot_say_is_named(body: str, why: str) -> None:
    with pytest.raises(NotSimpleError) as error:
        layers_of(drawing(body).encode(), "x.svg")
    assert why in str(error.value)


def test_hostile_files_meet_the_same_guard_as_pictures() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
    )
    with pytest.raises(AtelierError):
        layers_of((bomb + f"]>{drawing('<path d=/><desc>&j;</desc>')}").encode(), "bomb.svg")
    with pytest.raises(AtelierError, match="not an SVG"):
        layers_of(b"<html></html>", "x.svg")


def everything() -> ImageDocument:
    """Every kind of shape, stroke and paint that a person can make."""
    stops = (Stop(0.0, "#ff8000"), Stop(0.5, "#ffffffa0"), Stop(1.0, "#0040c0"))
    star = Star(width=70, height=66, points=6, inner=0.45, radius=4)
    leaf = Contour(knots=(Knot(0, 40, 0, 0, 10, -60), Knot(60, 10, -30, -10, 10, 20, True), Knot(30, 50, 8, -4)))
    layers = (
        ShapeLayer(geometry=Rectangle(width=240, height=240), fill=linear(30, stops, (240, 240))),
        ShapeLayer(
            geometry=Rectangle(width=70, height=50, radii=(20, 4, 0, 12)),
            fill=Solid(colour="#22aa55"),
            stroke=ShapeStroke(colour="#000000c0", width=8, position="inside"),
            transform=Transform(x=12, y=14),
        ),
        ShapeLayer(
            geometry=star,
            fill=RadialGradient(stops=stops, centre=(0.4, 0.4), radii=(0.6, 0.5)),
            stroke=ShapeStroke(colour="#301050", width=6, position="outside", join="round"),
            transform=Transform(x=100, y=14, rotation=20, scale_x=-1),
        ),
        GroupLayer(
            opacity=0.7,
            blend=BlendMode.MULTIPLY,
            layers=(
                ShapeLayer(
                    geometry=Polygon(width=60, height=60, sides=7),
                    fill=Solid(colour="#cc2288"),
                    transform=Transform(x=20, y=90, rotation=-33),
                ),
                ShapeLayer(
                    geometry=Path(parts=(leaf,)),
                    stroke=ShapeStroke(colour="#ffffff", width=5, dash=(3, 2), cap="round"),
                    transform=Transform(x=60, y=100),
                ),
            ),
        ),
        ShapeLayer(
            geometry=Line(dx=90, dy=-30, start="dot", end="arrow"),
            fill=None,
            stroke=ShapeStroke(colour="#102030", width=5),
            transform=Transform(x=130, y=130),
        ),
        ShapeLayer(
            geometry=Ellipse(width=100, height=60),
            fill=linear(-70, stops, (100, 60)),
            stroke=ShapeStroke(colour="#ff0000", width=3, join="miter"),
            transform=Transform(x=120, y=165, rotation=15),
            vector_mask=VectorMask(
                geometry=Star(width=110, height=70, points=9, inner=0.7), transform=Transform(x=115, y=160)
            ),
        ),
    )
    return ImageDocument(id="d", title="Everything", width=240, height=240, layers=layers)


def test_everything_a_person_can_draw_looks_the_same_in_resvg() -> None:
    document = everything()
    written = write(document)
    assert written.left_out == ()
    near(ours(document), theirs(written.text))
    cut = combine_live([document.layers[1], document.layers[5]], "exclude")  # type: ignore[list-item]
    assert cut is not None
    live = replace(document, layers=(replace(cut, vector_mask=None),))
    near(ours(live), theirs(write(live).text))
    inverted = document.replace_layer(
        document.layers[-1].id, lambda one: replace(one, vector_mask=replace(one.vector_mask, inverted=True))
    )
    near(ours(inverted), theirs(write(inverted).text))


def test_what_svg_cannot_hold_is_said(tmp_path: File) -> None:
    from core.documents.image import TextLayer
    from core.documents.image_effects import DropShadow

    document = everything()
    shape = replace(document.layers[2], effects=(DropShadow(),), blend=BlendMode.HARD_MIX)
    written = write(replace(document, layers=(shape, TextLayer(text="Hello"))))
    assert {sentence.split(" ")[0] for sentence in written.left_out} == {"Effects", "Some", "Layers"}
    with pytest.raises(AtelierError, match="no shapes"):
        write(replace(document, layers=(TextLayer(text="Hello"),)))
    fitted = write(document, (document.layers[1],), fitted=True).text
    assert 'viewBox="12 14 70 50"' in fitted and math.isclose(theirs(fitted).shape[1], 70)

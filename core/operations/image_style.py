"""Operations that give a picture another look, and that make pictures of its material. Declarations only.

Only style transfer needs weights. Every ``image`` is uint8 H×W×4, RGBA with straight alpha, sRGB.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import Colour, Group, ImageInput, Operation, OperationInfo, Seed, operation

_PERCENT = {"unit": "%", "step": 1}
_PIXELS = {"unit": "px", "step": 1}
_DEGREES = {"unit": "°", "step": 1}

Brush = Annotated[
    float,
    Meta(
        ge=0.1,
        le=4,
        title="Brush size",
        description="In parts of the picture's longer side.",
        extra={"unit": "%", "step": 0.1},
    ),
]


@operation(
    OperationInfo(
        name="image.halftone",
        version=1,
        title="Halftone",
        intent="screen, dots, raster, print, riso, risograph, newspaper, comic, pop art, cmyk, engraving, lines",
        help="Prints a picture with dots or lines of ink. Seen from afar it has the original's tones.",
        implementation="core.image.halftoning:halftone",
        outputs={"image": "image"},
        icon="grid-2x2",
        group=Group.STYLE,
    )
)
class Halftone(Operation, frozen=True, kw_only=True):
    """Amplitude-modulated screens, anti-aliased, calibrated so that the mean in linear light is the picture's."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    inks: Annotated[
        Literal["one ink", "four inks"],
        Meta(title="Inks", description="Cyan, magenta, yellow and black, or one colour of your own."),
    ] = "one ink"
    shape: Annotated[Literal["dots", "lines", "cross"], Meta(title="Screen")] = "dots"
    pitch: Annotated[
        float,
        Meta(
            ge=2,
            le=200,
            title="Distance",
            description="From one dot or line to the next.",
            extra={"unit": "px", "step": 0.5},
        ),
    ] = 10.0
    angle: Annotated[
        float,
        Meta(ge=-90, le=90, title="Angle", description="Of the one ink, or of black.", extra=_DEGREES),
    ] = 45.0
    cyan: Annotated[float, Meta(ge=-90, le=90, title="Angle of cyan", extra=_DEGREES)] = 15.0
    magenta: Annotated[float, Meta(ge=-90, le=90, title="Angle of magenta", extra=_DEGREES)] = 75.0
    yellow: Annotated[float, Meta(ge=-90, le=90, title="Angle of yellow", extra=_DEGREES)] = 0.0
    black: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Black ink",
            description="How much of what is grey black prints instead of the three colours.",
            extra=_PERCENT,
        ),
    ] = 60.0
    detail: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Detail",
            description="0 gives each dot one tone, 100 lets edges cut through dots.",
            extra=_PERCENT,
        ),
    ] = 35.0
    ink: Annotated[Colour, Meta(title="Ink", description="The colour of the one ink.")] = "#16161a"
    paper: Annotated[Colour, Meta(title="Paper")] = "#ffffff"


@operation(
    OperationInfo(
        name="image.oil_paint",
        version=1,
        title="Oil painting",
        intent="paint, brush strokes, painterly, impasto, canvas, art, kuwahara, gouache, acrylic",
        help="Paints a picture anew with strokes that follow its forms.",
        implementation="core.image.painting:oil_paint",
        outputs={"image": "image"},
        icon="paintbrush",
        group=Group.STYLE,
    )
)
class OilPaint(Operation, frozen=True, kw_only=True):
    """Anisotropic Kuwahara filter, with bristles along the strokes that catch the light."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    brush: Brush = 0.8
    follow: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Follow forms",
            description="How long strokes become along edges.",
            extra=_PERCENT,
        ),
    ] = 80.0
    relief: Annotated[
        float,
        Meta(ge=0, le=100, title="Relief", description="How thick the paint lies, with bristle marks.", extra=_PERCENT),
    ] = 35.0
    colour: Annotated[
        float, Meta(ge=-100, le=100, title="Colour", description="Paler or richer than the picture.", extra=_PERCENT)
    ] = 15.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.watercolour",
        version=1,
        title="Watercolour",
        intent="watercolor, aquarelle, wash, paint, wet, paper, illustration, pigment, soft",
        help="Paints a picture in transparent washes that gather at their edges, on rough paper.",
        implementation="core.image.painting:watercolour",
        outputs={"image": "image"},
        icon="droplets",
        group=Group.STYLE,
    )
)
class Watercolour(Operation, frozen=True, kw_only=True):
    """Abstraction, then pigment density by edges, flow and paper (Bousseau et al. 2006)."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    brush: Brush = 1.0
    edges: Annotated[
        float, Meta(ge=0, le=100, title="Dark edges", description="Pigment that dries at the rim.", extra=_PERCENT)
    ] = 50.0
    flow: Annotated[float, Meta(ge=0, le=100, title="Flow", description="How unevenly washes dry.", extra=_PERCENT)] = (
        50.0
    )
    paper: Annotated[
        float, Meta(ge=0, le=100, title="Paper grain", description="How rough the paper is.", extra=_PERCENT)
    ] = 40.0
    wobble: Annotated[
        float, Meta(ge=0, le=100, title="Loose hand", description="How freely outlines are drawn.", extra=_PERCENT)
    ] = 40.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.pencil",
        version=1,
        title="Pencil drawing",
        intent="sketch, graphite, drawing, hatching, crosshatch, charcoal, coloured pencil, line art, illustration",
        help="Draws a picture with outlines and hatching, in graphite or in coloured pencils.",
        implementation="core.image.sketching:pencil",
        outputs={"image": "image"},
        icon="pencil",
        group=Group.STYLE,
    )
)
class Pencil(Operation, frozen=True, kw_only=True):
    """Lines along the flow of edges; hatching whose layers add up to the tone."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    kind: Annotated[Literal["graphite", "coloured"], Meta(title="Pencils")] = "graphite"
    lines: Annotated[float, Meta(ge=0, le=100, title="Outlines", extra=_PERCENT)] = 60.0
    shading: Annotated[float, Meta(ge=0, le=100, title="Shading", extra=_PERCENT)] = 60.0
    width: Annotated[
        float,
        Meta(
            ge=0.02,
            le=1,
            title="Point",
            description="How thick the pencil is, in parts of the picture's longer side.",
            extra={"unit": "%", "step": 0.02},
        ),
    ] = 0.12
    angle: Annotated[float, Meta(ge=-90, le=90, title="Hatching angle", extra=_DEGREES)] = 50.0
    ink: Annotated[Colour, Meta(title="Graphite")] = "#2b2a2e"
    paper: Annotated[Colour, Meta(title="Paper")] = "#faf8f3"
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.cartoon",
        version=1,
        title="Cartoon and poster",
        intent="comic, cel shading, posterise, flat, illustration, screen print, pop art, outlines, toon, ink",
        help="Draws a picture in few flat colours with inked outlines.",
        implementation="core.image.sketching:cartoon",
        outputs={"image": "image"},
        icon="shapes",
        group=Group.STYLE,
    )
)
class Cartoon(Operation, frozen=True, kw_only=True):
    """Anisotropic Kuwahara, main colours in OKLab, lines by flow-based extended differences of Gaussians."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    colours: Annotated[int, Meta(ge=2, le=32, title="Colours", extra={"step": 1})] = 12
    brush: Annotated[
        float,
        Meta(
            ge=0.1,
            le=4,
            title="Simplify",
            description="Details smaller than this go, in parts of the picture's longer side.",
            extra={"unit": "%", "step": 0.1},
        ),
    ] = 0.7
    lines: Annotated[float, Meta(ge=0, le=100, title="Outlines", extra=_PERCENT)] = 55.0
    width: Annotated[
        float,
        Meta(
            ge=0.02,
            le=1,
            title="Width of lines",
            description="In parts of the picture's longer side.",
            extra={"unit": "%", "step": 0.02},
        ),
    ] = 0.16
    soft: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Soft steps",
            description="0 gives flat colours, 100 the shades between.",
            extra=_PERCENT,
        ),
    ] = 15.0
    vivid: Annotated[
        float, Meta(ge=-100, le=100, title="Colour", description="Paler or richer than the picture.", extra=_PERCENT)
    ] = 25.0
    ink: Annotated[Colour, Meta(title="Ink")] = "#1a1720"
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.style_transfer",
        version=1,
        title="Style transfer",
        intent="take over a style, neural style, look of a painting, artistic, stylise, stylize, paint like, van gogh, "
        "monet, mood, art",
        help="Paints a picture anew with the colours, strokes and texture of another one. Takes a few seconds.",
        implementation="core.image.style_transfer:style_transfer",
        outputs={"image": "image"},
        models=("style", "style-looks"),
        icon="palette",
        group=Group.STYLE,
    )
)
class StyleTransfer(Operation, frozen=True, kw_only=True):
    """Arbitrary stylisation (Ghiasi et al. 2017), painted coarse to fine."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    reference: Annotated[
        ImageInput | None,
        Meta(
            title="Style picture",
            description="A painting, a drawing, a material: its look is taken over. Without one, the style below is.",
        ),
    ] = None
    look: Annotated[
        Literal[
            "cut paper",
            "stained glass",
            "pastel facets",
            "copper threads",
            "neon night",
            "pop waves",
            "poster print",
            "pencil",
        ],
        Meta(title="Style", description="Used while no style picture is chosen."),
    ] = "cut paper"
    strength: Annotated[
        float,
        Meta(ge=0, le=100, title="Strength", description="0 leaves the picture as it is.", extra=_PERCENT),
    ] = 100.0
    strokes: Annotated[
        float,
        Meta(
            ge=40,
            le=250,
            title="Stroke size",
            description="How large strokes and texture are beside the picture.",
            extra=_PERCENT,
        ),
    ] = 100.0
    keep_colours: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Keep the picture’s colours",
            description="100 takes over strokes and texture only.",
            extra=_PERCENT,
        ),
    ] = 0.0
    quality: Annotated[
        Literal["quick", "fine"],
        Meta(title="Quality", description="Fine paints again at twice the size, and twice that: crisper outlines."),
    ] = "fine"


@operation(
    OperationInfo(
        name="image.seamless_tile",
        version=1,
        title="Make seamless",
        intent="tile, tileable, pattern, texture, repeat, wallpaper, background, offset, material",
        help="Makes a tile of a picture of some material that repeats without visible seams.",
        implementation="core.image.tiling:seamless_tile",
        outputs={"image": "image"},
        icon="grid-2x2",
        group=Group.ART,
    )
)
class SeamlessTile(Operation, frozen=True, kw_only=True):
    """Opposite borders overlap, are joined along the path of least difference, and evened out along it."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    overlap: Annotated[
        float,
        Meta(
            ge=5,
            le=45,
            title="Overlap",
            description="How much of each side is used to join the borders; the tile is smaller by that.",
            extra=_PERCENT,
        ),
    ] = 25.0
    even: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Even out light",
            description="Takes out what is brighter on one side than on the other, which shows when tiles repeat.",
            extra=_PERCENT,
        ),
    ] = 70.0
    blend: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Blend",
            description="How softly the borders join. Less keeps texture crisp.",
            extra=_PERCENT,
        ),
    ] = 30.0


@operation(
    OperationInfo(
        name="image.synthesise_texture",
        version=1,
        title="Grow texture",
        intent="texture synthesis, quilting, extend, material, background, pattern, fill, example",
        help="Makes as much as is wanted of the material in a picture, without repeating it.",
        implementation="core.image.quilting:synthesise_texture",
        outputs={"image": "image"},
        icon="expand",
        group=Group.ART,
    )
)
class SynthesiseTexture(Operation, frozen=True, kw_only=True):
    """Image quilting (Efros and Freeman, SIGGRAPH 2001) with seams blended where they differ."""

    image: Annotated[ImageInput, Meta(title="Sample", description="A picture of nothing but the material.")]
    width: Annotated[int, Meta(ge=1, le=8_000, title="Width", extra=_PIXELS)] = 1024
    height: Annotated[int, Meta(ge=1, le=8_000, title="Height", extra=_PIXELS)] = 1024
    block: Annotated[
        float,
        Meta(
            ge=4,
            le=50,
            title="Piece",
            description="How large the pieces are, in parts of the sample's shorter side: a little larger than what "
            "repeats in it.",
            extra=_PERCENT,
        ),
    ] = 22.0
    variety: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Variety",
            description="0 takes the piece that fits best, more takes others, too.",
            extra=_PERCENT,
        ),
    ] = 40.0
    seamless: Annotated[bool, Meta(title="Seamless", description="The result repeats without seams itself.")] = True
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.vectorise",
        version=1,
        title="Vectorise",
        intent="vector, svg, trace, image trace, paths, logo, convert, scalable, outline, posterise",
        help="Traces a picture as smooth filled paths: an SVG file of any size, and how it looks.",
        implementation="core.image.vectorising:vectorise",
        outputs={"image": "image", "file": "file"},
        icon="spline",
        group=Group.STYLE,
    )
)
class Vectorise(Operation, frozen=True, kw_only=True):
    """Main colours in OKLab, then paths by vtracer. ``file`` is an SVG as large as the picture."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    colours: Annotated[int, Meta(ge=2, le=64, title="Colours", extra={"step": 1})] = 16
    smooth: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Smooth",
            description="0 keeps every corner, 100 makes round curves.",
            extra=_PERCENT,
        ),
    ] = 50.0
    speckle: Annotated[
        int,
        Meta(ge=0, le=128, title="Leave out", description="Spots smaller than this are left out.", extra=_PIXELS),
    ] = 4
    simplify: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Simplify",
            description="Takes noise and fine detail out first: fewer paths, a smaller file.",
            extra=_PERCENT,
        ),
    ] = 40.0
    curves: Annotated[
        Literal["curves", "straight lines"], Meta(title="Paths", description="Straight lines suit low-poly pictures.")
    ] = "curves"
    seed: Seed = 0

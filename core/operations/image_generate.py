"""Operations that make pictures out of nothing but numbers: grounds, patterns, plants and marks. Declarations only.

None of them needs weights. Every ``image`` is uint8 H×W×4, RGBA with straight alpha, sRGB. A seed gives one
composition, drawn at whatever size is asked for.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import Colour, Group, Operation, OperationInfo, Seed, operation

_PERCENT = {"unit": "%", "step": 1}
_PIXELS = {"unit": "px", "step": 1}

Width = Annotated[int, Meta(ge=1, le=12_000, title="Width", extra=_PIXELS)]
Height = Annotated[int, Meta(ge=1, le=12_000, title="Height", extra=_PIXELS)]
Palette = Annotated[
    Literal["linen", "tide", "meadow", "print", "blossom", "glacier", "ink", "dusk", "night", "ember"],
    Meta(title="Palette"),
]
OwnColours = (
    Annotated[
        str,
        Meta(
            pattern=r"^\s*#[0-9a-fA-F]{6}([\s,;]+#[0-9a-fA-F]{6}){1,11}\s*$",
            max_length=120,
            title="Own colours",
            description="Instead of the palette: two to twelve as #rrggbb, the ground first.",
        ),
    ]
    | None
)


@operation(
    OperationInfo(
        name="image.gradient_mesh",
        version=1,
        title="Soft gradient",
        intent="gradient mesh, background, blur, aurora, wallpaper, colour, smooth, blend, hero, backdrop",
        help="Lets several colours flow into each other, evenly to the eye and without bands.",
        implementation="core.image.gradients:gradient_mesh",
        outputs={"image": "image"},
        icon="blend",
        group=Group.ART,
    )
)
class GradientMesh(Operation, frozen=True, kw_only=True):
    """Colours interpolated in OKLab over a folded plane, dithered."""

    width: Width = 1920
    height: Height = 1080
    palette: Palette = "tide"
    colours: OwnColours = None
    points: Annotated[
        int, Meta(ge=2, le=24, title="Points", description="How many patches of colour there are.", extra={"step": 1})
    ] = 7
    soft: Annotated[
        float, Meta(ge=0, le=100, title="Softness", description="How slowly colours change.", extra=_PERCENT)
    ] = 60.0
    fold: Annotated[
        float, Meta(ge=0, le=100, title="Folds", description="How much the colours are drawn out.", extra=_PERCENT)
    ] = 50.0
    grain: Annotated[float, Meta(ge=0, le=100, title="Film grain", extra=_PERCENT)] = 0.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.flow_field",
        version=1,
        title="Flow field",
        intent="generative art, lines, ribbons, strokes, abstract, currents, wind, curves, background, poster",
        help="Draws ribbons or threads that follow currents.",
        implementation="core.image.flowing:flow_field",
        outputs={"image": "image"},
        icon="spline",
        group=Group.ART,
    )
)
class FlowField(Operation, frozen=True, kw_only=True):
    """Streamlines of divergence-free noise; ribbons never touch each other."""

    width: Width = 1600
    height: Height = 2000
    palette: Palette = "linen"
    colours: OwnColours = None
    style: Annotated[Literal["ribbons", "threads"], Meta(title="Strokes")] = "ribbons"
    scale: Annotated[
        float,
        Meta(ge=5, le=200, title="Size of currents", description="In parts of the shorter side.", extra=_PERCENT),
    ] = 70.0
    density: Annotated[float, Meta(ge=0, le=100, title="Density", extra=_PERCENT)] = 70.0
    thickness: Annotated[float, Meta(ge=0, le=100, title="Thickness", extra=_PERCENT)] = 40.0
    margin: Annotated[
        float, Meta(ge=0, le=20, title="Margin", description="In parts of the shorter side.", extra=_PERCENT)
    ] = 6.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.cells",
        version=1,
        title="Cells",
        intent="voronoi, stained glass, mosaic, pebbles, crystals, low poly, tessellation, generative art",
        help="Fills a plane with cells: flat facets, stained glass or pebbles.",
        implementation="core.image.cells:cells",
        outputs={"image": "image"},
        icon="boxes",
        group=Group.ART,
    )
)
class Cells(Operation, frozen=True, kw_only=True):
    """Voronoi cells of points that were moved apart (Lloyd's relaxation)."""

    width: Width = 1600
    height: Height = 2000
    palette: Palette = "glacier"
    colours: OwnColours = None
    style: Annotated[Literal["facets", "stained glass", "pebbles"], Meta(title="Look")] = "stained glass"
    count: Annotated[int, Meta(ge=3, le=4000, title="Cells", extra={"step": 1})] = 220
    even: Annotated[
        float,
        Meta(
            ge=0, le=100, title="Evenness", description="0 leaves cells as they fall, 100 makes a comb.", extra=_PERCENT
        ),
    ] = 35.0
    line: Annotated[float, Meta(ge=0, le=100, title="Gap", description="Between cells.", extra=_PERCENT)] = 35.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.reaction_diffusion",
        version=1,
        title="Living pattern",
        intent="reaction diffusion, turing, coral, maze, spots, zebra, organic, biology, generative art, texture",
        help="Grows the patterns of corals, shells and hides. The picture repeats without seams.",
        implementation="core.image.reacting:reaction_diffusion",
        outputs={"image": "image"},
        icon="droplets",
        group=Group.ART,
    )
)
class ReactionDiffusion(Operation, frozen=True, kw_only=True):
    """Gray and Scott's reaction on a torus."""

    width: Width = 1600
    height: Height = 1600
    palette: Palette = "blossom"
    colours: OwnColours = None
    kind: Annotated[Literal["coral", "maze", "spots", "worms"], Meta(title="Kind")] = "coral"
    scale: Annotated[
        float,
        Meta(
            ge=1.5,
            le=12,
            title="Size",
            description="Of a branch, in parts of the shorter side.",
            extra={"unit": "%", "step": 0.1},
        ),
    ] = 4.0
    relief: Annotated[
        float, Meta(ge=0, le=100, title="Relief", description="0 is flat as a print.", extra=_PERCENT)
    ] = 45.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.pattern",
        version=1,
        title="Pattern",
        intent="seamless, tile, stripes, waves, scallops, isometric, cubes, terrazzo, truchet, wrapping, fabric",
        help="Draws a pattern that repeats without seams.",
        implementation="core.image.patterns:pattern",
        outputs={"image": "image"},
        icon="grid-2x2",
        group=Group.ART,
    )
)
class Pattern(Operation, frozen=True, kw_only=True):
    """Parametric tiles, drawn whole numbers of times."""

    width: Width = 1600
    height: Height = 1600
    palette: Palette = "meadow"
    colours: OwnColours = None
    kind: Annotated[
        Literal["terrazzo", "truchet", "scallops", "waves", "stripes", "cubes", "arches", "leaves"], Meta(title="Kind")
    ] = "terrazzo"
    repeats: Annotated[
        int,
        Meta(ge=1, le=40, title="Repeats", description="How often along the shorter side.", extra={"step": 1}),
    ] = 6
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.plant",
        version=1,
        title="Plants and curves",
        intent="l-system, lindenmayer, fractal, tree, flowers, botanical, hilbert, dragon, gosper, generative art",
        help="Grows plants and winding curves by rules of rewriting.",
        implementation="core.image.growing:plant",
        outputs={"image": "image"},
        icon="git-branch",
        group=Group.ART,
    )
)
class Plant(Operation, frozen=True, kw_only=True):
    """L-systems (Prusinkiewicz and Lindenmayer, *The Algorithmic Beauty of Plants*, 1990), with chance."""

    width: Width = 1600
    height: Height = 2000
    palette: Palette = "linen"
    colours: OwnColours = None
    kind: Annotated[
        Literal["tree", "meadow", "hilbert", "dragon", "gosper"],
        Meta(title="Kind", description="The last three are curves that fill a plane."),
    ] = "tree"
    detail: Annotated[float, Meta(ge=0, le=100, title="Detail", extra=_PERCENT)] = 60.0
    thickness: Annotated[float, Meta(ge=0, le=100, title="Thickness", extra=_PERCENT)] = 45.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.mark",
        version=1,
        title="Logo mark",
        intent="logo, symbol, emblem, icon, brand, geometric, monogram, badge, sign, identity",
        help="Constructs a sign from circles and squares on a grid, on a transparent ground. Each seed is another one.",
        implementation="core.image.marking:mark",
        outputs={"image": "image"},
        icon="shapes",
        group=Group.ART,
    )
)
class Mark(Operation, frozen=True, kw_only=True):
    """Geometric construction with symmetry; a starting point for a designer."""

    size: Annotated[int, Meta(ge=16, le=8_000, title="Size", extra=_PIXELS)] = 1024
    kind: Annotated[Literal["rosette", "quarters", "rings", "burst", "bands", "orbit"], Meta(title="Kind")] = "rosette"
    parts: Annotated[
        int, Meta(ge=2, le=12, title="Parts", description="Of the rosette, the rings, the burst …", extra={"step": 1})
    ] = 6
    first: Annotated[Colour, Meta(title="First colour")] = "#1f3a5f"
    second: Annotated[Colour, Meta(title="Second colour")] = "#e4572e"
    seed: Seed = 0

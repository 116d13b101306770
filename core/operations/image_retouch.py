"""Operations that take things out of a picture and put things into it. Declarations only.

None of them needs weights. Every ``image`` is uint8 H×W×4, RGBA with straight alpha, sRGB.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import Colour, Group, ImageInput, MaskInput, Operation, OperationInfo, Seed, operation

_PERCENT = {"unit": "%", "step": 1}
_PIXELS = {"unit": "px", "step": 1}


@operation(
    OperationInfo(
        name="image.remove_object",
        version=1,
        title="Remove object",
        intent="erase, delete, inpaint, content-aware fill, fill, retouch, clean up, people, wires, logo, watermark",
        help="Takes what is masked out of a picture and fills its place with what is around it.",
        implementation="core.image.removing:remove_object",
        outputs={"image": "image"},
        icon="eraser",
        group=Group.RETOUCH,
    )
)
class RemoveObject(Operation, frozen=True, kw_only=True):
    """Multi-scale patch matching with voting; in the end real pixels are copied and seams evened out."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    mask: Annotated[MaskInput, Meta(title="Mask", description="What shall go, its shadow included.")]
    grow: Annotated[
        int,
        Meta(ge=0, le=200, title="Grow mask", description="Takes the object's soft edge with it.", extra=_PIXELS),
    ] = 3
    reach: Annotated[
        float,
        Meta(
            ge=2,
            le=100,
            title="Look within",
            description="How far from the mask material may come from, in parts of the picture's longer side. Less "
            "keeps other things out of the filling.",
            extra=_PERCENT,
        ),
    ] = 20.0
    blend: Annotated[
        float,
        Meta(
            ge=0,
            le=50,
            title="Blend width",
            description="Over what distance the new material takes on the brightness and colour around it, in parts of "
            "the picture's longer side.",
            extra={"unit": "%", "step": 0.5},
        ),
    ] = 5.0
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.cast_shadow",
        version=1,
        title="Cast shadow",
        intent="drop shadow, contact shadow, ground, product shot, packshot, flat lay, natural shadow, floor",
        help="Makes the shadow of a cut-out as a picture of its own, to lie below it: dark and sharp where it touches "
        "the ground, softer farther away.",
        implementation="core.image.shadows:cast_shadow",
        outputs={"image": "image", "data": "data"},
        icon="sun-moon",
        group=Group.LIGHT,
    )
)
class CastShadow(Operation, frozen=True, kw_only=True):
    """``data`` is ``{"x": …, "y": …}``: where the shadow's upper left corner lies in pixels of the picture."""

    image: Annotated[ImageInput, Meta(title="Cut-out", description="A picture with transparent surroundings.")]
    surface: Annotated[
        Literal["standing", "flat lay"],
        Meta(title="Surface", description="Standing on the ground, or lying flat and seen from above."),
    ] = "standing"
    light: Annotated[
        float,
        Meta(
            ge=-180,
            le=180,
            title="Light from",
            description="0 is from the right, 90 from above or behind, 180 from the left, −90 from the front.",
            extra={"unit": "°", "step": 1},
        ),
    ] = 120.0
    length: Annotated[
        float,
        Meta(
            ge=0,
            le=300,
            title="Length",
            description="In parts of the height: of the product that stands, or of a tenth of one that lies flat.",
            extra=_PERCENT,
        ),
    ] = 60.0
    softness: Annotated[
        float, Meta(ge=0, le=100, title="Softness", description="How large the light is.", extra=_PERCENT)
    ] = 40.0
    strength: Annotated[float, Meta(ge=0, le=100, title="Strength", extra=_PERCENT)] = 45.0
    contact: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Contact shadow",
            description="The narrow dark line where the product touches the ground.",
            extra=_PERCENT,
        ),
    ] = 60.0
    colour: Annotated[Colour, Meta(title="Colour")] = "#0c0a10"
    ground: (
        Annotated[
            float,
            Meta(
                ge=0,
                le=100,
                title="Ground line",
                description="How far above its lowest point a standing product touches the ground, in parts of its "
                "height. Empty: found from its outline.",
                extra={"unit": "%", "step": 0.5},
            ),
        ]
        | None
    ) = None


@operation(
    OperationInfo(
        name="image.reflection",
        version=1,
        title="Reflect",
        intent="reflection, mirror, glossy floor, product shot, packshot, acrylic, wet floor, glass",
        help="Makes the reflection of a cut-out in a glossy floor as a picture of its own, to lie below it.",
        implementation="core.image.reflections:reflection",
        outputs={"image": "image", "data": "data"},
        icon="flip-vertical-2",
        group=Group.LIGHT,
    )
)
class Reflection(Operation, frozen=True, kw_only=True):
    """``data`` is ``{"x": …, "y": …}``: where the reflection's upper left corner lies in pixels of the picture."""

    image: Annotated[ImageInput, Meta(title="Cut-out", description="A picture with transparent surroundings.")]
    strength: Annotated[
        float, Meta(ge=0, le=100, title="Strength", description="At the ground line.", extra=_PERCENT)
    ] = 40.0
    length: Annotated[
        float,
        Meta(
            gt=0,
            le=100,
            title="Length",
            description="After how much of the product's height the reflection has faded out.",
            extra=_PERCENT,
        ),
    ] = 45.0
    blur: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Blur",
            description="How matt the floor is: the farther from the ground, the more blurred.",
            extra=_PERCENT,
        ),
    ] = 15.0
    gap: Annotated[
        float,
        Meta(
            ge=-50,
            le=50,
            title="Gap",
            description="Distance between product and reflection, in parts of its height.",
            extra={"unit": "%", "step": 0.1},
        ),
    ] = 0.0
    curved: Annotated[
        bool,
        Meta(
            title="Follow the base",
            description="Bends the reflection along the lower edge, as round products seen from above need it.",
        ),
    ] = True


@operation(
    OperationInfo(
        name="image.harmonise",
        version=1,
        title="Match to background",
        intent="harmonize, composite, match light, match colour, blend, integrate, cast, photomontage, compositing",
        help="Gives a cut-out the light and colour of the picture behind it, so that both look as if taken together.",
        implementation="core.image.harmonising:harmonise",
        outputs={"image": "image"},
        icon="blend",
        group=Group.LIGHT,
    )
)
class Harmonise(Operation, frozen=True, kw_only=True):
    """Limited moves of exposure, contrast, tint and saturation in OKLab."""

    image: Annotated[ImageInput, Meta(title="Cut-out")]
    background: Annotated[ImageInput, Meta(title="Background")]
    x: (
        Annotated[
            int,
            Meta(
                ge=-60_000,
                le=60_000,
                title="Left",
                description="Where the cut-out lies on the background. Empty: the whole background counts.",
                extra=_PIXELS,
            ),
        ]
        | None
    ) = None
    y: Annotated[int, Meta(ge=-60_000, le=60_000, title="Top", extra=_PIXELS)] | None = None
    scale: Annotated[
        float, Meta(ge=1, le=1000, title="Scale", description="How large it lies there.", extra=_PERCENT)
    ] = 100.0
    light: Annotated[
        float, Meta(ge=0, le=100, title="Light", description="Brightness and contrast.", extra=_PERCENT)
    ] = 80.0
    colour: Annotated[
        float, Meta(ge=0, le=100, title="Colour", description="The tint of the light, and saturation.", extra=_PERCENT)
    ] = 80.0
    keep: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Keep strong colours",
            description="Spares skin, brand colours and everything colourful; greys take on the light.",
            extra=_PERCENT,
        ),
    ] = 40.0


@operation(
    OperationInfo(
        name="image.seamless_clone",
        version=1,
        title="Blend in",
        intent="seamless, poisson, clone, merge, composite, heal, paste, photomontage, texture transfer, tattoo",
        help="Puts a piece of one picture into another without a visible edge: its detail stays, its brightness and "
        "colour become those around it.",
        implementation="core.image.cloning:seamless_clone",
        outputs={"image": "image"},
        icon="merge",
        group=Group.RETOUCH,
    )
)
class SeamlessClone(Operation, frozen=True, kw_only=True):
    """The result has the background's size."""

    image: Annotated[ImageInput, Meta(title="Piece", description="What is put in, as far as it is not transparent.")]
    background: Annotated[ImageInput, Meta(title="Background")]
    mask: Annotated[MaskInput, Meta(title="Mask", description="What of the piece is put in.")] | None = None
    x: Annotated[
        int, Meta(ge=-60_000, le=60_000, title="Left", description="It may lie over the border.", extra=_PIXELS)
    ] = 0
    y: Annotated[int, Meta(ge=-60_000, le=60_000, title="Top", extra=_PIXELS)] = 0
    keep_texture: Annotated[
        bool,
        Meta(
            title="Keep texture beneath",
            description="The background's own detail shows through: for writing, tattoos, things behind glass.",
        ),
    ] = False
    keep_colours: Annotated[
        float,
        Meta(
            ge=0, le=100, title="Keep colours", description="How far the piece keeps its own colours.", extra=_PERCENT
        ),
    ] = 0.0
    strength: Annotated[float, Meta(ge=0, le=100, title="Strength", extra=_PERCENT)] = 100.0


@operation(
    OperationInfo(
        name="image.content_aware_scale",
        version=1,
        title="Content-aware scale",
        intent="retarget, seam carving, liquid rescale, resize, aspect ratio, banner, format, extend, widen",
        help="Brings a picture to another format without squeezing what matters in it: sky, walls and other calm parts "
        "give way or grow.",
        implementation="core.image.retargeting:content_aware_scale",
        outputs={"image": "image"},
        icon="scaling",
    )
)
class ContentAwareScale(Operation, frozen=True, kw_only=True):
    """Seam carving with forward energy at a reduced size, applied as a warp."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    width: (
        Annotated[int, Meta(ge=1, le=30_000, title="Width", description="Empty: as it is.", extra=_PIXELS)] | None
    ) = None
    height: (
        Annotated[int, Meta(ge=1, le=30_000, title="Height", description="Empty: as it is.", extra=_PIXELS)] | None
    ) = None
    mask: Annotated[MaskInput, Meta(title="Protect", description="What must keep its shape.")] | None = None
    protect: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Protect what stands out",
            description="How much places count that differ from their surroundings.",
            extra=_PERCENT,
        ),
    ] = 50.0
    amount: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Amount",
            description="How much of the change calm parts take; plain scaling does the rest.",
            extra=_PERCENT,
        ),
    ] = 100.0


@operation(
    OperationInfo(
        name="image.heal_spots",
        version=1,
        title="Remove blemishes and dust",
        intent="heal, dust, specks, spots, scratches, sensor dust, skin, pimples, lint, clean up, spotting, scan",
        help="Finds small specks by itself and fills them with what is around them.",
        implementation="core.image.healing:heal_spots",
        outputs={"image": "image", "mask": "mask"},
        icon="sparkles",
        group=Group.RETOUCH,
    )
)
class HealSpots(Operation, frozen=True, kw_only=True):
    """Top hats find specks, patch matching fills them; ``mask`` says where."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    size: Annotated[
        int, Meta(ge=2, le=60, title="Largest size", description="How wide a speck is at most.", extra=_PIXELS)
    ] = 12
    sensitivity: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Sensitivity",
            description="More finds fainter specks, and more that is none.",
            extra=_PERCENT,
        ),
    ] = 50.0
    kind: Annotated[
        Literal["both", "dark", "bright"], Meta(title="Specks", description="Darker or brighter than around them.")
    ] = "both"
    mask: Annotated[MaskInput, Meta(title="Look within", description="Empty: everywhere.")] | None = None
    seed: Seed = 0

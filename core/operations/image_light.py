"""Operations on the light in a picture: too little of it, haze, blur, where it comes from. Declarations only.

None of them needs weights. Every ``image`` is uint8 H×W×4, RGBA with straight alpha, sRGB, and comes out at the size
at which it went in, its alpha as it was.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import Colour, Group, ImageInput, Lane, Operation, OperationInfo, Seed, operation

_PERCENT = {"unit": "%", "step": 1}


@operation(
    OperationInfo(
        name="image.low_light",
        version=1,
        title="Brighten dark photo",
        intent="low light, dark, underexposed, night, shadows, lift, exposure, brighten, backlit, fill light",
        help="Lifts what lies in the dark, keeps what is bright, and takes out the noise that comes up with it.",
        implementation="core.image.low_light:low_light",
        outputs={"image": "image"},
        icon="moon",
        group=Group.LIGHT,
    )
)
class LowLight(Operation, frozen=True, kw_only=True):
    """A logarithmic tone curve on the local light (Retinex with a guided filter), then Open Image Denoise."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    strength: Annotated[
        float,
        Meta(ge=0, le=100, title="Strength", description="0 leaves the picture as it is.", extra=_PERCENT),
    ] = 75.0
    highlights: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Protect highlights",
            description="How far lamps, sky and white things keep their brightness while the rest gets lighter.",
            extra=_PERCENT,
        ),
    ] = 80.0
    denoise: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Remove noise",
            description="Works where the picture was lifted, on spots of colour more than on grain.",
            extra=_PERCENT,
        ),
    ] = 70.0


@operation(
    OperationInfo(
        name="image.dehaze",
        version=1,
        title="Remove haze",
        intent="dehaze, haze, fog, mist, smog, veil, flat, distance, landscape, aerial, clear",
        help="Takes haze, mist and veiling light out of a picture: more of it the farther things are away.",
        implementation="core.image.dehazing:dehaze",
        outputs={"image": "image"},
        icon="sun",
        group=Group.LIGHT,
    )
)
class Dehaze(Operation, frozen=True, kw_only=True):
    """Dark channel prior with guided refinement, and a sky that is left alone."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    strength: Annotated[
        float,
        Meta(ge=0, le=100, title="Strength", description="0 leaves the picture as it is.", extra=_PERCENT),
    ] = 90.0
    sky: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Protect sky",
            description="Keeps smooth bright sky and clouds from turning dark and noisy.",
            extra=_PERCENT,
        ),
    ] = 80.0
    colour: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Keep colour",
            description="How far colours stay what they are; lower, and haze's own colour is taken out of them too.",
            extra=_PERCENT,
        ),
    ] = 40.0


@operation(
    OperationInfo(
        name="image.deblur",
        version=1,
        title="Sharpen blurred photo",
        intent="deblur, blur, shake, camera shake, motion, out of focus, soft, unsharp, focus, refocus, deconvolution",
        help="Takes out the blur of a shaken camera, of a wrong focus or of a soft lens. It works best where the whole "
        "picture is blurred alike; what only one thing's own movement blurred stays as it is.",
        implementation="core.image.deblurring:deblur",
        outputs={"image": "image"},
        icon="magnet",
        group=Group.DETAIL,
    )
)
class Deblur(Operation, frozen=True, kw_only=True):
    """Blind estimation of the blur, then deconvolution with a sparse prior and unknown borders."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    kind: Annotated[
        Literal["shake", "focus", "soft"],
        Meta(
            title="Kind of blur",
            description="Shake: the camera moved. Focus: the lens was set to another distance. Soft: a touch of blur "
            "everywhere.",
        ),
    ] = "shake"
    size: Annotated[
        float,
        Meta(
            ge=0,
            le=80,
            title="Size of blur",
            description="How wide a point of light has become; for a shake, a little more than the longest trail. "
            "0 measures it in the picture.",
            extra={"unit": "px", "step": 0.5},
        ),
    ] = 0.0
    amount: Annotated[
        float,
        Meta(ge=0, le=100, title="Amount", description="0 leaves the picture as it is.", extra=_PERCENT),
    ] = 100.0
    noise: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Hold back noise",
            description="Higher gives smoother surfaces and fewer rings, lower gives more detail.",
            extra=_PERCENT,
        ),
    ] = 30.0


@operation(
    OperationInfo(
        name="image.relight",
        version=1,
        title="Relight",
        intent="light, relight, lamp, studio light, shading, spotlight, rim light, sun, shadow, highlight, mood",
        help="Puts a lamp beside the picture. The shape of things is guessed from their outline and their light and "
        "shade, so it is plausible rather than true: it suits cut-out products, faces and close things best.",
        implementation="core.image.relighting:relight",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="sun-moon",
        group=Group.LIGHT,
    )
)
class Relight(Operation, frozen=True, kw_only=True):
    """A near lamp on a height field of inflated alpha and of lightness at three scales; Blinn-Phong in linear light."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    direction: Annotated[
        float,
        Meta(
            ge=0,
            le=360,
            title="Direction",
            description="Where the light comes from, like the hand of a clock: 0 above, 90 right, 180 below, 270 left.",
            extra={"unit": "°", "step": 1},
        ),
    ] = 315.0
    height: Annotated[
        float,
        Meta(
            ge=0,
            le=90,
            title="Height",
            description="0 grazes the picture from the side, 90 shines straight at it.",
            extra={"unit": "°", "step": 1},
        ),
    ] = 40.0
    colour: Annotated[Colour, Meta(title="Light colour")] = "#fff1dc"
    strength: Annotated[
        float,
        Meta(ge=0, le=200, title="Strength", description="How bright the lamp is.", extra=_PERCENT),
    ] = 90.0
    ambient: Annotated[
        float,
        Meta(
            ge=0,
            le=150,
            title="Ambient light",
            description="How much of the picture's own light is kept. Lower is more dramatic.",
            extra=_PERCENT,
        ),
    ] = 50.0
    specular: Annotated[
        float,
        Meta(ge=0, le=100, title="Gloss", description="How strongly surfaces mirror the lamp.", extra=_PERCENT),
    ] = 15.0
    relief: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Relief",
            description="How deep the guessed shape is. Lower it where texture looks like bumps.",
            extra=_PERCENT,
        ),
    ] = 50.0


@operation(
    OperationInfo(
        name="image.colourise",
        version=1,
        title="Colour by reference",
        intent="colourise, colorize, black and white, old photo, tint, restore, monochrome, add colour",
        help="Colours a black-and-white photo like a colour photo of a similar scene. The more alike the two are, the "
        "truer the colours; the lightness stays as it is.",
        implementation="core.image.colouring:colourise",
        outputs={"image": "image"},
        icon="paint-bucket",
        group=Group.LIGHT,
    )
)
class Colourise(Operation, frozen=True, kw_only=True):
    """Votes of points that look alike, smoothed along edges; chroma in OKLab."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    reference: Annotated[
        ImageInput, Meta(title="Reference", description="A colour photo of a similar scene in similar light.")
    ]
    strength: Annotated[
        float,
        Meta(ge=0, le=150, title="Strength", description="0 gives a grey picture.", extra=_PERCENT),
    ] = 100.0
    position: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Same layout",
            description="How much it counts that things lie at the same place in both pictures, as sky above land.",
            extra=_PERCENT,
        ),
    ] = 15.0
    seed: Seed = 0


_BOTH_WAYS = Meta(ge=-100, le=100, extra={"unit": "%", "step": 1})


@operation(
    OperationInfo(
        name="image.clarity",
        version=1,
        title="Clarity and texture",
        intent="clarity, texture, local contrast, punch, structure, detail, soften, skin, micro contrast",
        help="Brings out forms and surfaces, or softens them, and leaves light and dark as a whole where they are.",
        implementation="core.image.local_contrast:clarity",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="contrast",
        group=Group.LIGHT,
    )
)
class Clarity(Operation, frozen=True, kw_only=True):
    """Two scales of lightness detail by guided filters."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    clarity: Annotated[
        float, _BOTH_WAYS, Meta(title="Clarity", description="Modelling of forms. Less than 0 gives a soft glow.")
    ] = 40.0
    texture: Annotated[
        float, _BOTH_WAYS, Meta(title="Texture", description="Surfaces: cloth, skin, bark. Less than 0 smooths them.")
    ] = 20.0


@operation(
    OperationInfo(
        name="image.sharpen",
        version=1,
        title="Sharpen",
        intent="sharpen, unsharp mask, crisp, capture sharpening, output sharpening, edges, detail",
        help="Makes edges crisper without rims around them and without sharpening noise.",
        implementation="core.image.sharpening:sharpen",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="zoom-in",
        group=Group.DETAIL,
    )
)
class Sharpen(Operation, frozen=True, kw_only=True):
    """Unsharp masking in two steps, in lightness, held at noise and at rims."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    amount: Annotated[float, Meta(ge=0, le=300, title="Amount", extra=_PERCENT)] = 100.0
    radius: Annotated[
        float,
        Meta(
            ge=0.3,
            le=10,
            title="Radius",
            description="About how many pixels wide an edge is. Small for screens, larger for prints.",
            extra={"unit": "px", "step": 0.1},
        ),
    ] = 1.0
    threshold: Annotated[
        float,
        Meta(
            ge=0,
            le=30,
            title="Threshold",
            description="Contrast below this counts as noise and is left alone.",
            extra={"step": 0.5},
        ),
    ] = 2.0
    halo: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Hold back rims",
            description="Keeps bright and dark lines beside edges away.",
            extra=_PERCENT,
        ),
    ] = 80.0

"""Operations that look at a picture and say what they see, and one that acts on it. Declarations only.

Places in the data they put out are fractions of width and height, 0…1, from the top left corner; angles are degrees,
clockwise. Every ``image`` is uint8 H×W×4, RGBA with straight alpha, sRGB.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import DocumentInput, Group, ImageInput, Lane, Operation, OperationInfo, operation

Scheme = Literal["nearest", "one", "neighbours", "opposites", "split", "crossed"]
"""Where the hues of a picture may lie: the harmonic templates i, V, I, Y and X of Cohen-Or et al. 2006, or whichever of
them is nearest to what is there."""


@operation(
    OperationInfo(
        name="image.analyse_composition",
        version=2,
        title="Look at the composition",
        intent="composition, rule of thirds, subject, saliency, attention, face, portrait, horizon, tilt, balance, "
        "guidance",
        help="Finds what stands out, where faces are, whether the horizon is level, where the visual weight lies, and "
        "crops that would put the subject or the eyes on a third.",
        implementation="core.image.composition:analyse",
        outputs={"data": "data", "saliency": "mask"},
        models=("yunet",),
        lane=Lane.INTERACTIVE,
        icon="grid-2x2",
        group=Group.ANALYSE,
        hidden=True,
    )
)
class AnalyseComposition(Operation, frozen=True, kw_only=True):
    """``data`` is the JSON of :class:`core.operations.image_findings.Composition`; ``saliency`` is a small map."""

    image: Annotated[ImageInput, Meta(title="Picture")]


@operation(
    OperationInfo(
        name="image.analyse_harmony",
        version=1,
        title="Look at the colours",
        intent="colour scheme, harmony, hues, complementary, analogous, guidance",
        help="Finds which harmonic scheme the hues of a picture follow, and how far they stray from it.",
        implementation="core.image.harmony:analyse",
        outputs={"data": "data"},
        lane=Lane.INTERACTIVE,
        icon="palette",
        group=Group.ANALYSE,
        hidden=True,
    )
)
class AnalyseHarmony(Operation, frozen=True, kw_only=True):
    """``data`` is the JSON of :class:`core.operations.image_findings.Harmony`."""

    image: Annotated[ImageInput, Meta(title="Picture")]


@operation(
    OperationInfo(
        name="image.harmonise_hues",
        version=1,
        title="Bring colours into harmony",
        intent="harmonise, harmony, colour scheme, palette, complementary, analogous, hues, match, unify",
        help="Turns stray hues towards a harmonic scheme. Lightness stays, and greys stay grey.",
        implementation="core.image.harmony:harmonise",
        outputs={"image": "image"},
        icon="palette",
        group=Group.LIGHT,
    )
)
class HarmoniseHues(Operation, frozen=True, kw_only=True):
    """Cohen-Or, Sorkine, Gal, Leyvand and Xu, *Color Harmonization* (2006), on the hues of OKLCH."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    scheme: Annotated[
        Scheme,
        Meta(title="Scheme", description="Where hues may lie: around one, next to each other, or opposite each other."),
    ] = "nearest"
    turn: (
        Annotated[
            float,
            Meta(
                ge=0,
                le=360,
                title="Turn of the scheme",
                description="Which hue the scheme begins at. Empty: as the picture’s hues lie.",
                extra={"unit": "°", "step": 1},
            ),
        ]
        | None
    ) = None
    strength: Annotated[
        float,
        Meta(
            ge=0, le=100, title="Strength", description="0 leaves the picture as it is.", extra={"unit": "%", "step": 1}
        ),
    ] = 100.0


@operation(
    OperationInfo(
        name="image.measure_contrast",
        version=1,
        title="Measure text contrast",
        intent="contrast, wcag, readable, legible, accessibility, text, guidance",
        help="Measures every text of a document against the pixels that are really behind it, and finds a colour that "
        "can be read.",
        implementation="core.image.text_contrast:measure",
        outputs={"data": "data"},
        lane=Lane.INTERACTIVE,
        icon="contrast",
        group=Group.ANALYSE,
        hidden=True,
    )
)
class MeasureContrast(Operation, frozen=True, kw_only=True):
    """``data`` is the JSON of :class:`core.operations.image_findings.Contrasts`. Sizes are as at 100 %."""

    document: Annotated[DocumentInput, Meta(title="Document")]


@operation(
    OperationInfo(
        name="image.harmonise_colours",
        version=1,
        title="Bring fills and texts into harmony",
        intent="harmony, colour scheme, text, fill, guidance",
        help="Finds the colours that the fills and texts of a document take in a harmonic scheme.",
        implementation="core.image.harmony:harmonise_colours",
        outputs={"data": "data"},
        lane=Lane.INTERACTIVE,
        icon="palette",
        group=Group.ANALYSE,
        hidden=True,
    )
)
class HarmoniseColours(Operation, frozen=True, kw_only=True):
    """``data`` is the JSON of :class:`core.operations.image_findings.NewColours`."""

    document: Annotated[DocumentInput, Meta(title="Document")]
    scheme: Annotated[Literal["one", "neighbours", "opposites", "split", "crossed"], Meta(title="Scheme")]
    turn: Annotated[float, Meta(ge=0, le=360, title="Turn of the scheme", extra={"unit": "°"})]

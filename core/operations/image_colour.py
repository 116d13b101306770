"""Operations on what colours mean: from one ICC profile to another. Declarations; the work: core.image.managing."""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import DocumentInput, FileInput, ImageInput, Lane, Operation, OperationInfo, operation

IntentKind = Literal["relative", "perceptual", "saturation", "absolute"]

Source = Annotated[FileInput, Meta(title="From", description="An RGB ICC profile; none: sRGB.")]
Target = Annotated[FileInput, Meta(title="To", description="An RGB ICC profile; none: sRGB.")]
Intent = Annotated[
    IntentKind, Meta(title="Rendering intent", description="What happens to colours that the target cannot show.")
]
BlackPoint = Annotated[bool, Meta(title="Black point compensation", description="Black becomes black.")]


@operation(
    OperationInfo(
        name="image.convert_profile",
        version=1,
        title="Convert to profile",
        intent="ICC, profile, colour space, convert, sRGB, Adobe RGB, Display P3, ProPhoto",
        help="Converts a whole document to another RGB profile: pixels, text, fills, shapes and effects look the same.",
        implementation="core.image.managing:convert_profile",
        outputs={"document": "document", "info": "data"},
        lane=Lane.INTERACTIVE,
        icon="palette",
        hidden=True,
    )
)
class ConvertProfile(Operation, frozen=True, kw_only=True):
    """``document`` holds its rasters; ``info`` has ``notes``: what may look different."""

    document: Annotated[DocumentInput, Meta(title="Document")]
    profile: Target | None = None
    intent: Intent = "relative"
    black_point: BlackPoint = True


@operation(
    OperationInfo(
        name="image.convert_colours",
        version=1,
        title="Convert colours",
        intent="ICC, profile, colour space, convert",
        help="Converts the pixels of a picture from one RGB profile to another.",
        implementation="core.image.managing:convert_colours",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="palette",
        hidden=True,
    )
)
class ConvertColours(Operation, frozen=True, kw_only=True):
    """Relative colorimetric with black point compensation, unless said otherwise."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    source: Source | None = None
    target: Target | None = None
    intent: Intent = "relative"
    black_point: BlackPoint = True


@operation(
    OperationInfo(
        name="image.screen_table",
        version=1,
        title="Colours on the screen",
        intent="ICC, profile, monitor, view",
        help="Works out what a screen shows of each colour of a profile.",
        implementation="core.image.managing:screen_table",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="eye",
        hidden=True,
    )
)
class ScreenTable(Operation, frozen=True, kw_only=True):
    """``image`` is a table of 33×33×33 colours, laid out as that of :class:`core.operations.image_proof.ProofTable`."""

    source: Source | None = None
    target: Target | None = None

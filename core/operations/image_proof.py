"""Operations for print: how a picture's colours come out of a press."""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import FileInput, Lane, Operation, OperationInfo, operation

PaperKind = Literal["coated-fogra39", "uncoated-fogra29", "coated-gracol", "own"]


@operation(
    OperationInfo(
        name="image.proof_table",
        version=2,
        title="Soft proof",
        intent="soft proof, print, CMYK, gamut, ICC profile, press",
        help="Works out how a press renders each colour of the screen, and which of them it cannot.",
        implementation="core.image.proofing:proof_table",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="eye",
        hidden=True,
    )
)
class ProofTable(Operation, frozen=True, kw_only=True):
    """``image`` is a table of 33×33×33 colours; see :func:`core.image.proofing.proof_table`."""

    paper: Annotated[PaperKind, Meta(title="Print on")] = "coated-fogra39"
    profile: (
        Annotated[FileInput, Meta(title="ICC profile", description="Of a CMYK press, when it is your own.")] | None
    ) = None
    paper_white: Annotated[
        bool, Meta(title="Show the paper", description="White and black are the paper’s and the ink’s.")
    ] = False
    intent: Annotated[
        Literal["relative", "perceptual", "saturation"],
        Meta(title="Colours beyond the press", description="Cut off, or all brought nearer together."),
    ] = "relative"
    source: (
        Annotated[FileInput, Meta(title="Colours", description="ICC profile of the picture; none: sRGB.")] | None
    ) = None

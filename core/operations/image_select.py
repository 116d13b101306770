"""Operations that choose pixels: what they put out is a selection."""

from typing import Annotated

from msgspec import Meta

from core.operations.base import Group, ImageInput, Lane, MaskInput, Operation, OperationInfo, operation

_PIXELS = {"unit": "px", "step": 0.5}


@operation(
    OperationInfo(
        name="image.refine_edge",
        version=1,
        title="Refine the selection’s edge",
        intent="refine edge, select and mask, hair, fur, matte, selection edge, fringe, mask edge",
        help="Lets a rough selection follow hair, fur and soft edges of the picture.",
        implementation="core.image.refining:refine_edge",
        outputs={"mask": "mask"},
        lane=Lane.INTERACTIVE,
        icon="scan",
        group=Group.RETOUCH,
    )
)
class RefineEdge(Operation, frozen=True, kw_only=True):
    """Guided filtering at falling radii in a band around the edge; ``mask`` is the selection that comes of it."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    mask: Annotated[MaskInput, Meta(title="Selection", description="What is chosen roughly.")]
    radius: Annotated[
        float,
        Meta(
            ge=1,
            le=250,
            title="Radius",
            description="How far from the selection’s edge the true edge is looked for. More for hair.",
            extra=_PIXELS,
        ),
    ] = 12.0
    smooth: Annotated[
        float, Meta(ge=0, le=100, title="Smooth", description="Takes bumps out of the outline first.", extra=_PIXELS)
    ] = 0.0
    contrast: Annotated[
        float,
        Meta(ge=0, le=100, title="Contrast", description="Makes soft edges harder.", extra={"unit": "%", "step": 1}),
    ] = 0.0
    shift: Annotated[
        float,
        Meta(ge=-50, le=50, title="Shift edge", description="Less than 0 moves it inwards.", extra=_PIXELS),
    ] = 0.0
    feather: Annotated[float, Meta(ge=0, le=250, title="Feather", extra=_PIXELS)] = 0.0

"""What the Guidance dock asks of the core, as one recipe, and what comes back."""

from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import ImageDocument
from core.operations.base import Asset, Output
from core.operations.image import Palette, RenderDocument
from core.operations.image_colour import ConvertColours
from core.operations.image_findings import Composition, Contrasts, Harmony
from core.operations.image_guidance import AnalyseComposition, AnalyseHarmony, MeasureContrast
from core.operations.recipe import Recipe, Step
from core.raster.pack import read_pack

SEEN_SIDE = 900
"""Longer side of the picture whose colours the core looks at; texts are measured at their own size."""
LARGE_SIDE = 2496
"""Longer side of the picture in which it looks for what stands out and for faces, small ones too."""


class Swatch(msgspec.Struct):
    """A main colour and what goes with it, by the name of the scheme; ``#rrggbb``."""

    colour: str
    harmonies: dict[str, tuple[str, ...]]


class SeenPalette(msgspec.Struct):
    """The main colours; ``key`` is which of them stands out most."""

    swatches: list[Swatch]
    key: int


def looking(document: ImageDocument, digest: str) -> Recipe:
    """Return the recipe that looks at a document whose asset is ``digest``: one job for all that is said."""
    steps = []
    for name, side in (("seen", SEEN_SIDE), ("large", LARGE_SIDE)):
        composed = RenderDocument(
            document=Asset(hash=digest), scale=min(1.0, side / max(document.width, document.height))
        )
        if document.profile is None:
            steps.append(Step(name, composed))
        else:
            colours = ConvertColours(image=Output(step=f"{name}_composed"), source=Asset(hash=document.profile))
            steps += [Step(f"{name}_composed", composed), Step(name, colours)]
    seen = Output(step="seen")
    steps += [
        Step("composition", AnalyseComposition(image=Output(step="large"))),
        Step("harmony", AnalyseHarmony(image=seen)),
        Step("palette", Palette(image=seen)),
        Step("contrast", MeasureContrast(document=Asset(hash=digest))),
    ]
    wanted = ("composition.data", "composition.saliency", "harmony.data", "palette.data", "contrast.data")
    results = tuple(Output(*name.split(".")) for name in wanted)
    return Recipe(tuple(steps), results, document.title)


def read_findings(files: dict[str, Path]) -> tuple[Composition, Harmony, Contrasts, SeenPalette, npt.NDArray[np.uint8]]:
    """Return what the core found. Worker thread."""
    decode = msgspec.json.decode
    return (
        decode(files["composition.data"].read_bytes(), type=Composition),
        decode(files["harmony.data"].read_bytes(), type=Harmony),
        decode(files["contrast.data"].read_bytes(), type=Contrasts),
        decode(files["palette.data"].read_bytes(), type=SeenPalette),
        read_pack(files["composition.saliency"])[..., 3],
    )

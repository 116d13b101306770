"""Looks, textures and drawings by the real core process: files in, files out, as for the window."""

from pathlib import Path

import pytest

from core.engine.cache import file_digest
from core.engine.client import CoreClient
from core.image import files as picture_files
from core.operations.base import Asset, Operation, Output
from core.operations.image_generate import Cells, FlowField, GradientMesh, Mark, Pattern, Plant, ReactionDiffusion
from core.operations.image_style import (
    Cartoon,
    Halftone,
    OilPaint,
    Pencil,
    SeamlessTile,
    SynthesiseTexture,
    Vectorise,
    Watercolour,
)
from core.operations.recipe import Recipe, Step, single
from core.raster.pack import read_pack
from core.values import AtelierError


def outputs(client: CoreClient, operation: Operation) -> dict[str, Path]:
    result = client.submit(single(operation)).result(120)
    return {name.partition(".")[2]: Path(file.path) for name, file in result.outputs.items()}


def test_every_look_and_drawing_runs_in_the_core_process(
    coffee: Path, core: tuple[CoreClient, dict[str, Path]]
) -> None:
    client, known = core
    digest = file_digest(coffee)
    known[digest] = coffee
    cup = Asset(hash=digest)
    for look in (Halftone, OilPaint, Watercolour, Pencil, Cartoon):
        assert read_pack(outputs(client, look(image=cup))["image"]).shape == (400, 600, 4)
    assert read_pack(outputs(client, SeamlessTile(image=cup))["image"]).shape == (300, 450, 4)
    made = outputs(client, Vectorise(image=cup))
    assert made["file"].suffix == ".svg" and picture_files.probe(made["file"]).width == 600
    assert read_pack(made["image"]).shape == (400, 600, 4)
    for drawing in (
        GradientMesh(width=200, height=100),
        FlowField(width=200, height=100, density=10),
        Cells(width=200, height=100, count=30),
        ReactionDiffusion(width=200, height=100, scale=12),
        Pattern(width=200, height=100),
        Plant(width=200, height=100),
    ):
        assert read_pack(outputs(client, drawing)["image"]).shape == (100, 200, 4)
    # A pattern that is drawn, grown and screened in one recipe.
    steps = (
        Step("tile", Pattern(width=96, height=96, repeats=2)),
        Step("more", SynthesiseTexture(image=Output("tile"), width=150, height=130)),
        Step("print", Halftone(image=Output("more"), pitch=4)),
    )
    result = client.submit(Recipe(steps, (Output("print"),))).result(120)
    (last,) = result.outputs.values()
    assert read_pack(Path(last.path)).shape == (130, 150, 4)
    tiny = Step("mark", Mark(size=16))
    with pytest.raises(AtelierError, match="partly transparent"):
        client.submit(Recipe((tiny, Step("grow", SynthesiseTexture(image=Output("mark")))), (Output("grow"),))).result(
            120
        )

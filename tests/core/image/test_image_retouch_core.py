"""Retouching by the real core process: files in, files out, as for the window and the command line."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.engine.cache import file_digest
from core.engine.client import CoreClient
from core.operations.base import Asset, Operation, Output
from core.operations.image_retouch import (
    CastShadow,
    ContentAwareScale,
    Harmonise,
    Reflection,
    RemoveObject,
    SeamlessClone,
)
from core.operations.recipe import Recipe, Step, single
from core.raster.pack import pack_array, read_pack
from core.values import AtelierError


def outputs(client: CoreClient, operation: Operation) -> dict[str, Path]:
    result = client.submit(single(operation)).result(120)
    return {name.partition(".")[2]: Path(file.path) for name, file in result.outputs.items()}


def test_every_retouch_runs_in_the_core_process(
    coffee: Path, core: tuple[CoreClient, dict[str, Path]], tmp_path: Path
) -> None:
    client, files = core
    digest = file_digest(coffee)
    files[digest] = coffee
    cup = Asset(hash=digest)

    def raster(pixels: np.ndarray) -> Asset:
        path = tmp_path / f"{len(files)}.raster"
        name = pack_array(path, np.ascontiguousarray(pixels))
        files[name] = path
        return Asset(hash=name)

    whole = cv2.imread(str(coffee))
    coverage = cv2.ellipse(np.zeros(whole.shape[:2], np.uint8), (290, 210), (215, 190), 0, 0, 360, 255, -1)
    cut = raster(np.dstack((whole[..., ::-1], coverage)))
    spot = raster(np.dstack([cv2.circle(np.zeros_like(coverage), (530, 300), 20, 255, -1)] * 4))
    assert read_pack(outputs(client, RemoveObject(image=cup, mask=spot))["image"]).shape == (400, 600, 4)
    for operation in (CastShadow(image=cut), Reflection(image=cut)):
        made = outputs(client, operation)
        place = json.loads(made["data"].read_bytes())
        assert set(place) == {"x", "y"} and read_pack(made["image"])[..., 3].any()
    steps = (
        Step("match", Harmonise(image=cut, background=cup, x=50, y=20)),
        Step("blend", SeamlessClone(image=Output("match"), background=cup, x=50, y=20)),
        Step("narrow", ContentAwareScale(image=Output("blend"), width=500)),
    )
    result = client.submit(Recipe(steps, (Output("narrow"),))).result(120)
    (last,) = result.outputs.values()
    assert read_pack(Path(last.path)).shape == (400, 500, 4)
    with pytest.raises(AtelierError, match=r"^The mask covers nothing of the picture"):
        outputs(client, RemoveObject(image=cup, mask=raster(np.zeros((400, 600, 4), np.uint8))))

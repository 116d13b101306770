"""What can be asked of a picture: declarations that people and machines can read, each run by the real core process."""

import inspect
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from core.documents.base import decode_document
from core.engine.cache import file_digest
from core.engine.client import CoreClient
from core.operations.base import Asset, FieldKind, Operation, Output, all_operations, fields, load_implementation
from core.operations.image import (
    AutoGrade,
    ColourTransfer,
    Denoise,
    Export,
    ImportFile,
    ImportVector,
    Palette,
    RemoveBackground,
    Upscale,
)
from core.operations.recipe import Recipe, Step, decode, encode, from_fields, single, to_fields
from core.resources import resource
from core.values import AtelierError

DATA = Path(__file__).parents[2] / "data"
IMAGE = {name: cls for name, cls in all_operations().items() if name.startswith("image.")}


@pytest.mark.parametrize("name", IMAGE)
def test_a_declaration_explains_itself(name: str) -> None:
    cls = IMAGE[name]
    info = cls.info
    assert info.title[0].isupper() and not info.title.endswith(".")
    assert info.help.endswith(".") and len(info.intent.split(",")) >= 4
    assert all(kind in ("image", "mask", "data", "file", "document") for kind in info.outputs.values())
    assert (Path(__file__).parents[3] / "resources" / "icons" / f"{info.icon}.svg").exists()
    for field in fields(cls):
        assert field.title and (field.repeated or field.kind is not FieldKind.OTHER), field.name
        if field.kind in (FieldKind.NUMBER, FieldKind.INTEGER):
            assert field.minimum is not None and field.maximum is not None, f"{field.name} has no bounds"


@pytest.mark.parametrize("name", IMAGE)
def test_its_implementation_is_there(name: str) -> None:
    function = load_implementation(IMAGE[name].info)
    assert list(inspect.signature(function).parameters) == ["op", "ctx"]
    assert function.__doc__


def test_values_out_of_bounds_are_refused_with_the_fields_name() -> None:
    asset = {"from": "asset", "hash": "0" * 64}
    for name, values, field in (
        ("image.upscale", {"scale": 3}, "scale"),
        ("image.denoise", {"strength": 101}, "strength"),
        ("image.palette", {"colours": 13}, "colours"),
        ("image.export", {"quality": 0}, "quality"),
        ("image.export", {"background": "red"}, "background"),
        ("image.remove_background", {"edge": -51}, "edge"),
        ("image.remove_background", {"colour": 1}, "colour"),
    ):
        with pytest.raises(AtelierError, match=field):
            from_fields(name, {"image": asset, **values})


def test_recipes_of_them_travel() -> None:
    step = Step("cut", RemoveBackground(image=Asset(hash="0" * 64), edge=-1.5))
    then = Step("big", Upscale(image=Output(step="cut"), scale=4, noise="low"))
    recipe = Recipe(steps=(step, then), results=(Output(step="big"),))
    assert decode(encode(recipe)) == recipe
    assert from_fields("image.upscale", to_fields(then.operation)) == then.operation


def asset(files: dict[str, Path], path: Path) -> Asset:
    digest = file_digest(path)
    files[digest] = path
    return Asset(hash=digest)


def pixels_of(path: str) -> np.ndarray:
    from core.raster.pack import read_pack

    return read_pack(Path(path))


def outputs(core: tuple[CoreClient, dict[str, Path]], operation: Operation) -> dict[str, str]:
    """Run an operation in the core process; return output name to file."""
    job = core[0].submit(single(operation))
    result = job.result(120)
    return {name.partition(".")[2]: file.path for name, file in result.outputs.items()}


def test_every_operation_runs_in_the_core_process(coffee: Path, core: tuple[CoreClient, dict[str, Path]]) -> None:
    """Real files in, real files out, by the process that does the work for the window and the command line."""
    cup, cat = asset(core[1], coffee), asset(core[1], DATA / "chelsea.png")
    imported = outputs(core, ImportFile(file=cup))
    assert pixels_of(imported["image"]).shape == (400, 600, 4)
    assert json.loads(Path(imported["info"]).read_bytes())["format"] == "PNG"
    drawing = outputs(core, ImportVector(file=asset(core[1], resource("icons", "pen-tool.svg"))))
    assert json.loads(Path(drawing["info"]).read_bytes())["shapes"] == 4
    assert len(decode_document(Path(drawing["document"]).read_bytes()).layers) == 4
    exported = outputs(core, Export(image=cup, format="jpeg"))
    assert Path(exported["file"]).read_bytes()[:3] == b"\xff\xd8\xff"
    cut = outputs(core, RemoveBackground(image=cup))
    assert 0.4 < (pixels_of(cut["mask"])[..., 3] > 127).mean() < 0.55
    assert pixels_of(outputs(core, Upscale(image=cat))["image"]).shape == (600, 902, 4)
    assert pixels_of(outputs(core, Denoise(image=cat))["image"]).shape == (300, 451, 4)
    assert pixels_of(outputs(core, ColourTransfer(image=cat, reference=cup))["image"]).shape == (300, 451, 4)
    palette = outputs(core, Palette(image=cat, colours=5))
    assert len(json.loads(Path(palette["data"]).read_bytes())["swatches"]) == 5
    graded = outputs(core, AutoGrade(image=cat))
    found = json.loads(Path(graded["data"]).read_bytes())["adjustments"]
    assert {a["kind"] for a in found} >= {"white-balance", "levels"}
    again = core[0].submit(single(AutoGrade(image=cat))).result(60)
    assert again.cached, "the same request is not worked on twice"


def test_a_broken_picture_fails_with_its_sentence_in_the_core_process(
    tmp_path: Path, core: tuple[CoreClient, dict[str, Path]]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes((DATA / "rocket.jpg").read_bytes()[:30_000])
    with pytest.raises(AtelierError, match=r"^“broken\.jpg” is cut off: the file ends before the picture does\.$"):
        outputs(core, ImportFile(file=asset(core[1], broken), name="broken.jpg"))
    with pytest.raises(AtelierError, match=r"^“broken\.jpg” is cut off"):
        outputs(core, Denoise(image=asset(core[1], broken)))


def test_the_info_can_be_read_back() -> None:
    from core.image.files import ImageInfo

    info = ImageInfo("PNG", 3, 4, notes=("x",))
    assert msgspec.json.decode(msgspec.json.encode(info), type=ImageInfo) == info

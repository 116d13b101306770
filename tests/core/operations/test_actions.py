"""Actions as values and as files: recording, editing, and what a file may and may not hold; names of new files."""

from pathlib import Path

import msgspec
import pytest

from core.operations import actions
from core.operations.actions import PICTURE, Action, decode, encode
from core.operations.base import Asset, Output
from core.operations.image import ColourTransfer, Denoise, ImportFile, Palette, RemoveBackground, Upscale
from core.operations.image_guidance import HarmoniseHues, MeasureContrast
from core.operations.playing import Writing, checked_template, file_recipe, named, natural, pictures_in
from core.operations.recipe import inputs_of
from core.values import AtelierError

SOME = Asset(hash="ab" * 32)


def three() -> Action:
    wanted = (RemoveBackground(image=SOME, refine=70.0), Denoise(image=SOME), Upscale(image=SOME, scale=4))
    return actions.from_operations("  Cut\nout  ", wanted)


def chain(action: Action) -> list[object]:
    return [next(source for _, source in inputs_of(step.operation)) for step in action.steps]


def test_what_is_recorded_is_chained_and_can_be_bound() -> None:
    action = three()
    assert action.name == "Cut out"
    assert chain(action) == [PICTURE, Output(step="1"), Output(step="2")]
    recipe = action.bind(SOME)
    assert recipe.assets() == {SOME.hash} and recipe.results == (Output(step="3"),) and recipe.title == "Cut out"
    with pytest.raises(AtelierError, match="no steps"):
        Action("Nothing").bind(SOME)


def test_steps_are_moved_taken_away_and_changed() -> None:
    action = actions.moved(three(), 2, 0)
    assert [type(s.operation) for s in action.steps] == [Upscale, RemoveBackground, Denoise]
    assert chain(action) == [PICTURE, Output(step="3"), Output(step="1")]
    action = actions.without(action, 0)
    assert chain(action) == [PICTURE, Output(step="1")]
    action = actions.changed(action, 1, Denoise(image=SOME, strength=20.0))
    assert action.steps[1].operation == Denoise(image=Output(step="1"), strength=20.0)
    again = actions.append(action, HarmoniseHues(image=SOME))
    assert len({s.id for s in again.steps}) == 3 and action.bind(SOME)


@pytest.mark.parametrize(
    "operation",
    [
        ColourTransfer(image=SOME, reference=Asset(hash="cd" * 32)),
        MeasureContrast(document=SOME),
        ImportFile(file=SOME),
    ],
)
def test_what_needs_more_than_the_picture_is_refused(operation: object) -> None:
    with pytest.raises(AtelierError, match="action cannot hold"):
        actions.append(Action("A"), operation)  # type: ignore[arg-type]


def test_a_file_is_readable_and_gives_the_same_action() -> None:
    data = encode(three())
    plain = msgspec.json.decode(data)
    assert plain["name"] == "Cut out" and plain["steps"][0] == {
        "operation": "image.remove_background",
        "fields": {"refine": 70.0},
    }
    assert b"\n" in data and decode(data, "x.json") == three()
    palette = actions.from_operations("P", [Palette(image=SOME, colours=4, seed=7)])
    assert decode(encode(palette), "x") == palette


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: f.update(format="other"), "not an action of Atelier"),
        (lambda f: f.update(version=99), "newer version"),
        (lambda f: f.update(run="rm -rf /"), "damaged"),
        (lambda f: f["steps"][0].update(operation="os.system"), "no operation named"),
        (lambda f: f["steps"][0]["fields"].update(refine=1e9), "Remove background"),
        (lambda f: f["steps"][0]["fields"].update(code="import os"), "Remove background"),
        (lambda f: f["steps"][0].update(operation="image.import_file", fields={}), "cannot hold"),
        (lambda f: f.update(steps=f["steps"] * 200), "at most"),
        (lambda f: f.update(name="  "), "name"),
    ],
)
def test_a_file_holds_known_operations_within_their_bounds_and_nothing_else(change: object, sentence: str) -> None:
    file = msgspec.json.decode(encode(three()))
    change(file)  # type: ignore[operator]
    with pytest.raises(AtelierError, match=sentence):
        decode(msgspec.json.encode(file), "bad.json")


@pytest.mark.parametrize("data", [b"", b"[]", b"\x80\x04.", b"{" * 10_000, b"x" * 1_000_001, b'{"format": "atelier'])
def test_anything_else_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(AtelierError, match=r"bad\.json"):
        decode(data, "bad.json")


def test_a_reference_in_a_file_cannot_point_at_an_asset() -> None:
    file = msgspec.json.decode(encode(three()))
    file["steps"][0]["fields"]["image"] = {"from": "asset", "hash": "ab" * 32}
    assert decode(msgspec.json.encode(file), "x").steps[0].operation == three().steps[0].operation


def test_files_get_names_that_nothing_is_lost_by(tmp_path: Path) -> None:
    source = tmp_path / "photo 7.png"
    source.write_bytes(b"x")
    action, writing = three(), Writing(folder=str(tmp_path))
    first = named(writing, action, source, 1)
    assert first.name == "photo 7 (2).png", "the source is never replaced"
    assert named(msgspec.structs.replace(writing, overwrite=True), action, source, 1).name == "photo 7 (2).png"
    out = msgspec.structs.replace(writing, template="{action}-{number:03}", format="jpeg", overwrite=True)
    target = named(out, action, source, 12)
    assert target.name == "Cut out-012.jpg"
    assert named(out, action, source, 12, [target]).name == "Cut out-012 (2).jpg"
    odd = Action('../a:b*"c')
    assert named(out, odd, source, 1).parent == tmp_path and "/" not in named(out, odd, source, 1).name[2:]
    assert named(msgspec.structs.replace(writing, template="{name}"), action, Path("con.png"), 1).stem == "con-"


@pytest.mark.parametrize(
    "template", ["", "all", "{name", "{who}", "{name.__class__}", "{number:99999}", "{name!r}", "{}"]
)
def test_templates_for_names_are_checked(template: str) -> None:
    with pytest.raises(AtelierError):
        checked_template(template)


def test_folders_are_read_in_the_order_people_count(tmp_path: Path) -> None:
    for name in ("img10.jpg", "img2.JPG", ".hidden.png", "notes.txt", "sub/img1.webp"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert [p.name for p in pictures_in(tmp_path)] == ["img2.JPG", "img10.jpg"]
    assert [p.name for p in pictures_in(tmp_path, inside=True)] == ["img2.JPG", "img10.jpg", "img1.webp"]
    assert natural("a2b") < natural("a10b") and natural("B1") > natural("a9")
    with pytest.raises(AtelierError, match="cannot be read"):
        pictures_in(tmp_path / "gone")
    recipe = file_recipe(three(), SOME.hash, "img2.JPG", Writing(folder="out", format="webp", quality=50))
    assert [s.operation.info.name for s in recipe.steps][::4] == ["image.import_file", "image.export"]

"""The project file: what is committed stays, what is undone comes back, and one file lies at rest."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.documents.base import encode_document
from core.documents.image import ImageDocument, RasterLayer, SmartLayer, TextLayer, new_image
from core.operations.base import Asset
from core.operations.image import AutoGrade, Denoise
from core.operations.recipe import single
from core.project.project import Change, Project
from core.raster.manifest import Pixels, read_raster, write_raster
from core.raster.pack import read_pack
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError


def only(project: Project) -> ImageDocument:
    (entry,) = project.documents()
    document = project.document(entry.id)
    assert isinstance(document, ImageDocument)
    return document


def test_one_file_at_rest_and_everything_there_again(project_file: Path, photo: Pixels) -> None:
    assert [file.name for file in project_file.parent.iterdir()] == [project_file.name]
    with Project.open(project_file) as project:
        document = only(project)
        assert project.title == "Work"
        assert len(document.layers) == 31
        (digest,) = document.assets()
        assert (read_raster(digest, project) == photo).all()
        assert project.verify() == []
        assert project.undo_label == "Add text 29"


def test_undo_and_redo_survive_a_restart(project_file: Path) -> None:
    with Project.open(project_file) as project:
        for _ in range(10):
            assert project.undo()
    with Project.open(project_file) as project:
        assert len(only(project).layers) == 21
        assert project.redo_label == "Add text 20"
        while project.redo():
            pass
        assert len(only(project).layers) == 31
        while project.undo():
            pass
        assert project.documents() == ()
    with Project.open(project_file) as project:
        assert project.redo_label == "New image"


def test_a_new_edit_drops_what_lay_ahead(project_file: Path) -> None:
    with Project.open(project_file) as project:
        project.undo()
        with project.transaction("Rename") as edit:
            edit.put(msgspec.structs.replace(only(project), title="Other"))
        assert not project.can_redo
        assert [step.label for step in project.history()][-2:] == ["Add text 28", "Rename"]
        assert project.documents()[0].title == "Other"


def test_a_drag_is_one_step(project_file: Path) -> None:
    with Project.open(project_file) as project:
        before, document = only(project), only(project)
        steps = len(project.history())
        for step in range(20):
            document = document.replace_layer(
                document.layers[3].id, lambda layer, step=step: msgspec.structs.replace(layer, opacity=step / 20)
            )
            with project.transaction("Opacity", merge="opacity:3") as edit:
                edit.put(document)
        assert len(project.history()) == steps + 1
        project.undo()
        assert only(project) == before
        project.redo()
        assert only(project) == document


def test_a_transaction_that_raises_leaves_nothing(project_file: Path) -> None:
    with Project.open(project_file) as project:
        before = only(project)
        with pytest.raises(ZeroDivisionError), project.transaction("Broken") as edit:
            edit.put(msgspec.structs.replace(before, title="never"))
            raise ZeroDivisionError
        assert only(project) == before


def test_one_step_across_documents(project_file: Path) -> None:
    with Project.open(project_file) as project:
        heard: list[Change] = []
        project.subscribe(heard.append)
        first, second = only(project), new_image(10, 10, "Second")
        with project.transaction("Two at once") as edit:
            edit.put(msgspec.structs.replace(first, title="First"))
            edit.put(second)
        assert set(heard[-1].documents) == {first.id, second.id}
        project.undo()
        assert only(project) == first
        assert heard[-1].reason == "undo"


def test_snapshots_and_pruning(project_file: Path) -> None:
    with Project.open(project_file) as project:
        whole = only(project)
        project.snapshot("Before")
        middle = project.history()[15].id
        assert project.prune(middle) == 16
        while project.undo():
            pass
        assert len(only(project).layers) == 16
        project.restore("Before")
        assert only(project) == whole
        project.undo()
        assert len(only(project).layers) == 16
    with Project.open(project_file) as project:
        assert project.verify() == []
        assert [snapshot.name for snapshot in project.snapshots()] == ["Before"]


def test_a_second_program_is_told_who_has_it(project_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from core.project.project import Project\n"
        "try:\n    Project.open(Path(sys.argv[1]))\nexcept Exception as error:\n    print(type(error).__name__, error)"
    )
    with Project.open(project_file):
        done = subprocess.run(
            [sys.executable, "-c", code, str(project_file)], capture_output=True, text=True, check=False
        )
    assert done.stdout.startswith("AtelierError “work.atelier” is open in another window"), done.stdout + done.stderr


def test_large_files_are_streamed_and_come_back_whole(tmp_path: Path, project_file: Path) -> None:
    source = tmp_path / "clip.bin"
    source.write_bytes(bytes(range(256)) * 20_000)
    with Project.open(project_file) as project:
        digest = project.add_file(source)
        assert project.put(source.read_bytes(), "a/b") == digest
        assert project.get(digest) == source.read_bytes()
        assert project.materialise(digest, tmp_path / "job").read_bytes() == source.read_bytes()


def test_a_raster_is_materialised_as_a_pack(tmp_path: Path, project_file: Path, photo: Pixels) -> None:
    with Project.open(project_file) as project:
        (digest,) = only(project).assets()
        assert project.asset(digest).media_type == RASTER_TYPE
        assert (read_pack(project.materialise(digest, tmp_path)) == photo).all()


def test_external_media_are_found_again_and_collected(tmp_path: Path, project_file: Path) -> None:
    clip = tmp_path / "footage" / "clip.mov"
    clip.parent.mkdir()
    clip.write_bytes(b"\0\0\0\x14ftypqt  " + bytes(3_000_000))
    with Project.open(project_file) as project:
        digest = project.link_file(clip)
        assert project.asset(digest).external == clip
        (tmp_path / "moved").mkdir()
        clip.rename(tmp_path / "moved" / "renamed.mov")
        assert [asset.hash for asset in project.missing()] == [digest]
        with pytest.raises(AtelierError, match="Relink"):
            project.get(digest)
        assert [asset.hash for asset in project.relink(tmp_path)] == [digest]
        assert project.missing() == ()
        assert project.collect() == 1
        (tmp_path / "moved" / "renamed.mov").unlink()
        assert len(project.get(digest)) == 3_000_012


def test_compact_keeps_what_history_needs_and_drops_what_nothing_does(project_file: Path, photo: Pixels) -> None:
    with Project.open(project_file) as project:
        kept = only(project)
        orphan = write_raster(photo[::-1].copy(), project)
        project.compact()
        assert not project.has(orphan)
        assert project.verify() == []
        assert (read_raster(next(iter(kept.assets())), project) == photo).all()


def test_compact_keeps_the_revisions_that_smart_layers_show(project_file: Path, photo: Pixels) -> None:
    with Project.open(project_file) as project:
        inner = only(project)
        shown, old = (
            project.put(encode_document(one), DOCUMENT_TYPE)
            for one in (inner, msgspec.structs.replace(inner, title="Before"))
        )
        layer = SmartLayer(document=inner.id, source=shown, width=inner.width, height=inner.height)
        outer = msgspec.structs.replace(new_image(100, 100, "Outer"), layers=(layer,))
        with project.transaction("Place image") as edit:
            edit.put(outer)
        project.compact()
        assert project.has(shown) and not project.has(old)
        assert project.verify() == []
    with Project.open(project_file) as project:
        assert project.document(outer.id) == outer
        assert all(project.has(digest) for digest in inner.assets())


def test_results_know_their_recipe_and_when_they_are_out_of_date(project_file: Path, photo: Pixels) -> None:
    with Project.open(project_file) as project:
        document = only(project)
        layer = document.layers[0]
        assert isinstance(layer, RasterLayer)
        graded = write_raster(photo // 2, project)
        first = project.record(single(AutoGrade(image=Asset(hash=layer.pixels))), {"s.image": graded})
        project.bind(first, {"image": (document.id, layer.id)})
        cleaned = write_raster(photo // 3, project)
        second = project.record(single(Denoise(image=Asset(hash=graded))), {"s.image": cleaned})
        made = project.made_by(graded)
        assert made is not None and made.id == first
        assert project.stale() == frozenset()
        other = write_raster(photo[::-1].copy(), project)
        with project.transaction("Replace pixels") as edit:
            edit.put(document.replace_layer(layer.id, lambda old: msgspec.structs.replace(old, pixels=other)))
        assert project.stale() == {first, second}
        assert [result.id for result in project.dependants(first)] == [second]
        project.undo()
        assert project.stale() == frozenset()


def test_a_result_that_was_made_again_since_is_history_and_not_out_of_date(project_file: Path, photo: Pixels) -> None:
    with Project.open(project_file) as project:
        document = only(project)
        layer = document.layers[0]
        assert isinstance(layer, RasterLayer)
        old, new, cleaned, now = (write_raster(photo // part, project) for part in (2, 3, 4, 5))
        recipe, later = single(AutoGrade(image=Asset(hash=layer.pixels))), single(Denoise(image=Asset(hash=old)))
        first = project.record(recipe, {"s.image": old})
        project.bind(first, {"image": (document.id, layer.id)})
        second = project.record(later, {"s.image": cleaned})
        with project.transaction("Replace pixels") as edit:
            edit.put(document.replace_layer(layer.id, lambda one: msgspec.structs.replace(one, pixels=now)))
        project.record(single(AutoGrade(image=Asset(hash=now))), {"s.image": new})
        assert project.stale() == {first, second}, "another one that looks alike is no successor"
        step = msgspec.structs.replace(recipe.steps[0], operation=AutoGrade(image=Asset(hash=now)))
        again = project.record(msgspec.structs.replace(recipe, steps=(step,)), {"s.image": new})
        project.bind(again, {"image": (document.id, layer.id)})
        assert project.stale() == {second}
        assert project.successors() == {old: new}
        project.undo()
        assert project.stale() == frozenset(), "the first is of today again, and the second with it"
        assert project.successors() == {new: old}


def test_save_as_goes_on_in_the_new_file(tmp_path: Path, project_file: Path) -> None:
    target = tmp_path / "elsewhere.atelier"
    with Project.open(project_file) as project:
        project.save_as(target)
        with project.transaction("After") as edit:
            edit.put(msgspec.structs.replace(only(project), title="Moved"))
    with Project.open(project_file) as old, Project.open(target) as new:
        assert only(old).title == "Ad"
        assert only(new).title == "Moved"


def test_the_title_and_the_thumbnail_are_seen_without_opening(project_file: Path) -> None:
    with Project.open(project_file) as project:
        project.set_thumbnail(b"\x89PNG not really")
        assert Project.peek(project_file).title == "Work"
    summary = Project.peek(project_file)
    assert (summary.title, summary.thumbnail, summary.documents) == ("Work", b"\x89PNG not really", 1)


def test_a_newer_file_opens_for_reading_only(project_file: Path) -> None:
    import sqlite3

    with sqlite3.connect(project_file) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with Project.open(project_file) as project:
        assert project.read_only
        assert "newer version" in project.notice
        with pytest.raises(AtelierError, match="reading only"), project.transaction("Edit") as edit:
            edit.put(msgspec.structs.replace(only(project), title="no"))


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + bytes(100), bytes(5000)])
def test_what_is_no_project_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.atelier"
    path.write_bytes(content)
    with pytest.raises(AtelierError):
        Project.open(path)
    with pytest.raises(AtelierError):
        Project.peek(path)


edits = st.lists(st.sampled_from(["add", "remove", "title", "fade", "undo", "redo"]), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_any_sequence_of_edits_and_undos_matches_a_plain_list(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    path = tmp_path_factory.mktemp("model") / "p.atelier"
    document = new_image(10, 10, "0")
    states, at = [document], 0
    with Project.create(path) as project:
        with project.transaction("New") as edit:
            edit.put(document)
        for number, step in enumerate(steps):
            document = states[at]
            if step == "undo":
                at -= at > 0 and project.undo()
                continue
            if step == "redo":
                at += project.redo()
                continue
            if step == "add":
                document = document.insert_layer(TextLayer(text=str(number)))
            elif step == "remove" and document.layers:
                document = msgspec.structs.replace(document, layers=document.layers[1:])
            elif step == "fade" and document.layers:
                document = document.replace_layer(
                    document.layers[-1].id,
                    lambda layer, number=number: msgspec.structs.replace(layer, opacity=1 / (number + 2)),
                )
            else:
                document = msgspec.structs.replace(document, title=f"t{number}")
            with project.transaction(step) as edit:
                edit.put(document)
            states[at + 1 :] = [document]
            at += 1
            assert only(project) == document
    with Project.open(path) as project:
        assert only(project) == states[at]

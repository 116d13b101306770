"""What is done to a project in an awkward place, in a process of its own that a test kills or puts on a small disk.

``python project_places.py ACTION FOLDER …``; each action says what came of it on standard output.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from core.documents.image import ImageDocument, new_image
from core.project import migrations, publishing, schema
from core.project.project import Project
from core.raster.manifest import write_raster
from core.values import AtelierError

NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT, sum BLOB)"


def use_format_2() -> None:
    """Pretend that the next format has a table more."""

    def step(db: object) -> None:
        db.execute(NOTES)  # type: ignore[attr-defined]
        migrations.moment("in the step")

    schema.FORMAT = 2  # type: ignore[misc]
    schema.TABLES["notes"] = NOTES
    migrations.STEPS[1] = step


def die_at(step: str) -> Callable[[str], None]:
    """Return what ends this process without any farewell at that moment."""

    def moment(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return moment


def edit(project: Project, number: int) -> None:
    """Commit one step: the document's title becomes ``number``."""
    entries = project.documents()
    document = project.document(entries[0].id) if entries else new_image(100, 100, "0")
    with project.transaction(f"Edit {number}") as transaction:
        transaction.put(msgspec.structs.replace(document, title=str(number)))


def titled(project: Project) -> int:
    """Return the number that the document shows, 0 where there is none."""
    entries = project.documents()
    return int(entries[0].title) if entries else 0


def publish(path: Path, number: int, step: str = "") -> None:
    """Edit without end, publishing all the time, and acknowledge every commit; die at ``step`` of the second time."""
    publishing.QUIET, publishing.LATEST, publishing.RETRY = 0.005, 0.02, 0.01
    with Project.open(path) if path.exists() else Project.create(path) as project:
        project.publish()
        if step:
            publishing.moment = die_at(step)
        print("ready", flush=True)
        while True:
            number += 1
            write_raster(np.full((64, 64, 4), number % 255, np.uint8), project)
            edit(project, number)
            print(number, flush=True)


def serve() -> None:
    """Do :func:`publish` for each line of the input in a process that is forked off, and say when that is over."""
    for line in sys.stdin:
        path, number = line.rstrip().rsplit(" ", 1)
        pid = os.fork()
        if not pid:
            publish(Path(path), int(number))
        print(f"pid {pid}", flush=True)
        os.waitpid(pid, 0)
        print("over", flush=True)


def publish_on(path: Path, step: str) -> None:
    """Open what a process left that died, and die while that is published."""
    publishing.QUIET, publishing.moment = 3600.0, die_at(step)
    with Project.open(path) as project:
        project.publish()


def migrate(path: Path, step: str) -> None:
    """Open a project of the format before, and die at a step of bringing it forward."""
    use_format_2()
    migrations.moment = die_at(step)
    with Project.open(path):
        print("opened", flush=True)


def fill_up(folder: Path) -> Path:
    """Take all the room there is; removing the file gives it back."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 8, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return path


def said(action: Callable[[], object]) -> str:
    """Return the sentence that an action ends with, ``done`` when it succeeds, and what else it raises."""
    try:
        action()
    except AtelierError as error:
        return str(error)
    except Exception as error:
        return f"DEFECT {type(error).__name__}: {error}"
    return "done"


def full(small: Path, large: Path) -> None:
    """Everything that writes, on a disk without room; then the same with room."""
    noise = np.random.default_rng(0).integers(0, 255, (600, 600, 4), np.uint8)
    picture = large / "picture.bin"
    picture.write_bytes(noise.tobytes())
    answers: dict[str, str] = {}
    with Project.create(large / "other.atelier") as other:
        other.put(noise.tobytes(), "a/b")
        project = Project.create(small / "p.atelier")
        edit(project, 1)
        outside = project.link_file(picture)
        project.put(bytes(300_000), "a/b")
        before = project.document(project.documents()[0].id)
        ballast = fill_up(small)

        def much() -> None:
            changed = before
            for number in range(2000):
                changed = msgspec.structs.replace(changed, title=f"{number} " + os.urandom(20_000).hex())
                with project.transaction("Much") as transaction:
                    transaction.put(changed)

        answers["create"] = said(lambda: Project.create(small / "new.atelier"))
        answers["edit"] = said(much)
        answers["import"] = said(lambda: project.add_file(picture))
        answers["raster"] = said(lambda: write_raster(noise, project))
        answers["snapshot"] = said(lambda: [project.snapshot(f"{n}{os.urandom(9000).hex()}") for n in range(99)])
        answers["collect"] = said(project.collect)
        answers["collect beside"] = said(lambda: project.collect(small / "media"))
        answers["copy"] = said(lambda: other.copy_to(small / "copy.atelier"))
        answers["save as"] = said(lambda: other.save_as(small / "moved.atelier"))
        answers["compact"] = said(project.compact)
        kept = project.document(project.documents()[0].id)
        answers["left"] = " ".join(sorted(file.name for file in small.iterdir()))
        answers["whole"] = str(project.verify())
        answers["outside"] = str(project.asset(outside).external)
        answers["close"] = said(project.close)
        ballast.unlink()
        with Project.open(small / "p.atelier") as again:
            answers["kept"] = str(again.document(kept.id) == kept and again.recovery is None)
            answers["go on"] = said(lambda: edit(again, 2))
            answers["undo"] = str(again.undo())
        answers["rest"] = " ".join(sorted(file.name for file in small.iterdir()))
    print(json.dumps(answers))


def full_share(share: Path) -> None:
    """A share that has no room left while a project in it is worked on, and gets some again."""
    publishing.QUIET, publishing.RETRY = 60.0, 60.0
    with Project.create(share / "p.atelier") as project:
        edit(project, 1)
        project.publish()
        before = (share / "p.atelier").read_bytes()
        ballast = fill_up(share)
        edit(project, 2)
        answers = {"publish": said(project.publish), "published": str(project.published)}
        answers["left"] = str((share / "p.atelier").read_bytes() == before)
        answers["names"] = " ".join(sorted(file.name for file in share.iterdir()))
        edit(project, 3)
        ballast.unlink()
        answers["again"] = said(project.publish)
        answers["then"] = str(project.published)
    with Project.open(share / "p.atelier", read_only=True) as project:
        answers["title"] = str(titled(project))
    print(json.dumps(answers))


def read_only(folder: Path, elsewhere: Path) -> None:
    """A medium that cannot be written: reading, the sentences, and Save As from there."""
    path = folder / "p.atelier"
    answers: dict[str, str] = {"create": said(lambda: Project.create(folder / "new.atelier"))}
    with Project.open(path) as project:
        answers["read only"] = str(project.read_only)
        answers["notice"] = project.notice
        answers["title"] = str(titled(project))
        answers["edit"] = said(lambda: edit(project, -1))
        answers["snapshot"] = said(lambda: project.snapshot("a"))
        answers["put"] = said(lambda: project.put(b"new", "a/b"))
        answers["compact"] = said(project.compact)
        answers["save as"] = said(lambda: project.save_as(elsewhere / "p.atelier"))
        answers["then"] = f"{project.read_only} {project.notice}"
        answers["go on"] = said(lambda: edit(project, 2))
    with Project.open(elsewhere / "p.atelier") as project:
        answers["moved"] = str(titled(project))
        assert isinstance(project.document(project.documents()[0].id), ImageDocument)
    answers["left"] = " ".join(sorted(file.name for file in folder.iterdir()))
    print(json.dumps(answers))


def work(path: Path) -> None:
    """Make, edit, close and open again, wherever that is; say whether in a copy."""
    with Project.create(path) as project:
        edit(project, 1)
        away = project.publication is not None
    with Project.open(path) as project:
        edit(project, titled(project) + 1)
        project.copy_to(path.with_name("copy.atelier"))
    with Project.open(path, read_only=True) as project:
        print(json.dumps({"away": away, "title": titled(project), "whole": project.verify()}))


def main() -> None:
    """Do what the command line says."""
    action, path, *more = [*sys.argv[1:], "", ""]
    match action:
        case "publish":
            publish(Path(path), int(more[0]), more[1])
        case "serve":
            serve()
        case "publish-on":
            publish_on(Path(path), more[0])
        case "migrate":
            migrate(Path(path), more[0])
        case "full":
            full(Path(path), Path(more[0]))
        case "full-share":
            full_share(Path(path))
        case "read-only":
            read_only(Path(path), Path(more[0]))
        case "work":
            work(Path(path))


if __name__ == "__main__":
    main()

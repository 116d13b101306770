"""``atelier action run ACTION --in FOLDER --out FOLDER``: recorded actions on many files, without a window."""

import argparse
import glob
import sys
import time
from pathlib import Path

from core.cli.console import Bar, wait_for
from core.cli.operations import Commands
from core.cli.run import write
from core.engine.cache import file_digest
from core.engine.client import CoreClient
from core.engine.jobs import JobCancelled
from core.engine.protocol import CoreState, JobEvent, Progress
from core.operations.actions import Action
from core.operations.playing import Failure, Writing, checked_template, file_recipe, named, pictures_in
from core.project import action_store
from core.values import AtelierError, reason


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("action", help="play recorded actions on files, or list them")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = inner.add_parser("list", help="list the actions in the settings folder")
    listing.set_defaults(run=show_all)
    play = inner.add_parser(
        "run",
        help="play an action on files",
        epilog="Exit status: 0 when every file was done, 1 when one was not (the others are), 130 after Ctrl-C.",
    )
    play.add_argument("action", metavar="ACTION", help="a file, or the name of an action of `atelier action list`")
    play.add_argument(
        "--in",
        dest="inputs",
        nargs="+",
        action="extend",
        required=True,
        metavar="PATH",
        help="files, folders, or patterns such as 'photos/*.jpg' (** looks into folders inside)",
    )
    play.add_argument("--out", required=True, metavar="FOLDER", help="where new files go; made when it is not there")
    play.add_argument("--format", choices=("png", "jpeg", "webp"), default="png")
    play.add_argument("--quality", type=int, default=92, metavar="1–100", help="of JPEG and WebP files (92)")
    play.add_argument(
        "--name", default="{name}", metavar="TEMPLATE", help="of new files: {name}, {number}, {number:03}, {action}"
    )
    play.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    play.add_argument("--inside", action="store_true", help="look into the folders inside folders, too")
    play.set_defaults(run=run)


def show_all(_: argparse.Namespace) -> int:
    """Print the actions."""
    for key, path in action_store.names().items():
        try:
            action = action_store.load(path)
        except AtelierError as error:
            print(f"{key}: {error}")
            continue
        steps = ", ".join(step.operation.info.title for step in action.steps)
        print(f"{action.name}: {steps or 'no steps'}")
    return 0


def run(options: argparse.Namespace) -> int:
    """Play an action on files."""
    if not 1 <= options.quality <= 100:
        raise AtelierError("Quality is a number from 1 to 100, not {quality}.", quality=options.quality)
    action = action_store.load(action_store.find(options.action))
    out = Path(options.out)
    writing = Writing(
        folder=str(out),
        format=options.format,
        quality=options.quality,
        template=checked_template(options.name),
        overwrite=options.overwrite,
    )
    files = chosen(options.inputs, inside=options.inside)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AtelierError(
            "The folder “{folder}” cannot be made: {reason}.", folder=str(out), reason=reason(error)
        ) from None
    failures = Player(action, writing).play(files)
    done = len(files) - len(failures)
    for failure in failures:
        print(f"atelier: {failure.path}: {failure.why}", file=sys.stderr)
    print(f"{done} of {len(files)} files done.")
    return 1 if failures else 0


def chosen(inputs: list[str], *, inside: bool) -> list[Path]:
    """Return the files that the command line names, each once; raises when a name stands for nothing."""
    found: dict[Path, None] = {}
    for text in inputs:
        path = Path(text)
        if path.is_dir():
            files = pictures_in(path, inside=inside)
        elif path.exists():
            files = [path]
        else:
            files = [Path(name) for name in sorted(glob.glob(text, recursive=True)) if Path(name).is_file()]  # noqa: PTH207
        if not files:
            raise AtelierError("There are no pictures in “{path}”.", path=text)
        found.update(dict.fromkeys(files))
    return list(found)


class Player:
    """Plays one action on files, one after the other, through one core process."""

    def __init__(self, action: Action, writing: Writing) -> None:
        self._action, self._writing = action, writing
        self._bar = Bar(sys.stderr)
        self._files: dict[str, Path] = {}
        self._at, self._total = 0, 1
        self._started = time.monotonic()
        self._name = ""

    def play(self, files: list[Path]) -> list[Failure]:
        """Do all files and return those that could not be done. Ctrl-C raises ``KeyboardInterrupt``."""
        failures: list[Failure] = []
        written: list[Path] = []
        self._total = len(files)
        with CoreClient(self._files.__getitem__, self._on_event, self._on_state) as client:
            try:
                for index, path in enumerate(files):
                    self._at, self._name = index, path.name
                    try:
                        written.append(self._one(client, path, index + 1, written))
                    except AtelierError as error:
                        failures.append(Failure(str(path), error.message))
                    except OSError as error:
                        failures.append(Failure(str(path), reason(error)))
                    self._show(1.0)
            finally:
                self._bar.end()
        return failures

    def _one(self, client: CoreClient, path: Path, number: int, written: list[Path]) -> Path:
        digest = file_digest(path)
        self._files[digest] = path.absolute()
        job = client.submit(file_recipe(self._action, digest, path.name, self._writing), title=path.name)
        try:
            result = wait_for(job)
            target = named(self._writing, self._action, path, number, written)
            write(Path(result.outputs["export.file"].path), target, "file")
            return target
        except JobCancelled:
            raise KeyboardInterrupt from None
        finally:
            client.release(job.id)

    def _on_event(self, _job: str, event: JobEvent) -> None:
        if isinstance(event, Progress):
            self._show(event.fraction)

    def _on_state(self, state: CoreState) -> None:
        if state.message:
            self._bar.say(state.message)

    def _show(self, fraction: float) -> None:
        done = (self._at + fraction) / self._total
        spent = time.monotonic() - self._started
        left = spent / done - spent if done > 0.02 else None
        self._bar.show(done, f"{self._at + 1} of {self._total}: {self._name}", left)

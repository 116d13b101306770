"""``atelier project info|verify|recover|compact|collect|publish FILE``: look after project files without a window."""

import argparse
import time
from pathlib import Path

from core.cli.operations import Commands
from core.project import working
from core.project.project import Project
from core.project.recovery import recover
from core.project.summary import peek
from core.values import AtelierError


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("project", help="look after project files")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, text in (
        ("info", info, "say what is in a project"),
        ("verify", verify, "read all of a project and say what is wrong"),
        ("recover", save, "save what can be read of a damaged project into a new one"),
        ("compact", compact, "remove what nothing refers to, and unused space"),
        ("collect", collect, "bring media that lie outside into the project"),
        (
            "publish",
            publish,
            "bring edits kept on this computer to the shared folder; without FILE, say which there are",
        ),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("file", type=Path, metavar="FILE", nargs="?" if name == "publish" else None)
        action.set_defaults(run=run)
        if name == "recover":
            action.add_argument("--into", type=Path, metavar="FILE", help="the new project (beside the damaged one)")
        if name == "collect":
            action.add_argument("--beside", type=Path, metavar="FOLDER", help="copy them into this folder instead")


def info(options: argparse.Namespace) -> int:
    """Print title, size, documents, history, assets and results."""
    summary = peek(options.file)
    print(f"{summary.title}: {summary.size:,} bytes, changed {_when(summary.modified)}")
    with Project.open(options.file, read_only=True) as project:
        for entry in project.documents():
            print(f"  {entry.kind:8} {entry.title or entry.id}")
        steps = project.history()
        undone = sum(step.undone for step in steps)
        print(f"  {len(steps)} steps of history ({undone} undone), {len(project.snapshots())} snapshots")
        assets = project.assets()
        outside = [asset for asset in assets if asset.external is not None]
        print(f"  {len(assets)} assets ({len(outside)} outside, {len(project.missing())} missing)")
        print(f"  {len(project.results())} results, {len(project.stale())} out of date")
        if project.notice:
            print(f"  {project.notice}")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Print what is wrong; exit with 1 when anything is."""
    with Project.open(options.file, read_only=True) as project:
        if project.recovery is not None:
            raise AtelierError(project.notice)
        wrong = project.verify()
    for sentence in wrong:
        print(sentence)
    print(f"{options.file.name}: {'whole' if not wrong else f'{len(wrong)} things are wrong'}")
    return 1 if wrong else 0


def save(options: argparse.Namespace) -> int:
    """Recover into a new file and print what was lost."""
    path: Path = options.file
    into = options.into or path.with_name(f"{path.stem} (recovered){path.suffix}")
    report = recover(path, into)
    print(f"{into}: {len(report.documents)} documents and {report.assets} assets were saved.")
    for sentence in report.lost:
        print(f"  lost: {sentence}")
    return 0


def compact(options: argparse.Namespace) -> int:
    """Compact and print what was won."""
    with Project.open(options.file) as project:
        won = project.compact()
    _say_published(project)
    print(f"{options.file.name}: {max(0, won):,} bytes smaller.")
    return 0


def collect(options: argparse.Namespace) -> int:
    """Collect external media and print how many."""
    with Project.open(options.file) as project:
        count = project.collect(options.beside)
    _say_published(project)
    print(f"{options.file.name}: {count} files collected.")
    return 0


def publish(options: argparse.Namespace) -> int:
    """Publish what a crash or a share that was gone left on this computer, or list it; exit with 1 when that fails."""
    if options.file is None:
        waiting = [copy.target for copy in working.every() if not copy.clean]
        for path in waiting:
            print(path)
        print(f"{len(waiting)} projects have edits that are only on this computer.")
        return 0
    with Project.open(options.file) as project:
        project.publish()
    print(f"{project.path}: {'everything is there' if project.published else 'not everything is there'}.")
    return 0 if project.published else 1


def _say_published(project: Project) -> None:
    state = project.publication
    if state is not None and not state.published:
        print(state.notice)


def _when(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))

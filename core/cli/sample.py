"""``atelier sample --out out``: the sample campaign, from a photo to three finished ads and an editable project."""

import argparse
import tempfile
from pathlib import Path

from core import samples
from core.cli.console import finished
from core.cli.operations import Commands
from core.cli.run import write
from core.project.project import Project
from core.values import AtelierError, reason


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("sample", help="make the sample campaign: one ad in three sizes, and its project")
    parser.add_argument("--out", default="out", type=Path, metavar="FOLDER", help="where the files go (out)")
    parser.add_argument("--language", default="en", choices=sorted(samples.COPY), help="of the copy (en)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the campaign and say where each file is."""
    out: Path = options.out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AtelierError(
            "The folder “{path}” cannot be made: {reason}.", path=str(out), reason=reason(error)
        ) from None
    made: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="atelier-sample-") as name:
        folder = Path(name)
        with Project.create(folder / "coffee.atelier", title="Coffee campaign") as project:
            sample = samples.prepare(project, options.language)

            def materialise(digest: str) -> Path:
                return project.materialise(digest, folder)

            with finished(sample.recipe, materialise, project.assets_of, title=sample.recipe.title) as result:
                samples.adopt(project, sample, result.outputs, result.model_hashes)
                for form in samples.FORMATS:
                    suffix = ".png" if form.name == "square" else ".jpg"
                    target = out / f"coffee-{form.name}-{form.width}x{form.height}{suffix}"
                    write(Path(result.outputs[sample.files[form.name]].path), target, "file")
                    made.append(target)
        made.append(out / "coffee.atelier")
        write(folder / "coffee.atelier", made[-1], "file")
    for path in made:
        print(path)
    return 0

"""``atelier export FILE --out a.png --out b.psd``: a picture, layered file or project, as other files."""

import argparse
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from core.cli.artboards import TOKEN, Part, parts
from core.cli.console import finished
from core.cli.operations import Commands
from core.cli.run import PICTURES, write
from core.documents.base import encode_document
from core.documents.image import ImageDocument
from core.engine.cache import file_digest
from core.operations.base import Asset, Input, Output
from core.operations.image import Export, ExportDocument, ImportFile, ImportLayers, RenderDocument
from core.operations.recipe import Recipe, Step
from core.project.media import HEAD, LAYERED_TYPES, media_type
from core.project.project import Project
from core.values import AtelierError, reason

DOCUMENTS = {".psd": "psd", ".ora": "ora", ".pdf": "pdf", ".svg": "svg"}
"""File name endings that a document with layers can be written as."""


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "export",
        help="write a picture, a PSD, OpenRaster or PDF file, or a document of a project as other files",
        epilog="Each --out is one file; its ending says its format. --scale holds for the pictures among them. "
        "{artboard} in a name stands for each artboard of the document, which become files of their own size.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a picture, a layered file, or an .atelier project")
    parser.add_argument("--out", action="append", required=True, type=Path, metavar="FILE", help="a file to write")
    parser.add_argument("--artboards", action="store_true", help="make each artboard a page of a PDF")
    parser.add_argument("--document", metavar="TITLE", help="which document of a project (the first)")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="which page of a PDF (1)")
    parser.add_argument("--resolution", type=float, default=300.0, metavar="PPI", help="at which a PDF is drawn (300)")
    parser.add_argument("--scale", type=float, default=1.0, metavar="FACTOR", help="how large pictures become (1)")
    parser.add_argument("--size", metavar="WxH", help="exact pixels: the picture fills them and is cut at its edges")
    parser.add_argument("--quality", type=int, default=92, metavar="1-100", help="of JPEG, WebP and AVIF files (92)")
    parser.add_argument(
        "--depth", type=int, choices=(8, 16, 32), help="bits a channel, where a format holds them (the document's)"
    )
    parser.add_argument("--background", default="#ffffff", metavar="#RRGGBB", help="behind a JPEG (#ffffff)")
    parser.add_argument(
        "--keep-profile",
        action="store_true",
        help="keep the colour profile of a PSD or of a project’s document (otherwise: sRGB)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files and say what other programs will see differently."""
    for path in options.out:
        _check(path)
    with ExitStack() as stack:
        if options.file.suffix.lower() == ".atelier":
            project = stack.enter_context(Project.open(options.file, read_only=True))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="atelier-export-")))
            for part in parts(_document(project, options), options.out):
                _write_document(options, project, folder, part)
        else:
            digest = _digest(options.file)
            steps, source = _read(options, digest)
            if any(TOKEN in path.name for path in options.out):
                raise AtelierError("“{name}” is no project: only those have artboards.", name=options.file.name)
            _write(options, options.out, steps, source, lambda _: options.file.absolute(), None)
    return 0


def _write_document(options: argparse.Namespace, project: Project, folder: Path, part: Part) -> None:
    document, sized = part.document, folder / "document"
    sized.write_bytes(encode_document(_sized(document, options.size)))
    digest = file_digest(sized)

    def materialise(wanted: str) -> Path:
        return sized if wanted == digest else project.materialise(wanted, folder)

    def assets_of(wanted: str) -> Iterable[str]:
        return document.assets() if wanted == digest else project.assets_of(wanted)

    _write(options, part.outs, [], Asset(hash=digest), materialise, assets_of)


def _check(path: Path) -> None:
    if path.suffix.lower() not in {**PICTURES, **DOCUMENTS}:
        known = ", ".join({**PICTURES, **DOCUMENTS})
        raise AtelierError("“{name}” ends in none of {formats}.", name=path.name, formats=known)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise AtelierError(
            "The file “{path}” cannot be written: its folder does not exist, or it is a folder itself.", path=str(path)
        )


def _document(project: Project, options: argparse.Namespace) -> ImageDocument:
    entries = [entry for entry in project.documents() if entry.kind == "image"]
    wanted = [entry for entry in entries if options.document in (None, entry.title, entry.id)]
    if not wanted:
        titles = ", ".join(f"“{entry.title}”" for entry in entries) or "none"
        raise AtelierError(
            "There is no such picture in “{name}”; it has {titles}.", name=options.file.name, titles=titles
        )
    document = project.document(wanted[0].id)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A {kind} document cannot be exported as a picture.", kind=document.kind)
    return document


def _sized(document: ImageDocument, size: str | None) -> ImageDocument:
    """Return the document cut to the proportions of ``size`` and scaled to it."""
    if size is None:
        return document
    from core.documents.image_place import crop, scale_document  # the compositor's fonts, when they are needed
    from core.raster.bounds import content_size

    width, height = _parse_size(size)
    across = min(document.width, max(1, round(document.height * width / height)))
    down = min(document.height, max(1, round(document.width * height / width)))
    left, top = (document.width - across) // 2, (document.height - down) // 2
    return scale_document(crop(document, (left, top, left + across, top + down)), width, height, content_size)


def _parse_size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text.strip().lower())
    if found is None or not int(found[1]) or not int(found[2]):
        raise AtelierError("A size is written as 1080x1080, not “{text}”.", text=text)
    return int(found[1]), int(found[2])


def _digest(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be read: {reason}.", path=str(path), reason=reason(error)
        ) from None


def _read(options: argparse.Namespace, digest: str) -> tuple[list[Step], Input]:
    """Return the steps that read a file, and what they put out: a document, or a picture."""
    path: Path = options.file
    with path.open("rb") as stream:
        kind = media_type(stream.read(HEAD), path.name)
    if options.size is not None:
        raise AtelierError("--size is for documents of a project; use --scale for “{name}”.", name=path.name)
    if kind in LAYERED_TYPES:
        read: Any = ImportLayers(
            file=Asset(hash=digest),
            name=path.name,
            page=options.page,
            resolution=options.resolution,
            keep_profile=options.keep_profile,
        )
        return [Step("open", read)], Output(step="open", name="document")
    wanted = [out for out in options.out if out.suffix.lower() in DOCUMENTS]
    if wanted or options.scale != 1:
        raise AtelierError("“{name}” has no layers: it can be written as a picture of its own size.", name=path.name)
    opened = ImportFile(file=Asset(hash=digest), name=path.name, deep=options.depth != 8)
    return [Step("open", opened)], Output(step="open", name="image")


def _write(
    options: argparse.Namespace,
    outs: list[Path],
    steps: list[Step],
    source: Input,
    materialise: Callable[[str], Path],
    assets_of: Callable[[str], Iterable[str]] | None,
) -> None:
    picture = source
    depth: Any = options.depth or 0
    is_document = isinstance(source, Asset) or source.name == "document"
    if is_document and any(path.suffix.lower() in PICTURES for path in outs):
        steps.append(Step("compose", RenderDocument(document=source, scale=options.scale, depth=depth)))
        picture = Output(step="compose", name="image")
    results: list[Output] = []
    for index, path in enumerate(outs):
        suffix, name = path.suffix.lower(), f"export-{index}"
        if suffix in DOCUMENTS:
            made: Any = ExportDocument(
                document=source,
                format=DOCUMENTS[suffix],  # type: ignore[arg-type]
                depth=depth,
                to_srgb=not options.keep_profile,
                artboards=options.artboards,
            )
            results.append(Output(step=name, name="info"))
        else:
            made = Export(
                image=picture,
                format=PICTURES[suffix],  # type: ignore[arg-type]
                depth=depth,
                quality=options.quality,
                background=options.background,
                document=source if is_document else None,
                to_srgb=not options.keep_profile,
            )
        steps.append(Step(name, made, f"Write {path.name}"))
        results.append(Output(step=name, name="file"))
    if steps[0].id == "open":
        results.append(Output(step="open", name="info"))
    recipe = Recipe(tuple(steps), tuple(results), "Export")
    with finished(recipe, materialise, assets_of, title="Export") as done:
        for index, path in enumerate(outs):
            write(Path(done.outputs[f"export-{index}.file"].path), path, "file")
        for key, output in done.outputs.items():
            if key.endswith(".info"):
                for note in msgspec.json.decode(Path(output.path).read_bytes()).get("notes", []):
                    print(_sentence(note))


def _sentence(note: Any) -> str:
    from core.engine.protocol import unpack_message
    from core.values import Message

    return str(unpack_message(Message, note)) if isinstance(note, list) else str(note)

"""What falls into the window: each thing goes where it belongs, or one sentence says why it does not."""

import asyncio
import enum
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint

from core.project.media import HEAD, LAYERED_TYPES, media_type
from core.values import AtelierError, reason
from desktop import i18n
from desktop.panel import Panel
from desktop.project_commands import SUFFIX, ProjectCommands
from desktop.project_fonts import keep_font
from desktop.session import Session

MAX_FOLDER = 500
"""A folder with more files than this is not taken in whole: it is more likely a mistake."""


class Kind(enum.StrEnum):
    """What a dropped file is."""

    PROJECT = "project"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"
    MIDI = "midi"
    FONT = "font"
    TABLE = "table"
    MODEL = "model"
    REFUSED = "refused"


@dataclass(frozen=True)
class Dropped:
    """A file, what it is, and why it is refused where it is."""

    path: Path
    kind: Kind
    reason: str = ""


@dataclass
class Sorted:
    """Everything that was dropped, by what it is."""

    by_kind: dict[Kind, list[Dropped]] = field(default_factory=dict)

    def of(self, *kinds: Kind) -> list[Dropped]:
        """Return what is of those kinds."""
        return [item for kind in kinds for item in self.by_kind.get(kind, [])]


def classify(path: Path) -> Dropped:
    """Say what the file at ``path`` is, by its first bytes and only then by its name. Worker thread."""
    translate = QCoreApplication.translate
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # to read from a pipe is to wait for ever
            return Dropped(path, Kind.REFUSED, translate("drops", "“{name}” is not a file.").format(name=path.name))
        with path.open("rb") as file:
            head = file.read(HEAD)
        size = status.st_size
    except OSError as error:
        text = translate("drops", "“{name}” cannot be read: {why}.")
        return Dropped(path, Kind.REFUSED, text.format(name=path.name, why=i18n.said(error)))
    if size == 0:
        return Dropped(path, Kind.REFUSED, translate("drops", "“{name}” is empty.").format(name=path.name))
    if head.startswith(b"SQLite format 3\0"):
        if path.suffix.lower() == SUFFIX:
            return Dropped(path, Kind.PROJECT)
        text = translate("drops", "“{name}” is a database, but not an Atelier project.")
        return Dropped(path, Kind.REFUSED, text.format(name=path.name))
    model = _model(path, head)
    if model is not None:
        return model
    kind = media_type(head, path.name)
    if path.suffix.lower() == ".cube" and kind.startswith("text/"):
        return Dropped(path, Kind.TABLE)
    found = _by_media_type(kind)
    if found is not None:
        return Dropped(path, found)
    text = translate("drops", "“{name}” is of a kind that Atelier has no use for ({type}).")
    return Dropped(path, Kind.REFUSED, text.format(name=path.name, type=kind))


def _by_media_type(kind: str) -> Kind | None:
    if kind in ("audio/midi", "audio/x-midi"):
        return Kind.MIDI
    if kind == "application/json":
        return Kind.TEXT
    if kind in LAYERED_TYPES:
        return Kind.IMAGE
    whole = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO, "text": Kind.TEXT, "font": Kind.FONT}
    return whole.get(kind.partition("/")[0])


def _model(path: Path, head: bytes) -> Dropped | None:
    """Tell model files by their header. A pickle can run any code when it is read, so it is never taken."""
    translate = QCoreApplication.translate
    suffix = path.suffix.lower()
    zipped_pickle = head.startswith(b"PK\x03\x04") and b"data.pkl" in head
    pickled = head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")
    if zipped_pickle or pickled or suffix in (".ckpt", ".pt", ".pth", ".pkl", ".pickle"):
        text = translate(
            "drops",
            "“{name}” is a pickle, which could run any code when it is read; use a safetensors, GGUF or ONNX file.",
        )
        return Dropped(path, Kind.REFUSED, text.format(name=path.name))
    safetensors = len(head) > 9 and head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 100_000_000
    if head.startswith(b"GGUF") or (safetensors and suffix == ".safetensors") or suffix == ".onnx":
        return Dropped(path, Kind.MODEL)
    return None


def gather(paths: Iterable[Path]) -> tuple[list[Path], str]:
    """Return the files in ``paths``, folders walked through, and a sentence if a folder was too large."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside: list[Path] = []
        for found in sorted(path.rglob("*")):
            if found.is_file() and not any(part.startswith(".") for part in found.relative_to(path).parts):
                inside.append(found)
            if len(inside) > MAX_FOLDER:
                text = QCoreApplication.translate("drops", "“{name}” holds more than {n} files; drop a smaller folder.")
                return files, text.format(name=path.name, n=MAX_FOLDER)
        files += inside
    return files, ""


def _sort(paths: list[Path]) -> tuple[Sorted, str]:
    files, problem = gather(paths)
    found = Sorted()
    for path in files:
        item = classify(path)
        found.by_kind.setdefault(item.kind, []).append(item)
    return found, problem


class Drops(QObject):
    """Takes files from the outside world."""

    def __init__(self, session: Session, files: ProjectCommands) -> None:
        super().__init__(files)
        self._session = session
        self._files = files

    async def take(self, paths: list[Path], panel: Panel | None = None, at: QPoint | None = None) -> None:
        """Bring ``paths`` in. With a ``panel`` pictures go into its document, else each becomes its own."""
        found, problem = await asyncio.to_thread(_sort, paths)
        said = [problem] if problem else []
        projects = found.of(Kind.PROJECT)
        if projects:
            await self._files.open_project(projects[0].path)
            panel = None  # it went with the project that was open
            if len(projects) > 1:
                said.append(
                    self.tr("One project is open at a time; “{name}” was opened.").format(name=projects[0].path.name)
                )
        said += await self._take_media(found)
        said += await self._take_fonts(found, panel)
        said += await self._take_tables(found, panel)
        said += [self._model_sentence(item) for item in found.of(Kind.MODEL)]
        said += [item.reason for item in found.of(Kind.REFUSED)]
        if said:
            refused = bool(problem or found.of(Kind.REFUSED))
            more = self.tr(" And {n} more.").format(n=len(said) - 2) if len(said) > 2 else ""
            self._session.say(" ".join(said[:2]) + more, "warn" if refused else "info")
        images = [item.path for item in found.of(Kind.IMAGE)]
        if images and panel is not None:
            await self._files.place(images, panel, at)
        elif images:
            await self._files.open_images(images)

    async def _take_media(self, found: Sorted) -> list[str]:
        items = found.of(Kind.AUDIO, Kind.VIDEO, Kind.TEXT, Kind.MIDI)
        if not items:
            return []
        self._files.ensure_project(items[0].path.stem)
        for item in items:
            await self._session.import_file(item.path)
        if len(items) == 1:
            return [self.tr("“{name}” is in Assets now.").format(name=items[0].path.name)]
        return [self.tr("{n} files are in Assets now.").format(n=len(items))]

    async def _take_fonts(self, found: Sorted, panel: Panel | None) -> list[str]:
        said: list[str] = []
        for item in found.of(Kind.FONT):
            self._files.ensure_project(item.path.stem)
            try:
                data = await asyncio.to_thread(item.path.read_bytes)
            except OSError as error:
                raise AtelierError(
                    "“{name}” cannot be read: {reason}.", name=item.path.name, reason=reason(error)
                ) from None
            family = await asyncio.to_thread(keep_font, data)
            if not family:
                said.append(self.tr("“{name}” is not a font that can be read.").format(name=item.path.name))
                continue
            await self._session.import_file(item.path)
            self._session.fonts_changed.emit()
            if panel is not None:
                panel.show_font(family)
            said.append(self.tr("The font {family} can be used in this project now.").format(family=family))
        return said

    async def _take_tables(self, found: Sorted, panel: Panel | None) -> list[str]:
        """Bring colour tables in; on a picture each becomes a layer that uses it."""
        from core.raster.cube import check_file  # numpy, when a table is there to be read

        said: list[str] = []
        for item in found.of(Kind.TABLE):
            await asyncio.to_thread(check_file, item.path)
            self._files.ensure_project(item.path.stem)
            digest = await self._session.import_file(item.path)
            if panel is None or not panel.show_colour_table(digest, item.path.name):
                said.append(self.tr("“{name}” is in Assets now.").format(name=item.path.name))
        return said

    def _model_sentence(self, item: Dropped) -> str:
        return self.tr(
            "“{name}” is a safe model file, but nothing in this version runs models of your own yet."
        ).format(name=item.path.name)

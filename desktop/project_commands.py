"""What the File menu does: making, opening, saving and closing projects, and bringing files in.

Nothing here asks whether to save: a project is in its file from the first moment. One without a name of its own
lives in the data folder until *Save as* moves it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.documents.base import Document
from core.project import places
from core.project.project import Project
from core.project.publishing import Publication
from core.values import AtelierError
from desktop import i18n, imports
from desktop import settings as stored
from desktop.panel import Panel
from desktop.session import Session

if TYPE_CHECKING:
    from core.documents.image import ImageDocument
    from desktop.stage import Stage

SUFFIX = ".atelier"
IMAGE_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".gif", ".hdr", ".exr", ".svg"),
    *(".psd", ".psb", ".ora", ".pdf"),
)


class ProjectCommands(QObject):
    """Commands on whole projects."""

    _published = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._where: Path | None = None
        self._told = ""
        self._published.connect(self._on_published)
        session.open_page.connect(lambda *what: session.spawn(self._open_page(*what)))
        self._stage: Stage

    def use_stage(self, stage: "Stage") -> None:
        """Show documents on ``stage`` from now on; the window says so once, while it is built."""
        self._stage = stage
        self._session.show_document.connect(stage.open_document)

    # Making and opening

    def new_project(self, title: str = "") -> Project:
        """Make an empty project in the data folder and open it."""
        path = untitled_path()
        project = Project.create(path, title=title)
        self._take(project, recent=True)
        return project

    def ensure_project(self, title: str = "") -> Project:
        """Return the open project, a new one when there is none."""
        return self._session.project or self.new_project(title)

    def new_image(self) -> None:
        """Ask for a size and make an empty picture of it, in a new project when none is open."""
        from desktop.new_image import NewImageDialog

        dialog = NewImageDialog(self._window)
        if not dialog.exec():
            return
        choice = dialog.choice()
        self.ensure_project(choice.title)
        document = self._stage.panel_for("image").new_document(choice.title, choice.width, choice.height, choice.colour)
        self._session.commit("New image", document)
        self._stage.open_document(document.id)

    def browse(self) -> None:
        """Ask for a project or a picture, and open it."""
        names = self.tr("Projects and pictures")
        patterns = " ".join(f"*{s}" for s in (SUFFIX, *IMAGE_SUFFIXES))
        text, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open"), self._folder(), f"{names} ({patterns});;{self.tr('All files')} (*)"
        )
        if text:
            self._session.spawn(self.open_path(Path(text)))

    async def open_path(self, path: Path) -> None:
        """Open a project; a picture becomes a document of its own. Raises :class:`AtelierError`."""
        if path.suffix.lower() == SUFFIX:
            await self.open_project(path)
        else:
            await self.open_images([path])

    async def open_project(self, path: Path) -> None:
        """Open a project file in place of the one that is open."""
        current = self._session.project
        if current is not None and _same(current.path, path):
            return
        try:
            project = await asyncio.to_thread(Project.open, path)
        except AtelierError:
            if not path.exists():
                self._session.settings.forget(path)
            raise
        self._take(project, recent=True)
        notice = project.notice
        if project.recovery is not None or notice:
            self._session.say(
                i18n.said(notice) or self.tr("This project was damaged; what could be read is open."), "warn"
            )

    async def open_images(self, paths: Sequence[Path]) -> None:
        """Read pictures and give each a document of its own, in the open project or in a new one."""
        project = self.ensure_project(paths[0].stem if len(paths) == 1 else "")
        documents: list[Document] = []
        paths, drawings = await self._drawings(paths)
        try:
            documents += [msgspec.structs.replace(one, title=path.stem) for path, one in drawings]
            read = self._session.import_picture
            async for path, found in self._read(paths, lambda again: self.open_images([again]), read):
                if isinstance(found, str):
                    found = self._stage.panel_for("image").document_from(found, path.stem)
                documents.append(found)
        finally:
            if documents and self._session.project is project:
                label = "Open picture" if len(documents) == 1 else "Open pictures"
                self._session.commit(label, *documents)
                self._stage.open_documents([document.id for document in documents])

    async def place(self, paths: Sequence[Path], panel: Panel, at: QPoint | None = None) -> None:
        """Read pictures and put each into the document that ``panel`` shows. Simple drawings arrive as shapes."""
        paths, drawings = await self._drawings(paths)
        for path, drawing in drawings:
            if not panel.place_shapes(drawing, path.stem, at):
                paths = [*paths, path]
        read = partial(self._session.import_image, into=panel.profile())
        async for path, found in self._read(paths, self._place_again, read):
            if isinstance(found, str):
                panel.place(found, path.stem, at)

    async def _open_page(self, digest: str, page: int, resolution: float) -> None:
        """Open another page of a PDF that is in the project already."""
        document = await imports.document_of(self._session, digest, page=page, resolution=resolution)
        self._session.commit("Open picture", document)
        self._stage.open_document(document.id)

    async def _place_again(self, path: Path) -> None:
        panel = self._stage.panel
        await (self.open_images([path]) if panel is None else self.place([path], panel))

    async def _drawings(self, paths: Sequence[Path]) -> "tuple[list[Path], list[tuple[Path, ImageDocument]]]":
        """Read those of ``paths`` that are SVG as shapes; return the others, and those that are more than shapes.

        What keeps a drawing from being shapes is said; a broken one is left to whoever reads pictures to complain of.
        """
        others: list[Path] = []
        found: list[tuple[Path, ImageDocument]] = []
        for path in paths:
            if path.suffix.lower() not in (".svg", ".svgz"):
                others.append(path)
                continue
            try:
                document, why_not = await self._session.vector_of(await self._session.import_file(path))
            except AtelierError:
                document, why_not = None, ""
            if document is not None:
                found.append((path, document))
                continue
            others.append(path)
            if why_not:
                words = self.tr("“{name}” was drawn as pixels: it holds something that shapes cannot say ({why}).")
                self._session.say(words.format(name=path.name, why=why_not))
        return others, found

    async def _read(
        self,
        paths: Sequence[Path],
        again: Callable[[Path], Awaitable[None]],
        read: Callable[..., Awaitable[str | Document]],
    ) -> AsyncIterator[tuple[Path, str | Document]]:
        """Read pictures one after the other. One that cannot be read keeps no other out: it is said at the end.

        ``again`` is what Jobs does when a person wants one tried again, ``read`` what reads one.
        """
        project = self._session.require()
        problems: list[AtelierError] = []
        for path in paths:
            if self._session.project is not project:
                return
            try:
                found = await read(path, redo=partial(again, path))
            except AtelierError as error:
                problems.append(error)
            else:
                yield path, found
        if len(problems) == 1:
            raise problems[0]
        if problems:
            more = self.tr("{first} And {n} more pictures could not be read.")
            raise AtelierError(more.format(first=i18n.said(problems[0]), n=len(problems) - 1))

    async def sample(self) -> None:
        """Make the sample campaign in a project of its own."""
        from core import samples

        project = self.new_project(self.tr("Sample campaign"))
        sample = await asyncio.to_thread(samples.prepare, project, i18n.language())
        self._session.say(self.tr("The sample is being made; Jobs shows how far it is."))
        task = self._session.start(sample.recipe, title=self.tr("Sample campaign"), origin="sample", redo=self.sample)
        result = await self._session.work.wait(task)
        if self._session.project is not project:
            return
        made = await asyncio.to_thread(samples.adopt, project, sample, result.outputs, result.model_hashes)
        self._session.work.release(task)
        self._session.assets_changed.emit()
        self._session.results_changed.emit()
        for document_id in made:
            self._stage.open_document(document_id)
        self._stage.open_document(made[0])
        self._session.say(self.tr("The sample is ready: one ad in three sizes, every layer of it editable."), "done")

    # Saving and closing

    def save_as(self) -> None:
        """Ask where the project should live from now on, and move it there."""
        path = self._ask_where(self.tr("Save project as"))
        if path is not None:
            self._session.spawn(self.move_to(path))

    def save_copy(self) -> None:
        """Ask for a name and write a copy of the project as it is now."""
        path = self._ask_where(self.tr("Save a copy"))
        if path is not None:
            self._session.spawn(self.copy_to(path))

    async def move_to(self, path: Path) -> None:
        """Let the project live in ``path``; one from the data folder does not stay there."""
        project = self._session.require()
        old = project.path
        await asyncio.to_thread(project.save_as, path)
        project.title = path.stem
        settings = self._session.settings
        if is_untitled(old) and not _same(old, path):
            old.unlink(missing_ok=True)
            settings.forget(old)
        settings.remember(path)
        stored.save(settings)
        self._where = path
        self._session.history_changed.emit()
        self._session.project_moved.emit()
        self._session.say(self.tr("Saved as {name}.").format(name=path.name), "done")

    async def copy_to(self, path: Path) -> None:
        """Write a copy of the project to ``path``; the open project stays where it is."""
        await asyncio.to_thread(self._session.require().copy_to, path)
        self._session.say(self.tr("A copy was written to {name}.").format(name=path.name), "done")

    def close_project(self) -> None:
        """Close the project. A nameless one with nothing in it leaves no file behind."""
        project = self._session.project
        if project is None:
            return
        path = project.path
        empty = is_untitled(path) and not project.documents() and not project.assets()
        if empty:
            self._session.settings.forget(path)
        self._session.close_project()
        if not project.published:
            self._session.say(
                self.tr("“{name}” is kept on this computer, and is published when it is opened again.").format(
                    name=path.name
                ),
                "warn",
            )
        if empty:
            with contextlib.suppress(OSError):
                path.unlink()
        stored.save(self._session.settings)

    def _take(self, project: Project, *, recent: bool) -> None:
        self.close_project()
        if recent:
            self._session.settings.remember(project.path)
            stored.save(self._session.settings)
        self._session.adopt_project(project)
        self._where, self._told = project.path, project.notice
        # It is published on a thread of its own; a signal brings the news to this one.
        project.subscribe_publication(self._on_publication)

    def _on_publication(self, state: Publication) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone already
            self._published.emit(state)

    def _on_published(self, state: Publication) -> None:
        """Say once what is wrong with publishing, and follow the project to another file after a conflict."""
        project = self._session.project
        if project is None or project.path != state.target:
            return
        if state.notice and state.notice != self._told:
            self._session.say(i18n.said(state.notice), "warn")
        self._told = state.notice
        if self._where is not None and not _same(self._where, state.target):
            self._session.settings.remember(state.target)
            stored.save(self._session.settings)
            self._session.project_moved.emit()
        self._where = state.target

    def _ask_where(self, title: str) -> Path | None:
        project = self._session.require()
        name = project.title or (project.path.stem if not is_untitled(project.path) else self.tr("Untitled"))
        start = str(Path(self._folder()) / f"{name}{SUFFIX}")
        text, _ = QFileDialog.getSaveFileName(self._window, title, start, f"{self.tr('Atelier projects')} (*{SUFFIX})")
        if not text:
            return None
        path = Path(text)
        return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)

    def _folder(self) -> str:
        for text in self._session.settings.recent:
            path = Path(text)
            if not is_untitled(path) and path.parent.is_dir():
                return str(path.parent)
        return str(Path.home())


def projects_folder() -> Path:
    """Return where projects without a name of their own live."""
    folder = places.data() / "projects"
    folder.mkdir(exist_ok=True)
    return folder


def untitled_path() -> Path:
    """Return a file name in the data folder that is not taken."""
    folder = projects_folder()
    number = 1
    while (path := folder / f"Untitled {number}{SUFFIX}").exists():
        number += 1
    return path


def is_untitled(path: Path) -> bool:
    """Return whether ``path`` is a project that was never given a name."""
    return path.parent == projects_folder()


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first == second

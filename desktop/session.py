"""The open project and the core process, as the window and its panels see them.

One :class:`Session` lives as long as the window. All of it is used on the GUI thread; what takes time is awaited.
Every edit goes through :meth:`Session.commit`, so that it is in the project file before the next one begins.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from core.documents import smart
from core.documents.base import Document
from core.engine.jobs import JobCancelled, RecipeResult
from core.engine.protocol import Activity, CoreState
from core.operations.base import Asset, Lane, Operation
from core.operations.recipe import Recipe, single
from core.project.media import LAYERED_TYPES
from core.project.project import Change, DocumentEntry, Project
from core.values import AtelierError, Message, new_id
from desktop import imports
from desktop.action_shelf import Shelf
from desktop.i18n import said
from desktop.panel import Source
from desktop.project_fonts import keep_fonts, let_fonts_go
from desktop.settings import Settings
from desktop.work import Redo, Task, Work

if TYPE_CHECKING:
    from core.documents.image import ImageDocument
    from desktop.core_client import Core

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """Something to say in a quiet banner. ``level`` is ``info``, ``done``, ``warn`` or ``error``."""

    text: str
    level: str = "info"
    action: str = ""
    """Words on the button, if something can be done about it."""
    run: Callable[[], object] | None = None


@dataclass(frozen=True)
class Made:
    """A result that was taken into the project."""

    result_id: str
    recipe: Recipe
    operation: Operation
    """The operation of the last step: what was asked for."""
    outputs: Mapping[str, str]
    """Name of each output of that step to the hash of its asset."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Field of the operation to the layer its input came from."""


class Session(QObject):
    """The open project, the core, and what is said about them."""

    project_changed = Signal()
    """Another project is open now, or none."""
    project_moved = Signal()
    """The open project lives in another file now, or has another name."""
    document_changed = Signal(str)
    """A committed change of that document, whatever brought it about: an edit, undo, a restored snapshot."""
    documents_changed = Signal()
    """A document was added, removed or renamed."""
    history_changed = Signal()
    stepped = Signal(tuple)
    """Undo or redo changed these documents, which are all there."""
    assets_changed = Signal()
    results_changed = Signal()
    fonts_changed = Signal()
    """The project holds another font: texts set in it look different now."""
    open_page = Signal(str, int, float)
    """A person wants that page of a PDF asset as a document, at so many pixels to the inch."""
    show_document = Signal(str)
    """A person wants that document of the project in front."""
    notice = Signal(object)
    """A :class:`Notice` for the banner."""
    _committed = Signal(object)

    def __init__(self, settings: Settings, core: "Core", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.core = core
        self.project: Project | None = None
        self.work = Work(core, self)
        self.actions = Shelf(self)
        self._unsubscribe: Callable[[], None] | None = None
        self._entries: tuple[DocumentEntry, ...] = ()
        self._running: set[asyncio.Task[Any]] = set()
        self._committed.connect(self._on_committed)
        self._core_said = ""
        core.state_changed.connect(self._on_core)

    # The project

    def require(self) -> Project:
        """Return the open project; raises :class:`AtelierError` when there is none."""
        if self.project is None:
            raise AtelierError("No project is open: open one, or make a new one, first.")
        return self.project

    def adopt_project(self, project: Project) -> None:
        """Make ``project`` the open one; the one before is closed."""
        self.close_project()
        self.project = project
        keep_fonts(project)
        self.core.set_project(project)
        # Commits may happen on any thread; a signal brings the news to this one.
        self._unsubscribe = project.subscribe(self._committed.emit)
        self._entries = project.documents()
        self.project_changed.emit()

    def close_project(self) -> None:
        """Close the open project, if there is one. Everything in it is saved already."""
        if self.project is None:
            return
        self.work.cancel_all()
        if self._unsubscribe is not None:
            self._unsubscribe()
        project, self.project = self.project, None
        let_fonts_go()
        self.core.set_project(None)
        self._entries = ()
        self.project_changed.emit()
        project.close()

    def document(self, document_id: str) -> Document:
        """Return the newest revision of a document; raises :class:`AtelierError` when it is not there."""
        return self.require().document(document_id)

    def commit(self, label: str, *documents: Document, merge: str | None = None) -> None:
        """Write ``documents`` into the project as one undoable step.

        ``label`` is what History and Undo show, in English, translated in the context ``history`` where shown.
        Edits with the same ``merge`` key that follow each other within two seconds become one step (a drag, a
        burst of typing); None never merges. Documents that show one of them in a smart layer follow in the same
        step. Raises :class:`AtelierError` when it cannot be written.
        """
        project = self.require()
        others = (project.document(entry.id) for entry in project.documents())
        with project.transaction(label, merge=merge) as transaction:
            for document in smart.followed(documents, others, project.put_document):
                transaction.put(document)

    def remove_document(self, label: str, document_id: str) -> None:
        """Take a document out of the project, as an undoable step."""
        with self.require().transaction(label) as transaction:
            transaction.remove(document_id)

    def undo(self) -> None:
        """Step back, whichever document it was."""
        if self.project is not None and self.project.can_undo:
            self.project.undo()

    def redo(self) -> None:
        """Step forward again."""
        if self.project is not None and self.project.can_redo:
            self.project.redo()

    def _on_committed(self, change: Change) -> None:
        if self.project is None:
            return
        entries = self.project.documents()
        moved = entries != self._entries
        self._entries = entries
        present = {entry.id for entry in entries}
        if moved:
            self.documents_changed.emit()
        for document_id in change.documents:
            if document_id in present:
                self.document_changed.emit(document_id)
        self.history_changed.emit()
        stepped = tuple(i for i in change.documents if i in present)
        if change.reason in ("undo", "redo") and stepped:
            self.stepped.emit(stepped)

    # Work

    def start(
        self,
        operation: Operation | Recipe,
        *,
        title: str = "",
        lane: Lane | None = None,
        sources: Mapping[str, Source] | None = None,
        origin: str = "",
        redo: Redo | None = None,
    ) -> Task:
        """Have the core do ``operation`` and return at once. Raises :class:`AtelierError` when it makes no sense."""
        recipe = operation if isinstance(operation, Recipe) else single(operation)
        return self.work.start(recipe, title=title, lane=lane, sources=sources, origin=origin, redo=redo)

    def retry(self, task: Task) -> None:
        """Do again what a task that failed or was stopped was for."""
        if task.redo is None:
            self.work.retry(task)
        else:
            self.work.remove(task)
            self.spawn(task.redo())

    async def make(self, operation: Operation | Recipe, **options: Any) -> "Made":
        """Have the core do ``operation`` and take what it made into the project; options as of :meth:`start`.

        Raises :class:`AtelierError` with a sentence when it fails, :class:`JobCancelled` when it is stopped.
        """
        project = self.require()
        task = self.start(operation, **options)
        result = await self.work.wait(task)
        if self.project is not project:
            raise JobCancelled(task.title)
        made = await self.adopt(task.recipe, result, task.sources)
        self.work.release(task)
        return made

    async def adopt(self, recipe: Recipe, result: RecipeResult, sources: Mapping[str, Source] | None = None) -> Made:
        """Take the files of ``result`` into the project with their recipe, and return what came of them."""
        from core.engine.adopt import take_in  # loads the codecs, only when there is a result

        project = self.require()
        outputs = await asyncio.to_thread(take_in, project, result.outputs, recipe.title)
        result_id = project.record(recipe, outputs, model_hashes=result.model_hashes, seconds=result.seconds)
        bound = {name: (s.document, s.layer) for name, s in (sources or {}).items() if s.layer and s.own}
        if bound:
            project.bind(result_id, bound)
        last = recipe.steps[-1]
        named = {key.partition(".")[2]: value for key, value in outputs.items() if key.partition(".")[0] == last.id}
        self.assets_changed.emit()
        self.results_changed.emit()
        return Made(result_id, recipe, last.operation, named, dict(sources or {}))

    async def import_image(self, path: Path, redo: Redo | None = None, into: str | None = None) -> str:
        """Read a picture file through the core; return the hash of its raster in the project.

        The file itself is kept in the project too, so that nothing of it is lost. ``redo`` as of :class:`Task`,
        ``into`` as of :meth:`raster_of`.
        """
        return await self.raster_of(await self.import_file(path), redo, into)

    async def import_file(self, path: Path) -> str:
        """Put a file into the project as an asset; return its hash."""
        digest = await asyncio.to_thread(self.require().add_file, path)
        self.assets_changed.emit()
        return digest

    async def raster_of(self, digest: str, redo: Redo | None = None, into: str | None = None) -> str:
        """Return the raster of a picture asset: itself, or what the core reads from an encoded file, layers merged.

        It is in sRGB, or in the ICC profile (an asset) ``into``.
        """
        return await imports.raster_of(self, digest, redo, into)

    async def import_picture(self, path: Path, redo: Redo | None = None) -> str | Document:
        """Read a picture file through the core; see :meth:`picture_of`."""
        return await self.picture_of(await self.import_file(path), redo)

    async def picture_of(self, digest: str, redo: Redo | None = None) -> str | Document:
        """Return a new document of an asset with layers or pages, or in another profile that is to be kept.

        Of any other picture, return the hash of a raster in sRGB.
        """
        if self.require().asset(digest).media_type in LAYERED_TYPES:
            return await imports.document_of(self, digest, redo)
        return await imports.picture_of(self, digest, redo)

    async def vector_of(self, digest: str) -> "tuple[ImageDocument | None, str]":
        """Return what an SVG asset holds as a document of shapes, or ``None`` and the words for what keeps it from it.

        The document has no project behind it: its layers are to be put into one, or itself committed.
        """
        from core.documents.base import decode_document
        from core.documents.image import ImageDocument
        from core.documents.image_edits import with_new_ids
        from core.operations.image import ImportVector

        project = self.require()
        info = project.asset(digest)
        recipe = single(ImportVector(file=Asset(hash=digest), name=info.name), title=info.name)
        made = await self.make(recipe, title=self.tr("Open {name}").format(name=info.name), origin="import")
        told = msgspec.json.decode(project.get(made.outputs["info"]), type=dict[str, Any])
        document = decode_document(project.get(made.outputs["document"]))
        if not isinstance(document, ImageDocument) or told.get("why_not"):
            return None, said(Message(str(told.get("why_not", ""))))
        # The same drawing read again is another document, though the core may remember its answer.
        layers = tuple(with_new_ids(layer) for layer in document.layers)
        return msgspec.structs.replace(document, id=new_id(), layers=layers), ""

    def spawn(self, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> None:
        """Run a coroutine from a slot. What goes wrong in it is said in the banner, never lost and never raised."""
        task = asyncio.ensure_future(self._guard(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Stop everything that :meth:`spawn` began and wait for its end: the program is about to end."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    @property
    def busy(self) -> bool:
        """True while something that :meth:`spawn` began is not over."""
        return bool(self._running)

    async def _guard(self, work: Awaitable[Any]) -> None:
        try:
            await work
        except (JobCancelled, asyncio.CancelledError):
            pass
        except Exception as error:
            self.report(error)

    def _on_core(self, state: CoreState) -> None:
        """The core stopped, or cannot be started: say what it was doing."""
        if state.message and state.message != self._core_said:
            self.say(said(state.message), "error" if state.activity is Activity.FAILED else "warn")
        self._core_said = state.message

    def say(self, text: str, level: str = "info", action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show ``text`` in the banner."""
        self.notice.emit(Notice(text, level, action, run))

    def report(self, error: BaseException) -> None:
        """Say what went wrong: its own sentence for an :class:`AtelierError`, a general one for a defect."""
        if isinstance(error, AtelierError):
            self.say(said(error), "error")
            return
        log.error("unexpected error", exc_info=error)
        self.say(
            self.tr("Something went wrong in Atelier; your work is saved. See Help → Report a problem."),
            "error",
        )

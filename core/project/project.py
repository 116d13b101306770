"""The open project: one ``.atelier`` file, its documents, assets, history and results.

A project may be used from any thread. One re-entrant lock (the store's) makes each call atomic; listeners run on the
thread that committed, after the lock is released, so that a listener may wait for another thread that reads.
"""

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from core.documents.base import Document, decode_document, encode_document, from_value, to_value
from core.operations.recipe import Recipe
from core.project import away, folders, moving, upkeep
from core.project.assets import AssetInfo, Assets
from core.project.history import History, Transaction
from core.project.opening import NoLocksError, Opened, create_store
from core.project.packing import pack, unpack
from core.project.publishing import Listener, Publication, Publisher
from core.project.results import Binding, ResultInfo, Results
from core.project.store import DamagedError, Store
from core.project.summary import ProjectSummary, peek
from core.project.upkeep import TILE_TYPE
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError, Message, reason

if TYPE_CHECKING:
    from core.project.recovery import RecoveryReport


class DocumentEntry(msgspec.Struct, frozen=True):
    """A document as lists show it."""

    id: str
    kind: str
    title: str
    position: int


class Change(msgspec.Struct, frozen=True):
    """What was committed: to whom it was done, and why."""

    label: str
    documents: tuple[str, ...]
    reason: str
    """``edit``, ``undo``, ``redo`` or ``restore``."""


class Snapshot(msgspec.Struct, frozen=True):
    """All documents as they were at a moment that got a name; ``time`` is seconds since 1970."""

    name: str
    time: float


class Edit:
    """What a transaction collects until it is committed."""

    def __init__(self) -> None:
        self.changed: dict[str, Document | None] = {}

    def put(self, document: Document) -> None:
        """Write this revision of a document, new or known."""
        self.changed[document.id] = document

    def remove(self, document_id: str) -> None:
        """Take a document out of the project; undo brings it back."""
        self.changed[document_id] = None


class Project:
    """An open ``.atelier`` file. Make one with :meth:`create` or :meth:`open`."""

    def __init__(self, path: Path, opened: Opened) -> None:
        self._path = path
        self._publisher = opened.publisher
        self.notice = opened.notice
        """What a person should know about how the file was opened; empty when there is nothing."""
        self.recovery: RecoveryReport | None = None
        """What was saved and lost, when the file was damaged."""
        self._store = opened.store
        self.assets_store = Assets(self._store, path.absolute().parent)
        self.results_store = Results(self._store)
        self._history = opened.history
        self._scratch = opened.scratch
        self._listeners: list[Callable[[Change], None]] = []
        self._publication_listeners: list[Listener] = []
        self._follow_publisher()

    # Opening and closing

    @classmethod
    def create(cls, path: Path, title: str = "") -> "Project":
        """Make an empty project in a new file. Raises :class:`AtelierError`, also when the file exists already."""
        if not folders.shared(path.parent):
            with contextlib.suppress(NoLocksError):
                return cls._create_here(path, title)
        title = title or path.stem
        return cls(path, away.create_away(path, lambda file: cls._create_here(file, title).close()))

    @classmethod
    def _create_here(cls, path: Path, title: str) -> "Project":
        away.refuse_unpublished(path)
        store = create_store(path)
        try:
            project = cls(path, Opened(store, History(store)))
            project.title = title or path.stem
            store.checkpoint()
        except BaseException:
            store.discard()
            raise
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Project":
        """Open a project. One written by a newer version, or where nothing can be written, opens read-only.

        What can be read of a damaged one is saved into a new file beside it, and that one is opened: see
        :attr:`notice` and :attr:`recovery`. Raises :class:`AtelierError` when it is no project, is open elsewhere,
        or is beyond help; also when a damaged one is to be opened for reading only.

        In a folder that cannot be worked in (a network share, a sync folder) it is worked on in a copy and published
        there by and by: see :attr:`publication`.
        """
        try:
            return cls(path, away.open_anywhere(path, read_only=read_only))
        except DamagedError as error:
            if read_only:
                raise AtelierError(
                    "“{name}” is damaged, or no project: “atelier project recover” saves what can be read of it.",
                    name=path.name,
                ) from error
        report, opened, saved = away.recovered(path)
        project = cls(saved, opened)
        project.recovery = report
        project.notice = Message(
            "“{name}” is damaged. What could be read was saved as “{saved}”; this is it.",
            name=path.name,
            saved=saved.name,
        )
        return project

    def close(self) -> None:
        """Fold everything into one file and give it up. Harmless when closed already.

        What cannot be published now stays in the working copy and is taken up when the project is opened again; then
        :attr:`published` stays false.
        """
        _give_up(self._store, self._publisher, self._scratch)

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file that a person knows. After a conflict in a shared folder it is another."""
        return self._path if self._publisher is None else self._publisher.target

    @property
    def read_only(self) -> bool:
        return self._store.read_only

    # Where it is worked on in a copy

    @property
    def publication(self) -> Publication | None:
        """How far the file is behind what is saved here; ``None`` where the project is worked on in its own file."""
        return None if self._publisher is None else self._publisher.state

    @property
    def published(self) -> bool:
        """Whether everything committed is in the file at :attr:`path`."""
        return self._publisher is None or self._publisher.state.published

    def publish(self) -> None:
        """Bring what is committed to the file at :attr:`path` now; raises :class:`AtelierError` when that fails."""
        if self._publisher is not None:
            self._publisher.publish()

    def subscribe_publication(self, callback: Listener) -> Callable[[], None]:
        """Call ``callback`` when :attr:`publication` is another, on the thread that publishes; return what ends that.

        It goes on when *Save as* brings the project to another place.
        """
        self._publication_listeners.append(callback)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._publication_listeners.remove(callback)

        return unsubscribe

    def _follow_publisher(self) -> None:
        if self._publisher is not None:
            self._publisher.subscribe(self._tell_publication)

    def _tell_publication(self, state: Publication) -> None:
        for listener in tuple(self._publication_listeners):
            listener(state)

    @property
    def title(self) -> str:
        """What the window shows; not part of the history."""
        value = self._store.meta("title")
        return value.decode("utf-8") if value else self.path.stem

    @title.setter
    def title(self, title: str) -> None:
        with self._store.write():
            self._store.set_meta("title", title.encode("utf-8"))

    # Documents

    def documents(self) -> tuple[DocumentEntry, ...]:
        """Return the documents as they are now, in the order in which they were made."""
        rows = self._store.sealed_rows("documents", "ORDER BY position, rowid")
        with self._store.lock:
            return tuple(DocumentEntry(*row) for row in rows if row[0] in self._history.documents)

    def document(self, document_id: str) -> Document:
        """Return the newest revision; raises :class:`AtelierError` when there is no such document."""
        with self._store.lock:
            found = self._history.documents.get(document_id)
        if found is None:
            raise AtelierError("That document is no longer in the project.")
        return found

    @contextlib.contextmanager
    def transaction(self, label: str, merge: str | None = None) -> Iterator[Edit]:
        """Commit what the block puts and removes as one undoable step, at its end; nothing when it raises."""
        edit = Edit()
        yield edit
        with self._store.lock:
            documents = self._history.commit(label, edit.changed, merge)
        if documents:
            self._tell(Change(label, documents, "edit"))

    # History

    @property
    def can_undo(self) -> bool:
        return self.undo_label is not None

    @property
    def can_redo(self) -> bool:
        return self.redo_label is not None

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, in English; ``None`` when there is nothing."""
        with self._store.lock:
            return self._history.label(forward=False)

    @property
    def redo_label(self) -> str | None:
        with self._store.lock:
            return self._history.label(forward=True)

    def undo(self) -> bool:
        """Take the last step back; return whether there was one."""
        return self._step(forward=False)

    def redo(self) -> bool:
        """Bring back what undo took; return whether there was anything."""
        return self._step(forward=True)

    def _step(self, forward: bool) -> bool:
        with self._store.lock:
            label = self._history.label(forward)
            documents = self._history.step(forward)
        if documents is None:
            return False
        self._tell(Change(label or "", documents, "redo" if forward else "undo"))
        return True

    def history(self) -> tuple[Transaction, ...]:
        """Return all steps, oldest first, with those that were undone after the current one."""
        with self._store.lock:
            return self._history.steps()

    def go_to(self, transaction_id: int) -> None:
        """Undo or redo until that step is the current one (0: before all of them that are kept)."""
        with self._store.lock:
            target = transaction_id or self._history.start
            if not self._history.knows(target):
                raise AtelierError("That step is no longer in the history.")
            reason = "redo" if target > self._history.head else "undo"
            changed = self._history.go_to(target)
        if changed:
            self._tell(Change("Go to step", changed, reason))

    def prune(self, before: int) -> int:
        """Forget every step up to and including ``before`` for good; return how many."""
        with self._store.lock:
            return self._history.prune(before)

    def snapshot(self, name: str) -> None:
        """Keep all documents as they are now under ``name``, replacing a snapshot of that name."""
        with self._store.lock, self._store.write():
            states = {key: [d.kind, to_value(d)] for key, d in self._history.documents.items()}
            self._store.put("snapshots", name, time.time_ns() // 1000, pack(states))

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the named snapshots, oldest first."""
        return tuple(Snapshot(row[0], row[1] / 1e6) for row in self._store.sealed_rows("snapshots", "ORDER BY time"))

    def restore(self, name: str) -> None:
        """Bring all documents back to how they were in a snapshot, as one undoable step."""
        row = self._store.one("snapshots", "WHERE name = ?", (name,))
        if row is None:
            raise AtelierError("There is no snapshot named “{name}”.", name=name)
        states: dict[str, tuple[str, Any]] = unpack(row[2])
        label = f"Restore “{name}”"
        with self._store.lock:
            changed: dict[str, Document | None] = dict.fromkeys(self._history.documents)
            changed.update({key: from_value(kind, value) for key, (kind, value) in states.items()})
            documents = self._history.commit(label, changed, None)
        if documents:
            self._tell(Change(label, documents, "restore"))

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``callback`` after each commit, on the committing thread; return what ends that."""
        self._listeners.append(callback)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(callback)

        return unsubscribe

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    # Assets

    def put(self, data: bytes, media_type: str, name: str = "") -> str:
        """Store bytes as an asset; return its hash."""
        return self.assets_store.put(data, media_type, name)

    def put_document(self, document: Document) -> str:
        """Store this revision of a document as an asset, for the core or for a smart layer; return its hash."""
        return self.put(encode_document(document), DOCUMENT_TYPE, name=document.title)

    def get(self, digest: str) -> bytes:
        """Return an asset's bytes, checked; raises :class:`AtelierError`."""
        return self.assets_store.get(digest)

    def has(self, digest: str) -> bool:
        return self.assets_store.has(digest)

    def asset(self, digest: str) -> AssetInfo:
        return self.assets_store.info(digest)

    def assets(self) -> tuple[AssetInfo, ...]:
        """Return all assets but the tiles that rasters are made of, oldest first."""
        return tuple(a for a in self.assets_store.all() if a.media_type != TILE_TYPE)

    def add_file(self, path: Path) -> str:
        return self.assets_store.add_file(path)

    def link_file(self, path: Path) -> str:
        return self.assets_store.link_file(path)

    def missing(self) -> tuple[AssetInfo, ...]:
        return self.assets_store.missing()

    def relink(self, folder: Path) -> tuple[AssetInfo, ...]:
        return self.assets_store.relink(folder)

    def collect(self, folder: Path | None = None) -> int:
        """Bring external files inside, or beside the project into ``folder``; return how many."""
        return self.assets_store.collect(folder)

    def materialise(self, digest: str, folder: Path) -> Path:
        """Write an asset to a file in ``folder`` named by its hash, once; return its path. Any thread.

        A raster becomes a ``.raster`` pack, everything else its bytes as they are.
        """
        raster = self.asset(digest).media_type == RASTER_TYPE
        target = folder / (f"{digest}.raster" if raster else digest)
        if target.exists():
            return target
        # A name of its own for each thread, and a rename at the end: nobody ever sees half a file.
        part = folder / f"{target.name}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if raster:
                from core.raster.pack import write_pack  # noqa: PLC0415  (codecs, when first needed)

                write_pack(part, digest, self)
            else:
                part.write_bytes(self.get(digest))
            part.replace(target)
        except OSError as error:
            raise AtelierError(
                "“{folder}” cannot be written: {reason}.", folder=str(folder), reason=reason(error)
            ) from None
        finally:
            part.unlink(missing_ok=True)
        return target

    def assets_of(self, digest: str) -> frozenset[str]:
        """Return what an asset refers to and is of no use without: the pictures of a stored document."""
        if self.asset(digest).media_type != DOCUMENT_TYPE:
            return frozenset()
        return decode_document(self.get(digest)).assets()

    # Results

    def record(
        self,
        recipe: Recipe,
        outputs: Mapping[str, str],
        *,
        model_hashes: Mapping[str, str] | None = None,
        seconds: float = 0.0,
    ) -> str:
        """Remember which recipe made which assets (``step.name`` → hash); return the result's id."""
        return self.results_store.record(recipe, outputs, model_hashes or {}, seconds)

    def bind(self, result_id: str, bindings: Mapping[str, Binding]) -> None:
        self.results_store.bind(result_id, bindings)

    def results(self) -> tuple[ResultInfo, ...]:
        return self.results_store.all()

    def made_by(self, digest: str) -> ResultInfo | None:
        return self.results_store.made_by(digest)

    def stale(self) -> frozenset[str]:
        """Return the ids of results whose bound sources show something else by now, and of what was made from them.

        Those that were made anew on what is shown now are not among them.
        """
        return self.results_store.stale(self._shown_now())

    def successors(self) -> dict[str, str]:
        """Return what takes the place of each asset that a result put out which was made anew since."""
        return self.results_store.successors(self._shown_now())

    def _shown_now(self) -> Callable[[Binding], str | None]:
        with self._store.lock:
            documents = dict(self._history.documents)

        def current(place: Binding) -> str | None:
            document = documents.get(place[0])
            return None if document is None else document.part_asset(place[1])

        return current

    def dependants(self, result_id: str) -> tuple[ResultInfo, ...]:
        return self.results_store.dependants(result_id)

    # The file itself

    @staticmethod
    def peek(path: Path) -> ProjectSummary:
        """See :func:`core.project.summary.peek`."""
        return peek(path)

    def set_thumbnail(self, png: bytes) -> None:
        """Keep a small picture (PNG) that file dialogs and the welcome page show."""
        with self._store.write(durable=False):
            self._store.set_meta("thumbnail", png)

    def copy_to(self, path: Path) -> None:
        """Write a copy, whole or not at all; this project stays open where it is."""
        moving.copy(self._store, path)

    def save_as(self, path: Path) -> None:
        """Let the project live in ``path`` from now on; the file it was in stays as it is."""
        if self._publisher is not None and path.absolute() == self.path.absolute():
            self.publish()
            return
        with self._store.lock:
            opened = moving.move(self._store, path)
            fresh = opened.store
            try:
                self.assets_store.move(fresh, path.absolute().parent)
            except BaseException:
                moving.give_up(opened)
                raise
            old, publisher, scratch = self._store, self._publisher, self._scratch
            self.results_store.move(fresh)
            self._history.move(fresh)
            self._store, self._path, self._publisher, self._scratch = fresh, path, opened.publisher, opened.scratch
            self.notice = opened.notice if not fresh.read_only else self.notice
        self._follow_publisher()
        _give_up(old, publisher, scratch)

    def verify(self) -> list[Message]:
        """Read everything; return a sentence for each thing that is wrong. Takes time: not on the window's thread."""
        return upkeep.verify(self._store, self.assets_store, self._history, self.results_store)

    def compact(self) -> int:
        """Remove rasters and tiles that nothing refers to, and unused space; return how many bytes the file lost."""
        before = self._store.path.stat().st_size
        upkeep.drop_garbage(self._store, self.assets_store)
        return before - self._store.path.stat().st_size


def _give_up(store: Store, publisher: Publisher | None, scratch: Path | None) -> None:
    """Close what a project was open in, and remove what only served that."""
    if publisher is not None:
        publisher.close()
    try:
        store.close()
    finally:
        if publisher is not None:
            publisher.leave()
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)

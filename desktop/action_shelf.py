"""A person's actions as the window sees them: the list, what is being recorded, and what is changed in them.

Every change is written to the settings folder at once. GUI thread; the files are small.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from core.operations import actions
from core.operations.actions import Action
from core.operations.base import Asset, Operation
from core.operations.recipe import Recipe, inputs_of
from core.project import action_store
from core.project.project import Project
from core.values import AtelierError, Message

replace = msgspec.structs.replace
MAX_LINEAGE = 50
"""Results that are followed back, at most."""


class Shelf(QObject):
    """All actions by file, in the order of their names."""

    changed = Signal()
    """Actions were added, changed or taken away."""
    recording_changed = Signal()
    saved = Signal(object)
    """The file of an action that was just recorded, saved from a result, or imported."""
    refused = Signal(object)
    """Why an operation was not recorded: a :class:`Message`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recording: Action | None = None
        """What was recorded so far; ``None`` when nothing is being recorded."""
        self._known: dict[Path, Action] | None = None
        self.damaged: dict[Path, Message] = {}
        """Files that could not be read, and why."""

    def all(self) -> dict[Path, Action]:
        """Return the actions by file."""
        if self._known is None:
            self._known = {}
            self.damaged = {}
            for path in action_store.names().values():
                try:
                    self._known[path] = action_store.load(path)
                except AtelierError as error:
                    self.damaged[path] = error.message
        return dict(sorted(self._known.items(), key=lambda item: item[1].name.casefold()))

    def get(self, path: Path) -> Action:
        """Return the action in a file; raises ``KeyError`` when it is gone."""
        return self.all()[path]

    # --- recording --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Record what is kept from now on."""
        if self.recording is None:
            self.recording = Action(self._fresh_name("Action"))
            self.recording_changed.emit()

    def note(self, recipe: Recipe) -> None:
        """What ``recipe`` made was kept: record its operations, if anything is being recorded."""
        if self.recording is None:
            return
        try:
            for step in recipe.steps:
                self.recording = actions.append(self.recording, step.operation)
        except AtelierError as error:
            self.refused.emit(error.message)
        self.recording_changed.emit()

    def stop(self) -> Path | None:
        """End the recording and save it; ``None`` when nothing was recorded."""
        made, self.recording = self.recording, None
        self.recording_changed.emit()
        if made is None or not made.steps:
            return None
        return self.add(made)

    # --- changing ---------------------------------------------------------------------------------------------------

    def add(self, action: Action) -> Path:
        """Save another action under a name that no other has; return its file."""
        names = {known.name for known in self.all().values()}
        if action.name in names:
            action = replace(action, name=self._fresh_name(action.name))
        path = action_store.save(action)
        self._put(path, action)
        self.saved.emit(path)
        return path

    def put(self, path: Path, action: Action) -> None:
        """Save a changed action."""
        action_store.save(action, path)
        self._put(path, action)

    def remove(self, path: Path) -> Action:
        """Take an action away and return it, so that :meth:`add` can bring it back."""
        action = self.get(path)
        action_store.remove(path)
        assert self._known is not None
        del self._known[path]
        self.changed.emit()
        return action

    def bring_in(self, path: Path) -> Path:
        """Import an action from a file elsewhere; raises :class:`AtelierError` when it is none."""
        return self.add(action_store.load(path))

    def send_out(self, path: Path, target: Path) -> None:
        """Export an action to a file elsewhere."""
        action_store.save(self.get(path), target)

    def _put(self, path: Path, action: Action) -> None:
        self.all()
        assert self._known is not None
        self._known[path] = action
        self.changed.emit()

    def _fresh_name(self, base: str) -> str:
        names = {known.name for known in self.all().values()}
        number = 1
        while f"{base} {number}" in names:
            number += 1
        return f"{base} {number}"


def lineage_of(project: Project, recipe: Recipe) -> list[Operation]:
    """Return the operations that made a result, from the picture that was opened on: its own and those before it.

    The picture that each recipe works on is followed back through the results that made it, as far as they are
    operations on one picture.
    """
    found = [step.operation for step in recipe.steps]
    for _ in range(MAX_LINEAGE):
        before = _made_before(project, found[0])
        if not before:
            break
        found = [*before, *found]
    return found


def _made_before(project: Project, operation: Operation) -> Iterable[Operation]:
    main = actions.main_input(type(operation))
    source = dict(inputs_of(operation)).get(main.name) if main is not None else None
    if not isinstance(source, Asset) or not project.has(source.hash):
        return []
    result = project.made_by(source.hash)
    if result is None:
        return []
    steps = [step.operation for step in result.recipe.steps]
    return [] if any(actions.why_not(step) for step in steps) else steps

"""Actions: sequences of operations that were recorded and can be played on any picture.

An action is a recipe in which one input is left open: :data:`PICTURE`, whatever it is played on. It holds names,
numbers, words and colours and nothing that could be executed; a file of one is JSON that a person can read and write.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from core.operations.base import (
    Asset,
    FieldInfo,
    FieldKind,
    Input,
    Operation,
    OperationInfo,
    Output,
    fields,
    operation_class,
)
from core.operations.recipe import Recipe, Step, check, from_fields, inputs_of, replace_inputs, to_fields
from core.values import AtelierError, Message

PICTURE = Asset(hash="0" * 64)
"""Stands for the picture that an action is played on."""
FORMAT, VERSION = "atelier-action", 1
MAX_BYTES = 1_000_000
MAX_STEPS = 100
MAX_NAME = 80

replace = msgspec.structs.replace


class Action(msgspec.Struct, frozen=True):
    """A name and what is done, one step after the other. Every step puts out an ``image``; the last one's counts."""

    name: str
    steps: tuple[Step, ...] = ()

    def bind(self, picture: Asset | Output, before: Iterable[Step] = ()) -> Recipe:
        """Return the recipe of this action on a picture; ``before`` are steps that come first and make it.

        Raises :class:`AtelierError` when there is nothing to do.
        """
        if not self.steps:
            raise AtelierError("The action “{name}” has no steps yet.", name=self.name)
        steps = tuple(replace(s, operation=replace_inputs(s.operation, {PICTURE: picture})) for s in self.steps)
        recipe = Recipe((*before, *steps), (Output(step=steps[-1].id),), self.name)
        check(recipe)
        return recipe


def main_input(cls: type[Operation]) -> FieldInfo | None:
    """Return the field that takes the picture an operation works on; ``None`` when it takes none."""
    taking = [f for f in fields(cls) if f.kind is FieldKind.INPUT and f.accepts == "image" and not f.repeated]
    return next((f for f in taking if f.name == "image"), next((f for f in taking if f.required), None))


def why_not(operation: Operation) -> Message | None:
    """Return why an operation cannot be a step of an action, in one sentence; ``None`` when it can."""
    info, main = operation.info, main_input(type(operation))
    if main is None or info.outputs.get("image") != "image":
        return _no_step(info)
    others = [name for name, _ in inputs_of(operation) if name != main.name]
    if others:
        return Message(
            "“{title}” reads another picture or a selection beside the one it works on, which an action cannot hold.",
            title=_title(info),
        )
    return None


def _no_step(info: OperationInfo) -> Message:
    return Message("“{title}” makes no picture out of a picture, so an action cannot hold it.", title=_title(info))


def _title(info: OperationInfo) -> Message:
    return Message(info.title)


def append(action: Action, operation: Operation, label: str = "") -> Action:
    """Return the action with one more step, which works on what the step before it made.

    Raises :class:`AtelierError` with the reason when the operation cannot be a step.
    """
    reason = why_not(operation)
    if reason is not None:
        raise AtelierError(reason)
    if len(action.steps) >= MAX_STEPS:
        raise AtelierError("An action has at most {limit} steps.", limit=MAX_STEPS)
    step = Step(_fresh(action.steps), operation, label)
    return chained(replace(action, steps=(*action.steps, step)))


def chained(action: Action) -> Action:
    """Return the action with every step working on what the one before it makes, and the first on the picture."""
    before: Input = PICTURE
    steps: list[Step] = []
    for step in action.steps:
        main = main_input(type(step.operation))
        assert main is not None
        steps.append(replace(step, operation=replace(step.operation, **{main.name: before})))
        before = Output(step=step.id)
    return replace(action, steps=tuple(steps))


def renamed(action: Action, name: str) -> Action:
    """Return the action under another name; raises :class:`AtelierError` when nothing is left of it."""
    return replace(action, name=checked_name(name))


def without(action: Action, index: int) -> Action:
    """Return the action without one step."""
    return chained(replace(action, steps=(*action.steps[:index], *action.steps[index + 1 :])))


def moved(action: Action, index: int, to: int) -> Action:
    """Return the action with the step at ``index`` at place ``to``."""
    steps = list(action.steps)
    steps.insert(max(0, min(to, len(steps) - 1)), steps.pop(index))
    return chained(replace(action, steps=tuple(steps)))


def changed(action: Action, index: int, operation: Operation) -> Action:
    """Return the action with other fields in one step; what it works on stays."""
    steps = list(action.steps)
    steps[index] = replace(steps[index], operation=operation)
    return chained(replace(action, steps=tuple(steps)))


def from_operations(name: str, operations: Iterable[Operation]) -> Action:
    """Return the action that does these operations in order; raises :class:`AtelierError` for one that cannot be."""
    action = Action(checked_name(name))
    for operation in operations:
        action = append(action, operation)
    return action


def checked_name(name: str) -> str:
    """Return ``name`` on one line and not too long; raises :class:`AtelierError` when nothing is left of it."""
    short = " ".join(name.split())[:MAX_NAME]
    if not short:
        raise AtelierError("Give the action a name.")
    return short


def _fresh(steps: Iterable[Step]) -> str:
    taken = {step.id for step in steps}
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


# --- files -----------------------------------------------------------------------------------------------------------


class _Step(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    operation: str
    fields: dict[str, Any] = {}
    label: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    name: str
    steps: list[_Step]


def encode(action: Action) -> bytes:
    """Return an action as JSON to be read by people: each step's operation and the fields that are not the usual."""
    steps = []
    for step in action.steps:
        info = {field.name: field for field in fields(type(step.operation))}
        plain = to_fields(step.operation)
        kept = {
            name: value
            for name, value in plain.items()
            if info[name].kind is not FieldKind.INPUT and (info[name].required or value != _plain(info[name].default))
        }
        steps.append(_Step(step.operation.info.name, kept, step.label))
    data = msgspec.json.encode(_File(FORMAT, VERSION, action.name, steps))
    return msgspec.json.format(data, indent=2) + b"\n"


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def decode(data: bytes, name: str) -> Action:
    """Return the action that a file holds. ``name`` is what messages call the file.

    Raises :class:`AtelierError`: not an action, of a newer version, damaged, an unknown operation, or a value that does
    not fit. Nothing but operations that Atelier knows, with fields within their bounds, comes out of it.
    """
    if len(data) > MAX_BYTES:
        raise AtelierError("“{name}” is too large to be an action.", name=name)
    try:
        head = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        form = msgspec.json.decode(head["format"]) if "format" in head else None
        version = msgspec.json.decode(head["version"]) if "version" in head else None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise AtelierError("“{name}” is not an action: it cannot be read.", name=name) from None
    if form != FORMAT or not isinstance(version, int):
        raise AtelierError("“{name}” is not an action of Atelier.", name=name)
    if version > VERSION:
        raise AtelierError("“{name}” comes from a newer version of Atelier.", name=name)
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise AtelierError("The action “{name}” is damaged: {why}.", name=name, why=str(error)) from None
    if len(file.steps) > MAX_STEPS:
        raise AtelierError("An action has at most {limit} steps.", limit=MAX_STEPS)
    action = Action(checked_name(file.name))
    for step in file.steps:
        action = append(action, _operation(step), step.label)
    return action


def _operation(step: _Step) -> Operation:
    cls = operation_class(step.operation)
    main = main_input(cls)
    inputs = {f.name for f in fields(cls) if f.kind is FieldKind.INPUT}
    if main is None:
        raise AtelierError(_no_step(cls.info))
    plain: dict[str, Any] = {name: value for name, value in step.fields.items() if name not in inputs}
    plain[main.name] = msgspec.to_builtins(PICTURE)
    return from_fields(step.operation, plain)

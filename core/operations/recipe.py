"""A recipe: operations wired to each other, as one value that can be stored, shown, cached and run again."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from core.operations.base import Asset, Input, Operation, Output, operation_class
from core.values import AtelierError, Message, hash_bytes, new_id

MAX_STEPS = 10_000


class Step(msgspec.Struct, frozen=True):
    """One operation in a recipe. ``id`` is unique within the recipe; ``label`` is what a job list shows."""

    id: str
    operation: Operation
    label: str = ""


class Recipe(msgspec.Struct, frozen=True):
    """A directed acyclic graph of steps in an order in which they can run.

    ``results`` names what the caller wants back; everything else may stay in the cache of the core process.
    """

    steps: tuple[Step, ...]
    results: tuple[Output, ...] = ()
    title: str = ""

    def step(self, step_id: str) -> Step:
        """Return the step with that id; raises ``KeyError``."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def assets(self) -> frozenset[str]:
        """Return the hashes of all assets that the steps read."""
        return frozenset(i.hash for s in self.steps for _, i in inputs_of(s.operation) if isinstance(i, Asset))


def single(operation: Operation, title: str = "") -> Recipe:
    """Return the recipe of one operation with all of its outputs as results."""
    step = Step(id=new_id(), operation=operation)
    return Recipe(
        steps=(step,),
        results=tuple(Output(step=step.id, name=name) for name in operation.info.outputs),
        title=title or operation.info.title,
    )


def inputs_of(operation: Operation) -> Iterator[tuple[str, Input]]:
    """Yield ``(field name, input)`` for every input of ``operation``, tuples of inputs flattened."""
    for name in operation.__struct_fields__:
        value = getattr(operation, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Asset | Output):
                yield name, item


def replace_inputs(operation: Operation, resolve: Mapping[Input, Input]) -> Operation:
    """Return ``operation`` with each input that ``resolve`` has replaced by what it maps to."""

    def swap(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(swap(v) for v in value)
        return resolve.get(value, value) if isinstance(value, Asset | Output) else value

    changed = {name: swap(getattr(operation, name)) for name in operation.__struct_fields__}
    return msgspec.structs.replace(operation, **changed)


def check(recipe: Recipe) -> None:
    """Raise :class:`AtelierError` unless every step reads only assets and outputs of earlier steps."""
    if not recipe.steps or len(recipe.steps) > MAX_STEPS:
        raise AtelierError(
            "A recipe has between 1 and {limit} steps; this one has {count}.", limit=MAX_STEPS, count=len(recipe.steps)
        )
    known: dict[str, Operation] = {}
    for step in recipe.steps:
        if step.id in known:
            raise AtelierError("Two steps of the recipe have the same id “{step}”.", step=step.id)
        for field, source in inputs_of(step.operation):
            if isinstance(source, Output) and not _offers(known.get(source.step), source.name):
                raise AtelierError(
                    "Step “{step}” ({title}) reads “{source}.{output}” as its {field}, which no earlier step puts out.",
                    step=step.id,
                    title=Message(step.operation.info.title),
                    source=source.step,
                    output=source.name,
                    field=field,
                )
        known[step.id] = step.operation
    for result in recipe.results:
        if not _offers(known.get(result.step), result.name):
            raise AtelierError(
                "The recipe promises “{step}.{output}”, which no step puts out.", step=result.step, output=result.name
            )


def _offers(operation: Operation | None, name: str) -> bool:
    return operation is not None and name in operation.info.outputs


class _PackedStep(msgspec.Struct):
    id: str
    name: str
    fields: dict[str, Any]
    label: str = ""


class _PackedRecipe(msgspec.Struct):
    steps: list[_PackedStep]
    results: list[Output]
    title: str = ""


def encode(recipe: Recipe) -> bytes:
    """Return ``recipe`` as canonical msgpack: equal recipes give equal bytes."""
    packed = _PackedRecipe(
        steps=[_PackedStep(s.id, s.operation.info.name, to_fields(s.operation), s.label) for s in recipe.steps],
        results=list(recipe.results),
        title=recipe.title,
    )
    return msgspec.msgpack.encode(packed, order="deterministic")


def decode(data: bytes) -> Recipe:
    """Return the recipe that :func:`encode` wrote; raises :class:`AtelierError` when it cannot be understood."""
    try:
        packed = msgspec.msgpack.decode(data, type=_PackedRecipe)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise AtelierError("The stored recipe is damaged: {why}.", why=str(error)) from None
    steps = tuple(Step(p.id, from_fields(p.name, p.fields), p.label) for p in packed.steps)
    recipe = Recipe(steps=steps, results=tuple(packed.results), title=packed.title)
    check(recipe)
    return recipe


def to_fields(operation: Operation) -> dict[str, Any]:
    """Return the fields of ``operation`` as plain values (what JSON and msgpack know)."""
    fields: dict[str, Any] = msgspec.to_builtins(operation)
    return fields


def from_fields(name: str, fields: Mapping[str, Any]) -> Operation:
    """Build the operation ``name`` from plain values; raises :class:`AtelierError` naming the field at fault."""
    cls = operation_class(name)
    try:
        return msgspec.convert(dict(fields), cls)
    except msgspec.ValidationError as error:
        raise AtelierError(
            "{title} ({name}): {why}.", title=Message(cls.info.title), name=name, why=str(error)
        ) from None


def fingerprint(operation: Operation, inputs: Mapping[Input, str], models: Mapping[str, str]) -> str:
    """Return the cache key of ``operation``.

    ``inputs`` gives the content hash of every input, ``models`` the SHA-256 of every weight file it names. Two
    operations with equal fingerprints give equal bytes.
    """
    resolved = replace_inputs(operation, {source: Asset(hash=digest) for source, digest in inputs.items()})
    body = (operation.info.name, operation.info.version, to_fields(resolved), sorted(models.items()))
    return hash_bytes(msgspec.msgpack.encode(body, order="deterministic"))

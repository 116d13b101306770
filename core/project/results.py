"""Results: what came of which recipe, and whether it is still what its sources would give."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from core.operations.base import Asset
from core.operations.recipe import Recipe, decode, encode, inputs_of, replace_inputs
from core.project.store import Row, Store
from core.values import AtelierError, new_id

Binding = tuple[str, str]
"""Document id and the id of the part of it (a layer) that an input was taken from."""


class ResultInfo(msgspec.Struct, frozen=True):
    """One result. ``outputs`` maps ``step.name`` to asset hash, ``created`` is seconds since 1970."""

    id: str
    recipe: Recipe
    outputs: dict[str, str]
    models: dict[str, str]
    created: float
    time_ms: int
    bindings: dict[str, Binding]


class Results:
    """The results of one open project. Any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def move(self, store: Store) -> None:
        """Go on in another file that holds the same."""
        self._store = store

    def record(
        self, recipe: Recipe, outputs: Mapping[str, str], models: Mapping[str, str], seconds: float = 0.0
    ) -> str:
        """Remember that ``recipe`` made ``outputs``; return the result's id."""
        identity = new_id()
        with self._store.write() as db:
            self._put(identity, encode(recipe), outputs, models, time.time_ns() // 1000, round(seconds * 1000), {})
            db.executemany(
                "INSERT INTO result_outputs VALUES (?, ?)", [(bytes.fromhex(h), identity) for h in outputs.values()]
            )
        return identity

    def bind(self, identity: str, bindings: Mapping[str, Binding]) -> None:
        """Say from which part of which document each named input field of the recipe came."""
        row = self._row(identity)
        with self._store.write():
            self._put(row[0], row[1], _load(row[2]), _load(row[3]), row[4], row[5], dict(bindings))

    def all(self) -> tuple[ResultInfo, ...]:
        """Return every result, oldest first."""
        return tuple(_info(row) for row in self._store.sealed_rows("results", "ORDER BY created, rowid"))

    def get(self, identity: str) -> ResultInfo:
        """Return one result; raises :class:`AtelierError` when there is none."""
        return _info(self._row(identity))

    def made_by(self, asset: str) -> ResultInfo | None:
        """Return the newest result that put out ``asset``, or ``None``."""
        rows = self._store.sealed_rows(
            "results",
            "WHERE id IN (SELECT result FROM result_outputs WHERE asset = ?) ORDER BY created DESC, rowid DESC LIMIT 1",
            (bytes.fromhex(asset),),
        )
        return _info(rows[0]) if rows else None

    def stale(self, current: Callable[[Binding], str | None]) -> frozenset[str]:
        """Return the ids of results that are out of date, but not of those that were made anew on what is shown now.

        ``current`` gives the asset that a part of a document shows now (``None`` when it is gone: then the result is
        left alone). A result that reads an output of one that is out of date is out of date too.
        """
        results = self.all()
        old = _out_of_date(results, current)
        return frozenset(old - _renewed(results, old).keys())

    def successors(self, current: Callable[[Binding], str | None]) -> dict[str, str]:
        """Return what takes the place of each output of a result that is out of date but was made anew."""
        results = self.all()
        renewed = _renewed(results, _out_of_date(results, current))
        return {
            asset: renewed[result.id].outputs[name]
            for result in results
            if result.id in renewed
            for name, asset in result.outputs.items()
        }

    def dependants(self, identity: str) -> tuple[ResultInfo, ...]:
        """Return the results that were made, however indirectly, from this one, in the order to make them again."""
        assets = set(self.get(identity).outputs.values())
        found = []
        for result in self.all():
            if result.id != identity and assets & result.recipe.assets():
                found.append(result)
                assets |= set(result.outputs.values())
        return tuple(found)

    def _row(self, identity: str) -> Row:
        row = self._store.one("results", "WHERE id = ?", (identity,))
        if row is None:
            raise AtelierError("That result is no longer in the project.")
        return row

    def _put(
        self,
        identity: str,
        recipe: bytes,
        outputs: Mapping[str, str],
        models: Mapping[str, str],
        created: int,
        time_ms: int,
        bindings: Mapping[str, Binding],
    ) -> None:
        packed = (msgspec.msgpack.encode(dict(value)) for value in (outputs, models, bindings))
        one, two, three = packed
        self._store.put("results", identity, recipe, one, two, created, time_ms, three)


def _out_of_date(results: Sequence[ResultInfo], current: Callable[[Binding], str | None]) -> set[str]:
    out_of_date: set[str] = set()
    old_assets: set[str] = set()
    for result in results:
        used = inputs(result.recipe)
        changed = any(
            field in used and (now := current(place)) is not None and now not in used[field]
            for field, place in result.bindings.items()
        )
        if changed or old_assets & result.recipe.assets():
            out_of_date.add(result.id)
            old_assets |= set(result.outputs.values())
    return out_of_date


def _renewed(results: Sequence[ResultInfo], old: Collection[str]) -> dict[str, ResultInfo]:
    """Return, for each old result, the newest that the same recipe made and that is of today."""
    if not old:
        return {}
    fresh = {_shape(result.recipe): result for result in results if result.id not in old}
    found = ((result.id, fresh.get(_shape(result.recipe))) for result in results if result.id in old)
    return {identity: newer for identity, newer in found if newer is not None}


def _shape(recipe: Recipe) -> bytes:
    """Return what is the same when a recipe is made again on other assets: its steps, with their ids and values."""
    blank = Asset(hash="")
    steps = (
        msgspec.structs.replace(
            step,
            operation=replace_inputs(
                step.operation, {source: blank for _, source in inputs_of(step.operation) if isinstance(source, Asset)}
            ),
        )
        for step in recipe.steps
    )
    return encode(msgspec.structs.replace(recipe, steps=tuple(steps)))


def inputs(recipe: Recipe) -> dict[str, frozenset[str]]:
    """Return, for each input field of any step, the assets that it reads."""
    found: dict[str, set[str]] = {}
    for step in recipe.steps:
        for name, source in inputs_of(step.operation):
            if isinstance(source, Asset):
                found.setdefault(name, set()).add(source.hash)
    return {name: frozenset(hashes) for name, hashes in found.items()}


def _load(data: bytes) -> dict[str, str]:
    return msgspec.msgpack.decode(data, type=dict[str, str])


def _info(row: Row) -> ResultInfo:
    identity, recipe, outputs, models, created, time_ms, bindings = row
    bound = msgspec.msgpack.decode(bindings, type=dict[str, tuple[str, str]])
    return ResultInfo(identity, decode(recipe), _load(outputs), _load(models), created / 1e6, time_ms, bound)

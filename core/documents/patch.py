"""Structural differences between two revisions of a document, small enough to keep for ever.

A patch is plain values (it travels as msgpack) and holds both sides of every change, so that it can be applied
forwards and, inverted, backwards. Subtrees that both revisions share by identity are skipped without a look, and
frozen structs are read field by field without building their plain values first: the cost of :func:`diff` follows
what changed, and its size follows it too.

Forms of a patch::

    None                                   nothing changed
    ["=", old, new]                        one value for another
    ["d", {key: patch}, {key: old}, {key: new}]     a mapping: changed, removed and added keys
    ["l", start, m, n, kept, changed, removed, added]
        a sequence: from ``start`` on, ``m`` old items became ``n`` new ones; ``kept`` are runs ``[i, j, length]``,
        ``changed`` are ``[i, j, patch]``, ``removed`` are ``[i, [items]]`` and ``added`` are ``[j, [items]]``
        (``i`` counts old and ``j`` new items from ``start``). Items are matched by their ``id`` where they have one,
        so that a moved layer is a moved layer.
    ["s", start, old, new]                 a string or bytes: the middle that differs

Lists and tuples are one thing here, as they are in msgpack. Numbers are compared strictly: ``1``, ``1.0`` and
``True`` differ, as do ``0.0`` and ``-0.0``.
"""

import difflib
import math
from collections.abc import Callable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Any, TypeVar, cast

import msgspec

from core.documents.base import Value

Patch = Any
"""One of the forms above, or ``None``."""

_TEXT_MINIMUM = 256
"""Strings shorter than this are replaced whole. The hash of an asset (64 characters) must be: whoever looks for the
assets that a history refers to finds whole hashes only."""
_ALIGN_LIMIT = 250_000
"""Sequences without ids are aligned (difflib, quadratic) only below this product of lengths."""
_ABSENT = object()
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
T = TypeVar("T")


class PatchError(ValueError):
    """The patch does not fit the value, or is no patch: something on disk is damaged."""


def diff(old: Value, new: Value) -> Patch:
    """Return the patch from ``old`` to ``new``: plain values, or structs seen as their plain values.

    ``apply(to_value(old), diff(old, new))`` describes the same document as ``to_value(new)``.
    """
    if old is new:
        return None
    old_fields, new_fields = _fields(old), _fields(new)
    if old_fields is not None and new_fields is not None:
        return _diff_dict(old_fields, new_fields)
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return _diff_list(old, new)
    if type(old) is type(new) and isinstance(old, str | bytes):
        return None if old == new else _diff_text(old, new)
    return None if _same_scalar(old, new) else ["=", plain(old), plain(new)]


def apply(value: Value, patch: Patch) -> Value:
    """Return ``value`` changed by ``patch``; ``value`` itself stays as it is. Raises :class:`PatchError`."""
    if patch is None:
        return value
    try:
        return _APPLY[patch[0]](value, patch)
    except PatchError:
        raise
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise PatchError(f"the patch does not fit: {type(error).__name__}: {error}") from None


def invert(patch: Patch) -> Patch:
    """Return the patch that leads back. Raises :class:`PatchError`."""
    if patch is None:
        return None
    try:
        match patch[0]:
            case "=":
                _, old, new = patch
                return ["=", new, old]
            case "d":
                _, changed, removed, added = patch
                return ["d", {key: invert(sub) for key, sub in changed.items()}, added, removed]
            case "s":
                _, start, old, new = patch
                return ["s", start, new, old]
            case "l":
                _, start, m, n, kept, changed, removed, added = patch
                runs = sorted([j, i, length] for i, j, length in kept)
                subs = sorted(([j, i, invert(sub)] for i, j, sub in changed), key=lambda entry: entry[0])
                return ["l", start, n, m, runs, subs, added, removed]
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise PatchError(f"not a patch: {type(error).__name__}: {error}") from None
    raise PatchError(f"not a patch: unknown form {patch[0]!r}")


def plain(value: Any) -> Value:
    """Return ``value`` as plain values; those that are plain already are returned as they are."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or type(value) in (bool, int, float, str, bytes):
        return value
    if isinstance(value, msgspec.Struct):
        fields = _fields(value)
        assert fields is not None
        return {key: plain(item) for key, item in fields.items()}
    return msgspec.to_builtins(value)


def share(old: T, new: T) -> T:
    """Return a tree equal to ``new`` that uses the objects of ``old`` wherever they are equal.

    A document that was read from its plain values shares nothing with the revision before it; afterwards it does,
    and the next :func:`diff`, or a compositor that looks for what changed, finds out by identity.
    """
    if old is new or type(old) is not type(new):
        return new
    if isinstance(new, msgspec.Struct):
        return cast("T", _share_struct(old, new))
    if isinstance(new, tuple) and hasattr(new, "_fields"):  # a named tuple: a point of a path, a stop of a gradient
        return old if all(map(_same_scalar, old, new)) else new  # type: ignore[call-overload]
    if isinstance(new, list | tuple):
        assert isinstance(old, list | tuple)
        partners = _partners(old, new)
        items = [new[j] if i is None else share(old[i], new[j]) for j, i in enumerate(partners)]
        if len(items) == len(old) and all(a is b for a, b in zip(items, old, strict=True)):
            return old
        return type(new)(items)
    if isinstance(new, dict):
        assert isinstance(old, dict)
        merged = {key: share(old[key], item) if key in old else item for key, item in new.items()}
        unchanged = len(merged) == len(old) and all(merged.get(key, _ABSENT) is item for key, item in old.items())
        return old if unchanged else merged  # type: ignore[return-value]
    return old if _same_scalar(old, new) else new


def _share_struct(old: Any, new: Any) -> Any:
    replaced: dict[str, Any] = {}
    unchanged = True
    for name in new.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        shared = share(before, after)
        unchanged = unchanged and shared is before
        if shared is not after:
            replaced[name] = shared
    if unchanged:
        return old
    return msgspec.structs.replace(new, **replaced) if replaced else new


def _partners(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    old_ids, new_ids = _ids(old), _ids(new)
    if old_ids is None or new_ids is None:
        return [j if j < len(old) else None for j in range(len(new))]
    where = {key: i for i, key in enumerate(old_ids)}
    return [where.get(key) for key in new_ids]


_defaults: dict[type, tuple[tuple[str, str, Any], ...]] = {}


def _fields(value: Any) -> dict[Any, Any] | None:
    """Return a mapping's or a struct's items, the latter without those that equal their default; else ``None``."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, msgspec.Struct):
        return None
    cls = type(value)
    described = _defaults.get(cls)
    if described is None:
        described = _defaults[cls] = tuple(
            (field.name, field.encode_name, _default(field) if cls.__struct_config__.omit_defaults else _ABSENT)
            for field in msgspec.structs.fields(cls)
        )
    tag = cls.__struct_config__.tag_field
    items: dict[str, Any] = {} if tag is None else {tag: cls.__struct_config__.tag}
    for name, encoded, default in described:
        item = getattr(value, name)
        if not _is_default(item, default):
            items[encoded] = item
    return items


def _is_default(item: Any, default: Any) -> bool:
    if item is default:
        return True
    if type(item) is not type(default):
        return False
    # Lengths first: to find out how a thousand layers differ from none at all takes as long as a commit.
    if isinstance(item, str | bytes | list | tuple | dict) and len(item) != len(default):
        return False
    return diff(item, default) is None


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory in (list, dict, set):
        return field.default_factory()
    return _ABSENT


def _same_scalar(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return (a == b and math.copysign(1, a) == math.copysign(1, b)) or (a != a and b != b)
    return bool(a == b)


def _diff_dict(old: dict[Any, Any], new: dict[Any, Any]) -> Patch:
    changed, removed, added = {}, {}, {}
    for key, before in old.items():
        after = new.get(key, _ABSENT)
        if after is _ABSENT:
            removed[key] = plain(before)
        elif after is not before:
            sub = diff(before, after)
            if sub is not None:
                changed[key] = sub
    for key, after in new.items():
        if key not in old:
            added[key] = plain(after)
    return ["d", changed, removed, added] if changed or removed or added else None


def _diff_text(old: Any, new: Any) -> Patch:
    if min(len(old), len(new)) < _TEXT_MINIMUM:
        return ["=", old, new]
    start = _common(old, new, lambda a, b, k: a[:k] == b[:k])
    longest = min(len(old), len(new)) - start
    end = min(longest, _common(old, new, lambda a, b, k: k == 0 or a[-k:] == b[-k:]))
    return ["s", start, old[start : len(old) - end], new[start : len(new) - end]]


def _common(a: Any, b: Any, agree: Callable[[Any, Any, int], bool]) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if agree(a, b, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _same(a: Any, b: Any) -> bool:
    return a is b or (type(a) is type(b) and _key(a) == _key(b))


def _key(value: Any) -> bytes:
    return _encode(value)


def _diff_list(old: Sequence[Any], new: Sequence[Any]) -> Patch:
    shortest = min(len(old), len(new))
    start = _agreeing(old, new, shortest)
    if start == len(old) == len(new):
        return None
    tail = _agreeing(old[::-1], new[::-1], shortest - start)
    a, b = old[start : len(old) - tail], new[start : len(new) - tail]
    kept: list[list[int]] = []
    changed: list[list[Any]] = []
    gone, fresh = set(range(len(a))), []
    for j, i in enumerate(_match(a, b)):
        if i is None:
            fresh.append(j)
            continue
        gone.discard(i)
        sub = diff(a[i], b[j])
        if sub is not None:
            changed.append([i, j, sub])
        elif kept and kept[-1][0] + kept[-1][2] == i and kept[-1][1] + kept[-1][2] == j:
            kept[-1][2] += 1
        else:
            kept.append([i, j, 1])
    moved = any(i != j for i, j, _ in (*kept, *changed))
    if not changed and not gone and not fresh and not moved:
        return None
    return ["l", start, len(a), len(b), kept, changed, _runs(sorted(gone), a), _runs(fresh, b)]


def _agreeing(a: Sequence[Any], b: Sequence[Any], limit: int) -> int:
    """Return how many of the first ``limit`` items are the same in both, at C speed where they are identical."""
    position = 0
    while position < limit:
        step = next(compress(count(), map(is_not, a[position:limit], b[position:limit])), None)
        if step is None:
            return limit
        position += step
        while position < limit and a[position] is not b[position]:
            if not _same(a[position], b[position]):
                return position
            position += 1
    return position


def _match(a: Sequence[Any], b: Sequence[Any]) -> list[int | None]:
    """Return for each item of ``b`` the index of its partner in ``a``, or ``None`` for a new one."""
    a_ids, b_ids = _ids(a), _ids(b)
    if a_ids is not None and b_ids is not None:
        where = {key: i for i, key in enumerate(a_ids)}
        return [where.get(key) for key in b_ids]
    partners: list[int | None] = [None] * len(b)
    if len(a) * len(b) > _ALIGN_LIMIT:
        return [*range(len(b))] if len(a) == len(b) else partners
    aligned = difflib.SequenceMatcher(None, [_key(x) for x in a], [_key(x) for x in b], autojunk=False)
    for _, i1, i2, j1, j2 in aligned.get_opcodes():
        if i2 - i1 == j2 - j1:
            partners[j1:j2] = range(i1, i2)
    return partners


def _ids(items: Sequence[Any]) -> list[str] | None:
    """Return the items' ids when each has one of its own, else ``None``."""
    found: list[str] = []
    for item in items:
        key = item.get("id") if isinstance(item, dict) else getattr(item, "id", None)
        if not isinstance(key, str):
            return None
        found.append(key)
    return found if len(set(found)) == len(found) else None


def _runs(indices: list[int], items: Sequence[Any]) -> list[list[Any]]:
    runs: list[list[Any]] = []
    for index in indices:
        if runs and runs[-1][0] + len(runs[-1][1]) == index:
            runs[-1][1].append(plain(items[index]))
        else:
            runs.append([index, [plain(items[index])]])
    return runs


def _apply_value(value: Value, patch: Patch) -> Value:
    _, _, new = patch
    return new


def _apply_dict(value: Value, patch: Patch) -> Value:
    _, changed, removed, added = patch
    result = dict(value)
    for key in removed:
        result.pop(key, None)
    for key, sub in changed.items():
        result[key] = apply(value[key], sub)
    result.update(added)
    return result


def _apply_list(value: Value, patch: Patch) -> Value:
    _, start, m, n, kept, changed, _removed, added = patch
    old = value[start : start + m]
    promised = sum(run[2] for run in kept) + len(changed) + sum(len(run[1]) for run in added)
    if not isinstance(value, list | tuple) or start < 0 or len(old) != m or promised != n:
        raise PatchError("the patch does not fit: the sequence has another length")
    middle: list[Any] = [_ABSENT] * n
    for i, j, length in kept:
        middle[j : j + length] = old[i : i + length]
    for i, j, sub in changed:
        middle[j] = apply(old[i], sub)
    for j, items in added:
        middle[j : j + len(items)] = items
    if len(middle) != n or any(item is _ABSENT for item in middle):
        raise PatchError("the patch does not fit: items are missing")
    return type(value)((*value[:start], *middle, *value[start + m :]))


def _apply_text(value: Value, patch: Patch) -> Value:
    _, start, old, new = patch
    if value[start : start + len(old)] != old:
        raise PatchError("the patch does not fit: the text is another one")
    return value[:start] + new + value[start + len(old) :]


_APPLY: dict[str, Callable[[Value, Patch], Value]] = {
    "=": _apply_value,
    "d": _apply_dict,
    "l": _apply_list,
    "s": _apply_text,
}

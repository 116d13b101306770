"""All colours of a document at once: of fills, text, shapes, gradients, effects and adjustments, not its pixels."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from core.documents.image import ImageDocument, RasterLayer, walk

T = TypeVar("T")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


def recoloured(value: T, change: Callable[[list[str]], list[str]]) -> T:
    """Return a document or a layer with every colour changed. ``change`` gets each once and returns as many.

    They are found by the names of their fields and not by kinds of layers, so that none is forgotten when another kind
    comes: every field called colour or background that holds one.
    """
    found = sorted(set(_colours(value)))
    if not found:
        return value
    return _replaced(value, dict(zip(found, change(found), strict=True)))


def with_rasters(document: ImageDocument, names: Mapping[str, str]) -> ImageDocument:
    """Return the document whose pixel layers show other rasters; those that ``names`` does not know stay."""
    for layer in tuple(walk(document.layers)):
        if isinstance(layer, RasterLayer) and names.get(layer.pixels, layer.pixels) != layer.pixels:
            new = msgspec.structs.replace(layer, pixels=names[layer.pixels])
            document = document.replace_layer(layer.id, lambda _, new=new: new)  # type: ignore[misc]
    return document


def _names(value: Any) -> tuple[str, ...]:
    """Return the fields of a struct or a named tuple; nothing for anything else."""
    if isinstance(value, msgspec.Struct):
        return value.__struct_fields__
    return getattr(value, "_fields", ()) if isinstance(value, tuple) else ()


def _is_colour(name: str, value: object) -> bool:
    return ("colour" in name or name == "background") and isinstance(value, str) and bool(_COLOUR.fullmatch(value))


def _colours(value: Any) -> Iterator[str]:
    names = _names(value)
    for name in names:
        inner = getattr(value, name)
        if _is_colour(name, inner):
            yield inner
        elif isinstance(inner, msgspec.Struct | tuple):
            yield from _colours(inner)
    if isinstance(value, tuple) and not names:
        for inner in value:
            if isinstance(inner, msgspec.Struct | tuple):
                yield from _colours(inner)


def _replaced(value: T, new: Mapping[str, str]) -> T:
    names = _names(value)
    changed: dict[str, Any] = {}
    for name in names:
        inner = getattr(value, name)
        if _is_colour(name, inner):
            after: Any = new[inner]
        elif isinstance(inner, msgspec.Struct | tuple):
            after = _replaced(inner, new)
        else:
            continue
        if after is not inner and after != inner:
            changed[name] = after
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **changed) if changed else value
    if names:
        return value._replace(**changed) if changed else value  # type: ignore[attr-defined]
    items = tuple(
        _replaced(one, new) if isinstance(one, msgspec.Struct | tuple) else one
        for one in value  # type: ignore[attr-defined]
    )
    same = all(a is b for a, b in zip(items, value, strict=True))  # type: ignore[call-overload]
    return value if same else items  # type: ignore[return-value]

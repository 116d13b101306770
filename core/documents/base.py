"""What every document has in common. A document is a frozen tree; an edit makes a new tree that shares the rest."""

from typing import Any, ClassVar, TypeVar

import msgspec

from core.values import AtelierError

Value = Any
"""What msgpack knows: None, bool, int, float, str, bytes, list, dict with str keys."""


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything inside a document. Unknown fields of a newer minor version are dropped when read."""


class Document(Node, frozen=True, kw_only=True):
    """Base of all documents. ``id`` never changes; ``title`` is what tabs and lists show."""

    kind: ClassVar[str]
    """``image``, ``text``, …: stored beside the document, chooses its class and its panel."""

    id: str
    title: str = ""

    def assets(self) -> frozenset[str]:
        """Return the hashes of all assets that this revision refers to directly."""
        raise NotImplementedError

    def part_asset(self, part: str) -> str | None:
        """Return the hash of what one part (a layer, a clip) shows now, ``None`` when there is no such part."""
        return None


D = TypeVar("D", bound=type["Document"])
_kinds: dict[str, type[Document]] = {}


def document_kind(cls: D) -> D:
    """Class decorator: make ``cls`` known under ``cls.kind``."""
    _kinds[cls.kind] = cls
    return cls


def to_value(document: Document) -> Value:
    """Return ``document`` as plain values, as they are stored and compared."""
    return msgspec.to_builtins(document)


def from_value(kind: str, value: Value) -> Document:
    """Return the document of ``kind`` that ``value`` describes; raises :class:`AtelierError` when it is damaged."""
    import core.documents.image  # noqa: F401, PLC0415  (each medium registers itself when imported)

    cls = _kinds.get(kind)
    if cls is None:
        raise AtelierError(
            "This project holds a “{kind}” document, which this version of Atelier does not know.", kind=kind
        )
    try:
        return msgspec.convert(value, cls)
    except (msgspec.ValidationError, RecursionError) as error:
        raise AtelierError("A {kind} document in this project is damaged: {why}.", kind=kind, why=str(error)) from None


def encode_document(document: Document) -> bytes:
    """Return one revision as the bytes of a :data:`core.values.DOCUMENT_TYPE` asset; equal revisions, equal bytes."""
    # As it would be read: 40 where a field holds a float is 40.0.
    same = from_value(document.kind, to_value(document))
    return msgspec.msgpack.encode({"kind": same.kind, "value": _trimmed(same, to_value(same))}, order="deterministic")


def _trimmed(node: Any, value: Value) -> Value:
    """Return the plain ``value`` of ``node`` without what is at its default.

    A struct leaves a default out only when it is that very object, so a 1.0 that was worked out stays in.
    """
    if isinstance(node, tuple):
        return [_trimmed(one, plain) for one, plain in zip(node, value, strict=True)]
    if not isinstance(node, Node):
        return value
    kept = dict(value)
    for field in msgspec.structs.fields(node):
        if field.encode_name in kept:
            own = getattr(node, field.name)
            factory = field.default_factory
            if own == (field.default if factory is msgspec.NODEFAULT else factory()):
                del kept[field.encode_name]
            else:
                kept[field.encode_name] = _trimmed(own, kept[field.encode_name])
    return kept


def decode_document(data: bytes) -> Document:
    """Return what :func:`encode_document` wrote; raises :class:`AtelierError` when it is damaged."""
    try:
        packed = msgspec.msgpack.decode(data, type=_PackedDocument)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise AtelierError("A stored document is damaged: {why}.", why=str(error)) from None
    return from_value(packed.kind, packed.value)


class _PackedDocument(msgspec.Struct):
    kind: str
    value: Value

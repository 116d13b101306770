"""How values are packed into a row: msgpack, compressed when that is worth it.

A compressed value begins with 0xC1, the one byte that no msgpack begins with, followed by a zlib stream; so values
written before there was compression are read as they are.
"""

import zlib
from typing import Any, Final

import msgspec

from core.values import AtelierError

MAX_VALUE: Final = 256 << 20
"""No packed value is larger than this when unpacked: a hostile file must not fill the memory."""
_MARK: Final = b"\xc1"
_WORTHWHILE: Final = 512

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder().decode


def pack(value: Any) -> bytes:
    """Return ``value`` (plain values) as bytes."""
    return squeeze(_encode(value))


def squeeze(data: bytes) -> bytes:
    """Return packed ``data`` compressed when it is large enough for that, and not compressed already."""
    if len(data) < _WORTHWHILE or data.startswith(_MARK):
        return data
    small = zlib.compress(data, 1)
    return _MARK + small if len(small) + 1 < len(data) else data


def expand(data: bytes) -> bytes:
    """Return the msgpack in packed ``data``; raises :class:`AtelierError` when it is damaged."""
    if not data.startswith(_MARK):
        return data
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data[1:], MAX_VALUE)
    except zlib.error:
        plain = b""
    if not plain or not unpacker.eof:
        raise AtelierError("A stored value of this project is damaged.")
    return plain


def unpack(data: bytes) -> Any:
    """Return the value in ``data``; raises :class:`AtelierError` when it is damaged."""
    try:
        return _decode(expand(data))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise AtelierError("A stored value of this project is damaged.") from None

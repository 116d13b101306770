"""What a file is, by its content: its name is never trusted, and nothing is decoded here.

The checks of structure (PNG chunks with their sums, the length a WebP states) tell a file that was cut off from one
that is damaged, and stop a small file from claiming more pixels than it could possibly hold.
"""

import struct
import zlib
from collections.abc import Callable
from typing import BinaryIO

from core.documents.image import check_size
from core.values import AtelierError, Message

READABLE = Message("PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HDR, EXR, SVG, PSD, ORA or PDF")

LAYERED = {"PSD", "ORA", "PDF"}
"""Kinds that hold layers or pages: :mod:`core.image.layered` reads them."""

HEAD = 4096
"""Bytes from the start of a file that :func:`identify` wants to see."""

_FOREIGN: tuple[tuple[Callable[[bytes], bool], Message], ...] = (
    (
        lambda h: h[4:8] == b"ftyp" and h[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"),
        Message("a HEIC picture"),
    ),
    (lambda h: h[4:8] == b"ftyp", Message("a video")),
    (lambda h: h[30:38] == b"mimetype" and b"application/x-krita" in h[38:160], Message("a Krita file")),
    (lambda h: h.startswith(b"PK\x03\x04"), Message("a ZIP archive")),
    (lambda h: h.startswith(b"gimp xcf"), Message("a GIMP file")),
    (lambda h: h.startswith(b"\xff\x0a") or h[4:12] == b"JXL \r\n\x87\n"[:8], Message("a JPEG XL picture")),
    (lambda h: h[4:8] == b"jP  " or h.startswith(b"\xff\x4f\xff\x51"), Message("a JPEG 2000 picture")),
    (lambda h: h.startswith(b"SQLite format 3\x00"), Message("a database")),
    (lambda h: h.startswith(b"\x7fELF") or h.startswith(b"MZ"), Message("a program")),
)


def identify(head: bytes, name: str) -> str:
    """Return what the first bytes of a file say it is.

    ``PNG``, ``JPEG``, ``WEBP``, ``AVIF``, ``TIFF``, ``BMP``, ``GIF``, ``HDR``, ``EXR``, ``SVG``, or one of
    :data:`LAYERED`.

    Raises :class:`AtelierError` for anything else, naming it where it is known.
    """
    if not head:
        raise AtelierError("“{name}” is empty.", name=name)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if _looks_like_avif(head):
        return "AVIF"
    if head.startswith(b"8BPS"):
        return "PSD"
    if head.startswith(b"PK\x03\x04") and head[30:38] == b"mimetype" and b"image/openraster" in head[38:160]:
        return "ORA"
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "TIFF"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head.startswith((b"#?RADIANCE\n", b"#?RGBE\n")):
        return "HDR"
    if head.startswith(b"\x76\x2f\x31\x01"):
        return "EXR"
    if (
        head.startswith(b"BM")
        and len(head) >= 18
        and struct.unpack("<I", head[14:18])[0] in (12, 16, 40, 52, 56, 64, 108, 124)
    ):
        return "BMP"
    if _looks_like_svg(head):
        return "SVG"
    if any(signature.startswith(head) for signature in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF")):
        raise cut_off(name)
    known = next((what for test, what in _FOREIGN if test(head)), None)
    if known:
        raise AtelierError(
            "“{name}” is {what}, which cannot be opened as a picture here; use {readable}.",
            name=name,
            what=known,
            readable=READABLE,
        )
    raise AtelierError("“{name}” is not a picture that can be opened; use {readable}.", name=name, readable=READABLE)


def _looks_like_avif(head: bytes) -> bool:
    """Look for the brand of AVIF among those that the file says it is compatible with (ISO/IEC 14496-12, 4.3)."""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= size <= HEAD:
        return False
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4))}
    return bool(brands & {b"avif", b"avis"})


def _looks_like_svg(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b"):  # .svgz
        try:
            head = zlib.decompressobj(31).decompress(head, HEAD)
        except zlib.error:
            return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<") and (b"<svg" in text or b":svg" in text or b"<!DOCTYPE svg" in text)


def cut_off(name: str) -> AtelierError:
    """Return the error for a file that ends too early."""
    return AtelierError("“{name}” is cut off: the file ends before the picture does.", name=name)


def damaged(name: str, why: Message | None = None) -> AtelierError:
    """Return the error for a file whose content contradicts itself."""
    if why is None:
        return AtelierError("“{name}” is damaged and cannot be opened.", name=name)
    return AtelierError("“{name}” is damaged: {why}.", name=name, why=why)


def check_structure(stream: BinaryIO, kind: str, name: str) -> None:
    """Raise :class:`AtelierError` when a file of ``kind`` cannot hold the picture that its header claims.

    Leaves ``stream`` at its start. Reads all of a PNG (in pieces) and the first bytes of the others.
    """
    stream.seek(0, 2)
    length = stream.tell()
    stream.seek(0)
    if kind == "PNG":
        _check_png(stream, length, name)
    elif kind == "WEBP":
        _check_webp(stream.read(30), length, name)
    stream.seek(0)


def check_claim(stream: BinaryIO, kind: str, pixels: int, name: str) -> None:
    """Raise :class:`AtelierError` when a file is far too short for the pixels its header claims.

    A JPEG spends at least a bit on each block of 64 pixels, a GIF twelve on at most 4,096; PNG is checked more closely.
    Keeps the position of ``stream``.
    """
    most = {"JPEG": 1024, "GIF": 4096}.get(kind)
    if most is not None:
        here = stream.tell()
        length = stream.seek(0, 2)
        stream.seek(here)
        if pixels > most * length + 65_536:
            raise damaged(name, Message("it claims more pixels than it holds"))


def _check_png(stream: BinaryIO, length: int, name: str) -> None:
    """Walk the chunks of a PNG (ISO/IEC 15948): order, lengths and the sums of those that carry the picture."""
    stream.seek(8)
    data_bytes = 0
    raw = 0
    first = True
    while True:
        header = stream.read(8)
        if len(header) < 8:
            raise cut_off(name)
        size, kind = struct.unpack(">I4s", header)
        if first and (kind != b"IHDR" or size != 13):
            raise damaged(name, Message("it does not begin as a PNG does"))
        if stream.tell() + size + 4 > length:
            raise cut_off(name)
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            body, checksum = _sum(stream, size, zlib.crc32(kind))
            if checksum != struct.unpack(">I", stream.read(4))[0]:
                raise damaged(name, Message("a checksum inside it does not match"))
        else:
            body = b""
            stream.seek(size + 4, 1)
        if first:
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            if not width or not height:
                raise damaged(name, Message("its header makes no sense"))
            check_size(width, height)
            channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour)
            if channels is None or depth not in (1, 2, 4, 8, 16):
                raise damaged(name, Message("its header makes no sense"))
            raw = ((width * channels * depth + 7) // 8 + 1) * height
            first = False
        elif kind == b"IDAT":
            data_bytes += size
        elif kind == b"IEND":
            break
    # Deflate cannot shrink more than 1032-fold (RFC 1951: 258 bytes from two bits).
    if raw > data_bytes * 1032 + 1024:
        raise damaged(name, Message("it claims more pixels than it holds"))


def _sum(stream: BinaryIO, size: int, checksum: int) -> tuple[bytes, int]:
    """Return the first bytes of the next ``size`` and the CRC-32 of all of them, read in pieces."""
    start = b""
    left = size
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            break
        start = start or piece[:64]
        checksum = zlib.crc32(piece, checksum)
        left -= len(piece)
    return start, checksum


def _check_webp(head: bytes, length: int, name: str) -> None:
    """Check the stated length and the size in the first chunk (RFC 9649)."""
    if len(head) < 30 or struct.unpack("<I", head[4:8])[0] + 8 > length:
        raise cut_off(name)
    kind = head[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(head[24:27], "little")
        height = 1 + int.from_bytes(head[27:30], "little")
    elif kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width = int.from_bytes(head[26:28], "little") & 0x3FFF
        height = int.from_bytes(head[28:30], "little") & 0x3FFF
    else:
        raise damaged(name, Message("it does not begin as a WebP does"))
    check_size(width, height)

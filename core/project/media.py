"""What a file is, told by its first bytes and not by its name."""

import mimetypes
from typing import Final

HEAD: Final = 4096
"""How many bytes :func:`media_type` looks at."""

_MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"GIF8", "image/gif"),
    (0, b"#?RADIANCE\n", "image/vnd.radiance"),
    (0, b"#?RGBE\n", "image/vnd.radiance"),
    (0, b"\x76\x2f\x31\x01", "image/x-exr"),
    (0, b"BM", "image/bmp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypavis", "image/avif"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WAVE", "audio/wav"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"MThd", "audio/midi"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"OTTO", "font/otf"),
    (0, b"GGUF", "application/x-gguf"),
    (8, b'{"', "application/x-safetensors"),
)


LAYERED_TYPES: Final = frozenset({"image/vnd.adobe.photoshop", "image/openraster", "application/pdf"})
"""Files that hold layers or pages: a document is made of them."""


def media_type(head: bytes, name: str = "") -> str:
    """Return the media type of a file that begins with ``head``; its name decides only where bytes cannot."""
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return kind
    # The first file in an OpenRaster archive says what it is; a header field of any length may stand before its words.
    if head.startswith(b"PK\x03\x04") and head[30:38] == b"mimetype" and b"image/openraster" in head[38:160]:
        return "image/openraster"
    if b"<svg" in head[:HEAD].lower():
        return "image/svg+xml"
    try:
        head[:HEAD].decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut in two by the end of what was looked at is still text.
        if error.start < min(len(head), HEAD) - 4:
            return mimetypes.guess_type(name)[0] or "application/octet-stream"
    if b"\x00" in head:
        return "application/octet-stream"
    guessed = mimetypes.guess_type(name)[0]
    return guessed if guessed and guessed.startswith(("text/", "application/json")) else "text/plain"

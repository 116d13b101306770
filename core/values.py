"""Small values that every room shares: asset hashes, identifiers, and the sentences that are said to a person."""

import errno
import hashlib
import secrets
from typing import Annotated, Union

import msgspec

AssetHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""BLAKE2b-256 of an asset's bytes, in lower-case hexadecimal (64 characters)."""

RASTER_TYPE = "application/x-atelier-raster"
"""Media type of a raster manifest: see :mod:`core.raster.manifest`."""

DOCUMENT_TYPE = "application/x-atelier-document"
"""Media type of one document revision, as msgpack."""


LAYERED_TYPE = "application/x-atelier-layers"
"""Media type of a document with its rasters, on its way between processes: see :mod:`core.raster.layered`."""


def hash_bytes(data: bytes | memoryview) -> str:
    """Return the :data:`AssetHash` of ``data``."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def new_id() -> str:
    """Return a fresh identifier for a document, layer, job or step: 12 URL-safe characters, 72 random bits."""
    return secrets.token_urlsafe(9)


Value = Union[str, int, float, "AtelierError"]
"""What a place in a :class:`Message` is filled with."""


class Message(str):
    """Words for a person: an English text that remembers what it was made of, so that it can be said otherwise.

    ``Message("“{name}” is empty.", name=path.name)`` is the text ``“photo.png” is empty.``; :attr:`template` and
    :attr:`values` are what the desktop translates (:func:`desktop.i18n.said`). The template is a literal:
    ``scripts/translations.py`` collects it. Its places may say how a number is written, ``{size:,}``. Without values it
    is taken as it is, braces and all; a value is never looked into. What is made of a message with the methods of
    ``str`` is English and nothing more.
    """

    template: str
    values: dict[str, "Message | str | int | float"]

    def __new__(cls, template: str, /, **values: Value) -> "Message":
        """A value may be a message itself, or an error, which stands for its own."""
        if isinstance(template, Message) and not values:
            return template
        plain = {name: value.message if isinstance(value, AtelierError) else value for name, value in values.items()}
        message = super().__new__(cls, template.format(**plain) if plain else template)
        message.template, message.values = str(template), plain
        return message


NOTHING = Message("")
"""Where there is nothing to say."""


class AtelierError(Exception):
    """Something a person can act on.

    ``str(error)`` is one plain English sentence: what happened, where, and what to do. :attr:`message` is the same
    for the desktop to translate. Nothing else is ever shown to the user; anything that is not an
    :class:`AtelierError` is a defect and goes to the log.
    """

    def __init__(self, template: str, /, **values: Value) -> None:
        """Arguments as of :class:`Message`; a message, or a text that is translated already, is taken as it is."""
        self.message = Message(template, **values)
        super().__init__(self.message)

    @property
    def template(self) -> str:
        """The sentence with places for the values."""
        return self.message.template

    @property
    def values(self) -> dict[str, Message | str | int | float]:
        """What fills the places."""
        return self.message.values


_REASONS = {
    errno.EACCES: Message("Permission denied"),
    errno.EBUSY: Message("Device or resource busy"),
    errno.EDQUOT: Message("Disk quota exceeded"),
    errno.EEXIST: Message("File exists"),
    errno.EFBIG: Message("File too large"),
    errno.EINVAL: Message("Invalid argument"),
    errno.EIO: Message("Input/output error"),
    errno.EISDIR: Message("Is a directory"),
    errno.EMFILE: Message("Too many open files"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ENOENT: Message("No such file or directory"),
    errno.ENOMEM: Message("Cannot allocate memory"),
    errno.ENOSPC: Message("No space left on device"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EPERM: Message("Operation not permitted"),
    errno.EROFS: Message("Read-only file system"),
    errno.ETIMEDOUT: Message("Connection timed out"),
}


def reason(error: OSError) -> Message:
    """Return why the system refused something, to be filled into a sentence."""
    return _REASONS.get(error.errno or 0) or Message(error.strerror or str(error))

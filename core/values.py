"""Small values that every room shares: asset hashes, identifiers and the sentence an error says to a person."""

import hashlib
import secrets
from typing import Annotated

import msgspec

AssetHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""BLAKE2b-256 of an asset's bytes, in lower-case hexadecimal (64 characters)."""

RASTER_TYPE = "application/x-atelier-raster"
"""Media type of a raster manifest: see :mod:`core.raster.manifest`."""

DOCUMENT_TYPE = "application/x-atelier-document"
"""Media type of one document revision, as msgpack."""


def hash_bytes(data: bytes | memoryview) -> str:
    """Return the :data:`AssetHash` of ``data``."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def new_id() -> str:
    """Return a fresh identifier for a document, layer, job or step: 12 URL-safe characters, 72 random bits."""
    return secrets.token_urlsafe(9)


class AtelierError(Exception):
    """Something a person can act on.

    ``str(error)`` is one plain English sentence: what happened, where, and what to do. Nothing else is ever shown
    to the user; anything that is not an :class:`AtelierError` is a defect and goes to the log.
    """

"""Files for artboards: ``--out "ads/{artboard}.png"`` writes each of them, named as it is."""

import re
from pathlib import Path
from typing import NamedTuple

from core.documents import artboard_edits
from core.documents.image import ImageDocument
from core.values import AtelierError

TOKEN = "{artboard}"
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class Part(NamedTuple):
    """A document and the files it is written as."""

    document: ImageDocument
    outs: list[Path]


def parts(document: ImageDocument, outs: list[Path]) -> list[Part]:
    """Return the whole document with the files that name no artboard, and each visible artboard with those that do.

    Raises :class:`AtelierError` when there is no artboard to write.
    """
    plain = [path for path in outs if TOKEN not in path.name]
    named = [path for path in outs if TOKEN in path.name]
    found = [Part(document, plain)] if plain else []
    boards = [group for group in artboard_edits.boards(document) if group.visible]
    if named and not boards:
        raise AtelierError("“{title}” has no artboards to write.", title=document.title)
    taken: set[str] = set()
    for group in boards if named else ():
        stem = _FORBIDDEN.sub("-", group.name).strip(" .-")[:120] or "Artboard"
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        files = [path.with_name(path.name.replace(TOKEN, name)) for path in named]
        found.append(Part(artboard_edits.document_of(document, group.id), files))
    return found

"""Has the core convert a document, or some layers of one, to another profile."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.documents.base import decode_document
from core.documents.image import ImageDocument
from core.operations.base import Asset
from core.operations.image_colour import ConvertProfile, IntentKind
from core.operations.recipe import single
from core.values import AtelierError
from desktop.imports import notes_of

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.work import Task


async def converted_document(
    session: "Session",
    document: ImageDocument,
    profile: str | None,
    intent: IntentKind = "relative",
    *,
    black_point: bool = True,
    started: "Callable[[Task], object]" = lambda _: None,
) -> tuple[ImageDocument, list[str]]:
    """Return ``document`` in another profile (an asset; None: sRGB), not committed, and what may look different.

    Its rasters are in the project when this returns. ``started`` gets the task, to follow or to cancel it.
    """
    from core.engine.adopt import take_in  # loads the codecs, only when there is a result

    project = session.require()
    digest = await asyncio.to_thread(project.put_document, document)
    target = None if profile is None else Asset(hash=profile)
    operation = ConvertProfile(document=Asset(hash=digest), profile=target, intent=intent, black_point=black_point)
    title = QCoreApplication.translate("profile", "Convert to profile")
    task = session.start(single(operation, title=document.title), title=title, origin="view")
    started(task)
    try:
        result = await session.work.wait(task)
        outputs = {key.rpartition(".")[2]: output for key, output in result.outputs.items()}
        notes = json.loads(Path(outputs["info"].path).read_bytes()).get("notes", [])
        taken = await asyncio.to_thread(take_in, project, {"document": outputs["document"]})
    finally:
        session.work.release(task)
        session.work.remove(task)
    found = decode_document(await asyncio.to_thread(project.get, taken["document"]))
    if not isinstance(found, ImageDocument):
        raise AtelierError("The converted document is no picture.")
    return found, notes_of(notes)

"""Reading pictures through the core: a file with layers becomes a document, any other one a raster.

The desktop itself never looks into such a file: it gets the document that the core process made of it. What the core
could not keep is said in one notice.
"""

import asyncio
import base64
import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from core.documents.base import decode_document
from core.documents.image import ImageDocument, RasterLayer, new_image
from core.documents.image_edits import with_new_ids
from core.engine.protocol import unpack_message
from core.operations.base import Asset, Output
from core.operations.image import ImportFile, ImportLayers, RenderDocument
from core.operations.image_colour import ConvertColours
from core.operations.recipe import Recipe, Step, single
from core.project.media import LAYERED_TYPES
from core.raster.icc import PROFILE_TYPE, read_profile
from core.raster.manifest import read_manifest
from core.values import RASTER_TYPE, AtelierError, Message, new_id
from desktop.i18n import said
from desktop.work import Redo

if TYPE_CHECKING:
    from desktop.session import Session

translate = QCoreApplication.translate

SHORT = 2
"""How many sentences a notice shows by itself."""


async def raster_of(session: "Session", digest: str, redo: Redo | None = None, into: str | None = None) -> str:
    """Return the raster of a picture asset: itself, or what the core reads from an encoded file, layers merged.

    It is in sRGB, or in the profile ``into``.
    """
    project = session.require()
    info = project.asset(digest)
    target = None if into is None else Asset(hash=into)
    if info.media_type == RASTER_TYPE:
        if target is None:
            return digest
        recipe = single(ConvertColours(image=Asset(hash=digest), target=target), title=info.name)
        words = translate("imports", "Convert colours")
        return (await session.make(recipe, title=words, origin="import", redo=redo)).outputs["image"]
    title = translate("imports", "Open {name}").format(name=info.name)
    if info.media_type in LAYERED_TYPES:
        steps = (
            Step("open", ImportLayers(file=Asset(hash=digest), name=info.name)),
            Step("merge", RenderDocument(document=Output(step="open", name="document"), depth=0)),
        )
        merged = Output(step="merge", name="image")
        recipe = Recipe(steps, (merged,), info.name)
        if target is not None:
            colours = Step("colours", ConvertColours(image=merged, target=target))
            recipe = Recipe((*steps, colours), (Output(step="colours", name="image"),), info.name)
        return (await session.make(recipe, title=title, origin="import", redo=redo)).outputs["image"]
    recipe = single(ImportFile(file=Asset(hash=digest), name=info.name, into=target, deep=True), title=info.name)
    made = await session.make(recipe, title=title, origin="import", redo=redo)
    tell(session, info.name, await _notes(session, made.outputs["info"]))
    return made.outputs["image"]


async def picture_of(session: "Session", digest: str, redo: Redo | None = None) -> str | ImageDocument:
    """Return the raster of a picture asset in sRGB, or a new document, not yet committed, where its profile is kept."""
    project = session.require()
    info = project.asset(digest)
    if info.media_type == RASTER_TYPE or session.settings.profiles != "keep":
        return await raster_of(session, digest, redo)
    operation = ImportFile(file=Asset(hash=digest), name=info.name, keep_profile=True, deep=True)
    title = translate("imports", "Open {name}").format(name=info.name)
    made = await session.make(single(operation, title=info.name), title=title, origin="import", redo=redo)
    told = await _info(session, made.outputs["info"])
    notes = notes_of(told.get("notes") or [])
    raster, icc = made.outputs["image"], told.get("icc")
    if not isinstance(icc, str) or not icc:
        tell(session, info.name, notes)
        return raster
    data = base64.b64decode(icc)
    profile = read_profile(data)  # what the core says is looked at before it is kept
    kept = translate("imports", "It keeps its profile: {profile}.").format(profile=profile.name or "ICC")
    tell(session, info.name, [kept, *notes])
    stored = await asyncio.to_thread(project.put, data, PROFILE_TYPE)
    manifest = await asyncio.to_thread(read_manifest, raster, project)
    name = info.name.rpartition(".")[0] or info.name
    layer = RasterLayer(name=name, pixels=raster, width=manifest.width, height=manifest.height)
    document = new_image(manifest.width, manifest.height, name)
    return msgspec.structs.replace(document, layers=(layer,), profile=stored, depth=manifest.depth)


async def document_of(
    session: "Session", digest: str, redo: Redo | None = None, *, page: int = 1, resolution: float = 300.0
) -> ImageDocument:
    """Return a new document, not yet committed, from an asset with layers or pages; says what it could not keep."""
    project = session.require()
    info = project.asset(digest)
    keep = session.settings.profiles == "keep"
    operation = ImportLayers(
        file=Asset(hash=digest), name=info.name, page=page, resolution=resolution, keep_profile=keep
    )
    title = translate("imports", "Open {name}").format(name=info.name)
    made = await session.make(single(operation, title=info.name), title=title, origin="import", redo=redo)
    data = await asyncio.to_thread(project.get, made.outputs["document"])
    document = decode_document(data)
    if not isinstance(document, ImageDocument):
        raise AtelierError("“{name}” holds no picture.", name=info.name)
    pages = (await _info(session, made.outputs["info"])).get("pages", 1)
    tell(session, info.name, await _notes(session, made.outputs["info"]))
    if isinstance(pages, int) and pages > 1:
        _offer_pages(session, digest, info.name, page, pages, resolution)
    layers = tuple(with_new_ids(layer) for layer in document.layers)
    name = info.name.rpartition(".")[0] or info.name
    return msgspec.structs.replace(document, id=new_id(), title=name, layers=layers)


def tell(session: "Session", name: str, notes: Sequence[str]) -> None:
    """Say what is different after opening in one calm notice; a button shows all of many."""
    if not notes:
        return
    text = " ".join([translate("imports", "“{name}” is open.").format(name=name), *notes[:SHORT]])
    if len(notes) > SHORT:
        session.say(text, "info", translate("imports", "Show all"), partial(_show_all, name, tuple(notes)))
    else:
        session.say(text, "info")


def _show_all(name: str, notes: tuple[str, ...]) -> None:
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle(translate("imports", "What is different"))
    box.setText(translate("imports", "What is different in “{name}” after opening:").format(name=name))
    box.setInformativeText("\n\n".join(notes))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.open()


def _offer_pages(session: "Session", digest: str, name: str, page: int, pages: int, resolution: float) -> None:
    from desktop.pdf_sheet import PageSheet

    def ask() -> None:
        sheet = PageSheet(name, page, pages, resolution, QApplication.activeWindow())
        sheet.chosen.connect(lambda number, dpi: session.open_page.emit(digest, number, dpi))
        sheet.open()

    text = translate("imports", "Page {page} of {pages} of “{name}” is open, at {dpi:.0f} px/in.")
    session.say(
        text.format(page=page, pages=pages, name=name, dpi=resolution),
        "info",
        translate("imports", "Open another page…"),
        ask,
    )


async def _info(session: "Session", digest: str) -> dict[str, object]:
    data = await asyncio.to_thread(session.require().get, digest)
    found = json.loads(data)
    return found if isinstance(found, dict) else {}


async def _notes(session: "Session", digest: str) -> list[str]:
    """Return the sentences in an ``info`` output, in the language in use."""
    notes = (await _info(session, digest)).get("notes") or []
    return notes_of(notes)


def notes_of(packed: object) -> list[str]:
    """Return packed messages as sentences in the language in use."""
    if not isinstance(packed, list):
        return []
    return [said(unpack_message(Message, note)) if isinstance(note, list) else str(note) for note in packed]

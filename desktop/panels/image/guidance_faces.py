"""What is to be said of the faces in a picture: which are cut off, where the eyes stand, where a face looks to."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from core.documents.image import ImageDocument
from core.documents.image_place import Box
from core.operations.image_findings import Composition, Crop, Edge, Face, Portrait
from desktop.panels.image import guidance_edits as edits
from desktop.panels.image.editor import Editor
from desktop.panels.image.guidance_findings import Finding, acting
from desktop.panels.image.guidance_overlays import Mark
from desktop.panels.image.words import QT_TRANSLATE_NOOP

NEAR = 0.06
"""How near to the upper third (a part of the height) eyes are said to stand on it."""
CLOSE = 0.55
"""Part of the picture's height from which a face is a close-up: its forehead and chin may be cut off on purpose."""


def faces(found: Composition, editor: Editor) -> Iterator[Finding]:
    """Yield what there is to say of faces; nothing when there are none."""
    document = editor.shown
    if document is None or not found.faces:
        return
    mark = Mark(faces=tuple(_box(face) for face in found.faces))
    translate = QCoreApplication.translate
    if len(found.faces) == 1:
        text = translate("Guidance", "There is a face in the picture. People look at faces first.")
    else:
        text = translate("Guidance", "There are {n} faces in the picture. People look at faces first.")
    yield Finding("faces", text.format(n=len(found.faces)), mark=mark)
    for number, face in enumerate(found.faces):
        edges = [edge for edge in face.cut if edge in ("left", "right") or face.bottom - face.top < CLOSE]
        if edges:
            yield _cut(f"cut-face-{number}", face, edges[0], document)
    if found.portrait is not None:
        boxes = tuple(_box(face) for face in found.faces[: found.portrait.faces])
        yield _eyes(found.portrait, boxes, document)
        if found.portrait.looks:
            yield _room(found.portrait, boxes)


def _box(face: Face) -> tuple[float, float, float, float]:
    """Return the part of a face's box that is in the picture."""
    return max(0.0, face.left), max(0.0, face.top), min(1.0, face.right), min(1.0, face.bottom)


def _cut(name: str, face: Face, edge: Edge, document: ImageDocument) -> Finding:
    translate = QCoreApplication.translate
    text = {
        "left": translate("Guidance", "The left edge cuts a face off, which looks like an accident."),
        "right": translate("Guidance", "The right edge cuts a face off, which looks like an accident."),
        "top": translate("Guidance", "The top edge cuts a face off, which looks like an accident."),
        "bottom": translate("Guidance", "The bottom edge cuts a face off, which looks like an accident."),
    }[edge]
    finding = Finding(name, text, "warn", Mark(faces=(_box(face),)))
    move = edits.whole_face(document, face)
    if move is None:
        return finding
    return acting(
        finding,
        translate("Guidance", "Move it into the picture"),
        QT_TRANSLATE_NOOP("history", "Move layer"),
        lambda document: edits.moved(document, *move),
    )


def _eyes(shown: Portrait, boxes: tuple[tuple[float, float, float, float], ...], document: ImageDocument) -> Finding:
    translate = QCoreApplication.translate
    third = edits.THIRDS[0]
    mark = Mark(faces=boxes, level=third)
    off = shown.eyes[1] - third
    if abs(off) < NEAR:
        text = translate("Guidance", "The eyes stand on the upper third, where they are looked for.")
        return Finding("eyes", text, "good", mark)
    if off > 0:
        text = translate("Guidance", "The eyes stand below the upper third: the face sinks, under too much empty room.")
    else:
        text = translate("Guidance", "The eyes stand above the upper third: the head presses against the top edge.")
    finding = Finding("eyes", text, "note", mark)
    width, height = document.width, document.height
    left, top, right, bottom = boxes[0]
    layer = edits.subject_layer(document, Box(left * width, top * height, right * width, bottom * height))
    y = shown.eyes[1] * height
    if layer is not None and len(boxes) == 1 and edits.may_rise(document, layer, y):
        return acting(
            finding,
            translate("Guidance", "Move the eyes there"),
            QT_TRANSLATE_NOOP("history", "Move layer"),
            lambda document: edits.raised(document, [layer], y),
        )
    return _cropping(finding, translate("Guidance", "Crop to put the eyes there"), boxes, shown.crop)


def _room(shown: Portrait, boxes: tuple[tuple[float, float, float, float], ...]) -> Finding:
    translate = QCoreApplication.translate
    mark = Mark(faces=boxes)
    left = shown.looks == "left"
    if not shown.tight:
        if left:
            text = translate("Guidance", "The face looks to the left and has room there.")
        else:
            text = translate("Guidance", "The face looks to the right and has room there.")
        return Finding("room", text, "good", mark)
    if left:
        text = translate(
            "Guidance", "The face looks to the left but has more room behind it: it looks out of the picture."
        )
    else:
        text = translate(
            "Guidance", "The face looks to the right but has more room behind it: it looks out of the picture."
        )
    finding = Finding("room", text, "note", mark)
    return _cropping(finding, translate("Guidance", "Crop to give it room"), boxes, shown.roomy)


def _cropping(
    finding: Finding, action: str, boxes: tuple[tuple[float, float, float, float], ...], crop: Crop | None
) -> Finding:
    """Add a crop, where there is one."""
    if crop is None:
        return finding
    mark = Mark(faces=boxes, crop=(crop.left, crop.top, crop.right, crop.bottom))
    return acting(
        Finding(finding.id, finding.text, finding.level, mark),
        action,
        QT_TRANSLATE_NOOP("history", "Crop"),
        lambda document: edits.cropped(document, crop),
    )

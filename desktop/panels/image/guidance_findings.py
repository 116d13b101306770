"""What was seen in a picture, as sentences: each says what there is and why it matters, what to show and what to do.

The core measures (:mod:`core.operations.image_findings`), this says it in the language in use.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from core.documents.image import ImageDocument, walk
from core.documents.image_place import Box
from core.operations.image_findings import Composition, Harmony, NewColours, Subject, TextContrast
from core.raster.bounds import layer_bounds
from core.raster.seeing import Look
from desktop.panels.image import guidance_edits as edits
from desktop.panels.image.editor import Editor
from desktop.panels.image.guidance_overlays import Mark
from desktop.panels.image.looks import look_name
from desktop.panels.image.words import QT_TRANSLATE_NOOP

Level = Literal["good", "note", "warn"]
Edit = Callable[[ImageDocument], ImageDocument]
NEAR = 0.06
"""How near to a third (in fractions of the picture) something is said to stand on it."""
LEVEL = 0.4
"""Degrees up to which a horizon is said to be level."""
OFF_BALANCE = 0.08


@dataclass(frozen=True)
class Finding:
    """One sentence, and what can be done about it."""

    id: str
    text: str
    level: Level = "note"
    mark: Mark | None = None
    """What *Show* points at on the canvas."""
    look: Look | None = None
    """How *Show* lets the picture be seen."""
    colours: tuple[str, ...] = ()
    action: str = ""
    """What *Apply* would do, as its button says it; empty when there is nothing to apply."""
    label: str = ""
    """English label of the undo step."""
    edit: Edit | None = None
    """The edit; findings with an action and without it are applied by the dock, see ``harmonise``."""


def composition(found: Composition, editor: Editor) -> Iterator[Finding]:
    """Yield what there is to say of the composition."""
    document = editor.shown
    if document is None:
        return
    yield _subject(found, document, editor)
    yield _horizon(found, document, editor)
    yield _balance(found)


def _heights(found: Composition) -> tuple[float, ...]:
    """Return the thirds, from the top, on which the subject stands well: eyes belong on the upper one."""
    return edits.THIRDS if found.portrait is None else edits.THIRDS[:1]


def _subject(found: Composition, document: ImageDocument, editor: Editor) -> Finding:
    subject, translate = found.subject, QCoreApplication.translate
    if subject is None:
        text = translate("Guidance", "No single thing stands out, so the eye has no place to begin.")
        return Finding("subject", text, mark=Mark(heat=True))
    box = (subject.left, subject.top, subject.right, subject.bottom)
    mark = Mark(box=box, heat=True)
    off = min(math.hypot(subject.x - x, subject.y - y) for x in edits.THIRDS for y in _heights(found))
    if off < NEAR:
        text = translate("Guidance", "What draws the eye first stands on a crossing of thirds, a lively, stable place.")
        return Finding("subject", text, "good", mark)
    if abs(subject.x - 0.5) < NEAR:
        text = translate(
            "Guidance",
            "What draws the eye first stands in the middle: formal and still. On a third it looks livelier.",
        )
    else:
        text = translate(
            "Guidance",
            "What draws the eye first stands neither in the middle nor on a third, so its place may look accidental.",
        )
    return _with_place(Finding("subject", text, "note", mark), found, subject, document)


def _with_place(finding: Finding, found: Composition, subject: Subject, document: ImageDocument) -> Finding:
    """Add what brings the subject to a third: moving its layer, or a crop."""
    translate = QCoreApplication.translate
    width, height = document.width, document.height
    box = Box(subject.left * width, subject.top * height, subject.right * width, subject.bottom * height)
    layer = edits.subject_layer(document, box)
    if layer is not None:
        middle = subject.x * width, subject.y * height

        def move(document: ImageDocument) -> ImageDocument:
            return edits.to_third(document, [layer], middle, _heights(found))

        return acting(
            finding, translate("Guidance", "Move it to a third"), QT_TRANSLATE_NOOP("history", "Move layer"), move
        )
    crop = found.crop
    if crop is None:
        return finding
    mark = Mark(box=finding.mark.box if finding.mark else None, crop=(crop.left, crop.top, crop.right, crop.bottom))
    return acting(
        Finding(finding.id, finding.text, finding.level, mark),
        translate("Guidance", "Crop to put it on a third"),
        QT_TRANSLATE_NOOP("history", "Crop"),
        lambda document: edits.cropped(document, crop),
    )


def acting(finding: Finding, action: str, label: str, edit: Edit) -> Finding:
    """Add what can be done: the button's words, the English label of the undo step, and the edit."""
    return Finding(
        finding.id, finding.text, finding.level, finding.mark, finding.look, finding.colours, action, label, edit
    )


def _horizon(found: Composition, document: ImageDocument, editor: Editor) -> Finding:
    line, translate = found.horizon, QCoreApplication.translate
    if line is None:
        return Finding("horizon", translate("Guidance", "No horizon was found, so nothing can be said of its lean."))
    mark = Mark(line=(line.left, line.right))
    lean = abs(line.degrees)
    if lean < LEVEL:
        return Finding("horizon", translate("Guidance", "The horizon is level."), "good", mark)
    if line.degrees > 0:
        text = translate("Guidance", "The horizon falls by {n}° to the right, which reads as a slip of the camera.")
    else:
        text = translate("Guidance", "The horizon rises by {n}° to the right, which reads as a slip of the camera.")
    finding = Finding("horizon", text.format(n=f"{lean:.1f}"), "warn", mark)
    ids = edits.photographs(document)
    if not ids:
        return finding
    return acting(
        finding,
        translate("Guidance", "Straighten"),
        QT_TRANSLATE_NOOP("history", "Straighten"),
        lambda document: edits.straightened(document, ids, line.degrees, editor.size_of),
    )


def _balance(found: Composition) -> Finding:
    translate = QCoreApplication.translate
    x, y = found.balance[0] - 0.5, found.balance[1] - 0.5
    mark = Mark(point=found.balance)
    if max(abs(x), abs(y)) < OFF_BALANCE:
        return Finding(
            "balance", translate("Guidance", "The visual weight is balanced about the middle."), "good", mark
        )
    sides = {
        (True, True): translate("Guidance", "The visual weight lies right; something on the left would answer it."),
        (True, False): translate("Guidance", "The visual weight lies left; something on the right would answer it."),
        (False, True): translate("Guidance", "The visual weight lies low, which looks heavy and at rest."),
        (False, False): translate("Guidance", "The visual weight lies high, which looks light or unsteady."),
    }
    across = abs(x) >= abs(y)
    return Finding("balance", sides[across, (x if across else y) > 0], "note", mark)


def selected_place(editor: Editor) -> Finding | None:
    """Return how far the selected layer stands from a third; ``None`` unless one layer with a place is selected."""
    document, layer, translate = editor.shown, editor.layer, QCoreApplication.translate
    if document is None or layer is None or not edits.is_plain(layer) or not editor.movable():
        return None
    box = editor.bounds([layer.id])
    if box is None or edits.part_covered(document, layer) >= edits.COVERS:
        return None
    x, y = box.centre
    third = edits.nearest_third(document, x, y)
    off = math.hypot(third[0] - x, third[1] - y)
    name = " ".join((layer.name or getattr(layer, "text", "")).split()) or translate("Guidance", "The layer")
    mark = Mark(point=None, box=_fractions(box, document))
    if off < 1.5:
        text = translate("Guidance", "“{name}” stands on a crossing of thirds.")
        return Finding("place", text.format(name=name), "good", mark)
    text = translate("Guidance", "The middle of “{name}” is {n} px from the nearest crossing of thirds.")
    return acting(
        Finding("place", text.format(name=name, n=round(off)), "note", mark),
        translate("Guidance", "Move it to a third"),
        QT_TRANSLATE_NOOP("history", "Move layer"),
        lambda document: edits.to_third(document, [layer.id], (x, y)),
    )


def _fractions(box: Box, document: ImageDocument) -> tuple[float, float, float, float]:
    width, height = document.width, document.height
    return box.left / width, box.top / height, box.right / width, box.bottom / height


def scheme_name(scheme: str) -> str:
    """Return what a scheme of colours is called."""
    translate = QCoreApplication.translate
    return {
        "one": translate("Guidance", "a single hue"),
        "neighbours": translate("Guidance", "neighbouring hues (analogous)"),
        "opposites": translate("Guidance", "two opposite hues (complementary)"),
        "split": translate("Guidance", "neighbours with one opposite (split complementary)"),
        "crossed": translate("Guidance", "two opposite families"),
        "nearest": translate("Guidance", "the nearest scheme"),
    }[scheme]


def colours(found: Harmony) -> Iterator[Finding]:
    """Yield what there is to say of the colours."""
    translate = QCoreApplication.translate
    name = scheme_name(found.scheme)
    if found.grey:
        yield Finding("harmony", translate("Guidance", "There is almost no colour, so there is no scheme to speak of."))
    elif found.follows:
        why = {
            "one": translate("Guidance", "That is calm, and depends on light and dark."),
            "neighbours": translate("Guidance", "That is calm and held together."),
            "opposites": translate("Guidance", "That gives tension and makes either stand out."),
            "split": translate("Guidance", "That is rich, with one accent that stands out."),
        }.get(found.scheme, "")
        text = translate("Guidance", "The colours keep to {scheme}. {why}").format(scheme=name, why=why)
        yield Finding("harmony", text, "good", colours=found.colours)
    else:
        text = translate(
            "Guidance",
            "{share} of the colour lies outside of any scheme; the nearest is {scheme}. "
            "Stray hues compete with what should be seen.",
        )
        text = text.format(share=f"{found.outside:.0%}", scheme=name)
        action = translate("Guidance", "Bring into harmony")
        yield Finding("harmony", text, "note", colours=found.colours, action=action)
    for number, pair in enumerate(found.confusions):
        look = Look(pair.look)
        text = translate(
            "Guidance",
            "Two main colours look alike in the view “{view}”: what only they tell apart is lost to some people.",
        )
        yield Finding(
            f"confusion-{number}",
            text.format(view=look_name(look)),
            "warn",
            look=look,
            colours=(pair.first, pair.second),
        )


def contrast(found: TextContrast, document: ImageDocument) -> Finding | None:
    """Return what there is to say of one text; ``None`` when it is gone by now."""
    translate = QCoreApplication.translate
    layer = next((one for one in walk(document.layers) if one.id == found.layer), None)
    if layer is None:
        return None
    own = layer_bounds(layer)
    mark = Mark(box=_fractions(Box(*own), document))
    values = {"name": found.name, "n": f"{found.worst:.1f}", "needed": f"{found.needed:g}"}
    if found.passes:
        text = translate("Guidance", "“{name}” can be read: its contrast is at least {n}:1 where it is worst.")
        return Finding(f"text-{found.layer}", text.format(**values), "good", mark)
    if found.large:
        text = translate("Guidance", "“{name}” is hard to read: {n}:1 where it is worst; large text needs {needed}:1.")
    else:
        text = translate("Guidance", "“{name}” is hard to read: {n}:1 where it is worst; small text needs {needed}:1.")
    finding = Finding(f"text-{found.layer}", text.format(**values), "warn", mark)
    if found.colour:
        reached, label = found.colour_reaches, QT_TRANSLATE_NOOP("history", "Change text colour")
        action, suggestion = translate("Guidance", "Use {colour} ({n}:1)"), found.colour
    elif found.box:
        reached, label = found.box_reaches, QT_TRANSLATE_NOOP("history", "Put a box behind the text")
        action, suggestion = translate("Guidance", "Put {colour} behind it ({n}:1)"), found.box
    else:
        return finding
    finding = Finding(finding.id, finding.text, finding.level, mark, colours=(suggestion,))
    action = action.format(colour=suggestion, n=f"{reached:.1f}")
    return acting(finding, action, label, lambda document: edits.readable(document, found))


def recolouring(found: NewColours) -> Edit:
    """Return the edit that gives fills and texts their new colours."""
    return lambda document: edits.recoloured(document, found.colours)

"""Auto grade's adjustments as layers: made when its result is kept, changed when the result is made again."""

from collections.abc import Sequence

import msgspec

from core.documents.image import Adjustment, AdjustmentLayer, AnyLayer, GroupLayer, ImageDocument
from core.project.project import Project
from core.values import AtelierError
from desktop.panels.image.words import adjustment_name

replace = msgspec.structs.replace


class _Grade(msgspec.Struct):
    adjustments: list[Adjustment]


def read_grade(project: Project, digest: str) -> list[Adjustment]:
    """Return the adjustments, bottom layer first, in the ``data`` of an Auto grade; raises :class:`AtelierError`."""
    try:
        return msgspec.json.decode(project.get(digest), type=_Grade).adjustments
    except msgspec.MsgspecError as error:
        raise AtelierError("The grading could not be read: {why}.", why=str(error)) from None


def grade_layers(adjustments: Sequence[Adjustment], *, clipped: bool) -> list[AdjustmentLayer]:
    """Return a layer for each adjustment, bottom first."""
    return [AdjustmentLayer(name=adjustment_name(type(one)), adjustment=one, clipped=clipped) for one in adjustments]


def regraded(document: ImageDocument, old: Sequence[Adjustment], new: Sequence[Adjustment]) -> ImageDocument:
    """Return ``document`` with ``new`` wherever ``old`` stands, layer upon layer.

    What was changed by hand since is no longer ``old`` and stays; masks, names and opacities of layers stay as well.
    """
    return replace(document, layers=_regraded(document.layers, old, new)) if old else document


def _regraded(
    layers: tuple[AnyLayer, ...], old: Sequence[Adjustment], new: Sequence[Adjustment]
) -> tuple[AnyLayer, ...]:
    found: list[AnyLayer] = []
    index = 0
    while index < len(layers):
        run = layers[index : index + len(old)]
        graded = [layer for layer in run if isinstance(layer, AdjustmentLayer)]
        if len(graded) == len(old) and [layer.adjustment for layer in graded] == list(old):
            spare = {type(layer.adjustment): layer for layer in graded}
            for fresh in grade_layers(new, clipped=graded[0].clipped):
                kept = spare.get(type(fresh.adjustment))
                found.append(fresh if kept is None else replace(kept, adjustment=fresh.adjustment))
            index += len(old)
            continue
        layer = layers[index]
        found.append(
            replace(layer, layers=_regraded(layer.layers, old, new)) if isinstance(layer, GroupLayer) else layer
        )
        index += 1
    return tuple(found)

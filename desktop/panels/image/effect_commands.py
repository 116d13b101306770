"""Adding effects to layers, whoever asks: a menu or the inspector. Each is one undo step."""

import msgspec

from core.documents import image_edits
from core.documents.image import AdjustmentLayer, AnyLayer
from core.documents.image_effects import MAX_EFFECTS, Effect
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace


def can_add(layer: AnyLayer) -> bool:
    """Return whether a layer can be given an effect: it has a shape, and not too many already."""
    return not isinstance(layer, AdjustmentLayer) and len(layer.effects) < MAX_EFFECTS


def add_effect(editor: Editor, kind: type[Effect]) -> None:
    """Give each selected layer that can have it one more effect, on top of its others."""
    ids = [layer.id for layer in editor.selected() if can_add(layer)]
    if ids:
        document = image_edits.change(
            editor.require(), ids, lambda layer: replace(layer, effects=(*layer.effects, kind()))
        )
        editor.commit(QT_TRANSLATE_NOOP("history", "Add effect"), document)

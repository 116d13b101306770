"""Inspector section for a layer's effects: a list to add, switch, order and delete, and the chosen one's fields."""

from typing import Any

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QToolButton, QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import AdjustmentLayer, ImageDocument
from core.documents.image_effects import Effect
from desktop import theme
from desktop.panels.image.blend_field import BlendField
from desktop.panels.image.declared import DeclaredRows, Edit
from desktop.panels.image.editor import Editor
from desktop.panels.image.effect_commands import add_effect
from desktop.panels.image.sections import Section
from desktop.panels.image.words import EFFECTS, QT_TRANSLATE_NOOP, effect_name
from desktop.widgets.number import SliderField

replace = msgspec.structs.replace


class EffectsSection(Section):
    """The topmost effect is the first in the list, as with layers."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Effects"))
        self._at = -1
        self._layer = ""
        self.body: EffectBody | None = None
        self.up = self.tool("arrow-up", self.tr("Raise the effect"), lambda: self._shift(1))
        self.down = self.tool("arrow-down", self.tr("Lower the effect"), lambda: self._shift(-1))
        self.remove = self.tool("trash-2", self.tr("Delete the effect"), self._remove)
        self.add = self.tool("plus", self.tr("Add an effect"), lambda: None)
        menu = QMenu(self)
        for kind in EFFECTS:
            menu.addAction(effect_name(kind)).triggered.connect(lambda _=False, k=kind: add_effect(editor, k))
        self.add.setMenu(menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Effects"))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._switched)
        self.list.currentRowChanged.connect(self._chosen)
        self.wide(self.list)

    # --- showing ----------------------------------------------------------------------------------------------------

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The effects of the selected layer as they are shown, from the bottom to the top."""
        layer = self.editor.layer
        return () if layer is None else layer.effects

    def follow(self) -> None:
        effects, layer = self.effects, self.editor.layer
        if layer is not None and layer.id != self._layer:
            self._layer, self._at = layer.id, len(effects) - 1
        elif len(effects) > self.list.count():
            self._at = len(effects) - 1  # the one that was added
        self._at = min(max(self._at, 0), len(effects) - 1)
        with QSignalBlocker(self.list):
            while self.list.count() > len(effects):
                self.list.takeItem(0)
            while self.list.count() < len(effects):
                self.list.addItem(QListWidgetItem())
            for row, effect in enumerate(reversed(effects)):
                item = self.list.item(row)
                item.setText(effect_name(type(effect)))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if effect.enabled else Qt.CheckState.Unchecked)
            self.list.setCurrentRow(len(effects) - 1 - self._at)
        self.list.setVisible(bool(effects))
        height = self.list.sizeHintForRow(0) if effects else 0
        self.list.setFixedHeight(len(effects) * height + 2 * self.list.frameWidth())
        for button in (self.up, self.down, self.remove):
            button.setVisible(bool(effects))
        self.up.setEnabled(self._at < len(effects) - 1)
        self.down.setEnabled(self._at > 0)
        self._show_body()

    def _show_body(self) -> None:
        effect = self.effects[self._at] if self.effects else None
        kind = None if effect is None else type(effect)
        if self.body is not None and self.body.kind is not kind:
            self.grid.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
            self.body = None
        if effect is not None:
            if self.body is None:
                self.body = EffectBody(self, type(effect))
                self.grid.addWidget(self.body, 1, 0, 1, 2)
            self.body.follow(effect)

    # --- changing ---------------------------------------------------------------------------------------------------

    def set_field(self, name: str) -> Edit:
        """Return the edit that sets one field of the chosen effect."""

        def edit(document: ImageDocument, value: Any) -> ImageDocument:
            return self._changed(document, lambda effect: replace(effect, **{name: value}))

        return edit

    def _changed(self, document: ImageDocument, how: Any) -> ImageDocument:
        layer = document.layer(self.editor.selection[0])
        if isinstance(layer, AdjustmentLayer) or not 0 <= self._at < len(layer.effects):
            raise KeyError(layer.id)
        effects = (*layer.effects[: self._at], how(layer.effects[self._at]), *layer.effects[self._at + 1 :])
        return image_edits.update(document, [layer.id], effects=effects)

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self._at = len(self.effects) - 1 - row
            self.follow()

    def _switched(self, item: QListWidgetItem) -> None:
        self._at = len(self.effects) - 1 - self.list.row(item)
        on = item.checkState() is Qt.CheckState.Checked
        label = QT_TRANSLATE_NOOP("history", "Switch effect on or off")
        self.apply(label, lambda document: self.set_field("enabled")(document, on))

    def _shift(self, by: int) -> None:
        effects, other = list(self.effects), self._at + by
        if 0 <= other < len(effects):
            effects[self._at], effects[other] = effects[other], effects[self._at]
            self._at = other
            self._set(QT_TRANSLATE_NOOP("history", "Reorder effects"), effects)

    def _remove(self) -> None:
        effects = list(self.effects)
        if effects:
            del effects[self._at]
            self._set(QT_TRANSLATE_NOOP("history", "Delete effect"), effects)

    def _set(self, label: str, effects: list[Effect]) -> None:
        ids = self.editor.selection
        self.apply(label, lambda document: image_edits.update(document, ids, effects=tuple(effects)))


class EffectBody(QWidget):
    """Blend mode, opacity and what else the effect declares."""

    def __init__(self, section: EffectsSection, kind: type[Effect]) -> None:
        super().__init__()
        self.kind = kind
        self._section = section
        label = QT_TRANSLATE_NOOP("history", "Change effect")
        self.rows = DeclaredRows(section, "effects", label, section.set_field)
        self.blend = BlendField()
        self.opacity = SliderField(self.tr("Opacity"), minimum=0, maximum=100, step=1, unit="%", value=100, default=100)
        self.rows.row(self.tr("Blend mode"), self.blend)
        self.rows.row(self.tr("Opacity"), self.opacity)
        self.rows.declare(kind)
        opacity, blend = section.set_field("opacity"), section.set_field("blend")
        self.rows.live(self.opacity, label, lambda document, value: opacity(document, value / 100))
        self.blend.committed.connect(lambda mode: section.apply(label, lambda document: blend(document, mode)))
        self.blend.tried.connect(self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.addWidget(self.rows)

    def _try(self, mode: object) -> None:
        editor = self._section.editor
        if mode is None or editor.document is None:
            editor.preview(None)
        else:
            editor.preview(self._section.set_field("blend")(editor.document, mode))

    def follow(self, effect: Effect) -> None:
        """Show the values of an effect."""
        self.blend.set_value(effect.blend)
        self.opacity.set_value(round(effect.opacity * 100))
        self.rows.show_values(effect)

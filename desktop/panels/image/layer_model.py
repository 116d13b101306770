"""The layers of the shown document as a Qt item model: topmost first, groups with their layers inside.

The model never changes the document by itself; it commits what a person did through the editor and follows what comes
back. Row order is the reverse of the document's: row 0 is the top layer.
"""

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.documents import artboard_edits, image_edits
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
)
from core.documents.image_filters import LayerFilter
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP, effect_name

LAYERS_MIME = "application/x-atelier-layers"
AnyIndex = QModelIndex | QPersistentModelIndex


class Role(enum.IntEnum):
    """What a row tells beside its name."""

    LAYER = Qt.ItemDataRole.UserRole
    """The layer itself."""
    SHOWN = Qt.ItemDataRole.UserRole + 1
    """False when it, or a group around it, is hidden."""
    LOCKED = Qt.ItemDataRole.UserRole + 2
    """True when it, or a group around it, is locked."""


@dataclass(eq=False)
class Node:
    """One row: a layer and where it stands."""

    layer: AnyLayer
    parent: "Node | None"
    row: int
    key: int
    children: list["Node"] = field(default_factory=list)


class LayerModel(QAbstractItemModel):
    """Rows are layers. Emits ``dataChanged`` for edits that keep the tree, resets only when the tree is another."""

    moved = Signal()
    """Layers were dragged somewhere else: they want to stay selected and in sight."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._document: ImageDocument | None = None
        self._top: list[Node] = []
        self._nodes: dict[int, Node] = {}
        self._by_id: dict[str, Node] = {}
        self._next = 1
        editor.shown_changed.connect(lambda _: self.follow())
        self.follow()

    # --- following the document -------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Take up what the editor shows now."""
        new = self.editor.shown
        old, self._document = self._document, new
        if new is old:
            return
        if new is not None and old is not None and new.id == old.id and self._same_tree(self._top, new.layers):
            self._update(self._top, new.layers)
            return
        self.beginResetModel()
        self._nodes.clear()
        self._by_id.clear()
        self._top = self._build(new.layers if new is not None else (), None)
        self.endResetModel()

    def _build(self, layers: Sequence[AnyLayer], parent: Node | None) -> list[Node]:
        nodes: list[Node] = []
        for row, layer in enumerate(reversed(layers)):
            node = Node(layer, parent, row, self._next)
            self._next += 1
            self._nodes[node.key] = self._by_id[layer.id] = node
            if isinstance(layer, GroupLayer):
                node.children = self._build(layer.layers, node)
            nodes.append(node)
        return nodes

    def _same_tree(self, nodes: list[Node], layers: Sequence[AnyLayer]) -> bool:
        if len(nodes) != len(layers):
            return False
        for node, layer in zip(nodes, reversed(layers), strict=True):
            if node.layer is layer:
                continue
            if node.layer.id != layer.id or type(node.layer) is not type(layer):
                return False
            if isinstance(layer, GroupLayer) and not self._same_tree(node.children, layer.layers):
                return False
        return True

    def _update(self, nodes: list[Node], layers: Sequence[AnyLayer], *, all_of_it: bool = False) -> None:
        for node, layer in zip(nodes, reversed(layers), strict=True):
            if node.layer is layer and not all_of_it:
                continue
            inherits = all_of_it or (node.layer.visible, node.layer.locked) != (layer.visible, layer.locked)
            node.layer = layer
            index = self.createIndex(node.row, 0, node.key)
            self.dataChanged.emit(index, index)
            if isinstance(layer, GroupLayer):
                self._update(node.children, layer.layers, all_of_it=inherits)

    # --- asking -----------------------------------------------------------------------------------------------------

    def node(self, index: AnyIndex) -> Node | None:
        """Return the row behind an index; None for the invisible root."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, layer_id: str) -> QModelIndex:
        """Return the index of a layer; invalid when it is not there."""
        node = self._by_id.get(layer_id)
        return QModelIndex() if node is None else self.createIndex(node.row, 0, node.key)

    def layer(self, index: AnyIndex) -> AnyLayer | None:
        """Return the layer of a row."""
        node = self.node(index)
        return None if node is None else node.layer

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._rows(parent)
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row].key)

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent.key)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows(parent))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def _rows(self, parent: AnyIndex) -> list[Node]:
        node = self.node(parent)
        return self._top if node is None else node.children

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        layer = node.layer
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.name_of(layer)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(layer)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.name_of(layer)}, {self.kind_of(layer)}"
        if role == Role.LAYER:
            return layer
        if role == Role.SHOWN:
            return self._inherited(node, "visible", False)
        if role == Role.LOCKED:
            return not self._inherited(node, "locked", True)
        return None

    def _inherited(self, node: Node, name: str, stop: bool) -> bool:
        """Return False as soon as the row or one around it has the field at ``stop``."""
        at: Node | None = node
        while at is not None:
            if getattr(at.layer, name) is stop:
                return False
            at = at.parent
        return True

    def name_of(self, layer: AnyLayer) -> str:
        """Return what the list calls a layer: its name, else its text, else its kind."""
        if layer.name:
            return layer.name
        if isinstance(layer, TextLayer) and layer.text.strip():
            return " ".join(layer.text.split())[:60]
        return self.kind_of(layer)

    def kind_of(self, layer: AnyLayer) -> str:
        """Return what kind of layer it is, in words."""
        match layer:
            case RasterLayer():
                return self.tr("Pixels")
            case SmartLayer():
                return self.tr("Smart layer")
            case TextLayer():
                return self.tr("Text")
            case ShapeLayer():
                return self.tr("Shape")
            case FillLayer():
                return self.tr("Fill") if layer.colour2 is None else self.tr("Gradient")
            case AdjustmentLayer():
                return self.tr("Filter") if isinstance(layer.adjustment, LayerFilter) else self.tr("Adjustment")
            case GroupLayer():
                return self.tr("Group") if layer.artboard is None else self.tr("Artboard")

    def _tip(self, layer: AnyLayer) -> str:
        parts = [self.name_of(layer), self.kind_of(layer)]
        if isinstance(layer, RasterLayer):
            parts[1] = self.tr("{width} × {height} px").format(width=layer.width, height=layer.height)
            if layer.made_by_model:
                parts.append(self.tr("Made by a model"))
        parts += [effect_name(type(effect)) for effect in reversed(layer.effects) if effect.enabled]
        if layer.clipped:
            parts.append(self.tr("Shows only where the layer below it is"))
        return "\n".join(parts)

    # --- changing ---------------------------------------------------------------------------------------------------

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        if not self.data(index, Role.LOCKED):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if isinstance(node.layer, GroupLayer):
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        else:
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        layer, document = self.layer(index), self.editor.document
        if layer is None or document is None or role != Qt.ItemDataRole.EditRole:
            return False
        name = str(value).strip()[:200]
        if name in ("", self.name_of(layer)):
            return False
        renamed = image_edits.update(document, [layer.id], name=name)
        return self.editor.commit(QT_TRANSLATE_NOOP("history", "Rename layer"), renamed)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [LAYERS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [layer.id for index in indexes if (layer := self.layer(index)) is not None]
        document = self._document.id if self._document is not None else ""
        data.setData(LAYERS_MIME, json.dumps({"document": document, "layers": ids}).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        document = self.editor.document
        ids = dragged(data, document)
        node = self.node(parent)
        if document is None or not ids:
            return False
        if node is not None and not isinstance(node.layer, GroupLayer):
            return False
        count = len(self._rows(parent))
        index = count if row < 0 else count - row
        try:
            new = artboard_edits.move(document, ids, None if node is None else node.layer.id, index)
        except AtelierError as error:
            self.editor.session.report(error)
            return False
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Reorder layers"), new):
            self.moved.emit()
        # The rows have moved already; True would make the view remove them once more.
        return False


def dragged(data: QMimeData, document: ImageDocument | None) -> list[str]:
    """Return the ids of the layers of ``document`` that ``data`` carries."""
    if document is None or not data.hasFormat(LAYERS_MIME):
        return []
    try:
        carried = msgspec.json.decode(bytes(data.data(LAYERS_MIME).data()), type=dict[str, Any])
        ids = [str(layer_id) for layer_id in carried["layers"]]
    except (msgspec.MsgspecError, KeyError, TypeError):
        return []
    if carried.get("document") != document.id:
        return []
    try:
        return list(image_edits.top_level(document, ids))
    except KeyError:
        return []

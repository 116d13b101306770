"""The Structure dock of the image panel: the layers, how they blend, and what can be made and done with them."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QToolButton,
    QToolTip,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.documents import image_edits
from core.documents.image import AnyLayer, BlendMode, GroupLayer, SmartLayer
from core.raster.selecting import Combine
from desktop import icons, theme
from desktop.panels.image.blend_field import BlendField
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor, Shown
from desktop.panels.image.layer_model import LayerModel
from desktop.panels.image.layer_rows import LayerRows, Part
from desktop.panels.image.thumbnails import Thumbnails
from desktop.panels.image.words import ADJUSTMENTS, FILTERS, QT_TRANSLATE_NOOP, adjustment_name
from desktop.widgets.empty import EmptyState
from desktop.widgets.number import SliderField


class LayerTree(QTreeView):
    """The rows. Clicks on eye, lock and mask do what they say; everything else selects, drags and renames."""

    menu_requested = Signal(QPoint)
    contents_wanted = Signal()
    """The picture of the selected smart layer was clicked twice."""

    def __init__(self, editor: Editor, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands
        self.thumbnails = Thumbnails(editor, self)
        self.rows = LayerRows(editor, self.thumbnails, self)
        self.layers = LayerModel(editor, self)
        self._following = False
        self._swiping: bool | None = None
        self._collapsed: set[str] = set()
        self.setModel(self.layers)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setIndentation(theme.px(16))
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setAutoExpandDelay(500)
        self.setAccessibleName(self.tr("Layers"))
        self.thumbnails.arrived.connect(self.viewport().update)
        self.layers.modelReset.connect(self._after_reset)
        self.expanded.connect(lambda index: self._collapsed.discard(self._id(index)))
        self.collapsed.connect(lambda index: self._collapsed.add(self._id(index)))
        self.selectionModel().selectionChanged.connect(self._selected)
        editor.selection_changed.connect(self.follow_selection)
        editor.shown_changed.connect(self._on_shown)
        theme.notifier().changed.connect(self._on_theme)
        self._after_reset()

    def _id(self, index: QModelIndex) -> str:
        layer = self.layers.layer(index)
        return layer.id if layer is not None else ""

    def _on_shown(self, shown: Shown) -> None:
        if shown.old is None:
            self.thumbnails.forget()
            self._collapsed.clear()

    def _on_theme(self) -> None:
        self.setIndentation(theme.px(16))
        self.scheduleDelayedItemsLayout()

    # --- selection --------------------------------------------------------------------------------------------------

    def _after_reset(self) -> None:
        self._following = True
        self._expand(QModelIndex())
        self._following = False
        self.follow_selection()

    def _expand(self, parent: QModelIndex) -> None:
        for row in range(self.layers.rowCount(parent)):
            index = self.layers.index(row, 0, parent)
            layer = self.layers.layer(index)
            if isinstance(layer, GroupLayer):
                if layer.id not in self._collapsed and layer.expanded:
                    self.expand(index)
                self._expand(index)

    def follow_selection(self) -> None:
        """Show what the editor has selected."""
        wanted = [self.layers.index_of(i) for i in self.editor.selection]
        selection = QItemSelection()
        for index in wanted:
            selection.select(index, index)
        self._following = True
        model = self.selectionModel()
        if {self._id(i) for i in model.selectedIndexes()} != set(self.editor.selection):
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if wanted:
                model.setCurrentIndex(wanted[-1], QItemSelectionModel.SelectionFlag.NoUpdate)
                self.scrollTo(wanted[-1])
        self._following = False
        self.viewport().update()

    def _selected(self) -> None:
        if not self._following:
            ids = [self._id(index) for index in self.selectionModel().selectedIndexes()]
            same = tuple(ids) == self.editor.selection
            keep_mask, keep_path = self.editor.on_mask and same, self.editor.on_path and same
            self.editor.select(ids, mask=keep_mask, path=keep_path)

    # --- the pointer ------------------------------------------------------------------------------------------------

    def _part(self, at: QPoint) -> tuple[AnyLayer | None, Part | None]:
        index = self.indexAt(at)
        layer = self.layers.layer(index)
        if layer is None:
            return None, None
        return layer, self.rows.part_at(self.visualRect(index), layer, at.x(), at.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer, part = self._part(event.position().toPoint())
        if layer is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        ids = self.editor.selection if layer.id in self.editor.selection else (layer.id,)
        keys = event.modifiers()
        if part is Part.EYE:
            if keys & Qt.KeyboardModifier.AltModifier:
                self._solo(layer.id)
            else:
                self._swiping = not layer.visible
                self.commands.toggle("visible", (layer.id, *(i for i in ids if i != layer.id)))
        elif part is Part.LOCK:
            self.commands.toggle("locked", (layer.id, *(i for i in ids if i != layer.id)))
        elif part in (Part.THUMBNAIL, Part.MASK) and keys & Qt.KeyboardModifier.ControlModifier:
            self.editor.pixels.from_layer(layer.id, _combine(keys), mask=part is Part.MASK)
        elif part is Part.MASK and keys & Qt.KeyboardModifier.ShiftModifier:
            self.commands.toggle_mask(layer.id)
        elif part is Part.MASK and not keys:
            self.editor.select([layer.id], mask=True)
        elif part is Part.PATH and keys & Qt.KeyboardModifier.ShiftModifier:
            self.commands.toggle_vector_mask(layer.id)
        elif part is Part.PATH and not keys:
            self.editor.select([layer.id], path=True)
        else:
            on_mask = self.editor.on_mask or self.editor.on_path
            if part is Part.THUMBNAIL and on_mask and self.editor.selection == (layer.id,):
                self.editor.select([layer.id])
            super().mousePressEvent(event)

    def _solo(self, layer_id: str) -> None:
        """Show only this layer and those around it, or all when it is shown alone already."""
        document = self.editor.require()
        parent = image_edits.place(document, layer_id).parent
        others = [one.id for one in image_edits.siblings(document, parent) if one.id != layer_id]
        alone = not any(document.layer(i).visible for i in others)
        new = image_edits.update(document, others, visible=alone)
        self.editor.commit(
            QT_TRANSLATE_NOOP("history", "Show or hide layer"), image_edits.update(new, [layer_id], visible=True)
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._swiping is not None:
            layer, _ = self._part(event.position().toPoint())
            if layer is not None and layer.visible != self._swiping:
                document = image_edits.update(self.editor.require(), [layer.id], visible=self._swiping)
                label = QT_TRANSLATE_NOOP("history", "Show or hide layer")
                self.editor.commit(label, document, merge="swipe-visible")
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._swiping is not None:
            self._swiping = None
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        layer, part = self._part(event.position().toPoint())
        if layer is None:
            super().mouseDoubleClickEvent(event)
        elif part is Part.NAME:
            self.edit(index)
        elif part is Part.THUMBNAIL and isinstance(layer, GroupLayer):
            self.setExpanded(index, not self.isExpanded(index))
        elif part is Part.THUMBNAIL and isinstance(layer, SmartLayer):
            self.contents_wanted.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            _, part = self._part(event.pos())
            words = {
                Part.EYE: self.tr("Show or hide (Alt: only this layer)"),
                Part.LOCK: self.tr("Lock or unlock"),
                Part.THUMBNAIL: self.tr("Ctrl+click selects the layer’s pixels (Shift adds, Alt takes away)"),
                Part.MASK: self.tr(
                    "Click to paint on the mask, Shift+click to switch it off, Ctrl+click to select what it shows"
                ),
                Part.PATH: self.tr("Click to edit the vector mask with the pen, Shift+click to switch it off"),
            }
            if part in words:
                QToolTip.showText(event.globalPos(), words[part], self)
                return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        layer = self.layers.layer(self.indexAt(event.pos()))
        if layer is not None and layer.id not in self.editor.selection:
            self.editor.select([layer.id])
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    # --- dragging ---------------------------------------------------------------------------------------------------

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        # Qt would remove the dragged rows itself after an internal move; the document has moved them already.
        index = self.indexAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        Where = QAbstractItemView.DropIndicatorPosition  # noqa: N806
        parent, row = (index, -1) if where == Where.OnItem else (index.parent(), index.row())
        if where == Where.BelowItem:
            if self.isExpanded(index) and self.layers.rowCount(index):
                parent, row = index, 0
            else:
                row += 1
        if where == Where.OnViewport or not index.isValid():
            parent, row = QModelIndex(), self.layers.rowCount()
        if self.layers.canDropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, parent):
            selected = self.editor.selection
            self.layers.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, QPersistentModelIndex(parent))
            self.editor.select(selected)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.viewport().update()

    def shut_down(self) -> None:
        """Stop making thumbnails."""
        self.thumbnails.shut_down()


def _combine(keys: Qt.KeyboardModifier) -> Combine:
    add, take = bool(keys & Qt.KeyboardModifier.ShiftModifier), bool(keys & Qt.KeyboardModifier.AltModifier)
    return "intersect" if add and take else "add" if add else "subtract" if take else "new"


class LayersDock(QWidget):
    """Blend mode and opacity on top, the tree, and the buttons that make and remove layers."""

    def __init__(
        self,
        editor: Editor,
        commands: Commands,
        *,
        add_text: Callable[[], None],
        fill_menu: Callable[[QMenu], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands
        self._fill_menu = fill_menu
        self.tree = LayerTree(editor, commands)
        self.tree.menu_requested.connect(self._menu)
        self.blend = BlendField()
        self.blend.committed.connect(self._set_blend)
        self.blend.tried.connect(self._try_blend)
        self.opacity = SliderField(self.tr("Opacity"), minimum=0, maximum=100, step=1, unit="%", value=100, default=100)
        self.opacity.value_changed.connect(lambda value: self._set_opacity(value, done=False))
        self.opacity.committed.connect(lambda value: self._set_opacity(value, done=True))
        self.opacity.setToolTip(self.tr("Opacity"))
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        head.setSpacing(theme.px(4))
        head.addWidget(self.blend)
        head.addWidget(self.opacity)
        empty = EmptyState(
            "layers",
            self.tr("Nothing here yet. Drop a picture on the canvas, paint with the brush, or add a layer."),
            self.tr("Add a layer"),
            commands.add_raster,
        )
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        column.addLayout(self._buttons(add_text))
        # A stack shows its first widget at once: before it stands in a widget itself, that would open a window.
        self._stack.addWidget(self.tree)
        self._stack.addWidget(empty)
        editor.shown_changed.connect(lambda _: self._follow())
        editor.selection_changed.connect(self._follow)
        self._follow()

    def _buttons(self, add_text: Callable[[], None]) -> QHBoxLayout:
        commands = self.commands
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(4))
        self.adjustments = QMenu(self)
        for kind in ADJUSTMENTS:
            entry = self.adjustments.addAction(adjustment_name(kind))
            entry.triggered.connect(lambda _=False, k=kind: commands.add_adjustment(k))
        self.filters = QMenu(self)
        for filtering in FILTERS:
            entry = self.filters.addAction(adjustment_name(filtering))
            entry.triggered.connect(lambda _=False, k=filtering: commands.add_adjustment(k))
        self.fills = QMenu(self)
        self.fills.addAction(self.tr("Colour"), commands.add_fill)
        self.fills.addAction(self.tr("Gradient"), lambda: commands.add_fill(gradient=True))
        self._made: dict[str, QToolButton] = {}
        entries: tuple[tuple[str, str, str, QMenu | Callable[[], None]], ...] = (
            ("raster", "square-plus", self.tr("Add a pixel layer"), commands.add_raster),
            ("text", "type", self.tr("Add text"), add_text),
            ("fill", "paint-bucket", self.tr("Add a fill"), self.fills),
            ("adjustment", "sliders-horizontal", self.tr("Add an adjustment"), self.adjustments),
            ("filter", "aperture", self.tr("Add a filter"), self.filters),
            ("mask", "square-dashed", self.tr("Add a mask"), commands.add_mask),
            ("group", "folder", self.tr("Group the selected layers"), commands.group),
            ("delete", "trash-2", self.tr("Delete"), commands.delete),
        )
        for name, icon, tip, run in entries:
            button = QToolButton()
            icons.set_icon(button, icon)
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(run, QMenu):
                button.setMenu(run)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            else:
                button.clicked.connect(lambda _=False, do=run: do())
            self._made[name] = button
            if name == "delete":
                row.addStretch(1)
            row.addWidget(button)
        return row

    def button(self, name: str) -> QToolButton:
        """Return a button: ``raster``, ``text``, ``fill``, ``adjustment``, ``mask``, ``group`` or ``delete``."""
        return self._made[name]

    def _follow(self) -> None:
        document, layers = self.editor.shown, self.editor.selected()
        self._stack.setCurrentIndex(0 if document is None or document.layers else 1)
        some = bool(layers)
        self.blend.setEnabled(some)
        self.opacity.setEnabled(some)
        for name, button in self._made.items():
            button.setEnabled(document is not None if name not in ("mask", "delete") else some)
        self._made["mask"].setEnabled(len(layers) == 1 and layers[0].mask is None)
        if some:
            top = layers[-1]
            self.blend.set_value(top.blend if len({layer.blend for layer in layers}) == 1 else None)
            self.opacity.set_value(round(top.opacity * 100))
        else:
            self.blend.set_value(BlendMode.NORMAL)
            self.opacity.set_value(100)

    def _set_blend(self, mode: BlendMode) -> None:
        editor = self.editor
        if editor.selection:
            document = image_edits.update(editor.require(), editor.selection, blend=mode)
            # Going through the modes with the arrow keys is one step.
            merge = "blend " + " ".join(editor.selection)
            editor.commit(QT_TRANSLATE_NOOP("history", "Change blend mode"), document, merge=merge)

    def _try_blend(self, mode: BlendMode | None) -> None:
        editor = self.editor
        if mode is None or not editor.selection or editor.document is None:
            editor.preview(None)
        else:
            editor.preview(image_edits.update(editor.document, editor.selection, blend=mode))

    def _set_opacity(self, value: float, *, done: bool) -> None:
        editor = self.editor
        if not editor.selection:
            return
        document = image_edits.update(editor.require(), editor.selection, opacity=value / 100)
        if done:
            editor.commit(QT_TRANSLATE_NOOP("history", "Change opacity"), document)
        else:
            editor.preview(document)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(at)

    def shut_down(self) -> None:
        """Stop making thumbnails."""
        self.tree.shut_down()

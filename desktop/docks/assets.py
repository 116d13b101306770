"""What the project holds: pictures, sounds, films, texts, fonts and results, each with how it was made."""

import asyncio
import mimetypes
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.operations.actions import Action
from core.project.project import Project
from core.project.results import ResultInfo
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError, reason
from desktop import i18n, icons, theme
from desktop.batch import Batch
from desktop.docks.made import MadeView
from desktop.mime import DraggedAsset, mime_of
from desktop.session import Session
from desktop.thumbnails import thumbnail
from desktop.widgets.empty import EmptyState

ITEM = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
TILE = 128


@dataclass(frozen=True)
class Item:
    """One asset as the grid shows it."""

    hash: str
    media_type: str
    name: str
    size: int
    result: ResultInfo | None = None
    stale: bool = False


def icon_for(media_type: str) -> str:
    """Return the icon that stands for a kind of file."""
    kind = media_type.partition("/")[0]
    if media_type in ("audio/midi", "audio/x-midi"):
        return "file-music"
    if media_type == RASTER_TYPE:
        return "image"
    if media_type == DOCUMENT_TYPE:
        return "layers"
    return {
        "image": "file-image",
        "audio": "file-audio",
        "video": "file-video",
        "text": "file-text",
        "font": "type",
    }.get(kind, "package")


def items_of(project: Project) -> list[Item]:
    """Return what a person would call the project's assets, newest first.

    Those are files that were brought in and results that were kept, not the rasters behind every brush stroke.
    """
    stale = project.stale()
    results: dict[str, tuple[str, ResultInfo]] = {}
    for result in project.results():
        for key, digest in result.outputs.items():
            results[digest] = (key, result)
    items = []
    for asset in project.assets():
        if asset.media_type in (DOCUMENT_TYPE, "application/json") and asset.hash in results:
            continue  # what a result says of itself, or a document that stands among the documents
        key, made = results.get(asset.hash, ("", None))
        if made is not None and not made.recipe.step(key.partition(".")[0]).operation.info.hidden:
            name = _result_name(made, key)
            items.append(Item(asset.hash, asset.media_type, name, asset.size, made, made.id in stale))
        elif asset.media_type not in (RASTER_TYPE, DOCUMENT_TYPE) and (asset.name or made):
            name = asset.name if made is None else _result_name(made, key)
            items.append(Item(asset.hash, asset.media_type, name, asset.size, made, False))
    return items[::-1]


def _result_name(result: ResultInfo, key: str) -> str:
    step_id, _, output = key.partition(".")
    step = result.recipe.step(step_id)
    title = i18n.step_title(step)
    return title if output in ("image", "file") else f"{title}: {i18n.word('outputs', output)}"


def write_copy(project: Project, digest: str, path: Path) -> None:
    """Write the bytes of an asset to ``path``, whole or not at all. Any thread. Raises ``OSError``, AtelierError."""
    data = project.get(digest)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class AssetModel(QAbstractListModel):
    """Items and their thumbnails, which come as they are made."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.items: list[Item] = []
        self._images: dict[str, QImage] = {}

    def refresh(self) -> None:
        """Read the project's assets again."""
        project = self._session.project
        self.beginResetModel()
        self.items = items_of(project) if project is not None else []
        self.endResetModel()
        if project is not None:
            self._session.spawn(self._fetch(project))
        else:
            self._images.clear()

    async def _fetch(self, project: Project) -> None:
        for item in list(self.items):
            if item.hash in self._images or self._session.project is not project:
                continue
            self._images[item.hash] = await thumbnail(project, item.hash, item.media_type)
            row = next((i for i, known in enumerate(self.items) if known.hash == item.hash), -1)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._images.get(item.hash)
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.name} ({self.tr('out of date')})" if item.stale else item.name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Any) -> QMimeData:
        item = self.items[indexes[0].row()]
        return mime_of(DraggedAsset(item.hash, item.media_type, item.name))

    def mimeTypes(self) -> list[str]:
        from desktop.mime import ASSET_MIME

        return [ASSET_MIME]


def is_picture(media_type: str) -> bool:
    """Return whether an asset is a picture, as pixels or as a file."""
    return media_type == RASTER_TYPE or media_type.startswith("image/")


class TileDelegate(QStyledItemDelegate):
    """A picture or an icon, a name, a small mark for what a model made, an amber one for what is out of date."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(ITEM)
        image = index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(option.rect).adjusted(4, 4, -4, -4)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(theme.colour("accent_text") if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selected" if chosen else "raised" if hovered else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        picture = QRectF(box.left() + 6, box.top() + 6, box.width() - 12, box.height() - theme.px(34))
        shape = QPainterPath()
        shape.addRoundedRect(picture, 4, 4)
        painter.fillPath(shape, theme.colour("base"))
        if isinstance(image, QImage) and not image.isNull():
            size = image.size().scaled(picture.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(picture.center())
            painter.setClipPath(shape)
            painter.drawImage(target, image)
            painter.setClipping(False)
        else:
            side = theme.px(24)
            mark = icons.pixmap(icon_for(item.media_type), side, theme.colour("muted").name())
            painter.drawPixmap(picture.center().toPoint() - QPoint(side // 2, side // 2), mark)
        right = picture.right() - 4
        for shown, icon, token in ((item.result is not None, "sparkles", "text"), (item.stale, "clock", "warn")):
            if shown:
                side = theme.px(20)
                badge = QRectF(right - side, picture.top() + 4, side, side)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("surface", 0.9))
                painter.drawRoundedRect(badge, 4, 4)
                inner = theme.px(14)
                pixmap = icons.pixmap(icon, inner, theme.colour(token).name())
                painter.drawPixmap(badge.center().toPoint() - QPoint(inner // 2 - 1, inner // 2 - 1), pixmap)
                right -= side + 4
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.ui_font(11))
        text = QRect(box.left() + 8, box.bottom() - theme.px(26), box.width() - 16, theme.px(22))
        name = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter, name)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(TILE), theme.px(TILE))


class AssetsDock(QWidget):
    """Grid, search, and beside it how the chosen one was made."""

    place_wanted = Signal(object)
    """A :class:`DraggedAsset` to put into the document."""
    make_wanted = Signal(object)
    """A recipe to show in *Make*."""
    batch_started = Signal(object)
    """A :class:`desktop.batch.Batch`: an action is being played on assets."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self.model = AssetModel(session)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search assets"))
        self.search.setAccessibleName(self.tr("Search assets"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filtered.setFilterFixedString)
        self.search.setMaximumWidth(theme.px(280))
        self.grid = QListView()
        self.grid.setModel(self._filtered)
        self.grid.setItemDelegate(TileDelegate(self.grid))
        self.grid.setViewMode(QListView.ViewMode.IconMode)
        self.grid.setResizeMode(QListView.ResizeMode.Adjust)
        self.grid.setMovement(QListView.Movement.Static)
        self.grid.setUniformItemSizes(True)
        self.grid.setMouseTracking(True)
        self.grid.setDragEnabled(True)
        self.grid.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.grid.setAccessibleName(self.tr("Assets"))
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        self.grid.activated.connect(self._place_index)
        self.refresh_all = QPushButton(self.tr("Refresh all out of date"))
        icons.set_icon(self.refresh_all, "refresh-cw", "warn")
        self.refresh_all.clicked.connect(lambda: session.spawn(self._refresh_stale()))
        self.made = MadeView(session)
        self.made.make_wanted.connect(self.make_wanted)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addStretch(1)
        bar.addWidget(self.refresh_all)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.grid, 1)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._split.addWidget(self.made)
        self._split.setStretchFactor(0, 1)
        self.made.hide()
        empty = EmptyState(
            "image-plus", self.tr("Drop pictures, sounds, films, texts or fonts into the window: they are kept here.")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._split)
        self.grid.selectionModel().currentChanged.connect(self._show_made)
        for signal in (
            session.project_changed,
            session.assets_changed,
            session.results_changed,
            session.history_changed,
        ):
            signal.connect(self._mark_stale)

    def showEvent(self, event: object) -> None:
        self._refresh_if_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if not self._stale:
            return
        self._stale = False
        project = self._session.project
        fresh = items_of(project) if project is not None else []
        if fresh != self.model.items:
            self.model.refresh()
        self._stack.setCurrentIndex(1 if self.model.items else 0)
        self.refresh_all.setVisible(any(item.stale for item in self.model.items))
        if self.made.isVisible() and not self.grid.currentIndex().isValid():
            self.made.hide()

    def _item(self, index: Index) -> Item | None:
        item = index.data(ITEM) if index.isValid() else None
        return item if isinstance(item, Item) else None

    def _show_made(self, index: QModelIndex) -> None:
        item = self._item(index)
        self.made.setVisible(item is not None and item.result is not None)
        if item is not None and item.result is not None:
            self.made.show_result(item.result, item.stale)

    def _place_index(self, index: Index) -> None:
        item = self._item(index)
        if item is not None:
            self.place_wanted.emit(DraggedAsset(item.hash, item.media_type, item.name))

    def _menu(self, at: QPoint) -> None:
        index = self.grid.indexAt(at)
        item = self._item(index)
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Place in the document"), lambda: self._place_index(index))
        if item.media_type not in (RASTER_TYPE, DOCUMENT_TYPE):  # those are exported, not copied
            menu.addAction(self.tr("Save a copy…"), lambda: self._ask_copy(item))
        self._fill_play(menu, item)
        result = item.result
        if result is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Show how this was made"), lambda: self._show_made(index))
            self.made.fill_menu(menu, result, item.stale)
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _ask_copy(self, item: Item) -> None:
        """Ask where a file of the project shall be copied to."""
        suffix = Path(item.name).suffix or mimetypes.guess_extension(item.media_type) or ""
        name = item.name.replace("/", "-")
        folder = self._session.settings.views.get("image.export.folder", "")
        text, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save a copy"), str(Path(folder) / (name if name.endswith(suffix) else name + suffix))
        )
        if text:
            path = Path(text)
            self._session.spawn(self._copy(item, path if path.suffix else path.with_suffix(suffix)))

    async def _copy(self, item: Item, path: Path) -> None:
        """Write a file of the project to ``path``, whole or not at all; the banner says how it went."""
        project = self._session.require()
        try:
            await asyncio.to_thread(write_copy, project, item.hash, path)
        except OSError as error:
            raise AtelierError(
                "The file “{path}” cannot be written: {reason}.", path=str(path), reason=reason(error)
            ) from None
        self._session.settings.views["image.export.folder"] = str(path.parent)
        self._session.say(self.tr("Saved a copy as {path}").format(path=path), "done")

    def _fill_play(self, menu: QMenu, item: Item) -> None:
        """Offer the actions for the pictures that are selected, or for the one that was clicked."""
        chosen = [found for index in self.grid.selectedIndexes() if (found := self._item(index)) is not None]
        chosen = chosen if item in chosen else [item]
        pictures = [(one.hash, one.name) for one in chosen if is_picture(one.media_type)]
        actions = {path: one for path, one in self._session.actions.all().items() if one.steps}
        if not pictures or not actions:
            return
        title = self.tr("Play an action")
        if len(pictures) > 1:
            title = self.tr("Play an action on {n} pictures").format(n=len(pictures))
        inner = menu.addMenu(title)
        for action in actions.values():
            inner.addAction(action.name.replace("&", "&&"), partial(self.play, action, pictures))

    def play(self, action: Action, pictures: list[tuple[str, str]]) -> None:
        """Play an action on pictures of the project, given as hash and name."""
        batch = Batch(self._session, action, len(pictures))
        self.batch_started.emit(batch)
        self._session.spawn(batch.assets(pictures))

    async def _refresh_stale(self) -> None:
        from desktop.lineage import refresh

        project = self._session.require()
        stale = project.stale()
        await refresh(self._session, [r for r in project.results() if r.id in stale])

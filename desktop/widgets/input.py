"""What an operation works on: the selection, an asset of the project, or a file that is read when it is chosen."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QMenu, QSizePolicy, QWidget

from core.operations.base import Asset, Input
from core.values import RASTER_TYPE
from desktop import icons, theme
from desktop.mime import ASSET_MIME, asset_from
from desktop.panel import Source
from desktop.session import Session
from desktop.thumbnails import thumbnail


class InputField(QFrame):
    """A small picture and a name; a click offers other sources, a drop takes one."""

    committed = Signal()

    def __init__(
        self,
        title: str,
        accepts: str,
        session: Session,
        *,
        repeated: bool = False,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """An ``optional`` one may stay empty, and its menu can empty it again."""
        super().__init__(parent)
        self._title = title
        self._accepts = accepts
        self._session = session
        self._repeated = repeated
        self._optional = optional
        self._value: Input | None = None
        self._source: Source | None = None
        self._following: tuple[Input, Source | None] | None = None
        self._by_hand = False
        self._image = QImage()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(48))
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(52), 4, 8, 4)
        grid.setVerticalSpacing(0)
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._from = QLabel()
        theme.set_role(self._from, "secondary")
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._from, 1, 0)
        self._say()

    def value(self) -> Any:
        """Return the input (a tuple of it where the field takes several), or None."""
        if self._repeated:
            return (self._value,) if self._value is not None else None
        return self._value

    def source(self) -> Source | None:
        """Return the layer behind the input, when it follows the selection."""
        return None if self._by_hand else self._source

    def set_value(self, value: Any) -> None:
        """Show an input that was stored in a recipe."""
        if isinstance(value, tuple):
            value = value[0] if value else None
        self._by_hand = value is not None
        self._show(value, None, self.tr("From the recipe"))

    def follow(self, value: Input | None, source: Source | None) -> None:
        """Take what is selected, unless another source was chosen by hand."""
        self._following = (value, source) if value is not None else None
        if not self._by_hand:
            self._show(value, source, self.tr("Selected"))

    def forget(self) -> None:
        """Let go of what was chosen: it belonged to another project."""
        self._by_hand, self._following = False, None
        self._show(None, None, "")

    def choose(self, value: Input, name: str, origin: str) -> None:
        """Take ``value`` by hand."""
        self._by_hand = True
        self._show(value, Source("", "", name), origin)
        self.committed.emit()

    def _show(self, value: Input | None, source: Source | None, origin: str) -> None:
        if value == self._value and source == self._source:
            return
        self._value, self._source, self._image = value, source, QImage()
        self._origin = origin
        self._say()
        self.committed.emit()
        project = self._session.project
        if isinstance(value, Asset) and project is not None and project.has(value.hash):
            self._session.spawn(self._fetch(value.hash))

    async def _fetch(self, digest: str) -> None:
        project = self._session.project
        if project is None:
            return
        image = await thumbnail(project, digest, project.asset(digest).media_type)
        if isinstance(self._value, Asset) and self._value.hash == digest:
            self._image = image
            self.update()

    def _say(self) -> None:
        if self._value is None:
            name = {
                "image": self.tr("Choose a picture"),
                "mask": self.tr("Make a selection first"),
                "document": self.tr("Choose a document"),
            }.get(self._accepts, self.tr("Choose a file"))
            if self._accepts == "mask":
                origin = self.tr("Or drop a mask here")
            elif self._optional:
                origin = self.tr("Or drop one here, or leave it empty")
            else:
                origin = self.tr("Select a layer, or drop one here")
        else:
            name = (self._source.title if self._source else "") or self._stored_name() or self._title
            origin = self._origin
        self._name.setText(name)
        self._from.setText(origin)
        self.setAccessibleName(f"{self._title}: {name}")
        self.update()

    def _stored_name(self) -> str:
        project = self._session.project
        if project is not None and isinstance(self._value, Asset) and project.has(self._value.hash):
            return project.asset(self._value.hash).name
        return ""

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        use = menu.addAction(self.tr("Use what is selected"), self._use_selection)
        use.setEnabled(self._following is not None)
        menu.addAction(self.tr("Choose a file…"), self._browse)
        if self._optional:
            menu.addAction(self.tr("Leave empty"), self.forget).setEnabled(self._value is not None)
        assets = self._assets()
        if assets:
            menu.addSeparator()
            for digest, name in assets:
                entry = menu.addAction(name)
                entry.triggered.connect(lambda _=False, d=digest, n=name: self._take_asset(d, n))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _assets(self) -> list[tuple[str, str]]:
        project = self._session.project
        if project is None:
            return []
        named = [a for a in project.assets() if a.name and self._fits(a.media_type)]
        return [(a.hash, a.name) for a in named[-12:]]

    def _fits(self, media_type: str) -> bool:
        if self._accepts in ("image", "mask"):
            return media_type == RASTER_TYPE or media_type.startswith("image/")
        return self._accepts == "file"

    def _use_selection(self) -> None:
        self._by_hand = False
        if self._following is not None:
            self.follow(*self._following)

    def _browse(self) -> None:
        text, _ = QFileDialog.getOpenFileName(self, self._title)
        if text:
            self._session.spawn(self._read(Path(text)))

    async def _read(self, path: Path) -> None:
        if self._accepts in ("image", "mask"):
            digest = await self._session.import_image(path)
        else:
            digest = await self._session.import_file(path)
        self.choose(Asset(hash=digest), path.name, self.tr("File"))

    def _take_asset(self, digest: str, name: str) -> None:
        self._session.spawn(self._take_asset_soon(digest, name))

    async def _take_asset_soon(self, digest: str, name: str) -> None:
        if self._accepts in ("image", "mask"):
            digest = await self._session.raster_of(digest)
        self.choose(Asset(hash=digest), name, self.tr("Asset"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ASSET_MIME) or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        asset = asset_from(event.mimeData())
        if asset is not None:
            self._take_asset(asset.hash, asset.name)
        else:
            files = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
            if files:
                self._session.spawn(self._read(files[0]))
        event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self._menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        side = theme.px(36)
        box = QRectF(theme.px(6), (self.height() - side) / 2, side, side)
        if self._image.isNull():
            mark = theme.px(16)
            name = {"image": "image", "mask": "square-dashed", "document": "layers"}.get(self._accepts, "file-text")
            pixmap = icons.pixmap(name, mark, theme.colour("muted").name())
            painter.drawPixmap(box.center().toPoint() - QPoint(mark // 2, mark // 2), pixmap)
            return
        size = self._image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(box.center())
        painter.drawImage(target, self._image)

"""The first page: what was open before, the sample, a new picture, and a place to drop things on."""

import asyncio
import time
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.project.summary import ProjectSummary, peek
from core.values import AtelierError
from desktop import icons, theme
from desktop.i18n import said
from desktop.session import Session
from desktop.widgets.flow import FlowLayout

CARD = QSize(196, 184)


class Welcome(QScrollArea):
    """Shown while no project is open, and by the rail's Home."""

    open_wanted = Signal(object)
    """A path to open."""
    forget_wanted = Signal(object)
    new_wanted = Signal()
    browse_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: dict[Path, ProjectCard] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Welcome"))
        page = QWidget()
        page.setProperty("role", "page")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(24, 48, 24, 24)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(theme.px(868))
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addWidget(holder, 100)
        outer.addStretch(1)
        self.setWidget(page)

        title = QLabel("Atelier")
        theme.set_role(title, "display")
        line = QLabel(self.tr("Image, text, music and video in one place. Everything stays on this computer."))
        theme.set_role(line, "muted")
        line.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(line)
        column.addSpacing(12)

        buttons = FlowLayout(spacing=8)
        new = QPushButton(self.tr("New image…"))
        theme.set_role(new, "primary")
        new.clicked.connect(self.new_wanted)
        browse = QPushButton(self.tr("Open…"))
        browse.clicked.connect(self.browse_wanted)
        sample = QPushButton(self.tr("Sample project"))
        sample.setToolTip(self.tr("A real product photo becomes a finished ad in three sizes"))
        sample.clicked.connect(self.sample_wanted)
        for button, icon, token in (
            (new, "file-plus", "on_accent"),
            (browse, "folder-open", "text"),
            (sample, "sparkles", "text"),
        ):
            icons.set_icon(button, icon, token)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addSpacing(12)

        self.drop = DropZone()
        column.addWidget(self.drop)
        column.addSpacing(12)
        self._heading = QLabel(self.tr("Recent projects"))
        theme.set_role(self._heading, "heading")
        column.addWidget(self._heading)
        self._flow = FlowLayout(spacing=16)
        column.addLayout(self._flow)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the recent projects as they are now; thumbnails come as they are read."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._cards.clear()
        for text in self._session.settings.recent:
            path = Path(text)
            if not path.exists():
                continue
            card = ProjectCard(path)
            card.opened.connect(self.open_wanted)
            card.forgotten.connect(self._forget)
            self._cards[path] = card
            self._flow.addWidget(card)
        self._heading.setVisible(bool(self._cards))
        if self._cards:
            self._session.spawn(self._read_summaries())

    async def _read_summaries(self) -> None:
        for path, card in list(self._cards.items()):
            try:
                summary = await asyncio.to_thread(peek, path)
            except (AtelierError, OSError) as error:
                card.show_problem(said(error))
                continue
            if self._cards.get(path) is card:
                card.show_summary(summary)

    def _forget(self, path: Path) -> None:
        self.forget_wanted.emit(path)
        self.refresh()


class DropZone(QFrame):
    """Says what can be dropped. The window takes the drop; this lights up while something hovers over the window."""

    def __init__(self) -> None:
        super().__init__()
        self._hot = False
        self.setMinimumHeight(theme.px(120))
        self.setAccessibleName(self.tr("Drop files here"))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._icon)
        text = QLabel(self.tr("Drop a picture, a project or a folder here"))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setWordWrap(True)
        column.addWidget(text)
        more = QLabel(self.tr("Sound, video, text, MIDI and fonts are kept as assets of the project."))
        theme.set_role(more, "secondary")
        more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        more.setWordWrap(True)
        column.addWidget(more)
        column.addStretch(1)
        self._tint()

    def set_hot(self, hot: bool) -> None:
        """Light up, or go back to rest."""
        self._hot = hot
        self._tint()
        self.update()

    def _tint(self) -> None:
        icons.set_icon(self._icon, "image-plus", "accent_text" if self._hot else "muted", 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(theme.colour("accent_text" if self._hot else "line"))
        pen.setWidthF(1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("selected" if self._hot else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class ProjectCard(QFrame):
    """A project one had open: its picture, its name, and when it was changed."""

    opened = Signal(object)
    forgotten = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setProperty("role", "card")
        self.setFixedSize(theme.px(CARD.width()), theme.px(CARD.height()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(str(path))
        self.setAccessibleName(path.stem)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(2)
        self._picture = Picture()
        self._picture.setFixedHeight(theme.px(120))
        self._title = QLabel(path.stem)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._detail = QLabel("…")
        theme.set_role(self._detail, "secondary")
        column.addWidget(self._picture)
        column.addSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addStretch(1)

    def show_summary(self, summary: ProjectSummary) -> None:
        """Show what could be read of the project without opening it."""
        if summary.title:
            self._title.setText(self.fontMetrics().elidedText(summary.title, Qt.TextElideMode.ElideRight, self._room()))
            self.setAccessibleName(summary.title)
        self._detail.setText(f"{since(summary.modified)} · {size_text(summary.size)}")
        if summary.thumbnail:
            self._picture.set_image(QImage.fromData(summary.thumbnail))

    def show_problem(self, text: str) -> None:
        """Say that the file could not be read."""
        self._detail.setText(self.tr("Cannot be read"))
        theme.set_role(self._detail, "warn")
        self.setToolTip(text)

    def _room(self) -> int:
        return theme.px(CARD.width() - 20)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.path)
        elif event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit(self.path)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.opened.emit(self.path))
        menu.addAction(self.tr("Take off this list"), lambda: self.forgotten.emit(self.path))
        menu.popup(event.globalPos())


class Picture(QWidget):
    """A picture fitted into its place, with round corners; an outline while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()

    def set_image(self, image: QImage) -> None:
        """Show ``image``."""
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.fillPath(shape, theme.colour("base"))
        painter.setClipPath(shape)
        if self._pixmap.isNull():
            side = theme.px(20)
            mark = icons.pixmap("image", side, theme.colour("disabled").name())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, mark)
            return
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter.drawPixmap(box, self._pixmap, QRectF(self._pixmap.rect()))


def since(moment: float) -> str:
    """Return how long ago ``moment`` (seconds of the epoch) was, in words."""
    from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

    translate = QCoreApplication.translate
    seconds = max(0.0, time.time() - moment)
    if seconds < 90:
        return translate("since", "just now")
    if seconds < 3600:
        return translate("since", "{n} min ago").format(n=round(seconds / 60))
    if seconds < 36 * 3600:
        return translate("since", "{n} h ago").format(n=round(seconds / 3600))
    if seconds < 14 * 86400:
        return translate("since", "{n} days ago").format(n=round(seconds / 86400))
    day = QDateTime.fromSecsSinceEpoch(int(moment)).date()
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


def size_text(size: int) -> str:
    """Return a file size in words, ``12.4 MB``."""
    from PySide6.QtCore import QLocale

    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)

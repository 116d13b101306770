"""What came out of Make: the newest large, the others as a strip; each is kept or thrown away."""

import asyncio
import json
import re
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.engine.protocol import OutputFile
from core.operations.base import Asset
from core.operations.recipe import inputs_of
from core.project.project import Project
from core.values import RASTER_TYPE, AtelierError
from desktop import icons, theme
from desktop.session import Session
from desktop.thumbnails import pack_image, raster_image, shrink
from desktop.widgets.colour import Swatch
from desktop.widgets.compare import CompareView
from desktop.widgets.empty import EmptyState
from desktop.widgets.flow import FlowLayout
from desktop.work import State, Task

SHOWN_SIDE = 1600
"""A result is shown at most this large: it is to be judged, not measured."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
MAX_SWATCHES = 16


class ResultStrip(QWidget):
    """Results of this session that were neither kept nor thrown away."""

    kept = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: dict[str, Card] = {}
        self._pairs: dict[str, tuple[QImage, QImage]] = {}
        self._colours: dict[str, list[str]] = {}
        self._shown: Task | None = None
        self._view = CompareView()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._facts = QLabel()
        self._facts.setFont(theme.ui_font(11))
        theme.set_role(self._facts, "secondary")
        self._swatches = QWidget()
        self._swatch_row = FlowLayout(self._swatches, spacing=4)
        self._keep = QPushButton(self.tr("Keep"))
        self._keep.setToolTip(self.tr("Put it into the document"))
        theme.set_role(self._keep, "primary")
        icons.set_icon(self._keep, "check", "on_accent")
        self._keep.setAutoDefault(True)  # Enter presses it, too
        self._keep.clicked.connect(self._on_keep)
        self._discard = QPushButton(self.tr("Discard"))
        icons.set_icon(self._discard, "trash-2")
        self._discard.clicked.connect(self._on_discard)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 8)
        bar.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        bar.addLayout(words, 1)
        bar.addWidget(self._discard)
        bar.addWidget(self._keep)
        large = QWidget()
        column = QVBoxLayout(large)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(self._swatches)
        column.addLayout(bar)
        self._strip = QVBoxLayout()
        self._strip.setContentsMargins(8, 8, 8, 8)
        self._strip.setSpacing(8)
        self._strip.addStretch(1)
        holder = QWidget()
        holder.setProperty("role", "page")
        holder.setLayout(self._strip)
        self._scroll = QScrollArea()
        self._scroll.setWidget(holder)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFixedWidth(theme.px(112))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(large, 1)
        row.addWidget(self._scroll)
        empty = EmptyState(
            "sparkles", self.tr("Results appear here, to compare with the original before you keep one.")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(content)
        session.work.changed.connect(self._on_work)
        session.work.removed.connect(self.remove)

    # Tasks

    def clear(self) -> None:
        """Forget everything: another project is open."""
        for card in list(self._cards.values()):
            self.remove(card.task)

    def remove(self, task: Task) -> None:
        """Take a result off the strip."""
        card = self._cards.pop(task.id, None)
        self._pairs.pop(task.id, None)
        self._colours.pop(task.id, None)
        if card is None:
            return
        self._group.removeButton(card)
        self._strip.removeWidget(card)
        card.deleteLater()
        if self._shown is task:
            self._shown = None
            newest = next(reversed(self._cards.values()), None)
            if newest is not None:
                self.show_task(newest.task)
        self._stack.setCurrentIndex(1 if self._cards else 0)
        self._scroll.setVisible(len(self._cards) > 1)

    def show_task(self, task: Task) -> None:
        """Show one result, or how far it is, large."""
        self._shown = task
        card = self._cards.get(task.id)
        if card is not None:
            card.setChecked(True)
        self._name.setText(task.title)
        done = task.state is State.DONE
        self._keep.setEnabled(done)
        self._discard.setEnabled(not task.active)
        self._facts.setText(self._facts_of(task))
        before, after = self._pairs.get(task.id, (QImage(), QImage()))
        if not after.isNull():
            self._view.show_pair(before, after)
        elif task.preview is not None and task.active:
            self._view.show_pair(QImage(), task.preview)
        elif done:
            self._view.show_text(self.tr("Reading the result"))
        else:
            self._view.show_text(self.tr("A preview comes as soon as there is something to see."))
        self._show_swatches(self._colours.get(task.id, []))

    def _facts_of(self, task: Task) -> str:
        if task.active or task.result is None:
            return self.tr("Being made")
        sizes = [f"{o.width} × {o.height} px" for o in task.result.outputs.values() if o.width]
        facts = sizes[:1]
        facts.append(self.tr("{n} s").format(n=f"{task.result.seconds:.1f}"))
        if task.result.cached:
            facts.append(self.tr("from the cache"))
        return " · ".join(facts)

    def _on_work(self, task: Task) -> None:
        if task.origin not in ("make", "again"):
            return
        if task.state in (State.FAILED, State.CANCELLED):
            self.remove(task)
            return
        if task.origin == "again":
            return
        if task.id not in self._cards:
            self._add(task)
        card = self._cards[task.id]
        if task.preview is not None and task.active:
            card.set_image(task.preview)
        if task.state is State.DONE and task.id not in self._pairs:
            self._pairs[task.id] = (QImage(), QImage())
            self._session.spawn(self._read(task))
        if self._shown is task:
            self.show_task(task)

    def _add(self, task: Task) -> None:
        card = Card(task)
        card.clicked.connect(lambda: self.show_task(task))
        self._cards[task.id] = card
        self._group.addButton(card)
        self._strip.insertWidget(0, card)
        self._stack.setCurrentIndex(1)
        self._scroll.setVisible(len(self._cards) > 1)
        self.show_task(task)

    async def _read(self, task: Task) -> None:
        project = self._session.project
        if task.result is None or project is None:
            return
        outputs = task.result.outputs
        pictures = [o for o in outputs.values() if o.media_type == RASTER_TYPE]
        before, after = await asyncio.to_thread(_read_pair, project, task, pictures)
        if task.id not in self._cards:
            return
        self._pairs[task.id] = (before, after)
        self._colours[task.id] = await asyncio.to_thread(_colours_of, list(outputs.values()))
        self._cards[task.id].set_image(shrink(after, 192))
        if self._shown is task:
            self.show_task(task)

    def _show_swatches(self, colours: list[str]) -> None:
        while (item := self._swatch_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for colour in colours:
            swatch = Swatch(colour)
            swatch.setFixedSize(theme.px(24), theme.px(24))
            swatch.setToolTip(self.tr("{colour}: click to copy").format(colour=colour))
            swatch.setAccessibleName(colour)
            swatch.clicked.connect(lambda _=False, c=colour: self._copy(c))
            self._swatch_row.addWidget(swatch)
        self._swatches.setVisible(bool(colours))
        self._swatches.setContentsMargins(12, 6, 12, 0)

    def _copy(self, colour: str) -> None:
        QGuiApplication.clipboard().setText(colour)
        self._session.say(self.tr("{colour} was copied.").format(colour=colour))

    def _on_keep(self) -> None:
        if self._shown is not None and self._shown.state is State.DONE:
            self.kept.emit(self._shown)

    def _on_discard(self) -> None:
        task = self._shown
        if task is not None and not task.active:
            self.remove(task)
            self._session.work.release(task)


class Card(QToolButton):
    """A small result in the strip."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task
        self._image = QImage()
        self.setCheckable(True)
        self.setAccessibleName(task.title)
        self.setToolTip(task.title)
        self.setFixedSize(theme.px(88), theme.px(72))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(88), theme.px(72))

    def set_image(self, image: QImage) -> None:
        """Show ``image``."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = self.isChecked() or self.hasFocus()
        painter.setPen(theme.colour("accent_text" if chosen else "line"))
        painter.setBrush(theme.colour("base"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 5, 5)
        if self._image.isNull():
            side = theme.px(16)
            mark = icons.pixmap("sparkles", side, theme.colour("muted").name())
            painter.drawPixmap(self.rect().center() - QPoint(side // 2, side // 2), mark)
            return
        room = box.adjusted(4, 4, -4, -4)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(room.center())
        painter.drawImage(target, self._image)


def _read_pair(project: Project, task: Task, pictures: list[OutputFile]) -> tuple[QImage, QImage]:
    """Return the input and the first picture of the result, as large as they are shown. Worker thread."""
    if not pictures:
        return QImage(), QImage()
    try:
        after = shrink(pack_image(Path(pictures[0].path)), SHOWN_SIDE)
        read = (pair for step in task.recipe.steps for pair in inputs_of(step.operation))
        first = next((i for name, i in read if name == "image" and isinstance(i, Asset)), None)
        if not isinstance(first, Asset) or project.asset(first.hash).media_type != RASTER_TYPE:
            return QImage(), after
        before = shrink(raster_image(project, first.hash, SHOWN_SIDE), SHOWN_SIDE)
    except (AtelierError, OSError):
        return QImage(), QImage()
    alike = abs(before.width() / before.height() - after.width() / after.height()) < 0.02
    return (before if alike else QImage()), after


def _colours_of(outputs: list[OutputFile]) -> list[str]:
    """Return the colours that a result names, in their order. Worker thread."""
    found: list[str] = []
    for output in outputs:
        if output.media_type == "application/json":
            try:
                text = Path(output.path).read_text(encoding="utf-8")
                json.loads(text)
            except (OSError, ValueError):
                continue
            found += _HEX.findall(text)
    return list(dict.fromkeys(c.lower() for c in found))[:MAX_SWATCHES]

"""What the core was asked for: progress with the time left, a live picture, cancel, retry, another order."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.values import AtelierError
from desktop import icons, theme
from desktop.i18n import said
from desktop.session import Session
from desktop.widgets.empty import EmptyState
from desktop.work import State, Task

PROGRESS_AFTER_MS = 300
"""A job that is over sooner shows no bar: nothing flickers."""


def duration_text(seconds: float) -> str:
    """Return ``0.4 s``, ``0:17`` or ``1:02:09``."""
    if seconds < 9.95:
        return QCoreApplication.translate("JobRow", "{n} s").format(n=f"{seconds:.1f}")
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


class JobRow(QWidget):
    """One task."""

    cancel = Signal(object)
    retry = Signal(object)
    remove = Signal(object)

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task
        self._picture = LivePicture()
        self._title = QLabel(task.title)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._detail = QLabel()
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._detail.setFont(theme.ui_font(11))
        theme.set_role(self._detail, "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of {title}").format(title=task.title))
        self._button = QToolButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._act)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PROGRESS_AFTER_MS)
        self._late.timeout.connect(self.show_task)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(self._title)
        text.addWidget(self._detail)
        text.addWidget(self._bar)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(text, 1)
        row.addWidget(self._button)
        self._late.start()
        self.show_task()

    def show_task(self) -> None:
        """Show the task as it is now."""
        task = self.task
        running = task.state is State.RUNNING
        self._bar.setVisible(running and not self._late.isActive())
        self._bar.setValue(round(task.fraction * 1000))
        self._detail.setText(self._words())
        self._detail.setToolTip(said(task.error))
        theme.set_role(self._detail, "danger" if task.state is State.FAILED else "secondary")
        if task.preview is not None:
            self._picture.set_image(task.preview)
        self._picture.set_state(task.state)
        icon, name = ("x", self.tr("Take off the list"))
        if task.active:
            icon, name = ("circle-stop", self.tr("Stop")) if running else ("x", self.tr("Cancel"))
        elif task.can_retry:
            icon, name = ("refresh-cw", self.tr("Try again"))
        if self._button.toolTip() != name:
            icons.set_icon(self._button, icon, "muted")
            self._button.setToolTip(name)
            self._button.setAccessibleName(f"{name}: {task.title}")
        self.setAccessibleName(f"{task.title}, {self._words()}")

    def _words(self) -> str:
        task = self.task
        if task.state is State.WAITING:
            return self.tr("Waiting")
        if task.state is State.FAILED:
            return said(task.error)
        if task.state is State.CANCELLED:
            return self.tr("Stopped")
        if task.state is State.DONE:
            return self.tr("Done in {time}").format(time=duration_text(task.seconds))
        parts = [f"{task.fraction:.0%}"]
        if task.step:
            parts.append(said(task.step))
        if task.seconds_left is not None:
            parts.append(self.tr("{time} left").format(time=duration_text(task.seconds_left)))
        return " · ".join(parts)

    def _act(self) -> None:
        if self.task.active:
            self.cancel.emit(self.task)
        elif self.task.can_retry:
            self.retry.emit(self.task)
        else:
            self.remove.emit(self.task)


class LivePicture(QWidget):
    """The newest preview of a task, or a mark for its state."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._state = State.WAITING
        self.setFixedSize(theme.px(56), theme.px(40))

    def set_image(self, image: QImage) -> None:
        """Show ``image``."""
        self._image = image
        self.update()

    def set_state(self, state: State) -> None:
        """Show the mark of ``state`` where there is no picture."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(QRectF(self.rect()).center())
            painter.drawImage(box, self._image)
            return
        name, token = {
            State.WAITING: ("clock", "muted"),
            State.RUNNING: ("cpu", "accent_text"),
            State.DONE: ("check", "done"),
            State.FAILED: ("circle-alert", "danger"),
            State.CANCELLED: ("circle-x", "muted"),
        }[self._state]
        side = theme.px(16)
        mark = icons.pixmap(name, side, theme.colour(token).name())
        painter.drawPixmap(self.rect().center() - QPoint(side // 2 - 1, side // 2 - 1), mark)


class JobList(QListWidget):
    """Rows that can be dragged into another order while they wait, or moved with Alt and the arrow keys."""

    dropped = Signal(object, int)
    shifted = Signal(object, int)
    ended = Signal(object)
    """Delete was pressed on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()  # else Delete would be the document's
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        moves = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return event.key() == Qt.Key.Key_Delete if not keys else moves and keys == Qt.KeyboardModifier.AltModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.ended.emit(item.data(Qt.ItemDataRole.UserRole))
        else:
            self.shifted.emit(item.data(Qt.ItemDataRole.UserRole), -1 if event.key() == Qt.Key.Key_Up else 1)

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.currentItem()
        target = self.indexAt(event.position().toPoint())
        row = target.row() if target.isValid() else self.count() - 1
        if item is not None:
            self.dropped.emit(item.data(Qt.ItemDataRole.UserRole), row)
        event.ignore()  # the tasks say the order, and the list follows them


class JobsDock(QWidget):
    """All tasks of this session, the running ones first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = session.work
        self._session = session
        self.list = JobList()
        self.list.setAccessibleName(self.tr("Jobs"))
        self.list.dropped.connect(self._drop)
        self.list.shifted.connect(self._shift)
        self.list.ended.connect(self._end)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self._rows: dict[str, JobRow] = {}
        empty = EmptyState("cpu", self.tr("Jobs appear here while they run. Long ones can be left alone."))
        clear = QPushButton(self.tr("Clear finished"))
        clear.clicked.connect(self._work.clear_finished)
        self._summary = QLabel()
        theme.set_role(self._summary, "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self._summary, 1)
        bar.addWidget(clear)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(content)
        for signal in (self._work.added, self._work.removed):
            signal.connect(self._on_list)  # a method, so that it is let go of with this widget
        self._work.reordered.connect(self.rebuild)
        self._work.changed.connect(self._on_changed)
        self.rebuild()

    def order(self) -> list[Task]:
        """Return the tasks in the order of the list: running, waiting, then finished with the newest first."""
        tasks = self._work.tasks
        running = [t for t in tasks if t.state is State.RUNNING]
        waiting = [t for t in tasks if t.state is State.WAITING]
        return [*running, *waiting, *reversed([t for t in tasks if not t.active])]

    def _on_list(self, _: Task) -> None:
        self.rebuild()

    def rebuild(self) -> None:
        """Lay out the rows anew."""
        chosen = self.list.currentItem()
        chosen_id = chosen.data(Qt.ItemDataRole.UserRole).id if chosen is not None else ""
        self.list.clear()
        self._rows.clear()
        for task in self.order():
            row = JobRow(task)
            row.cancel.connect(self._work.cancel)
            row.retry.connect(self._retry)
            row.remove.connect(self._work.remove)
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, task)
            item.setSizeHint(QSize(theme.px(160), theme.px(56)))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if task.state is State.WAITING:
                flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
            item.setFlags(flags)
            self.list.addItem(item)
            self.list.setItemWidget(item, row)
            self._rows[task.id] = row
            if task.id == chosen_id:
                self.list.setCurrentItem(item)
        self._states = {t.id: t.state for t in self._work.tasks}
        self._stack.setCurrentIndex(1 if self._rows else 0)
        self._say()

    def _on_changed(self, task: Task) -> None:
        if self._states.get(task.id) is not task.state:
            self.rebuild()
        elif (row := self._rows.get(task.id)) is not None:
            row.show_task()

    def _say(self) -> None:
        active = self._work.active()
        waiting = sum(t.state is State.WAITING for t in active)
        if not active:
            self._summary.setText(self.tr("Nothing is running."))
        else:
            self._summary.setText(
                self.tr("{running} running, {waiting} waiting").format(running=len(active) - waiting, waiting=waiting)
            )

    def _retry(self, task: Task) -> None:
        try:
            self._session.retry(task)
        except AtelierError as error:
            self._session.report(error)

    def _drop(self, task: Task, row: int) -> None:
        running = sum(t.state is State.RUNNING for t in self._work.tasks)
        self._work.move(task, row - running)

    def _menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is None:
            return
        task: Task = item.data(Qt.ItemDataRole.UserRole)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if task.state is State.WAITING:
            menu.addAction(self.tr("Do it next"), lambda: self._work.move(task, 0))
            menu.addAction(self.tr("Move up"), lambda: self._shift(task, -1))
            menu.addAction(self.tr("Move down"), lambda: self._shift(task, 1))
            menu.addSeparator()
        if task.active:
            menu.addAction(self.tr("Cancel"), lambda: self._work.cancel(task))
        else:
            if task.can_retry:
                menu.addAction(self.tr("Try again"), lambda: self._retry(task))
            menu.addAction(self.tr("Take off the list"), lambda: self._work.remove(task))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _end(self, task: Task) -> None:
        if task.active:
            self._work.cancel(task)
        else:
            self._work.remove(task)

    def _shift(self, task: Task, by: int) -> None:
        waiting = [t for t in self._work.tasks if t.state is State.WAITING]
        if task in waiting:
            self._work.move(task, waiting.index(task) + by)

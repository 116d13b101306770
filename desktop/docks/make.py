"""Make: everything the core can do, found by intent, set beside the work, its results kept or thrown away."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.operations.recipe import Recipe
from core.values import AtelierError
from desktop import i18n, icons, theme
from desktop.docks.jobs import duration_text
from desktop.docks.make_list import OPERATION, IntentFilter, OperationDelegate, OperationModel, SearchField
from desktop.docks.recording import RecordRow
from desktop.docks.results import ResultStrip
from desktop.forms import OperationForm
from desktop.panel import Panel
from desktop.session import Session
from desktop.work import State, Task


class MakeDock(QWidget):
    """List, form, results."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panel: Panel | None = None
        self._forms: dict[str, OperationForm] = {}
        self._running: Task | None = None
        self._keeping: set[str] = set()
        self._build_list()
        self._build_form()
        self.results = ResultStrip(session)
        self.results.kept.connect(self._keep)
        self._split = QSplitter()
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for part, stretch in ((self._left, 0), (self._middle, 0), (self.results, 1)):
            self._split.addWidget(part)
            self._split.setStretchFactor(self._split.count() - 1, stretch)
        self._split.setSizes([max(theme.px(208), self._widest_title() + theme.px(64)), theme.px(320), theme.px(600)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        session.work.changed.connect(self._on_work)
        session.project_changed.connect(self._on_project)
        self.list.setCurrentIndex(self.filter.first())

    # The parts

    def _widest_title(self) -> int:
        """Return how wide the longest title is in the list, in pixels: until the user says otherwise all are read."""
        metrics = QFontMetrics(theme.ui_font(12))
        return max(metrics.horizontalAdvance(i18n.operation_title(row.info)) for row in self.model.operations())

    def _build_list(self) -> None:
        self.model = OperationModel()
        self.filter = IntentFilter()
        self.filter.setSourceModel(self.model)
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("What do you want to do?"))
        self.search.setAccessibleName(self.tr("Search by intent"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._search)
        self.search.moved.connect(self._move)
        self.search.taken.connect(self._enter_form)
        self.list = QListView()
        self.list.setModel(self.filter)
        self.list.setItemDelegate(OperationDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("Operations"))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._nothing = QLabel(self.tr("Nothing fits these words."))
        theme.set_role(self._nothing, "muted")
        self._nothing.setContentsMargins(16, 8, 16, 8)
        self._nothing.hide()
        self._left = QWidget()
        self._left.setMinimumWidth(theme.px(160))
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addWidget(RecordRow(session=self._session))

    def _build_form(self) -> None:
        self._title = QLabel()
        theme.set_role(self._title, "heading")
        self._help = QLabel()
        self._help.setWordWrap(True)
        theme.set_role(self._help, "muted")
        self._form_stack = QStackedWidget()
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._help)
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._notice.hide()
        theme.set_role(self._notice, "secondary")
        column.addWidget(self._notice)
        column.addSpacing(8)
        column.addWidget(self._form_stack)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._said = QLabel()
        self._said.setFont(theme.ui_font(11))
        self._said.setWordWrap(True)
        theme.set_role(self._said, "secondary")
        self.run_button = QPushButton()
        theme.set_role(self.run_button, "primary")
        self.run_button.setAutoDefault(True)  # Enter presses it, too
        self.run_button.clicked.connect(self.run)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.clicked.connect(self._cancel)
        foot = QWidget()
        foot_column = QVBoxLayout(foot)
        foot_column.setContentsMargins(16, 8, 16, 12)
        foot_column.setSpacing(6)
        foot_column.addWidget(self._bar)
        foot_column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.run_button, 1)
        row.addWidget(self._stop)
        foot_column.addLayout(row)
        line = QFrame()
        line.setProperty("role", "line")
        self._middle = QWidget()
        self._middle.setMinimumWidth(theme.px(264))
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(scroll, 1)
        middle.addWidget(line)
        middle.addWidget(foot)
        self._show_running(None)

    # What others ask of it

    def show_operation(self, name: str) -> None:
        """Show the form of an operation by its name."""
        self.search.clear()
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            cls = index.data(OPERATION)
            if cls is not None and cls.info.name == name:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)
                return

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the last operation of a recipe with its values, to change them and make it again."""
        operation = recipe.steps[-1].operation
        self.show_operation(operation.info.name)
        form = self.form()
        if form is not None and isinstance(operation, form.cls):
            form.set_operation(operation)

    def focus_search(self) -> None:
        """Let the person say what they want."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_panel(self, panel: Panel | None) -> None:
        """Work on what is selected in ``panel`` from now on."""
        if self._panel is panel:
            return
        if self._panel is not None:
            self._panel.selection_changed.disconnect(self._follow_selection)
        self._panel = panel
        if panel is not None:
            panel.selection_changed.connect(self._follow_selection)
        self._follow_selection()

    def form(self) -> OperationForm | None:
        """Return the form that is shown."""
        widget = self._form_stack.currentWidget()
        return widget if isinstance(widget, OperationForm) else None

    def run(self) -> None:
        """Have the core do what the form says."""
        form = self.form()
        if form is None:
            return
        try:
            operation = form.operation()
            title = i18n.operation_title(operation.info)
            task = self._session.start(operation, title=title, sources=form.sources(), origin="make")
        except AtelierError as error:
            self._say(i18n.said(error), "danger")
            return
        self._say("", "secondary")
        self._show_running(task)

    # Inside

    def _enter_form(self) -> None:
        self.run_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _search(self, words: str) -> None:
        self.filter.set_words(words)
        empty = self.filter.rowCount() == 0
        self._nothing.setVisible(empty)
        if not empty:
            self.list.setCurrentIndex(self.filter.first())

    def _move(self, by: int) -> None:
        index = self.filter.next(self.list.currentIndex().row(), by)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def _on_current(self, index: QModelIndex) -> None:
        cls = index.data(OPERATION) if index.isValid() else None
        if cls is None:
            return
        name = cls.info.name
        if name not in self._forms:
            form = OperationForm(cls, self._session)
            form.changed.connect(lambda: self._say("", "secondary"))
            self._forms[name] = form
            self._form_stack.addWidget(form)
        self._form_stack.setCurrentWidget(self._forms[name])
        self._title.setText(i18n.operation_title(cls.info))
        self._help.setText(i18n.operation_help(cls.info))
        self.run_button.setText(i18n.operation_title(cls.info))
        icons.set_icon(self.run_button, cls.info.icon, "on_accent")
        self._say("", "secondary")
        self._follow_selection()

    def _follow_selection(self) -> None:
        form = self.form()
        if form is None:
            return
        notice = self._panel.make_notice() if self._panel is not None and "image" in form.cls.info.outputs else ""
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))
        if self._panel is None:
            form.set_inputs({}, {})
        else:
            form.set_inputs(self._panel.selection_inputs(), self._panel.selection_sources())

    def _on_project(self) -> None:
        self.results.clear()
        for form in self._forms.values():
            form.forget_inputs()
        self._follow_selection()
        self._show_running(None)

    def _on_work(self, task: Task) -> None:
        if task is not self._running:
            return
        self._show_running(task)
        if task.active:
            return
        self._running = None
        if task.state is State.DONE:
            self._say(self.tr("Done in {time}").format(time=duration_text(task.seconds)), "secondary")
        elif task.state is State.FAILED:
            self._say(i18n.said(task.error), "danger")
        else:
            self._say(self.tr("Stopped"), "secondary")

    def _show_running(self, task: Task | None) -> None:
        self._running = task
        active = task is not None and task.active
        long = task is not None and active and task.seconds > 0.3
        self._bar.setVisible(long)
        self._stop.setVisible(active)
        if task is None or not active:
            return
        self._bar.setValue(round(task.fraction * 1000))
        if task.state is State.WAITING:
            self._say(self.tr("Waiting for its turn"), "secondary")
        elif long:
            parts = [f"{task.fraction:.0%}", i18n.said(task.step)]
            if task.seconds_left is not None and task.seconds > 1:
                parts.append(self.tr("{time} left").format(time=duration_text(task.seconds_left)))
            self._say(" · ".join(p for p in parts if p), "secondary")

    def _say(self, text: str, role: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
        if self._said.property("role") != role:
            theme.set_role(self._said, role)

    def _cancel(self) -> None:
        if self._running is not None:
            self._session.work.cancel(self._running)

    def _keep(self, task: Task) -> None:
        if task.id not in self._keeping:  # a second click, before the first has done its work
            self._keeping.add(task.id)
            self._session.spawn(self._keep_soon(task))

    async def _keep_soon(self, task: Task) -> None:
        if task.result is None:
            return
        try:
            made = await self._session.adopt(task.recipe, task.result, task.sources)
            panel = self._panel
            if panel is not None and panel.document_id:
                panel.apply_result(made.operation, made)
                self._session.actions.note(task.recipe)
        finally:
            self._keeping.discard(task.id)
        self.results.remove(task)
        self._session.work.release(task)

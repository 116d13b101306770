"""The middle of the window: document tabs, tool options, tool strip, and the panel or the welcome page."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.project.project import DocumentEntry
from desktop import icons, theme
from desktop.panel import Panel
from desktop.session import Session
from desktop.widgets.banner import Banner


class DocumentTabs(QTabBar):
    """One tab per open document. Closing a tab closes the view; the document stays in the project."""

    chosen = Signal(str)
    close_wanted = Signal(str)
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Documents"))
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.currentChanged.connect(self._on_current)
        self.tabBarDoubleClicked.connect(self._on_double_click)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), super().minimumSizeHint().height())

    def id_at(self, index: int) -> str:
        """Return the document behind a tab, empty when there is none."""
        return str(self.tabData(index) or "") if 0 <= index < self.count() else ""

    def index_of(self, document_id: str) -> int:
        """Return the tab of a document, -1 when it has none."""
        return next((i for i in range(self.count()) if self.tabData(i) == document_id), -1)

    def ids(self) -> list[str]:
        """Return the documents that have a tab, from left to right."""
        return [self.id_at(i) for i in range(self.count())]

    def open_tab(self, entry: DocumentEntry) -> None:
        """Give a document a tab, or its tab the document's present name."""
        title = entry.title or self.tr("Untitled")
        index = self.index_of(entry.id)
        if index < 0:
            blocked = self.blockSignals(True)
            index = self.addTab(title)
            self.setTabData(index, entry.id)
            self._dress(index)
            self.blockSignals(blocked)
        self.setTabText(index, title.replace("&", "&&"))
        self.setTabToolTip(index, title)
        # A tab bar that is hidden while it gets its tabs does not tell its layout.
        self.updateGeometry()

    def close_tab(self, document_id: str) -> None:
        """Take a document's tab away."""
        index = self.index_of(document_id)
        if index >= 0:
            self.removeTab(index)

    def clear(self) -> None:
        """Take all tabs away, without saying anything."""
        blocked = self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self.blockSignals(blocked)

    def _dress(self, index: int) -> None:
        button = QToolButton()
        button.setProperty("role", "tabClose")
        button.setIconSize(QSize(theme.px(12), theme.px(12)))
        icons.set_icon(button, "x", "muted")
        button.setAccessibleName(self.tr("Close this tab"))
        button.setToolTip(self.tr("Close the tab; the document stays in the project"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        document_id = self.id_at(index)
        button.clicked.connect(lambda: self.close_wanted.emit(document_id))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, button)

    def _on_current(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self.id_at(index))

    def _on_double_click(self, index: int) -> None:
        if index >= 0:
            self.rename_wanted.emit(self.id_at(index))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            index = self.tabAt(event.position().toPoint())
            if index >= 0:
                self.close_wanted.emit(self.id_at(index))
                return
        super().mouseReleaseEvent(event)

    def _menu(self, at: QPoint) -> None:
        document_id = self.id_at(self.tabAt(at))
        if not document_id:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Rename…"), lambda: self.rename_wanted.emit(document_id))
        menu.addAction(self.tr("Close tab"), lambda: self.close_wanted.emit(document_id))
        menu.addSeparator()
        menu.addAction(self.tr("Remove from project"), lambda: self.remove_wanted.emit(document_id))
        menu.popup(self.mapToGlobal(at))


class WorkArea(QWidget):
    """Stacks the welcome page, the sentence for an empty project and the panels; keeps the tabs above them."""

    document_chosen = Signal(str)
    tab_closed = Signal(str)
    list_wanted = Signal(QPoint)

    def __init__(self, session: Session, welcome: QWidget, empty: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAcceptDrops(False)  # the window takes drops, wherever they fall
        self.tabs = DocumentTabs()
        self.banner = Banner()
        self.more = QToolButton()
        icons.set_icon(self.more, "chevron-down", "muted")
        self.more.setAccessibleName(self.tr("All documents"))
        self.more.setToolTip(self.tr("All documents of this project"))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(lambda: self.list_wanted.emit(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        self._head = QWidget()
        self._head.setProperty("role", "window")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 4, 0)
        head.setSpacing(0)
        head.addWidget(self.tabs)
        head.addWidget(self.more)
        head.addStretch(1)
        self.options = QStackedWidget()
        self.options.setProperty("role", "surface")
        self.options.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.options.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools = QStackedWidget()
        self.tools.setProperty("role", "surface")
        self.tools.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.stack = QStackedWidget()
        self.welcome, self.empty = welcome, empty
        self.stack.addWidget(welcome)
        self.stack.addWidget(empty)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.tools)
        body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.options)
        column.addWidget(self._line)
        column.addWidget(self.banner)
        column.addLayout(body, 1)
        self.tabs.chosen.connect(self.document_chosen)
        self.tabs.close_wanted.connect(self.close_tab)
        self.tabs.rename_wanted.connect(self.rename)
        self.tabs.remove_wanted.connect(self.remove)
        self.show_welcome()

    def show_welcome(self) -> None:
        """Show the welcome page, with nothing around it."""
        self.stack.setCurrentWidget(self.welcome)
        for part in (self._head, self._line, self.options, self.tools):
            part.hide()

    def show_empty(self) -> None:
        """Show the sentence for a project without open documents."""
        self.stack.setCurrentWidget(self.empty)
        self._head.show()
        self._line.show()
        self.options.hide()
        self.tools.hide()

    def show_panel(self, panel: Panel) -> None:
        """Show ``panel`` with its tools."""
        if self.stack.indexOf(panel) < 0:
            self.stack.addWidget(panel)
        self.stack.setCurrentWidget(panel)
        self._head.show()
        self._line.show()
        for place, widget in ((self.tools, panel.tools_widget()), (self.options, panel.options_widget())):
            place.setVisible(widget is not None)
            if widget is not None:
                if place.indexOf(widget) < 0:
                    place.addWidget(widget)
                place.setCurrentWidget(widget)

    def forget_panel(self, panel: Panel) -> None:
        """Let go of a panel and of its tools."""
        for place, widget in (
            (self.stack, panel),
            (self.tools, panel.tools_widget()),
            (self.options, panel.options_widget()),
        ):
            if widget is not None and place.indexOf(widget) >= 0:
                place.removeWidget(widget)
                if widget is not panel:
                    widget.deleteLater()

    def sync_tabs(self) -> None:
        """Bring the tabs in line with the project: names may have changed, documents may be gone or new."""
        project = self._session.project
        entries = {e.id: e for e in project.documents()} if project is not None else {}
        for document_id in self.tabs.ids():
            if document_id in entries:
                self.tabs.open_tab(entries[document_id])
            else:
                self.tabs.close_tab(document_id)

    def close_tab(self, document_id: str) -> None:
        """Close a document's tab."""
        self.tabs.close_tab(document_id)
        self.tab_closed.emit(document_id)

    def rename(self, document_id: str) -> None:
        """Ask for a document's new name, and commit it."""
        import msgspec

        document = self._session.document(document_id)
        title, sure = QInputDialog.getText(self, self.tr("Rename"), self.tr("Name"), text=document.title)
        if sure and title.strip() and title != document.title:
            self._session.commit("Rename document", msgspec.structs.replace(document, title=title.strip()))

    def remove(self, document_id: str) -> None:
        """Take a document out of the project; undo brings it back."""
        title = self._session.document(document_id).title
        self._session.remove_document("Remove document", document_id)
        self._session.say(
            self.tr("“{title}” was removed from the project.").format(title=title),
            action=self.tr("Undo"),
            run=self._session.undo,
        )

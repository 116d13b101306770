"""The library of design elements: searched by meaning, shown as a grid, placed as vector layers."""

import threading
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.documents.image import ImageDocument
from core.library.recolour import Mode
from core.library.search import Index as Elements
from core.library.search import library
from core.library.store import Element
from core.values import AtelierError
from desktop import icons, theme
from desktop.element_pictures import ElementPictures
from desktop.mime import ELEMENT_MIME, DraggedElement, mime_of_element
from desktop.session import Session
from desktop.widgets.empty import EmptyState
from desktop.widgets.flow import FlowLayout

ITEM = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
TILE = 76
PAGE = 400
"""Elements that are laid out at a time: more come as one scrolls."""
VIEW = "elements.colours"
PAUSE = 90
"""Milliseconds without a key before a search."""


class ElementModel(QAbstractListModel):
    """What was found, a page at a time, and the pictures of it as they are drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: list[Element] = []
        self.mode: Mode = "own"
        self._shown = 0
        self._elements: Elements | None = None
        self._rows: dict[str, int] = {}
        self.pictures = ElementPictures(self)
        self.pictures.ready.connect(self._on_ready)

    def show_found(self, elements: Elements, found: list[Element]) -> None:
        """Show other elements."""
        self.beginResetModel()
        self._elements, self.found = elements, found
        self._shown = min(PAGE, len(found))
        self._rows = {one.id: row for row, one in enumerate(found[: self._shown])}
        self.endResetModel()

    def repaint(self) -> None:
        """Colours changed."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1), [Qt.ItemDataRole.DecorationRole])

    def _on_ready(self, name: str) -> None:
        row = self._rows.get(name)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self.found)

    def fetchMore(self, parent: Index) -> None:
        end = min(self._shown + PAGE, len(self.found))
        self.beginInsertRows(QModelIndex(), self._shown, end - 1)
        for row in range(self._shown, end):
            self._rows[self.found[row].id] = row
        self._shown = end
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._elements is None:
            return None
        one = self.found[index.row()]
        if role == ITEM:
            return one
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return credit(self._elements, one)
        return None

    def picture(self, element: Element, side: int) -> QImage | None:
        """Return an element's picture, None until it is drawn."""
        if self._elements is None:
            return None
        return self.pictures.picture(self._elements.store, element, side, theme.colour("text").name())

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Any) -> QMimeData:
        one = self.found[indexes[0].row()]
        return mime_of_element(DraggedElement(one.id, self.mode), one.name)

    def mimeTypes(self) -> list[str]:
        return [ELEMENT_MIME]


def credit(elements: Elements, element: Element) -> str:
    """Return ``coffee — Tabler Icons, Paweł Kuna, MIT``."""
    info = elements.store.sets[element.set]
    return f"{element.name} — {info.title}, {info.author}, {info.licence}"


class ElementDelegate(QStyledItemDelegate):
    """A picture on a quiet tile; patterns fill it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        element: Element = index.data(ITEM)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRectF(QRect(option.rect)).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(theme.colour("accent_text") if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selected" if chosen else "raised" if hovered else "base"))
        painter.drawRoundedRect(box, 6, 6)
        ratio = painter.device().devicePixelRatioF()
        tiled = element.style == "pattern"
        side = theme.px(30 if tiled else 40)
        image = cast("ElementModel", index.model()).picture(element, round(side * ratio))
        if image is not None and not image.isNull():
            wide, high = image.width() / ratio, image.height() / ratio
            target = QRectF(0, 0, wide, high)
            target.moveCenter(box.center())
            if tiled:  # two by two say more of a pattern than one tile
                for dx, dy in ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)):
                    painter.drawImage(target.translated(dx * wide, dy * high), image)
            else:
                painter.drawImage(target, image)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(TILE), theme.px(TILE))


class Grid(QListView):
    """Tiles in rows; Enter places, letters go on searching."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _Reading:
    """Reads the library on a thread that holds nothing of Qt: a widget whose last holder is a thread dies in it."""

    def __init__(self) -> None:
        self.found: Elements | AtelierError | None = None

    def run(self) -> None:
        try:
            self.found = library.index()
        except AtelierError as error:
            self.found = error


class ElementsDock(QWidget):
    """Search, categories, sets, colours, the grid, and whose work it is."""

    place_wanted = Signal(object)
    """A :class:`DraggedElement` to put into the middle of the document."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._elements: Elements | None = None
        self._loading = False
        self._reading = _Reading()
        self._arrived = QTimer(self)
        self._arrived.setInterval(40)
        self._arrived.timeout.connect(self._look)
        self.kind = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.search_now)
        self.model = ElementModel(self)
        self._build_bar()
        self._build_chips()
        self._build_grid()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self._stack, 1)
        column.addLayout(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._chips)
        row.addLayout(column, 1)
        theme.notifier().changed.connect(self.model.repaint)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_bar(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search elements: coffee, sale, right arrow…"))
        self.search.setAccessibleName(self.tr("Search elements"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(theme.px(360))
        self.search.textChanged.connect(self._later)
        self.search.returnPressed.connect(self._enter_grid)
        self.search.installEventFilter(self)
        self.sets = QComboBox()
        self.sets.setAccessibleName(self.tr("Set"))
        self.sets.addItem(self.tr("All sets"), "")
        self.sets.currentIndexChanged.connect(self.search_now)
        self.colours = QComboBox()
        self.colours.setAccessibleName(self.tr("Colours"))
        self.colours.setToolTip(self.tr("Which colours a placed element gets"))
        for mode, text in (
            ("own", self.tr("Own colours")),
            ("foreground", self.tr("Foreground colour")),
            ("palette", self.tr("Colours of the palette")),
        ):
            self.colours.addItem(text, mode)
        kept = self.colours.findData(self._session.settings.views.get(VIEW, "own"))
        self.colours.setCurrentIndex(max(0, kept))
        self.model.mode = self.colours.currentData()
        self.colours.currentIndexChanged.connect(self._on_colours)
        self.count = QLabel()
        theme.set_role(self.count, "secondary")
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(12, 8, 12, 8)
        self._bar.setSpacing(8)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self.sets)
        self._bar.addWidget(self.colours)
        self._bar.addStretch(1)
        self._bar.addWidget(self.count)

    def categories(self) -> list[tuple[str, str]]:
        """Return the categories that can be chosen, with their names."""
        return [
            ("", self.tr("All", "elements")),
            ("shopping", self.tr("Shopping")),
            ("food", self.tr("Food")),
            ("celebration", self.tr("Celebration")),
            ("arrows", self.tr("Arrows")),
            ("shapes", self.tr("Shapes and badges")),
            ("patterns", self.tr("Patterns")),
            ("people", self.tr("People")),
            ("faces", self.tr("Faces")),
            ("nature", self.tr("Nature")),
            ("weather", self.tr("Weather")),
            ("travel", self.tr("Travel")),
            ("places", self.tr("Places and home")),
            ("business", self.tr("Business")),
            ("technology", self.tr("Technology")),
            ("communication", self.tr("Communication")),
            ("media", self.tr("Media and learning")),
            ("sport", self.tr("Sport and games")),
            ("health", self.tr("Health and beauty")),
            ("clothes", self.tr("Clothes")),
            ("flags", self.tr("Flags")),
        ]

    def _build_chips(self) -> None:
        holder = QWidget()
        within = QVBoxLayout(holder)
        within.setContentsMargins(12, 8, 8, 8)
        flow = FlowLayout(spacing=theme.px(4))
        within.addLayout(flow)
        within.addStretch(1)
        self.chips = QButtonGroup(self)
        for kind, name in self.categories():
            chip = QToolButton()
            chip.setText(name)
            chip.setCheckable(True)
            chip.setChecked(not kind)
            chip.setProperty("role", "segment")
            chip.setProperty("edge", "only")
            chip.setProperty("kind", kind)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setAccessibleName(self.tr("Category: {name}").format(name=name))
            self.chips.addButton(chip)
            flow.addWidget(chip)
        self.chips.buttonClicked.connect(self._on_chip)
        self._chips = QScrollArea()
        self._chips.setWidgetResizable(True)
        self._chips.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chips.setFixedWidth(theme.px(264))
        self._chips.setWidget(holder)
        self._chips.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _build_grid(self) -> None:
        self.grid = Grid()
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(ElementDelegate(self.grid))
        self.grid.setViewMode(QListView.ViewMode.IconMode)
        self.grid.setResizeMode(QListView.ResizeMode.Adjust)
        self.grid.setMovement(QListView.Movement.Static)
        self.grid.setUniformItemSizes(True)
        self.grid.setMouseTracking(True)
        self.grid.setDragEnabled(True)
        self.grid.setAccessibleName(self.tr("Elements"))
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        self.grid.activated.connect(self._place)
        self.grid.entered.connect(self._tell)
        self.grid.typed.connect(self._type)
        self.grid.selectionModel().currentChanged.connect(self._tell)
        loading = EmptyState("shapes", self.tr("The library is being read…"))
        self._nothing = EmptyState(
            "search",
            self.tr("Nothing in the library is called that. Try a plainer word, in English or Chinese."),
            self.tr("Show everything"),
            self.show_everything,
        )
        self._stack = QStackedWidget()
        for widget in (loading, self.grid, self._nothing):
            self._stack.addWidget(widget)
        self.told = QLabel(self.tr("Double-click an element to place it, or drag it onto the picture."))
        theme.set_role(self.told, "secondary")
        self.told.setMinimumWidth(0)
        self.copy_credits = QPushButton(self.tr("Copy credits"))
        self.copy_credits.setToolTip(self.tr("Copies who made the elements in this project, and under which licence"))
        theme.set_role(self.copy_credits, "flat")
        self.copy_credits.clicked.connect(self._copy_credits)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(12, 4, 12, 4)
        self._foot.addWidget(self.told, 1)
        self._foot.addWidget(self.copy_credits)

    # --- reading and searching --------------------------------------------------------------------------------------

    def showEvent(self, event: object) -> None:
        # Docks are shown for a moment while a window arranges them: what is read is read when it is looked at.
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        if self._elements is None and not self._loading and self.isVisible():
            self._loading = True
            threading.Thread(target=self._reading.run, name="element-library", daemon=True).start()
            self._arrived.start()

    def _look(self) -> None:
        elements = self._reading.found
        if elements is None:
            return
        self._arrived.stop()
        self._loading = False
        if isinstance(elements, AtelierError):
            self._session.report(elements)
            return
        self._elements = elements
        self.sets.blockSignals(True)
        for info in sorted(elements.store.sets.values(), key=lambda one: one.title.lower()):
            self.sets.addItem(info.title, info.id)
            tip = f"{info.title}, {info.author}, {info.licence}"
            self.sets.setItemData(self.sets.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.sets.blockSignals(False)
        self.search_now()

    def _later(self, _text: str) -> None:
        self._pause.start()

    def search_now(self) -> None:
        """Show what fits the words, the category and the set."""
        self._pause.stop()
        if self._elements is None:
            return
        chosen = self.sets.currentData()
        found = self._elements.search(self.search.text(), self.kind, frozenset({chosen} if chosen else ()))
        self.model.show_found(self._elements, found)
        self._stack.setCurrentIndex(1 if found else 2)
        self.count.setText(self.tr("{count} elements").format(count=f"{len(found):,}"))
        self.grid.scrollToTop()

    def show_everything(self) -> None:
        """Take words, category and set away."""
        self.search.clear()
        self.sets.setCurrentIndex(0)
        self.chips.buttons()[0].click()

    def _on_chip(self, chip: QToolButton) -> None:
        self.kind = str(chip.property("kind"))
        self.search_now()

    def _on_colours(self) -> None:
        self.model.mode = self.colours.currentData()
        self._session.settings.views[VIEW] = self.model.mode

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._enter_grid()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _enter_grid(self) -> None:
        if self._pause.isActive():
            self.search_now()
        if self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0))
            self.grid.setFocus()

    def _type(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    # --- an element -------------------------------------------------------------------------------------------------

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid() and self._elements is not None:
            self.told.setText(credit(self._elements, index.data(ITEM)))

    def _place(self, index: Index) -> None:
        element = index.data(ITEM)
        if isinstance(element, Element):
            self.place_wanted.emit(DraggedElement(element.id, self.model.mode))

    def _menu(self, at: QPoint) -> None:
        index = self.grid.indexAt(at)
        element = index.data(ITEM) if index.isValid() else None
        if not isinstance(element, Element) or self._elements is None:
            return
        line = self._elements.store.credit(element)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Place in the document"), lambda: self._place(index))
        menu.addSeparator()
        menu.addAction(self.tr("Copy its credit"), lambda: QApplication.clipboard().setText(line))
        row = self.sets.findData(element.set)
        menu.addAction(self.tr("Show this set only"), lambda: self.sets.setCurrentIndex(row))
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _copy_credits(self) -> None:
        from desktop.panels.image.elements import credits

        project = self._session.project
        if project is None or self._elements is None:
            return
        opened = (self._session.document(entry.id) for entry in project.documents() if entry.kind == "image")
        pictures = [one for one in opened if isinstance(one, ImageDocument)]
        lines = credits(pictures, self._elements.store.sets.values())
        if lines:
            QApplication.clipboard().setText("\n".join(lines))
            self.told.setText(self.tr("Copied the credits of {count} elements.").format(count=len(lines)))
        else:
            self.told.setText(self.tr("No elements of the library stand in this project yet."))

    def shut_down(self) -> None:
        """Stop reading and drawing pictures."""
        self._arrived.stop()
        self.model.pictures.shut_down()

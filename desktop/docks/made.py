"""How a result was made: each step and what was set, and the same again, with another seed, or on what is there now."""

import secrets
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.operations.actions import from_operations
from core.operations.recipe import Recipe
from core.project.results import ResultInfo
from core.values import AtelierError
from desktop import i18n, icons, lineage, theme
from desktop.action_shelf import lineage_of
from desktop.session import Session
from desktop.welcome import since
from desktop.widgets.flow import FlowLayout


class MadeView(QScrollArea):
    """The recipe of one result in words, with what can be done with it."""

    make_wanted = Signal(object)
    """A recipe whose last operation *Make* should show."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._result: ResultInfo | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumWidth(theme.px(280))
        self.setMaximumWidth(theme.px(400))
        self.setAccessibleName(self.tr("How this was made"))

    def show_result(self, result: ResultInfo, stale: bool) -> None:
        """Show the recipe of ``result``."""
        self._result = result
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        heading = QLabel(self.tr("How this was made"))
        theme.set_role(heading, "heading")
        column.addWidget(heading)
        facts = [since(result.created), self.tr("{n} s").format(n=f"{result.time_ms / 1000:.1f}")]
        when = QLabel(" · ".join(facts))
        theme.set_role(when, "secondary")
        column.addWidget(when)
        if stale:
            old = QLabel(self.tr("Out of date: what it was made from has changed."))
            old.setWordWrap(True)
            theme.set_role(old, "warn")
            column.addWidget(old)
        column.addSpacing(8)
        names = self._names(result)
        for number, (title, lines) in enumerate(lineage.describe(result.recipe, names), 1):
            label = QLabel(f"{number}  {title}" if len(result.recipe.steps) > 1 else title)
            label.setWordWrap(True)
            column.addWidget(label)
            for line in lines:
                value = QLabel(line)
                value.setTextFormat(Qt.TextFormat.PlainText)
                value.setWordWrap(True)
                value.setContentsMargins(theme.px(16), 0, 0, 0)
                theme.set_role(value, "secondary")
                column.addWidget(value)
        column.addSpacing(8)
        buttons = FlowLayout(spacing=8)
        for text, icon, act in self._acts(result, stale):
            button = QPushButton(text)
            icons.set_icon(button, icon)
            button.clicked.connect(lambda _=False, a=act: a())
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addStretch(1)
        self.setWidget(page)

    def fill_menu(self, menu: QMenu, result: ResultInfo, stale: bool) -> None:
        """Put what can be done with ``result`` into ``menu``."""
        for text, _, act in self._acts(result, stale):
            menu.addAction(text, act)

    def _acts(self, result: ResultInfo, stale: bool) -> Iterator[tuple[str, str, Callable[[], None]]]:
        yield self.tr("Change and make again…"), "sliders-horizontal", lambda: self.make_wanted.emit(result.recipe)
        yield self.tr("Make it again"), "refresh-cw", lambda: self._again(result)
        yield self.tr("Save as action"), "play", lambda: self._save_action(result)
        if lineage.has_seed(result.recipe):
            yield self.tr("Vary the seed"), "dices", lambda: self._vary(result)
        if stale:
            yield self.tr("Refresh"), "refresh-cw", lambda: self._refresh(result, alone=True)
            if self._session.require().dependants(result.id):
                yield (
                    self.tr("Refresh with all that depends on it"),
                    "workflow",
                    lambda: self._refresh(result, alone=False),
                )

    def _names(self, result: ResultInfo) -> dict[str, str]:
        project = self._session.project
        if project is None:
            return {}
        names: dict[str, str] = {}
        for digest in result.recipe.assets():
            if project.has(digest):
                made = project.made_by(digest)
                title = lineage.title_of(made) if made is not None else ""
                names[digest] = project.asset(digest).name or title
        return {digest: name for digest, name in names.items() if name}

    def _again(self, result: ResultInfo) -> None:
        self._session.spawn(self._make(result.recipe))

    def _vary(self, result: ResultInfo) -> None:
        self._session.spawn(self._make(lineage.varied(result.recipe, secrets.randbelow(2**32))))

    def _save_action(self, result: ResultInfo) -> None:
        """Save how it was made, from the picture that was opened on, as an action."""
        shelf = self._session.actions
        try:
            operations = lineage_of(self._session.require(), result.recipe)
            shelf.add(from_operations(lineage.title_of(result), operations))
        except AtelierError as error:
            self._session.report(error)

    async def _make(self, recipe: Recipe) -> None:
        title = i18n.recipe_title(recipe)
        await self._session.make(recipe, title=title, origin="again", redo=lambda: self._make(recipe))
        self._session.say(self.tr("“{title}” was made again; it is in Assets.").format(title=title), "done")

    def _refresh(self, result: ResultInfo, *, alone: bool) -> None:
        project = self._session.require()
        others = () if alone else project.dependants(result.id)
        self._session.spawn(lineage.refresh(self._session, [result, *others]))

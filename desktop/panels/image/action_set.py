"""What the image panel's sets of actions have in common: each makes its actions once and keeps their state true."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction

from desktop.actions import make_action

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


class ActionSet:
    """Actions that belong to the panel, found by their names in ``by_id``. GUI thread."""

    menu: ClassVar[str] = ""
    """The menu they are in unless another is named; empty: the command palette only."""

    def __init__(self, panel: "ImagePanel") -> None:
        self.panel = panel
        self.by_id: dict[str, QAction] = {}

    def _add(
        self,
        action_id: str,
        text: str,
        run: Callable[[], object],
        *,
        menu: str | None = None,
        group: str = "",
        keys: str = "",
        icon: str = "",
        finding: str = "",
        checkable: bool = False,
    ) -> None:
        self.by_id[action_id] = make_action(
            self.panel,
            action_id,
            text,
            run,
            menu=self.menu if menu is None else menu,
            group=group,
            shortcut=keys,
            icon=icon,
            finding=finding,
            checkable=checkable,
        )

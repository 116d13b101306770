"""The ways to look at the picture (View → See as) and the badge that says that one of them is on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from core.raster.seeing import Look
from desktop import icons, theme
from desktop.actions import GROUP, MENU, make_action

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel

KEYS = {Look.NORMAL: "Ctrl+2", Look.RED: "Ctrl+3", Look.GREEN: "Ctrl+4", Look.BLUE: "Ctrl+5", Look.ALPHA: "Ctrl+6"}
GROUPS = (
    (Look.NORMAL,),
    (Look.RED, Look.GREEN, Look.BLUE, Look.ALPHA),
    (Look.GREY, Look.PROTAN, Look.DEUTAN, Look.TRITAN),
    (Look.CLIPPED,),
)


def look_name(look: Look) -> str:
    """Return what a way to look is called."""
    translate = QCoreApplication.translate
    return {
        Look.NORMAL: translate("look", "All colours"),
        Look.RED: translate("look", "Red channel"),
        Look.GREEN: translate("look", "Green channel"),
        Look.BLUE: translate("look", "Blue channel"),
        Look.ALPHA: translate("look", "Opacity (alpha)"),
        Look.GREY: translate("look", "Without colour"),
        Look.PROTAN: translate("look", "Red-blind (protanopia)"),
        Look.DEUTAN: translate("look", "Green-blind (deuteranopia)"),
        Look.TRITAN: translate("look", "Blue-blind (tritanopia)"),
        Look.CLIPPED: translate("look", "Clipped shadows and highlights"),
        Look.PROOF: translate("look", "As printed"),
    }[look]


class Looks(QObject):
    """Switches how the canvas shows the picture. Only the view changes: nothing is saved, exported or undone."""

    changed = Signal()

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self._canvas = panel.canvas
        self.actions: dict[Look, QAction] = {}
        self.menu = QMenu(panel.tr("See as"), panel)
        exclusive = QActionGroup(self)
        exclusive.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for looks in GROUPS:
            self.menu.addSeparator()
            for look in looks:
                action = make_action(
                    panel,
                    f"view.look-{look}",
                    look_name(look),
                    partial(self.show, look),
                    shortcut=KEYS.get(look, ""),
                    checkable=True,
                )
                exclusive.addAction(action)
                self.menu.addAction(action)
                self.actions[look] = action
        self.actions[Look.NORMAL].setChecked(True)
        entry = self.menu.menuAction()
        entry.setObjectName("")
        entry.setProperty(MENU, "view")
        entry.setProperty(GROUP, "look")
        panel.addAction(entry)
        self.badge = QToolButton(panel.canvas)
        self.badge.setProperty("role", "segment")
        self.badge.setProperty("edge", "only")
        self.badge.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.set_icon(self.badge, "eye", "warn")
        self.badge.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.badge.setCursor(Qt.CursorShape.ArrowCursor)
        self.badge.setToolTip(panel.tr("Only the view is changed, not the picture. Click to see all colours again."))
        self.badge.clicked.connect(lambda: self.show(Look.NORMAL))
        self.badge.hide()
        panel.canvas.installEventFilter(self)

    @property
    def look(self) -> Look:
        """How the picture is shown now."""
        return self._canvas.look

    def show(self, look: Look, name: str = "") -> None:
        """Look at the picture in another way; ``name`` when more is known of it than :func:`look_name` says."""
        self._canvas.set_look(look)
        for one, action in self.actions.items():
            action.setChecked(one is look)
        text = QCoreApplication.translate("look", "View: {name} ×").format(name=name or look_name(look))
        self.badge.setText(text)
        self.badge.setAccessibleName(text)
        self.badge.setVisible(look is not Look.NORMAL)
        self._place()
        self.changed.emit()

    def toggle(self, look: Look) -> None:
        """Look in that way, or in the usual one when it is on already."""
        self.show(Look.NORMAL if self.look is look else look)

    def _place(self) -> None:
        self.badge.adjustSize()
        self.badge.move((self._canvas.width() - self.badge.width()) // 2, theme.px(12))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.badge.isHidden():
            self._place()
        return False

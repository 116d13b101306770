"""Actions with a name: what menus show, what the command palette finds, what a person can give another shortcut."""

import re
from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop import icons

MENU = "atelierMenu"
GROUP = "atelierGroup"
DEFAULT_KEYS = "atelierKeys"
FINDING = "atelierFinding"


def make_action(
    owner: QWidget,
    action_id: str,
    text: str,
    on_trigger: Callable[[], object] | None = None,
    *,
    menu: str = "",
    group: str = "",
    shortcut: str = "",
    icon: str = "",
    tip: str = "",
    finding: str = "",
    checkable: bool = False,
) -> QAction:
    """Return an action that belongs to ``owner`` and is one of its ``actions()``.

    ``action_id`` (``layer.duplicate``) never changes: custom shortcuts are stored under it. ``menu`` names the menu
    it appears in (``image``, ``layer``, ``select``, ``view``; empty: the command palette only) and ``group`` the
    part of it; groups are set apart by a separator in the order in which they first appear. ``shortcut`` is the
    default, in Qt's portable text (``Ctrl+Shift+N``). Several defaults are set apart by ``"; "``. ``finding`` is what
    the palette calls it, when ``text`` says too little outside of its menu.
    """
    action = QAction(text, owner)
    owner.addAction(action)
    action.setObjectName(action_id)
    action.setProperty(MENU, menu)
    action.setProperty(GROUP, group)
    action.setProperty(FINDING, finding)
    action.setProperty(DEFAULT_KEYS, shortcut)
    if shortcut:
        action.setShortcuts(key_sequences(shortcut))
    if icon:
        icons.set_icon(action, icon)
    if tip:
        action.setToolTip(tip)
    action.setCheckable(checkable)
    if on_trigger is not None:
        handler = on_trigger
        action.triggered.connect(lambda *_: handler())
    return action


def key_sequences(text: str) -> list[QKeySequence]:
    """Return the shortcuts that ``text`` names, set apart by ``"; "``."""
    return [QKeySequence(part, QKeySequence.SequenceFormat.PortableText) for part in text.split("; ") if part]


def keys_text(action: QAction) -> str:
    """Return the shortcuts of ``action`` as they are stored."""
    return "; ".join(k.toString(QKeySequence.SequenceFormat.PortableText) for k in action.shortcuts())


def plain_text(action: QAction) -> str:
    """Return the text of ``action`` without mnemonics and dots, as the command palette shows it."""
    text = re.sub(r"\(&.\)", "", action.text())  # where the script has no letters, the mnemonic stands in brackets
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")

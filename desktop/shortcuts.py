"""Keyboard shortcuts that a person can change: kept by action id, conflicts found before they bite."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from desktop.actions import DEFAULT_KEYS, key_sequences, keys_text


def default_keys(action: QAction) -> str:
    """Return the shortcuts that ``action`` came with."""
    return str(action.property(DEFAULT_KEYS) or "")


def apply(actions: Iterable[QAction], custom: Mapping[str, str]) -> None:
    """Give every action its own shortcut, or the one the person chose for it."""
    for action in actions:
        keys = custom.get(action.objectName(), default_keys(action))
        if keys != keys_text(action):
            action.setShortcuts(key_sequences(keys))


def conflicts(actions: Iterable[QAction]) -> dict[str, tuple[QAction, ...]]:
    """Return each shortcut that more than one action has, with those actions."""
    owners: dict[str, list[QAction]] = {}
    for action in actions:
        for sequence in action.shortcuts():
            owners.setdefault(sequence.toString(QKeySequence.SequenceFormat.PortableText), []).append(action)
    return {keys: tuple(found) for keys, found in owners.items() if len(found) > 1}


def taken_by(keys: str, actions: Iterable[QAction], besides: QAction) -> QAction | None:
    """Return the action that has one of ``keys`` already, other than ``besides``."""
    wanted = {s.toString() for s in key_sequences(keys)}
    for action in actions:
        if action is not besides and wanted & {s.toString() for s in action.shortcuts()}:
            return action
    return None


def assign(action: QAction, keys: str, custom: dict[str, str]) -> None:
    """Give ``action`` other shortcuts and note it in ``custom``; its default ones are not noted."""
    action.setShortcuts(key_sequences(keys))
    if keys == default_keys(action):
        custom.pop(action.objectName(), None)
    else:
        custom[action.objectName()] = keys

"""What stands where there is nothing yet: one sentence that teaches, one action that fills the place."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import icons, theme


class EmptyState(QWidget):
    """An icon, a sentence and, where something can be done at once, a button."""

    def __init__(
        self,
        icon: str,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        mark = QLabel()
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.set_icon(mark, icon, "disabled", 24)
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self.label, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(mark)
        column.addWidget(self.label)
        if on_action is not None:
            button = QPushButton(action)
            button.clicked.connect(lambda *_: on_action())
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

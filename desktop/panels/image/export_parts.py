"""Parts of the export dialog: what is exported where there are artboards, and the preview."""

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.documents import artboard_edits
from core.documents.image import ImageDocument
from desktop import theme
from desktop.widgets.choice import Dropdown

EVERY, CANVAS = "every", "canvas"


class WhatField(Dropdown):
    """Every artboard, one of them, or the whole canvas. Hidden artboards are left out."""

    def __init__(self, document: ImageDocument, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        self._document = document
        self._boards = [group for group in artboard_edits.boards(document) if group.visible]
        self.useful = bool(self._boards)
        """Whether there is anything to choose."""
        choices: list[tuple[object, str]] = [
            (group.id, group.name or translate("WhatField", "Artboard")) for group in self._boards
        ]
        if len(choices) > 1:
            choices.insert(0, (EVERY, translate("WhatField", "Every artboard")))
        choices.append((CANVAS, translate("WhatField", "Whole canvas")))
        super().__init__(translate("WhatField", "Export"), choices, choices[0][0], parent)
        self.setVisible(False)

    @property
    def every(self) -> bool:
        return self.value() == EVERY

    def documents(self) -> list[ImageDocument]:
        """Return what is exported, each as a document of its own size."""
        chosen = self.value()
        if chosen == CANVAS:
            return [self._document]
        wanted = [group.id for group in self._boards if chosen in (EVERY, group.id)]
        return [artboard_edits.document_of(self._document, board_id) for board_id in wanted]

    def jobs(self, kind: str) -> list[tuple[ImageDocument, bool]]:
        """Return a document for each file of that format, and whether its artboards become its pages."""
        if self.every and kind == "pdf":
            return [(self._document, True)]
        return [(one, False) for one in self.documents()]


class ExportPreview(QWidget):
    """The picture on a chequerboard, in a fixed square."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(theme.px(320), theme.px(320))
        self.setAccessibleName(self.tr("Preview"))

    def show_picture(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("surround"))
        if self._image.isNull():
            return
        room = self.rect().adjusted(12, 12, -12, -12)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        painter.fillRect(target, theme.colour("raised"))
        painter.drawImage(target, self._image)

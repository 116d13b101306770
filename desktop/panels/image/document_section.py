"""Inspector section for the picture itself: its size, what happens to the layers when it changes, its resolution."""

import contextlib

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QWidget

from core.documents import image_place
from core.documents.image import MAX_SIDE, ImageDocument, check_size
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.depth import DepthCommands, fewer_bits
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


class DocumentSection(Section):
    """Canvas: the layers stay where they are relative to an anchor. Picture: the layers are scaled with it."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Picture"))
        modes = (("canvas", self.tr("Canvas")), ("picture", self.tr("Whole picture")))
        self.mode = Segmented(self.tr("Change the size of"), modes, "canvas")
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.anchor = AnchorField()
        self.resolution = NumberField(
            self.tr("Resolution"), minimum=1, maximum=10_000, step=1, decimals=1, unit="ppi", value=72, default=72
        )
        self.depths = DepthCommands(editor, self)
        bits = [(depth, short) for depth, short in ((8, "8"), (16, "16"), (32, self.tr("32 float")))]
        self.depth_choice = Segmented(self.tr("Bits a channel"), bits, 8)
        self.dither = QCheckBox(self.tr("Dither"))
        self.dither.setToolTip(self.tr("With fewer bits, soft gradients show no steps."))
        self.dither.setChecked(self.depths.dither)
        self.fewer = QLabel()
        self.fewer.setWordWrap(True)
        theme.set_role(self.fewer, "secondary")
        self.print_size = QLabel()
        theme.set_role(self.print_size, "secondary")
        self.row(self.tr("Resize"), self.mode)
        self.row(self.tr("Size"), self.across, self.down)
        self._anchor_label = self.row(self.tr("Anchor"), self.anchor)
        self.row(self.tr("Resolution"), self.resolution)
        self.row(self.tr("In print"), self.print_size)
        self.row(self.tr("Bits a channel"), self.depth_choice)
        self.row("", self.dither)
        self.row("", self.fewer)
        self.depth_choice.committed.connect(self.depths.convert)
        self.dither.toggled.connect(self.depths.set_dither)
        # Resizing is committed when it is decided: showing it live would make the view jump under the pointer.
        self.across.committed.connect(lambda value: self._resize(round(value), None))
        self.down.committed.connect(lambda value: self._resize(None, round(value)))
        self.mode.committed.connect(lambda _: self.follow())
        self.live(
            self.resolution,
            QT_TRANSLATE_NOOP("history", "Change resolution"),
            lambda document, value: msgspec.structs.replace(document, resolution=float(value)),
        )

    def _resize(self, width: int | None, height: int | None) -> None:
        if self.mode.value() == "picture":
            self.apply(
                QT_TRANSLATE_NOOP("history", "Scale picture"), lambda document: self._scaled(document, width, height)
            )
            return

        def grown(document: ImageDocument) -> ImageDocument:
            new = width or document.width, height or document.height
            return image_place.resize_canvas(document, *new, self.anchor.value())

        self.apply(QT_TRANSLATE_NOOP("history", "Resize canvas"), grown)

    def _scaled(self, document: ImageDocument, width: int | None, height: int | None) -> ImageDocument:
        if width is not None:
            height = max(1, round(document.height * width / document.width))
        else:
            assert height is not None
            width = max(1, round(document.width * height / document.height))
        check_size(width, height)
        return image_place.scale_document(document, width, height, self.editor.size_of)

    def follow(self) -> None:
        document = self.editor.shown
        if document is None:
            return
        self.across.set_value(document.width)
        self.down.set_value(document.height)
        self.resolution.set_value(document.resolution)
        self._show_depth(document)
        canvas = self.mode.value() == "canvas"
        self.anchor.setVisible(canvas)
        self._anchor_label.setVisible(canvas)
        width, height = (side / document.resolution * 25.4 for side in (document.width, document.height))
        self.print_size.setText(self.tr("{width} × {height} mm").format(width=f"{width:.1f}", height=f"{height:.1f}"))

    def _show_depth(self, document: ImageDocument) -> None:
        self.depth_choice.set_value(document.depth)
        self.dither.setVisible(document.depth > 8)
        text, compositor = "", self.editor.compositor
        if compositor is not None and document.depth > 8:
            with contextlib.suppress(AtelierError):  # what cannot be read is said where it is drawn
                text = fewer_bits(document, compositor)
        self.fewer.setText(text)
        self.fewer.setVisible(bool(text))


class AnchorField(QWidget):
    """Nine places: which part of the picture stays when the canvas grows or shrinks."""

    committed = Signal(object)
    CELL = 18

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = (1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Anchor"))
        self.setToolTip(self.tr("The part of the picture that stays in place. Arrow keys choose it."))

    def sizeHint(self) -> QSize:
        side = 3 * theme.px(self.CELL) + 2
        return QSize(side, side)

    def value(self) -> tuple[float, float]:
        """Return the anchor as fractions of width and height."""
        return self._at[0] / 2, self._at[1] / 2

    def choose(self, column: int, row: int) -> None:
        """Choose one of the nine places."""
        at = (min(2, max(0, column)), min(2, max(0, row)))
        if at != self._at:
            self._at = at
            self.update()
            self.committed.emit(self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = theme.px(self.CELL)
        self.choose(int(event.position().x() // cell), int(event.position().y() // cell))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._at[0] + step[0], self._at[1] + step[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = theme.px(self.CELL)
        painter.setPen(QPen(theme.colour("accent_text" if self.hasFocus() else "line"), 1))
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 3 * cell + 1, 3 * cell + 1), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        for row in range(3):
            for column in range(3):
                chosen = (column, row) == self._at
                painter.setBrush(theme.colour("accent" if chosen else "muted"))
                reach = theme.px(4 if chosen else 1.5)
                middle = QRectF(
                    column * cell + cell / 2 + 1 - reach, row * cell + cell / 2 + 1 - reach, 2 * reach, 2 * reach
                )
                painter.drawRoundedRect(middle, 2, 2)

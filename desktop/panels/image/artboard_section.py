"""Inspector section for an artboard: its name, place, size, format and background."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from core.documents import artboard_edits, image_edits, image_place
from core.documents.image import MAX_SIDE, Artboard, GroupLayer, ImageDocument
from core.documents.image_artboard import FAR
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.artboard_presets import PRESETS, preset_of
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.choice import Dropdown
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField

_COLOUR = QT_TRANSLATE_NOOP("history", "Change artboard background")


def preset_choices() -> list[tuple[str, str]]:
    """Return the formats by their English names, with what a person reads; the first is any size."""
    found = [("", QCoreApplication.translate("ArtboardSection", "Own size"))]
    for preset in PRESETS:
        size = f"{preset.width:g} × {preset.height:g}{' mm' if preset.paper else ''}"
        found.append((preset.name, f"{preset.title()}  {size}"))
    return found


def resize(
    editor: Editor, board_id: str, *, width: int | None = None, height: int | None = None, preset: str | None = None
) -> None:
    """Give an artboard another size, or that of a format; its layers stay where they are. One undo step."""
    document = editor.require()
    fields: dict[str, object] = {"preset": ""}
    if width is not None:
        fields["width"] = width
    if height is not None:
        fields["height"] = height
    if preset:
        chosen = preset_of(preset)
        if chosen is None:
            return
        size = chosen.size(document.resolution)
        fields = {"width": size.width, "height": size.height, "preset": preset}
    try:
        new = artboard_edits.change(document, board_id, **fields)
    except AtelierError as error:
        editor.session.report(error)
        return
    editor.commit(QT_TRANSLATE_NOOP("history", "Resize artboard"), new)


class ArtboardSection(Section):
    """What is on the artboard moves with it, and stays as it is when the artboard's size changes."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Artboard"))
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setAccessibleName(self.tr("Name"))
        self.preset = Dropdown(self.tr("Format"), preset_choices(), "")
        self.left = NumberField(self.tr("X"), minimum=-FAR, maximum=FAR, step=1, unit="px")
        self.top = NumberField(self.tr("Y"), minimum=-FAR, maximum=FAR, step=1, unit="px")
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.filled = QCheckBox()
        self.filled.setAccessibleName(self.tr("Background"))
        self.filled.setToolTip(self.tr("Off: the artboard is transparent."))
        self.background = ColourField(self.tr("Background"), "#ffffff")
        self.row(self.tr("Name"), self.name)
        self.row(self.tr("Format"), self.preset)
        self.row(self.tr("Position"), self.left, self.top, gap=24)
        self.row(self.tr("Size"), self.across, self.down, gap=24)
        ground = QWidget()
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.filled)
        line.addWidget(self.background, 1)
        self.row(self.tr("Background"), ground)
        move = QT_TRANSLATE_NOOP("history", "Move artboard")
        self.live(self.left, move, lambda document, value: self._moved(document, round(value), None))
        self.live(self.top, move, lambda document, value: self._moved(document, None, round(value)))
        size, colour = QT_TRANSLATE_NOOP("history", "Resize artboard"), _COLOUR
        self.live(self.across, size, lambda document, value: self._changed(document, width=round(value), preset=""))
        self.live(self.down, size, lambda document, value: self._changed(document, height=round(value), preset=""))
        self.live(self.background, colour, lambda document, value: self._changed(document, background=str(value)))
        self.filled.toggled.connect(self._fill)
        self.preset.committed.connect(self._take)
        self.name.editingFinished.connect(self._rename)

    def _board(self) -> tuple[str, Artboard] | None:
        layer = self.editor.layer
        if isinstance(layer, GroupLayer) and layer.artboard is not None:
            return layer.id, layer.artboard
        return None

    def _changed(self, document: ImageDocument, **fields: object) -> ImageDocument:
        found = self._board()
        return document if found is None else artboard_edits.change(document, found[0], **fields)

    def _moved(self, document: ImageDocument, x: int | None, y: int | None) -> ImageDocument:
        found = self._board()
        if found is None:
            return document
        board = artboard_edits.board(document, found[0])
        dx, dy = (0 if x is None else x - board.x), (0 if y is None else y - board.y)
        return image_place.move_by(document, [found[0]], dx, dy)

    def _fill(self, on: bool) -> None:
        colour = self.background.value() if on else None
        self.apply(_COLOUR, lambda document: self._changed(document, background=colour))

    def _take(self, name: str) -> None:
        found = self._board()
        if found is not None:
            resize(self.editor, found[0], preset=name)
        self.follow()

    def _rename(self) -> None:
        found, name = self._board(), self.name.text().strip()
        if found is not None and name and name != self.editor.require().layer(found[0]).name:
            label = QT_TRANSLATE_NOOP("history", "Rename layer")
            self.apply(label, lambda document: image_edits.update(document, [found[0]], name=name))

    def follow(self) -> None:
        found, layer, document = self._board(), self.editor.layer, self.editor.shown
        if found is None or layer is None or document is None:
            return
        board = found[1]
        if not self.name.hasFocus():
            self.name.setText(layer.name)
        self.preset.set_value(board.preset)
        self.left.set_value(board.x)
        self.top.set_value(board.y)
        self.across.set_value(board.width)
        self.down.set_value(board.height)
        set_checked(self.filled, board.background is not None)
        self.background.setEnabled(board.background is not None)
        if board.background is not None:
            self.background.set_value(board.background)

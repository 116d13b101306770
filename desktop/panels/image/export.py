"""Export: format, quality and size, with the exact weight of the file before it is written."""

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.documents.base import encode_document
from core.documents.image import MAX_SIDE, ImageDocument
from core.documents.image_place import scale_document
from core.operations.base import Asset, Output
from core.operations.image import EXPORT_DEPTHS, Export, ExportDocument, RenderDocument, export_depth
from core.operations.recipe import Recipe, Step
from core.raster.bounds import content_size
from core.values import DOCUMENT_TYPE, AtelierError, reason
from desktop import theme
from desktop.i18n import said
from desktop.imports import notes_of
from desktop.panels.image.depth import short_depth
from desktop.panels.image.editor import Editor
from desktop.session import Session
from desktop.widgets.choice import Dropdown
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField, SliderField
from desktop.work import Redo

Format = Literal["png", "jpeg", "webp", "avif", "tiff", "hdr", "exr", "psd", "ora", "pdf", "svg"]

VIEW = "image.export"
WAIT_MS = 350
SUFFIXES = {
    "png": ".png",
    "jpeg": ".jpg",
    "webp": ".webp",
    "avif": ".avif",
    "tiff": ".tif",
    "hdr": ".hdr",
    "exr": ".exr",
    "psd": ".psd",
    "ora": ".ora",
    "pdf": ".pdf",
    "svg": ".svg",
}
FORMATS: tuple[tuple[Format, str], ...] = (
    ("png", "PNG"),
    ("jpeg", "JPEG"),
    ("webp", "WebP"),
    ("avif", "AVIF"),
    ("tiff", "TIFF"),
    ("hdr", "HDR (Radiance)"),
    ("exr", "OpenEXR"),
    ("psd", "PSD"),
    ("ora", "OpenRaster"),
    ("pdf", "PDF"),
    ("svg", "SVG"),
)
DOCUMENTS = ("psd", "ora", "pdf", "svg")
"""Formats that hold more than one picture: they are made of the document."""


class ExportChoice(msgspec.Struct, frozen=True):
    """What is written. ``scale`` 1 is the document's own size."""

    format: Format = "png"
    quality: Annotated[int, Meta(ge=1, le=100)] = 90
    lossless: bool = False
    background: Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")] = "#ffffff"
    scale: Annotated[float, Meta(gt=0, le=16)] = 1.0
    depth: Literal[0, 8, 16, 32] = 0
    """Bits a channel, where the format holds them; 0: the document's."""


def recipe_of(document: ImageDocument, choice: ExportChoice, session: Session) -> Recipe:
    """Return the recipe that writes ``document`` as ``choice`` says."""
    depth = export_depth(choice.format, choice.depth or document.depth)
    if choice.format in DOCUMENTS and choice.scale != 1:
        width, height = (max(1, round(side * choice.scale)) for side in (document.width, document.height))
        document = scale_document(document, width, height, content_size)
    digest = session.require().put(encode_document(document), DOCUMENT_TYPE, name=document.title)
    if choice.format in DOCUMENTS:
        whole = ExportDocument(document=Asset(hash=digest), format=choice.format, depth=depth)  # type: ignore[arg-type]
        results = Output(step="export", name="file"), Output(step="export", name="info")
        return Recipe(steps=(Step("export", whole),), results=results, title=document.title)
    render = RenderDocument(document=Asset(hash=digest), scale=choice.scale, depth=depth)
    encode = Export(
        image=Output(step="render"),
        format=choice.format,  # type: ignore[arg-type]
        depth=depth,
        quality=choice.quality,
        lossless=choice.lossless,
        background=choice.background,
        dpi=max(1.0, document.resolution),
    )
    return Recipe(
        steps=(Step("render", render), Step("export", encode)),
        results=(Output(step="export", name="file"),),
        title=document.title,
    )


async def export_file(
    session: Session, document: ImageDocument, choice: ExportChoice, path: Path, redo: Redo | None = None
) -> list[str]:
    """Have the core write ``document`` to ``path``; a file that is there is only replaced by a complete one.

    Returns sentences on what other programs will see differently.
    """
    title = QCoreApplication.translate("ExportDialog", "Export {name}").format(name=path.name)
    task = session.start(recipe_of(document, choice, session), title=title, origin="export", redo=redo)
    result = await session.work.wait(task)
    try:
        await asyncio.to_thread(_copy, Path(result.outputs["export.file"].path), path)
        info = result.outputs.get("export.info")
        return [] if info is None else notes_of(json.loads(Path(info.path).read_bytes())["notes"])
    finally:
        session.work.release(task)


def _copy(source: Path, target: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".atelier-", suffix=target.suffix)
        with os.fdopen(handle, "wb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except OSError as error:
        raise AtelierError(
            "“{name}” could not be written to {folder}: {reason}.",
            name=target.name,
            folder=str(target.parent),
            reason=reason(error),
        ) from None


class ExportDialog(QDialog):
    """Preview at the left, choices at the right, the weight of the file below them."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self._editor = editor
        self._session = editor.session
        self._document = editor.require()
        self._task: Any = None
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._weigh)
        self._build(self._stored())
        self._follow()

    def _stored(self) -> ExportChoice:
        try:
            return msgspec.convert(self._session.settings.views.get(VIEW, {}), ExportChoice)
        except msgspec.ValidationError:
            return ExportChoice()

    def _build(self, choice: ExportChoice) -> None:
        document = self._document
        self.format = Dropdown(self.tr("Format"), FORMATS, choice.format)
        self.quality = SliderField(self.tr("Quality"), minimum=1, maximum=100, step=1, value=choice.quality, default=90)
        self.lossless = QCheckBox(self.tr("Lossless"))
        self.lossless.setChecked(choice.lossless)
        self.background = ColourField(self.tr("Background"), choice.background)
        self.bits = Dropdown(self.tr("Bits a channel"), [(8, short_depth(8))], 8)
        self.percent = NumberField(
            self.tr("Scale"), minimum=1, maximum=1600, step=1, decimals=2, unit="%", value=100, default=100
        )
        self.across = NumberField(
            self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=document.width
        )
        self.down = NumberField(
            self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=document.height
        )
        self.weight = QLabel()
        self.weight.setAccessibleName(self.tr("File size"))
        self.about = QLabel()
        self.about.setWordWrap(True)
        theme.set_role(self.about, "secondary")
        size = QHBoxLayout()
        size.setSpacing(theme.px(8))
        size.addWidget(self.across, 1)
        size.addWidget(self.down, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(8))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Bits a channel"), self.bits)
        form.addRow(self.tr("Quality"), self.quality)
        form.addRow("", self.lossless)
        form.addRow(self.tr("Background"), self.background)
        form.addRow(self.tr("Scale"), self.percent)
        form.addRow(self.tr("Size"), size)
        form.addRow(self.tr("File size"), self.weight)
        self._form = form
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        several = self.buttons.addButton(self.tr("Several files…"), QDialogButtonBox.ButtonRole.ActionRole)
        several.clicked.connect(self._several)
        export = self.buttons.addButton(self.tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(export, "primary")
        export.setDefault(True)
        self.buttons.accepted.connect(self._ask)
        self.buttons.rejected.connect(self.reject)
        right = QVBoxLayout()
        right.setSpacing(theme.px(12))
        right.addLayout(form)
        right.addWidget(self.about)
        right.addStretch(1)
        right.addWidget(self.buttons)
        panes = QHBoxLayout(self)
        panes.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(16))
        panes.setSpacing(theme.px(24))
        panes.addWidget(_Preview(self._picture()))
        panes.addLayout(right, 1)
        for control in (self.quality, self.background):
            control.value_changed.connect(lambda _: self._follow())
        self.format.committed.connect(lambda _: self._offer_depths())
        self.bits.committed.connect(lambda _: self._follow())
        self.lossless.toggled.connect(lambda _: self._follow())
        self.percent.value_changed.connect(lambda value: self._scale(value / 100))
        self.across.value_changed.connect(lambda value: self._scale(value / document.width))
        self.down.value_changed.connect(lambda value: self._scale(value / document.height))
        self._scaled = 1.0
        self._offer_depths()
        self._scale(choice.scale)

    def _picture(self) -> QImage:
        compositor, document = self._editor.compositor, self._document
        if compositor is None:
            return QImage()
        side = 320 * self.devicePixelRatioF()
        try:
            pixels = compositor.render(document, None, min(1.0, side / max(document.width, document.height)))
        except AtelierError:
            return QImage()
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGBA8888).copy()

    def _scale(self, scale: float) -> None:
        largest = MAX_SIDE / max(self._document.width, self._document.height)
        self._scaled = min(16.0, largest, max(0.01, scale))
        self.percent.set_value(self._scaled * 100)
        self.across.set_value(round(self._document.width * self._scaled))
        self.down.set_value(round(self._document.height * self._scaled))
        self._follow()

    def _offer_depths(self) -> None:
        """Offer what the format can hold, the document's own depth (or the next lower) first."""
        format_ = str(self.format.value())
        held = EXPORT_DEPTHS.get(format_, (8,))
        self.bits.set_choices(
            [(depth, short_depth(depth)) for depth in held], export_depth(format_, self._document.depth)
        )
        self._form.setRowVisible(self.bits, len(held) > 1)
        self._follow()

    def choice(self) -> ExportChoice:
        """Return what is chosen."""
        return ExportChoice(
            format=self.format.value(),  # type: ignore[arg-type]
            quality=round(self.quality.value()),
            lossless=self.lossless.isChecked(),
            background=self.background.value()[:7],
            scale=self._scaled,
            depth=self.bits.value(),  # type: ignore[arg-type]
        )

    def _follow(self) -> None:
        choice = self.choice()
        lossy = choice.format in ("jpeg", "avif") or (choice.format == "webp" and not choice.lossless)
        self._form.setRowVisible(self.quality, lossy)
        self._form.setRowVisible(self.lossless, choice.format == "webp")
        self._form.setRowVisible(self.background, choice.format in ("jpeg", "hdr"))
        self.about.setText(
            {
                "png": self.tr("Every pixel as it is, with transparency."),
                "jpeg": self.tr(
                    "Small and understood everywhere. The background shows where the picture is transparent."
                ),
                "webp": self.tr("Smaller than JPEG, with transparency; for the web."),
                "avif": self.tr("The smallest, with transparency; newer browsers and programs know it."),
                "tiff": self.tr("Every pixel as it is, with transparency; for print and archives."),
                "hdr": self.tr("Light as it is, far beyond white, without transparency; for rendering."),
                "exr": self.tr("Light as it is, far beyond white, with transparency; for compositing and effects."),
                "psd": self.tr(
                    "Layers, groups, masks and modes for Photoshop and others. Text and effects become pixels."
                ),
                "ora": self.tr(
                    "Layers for Krita, GIMP and MyPaint. Opened here again, everything can be edited as before."
                ),
                "pdf": self.tr("One page of the printed size. Text stays text where nothing above blends with it."),
                "svg": self.tr("A drawing for the web: text becomes outlines, pictures are embedded as they look."),
            }[choice.format]
        )
        self.weight.setText(self.tr("counting…"))
        self._timer.start()

    # --- weighing ---------------------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        self._session.spawn(self._weighing(self.choice()))

    async def _weighing(self, choice: ExportChoice) -> None:
        """Encode it for real: composing is kept in the core's cache, so only encoding is done again."""
        self._stop()
        title = self.tr("Weigh the file")
        task = self._session.start(recipe_of(self._document, choice, self._session), title=title, origin="weigh")
        self._task = task
        try:
            result = await self._session.work.wait(task)
            size = await asyncio.to_thread(lambda: Path(result.outputs["export.file"].path).stat().st_size)
        except AtelierError as error:
            if self._task is task:
                self.weight.setText(said(error))
            return
        finally:
            self._session.work.release(task)
            self._session.work.remove(task)
            if self._task is task:
                self._task = None
        if choice == self.choice():
            self.weight.setText(size_text(size))

    def _stop(self) -> None:
        if self._task is not None:
            self._session.work.cancel(self._task)
            self._task = None

    # --- writing ----------------------------------------------------------------------------------------------------

    def _several(self) -> None:
        """Go on to several sizes, formats or layers in one go."""
        from desktop.panels.image.batch_export import BatchExportDialog  # which uses this module

        self.reject()
        BatchExportDialog(self._editor, self.parentWidget()).open()

    def _ask(self) -> None:
        choice = self.choice()
        suffix = SUFFIXES[choice.format]
        name = (self._document.title or self.tr("Untitled")).replace("/", "-") + suffix
        folder = self._session.settings.views.get("image.export.folder", "")
        text, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(Path(folder) / name), f"{choice.format.upper()} (*{suffix})"
        )
        if text:
            path = Path(text)
            self.export_to(path if path.suffix else path.with_suffix(suffix))

    def export_to(self, path: Path) -> None:
        """Start writing and close; the job list shows how far it is, the banner says when it is done."""
        choice, session, document = self.choice(), self._session, self._document
        session.settings.views[VIEW] = msgspec.to_builtins(choice)
        session.settings.views["image.export.folder"] = str(path.parent)
        done = self.tr("Exported to {path}").format(path=path)

        async def work() -> None:
            notes = await export_file(session, document, choice, path, redo=work)
            session.say(" ".join([done, *notes[:2]]), "done")

        session.spawn(work())
        self.accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._stop()
        super().done(result)


class _Preview(QWidget):
    """The picture on a chequerboard, in a fixed square."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(theme.px(320), theme.px(320))
        self.setAccessibleName(self.tr("Preview"))

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


def size_text(size: int) -> str:
    """Return a number of bytes as a person reads it: ``812 KB``, ``2.4 MB``."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"

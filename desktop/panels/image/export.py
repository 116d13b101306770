"""Export: format, quality and size, with the exact weight of the file before it is written."""

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QImage
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

from core.documents.image import MAX_SIDE, ImageDocument
from core.documents.image_place import scale_document
from core.operations.base import Asset, Output
from core.operations.image import EXPORT_DEPTHS, Export, ExportDocument, RenderDocument, export_depth
from core.operations.recipe import Recipe, Step
from core.raster.bounds import content_size
from core.values import AtelierError, reason
from desktop import theme
from desktop.i18n import said
from desktop.imports import notes_of
from desktop.panels.image.depth import short_depth
from desktop.panels.image.editor import Editor
from desktop.panels.image.export_parts import ExportPreview, WhatField
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
KEEPING = ("tiff", "psd")
"""Formats for print and for other editors, which keep a document's profile unless they are told otherwise."""
ALWAYS_SRGB = ("ora", "pdf", "svg", "hdr", "exr")
DOCUMENTS = ("psd", "ora", "pdf", "svg")
"""Formats that hold more than one picture: they are made of the document."""


class ExportChoice(msgspec.Struct, frozen=True):
    """What is written. ``scale`` 1 is the document's own size."""

    format: Format = "png"
    quality: Annotated[int, Meta(ge=1, le=100)] = 90
    lossless: bool = False
    background: Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")] = "#ffffff"
    scale: Annotated[float, Meta(gt=0, le=16)] = 1.0
    profile: Literal["format", "keep", "srgb"] = "format"
    """Whether the document's profile is kept: ``format`` keeps it in TIFF and PSD, and nowhere else."""
    depth: Literal[0, 8, 16, 32] = 0
    """Bits a channel, where the format holds them; 0: the document's."""

    @property
    def to_srgb(self) -> bool:
        """Whether colours become sRGB."""
        if self.format in ALWAYS_SRGB:
            return True
        return self.profile == "srgb" or (self.profile == "format" and self.format not in KEEPING)


def recipe_of(document: ImageDocument, choice: ExportChoice, session: Session, *, pages: bool = False) -> Recipe:
    """Return the recipe that writes ``document`` as ``choice`` says; with ``pages``, a PDF of its artboards."""
    depth = export_depth(choice.format, choice.depth or document.depth)
    if choice.format in DOCUMENTS and choice.scale != 1:
        width, height = (max(1, round(side * choice.scale)) for side in (document.width, document.height))
        document = scale_document(document, width, height, content_size)
    digest = session.require().put_document(document)
    if choice.format in DOCUMENTS:
        whole = ExportDocument(
            document=Asset(hash=digest),
            format=choice.format,  # type: ignore[arg-type]
            depth=depth,
            to_srgb=choice.to_srgb,
            artboards=pages,
        )
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
        document=None if document.profile is None else Asset(hash=digest),
        to_srgb=choice.to_srgb,
    )
    return Recipe(
        steps=(Step("render", render), Step("export", encode)),
        results=(Output(step="export", name="file"),),
        title=document.title,
    )


async def export_file(
    session: Session,
    document: ImageDocument,
    choice: ExportChoice,
    path: Path,
    redo: Redo | None = None,
    *,
    pages: bool = False,
) -> list[str]:
    """Have the core write ``document`` to ``path``; a file that is there is only replaced by a complete one.

    Returns sentences on what other programs will see differently.
    """
    title = QCoreApplication.translate("ExportDialog", "Export {name}").format(name=path.name)
    recipe = recipe_of(document, choice, session, pages=pages)
    task = session.start(recipe, title=title, origin="export", redo=redo)
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
        self.what = WhatField(editor.require(), self)
        self._document = self.what.documents()[0]
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
        self.what.committed.connect(lambda _: self._take())
        self.format = Dropdown(self.tr("Format"), FORMATS, choice.format)
        self.quality = SliderField(self.tr("Quality"), minimum=1, maximum=100, step=1, value=choice.quality, default=90)
        self.lossless = QCheckBox(self.tr("Lossless"))
        self.lossless.setChecked(choice.lossless)
        self.background = ColourField(self.tr("Background"), choice.background)
        self._profile = choice.profile
        self.srgb = QCheckBox(self.tr("Convert to sRGB"))
        self.srgb.setToolTip(
            self.tr("Otherwise the profile {profile} is kept and embedded.").format(profile=self._editor.colours.name)
        )
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
        if self.what.useful:
            form.addRow(self.tr("Export"), self.what)
            self.what.show()
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Bits a channel"), self.bits)
        form.addRow(self.tr("Quality"), self.quality)
        form.addRow("", self.lossless)
        form.addRow(self.tr("Background"), self.background)
        form.addRow(self.tr("Colours"), self.srgb)
        form.addRow(self.tr("Scale"), self.percent)
        self._size = size
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
        self._preview = ExportPreview(self._picture())
        panes.addWidget(self._preview)
        panes.addLayout(right, 1)
        for control in (self.quality, self.background):
            control.value_changed.connect(lambda _: self._follow())
        self.format.committed.connect(lambda _: self._offer_depths())
        self.bits.committed.connect(lambda _: self._follow())
        self.lossless.toggled.connect(lambda _: self._follow())
        self.srgb.clicked.connect(self._on_srgb)
        self.percent.value_changed.connect(lambda value: self._scale(value / 100))
        self.across.value_changed.connect(lambda value: self._scale(value / self._document.width))
        self.down.value_changed.connect(lambda value: self._scale(value / self._document.height))
        self._scaled = 1.0
        self._offer_depths()
        self._scale(choice.scale)

    def _take(self) -> None:
        """Something else is exported."""
        self._document = self.what.documents()[0]
        self._preview.show_picture(self._picture())
        self._scale(self._scaled)

    def _picture(self) -> QImage:
        compositor, document = self._editor.compositor, self._document
        if compositor is None:
            return QImage()
        side = 320 * self.devicePixelRatioF()
        try:
            pixels = compositor.render(document, None, min(1.0, side / max(document.width, document.height)))
        except AtelierError:
            return QImage()
        pixels = self._editor.colours.to_screen(pixels)
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
            profile=self._profile,
            depth=self.bits.value(),  # type: ignore[arg-type]
        )

    def _on_srgb(self, checked: bool) -> None:
        self._profile = "srgb" if checked else "keep"
        self._follow()

    def _follow(self) -> None:
        choice = self.choice()
        lossy = choice.format in ("jpeg", "avif") or (choice.format == "webp" and not choice.lossless)
        self._form.setRowVisible(self.quality, lossy)
        self._form.setRowVisible(self.lossless, choice.format == "webp")
        self._form.setRowVisible(self.background, choice.format in ("jpeg", "hdr"))
        self._form.setRowVisible(self.srgb, self._document.profile is not None)
        self.srgb.setChecked(choice.to_srgb)
        self.srgb.setEnabled(choice.format not in ALWAYS_SRGB)
        self._form.setRowVisible(self._size, not self.what.every)
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
        size = 0
        for document, pages in self.what.jobs(choice.format):
            one = await self._weigh_one(document, choice, pages=pages)
            if one is None or choice != self.choice():
                return
            size += one
        self.weight.setText(size_text(size))

    async def _weigh_one(self, document: ImageDocument, choice: ExportChoice, *, pages: bool) -> int | None:
        recipe = recipe_of(document, choice, self._session, pages=pages)
        task = self._session.start(recipe, title=self.tr("Weigh the file"), origin="weigh")
        self._task = task
        try:
            result = await self._session.work.wait(task)
            path = Path(result.outputs["export.file"].path)
            return (await asyncio.to_thread(path.stat)).st_size if self._task is task else None
        except AtelierError as error:
            if self._task is task:
                self.weight.setText(said(error))
            return None
        finally:
            self._session.work.release(task)
            self._session.work.remove(task)
            if self._task is task:
                self._task = None

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
        if self.what.every and choice.format != "pdf":
            self._ask_folder()
            return
        suffix = SUFFIXES[choice.format]
        name = (self._document.title or self.tr("Untitled")).replace("/", "-") + suffix
        folder = self._session.settings.views.get("image.export.folder", "")
        text, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(Path(folder) / name), f"{choice.format.upper()} (*{suffix})"
        )
        if text:
            path = Path(text)
            self.export_to(path if path.suffix else path.with_suffix(suffix))

    def _ask_folder(self) -> None:
        folder = self._session.settings.views.get("image.export.folder", "")
        text = QFileDialog.getExistingDirectory(self, self.tr("Folder"), folder)
        if text:
            self.export_every(Path(text))

    def export_every(self, folder: Path) -> None:
        """Start writing each artboard as a file of its own, named as it is, unless files may not be replaced."""
        from desktop.panels.image import artboard_export  # which uses this module

        choice, session = self.choice(), self._session
        if artboard_export.export_every(session, self._editor.require(), choice, folder, self):
            session.settings.views[VIEW] = msgspec.to_builtins(choice)
            session.settings.views["image.export.folder"] = str(folder)
            self.accept()

    def export_to(self, path: Path) -> None:
        """Start writing and close; the job list shows how far it is, the banner says when it is done."""
        choice, session = self.choice(), self._session
        document, pages = self.what.jobs(choice.format)[0]
        session.settings.views[VIEW] = msgspec.to_builtins(choice)
        session.settings.views["image.export.folder"] = str(path.parent)
        done = self.tr("Exported to {path}").format(path=path)

        async def work() -> None:
            notes = await export_file(session, document, choice, path, redo=work, pages=pages)
            session.say(" ".join([done, *notes[:2]]), "done")

        session.spawn(work())
        self.accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._stop()
        super().done(result)


def size_text(size: int) -> str:
    """Return a number of bytes as a person reads it: ``812 KB``, ``2.4 MB``."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"

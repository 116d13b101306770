"""Every artboard as a file of its own, in one go."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from core.documents.image import ImageDocument
from core.values import AtelierError
from desktop.i18n import said
from desktop.panels.image import batch
from desktop.panels.image.batch_export import may_replace
from desktop.panels.image.export import ExportChoice, export_file
from desktop.session import Session


def export_every(
    session: Session, document: ImageDocument, choice: ExportChoice, folder: Path, parent: QWidget
) -> bool:
    """Begin to write each visible artboard into ``folder``, named as it is; the banner says when it is done.

    Returns whether it began: not where files are there already that may not be replaced.
    """
    row = batch.Row(batch.Size("1×", choice.scale), choice)
    found = batch.files(document, [row], "artboards", "{artboard}")
    taken = batch.existing(folder, [file.name for file in found])
    if taken and not may_replace(parent, taken):
        return False
    session.spawn(_write(session, found, folder))
    return True


async def _write(session: Session, found: list[batch.File], folder: Path) -> None:
    written = 0
    notes: list[str] = []
    problems: list[AtelierError] = []
    for file in found:
        try:
            notes += await export_file(session, file.document, file.choice, folder / file.name)
            written += 1
        except AtelierError as error:
            problems.append(error)
    text = QCoreApplication.translate("BatchExportDialog", "{n} of {all} files were written to {folder}.")
    text = text.format(n=written, all=len(found), folder=folder)
    if problems:
        session.say(f"{text} {said(problems[0])}", "warn")
    else:
        session.say(" ".join([text, *dict.fromkeys(notes)]), "done")

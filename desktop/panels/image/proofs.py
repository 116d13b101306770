"""Soft proofs (View → Proof for print): the picture as a press would print it, and what that press cannot print."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu

from core.operations.base import Asset
from core.operations.image_proof import PaperKind, ProofTable
from core.operations.recipe import single
from core.raster.pack import read_pack
from core.raster.proof import Proof
from core.raster.seeing import Look
from desktop.actions import GROUP, MENU, make_action

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel

PAPERS: tuple[PaperKind, ...] = ("coated-fogra39", "uncoated-fogra29", "coated-gracol")
KEPT = 4
"""Presses whose tables are kept; one has 16 MB."""


def paper_name(paper: PaperKind, own: str = "") -> str:
    """Return what a press is called; ``own`` is the file of a person's own profile."""
    translate = QCoreApplication.translate
    return {
        "coated-fogra39": translate("proof", "Coated paper (FOGRA39)"),
        "uncoated-fogra29": translate("proof", "Uncoated paper (FOGRA29)"),
        "coated-gracol": translate("proof", "Coated paper (GRACoL)"),
        "own": own or translate("proof", "Own profile"),
    }[paper]


class Proofs(QObject):
    """Shows the canvas as printed. Only the view changes; the press is asked of the core once and then remembered."""

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._canvas = panel.canvas
        self._wanted = ProofTable()
        self._own = ""
        self._made: dict[ProofTable, Proof] = {}
        self.menu = QMenu(panel.tr("Proof for print"), panel)
        self.papers: dict[PaperKind, QAction] = {}
        papers = QActionGroup(self)
        self.on = self._add("on", panel.tr("Show the proof"), self._toggle, keys="Ctrl+Alt+Y")
        self.menu.addSeparator()
        for paper in PAPERS:
            self.papers[paper] = papers.addAction(
                self._add(paper, paper_name(paper), partial(self.show, {"paper": paper}))
            )
        self.papers["own"] = papers.addAction(self._add("own", panel.tr("Own profile…"), self.ask))
        self.papers["coated-fogra39"].setChecked(True)
        self.menu.addSeparator()
        self.white = self._add("white", panel.tr("Show the paper’s white"), self._follow_white)
        self.warn = self._add(
            "warn", panel.tr("Mark what cannot be printed"), self._follow_warn, keys="Ctrl+Alt+Shift+Y"
        )
        entry = self.menu.menuAction()
        entry.setObjectName("")
        entry.setProperty(MENU, "view")
        entry.setProperty(GROUP, "look")
        panel.addAction(entry)
        panel.looks.changed.connect(self._follow)
        panel.editor.colours.changed.connect(self._on_colours)

    def _add(self, name: str, text: str, run: object, *, keys: str = "") -> QAction:
        action = make_action(self._panel, f"view.proof-{name}", text, run, shortcut=keys, checkable=True)  # type: ignore[arg-type]
        self.menu.addAction(action)
        return action

    def _follow(self) -> None:
        self.on.setChecked(self._canvas.look is Look.PROOF)

    def _on_colours(self) -> None:
        """The picture has another profile: what the press makes of its numbers is something else."""
        if self._canvas.look is Look.PROOF and self._wanted.source != self._source():
            self.show({})

    def _source(self) -> Asset | None:
        profile = self._panel.editor.colours.asset
        return None if profile is None else Asset(hash=profile)

    def _toggle(self) -> None:
        if self._canvas.look is Look.PROOF:
            self._panel.looks.show(Look.NORMAL)
        else:
            self.show({})

    def _follow_white(self) -> None:
        self.show({"paper_white": self.white.isChecked()})

    def _follow_warn(self) -> None:
        self._canvas.set_warning(self.warn.isChecked())
        if self._canvas.look is not Look.PROOF:
            self.show({})

    def ask(self) -> None:
        """Ask for the ICC profile of a press."""
        path, _ = QFileDialog.getOpenFileName(
            self._panel,
            QCoreApplication.translate("proof", "Profile of a press"),
            "",
            QCoreApplication.translate("proof", "ICC profiles (*.icc *.icm)"),
        )
        if path:
            self._panel.editor.session.spawn(self._take(Path(path)))
        else:
            self.papers[self._wanted.paper].setChecked(True)

    async def _take(self, path: Path) -> None:
        digest = await self._panel.editor.session.import_file(path)
        self._own = path.stem
        self.show({"paper": "own", "profile": Asset(hash=digest)})

    def show(self, fields: dict[str, object]) -> None:
        """Show the picture as printed, with these settings changed."""
        self._wanted = msgspec.structs.replace(self._wanted, **fields, source=self._source())
        self._panel.editor.session.spawn(self._showing(self._wanted))

    async def _showing(self, wanted: ProofTable) -> None:
        if wanted not in self._made:
            try:
                proof = await self._ask_core(wanted)
            except BaseException:
                self._wanted = ProofTable(paper_white=wanted.paper_white)
                self.papers[self._wanted.paper].setChecked(True)
                self._follow()
                raise
            self._made[wanted] = proof
            while len(self._made) > KEPT:
                del self._made[next(iter(self._made))]
        if wanted is not self._wanted:
            return  # another one was chosen meanwhile
        self.papers[wanted.paper].setChecked(True)
        self._canvas.set_proof(self._made[wanted])
        name = paper_name(wanted.paper, self._own)
        self._panel.looks.show(Look.PROOF, QCoreApplication.translate("look", "Printed: {paper}").format(paper=name))

    async def _ask_core(self, wanted: ProofTable) -> Proof:
        session = self._panel.editor.session
        task = session.start(
            single(wanted), title=QCoreApplication.translate("proof", "Proof for print"), origin="view"
        )
        try:
            result = await session.work.wait(task)
            path = Path(next(iter(result.outputs.values())).path)
            return await asyncio.to_thread(lambda: Proof(read_pack(path)))
        finally:
            session.work.release(task)
            session.work.remove(task)

"""Proof for print: the canvas shows what the press makes of the picture, by the real core, and nothing is changed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtWidgets import QFileDialog
from tests_desktop import Run

from core.raster.seeing import Look
from core.resources import resource
from desktop.panels.image.panel import ImagePanel


def act(panel: ImagePanel, name: str) -> None:
    next(one for one in panel.actions() if one.objectName() == f"view.proof-{name}").trigger()


def test_a_proof_is_shown_marked_and_taken_away(
    run: Run, hands: Hands, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = hands.panel
    bright = msgspec.structs.replace(hands.layer("back"), colour="#00e040")
    panel.session.commit("Colour", hands.document.replace_layer("back", lambda _: bright))
    settle()
    before, steps = hands.picture(), len(hands.steps())
    green = hands.seen(500, 380)
    assert green == (0, 0xE0, 0x40)

    async def idle() -> None:
        while panel.session.busy:
            await asyncio.sleep(0.01)

    act(panel, "on")
    run(idle())
    assert panel.canvas.look is Look.PROOF
    printed = hands.seen(500, 380)
    assert np.abs(np.subtract(printed, green)).max() > 8, "no ink is that green"
    assert "FOGRA39" in panel.looks.badge.text() and panel.looks.badge.isVisibleTo(panel)
    act(panel, "warn")
    run(idle())
    assert hands.seen(500, 380) == (0xC8, 0x3C, 0xC8)
    act(panel, "warn")
    act(panel, "uncoated-fogra29")
    run(idle())
    uncoated = hands.seen(500, 380)
    assert uncoated not in (printed, green) and "FOGRA29" in panel.looks.badge.text()
    own = str(resource("profiles", "coated-gracol.icc"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (own, ""))
    act(panel, "own")
    run(idle())
    assert "coated-gracol" in panel.looks.badge.text()
    wrong = panel.session.require().path.parent / "wrong.icc"
    Path(wrong).write_bytes(b"x" * 400)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    said: list[str] = []
    panel.session.notice.connect(lambda notice: said.append(notice.text))
    act(panel, "own")
    run(idle())
    assert said and "ICC profile" in said[-1] and panel.proofs.papers["coated-fogra39"].isChecked()
    act(panel, "on")
    assert panel.canvas.look is Look.NORMAL and hands.seen(500, 380) == green
    assert np.array_equal(hands.picture(), before) and len(hands.steps()) == steps
    assert panel.session.work.active() == []

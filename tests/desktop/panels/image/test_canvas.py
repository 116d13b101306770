"""The canvas shows the picture where it says it is: on any screen, at any zoom, however the window is resized."""

from collections.abc import Callable

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, qRgb

from desktop.panels.image.panel import ImagePanel

Settle = Callable[[], None]


def _colours(image: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_pixel_of_the_picture_is_a_pixel_of_the_screen_at_100_percent(
    panel: ImagePanel, settle: Settle, monkeypatch: pytest.MonkeyPatch, ratio: float
) -> None:
    canvas = panel.canvas
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: ratio)
    panel.editor.select([])
    canvas.resize(canvas.size() + QSize(2, 2))
    canvas.set_zoom(1.0)
    settle()
    target = QImage(round(canvas.width() * ratio), round(canvas.height() * ratio), QImage.Format.Format_RGB32)
    target.setDevicePixelRatio(ratio)
    canvas.render(target)
    seen = _colours(target)
    compositor = panel.editor.compositor
    assert compositor is not None
    truth = compositor.render(panel.editor.require(), None, 1.0)[..., :3]
    left, top = canvas.view.left, canvas.view.top
    x0, y0 = max(0, left), max(0, top)
    part = truth[y0 - top :, x0 - left :][: seen.shape[0] - y0, : seen.shape[1] - x0]
    shown = seen[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]]
    assert part.size > 100_000
    assert np.abs(shown.astype(int) - part).max() <= 1
    assert tuple(seen[y0 + 150 - y0 + top, 200 + left]) == (220, 30, 30)


def test_a_fitted_picture_stays_fitted_when_the_window_changes(panel: ImagePanel) -> None:
    canvas = panel.canvas
    canvas.fit()
    small = canvas.view.zoom
    panel.resize(1400, 1000)
    assert canvas.view.zoom > small * 1.5
    left, top, right, bottom = canvas.view.visible()
    assert (left, top, right, bottom) == (0, 0, 600, 400)


def test_a_zoom_that_was_chosen_stays_and_so_does_the_middle(panel: ImagePanel) -> None:
    canvas = panel.canvas
    canvas.fit()
    canvas.set_zoom(2.0)
    before = canvas.view.to_document(canvas.width() / 2, canvas.height() / 2)
    panel.resize(1400, 1000)
    assert canvas.view.zoom == 2.0
    after = canvas.view.to_document(canvas.width() / 2, canvas.height() / 2)
    assert np.allclose(before, after, atol=1)


def test_a_view_that_was_fitted_comes_back_fitted(panel: ImagePanel) -> None:
    panel.canvas.fit()
    state = panel.view_state()
    panel.canvas.set_zoom(3.0)
    panel.restore_view_state(state)
    panel.resize(1000, 900)
    assert panel.canvas.view.visible() == (0, 0, 600, 400)


def test_what_is_behind_the_picture_is_the_neutral_surround(hands: Hands, settle: Settle) -> None:
    canvas = hands.canvas
    canvas.set_zoom(0.2)
    settle()
    image = canvas.grab().toImage()
    assert image.pixel(4, 4) == qRgb(0x2B, 0x2B, 0x2B)

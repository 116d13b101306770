"""Frames become pictures on a widget: right colours, right place, memory given back."""

import os
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, qRgb

from core.engine.frames import Frame, FrameRing, FrameWriter, Layout
from desktop.frames import FrameView, fit, image_of, image_on


@pytest.fixture
def ring():
    ring = FrameRing(3, 64 * 64 * 4)
    yield ring
    ring.close()


def _send(ring: FrameRing, pixels: np.ndarray, alpha: bool = False) -> Frame:
    layout = Layout(f"fd:{os.dup(int(ring.layout.name[3:]))}", ring.layout.slots, ring.layout.slot_bytes)
    place = FrameWriter(layout).write(np.ascontiguousarray(pixels), pixels.shape[1], pixels.shape[0], alpha)
    assert place is not None
    frame = ring.take(*place)
    assert frame is not None
    return frame


def _bgrx(width: int, height: int) -> np.ndarray:
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[: height // 2, : width // 2] = (0, 0, 255, 255)  # red at the top left
    pixels[height // 2 :, width // 2 :] = (255, 0, 0, 255)  # blue at the bottom right
    return pixels


def test_a_frame_is_an_image_without_a_copy(ring: FrameRing) -> None:
    frame = _send(ring, _bgrx(8, 4))
    image = image_on(frame)
    assert image.pixel(0, 0) == qRgb(255, 0, 0)
    assert image.pixel(7, 3) == qRgb(0, 0, 255)
    frame.pixels[0:4] = b"\x00\xff\x00\xff"
    assert image.pixel(0, 0) == qRgb(0, 255, 0)  # the same memory
    copy = image_of(frame)
    frame.pixels[0:4] = b"\x00\x00\x00\xff"
    assert copy.pixel(0, 0) == qRgb(0, 255, 0)


def test_alpha_is_premultiplied(ring: FrameRing) -> None:
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[...] = (0, 0, 128, 128)
    image = image_on(_send(ring, pixels, alpha=True))
    assert image.pixelColor(0, 0).getRgb() == (255, 0, 0, 128)


@pytest.mark.parametrize(
    ("content", "into", "place"),
    [
        ((200, 100), (100, 100), (0, 25, 100, 50)),
        ((100, 200), (100, 100), (25, 0, 50, 100)),
        ((10, 10), (100, 60), (20, 0, 60, 60)),
    ],
)
def test_content_fits_in_the_middle(content: tuple, into: tuple, place: tuple) -> None:
    assert fit(QSizeF(*content), QRectF(0, 0, *into)) == QRectF(*place)
    assert fit(QSizeF(0, 0), QRectF(0, 0, *into)).isEmpty()


def test_the_newest_frame_is_painted_and_the_old_one_given_back(qtbot: Any, ring: FrameRing) -> None:
    view = FrameView()
    qtbot.addWidget(view)
    view.resize(80, 40)
    released: list[int] = []

    def release(frame: Frame) -> None:
        released.append(frame.sequence)
        ring.release(frame.slot, frame.sequence)

    first = _send(ring, _bgrx(32, 32))
    view.show_frame(first, release)
    grabbed = view.grab().toImage()
    assert grabbed.pixel(25, 5) == qRgb(255, 0, 0)
    assert grabbed.pixel(55, 35) == qRgb(0, 0, 255)
    assert grabbed.pixel(5, 20) == view.palette().window().color().rgb()
    second = _send(ring, np.full((32, 32, 4), 255, np.uint8))
    view.show_frame(second, release)
    assert released == [first.sequence]
    assert view.grab().toImage().pixel(40, 20) == qRgb(255, 255, 255)
    view.clear()
    assert released == [first.sequence, second.sequence]
    assert view.grab().toImage().pixel(40, 20) == view.palette().window().color().rgb()


def test_a_picture_can_be_shown_too(qtbot: Any) -> None:
    view = FrameView()
    qtbot.addWidget(view)
    view.resize(50, 50)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    view.show_image(image)
    assert view.grab().toImage().pixel(25, 25) == qRgb(0, 255, 0)
    assert view.image() == image
    assert view.accessibleName()


def test_a_frame_of_the_widgets_size_in_device_pixels_is_painted_pixel_by_pixel(
    qtbot: Any, ring: FrameRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = np.zeros((64, 64, 4), np.uint8)
    checker[..., 3] = 255
    checker[::2, ::2, :3] = 255
    checker[1::2, 1::2, :3] = 255
    view = FrameView()
    qtbot.addWidget(view)
    view.resize(32, 32)
    target = QImage(64, 64, QImage.Format.Format_RGB32)
    target.setDevicePixelRatio(2.0)
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    frame = _send(ring, checker)
    view.show_frame(frame, lambda _: None)
    view.render(target)
    values = {target.pixel(x, y) & 0xFF for x in range(64) for y in range(64)}
    assert values == {0, 255}
    view.clear()


def test_a_view_that_goes_gives_its_frame_back(qtbot: Any, ring: FrameRing) -> None:
    released: list[int] = []
    view = FrameView()
    view.show_frame(_send(ring, _bgrx(8, 8)), lambda frame: released.append(frame.sequence))
    view.deleteLater()
    qtbot.waitUntil(lambda: released == [1], timeout=2000)

"""Frames in shared memory: handed over whole, dropped when nobody has room, torn ones never shown."""

import os
import threading

import numpy as np
import pytest

from core.engine import frames
from core.engine.frames import Frame, FrameRing, FrameWriter, Layout, to_bgra


def _writer(ring: FrameRing) -> FrameWriter:
    """The core's end, on a descriptor of its own as after a spawn."""
    name = ring.layout.name
    layout = Layout(f"fd:{os.dup(int(name[3:]))}", ring.layout.slots, ring.layout.slot_bytes)
    return FrameWriter(layout)


def _frame(value: int, width: int = 8, height: int = 4) -> np.ndarray:
    return np.full((height, width, 4), value, np.uint8)


@pytest.fixture
def ring():
    ring = FrameRing(3, 4096)
    yield ring
    ring.close()


def test_a_frame_arrives_as_it_was(ring: FrameRing) -> None:
    place = _writer(ring).write(_frame(9), 8, 4, alpha=True)
    assert place is not None
    frame = ring.take(*place)
    assert frame is not None
    assert (frame.width, frame.height, frame.alpha) == (8, 4, True)
    assert bytes(frame.pixels) == _frame(9).tobytes()
    frame.pixels.release()


def test_when_no_slot_is_free_the_frame_is_dropped_and_one_comes_free_by_release(ring: FrameRing) -> None:
    writer = _writer(ring)
    places = [writer.write(_frame(n), 8, 4, alpha=False) for n in range(5)]
    assert places[3:] == [None, None]
    assert writer.dropped == 2
    ring.release(*places[1])
    again = writer.write(_frame(7), 8, 4, alpha=False)
    assert again == (places[1][0], 4)


def test_a_slot_that_was_written_again_is_not_the_frame_that_was_announced(ring: FrameRing) -> None:
    writer = _writer(ring)
    slot, sequence = writer.write(_frame(1), 8, 4, alpha=False)
    ring.release(slot, sequence)
    assert writer.write(_frame(2), 8, 4, alpha=False) == (slot, sequence + 1)
    assert ring.take(slot, sequence) is None
    ring.release(slot, sequence)  # of the old frame: changes nothing
    assert ring.take(slot, sequence + 1) is not None


@pytest.mark.parametrize("where", ["head", "tail"])
def test_a_torn_frame_is_not_shown(ring: FrameRing, where: str) -> None:
    slot, sequence = _writer(ring).write(_frame(1), 8, 4, alpha=False)
    base = slot * ring.layout.stride
    if where == "head":
        frames._HEAD.pack_into(ring._memory, base, frames.READY, 8, 4, 0, sequence + 1)
    else:
        frames._TAIL.pack_into(ring._memory, base + frames._HEAD_BYTES + ring.layout.slot_bytes, sequence - 1)
    assert ring.take(slot, sequence) is None


def test_nonsense_in_shared_memory_does_no_harm(ring: FrameRing) -> None:
    slot, sequence = _writer(ring).write(_frame(1), 8, 4, alpha=False)
    frames._HEAD.pack_into(ring._memory, slot * ring.layout.stride, frames.READY, 2**31, 2**31, 9, sequence)
    assert ring.take(slot, sequence) is None
    assert ring.take(99, 1) is None
    ring.release(99, 1)


def test_a_frame_that_is_too_large_is_refused(ring: FrameRing) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        _writer(ring).write(_frame(1, 64, 64), 64, 64, alpha=False)


def test_after_a_crash_all_slots_are_free_but_the_one_on_the_screen(ring: FrameRing) -> None:
    writer = _writer(ring)
    places = [writer.write(_frame(n), 8, 4, alpha=False) for n in range(3)]
    shown = ring.take(*places[1])
    assert isinstance(shown, Frame)
    ring.reset()
    fresh = _writer(ring)
    assert {fresh.write(_frame(8), 8, 4, alpha=False)[0] for _ in range(2)} == {0, 2}
    assert fresh.write(_frame(8), 8, 4, alpha=False) is None
    assert bytes(shown.pixels) == _frame(1).tobytes()
    ring.release(shown.slot, shown.sequence)
    assert fresh.write(_frame(8), 8, 4, alpha=False) is not None
    shown.pixels.release()


def test_the_ring_can_be_closed_while_a_frame_is_looked_at() -> None:
    ring = FrameRing(3, 4096)
    frame = ring.take(*_writer(ring).write(_frame(5), 8, 4, alpha=False))
    ring.close()
    assert bytes(frame.pixels) == _frame(5).tobytes()


def test_a_ring_needs_three_slots() -> None:
    with pytest.raises(ValueError, match="3 slots"):
        FrameRing(2, 4096)


def test_nothing_of_the_memory_has_a_name() -> None:
    before = set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()  # noqa: PTH112, PTH208
    ring = FrameRing(3, 1 << 20)
    after = set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()  # noqa: PTH112, PTH208
    assert after == before
    ring.close()


def test_a_writer_and_a_reader_on_two_threads_see_no_torn_frame(ring: FrameRing) -> None:
    writer = _writer(ring)
    announced: list[tuple[int, int]] = []
    done = threading.Event()

    def write() -> None:
        for n in range(20_000):
            place = writer.write(_frame(n % 251, 32, 8), 32, 8, alpha=False)
            if place is not None:
                announced.append(place)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    seen = 0
    while not done.is_set() or announced:
        if announced:
            place = announced.pop(0)
            frame = ring.take(*place)
            assert frame is not None
            assert len(set(bytes(frame.pixels))) == 1
            seen += 1
            frame.pixels.release()
            ring.release(*place)
    thread.join()
    assert seen > 10
    assert seen + writer.dropped == 20_000


def test_pixels_become_bgra_premultiplied() -> None:
    rgb = np.zeros((2, 3, 3), np.uint8)
    rgb[...] = (10, 20, 30)
    out, alpha = to_bgra(rgb, 100)
    assert not alpha
    assert out[0, 0].tolist() == [30, 20, 10, 255]
    rgba = np.zeros((2, 3, 4), np.uint8)
    rgba[...] = (200, 100, 50, 128)
    out, alpha = to_bgra(rgba, 100)
    assert alpha
    assert out[0, 0].tolist() == [25, 50, 100, 128]
    rgba[..., 3] = 255
    assert to_bgra(rgba, 100)[1] is False


def test_premultiplying_rounds_as_it_should() -> None:
    values, alphas = np.meshgrid(np.arange(256), np.arange(255), indexing="ij")
    rgba = np.stack([values, values, values, alphas], axis=-1).astype(np.uint8)
    out, _ = to_bgra(rgba, 1000)
    exact = np.round(values * alphas / 255)
    assert np.abs(out[..., 0] - exact).max() <= 1
    assert (out[..., :3] <= out[..., 3:]).all()


def test_large_previews_become_smaller() -> None:
    out, _ = to_bgra(np.zeros((4000, 3000, 3), np.uint8), 1280)
    assert max(out.shape[:2]) <= 1280
    assert out.shape[:2] == (1000, 750)
    stripes = np.zeros((4000, 3000, 3), np.uint8)
    stripes[::4] = 200  # lines that plain decimation would show as a full plane
    assert to_bgra(stripes, 1280)[0][..., 0].max() == 100
    assert to_bgra(np.zeros((1, 5000, 3), np.uint8), 1280)[0].shape == (1, 1250, 4)
    with pytest.raises(ValueError, match="uint8"):
        to_bgra(np.zeros((4, 4, 3), np.float32), 100)

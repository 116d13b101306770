"""Pixels from the core to the desktop: a ring of slots in shared memory, never pickled.

The client owns the memory and decides when a slot is free; the core takes a free slot, writes a frame and says so
over the channel. When no slot is free the frame is dropped, so that a reader that lags sees the newest frame and
not a queue. Every slot is handed over by whoever holds it (free → core writes → ready → client reads → free), so
no lock is needed; a sequence number is written before and after the pixels, and a reader that finds two different
ones, or not the one it was told, knows that the frame is torn.

The memory has no name wherever that is possible: an anonymous file that the child inherits (Linux ``memfd``, a
temporary file that is deleted at once elsewhere on POSIX) or a mapping that Windows drops with its last handle. So
nothing is left behind even when both processes are killed, and no resource tracker can unlink it too early, which
is what :mod:`multiprocessing.shared_memory` does in Python 3.11.
"""

import mmap
import os
import secrets
import struct
import sys
import threading
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

SLOTS = 4
SLOT_BYTES = 3840 * 2160 * 4
"""Room for one frame of 4K; memory that no frame ever touched is never used."""

FREE, WRITING, READY = 0, 1, 2

_HEAD = struct.Struct("<IIIIQ")
"""state, width, height, format, sequence before the pixels."""
_TAIL = struct.Struct("<Q")
_STATE = struct.Struct("<I")
_HEAD_BYTES = 64
_PAGE = 4096

OPAQUE, ALPHA = 0, 1
"""Formats: BGRX (the fourth byte is 255) and BGRA premultiplied; 4 bytes a pixel, rows without padding."""


class Layout(msgspec.Struct, frozen=True):
    """Where the slots of a ring are; travels to the core when it starts."""

    name: str
    """``fd:5`` or ``tag:…``."""
    slots: int
    slot_bytes: int
    """Room for pixels in one slot."""

    @property
    def stride(self) -> int:
        """Bytes from one slot to the next."""
        return -(-(_HEAD_BYTES + self.slot_bytes + _TAIL.size) // _PAGE) * _PAGE

    @property
    def size(self) -> int:
        """Bytes of the whole ring."""
        return self.stride * self.slots


class Frame(msgspec.Struct, frozen=True):
    """What a slot holds. ``pixels`` is a view on shared memory: valid until the slot is released."""

    slot: int
    sequence: int
    width: int
    height: int
    alpha: bool
    """True for premultiplied BGRA, False for BGRX."""
    pixels: memoryview


class FrameRing:
    """The client's end: it owns the memory. Thread-safe."""

    def __init__(self, slots: int = SLOTS, slot_bytes: int = SLOT_BYTES) -> None:
        """Reserve ``slots`` (3 or more) of ``slot_bytes`` each."""
        if slots < 3:
            raise ValueError("a ring has 3 slots or more: one shown, one waiting, one being written")
        self._descriptor = -1
        size = Layout("", slots, slot_bytes).size
        if sys.platform == "win32":
            tag = f"atelier-{secrets.token_hex(16)}"
            self.layout = Layout(f"tag:{tag}", slots, slot_bytes)
            self._memory = mmap.mmap(-1, size, tagname=tag)
        else:
            self._descriptor = _anonymous_file(size)
            self.layout = Layout(f"fd:{self._descriptor}", slots, slot_bytes)
            self._memory = mmap.mmap(self._descriptor, size)
        self._view = memoryview(self._memory)
        self._lock = threading.Lock()
        self._taken: dict[int, int] = {}

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What ``subprocess`` must pass on (POSIX)."""
        return () if self._descriptor < 0 else (self._descriptor,)

    def reset(self) -> None:
        """Free all slots that the core held. Only while no core process is attached (it died)."""
        with self._lock:
            for slot in range(self.layout.slots):
                if slot not in self._taken:
                    _STATE.pack_into(self._memory, slot * self.layout.stride, FREE)

    def take(self, slot: int, sequence: int) -> Frame | None:
        """Return the frame that the core announced, or ``None`` when it is torn or gone. Then :meth:`release` it."""
        if not 0 <= slot < self.layout.slots:
            return None
        base = slot * self.layout.stride
        with self._lock:
            state, width, height, form, before = _HEAD.unpack_from(self._memory, base)
            (after,) = _TAIL.unpack_from(self._memory, base + _HEAD_BYTES + self.layout.slot_bytes)
            size = width * height * 4
            if state != READY or before != sequence or after != sequence or size > self.layout.slot_bytes:
                return None
            self._taken[slot] = sequence
            start = base + _HEAD_BYTES
            return Frame(slot, sequence, width, height, form == ALPHA, self._view[start : start + size])

    def release(self, slot: int, sequence: int) -> None:
        """Give a slot back to the core. Does nothing when it holds another frame by now."""
        if not 0 <= slot < self.layout.slots:
            return
        base = slot * self.layout.stride
        with self._lock:
            state, _, _, _, before = _HEAD.unpack_from(self._memory, base)
            if before == sequence and state == READY:
                self._taken.pop(slot, None)
                _STATE.pack_into(self._memory, base, FREE)

    def close(self) -> None:
        """Give the memory back to the system, at the latest when the last view of a frame is gone."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        try:
            self._view.release()
            self._memory.close()
        except BufferError:
            pass  # a QImage still looks at it: the memory goes with the last reference


class FrameWriter:
    """The core's end. Thread-safe: several jobs may write at the same time, each into a slot of its own."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.dropped = 0
        """How many frames found no free slot."""
        kind, _, name = layout.name.partition(":")
        if kind == "tag" and sys.platform == "win32":
            self._memory = mmap.mmap(-1, layout.size, tagname=name)
        else:
            self._memory = mmap.mmap(int(name), layout.size)
            os.close(int(name))
        self._lock = threading.Lock()
        self._sequence = 0

    def write(
        self, pixels: "Pixels | bytes | memoryview", width: int, height: int, alpha: bool
    ) -> tuple[int, int] | None:
        """Copy a frame (BGRX, or premultiplied BGRA with ``alpha``; ``height*width*4`` bytes, contiguous).

        Returns ``(slot, sequence)`` to announce, or ``None`` when it was dropped because no slot is free.
        """
        size = width * height * 4
        if not 0 < size <= self.layout.slot_bytes:
            raise ValueError(f"a frame of {width}×{height} does not fit a slot of {self.layout.slot_bytes} bytes")
        taken = self._take()
        if taken is None:
            return None
        slot, sequence = taken
        base = slot * self.layout.stride
        _HEAD.pack_into(self._memory, base, WRITING, width, height, ALPHA if alpha else OPAQUE, sequence)
        start = base + _HEAD_BYTES
        self._memory[start : start + size] = pixels  # type: ignore[assignment]  # any buffer of that size
        _TAIL.pack_into(self._memory, base + _HEAD_BYTES + self.layout.slot_bytes, sequence)
        _STATE.pack_into(self._memory, base, READY)
        return slot, sequence

    def _take(self) -> tuple[int, int] | None:
        with self._lock:
            for slot in range(self.layout.slots):
                base = slot * self.layout.stride
                if _STATE.unpack_from(self._memory, base)[0] == FREE:
                    self._sequence += 1
                    _STATE.pack_into(self._memory, base, WRITING)
                    return slot, self._sequence
            self.dropped += 1
            return None


def _anonymous_file(size: int) -> int:
    """Return a descriptor of ``size`` bytes of memory without a name."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("atelier-frames", os.MFD_CLOEXEC)
    else:  # macOS: a file that has lost its name before anybody could see it
        import tempfile

        descriptor, path = tempfile.mkstemp(prefix="atelier-frames-")
        os.unlink(path)  # noqa: PTH108
    os.ftruncate(descriptor, size)
    return descriptor


def to_bgra(array: "npt.NDArray[Any]", max_side: int) -> "tuple[Pixels, bool]":
    """Return ``array`` (uint8 H×W×3|4, straight RGB(A)) as ``(BGRX or premultiplied BGRA, has alpha)``.

    It is made smaller by a whole factor until its longer side is at most ``max_side``: the mean of two pixels of each
    block, which costs as much as the small picture has pixels and hides the worst of aliasing.
    """
    import numpy as np  # the core starts without numpy

    if array.dtype != np.uint8 or array.ndim != 3 or array.shape[2] not in (3, 4):
        raise ValueError("a preview is an array of uint8, H×W×3 or H×W×4")
    factor = -(-max(array.shape[:2]) // max_side)
    if factor > 1:
        height, width = max(1, array.shape[0] // factor), max(1, array.shape[1] // factor)
        array = array[: height * factor, : width * factor]
        half = factor // 2
        corners = array[::factor, ::factor]
        middles = array[min(half, array.shape[0] - 1) :: factor, min(half, array.shape[1] - 1) :: factor]
        array = ((corners.astype(np.uint16) + middles) >> 1).astype(np.uint8)
    out = np.empty((*array.shape[:2], 4), np.uint8)
    alpha = array.shape[2] == 4 and bool((array[..., 3] != 255).any())
    if alpha:
        a = array[..., 3].astype(np.uint16)
        for channel in range(3):
            scaled = array[..., 2 - channel] * a + 127
            out[..., channel] = (scaled + (scaled >> 8)) >> 8
        out[..., 3] = array[..., 3]
    else:
        out[..., 0], out[..., 1], out[..., 2], out[..., 3] = array[..., 2], array[..., 1], array[..., 0], 255
    return out, alpha

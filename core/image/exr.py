"""OpenEXR files, as *OpenEXR File Layout* (openexr.com) describes them: one part of scan lines, plain or packed by ZIP.

Pixels are linear light with alpha multiplied in; here they become float32 RGBA, straight, in encoded sRGB, and back.
Colours are taken as those of Rec. 709. Everything read may be hostile: sizes are checked before memory is taken.
"""

import struct
import zlib
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from core.documents.image import check_size
from core.image import memory, sniff
from core.raster.depths import Deep, encoded_beyond, linear_beyond, settled
from core.values import AtelierError, Message

MAGIC = b"\x76\x2f\x31\x01"
_ODD = 0x200 | 0x800 | 0x1000
"""Flags of tiles, deep data and several parts."""
_LINES = {0: 1, 2: 1, 3: 16}
"""Scan lines in a block, by the number of its compression: none, ZIPS, ZIP."""
_PACKINGS = ("none", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24", "B44", "B44A", "DWAA", "DWAB")
_KINDS: tuple[Any, ...] = (np.dtype("<u4"), np.dtype("<f2"), np.dtype("<f4"))
MAX_HEADER = 1 << 20
MAX_CHANNELS = 256
BRIGHTEST = np.float32(3e11)
Box = tuple[int, int, int, int]


class Header(NamedTuple):
    """What a file says of itself. Windows are left, top, right and bottom, the last two inclusive."""

    channels: tuple[tuple[str, int], ...]
    """Names and kinds (0 whole numbers, 1 half, 2 float), in the order of the file."""
    packing: int
    data: Box
    display: Box
    length: int
    """Bytes up to the table of blocks."""

    @property
    def size(self) -> tuple[int, int]:
        return self.display[2] - self.display[0] + 1, self.display[3] - self.display[1] + 1


def header(head: bytes, name: str) -> Header:
    """Return what the first bytes of a file say; raises :class:`AtelierError` for what cannot be opened."""
    try:
        found = _header(head)
    except (struct.error, ValueError, IndexError, KeyError):
        raise sniff.damaged(name, Message("its header makes no sense")) from None
    if struct.unpack_from("<I", head, 4)[0] & _ODD:
        raise AtelierError("“{name}” has tiles or several parts, which cannot be opened here.", name=name)
    if found.packing not in _LINES:
        packing = _PACKINGS[found.packing] if found.packing < len(_PACKINGS) else str(found.packing)
        raise AtelierError(
            "“{name}” is packed as {packing}, which cannot be opened here; save it with ZIP.",
            name=name,
            packing=packing,
        )
    for left, top, right, bottom in (found.data, found.display):
        if right < left or bottom < top:
            raise sniff.damaged(name, Message("its header makes no sense"))
        check_size(right - left + 1, bottom - top + 1)
    return found


def _header(head: bytes) -> Header:
    at, values = 8, dict[str, bytes]()
    while head[at] != 0:
        end = head.index(b"\0", at)
        key = head[at:end].decode("latin-1")
        at = head.index(b"\0", end + 1) + 1
        (length,) = struct.unpack_from("<I", head, at)
        values[key] = head[at + 4 : at + 4 + length]
        at += 4 + length
    channels: list[tuple[str, int]] = []
    place, table = 0, values["channels"]
    while table[place] != 0:
        end = table.index(b"\0", place)
        kind, _, across, down = struct.unpack_from("<iIii", table, end + 1)
        if (across, down) != (1, 1) or kind not in (0, 1, 2) or len(channels) >= MAX_CHANNELS:
            raise ValueError("channels of another size")
        channels.append((table[place:end].decode("latin-1"), kind))
        place = end + 17
    windows: list[Box] = [struct.unpack("<4i", values[key]) for key in ("dataWindow", "displayWindow")]
    return Header(tuple(channels), values["compression"][0], windows[0], windows[1], at + 1)


def _wanted(found: Header, name: str) -> dict[str, str]:
    """Return which channels are red, green, blue and alpha: those without a layer, or the first layer's."""
    names = [channel for channel, kind in found.channels if kind]
    for layer in ["", *(channel.rpartition(".")[0] + "." for channel in names if "." in channel)]:
        if all(layer + letter in names for letter in "RGB"):
            return {letter: layer + letter for letter in "RGBA" if layer + letter in names}
        if layer + "Y" in names:
            return dict.fromkeys("RGB", layer + "Y") | ({"A": layer + "A"} if layer + "A" in names else {})
    raise AtelierError("“{name}” has no red, green and blue, or they are no floats.", name=name)


def read(stream: BinaryIO, name: str) -> Deep:
    """Return a file as float32 H×W×4, straight, in encoded sRGB; raises :class:`AtelierError`."""
    stream.seek(0)
    found = header(stream.read(MAX_HEADER), name)
    left, top, right, bottom = found.data
    width, height = right - left + 1, bottom - top + 1
    memory.require(max(width * height, found.size[0] * found.size[1]) * 56, Message("Opening “{name}”", name=name))
    wanted = _wanted(found, name)
    planes = {channel: np.zeros((height, width), np.float32) for channel in wanted.values()}
    lines = _LINES[found.packing]
    line_bytes = sum(_KINDS[kind].itemsize for _, kind in found.channels) * width
    blocks = -(-height // lines)
    stream.seek(found.length)
    table = stream.read(8 * blocks)
    if len(table) < 8 * blocks:
        raise sniff.cut_off(name)
    for offset in struct.unpack(f"<{blocks}Q", table):
        if offset > 1 << 62:
            raise sniff.damaged(name)
        stream.seek(offset)
        head = stream.read(8)
        if len(head) < 8:
            raise sniff.cut_off(name)
        y, length = struct.unpack("<iI", head)
        row = y - top
        if not 0 <= row < height or row % lines or length > line_bytes * lines:
            raise sniff.damaged(name)
        count = min(lines, height - row)
        data = _unpacked(stream.read(length), length, count * line_bytes, found.packing, name)
        _spread(data, found, row, count, width, planes)
    return _picture(found, planes, wanted)


def _unpacked(data: bytes, stated: int, length: int, packing: int, name: str) -> npt.NDArray[np.uint8]:
    if len(data) < stated:
        raise sniff.cut_off(name)
    if len(data) == length:
        return np.frombuffer(data, np.uint8)
    try:
        raw = zlib.decompressobj().decompress(data, length) if packing else b""
    except zlib.error:
        raise sniff.damaged(name) from None
    if len(raw) != length:
        raise sniff.damaged(name)
    steps = np.frombuffer(raw, np.uint8).copy()
    steps[1:] -= np.uint8(128)
    flat = np.cumsum(steps, dtype=np.uint8)
    out = np.empty_like(flat)
    half = (length + 1) // 2
    out[0::2], out[1::2] = flat[:half], flat[half:]
    return out


def _spread(
    data: npt.NDArray[np.uint8], found: Header, row: int, count: int, width: int, planes: dict[str, Any]
) -> None:
    rows = data.reshape(count, -1)
    at = 0
    for channel, kind in found.channels:
        end = at + _KINDS[kind].itemsize * width
        if channel in planes:
            planes[channel][row : row + count] = np.ascontiguousarray(rows[:, at:end]).view(_KINDS[kind])
        at = end


def _picture(found: Header, planes: dict[str, Any], wanted: dict[str, str]) -> Deep:
    """Put the data's window into the one that is shown; alpha is divided out."""
    width, height = found.size
    out = np.zeros((height, width, 4), np.float32)
    dx, dy = found.data[0] - found.display[0], found.data[1] - found.display[1]
    rows, columns = next(iter(planes.values())).shape
    y0, x0, y1, x1 = max(0, dy), max(0, dx), min(height, dy + rows), min(width, dx + columns)
    if y0 >= y1 or x0 >= x1:
        return out
    inside, there = (slice(y0 - dy, y1 - dy), slice(x0 - dx, x1 - dx)), (slice(y0, y1), slice(x0, x1))
    alpha = np.ones((y1 - y0, x1 - x0), np.float32)
    if "A" in wanted:
        alpha = np.clip(np.nan_to_num(planes[wanted["A"]][inside]), 0, 1)
    for index, letter in enumerate("RGB"):
        light = np.clip(np.nan_to_num(planes[wanted[letter]][inside]), -BRIGHTEST, BRIGHTEST)
        light = np.divide(light, alpha, out=np.zeros_like(light), where=alpha > 0)
        out[(*there, index)] = encoded_beyond(np.clip(light, -BRIGHTEST, BRIGHTEST))
    out[(*there, 3)] = alpha
    return cast(Deep, settled(out))


def encode(pixels: Deep) -> bytes:
    """Return float32 H×W×4 (straight, encoded sRGB) as an OpenEXR file of 32-bit floats, packed by ZIP."""
    height, width = pixels.shape[:2]
    channels = "ABGR" if (pixels[..., 3] < 1).any() else "BGR"

    def attribute(key: str, kind: str, data: bytes) -> bytes:
        return key.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(data)) + data

    listed = b"".join(letter.encode() + b"\0" + struct.pack("<iIii", 2, 0, 1, 1) for letter in channels) + b"\0"
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    head = MAGIC + struct.pack("<I", 2)
    head += attribute("channels", "chlist", listed) + attribute("compression", "compression", b"\x03")
    head += attribute("dataWindow", "box2i", window) + attribute("displayWindow", "box2i", window)
    head += attribute("lineOrder", "lineOrder", b"\0") + attribute("pixelAspectRatio", "float", struct.pack("<f", 1))
    head += attribute("screenWindowCenter", "v2f", bytes(8))
    head += attribute("screenWindowWidth", "float", struct.pack("<f", 1)) + b"\0"
    blocks, offsets, at = [], [], len(head) + 8 * -(-height // 16)
    for top in range(0, height, 16):
        data = _packed(pixels[top : top + 16], channels)
        offsets.append(at)
        blocks.append(struct.pack("<iI", top, len(data)) + data)
        at += 8 + len(data)
    return head + struct.pack(f"<{len(offsets)}Q", *offsets) + b"".join(blocks)


def _packed(band: Deep, channels: str) -> bytes:
    alpha, light = band[..., 3].astype(np.float32), linear_beyond(band[..., :3].astype(np.float32))
    planes = [alpha if letter == "A" else light[..., "RGB".index(letter)] * alpha for letter in channels]
    raw = np.stack(planes, 1).astype("<f4").tobytes()
    flat = np.frombuffer(raw, np.uint8)
    steps = np.concatenate([flat[0::2], flat[1::2]])
    steps[1:] = steps[1:] - steps[:-1] + np.uint8(128)
    data = zlib.compress(steps.tobytes(), 6)
    return data if len(data) < len(raw) else raw

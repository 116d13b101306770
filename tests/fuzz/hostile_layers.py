"""Layered files that mean harm, or came to it. Built when the tests run; nothing hostile is kept in the repository."""

import functools
import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

PNG = b"data/layer.png"


def png(width: int = 8, height: int = 8) -> bytes:
    """Return a small honest picture."""
    out = io.BytesIO()
    noise = np.random.default_rng(3).integers(0, 255, (height, width, 4), dtype=np.uint8)
    Image.fromarray(noise).save(out, "PNG")
    return out.getvalue()


def ora(stack: str | bytes, files: dict[str, bytes] | None = None, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an OpenRaster file with that ``stack.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "image/openraster", zipfile.ZIP_STORED)
        archive.writestr("stack.xml", stack, how)
        for name, data in (files if files is not None else {"data/layer.png": png()}).items():
            archive.writestr(name, data, how)
    return out.getvalue()


def image(body: str, size: str = 'w="8" h="8"') -> str:
    """Return a ``stack.xml``."""
    return f"<image {size}><stack>{body}</stack></image>"


LAYER = '<layer name="a" src="data/layer.png" x="0" y="0"/>'


def psd(
    width: int = 8,
    height: int = 8,
    layers: bytes = b"",
    *,
    claim: int | None = None,
    merged: bytes | None = None,
    version: int = 1,
) -> bytes:
    """Return a Photoshop file of that size; ``claim`` is what it says of the length of its layers."""
    header = struct.pack(">4sH6xHIIHH", b"8BPS", version, 3, height, width, 8, 3)
    length = len(layers) if claim is None else claim
    body = header + struct.pack(">I", 0) + struct.pack(">I", 0) + struct.pack(">I", length) + layers
    return body + (struct.pack(">H", 0) + bytes(3 * width * height) if merged is None else merged)


def _layer(box: tuple[int, int, int, int], data: bytes, how: int, length: int | None = None) -> bytes:
    """Return a section with one layer of one channel; ``how`` 2 is deflate."""
    channel = struct.pack(">H", how) + data
    size = len(channel) if length is None else length
    extra = struct.pack(">II", 0, 0) + b"\x01a\x00\x00"
    record = struct.pack(">4iH", *box, 1) + struct.pack(">hI", 0, size)
    record += b"8BIMnorm" + bytes([255, 0, 0, 0]) + struct.pack(">I", len(extra)) + extra
    info = struct.pack(">h", 1) + record + channel
    info += bytes(len(info) % 2)
    return struct.pack(">I", len(info)) + info + struct.pack(">I", 0)


def _section(kind: int, name: bytes) -> bytes:
    """Return a record of a group's beginning or end."""
    divider = b"8BIMlsct" + struct.pack(">II", 4, kind)
    extra = struct.pack(">II", 0, 0) + bytes([len(name)]) + name + bytes(3 - len(name) % 4) + divider
    record = struct.pack(">4iH", 0, 0, 0, 0, 0)
    return record + b"8BIMnorm" + bytes([255, 0, 0, 0]) + struct.pack(">I", len(extra)) + extra


def nested_psd(depth: int) -> bytes:
    """Return a Photoshop file with groups inside groups."""
    records = b"".join(_section(3, b"end") for _ in range(depth)) + b"".join(_section(1, b"grp") for _ in range(depth))
    info = struct.pack(">h", 2 * depth) + records
    info += bytes(len(info) % 2)
    return psd(layers=struct.pack(">I", len(info)) + info + struct.pack(">I", 0))


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of those objects, the first of which is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def page(box: bytes = b"[0 0 72 72]", content: bytes = b"0 0 1 rg 9 9 36 36 re f") -> bytes:
    """Return a PDF of one page with a blue square."""
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R >>" % box,
            stream,
        ]
    )


@functools.cache
def corpus() -> dict[str, bytes]:
    """Return hostile and broken layered files by name: none may open, each ends in one sentence."""
    zeros = bytes(64 << 20)
    deep = "<stack>" * 100 + LAYER + "</stack>" * 100
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = zlib.compress(bytes(64 << 20), 9)
    rng = np.random.default_rng(5)
    many = ora(image(LAYER * 9000))
    good = ora(image(LAYER))
    names = {"../../evil.png": png()}
    return {
        "bomb-layer.ora": ora(image(LAYER), {"data/layer.png": zeros}),
        "bomb-stack.ora": ora(image(LAYER) + " " * (64 << 20)),
        "deep.ora": ora(image(deep)),
        "deeper.ora": ora("<image w='1' h='1'>" + "<stack>" * 100_000),
        "entities.ora": ora(f'<!DOCTYPE x [<!ENTITY l0 "l">{laughs}]>' + image("&l9;")),
        "outside.ora": ora(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{image("&e;")}'),
        "path.ora": ora(image('<layer src="../../evil.png"/>'), names),
        "many.ora": many,
        "no-stack.ora": ora("<image w='8' h='8'/>"),
        "no-size.ora": ora(image(LAYER, "")),
        "huge-size.ora": ora(image(LAYER, 'w="2000000000" h="2"')),
        "missing.ora": ora(image('<layer src="data/gone.png"/>')),
        "not-xml.ora": ora(b"\x00\x01\x02"),
        "not-a-png.ora": ora(image(LAYER), {"data/layer.png": b"\x89PNG\r\n\x1a\n" + bytes(50)}),
        "huge-png.ora": ora(image(LAYER), {"data/layer.png": png().replace(struct.pack(">II", 8, 8), b"\x7f" * 8)}),
        "cut.ora": good[: len(good) // 2],
        "garbage.psd": b"8BPS\x00\x01" + rng.bytes(5000),
        "head-only.psd": b"8BPS",
        "cut.psd": psd()[:40],
        "zero.psd": psd(0, 8),
        "huge.psd": psd(300_000, 300_000, merged=b""),
        "two-gigabytes.psd": psd(claim=2**31 - 1, merged=b""),
        "two-gigabytes-channel.psd": psd(layers=_layer((0, 0, 8, 8), b"", 0, length=2**31 - 1)),
        "bomb-layer.psd": psd(layers=_layer((0, 0, 16_000, 16_000), bomb, 2)),
        "deep.psd": nested_psd(100),
        "version.psd": psd(version=9),
        "empty.pdf": b"%PDF-1.7\n",
        "garbage.pdf": b"%PDF-1.7\n" + rng.bytes(5000),
        "huge.pdf": page(b"[0 0 9000000 9000000]"),
        "large.pdf": page(b"[0 0 14000 14000]"),
        "loop.pdf": pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
    }

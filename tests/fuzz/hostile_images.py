"""Pictures that mean harm, or came to it. Built when the tests run; nothing hostile is kept in the repository."""

import base64
import functools
import gzip
import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *middle: bytes, colour: int = 6, depth: int = 8, data: bytes | None = None) -> bytes:
    """Return a PNG of any claimed size; ``middle`` goes between its header and its pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = zlib.compress(bytes(64)) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + b"".join((chunk(b"IHDR", header), *middle, chunk(b"IDAT", body), chunk(b"IEND", b"")))


def zip_bomb(megabytes: int) -> bytes:
    """Return deflated zeros, about a thousandth of their size."""
    deflate = zlib.compressobj(9)
    return b"".join(deflate.compress(bytes(1 << 20)) for _ in range(megabytes)) + deflate.flush()


def photo(kind: str, size: tuple[int, int] = (96, 64), **options: object) -> bytes:
    """Return a piece of the real product photo in some format."""
    source = Path(__file__).parents[2] / "resources" / "samples" / "coffee.png"
    with Image.open(source) as picture:
        out = io.BytesIO()
        picture.convert("RGB").resize(size).save(out, kind, **options)
    return out.getvalue()


def tiff(
    width: int, height: int, extra: tuple[tuple[int, int, int, int], ...] = (), strip: bytes = b"\0" * 64
) -> bytes:
    """Return a little-endian TIFF with those tags (tag, type, count, value) beside the usual ones."""
    tags = {
        256: (4, 1, width),
        257: (4, 1, height),
        258: (3, 1, 8),
        259: (3, 1, 1),
        262: (3, 1, 1),
        273: (4, 1, 8),
        277: (3, 1, 1),
        278: (4, 1, height),
        279: (4, 1, len(strip)),
    }
    tags.update({tag: (kind, count, value) for tag, kind, count, value in extra})
    entries = b"".join(struct.pack("<HHII", tag, *rest) for tag, rest in sorted(tags.items()))
    return b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip + struct.pack("<H", len(tags)) + entries + bytes(4)


def svg(body: str, attributes: str = 'width="100" height="100"', before: str = "") -> bytes:
    """Return an SVG drawing."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {attributes}>{body}</svg>".encode()


def _laughs(levels: int) -> str:
    lines = ['<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, levels)]
    return f"<!DOCTYPE svg [{''.join(lines)}]>"


def _uses(levels: int) -> str:
    layers = ['<g id="u0"><rect width="1" height="1"/></g>']
    layers += [f'<g id="u{i}">{f"""<use xlink:href="#u{i - 1}"/>""" * 10}</g>' for i in range(1, levels)]
    return f"<defs>{''.join(layers)}</defs><use xlink:href='#u{levels - 1}'/>"


def _patterns(levels: int) -> str:
    layers = ['<pattern id="p0" width=".01" height=".01"><rect width="9" height="9" fill="red"/></pattern>']
    for i in range(1, levels):
        rects = f'<rect width="90" height="90" fill="url(#p{i - 1})"/>' * 10
        layers.append(f'<pattern id="p{i}" width=".01" height=".01">{rects}</pattern>')
    return f"<defs>{''.join(layers)}</defs><rect width='100' height='100' fill='url(#p{levels - 1})'/>"


def embedded(data: bytes, mime: str = "image/png") -> str:
    """Return an image element that carries ``data``."""
    return f'<image width="100" height="100" xlink:href="data:{mime};base64,{base64.b64encode(data).decode()}"/>'


@functools.cache
def corpus(secret: Path) -> dict[str, bytes]:
    """Return hostile and broken files by name, none of which is a picture. ``secret`` is a file none may read."""
    good_png, good_jpeg = photo("PNG"), photo("JPEG")
    good_webp, good_gif = photo("WEBP"), photo("GIF")
    good_tiff, good_bmp = photo("TIFF", compression="tiff_lzw"), photo("BMP")
    huge_webp = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (99_999).to_bytes(3, "little") * 2
    wrong_sum = bytearray(good_png)
    wrong_sum[len(wrong_sum) // 2] ^= 0xFF
    text_bomb = chunk(b"zTXt", b"Comment\0\0" + zip_bomb(256))
    return {
        "empty.png": b"",
        "one-byte.png": b"\x89",
        "text.jpg": b"Dear sir or madam, please find attached the picture you asked for. " * 9,
        "noise.png": np.random.default_rng(1).bytes(5000),
        "archive.png": b"PK\x03\x04" + bytes(100),
        "photo.heic": b"\0\0\0\x18ftypheic" + bytes(100),
        "page.svg": b"<!DOCTYPE html><html><body>not a drawing</body></html>",
        "huge.png": png(100_000, 100_000),
        "wide.png": png(2**31 - 1, 1),
        "zero.png": png(0, 10),
        "claims-much.png": png(17_000, 17_000),
        "odd-depth.png": png(16, 16, depth=7),
        "no-header.png": b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b""),
        "text-bomb.png": png(8, 8, text_bomb, data=zlib.compress(bytes(8 * 33))),
        "profile-bomb.png": png(8, 8, chunk(b"iCCP", b"bomb\0\0" + zip_bomb(64)), data=zlib.compress(bytes(8 * 33))),
        "wrong-sum.png": bytes(wrong_sum),
        "endless-chunk.png": good_png[:33] + struct.pack(">I4s", 2**31 - 1, b"IDAT") + bytes(100),
        "cut.png": good_png[: len(good_png) // 2],
        "cut.jpg": good_jpeg[: len(good_jpeg) // 2],
        "cut.webp": good_webp[: len(good_webp) // 2],
        "cut.gif": good_gif[: len(good_gif) // 2],
        "cut.tif": good_tiff[: len(good_tiff) // 2],
        "cut.bmp": good_bmp[: len(good_bmp) // 2],
        "head.jpg": good_jpeg[:20],
        "huge.jpg": good_jpeg.replace(struct.pack(">HH", 64, 96), struct.pack(">HH", 65500, 65500), 1),
        "claims-much.jpg": good_jpeg.replace(struct.pack(">HH", 64, 96), struct.pack(">HH", 10_000, 30_000), 1),
        "claims-much.gif": b"GIF89a" + struct.pack("<HH", 30_000, 10_000) + good_gif[10:],
        "huge.webp": b"RIFF" + struct.pack("<I", 4 + len(huge_webp)) + b"WEBP" + huge_webp,
        "huge.gif": b"GIF89a" + struct.pack("<HH", 65535, 65535) + good_gif[10:],
        "huge.bmp": good_bmp[:18] + struct.pack("<ii", 100_000, 100_000) + good_bmp[26:],
        "huge.tif": tiff(100_000, 100_000),
        "big-claim.tif": tiff(16_000, 16_000),
        "laughs.svg": svg("<text>&l9;</text>", before=_laughs(10)),
        "quadratic.svg": svg(f"<text>{'&x;' * 50_000}</text>", before=f'<!DOCTYPE svg [<!ENTITY x "{"y" * 50_000}">]>'),
        "entity.svg": svg("<text>&x;</text>", before=f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{secret}">]>'),
        "web-entity.svg": svg("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'),
        "huge.svg": svg("<rect width='9' height='9'/>", 'width="1000000" height="1000000"'),
        "endless.svg": svg("<rect width='9' height='9'/>", 'width="1e300" height="1e300"'),
        "deep.svg": svg("<g>" * 100_000 + "</g>" * 100_000),
        "uses.svg": svg(_uses(10)),
        "patterns.svg": svg(_patterns(9)),
        "cut.svg": svg("<rect width='9' height='9'/>")[:-8],
        "bomb.svgz": gzip.compress(b"<svg>" + b" " * (80 << 20) + b"</svg>"),
        "cut.svgz": gzip.compress(svg("<rect/>" * 1000))[:60],
    }


@functools.cache
def harmless(secret: Path) -> dict[str, bytes]:
    """Return strange files that do hold a picture: they must open, and give away nothing."""
    return {
        "really-a-jpeg.png": photo("JPEG"),
        "really-a-png.jpg": photo("PNG"),
        "really-a-webp.tif": photo("WEBP"),
        "no-extension": photo("BMP"),
        "extra-pixels.png": png(64, 64, data=zip_bomb(200)),
        "loop.tif": tiff(8, 8)[:-4] + struct.pack("<I", 72),
        "tag-count.tif": tiff(8, 8, ((700, 1, 2**31 - 1, 8),)),
        "local-image.svg": svg(f'<rect width="9" height="9"/><image width="100" height="100" xlink:href="{secret}"/>'),
        "file-image.svg": svg(f'<image width="100" height="100" href="file://{secret}"/>'),
        "web-image.svg": svg('<image width="100" height="100" href="http://127.0.0.1:9/tracker.png"/>'),
        "style.svg": svg('<style>@import url("http://127.0.0.1:9/x.css");</style><rect width="9" height="9"/>'),
        "script.svg": svg("<script>while(true){}</script><rect width='9' height='9'/>"),
        "nested-bomb.svg": svg(embedded(png(30_000, 9_000)) + '<rect width="9" height="9"/>'),
        "nested-svg.svg": svg(embedded(svg(f'<image href="{secret}" width="9" height="9"/>'), "image/svg+xml")),
        "self-use.svg": svg('<g id="a"><use xlink:href="#a"/><rect width="9" height="9"/></g>'),
        "plain.svgz": gzip.compress(svg('<rect width="9" height="9"/>')),
        "doctype.svg": svg(
            "<rect width='9' height='9'/>",
            before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        ),
    }


__all__ = ["corpus", "harmless", "photo", "png", "svg"]

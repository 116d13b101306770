"""SVG to pixels, without trusting the file.

A drawing can ask for other files, grow without bound through entities or ``<use>``, or keep a renderer busy for ever.
So it is read by expat (whose own guard stops runaway entities) and written again: without document type, scripts and
outward references, with embedded pictures checked, and within limits on depth, size and what ``<use>`` unfolds to.
Then it is drawn by resvg in a process of its own, which is stopped when it takes too long or too much memory.
"""

import base64
import binascii
import io
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import psutil
from PIL import Image

from core.documents.image import MAX_PIXELS, check_size
from core.image import sniff
from core.resources import resource
from core.values import AtelierError, Message

MAX_SOURCE = 64 * 1024 * 1024
MAX_DEPTH = 256
MAX_ELEMENTS = 1_000_000
"""Elements after every ``<use>``, pattern and mask has been unfolded."""
MAX_EMBEDDED_PIXELS = 100_000_000
MAX_SECONDS = 60.0
MAX_MEMORY = 3 * 1024**3

_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_IMPORT = re.compile(r"@import[^;]*;?")
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|Q|em|ex|%)?\s*$")
_UNITS = {
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
    "Q": 96 / 101.6,
    "em": 16,
    "ex": 8,
}


class Drawing:
    """A checked SVG: :attr:`text` to draw, its natural size in pixels, and what was left out of it."""

    def __init__(self, text: str, width: float, height: float, has_text: bool, notes: tuple[str, ...]) -> None:
        self.text = text
        self.width = width
        self.height = height
        self.has_text = has_text
        self.notes = notes


class _Rewriter:
    """Receives what expat reads and collects the safe form of it."""

    def __init__(self, name: str, nested: bool) -> None:
        self.name = name
        self.nested = nested
        self.parts: list[str] = []
        self.size = (0.0, 0.0)
        self.has_text = False
        self.left_out = False
        self.unreadable = False
        self.parents: list[int] = []
        self.ids: dict[str, int] = {}
        self.references: list[list[str]] = []
        self._stack: list[int] = []
        self._muted = 0
        self._in_style = False
        self._length = 0
        self._embedded = 0

    def entity(
        self, name: str, parameter: bool, value: str | None, base: str | None, system: str | None, *_: object
    ) -> None:
        if system is not None or value is None:
            raise AtelierError(
                "“{name}” asks for another file ({target}), which a picture may not do.",
                name=self.name,
                target=str(system),
            )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if self._muted or local in ("script", "foreignObject", "handler", "listener"):
            self._muted += 1
            return
        if len(self._stack) >= MAX_DEPTH or len(self.parents) >= MAX_ELEMENTS:
            raise AtelierError(
                "“{name}” is too complex a drawing: it nests too deeply or has too many parts.", name=self.name
            )
        index = len(self.parents)
        self.parents.append(self._stack[-1] if self._stack else -1)
        self._stack.append(index)
        self.references.append([])
        if index == 0:
            if local != "svg":
                raise AtelierError("“{name}” is not an SVG drawing.", name=self.name)
            # In pixels from here on: the renderer knows no millimetres unless it is told a resolution.
            self.size = _natural_size(attributes, self.name)
            attributes = {**attributes, "width": f"{self.size[0]:.6g}", "height": f"{self.size[1]:.6g}"}
        self.has_text = self.has_text or local == "text"
        self._in_style = local == "style"
        kept = [f"<{tag}"]
        for key, value in attributes.items():
            safe = self._attribute(index, local, key.rpartition(":")[2], value)
            if safe is not None:
                kept.append(f" {key}={quoteattr(safe)}")
        kept.append(">")
        self._emit("".join(kept))

    def _attribute(self, index: int, tag: str, key: str, value: str) -> str | None:
        if key == "id":
            self.ids.setdefault(value, index)
        elif key == "href":
            target = value.strip()
            if target.startswith("#"):
                self.references[index].append(target[1:])
            elif tag == "a":
                return None
            elif not target.startswith("data:"):
                self.left_out = True
                return None
            else:
                safe = self._embedded_picture(target)
                self.unreadable = self.unreadable or safe is None
                return safe
        elif "url(" in value:
            self.references[index].extend(_REFERENCE.findall(value))
        return value

    def _embedded_picture(self, url: str) -> str | None:
        head, comma, body = url.partition(",")
        if not comma or self.nested:
            return None
        data = unquote_to_bytes(body)
        if head.lower().endswith(";base64"):
            try:
                data = base64.b64decode(data)
            except binascii.Error:
                return None
        try:
            kind = sniff.identify(data[: sniff.HEAD], self.name)
            if kind == "SVG":
                data, mime = check(data, self.name, nested=True).text.encode(), "svg+xml"
            elif kind in ("PNG", "JPEG", "GIF", "WEBP"):
                sniff.check_structure(io.BytesIO(data), kind, self.name)
                with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                    self._embedded += picture.width * picture.height
                mime = kind.lower()
            else:
                return None
        except (AtelierError, OSError, SyntaxError, ValueError):
            return None
        if self._embedded > MAX_EMBEDDED_PIXELS:
            raise AtelierError("“{name}” holds embedded pictures that are too large.", name=self.name)
        return f"data:image/{mime};base64,{base64.b64encode(data).decode()}"

    def end(self, tag: str) -> None:
        if self._muted:
            self._muted -= 1
            return
        self._stack.pop()
        self._in_style = False
        self._emit(f"</{tag}>")

    def text(self, data: str) -> None:
        if not self._muted:
            self._emit(escape(_IMPORT.sub("", data) if self._in_style else data))

    def _emit(self, part: str) -> None:
        self._length += len(part)
        if self._length > 2 * MAX_SOURCE:
            raise AtelierError("“{name}” unfolds to more text than a drawing may have.", name=self.name)
        self.parts.append(part)

    def unfolded(self) -> int:
        """Return how many elements are drawn once every reference is followed, at most one over the limit.

        Depth first on an explicit stack, each element counted once; a reference that leads back to itself counts
        nothing (resvg ignores it).
        """
        children: list[list[int]] = [[] for _ in self.parents]
        for index, parent in enumerate(self.parents):
            if parent >= 0:
                children[parent].append(index)
        for index, names in enumerate(self.references):
            children[index].extend(self.ids[n] for n in names if n in self.ids)
        cost = [0] * len(children)
        entered = [False] * len(children)
        stack = [0]
        while stack:
            index = stack[-1]
            if not entered[index]:
                entered[index] = True
                stack.extend(c for c in children[index] if not entered[c])
                continue
            stack.pop()
            if not cost[index]:
                cost[index] = min(1 + sum(cost[c] for c in children[index]), MAX_ELEMENTS + 1)
        return cost[0]


def check(data: bytes, name: str, nested: bool = False) -> Drawing:
    """Return the safe form of an SVG (or gzipped SVG); raises :class:`AtelierError` when there is none."""
    if data.startswith(b"\x1f\x8b"):
        data = _unzip(data, name)
    if len(data) > MAX_SOURCE:
        raise AtelierError(
            "“{name}” is too large a drawing: the limit is {limit} MB of SVG.", name=name, limit=MAX_SOURCE >> 20
        )
    rewriter = _Rewriter(name, nested)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = rewriter.entity
    parser.StartElementHandler = rewriter.start
    parser.EndElementHandler = rewriter.end
    parser.CharacterDataHandler = rewriter.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _explain(error, name) from None
    except (ValueError, UnicodeError, LookupError):
        raise sniff.damaged(name, Message("its text encoding makes no sense")) from None
    if rewriter.unfolded() > MAX_ELEMENTS:
        raise AtelierError("“{name}” is too complex a drawing: its parts repeat each other without end.", name=name)
    notes: list[str] = []
    if rewriter.left_out:
        notes.append(Message("Links to other files were left out."))
    if rewriter.unreadable:
        notes.append(Message("Embedded pictures that cannot be opened were left out."))
    return Drawing("".join(rewriter.parts), *rewriter.size, rewriter.has_text, tuple(notes))


def _unzip(data: bytes, name: str) -> bytes:
    try:
        unzip = zlib.decompressobj(31)
        plain = unzip.decompress(data, MAX_SOURCE + 1)
    except zlib.error:
        raise sniff.damaged(name) from None
    if not unzip.eof and len(plain) <= MAX_SOURCE:
        raise sniff.cut_off(name)
    return plain


def _explain(error: expat.ExpatError, name: str) -> AtelierError:
    errors = expat.errors.codes
    if error.code in (errors[expat.errors.XML_ERROR_UNCLOSED_TOKEN], errors[expat.errors.XML_ERROR_NO_ELEMENTS]):
        return sniff.cut_off(name)
    if error.code == errors.get("limit on input amplification factor (from DTD and entities) breached"):
        return AtelierError("“{name}” unfolds to more text than a drawing may have.", name=name)
    why = Message("line {line} is not well-formed ({why})", line=error.lineno, why=expat.ErrorString(error.code))
    return sniff.damaged(name, why)


def _natural_size(root: dict[str, str], name: str) -> tuple[float, float]:
    """Return width and height in CSS pixels (96 to the inch), as the viewport attributes say."""
    box = [float(n) for n in re.findall(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", root.get("viewBox", ""))]
    box_width, box_height = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else (0.0, 0.0)
    width, height = _length(root.get("width"), box_width), _length(root.get("height"), box_height)
    if not width and not height:
        width, height = (box_width, box_height) if box_width else (100.0, 100.0)
    ratio = box_height / box_width if box_width else 1.0
    width = width or height / ratio
    height = height or width * ratio
    if not (0 < width < 1e9 and 0 < height < 1e9):
        raise sniff.damaged(name, Message("its size makes no sense"))
    return width, height


def length(value: str) -> float | None:
    """Return a length in pixels (96 to the inch), ``None`` when it depends on something else or is none."""
    match = _LENGTH.match(value)
    if not match or match[2] in ("%", "em", "ex"):
        return None
    return float(match[1]) * _UNITS[match[2] or "px"]


def _length(value: str | None, whole: float) -> float:
    match = _LENGTH.match(value or "")
    if not match:
        return 0.0
    number, unit = float(match[1]), match[2] or "px"
    return number / 100 * whole if unit == "%" else number * _UNITS[unit]


def rasterise(
    data: bytes, name: str, width: int | None = None, check_cancelled: Callable[[], None] | None = None
) -> tuple[Image.Image, tuple[str, ...]]:
    """Return the drawing as a Pillow RGBA picture (straight alpha) and notes on what was left out.

    ``width`` in pixels takes the place of the drawing's natural width and keeps its proportions.
    """
    drawing = check(data, name)
    out_width = width or max(1, round(drawing.width))
    out_height = max(1, round(drawing.height * out_width / drawing.width)) if width else max(1, round(drawing.height))
    check_size(out_width, out_height)
    if out_width * out_height * 12 > MAX_MEMORY:
        raise AtelierError(
            "A drawing of {width:,} × {height:,} pixels is too large: the limit is {megapixels} megapixels.",
            width=out_width,
            height=out_height,
            megapixels=min(MAX_PIXELS, MAX_MEMORY // 12) // 1_000_000,
        )
    png = _draw(drawing, name, out_width, check_cancelled or (lambda: None))
    picture = Image.open(io.BytesIO(png), formats=["PNG"])
    picture.load()
    return picture, drawing.notes


def _draw(drawing: Drawing, name: str, width: int, check_cancelled: Callable[[], None]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="atelier-svg-") as folder:
        source, target = Path(folder, "in.svg"), Path(folder, "out.png")
        source.write_text(drawing.text, encoding="utf-8")
        arguments = [str(source), str(target), str(width), str(resource("fonts")), "1" if drawing.has_text else "0"]
        if getattr(sys, "frozen", False):  # there is no interpreter to start: the limits above have to do
            from core.image.svg_child import draw

            return _answer(draw(*arguments), name, target)
        child = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("svg_child.py")), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with child:
            try:
                _watch(child, name, check_cancelled)
                why = child.stderr.read(2000).decode(errors="replace").strip() if child.stderr else ""
            finally:
                child.kill()
        if child.returncode != 0:
            why = why or Message("it made the renderer stop")
        return _answer(why, name, target)


def _answer(why: str, name: str, target: Path) -> bytes:
    if why or not target.exists():
        words = Message(why.splitlines()[-1][:200]) if why else Message("nothing came of it")
        raise AtelierError("“{name}” cannot be drawn: {why}.", name=name, why=words)
    return target.read_bytes()


def _watch(child: "subprocess.Popen[bytes]", name: str, check_cancelled: Callable[[], None]) -> None:
    """Wait for ``child``; raise when it takes too long, too much memory, or the job is cancelled."""
    end = time.monotonic() + MAX_SECONDS
    process = psutil.Process(child.pid)
    pause = 0.005
    while True:
        try:
            child.wait(pause)
            return
        except subprocess.TimeoutExpired:
            pause = min(0.05, pause * 1.5)
        check_cancelled()
        try:
            memory = process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        if memory > MAX_MEMORY:
            raise AtelierError("“{name}” cannot be drawn: it needs more memory than a drawing may take.", name=name)
        if time.monotonic() > end:
            raise AtelierError(
                "“{name}” cannot be drawn: it takes longer than {seconds:.0f} seconds.", name=name, seconds=MAX_SECONDS
            )

"""An SVG file as a plain tree, and how its elements look: attributes, style rules and what is inherited."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from PIL import ImageColor

from core.documents.svg_values import IDENTITY, Affine, declarations, numbers
from core.image import svg

INHERITED = frozenset(
    {
        *("fill", "stroke", "fill-opacity", "stroke-opacity", "fill-rule", "stroke-width", "stroke-linecap", "color"),
        *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "visibility"),
    }
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w-]*$")


class NotSimpleError(Exception):
    """The drawing holds something that shapes cannot say. Its text names that."""


@dataclass
class Element:
    """One element; names without their namespaces, text only of ``style``."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""


def parse(text: str) -> Element:
    """Return the root of a file that :func:`core.image.svg.check` let through."""
    root = Element("", {})
    stack = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("xmlns")}
        element = Element(tag.rpartition(":")[2], local)
        stack[-1].children.append(element)
        stack.append(element)

    def words(data: str) -> None:
        if stack[-1].tag == "style":
            stack[-1].text += data

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = words
    parser.Parse(text, True)
    return root.children[0]


def view(root: Element, width: float, height: float) -> Affine:
    """Return the matrix from the viewBox to pixels."""
    box = numbers(root.attributes.get("viewBox", ""))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return IDENTITY
    how = root.attributes.get("preserveAspectRatio", "xMidYMid").split()
    sx, sy = width / box[2], height / box[3]
    if how[:1] == ["none"]:
        return sx, 0.0, 0.0, sy, -box[0] * sx, -box[1] * sy
    scale = max(sx, sy) if "slice" in how else min(sx, sy)
    part = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    across, down = part.get(how[0][1:4], 0.5), part.get(how[0][5:8], 0.5)
    left, top = (width - box[2] * scale) * across, (height - box[3] * scale) * down
    return scale, 0.0, 0.0, scale, left - box[0] * scale, top - box[1] * scale


@dataclass(frozen=True)
class Style:
    """What is inherited."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: float) -> float:
        value = self.values.get(name)
        if value is None:
            return default
        found = svg.length(value)
        if found is None:
            raise NotSimpleError(f"{name}={value[:30]}")
        return found

    def share(self, name: str) -> float:
        value = self.values.get(name, "1").strip()
        found = numbers(value)
        if not found:
            raise NotSimpleError(f"{name}={value[:30]}")
        return min(1.0, max(0.0, found[0] / (100 if value.endswith("%") else 1)))


class Sheet:
    """The style rules of a file, and its elements by their ids."""

    def __init__(self, root: Element) -> None:
        self._rules: list[tuple[str, dict[str, str]]] = []
        self.by_id: dict[str, Element] = {}
        self._index(root)

    def _index(self, element: Element) -> None:
        if "id" in element.attributes:
            self.by_id.setdefault(element.attributes["id"], element)
        if element.tag == "style":
            self._read_rules(element.text)
        for child in element.children:
            self._index(child)

    def _read_rules(self, text: str) -> None:
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace("<![CDATA[", "").replace("]]>", "")
        if "@" in text:
            raise NotSimpleError("@" + text.partition("@")[2][:12])
        for selectors, body in _RULE.findall(text):
            for selector in (one.strip() for one in selectors.split(",")):
                if not _SIMPLE_SELECTOR.match(selector):
                    raise NotSimpleError(f"<style> {selector[:30]}")
                self._rules.append((selector, declarations(body)))

    def own(self, element: Element) -> dict[str, str]:
        """Return an element's presentation: attributes, then rules from the general to the exact, then ``style``."""
        own = dict(element.attributes)
        classes = own.get("class", "").split()
        for level in ("tag", ".", "#"):
            for selector, values in self._rules:
                fits = {
                    "tag": selector == element.tag,
                    ".": selector[:1] == "." and selector[1:] in classes,
                    "#": selector[:1] == "#" and selector[1:] == own.get("id"),
                }[level]
                if fits:
                    own.update(values)
        own.update(declarations(element.attributes.get("style", "")))
        return own

    def style(self, element: Element, outer: Style) -> Style:
        """Return what an element hands on to what is inside it."""
        own = {key: value for key, value in self.own(element).items() if key in INHERITED and value != "inherit"}
        return Style({**outer.values, **own})


def colour_of(text: str, current: str, opacity: float) -> str | None:
    """Return a CSS colour as ``#rrggbb`` or ``#rrggbbaa``, ``None`` for no paint."""
    text = text.strip()
    if text in ("none", ""):
        return None
    if text.lower() == "currentcolor":
        text = current.strip()
    if text == "transparent":
        return None
    try:
        values = ImageColor.getrgb(re.sub(r"\s+", "", text))
    except ValueError:
        raise NotSimpleError(text[:30]) from None
    alpha = (values[3] / 255 if len(values) == 4 else 1.0) * opacity
    text = "#{:02x}{:02x}{:02x}".format(*values[:3])
    return text if alpha >= 1 else f"{text}{round(alpha * 255):02x}"

"""The values in SVG's attributes that every reader of SVG needs: numbers, declarations and transforms."""

import math
import re

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, tx, ty): x' = a·x + c·y + tx."""
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
"""Pattern of a number without a unit."""
_NUMBER = re.compile(NUMBER)
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")


def numbers(text: str) -> list[float]:
    """Return every number in a text, whatever stands between them."""
    return [float(found) for found in _NUMBER.findall(text)]


def declarations(text: str) -> dict[str, str]:
    """Return the properties of a ``style`` attribute or of a rule's body."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        key, colon, value = part.partition(":")
        if colon:
            found[key.strip()] = value.partition("!important")[0].strip()
    return found


def times(outer: Affine, inner: Affine) -> Affine:
    """Return the matrix that does ``inner`` first."""
    a, b, c, d, tx, ty = inner
    p, q, r, s, ux, uy = outer
    return p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * tx + r * ty + ux, q * tx + s * ty + uy


def transform(text: str) -> Affine:
    """Return the matrix of a ``transform`` attribute; raises :class:`ValueError` where it makes no sense."""
    matrix = IDENTITY
    for kind, inside in _TRANSFORM.findall(text):
        matrix = times(matrix, _step(kind, numbers(inside)))
    return matrix


def _step(kind: str, v: list[float]) -> Affine:
    match kind, len(v):
        case "matrix", 6:
            return v[0], v[1], v[2], v[3], v[4], v[5]
        case "translate", 1 | 2:
            return 1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) > 1 else 0.0
        case "scale", 1 | 2:
            return v[0], 0.0, 0.0, v[-1], 0.0, 0.0
        case "rotate", 1 | 3:
            cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            x, y = (v[1], v[2]) if len(v) == 3 else (0.0, 0.0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case "skewX", 1:
            return 1.0, 0.0, math.tan(math.radians(v[0])), 1.0, 0.0, 0.0
        case "skewY", 1:
            return 1.0, math.tan(math.radians(v[0])), 0.0, 1.0, 0.0, 0.0
    raise ValueError("a transform that makes no sense")

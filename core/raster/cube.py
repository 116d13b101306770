"""Colour tables in .cube files (Adobe, *Cube LUT Specification 1.0*): read, checked, and looked up.

A file comes from anywhere, so its size, its numbers and what it declares have limits; see :func:`read_cube`.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.values import AtelierError, reason

MAX_BYTES = 16 * 1024 * 1024
MAX_SIDE = 65
"""Nodes along each axis of a 3-D table: 274,625 colours."""
MAX_LENGTH = 65_536
"""Entries of a 1-D table."""


@dataclass(frozen=True)
class Cube:
    """A table: entries×3 (1-D), or blue×green×red×3 (3-D), float32; input from ``low`` to ``high`` in each channel."""

    table: npt.NDArray[np.float32]
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    @property
    def solid(self) -> bool:
        """Return whether it is a 3-D table."""
        return self.table.ndim == 4


def check_file(path: Path) -> None:
    """Raise :class:`AtelierError` unless the file can be read by :func:`read_cube`. Worker thread."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)) from None
    try:
        read_cube(data)
    except AtelierError as error:
        raise AtelierError("“{name}” cannot be used: {why}", name=path.name, why=error) from None


def read_cube(data: bytes) -> Cube:
    """Return the table in a .cube file; raises :class:`AtelierError` when it is none, or larger than the limits.

    Reading the largest that is allowed takes about a third of a second.
    """
    if len(data) > MAX_BYTES:
        raise AtelierError("A colour table may have {limit} MB; this one has more.", limit=MAX_BYTES // 1_048_576)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise AtelierError("This is not a .cube file: it is not text.") from None
    words: dict[str, list[str]] = {}
    first = len(lines)
    for number, line in enumerate(lines):
        parts = line.partition("#")[0].split() if not line.lstrip().startswith("TITLE") else []
        if parts and (parts[0][0].isdigit() or parts[0][0] in "+-."):
            first = number
            break
        if parts:
            words[parts[0].upper()] = parts[1:]
    side, solid = _size(words)
    count = side**3 if solid else side
    values = _numbers(lines[first:], count)
    low, high = _domain(words)
    shape = (side, side, side, 3) if solid else (side, 3)
    return Cube(values.reshape(shape), low, high)


def _size(words: dict[str, list[str]]) -> tuple[int, bool]:
    for name, least, limit in (("LUT_3D_SIZE", 2, MAX_SIDE), ("LUT_1D_SIZE", 2, MAX_LENGTH)):
        if name in words:
            given = words[name]
            if len(given) != 1 or not given[0].isascii() or not given[0].isdigit() or len(given[0]) > 9:
                raise AtelierError("This .cube file is damaged: it does not say how large its table is.")
            if not least <= int(given[0]) <= limit:
                raise AtelierError(
                    "This colour table has {size} steps on a side; {least} to {limit} can be used.",
                    size=int(given[0]),
                    least=least,
                    limit=limit,
                )
            return int(given[0]), name == "LUT_3D_SIZE"
    raise AtelierError("This is not a .cube file: it does not say how large its table is.")


def _numbers(lines: list[str], count: int) -> npt.NDArray[np.float32]:
    rows = [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if len(rows) != count or any(len(row) != 3 for row in rows):
        raise AtelierError("This .cube file is damaged: its table should have {count:,} lines of colours.", count=count)
    try:
        values = np.array([[float(one) for one in row] for row in rows], np.float64)
    except ValueError:
        raise AtelierError("This .cube file is damaged: its table holds something that is not a number.") from None
    if not np.isfinite(values).all() or np.abs(values).max() > 1e6:
        raise AtelierError("This .cube file is damaged: its table holds something that is not a number.")
    return values.astype(np.float32)


def _domain(words: dict[str, list[str]]) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    ends = []
    for name, usual in (("DOMAIN_MIN", "0"), ("DOMAIN_MAX", "1")):
        try:
            red, green, blue = (float(one) for one in words.get(name, [usual] * 3))
        except ValueError:
            raise AtelierError("This .cube file is damaged: its domain is not three numbers.") from None
        ends.append((red, green, blue))
    low, high = ends
    if not all(math.isfinite(a) and math.isfinite(b) and b - a > 1e-6 for a, b in zip(low, high, strict=True)):
        raise AtelierError("This .cube file is damaged: its domain is empty.")
    return low, high

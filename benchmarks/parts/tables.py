"""What the benchmarks share: a table that is read from top to bottom, and a line about the machine it was made on."""

import importlib.metadata
import os
import statistics
from collections.abc import Sequence


def machine() -> str:
    """Return how many processors there are and how busy they are: figures from another day compare only with both."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{count} processors{load}"


def version(package: str) -> str:
    """Return the installed version of ``package``, empty when it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0…1) of ``values`` lie; nan when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def middle(values: Sequence[float]) -> float:
    """Return the median, nan when there are no values."""
    return statistics.median(values) if values else float("nan")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a title: the first column to the left, figures to the right."""
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    print(f"\n{title}")
    for row in (columns, *rows):
        cells = [
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def verdict(what: str, wanted: str, found: str, kept: bool) -> None:
    """Print whether a requirement is met."""
    print(f"  {'met' if kept else 'MISSED':6}  {what}: {found} (wanted {wanted})", flush=True)

"""Draws one SVG file as a PNG and ends. Run as a script, in a process that may be stopped at any time.

It imports nothing of Atelier, so that it starts in a few hundredths of a second.
"""

import sys
from pathlib import Path


def draw(source: str, target: str, width: str, fonts: str, system_fonts: str) -> str:
    """Draw ``source`` ``width`` pixels wide into ``target``; return why not, or nothing."""
    import resvg_py

    try:
        png = resvg_py.svg_to_bytes(
            svg_string=Path(source).read_text(encoding="utf-8"),
            width=int(width),
            font_dirs=[fonts] if system_fonts == "1" else None,
            skip_system_fonts=system_fonts != "1",
            sans_serif_family="Inter",
        )
    except ValueError as error:
        return str(error) or "it is not a valid drawing"
    Path(target).write_bytes(bytes(png))
    return ""


def _limit(memory: int, seconds: int) -> None:
    """Ask the system to stop this process past these limits (where it can): it also ends when its parent is gone."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit(4 * 1024**3, 90)
    reason = draw(*sys.argv[1:])
    if reason:
        sys.stderr.write(reason)
        sys.exit(1)

"""Starts Atelier: the window first, the core process once it can be seen.

``python -m desktop.app [FILE …]``. A second start gives its files to the window that is open and leaves. The same
program is the core process when it is told so (a frozen application has one executable).
"""

import sys

from core.engine.spawn import maybe_run_worker


def main() -> int:
    """Run the studio until its window is closed; return the exit status."""
    maybe_run_worker()
    from desktop.studio import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

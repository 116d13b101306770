"""Runs the studio as ``python -m desktop.app`` does, and tells on standard output when it came how far.

Lines of JSON: ``{"imported": ns}`` when everything that the program imports before its window is there,
``{"shown": ns}`` when the window was told to show itself, and ``{"usable": ns, "modules": […]}`` when its first paint
is over and the event loop has turned after it. Nanoseconds of the monotonic clock, which all processes share.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)


def tell(**what: Any) -> None:
    """Write one line."""
    print(json.dumps(what), flush=True)


def main() -> int:
    """Start the program with its start watched."""
    from desktop import app, studio  # noqa: PLC0415  (what ``desktop.app`` itself imports)

    tell(imported=time.monotonic_ns())
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415

    class Watch(QObject):
        """Sees the window's first paint."""

        def eventFilter(self, window: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)
                # The children are painted after their window, in the same turn of the loop.
                QTimer.singleShot(0, lambda: QTimer.singleShot(0, self.usable))
            return False

        def usable(self) -> None:
            """Tell, with what is loaded by now."""
            tell(usable=time.monotonic_ns(), modules=sorted(sys.modules))

    start = studio.Studio.start

    def watched(self: studio.Studio, paths: Any) -> None:
        watch = Watch(self)
        self.window.installEventFilter(watch)
        start(self, paths)
        tell(shown=time.monotonic_ns())

    studio.Studio.start = watched  # type: ignore[method-assign]
    sys.argv = ["desktop.app"]
    return app.main()


if __name__ == "__main__":
    sys.exit(main())

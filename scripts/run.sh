#!/usr/bin/env bash
# Opens the window where there is a display; otherwise makes the sample campaign into out/.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/python -m desktop.app "$@"
fi
echo "atelier: no display here, so the sample campaign is made into out/" >&2
exec .venv/bin/python -m core.cli sample --out out

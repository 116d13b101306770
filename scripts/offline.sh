#!/usr/bin/env bash
# Runs a command with no network but loopback, in a network namespace of its own where the system allows one.
# Usage: scripts/offline.sh COMMAND [ARGUMENT …]
set -euo pipefail
if [ "$(uname -s)" = Linux ] && unshare -rn true 2>/dev/null; then
    exec unshare -rn bash -c 'ip link set lo up 2>/dev/null || true; export ATELIER_NO_NETWORK=1; exec "$@"' offline "$@"
fi
echo "atelier: this system allows no network namespace; running with the network there" >&2
exec "$@"

#!/usr/bin/env bash
# Makes a fresh machine ready: system libraries, .venv, Python packages. Quick when there is nothing to do.
# Usage: scripts/setup.sh [extra …]    e.g. `scripts/setup.sh dev`
set -euo pipefail
cd "$(dirname "$0")/.."

extras="$*"
say() { printf 'atelier: %s\n' "$*" >&2; }

# library that the dynamic linker must know | Debian package | what fails without it
needs=(
    "libEGL.so.1|libegl1|the window and the compositor"
    "libGL.so.1|libgl1|the window and the compositor"
    "libfontconfig.so.1|libfontconfig1|text"
    "libglib-2.0.so.0|libglib2.0-0|the window"
    "libdbus-1.so.3|libdbus-1-3|the window"
    "libxkbcommon.so.0|libxkbcommon0|the window"
    "libxkbcommon-x11.so.0|libxkbcommon-x11-0|the window"
    "libxcb-cursor.so.0|libxcb-cursor0|the window"
    "libxcb-icccm.so.4|libxcb-icccm4|the window"
    "libxcb-image.so.0|libxcb-image0|the window"
    "libxcb-keysyms.so.1|libxcb-keysyms1|the window"
    "libxcb-randr.so.0|libxcb-randr0|the window"
    "libxcb-render-util.so.0|libxcb-render-util0|the window"
    "libxcb-shape.so.0|libxcb-shape0|the window"
    "libxcb-xinerama.so.0|libxcb-xinerama0|the window"
    "libxcb-xkb.so.1|libxcb-xkb1|the window"
    "libgomp.so.1|libgomp1|the models"
    "libportaudio.so.2|libportaudio2|sound"
)

missing_packages() {
    local known entry library package
    known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)"
    for entry in "${needs[@]}"; do
        IFS='|' read -r library package _ <<<"$entry"
        grep -qF "$library " <<<"$known" || echo "$package"
    done
    # The shipped fonts cover the interface; fontconfig still wants its configuration and one font of the system.
    [ -e /etc/fonts/fonts.conf ] || echo fontconfig-config
    compgen -G '/usr/share/fonts/*' >/dev/null || echo fonts-dejavu-core
    python_has_venv || echo python3-venv
}

python_has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed: apt-get install python3 python3-venv"
    exit 1
}

install_system_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing
    mapfile -t missing < <(missing_packages | sort -u)
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        say "installing system packages: ${missing[*]}"
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >&2
        return 0
    fi
    say "these system packages are missing: ${missing[*]}"
    say "install them with:  sudo apt-get install ${missing[*]}"
    # Without these three nothing draws at all, with or without a display; the others are needed for a window or sound.
    case " ${missing[*]} " in *" libegl1 "* | *" libgl1 "* | *" libfontconfig1 "* | *" python3-venv "*) exit 1 ;; esac
}

install_torch() {
    .venv/bin/python -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)' && return 0
    # A CPU build on disk (pip's find-links) is a fraction of the size of the registry's CUDA build.
    if .venv/bin/pip install -q --no-index --no-deps 'torch>=2.6,<3' 2>/dev/null; then
        say "torch: the build on disk"
    elif [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null; then
        say "torch: the platform's own build (set PIP_EXTRA_INDEX_URL to a CPU index for a smaller one)"
    fi
}

python="$(find_python)"
install_system_packages

stamp=".venv/.ready-$(cat pyproject.toml scripts/setup.sh | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16)"
wanted="core ${extras}"
if [ -e "$stamp" ]; then
    have="$(cat "$stamp")"
    all=1
    for part in $wanted; do case " $have " in *" $part "*) ;; *) all=0 ;; esac; done
    [ "$all" = 1 ] && exit 0
    wanted="$(printf '%s\n' $have $wanted | sort -u | tr '\n' ' ')"
fi

say "setting up .venv (a few minutes the first time)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install -q --upgrade pip
install_torch
list="$(for part in $wanted; do [ "$part" = core ] || printf '%s,' "$part"; done)"
# shellcheck disable=SC2086
.venv/bin/python -m pip install -q -e ".${list:+[${list%,}]}"
rm -f .venv/.ready-*
echo "$wanted" >"$stamp"
say "ready"

"""Writes the hashes of shipped fonts, icons and photos into ``resources/manifest.toml``: run it after adding one.

Only parts that are listed there already are touched, and of weights nothing is: their hashes say what was verified.
"""

import hashlib
import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "resources"

PARTS = {
    "font-inter": ("fonts", "Inter_*.ttf"),
    "font-montserrat": ("fonts", "Montserrat_*.ttf"),
    "font-playfair-display": ("fonts", "PlayfairDisplay_*.ttf"),
    "font-noto-sans-sc": ("fonts", "NotoSansSC_*.ttf"),
    "icons-lucide": ("icons", "*.svg"),
    "photo-coffee": ("samples", "coffee.png"),
    "style-looks": ("looks", "*.png"),
}


def main() -> None:
    """Rewrite the ``[part.files]`` table of each part in :data:`PARTS`."""
    path = ROOT / "manifest.toml"
    text = path.read_text(encoding="utf-8")
    for name, (folder, pattern) in PARTS.items():
        files = sorted(file for file in (ROOT / folder).iterdir() if fnmatch(file.name, pattern))
        table = "".join(f'"{f.name}" = "{hashlib.sha256(f.read_bytes()).hexdigest()}"\n' for f in files)
        block = re.compile(
            rf'(\[\[part\]\]\nname = "{name}"\n(?:(?!\[\[part\]\]).)*?\[part\.files\]\n)(?:"[^\n]*\n)*', re.S
        )
        text, found = block.subn(lambda match, table=table: match.group(1) + table, text)  # type: ignore[misc]
        print(f"{name}: {len(files)} files" if found else f"{name}: not in the manifest")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

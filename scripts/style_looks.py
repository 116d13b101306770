"""Draws the style pictures in ``resources/looks`` anew, with Atelier's own operations.

    python scripts/style_looks.py

A style is read in a square of 256 pixels, so that is how large they are kept. Afterwards ``scripts/manifest.py`` names
their hashes in the manifest.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import cv2

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "looks"
SIDE = 256

_SQUARE = ["--set", "width=512", "--set", "height=512"]
_CUP = ["--in", f"image={ROOT / 'resources' / 'samples' / 'coffee.png'}"]

LOOKS = {
    "cut-paper": ["image.flow_field", *_SQUARE],
    "stained-glass": ["image.cells", *_SQUARE],
    "pastel-facets": ["image.cells", *_SQUARE, "--set", "style=facets", "--set", "palette=blossom", "--set", "seed=2"],
    "copper-threads": [
        *("image.flow_field", *_SQUARE, "--set", "style=threads", "--set", "palette=ember", "--set", "seed=5"),
    ],
    "neon-night": ["image.flow_field", *_SQUARE, "--set", "palette=night", "--set", "seed=3"],
    "pop-waves": ["image.pattern", "--set", "kind=waves", "--set", "palette=tide"],
    "poster-print": ["image.cartoon", *_CUP, "--set", "colours=6", "--set", "width=0.5"],
    "pencil": ["image.pencil", *_CUP, "--set", "width=0.4"],
}


def main() -> None:
    """Write every look as a PNG."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, words in LOOKS.items():
            made = Path(folder) / f"{name}.png"
            subprocess.run([sys.executable, "-m", "core.cli", "run", *words, "--out", str(made)], check=True, cwd=ROOT)
            rgb = cv2.imread(str(made), cv2.IMREAD_COLOR)
            if rgb is None:
                raise SystemExit(f"{made} was not written")
            height, width = rgb.shape[:2]
            side = min(height, width)
            top, left = (height - side) // 2, (width - side) // 2
            square = cv2.resize(rgb[top : top + side, left : left + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
            cv2.imwrite(str(OUT / f"{name}.png"), square, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()

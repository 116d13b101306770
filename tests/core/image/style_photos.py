"""Ten pieces of real photographs, each unlike the others: skin of wood, fur, metal, sky, lattices and china."""

import numpy as np
from image_bench import DATA

from core.image import files
from core.resources import resource

PLACES = [
    ("coffee", 0, 0),
    ("coffee", 200, 40),
    ("coffee", 400, 200),
    ("coffee", 190, 200),
    ("chelsea.png", 60, 40),
    ("chelsea.png", 250, 90),
    ("chelsea.png", 0, 100),
    ("rocket.jpg", 220, 120),
    ("rocket.jpg", 0, 200),
    ("rocket.jpg", 420, 220),
]


def ten(side: int = 200) -> list[np.ndarray]:
    """Return ten pieces, uint8 side×side×3."""
    whole = {
        name: files.load(resource("samples") / "coffee.png" if name == "coffee" else DATA / name).pixels[..., :3]
        for name in {name for name, _, _ in PLACES}
    }
    return [np.ascontiguousarray(whole[name][y : y + side, x : x + side]) for name, x, y in PLACES]

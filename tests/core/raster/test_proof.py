"""A proof's table, looked up: as near to its nodes as two levels allow, and marked where asked."""

import numpy as np

from core.raster.proof import WARNING, Proof

SIDE = 33


def table() -> np.ndarray:
    """A press that swaps red and blue, dims green, and cannot print what is very red."""
    steps = np.linspace(0, 255, SIDE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    alpha = np.where(red > 200, 20, 255)
    return np.rint(np.stack((blue, green / 2, red, alpha), -1)).astype(np.uint8).reshape(SIDE * SIDE, SIDE, 4)


def test_colours_come_out_as_the_table_says() -> None:
    screen = np.random.default_rng(1).integers(0, 256, (120, 90, 4)).astype(np.uint8)
    before, proof = screen.copy(), Proof(table())
    proof.apply(screen[10:110, 5:80])
    blue, green, red = (before[10:110, 5:80, channel].astype(int) for channel in range(3))
    shown = screen[10:110, 5:80].astype(int)
    for channel, wanted in enumerate((red, green / 2, blue)):
        assert np.abs(shown[..., channel] - wanted).max() <= 2
    untouched = np.ones(screen.shape[:2], bool)
    untouched[10:110, 5:80] = False
    assert np.array_equal(screen[untouched], before[untouched])
    proof.apply(screen[:0])


def test_what_cannot_be_printed_is_marked() -> None:
    screen = np.zeros((1, 3, 4), np.uint8)
    screen[0, :, 2] = (100, 203, 255)
    Proof(table()).apply(screen, warn=True)
    marked = (screen[..., 2].astype(int) << 16 | screen[..., 1].astype(int) << 8 | screen[..., 0]) == WARNING
    assert marked.tolist() == [[False, True, True]], "between one that can and one that cannot, it cannot"

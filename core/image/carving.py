"""How wide each pixel of a picture may become when the picture is made narrower or wider: seam carving.

Avidan and Shamir, *Seam Carving for Content-Aware Image Resizing*, SIGGRAPH 2007, with the forward energy of
Rubinstein, Shamir and Avidan, *Improved Seam Carving for Video Retargeting*, SIGGRAPH 2008: what counts is the edges
that come together when a seam is gone. Only vertical seams are found here; a picture is turned for the others.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, to_oklab

BATCH = 0.01
"""So many seams (in parts of the width) are taken at most before costs are found anew, while they do not touch."""
WORTH = 1.25
"""A further seam of a batch may cost so much more than the first."""
DOUBLED = 0.4
"""At most so many parts of the width are chosen to grow; beyond that the chosen ones grow more."""
SPREAD = 3.0
"""What a seam, in grey levels, makes the next one beside it dearer."""
CARVED = 0.8
"""At most so many parts of the width are taken out; beyond that the rest is squeezed."""

Tick = Callable[[float], None]


def widths(picture: Floats, worth: Floats, change: int, tick: Tick) -> Floats:
    """Return the width that each pixel of ``picture`` (H×W×3, 0…255) gets (H×W): a row's sum is W + ``change``.

    ``worth`` (H×W, in grey levels) is what it costs beside the edges to lose a pixel. ``tick`` hears how far it is
    (0…1), and may raise.
    """
    height, width = worth.shape
    count = min(abs(change), int(width * (CARVED if change < 0 else DOUBLED)), width - 1)
    if count <= 0:
        return np.full((height, width), (width + change) / width, np.float32)
    chosen = seams(picture, worth, count, tick)
    out = np.ones((height, width), np.float32)
    if change < 0:
        out[chosen] = 0
        return np.asarray(out * np.float32((width + change) / (width - count)), np.float32)
    out[chosen] += np.float32(change / count)
    return out


def seams(picture: Floats, worth: Floats, count: int, tick: Tick) -> npt.NDArray[np.bool_]:
    """Return where the ``count`` vertical seams lie that can best be spared (H×W; so many in each row)."""
    height, width = worth.shape
    planes = np.ascontiguousarray(picture.transpose(2, 0, 1), np.float32)
    worth = worth.astype(np.float32)
    column = np.broadcast_to(np.arange(width, dtype=np.int32), (height, width))
    gone = np.zeros((height, width), bool)
    rows = np.arange(height)
    done = 0
    while done < count:
        tick(done / count)
        paths, costs = _paths(planes, worth)
        keep = np.ones(worth.shape, bool)
        most = min(count - done, max(1, int(BATCH * width)))
        order = np.argsort(costs, kind="stable")
        order = order[costs[order] <= WORTH * costs[order[0]]]
        taken = 0
        for end in order:
            path = paths[:, end]
            if keep[rows, path].all():
                keep[rows, path] = False
                gone[rows, column[rows, path]] = True
                taken += 1
            if taken == most:
                break
        done += taken
        left = worth.shape[1] - taken
        worth = _handed_on(worth, keep)
        planes = np.stack([plane[keep].reshape(height, left) for plane in planes])
        worth, column = worth[keep].reshape(height, left), column[keep].reshape(height, left)
    tick(1.0)
    return gone


def _handed_on(worth: Floats, keep: npt.NDArray[np.bool_]) -> Floats:
    """Return ``worth`` with that of the pixels that go, and a little more, shared out to their neighbours.

    So seams spread over a calm part, and a smooth sky does not get a step where all of them met.
    """
    lost = np.where(keep, 0, (worth + SPREAD) / 2).astype(np.float32)
    out = worth.copy()
    out[:, 1:] += lost[:, :-1]
    out[:, :-1] += lost[:, 1:]
    return out


def _paths(planes: Floats, worth: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
    """Return for every pixel of the last row the cheapest seam that ends there (H×W columns), and what it costs."""
    height, width = worth.shape
    padded = np.pad(planes, ((0, 0), (0, 0), (1, 1)), mode="edge")
    left, right = padded[:, :, :-2], padded[:, :, 2:]
    across = np.abs(right - left).sum(0) + worth
    turn_left = np.abs(planes[:, :-1] - left[:, 1:]).sum(0)
    turn_right = np.abs(planes[:, :-1] - right[:, 1:]).sum(0)
    came: npt.NDArray[np.int8] = np.zeros((height, width), np.int8)
    cost = across[0].copy()
    three = np.full((3, width), np.inf, np.float32)
    for row in range(1, height):
        three[0, 1:] = cost[:-1]
        three[0] += turn_left[row - 1]
        three[1] = cost
        three[2, :-1] = cost[1:]
        three[2] += turn_right[row - 1]
        three[0, 0] = three[2, -1] = np.inf
        best = three.argmin(0)
        came[row] = best - 1
        cost = three[best, np.arange(width)] + across[row]
    paths = np.empty((height, width), np.int32)
    paths[-1] = np.arange(width)
    for row in range(height - 1, 0, -1):
        paths[row - 1] = paths[row] + came[row, paths[row]]
    return paths, cost


def salience(picture: Floats) -> Floats:
    """Return how much each place stands out from its wider surroundings in lightness and colour (H×W, 0…1).

    Differences of Gaussians at several sizes in OKLab, after Achanta et al., *Frequency-tuned Salient Region
    Detection*, CVPR 2009.
    """
    lab = to_oklab(np.asarray(picture / np.float32(255), np.float32))
    size = max(picture.shape[:2])
    total = np.zeros(picture.shape[:2], np.float32)
    for near, far in ((0.004, 0.04), (0.015, 0.12), (0.03, 0.3)):
        difference = cv2.GaussianBlur(lab, (0, 0), max(0.5, near * size)) - cv2.GaussianBlur(
            lab, (0, 0), max(1.0, far * size)
        )
        total += np.sqrt((difference * difference * (1, 2, 2)).sum(-1)).astype(np.float32)
    spread = cv2.GaussianBlur(total, (0, 0), max(0.5, 0.01 * size))
    return np.asarray(np.clip(spread / max(0.02, float(np.quantile(spread, 0.97))), 0, 1), np.float32)

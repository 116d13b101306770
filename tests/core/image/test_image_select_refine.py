"""Refine edge against held-out truth: fur of known coverage over real photographs, and GrabCut as the peer."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench

from core.image import files
from core.operations.image_select import RefineEdge
from core.values import AtelierError


def furry(size: tuple[int, int], seed: int) -> np.ndarray:
    """Return the coverage (float32, 0…1) of a ball with some hundred hairs, drawn four times as large."""
    height, width = size
    random = np.random.default_rng(seed)
    large = np.zeros((height * 4, width * 4), np.uint8)
    middle, radius = (width * 2, height * 2), int(min(size) * 1.2)
    cv2.circle(large, middle, radius, 255, -1)
    for angle in random.uniform(0, 2 * np.pi, 500):
        start = np.array(middle) + radius * 0.97 * np.array([np.cos(angle), np.sin(angle)])
        bend = angle + random.normal(0, 0.4)
        end = start + random.uniform(20, 70) * np.array([np.cos(bend), np.sin(bend)])
        cv2.line(large, tuple(start.astype(int)), tuple(end.astype(int)), 255, int(random.integers(2, 7)), cv2.LINE_AA)
    return cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def scene(coffee: Path, front: str, back: str, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a photo in another with a furry edge (H×W×4), its true coverage, and a rough selection of it (uint8)."""

    def load(name: str) -> np.ndarray:
        photo = files.load(coffee if name == "coffee" else DATA / name).pixels[:280, :400, :3]
        return photo.astype(np.float32)

    ahead, behind = load(front), load(back)
    truth = furry(ahead.shape[:2], seed)
    mixed = ahead * truth[..., None] + behind * (1 - truth[..., None])
    rough = cv2.GaussianBlur(truth, (0, 0), 6) > 0.35
    rough = cv2.dilate(rough.astype(np.uint8), np.ones((7, 7), np.uint8))
    return np.dstack((np.rint(mixed), np.full(truth.shape, 255.0))).astype(np.uint8), truth, rough * np.uint8(255)


def mask_of(bench: Bench, coverage: np.ndarray) -> object:
    return bench.image(np.dstack((np.full((*coverage.shape, 3), 255, np.uint8), coverage)))


def grab_cut(pixels: np.ndarray, rough: np.ndarray, radius: int) -> np.ndarray:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    inner, outer = cv2.erode(rough, kernel) > 0, cv2.dilate(rough, kernel) > 0
    marks = np.where(inner, cv2.GC_FGD, np.where(outer, cv2.GC_PR_FGD, cv2.GC_BGD)).astype(np.uint8)
    cv2.setRNGSeed(1)
    empty = np.zeros((1, 65)), np.zeros((1, 65))
    found, *_ = cv2.grabCut(np.ascontiguousarray(pixels[..., 2::-1]), marks, None, *empty, 5, cv2.GC_INIT_WITH_MASK)
    return np.isin(found, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)


PAIRS = [("chelsea.png", "rocket.jpg"), ("rocket.jpg", "coffee"), ("coffee", "rocket.jpg"), ("chelsea.png", "coffee")]


def test_it_comes_nearer_to_the_truth_than_the_selection_a_feather_and_grabcut(bench: Bench, coffee: Path) -> None:
    errors = []
    for seed, (front, back) in enumerate(PAIRS):
        pixels, truth, rough = scene(coffee, front, back, seed)
        run = bench.run(RefineEdge(image=bench.image(pixels), mask=mask_of(bench, rough), radius=16))
        ours = run["mask"][..., 3] / 255
        selection = rough / 255
        rivals = selection, cv2.GaussianBlur(selection, (0, 0), 4), grab_cut(pixels, rough, 16)
        errors.append([np.abs(found - truth).sum() / 1000 for found in (ours, *rivals)])
    mean = np.mean(errors, 0)
    told = f"SAD in thousands: ours, selection, feathered, GrabCut: {np.round(errors, 2).tolist()}"
    assert mean[0] < 0.6 * mean[1], told
    assert mean[0] < mean[2:].min(), told


def test_fields_do_what_they_say(bench: Bench, coffee: Path) -> None:
    pixels, _, rough = scene(coffee, "chelsea.png", "rocket.jpg", 0)
    image, mask = bench.image(pixels), mask_of(bench, rough)

    def alpha(**fields: float) -> np.ndarray:
        return bench.run(RefineEdge(image=image, mask=mask, **fields))["mask"][..., 3].astype(int)

    plain = alpha()
    assert (alpha(shift=-3) <= plain).all() and (alpha(shift=3) >= plain).all()
    assert alpha(contrast=100).astype(bool).sum() < plain.astype(bool).sum()
    soft = ((alpha(feather=8) > 8) & (alpha(feather=8) < 247)).sum()
    assert soft > 1.5 * ((plain > 8) & (plain < 247)).sum()
    far = cv2.distanceTransform((rough > 0).astype(np.uint8), cv2.DIST_L2, 5) > 20
    assert (plain[far] == 255).all(), "what is well inside stays chosen"
    assert (plain[0] == 0).all()


def test_what_has_no_edge_is_said_and_it_stops(bench: Bench, coffee: Path) -> None:
    pixels, _, rough = scene(coffee, "chelsea.png", "rocket.jpg", 0)
    for nothing in (np.zeros_like(rough), np.full_like(rough, 255)):
        with pytest.raises(AtelierError, match="no edge to refine"):
            bench.run(RefineEdge(image=bench.image(pixels), mask=mask_of(bench, nothing)))
    bench.stopped(RefineEdge(image=bench.image(pixels), mask=mask_of(bench, rough)), after=0.2)
    tiny = np.full((1, 2, 4), 255, np.uint8)
    run = bench.run(RefineEdge(image=bench.image(tiny), mask=mask_of(bench, np.array([[0, 255]], np.uint8))))
    assert run["mask"].shape == (1, 2, 4)

"""Finding faces in real photographs of all sizes, and what is said of how they stand."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench
from PIL import Image

from core.engine.context import CancelToken, Context
from core.image import faces, networks
from core.image.composition import third_of
from core.image.portraits import drawn_to, portrait, portrayed
from core.image.saliency import saliency
from core.models import catalog
from core.operations.image_findings import Composition, Face
from core.operations.image_guidance import AnalyseComposition

Look = Callable[[np.ndarray], Composition]
ASTRONAUT = (0.345, 0.125, 0.53, 0.35)
"""Forehead to chin, ear to ear, drawn by hand: left, top, right, bottom."""
EYES = np.array([[201, 105], [245, 105]])
"""Pixels, marked by hand."""


def load(path: Path) -> np.ndarray:
    return np.array(Image.open(path).convert("RGBA"))


@pytest.fixture(scope="module")
def astronaut() -> np.ndarray:
    return load(DATA / "astronaut.jpg")


@pytest.fixture
def look(bench: Bench) -> Look:
    def run(pixels: np.ndarray) -> Composition:
        data: Composition = bench.run(AnalyseComposition(image=bench.image(np.ascontiguousarray(pixels))))["data"]
        return data

    return run


def test_one_tile_is_read_as_opencv_reads_it(bench: Bench, astronaut: np.ndarray) -> None:
    """OpenCV has a reader of its own for this network's numbers, and another engine that computes them."""
    path = catalog.model("yunet")
    context = Context("job", AnalyseComposition.info, bench.services, CancelToken(), {}, {}, bench.folder, print)
    for pixels in (astronaut, load(DATA / "camera.jpg")):
        whole = np.zeros((640, 640, 3), np.uint8)
        whole[:512, :512] = pixels[..., 2::-1]
        peer = cv2.FaceDetectorYN.create(str(path), "", (640, 640), faces.SURE, 0.3)
        rows = peer.detect(whole)[1]
        ours = faces.run(networks.load(path), pixels[..., :3], context)
        assert len(rows) == 1
        best = int(ours.scores.argmax())
        left, top, right, bottom = ours.boxes[best]
        assert (left, top, right - left, bottom - top) == pytest.approx(rows[0][:4], abs=0.05)
        assert ours.points[best].ravel() == pytest.approx(rows[0][4:14], abs=0.05)
        assert ours.scores[best] == pytest.approx(rows[0][14], abs=1e-3)


def test_a_face_is_found_where_a_person_sees_it(look: Look, astronaut: np.ndarray, coffee: Path) -> None:
    found = look(astronaut).faces
    assert len(found) == 1
    assert (found[0].left, found[0].top, found[0].right, found[0].bottom) == pytest.approx(ASTRONAUT, abs=0.03)
    assert np.array(found[0].eyes) * 512 == pytest.approx(EYES.mean(0), abs=4)
    assert abs(found[0].turn) < 0.25 and found[0].cut == ()
    for path in (DATA / "chelsea.png", DATA / "rocket.jpg", coffee):
        data = look(load(path))
        assert data.faces == () and data.portrait is None, path.name


@pytest.mark.parametrize(("width", "height", "side"), [(1224, 816, 24), (3000, 2000, 28), (6000, 4000, 56)])
def test_small_faces_in_large_pictures_are_found_once(
    look: Look, astronaut: np.ndarray, coffee: Path, width: int, height: int, side: int
) -> None:
    """The astronaut pasted into a photograph without faces, at places on and off the seams between tiles."""
    big = cv2.resize(load(coffee), (width, height), interpolation=cv2.INTER_CUBIC)
    whole = round(512 * side / 113)
    small = cv2.resize(astronaut, (whole, whole), interpolation=cv2.INTER_AREA)
    truth = []
    for x in (0.03, 0.24, 0.47, 0.68, 0.9):
        for y in (0.05, 0.45, 0.8):
            left, top = round(x * (width - whole)), round(y * (height - whole))
            big[top : top + whole, left : left + whole] = small
            truth.append((left + whole * 0.436, top + whole * 0.24))
    found = look(big).faces
    middles = [((f.left + f.right) / 2 * width, (f.top + f.bottom) / 2 * height) for f in found]
    assert len(found) == len(truth)
    for x, y in truth:
        near = [m for m in middles if np.hypot(m[0] - x, m[1] - y) < side / 3]
        assert len(near) == 1, (x, y)


@pytest.mark.parametrize("times", [1, 4, 12])
def test_a_close_up_is_one_face_at_any_size(look: Look, astronaut: np.ndarray, times: int) -> None:
    close = astronaut[40:215, 130:325]
    big = cv2.resize(close, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    found = look(big).faces
    assert len(found) == 1 and found[0].cut == ()
    box = np.array([(0.345 * 512 - 130) / 195, (0.125 * 512 - 40) / 175, (0.53 * 512 - 130) / 195, (179 - 40) / 175])
    assert np.array([found[0].left, found[0].top, found[0].right, found[0].bottom]) == pytest.approx(box, abs=0.06)


def test_a_photo_that_lies_is_looked_at_upright(bench: Bench, tmp_path: Path, astronaut: np.ndarray) -> None:
    """As a camera held upright saves it: the pixels lie, a tag says so."""
    lying = Image.fromarray(np.ascontiguousarray(np.rot90(astronaut[:, 64:448, :3])))
    exif = Image.Exif()
    exif[0x0112] = 6
    lying.save(tmp_path / "portrait.jpg", exif=exif, quality=92)
    data: Composition = bench.run(AnalyseComposition(image=bench.file(tmp_path / "portrait.jpg")))["data"]
    assert len(data.faces) == 1
    assert data.faces[0].eyes == pytest.approx(((223 - 64) / 384, 105 / 512), abs=0.02)


@pytest.mark.parametrize("degrees", [-30, -15, 15, 30])
def test_heads_that_lean_are_found(look: Look, astronaut: np.ndarray, degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((223.0, 105.0), degrees, 1.0)
    found = look(cv2.warpAffine(astronaut, turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)).faces
    assert len(found) == 1
    assert np.array(found[0].eyes) * 512 == pytest.approx(EYES.mean(0), abs=44 / 3), "a third of their distance"
    assert abs(found[0].turn) < 0.25, "it looks at us all the same"


def test_the_edge_that_cuts_a_face_off_is_named(look: Look, astronaut: np.ndarray) -> None:
    for part, edges in (
        (astronaut[:, 215:], ("left",)),
        (astronaut[:, :240], ("right",)),
        (astronaut[90:], ("top",)),
        (astronaut[:150], ("bottom",)),
        (astronaut[40:, 150:320], ()),
    ):
        found = look(part).faces
        assert len(found) == 1 and found[0].cut == edges


def test_a_crop_brings_the_eyes_to_the_upper_third(look: Look, astronaut: np.ndarray) -> None:
    low = astronaut[:330, 40:]
    low = np.vstack((np.repeat(low[:1], 130, axis=0), low))
    before = look(low)
    assert before.portrait is not None and before.portrait.looks == "" and before.portrait.eyes[1] > 0.45
    crop = before.portrait.crop
    assert crop is not None and crop.right - crop.left == pytest.approx(crop.bottom - crop.top, abs=1e-4)
    height, width = low.shape[:2]
    part = low[
        round(crop.top * height) : round(crop.bottom * height), round(crop.left * width) : round(crop.right * width)
    ]
    after = look(part)
    assert after.portrait is not None and after.portrait.eyes[1] == pytest.approx(1 / 3, abs=0.02)
    assert after.portrait.eyes[0] == pytest.approx(before.portrait.eyes[0], abs=0.02), "it moves up, not sideways"
    assert after.portrait.crop is None and after.faces[0].cut == ()


def test_a_face_that_looks_to_a_side_wants_room_there(look: Look) -> None:
    camera = load(DATA / "camera.jpg")
    for mirrored in (False, True):
        whole, tight = camera, camera[:, :380]
        if mirrored:
            whole, tight = whole[:, ::-1], tight[:, ::-1]
        shown = look(whole).portrait
        assert shown is not None and shown.looks == ("left" if mirrored else "right")
        assert not shown.tight and shown.roomy is None
        shown = look(tight).portrait
        assert shown is not None and shown.tight and shown.roomy is not None
        crop, width = shown.roomy, tight.shape[1]
        after = look(
            tight[round(crop.top * 512) : round(crop.bottom * 512), round(crop.left * width) :][
                :, : round((crop.right - crop.left) * width)
            ]
        ).portrait
        assert after is not None and not after.tight and after.roomy is None


def test_a_group_is_taken_together() -> None:
    large = Face(0.2, 0.5, 0.3, 0.7, (0.25, 0.58), 0.6, 0.9)
    other = Face(0.5, 0.52, 0.6, 0.68, (0.55, 0.6), -0.6, 0.9)
    far = Face(0.8, 0.3, 0.82, 0.33, (0.81, 0.31), 0.0, 0.9)
    shown = portrait([large, other, far])
    assert shown is not None and shown.faces == 2 and shown.looks == ""
    assert shown.eyes == pytest.approx((0.4, 0.59))
    assert shown.crop is not None and shown.crop.left <= 0.2 and shown.crop.right >= 0.6
    assert portrait([far]) is None and portrait([]) is None


@pytest.mark.parametrize("eyes", [(0.0, 0.6), (-0.02, 0.6), (0.05, 0.0), (0.05, -0.1)])
def test_eyes_that_are_cut_off_get_no_crop(eyes: tuple[float, float]) -> None:
    shown = portrait([Face(-0.08, 0.2, 0.1, 0.7, eyes, -0.5, 0.9, ("left",))])
    assert shown is not None and shown.crop is None and shown.roomy is None


def test_a_face_in_a_panorama_is_a_subject_though_it_is_narrower_than_the_map_can_show() -> None:
    face = Face(0.5001, 0.2, 0.5009, 0.8, (0.5005, 0.4), 0.0, 0.9)
    shown = portrait([face])
    assert shown is not None
    subject = portrayed(shown, [face], drawn_to(np.zeros((12, 300), np.float32), [face]))
    assert (subject.left, subject.right, subject.x) == (0.5001, 0.5009, 0.5005) and subject.contrast > 1


def test_a_face_is_what_draws_the_eye(look: Look, bench: Bench, astronaut: np.ndarray) -> None:
    run = bench.run(AnalyseComposition(image=bench.image(astronaut)))
    data, heat = run["data"], run["saliency"]
    left, top, right, bottom = (round(v * heat.shape[0]) for v in (0.38, 0.17, 0.5, 0.3))
    plain = saliency(astronaut)[top:bottom, left:right].mean()
    assert plain < 0.4 and heat[top:bottom, left:right].mean() > 230, "skin before a pale flag is no contrast to it"
    assert data.subject is not None and (data.subject.x, data.subject.y) == data.portrait.eyes
    if data.crop is not None:
        assert data.crop.y == pytest.approx(1 / 3) and third_of(data.subject.x, data.subject.y)[1] >= 0.06


@pytest.mark.parametrize("shape", [(1, 1), (3, 5000), (700, 2)])
def test_pictures_of_any_shape_can_be_looked_at(look: Look, shape: tuple[int, int]) -> None:
    assert look(np.full((*shape, 4), 128, np.uint8)).faces == ()


def test_it_stops_when_told_to(bench: Bench, astronaut: np.ndarray) -> None:
    assert bench.stopped(AnalyseComposition(image=bench.image(astronaut)), 0.25).output is None

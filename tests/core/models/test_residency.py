"""Models in memory: loaded once, kept while there is room, freed in the order of use."""

import threading
import time

import pytest

from core.models.residency import Residency


def _nothing() -> None:
    pass


def _use(residency: Residency, name: str, size: int) -> object:
    value = residency.acquire(name, object, size, _nothing)
    residency.release(name)
    return value


def test_a_model_is_loaded_once() -> None:
    residency = Residency(100)
    assert _use(residency, "a", 10) is _use(residency, "a", 10)
    assert residency.used == 10
    assert residency.loaded() == ("a",)


def test_the_least_recently_used_makes_room() -> None:
    residency = Residency(100)
    for name in ("a", "b", "c"):
        _use(residency, name, 33)
    _use(residency, "a", 33)
    _use(residency, "d", 33)
    assert residency.loaded() == ("c", "a", "d")


def test_what_is_in_use_stays() -> None:
    residency = Residency(100)
    held = residency.acquire("a", object, 60, _nothing)
    _use(residency, "b", 60)
    assert "a" in residency.loaded()
    residency.release("a")
    assert residency.acquire("a", object, 60, _nothing) is held
    residency.release("a")


def test_a_model_larger_than_the_budget_is_loaded_alone() -> None:
    residency = Residency(100)
    _use(residency, "a", 50)
    _use(residency, "huge", 500)
    assert residency.loaded() == ("huge",)
    _use(residency, "a", 50)
    assert residency.loaded() == ("a",)


def test_a_failed_load_leaves_nothing() -> None:
    residency = Residency(100)

    def fail() -> object:
        raise OSError("no such file")

    with pytest.raises(OSError, match="no such file"):
        residency.acquire("a", fail, 10, _nothing)
    assert residency.loaded() == ()
    assert _use(residency, "a", 10)


def test_two_jobs_load_a_model_once_and_the_second_may_give_up() -> None:
    residency = Residency(100)
    loading, go = threading.Event(), threading.Event()

    def slow() -> object:
        loading.set()
        go.wait(10)
        return object()

    found: list[object] = []
    first = threading.Thread(target=lambda: found.append(residency.acquire("a", slow, 10, _nothing)))
    second = threading.Thread(target=lambda: found.append(residency.acquire("a", slow, 10, _nothing)))
    first.start()
    loading.wait(10)
    second.start()

    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        residency.acquire("a", slow, 10, stop)
    go.set()
    first.join()
    second.join()
    assert found[0] is found[1]
    residency.release("a")
    assert residency.trim(0) == 0  # the second still holds it
    residency.release("a")
    assert residency.trim(0) == 10


def test_loading_one_does_not_keep_another_from_being_used() -> None:
    residency = Residency(100)
    _use(residency, "b", 10)
    loading, go = threading.Event(), threading.Event()

    def slow() -> object:
        loading.set()
        go.wait(10)
        return object()

    thread = threading.Thread(target=lambda: residency.acquire("a", slow, 10, _nothing))
    thread.start()
    loading.wait(10)
    start = time.monotonic()
    _use(residency, "b", 10)
    assert time.monotonic() - start < 1
    go.set()
    thread.join()


def test_many_threads_at_once() -> None:
    residency = Residency(25)
    loads: list[str] = []

    def work(seed: int) -> None:
        for n in range(60):
            name = f"m{(seed * 7 + n) % 5}"
            value = residency.acquire(name, lambda name=name: loads.append(name) or [name], 10, _nothing)
            assert value == [name]
            residency.release(name)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    residency.trim(0)
    assert residency.used == 0

"""The private channel: whole messages in order, an end that is noticed, and no way in for strangers."""

import os
import stat
import threading
from pathlib import Path

import pytest

from core.engine.channel import Channel, Closed, connect, offer


@pytest.fixture(params=["nameless", "named"])
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Channel, Channel]:
    """Both ends of one channel, as two processes would have them."""
    met = offer(str(tmp_path) if request.param == "named" else None)
    theirs: list[Channel] = []
    address = f"fd:{os.dup(int(met.address[3:]))}" if met.address.startswith("fd:") else met.address
    child = threading.Thread(target=lambda: theirs.append(connect(address, met.key)))
    child.start()
    ours = met.meet(lambda: True)
    child.join()
    met.close()
    return ours, theirs[0]


def test_messages_arrive_whole_and_in_order(ends: tuple[Channel, Channel]) -> None:
    ours, theirs = ends
    messages = [b"", b"x", os.urandom(70_000), os.urandom(5_000_000), b"end"]
    sender = threading.Thread(target=lambda: [ours.send(m) for m in messages])
    sender.start()
    assert [theirs.receive() for _ in messages] == messages
    sender.join()
    theirs.send(b"back")
    assert ours.receive() == b"back"
    ours.close()
    theirs.close()


def test_many_threads_may_send(ends: tuple[Channel, Channel]) -> None:
    ours, theirs = ends
    senders = [threading.Thread(target=lambda n=n: [ours.send(bytes([n]) * 3000) for _ in range(50)]) for n in range(8)]
    for sender in senders:
        sender.start()
    received = [theirs.receive() for _ in range(400)]
    assert all(len(set(message)) == 1 and len(message) == 3000 for message in received)
    for sender in senders:
        sender.join()
    ours.close()
    theirs.close()


def test_the_end_of_one_side_is_noticed_by_the_other(ends: tuple[Channel, Channel]) -> None:
    ours, theirs = ends
    theirs.close()
    with pytest.raises(Closed):
        ours.receive()
    with pytest.raises(Closed):
        for _ in range(100):  # a named pipe may take a message or two before it knows
            ours.send(b"x" * 100_000)
    ours.close()
    with pytest.raises(Closed):
        ours.send(b"x")


def test_an_impossible_length_closes_the_channel() -> None:
    met = offer()
    ours = met.meet(lambda: True)
    os.write(int(met.address[3:]), b"\xff\xff\xff\xff")
    with pytest.raises(Closed):
        ours.receive()
    ours.close()
    met.close()


def test_a_named_channel_wants_the_key_and_is_private(tmp_path: Path) -> None:
    from multiprocessing import AuthenticationError

    tmp_path.chmod(0o700)
    met = offer(str(tmp_path))
    outcome: list[BaseException] = []

    def meet() -> None:
        try:
            met.meet(lambda: True)
        except Closed as error:
            outcome.append(error)

    waiting = threading.Thread(target=meet)
    waiting.start()
    with pytest.raises((AuthenticationError, OSError, EOFError)):
        connect(met.address, "00" * 32)
    waiting.join(10)
    assert outcome
    assert stat.S_IMODE(Path(met.address).parent.stat().st_mode) == 0o700
    met.close()
    assert not Path(met.address).exists()


def test_waiting_for_a_child_that_died_ends(tmp_path: Path) -> None:
    met = offer(str(tmp_path))
    with pytest.raises(Closed):
        met.meet(lambda: False)
    met.close()


def test_a_nameless_channel_has_no_name() -> None:
    met = offer()
    assert met.address.startswith("fd:")
    assert met.key == ""
    met.close()

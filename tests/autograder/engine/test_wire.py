from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from autograder.engine import wire

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_messages_arrive_whole_and_in_order(pair: Pair) -> None:
    big = b'{"x": "' + b"y" * 3_000_000 + b'"}'
    sender = threading.Thread(target=lambda: [wire.send(pair[0], message) for message in (b'{"n": 1}', big)])
    sender.start()
    assert wire.receive(pair[1], 100) == {"n": 1}
    assert len(wire.receive(pair[1], 4_000_000)["x"]) == 3_000_000
    sender.join()


def test_a_length_that_is_too_large_is_refused_before_anything_is_read(pair: Pair) -> None:
    pair[0].sendall((2**63).to_bytes(8, "big"))
    with pytest.raises(wire.TooLong):
        wire.receive(pair[1], 1_000_000)


@pytest.mark.parametrize("data", [b"nonsense", b"[1]", b"[" * 100_000, b'"x"', b"\xff\xfe", b"1" * 10_000])
def test_what_is_no_json_object_is_refused(pair: Pair, data: bytes) -> None:
    wire.send(pair[0], data)
    with pytest.raises(wire.NotJson):
        wire.receive(pair[1], 1_000_000)


def test_json_that_is_nothing_but_structure_is_refused() -> None:
    with pytest.raises(wire.TooLong):
        wire.parsed(b'{"x": [' + b"[]," * (wire.MAX_NODES // 2) + b"[]]}")


def test_the_end_of_the_other_side_is_told(pair: Pair) -> None:
    pair[0].sendall(b"\x00\x00")
    pair[0].close()
    with pytest.raises(wire.Closed):
        wire.receive(pair[1], 100)
    with pytest.raises(wire.Closed):
        wire.send(pair[1], b"{}")


def test_whoever_dawdles_is_late(pair: Pair) -> None:
    pair[0].sendall((100).to_bytes(8, "big") + b"{")
    started = time.monotonic()
    with pytest.raises(wire.Late):
        wire.receive(pair[1], 1000, started + 0.1)
    with pytest.raises(wire.Late):
        wire.send(pair[0], b"x" * 50_000_000, time.monotonic() + 0.1)
    assert time.monotonic() - started < 3

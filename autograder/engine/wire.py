"""Messages between the supervisor, the warm process and its children: JSON objects behind their length.

Pickle is never used. Every reader bounds what it reads before it reads it.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

from autograder.text import loads

_LENGTH = struct.Struct(">Q")
#: JSON that is mostly structure takes many times its own size in memory once it is read.
MAX_NODES = 3_000_000


class Closed(ConnectionError):
    """The other side has closed the connection."""


class TooLong(ValueError):
    """A message is longer than its reader allows."""


class NotJson(ValueError):
    """A message is no JSON object."""


class Late(TimeoutError):
    """No whole message came in time."""


def send(connection: socket.socket, message: bytes, deadline: float | None = None) -> None:
    """Send the bytes of a message.

    Args:
        connection: a stream socket.
        message: a JSON object.
        deadline: by when (``time.monotonic``), if there is one.

    Raises:
        Closed: if the other side is gone.
        Late: if it does not take the message in time.
    """
    try:
        connection.settimeout(_left(deadline))
        connection.sendall(_LENGTH.pack(len(message)) + message)
    except TimeoutError:
        raise Late from None
    except OSError as error:
        raise Closed(str(error)) from None


def receive(connection: socket.socket, limit: int, deadline: float | None = None) -> dict[str, Any]:
    """Receive a message.

    Raises:
        Closed: if the other side is gone.
        Late: if no whole message came by the deadline.
        TooLong: if it has more than ``limit`` bytes or far too many parts.
        NotJson: if it is no JSON object.
    """
    return parsed(received(connection, limit, deadline))


def received(connection: socket.socket, limit: int, deadline: float | None = None) -> bytes:
    """Receive the bytes of a message; raises as :func:`receive` does."""
    (length,) = _LENGTH.unpack(_read(connection, _LENGTH.size, deadline))
    if length > limit:
        raise TooLong
    return bytes(_read(connection, length, deadline))


def parsed(data: bytes) -> dict[str, Any]:
    """The JSON object in a message.

    Raises:
        NotJson: if it is none.
        TooLong: if it has far too many parts.
    """
    if sum(data.count(mark) for mark in (b",", b":", b"[", b"{")) > MAX_NODES:
        raise TooLong
    try:
        message = loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotJson(type(error).__name__) from None
    if not isinstance(message, dict):
        raise NotJson(type(message).__name__)
    return message


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(deadline - time.monotonic(), 0.000_001)


def _read(connection: socket.socket, size: int, deadline: float | None) -> bytearray:
    # Memory grows with what arrives, not with what a length claims will arrive.
    data = bytearray()
    while len(data) < size:
        try:
            connection.settimeout(_left(deadline))
            chunk = connection.recv(min(size - len(data), 1 << 20))
        except TimeoutError:
            raise Late from None
        except OSError as error:
            raise Closed(str(error)) from None
        if not chunk:
            raise Closed("end of stream")
        data += chunk
    return data

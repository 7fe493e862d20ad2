"""A connection out, to a service of this machine, and a service for others: TCP in every way that Python has."""

import socket
from contextlib import suppress

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena

SOURCE = """
import asyncio
import ctypes
import http.client
import socket
import struct
import urllib.request

libc = ctypes.CDLL(None, use_errno=True)
address = struct.pack("=HH4s8x", 2, socket.htons(PORT), bytes([127, 0, 0, 1]))


def by_number():
    made = libc.syscall(41, 2, 1, 0)
    if made < 0 or libc.syscall(42, made, address, 16):
        raise OSError


def serve():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()


async def streams():
    await asyncio.open_connection("127.0.0.1", PORT)


for way, act in {
    "socket": lambda: socket.create_connection(("127.0.0.1", PORT), 1),
    "http": lambda: http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).request("GET", "/"),
    "urllib": lambda: urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=1),
    "asyncio": lambda: asyncio.new_event_loop().run_until_complete(streams()),
    "fast open": lambda: socket.socket().sendto(b"x", 0x20000000, ("127.0.0.1", PORT)),
    "the system call": by_number,
    "a service": serve,
    "mptcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262),
    "sctp": lambda: socket.socket(socket.AF_INET, socket.SOCK_SEQPACKET, 132),
}.items():
    try:
        act()
        print("BREACH: TCP by", way)
    except Exception:
        pass
"""


def run(arena: Arena) -> list[str]:
    """Wait for it at a port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        source = f"PORT = {door.getsockname()[1]}\n" + SOURCE
        graded = arena.grader.grade({"tcp": arena.honest("mixed").own(source, before="check-row-softmax").to_bytes()})
        problems = arena.compare("mixed", graded["tcp"])
        with suppress(BlockingIOError):
            door.accept()[0].close()
            problems.append("somebody connected")
    return problems


DRILL = Drill("TCP connections are made and taken", run, "6 points, 6 earned; nobody connected")

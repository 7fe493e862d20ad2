"""A datagram out, which needs no connection: to a port of this machine, to a name server, to everybody."""

import socket
from contextlib import suppress

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena

SOURCE = """
import ctypes
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
address = struct.pack("=HH4s8x", 2, socket.htons(PORT), bytes([127, 0, 0, 1]))


def send(to, family=socket.AF_INET, option=None):
    with socket.socket(family, socket.SOCK_DGRAM) as out:
        if option:
            out.setsockopt(*option)
        out.sendto(b"a hidden input", to)


def by_number():
    made = libc.syscall(41, 2, 2, 0)
    if made < 0 or libc.syscall(44, made, b"x", 1, 0, address, 16) != 1:
        raise OSError


for way, act in {
    "a datagram": lambda: send(("127.0.0.1", PORT)),
    "broadcast": lambda: send(("255.255.255.255", PORT), option=(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)),
    "multicast": lambda: send(("224.0.0.1", PORT)),
    "IPv6": lambda: send(("::1", PORT), socket.AF_INET6),
    "the system call": by_number,
    "ping": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP),
    "raw": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP),
    "packets": lambda: socket.socket(17, socket.SOCK_RAW, 3),
    "vsock": lambda: socket.socket(40, socket.SOCK_STREAM),
    "bluetooth": lambda: socket.socket(31, socket.SOCK_RAW, 1),
    "cipher": lambda: socket.socket(38, socket.SOCK_SEQPACKET),
}.items():
    try:
        act()
        print("BREACH: UDP by", way)
    except Exception:
        pass
try:
    socket.getaddrinfo("a-hidden-input.example.org", 80)
    print("BREACH: a name was looked up")
except OSError:
    pass
"""


def run(arena: Arena) -> list[str]:
    """Wait for it at a port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as port:
        port.bind(("127.0.0.1", 0))
        port.setblocking(False)
        source = f"PORT = {port.getsockname()[1]}\n" + SOURCE
        graded = arena.grader.grade({"udp": arena.honest("mixed").own(source, before="check-row-softmax").to_bytes()})
        problems = arena.compare("mixed", graded["udp"])
        with suppress(BlockingIOError):
            problems.append(f"a datagram came: {port.recv(100)!r}")
    return problems


DRILL = Drill("datagrams and raw packets are sent", run, "6 points, 6 earned; nothing came")

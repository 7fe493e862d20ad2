"""Services that listen on a file, as Docker and D-Bus do, or on an abstract name; descriptors handed over."""

import os
import socket
from contextlib import suppress

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena

SOURCE = """
import os
import socket
import struct
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
address = struct.pack("=H", 1) + PATH.encode() + b"\\0"


def connect(to, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_UNIX, kind) as out:
        out.connect(to)
        out.send(b"x")


def by_number():
    made = libc.syscall(41, 1, 1, 0)
    if made < 0 or libc.syscall(42, made, address, len(address)):
        raise OSError


def over_a_pair():
    one, other = socket.socketpair()
    libc.syscall(42, one.fileno(), address, len(address)) and (_ for _ in ()).throw(OSError())


def listen(to):
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(to)
        door.listen()


for way, act in {
    "a file": lambda: connect(PATH),
    "an abstract name": lambda: connect("\\0" + NAME),
    "datagrams": lambda: connect(PATH, socket.SOCK_DGRAM),
    "the system call": by_number,
    "a pair": over_a_pair,
    "a service": lambda: listen(os.path.join(os.environ["HOME"], "door")),
    "an abstract service": lambda: listen("\\0breach"),
    "docker": lambda: connect("/var/run/docker.sock"),
    "the bus": lambda: connect("/run/dbus/system_bus_socket"),
    "the log": lambda: connect("/dev/log", socket.SOCK_DGRAM),
}.items():
    try:
        act()
        print("BREACH: unix socket by", way)
    except Exception:
        pass
"""


def run(arena: Arena) -> list[str]:
    """Wait for it at a file that anybody may write to, and at a name."""
    path, name = arena.paths.notes / "service.sock", f"arena-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as door, socket.socket(socket.AF_UNIX) as abstract:
        door.bind(str(path))
        path.chmod(0o777)
        abstract.bind("\0" + name)
        for each in (door, abstract):
            each.listen()
            each.setblocking(False)
        source = f"PATH, NAME = {str(path)!r}, {name!r}\n" + SOURCE
        graded = arena.grader.grade({"unix": arena.honest("mixed").own(source, before="check-row-softmax").to_bytes()})
        problems = arena.compare("mixed", graded["unix"])
        for each in (door, abstract):
            with suppress(BlockingIOError):
                each.accept()[0].close()
                problems.append("somebody connected")
    path.unlink()
    return problems


DRILL = Drill("unix sockets are reached and made", run, "6 points, 6 earned; nobody connected")

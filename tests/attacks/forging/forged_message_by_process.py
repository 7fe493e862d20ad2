"""A process that the submission starts writes on the pipe that it inherits."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import os
import socket
import stat


def pipes():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                yield number
        except OSError:
            pass


def frames():
    import json
    import struct

    right = {"results": [], "error": None, "mutated": False, "timeout": False, "refused": []}
    for number in range(40):
        for body in (
            {"reply": number, "observations": [right] * 5, "calls": [], "seconds": 0.0},
            {"reply": number, "verdict": {"exercise": "row_softmax", "points": 4.0, "status": "pass"}},
        ):
            data = json.dumps(body).encode()
            yield struct.pack(">Q", len(data)) + data
            yield data + b"\n"


import sys

try:
    child = os.fork()
except OSError:
    child = None
if child == 0:
    for number in pipes():
        for frame in frames():
            try:
                os.write(number, frame)
            except OSError:
                break
    os._exit(0)
try:
    import subprocess

    subprocess.run(["/bin/true"], close_fds=False, timeout=2)
except (OSError, ValueError, subprocess.SubprocessError):
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a process of its own writes on the pipe", build, may=("tampered", "crash"))

"""A thread keeps on writing on the pipe while the runner uses it."""

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


import threading
import time


def flood():
    end = time.monotonic() + 2
    while time.monotonic() < end:
        for number in pipes():
            for frame in frames():
                try:
                    os.write(number, frame)
                except OSError:
                    return
        time.sleep(0.01)


threading.Thread(target=flood, daemon=True).start()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a thread writes on the pipe while answers are observed", build, may=("tampered", "crash"))

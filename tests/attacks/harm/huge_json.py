"""Forty-five megabytes of JSON that take many times as much memory once they are read."""

import subprocess
import sys

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena

# In a process of its own, so that what reading takes can be told from what the arena has.
SCRIPT = """
import resource, sys, time
from pathlib import Path
from autograder.classroom.intake import take_in
from autograder.classroom.skeleton import read_skeleton

skeleton = read_skeleton(Path(sys.argv[1]))
size = 45_000_000
ways = {
    "lists": lambda: b'{"cells":[' + b"[]," * (size // 3) + b"[]]}",
    "objects": lambda: b'{"nbformat":4,"cells":[],"metadata":{"a":[' + b"{}," * (size // 3) + b"{}]}}",
    "names": lambda: b'{"cells":[],"m":{' + b",".join(b'"%x":[]' % n for n in range(size // 12)) + b"}}",
    "numbers": lambda: b'{"cells":[],"n":[' + b"1.5," * (size // 4) + b"1]}",
    "one string": lambda: b'{"cells":[],"s":"' + b"a" * size + b'"}',
    "one number": lambda: b'{"cells":[],"nbformat":' + b"9" * size + b"}",
    "nothing": lambda: b"\\0" * size,
    "too long": lambda: b" " * 60_000_000,
}
data = ways[sys.argv[2]]()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.process_time()
taken = take_in(data, skeleton)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // 1024, round(time.process_time() - started, 1), taken.failure or "-")
"""
WAYS = ("lists", "objects", "names", "numbers", "one string", "one number", "nothing", "too long")
_MOST_MIB, _MOST_SECONDS = 350, 10.0


def run(arena: Arena) -> list[str]:
    """Read each kind."""
    problems = []
    release = arena.content.release(arena.skeleton.lesson)
    for way in WAYS:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(release), way],
            capture_output=True, text=True, timeout=arena.allowed(60),
        )  # fmt: skip
        if done.returncode != 0:
            problems.append(f"{way}: reading ended with {done.stderr[-300:]}")
            continue
        memory, seconds, failure = done.stdout.split(maxsplit=2)
        if int(memory) > _MOST_MIB or float(seconds) > _MOST_SECONDS:
            problems.append(f"{way}: reading 45 MB took {memory} MiB and {seconds} s")
        if failure.strip() != "-":
            problems.append(f"{way}: reading failed: {failure}")
    return problems


DRILL = Drill("45 MB of JSON that unfold in memory", run, "read or refused within 350 MiB", seconds=100)

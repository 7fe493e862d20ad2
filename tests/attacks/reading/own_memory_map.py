"""The memory of the own process is read byte by byte: what was once there may be there still."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import re

needle = re.compile(rb'"expected": ?\{|"misconceptions": ?\[\{')
found = 0
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            area, mode = line.split()[:2]
            start, end = (int(number, 16) for number in area.split("-"))
            if "rw" in mode and "[" not in line.split()[-1][:1] + "x" and end - start < 1 << 26:
                try:
                    memory.seek(start)
                    data = memory.read(end - start)
                except (OSError, ValueError, OverflowError):
                    continue
                for hit in needle.finditer(data):
                    near = data[hit.start() : hit.start() + 200]
                    if b"results" in near or b"sentence" in near:
                        found += 1
except OSError:
    pass
if found:
    print("BREACH: expectations in memory:", found)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("the heap of the own process is searched for expectations", build, seconds=20.0)

"""What it costs to seal a process, beside the fork that made it.

``python tests/bench/sandbox.py [ROUNDS]`` loads torch, as the grader's warm process does, and forks: one child only
ends, the next seals itself first, taking turns in one run, so that the ratio holds even where the machine is busy.
Printed: milliseconds from the fork to the child's end for both, those of ``seal()`` alone by the clock and by the
processor (which other programs on the machine do not lengthen), the ratio, and what one look of the watcher costs. The
seal shall cost at most 5 ms.
"""

from __future__ import annotations

import os
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path

from autograder import sandbox

BUDGET_MS = 5.0


def forked(seal: bool) -> tuple[float, float, float]:
    """Milliseconds: from the fork to the end of the child; in the seal, by the clock and by the processor."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    read, write = os.pipe()
    begin = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        start, processor = time.perf_counter(), time.thread_time()
        if seal:
            sandbox.seal(sandbox.SealSpec(folder=folder, keep=frozenset({write})))
        os.write(write, struct.pack("dd", time.perf_counter() - start, time.thread_time() - processor))
        os._exit(0)
    os.waitpid(pid, 0)
    whole = time.perf_counter() - begin
    wall, processor = struct.unpack("dd", os.read(read, 16))
    os.close(read)
    os.close(write)
    sandbox.remove_tree(folder)
    return 1000 * whole, 1000 * wall, 1000 * processor


def look(rounds: int) -> float:
    """Milliseconds of one look of the watcher at an idle child with ten files."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    pid = os.fork()
    if pid == 0:
        sandbox.seal(sandbox.SealSpec(folder=folder))
        for number in range(10):
            Path(str(number)).write_text("x")
        time.sleep(60)
        os._exit(0)
    watch = sandbox.watch(pid, folder, sandbox.Limits())
    while not (folder / "work" / "9").exists():
        time.sleep(0.01)
    begin = time.perf_counter()
    for _ in range(rounds):
        watch.look()
    spent = time.perf_counter() - begin
    watch.close()
    os.waitpid(pid, 0)
    sandbox.remove_tree(folder)
    return 1000 * spent / rounds


def main() -> None:
    """Print the table."""
    import torch

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    torch.set_num_threads(1)
    begin = time.perf_counter()
    sandbox.prepare()
    print(f"prepare, once in the warm process: {1000 * (time.perf_counter() - begin):.1f} ms")
    sandbox.enter_namespaces()
    bare, sealed = [], []
    for _ in range(rounds):
        bare.append(forked(seal=False)[0])
        sealed.append(forked(seal=True))
    rows = {
        "fork to end, bare": bare,
        "fork to end, sealed": [row[0] for row in sealed],
        "seal(), clock": [row[1] for row in sealed],
        "seal(), processor": [row[2] for row in sealed],
    }
    print(f"{rounds} rounds, torch {torch.__version__} loaded; milliseconds")
    print(f"{'':22}{'least':>8}{'median':>8}{'95 %':>8}")
    for name, values in rows.items():
        at_95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name:22}{min(values):8.2f}{statistics.median(values):8.2f}{at_95:8.2f}")
    ratio = statistics.median(rows["fork to end, sealed"]) / statistics.median(bare)
    print(f"sealed / bare fork: {ratio:.2f}")
    clock, processor = (statistics.median(rows[f"seal(), {by}"]) for by in ("clock", "processor"))
    within = "yes" if clock <= BUDGET_MS else "no, but by the processor" if processor <= BUDGET_MS else "no"
    print(f"seal() within {BUDGET_MS:g} ms: {within}")
    print(f"one look of the watcher: {look(rounds):.2f} ms")


if __name__ == "__main__":
    main()

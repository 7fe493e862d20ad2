"""The worker-kill drill: workers of a cluster are killed while they grade; what the run leaves is as if none had been.

``python -m tests.autograder.cluster.drill [TIMES]`` repeats it and prints a line for each time.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.classroom.folder import Classroom
from tests.autograder.classroom.drill import check_whole, left_running, make_class, require_same, rest_of, start
from tests.autograder.classroom.drill import undisturbed as on_this_machine
from tests.autograder.classroom.tiny import copy_of
from tests.autograder.cluster.loopback import Loopback, loopback


@dataclass(frozen=True)
class Outcome:
    """What a drill saw: after how many submissions workers were killed, and how many seconds it took."""

    nannies: bool
    killed_after: tuple[int, ...]
    seconds: float


def worker_process(cluster: Loopback, name: str, patience: float = 30.0) -> int:
    """The number of the process that grades: a nanny's child, or the worker itself where there is no nanny.

    Raises:
        TimeoutError: if a nanny has none, also not after a while.
    """
    pid = cluster.processes[name].pid
    if "--no-nanny" in cluster.arguments:
        return pid
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        for child in [child for thread in threads for child in thread.read_text().split()]:
            # A nanny also has a process that looks after resources.
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.05)
    raise TimeoutError(f"{name} has no worker")


def drill(collected: Classroom, expected: tuple[Any, Any], folder: Path, chance: random.Random) -> Outcome:
    """Kill workers while a run is on, let it finish, and compare what is there with what one machine leaves.

    Workers with nannies come back, so each of the two is killed, at random moments; without, one of the two is.

    Args:
        collected: a classroom that is not graded yet; it is copied.
        expected: rows and files as the engine on one machine leaves them.
        folder: to work in.
        chance: chooses whom and when.
    """
    began = time.monotonic()
    room = copy_of(collected, folder / "classroom")
    count = len(expected[0]["students"])
    nannies = chance.random() < 0.5
    victims = ["w0", "w1"] if nannies else ["w0"]
    chance.shuffle(victims)
    moments = sorted(chance.sample(range(count * 3 // 4), len(victims)))
    arguments = [] if nannies else ["--no-nanny"]
    with loopback(folder / "dask", 2, arguments) as cluster:
        process = start(room, folder / "scratch", "--dask", cluster.address)
        assert process.stdout is not None
        told: list[str] = []
        for victim, moment in zip(victims, moments, strict=True):
            while len(told) < moment:
                told.append(process.stdout.readline())
            time.sleep(chance.uniform(0.0, 0.2))
            assert process.poll() is None, told
            os.kill(worker_process(cluster, victim), signal.SIGKILL)
        rest, words = rest_of(process, 240)
        assert process.returncode == 0, words
        assert words.startswith(f"\n{count} submissions") or f"{count} submissions in" in words, words
        told += rest.splitlines(keepends=True)
        graded = Counter(line.split(":")[0] for line in told if line.endswith("(graded)\n"))
        assert set(graded.values()) == {1}, "nothing twice"
        assert len(graded) == count, "nothing lost"
        assert check_whole(room) == count
        require_same(room, expected)
    deadline = time.monotonic() + 10
    while (left := left_running(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left, left
    return Outcome(nannies, tuple(moments), time.monotonic() - began)


def _outcomes(times: int, count: int) -> Iterator[Outcome]:
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        top = Path(name)
        for folder in (top, top / "class", top / "calm"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        collected = make_class(top / "class", count)
        expected = on_this_machine(collected, top / "calm")
        for number in range(times):
            (top / str(number)).mkdir()
            yield drill(collected, expected, top / str(number), random.Random(number))


def main(times: int) -> None:
    """Run the drill and tell of it."""
    killed = 0
    for number, outcome in enumerate(_outcomes(times, 60), start=1):
        killed += len(outcome.killed_after)
        how = "with nannies" if outcome.nannies else "without nannies"
        after = ", ".join(map(str, outcome.killed_after))
        print(f"{number:3}: {how}, workers killed after {after} of 60, {outcome.seconds:.1f} s", flush=True)
    print(f"{times} drills, {killed} workers killed: every class ended as on one machine, nothing lost, nothing twice.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

"""Memory of the process that grades, over a class of 2,000 in one run.

``python -m tests.bench.memory [COUNT]`` collects submissions of the tests' tiny lesson, grades them in one run and
prints the peak of the supervising process after 200, 1,000 and 2,000 of them, and how fast they went.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from autograder.classroom.fast import grade_fast
from autograder.classroom.records import Record
from tests.autograder.classroom.drill import make_class
from tests.autograder.classroom.tiny import TINY


def peak() -> float:
    """MiB that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> None:
    """Grade and print."""
    marks = [mark for mark in (200, 1000, 2000) if mark <= count]
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        room = make_class(Path(name), count)
        print(f"before: {peak():.0f} MiB (collecting {count} submissions included)", flush=True)
        done, started = 0, time.perf_counter()

        def progress(record: Record, fresh: bool) -> None:
            nonlocal done
            done += fresh
            if done in marks:
                seconds = time.perf_counter() - started
                print(f"{done:5} graded: peak {peak():.0f} MiB, {done / seconds:.0f} a second", flush=True)

        graded = grade_fast(room, TINY, room.students(TINY), progress=progress)
        assert graded.fresh == count


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)

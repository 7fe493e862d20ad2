"""The same honest submissions of a lesson through stock ``nbgrader autograde`` and through ``autograder grade``.

``python -m tests.bench.grading [--all] [--dask] [--count 50] [--sample 6] [--rounds 2] [--lesson 05_attention]``

Both start as commands, from cold to the last submission saved: sandbox on, gradebook and autograded notebooks written.
Stock nbgrader has the solution notebook as its source and nothing of ours configured; it takes seconds a submission,
so it grades a sample in every round, and its time for the whole class is ``start + count × time of one`` (``--all``:
it grades the whole class once a round). Rounds alternate, so that whatever else the machine does meets both.

``--dask`` grades the class also on a Dask cluster on loopback, of one worker and of two, with a thread each. The
cluster stands when the clock starts, as it does in a computing centre, but nothing of the grader is loaded in it yet.
Its processor time is counted from the start of its processes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.build.builder import read_source
from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.release import release
from tests.autograder.classroom.tiny import as_bytes, copy_of, filled_in, read_json
from tests.autograder.cluster.loopback import Loopback, loopback

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"
#: One answer in five is another right one, one in five has a mistake that the lesson knows.
SHARES = (3, 1, 1)


def submissions(lesson: str, count: int) -> dict[str, bytes]:
    """``{student: notebook}``: solutions, other right answers and single mistakes, mixed."""
    source = read_source(lesson)
    bench, blank = source.workbench, read_json(Content().release(lesson))
    keys = source.keys()
    chance = random.Random(0)
    made = {}
    for number in range(count):
        answers = dict(bench.solutions)
        for exercise in source.lesson.exercises:
            # An endless loop would measure the time limit.
            ends = {
                m.name for m in keys[exercise.name].misconceptions if not any(o and o["timeout"] for o in m.observed)
            }
            mistakes = [m for m in exercise.misconceptions if m.name in ends]
            (kind,) = chance.choices(("solution", "alternative", "mistake"), SHARES)
            variants = {"solution": (), "alternative": exercise.alternatives, "mistake": mistakes}[kind]
            if variants:
                answers[exercise.name] = bench.source_of(exercise.name, chance.choice(list(variants)))
        made[f"s{number:03d}"] = as_bytes(filled_in(blank, answers))
    return made


def stock_course(folder: Path, lesson: str, handed_in: dict[str, bytes]) -> Path:
    """An nbgrader course with the lesson released and everything submitted."""
    (folder / "source" / lesson).mkdir(parents=True)
    shutil.copyfile(Content().solution(lesson), folder / "source" / lesson / f"{lesson}.ipynb")
    (folder / "nbgrader_config.py").write_text(CONFIG)
    run([*NBGRADER, "generate_assignment", lesson], folder)
    for student, data in handed_in.items():
        place = folder / "submitted" / student / lesson
        place.mkdir(parents=True)
        (place / f"{lesson}.ipynb").write_bytes(data)
        (place / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC\n")
    return folder


NBGRADER = (str(Path(sys.executable).with_name("nbgrader")),)


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds by the clock and of processors, and MiB of its largest process."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str], folder: Path) -> Spent:
    """Run a command to its end, with all that it starts."""
    environment = {
        **os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }  # fmt: skip
    # Both sides start from bytecode, as they do for everybody: stock nbgrader's has come with its installation.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=words, stderr=words)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{words.read().decode(errors='replace')[-3000:]}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Stock:
    """Stock nbgrader on a course, some submissions at a time."""

    def __init__(self, course: Path, lesson: str) -> None:
        self._course, self._lesson = course, lesson
        self._waiting = course / "waiting"
        (course / "submitted").rename(self._waiting)
        (course / "submitted").mkdir()
        self._left = sorted(path.name for path in self._waiting.iterdir())
        self.start: list[Spent] = []
        self.each: list[Spent] = []

    def grade(self, count: int) -> None:
        """Grade the next ones, and before that measure a start with nothing to do but to look."""
        command = [*NBGRADER, "autograde", self._lesson]
        if (self._course / "autograded").is_dir():
            self.start.append(run(command, self._course))
        chosen, self._left = self._left[:count], self._left[count:]
        for student in chosen:
            (self._waiting / student).rename(self._course / "submitted" / student)
        spent = run(command, self._course)
        start = self.start[-1] if self.start else self._first_start(command)
        self.each.append(
            Spent((spent.wall - start.wall) / len(chosen), (spent.cpu - start.cpu) / len(chosen), spent.memory)
        )

    def _first_start(self, command: list[str]) -> Spent:
        self.start.append(run(command, self._course))
        return self.start[-1]

    def whole(self, count: int) -> Spent:
        """A class of ``count``, from what was measured."""
        return Spent(
            statistics.mean(s.wall for s in self.start) + count * statistics.mean(s.wall for s in self.each),
            statistics.mean(s.cpu for s in self.start) + count * statistics.mean(s.cpu for s in self.each),
            max(s.memory for s in self.each),
        )


@dataclass(frozen=True)
class Way:
    """A way in which our command is run: with so many jobs here, or on so many workers of a cluster."""

    count: int
    dask: bool = False

    def __str__(self) -> str:
        return f"{self.count} {'Dask worker' if self.dask else 'job'}{'s' * (self.count > 1)}"


Runs = dict[Way, list[tuple[Spent, dict[str, Any]]]]


def ours(collected: Classroom, lesson: str, way: Way, folder: Path) -> tuple[Spent, dict[str, Any]]:
    """Our command on a fresh copy of the class; what it took, and on what."""
    room = copy_of(collected, folder / "ours")
    report = folder / "report.json"

    def measured(option: str, value: str) -> Spent:
        """The command as anybody gives it; then once more, watched, for what the time goes on."""
        command = [sys.executable, "-m", "tests.bench.grading", "--one", str(room.root), option, value, str(report)]
        watched = [*command, "--lesson", lesson]
        if way.dask:  # whose workers would be warm the second time
            return run(watched, ROOT)
        given = ["grade", lesson, "--classroom", str(room.root), f"--{option}", value]
        spent = run([sys.executable, "-m", "autograder", *given], ROOT)
        shutil.rmtree(room.root)
        copy_of(collected, room.root)
        run(watched, ROOT)
        return spent

    if way.dask:
        before = _children_cpu()
        with loopback(folder / "dask", way.count, ["--no-nanny"]) as cluster:
            _wait_for(cluster, way.count)
            spent = measured("dask", cluster.address)
        shutil.rmtree(folder / "dask")
        spent = replace(spent, cpu=_children_cpu() - before)
    else:
        spent = measured("jobs", str(way.count))
    shutil.rmtree(room.root)
    told: dict[str, Any] = json.loads(report.read_text())
    return spent, told


def _children_cpu() -> float:
    """Seconds of processor time of all processes that this one has started and waited for, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wait_for(cluster: Loopback, workers: int) -> None:
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)


def one(room: str, option: str, value: str, report: str, lesson: str) -> None:
    """``autograder grade`` itself, in this process; what the time went on is written to a file."""
    from autograder.classroom import fast, grade
    from autograder.cli import leave, main

    told: dict[str, Any] = {}
    plain, began = fast.grade_fast, time.perf_counter()

    def watched(*arguments: Any, progress: Any, **options: Any) -> Any:
        def first(record: Any, new: bool) -> None:
            told.setdefault("first", time.perf_counter() - began)
            told["last"] = time.perf_counter() - began
            progress(record, new)

        graded = plain(*arguments, progress=first, **options)
        told.update(count=graded.fresh, timings=graded.timings)
        return graded

    grade.grade_fast = watched
    code = main(["grade", lesson, "--classroom", room, f"--{option}", value])
    told["supervisor"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["supervisor cpu"] = time.process_time()
    Path(report).write_text(json.dumps(told))
    leave(code)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lesson", default="05_attention")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--sample", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--dask", action="store_true", help="also on a Dask cluster of one worker, and of two")
    parser.add_argument("--one", nargs=4, metavar=("ROOM", "OPTION", "VALUE", "REPORT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(*chosen.one, chosen.lesson)
    lesson, count = chosen.lesson, chosen.count
    made = submissions(lesson, count)
    sample = count if chosen.all else max(1, chosen.sample // chosen.rounds)
    rounds = 1 if chosen.all else chosen.rounds
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        top = Path(name)
        top.chmod(0o755)
        stock = Stock(stock_course(top / "stock", lesson, made), lesson)
        room = Classroom(top / "classroom")
        release(room, lesson, Content())
        for student, data in made.items():
            path = top / "in" / f"{student}.ipynb"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        collect(room, lesson, [top / "in"])
        ways = [Way(2), Way(1), *([Way(1, dask=True), Way(2, dask=True)] if chosen.dask else [])]
        found: Runs = {way: [] for way in ways}
        for _ in range(rounds):
            stock.grade(sample)
            for way in ways:
                found[way].append(ours(room, lesson, way, top))
    _print(stock, found, count, sample * rounds)


def _print(stock: Stock, found: Runs, count: int, sampled: int) -> None:
    whole = stock.whole(count)
    print(f"{count} submissions, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end")
    print(f"stock nbgrader: {sampled} submissions graded; start {statistics.mean(s.wall for s in stock.start):.1f} s, "
          f"then {statistics.mean(s.wall for s in stock.each):.2f} s each")  # fmt: skip
    print(f"\n{'':24}{'wall s':>9}{'cpu s':>9}{'ms each':>9}{'MiB':>7}{'ratio':>8}{'ratio, start aside':>20}")
    print(f"{'stock nbgrader':24}{whole.wall:9.1f}{whole.cpu:9.1f}{1000 * whole.wall / count:9.0f}{whole.memory:7.0f}")
    each = statistics.mean(s.wall for s in stock.each)
    for way, runs in found.items():
        wall, cpu = (statistics.median(getattr(spent, name) for spent, _ in runs) for name in ("wall", "cpu"))
        memory = max(spent.memory for spent, _ in runs)
        steady = statistics.median((told["last"] - told["first"]) / (told["count"] - 1) for _, told in runs)
        ratio = f"{whole.wall / wall:7.0f}×{each / steady:19.0f}×"
        print(f"{f'autograder, {way}':24}{wall:9.1f}{cpu:9.1f}{1000 * wall / count:9.0f}"
              f"{memory:7.0f}{ratio}")  # fmt: skip
    print("\nwhere the time goes, milliseconds a submission (what runs side by side is counted twice)\n")
    names = sorted(
        {name for runs in found.values() for _, told in runs for name in told["timings"]},
        key=lambda name: -statistics.median(told["timings"].get(name, 0.0) for _, told in found[Way(1)]),
    )
    print(" " * 24 + "".join(f"{way!s:>15}" for way in found))
    for name in names:
        values = (
            1000 * statistics.median(told["timings"].get(name, 0.0) / told["count"] for _, told in runs)
            for runs in found.values()
        )
        print(f"{name:24}" + "".join(f"{value:15.1f}" for value in values))
    for label, name in (
        ("start, s", "first"), ("supervisor's cpu, s", "supervisor cpu"), ("supervisor's peak, MiB", "supervisor"),
    ):  # fmt: skip
        print(f"{label:24}" + "".join(f"{runs[0][1][name]:15.1f}" for runs in found.values()))


if __name__ == "__main__":
    main()

"""The instructor's commands around a class: release, collect, grade, feedback, export."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.classroom.screen import printable
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.classroom.records import Record
    from autograder.classroom.table import Row
    from autograder.cluster import Cluster
    from autograder.engine.warmth import WarmProcess

_DEFAULT = Path(__file__).resolve().parents[2] / "classroom"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands; each parsed result carries the function to call as ``run``, which returns the exit code.

    ``run`` raises :class:`AutograderError`, a sentence, for what cannot be carried out.
    """
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument(
        "--classroom", type=Path, default=_DEFAULT, metavar="DIR", help="the class's folder (default: classroom/)"
    )

    command = subparsers.add_parser("release", parents=[place], help="make a lesson an assignment of the class")
    command.add_argument("lesson", metavar="LESSON", help="05_attention, or 05")
    command.set_defaults(run=_release)

    command = subparsers.add_parser("collect", parents=[place], help="take in what learners handed in")
    command.add_argument("lesson", metavar="LESSON")
    command.add_argument("given", nargs="+", type=Path, metavar="FILE|ZIP|FOLDER")
    command.add_argument("--student", metavar="ID", help="whose it is, where one notebook is given")
    command.set_defaults(run=_collect)

    command = subparsers.add_parser("grade", parents=[place], help="grade what was collected, or the notebooks given")
    command.add_argument("lesson", metavar="LESSON")
    command.add_argument(
        "notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="grade these files, without a classroom"
    )
    command.add_argument("--json", type=Path, metavar="FILE", help="write scores, statuses and messages there")
    command.add_argument(
        "--engine", choices=["fast", "nbgrader"], default="fast",
        help="what runs the notebooks: our engine, sealed and warm (default), or nbgrader's own way with a kernel each",
    )  # fmt: skip
    command.add_argument("--jobs", type=_positive, metavar="N", help="how many at once (fast; default: the cores)")
    command.add_argument("--student", action="append", default=[], metavar="ID", help="only this one (may be repeated)")
    command.add_argument("--force", "--again", action="store_true", help="grade also what is graded already")
    command.add_argument(
        "--accept-risk", action="append", default=[], metavar="LAYER",
        help="grade although this machine lacks that layer of the sandbox (may be repeated)",
    )  # fmt: skip
    command.add_argument(
        "--dask", metavar="ADDRESS", help="run submissions on the Dask cluster of this scheduler, tcp://host:8786"
    )
    for name, what in (("ca", "the authority's certificate"), ("cert", "our certificate"), ("key", "its key")):
        command.add_argument(f"--dask-tls-{name}", type=Path, metavar="FILE", help=f"TLS to the cluster: {what}")
    command.set_defaults(run=_grade)

    command = subparsers.add_parser("feedback", parents=[place], help="write the pages that learners read")
    command.add_argument("lesson", metavar="LESSON")
    command.set_defaults(run=_feedback)

    command = subparsers.add_parser("export", parents=[place], help="write all scores as CSV")
    command.add_argument("--to", type=Path, default=Path("grades.csv"), metavar="FILE.csv")
    command.add_argument(
        "--lesson", action="append", default=[], metavar="LESSON", help="only this one (may be repeated)"
    )
    command.set_defaults(run=_export)


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of submissions at once: give 1 or more")
    return number


def _release(arguments: argparse.Namespace) -> int:
    from autograder.classroom.folder import Classroom, Content
    from autograder.classroom.release import release

    classroom = Classroom(arguments.classroom.resolve())
    made = release(classroom, arguments.lesson, Content())
    print(f"Released. Hand out {made}\nThe class is in {classroom.root}")
    return 0


def _collect(arguments: argparse.Namespace) -> int:
    from autograder.classroom.collect import collect
    from autograder.classroom.folder import Classroom

    classroom = Classroom(arguments.classroom.resolve())
    collected = collect(classroom, arguments.lesson, arguments.given, arguments.student)
    for receipt in collected.receipts:
        print(receipt)
    for problem in collected.problems:
        print(f"Not taken: {printable(problem)}")
    count = len(collected.receipts)
    print(f"{count} submission{'' if count == 1 else 's'} collected.")
    return 0 if collected.receipts and not collected.problems else 1


def _grade(arguments: argparse.Namespace) -> int:
    if arguments.notebooks and arguments.student:
        raise AutograderError("--student chooses among collected submissions; leave it out where notebooks are given.")
    if arguments.engine == "nbgrader" and (arguments.jobs or arguments.accept_risk):
        raise AutograderError("--jobs and --accept-risk are the fast engine's: leave them out with --engine nbgrader.")
    how: dict[str, Any] = {
        "engine": arguments.engine, "jobs": arguments.jobs, "accept_risk": tuple(arguments.accept_risk),
        "cluster": _cluster(arguments),
    }  # fmt: skip
    with _uncollected() as collect, _begun(arguments) as begun:
        from autograder.classroom.fast import Graded
        from autograder.classroom.folder import Classroom, Content
        from autograder.classroom.grade import grade, grade_loose
        from autograder.classroom.meter import Meter
        from autograder.classroom.table import Row

        rows: dict[str, Row] = {}
        with Meter() as meter:

            def progress(record: Record, fresh: bool) -> None:
                collect()  # with the first record all is imported
                rows[record.student] = Row.of(record)
                meter(record, fresh)

            how |= {"progress": progress, "begin": meter.begin, "begun": begun}
            records: Sequence[Record]
            if arguments.notebooks:
                records = grade_loose(arguments.lesson, arguments.notebooks, Content(), **how)
            else:
                classroom = Classroom(arguments.classroom.resolve())
                records = grade(classroom, arguments.lesson, arguments.student, again=arguments.force, **how)
    students = records.students if isinstance(records, Graded) else [record.student for record in records]
    return _report([rows[student] for student in students], records, arguments.json)


@contextmanager
def _uncollected() -> Iterator[Callable[[], None]]:
    """No garbage is looked for among what is imported, hardly any of which ever is; until what is yielded is called."""
    gc.disable()

    def collect() -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    try:
        yield collect
    finally:
        gc.enable()


def _begun(arguments: argparse.Namespace) -> AbstractContextManager[WarmProcess | None]:
    """A warm process that imports its libraries while this one imports its own."""
    if arguments.engine != "fast" or arguments.dask is not None:
        return nullcontext()
    from autograder.engine.warmth import begun

    return begun()


def _cluster(arguments: argparse.Namespace) -> Cluster | None:
    """The cluster that is asked for, if one is."""
    from autograder.cluster import Cluster

    files = (arguments.dask_tls_ca, arguments.dask_tls_cert, arguments.dask_tls_key)
    if arguments.dask is None:
        if any(files):
            raise AutograderError("--dask-tls-ca, -cert and -key belong to a cluster: say with --dask where it is.")
        return None
    if arguments.engine == "nbgrader":
        raise AutograderError("--dask is the fast engine's: leave it out with --engine nbgrader.")
    if arguments.jobs:
        raise AutograderError("With --dask the threads of the workers say how many run at once: leave out --jobs.")
    return Cluster(arguments.dask, *files)


def _report(rows: Sequence[Row], records: Sequence[Record], json: Path | None) -> int:
    """Show the rows; write the records, which may have to be read for that, one by one, since a class may be large."""
    from autograder.classroom.grade import json_writer
    from autograder.classroom.table import Summary, heading

    width = max([7, *(len(row.student) for row in rows)])
    summary = Summary()
    print("\n" + heading(width))
    for row in rows:
        summary.add(row)
        print("\n".join(row.lines(width)))
    print(f"\n{summary.submissions} graded, {summary.mean_share:.0%} of the points on average.")
    if json:
        with json_writer(json) as write:
            for record in records:
                write(record)
        print(f"Written to {json}")
    if summary.grader_errors:
        print(f"The grader failed on {summary.grader_errors}: see their notes above; run again once mended.")
    return 1 if summary.grader_errors else 0


def _feedback(arguments: argparse.Namespace) -> int:
    from autograder.classroom.feedback import feedback
    from autograder.classroom.folder import Classroom

    made = feedback(Classroom(arguments.classroom.resolve()), arguments.lesson)
    for student, page in made.pages.items():
        print(f"{student}: {page}")
    for problem in made.problems:
        print(printable(problem))
    return 1 if made.problems else 0


def _export(arguments: argparse.Namespace) -> int:
    from autograder.classroom.export import export
    from autograder.classroom.folder import Classroom

    classroom = Classroom(arguments.classroom.resolve())
    print(f"Written to {export(classroom, arguments.to.resolve(), tuple(arguments.lesson))}")
    return 0

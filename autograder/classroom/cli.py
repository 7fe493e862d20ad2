"""The instructor's commands around a class: release, collect, grade, feedback, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.classroom.records import Record

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
    command.add_argument("--engine", choices=["nbgrader"], default="nbgrader", help="what runs the notebooks")
    command.add_argument("--student", action="append", default=[], metavar="ID", help="only this one (may be repeated)")
    command.add_argument("--again", action="store_true", help="grade also what is graded already")
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
        print(f"Not taken: {problem}")
    count = len(collected.receipts)
    print(f"{count} submission{'' if count == 1 else 's'} collected.")
    return 0 if collected.receipts and not collected.problems else 1


def _grade(arguments: argparse.Namespace) -> int:
    from autograder.classroom.folder import Classroom, Content
    from autograder.classroom.grade import grade, grade_loose, grade_summary, table, write_json

    if arguments.notebooks and arguments.student:
        raise AutograderError("--student chooses among collected submissions; leave it out where notebooks are given.")
    if arguments.notebooks:
        records = grade_loose(arguments.lesson, arguments.notebooks, Content(), _say)
    else:
        classroom = Classroom(arguments.classroom.resolve())
        records = grade(classroom, arguments.lesson, arguments.student, again=arguments.again, progress=_say)
    print()
    print(table(records))
    figures = grade_summary(records)
    print(f"\n{figures['submissions']} graded, {figures['mean_share']:.0%} of the points on average.")
    if arguments.json:
        write_json(records, arguments.json)
        print(f"Written to {arguments.json}")
    if figures["grader_errors"]:
        print(f"The grader failed on {figures['grader_errors']}: see their notes above; run again once mended.")
    return 1 if figures["grader_errors"] else 0


def _say(record: Record, fresh: bool) -> None:
    how = "graded" if fresh else "unchanged since it was graded"
    print(f"{record.student}: {record.score:g} of {record.max_score:g} ({how})", flush=True)


def _feedback(arguments: argparse.Namespace) -> int:
    from autograder.classroom.feedback import feedback
    from autograder.classroom.folder import Classroom

    made = feedback(Classroom(arguments.classroom.resolve()), arguments.lesson)
    for student, page in made.pages.items():
        print(f"{student}: {page}")
    for problem in made.problems:
        print(problem)
    return 1 if made.problems else 0


def _export(arguments: argparse.Namespace) -> int:
    from autograder.classroom.export import export
    from autograder.classroom.folder import Classroom

    classroom = Classroom(arguments.classroom.resolve())
    print(f"Written to {export(classroom, arguments.to.resolve(), tuple(arguments.lesson))}")
    return 0

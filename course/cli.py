"""``course``: the learner's command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def _prepare(arguments: argparse.Namespace) -> int:
    from course.prepare import prepare

    print(f"Your working copy: {prepare()}")
    return 0


def _progress(arguments: argparse.Namespace) -> int:
    from course.prepare import earned, lessons_index
    from course.progress import Progress

    progress = Progress().read()
    for lesson in lessons_index():
        points, done = earned(lesson, progress)
        exercises = f"{done} of {len(lesson['exercises'])} exercises"
        print(f"{lesson['name']}: {exercises}, {points:g} of {lesson['points']:g} points")
        for exercise in lesson["exercises"]:
            entry = progress.get(exercise["name"], {})
            hints = f", hints taken: {entry['hints']}" if entry.get("hints") else ""
            state = entry.get("status", "not started")
            print(
                f"    {exercise['name']}: {state}, {float(entry.get('points', 0)):g} of {exercise['points']:g}{hints}"
            )
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from course.prepare import reset

    print(reset(arguments.lesson))
    return 0


def _hand_in(arguments: argparse.Namespace) -> int:
    from course.handin import hand_in

    receipt = hand_in(arguments.lesson)
    print(f"Hand this file in: {receipt.path}")
    print(f"Receipt: {receipt.fingerprint} (whoever collects it sees the same number)")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main_parser = argparse.ArgumentParser(
        prog="course", description="Your copy of the course: prepare, progress, hand in."
    )
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("prepare", help="make or renew your working copy; answers are kept").set_defaults(run=_prepare)
    commands.add_parser("progress", help="what you have done so far").set_defaults(run=_progress)
    for name, run, text in (
        ("reset", _reset, "start a lesson over; your copy is kept"),
        ("handin", _hand_in, "make the file to hand in, and a receipt"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("lesson", metavar="LESSON", help="05_attention or 05")
        command.set_defaults(run=run)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what cannot be done is one sentence and exit code 1."""
    from course.handin import NotReadyError

    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except (LookupError, NotReadyError) as error:
        print(f"course: {error.args[0]}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read this (`… | head`) has read enough; Python would complain once more while it closes.
        sys.stdout = None
        return 0
    except OSError as error:
        print(f"course: {error.strerror or error}: {error.filename or 'the workspace'}", file=sys.stderr)
    return 1

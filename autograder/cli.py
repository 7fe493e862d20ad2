"""``autograder``: the instructor's command line."""

from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import threading
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from autograder.errors import AutograderError

# Subcommands import what they need when they run: nbgrader alone takes seconds.


def _lessons(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "lessons", nargs="*", metavar="LESSON", help="a lesson's name or number (05_attention or 05); all if none"
    )


def _jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="so many lessons at a time (1)")


def _build(arguments: argparse.Namespace) -> int:
    from autograder.build.builder import build, check, check_without_running, format_source
    from autograder.listing import stale
    from autograder.places import ROOT, chosen_lessons, lesson_names, load_contract
    from autograder.spread import spread

    names = chosen_lessons(arguments.lessons)
    if arguments.format:
        for name in names:
            print(
                f"{name}: {'put into the canonical form' if format_source(name) else 'already in the canonical form'}"
            )
        return 0
    if arguments.check:
        held = check_without_running if arguments.not_run else check
        differences = [difference for found in spread(held, names, arguments.jobs) for difference in found]
        differences += [
            f"{path.relative_to(ROOT)}: the table of lessons is not up to date"
            for path in stale([load_contract(name) for name in lesson_names()])
        ]
        print("\n".join(differences) if differences else f"{len(names)} lessons: everything is as the sources give it.")
        if differences:
            print("Run `autograder build` and commit what it changes.")
        return 1 if differences else 0
    changed = [path for found in spread(build, names, arguments.jobs) for path in found]
    for path, text in stale([load_contract(name) for name in lesson_names()]).items():
        path.write_text(text, encoding="utf-8", newline="\n")
        changed.append(path)
    for path in changed:
        print(f"changed: {path.relative_to(ROOT)}")
    print(f"{len(names)} lessons built, {len(changed)} files changed.")
    return 0


def _absorb(arguments: argparse.Namespace) -> int:
    from autograder.build.builder import absorb
    from autograder.places import chosen_lessons

    for name in chosen_lessons([arguments.lesson]):
        print(
            f"{name}: lesson.py "
            + ("renewed from the notebook." if absorb(name) else "already says what the notebook says.")
        )
    return 0


def _prove(arguments: argparse.Namespace) -> int:
    from autograder.blind import hold_answers, report
    from autograder.places import chosen_lessons
    from autograder.prove import prove_named, table
    from autograder.spread import spread

    names = chosen_lessons(arguments.lessons)
    if arguments.answers:
        fine = True
        hold = partial(hold_answers, committed=arguments.committed)
        for name, outcomes in zip(names, spread(hold, names, arguments.jobs), strict=True):
            text, good = report(outcomes, verbose=arguments.verbose)
            print(f"{name}\n{text}", flush=True)
            fine = fine and good
        return 0 if fine else 1
    prove = partial(prove_named, committed=arguments.committed)
    rows = [row for found in spread(prove, names, arguments.jobs) for row in found]
    print(table(rows))
    return 1 if any(row.problems for row in rows) else 0


def _list(arguments: argparse.Namespace) -> int:
    from autograder.listing import as_data
    from autograder.places import lesson_names, load_contract
    from autograder.prove import aligned

    data = as_data([load_contract(name) for name in lesson_names()])
    if arguments.json:
        print(json.dumps(data, indent=1, ensure_ascii=False))
        return 0
    rows = [("lesson", "exercise", "points", "difficulty", "minutes", "misconceptions")]
    for lesson in data:
        rows += [
            (
                lesson["name"],
                e["name"],
                f"{e['points']:g}",
                str(e["difficulty"]),
                str(e["minutes"]),
                str(e["misconceptions"]),
            )
            for e in lesson["exercises"]
        ]
    print(aligned(rows))
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main_parser = argparse.ArgumentParser(prog="autograder", description="Build, prove, release and grade the course.")
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="make solution notebook, release and keys from a lesson's source")
    _lessons(build)
    _jobs(build)
    how = build.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="change nothing; fail on any difference to what is committed")
    how.add_argument(
        "--format", action="store_true", help="put lesson.py into the form that a notebook would write back"
    )
    build.add_argument(
        "--not-run", action="store_true",
        help="with --check: take the committed outputs as they are; the tests run the notebooks through nbval",
    )  # fmt: skip
    build.set_defaults(run=_build)

    absorb = commands.add_parser("absorb", help="write an edited solution notebook back to lesson.py")
    absorb.add_argument("lesson", metavar="LESSON")
    absorb.set_defaults(run=_absorb)

    prove = commands.add_parser("prove", help="prove that every exercise keeps its contract")
    _lessons(prove)
    _jobs(prove)
    prove.add_argument(
        "--answers", action="store_true", help="hold the blind answers of tests/answers against the contract"
    )
    prove.add_argument(
        "--committed", action="store_true",
        help="with the committed keys instead of new ones: `build --check` says whether they are the same",
    )  # fmt: skip
    prove.add_argument("--verbose", action="store_true", help="with --answers: every answer, not only the troublesome")
    prove.set_defaults(run=_prove)

    listing = commands.add_parser("list", help="lessons and exercises")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=_list)

    from autograder.classroom.cli import add_commands

    add_commands(commands)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a mistake of the instructor's is one sentence and exit code 1."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except AutograderError as error:
        from autograder.classroom.screen import printable

        told = "\n".join(printable(line, 5_000) for line in str(error).splitlines())
        print(f"autograder: {told}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        print(f"autograder: {stopped or 'stopped.'}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read what is printed has read enough, as ``head`` does
        return 1
    except OSError as error:
        print(_told(error), file=sys.stderr)
        return 1


def _told(error: OSError) -> str:
    what = f"{error.filename}: " if error.filename else ""
    return f"autograder: {what}{error.strerror or error}."


def leave(code: int) -> NoReturn:
    """End the process with all that is due then, but for Python letting go of all that was imported, one by one."""
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, as multiprocessing's children do
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = code or 1
    except OSError as error:
        print(_told(error), file=sys.stderr)
        code = code or 1
    sys.stderr.flush()
    os._exit(code)


def run() -> NoReturn:
    """The command ``autograder``."""
    leave(main())

"""The command line of setup/run.py."""

import argparse
import errno
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from bootstrap import doctor, lab, suite
from bootstrap.environment import Wish, ensure
from bootstrap.layout import Project, this_project
from bootstrap.packages import full_disk
from bootstrap.stop import Stop
from bootstrap.torch_build import BUILD_VARIABLE, wanted_kind

# These hand everything after their name to another program, options included.
PASSED_ON = ("test", "course", "autograder", "resources")


def parser() -> argparse.ArgumentParser:
    """All commands and their help."""
    top = argparse.ArgumentParser(
        prog="setup/run.py",
        description="One command for everything. The first start makes the environment; later ones need no network.",
        epilog="Elsewhere: LLM_FROM_ZERO_VENV names another folder for the environment, LLM_FROM_ZERO_CACHE for the "
        "resources, LLM_FROM_ZERO_WORKSPACE for your answers.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    opening = commands.add_parser("lab", help="open the course in JupyterLab")
    opening.add_argument("--no-browser", action="store_true", help="only print the address")
    opening.add_argument("--port", type=int, help="where to listen (else the first free one from 8888 on)")
    build = opening.add_mutually_exclusive_group()
    build.add_argument(
        "--gpu", dest="torch", action="store_const", const="gpu", help=f"torch for a GPU (or {BUILD_VARIABLE}=gpu)"
    )
    build.add_argument("--cpu", dest="torch", action="store_const", const="cpu", help="torch for the CPU: the default")
    opening.add_argument("--rebuild", action="store_true", help="make the environment anew")
    opening.add_argument("--skip-resources", action="store_true", help="start without BERT weights and reviews")
    opening.add_argument(
        "--classroom", type=Path, metavar="DIR", help="for instructors: open this classroom, with Formgrader"
    )
    commands.add_parser("test", help="run all tests; arguments go to pytest", add_help=False)
    commands.add_parser("doctor", help="look at everything the course needs, and say what mends it")
    commands.add_parser(
        "resources", help="have BERT weights, reviews and the sentiment model (fetch, check, list)", add_help=False
    )
    commands.add_parser("course", help="the learner's command line", add_help=False)
    commands.add_parser("autograder", help="the instructor's command line", add_help=False)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command; whatever stops it is one sentence on stderr. Returns the exit status."""
    begun = time.monotonic()
    project = this_project()
    _survive_narrow_terminals()
    try:
        return _run(project, list(arguments), begun)
    except Stop as ending:
        print(ending, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. Nothing is broken: run the same command again.", file=sys.stderr)
        return 130
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            print(full_disk(project.environment.folder), file=sys.stderr)
        else:
            where = f" ({problem.filename})" if problem.filename else ""
            reason = problem.strerror or str(problem)
            print(f"The system refused: {reason}{where}; mend that, then run the same command again.", file=sys.stderr)
    except Exception:
        story = Path(tempfile.gettempdir()) / f"llm-from-zero-{os.getpid()}.txt"
        story.write_text(traceback.format_exc(), encoding="utf-8")
        print(f"The set-up met something it does not know: please report it with {story}.", file=sys.stderr)
    return 1


def _survive_narrow_terminals() -> None:
    """A console that lacks a character must not end a set-up."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _run(project: Project, arguments: list[str], begun: float) -> int:
    if arguments and arguments[0] in PASSED_ON:
        return _pass_on(project, arguments[0], arguments[1:])
    chosen = parser().parse_args(arguments)
    if chosen.command == "doctor":
        return doctor.run(project)
    start = lab.plan(project, chosen.port, not chosen.no_browser, chosen.classroom)
    wish = Wish(torch=wanted_kind(chosen.torch), rebuild=chosen.rebuild)
    environment = ensure(project, wish)

    def prepare() -> None:
        if chosen.classroom is None:
            lab.prepare(project, environment, resources=not chosen.skip_resources)

    return lab.run(environment, start, begun, meanwhile=prepare)


def _pass_on(project: Project, command: str, rest: list[str]) -> int:
    environment = ensure(project, Wish(tests=command == "test", torch=wanted_kind(None)))
    if command == "test":
        lab.prepare(project, environment, resources=True)
        return suite.run(project, environment, rest)
    module = "course.resources" if command == "resources" else command
    done = subprocess.run([str(environment.python), "-m", module, *rest], env=environment.variables())
    return done.returncode

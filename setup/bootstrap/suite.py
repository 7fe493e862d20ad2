"""Everything that has to hold: lint, types, the built lessons, the proofs, the tests."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from bootstrap import chromium, servers
from bootstrap.layout import Environment, Project

NO_SKIPS_VARIABLE = "LLM_FROM_ZERO_NO_SKIPS"


@dataclass(frozen=True)
class Step:
    """One program of the suite: what it shows, and its command after the environment's Python."""

    name: str
    arguments: tuple[str, ...]


def in_ci() -> bool:
    """Whether this is a CI run, where nothing may be skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def steps(pytest_arguments: Sequence[str], workers: int) -> list[Step]:
    """The whole suite; with arguments of one's own only pytest, which gets them."""
    if pytest_arguments:
        return [Step("pytest", ("-m", "pytest", *pytest_arguments))]
    # Tests of a file share costly fixtures (a JupyterLab, a set-up course): --dist loadfile keeps them on one worker.
    spread = ("-n", str(workers), "--dist", "loadfile") if workers > 1 else ()
    lessons = ("--jobs", str(workers))
    return [
        Step("ruff: lint", ("-m", "ruff", "check", ".")),
        Step("mypy: types", ("-m", "mypy")),
        Step(
            "autograder build --check: what is committed is what the sources give",
            # what the notebooks show is compared where nbval runs them, in tests/test_notebooks.py
            ("-m", "autograder", "build", "--check", "--not-run", *lessons),
        ),
        # with the keys that were just found to be right
        Step(
            "autograder prove: every exercise keeps its contract",
            ("-m", "autograder", "prove", "--committed", *lessons),
        ),
        Step(
            "autograder prove --answers: answers by other people",
            ("-m", "autograder", "prove", "--answers", "--committed", *lessons),
        ),
        # the solution notebooks are among them: tests/test_notebooks.py runs nbval with the network closed, and what it
        # sees is compared with the build to the byte
        Step("pytest: tests", ("-m", "pytest", *spread, "tests")),
    ]


def run(project: Project, environment: Environment, pytest_arguments: Sequence[str]) -> int:
    """Run the suite to its end and say what failed; returns the exit status."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, 4)
    browser, sentence = chromium.ensure()
    print("\n".join([sentence, *servers.ensure()]), flush=True)
    variables = environment.variables(
        # as many threads in all as there are cores, however many workers share them
        OMP_NUM_THREADS=os.environ.get("OMP_NUM_THREADS", str(max(1, cores // workers))),
        TOKENIZERS_PARALLELISM="false",
        HF_HUB_OFFLINE="1",
        HF_HUB_DISABLE_TELEMETRY="1",
        PYTHONDONTWRITEBYTECODE="1",
    )
    if browser:
        variables[chromium.CHROMIUM_VARIABLE] = browser
    if in_ci():
        variables[NO_SKIPS_VARIABLE] = "1"
    failed = []
    for step in steps(pytest_arguments, workers):
        print(f"\n== {step.name}", flush=True)
        done = subprocess.run([str(environment.python), *step.arguments], env=variables, cwd=project.root)
        if done.returncode:
            failed.append(step.name)
    if failed:
        print(f"\nFailed: {'; '.join(failed)}", flush=True)
    return 1 if failed else 0

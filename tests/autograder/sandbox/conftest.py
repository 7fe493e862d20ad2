"""``sealed(function)`` runs a function of a test in a real sealed child and returns what came of it."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    collect_ignore_glob = ["test_calls.py", "test_ending.py", "test_files.py", "test_honest.py", "test_limits.py",
                           "test_sealing.py", "test_user.py", "test_watching.py"]  # fmt: skip

from autograder import sandbox

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Outcome:
    """What came of a sealed child.

    Attributes:
        value: what the function returned, through JSON.
        layers: what ``seal`` returned.
        refusal: the sentence of a SealError.
        code: exit code; negative for a signal.
        cause: why the watcher ended it.
        processor: seconds of processor time.
        folder: its private folder, still there.
        pid: its process number.
        peak: the most memory of its own that the watcher saw, in bytes.
    """

    value: Any
    layers: tuple[str, ...]
    refusal: str
    code: int
    cause: str
    processor: float
    folder: Path
    pid: int
    peak: int


class Warm:
    """The warm process and the way to it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        settings = {
            **{name: os.environ[name] for name in ("HOME", "LLM_FROM_ZERO_CACHE") if name in os.environ},
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("warm_process.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings, cwd=ROOT,
        )  # fmt: skip
        self.number = 0

    def ask(self, question: dict[str, Any]) -> None:
        """Send one line."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Read one line."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the warm process died"
        return json.loads(line)

    def __call__(
        self,
        function: Callable[..., Any],
        *,
        before: str = "",
        limits: dict[str, Any] | None = None,
        readable: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
        keep: tuple[int, ...] = (),
        accept_risk: tuple[str, ...] = (),
        patience: float = 60.0,
        parent_folder: Path | None = None,
        **arguments: Any,
    ) -> Outcome:
        """Run ``function(**arguments)`` sealed, under watch; errors that it lets out fail the test."""
        self.number += 1
        folder = (parent_folder or self.base) / f"job-{self.number}"
        folder.mkdir()
        result = self.base / f"result-{self.number}.json"
        chosen = {"wall_seconds": 60.0, **(limits or {})}
        spec = {"folder": str(folder), "limits": chosen, "readable": readable, "environment": environment or {},
                "keep": keep, "accept_risk": accept_risk}  # fmt: skip
        source = textwrap.dedent(inspect.getsource(function))
        self.ask({"source": source, "name": function.__name__, "arguments": arguments, "before": before,
                  "spec": spec, "result": str(result)})  # fmt: skip
        pid = self.answer()["pid"]
        watch = sandbox.watch(pid, folder, sandbox.Limits(**chosen))
        with watch:
            self.ask({"go": True})
            cause = watch.wait(patience)
            assert watch.ended, f"the child is still there after {patience} s"
        ended = self.answer()
        text = result.read_text()
        told = json.loads(text) if text else {}
        assert "error" not in told, told["error"]
        return Outcome(
            value=told.get("value"), layers=tuple(told.get("layers", ())), refusal=told.get("refusal", ""),
            code=ended["code"], cause=cause, processor=ended["processor"], folder=folder, pid=pid,
            peak=watch.peak_bytes,
        )  # fmt: skip


@pytest.fixture(scope="module")
def sealed() -> Iterator[Warm]:
    """Runs functions sealed."""
    base = Path(tempfile.mkdtemp(prefix="sandbox-test-"))
    warm = Warm(base)
    yield warm
    assert warm.process.stdin
    warm.process.stdin.close()
    assert warm.process.wait(30) == 0
    sandbox.remove_tree(base)


as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")

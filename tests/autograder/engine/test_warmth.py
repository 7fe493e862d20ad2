"""The warm process: what it knows, and what happens when it or its supervisor dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.engine import Engine, Job, Limits
from autograder.engine.supervisor import _Gate
from autograder.engine.warmth import CODE, WarmFailed, WarmLost, WarmProcess
from autograder.sandbox.ending import children, descendants
from tests.autograder.engine.test_engine import FULL, Filled, came


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def test_it_has_one_thread_no_secret_and_no_key(
    job: Callable[..., Job], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADERS_TOKEN", "sesame-open")
    with Engine() as engine:
        assert came(engine.grade(job(filled()))) == FULL
        (warm,) = engine._warm.values()
        assert warm.threads == 1
        assert b"sesame-open" not in Path(f"/proc/{warm.pid}/environ").read_bytes()
        maps, memory = Path(f"/proc/{warm.pid}/maps").read_text(), b""
        with Path(f"/proc/{warm.pid}/mem").open("rb", buffering=0) as file:
            for line in maps.splitlines():
                span, mode, *_ = line.split()
                if mode.startswith("rw"):
                    first, last = (int(end, 16) for end in span.split("-"))
                    file.seek(first)
                    try:
                        memory = file.read(last - first)
                    except OSError:
                        continue
                    assert b"142154690" not in memory, "a hidden expectation"
                    assert b"71077345" not in memory, "a hidden input"
                    assert b"return double(double(x))" not in memory, "a submission"


@pytest.mark.slow
def test_the_largest_one_has_one_thread_too() -> None:
    from autograder.engine.supervisor import IMPORTS

    warm = WarmProcess([name for names in IMPORTS.values() for name in names])
    try:
        assert warm.threads == 1
        assert warm.failed == {}
    finally:
        warm.close()


@pytest.mark.slow
def test_it_is_started_again_when_it_dies(job: Callable[..., Job], filled: Filled) -> None:
    with Engine(workers=2) as engine:
        assert came(engine.grade(job(filled()))) == FULL
        (warm,) = engine._warm.values()
        slow = filled(mean="import time\ntime.sleep(1.5)\ndef mean(v): return sum(v) / len(v)")
        results: list[dict[str, Any]] = []
        threads = [threading.Thread(target=lambda: results.append(came(engine.grade(job(slow))))) for _ in range(2)]
        for thread in threads:
            thread.start()
        assert wait_until(lambda: len(children(warm.pid)) == 2)
        time.sleep(0.3)
        os.kill(warm.pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
        assert results == [FULL, FULL]
        (second,) = engine._warm.values()
        assert second.pid != warm.pid


@pytest.mark.slow
def test_a_submission_that_always_ends_it_is_given_up_alone(
    job: Callable[..., Job], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.engine import supervisor

    whole = supervisor.Attempt.answer

    def answer(self: Any) -> Any:
        if self.is_killer:
            # Once it has been waited for, its children have been sent their signals, too.
            self._warm._process.kill()
            self._warm._process.wait(30)
        return whole(self)

    monkeypatch.setattr(supervisor.Attempt, "answer", answer)
    monkeypatch.setattr(supervisor.Attempt, "is_killer", True, raising=False)
    with Engine() as engine:
        lost = engine.grade(job(filled()))
        monkeypatch.setattr(supervisor.Attempt, "is_killer", False)
        assert came(engine.grade(job(filled()))) == FULL
    assert {status for status, _ in came(lost).values()} == {"crash"}


def test_one_that_cannot_start_says_why() -> None:
    with pytest.raises(WarmFailed, match="could not be started"):
        WarmProcess(["torch"], patience=0.01)


def test_modules_that_are_missing_are_told_and_hinder_nothing() -> None:
    warm = WarmProcess(["no_such_module_at_all"])
    try:
        assert "no_such_module_at_all" in warm.failed
    finally:
        warm.close()
    with pytest.raises(WarmLost):
        warm.know(["torch.softmax"])


def test_when_the_supervisor_is_killed_everything_below_it_ends(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from autograder.engine.attempt import Attempt
        from autograder.engine.model import Limits
        from autograder.engine.warmth import WarmProcess
        from autograder.engine.watcher import Watcher

        base = Path(sys.argv[1])
        warm = WarmProcess(["numpy"], orphaned=[base])
        with Attempt(warm, Watcher(), base, Limits(), frozenset()) as attempt:
            attempt.ask("run", {"source": "import os\\nos.makedirs('a/b')\\nwhile True: pass", "plain": True}, {}, 60)
            print(warm.pid, flush=True)
            time.sleep(60)
        """
    )
    base = tmp_path / "base"
    base.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(base)], stdout=subprocess.PIPE, text=True, cwd=CODE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert process.stdout is not None
    warm = int(process.stdout.readline())
    below = [warm, *descendants(warm)]
    assert len(below) == 2
    process.kill()
    process.wait()
    process.stdout.close()
    assert wait_until(lambda: not any(map(is_alive, below)))
    assert wait_until(lambda: not list(tmp_path.iterdir())), "its folders are gone as well"


def test_who_must_be_alone_waits_for_the_others_and_they_for_it() -> None:
    gate, seen, inside = _Gate(), [], threading.Event()

    def alone() -> None:
        with gate.alone():
            seen.append("alone")

    def together() -> None:
        inside.wait()
        with gate.together():
            seen.append("together")

    threads = [threading.Thread(target=alone), threading.Thread(target=together)]
    with gate.together():
        for thread in threads:
            thread.start()
        assert wait_until(lambda: gate._waiting_alone == 1)
        inside.set()
        time.sleep(0.05)
        assert seen == []
    for thread in threads:
        thread.join(5)
    assert seen == ["alone", "together"]


def test_an_engine_needs_a_worker() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        Engine(workers=0)
    assert Limits().restarts == 4

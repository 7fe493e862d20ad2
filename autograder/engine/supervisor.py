"""The engine: workers that take jobs one after another, one warm process that forks for all of them."""

from __future__ import annotations

import contextlib
import queue
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from autograder.engine.attempt import Attempt
from autograder.engine.grading import Grading, questions_json
from autograder.engine.judging import Judging
from autograder.engine.model import Job, Limits, Policy, Result
from autograder.engine.passing import Cases
from autograder.engine.warm import FIRST, IMPORTS
from autograder.engine.warmth import CODE, WarmLost, WarmProcess
from autograder.engine.watcher import Watcher
from autograder.sandbox import require
from course.checking.key import Key

_CALLS_FOR = {
    "plots": frozenset({"matplotlib", "matplotlib_inline", "seaborn", "ipywidgets", "anywidget", "course.visualizers"}),
    "models": frozenset({
        "transformers", "datasets", "pandas", "tokenizers", "safetensors", "huggingface_hub", "pyarrow",
        "course.load_bert", "course.load_reviews", "course.resources", "course.data", "optim",
    }),
}  # fmt: skip
_LOSSES = 2


class Engine:
    """Grades jobs; use it in a ``with`` block.

    Args:
        workers: how many submissions run at a time.
        limits: what each may use.
        policy: how they are run.
        imports: what the warm processes import, by their kinds, from the smallest to the largest.
        begun: a warm process of the smallest kind that is still starting; the engine closes it.

    Raises:
        SandboxRefusal: on entry, if this machine lacks a layer of the sandbox whose risk is not accepted.
        WarmFailed: on entry, if the warm process cannot be started.
    """

    def __init__(
        self, workers: int = 1, limits: Limits | None = None, policy: Policy | None = None,
        imports: Mapping[str, Sequence[str]] = IMPORTS, begun: WarmProcess | None = None,
    ) -> None:  # fmt: skip
        if workers < 1:
            raise ValueError("an engine needs at least one worker")
        self.workers = workers
        self.limits = limits or Limits()
        self.policy = policy or Policy()
        self._imports = imports
        self._begun = begun
        self._warm: dict[str, WarmProcess] = {}
        self._warm_lock = threading.Lock()
        self._asked: dict[tuple[int, Cases], tuple[Key, bytes]] = {}
        self._judging = Judging()
        self._gate = _Gate()
        self._slots = threading.BoundedSemaphore(workers)
        self._stop = threading.Event()

    def __enter__(self) -> Engine:
        #: The layers of the sandbox that this machine can give.
        self.layers = require(self.policy.accept_risk)
        self._base = Path(tempfile.mkdtemp(prefix="grading-"))
        # Children reach their own folder by its name, which only they know.
        self._base.chmod(0o711)
        self._watcher = Watcher()
        self._stop.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._watcher.end_all()
        with self._warm_lock:
            for warm in (*self._warm.values(), *([self._begun] if self._begun else [])):
                warm.close()
            self._warm.clear()
            self._begun = None
        self._watcher.close()
        shutil.rmtree(self._base, ignore_errors=True)

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Grade jobs and give each result as it comes, in no order; a job is taken when somebody is free for it.

        There is one thread more than may run a submission: it reads and plans the next one and brings its child up,
        while the others wait for theirs; its cells run as soon as those of another one have.
        """
        threads = self.workers + 1
        results: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=1)
        done = threading.Event()
        source, taking = iter(jobs), threading.Lock()

        def work() -> None:
            try:
                while not done.is_set() and not self._stop.is_set():
                    with taking:  # a generator gives to one at a time
                        job = None if done.is_set() else next(source, None)
                    if job is None:
                        break
                    _put(results, self.grade(job), done)
            except BaseException as error:
                _put(results, error, done)
            _put(results, None, done)

        running = [threading.Thread(target=work, daemon=True, name=f"worker-{i}") for i in range(threads)]
        for thread in running:
            thread.start()
        left = threads
        try:
            while left:
                item = results.get()
                if item is None:
                    left -= 1
                elif isinstance(item, BaseException):
                    raise item
                else:
                    yield item
        finally:
            done.set()
            if left:
                self._watcher.end_all()
            for thread in running:
                thread.join(30)

    def grade(self, job: Job) -> Result:
        """Grade one job in the calling thread."""
        refuse = sorted({path for key in job.keys.values() for path in key.refuse})

        def start(modules: frozenset[str]) -> Attempt:
            warm = self._warmed(_kind(modules))
            warm.know(refuse)
            return Attempt(warm, self._watcher, self._base, self.limits, self.policy.accept_risk, job.files)

        for losses in range(_LOSSES + 1):
            # After a loss nobody else runs beside it, so that whoever ends the warm process ends nobody else's work.
            with self._gate.alone() if losses else self._gate.together():
                grading = Grading(
                    job, self.limits, self.policy, self._questions, self._judging.verdict,
                    {str(CODE): "…", str(self._base): "…"}, self._slots,
                )  # fmt: skip
                try:
                    return grading.result(start)
                except WarmLost:
                    if self._stop.is_set():
                        raise
        return grading.gave_up()

    def _questions(self, key: Key, cases: Cases) -> bytes:
        found = self._asked.get((id(key), cases))
        if found is None or found[0] is not key:
            if len(self._asked) > 500:
                self._asked.clear()
            found = self._asked[id(key), cases] = (key, questions_json(key, cases))
        return found[1]

    def _warmed(self, kind: str) -> WarmProcess:
        """The warm process of a kind, started when it is first needed, and again if it was lost."""
        with self._warm_lock:
            warm = self._warm.get(kind)
            if warm is not None and warm.lost:
                self._warm.pop(kind).close()
                warm = None
            if warm is None:
                if self._stop.is_set():
                    raise WarmLost
                warm = self._warm[kind] = self._started(kind)
            return warm

    def _started(self, kind: str) -> WarmProcess:
        begun = self._begun if kind == FIRST else None
        if begun is not None:
            self._begun = None
            begun.wait()
            begun.own(self._base)
            return begun
        kinds = list(self._imports)
        modules = [name for one in kinds[: kinds.index(kind) + 1] for name in self._imports[one]]
        return WarmProcess(modules, orphaned=[self._base])


def _kind(modules: frozenset[str]) -> str:
    """The smallest kind of warm process that has what cells import."""
    return next((kind for kind in ("models", "plots") if modules & _CALLS_FOR[kind]), "plain")


def _put(taken: queue.Queue, item: object, done: threading.Event) -> bool:
    """Hand something over, unless nobody wants it any more; returns whether it was taken."""
    while not done.is_set():
        with contextlib.suppress(queue.Full):
            taken.put(item, timeout=0.2)
            return True
    return False


class _Gate:
    """Lets many through together, or one alone."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting_alone = 0

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        with self._changed:
            while self._inside < 0 or self._waiting_alone:
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        with self._changed:
            self._waiting_alone += 1
            while self._inside:
                self._changed.wait()
            self._waiting_alone -= 1
            self._inside = -1
        try:
            yield
        finally:
            with self._changed:
                self._inside = 0
                self._changed.notify_all()

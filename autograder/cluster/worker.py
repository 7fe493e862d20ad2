"""What runs on a worker of the cluster: one grader a process, kept between tasks and closed with the worker.

The functions here are the tasks; they take bytes and give bytes. Hidden keys stay in this process: its warm process is
started with an empty environment and hears of a job only the inputs (:mod:`autograder.engine`).
"""

from __future__ import annotations

import json
import platform
import shutil
import socket
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from distributed import Reschedule, Worker, WorkerPlugin, get_worker

from autograder.classroom.ledger import grader_version
from autograder.cluster.parcels import (
    Lesson,
    digest_of,
    job_of_order,
    pack_failure,
    pack_refusal,
    pack_result,
    settings_of,
    unpack_lesson,
    unpack_order,
)
from autograder.engine import Engine
from autograder.engine.warmth import WarmLost
from autograder.errors import AutograderError
from autograder.sandbox import require

#: Under this name every worker has the plugin; it is set up once, whoever comes.
PLUGIN = "llm-from-zero-grader"
_MAX_LESSONS = 8


class Grader:
    """Engines and lessons, for as long as a worker lives; used by all of its threads.

    Args:
        scratch: where the files of lessons and jobs are put.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="lessons-", dir=scratch))
        self._lock = threading.Lock()
        self._closed = False
        self._engines: dict[str, Engine] = {}
        self._lessons: OrderedDict[str, Lesson] = OrderedDict()

    def grade(self, lesson: bytes, job: bytes) -> bytes:
        """Grade a job; both come and the result goes as parcels.

        Raises:
            WarmLost: if the worker is closing.
            ValueError: if the lesson is another one than the job's.
            AutograderError: if nothing can be graded here.
        """
        order = unpack_order(job)
        _require_same(order.grader)
        with tempfile.TemporaryDirectory(prefix="beside-", dir=self._scratch) as folder:
            todo = job_of_order(order, self._lesson(lesson, order.lesson), Path(folder))
            return pack_result(self._engine(order.settings).grade(todo))

    def _lesson(self, data: bytes, digest: str) -> Lesson:
        if digest_of(data) != digest:
            raise ValueError("the lesson that arrived is not the one that the job belongs to")
        with self._lock:
            lesson = self._lessons.get(digest)
            if lesson is None:
                if len(self._lessons) >= _MAX_LESSONS:
                    # Its files stay until the worker closes: another thread may just be using them.
                    self._lessons.popitem(last=False)
                folder = Path(tempfile.mkdtemp(prefix="lesson-", dir=self._scratch))
                lesson = self._lessons[digest] = unpack_lesson(data, folder)
            self._lessons.move_to_end(digest)
            return lesson

    def _engine(self, settings: str) -> Engine:
        """The engine with these settings; a class and its re-runs have the same, so there is hardly ever a second."""
        with self._lock:
            if self._closed:
                raise WarmLost
            engine = self._engines.get(settings)
            if engine is None:
                engine = Engine(1, *settings_of(settings))
                engine.__enter__()
                self._engines[settings] = engine
            return engine

    def close(self) -> None:
        """End what runs, and remove what was made."""
        with self._lock:
            self._closed = True
            engines = list(self._engines.values())
        for engine in engines:
            engine.__exit__(None, None, None)
        shutil.rmtree(self._scratch, ignore_errors=True)


def _require_same(grader: str) -> None:
    if grader != grader_version():
        raise AutograderError(
            "its grader is not the same as here: install the same version of the project, with the same versions of "
            "torch, numpy, transformers and datasets, on all machines."
        )


class GraderPlugin(WorkerPlugin):
    """Gives a worker its :class:`Grader`, and closes it with the worker."""

    name = PLUGIN
    idempotent = True

    def setup(self, worker: Worker) -> None:
        """Make the grader; Dask removes the worker's own folder also after a worker that was killed."""
        self.grader = Grader(Path(worker.local_directory))

    def teardown(self, worker: Worker) -> None:
        """Close the grader."""
        self.grader.close()


# Tasks


def bring(parcel: bytes) -> bytes:
    """A lesson's parcel as the result of a task: Dask brings it to each worker once, and again where it was lost."""
    return parcel


def grade(lesson: bytes, job: bytes) -> bytes:
    """Grade a job on this worker."""
    worker = get_worker()
    plugin = worker.plugins[PLUGIN]
    assert isinstance(plugin, GraderPlugin)
    try:
        return plugin.grader.grade(lesson, job)
    except WarmLost:
        # This worker is being closed; the job is another one's.
        raise Reschedule from None
    except AutograderError as error:
        return pack_refusal(f"The Dask worker {worker.address} on {socket.gethostname()} cannot grade: {error}")
    except Exception as error:  # one job that the grader fails on must not end a run over a class
        return pack_failure(f"{type(error).__name__}: {error}")


def introduce(grader: str, accept_risk: Iterable[str]) -> bytes:
    """What a worker is, as JSON: its host, its Python, and why it cannot grade, if it cannot.

    Args:
        grader: the version of the grader that asks.
        accept_risk: layers of the sandbox that may be missing.
    """
    reason = ""
    try:
        _require_same(grader)
        require(accept_risk)
    except AutograderError as error:
        reason = str(error)
    told = {"host": socket.gethostname(), "python": platform.python_version(), "reason": reason}
    return json.dumps(told).encode()

"""Runs jobs on a Dask cluster, with the face of :class:`autograder.engine.Engine`: jobs in, results out."""

from __future__ import annotations

import contextlib
import json
import logging
import platform
import queue
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from autograder.classroom.ledger import grader_version
from autograder.cluster import Cluster
from autograder.cluster.parcels import (
    Failed,
    Lesson,
    Refused,
    pack_job,
    pack_lesson,
    settings_text,
    unpack_result,
)
from autograder.cluster.unrun import ended_workers, fault
from autograder.engine.model import Job, Limits, Policy, Result
from autograder.errors import AutograderError, missing_extra

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT = 10.0
_FIRST_WORKER = 30.0
_LOOK = 1.0
_AGAIN = "What is graded is saved; see to the cluster, and run the same command again for the rest."


@dataclass
class _Flight:
    """A task on its way, and whose jobs it does: those of equal submissions are one task."""

    future: Future
    jobs: list[Job]


class DaskRunner:
    """Runs jobs on a cluster; use it in a ``with`` block.

    Args:
        cluster: where it is.
        limits: what each submission may use.
        policy: how they are run.
        lesson: what the jobs have in common; it is sent once.
        patience: seconds without any worker, or without the scheduler, after which it gives up.

    Raises:
        AutograderError: on entry, if the cluster cannot be reached, or one of its workers cannot grade as this machine
            would; while running, if it is lost.
    """

    def __init__(
        self, cluster: Cluster, limits: Limits, policy: Policy, lesson: Lesson, patience: float = 60.0
    ) -> None:
        self._cluster, self._limits, self._policy, self._lesson = cluster, limits, policy, lesson
        self._patience = patience
        self._settings = settings_text(limits, policy)
        self._flights: dict[str, _Flight] = {}
        self._landed: queue.Queue[str] = queue.Queue()
        self._client: Client | None = None

    def __enter__(self) -> DaskRunner:
        try:
            self._client = _connected(self._cluster)
            self._check_workers(self._client)
            self._prepare(self._client)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):
                client.close(timeout=5)

    # Before the first job

    def _check_workers(self, client: Client) -> None:
        """Let every worker introduce itself; none may be there that grades in another way than this machine."""
        from autograder.cluster.worker import introduce

        address = self._cluster.address
        try:
            client.wait_for_workers(1, timeout=_FIRST_WORKER)
        except TimeoutError:
            raise AutograderError(
                f"The Dask cluster at {address} has no worker: start one with `dask worker {address}`."
            ) from None
        told = client.run(introduce, grader_version(), sorted(self._policy.accept_risk), on_error="return")
        here = platform.python_version()
        for worker, words in told.items():
            if isinstance(words, BaseException):
                raise AutograderError(
                    f"The Dask worker {worker} cannot load the grader ({type(words).__name__}: {words}): install this "
                    "project there, with the same Python and the same packages."
                )
            introduced = json.loads(words)
            name = f"{worker} on {introduced['host']}"
            if introduced["python"].split(".")[:2] != here.split(".")[:2]:
                raise AutograderError(
                    f"The Dask worker {name} has Python {introduced['python']}, and this is Python {here}: answers can "
                    "come out differently there; use the same version on all machines."
                )
            if introduced["reason"]:
                raise AutograderError(f"The Dask worker {name} cannot grade: {introduced['reason']}")

    def _prepare(self, client: Client) -> None:
        from autograder.cluster.worker import GraderPlugin, bring

        client.register_plugin(GraderPlugin())
        parcel = pack_lesson(self._lesson)
        self._digest = parcel.digest
        # A task and not scattered data: what a lost worker held is made again.
        self._sent = client.submit(bring, parcel.data, key=f"lesson-{parcel.digest}")
        self._room, self._looked, self._well = 2, 0.0, time.monotonic()
        self._look()

    # Jobs and results

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Grade jobs and give each result as it comes, in no order; enough are on their way to keep workers busy."""
        suspects: list[Job] = []
        try:
            yield from self._stream(iter(jobs), suspects)
            # Workers died beneath these, and beneath everything that waited there: alone it shows which one it was.
            for job in suspects:
                guilty: list[Job] = []
                yield from self._stream(iter([job]), guilty)
                for one in guilty:
                    yield ended_workers(one)
        finally:
            self._cancel()

    def _stream(self, jobs: Iterator[Job], suspects: list[Job]) -> Iterator[Result]:
        more = True
        while True:
            while more and sum(len(flight.jobs) for flight in self._flights.values()) < self._room:
                job = next(jobs, None)
                if job is None:
                    more = False
                else:
                    self._send(job)
            if not self._flights:
                return
            flight = self._next()
            data = self._data(flight, suspects)
            if data is not None:
                for job in flight.jobs:
                    yield self._result(data, job)

    def _send(self, job: Job) -> None:
        from autograder.cluster.worker import grade

        assert self._client is not None
        parcel = pack_job(job, self._lesson, self._digest, grader_version(), self._settings)
        key = f"grade-{parcel.digest}"
        if key in self._flights:
            self._flights[key].jobs.append(job)
            return
        future = self._client.submit(grade, self._sent, parcel.data, key=key)
        self._flights[key] = _Flight(future, [job])
        future.add_done_callback(lambda _: self._landed.put(key))

    def _next(self) -> _Flight:
        """The next task that is done; looks after the cluster while there is none."""
        while True:
            if time.monotonic() - self._looked > _LOOK:
                self._look()
            with contextlib.suppress(queue.Empty, KeyError):
                # It may be lost again by now, with the worker that had it; then it is waited for in :meth:`_data`.
                return self._flights.pop(self._landed.get(timeout=_LOOK))

    def _data(self, flight: _Flight, suspects: list[Job]) -> bytes | None:
        """The bytes that a task gave; nothing if workers died beneath it too often, which makes its jobs suspect."""
        from distributed.scheduler import KilledWorker

        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    data: bytes = flight.future.result(timeout=_LOOK)
                    return data
                # Its worker died with the result, and it is being made again.
                self._look()
        except KilledWorker:
            suspects.extend(flight.jobs)
            return None
        except CancelledError:
            raise AutograderError(self._gone()) from None
        except AutograderError:
            raise
        except Exception as error:  # tasks tell of their troubles; this is Dask's, on a worker that lacks our code, say
            raise AutograderError(
                f"The Dask cluster at {self._cluster.address} could not run a submission ({type(error).__name__}: "
                f"{error}). {_AGAIN}"
            ) from error
        finally:
            flight.future.release()

    def _result(self, data: bytes, job: Job) -> Result:
        started = time.perf_counter()
        try:
            result = unpack_result(data, job)
        except Refused as error:
            raise AutograderError(str(error)) from None
        except Failed as error:
            return fault(job, f"on a Dask worker: {error}")
        return replace(result, timings={**result.timings, "unpack": time.perf_counter() - started})

    def _cancel(self) -> None:
        """Take back what was sent; a task that runs already ends by itself, and nobody hears of it."""
        if self._client is not None and self._flights:
            with contextlib.suppress(Exception):
                self._client.cancel([flight.future for flight in self._flights.values()])
        self._flights.clear()

    # Looking after the cluster

    def _look(self) -> None:
        """See how many threads there are, and whether anybody is there at all.

        Raises:
            AutograderError: if nobody has been for too long.
        """
        self._looked = time.monotonic()
        try:
            assert self._client is not None
            threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
        except (OSError, RuntimeError):
            threads = 0
        if threads:
            self._room, self._well = 2 * threads, self._looked
        elif self._looked - self._well > self._patience or self._client is None or self._client.status == "closed":
            raise AutograderError(self._gone())

    def _gone(self) -> str:
        what = "has lost its scheduler"
        if self._client is not None and self._client.status == "running":
            what = "has lost its workers, or has forgotten this run"
        return f"The Dask cluster at {self._cluster.address} {what}. {_AGAIN}"


def _connected(cluster: Cluster) -> Client:
    """A client of the cluster's scheduler.

    Raises:
        AutograderError: if it is not there.
    """
    security = _security(cluster)
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError:
        raise missing_extra("--dask", "distributed") from None
    # What it logs of lost workers and lines is said here in sentences.
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    options: dict[str, Any] = {} if security is None else {"security": security}
    try:
        with warnings.catch_warnings():
            # Workers are asked for the version of the grader and of all that counts.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            return Client(cluster.address, timeout=_CONNECT, set_as_default=False, **options)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise AutograderError(
            f"There is no Dask scheduler to be reached at {cluster.address} ({said[0]}): start one with `dask "
            "scheduler` and give the address that it prints, tcp://host:8786 for instance."
        ) from error


def _security(cluster: Cluster) -> Any:
    """Dask's security of the three files; nothing if none is given, and Dask's own configuration counts.

    Raises:
        AutograderError: if one is missing.
    """
    files = {"ca": cluster.tls_ca, "cert": cluster.tls_cert, "key": cluster.tls_key}
    if not any(files.values()):
        return None
    paths: dict[str, Path] = {}
    for name, path in files.items():
        if path is None:
            raise AutograderError("--dask-tls-ca, --dask-tls-cert and --dask-tls-key belong together: give all three.")
        if not path.is_file():
            raise AutograderError(f"--dask-tls-{name}: there is no file {path}.")
        paths[name] = path.resolve()
    if not cluster.address.startswith("tls://"):
        raise AutograderError(
            f"With certificates the address begins with tls://, and this one is {cluster.address}: give tls://host:port."
        )
    try:
        from distributed import Security
    except ImportError:
        raise missing_extra("--dask", "distributed") from None
    return Security(
        tls_ca_file=str(paths["ca"]), tls_client_cert=str(paths["cert"]), tls_client_key=str(paths["key"]),
        require_encryption=True,
    )  # fmt: skip

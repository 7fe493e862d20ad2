"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own as on machines of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 60.0


@dataclass
class Loopback:
    """A cluster that runs.

    Attributes:
        address: of the scheduler.
        folder: where its processes keep what they keep, and their logs.
        processes: the scheduler and the workers (or their nannies), by name.
    """

    address: str
    folder: Path
    arguments: Sequence[str]
    environment: Mapping[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        """Start a worker of one thread; ``arguments`` are further ones of ``dask worker``."""
        own = ["--nthreads", "1", "--name", name, "--no-dashboard", "--local-directory", str(self.folder / name)]
        # Where whoever started the cluster is killed, a worker without a scheduler ends by itself.
        own += ["--death-timeout", "60"]
        command = ["worker", self.address, "--host", "127.0.0.1", *own, *self.arguments, *arguments]
        self.processes[name] = _dask(command, self.folder / f"{name}.log", self.environment)

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End everything, gently first."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in reversed(self.processes.values()):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _dask(arguments: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    variables = {
        **os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TMPDIR": str(log.parent), **environment,
    }  # fmt: skip
    with log.open("ab") as words:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], env=variables, cwd=ROOT, stdin=subprocess.DEVNULL,
            stdout=words, stderr=words, start_new_session=True,
        )  # fmt: skip


@contextmanager
def loopback(
    folder: Path, workers: int = 2, arguments: Sequence[str] = (), scheduler: Sequence[str] = (),
    environment: Mapping[str, str] = {}, protocol: str = "tcp",
) -> Iterator[Loopback]:  # fmt: skip
    """A cluster with its scheduler on a free port.

    Args:
        folder: empty, for what its processes write.
        workers: how many, with names ``w0``, ``w1``, …
        arguments: further ones of every ``dask worker``.
        scheduler: further ones of ``dask scheduler``.
        environment: further variables of all processes.
        protocol: ``tcp`` or ``tls``.
    """
    # Submissions run as another user, beneath the temporary folder.
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    file = folder / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--protocol", protocol, "--no-dashboard"]
    started = _dask(
        [*command, "--scheduler-file", str(file), *scheduler], folder / "scheduler.log", environment
    )  # fmt: skip
    cluster = Loopback("", folder, arguments, environment, {"scheduler": started})
    try:
        cluster.address = _address(cluster, file)
        for number in range(workers):
            cluster.start(f"w{number}")
        yield cluster
    finally:
        cluster.stop()


def _address(cluster: Loopback, file: Path) -> str:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and cluster.processes["scheduler"].poll() is None:
        if file.exists():
            try:
                return str(json.loads(file.read_text())["address"])
            except ValueError:
                pass  # it is just being written
        time.sleep(0.05)
    raise RuntimeError(f"the scheduler did not start:\n{cluster.log('scheduler')}")

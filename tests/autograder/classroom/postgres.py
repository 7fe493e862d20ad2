"""A PostgreSQL server of our own: in a temporary folder, on a socket in it, run by a user without rights."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: A server refuses to run as root; nobody owns its folder then.
_USER = "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        programs: the folder of its programs.
        folder: where its data and its socket lie.
    """

    programs: Path
    folder: Path

    def url(self, database: str) -> str:
        """The address of a database, as nbgrader's ``db_url``."""
        return f"postgresql+psycopg://teacher@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Make an empty database; returns its address."""
        self.run("createdb", "-h", str(self.folder), "-U", "teacher", database)
        return self.url(database)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs as its user; returns what it said."""
        done = subprocess.run(
            [str(self.programs / program), *arguments], user=_USER, cwd=self.folder, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}")
        return done.stdout

    def start(self) -> None:
        """Start it; it listens on its socket alone, and does not wait for disks, whose failure no test survives."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.run(
            "pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", options
        )

    def stop(self) -> None:
        """Stop it at once; connections are cut."""
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder / "data"))


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """A new server; it is gone afterwards."""
    # Not below pytest's own folder, which only its user may enter.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if _USER is not None:
            shutil.chown(folder, _USER)
        server = Server(programs, folder)
        server.run("initdb", "-D", str(folder / "data"), "-U", "teacher", "-A", "trust", "-E", "UTF8", "--no-sync")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)

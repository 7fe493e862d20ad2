"""JupyterLab on the course's start page, with the course's own settings and without touching the learner's.

The settings lie in setup/jupyter (shared) and setup/jupyter/learner; Jupyter finds them through JUPYTER_CONFIG_PATH,
for this server only. The server listens on this machine alone and asks for a token that is new at each start.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bootstrap.layout import Environment, Project, command_name
from bootstrap.stop import Stop

FIRST_PORT = 8888
PORTS_TRIED = 100
READY_SECONDS = 120.0
START_PAGE = "START.md"


@dataclass(frozen=True)
class Start:
    """How Lab is started.

    Attributes:
        folder: what Lab shows.
        page: the file it opens, relative to that folder, or "".
        port: where it listens.
        browser: whether a browser is opened.
        configuration: folders of Jupyter settings, the strongest first.
    """

    folder: Path
    page: str
    port: int
    browser: bool
    configuration: tuple[Path, ...]

    @property
    def path(self) -> str:
        """Path part of the address: a workspace of its own, so that no other project's tabs come back."""
        return "/lab/workspaces/course" + (f"/tree/{self.page}" if self.page else "")


def free_port(asked: int | None) -> int:
    """The port asked for, else the first free one from 8888 on.

    Raises:
        Stop: if the port asked for is taken or impossible.
    """
    if asked is not None and not 1 <= asked <= 65535:
        raise Stop(f"There is no port {asked}: choose one from 1024 to 65535, e.g. --port {_first_free(FIRST_PORT)}.")
    if asked is None:
        return _first_free(FIRST_PORT)
    if not is_free(asked):
        raise Stop(
            f"Port {asked} is taken by another program (or not allowed): choose another, e.g. --port "
            f"{_first_free(max(asked + 1, 1024))}, or leave --port out."
        )
    return asked


def _first_free(begin: int) -> int:
    for port in range(begin, min(begin + PORTS_TRIED, 65536)):
        if is_free(port):
            return port
    raise Stop(f"No port from {begin} to {begin + PORTS_TRIED - 1} is free: choose one yourself with --port NUMBER.")


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if (
            os.name != "nt"
        ):  # a port that a server left a moment ago is free; on Windows this option means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def plan(project: Project, port: int | None, browser: bool, classroom: Path | None) -> Start:
    """Decide what Lab shows: the learner's copy, or a classroom with Formgrader."""
    shared = project.root / "setup" / "jupyter"
    if classroom is not None:
        if not classroom.is_dir():
            raise Stop(
                f"There is no folder {classroom}: make the classroom first (`{command_name()} autograder --help`)."
            )
        return Start(classroom.resolve(), "", free_port(port), browser, (shared,))
    return Start(project.workspace, START_PAGE, free_port(port), browser, (shared / "learner", shared))


def command(environment: Environment, start: Start, state: Path) -> list[str]:
    """Lab's command line; everything that someone's own Jupyter settings could change is said here."""
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": start.port,
        "ServerApp.port_retries": 0,
        "ServerApp.base_url": "/",
        "ServerApp.root_dir": start.folder,
        "ServerApp.open_browser": False,
        "ServerApp.answer_yes": True,
        "LabApp.default_url": start.path,
        "LabApp.workspaces_dir": state / "lab-workspaces",
        "LabApp.extension_manager": "readonly",  # the other one asks PyPI at every start
    }
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        str(environment.python),
        "-m",
        "jupyterlab",
        *root,
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def variables(environment: Environment, start: Start, token: str) -> dict[str, str]:
    """Environment variables of the server and its kernels."""
    paths: Iterable[str] = [str(path) for path in start.configuration]
    own = os.environ.get("JUPYTER_CONFIG_PATH")
    return environment.variables(
        JUPYTER_TOKEN=token,
        JUPYTER_CONFIG_PATH=os.pathsep.join([*paths, own] if own else paths),
        HF_HUB_DISABLE_TELEMETRY="1",
    )


def run(environment: Environment, start: Start, begun: float, meanwhile: Callable[[], None]) -> int:
    """Start Lab, say where it is, stay until it ends; returns the exit status.

    Args:
        environment: where JupyterLab is installed.
        start: what to show, and where.
        begun: ``time.monotonic()`` at which the learner pressed Enter.
        meanwhile: what has to be done before the address is shown, while Lab is starting.
    """
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16)
    state = start.folder / ".jupyter"
    state.mkdir(parents=True, exist_ok=True)
    log = state / "lab.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command(environment, start, state),
            env=variables(environment, start, token),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=start.folder,
        )
    _forward_termination(server)
    try:
        meanwhile()
        wait_until_ready(server, start.port, log)
        address = f"http://127.0.0.1:{start.port}{start.path}?token={token}"
        print(f"JupyterLab: server ready after {time.monotonic() - begun:.1f} s. Open this address:", flush=True)
        print(f"    {address}", flush=True)
        print("Stop it with Ctrl+C. Your answers are saved in " + str(start.folder), flush=True)
        if start.browser:
            webbrowser.open(address)
        status = server.wait()
    except KeyboardInterrupt:
        # Ctrl+C reaches the server, too; it ends its kernels first
        status = _end(server, patience=10)
        print("\nJupyterLab has stopped.")
        return status
    except BaseException:
        server.terminate()
        _end(server, patience=5)
        raise
    if status not in (0, -signal.SIGTERM):
        raise Stop(f"JupyterLab ended by itself ({last_words(log)}): the whole story is in {log}.")
    return 0


def _forward_termination(server: "subprocess.Popen[bytes]") -> None:
    def pass_on(_number: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, pass_on)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, pass_on)


def _end(server: "subprocess.Popen[bytes]", patience: float) -> int:
    try:
        server.wait(timeout=patience)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.terminate()
        try:
            server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    return 0


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int, log: Path, limit: float = READY_SECONDS) -> None:
    """Return when the server answers.

    Raises:
        Stop: if it ends or does not answer in time.
    """
    # the user's proxy must not be asked for an address on this machine
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if server.poll() is not None:
            words = last_words(log)
            if server.returncode == -signal.SIGTERM:
                raise Stop("JupyterLab was stopped before it was ready: run the same command again.")
            raise Stop(
                f"JupyterLab did not start ({words}): run `{command_name()} doctor`; the whole story is in {log}."
            )
        try:
            with opener.open(f"http://127.0.0.1:{port}/api", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    server.terminate()
    raise Stop(f"JupyterLab did not answer within {limit:.0f} s: run `{command_name()} doctor`; the story is in {log}.")


def last_words(log: Path) -> str:
    """The last line that a log holds."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1][:160] if lines else "it said nothing"


def prepare(project: Project, environment: Environment, resources: bool) -> None:
    """Resources in place and verified, the learner's copy made; both are quick when there is nothing to do.

    Raises:
        Stop: with the sentence of the one that failed.
    """
    if resources:
        _run(
            project,
            environment,
            ["course.resources"],
            f"or start without them: `{command_name()} lab --skip-resources`",
        )
    _run(project, environment, ["course", "prepare"], f"run `{command_name()} doctor`")
    if not (project.workspace / START_PAGE).is_file():
        raise Stop(f"The working copy {project.workspace} has no {START_PAGE}: run `{command_name()} course prepare`.")


def _run(project: Project, environment: Environment, module: list[str], remedy: str) -> None:
    done = subprocess.run(
        [str(environment.python), "-m", *module],
        env=environment.variables(),
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    news = [line for line in done.stdout.splitlines() if ": verified, " not in line]
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        reason = lines[-1] if lines else f"`{' '.join(module)}` ended with status {done.returncode}."
        raise Stop(f"{reason} ({remedy[0].upper()}{remedy[1:]}.)")
    for line in news:
        print(line, file=sys.stdout, flush=True)

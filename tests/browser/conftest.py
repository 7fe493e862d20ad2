"""A real JupyterLab and a real Chromium for tests: ``open_notebook`` runs a notebook's cells and gives its page.

Without a browser these tests are skipped with the reason; with ``CI=true`` they fail, so that nothing is passed over.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import nbformat
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_LIMIT = 60.0
RUN_LIMIT_MS = 120_000
KERNEL = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def unavailable(reason: str) -> None:
    """Skips, or in CI fails: there the browser must be installed."""
    if IN_CI:
        pytest.fail(f"CI must run the browser tests, but {reason}.")
    pytest.skip(f"{reason}.")


def chromium_path() -> str | None:
    """The browser to drive: ``CHROMIUM`` if set, else one on the PATH; None leaves it to Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass
class Lab:
    """A running JupyterLab that serves ``folder``."""

    url: str
    token: str
    folder: Path
    settings: Path

    def theme(self, name: str) -> None:
        """Chooses ``JupyterLab Light`` or ``JupyterLab Dark`` for pages opened from now on."""
        self._setting("themes", {"theme": name})

    def _setting(self, plugin: str, values: dict[str, object]) -> None:
        target = self.settings / "@jupyterlab" / "apputils-extension" / f"{plugin}.jupyterlab-settings"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(values), encoding="utf-8")


@dataclass
class NotebookPage:
    """An open notebook: the Playwright page, what its console said in error, and what it asked other machines for."""

    page: Page
    path: Path
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(request.url)

    def command(self, name: str, **arguments: object) -> Any:
        """Executes one of JupyterLab's commands and waits for it."""
        script = "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)"
        return self.page.evaluate(script, [name, arguments])

    def execute(self, code: str) -> str:
        """Runs code in the notebook's kernel, outside of any cell, and returns what it printed."""
        script = """async (code) => {
            const kernel = KERNEL;
            const future = kernel.requestExecute({code});
            let said = '';
            future.onIOPub = (message) => {
                if (message.header.msg_type === 'stream') said += message.content.text;
                if (message.header.msg_type === 'error') said += message.content.evalue;
            };
            await future.done;
            return said;
        }""".replace("KERNEL", KERNEL)
        return str(self.page.evaluate(script, code)).strip()

    def run_all(self) -> None:
        """Runs every cell and waits until the last one is done."""
        self.command("notebook:run-all-cells")

    def save(self) -> nbformat.NotebookNode:
        """Saves the notebook and returns it as it now lies on disk."""
        self.command("docmanager:save")
        return nbformat.read(self.path, as_version=4)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_lab(home: Path) -> Iterator[Lab]:
    """JupyterLab on a new folder within ``home`` and a free port, with settings of its own."""
    folder = home / "notebooks"
    folder.mkdir()
    port, token = _free_port(), secrets.token_hex(16)
    environment = {
        **os.environ,
        "HOME": str(home),
        "LLM_FROM_ZERO_WORKSPACE": str(home / "workspace"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    environment.pop("COURSE_STATIC", None)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    command += [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={folder}",
    ]
    made = Lab(f"http://127.0.0.1:{port}", token, folder, home / "settings")
    made._setting("notification", {"fetchNews": "false", "checkForUpdates": False})
    log = home / "lab.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=output, stderr=output)
    try:
        _wait_until_ready(made, process, log)
        yield made
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{lab.url}/api/status?token={lab.token}", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    pytest.fail(f"JupyterLab was not ready within {START_LIMIT:.0f} s. It said:\n{said}")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        unavailable("the package playwright is not installed")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        except Error as error:
            first = str(error).strip().splitlines()[0]
            unavailable(f"no Chromium could be started (install Debian's chromium, or set CHROMIUM): {first}")
        yield browser
        browser.close()


class Notebooks:
    """Opens notebooks in Lab, each in a browser context of its own, and closes them again."""

    def __init__(self, lab: Lab, browser: Browser) -> None:
        self.lab = lab
        self.browser = browser
        self.opened: list[NotebookPage] = []

    def __call__(
        self,
        content: list[str] | Path,
        *,
        width: int = 1280,
        height: int = 1000,
        theme: str = "JupyterLab Light",
        run: bool = True,
    ) -> NotebookPage:
        """Opens a list of code cells, or a copy of the notebook at a path; with ``run`` all cells are run first."""
        path = self.lab.folder / f"{secrets.token_hex(6)}.ipynb"
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            notebook = nbformat.v4.new_notebook()
            notebook.cells = [nbformat.v4.new_code_cell(source) for source in content]
            notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, path)
        self.lab.theme(theme)
        page = self.browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.set_default_timeout(30_000)
        made = NotebookPage(page, path)
        self.opened.append(made)
        page.on("console", made.heard)
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("request", made.asked)
        page.goto(f"{self.lab.url}/doc/tree/{path.name}?token={self.lab.token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function(f"() => {KERNEL}", timeout=RUN_LIMIT_MS)
        if run:
            made.run_all()
        return made

    def close(self) -> None:
        """Closes every page and ends its kernel."""
        for made in self.opened:
            if not made.page.is_closed():
                made.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
            made.page.context.close()
        self.opened.clear()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module's tests.

    Not for the session: as long as Playwright drives it, asyncio holds an event loop of this thread for running, and
    whatever test comes next in the same process could start none of its own.
    """
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all tests."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def open_notebook(lab: Lab, chromium: Browser) -> Iterator[Notebooks]:
    """Opens notebooks for one test: ``open_notebook(["x = 1", "x"])`` or ``open_notebook(path)``: a NotebookPage."""
    notebooks = Notebooks(lab, chromium)
    yield notebooks
    notebooks.close()


@pytest.fixture(scope="module")
def open_shared_notebook(lab: Lab, chromium: Browser) -> Iterator[Notebooks]:
    """The same for all tests of a module, where opening a fresh notebook for each would take too long."""
    notebooks = Notebooks(lab, chromium)
    yield notebooks
    notebooks.close()

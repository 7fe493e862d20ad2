"""pip inside the environment: with progress, a log, and one sentence when it fails.

pip runs as its own process without any option that would hide the user's settings: their index, find-links,
constraints, proxy and certificates all count.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bootstrap.console import Progress, Ticker
from bootstrap.layout import Environment, command_name
from bootstrap.stop import Stop

MEGABYTE = 10**6
_NO_ANSWER = re.compile(
    r"Failed to establish a new connection|Temporary failure in name resolution|Name or service not known|getaddrinfo"
    r"|nodename nor servname|ConnectTimeout|Max retries exceeded|Network is unreachable|NewConnectionError"
    r"|ReadTimeout|Read timed out|IncompleteRead|Connection aborted|RemoteDisconnected|Connection reset|ProxyError"
    r"|ConnectionError|connection broken|NameResolutionError|IncompleteDownload|incomplete-download"
)
_SERVER_TROUBLE = re.compile(r"HTTP error (\d{3})|(\d{3}) (?:Server|Client) Error")


class Pip:
    """Runs pip in one environment and remembers how far it got.

    Attributes:
        log: everything pip said, for the sentence that sends people there.
        began_installing: whether pip went beyond downloading, i.e. whether the environment has been changed.
    """

    def __init__(self, environment: Environment, log: Path, progress: Progress) -> None:
        self.environment = environment
        self.log = log
        self.progress = progress
        self.began_installing = False
        self.collected = 0

    def install(self, arguments: Sequence[str], total: int, what: str) -> None:
        """``pip install ARGUMENTS``.

        Args:
            arguments: what to install.
            total: how many packages that is at most, for the progress shown.
            what: what it is, for people.

        Raises:
            Stop: if pip fails, with the reason in words.
        """
        scratch = Path(tempfile.mkdtemp(prefix="llm-from-zero-", dir=self.environment.folder))
        diary = scratch / "pip.log"  # tells more than pip says, e.g. that an index hung up
        command = [str(self.environment.python), "-m", "pip", "install", *_QUIET, "--log", str(diary), *arguments]
        # Downloads go beside the environment: /tmp is often small, and this way we can see them grow.
        variables = self.environment.variables(TMPDIR=str(scratch), TEMP=str(scratch), TMP=str(scratch), PYTHONUTF8="1")
        try:
            with self.log.open("a", encoding="utf-8") as log:
                print(f"$ {' '.join(command)}", file=log, flush=True)
                status, said = self._run(command, variables, log, scratch, total, what)
                if status:
                    unheard = _unheard(diary)
                    print(unheard, file=log)
                    raise Stop(explain(said + unheard, self.collected, self.log, self.environment.folder))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _run(
        self, command: list[str], variables: dict[str, str], log: object, scratch: Path, total: int, what: str
    ) -> tuple[int, str]:
        said: list[str] = []
        state = {"now": f"{what}: asking the package index", "installing": 0}
        before, collected_before = self._installed(), self.collected

        def tick() -> None:
            if state["installing"]:
                self.progress.show(f"{what}: unpacking, {self._installed() - before} of {state['installing']} packages")
                return
            size = _size(scratch)
            loading = f" ({size / MEGABYTE:.0f} MB on the way)" if size > MEGABYTE else ""
            self.progress.show(f"{state['now']}{loading}")

        process = subprocess.Popen(
            command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        try:
            with Ticker(tick):
                assert process.stdout is not None
                for line in process.stdout:
                    said.append(line)
                    log.write(line)  # type: ignore[attr-defined]
                    log.flush()  # type: ignore[attr-defined]
                    collecting = re.match(r"Collecting ([A-Za-z0-9._-]+)", line)
                    if collecting:
                        self.collected += 1
                        state["now"] = (
                            f"{what}: {min(self.collected - collected_before, total)} of {total}, {collecting[1]}"
                        )
                    elif line.startswith("Installing collected packages:"):
                        self.began_installing = True
                        state["installing"] = line.count(",") + 1
                    elif "Retrying (" in line:
                        state["now"] = f"{what}: the package index does not answer; pip tries again"
            return process.wait(), "".join(said)
        except BaseException:
            process.terminate()
            process.wait()
            raise

    def _installed(self) -> int:
        patterns = ("lib/python3*/site-packages/*.dist-info", "Lib/site-packages/*.dist-info")
        return max(sum(1 for _ in self.environment.folder.glob(pattern)) for pattern in patterns)


_QUIET = ("--no-input", "--disable-pip-version-check", "--progress-bar=off", "--no-color")


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(parent, name)).st_size
            except OSError:  # pip removes what it no longer needs while we look
                continue
    return total


def _unheard(diary: Path) -> str:
    """What pip wrote down about indexes that did not answer, but did not say."""
    try:
        lines = diary.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(line for line in lines if "Could not fetch URL" in line)


def explain(said: str, collected: int, log: Path, folder: Path) -> str:
    """One sentence for what pip said on failing: the cause, and what to do.

    Args:
        said: everything that pip printed.
        collected: how many packages it had found before.
        log: where all of that is kept.
        folder: the environment.
    """
    again = "run the same command again"
    if "No space left on device" in said or "Errno 28" in said or "not enough space on the disk" in said:
        return full_disk(folder)
    if "CERTIFICATE_VERIFY_FAILED" in said or "SSLCertVerificationError" in said:
        return (
            "The package index's certificate was refused, as behind a firewall that reads along: tell pip your "
            f"network's certificate (pip config set global.cert /path/to/ca.pem), then {again}."
        )
    if _NO_ANSWER.search(said):
        if collected:
            so_far = f"{collected} package{'s' if collected > 1 else ''}"
            return (
                f"The package index stopped answering after {so_far}: check the network, then "
                f"{again} (what was downloaded is in pip's cache)."
            )
        return f"The package index does not answer: connect to the network (or set pip's index or proxy), then {again}."
    trouble = _SERVER_TROUBLE.search(said)
    if trouble:
        number = trouble[1] or trouble[2]
        return f"The package index answered with error {number}: wait or choose another index, then {again}."
    if "(constraint)" in said and "ResolutionImpossible" in said:
        return (
            "Your own pip constraints forbid a version that this course needs: see them with `pip config list`, lift "
            f"that one, then {again}; pip's words are in {log}."
        )
    missing = re.search(r"No matching distribution found for ([^\s(]+)", said)
    if missing and missing[1].startswith("torch=="):
        return (
            f"There is no {missing[1]} for this Python and system on your package index: it exists for Linux (x86-64 "
            "and ARM), Windows (x86-64) and macOS 14 or newer (Apple silicon), for Python 3.11 to 3.14; use one of "
            f"these, or another index, then {again}; pip's words are in {log}."
        )
    if missing:
        return (
            f"Your package index has no {missing[1]} for this Python and system: use another Python (3.11 is the "
            f"tested one) or another index, then {again}; pip's words are in {log}."
        )
    if "Permission denied" in said:
        return f"pip may not write into {folder}: make the folder yours, then {again}."
    errors = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.startswith("ERROR:")]
    reason = errors[0][:200] if errors else "it gave no reason"
    return f"pip failed ({reason}): read {log}, mend that, then {again} (or `{command_name()} doctor`)."


def full_disk(folder: Path) -> str:
    """The sentence for a disk without room."""
    return (
        f"The disk that holds {folder.parent} is full: free some space there (or let LLM_FROM_ZERO_VENV name a "
        "folder on another disk), then run the same command again."
    )

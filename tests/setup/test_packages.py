"""What pip says, in words for people. The texts are what pip printed in these situations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bootstrap.console import Progress
from bootstrap.layout import Environment
from bootstrap.packages import Pip, explain
from bootstrap.stop import Stop

RETRYING = (
    "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None)) after connection broken by "
    "'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a "
    "new connection: [Errno -3] Temporary failure in name resolution')': /simple/torch/\n"
    "ERROR: Could not find a version that satisfies the requirement torch==2.13.0 (from versions: none)\n"
    "ERROR: No matching distribution found for torch==2.13.0\n"
)
HUNG_UP = (
    "ERROR: Could not find a version that satisfies the requirement alpha==1.0 (from versions: none)\n"
    "ERROR: No matching distribution found for alpha==1.0\n"
    "Could not fetch URL http://127.0.0.1/simple/alpha/: connection error: ('Connection aborted.', "
    "RemoteDisconnected('Remote end closed connection without response')) - skipping\n"
)
MISSING = (
    "ERROR: Could not find a version that satisfies the requirement alpha==1.0 (from versions: 0.8, 0.9)\n"
    "ERROR: No matching distribution found for alpha==1.0\n"
)
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
CERTIFICATE = (
    "Could not fetch URL https://pypi.org/simple/six/: There was a problem confirming the ssl certificate: "
    "HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded with url: /simple/six/ (Caused by SSLError("
    "SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))) - skipping\n"
)
CONSTRAINT = (
    "ERROR: Cannot install torch==2.13.0 because these package versions have conflicting dependencies.\n"
    "    The user requested torch==2.13.0\n    The user requested (constraint) torch<=2.12.0\n"
    "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/\n"
)
BUSY = "ERROR: HTTP error 503 while getting https://pypi.org/files/alpha-1.0-py3-none-any.whl\n"


@pytest.mark.parametrize(
    ("said", "collected", "words"),
    [
        (RETRYING, 0, "does not answer: connect to the network"),
        (RETRYING, 37, "stopped answering after 37 packages"),
        (HUNG_UP, 1, "stopped answering after 1 package:"),
        (MISSING, 5, "has no alpha==1.0 for this Python and system"),
        (MISSING.replace("alpha==1.0", "torch==2.13.0"), 0, "macOS 14 or newer (Apple silicon)"),
        (FULL, 9, "is full: free some space"),
        (CERTIFICATE, 0, "pip config set global.cert"),
        (CONSTRAINT, 0, "pip config list"),
        (BUSY, 3, "answered with error 503"),
        ("ERROR: something that nobody has seen before\n", 3, "something that nobody has seen before"),
        ("", 0, "it gave no reason"),
    ],
)
def test_every_failure_is_one_sentence_with_a_remedy(said: str, collected: int, words: str) -> None:
    sentence = explain(said, collected, Path("/tmp/log"), Path("/course/.venv"))
    assert words in sentence
    assert "again" in sentence
    assert "\n" not in sentence


class FakeEnvironment(Environment):
    """An environment whose `python -m pip` is a shell script."""

    def with_pip(self, script: str) -> FakeEnvironment:
        self.programs.mkdir(parents=True)
        self.python.write_text(f"#!/bin/sh\n{script}")
        self.python.chmod(0o755)
        return self


pytestmark = pytest.mark.skipif(Environment(Path()).windows, reason="not on this system: shell scripts")


def test_success_is_logged_and_leaves_no_scratch(tmp_path: Path) -> None:
    environment = FakeEnvironment(tmp_path / "venv").with_pip(
        'echo "Collecting alpha==1.0"\necho "Installing collected packages: alpha"\ntouch "$TMPDIR/big"\n'
    )
    pip = Pip(environment, tmp_path / "log", Progress())
    pip.install(["alpha"], 1, "packages")
    assert (pip.collected, pip.began_installing) == (1, True)
    assert "Collecting alpha" in (tmp_path / "log").read_text()
    assert sorted(path.name for path in environment.folder.iterdir()) == ["bin"]


def test_failure_before_installing_is_told_apart(tmp_path: Path) -> None:
    environment = FakeEnvironment(tmp_path / "venv").with_pip(f"cat <<'END'\n{MISSING}END\nexit 1\n")
    pip = Pip(environment, tmp_path / "log", Progress())
    with pytest.raises(Stop, match=r"no alpha==1\.0"):
        pip.install(["alpha"], 1, "packages")
    assert not pip.began_installing
    assert sorted(path.name for path in environment.folder.iterdir()) == ["bin"]


def test_the_users_own_pip_settings_reach_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    environment = FakeEnvironment(tmp_path / "venv").with_pip(
        'echo "index: $PIP_INDEX_URL"\necho "arguments: $*"\necho "first on PATH: ${PATH%%:*}"\n'
    )
    Pip(environment, tmp_path / "log", Progress()).install(["alpha"], 1, "packages")
    log = (tmp_path / "log").read_text()
    assert "index: https://mirror.example/simple" in log
    assert f"first on PATH: {environment.programs}" in log
    for hiding in ("--isolated", "--index-url", "--no-cache-dir"):
        assert hiding not in log

"""Which torch: the CPU build unless asked otherwise."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from bootstrap import torch_build
from bootstrap.stop import Stop


@pytest.fixture(autouse=True)
def no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (torch_build.BUILD_VARIABLE, torch_build.INDEX_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("kind", "platform", "answers", "index"),
    [
        ("cpu", "linux", True, torch_build.CPU_INDEX),
        ("cpu", "linux", False, None),
        ("cpu", "win32", True, None),
        ("cpu", "darwin", True, None),
        ("gpu", "linux", True, None),
        ("gpu", "win32", True, torch_build.CUDA_INDEX),
        ("gpu", "darwin", True, None),
    ],
)
def test_where_torch_comes_from(
    kind: str, platform: str, answers: bool, index: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_build, "reachable", lambda url: answers)
    build = torch_build.choose(kind, platform)
    assert build.index == index
    assert build.kind == kind
    assert build.sentence.startswith("torch: ")
    assert (index or "your package index" if platform != "darwin" else "macOS") in build.sentence


def test_an_index_of_ones_own_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(torch_build.INDEX_VARIABLE, "https://mirror.example/rocm")
    assert torch_build.choose("gpu", "linux").index == "https://mirror.example/rocm"


def test_a_gpu_build_asks_for_more_room() -> None:
    assert torch_build.choose("gpu", "linux").bytes_needed > 2 * torch_build.choose("cpu", "darwin").bytes_needed


def test_wish_by_flag_and_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert torch_build.wanted_kind(None) is None
    monkeypatch.setenv(torch_build.BUILD_VARIABLE, "GPU")
    assert torch_build.wanted_kind(None) == "gpu"
    assert torch_build.wanted_kind("cpu") == "cpu"
    monkeypatch.setenv(torch_build.BUILD_VARIABLE, "tpu")
    with pytest.raises(Stop, match="set it to cpu or gpu"):
        torch_build.wanted_kind(None)


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            if "slow" in self.path:
                time.sleep(2)
            self.send_response(404 if "missing" in self.path else 200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


@pytest.mark.parametrize(("path", "answers"), [("/cpu", True), ("/missing", False), ("/slow", False)])
def test_probe(server: str, path: str, answers: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    begun = time.monotonic()
    assert torch_build.reachable(server + path, seconds=0.5) is answers
    assert time.monotonic() - begun < 1.9


def test_probe_of_nothing() -> None:
    assert not torch_build.reachable("http://127.0.0.1:9/cpu", seconds=0.5)

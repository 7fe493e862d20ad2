"""Real servers on loopback, each of which ends: threads, processes, the command line, the container's folder."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import uvicorn
import yaml

import course.serving
from course.serving.__main__ import _listen
from course.serving.application import Limits, create_app
from course.serving.article import article_app
from course.serving.container import MODULES, requirements, write_context
from course.serving.load import (
    LONGEST,
    check_plan,
    json_requests,
    load_test,
    loopback_address,
    query_requests,
)
from course.serving.predictor import Prediction
from course.serving.running import ADDRESS, running, running_process
from course.serving.service import BatchedService, DirectService
from tests.course.serving.conftest import FakeClassifier

HERE = Path(course.serving.__file__).parent
TEXTS = ["a good film", "x" * 40, "no"]


def ask(url: str, body: object = None) -> tuple[int, Any]:
    """Status and content of one request."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def closed(url: str) -> bool:
    """Whether nothing listens there any more."""
    host, port = loopback_address(url)
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


def test_a_server_ends_with_its_block_also_after_an_exception(fake: FakeClassifier) -> None:
    service = BatchedService(lambda: fake)
    before = threading.active_count()

    def fails() -> None:
        nonlocal url
        with running(create_app(service)) as url:
            assert ask(f"{url}/ready")[0] == 200
            assert ask(f"{url}/classify", {"texts": TEXTS})[1]["version"] == "fake-1"
            raise ZeroDivisionError

    url = ""
    with pytest.raises(ZeroDivisionError):
        fails()
    assert closed(url)
    assert not service.ready
    end = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.05)
    assert threading.active_count() <= before


def test_a_server_that_cannot_start_is_one_sentence() -> None:
    def fail() -> FakeClassifier:
        raise OSError("no such weights")

    with (
        pytest.raises(RuntimeError, match="did not start: its lifespan failed"),
        running(create_app(DirectService(fail))),
    ):
        pass


def test_the_load_test_counts_what_it_was_told(fake: FakeClassifier) -> None:
    with running(create_app(BatchedService(lambda: fake), limits=Limits(characters=30))) as url:
        good = load_test(url, json_requests(["a good film", "no"]), clients=4, seconds=0.5, warm_up=0.1)
        mixed = load_test(url, json_requests(TEXTS), clients=3, seconds=0.5, warm_up=0.0)
    assert good.failed == {}
    assert good.answered > 20
    assert good.throughput == pytest.approx(good.answered / 0.5)
    assert 0 < good.p50 <= good.p95 <= good.p99
    assert set(mixed.failed) == {"422"}
    assert mixed.answered == pytest.approx(2 * mixed.failed["422"], rel=0.3, abs=6)
    assert "requests/s" in str(mixed)
    assert "422" in str(mixed)


class Slow(FakeClassifier):
    """A tenth of a second a call."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Slowly."""
        time.sleep(0.1)
        return super().predict(texts)


def test_an_open_loop_does_not_leave_the_waiting_out() -> None:
    """40 requests a second at a server that can do 10: a closed loop does not notice, an open one does."""
    with running(create_app(DirectService(Slow))) as url:
        closed_loop = load_test(url, json_requests(["a"]), clients=1, seconds=1.5, warm_up=0.0)
        open_loop = load_test(url, json_requests(["a"]), clients=1, seconds=1.5, warm_up=0.0, rate=40)
    assert closed_loop.p95 < 400
    assert open_loop.p95 > 600
    assert open_loop.failed["unanswered"] > 10


def test_where_nothing_listens_all_fails_and_ends() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    report = load_test(f"http://127.0.0.1:{port}", json_requests(["a"]), clients=2, seconds=0.3, warm_up=0)
    assert report.answered == 0
    assert report.failed["connection"] > 0
    assert report.p50 != report.p50, "there is no percentile of nothing"


def test_a_silent_server_does_not_hold_the_test_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        start = time.monotonic()
        report = load_test(
            f"http://127.0.0.1:{silent.getsockname()[1]}", json_requests(["a"]), clients=2, seconds=0.3, warm_up=0
        )
        assert report.answered == 0
        assert time.monotonic() - start < 15


@pytest.mark.parametrize("url", ["http://example.org:80", "http://10.0.0.1:80", "http://127.0.0.1", "nonsense"])
def test_nothing_but_loopback_is_asked(url: str) -> None:
    with pytest.raises(ValueError, match="loopback alone"):
        load_test(url, [b"x"])


@pytest.mark.parametrize(
    ("change", "said"),
    [({"seconds": LONGEST}, "within 20 s"), ({"clients": 0}, "256 clients"), ({"rate": 0}, "rate above 0"),
     ({"requests": []}, "no request")],
)  # fmt: skip
def test_a_plan_that_cannot_be_kept_is_refused(change: dict[str, Any], said: str) -> None:
    plan: dict[str, Any] = {"requests": [b"x"], "clients": 1, "seconds": 1, "warm_up": 0, "rate": None}
    with pytest.raises(ValueError, match=said):
        check_plan(**{**plan, **change})


def test_requests_are_valid_whatever_the_text() -> None:
    odd = 'quote " ü 映画 \n & ? # \\'
    head, _, body = json_requests([odd])[0].partition(b"\r\n\r\n")
    assert json.loads(body) == {"texts": [odd]}
    assert f"Content-Length: {len(body)}".encode() in head
    line = query_requests([odd])[0].split(b"\r\n")[0]
    assert line.count(b" ") == 2


def test_the_articles_endpoint_is_as_bad_as_it_is(model_folder: Path) -> None:
    from fastapi.testclient import TestClient

    with TestClient(article_app(model_folder, model_folder), raise_server_exceptions=False) as client:
        answer = client.post("/classify", params={"text": "a good film"})
        assert set(answer.json()) == {"predicted_class"}
        assert client.post("/classify", json={"text": "a good film"}).status_code == 422
        assert client.post("/classify", params={"text": ""}).status_code == 200
        assert client.post("/classify", params={"text": "word " * 600}).status_code == 500


def test_it_serves_through_the_load_test(model_folder: Path) -> None:
    with running(article_app(model_folder, model_folder)) as url:
        report = load_test(url, query_requests(TEXTS), clients=4, seconds=0.5, warm_up=0.1)
    assert report.failed == {}
    assert report.answered > 0


@pytest.mark.parametrize("command", ["serve", "flask"])
def test_the_commands_serve(exported: Path, command: str) -> None:
    with running_process([command, str(exported), "--port", "0"]) as url:
        status, content = ask(f"{url}/classify", {"texts": TEXTS})
        assert status == 200
        assert content["predictions"][0]["tokens"] == 5
        assert ask(f"{url}/ready")[1]["version"] == content["version"]
        assert ask(f"{url}/classify", {"texts": []})[0] == 422
    assert closed(url)


def command(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of ``python -m course.serving`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "course.serving", *arguments], input=given, capture_output=True, text=True, timeout=120
    )


def test_classify_on_the_command_line(exported: Path) -> None:
    done = command("classify", "--folder", str(exported), "a good film", "no")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["text"] for row in rows] == ["a good film", "no"]
    assert {row["label"] for row in rows} <= {"negative", "positive"}
    piped = command("classify", "--folder", str(exported), given="a good film\n\nno\n")
    assert piped.stdout == done.stdout
    assert done.stderr == piped.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "/no/such/folder"), "holds no config.json"),
        (("classify", "--folder", "/no/such/folder", "a"), "holds no config.json"),
        (("export", "/no/such/folder", "/no/such/target"), "holds no config.json"),
        (("load", "http://example.org:80"), "loopback alone"),
    ],
)
def test_trouble_is_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = command(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_one_sentence(exported: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command("serve", str(exported), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "choose another --port" in done.stderr


def instructions(text: str) -> dict[str, list[str]]:
    """A Dockerfile's instructions, continued lines joined."""
    found: dict[str, list[str]] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, rest = line.strip().partition(" ")
            found.setdefault(name, []).append(rest.strip())
    return found


def test_the_dockerfile_passes_hadolint() -> None:
    tool = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([tool, HERE / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_dockerfile_is_slim_and_nobodys() -> None:
    said = instructions((HERE / "Dockerfile").read_text(encoding="utf-8"))
    assert "-slim" in said["FROM"][0]
    assert said["USER"] == ["10001"]
    assert "/ready" in said["HEALTHCHECK"][0]
    assert "torch" not in requirements()
    assert all("==" in line for line in requirements().splitlines())


def test_the_containers_folder_serves_by_itself_without_torch(exported: Path, tmp_path: Path) -> None:
    """The entry command, natively: only the files that the image holds, no torch, not this checkout."""
    context = write_context(exported, tmp_path / "context")
    said = instructions((context / "Dockerfile").read_text(encoding="utf-8"))
    entry = json.loads(said["ENTRYPOINT"][0])
    assert entry[0] == "python"
    assert json.loads(said["CMD"][0]) == ["--host", "0.0.0.0", "--port", "8000"]
    for copied in said["COPY"]:
        assert (context / copied.split()[0]).exists()
    # Whoever imports one of these gets an ImportError.
    blocked = tmp_path / "blocked"
    for name in ("torch", "transformers", "datasets", "IPython", "matplotlib", "sklearn"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text("raise ImportError('not in the image')\n")
    environment = {
        **os.environ, "PYTHONPATH": f"{context}{os.pathsep}{blocked}", "SERVING_MODEL": str(context / "model"),
        "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, *entry[1:], "--host", "127.0.0.1", "--port", "0"], cwd=context, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = ADDRESS.search(process.stdout.readline())
        assert found is not None, process.stderr.read() if process.stderr else ""
        url = found.group(1)
        end = time.monotonic() + 60
        while ask(f"{url}/ready")[0] != 200:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert ask(f"{url}/classify", {"texts": TEXTS})[0] == 200
        # What the health check runs, at the port of this test.
        check = json.loads(said["HEALTHCHECK"][0].partition("CMD")[2])
        healthy = [part.replace("http://127.0.0.1:8000", url) for part in check[1:]]
        assert subprocess.run([sys.executable, *healthy], timeout=20).returncode == 0
        process.terminate()
        assert process.wait(15) == 0, "SIGTERM ends it in good order"
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def test_the_containers_folder_holds_no_more_than_it_must(exported: Path, tmp_path: Path) -> None:
    context = write_context(exported, tmp_path / "context")
    held = {path.relative_to(context).as_posix() for path in context.rglob("*") if path.is_file()}
    assert {f"course/{name}" for name in MODULES} == {name for name in held if name.startswith("course/")}
    assert "model/model.onnx" not in held, "int8 alone is served"
    with pytest.raises(ValueError, match="exists"):
        write_context(exported, context)
    with pytest.raises(FileNotFoundError, match="export` makes such a folder"):
        write_context(tmp_path, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    shutil.rmtree(context)


def test_the_manifest_validates_and_fits_the_image() -> None:
    parts = list(yaml.safe_load_all((HERE / "kubernetes.yaml").read_text(encoding="utf-8")))
    for part in parts:
        kubernetes_validate.validate(part, "1.37.0", strict=True)
    kinds = {part["kind"]: part for part in parts}
    assert set(kinds) == {"Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"}
    spec = kinds["Deployment"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"] == labels == kinds["Service"]["spec"]["selector"]
    (box,) = spec["template"]["spec"]["containers"]
    ports = {port["name"]: port["containerPort"] for port in box["ports"]}
    said = instructions((HERE / "Dockerfile").read_text(encoding="utf-8"))
    assert str(ports[kinds["Service"]["spec"]["ports"][0]["targetPort"]]) == said["EXPOSE"][0]
    assert box["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert box["livenessProbe"]["httpGet"]["path"] == "/health"
    assert str(spec["template"]["spec"]["securityContext"]["runAsUser"]) == said["USER"][0]
    assert box["args"][:4] == json.loads(said["CMD"][0])


def test_no_answer_waits_for_an_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    """asyncio turns Nagle's algorithm off only for sockets that name TCP as their protocol."""
    listening: list[socket.socket] = []
    serve = uvicorn.Server.run

    def watched(server: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        listening.extend(sockets or [])
        assert [one.proto for one in listening] == [socket.IPPROTO_TCP]
        serve(server, sockets)

    monkeypatch.setattr(uvicorn.Server, "run", watched)

    with running(create_app(DirectService(FakeClassifier))):
        pass
    assert listening
    with _listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP

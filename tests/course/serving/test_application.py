"""The FastAPI application and its Flask twin: routes, limits, errors of one form, metrics."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from course.serving.application import Limits, create_app
from course.serving.batcher import Overloaded
from course.serving.drift import DriftMonitor, reference_of
from course.serving.flask_application import create_flask_app
from course.serving.metrics import Metrics
from course.serving.predictor import Prediction
from course.serving.service import BatchedService, DirectService, NotReady
from tests.course.serving.conftest import FakeClassifier, error_of

SMALL = Limits(texts=3, characters=20, body=400)


JSON = {"content-type": "application/json"}


class Asker:
    """The same two calls for both test clients: JSON as bytes or as data, an answer with status, text and JSON."""

    def __init__(self, client: Any, keyword: str) -> None:
        self._client, self._keyword = client, keyword

    def post(self, path: str, data: Any) -> Answer:
        """POST; data that is no bytes goes as JSON."""
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        return Answer(self._client.post(path, **{self._keyword: content}, headers=JSON))

    def get(self, path: str) -> Answer:
        """GET."""
        return Answer(self._client.get(path))


class Answer:
    """What came back."""

    def __init__(self, answer: Any) -> None:
        self.status_code: int = answer.status_code
        self.text: str = answer.text

    def json(self) -> Any:
        """Its content."""
        return json.loads(self.text)


@contextmanager
def fastapi_client(fake: FakeClassifier) -> Iterator[Asker]:
    """FastAPI's test client; the lifespan runs."""
    with TestClient(create_app(BatchedService(lambda: fake), limits=SMALL), raise_server_exceptions=False) as client:
        yield Asker(client, "content")


@contextmanager
def flask_client(fake: FakeClassifier) -> Iterator[Asker]:
    """Flask's test client."""
    yield Asker(create_flask_app(fake, limits=SMALL).test_client(), "data")


Client = Callable[[FakeClassifier], Any]
BOTH = pytest.mark.parametrize("client", [fastapi_client, flask_client])


@BOTH
def test_texts_are_classified_in_their_order(fake: FakeClassifier, client: Client) -> None:
    with client(fake) as ask:
        answer = ask.post("/classify", {"texts": ["a", "bb", "Ü"]})
        assert answer.status_code == 200
        content = answer.json()
        assert content["version"] == "fake-1"
        assert [p["label"] for p in content["predictions"]] == ["negative", "positive", "negative"]
        assert content["predictions"][0] == FakeClassifier().predict(["a"])[0]
        assert ask.get("/health").json() == {"status": "alive"}
        assert ask.get("/ready").json() == {"status": "ready", "version": "fake-1"}


@BOTH
@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"no json", None),
        (b"[]", "body"),
        (b"{}", "texts"),
        (b'{"text": "a"}', None),
        (b'{"texts": "a"}', "texts"),
        (b'{"texts": []}', "texts"),
        (b'{"texts": ["a", "b", "c", "d"]}', "texts"),
        (b'{"texts": ["a", 1]}', "texts.1"),
        (b'{"texts": [null]}', "texts.0"),
        (b'{"texts": [""]}', "texts.0"),
        (b'{"texts": ["  \\n "]}', "texts.0"),
        (b'{"texts": ["' + b"x" * 21 + b'"]}', "texts.0"),
        (b'{"texts": ["a"], "more": 1}', "more"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(
    fake: FakeClassifier, client: Client, body: bytes, field: str | None
) -> None:
    with client(fake) as ask:
        calls = len(fake.calls)
        answer = ask.post("/classify", body)
        assert answer.status_code == 422, answer.text
        said = error_of(answer)
        assert said["code"] == "invalid_request"
        assert said["field"] == field or field is None
        assert "xxxx" not in said["message"], "an error does not repeat what it was sent"
        assert len(fake.calls) == calls, "and the model was not asked"


@BOTH
def test_limits_are_inclusive(fake: FakeClassifier, client: Client) -> None:
    with client(fake) as ask:
        assert ask.post("/classify", {"texts": ["x" * 20] * 3}).status_code == 200


@BOTH
def test_a_large_body_is_refused(fake: FakeClassifier, client: Client) -> None:
    with client(fake) as ask:
        answer = ask.post("/classify", {"texts": ["y" * 500]})
        assert answer.status_code == 413
        assert error_of(answer)["code"] == "too_large"
        assert ask.post("/classify", {"texts": ["a"]}).status_code == 200


def test_a_large_body_without_a_length_is_refused_while_it_comes(fake: FakeClassifier) -> None:
    pieces = 0

    def body() -> Iterator[bytes]:
        nonlocal pieces
        for _ in range(50):
            pieces += 1
            yield b"z" * 100

    with TestClient(create_app(BatchedService(lambda: fake), limits=SMALL)) as ask:
        answer = ask.post("/classify", content=body(), headers=JSON)
        assert answer.status_code == 413
        assert error_of(answer)["code"] == "too_large"


@BOTH
def test_other_errors_have_the_same_form(fake: FakeClassifier, client: Client) -> None:
    with client(fake) as ask:
        for path, asked, status, code in (
            ("/nothing", ask.get, 404, "not_found"),
            ("/classify", ask.get, 405, "method_not_allowed"),
        ):
            answer = asked(path)
            assert answer.status_code == status
            assert error_of(answer)["code"] == code


@BOTH
def test_a_failure_in_here_tells_the_client_nothing(fake: FakeClassifier, client: Client) -> None:
    with client(fake) as ask:
        answer = ask.post("/classify", {"texts": ["boom"]})
        assert answer.status_code == 500
        assert error_of(answer)["code"] == "internal"
        assert "secret" not in answer.text
        assert ask.post("/classify", {"texts": ["fine"]}).status_code == 200


class Service:
    """A service in whatever state."""

    ready, labels, version = False, (), ""

    def __init__(self, problem: Exception) -> None:
        self._problem = problem

    async def start(self) -> None:
        """Nothing to start."""

    async def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """Always the problem."""
        raise self._problem

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(("problem", "code"), [(NotReady("x"), "not_ready"), (Overloaded("x"), "overloaded")])
def test_a_busy_or_unready_service_asks_to_come_back(problem: Exception, code: str) -> None:
    with TestClient(create_app(Service(problem))) as ask:
        answer = ask.post("/classify", json={"texts": ["a"]})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert error_of(answer)["code"] == code
        ready = ask.get("/ready")
        assert (ready.status_code, error_of(ready)["code"]) == (503, "not_ready")
        assert ask.get("/health").status_code == 200


def test_the_service_lives_as_long_as_the_application(fake: FakeClassifier) -> None:
    service = DirectService(lambda: fake)
    with TestClient(create_app(service)) as ask:
        assert service.ready
        assert ask.get("/model").json() == {
            "version": "fake-1",
            "labels": ["negative", "positive"],
            "limits": {"texts": 32, "characters": 5000, "body": 262144},
        }
    assert not service.ready


def test_requests_at_the_same_time_share_batches(fake: FakeClassifier) -> None:
    app = create_app(BatchedService(lambda: fake, max_batch_size=8, max_wait=0.3, workers=1))
    with TestClient(app) as ask:
        senders = [
            threading.Thread(target=ask.post, args=("/classify",), kwargs={"json": {"texts": ["x" * n]}})
            for n in range(1, 9)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    assert max(map(len, fake.calls)) > 1


def read(text: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Prometheus' own parser: ``{(name, labels): value}``."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_what_happens_is_counted(fake: FakeClassifier) -> None:
    drift = DriftMonitor(reference_of(fake.predict(["x" * n for n in range(1, 60)])), at_least=5)
    with TestClient(create_app(BatchedService(lambda: fake), limits=SMALL, drift=drift)) as ask:
        for _ in range(3):
            ask.post("/classify", json={"texts": ["a", "bb"]})
        ask.post("/classify", json={"texts": []})
        ask.get("/somebody/typed/this")
        answer = ask.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        seen = read(answer.content)
    assert seen["http_requests_total", (("path", "/classify"), ("status", "200"))] == 3
    assert seen["http_requests_total", (("path", "/classify"), ("status", "422"))] == 1
    assert seen["http_requests_total", (("path", "none"), ("status", "404"))] == 1
    assert seen["http_request_seconds_count", (("path", "/classify"),)] == 4
    assert seen["predictions_total", (("label", "negative"),)] == 3
    assert seen["predictions_total", (("label", "positive"),)] == 3
    assert seen["text_tokens_count", ()] == 6
    assert seen["text_tokens_bucket", (("le", "4.0"),)] == 6
    assert seen["batch_texts_sum", ()] == 6
    assert seen["model_info", (("version", "fake-1"),)] == 1
    assert seen["waiting_texts", ()] == 0
    assert seen["input_drift_psi", (("feature", "tokens"),)] > 0.25, "six short texts against long ones"
    assert not any("typed" in str(key) for key in seen)


def test_two_applications_share_no_counter(fake: FakeClassifier) -> None:
    one, other = Metrics(), Metrics()
    one.request("/classify", 200, 0.01)
    one.predictions([{**fake.predict(["a"])[0], "truncated": True}])
    assert b'http_requests_total{path="/classify",status="200"} 1.0' in one.text()
    assert b"texts_truncated_total 1.0" in one.text()
    assert b'path="/classify"' not in other.text()


def test_the_documentation_shows_the_limits(fake: FakeClassifier) -> None:
    with fastapi_client(fake) as ask:
        schema = ask.get("/openapi.json").json()
        texts = schema["components"]["schemas"]["ClassifyRequest"]["properties"]["texts"]
        assert (texts["maxItems"], texts["items"]["maxLength"]) == (3, 20)
        responses = schema["paths"]["/classify"]["post"]["responses"]
        assert {"200", "413", "422", "500", "503"} <= set(responses)
        # What is sent is what is promised, though no model checks it at run time.
        from course.serving.application import ClassifyResponse

        ClassifyResponse.model_validate(ask.post("/classify", {"texts": ["a"]}).json(), strict=True)

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from course.checking import remote
from course.checking.key import KeyMissing
from course.checking.verdict import Verdict


@contextmanager
def answering(reply: Callable[[dict[str, object]], bytes]) -> Iterator[list[dict[str, object]]]:
    """A judge that answers one request as it is told, on the loopback interface."""
    requests: list[dict[str, object]] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as lines:
                requests.append(json.loads(lines.readline()))
                connection.sendall(reply(requests[-1]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(remote.VARIABLE, json.dumps({"address": server.getsockname(), "token": "secret"}))
            yield requests
        thread.join(5)


def test_questions_are_asked_with_the_token() -> None:
    with answering(lambda _: b'{"questions": {"cases": []}}\n') as requests:
        assert remote.questions("softmax") == {"cases": []}
    assert requests == [{"ask": "questions", "exercise": "softmax", "token": "secret"}]


def test_a_verdict_comes_back_as_one() -> None:
    verdict = Verdict("softmax", 1.0, 2.0, "partial", "Nearly.")
    with answering(lambda _: json.dumps({"verdict": verdict.to_json()}).encode() + b"\n") as requests:
        assert remote.verdict("softmax", [{"results": []}]) == verdict
    assert requests[0]["observations"] == [{"results": []}]


def test_an_unknown_exercise_is_the_same_error_as_without_a_judge() -> None:
    with answering(lambda _: b'{"unknown": "There is no exercise."}\n'), pytest.raises(KeyMissing, match="no exercise"):
        remote.questions("nothing")


@pytest.mark.parametrize("reply", [b"", b"\n", b"{}\n", b"no json\n", b'{"refused": "The token is wrong."}\n'])
def test_a_judge_that_refuses_or_hangs_up_is_told_in_a_sentence(reply: bytes) -> None:
    with answering(lambda _: reply), pytest.raises(remote.JudgeUnreachable, match=r"\.$"):
        remote.questions("softmax")


def test_a_judge_that_is_not_there_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
    monkeypatch.setenv(remote.VARIABLE, json.dumps({"address": address, "token": ""}))
    with pytest.raises(remote.JudgeUnreachable, match="did not answer"):
        remote.questions("softmax")


def test_results_that_are_too_large_are_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_MESSAGE", 50)
    monkeypatch.setenv(remote.VARIABLE, json.dumps({"address": "/nowhere", "token": ""}))
    with pytest.raises(remote.JudgeUnreachable, match="too large"):
        remote.verdict("softmax", [{"results": ["x" * 100]}])

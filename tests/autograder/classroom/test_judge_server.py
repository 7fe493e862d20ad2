from __future__ import annotations

import json
import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom import judge_server
from autograder.classroom.folder import Content
from autograder.classroom.judge_server import Judge, JudgeServer, UnknownExercise
from course.checking import remote
from course.checking.key import Key, KeyMissing, read_key
from course.checking.observe import observe
from tests.autograder.classroom.tiny import TINY


def double(x: float) -> float:
    return 2 * x


def remembers_the_visible(x: float) -> float:
    return {3: 6, 0.5: 1.0}[x]


@pytest.fixture(scope="module")
def keys(content: Content) -> dict[str, Key]:
    return {path.stem: read_key(path) for path in content.keys(TINY).glob("*.json")}


@pytest.fixture
def served(keys: dict[str, Key], monkeypatch: pytest.MonkeyPatch) -> Iterator[Judge]:
    judge = Judge(keys)
    with JudgeServer(judge) as server:
        monkeypatch.setenv(remote.VARIABLE, server.variable)
        yield judge


def asked(answer: Any) -> Any:
    return remote.verdict("double", observe(remote.questions("double"), answer))


def test_a_check_that_is_expected_is_judged_on_hidden_cases_and_recorded(served: Judge) -> None:
    with served.expecting("double"):
        assert len(remote.questions("double")["cases"]) == 4
        assert asked(double).points == 2.0
    assert served.verdicts["double"].status == "pass"


def test_an_answer_that_remembers_the_visible_cases_is_caught(served: Judge) -> None:
    with served.expecting("double"):
        assert asked(remembers_the_visible).points == 0
    assert served.verdicts["double"].points == 0


def test_a_check_elsewhere_sees_visible_cases_only_and_counts_nothing(served: Judge) -> None:
    questions = remote.questions("double")
    assert "71077345" not in json.dumps(questions)
    assert asked(remembers_the_visible).points == 2.0
    with served.expecting("mean"):
        assert asked(remembers_the_visible).points == 2.0
    assert served.verdicts == {}


def test_only_the_first_verdict_counts(served: Judge) -> None:
    with served.expecting("double"):
        first = asked(lambda x: x)
        assert asked(double) == first
    assert served.verdicts["double"].misconception == "unchanged"


def test_questions_hold_no_expectation(served: Judge) -> None:
    with served.expecting("double"):
        questions = remote.questions("double")
    assert set(questions) == {"exercise", "refuse", "time_limit", "cases"}
    assert all(set(case) == {"name", "steps"} for case in questions["cases"])


def test_an_unknown_exercise_is_said(served: Judge) -> None:
    with pytest.raises(KeyMissing, match="no exercise named"):
        remote.questions("nothing")
    with pytest.raises(UnknownExercise):
        served.verdict("nothing", [])


_GOOD = {"results": [1], "error": None, "mutated": False, "timeout": False, "refused": []}


@pytest.mark.parametrize(
    "observations",
    [
        None,
        {},
        [],
        [_GOOD],
        ["text"] * 4,
        [{}] * 4,
        [{**_GOOD, "extra": 1}] * 4,
        [{**_GOOD, "results": {}}] * 4,
        [{**_GOOD, "refused": [3]}] * 4,
        [{**_GOOD, "timeout": 1}] * 4,
        [{**_GOOD, "error": "boom"}] * 4,
        [{**_GOOD, "error": {"type": "E", "message": 3, "line": 1, "text": "", "function": ""}}] * 4,
        [{**_GOOD, "error": {"type": "E"}}] * 4,
    ],
)
def test_what_the_check_would_not_send_is_tampered(served: Judge, observations: Any) -> None:
    with served.expecting("double"):
        assert served.verdict("double", observations).status == "tampered"
    assert served.verdicts["double"].points == 0


def test_a_fault_of_the_judge_is_the_graders_and_is_kept_for_the_instructor(
    served: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(judge_server, "judge", fail)
    with served.expecting("double"):
        verdict = asked(double)
    assert verdict.status == "grader_error"
    assert "secret detail" not in verdict.message
    assert "secret detail" in served.failures["double"]


def test_results_that_lie_about_their_shape_do_not_stop_the_judge(served: Judge) -> None:
    lie = {"$": "array", "dtype": "float64", "shape": [10**9, 10**9], "data": ""}
    strange = [lie, {"$": "array"}, {"$": "unknown"}, {"$": "dict", "v": 3}, {"$": "float", "v": "x"}]
    for result in strange:
        with served.expecting("double"):
            served.verdicts.clear()
            verdict = served.verdict("double", [{**_GOOD, "results": [result]}] * 4)
        assert verdict.points == 0


def raw(variable: str, line: bytes) -> dict[str, Any]:
    address = json.loads(variable)["address"]
    with socket.socket(socket.AF_UNIX) if isinstance(address, str) else socket.socket() as connection:
        connection.settimeout(5)
        connection.connect(address if isinstance(address, str) else tuple(address))
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        data = b""
        while chunk := connection.recv(65536):
            data += chunk
    return dict(json.loads(data)) if data else {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"\n", "not JSON"),
        (b"nonsense\n", "not JSON"),
        (b"[1]\n", "names no exercise"),
        (b'{"exercise": 3}\n', "names no exercise"),
        (b'{"exercise": "double", "ask": "questions"}\n', "token is wrong"),
        (b'{"exercise": "double", "ask": "questions", "token": "x"}\n', "token is wrong"),
        ('{"exercise": "double", "ask": "questions", "token": "é"}\n'.encode(), "token is wrong"),
    ],
)
def test_requests_that_are_not_ours_are_refused(served: Judge, line: bytes, said: str) -> None:
    assert said in raw(os.environ[remote.VARIABLE], line)["refused"]


def test_an_unknown_request_is_refused(served: Judge) -> None:
    token = json.loads(os.environ[remote.VARIABLE])["token"]
    line = json.dumps({"exercise": "double", "ask": "key", "token": token}).encode() + b"\n"
    assert "asks for nothing" in raw(os.environ[remote.VARIABLE], line)["refused"]


def test_deeply_nested_json_does_not_stop_the_judge(served: Judge) -> None:
    raw(os.environ[remote.VARIABLE], b"[" * 100_000 + b"\n")
    assert remote.questions("double")["exercise"] == "double"


def test_a_message_that_is_too_long_is_refused(served: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_server, "MAX_MESSAGE", 100)
    assert "too long" in raw(os.environ[remote.VARIABLE], b"x" * 200)["refused"]


def test_a_flood_is_ignored_after_a_while(keys: dict[str, Key], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_server, "_MAX_REQUESTS", 2)
    with JudgeServer(Judge(keys)) as server:
        monkeypatch.setenv(remote.VARIABLE, server.variable)
        remote.questions("double")
        remote.questions("double")
        with pytest.raises(remote.JudgeUnreachable):
            remote.questions("double")


def test_many_ask_at_once(served: Judge) -> None:
    seen: list[float] = []
    threads = [threading.Thread(target=lambda: seen.append(asked(double).points)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [2.0] * 20


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
def test_the_socket_is_in_a_folder_of_its_own_that_goes_away(keys: dict[str, Key]) -> None:
    with JudgeServer(Judge(keys)) as server:
        folder = Path(json.loads(server.variable)["address"]).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(str(folder / "socket")) < 100
    assert not folder.exists()


def test_without_unix_sockets_it_listens_on_the_loopback_only(
    keys: dict[str, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge_server.os, "name", "nt")
    judge = Judge(keys)
    with JudgeServer(judge) as server:
        host, _ = json.loads(server.variable)["address"]
        assert host == "127.0.0.1"
        monkeypatch.setenv(remote.VARIABLE, server.variable)
        with judge.expecting("double"):
            assert asked(double).points == 2.0

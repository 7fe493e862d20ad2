"""Asking a judge in another process: the half of ``check`` that runs beside a learner's code while it is graded.

The judge is found by the environment variable ``COURSE_JUDGE``, a JSON object ``{"address": path or [host, port],
"token": text}``. One connection carries one request and one reply, each a line of JSON. Only inputs come in and only
observations go out: nothing here knows what is right.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from typing import Any

from course.checking.key import KeyMissing
from course.checking.verdict import Verdict

VARIABLE = "COURSE_JUDGE"
#: Bytes of the longest message in either direction.
MAX_MESSAGE = 64_000_000
#: Seconds that a judge may take to answer.
PATIENCE = 60.0


class JudgeUnreachable(RuntimeError):
    """The judge did not answer, or refused; the message is a sentence."""


def questions(name: str) -> dict[str, Any]:
    """The inputs of an exercise: ``{"exercise", "refuse", "time_limit", "cases"}``.

    Raises:
        KeyMissing: if the judge knows no exercise of that name.
        JudgeUnreachable: if it does not answer.
    """
    answer: dict[str, Any] = _ask({"ask": "questions", "exercise": name})["questions"]
    return answer


def verdict(name: str, observations: list[dict[str, Any]]) -> Verdict:
    """What the judge says of observations made on :func:`questions`.

    Raises:
        KeyMissing: if the judge knows no exercise of that name.
        JudgeUnreachable: if it does not answer.
    """
    return Verdict.from_json(_ask({"ask": "verdict", "exercise": name, "observations": observations})["verdict"])


def _ask(request: Mapping[str, Any]) -> dict[str, Any]:
    place = json.loads(os.environ[VARIABLE])
    line = json.dumps({**request, "token": place["token"]}).encode() + b"\n"
    if len(line) > MAX_MESSAGE:
        raise JudgeUnreachable(f"The results are too large to be judged ({len(line) / 1e6:.0f} MB).")
    try:
        with _connected(place["address"]) as connection, connection.makefile("rb") as replies:
            connection.sendall(line)
            reply = json.loads(replies.readline(MAX_MESSAGE + 1) or b"{}")
    except (OSError, ValueError) as error:
        raise JudgeUnreachable(f"The judge did not answer ({type(error).__name__}).") from None
    if "unknown" in reply:
        raise KeyMissing(reply["unknown"])
    if "refused" in reply or not reply:
        raise JudgeUnreachable(reply.get("refused", "The judge closed the connection."))
    return dict(reply)


def _connected(address: str | list[Any]) -> socket.socket:
    if isinstance(address, str):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        connection.connect(address)
        return connection
    return socket.create_connection((address[0], address[1]), timeout=PATIENCE)

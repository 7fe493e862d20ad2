"""``python -m course.resources``: fetch, check, list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.resources import __main__ as command
from course.resources import store
from course.resources.registry import RESOURCES, ResourceError


def test_check_tells_what_is_there(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "[OK] bert: " in said
    assert "[FAIL] reviews: not there yet: run `python3 setup/run.py resources`" in said
    assert "[FAIL] sentiment: not there yet: run `python3 setup/run.py resources`" in said


def test_check_names_the_damage(
    cache: Path, make_record: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = make_record()
    monkeypatch.setattr(command, "RESOURCES", {"tiny": record})
    store.cached_folder(record).mkdir(parents=True)
    assert command.main(["check", "--json", "--name", "tiny"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {"name": "tiny", "ok": False, "where": "", "detail": "a.txt is missing"}
    ]


def test_fetch_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["fetch", "--name", "bert"]) == 0
    assert capsys.readouterr().out.startswith("bert: verified, ")


def test_a_failure_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ResourceError("Do this.")

    monkeypatch.setattr(command, "locate", fail)
    assert command.main(["fetch"]) == 1
    assert capsys.readouterr().err == "Do this.\n"


def test_list_names_licences_and_citations(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["list"]) == 0
    said = capsys.readouterr().out
    for record in RESOURCES.values():
        assert record.licence in said
        assert record.citation in said
    assert "sentiment: a classifier of film reviews" in said

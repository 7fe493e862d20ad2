"""The records: complete, and what they say of the hashes holds for what is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from course.resources import RESOURCES, ResourceError, resource

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", list(RESOURCES))
def test_licence_source_and_citation_are_there(name: str) -> None:
    record = resource(name)
    assert record.licence in ("MIT", "Apache-2.0")
    assert record.source.startswith("https://")
    assert record.citation.count("@") == record.citation.count("\n}")
    assert re.fullmatch(r"[\w.-]+==[\d.]+", record.requirement)
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in record.files.values())


def test_an_unknown_name_is_answered() -> None:
    with pytest.raises(ResourceError, match="no resource 'gpt4': choose one of bert, reviews"):
        resource("gpt4")
    with pytest.raises(ResourceError):
        resource(["bert"])  # type: ignore[arg-type]


def test_the_weights_are_those_of_the_design() -> None:
    expected = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert resource("bert").files["model.safetensors"] == expected


def test_the_package_with_the_weights_is_in_the_environment() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert resource("bert").requirement in project["dependencies"]


def test_a_learner_reads_the_sentence_alone() -> None:
    assert ResourceError("Do this.")._render_traceback_() == ["ResourceError: Do this."]

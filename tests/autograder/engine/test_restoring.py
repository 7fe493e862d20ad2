"""Settings come back as they were, and what was not changed is not touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch

from autograder.engine.restoring import Settings


def test_what_an_answer_switched_is_switched_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFORE", "1")
    monkeypatch.chdir(tmp_path)
    before = Settings.now()
    threads = torch.get_num_threads()
    os.environ.pop("BEFORE")
    os.environ["LATER"] = "1"
    os.chdir("/")
    torch.set_default_dtype(torch.float64)
    torch.use_deterministic_algorithms(True)
    torch.set_grad_enabled(False)
    torch.set_num_threads(threads + 1)
    before.restore()
    assert Settings.now() == before
    assert os.environ["BEFORE"] == "1"
    assert "LATER" not in os.environ
    assert Path.cwd() == tmp_path
    assert torch.get_default_dtype() is torch.float32
    assert torch.is_grad_enabled()
    assert not torch.are_deterministic_algorithms_enabled()


def test_a_folder_that_is_gone_is_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    settings = Settings.now()
    monkeypatch.chdir(tmp_path)
    settings.restore()
    assert Path.cwd() == tmp_path

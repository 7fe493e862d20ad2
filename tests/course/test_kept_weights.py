"""Trained weights are found again after a restart, and whatever goes wrong with the folder stops nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from torch import nn

from course import cached_layers, kept_weights
from course.cached_layers import FilmClassifier, train_upper_layers

TEXTS = ["A wonderful film.", "Dull.", "I was never bored.", "Awful, just awful!"] * 2
LABELS = [1, 0, 1, 0] * 2
WEIGHTS = {"head": torch.arange(6.0).view(2, 3), "bias": torch.tensor([1.5], dtype=torch.float64)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept_weights, "cache_directory", lambda: tmp_path)
    return tmp_path / "trained"


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each training that is really made."""
    made: list[int] = []
    real = cached_layers.fit_upper

    def counted(*args: object, **options: object) -> list[float]:
        made.append(1)
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(cached_layers, "fit_upper", counted)
    return made


def restarted(**options: float) -> FilmClassifier:
    """A training as a new process would ask for it."""
    cached_layers._trained.cache_clear()
    return train_upper_layers(TEXTS, LABELS, layers=1, epochs=1, **options)[0]  # type: ignore[arg-type]


def same(one: nn.Module, other: nn.Module) -> bool:
    mine, theirs = one.state_dict(), other.state_dict()
    return mine.keys() == theirs.keys() and all(torch.equal(mine[name], theirs[name]) for name in mine)


def test_the_same_call_after_a_restart_trains_nothing_and_gives_the_same(trainings: list[int], folder: Path) -> None:
    first, second = restarted(), restarted()
    assert trainings == [1]
    assert same(first, second)
    assert second.training
    assert all(module.training for module in second.upper.modules())
    assert second.upper.head.weight.requires_grad
    (file,) = folder.iterdir()
    assert file.stat().st_size < 10_000_000  # one layer and the head, not the whole model


@pytest.mark.parametrize("options", [{"seed": 1}, {"learning_rate": 1e-3}])
def test_other_arguments_train_anew(trainings: list[int], options: dict[str, float]) -> None:
    first, other = restarted(), restarted(**options)
    assert trainings == [1, 1]
    assert not same(first, other)


def test_other_texts_labels_code_versions_and_processors_have_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = (("a", "b"), (0, 1), 2, 2e-4, 2, 0)
    names = [cached_layers._name(*wanted), cached_layers._name(("ab", ""), *wanted[1:]),
             cached_layers._name(wanted[0], (1, 0), *wanted[2:])]  # fmt: skip
    assert cached_layers._name(*wanted) == names[0]
    with monkeypatch.context() as patch:
        able = cached_layers.fast_bfloat16()
        patch.setattr(cached_layers, "fast_bfloat16", lambda: not able)
        names.append(cached_layers._name(*wanted))
    with monkeypatch.context() as patch:
        patch.setattr(torch, "__version__", "0.0")
        names.append(cached_layers._name(*wanted))
    with monkeypatch.context() as patch:
        patch.setattr(cached_layers, "__file__", __file__)
        names.append(cached_layers._name(*wanted))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "not tensors", "other shapes"])
def test_a_damaged_file_is_as_if_it_were_not_there(trainings: list[int], folder: Path, damage: str) -> None:
    first = restarted()
    (file,) = folder.iterdir()
    content = file.read_bytes()
    if damage == "other shapes":
        kept_weights.keep(file.stem, WEIGHTS)
    else:
        file.write_bytes(
            {"cut": content[:-100], "changed": content[:-1] + bytes([content[-1] ^ 1]), "empty": b"",
             "not tensors": b"no tensors at all" * 9}[damage]
        )  # fmt: skip
    assert same(first, restarted())
    assert trainings == [1, 1]
    assert same(first, restarted())  # and the damaged one was replaced
    assert trainings == [1, 1]


def test_where_nothing_can_be_written_it_trains_each_time(trainings: list[int], tmp_path: Path, folder: Path) -> None:
    folder.write_text("a file where the folder should be")  # what even root cannot write to
    assert same(restarted(), restarted())
    assert trainings == [1, 1]
    assert [path.name for path in tmp_path.iterdir()] == ["trained"]


def test_a_folder_that_may_only_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_weights.keep("before", WEIGHTS)

    def refused(*given: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(kept_weights, "save_file", refused)
    assert not kept_weights.keep("one", WEIGHTS)
    assert kept_weights.recall("before") is not None
    assert kept_weights.recall("one") is None


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_a_grader_that_is_another_user_may_read_it(folder: Path) -> None:
    kept_weights.keep("one", WEIGHTS)
    assert (folder / "one.safetensors").stat().st_mode & 0o777 == 0o644


def test_a_disk_that_is_full_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_weights, "save_file", full)
    assert not kept_weights.keep("one", WEIGHTS)
    assert list(folder.iterdir()) == []


def test_what_is_kept_comes_back_as_it_was() -> None:
    assert kept_weights.recall("one") is None
    assert kept_weights.keep("one", WEIGHTS)
    found = kept_weights.recall("one")
    assert found is not None
    assert found.keys() == WEIGHTS.keys()
    assert all(torch.equal(found[name], WEIGHTS[name]) and found[name].dtype == WEIGHTS[name].dtype for name in found)


def test_the_oldest_are_thrown_away_and_what_was_used_is_young(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_weights, "MOST", 3)
    for age, name in enumerate(["a", "b", "c"]):
        kept_weights.keep(name, WEIGHTS)
        os.utime(folder / f"{name}.safetensors", (1000 + age, 1000 + age))
    (folder / ".left.part").touch()
    os.utime(folder / ".left.part", (1000, 1000))
    kept_weights.recall("a")
    kept_weights.keep("d", WEIGHTS)
    assert sorted(path.name for path in folder.iterdir()) == ["a.safetensors", "c.safetensors", "d.safetensors"]

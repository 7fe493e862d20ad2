"""The trials of lesson 8's evaluation tell number from tensor, and draw the same each time."""

from __future__ import annotations

import torch

from course.evaluation_trials import interval, temperature

VALUES, DRAWS = torch.tensor([1.0, 0.0, 1.0]), torch.tensor([[0, 1, 2], [0, 0, 0]])


def test_an_interval_is_two_numbers_and_says_whether_they_are_floats() -> None:
    wanted = {"low": 0.25, "high": 1.0, "Python floats": True}
    assert interval(lambda values, draws: (0.25, 1.0), VALUES, DRAWS) == wanted
    assert interval(lambda values, draws, level: [0.25, level], VALUES, DRAWS, 1.0) == wanted
    tensors = interval(lambda values, draws: (torch.tensor(0.25), torch.tensor([1.0])), VALUES, DRAWS)
    assert tensors == wanted | {"Python floats": False}
    assert not interval(lambda values, draws: (0, 1), VALUES, DRAWS)["Python floats"]


def test_what_is_no_interval_is_handed_on() -> None:
    for other in (0.5, (0.1, 0.2, 0.3), (0.1, "high"), None):
        assert interval(lambda values, draws, other=other: other, VALUES, DRAWS) == other


def test_what_draws_draws_the_same() -> None:
    results = [interval(lambda values, draws: (0.0, torch.rand(()).item()), VALUES, DRAWS) for _ in range(2)]
    assert results[0] == results[1]


def test_a_temperature_and_the_gradient_of_its_logits() -> None:
    logits, labels = torch.tensor([[1.0, 0.0]]), torch.tensor([0])
    asked: list[bool] = []

    def answer(given: torch.Tensor, classes: torch.Tensor) -> float:
        asked.append(given.requires_grad)
        return 2.0

    wanted = {"T": 2.0, "a Python float": True, "logits unchanged": True}
    assert temperature(answer, logits, labels) == temperature(answer, logits, labels, gradient=True) == wanted
    assert asked == [False, True]
    assert not temperature(lambda given, classes: torch.tensor([2.0]), logits, labels)["a Python float"]
    assert temperature(lambda given, classes: "warm", logits, labels) == "warm"


def test_logits_that_are_changed_are_noticed() -> None:
    def answer(given: torch.Tensor, classes: torch.Tensor) -> float:
        given /= 2
        return 2.0

    assert not temperature(answer, torch.tensor([[1.0, 0.0]]), torch.tensor([0]))["logits unchanged"]

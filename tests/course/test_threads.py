"""The number of threads holds in the body, and is put back on every way out."""

from __future__ import annotations

import pytest
import torch

from course.threads import threads


def test_threads_hold_in_the_body_and_are_put_back() -> None:
    before = torch.get_num_threads()
    with threads(before + 1):
        assert torch.get_num_threads() == before + 1
    assert torch.get_num_threads() == before
    with pytest.raises(ZeroDivisionError), threads(before + 1):
        _ = 1 / 0
    assert torch.get_num_threads() == before


def test_a_decorated_function_has_them_at_every_call() -> None:
    before = torch.get_num_threads()

    @threads(before + 1)
    def counted() -> int:
        return torch.get_num_threads()

    assert [counted(), counted()] == [before + 1, before + 1]
    assert counted.__name__ == "counted"
    assert torch.get_num_threads() == before

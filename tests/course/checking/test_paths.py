"""Dotted paths lead to what they name, whether its module is imported already or not."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from course.checking.paths import resolve


def test_functions_methods_and_attributes_of_values_are_found() -> None:
    assert resolve("torch.nn.functional.softmax") is torch.nn.functional.softmax
    assert resolve("torch.Tensor.softmax") is torch.Tensor.softmax
    # An attribute that every object has must still be that of the value on the path.
    assert resolve("sys.version.__str__")() == sys.version


def test_what_is_not_imported_yet_is_imported() -> None:
    code = "from course.checking.paths import resolve; assert resolve('colorsys.rgb_to_hsv')(0, 0, 0) == (0, 0, 0)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", ["torch.no_such_function", "torch.Tensor.no_such_method", "no_such_module.f"])
def test_what_is_not_there_is_said(path: str) -> None:
    with pytest.raises(ImportError, match=path.rpartition(".")[0].partition(".")[0]):
        resolve(path)

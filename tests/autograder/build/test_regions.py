"""Region markers: a misspelt one stops the build with its line, a stub of one's own is put in place."""

from __future__ import annotations

import pytest

from autograder.build.regions import check_markers, restore_stub
from autograder.contract import ContractError

GOOD = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"


def test_good_markers_pass() -> None:
    check_markers(GOOD, "lesson.py")
    check_markers(
        "# At the end of the solution of 1900, a beginning\n# begin with the sum\nx = 1  # end\n", "lesson.py"
    )


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("### BEGIN SOLUTON", 2),
        ("### BEGIN SOLUTIONS", 2),
        ("## BEGIN SOLUTION", 2),
        ("###BEGIN SOLUTION", 2),
        ("### begin solution", 2),
        ("### BEGIN  SOLUTION", 2),
        ("# BEGIN SOLUTION", 2),
        ("### BEGINN SOLUTION", 2),
        ("### START SOLUTION", 2),
        ("### BEGIN HIDDEN TESTS", 2),
    ],
)
def test_a_misspelt_marker_is_refused_with_its_line(wrong: str, line: int) -> None:
    with pytest.raises(ContractError, match=rf"lesson\.py, line {line}: .*"):
        check_markers(GOOD.replace("### BEGIN SOLUTION", wrong), "lesson.py")


@pytest.mark.parametrize(
    "text",
    [
        "### BEGIN SOLUTION\nx\n",
        "### END SOLUTION\n",
        "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n",
        "### BEGIN SOLUTION\n### END STUB\n",
    ],
)
def test_unpaired_and_nested_markers_are_refused(text: str) -> None:
    with pytest.raises(ContractError, match=r"line [12]"):
        check_markers(text, "lesson.py")


def test_a_stub_of_its_own_takes_the_place_of_the_usual_one() -> None:
    cell = (
        "def f(items):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n    ### BEGIN STUB\n"
        "    # for item in items:\n    #     print(item)\n    #\n    # return items\n    ### END STUB"
    )
    assert restore_stub(cell) == "def f(items):\n    for item in items:\n        print(item)\n    \n    return items"
    assert restore_stub("x = 1") == "x = 1"

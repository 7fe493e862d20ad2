from __future__ import annotations

import gc
import threading
import time

import pytest

from autograder.classroom.names import checked_name, defined_names, is_unwritten, normalised, parsed


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def softmax(x): return x", {"softmax"}),
        ("class Head: pass\nasync def f(): pass", {"Head", "f"}),
        ("softmax = lambda x: x", {"softmax"}),
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("x: int = 3\ny: int", {"x"}),
        ("if True:\n    def f(): pass\nelse:\n    g = 1", {"f", "g"}),
        ("try:\n    f = 1\nexcept E:\n    g = 2\nfinally:\n    h = 3", {"f", "g", "h"}),
        ("def outer():\n    def inner(): pass", {"outer"}),
        ("import math", set()),
        ("x.y = 3\nz[0] = 1", set()),
        ("", set()),
    ],
)
def test_defined_names(source: str, names: set[str]) -> None:
    assert defined_names(source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def softmax(x:\n    return x", {"softmax"}),
        ("%matplotlib inline\ndef f(x):\n    y = 1\n    return x", {"f"}),
        ("!pip install x\nclass A(B):\n  pass\nvalue = 3\nn: int = 4\nif x == 3: pass", {"A", "value", "n"}),
    ],
)
def test_text_that_does_not_parse_still_tells_its_names(source: str, names: set[str]) -> None:
    assert defined_names(source) == names


@pytest.mark.parametrize("source", ["(" * 5000, "\x00", "x = " + "-" * 100_000 + "1", "a" * 600_000])
def test_hostile_text_defines_nothing_and_raises_nothing(source: str) -> None:
    assert defined_names(source) <= {"x"}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('check("softmax", softmax)', "softmax"),
        ('  \ncheck("softmax", softmax)  # now', "softmax"),
        ("check('a', 1); print()", ""),
        ("check(name, f)", ""),
        ("other.check('a', f)", ""),
        ("check()", ""),
        ("x = check('a', f)", ""),
    ],
)
def test_checked_name(source: str, name: str) -> None:
    assert checked_name(source.strip()) == name


def test_normalised_ignores_line_ends_and_trailing_space() -> None:
    assert normalised("\n a \r\nb\t\n\n") == " a\nb"
    assert normalised("a\n b") != normalised("a\nb")


@pytest.mark.parametrize(
    ("source", "unwritten"),
    [
        ("def f(x):\n    '''doc'''\n    # YOUR CODE HERE\n    raise NotImplementedError()", True),
        ("import math\nclass A:\n    def f(self):\n        raise NotImplementedError", True),
        ("def f(x):\n    y = 1\n    raise NotImplementedError()", False),
        ("def f(x):\n    raise ValueError()", False),
        ("class A:\n    def f(self): return 1\n    def g(self): raise NotImplementedError()", False),
        ("x = 3", False),
        ("def f(:", False),
    ],
)
def test_is_unwritten(source: str, unwritten: bool) -> None:
    assert is_unwritten(source) is unwritten


def test_a_long_chain_of_branches_tells_its_names() -> None:
    source = "if 0:\n    first = 1\n" + "elif 0:\n    other = 1\n" * 900 + "else:\n    last = 1"
    assert defined_names(source) == {"first", "other", "last"}


def test_threads_that_parse_at_once_do_not_disturb_one_another() -> None:
    failures: list[BaseException] = []

    def read(number: int) -> None:
        try:
            for length in range(300, 320):
                assert parsed(f"x = {number}\n" * length) is not None
        except BaseException as error:
            failures.append(error)

    def give_way(*_: object) -> None:
        time.sleep(0)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    before = gc.get_threshold()
    gc.callbacks.append(give_way)  # as any finalizer may
    gc.set_threshold(20)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(give_way)
    assert not failures

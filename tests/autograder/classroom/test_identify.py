from __future__ import annotations

import contextlib
from pathlib import PurePosixPath

import pytest

from autograder.classroom.identify import (
    UnknownStudent,
    is_named_for,
    student_id,
    student_of,
    without_wrapper,
)

LESSON = "05_attention"


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("alice.ipynb", "alice"),
        ("alice/05_attention.ipynb", "alice"),
        ("alice/answers.ipynb", "alice"),
        ("alice_05_attention.ipynb", "alice"),
        ("alice-05_attention.ipynb", "alice"),
        ("05_attention_alice.ipynb", "alice"),
        ("05_attention-alice.ipynb", "alice"),
        ("05_attention alice.ipynb", "alice"),
        ("alice_attention.ipynb", "alice"),
        ("alice_05_attention (2).ipynb", "alice"),
        ("alice_05_attention-Copy1.ipynb", "alice"),
        ("alice/05_attention/05_attention.ipynb", "alice"),
        ("submitted/alice/05_attention/05_attention.ipynb", "alice"),
        ("Alice Smith_12345_assignsubmission_file_/05_attention.ipynb", "Alice_Smith_12345"),
        ("Alice Smith_12345_assignsubmission_file/my own.ipynb", "Alice_Smith_12345"),
        ("smithalice_12345_67890_05_attention.ipynb", "smithalice"),
        ("smithalice_LATE_12345_67890_05_attention-1.ipynb", "smithalice"),
        ("s1234567.ipynb", "s1234567"),
        ("张三.ipynb", "张三"),
        ("alice@example.org/05_attention.ipynb", "alice@example.org"),
    ],
)
def test_student_of(path: str, student: str) -> None:
    assert student_of(PurePosixPath(path), LESSON) == student


def test_a_file_named_by_itself_is_told_by_its_own_name_first() -> None:
    path = PurePosixPath("homework/alice_05_attention.ipynb")
    assert student_of(path, LESSON, name_first=True) == "alice"
    assert student_of(PurePosixPath("alice/05_attention.ipynb"), LESSON, name_first=True) == "alice"
    assert student_of(PurePosixPath("/home/prof/alice/05_attention.ipynb"), LESSON, name_first=True) == "alice"


@pytest.mark.parametrize("path", ["05_attention.ipynb", "Downloads/05_attention.ipynb", "05_attention (1).ipynb"])
def test_a_file_that_says_nothing_is_refused_with_the_remedy(path: str) -> None:
    with pytest.raises(UnknownStudent, match=r"alice_05_attention\.ipynb"):
        student_of(PurePosixPath(path), LESSON, name_first=True)


@pytest.mark.parametrize("name", ["alice", "a", "a.b-c_d@e", "Ünal", "0123", "x" * 64])
def test_good_ids(name: str) -> None:
    assert student_id(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("..", "first or last"),
        ("-alice", "first or last"),
        ("=cmd()", "'=()'"),
        ("a b", "a space"),
        ("a/b", "'/'"),
        ("a,b", "','"),
        ("a*", "'*'"),
        ("a+b", "'+'"),
        ("a\nb", r"'\\n'"),
        ("x" * 65, "too long"),
        ("feedback", "passes over"),
        ("𐍈" * 60, "200 bytes"),
        ("CON", "device"),
        ("aux.txt", "device"),
        ("ａｌｉｃｅ", "looks like 'alice'"),
        ("alice\u3164", "looks like"),
        ("\u0430lice", "one script"),
    ],
)
def test_bad_ids_are_refused_with_the_reason(name: str, said: str) -> None:
    with pytest.raises(UnknownStudent) as caught:
        student_id(name)
    assert said.replace(r"\\", "\\") in str(caught.value)


def test_ids_are_one_whether_accents_are_composed_or_not() -> None:
    assert student_id("José") == student_id("José")


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        (["hw5/alice.ipynb", "hw5/bob.ipynb"], ["alice", "bob"]),
        (["hw5/alice/05_attention.ipynb", "hw5/bob/05_attention.ipynb"], ["alice", "bob"]),
        (["hw5/alice/05_attention.ipynb"], ["alice"]),
        (["alice/05_attention.ipynb", "alice/scratch.ipynb"], ["alice", "alice"]),
        (["alice/answers.ipynb"], ["alice"]),
        (["alice/05_attention.ipynb", "bob/05_attention.ipynb"], ["alice", "bob"]),
        (["all/A B_1_assignsubmission_file_/x.ipynb"], ["A_B_1"]),
        (["a/b/carol_05_attention.ipynb", "a/b/dave_05_attention.ipynb"], ["carol", "dave"]),
    ],
)
def test_folders_around_everything_are_no_students(paths: list[str], students: list[str]) -> None:
    located = without_wrapper([PurePosixPath(path) for path in paths], LESSON)
    assert [student_of(path, LESSON) for path in located] == students


@pytest.mark.timeout(10)
@pytest.mark.parametrize("stem", ["copy " * 48 + "x", "(1) " * 60 + "x", "_ -" * 80 + "copy", "-" * 200 + LESSON])
def test_no_name_takes_long(stem: str) -> None:
    with contextlib.suppress(UnknownStudent):
        student_of(PurePosixPath(f"{stem}.ipynb"), LESSON)


def test_is_named_for() -> None:
    assert is_named_for(PurePosixPath("x/alice_05_attention.ipynb"), LESSON)
    assert is_named_for(PurePosixPath("05_attention (3).ipynb"), LESSON)
    assert not is_named_for(PurePosixPath("scratch.ipynb"), LESSON)

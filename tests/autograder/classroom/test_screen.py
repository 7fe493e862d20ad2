from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.screen import printable
from autograder.text import loads


@pytest.mark.parametrize("text", ["alice", "Zoë", "张三", "می‌خواهم", "👩‍👧", "a b", "½ – “x”"])
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202eabc", "\\u202eabc"),
        ("\u2028", "\\u2028"),
        ("\udcff", "\\udcff"),
        ("\U000e0061", "\\U000e0061"),
        ("\x00", "\\x00"),
        ("x" * 501, "x" * 499 + "…"),
    ],
)
def test_commands_are_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(max_size=40))
def test_any_text_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)


def test_half_pairs_become_question_marks_and_whole_ones_stay() -> None:
    assert loads(r'{"a\udcff": ["\ud83d\ude00", "\ud800", "\u00e9"]}') == {"a?": ["😀", "?", "é"]}
    assert loads('{"a": "x", "b": 1.5}') == {"a": "x", "b": 1.5}
    with pytest.raises(json.JSONDecodeError):
        loads("{")

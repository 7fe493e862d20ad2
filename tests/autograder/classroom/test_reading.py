from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.reading import MAX_CELLS, Malformed, read_submission


def notebook(cells: Any, **more: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \r\n\x00", "is empty"),
        (b"{nope", "line 1, column 2"),
        (notebook([])[:-10], "ends in the middle"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'{\n<<<<<<< HEAD\n"cells": []\n=======\n>>>>>>> other\n}', "unresolved git merge"),
        (b"PK\x03\x04\x00\xff\xfe\xfa", "binary data"),
        (b"\xff\xfe\x00", "cannot be decoded"),
        (b"[1, 2]", "no notebook"),
        (b'"text"', "no notebook"),
        (b"{}", "no list of cells"),
        (b'{"cells": {"a": 1}}', "no list of cells"),
        (b"[" * 200_000, "no notebook"),
        (b'{"cells": [], "n": ' + b"9" * 10_000 + b"}", "cannot be read"),
        (notebook([{}] * (MAX_CELLS + 1)), "at most"),
    ],
)
def test_what_is_no_notebook_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_submission(data)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


def test_source_may_be_a_list_and_have_windows_line_ends() -> None:
    read = read_submission(notebook([{"cell_type": "code", "source": ["a = 1\r\n", "b = 2"]}]))
    assert read.cells[0].source == "a = 1\nb = 2"


def test_lone_surrogates_can_be_written_again() -> None:
    read = read_submission(b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}')
    read.cells[0].source.encode("utf-8")


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    plain = notebook([{"cell_type": "code", "source": "é"}])
    assert read_submission(b"\xef\xbb\xbf" + plain).cells[0].source == "é"
    wide = read_submission(plain.decode().encode("utf-16"))
    assert wide.cells[0].source == "é"
    assert "UTF-16" in wide.notes[0]


def test_latin_1_is_read_and_said() -> None:
    read = read_submission('{"cells": [{"cell_type": "markdown", "source": "naïve"}]}'.encode("latin-1"))
    assert read.cells[0].source == "naïve"
    assert "Latin-1" in read.notes[0]


def test_format_3_is_read() -> None:
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": "Title"},
                    {"cell_type": "code", "input": ["x = 1"], "outputs": [], "language": "python"},
                ]
            }
        ],
    }
    read = read_submission(json.dumps(old).encode())
    assert [(cell.cell_type, cell.source) for cell in read.cells] == [("markdown", "## Title"), ("code", "x = 1")]
    assert "old format 3.0" in read.notes[0]


def test_a_newer_minor_format_is_read() -> None:
    assert read_submission(notebook([{"cell_type": "code", "source": "x"}], nbformat_minor=99)).cells[0].source == "x"


def test_metadata_is_taken_only_where_it_has_the_right_type() -> None:
    cells = [
        {"cell_type": "code", "source": "x", "id": 7, "metadata": {"nbgrader": {"grade_id": ["a"]}, "tags": "t"}},
        {"cell_type": "code", "source": 5, "metadata": "none"},
        {"cell_type": "heading"},
        "no cell",
        {"cell_type": "markdown", "source": "![](attachment:a.png)", "attachments": {"a.png": {"image/png": "aaaa"}}},
        {"cell_type": "markdown", "source": "", "attachments": {"a.png": 3}},
    ]
    read = read_submission(notebook(cells)).cells
    assert [cell.cell_type for cell in read] == ["code", "code", "raw", "markdown", "markdown"]
    assert (read[0].cell_id, read[0].grade_id, read[0].tags, read[0].has_metadata) == ("", "", (), True)
    assert read[1].source == ""
    assert read[3].attachments == {"a.png": {"image/png": "aaaa"}}
    assert read[4].attachments == {}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "metadata", "source", "cell_type", "nbgrader", "id", "tags", "worksheets"]), inner
        )
    ),
    max_leaves=20,
)


def read_or_reason(data: bytes) -> str:
    """Empty if the data could be read, else the reason given."""
    try:
        read_submission(data)
    except Malformed as error:
        return str(error)
    return ""


@given(_JSON)
def test_any_json_is_read_or_refused_with_a_sentence(data: Any) -> None:
    assert read_or_reason(json.dumps(data).encode())[-1:] in ("", ".")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    assert read_or_reason(data)[-1:] in ("", ".")


def test_text_full_of_commas_is_no_structure() -> None:
    text = '1, 2, [3], {4: "5"}, ' * 200_000
    data = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": [{"text": text}]}]})
    assert [cell.source for cell in read_submission(data.encode()).cells] == ["x"]


def test_data_that_would_unfold_in_memory_is_refused_before_it_is_read() -> None:
    data = b'{"cells":[' + b"[]," * 1_500_000 + b"[]]}"
    with pytest.raises(Malformed, match=r"more than 2,000,000 parts"):
        read_submission(data)


def test_more_code_than_anybody_writes_is_refused() -> None:
    def notebook(cell_type: str) -> bytes:
        cell = {"cell_type": cell_type, "source": "x\n" * 100_000}
        return json.dumps({"nbformat": 4, "cells": [cell] * 6}).encode()

    with pytest.raises(Malformed, match=r"hold 1,200,000 characters"):
        read_submission(notebook("code"))
    assert len(read_submission(notebook("markdown")).cells) == 6

"""Region markers in the cells of a lesson: solutions, and stubs other than the usual one.

A marker that is misspelt would publish the solution in silence, so anything that looks like one and is none stops the
build, with its line.
"""

from __future__ import annotations

import difflib
import re
import textwrap

from autograder.contract import ContractError

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_STUB, END_STUB = "### BEGIN STUB", "### END STUB"
_MARKERS = (BEGIN_SOLUTION, END_SOLUTION, BEGIN_STUB, END_STUB)
_LOOKS_LIKE = re.compile(r"#+\s*(begin|end|start|stop)\s+(solut|stub|hidden|mark)", re.I)
_USUAL_STUB = re.compile(r"^[ \t]*# YOUR CODE HERE\n[ \t]*raise NotImplementedError\(\)\n", re.M)
_STUB_BLOCK = re.compile(rf"^[ \t]*{BEGIN_STUB}[ \t]*\n(?P<body>(?:.*\n)*?)[ \t]*{END_STUB}[ \t]*(?:\n|$)", re.M)


def check_markers(source: str, place: str) -> None:
    """Refuse misspelt, unpaired or nested markers.

    Args:
        source: the text of a cell or file.
        place: what to call it in the message; the line number is added.

    Raises:
        ContractError: with the line.
    """
    is_open: tuple[str, int] | None = None
    for number, line in enumerate(source.splitlines(), start=1):
        marker = line.strip()
        if marker in _MARKERS:
            if marker in (BEGIN_SOLUTION, BEGIN_STUB):
                if is_open is not None:
                    raise ContractError(
                        f"{place}, line {number}: {marker!r} inside the region opened in line {is_open[1]}."
                    )
                is_open = (marker.replace("BEGIN", "END"), number)
            elif is_open is None:
                raise ContractError(f"{place}, line {number}: {marker!r} closes no region.")
            elif marker != is_open[0]:
                raise ContractError(f"{place}, line {number}: {marker!r} where {is_open[0]!r} was expected.")
            else:
                is_open = None
        elif _LOOKS_LIKE.search(line) or (
            marker.startswith("#") and difflib.get_close_matches(marker.upper(), _MARKERS, n=1, cutoff=0.8)
        ):
            raise ContractError(
                f"{place}, line {number}: {marker!r} looks like a region marker and is none; "
                f"write one of {', '.join(_MARKERS)}."
            )
    if is_open is not None:
        raise ContractError(f"{place}, line {is_open[1]}: the region opened here is never closed with {is_open[0]!r}.")


def restore_stub(source: str) -> str:
    """Where a cell brings a stub of its own, put it in place of the usual one (``raise NotImplementedError()``).

    The stub stands in comments between its markers, directly after the solution, each line as ``# line``.
    """
    found = _STUB_BLOCK.search(source)
    if found is None:
        return source
    lines = textwrap.dedent(found["body"]).splitlines()
    indent = re.match(r"[ \t]*", found[0])
    prefix = indent[0] if indent else ""
    stub = "".join(prefix + re.sub(r"^# ?", "", line) + "\n" for line in lines)
    without = source[: found.start()] + stub + source[found.end() :]
    return _USUAL_STUB.sub("", without, count=1).rstrip("\n")

"""Whose submission a file is: from its folder or its name, as learners and learning platforms give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from autograder.errors import AutograderError

#: Letters and digits of any script, and ``. _ - @`` inside: safe in paths, globs, web addresses and CSV cells alike.
_STUDENT = re.compile(r"\w(?:[\w.@-]*\w)?")
#: Names of folders that nbgrader passes over.
_RESERVED = {"feedback", "__pycache__"}
_MAX_LENGTH = 64
#: Folders that say nothing about whose file is in them.
_NOBODY = {
    "", ".", "..", "downloads", "desktop", "documents", "tmp", "submitted", "submissions", "received", "workspace",
    "handed-in",
}  # fmt: skip
#: What browsers and Jupyter add to the name of a second copy.
_COPY = re.compile(r"(?:\s*\(\d+\)|[\s_-]*-?[Cc]opy\s*\d*)+$")
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_\w*")
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?\d+_\d+_(?P<rest>.+)", re.I)


class UnknownStudent(AutograderError):
    """It cannot be told whose a file is, or the name cannot be used; the message is a sentence that says what to do."""


def student_id(name: str) -> str:
    """A student's id, if it can be one.

    Raises:
        UnknownStudent: if it cannot.
    """
    cleaned = unicodedata.normalize("NFC", name.strip())
    if not cleaned:
        raise UnknownStudent("The name of a student is empty: give one of letters and digits.")
    if len(cleaned) > _MAX_LENGTH:
        raise UnknownStudent(f"{cleaned[:20] + '…'!r} is too long for a student: at most {_MAX_LENGTH} characters.")
    if not _STUDENT.fullmatch(cleaned):
        odd = "".join(dict.fromkeys(c for c in cleaned if not re.match(r"[\w.@-]", c))) or "the first or last character"
        shown = "a space" if odd == " " else odd if odd.startswith("the") else ascii(odd)
        raise UnknownStudent(
            f"{cleaned!r} cannot name a student because of {shown}: use letters, digits and . _ - @, with a letter or "
            "digit first and last."
        )
    if cleaned.lower() in _RESERVED:
        raise UnknownStudent(f"{cleaned!r} cannot name a student: nbgrader passes over folders of that name.")
    return cleaned


def student_of(path: PurePosixPath, lesson: str, *, name_first: bool = False) -> str:
    """Whose a notebook is, by the folder that it is in, else by its own name without the lesson's.

    A learning platform's names (Moodle's folders, Canvas's files) are understood.

    Args:
        path: of the notebook, relative to what was handed over; see :func:`without_wrapper`.
        lesson: which is being collected.
        name_first: whether the file's own name comes before its folder's, as for a file that was named by itself.

    Raises:
        UnknownStudent: if it cannot be told.
    """
    stem = _COPY.sub("", path.stem).strip()
    folders = [part for part in path.parent.parts if part.lower() not in _NOBODY and part != lesson]
    canvas = _CANVAS.fullmatch(stem)
    if canvas and lesson in canvas["rest"]:
        return student_id(canvas["name"])
    rest = _without_lesson(stem, lesson)
    if rest and (name_first or not folders):
        return student_id(rest)
    if folders:
        folder = folders[-1 if name_first else 0]
        moodle = _MOODLE.fullmatch(folder)
        if moodle:
            return student_id(re.sub(r"\s+", "_", moodle["name"].strip()) + "_" + moodle["number"])
        return student_id(folder)
    raise UnknownStudent(
        f"It cannot be told who handed in {path.name}: name the file alice_{lesson}.ipynb, put it into a folder named "
        "after the student, or give --student."
    )


def is_named_for(path: PurePosixPath, lesson: str) -> bool:
    """Whether a notebook's name is the lesson's, alone or beside a student's."""
    stem = _COPY.sub("", path.stem).strip()
    return _without_lesson(stem, lesson) != stem


def without_wrapper(paths: Sequence[PurePosixPath], lesson: str) -> list[PurePosixPath]:
    """The paths without folders that enclose them all and are no student's, such as the one a zip is made of."""
    current = list(paths)
    while current and all(len(path.parts) > 1 for path in current) and len({path.parts[0] for path in current}) == 1:
        direct = [path for path in current if len(path.parts) == 2]
        if any(not _without_lesson(_COPY.sub("", path.stem).strip(), lesson) for path in direct):
            break
        if (len(current) == 1 and direct) or _MOODLE.fullmatch(current[0].parts[0]):
            break
        current = [PurePosixPath(*path.parts[1:]) for path in current]
    return current


def _without_lesson(stem: str, lesson: str) -> str:
    number, _, topic = lesson.partition("_")
    for name in (lesson, lesson.replace("_", "-"), lesson.replace("_", " "), topic):
        if stem.lower() == name.lower():
            return ""
        for pattern in (rf"{re.escape(name)}[\s_-]+(?P<rest>.+)", rf"(?P<rest>.+?)[\s_-]+{re.escape(name)}(?:-\d+)?"):
            found = re.fullmatch(pattern, stem, re.I)
            if found and found["rest"] != number:
                return found["rest"]
    return stem

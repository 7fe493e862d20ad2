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
#: What Windows takes for a device, whatever follows after a dot.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_MAX_LENGTH = 64
#: A folder's name has at most 255 bytes on most disks, and a letter up to four.
_MAX_BYTES = 200
#: Letters by name only: they are drawn as nothing.
_INVISIBLE = "\u115f\u1160"
#: Scripts whose letters are drawn as Latin ones; nobody's name mixes them.
_LOOK_ALIKES = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
#: Folders that say nothing about whose file is in them.
_NOBODY = {
    "", ".", "..", "downloads", "desktop", "documents", "tmp", "submitted", "submissions", "received", "workspace",
    "handed-in",
}  # fmt: skip
#: What browsers and Jupyter add to the name of a second copy.
_COPY = re.compile(r"(?:\(\d+\)|[Cc]opy\s*+\d*+)$")
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
    if len(cleaned) > _MAX_LENGTH or len(cleaned.encode("utf-8", "replace")) > _MAX_BYTES:
        raise UnknownStudent(
            f"{cleaned[:20] + '…'!a} is too long for a student: at most {_MAX_LENGTH} characters "
            f"and {_MAX_BYTES} bytes."
        )
    if not _STUDENT.fullmatch(cleaned):
        odd = "".join(dict.fromkeys(c for c in cleaned if not re.match(r"[\w.@-]", c))) or "the first or last character"
        shown = "a space" if odd == " " else odd if odd.startswith("the") else ascii(odd)
        raise UnknownStudent(
            f"{cleaned!r} cannot name a student because of {shown}: use letters, digits and . _ - @, with a letter or "
            "digit first and last."
        )
    if cleaned.lower() in _RESERVED:
        raise UnknownStudent(f"{cleaned!r} cannot name a student: nbgrader passes over folders of that name.")
    if cleaned.lower().partition(".")[0] in _DEVICES:
        raise UnknownStudent(f"{cleaned!r} cannot name a student: on Windows it is the name of a device.")
    plain = unicodedata.normalize("NFKC", cleaned)
    if plain != cleaned:
        raise UnknownStudent(f"{cleaned!a} cannot name a student, because it looks like {plain!r}: use that.")
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in cleaned if letter.isalpha()}
    if any(letter in cleaned for letter in _INVISIBLE) or ("LATIN" in scripts and scripts & _LOOK_ALIKES):
        raise UnknownStudent(
            f"{cleaned!a} cannot name a student, because it looks like another name: use letters of one script."
        )
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
    stem = _own_stem(path)
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
    stem = _own_stem(path)
    return _without_lesson(stem, lesson) != stem


def without_wrapper(paths: Sequence[PurePosixPath], lesson: str) -> list[PurePosixPath]:
    """The paths without folders that enclose them all and are no student's, such as the one a zip is made of."""
    current = list(paths)
    while current and all(len(path.parts) > 1 for path in current) and len({path.parts[0] for path in current}) == 1:
        direct = [path for path in current if len(path.parts) == 2]
        if any(not _without_lesson(_own_stem(path), lesson) for path in direct):
            break
        if (len(current) == 1 and direct) or _MOODLE.fullmatch(current[0].parts[0]):
            break
        current = [PurePosixPath(*path.parts[1:]) for path in current]
    return current


def _own_stem(path: PurePosixPath) -> str:
    """A file's name without its ending, and without what a second or third copy has got."""
    stem = path.stem.strip()
    # One at a time: a pattern that repeats itself takes years for the name "copy copy copy … x".
    while found := _COPY.search(stem):
        stem = stem[: found.start()].rstrip(" _-")
    return stem


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

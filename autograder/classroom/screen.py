"""Text of strangers on the instructor's screen: shown, never obeyed."""

from __future__ import annotations

import unicodedata

#: Categories of characters that command a terminal or change what stands beside them: controls, invisible and
#: reordering marks, half pairs that cannot be written, separators that end a line.
_COMMANDS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
#: Needed to write Persian, Hindi and families of emoji; they move nothing but their neighbours.
_JOINERS = "\u200c\u200d"
_LONGEST = 500


def printable(text: str, longest: int = _LONGEST) -> str:
    """One line of text as a terminal may have it.

    A file's name or an exception's message may hold escape sequences (they move the cursor, rename the window, write
    over what was printed before), marks that reverse the reading direction, and line breaks that forge a line of
    their own. They are shown as ``\\x1b`` and the like.

    Args:
        text: of anybody.
        longest: characters that are shown; what is longer is cut and ends in ``…``.
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(_escape(c) if unicodedata.category(c) in _COMMANDS and c not in _JOINERS else c for c in cut)


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")

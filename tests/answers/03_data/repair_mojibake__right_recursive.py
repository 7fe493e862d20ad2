# exercise: repair_mojibake
# expect: right
# meant: recursion with a contextlib.suppress
import contextlib


def repair_mojibake(text: str) -> str:
    with contextlib.suppress(ValueError):  # both Unicode errors are ValueErrors
        other = bytes(text, "cp1252").decode()
        if other != text:
            return repair_mojibake(other)
    return text

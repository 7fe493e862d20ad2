"""Byte-level BPE of given merges, and what its tokens look like; the library does the encoding.

A token is a number: 0 to 255 are bytes, 256 + i is what the i-th merge makes. Radford et al. (2019) write each byte as
a printable character, and the package ``tokenizers`` wants its vocabulary in that alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from course.visualizers.arrays import PictureError

Merge = tuple[int, int]
SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "↵", "\u00a0": "⍽"}
WORDS = r" ?\S+|\s+(?!\S)|\s+"


def shown(text: str) -> str:
    """White space made visible."""
    return "".join(SIGNS.get(character, character) for character in text)


def label(spelling: bytes) -> str:
    """What stands on a token: its text, or its bytes in hexadecimal where they are no whole characters."""
    try:
        text = spelling.decode("utf-8")
    except UnicodeDecodeError:
        return " ".join(f"{byte:02X}" for byte in spelling)
    return shown(text) if text.isprintable() or text in SIGNS else " ".join(f"{byte:02X}" for byte in spelling)


def checked_merges(merges: Any) -> list[Merge]:
    """Merges as pairs of int. Raises PictureError where a pair is none, or names a token that is not there yet."""
    try:
        pairs = [(int(left), int(right)) for left, right in merges]
    except (TypeError, ValueError):
        raise PictureError("merges must be a list of pairs of token numbers, as train_bpe gives them.") from None
    for number, pair in enumerate(pairs):
        if not all(0 <= half < 256 + number for half in pair):
            raise PictureError(f"merge {number} joins {pair}, but only tokens below {256 + number} exist by then.")
    return pairs


def spellings(merges: Sequence[Merge]) -> list[bytes]:
    """The bytes of every token, bytes first."""
    table = [bytes([byte]) for byte in range(256)]
    table.extend(b"" for _ in merges)
    for number, halves in enumerate(merges, 256):
        table[number] = b"".join(table[half] for half in halves)
    return table


@cache
def _alphabet() -> tuple[str, ...]:
    """The printable character that stands for each byte."""
    printable = {*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)}
    spare = iter(range(256, 512))
    return tuple(chr(byte) if byte in printable else chr(next(spare)) for byte in range(256))


def byte_level_bpe(merges: Sequence[Merge]) -> Any:
    """A ``tokenizers.Tokenizer`` with just these merges; words keep the space in front of them."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    written = ["".join(_alphabet()[byte] for byte in token) for token in spellings(merges)]
    vocabulary: dict[str, int] = {}
    for number, token in enumerate(written):
        vocabulary.setdefault(token, number)
    tokenizer = Tokenizer(models.BPE(vocabulary, [(written[left], written[right]) for left, right in merges]))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    return tokenizer

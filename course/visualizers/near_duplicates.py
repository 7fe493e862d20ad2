"""Explorer of near-duplicates: the shingles of two texts, Jaccard's index, and how MinHash estimates it.

compute: :func:`compare`; static picture: ``NearDuplicateExplorer.static``; widget: display the explorer. Source: Broder
(1997), "On the resemblance and containment of documents".
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "How alike are two texts, and how many hash functions does it take to see it?"
SIZES = (1, 2, 3, 4, 5, 6, 8, 10)
MAX_HASHES = 256
MAX_CHARACTERS = 160
_PRIME = 2**31 - 1
_SEED = 7

EXAMPLES = (
    ("one word changed", "A tender, funny film about growing old.", "A tender, funny film about growing up."),
    ("words exchanged", "Good, not bad: the songs and the story.", "Bad, not good: the story and the songs."),
    ("one within the other", "Dull from start to finish.", "Dull from start to finish, and the songs do not help."),
    ("strangers", "A tender, funny film about growing old.", "The plot is thin; the songs are thinner."),
)


@dataclass(frozen=True)
class Comparison:
    """Two texts compared with shingles of one size.

    Attributes:
        common: shingles in both texts.
        together: shingles in either.
        shared: for each of the two texts, for each of its characters, the share of the shingles through it that the
            other text has, too.
        agrees: for each of :data:`MAX_HASHES` hash functions, whether both texts have the same minimum.
    """

    common: int
    together: int
    shared: tuple[tuple[float, ...], tuple[float, ...]]
    agrees: tuple[bool, ...]

    @property
    def jaccard(self) -> float:
        """Jaccard's index."""
        return self.common / self.together

    def estimates(self) -> list[float]:
        """The estimate of Jaccard's index with the first 1, 2, … hash functions."""
        found, total = [], 0
        for number, same in enumerate(self.agrees, start=1):
            total += same
            found.append(total / number)
        return found

    def error(self, hashes: int) -> float:
        """The standard deviation of the estimate with that many functions: sqrt(J (1 - J) / hashes)."""
        return float((self.jaccard * (1 - self.jaccard) / hashes) ** 0.5)


def _cut(text: str, size: int) -> list[str]:
    folded = text.lower()
    return [folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))]


def _shared(text: str, size: int, others: set[str]) -> tuple[float, ...]:
    hits = [shingle in others for shingle in _cut(text, size)]
    found = []
    for place in range(len(text)):
        through = hits[max(place - size + 1, 0) : place + 1] or hits
        found.append(sum(through) / len(through))
    return tuple(found)


def compare(first: str, second: str, size: int) -> Comparison:
    """Compare two texts by shingles of ``size`` characters, small and capital letters alike."""
    import numpy as np

    one, two = set(_cut(first, size)), set(_cut(second, size))
    slopes, shifts = np.random.default_rng(_SEED).integers(1, _PRIME, size=(2, MAX_HASHES))
    smallest = []
    for shingles in (one, two):
        values = np.array([zlib.crc32(shingle.encode()) % _PRIME for shingle in sorted(shingles)])
        smallest.append(((slopes[:, None] * values + shifts[:, None]) % _PRIME).min(axis=1))
    agrees = tuple(bool(same) for same in smallest[0] == smallest[1])
    return Comparison(
        len(one & two), len(one | two), (_shared(first, size, two), _shared(second, size, one)), agrees
    )


class NearDuplicateExplorer(Explorer):
    """Two texts, their common shingles, and the MinHash estimate against the number of hash functions.

    Attributes to read and set: ``pair`` (which of ``pairs``, from 0), ``size`` (characters in a shingle), ``hashes``.
    """

    controls: ClassVar[tuple[str, ...]] = ("pair", "size", "hashes")
    script: ClassVar[str] = "near_duplicates.js"

    def __init__(self, pairs: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self.pairs = pairs

    def __repr__(self) -> str:
        return f"NearDuplicateExplorer({len(self.pairs)} pairs of texts)"

    def check(self, control: str, value: Any) -> Any:
        if isinstance(value, bool) or not hasattr(value, "__index__"):
            raise PictureError(f"{control} must be a whole number, not {value!r}.")
        number = int(value)
        if control == "size" and number not in SIZES:
            raise PictureError(f"size must be one of {', '.join(map(str, SIZES))}, not {number}.")
        low, high = {"pair": (0, len(self.pairs) - 1), "hashes": (1, MAX_HASHES)}.get(control, (number, number))
        if not low <= number <= high:
            raise PictureError(f"{control} must be a whole number from {low} to {high}, not {number}.")
        return number

    def compute(self) -> Comparison:
        """The comparison under the present controls."""
        _, first, second = self.pairs[self.pair]
        return compare(first, second, self.size)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        pairs = []
        for name, first, second in self.pairs:
            made = {size: compare(first, second, size) for size in SIZES}
            views = {
                str(size): {
                    "common": found.common,
                    "together": found.together,
                    "shared": [[round(share, 3) for share in part] for part in found.shared],
                    "agrees": "".join("01"[same] for same in found.agrees),
                }
                for size, found in made.items()
            }
            pairs.append({"name": name, "texts": [first, second], "views": views})
        return {
            "question": QUESTION,
            "pairs": pairs,
            "sizes": list(SIZES),
            "maxHashes": MAX_HASHES,
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        """The picture under the present controls."""
        from course.visualizers.near_duplicates_picture import draw

        return draw(self)


def near_duplicate_explorer(
    first: str | None = None, second: str | None = None, *, size: int = 5, hashes: int = 64
) -> NearDuplicateExplorer:
    """Makes an explorer of two texts of your own (at most 160 characters each), or of four built-in pairs.

    ``size`` is one of 1, 2, 3, 4, 5, 6, 8, 10; ``hashes`` from 1 to 256. Raises PictureError, a ValueError, with a
    sentence that says what is allowed.
    """
    if (first is None) != (second is None):
        raise PictureError("Give two texts, or none for the built-in pairs.")
    pairs: tuple[tuple[str, str, str], ...] = EXAMPLES
    if first is not None and second is not None:
        for text in (first, second):
            if not isinstance(text, str) or not 1 <= len(text) <= MAX_CHARACTERS:
                raise PictureError(f"A text must have 1 to {MAX_CHARACTERS} characters.")
        pairs = (("your texts", first, second),)
    explorer = NearDuplicateExplorer(pairs)
    explorer.pair = 0
    explorer.size = size
    explorer.hashes = hashes
    return explorer

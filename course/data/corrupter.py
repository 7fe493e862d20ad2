"""Plants faults in real reviews, so that a cleaner can be measured: we know what is wrong because we did it.

Everything is drawn from one seed: the same seed gives the same corpus on every machine. What is planted, and how:

=======================  ===========================================================================================
fault                    how it is made
=======================  ===========================================================================================
``exact_duplicate``      a later row of the same split repeats an earlier one: as it is, with other spaces, or with
                         other capital letters; the label is the same
``near_duplicate``       a later row of the same split repeats an earlier one with a word left out, two words
                         exchanged, a word in front or other punctuation at the end; the label is the same
``html``                 a tag around a word, a line break as a tag, or punctuation as an entity (``&#39;``, ``&quot;``)
``mojibake``             straight apostrophes become typographic ones, or accents are there already; the UTF-8 bytes
                         are then read as Windows-1252
``missing_label``        the label is None
``contradictory_label``  a later row of the same split repeats an earlier one exactly, with the opposite label
``foreign_language``     the text is German, French, Spanish or Chinese
``leak``                 a row of the test split repeats a row of the training split, exactly or nearly, earlier or
                         later
=======================  ===========================================================================================

A row has one fault at most. Among the healthy rows are decoys: honest accents, typographic quotation marks, ``&`` and
``<`` as characters, and a few rows that begin with the same phrase of a publisher, so that they are somewhat alike
(Jaccard's index of 5-character shingles about 0.4) and yet different reviews. Other healthy rows resemble no row.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from course.data.languages import FOREIGN_SNIPPETS, guess_language

FAULT_KINDS = (
    "exact_duplicate", "near_duplicate", "html", "mojibake", "missing_label", "contradictory_label",
    "foreign_language", "leak",
)  # fmt: skip
_COPIES = ("exact_duplicate", "near_duplicate", "contradictory_label", "leak")
#: Healthy rows are less alike than this, near-duplicates at least as alike as the second number.
_UNLIKE, _LIKE = 0.3, 0.7
#: What a few healthy rows begin with, and how many.
_PHRASE = "From our weekly guide to new films, read in print and online since the very first issue of 1998: "
_PHRASED = 6


class Row(TypedDict):
    """One row of a corpus: ``label`` is 1 (positive), 0 (negative) or None (missing); ``split`` "train" or "test"."""

    id: int
    text: str
    label: int | None
    split: str


@dataclass(frozen=True)
class PlantedCorpus:
    """A corpus with planted faults.

    Attributes:
        rows: in the order in which they would be read.
        truth: for each of :data:`FAULT_KINDS`, the sorted ids of the rows with that fault.
    """

    rows: list[Row]
    truth: dict[str, list[int]]


def _shingles(text: str) -> frozenset[str]:
    plain = " ".join(text.casefold().split())
    return frozenset(plain[i : i + 5] for i in range(max(len(plain) - 4, 1)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


@lru_cache(maxsize=1)
def _reviews() -> tuple[tuple[str, int], ...]:
    from course.resources import load_reviews

    reviews = load_reviews("movies")
    found: dict[str, int] = {}
    for text, rating in zip(reviews["text"], reviews["rating"], strict=True):
        tidy = " ".join(text.split())
        if abs(rating) > 0.5 and 60 <= len(tidy) <= 180 and "&" not in tidy and "<" not in tidy:
            found[tidy] = int(rating > 0)
    return tuple((text, label) for text, label in found.items() if guess_language(text) == "en")


def labelled_reviews(count: int, seed: int, positive_share: float = 0.5, test_share: float = 0.25) -> list[Row]:
    """Healthy rows: film reviews whose mean rating is beyond ±0.5, without exact repetitions.

    Args:
        count: how many; there are 3,500 or so of each label.
        seed: of the draw.
        positive_share: the share of positive rows; anything but 0.5 is a skewed corpus.
        test_share: the share of rows in the split "test", for each label alike.
    """
    rng = random.Random(seed)
    wanted = {1: round(count * positive_share)}
    wanted[0] = count - wanted[1]
    rows = []
    for label, number in wanted.items():
        pool = [text for text, given in _reviews() if given == label]
        if number > len(pool):
            raise ValueError(f"There are {len(pool)} healthy reviews with label {label}, and {number} were asked for.")
        tests = round(number * test_share)
        for place, text in enumerate(rng.sample(pool, number)):
            rows.append(Row(id=0, text=text, label=label, split="test" if place < tests else "train"))
    rng.shuffle(rows)
    return [Row(id=number, text=r["text"], label=r["label"], split=r["split"]) for number, r in enumerate(rows)]


def corrupt(
    rows: Sequence[Row], kind: str, count: int, seed: int, untouched: Sequence[int] | None = None
) -> tuple[list[Row], list[int]]:
    """Plant one kind of fault.

    Args:
        rows: the corpus, each row with an id of its own; it stays unchanged.
        kind: one of :data:`FAULT_KINDS`.
        count: how many rows get the fault.
        seed: of the draw.
        untouched: ids of the rows that may be used; all of them if left out.

    Returns:
        ``(rows, ids)``: a new corpus, copies added somewhere behind the row that they repeat (leaks before it, too),
        and the ids of the rows that now have the fault.

    Raises:
        ValueError: for an unknown kind, or if too few rows are fit for it.
    """
    if kind not in FAULT_KINDS:
        raise ValueError(f"There is no fault {kind!r}: choose one of {', '.join(FAULT_KINDS)}.")
    rng = random.Random(f"{kind} {seed}")
    allowed = {row["id"] for row in rows} if untouched is None else set(untouched)
    fit = [i for i, row in enumerate(rows) if row["id"] in allowed and _fits(row, kind)]
    if count > len(fit):
        raise ValueError(f"Only {len(fit)} rows are fit for {kind!r}, and {count} were asked for.")
    chosen = [rows[place]["id"] for place in sorted(rng.sample(fit, count))]
    result = [Row(**row) for row in rows]
    next_id = max((row["id"] for row in rows), default=0) + 1
    ids: list[int] = []
    # Each sentence once before any of them twice: a corpus with a fault of one kind is not to get one of another.
    present = {row["text"] for row in rows}
    foreign = sorted(rng.sample(FOREIGN_SNIPPETS, len(FOREIGN_SNIPPETS)), key=lambda pair: pair[0] in present)
    for number in chosen:
        place = next(i for i, row in enumerate(result) if row["id"] == number)
        row = result[place]
        if kind in _COPIES:
            # A leak may come before the row that it repeats; any other copy comes after it.
            before = kind == "leak" and len(ids) % 4 < 2
            target = rng.randint(0, place) if before else rng.randint(place + 1, len(result))
            result.insert(target, _copy(row, kind, next_id, len(ids), rng))
            ids.append(next_id)
            next_id += 1
        else:
            if kind == "foreign_language":
                row["text"], row["label"] = foreign[len(ids) % len(foreign)]
            elif kind == "html":
                row["text"] = _HTML[len(ids) % len(_HTML)](row["text"], rng)
            else:
                _spoil(row, kind)
            ids.append(row["id"])
    return result, sorted(ids)


def _fits(row: Row, kind: str) -> bool:
    if kind == "mojibake":
        return _misread(_typographic(row["text"])) not in (None, row["text"])
    if kind == "html":
        return row["text"].isascii()
    if kind == "leak":
        return row["split"] == "train"
    return row["label"] is not None or kind == "foreign_language"


def _spoil(row: Row, kind: str) -> None:
    if kind == "missing_label":
        row["label"] = None
    else:
        row["text"] = _misread(_typographic(row["text"])) or row["text"]


def _copy(row: Row, kind: str, number: int, turn: int, rng: random.Random) -> Row:
    """A copy of a row under a new number; ``turn`` counts the copies, so that every variety comes up."""
    nearly = kind == "near_duplicate" or (kind == "leak" and turn % 2)
    text = row["text"]
    if nearly:
        text = _changed(text, rng)
    elif kind == "exact_duplicate":
        text = (text.replace(" ", "  ", 3), text.upper(), text, text.capitalize(), text + " ")[turn % 5]
    label = row["label"]
    if kind == "contradictory_label" and label is not None:
        label = 1 - label
    return Row(id=number, text=text, label=label, split="test" if kind == "leak" else row["split"])


def _typographic(text: str) -> str:
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def _misread(text: str) -> str | None:
    """The UTF-8 bytes of a text read as Windows-1252, or None where a byte has no meaning there."""
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return None


def _tag_around_a_word(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    place = rng.randrange(len(words))
    tag = rng.choice(("b", "i", "em", "strong"))
    words[place] = f"<{tag}>{words[place]}</{tag}>"
    return " ".join(words)


def _line_break(text: str, rng: random.Random) -> str:
    gaps = [match.start() for match in re.finditer(" ", text)]
    place = rng.choice(gaps)
    return text[:place] + rng.choice(("<br />", "<br>", "<p>")) + text[place + 1 :]


def _entities(text: str, rng: random.Random) -> str:
    coded = text.replace("'", "&#39;").replace('"', "&quot;").replace(" and ", " &amp; ")
    return coded if coded != text else f"&quot;{text}&quot;"


_HTML: tuple[Callable[[str, random.Random], str], ...] = (
    _entities, _tag_around_a_word, _entities, _line_break,
)  # fmt: skip


def _changed(text: str, rng: random.Random) -> str:
    """The text with a small change, still alike enough to be called nearly the same."""
    original = _shingles(text)
    for _ in range(50):
        words = text.split(" ")
        place = rng.randrange(len(words) - 1)
        changed = rng.choice(
            (
                " ".join(words[:place] + words[place + 1 :]),
                " ".join([*words[:place], words[place + 1], words[place], *words[place + 2 :]]),
                rng.choice(("Yes: ", "So, ", "Well, ")) + text,
                text.rstrip(".!?") + rng.choice((" ...", "!!!", " :-)")),
            )
        )
        if changed != text and _LIKE <= _overlap(original, _shingles(changed)) < 1:
            return changed
    raise ValueError(f"No small change was found for {text!r}.")


def plant_faults(seed: int, size: int = 80, per_kind: int = 6, positive_share: float = 0.7) -> PlantedCorpus:
    """A corpus in which every kind of fault occurs ``per_kind`` times, once a row at most.

    Args:
        seed: the same seed gives the same corpus.
        size: rows before copies are added; at least ``9 * per_kind``, so that healthy ones remain.
        per_kind: rows with each fault.
        positive_share: the corpus is skewed unless this is 0.5.

    Raises:
        ValueError: if ``size`` is too small.
    """
    if size < 9 * per_kind:
        raise ValueError(f"{per_kind} faults of each kind need at least {9 * per_kind} rows, and size is {size}.")
    rows = _unlike(labelled_reviews(3 * size, seed, positive_share), size)
    rng = random.Random(f"plant {seed}")
    free = {row["id"] for row in rows}
    truth = {}
    # Mojibake first: not every review has a character that can be misread.
    for kind in sorted(FAULT_KINDS, key=lambda name: name != "mojibake"):
        known = {row["id"]: row["text"] for row in rows}
        rows, truth[kind] = corrupt(rows, kind, per_kind, seed, sorted(free))
        touched = set(truth[kind])
        if kind in _COPIES:
            origins = _origins(rows, touched, known, free)
            touched |= origins
        free -= touched
    for row in rows:
        if row["id"] in free:
            row["text"] = _decoy(row["text"], rng)
    for row in sorted((row for row in rows if row["id"] in free), key=lambda row: len(row["text"]))[:_PHRASED]:
        row["text"] = _PHRASE + row["text"]
    numbers = dict(zip((row["id"] for row in rows), rng.sample(range(1000, 10_000), len(rows)), strict=True))
    for row in rows:
        row["id"] = numbers[row["id"]]
    return PlantedCorpus(rows, {kind: sorted(numbers[i] for i in truth[kind]) for kind in FAULT_KINDS})


def _unlike(rows: list[Row], size: int) -> list[Row]:
    """The first rows that resemble none before them."""
    kept: list[Row] = []
    seen: list[frozenset[str]] = []
    for row in rows:
        shingles = _shingles(row["text"])
        if all(_overlap(shingles, other) < _UNLIKE for other in seen):
            kept.append(row)
            seen.append(shingles)
        if len(kept) == size:
            return kept
    raise ValueError(f"Only {len(kept)} rows that are unlike each other were found, and {size} are needed.")


def _origins(rows: list[Row], copies: set[int], known: dict[int, str], free: set[int]) -> set[int]:
    """The rows that the copies repeat."""
    shingles = {number: _shingles(known[number]) for number in free}
    texts = {row["id"]: _shingles(row["text"]) for row in rows if row["id"] in copies}
    return {max(shingles, key=lambda number: _overlap(shingles[number], copy)) for copy in texts.values()}


def _decoy(text: str, rng: random.Random) -> str:
    """Now and then a healthy row gets characters that look suspicious and are not."""
    choice = rng.randrange(6)
    if choice == 0:
        return _typographic(text)
    if choice == 1:
        shortened = text.replace(" and ", " & ")
        return shortened if guess_language(shortened) == "en" else text
    return f"{text} I <3 it." if choice == 2 else text

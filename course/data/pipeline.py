"""From reviews as they come to a training and a test set that do not share a text: lesson 3's pipeline.

The steps are those of the lesson, in its order, each of them exchangeable. By default they are done with well-kept
libraries: the standard library's HTML parser, datasketch's MinHash with locality-sensitive hashing, scikit-learn's
stratified group split. The lesson puts the learner's own functions in their place and gets the same rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from course.data.languages import guess_language

Similarity = Callable[[str, str], float]
#: Hash functions of a MinHash signature; the error of its estimate is at most 0.5 / sqrt(128) = 0.044.
_HASHES = 128


@dataclass(frozen=True)
class Prepared:
    """What came of a preparation.

    Attributes:
        train: rows ``{"text", "label", "group"}``, cleaned.
        test: the same; no group of it occurs in ``train``.
        report: how many rows each step took away or changed, in order; it belongs on the data card.
    """

    train: list[dict[str, Any]]
    test: list[dict[str, Any]]
    report: dict[str, int]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(" ")


def plain_text(text: str) -> str:
    """The text without HTML, in normal form C, with single spaces."""
    parser = _Text()
    parser.feed(text)
    parser.close()
    return " ".join(unicodedata.normalize("NFC", "".join(parser.parts)).split())


def well_read(text: str) -> str:
    """The text that was meant, where UTF-8 was read as Windows-1252 (once); any other text as it is."""
    try:
        return str(bytes(text, "cp1252"), "utf-8")
    except UnicodeError:
        return text


def shingle_similarity(one: str, other: str, size: int = 5) -> float:
    """Jaccard's index of the two sets of ``size``-character shingles, capital letters aside."""
    sets = [_shingles(text, size) for text in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def _shingles(text: str, size: int = 5) -> set[str]:
    folded = text.casefold()
    return {folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))}


def similar_pairs(
    texts: Sequence[str], threshold: float, similarity: Similarity = shingle_similarity
) -> list[tuple[int, int]]:
    """All pairs ``(i, j)``, ``i < j``, of texts at least ``threshold`` alike, found by MinHash and banding.

    Candidates come from ``datasketch.MinHashLSH`` with a threshold somewhat lower than asked for, and every candidate
    is then measured with ``similarity``. A pair may be missed with a small probability, none is reported wrongly.

    Source: Broder (1997), "On the resemblance and containment of documents"; Leskovec, Rajaraman & Ullman (2020),
    *Mining of Massive Datasets*, chapter 3.
    """
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

    index = MinHashLSH(threshold=max(threshold - 0.15, 0.1), num_perm=_HASHES)
    pairs = []
    for number, text in enumerate(texts):
        signature = MinHash(num_perm=_HASHES, seed=1)
        signature.update_batch([shingle.encode("utf-8") for shingle in _shingles(text)])
        for other in index.query(signature):
            if similarity(texts[other], text) >= threshold:
                pairs.append((int(other), number))
        index.insert(number, signature)
    return sorted(pairs)


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """A number for each of ``count`` texts, the same for all that pairs connect, however indirectly."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = list(pairs)
    first, second = ([edge[side] for edge in edges] for side in (0, 1))
    graph = coo_array(([True] * len(edges), (first, second)), shape=(count, count))
    return [int(number) for number in connected_components(graph, directed=False)[1]]


def prepare(
    rows: Iterable[Mapping[str, Any]], *, threshold: float = 0.6, test_share: float = 0.25, seed: int = 0,
    clean: Callable[[str], str] = plain_text, repair: Callable[[str], str] = well_read,
    similarity: Similarity = shingle_similarity,
    group: Callable[[int, list[tuple[int, int]]], list[int]] = connected,
) -> Prepared:  # fmt: skip
    """Clean rows, take out what cannot be used, and split the rest so that no text stands on both sides.

    Args:
        rows: mappings with ``text`` (str) and ``label`` (an int, or None where it is missing). Other fields are
            ignored, ``split`` as well: the rows are split anew.
        threshold: from which similarity on two texts count as the same.
        test_share: the share of rows for the test set, about; labels are as frequent there as in the whole.
        seed: of the split.
        clean: takes HTML and odd spaces out of a text.
        repair: undoes mojibake; called before ``clean``.
        similarity: of two clean texts, 0 to 1.
        group: from the number of texts and the pairs that are alike to a group number for each text.

    Returns:
        :class:`Prepared`. Of each group of texts that are alike one row is kept, the first; a group whose labels
        contradict each other is left out whole.
    """
    given = [(str(row["text"]), row["label"]) for row in rows]
    report = {"rows": len(given)}
    texts = [repair(text) for text, _ in given]
    report["repaired"] = sum(text != before for text, (before, _) in zip(texts, given, strict=True))
    texts = [clean(text) for text in texts]
    labelled = [(text, label) for text, (_, label) in zip(texts, given, strict=True) if label is not None]
    report["without a label"] = len(given) - len(labelled)
    english = [(text, int(label)) for text, label in labelled if guess_language(text) in ("en", "und")]
    report["in another language"] = len(labelled) - len(english)
    members: dict[int, list[tuple[str, int]]] = {}
    numbers = group(len(english), similar_pairs([text for text, _ in english], threshold, similarity))
    for number, row in zip(numbers, english, strict=True):
        members.setdefault(number, []).append(row)
    agreed = [(number, same) for number, same in members.items() if len({label for _, label in same}) == 1]
    report["with contradictory labels"] = len(english) - sum(len(same) for _, same in agreed)
    report["repetitions"] = sum(len(same) - 1 for _, same in agreed)
    kept = [{"text": same[0][0], "label": same[0][1], "group": number} for number, same in agreed]
    train, test = _split(kept, test_share, seed)
    report |= {"train": len(train), "test": len(test)}
    return Prepared(train, test, report)


def _split(
    rows: list[dict[str, Any]], test_share: float, seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from sklearn.model_selection import train_test_split

    # One row a group is left by now, so that a stratified split is a group-aware one, too.
    train, test = train_test_split(
        rows, test_size=test_share, random_state=seed, stratify=[row["label"] for row in rows]
    )
    return train, test

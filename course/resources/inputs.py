"""Inputs for lessons and checks that are too large to be written down: every review, and BERT's vocabulary.

No function here takes an argument or loads torch, transformers or datasets, so that a case of an exercise can name them
(:func:`course.checking.steps.sweep`), and a sealed child can call them.
"""

import re
from functools import cache

from course.resources.registry import BERT, REVIEWS
from course.resources.reviews import DOMAINS, read_columns
from course.resources.store import locate


@cache
def _texts() -> tuple[str, ...]:
    folder = locate(REVIEWS)
    return tuple(text for domain in DOMAINS for text in read_columns(folder, domain)["text"])


@cache
def _tokens() -> tuple[str, ...]:
    return tuple((locate(BERT) / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1])


def all_review_texts() -> list[str]:
    """The texts of all 23,703 rated snippets, domain by domain, in the order of :data:`course.resources.DOMAINS`.

    Raises:
        ResourceError: if the files cannot be had.
    """
    return list(_texts())


def all_review_words() -> list[str]:
    """The distinct words of all reviews in lower case, sorted: runs of letters and digits, and single other signs.

    Raises:
        ResourceError: if the files cannot be had.
    """
    return sorted({word for text in _texts() for word in re.findall(r"\w+|[^\w\s]", text.lower())})


def bert_vocabulary() -> dict[str, int]:
    """BERT's WordPiece vocabulary, ``{token: id}``: 30,522 tokens in the order of their ids.

    Raises:
        ResourceError: if the file cannot be had.
    """
    return {token: number for number, token in enumerate(_tokens())}

"""``load_reviews``: short texts with the ratings of about twenty people each."""

import json
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from course.resources.registry import REVIEWS, ResourceError
from course.resources.store import locate

if TYPE_CHECKING:
    from datasets import Dataset

DOMAINS: dict[str, str] = {
    "movies": "movieReviewSnippets",
    "products": "amazonReviewSnippets",
    "editorials": "nytEditorialSnippets",
    "tweets": "tweets",
}


def load_reviews(domain: str = "movies") -> "Dataset":
    """Rated text snippets of one domain, in the order in which they were published.

    Args:
        domain: "movies" (10,605 rows), "products" (3,708), "editorials" (5,190) or "tweets" (4,200).

    Returns:
        A ``datasets.Dataset`` with the columns

        * ``id`` (str): the snippet's number in its file; in "products" and "editorials" ``review_sentence``;
        * ``text`` (str): one sentence or two;
        * ``rating`` (float): mean of ``ratings``, from -4 (most negative) to 4 (most positive);
        * ``ratings`` (list of int): the single ratings. People disagree, which is the point of having them;
        * ``domain`` (str).

        ``dataset.info`` carries licence, homepage and citation. How a rating becomes a label is a lesson's business.

    Raises:
        ResourceError: for an unknown domain, or if the files cannot be had.

    Source: Hutto & Gilbert 2014; ``resource("reviews").citation``.
    """
    if domain not in DOMAINS:
        raise ResourceError(f"There are no reviews of {domain!r}: choose one of {', '.join(DOMAINS)}.")
    columns = read_columns(locate(REVIEWS, tell=print), domain)
    from datasets import Dataset, DatasetInfo, Features, List, Value

    info = DatasetInfo(
        description=f"{REVIEWS.title}. {REVIEWS.note}",
        citation=REVIEWS.citation,
        homepage=REVIEWS.source,
        license=REVIEWS.licence,
        features=Features(
            {
                "id": Value("string"),
                "text": Value("string"),
                "rating": Value("float64"),
                "ratings": List(Value("int8")),
                "domain": Value("string"),
            }
        ),
    )
    return Dataset.from_dict(columns, features=info.features, info=info)


def read_columns(folder: Path, domain: str) -> dict[str, list[Any]]:
    """The two files of a domain as columns.

    They are UTF-8 (one begins with a byte order mark), tab-separated, lines end in CRLF, nothing is quoted, and the two
    do not list the ids in the same order for products. The mean printed beside a tweet's text differs from the mean of
    its single ratings for 199 of the 4,200, so ``rating`` is always computed from those.
    """
    stem = DOMAINS[domain]
    singles = {
        identifier: json.loads(ratings)
        for identifier, _mean, _deviation, ratings in _rows(folder / f"{stem}_anonDataRatings.txt")
    }
    columns: dict[str, list[Any]] = {"id": [], "text": [], "rating": [], "ratings": [], "domain": []}
    for identifier, _mean, text in _rows(folder / f"{stem}_GroundTruth.txt"):
        columns["id"].append(identifier)
        columns["text"].append(text.strip())
        columns["rating"].append(fmean(singles[identifier]))
        columns["ratings"].append(singles[identifier])
        columns["domain"].append(domain)
    return columns


def _rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return [line.split("\t") for line in text.split("\r\n") if line]

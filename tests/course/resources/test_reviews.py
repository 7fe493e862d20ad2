"""``load_reviews``: the real snippets, as published."""

from __future__ import annotations

from statistics import fmean

import pytest

from course.resources import DOMAINS, ResourceError, load_reviews

ROWS = {"movies": 10_605, "products": 3_708, "editorials": 5_190, "tweets": 4_200}


@pytest.fixture(scope="module", params=list(DOMAINS))
def domain(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_every_row_is_whole(domain: str) -> None:
    reviews = load_reviews(domain)
    assert reviews.column_names == ["id", "text", "rating", "ratings", "domain"]
    assert len(reviews) == ROWS[domain]
    assert len(set(reviews["id"])) == len(reviews)
    assert set(reviews["domain"]) == {domain}
    for text, rating, ratings in zip(reviews["text"], reviews["rating"], reviews["ratings"], strict=True):
        assert text
        assert text == text.strip()
        assert len(ratings) >= 15
        assert all(-4 <= one <= 4 for one in ratings)
        assert rating == pytest.approx(fmean(ratings))


def test_licence_and_citation_are_attached() -> None:
    info = load_reviews("products").info
    assert info.license == "MIT"
    assert "Hutto" in info.citation
    assert info.homepage.startswith("https://")


def test_letters_beyond_ascii_are_right() -> None:
    texts = load_reviews("movies")["text"]
    assert sum("é" in text for text in texts) > 50
    assert not [text for text in texts if "Ã©" in text or "\ufffd" in text or "â\x80" in text]


def test_the_first_rows() -> None:
    movies, products = load_reviews("movies"), load_reviews("products")
    assert movies[2]["text"] == "Effective but too tepid biopic"
    assert movies[2]["rating"] == pytest.approx(-0.6)
    assert products[0]["id"] == "1_1"
    assert products[0]["ratings"] == [0, -1, 0, 0, -1, -2, 0, -2, 0, -2, -1, 0, -1, -2, -1, -1, -1, -2, 0, -1]


def test_films_are_the_default() -> None:
    assert load_reviews()[0] == load_reviews("movies")[0]


def test_an_unknown_domain_is_answered() -> None:
    with pytest.raises(ResourceError, match="no reviews of 'music': choose one of movies, products"):
        load_reviews("music")

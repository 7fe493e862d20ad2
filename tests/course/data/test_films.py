"""The snippets of the hidden test: as many as promised, none twice, none of them a review."""

from __future__ import annotations

from course.data.films import film_snippets
from course.data.pipeline import shingle_similarity
from course.data.sentiment import ALIKE
from course.resources.inputs import all_review_texts


def test_there_are_240_tidy_ones_none_twice() -> None:
    films = film_snippets()
    assert len(films) == 240 == len({film.casefold() for film in films})
    assert all(film == " ".join(film.split()) and len(film) >= 5 for film in films)


def test_no_two_are_nearly_the_same() -> None:
    films = film_snippets()
    alike = [(a, b) for place, a in enumerate(films) for b in films[:place] if shingle_similarity(a, b) >= ALIKE]
    assert not alike


def test_none_of_them_is_a_review() -> None:
    reviews = {" ".join(text.casefold().split()) for text in all_review_texts()}
    assert not [film for film in film_snippets() if film.casefold() in reviews]

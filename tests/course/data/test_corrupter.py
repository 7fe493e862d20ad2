"""Planted faults: the same on every machine, each as its description says, and none beside them."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest

from course.data import FAULT_KINDS, PlantedCorpus, corrupt, guess_language, labelled_reviews, plant_faults
from course.data.languages import FOREIGN_SNIPPETS
from course.data.pipeline import plain_text, shingle_similarity, well_read


@pytest.fixture(scope="module", params=[3, 1103, 2207])
def corpus(request: pytest.FixtureRequest) -> PlantedCorpus:
    return plant_faults(int(request.param))


def test_the_seed_decides_everything() -> None:
    assert plant_faults(5) == plant_faults(5)
    assert plant_faults(5).rows != plant_faults(6).rows
    assert not {row["id"] for row in plant_faults(5).rows} >= set(plant_faults(6).truth["leak"])


def test_every_kind_is_there_and_a_row_has_one_fault_at_most(corpus: PlantedCorpus) -> None:
    assert list(corpus.truth) == list(FAULT_KINDS)
    assert {len(ids) for ids in corpus.truth.values()} == {6}
    counted = Counter(number for ids in corpus.truth.values() for number in ids)
    assert max(counted.values()) == 1
    assert counted.keys() <= {row["id"] for row in corpus.rows}
    assert len({row["id"] for row in corpus.rows}) == len(corpus.rows)


def test_each_fault_is_what_it_is_called(corpus: PlantedCorpus) -> None:
    rows = {row["id"]: row for row in corpus.rows}
    faulty = {number for ids in corpus.truth.values() for number in ids}

    def in_html(text: str) -> bool:
        return bool(re.search(r"</?[a-z][^>]*>", text)) or html.unescape(text) != text

    for row in corpus.rows:
        number, text = row["id"], row["text"]
        assert (row["label"] is None) == (number in corpus.truth["missing_label"])
        assert in_html(text) == (number in corpus.truth["html"])
        assert (well_read(text) != text) == (number in corpus.truth["mojibake"])
        assert (guess_language(plain_text(well_read(text))) != "en") == (number in corpus.truth["foreign_language"])
    assert len(rows) > len(faulty) > 0


def test_pairs_are_those_that_were_planted(corpus: PlantedCorpus) -> None:
    texts = [plain_text(well_read(row["text"])) for row in corpus.rows]
    seen: dict[str, list[int]] = {kind: [] for kind in FAULT_KINDS}
    for j, row in enumerate(corpus.rows):
        for i, other in enumerate(corpus.rows[:j]):
            alike = shingle_similarity(texts[i], texts[j])
            if alike < 0.6:
                continue
            if row["split"] != other["split"]:
                seen["leak"].append(row["id"] if row["split"] == "test" else other["id"])
            elif alike < 1:
                seen["near_duplicate"].append(row["id"])
            else:
                kind = "exact_duplicate" if row["label"] == other["label"] else "contradictory_label"
                seen[kind].append(row["id"])
    for kind in ("exact_duplicate", "near_duplicate", "contradictory_label", "leak"):
        assert sorted(seen[kind]) == corpus.truth[kind], kind


def test_there_are_decoys(corpus: PlantedCorpus) -> None:
    faulty = {number for ids in corpus.truth.values() for number in ids}
    sound = [row["text"] for row in corpus.rows if row["id"] not in faulty]
    assert any(not text.isascii() for text in sound)
    assert any(" & " in text for text in sound)
    assert any("<3" in text for text in sound)


def test_corrupting_leaves_its_input_alone_and_says_what_it_did() -> None:
    sound = labelled_reviews(200, seed=1)
    before = [dict(row) for row in sound]
    for kind in FAULT_KINDS:
        rows, ids = corrupt(sound, kind, 20, seed=2)
        assert [dict(row) for row in sound] == before
        assert len(ids) == len(set(ids)) == 20
        changed = [row["id"] for row in rows if row not in sound]
        assert sorted(changed) == ids, kind


def test_a_skewed_corpus_is_as_skewed_as_it_was_ordered() -> None:
    rows = labelled_reviews(400, seed=1, positive_share=0.9, test_share=0.25)
    assert sum(row["label"] or 0 for row in rows) == 360
    assert sum(row["split"] == "test" for row in rows) == 100
    assert len({row["text"] for row in rows}) == 400


def test_orders_that_cannot_be_met_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="choose one of exact_duplicate"):
        corrupt(labelled_reviews(10, 1), "typo", 1, 1)
    with pytest.raises(ValueError, match="rows are fit"):
        corrupt(labelled_reviews(10, 1), "html", 11, 1)
    with pytest.raises(ValueError, match="at least 54"):
        plant_faults(1, size=53)
    with pytest.raises(ValueError, match="healthy reviews"):
        labelled_reviews(20_000, 1)


@pytest.mark.parametrize(("text", "label"), FOREIGN_SNIPPETS)
def test_foreign_sentences_are_known_as_foreign(text: str, label: int) -> None:
    assert guess_language(text) in ("de", "fr", "es", "zh")
    assert label in (0, 1)


def test_languages_in_doubt() -> None:
    assert guess_language("Pure gold!") == guess_language("") == "und"
    assert guess_language("The end of the affair") == "en"
    assert guess_language("“电影” is the word") == "en"

"""Lesson 3's solutions against the libraries and against the properties that the lesson claims for them."""

from __future__ import annotations

import random
import unicodedata
from types import SimpleNamespace

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, jaccard_score

from autograder.build.builder import read_source
from autograder.places import full_key_path
from autograder.prove import verdicts
from course.checking.key import read_key
from course.checking.measure import score
from course.data import FAULT_KINDS, PlantedCorpus, plant_faults, prepare
from course.data.pipeline import plain_text, shingle_similarity, well_read

SOURCE = read_source("03_data")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="<&\x00"), max_size=60)


@given(TEXT)
def test_clean_text_is_stable_where_there_is_no_html(text: str) -> None:
    clean = LESSON.clean_text(text)
    assert LESSON.clean_text(clean) == clean == " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    "text",
    ["<p class='a'>one<br/>two</p>", "5 &lt; 6 &amp;&amp; 7 > 2", "x <3 y", "&eacute;<EM>t</EM>", "plain", "e\u0301"],
)
def test_clean_text_is_the_parsers(text: str) -> None:
    assert LESSON.clean_text(text) == plain_text(text)


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_repairing_is_stable_and_undoes_what_misreading_did(text: str) -> None:
    repaired = LESSON.repair_mojibake(text)
    assert LESSON.repair_mojibake(repaired) == repaired
    try:
        misread = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    assert LESSON.repair_mojibake(misread) == repaired


def test_repairing_agrees_with_the_library_step() -> None:
    for row in plant_faults(3).rows:
        assert LESSON.repair_mojibake(row["text"]) == well_read(row["text"])


@given(TEXT, TEXT, st.integers(1, 7))
def test_jaccard_is_symmetric_bounded_and_scikit_learns(one: str, two: str, size: int) -> None:
    value = LESSON.jaccard(one, two, size)
    assert 0 <= value <= 1
    assert value == LESSON.jaccard(two, one, size)
    assert LESSON.jaccard(one, one, size) == 1
    assert value == shingle_similarity(one, two, size)

    def cut(text: str) -> set[str]:
        folded = text.casefold()
        return {folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))}

    every = sorted(cut(one) | cut(two))
    flags = [[shingle in cut(text) for shingle in every] for text in (one, two)]
    assert value == pytest.approx(jaccard_score(*flags))


def test_signatures_estimate_jaccard_within_their_error() -> None:
    rng = np.random.default_rng(0)
    prime = 2**31 - 1
    a, b = rng.integers(1, prime, size=(2, 1024)).tolist()
    values = rng.integers(0, prime, size=300).tolist()
    for common in (0, 30, 100, 180, 200):
        one, two = values[:200], values[200 - common : 400 - common]
        truth = len(set(one) & set(two)) / len(set(one) | set(two))
        same = np.equal(LESSON.minhash_signature(one, a, b), LESSON.minhash_signature(two, a, b)).mean()
        assert abs(same - truth) <= 4 * (truth * (1 - truth) / 1024) ** 0.5 + 1e-12


def test_a_signature_does_not_depend_on_order_or_repetition() -> None:
    a, b, values = [5, 77, 1234567], [1, 2, 3], [9, 100, 2**31 - 2]
    first = LESSON.minhash_signature(values, a, b)
    assert first == LESSON.minhash_signature([*values[::-1], *values], a, b)


@given(st.integers(1, 12), st.data())
def test_groups_are_the_connected_components(count: int, data: st.DataObject) -> None:
    number = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.lists(number, min_size=2, max_size=2, unique=True), max_size=15)) if count > 1 else []
    groups = LESSON.group_ids(count, pairs)
    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    for part in networkx.connected_components(graph):
        assert {groups[i] for i in part} == {min(part)}


def test_kappa_of_two_raters_is_scotts_and_near_cohens() -> None:
    rng = random.Random(0)
    first = [rng.randrange(3) for _ in range(400)]
    second = [x if rng.random() < 0.6 else rng.randrange(3) for x in first]
    counts = [[(x == k) + (y == k) for k in range(3)] for x, y in zip(first, second, strict=True)]
    assert LESSON.fleiss_kappa(counts) == pytest.approx(cohen_kappa_score(first, second), abs=0.01)


def test_kappa_of_raters_who_guess_is_zero() -> None:
    rng = np.random.default_rng(0)
    counts = rng.multinomial(20, [0.7, 0.2, 0.1], size=3000).tolist()
    assert abs(LESSON.fleiss_kappa(counts)) < 0.01


@pytest.fixture(scope="module", params=[3, 41])
def corpus(request: pytest.FixtureRequest) -> PlantedCorpus:
    return plant_faults(int(request.param))


def test_the_cleaner_finds_what_was_planted(corpus: PlantedCorpus) -> None:
    measured = score(
        {"results": [{"$": "dict", "v": [[kind, ids] for kind, ids in corpus.truth.items()]}]},
        {
            "results": [{"$": "dict", "v": [[k, ids] for k, ids in LESSON.find_faults(corpus.rows).items()]}],
            "timeout": False, "error": None,
        },
    )  # fmt: skip
    assert measured is not None
    assert measured.value >= 0.98
    assert list(measured.kinds) == list(FAULT_KINDS)


def test_leaks_of_a_corpus_are_those_that_were_planted(corpus: PlantedCorpus) -> None:
    parts = {split: [row for row in corpus.rows if row["split"] == split] for split in ("train", "test")}
    leaks = LESSON.find_leaks([r["text"] for r in parts["train"]], [r["text"] for r in parts["test"]])
    assert sorted(parts["test"][i]["id"] for i in leaks) == corpus.truth["leak"]


def test_the_learners_functions_make_the_pipelines_rows(corpus: PlantedCorpus) -> None:
    mine = prepare(
        corpus.rows, clean=LESSON.clean_text, repair=LESSON.repair_mojibake, similarity=LESSON.jaccard,
        group=lambda count, pairs: LESSON.group_ids(count, [list(pair) for pair in pairs]),
    )  # fmt: skip
    theirs = prepare(corpus.rows)
    assert [row["text"] for row in mine.train + mine.test] == [row["text"] for row in theirs.train + theirs.test]
    assert mine.report == theirs.report
    assert not LESSON.find_leaks([r["text"] for r in mine.train], [r["text"] for r in mine.test])


def test_a_cleaner_that_knows_half_the_faults_earns_about_half() -> None:
    full = read_key(full_key_path("03_data", "find_faults"))
    text = (
        "def find_faults(rows):\n"
        "    faults = {kind: [] for kind in FAULT_KINDS}\n"
        "    for row in rows:\n"
        "        if row['label'] is None:\n"
        "            faults['missing_label'].append(row['id'])\n"
        "        if repair_mojibake(row['text']) != row['text']:\n"
        "            faults['mojibake'].append(row['id'])\n"
        "        if guess_language(row['text']) != 'en':\n"
        "            faults['foreign_language'].append(row['id'])\n"
        "    return faults\n"
    )
    graded, shown = verdicts(SOURCE, full, text)
    assert graded.status == "partial"
    assert 1.0 <= graded.points <= 1.5
    assert graded.misconception is None
    assert "0 of 6 found" in shown.message

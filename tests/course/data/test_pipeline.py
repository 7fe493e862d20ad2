"""The pipeline: nothing faulty comes through, nothing sound is lost without being counted, no text on both sides."""

from __future__ import annotations

import networkx
import pytest

from course.data import plant_faults, prepare
from course.data.pipeline import connected, plain_text, shingle_similarity, similar_pairs, well_read


@pytest.mark.parametrize("seed", [3, 8])
def test_no_planted_fault_comes_through(seed: int) -> None:
    corpus = plant_faults(seed)
    prepared = prepare(corpus.rows)
    report = prepared.report
    kept = prepared.train + prepared.test
    assert report["rows"] == len(corpus.rows) == 80 + 4 * 6
    assert (report["repaired"], report["without a label"], report["in another language"]) == (6, 6, 6)
    assert report["with contradictory labels"] == 12
    assert report["repetitions"] == 18
    assert len(kept) == 80 - 6 - 6 - 6 == report["train"] + report["test"]
    assert {row["label"] for row in kept} == {0, 1}
    for row in kept:
        assert row["text"] == plain_text(row["text"]) == well_read(row["text"])


def test_no_text_of_the_test_set_resembles_one_of_the_training_set() -> None:
    prepared = prepare(plant_faults(3).rows)
    assert not {row["group"] for row in prepared.train} & {row["group"] for row in prepared.test}
    assert not [
        (one["text"], two["text"])
        for one in prepared.train
        for two in prepared.test
        if shingle_similarity(one["text"], two["text"]) >= 0.6
    ]


def test_labels_are_as_frequent_in_both_parts() -> None:
    prepared = prepare(plant_faults(3, size=400).rows)
    shares = [sum(row["label"] for row in part) / len(part) for part in (prepared.train, prepared.test)]
    assert abs(shares[0] - shares[1]) < 0.02


def test_steps_can_be_exchanged() -> None:
    rows = [{"text": f"It is number {n} of them all", "label": n % 2} for n in range(8)]
    prepared = prepare(rows, clean=str.upper, similarity=lambda one, two: 0.0, repair=lambda text: text + "!")
    expected = {f"IT IS NUMBER {n} OF THEM ALL!" for n in range(8)}
    assert {row["text"] for row in prepared.train + prepared.test} == expected


def test_html_and_spaces() -> None:
    assert plain_text("<p>a&nbsp;<b>b</b><br>c &lt;i&gt; <3 cafe\u0301</p>") == "a b c <i> <3 caf\u00e9"


def test_pairs_found_by_bands_are_those_that_are_there() -> None:
    texts = [plain_text(well_read(row["text"])) for row in plant_faults(3).rows]
    truly = [
        (i, j) for j in range(len(texts)) for i in range(j) if shingle_similarity(texts[i], texts[j]) >= 0.6
    ]
    assert similar_pairs(texts, 0.6) == sorted(truly)


def test_groups_are_the_connected_components() -> None:
    pairs = [(0, 3), (3, 7), (1, 2), (7, 5)]
    graph = networkx.Graph(pairs)
    graph.add_nodes_from(range(9))
    groups = connected(9, pairs)
    expected = {frozenset(part) for part in networkx.connected_components(graph)}
    assert {frozenset(i for i in range(9) if groups[i] == g) for g in groups} == expected
    assert len(set(connected(3, []))) == 3

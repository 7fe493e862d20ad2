"""Lesson 2's solutions against the libraries and against the properties that the lesson claims for them."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from types import SimpleNamespace

import pytest
import torch
from torch.nn import functional

from autograder.build.builder import read_source

SENTENCES = [list("abc."), list("abd."), list("efdgd."), list("afhab."), []]
TEXT = [token for sentence in SENTENCES for token in sentence]


@pytest.fixture(scope="module")
def lesson() -> SimpleNamespace:
    source = read_source("02_language_models")
    return SimpleNamespace(**{e.name: source.workbench.solution(e.name) for e in source.lesson.exercises})


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_every_token_and_every_end_is_counted_once(lesson: SimpleNamespace, n: int) -> None:
    counts = lesson.ngram_counts(SENTENCES, n)
    assert sum(sum(row.values()) for row in counts.values()) == len(TEXT) + len(SENTENCES)
    assert all(len(context) == n - 1 for context in counts)
    assert all("<s>" not in row for row in counts.values())


def test_the_model_of_three_sentences_leaves_nothing_over(lesson: SimpleNamespace) -> None:
    sentences = [["the", "cat", "sat"], ["the", "cat", "ran"], ["the", "dog", "ran"]]
    counts = lesson.ngram_counts(sentences, 2)

    def probability(sentence: list[str]) -> float:
        framed = ["<s>", *sentence, "</s>"]
        return math.prod(counts[(a,)].get(b, 0) / sum(counts[(a,)].values()) for a, b in pairwise(framed))

    assert [probability(s) for s in sentences] == pytest.approx([1 / 3] * 3)
    assert probability(["the", "dog", "sat"]) == 0


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("alpha", [1e-4, 0.5, 3.0])
def test_smoothed_probabilities_sum_to_one_after_every_context(lesson: SimpleNamespace, n: int, alpha: float) -> None:
    counts = lesson.ngram_counts(SENTENCES, n)
    vocabulary = [*sorted(set(TEXT)), "</s>", "<unk>"]
    for context in [*counts, ("never",) * (n - 1)]:
        shares = [lesson.smoothed_probability(counts, context, t, len(vocabulary), alpha) for t in vocabulary]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) > 0


def test_perplexity_of_a_uniform_model_is_the_number_of_its_tokens(lesson: SimpleNamespace) -> None:
    for size in (1, 4, 317):
        assert lesson.perplexity([[-math.log(size)] * 7, [], [-math.log(size)]]) == pytest.approx(size)


def test_perplexity_does_not_depend_on_where_sentences_are_cut(lesson: SimpleNamespace) -> None:
    values = [math.log(0.01 + i / 100) for i in range(60)]
    assert lesson.perplexity([values]) == pytest.approx(lesson.perplexity([values[:1], values[1:11], values[11:]]))


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 3000.0])
@pytest.mark.parametrize("shape", [(), (5,), (2, 3), (2, 2, 3)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_cross_entropy_is_pytorchs_in_value_and_gradient(
    lesson: SimpleNamespace, scale: float, shape: tuple[int, ...], dtype: torch.dtype
) -> None:
    generator = torch.Generator().manual_seed(3)
    logits = (torch.randn(*shape, 7, generator=generator, dtype=torch.float64) * scale).to(dtype)
    targets = torch.randint(7, shape, generator=generator)
    if targets.numel() > 2:
        targets.view(-1)[1] = -100
    results = []
    for mine in (True, False):
        leaf = logits.clone().requires_grad_()
        loss = (
            lesson.cross_entropy(leaf, targets)
            if mine
            else functional.cross_entropy(leaf.reshape(-1, 7), targets.reshape(-1))
        )
        loss.backward()
        results.append((loss.detach(), leaf.grad))
    for mine, theirs in zip(*results, strict=True):
        torch.testing.assert_close(mine, theirs)


def test_where_nothing_counts_the_loss_is_zero_and_so_is_its_slope(lesson: SimpleNamespace) -> None:
    logits = torch.randn(2, 3, generator=torch.Generator().manual_seed(0)).requires_grad_()
    loss = lesson.cross_entropy(logits, torch.tensor([9, 9]), ignore_index=9)
    loss.backward()
    assert loss.item() == 0
    assert torch.all(logits.grad == 0)


def test_the_slope_is_what_the_model_said_minus_what_came(lesson: SimpleNamespace) -> None:
    logits = torch.tensor([[0.0, 2.0, -1.0]], requires_grad=True)
    lesson.cross_entropy(logits, torch.tensor([2])).backward()
    torch.testing.assert_close(logits.grad, torch.softmax(logits.detach(), -1) - torch.tensor([[0.0, 0.0, 1.0]]))


def test_causal_labels_are_the_next_inputs(lesson: SimpleNamespace) -> None:
    ids = torch.randint(50, (4, 9), generator=torch.Generator().manual_seed(1))
    mask = (torch.arange(9) < torch.tensor([9, 4, 1, 6])[:, None]).long()
    inputs, labels = lesson.causal_lm_batch(ids, mask)
    assert inputs.shape == labels.shape == (4, 8)
    assert torch.equal(inputs[0, 1:], labels[0, :-1])
    assert (labels != -100).sum(dim=1).tolist() == [8, 3, 0, 5]


def test_transformers_shifts_inside_as_the_lesson_says(lesson: SimpleNamespace) -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    model = GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=1, n_head=1)).eval()
    ids = torch.randint(50, (2, 7), generator=torch.Generator().manual_seed(1))
    mask = torch.tensor([[1] * 7, [1] * 4 + [0] * 3])
    inputs, labels = lesson.causal_lm_batch(ids, mask)
    with torch.no_grad():
        own = lesson.cross_entropy(model(inputs, attention_mask=mask[:, :-1]).logits, labels)
        theirs = model(ids, attention_mask=mask, labels=ids.masked_fill(mask == 0, -100)).loss
    torch.testing.assert_close(own, theirs)


def test_shares_of_the_mlm_batch_are_berts(lesson: SimpleNamespace) -> None:
    generator = torch.Generator().manual_seed(0)
    shape = (200, 100)
    ids = torch.randint(1000, 2000, shape, generator=generator)
    special = torch.zeros(shape, dtype=torch.int64)
    special[:, 0] = special[:, -1] = 1
    choose, replace = torch.rand(shape, generator=generator), torch.rand(shape, generator=generator)
    random_ids = torch.randint(2000, 3000, shape, generator=generator)
    inputs, labels = lesson.mlm_batch(ids, special, choose, replace, random_ids, 103)
    chosen = labels != -100
    assert not chosen[special == 1].any()
    assert torch.equal(inputs[~chosen], ids[~chosen])
    assert torch.equal(labels[chosen], ids[chosen])
    assert chosen[special == 0].float().mean().item() == pytest.approx(0.15, abs=0.01)
    of_chosen = [(inputs == 103), (inputs == random_ids), (inputs == ids)]
    assert [kind[chosen].float().mean().item() for kind in of_chosen] == pytest.approx([0.8, 0.1, 0.1], abs=0.02)


def test_nsp_pairs_tell_the_truth(lesson: SimpleNamespace) -> None:
    draw = random.Random(5)
    documents = [[f"{d}.{s}" for s in range(1 + d % 5)] for d in range(60)]
    number = sum(len(document) - 1 for document in documents)
    draws = [(draw.random(), draw.random(), draw.random()) for _ in range(number)]
    pairs = lesson.nsp_pairs(documents, draws)
    assert len(pairs) == number
    for first, second, label in pairs:
        (d, s), (e, t) = (map(int, name.split(".")) for name in (first, second))
        assert (d == e and t == s + 1) if label == 0 else d != e
    assert 0.35 < sum(label for *_, label in pairs) / number < 0.65


def test_a_padded_text_gets_the_vector_that_it_gets_alone(lesson: SimpleNamespace) -> None:
    generator = torch.Generator().manual_seed(0)
    short, rest = torch.randn(1, 3, 5, generator=generator), torch.randn(1, 4, 5, generator=generator)
    alone = lesson.mean_pool(short, torch.ones(1, 3, dtype=torch.int64))
    padded = lesson.mean_pool(torch.cat([short, rest], dim=1), torch.tensor([[1, 1, 1, 0, 0, 0, 0]]))
    torch.testing.assert_close(padded, alone)
    torch.testing.assert_close(alone, short.mean(dim=1))


@pytest.mark.parametrize("flops", [1e15, 5.76e23])
@pytest.mark.parametrize("ratio", [0.5, 20.0, 1875.0])
def test_the_whole_budget_is_spent_at_the_ratio(lesson: SimpleNamespace, flops: float, ratio: float) -> None:
    parameters, tokens = lesson.compute_optimal(flops, ratio)
    assert 6 * parameters * tokens == pytest.approx(flops)
    assert tokens / parameters == pytest.approx(ratio)

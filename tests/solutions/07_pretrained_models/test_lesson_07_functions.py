"""Lesson 7's solutions against transformers, and against the properties that the lesson claims for them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save
from transformers import BertConfig, BertModel

from autograder.build.builder import LessonSource, read_source
from course.resources import load_bert, load_reviews
from course.token_states import largest_difference

SOURCE: LessonSource = read_source("07_pretrained_models")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})


@pytest.fixture(scope="module")
def bert() -> tuple[Any, Any]:
    return load_bert()


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 40), st.integers(1, 90), st.integers(1, 3))
def test_parameters_are_those_of_the_model_that_transformers_builds(
    heads: int, layers: int, d_ff: int, vocabulary: int, types: int
) -> None:
    config: dict[str, Any] = {
        "vocab_size": vocabulary, "max_position_embeddings": 9, "type_vocab_size": types, "hidden_size": 4 * heads,
        "num_hidden_layers": layers, "num_attention_heads": heads, "intermediate_size": d_ff,
    }  # fmt: skip
    with torch.device("meta"):
        model = BertModel(BertConfig(**config, pad_token_id=None))
    assert LESSON.bert_parameters(config) == sum(p.numel() for p in model.parameters())


def test_every_tensor_of_bert_but_the_poolers_has_one_place(bert: tuple[Any, Any]) -> None:
    names = list(bert[0].state_dict())
    mine = [LESSON.own_name(name) for name in names]
    placed = [name for name in mine if name is not None]
    assert len(placed) == len(set(placed)) == len(names) - 2
    assert [name for name, own in zip(names, mine, strict=True) if own is None] == [
        "pooler.dense.weight",
        "pooler.dense.bias",
    ]


@pytest.mark.parametrize("domain", ["movies", "products", "tweets"])
def test_hidden_states_are_transformers_within_1e_5(bert: tuple[Any, Any], domain: str) -> None:
    model, tokenizer = bert
    texts = load_reviews(domain)["text"]
    texts = [texts[place] for place in range(0, len(texts), len(texts) // 30)][:30]
    batch = tokenizer(texts, padding=True, truncation=True, max_length=96, return_tensors="pt")
    with torch.no_grad():
        reference = model(**batch).last_hidden_state
    mine = LESSON.bert_hidden_states(batch["input_ids"], batch["attention_mask"])
    assert largest_difference(mine, reference, batch["attention_mask"]) < 1e-5


@given(st.floats(1e3, 1e26), st.floats(0.1, 500))
def test_the_budget_is_spent_and_the_ratio_kept(flops: float, ratio: float) -> None:
    parameters, tokens = LESSON.compute_optimal(flops, ratio)
    assert 6 * parameters * tokens == pytest.approx(flops)
    assert tokens / parameters == pytest.approx(ratio)


def test_pooling_does_not_see_the_padding() -> None:
    hidden = torch.randn(3, 5, 4, generator=torch.Generator().manual_seed(1))
    mask = torch.tensor([[1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 1, 1, 1, 1]])
    pooled = LESSON.mean_pooling(hidden, mask)
    assert torch.equal(pooled, LESSON.mean_pooling(hidden.masked_fill(mask[..., None] == 0, 1e6), mask))


def test_similarities_are_pytorchs() -> None:
    generator = torch.Generator().manual_seed(2)
    query, vectors = torch.randn(8, generator=generator), torch.randn(50, 8, generator=generator)
    found = LESSON.most_similar(query, vectors, 10)
    reference = torch.cosine_similarity(vectors, query[None]).topk(10)
    assert [place for place, _ in found] == reference.indices.tolist()
    assert [value for _, value in found] == pytest.approx(reference.values.tolist(), abs=1e-6)


@given(
    st.dictionaries(
        st.text("abc.", min_size=1), st.lists(st.integers(1, 4), max_size=3).map(tuple), min_size=1, max_size=4
    )
)
def test_tensors_are_read_as_safetensors_reads_them(shapes: dict[str, tuple[int, ...]]) -> None:
    generator = torch.Generator().manual_seed(3)
    written = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
    written["places"] = torch.arange(5)
    read = LESSON.read_tensors(save(written, metadata={"format": "pt"}))
    assert read.keys() == written.keys()
    assert all(torch.equal(read[name], tensor) for name, tensor in written.items())


def test_training_takes_sixteen_bytes_in_both_precisions() -> None:
    assert {LESSON.training_memory(1000, width)["total"] for width in (2, 4)} == {16_000}

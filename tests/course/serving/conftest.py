"""A small classifier with random weights and the real tokenizer, saved and exported once for all tests here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from course.serving.predictor import Prediction, prediction

LABELS = ("negative", "positive")
TEMPERATURE, MAX_LENGTH = 1.7, 96


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lesson 8 saves: two layers of width 48, labels "negative" and "positive", cut after 96 tokens."""
    import torch
    from transformers import BertConfig, BertModel

    from course.classifier_folder import MeanPoolingClassifier, save_classifier
    from course.resources import load_bert

    tokenizer = load_bert()[1]
    folder = tmp_path_factory.mktemp("model")
    config = BertConfig(
        vocab_size=30_522, hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = MeanPoolingClassifier(BertModel(config), LABELS)
        # Spread out, so that answers differ from text to text.
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() == 2:
                    parameter.normal_(0, 0.15)
    return save_classifier(
        folder, model.encoder, model.head, tokenizer, LABELS, model_card="# A model", data_card="# Data",
        max_length=MAX_LENGTH, temperature=TEMPERATURE,
    )  # fmt: skip


@pytest.fixture(scope="session")
def exported(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, exported to ONNX and int8."""
    from course.serving.export import export_folder

    return export_folder(model_folder, tmp_path_factory.mktemp("served") / "model")


class FakeClassifier:
    """Answers by the length of the text; notes what it was asked."""

    labels = LABELS
    version = "fake-1"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """ "positive" for an even number of characters; ``"boom"`` raises."""
        self.calls.append(list(texts))
        if "boom" in texts:
            raise RuntimeError("secret /etc/path")
        shares = [0.2, 0.8]
        return [prediction(LABELS, shares if len(t) % 2 == 0 else shares[::-1], len(t) + 2, 128) for t in texts]


@pytest.fixture
def fake() -> FakeClassifier:
    """A classifier without a model."""
    return FakeClassifier()


def texts_of_all_lengths() -> list[str]:
    """Texts from one word to more than a model may read."""
    words = ["a", "film", "that", "is", "never", "quite", "as", "funny", "as", "it", "wants", "to", "be", ", yet"]
    return [" ".join((words * 40)[:count]) for count in (1, 3, 7, 16, 40, 126, 127, 300, 2)] + ["", "Ünïcode … 映画"]


def close(one: Sequence[Prediction], other: Sequence[Prediction], tolerance: float) -> None:
    """Assert that two rows of answers say the same."""
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert (a["tokens"], a["truncated"]) == (b["tokens"], b["truncated"])
        for label, value in a["probabilities"].items():
            assert b["probabilities"][label] == pytest.approx(value, abs=tolerance)


def error_of(answer: Any) -> dict[str, Any]:
    """The error in an answer, whose form is always the same."""
    content = answer.json()
    assert set(content) == {"error"}
    assert {"code", "message"} <= set(content["error"]) <= {"code", "message", "field"}
    assert content["error"]["message"].endswith(".")
    return content["error"]  # type: ignore[no-any-return]

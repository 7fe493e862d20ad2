"""A saved classifier comes back the same, with its cards, and foreign folders are refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from transformers import BertConfig, BertModel

from course.classifier_folder import FolderError, MeanPoolingClassifier, load_classifier, save_classifier
from course.resources import load_bert

CARDS: dict[str, Any] = {"model_card": "# A model\n\nmade in a test", "data_card": "# Data\n\nnone"}


@pytest.fixture
def model() -> MeanPoolingClassifier:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20
    )
    return MeanPoolingClassifier(BertModel(config), ["negative", "positive"]).eval()


def _saved(folder: Path, model: MeanPoolingClassifier, **options: Any) -> Path:
    encoder: Any = model.encoder
    return save_classifier(folder, encoder, model.head, load_bert()[1], model.labels, **{**CARDS, **options})


def test_the_same_logits_labels_and_cards_come_back(tmp_path: Path, model: MeanPoolingClassifier) -> None:
    folder = _saved(tmp_path / "new" / "model", model, temperature=1.5, max_length=32)
    loaded, tokenizer = load_classifier(folder)
    batch = tokenizer(["A fine film.", "Dull, and much too long for its story."], padding=True, return_tensors="pt")
    arguments = batch["input_ids"], batch["attention_mask"]
    assert torch.allclose(loaded(*arguments), model(*arguments), atol=1e-6)
    assert loaded.labels == ("negative", "positive")
    assert not loaded.training
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["temperature"], config["max_length"], config["label2id"]["positive"]) == (1.5, 32, 1)
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# A model")
    assert (folder / "DATA.md").read_text(encoding="utf-8").startswith("# Data")


def test_padding_does_not_count(model: MeanPoolingClassifier) -> None:
    ids = torch.tensor([[101, 2023, 102, 0, 0], [101, 2023, 102, 7, 9]])
    mask = torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 0, 0]])
    one, other = model(ids, mask)
    assert torch.allclose(one, other, atol=1e-6)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"model_card": " "}, "both cards need a text"), ({"data_card": ""}, "both cards need a text")],
)
def test_no_model_without_its_cards(
    tmp_path: Path, model: MeanPoolingClassifier, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(FolderError, match=sentence):
        _saved(tmp_path, model, **options)


@pytest.mark.parametrize("labels", [["one"], ["same", "same"]])
def test_names_must_fit_the_head(tmp_path: Path, labels: list[str]) -> None:
    with pytest.raises(FolderError, match="2 logits"):
        save_classifier(tmp_path, BertModel(BertConfig()), nn.Linear(4, 2), None, labels, **CARDS)


def test_other_folders_are_refused(tmp_path: Path, model: MeanPoolingClassifier) -> None:
    with pytest.raises(FolderError, match=r"holds no saved classifier: config\.json"):
        load_classifier(tmp_path)
    folder = _saved(tmp_path / "model", model)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(config | {"intermediate_size": 21}), encoding="utf-8")
    with pytest.raises(FolderError, match="do not fit the configuration"):
        load_classifier(folder)
    del config["pooling"]
    path.write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(FolderError, match="names no mean pooling"):
        load_classifier(folder)

"""The folder of lesson 8, called like a model of transformers; and what is said of a folder that is none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from course.classifier_folder import FolderError, load_classifier
from course.resources import load_bert
from course.serving.fine_tuned import load_fine_tuned
from tests.course.serving.conftest import LABELS, MAX_LENGTH, TEMPERATURE


def test_it_is_called_like_a_transformers_model(model_folder: Path) -> None:
    model, tokenizer = load_fine_tuned(model_folder)
    original = load_classifier(model_folder)[0]
    inputs = tokenizer(["A good film.", "Dull, and far too long."], padding=True, return_tensors="pt")
    with torch.no_grad():
        expected = original(inputs["input_ids"], inputs["attention_mask"]) / TEMPERATURE
        said = model(**inputs)
        kinds = torch.zeros_like(inputs["input_ids"])
        assert torch.equal(model(**{**inputs, "token_type_ids": kinds}).logits, said.logits)
        one = inputs["input_ids"][:1, :6]
        assert torch.allclose(model(one).logits, model(one, torch.ones_like(one)).logits)
    assert torch.allclose(said.logits, expected, atol=1e-6)
    assert torch.equal(said[0], said.logits)
    assert model.config.id2label == dict(enumerate(LABELS))
    assert model.config.label2id["positive"] == 1
    assert (model.max_length, model.temperature, model.training) == (MAX_LENGTH, TEMPERATURE, False)
    assert model.bert.encoder.layer[0].intermediate.dense.weight.shape == (96, 48)
    assert model(**inputs).logits.requires_grad, "nobody has switched gradients off here"


def test_the_tokenizer_is_berts(model_folder: Path) -> None:
    texts = ["A good film.", "Ünïcode … 映画", "", "word " * 600]
    ours = load_fine_tuned(model_folder)[1](texts, verbose=False)["input_ids"]
    assert ours == load_bert()[1](texts, verbose=False)["input_ids"]


def _config(**change: object) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        path = folder / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | change))

    return write


def _cut(folder: Path) -> None:
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer"),
        (lambda folder: (folder / "model.safetensors").unlink(), "model.safetensors is missing"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "config.json").write_text("[]"), "cannot be read"),
        (_cut, "cannot be read"),
        (_config(pooling="cls"), "names no mean pooling"),
        (_config(intermediate_size=95), "do not fit"),
        (_config(id2label={"0": "a", "2": "b"}), "cannot be read"),
        (_config(max_length=2), "cannot be meant"),
        (_config(max_length=513), "cannot be meant"),
        (_config(temperature=0.0), "cannot be meant"),
        (_config(temperature="warm"), "cannot be read"),
    ],
)
def test_a_damaged_folder_is_one_sentence(
    model_folder: Path, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    folder = shutil.copytree(model_folder, tmp_path / "copy")
    damage(folder)
    with pytest.raises(FolderError, match=said) as refused:
        load_fine_tuned(folder)
    assert len(str(refused.value).splitlines()) == 1

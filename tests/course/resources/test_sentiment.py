"""The fine-tuned model by name: whose it is, what is checked, and what cannot be served."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from transformers import BertConfig, BertModel

from course.classifier_folder import MeanPoolingClassifier, save_classifier
from course.resources import ResourceError, load_bert, sentiment
from course.resources.sentiment import LABELS, load_sentiment, sentiment_folder, serving_folder
from course.serving import predictor
from course.workspace import workspace_folder


def made_up(folder: Path, accuracy: float = 0.8) -> Path:
    """A checkpoint whose manifest is right, of files that say nothing."""
    folder.mkdir(parents=True)
    for name in sentiment._NEEDED:
        (folder / name).write_text(name)
    files = {name: sentiment.sha256(folder / name) for name in sentiment._NEEDED}
    (folder / sentiment.MANIFEST).write_text(json.dumps({"files": files, "accuracy": accuracy}))
    return folder


def test_a_checkpoint_is_used_as_long_as_it_is_what_was_made(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    made: list[Path] = []
    monkeypatch.setattr(sentiment, "make_checkpoint", lambda folder: made.append(made_up(folder)))
    folder = sentiment.course_checkpoint(said.append)
    assert folder.is_relative_to(cache)
    assert sentiment.course_checkpoint(said.append) == folder
    assert (len(made), len(said)) == (1, 1)
    (folder / "model.safetensors").write_text("another")
    assert sentiment.checkpoint_problem() == "model.safetensors is not what was made"
    sentiment.course_checkpoint(said.append)
    assert "damaged" in said[1]
    assert sentiment.checkpoint_problem() == ""
    (folder / "config.json").unlink()
    assert sentiment.checkpoint_problem() == "config.json is missing"
    (folder / sentiment.MANIFEST).write_text("{")
    assert "cannot be read" in sentiment.checkpoint_problem()
    shutil.rmtree(folder)
    made_up(folder, accuracy=0.6)
    assert sentiment.checkpoint_problem() == "its accuracy is 0.600"
    assert not list(cache.glob(".making-*"))


class _Yes:
    """A predictor that says "positive" to everything."""

    def __init__(self, *_: object) -> None:
        pass

    def predict(self, texts: list[str]) -> list[dict[str, str]]:
        """The same to all."""
        return [{"label": "positive"} for _ in texts]


def tiny(rows: object = None) -> tuple[MeanPoolingClassifier, Any]:
    """A classifier with random weights that can be saved, and its tokenizer."""
    config = BertConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)
    return MeanPoolingClassifier(BertModel(config), LABELS), load_bert()[1]


def test_a_poor_model_is_not_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentiment, "_trained", tiny)
    monkeypatch.setattr(predictor, "Predictor", _Yes)
    monkeypatch.setattr(sentiment, "labelled_snippets", lambda: ([], [("a", 0), ("b", 1)]))
    with pytest.raises(ResourceError, match=r"accuracy of 0\.500 only"):
        sentiment.course_checkpoint()
    assert not sentiment.checkpoint_folder().exists()
    monkeypatch.setattr(sentiment, "labelled_snippets", lambda: ([], [("a", 1), ("b", 1)]))
    folder = sentiment.course_checkpoint()
    assert sentiment.checkpoint_problem() == sentiment.why_not(folder) == ""
    assert "accuracy 1.000" in (folder / "README.md").read_text(encoding="utf-8")
    assert "VADER" in (folder / "DATA.md").read_text(encoding="utf-8")


def test_a_learners_own_goes_first_if_it_can_be_served(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved by the very call of lesson 8, into the folder that it names."""
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "work"))
    course = made_up(sentiment.checkpoint_folder())
    said: list[str] = []
    assert sentiment_folder(said.append) == course
    assert "the course's own checkpoint" in said.pop()
    model, tokenizer = tiny()
    own = save_classifier(
        workspace_folder() / "models" / "films", model.encoder, model.head, tokenizer, ["bad", "good"],
        model_card="# Mine", data_card="# Data", temperature=1.3,
    )  # fmt: skip
    assert sentiment_folder(said.append) == own == sentiment.learners_folder()
    assert "your own, from lesson 8" in said.pop()
    assert load_sentiment()[0].config.id2label == {0: "bad", 1: "good"}
    (own / "model.safetensors").write_bytes(b"half of it")
    assert sentiment_folder(said.append) == course
    assert said[0].startswith("Your own model cannot be served, so that the course's takes its place: ")
    assert "cannot be read" in said[0]
    (own / "DATA.md").unlink()
    assert sentiment.why_not(own).endswith("DATA.md is missing")


def test_the_snippets_share_no_text() -> None:
    training, held_out = sentiment.labelled_snippets()
    assert (len(training), len(held_out)) == (2000, 1000)
    assert len({text.casefold() for text, _ in training + held_out}) == 3000
    assert 0.45 < sum(label for _, label in training) / 2000 < 0.55
    assert sentiment.labelled_snippets() == (training, held_out)


def test_the_courses_own_tells_good_from_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Made at set-up (or here, which takes a minute), loaded as a lesson does, exported as the service does."""
    from course.serving.onnx_model import OnnxPredictor
    from course.serving.predictor import Predictor

    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path))
    folder = sentiment.course_checkpoint(print)
    assert json.loads((folder / sentiment.MANIFEST).read_text())["accuracy"] >= 0.80
    model, tokenizer = load_sentiment()
    assert not model.training
    assert model.max_length == 64
    ours = Predictor(model, tokenizer)
    assert ours.labels == LABELS
    texts = ["A wonderful, moving film with a great cast.", "Dull, clumsy and far too long; a waste of time."]
    assert [answer["label"] for answer in ours.predict(texts)] == ["positive", "negative"]
    served = serving_folder(print)
    assert [answer["label"] for answer in OnnxPredictor(served).predict(texts)] == ["positive", "negative"]
    assert set(json.loads((served / "reference.json").read_text())) == {"tokens", "probability"}
    held_out = sentiment.labelled_snippets()[1][:300]
    answers = OnnxPredictor(served).predict([text for text, _ in held_out])
    right = sum(answer["label"] == LABELS[label] for answer, (_, label) in zip(answers, held_out, strict=True))
    assert right / len(held_out) > 0.77, "int8 included"
    assert capfd.readouterr().err == ""

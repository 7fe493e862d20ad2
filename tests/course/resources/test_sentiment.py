"""The fine-tuned model by name: whose it is, what is checked, and what cannot be served."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.resources import ResourceError, sentiment
from course.resources.sentiment import LABELS, load_sentiment, sentiment_folder, serving_folder


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


def test_a_poor_model_is_not_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentiment, "_train", lambda *_: 0.5)
    monkeypatch.setattr(sentiment, "_untrained", lambda: (None, None))
    monkeypatch.setattr(sentiment, "labelled_snippets", lambda: ([], []))
    with pytest.raises(ResourceError, match=r"accuracy of 0\.500 only"):
        sentiment.course_checkpoint()
    assert not sentiment.checkpoint_folder().exists()


def test_a_learners_own_goes_first_if_it_can_be_served(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "work"))
    course = made_up(sentiment.checkpoint_folder())
    said: list[str] = []
    assert sentiment_folder(said.append) == course
    assert said == []
    own = made_up(sentiment.learners_folder())
    (own / "config.json").write_text(json.dumps({"architectures": ["GPT2Model"]}))
    assert sentiment_folder(said.append) == course
    assert "cannot be served (it is a ['GPT2Model'], no BertForSequenceClassification)" in said[0]
    (own / "config.json").write_text(json.dumps({"architectures": ["BertForSequenceClassification"]}))
    assert sentiment_folder(said.append) == own
    assert "your own, from lesson 8" in said[1]
    (own / "tokenizer.json").unlink()
    assert sentiment.why_not(own) == "tokenizer.json is missing"


def test_the_snippets_share_no_text() -> None:
    training, held_out = sentiment.labelled_snippets()
    assert (len(training), len(held_out)) == (2400, 1000)
    assert len({text.casefold() for text, _ in training + held_out}) == 3400
    assert 0.45 < sum(label for _, label in training) / 2400 < 0.55
    assert sentiment.labelled_snippets() == (training, held_out)


def test_the_courses_own_tells_good_from_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Made at set-up (or here, which takes a minute), loaded as a lesson does, exported as the service does."""
    from course.serving.onnx_model import OnnxPredictor
    from course.serving.predictor import Predictor

    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path))
    folder = sentiment.course_checkpoint(print)
    assert json.loads((folder / sentiment.MANIFEST).read_text())["accuracy"] > 0.78
    model, tokenizer = load_sentiment()
    assert type(model).__name__ == "BertForSequenceClassification"
    assert not model.training
    predictor = Predictor(model, tokenizer)
    assert predictor.labels == LABELS
    texts = ["A wonderful, moving film with a great cast.", "Dull, clumsy and far too long; a waste of time."]
    assert [answer["label"] for answer in predictor.predict(texts)] == ["positive", "negative"]
    served = serving_folder(print)
    assert [answer["label"] for answer in OnnxPredictor(served).predict(texts)] == ["positive", "negative"]
    assert set(json.loads((served / "reference.json").read_text())) == {"tokens", "probability"}
    held_out = sentiment.labelled_snippets()[1][:300]
    answers = OnnxPredictor(served).predict([text for text, _ in held_out])
    right = sum(answer["label"] == LABELS[label] for answer, (_, label) in zip(answers, held_out, strict=True))
    assert right / len(held_out) > 0.74, "int8 included"
    assert capfd.readouterr().err == ""

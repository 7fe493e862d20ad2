"""``load_sentiment``: a fine-tuned classifier of film reviews, to be served.

A learner's own, saved in lesson 8, goes first. Else the course's own checkpoint, a folder of the same form
(:mod:`course.classifier_folder`): made once on this machine at set-up from the packaged BERT and the reviews, kept in
the cache, checked whenever it is used. It is trained with the means of lesson 8 (:mod:`course.cached_layers`): the
lower four layers are frozen, the upper two and a new head learn. Seeds and threads are fixed, so that one machine makes
the same weights again; another machine's may differ in the last digits.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.resources.bert import load_bert
from course.resources.registry import ResourceError
from course.resources.store import FETCH_COMMAND, Tell, cache_directory, sha256
from course.threads import threads
from course.workspace import workspace_folder

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from course.classifier_folder import MeanPoolingClassifier
    from course.serving.fine_tuned import FineTunedClassifier

SENTIMENT = "sentiment"
LABELS = ("negative", "positive")
CARD = """\
sentiment: a classifier of film reviews in the form that lesson 8 saves, made on this machine from `bert` and `reviews`
  licence Apache-2.0, as the weights that it began with
  2,000 snippets, two epochs, the upper two layers, mean pooling; accuracy on 1,000 held-out ones in manifest.json
  Labels are the sign of the mean rating beyond 0.5 in either direction: it was never shown a neutral text.
"""
#: The folder in a learner's workspace that lesson 8 saves into.
LEARNERS = ("models", "films")
MANIFEST = "manifest.json"
#: What the course's checkpoint must reach on snippets that it was not trained on; a coin reaches 0.5.
LEAST_ACCURACY = 0.75

_RECIPE = 2  # counts up whenever something below changes what is made
_TRAIN, _HELD_OUT, _EPOCHS, _BATCH, _LEARNING_RATE = 2_000, 1_000, 2, 24, 1.5e-4
#: One thread: sums depend on how they are divided among several, and threads that wait for each other on a busy machine
#: make training many times slower.
_FROZEN, _MAX_LENGTH, _THREADS, _SEED = 4, 64, 1, 0
_NEEDED = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "README.md", "DATA.md")

_MODEL_CARD = """\
# Film snippets: positive or negative (the course's own)

* **Made from** sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) on this machine: the upper two layers and a linear
  layer on the mean over the tokens, {epochs} epochs over {train:,} snippets. Texts are cut after {max_length} tokens.
* **For** English sentences from film reviews, where no model of lesson 8 is there. **Not for** judging people, nor for
  other kinds of text without a new measurement.
* **Measured** on {held_out:,} held-out snippets: accuracy {accuracy:.3f}.
* **Calibration**: none; the temperature is 1.
"""
_DATA_CARD = """\
# Movie snippets

* **From** C. J. Hutto and E. Gilbert (2014), VADER, MIT licence: sentences from film reviews, each rated by several
  people from -4 to 4.
* **Label**: the sign of the mean rating; snippets within 0.5 of zero are left out.
* **Split**: the first {train:,} of the training set and the first {held_out:,} of the test set of
  `course.data.sentiment_split()`; texts that are nearly the same stand in one set.
* **Known faults**: English only, single sentences without their context.
"""

Row = tuple[str, int]


def sentiment_folder(tell: Tell | None = None) -> Path:
    """The folder that holds the model, as ``save_classifier`` wrote it: the learner's, else the course's.

    Makes the course's if it is not there yet, which takes less than a minute on two cores.

    Args:
        tell: called with a sentence that says whose it is, and when something is made.

    Raises:
        ResourceError: if it cannot be made.
    """
    say = tell or (lambda sentence: None)
    own = learners_folder()
    if own.is_dir():
        reason = why_not(own)
        if not reason:
            say(f"The model is your own, from lesson 8: {own}.")
            return own
        say(f"Your own model cannot be served, so that the course's takes its place: {reason}.")
    folder = course_checkpoint(tell)
    say("The model is the course's own checkpoint; yours takes its place once lesson 8 has saved it.")
    return folder


def load_sentiment() -> tuple[FineTunedClassifier, PreTrainedTokenizerBase]:
    """``(model, tokenizer)``: in evaluation mode, called as ``model(**inputs).logits``; and its own tokenizer.

    The labels of the course's checkpoint are "negative" and "positive". Prints one sentence that says whose it is.

    Raises:
        ResourceError: if there is none and it cannot be made.
    """
    from course.serving.fine_tuned import load_fine_tuned

    return load_fine_tuned(sentiment_folder(print))


def serving_folder(tell: Tell | None = None) -> Path:
    """The same model, ready to be served: with ``model.onnx``, ``model.int8.onnx`` and ``reference.json`` (for drift).

    Exported once for each version of the weights, into the cache.

    Raises:
        ResourceError: if there is no model and none can be made.
    """
    from course.serving.drift import reference_of
    from course.serving.export import export_folder, is_export_of
    from course.serving.onnx_model import OnnxPredictor
    from course.serving.predictor import folder_version

    source = sentiment_folder(tell)
    version = folder_version(source)
    place = cache_directory() / f"served-{version}"
    if not is_export_of(place, version):
        (tell or (lambda sentence: None))("Exporting the model to ONNX and int8, once.")
        export_folder(source, place)
    reference = place / "reference.json"
    if not reference.is_file():
        _, held_out = labelled_snippets()
        answers = OnnxPredictor(place).predict([text for text, _ in held_out[:400]])
        half = reference.with_suffix(".part")
        half.write_text(json.dumps(reference_of(answers)), encoding="utf-8")
        half.replace(reference)
    return place


def learners_folder() -> Path:
    """Where lesson 8 saves the learner's model."""
    return workspace_folder().joinpath(*LEARNERS)


def why_not(folder: Path) -> str:
    """Why a folder cannot be served, in a sentence without its stop; empty if it can. It is loaded to find out."""
    from course.classifier_folder import FolderError
    from course.serving.fine_tuned import load_fine_tuned

    try:
        load_fine_tuned(folder)
    except FolderError as problem:
        return str(problem)
    return ""


def checkpoint_folder() -> Path:
    """Where the course's checkpoint lies once it is made."""
    return cache_directory() / f"sentiment-{_RECIPE}"


def checkpoint_problem() -> str:
    """What is wrong with the course's checkpoint, in a few words; empty if it is there and as it was made."""
    folder = checkpoint_folder()
    if not folder.is_dir():
        return f"not there yet: run `{FETCH_COMMAND}`"
    try:
        written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files, accuracy = dict(written["files"]), float(written["accuracy"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"{MANIFEST} cannot be read"
    for name in _NEEDED:
        if not (folder / name).is_file():
            return f"{name} is missing"
        if sha256(folder / name) != files.get(name):
            return f"{name} is not what was made"
    return "" if accuracy >= LEAST_ACCURACY else f"its accuracy is {accuracy:.3f}"


def course_checkpoint(tell: Tell | None = None) -> Path:
    """The course's own checkpoint, made if need be; the folder becomes visible by one rename.

    Raises:
        ResourceError: if it cannot be made.
    """
    say = tell or (lambda sentence: None)
    folder = checkpoint_folder()
    problem = checkpoint_problem()
    if not problem:
        return folder
    if folder.is_dir():
        say(f"The course's sentiment model is damaged ({problem}); making it again.")
    say("Making the course's sentiment model from BERT and the reviews, once; this takes about a minute.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent, ignore_cleanup_errors=True) as name:
            scratch = Path(name) / "model"
            make_checkpoint(scratch)
            if folder.exists():
                shutil.move(folder, Path(name) / "before")
            os.replace(scratch, folder)
    except OSError as trouble:
        raise ResourceError(
            f"The sentiment model cannot be kept in {folder.parent} ({trouble.strerror or trouble}): make room or set "
            f"LLM_FROM_ZERO_CACHE to another folder, then run `{FETCH_COMMAND}`."
        ) from trouble
    return folder


def labelled_snippets() -> tuple[list[Row], list[Row]]:
    """``(training, held out)`` rows ``(text, 0 or 1)`` of the films' reviews: the first of lesson 8's sets.

    What is held out comes from its test set; nothing was chosen by it.
    """
    from course.data import sentiment_split

    split = sentiment_split("movies")
    training, held_out = split.train[:_TRAIN], split.test[:_HELD_OUT]
    return [(row["text"], row["label"]) for row in training], [(row["text"], row["label"]) for row in held_out]


def make_checkpoint(folder: Path) -> float:
    """Train, measure, save with both cards and a manifest of hashes; returns the accuracy on the held-out snippets.

    Raises:
        ResourceError: if the result is no better than it must be.
    """
    from course.classifier_folder import save_classifier

    training, held_out = labelled_snippets()
    with threads(_THREADS):
        classifier, tokenizer = _trained(training)
        accuracy = _accuracy(classifier, tokenizer, held_out)
    if accuracy < LEAST_ACCURACY:
        raise ResourceError(
            f"The sentiment model reached an accuracy of {accuracy:.3f} only, where {LEAST_ACCURACY} is needed: run "
            f"`{FETCH_COMMAND}` again, and report it if that does not help."
        )
    told: dict[str, Any] = {
        "train": _TRAIN, "held_out": _HELD_OUT, "epochs": _EPOCHS, "max_length": _MAX_LENGTH, "accuracy": accuracy
    }  # fmt: skip
    save_classifier(
        folder, classifier.encoder, classifier.head, tokenizer, LABELS, model_card=_MODEL_CARD.format(**told),
        data_card=_DATA_CARD.format(**told), max_length=_MAX_LENGTH,
    )  # fmt: skip
    files = {name: sha256(folder / name) for name in _NEEDED}
    manifest = {"recipe": _RECIPE, "accuracy": accuracy, "held_out": _HELD_OUT, "trained_on": _TRAIN, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return accuracy


def _trained(rows: list[Row]) -> tuple[MeanPoolingClassifier, Any]:
    """The packaged BERT with trained upper layers and head in one model, and its tokenizer."""
    from course.cached_layers import cache_lower, fit_upper, upper_classifier
    from course.classifier_folder import MeanPoolingClassifier

    bert, tokenizer = load_bert()
    cached = cache_lower(
        [text for text, _ in rows], _FROZEN, model=bert, tokenizer=tokenizer, max_length=_MAX_LENGTH
    )  # fmt: skip
    upper = upper_classifier(_FROZEN, labels=len(LABELS), seed=_SEED)
    fit_upper(
        upper, cached, [label for _, label in rows], learning_rate=_LEARNING_RATE, epochs=_EPOCHS, batch_size=_BATCH,
        seed=_SEED, threads=_THREADS,
    )  # fmt: skip
    encoder: Any = copy.deepcopy(bert)
    for layer, learned in zip(encoder.encoder.layer[_FROZEN:], upper.layers, strict=True):
        layer.load_state_dict(learned.state_dict())
    classifier = MeanPoolingClassifier(encoder, LABELS)
    classifier.head.load_state_dict(upper.head.state_dict())
    return classifier.eval(), tokenizer


def _accuracy(classifier: MeanPoolingClassifier, tokenizer: Any, rows: list[Row]) -> float:
    """Of the whole model, as it will be served: in float32, which its layers were not trained in everywhere."""
    from course.serving.fine_tuned import FineTunedClassifier
    from course.serving.predictor import Predictor

    predictor = Predictor(FineTunedClassifier(classifier, max_length=_MAX_LENGTH), tokenizer)
    answers = predictor.predict([text for text, _ in rows])
    return sum(answer["label"] == LABELS[label] for answer, (_, label) in zip(answers, rows, strict=True)) / len(rows)

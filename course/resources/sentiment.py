"""``load_sentiment``: a fine-tuned classifier of film reviews, to be served.

A learner's own, saved in lesson 8, goes first. Else the course's own checkpoint: made once on this machine at set-up
from the packaged BERT and the reviews, kept in the cache, checked whenever it is used. It is trained like this: the
lower four layers are frozen, so their outputs are computed once; the upper two, the pooler and a new head learn, in two
epochs over 2,400 film snippets; 1,000 others tell how good it is. Seeds and threads are fixed, so that one
machine makes the same weights again; another machine's may differ in the last digits.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.resources.bert import load_bert, no_progress_bars
from course.resources.registry import ResourceError
from course.resources.reviews import load_reviews
from course.resources.store import FETCH_COMMAND, Tell, cache_directory, sha256
from course.workspace import workspace_folder

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

SENTIMENT = "sentiment"
LABELS = ("negative", "positive")
CARD = """\
sentiment: a BertForSequenceClassification for film reviews, made on this machine from `bert` and `reviews`
  licence Apache-2.0, as the weights that it began with
  2,400 snippets, two epochs, the upper two layers; accuracy on 1,000 held-out ones in manifest.json
  Labels are the sign of the mean rating beyond 0.5 in either direction: it was never shown a neutral text.
"""
#: The folder in a learner's workspace that lesson 8 saves into.
LEARNERS = ("08_fine_tuning", "sentiment")
MANIFEST = "manifest.json"
#: What the course's checkpoint must reach on snippets that it was not trained on; a coin reaches 0.5.
LEAST_ACCURACY = 0.75

_RECIPE = 1  # counts up whenever something below changes what is made
_TRAIN, _HELD_OUT, _EPOCHS, _BATCH = 2_400, 1_000, 2, 24
_LEARNING_RATE, _WARM_UP, _WEIGHT_DECAY, _CLIP = 1.5e-4, 0.1, 0.01, 1.0
_FROZEN, _MAX_LENGTH, _THREADS, _SEED = 4, 64, 2, 0
#: A rating nearer to 0 than this says neither.
_NEUTRAL = 0.5
_NEEDED = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")

Row = tuple[str, int]


def sentiment_folder(tell: Tell | None = None) -> Path:
    """The folder with ``config.json``, ``model.safetensors``, ``tokenizer.json``: the learner's, else the course's.

    Makes the course's if it is not there yet, which takes less than a minute on two cores.

    Args:
        tell: called with a sentence that says whose it is, and when something is made.

    Raises:
        ResourceError: if it cannot be made.
    """
    say = tell or (lambda sentence: None)
    own = learners_folder()
    reason = why_not(own)
    if not reason:
        say(f"The model is your own, from lesson 8: {own}.")
        return own
    if own.is_dir():
        say(f"{own} cannot be served ({reason}): the course's own checkpoint takes its place.")
    return course_checkpoint(tell)


def load_sentiment() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """``(model, tokenizer)``: a ``BertForSequenceClassification`` in evaluation mode, and its tokenizer.

    The labels of the course's checkpoint are "negative" and "positive". Prints one sentence that says whose it is.

    Raises:
        ResourceError: if there is none and it cannot be made.
    """
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    folder = sentiment_folder(print)
    with no_progress_bars():
        model = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return model.eval(), tokenizer


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
    """Why a folder cannot be served, in a few words; empty if it can."""
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        if not (folder / name).is_file():
            return f"{name} is missing"
    try:
        kinds = json.loads((folder / "config.json").read_text(encoding="utf-8"))["architectures"]
    except (ValueError, KeyError, TypeError):
        return "config.json names no architecture"
    return "" if kinds == ["BertForSequenceClassification"] else f"it is a {kinds}, no BertForSequenceClassification"


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
    """``(training, held out)`` rows ``(text, 0 or 1)`` of the films' reviews, no text in both; drawn from a seed.

    The label is the sign of the mean rating where that is beyond ±0.5; a text that occurs twice counts once.
    """
    reviews = load_reviews("movies")
    found: dict[str, Row] = {}
    for text, rating in zip(reviews["text"], reviews["rating"], strict=True):
        tidy = " ".join(text.split())
        if abs(rating) > _NEUTRAL:
            found.setdefault(tidy.casefold(), (tidy, int(rating > 0)))
    rows = sorted(found.values())
    random.Random(_SEED).shuffle(rows)
    return rows[_HELD_OUT : _HELD_OUT + _TRAIN], rows[:_HELD_OUT]


def make_checkpoint(folder: Path) -> float:
    """Train, measure, save with a manifest of hashes; returns the accuracy on the held-out snippets.

    Raises:
        ResourceError: if the result is no better than it must be.
    """
    with _repeatable():
        model, tokenizer = _untrained()
        training, held_out = labelled_snippets()
        accuracy = _train(model, tokenizer, training, held_out)
    if accuracy < LEAST_ACCURACY:
        raise ResourceError(
            f"The sentiment model reached an accuracy of {accuracy:.3f} only, where {LEAST_ACCURACY} is needed: run "
            f"`{FETCH_COMMAND}` again, and report it if that does not help."
        )
    with no_progress_bars():
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    files = {name: sha256(folder / name) for name in _NEEDED}
    manifest = {"recipe": _RECIPE, "accuracy": accuracy, "held_out": _HELD_OUT, "trained_on": _TRAIN, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return accuracy


@contextlib.contextmanager
def _repeatable() -> Iterator[None]:
    """Fixed seed and threads; a notebook's own are put back."""
    import torch

    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        torch.set_num_threads(_THREADS)
        try:
            yield
        finally:
            torch.set_num_threads(threads)


def _untrained() -> tuple[Any, Any]:
    from transformers import BertConfig, BertForSequenceClassification

    bert, tokenizer = load_bert()
    names = dict(enumerate(LABELS))
    config = BertConfig(
        **{**bert.config.to_dict(), "id2label": names, "label2id": {name: number for number, name in names.items()}}
    )
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(bert.state_dict())
    return model, tokenizer


class _Texts:
    """What the frozen layers make of texts, computed once; batches hold texts of one length, so nothing is padded."""

    def __init__(self, model: Any, tokenizer: Any, rows: Sequence[Row]) -> None:
        import torch

        ids = tokenizer([text for text, _ in rows], truncation=True, max_length=_MAX_LENGTH)["input_ids"]
        self.labels = torch.tensor([label for _, label in rows])
        self.places: dict[int, list[int]] = {}
        for place, row in enumerate(ids):
            self.places.setdefault(len(row), []).append(place)
        self.states: list[Any] = [None] * len(rows)
        model.eval()
        with torch.no_grad(), _half_precision():
            for places in self.batches(None):
                states = model.bert.embeddings(torch.tensor([ids[place] for place in places]))
                for layer in model.bert.encoder.layer[:_FROZEN]:
                    states = layer(states)
                for place, state in zip(places, states, strict=True):
                    self.states[place] = state.to(torch.bfloat16)

    def batches(self, chance: random.Random | None) -> list[list[int]]:
        """Places of all texts in batches; shuffled if there is a chance."""
        made = []
        for _, places in sorted(self.places.items()):
            order = list(places)
            if chance is not None:
                chance.shuffle(order)
            made += [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        if chance is not None:
            chance.shuffle(made)
        return made

    def logits(self, model: Any, places: Sequence[int]) -> Any:
        """The layers that learn, on cached states: (batch, 2)."""
        import torch

        states = torch.stack([self.states[place] for place in places]).float()
        with _half_precision():
            for layer in model.bert.encoder.layer[_FROZEN:]:
                states = layer(states)
            return model.classifier(model.dropout(model.bert.pooler(states))).float()


def _half_precision() -> Any:
    """bfloat16 for matrix products where the processor has it: about twice as fast, and good enough for this."""
    import torch

    native = bool(torch.cpu.get_capabilities().get("avx512_bf16", False))
    return torch.autocast("cpu", torch.bfloat16, enabled=native)


def _train(model: Any, tokenizer: Any, training: Sequence[Row], held_out: Sequence[Row]) -> float:
    import torch

    texts = _Texts(model, tokenizer, training)
    learning = (model.bert.encoder.layer[_FROZEN:], model.bert.pooler, model.classifier)
    parameters = [parameter for part in learning for parameter in part.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=_LEARNING_RATE, weight_decay=_WEIGHT_DECAY)
    steps = len(texts.batches(None)) * _EPOCHS
    warm = max(1, round(_WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
    )
    chance = random.Random(_SEED)
    model.train()
    for _ in range(_EPOCHS):
        for places in texts.batches(chance):
            loss = torch.nn.functional.cross_entropy(texts.logits(model, places), texts.labels[places])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, _CLIP)
            optimizer.step()
            schedule.step()
    model.eval()
    tests, right = _Texts(model, tokenizer, held_out), 0
    with torch.no_grad():
        for places in tests.batches(None):
            right += int((tests.logits(model, places).argmax(-1) == tests.labels[places]).sum())
    return right / len(held_out)

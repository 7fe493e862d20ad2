"""``load_sentiment``: a fine-tuned classifier of film reviews, to be served.

A learner's own, saved in lesson 8, goes first. Else the course's own checkpoint: made once on this machine at set-up
from the packaged BERT and the reviews, kept in the cache, checked whenever it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course.resources.store import Tell

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

LABELS = ("negative", "positive")


def sentiment_folder(tell: Tell | None = None) -> Path:
    """The folder with ``config.json``, ``model.safetensors``, ``tokenizer.json``: the learner's, else the course's.

    Makes the course's if it is not there yet, which takes less than a minute on two cores.

    Raises:
        ResourceError: if it cannot be made.
    """
    raise NotImplementedError


def load_sentiment() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """``(model, tokenizer)``: a ``BertForSequenceClassification`` with the labels "negative" and "positive", in
    evaluation mode, and its tokenizer. Prints one sentence that says whose it is.

    Raises:
        ResourceError: if there is none and it cannot be made.
    """
    raise NotImplementedError


def serving_folder(tell: Tell | None = None) -> Path:
    """The same model, ready to be served: with ``model.onnx``, ``model.int8.onnx`` and ``reference.json`` (for drift)."""
    raise NotImplementedError

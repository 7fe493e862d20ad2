"""Texts in, labels and probabilities out: all that the model does, without a word about HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

#: Tokens of a text that are read where the model's folder says nothing, [CLS] and [SEP] included; what follows is left
#: out, and the answer says so.
MAX_LENGTH = 128
#: Texts in one call of the model.
BATCH_SIZE = 16
#: The files that say which model a folder holds, as far as they are there.
VERSIONED = ("config.json", "tokenizer.json", "model.safetensors")


class Prediction(TypedDict):
    """The answer for one text; plain data, so that it is JSON as it stands.

    Keys:
        label: the most probable label.
        probability: its probability, 0 to 1.
        probabilities: of every label, in the order of the model's outputs; they sum to 1.
        tokens: how many tokens the whole text has, [CLS] and [SEP] included.
        truncated: whether ``tokens`` exceeded the limit, so that the end of the text was not read.
    """

    label: str
    probability: float
    probabilities: dict[str, float]
    tokens: int
    truncated: bool


class Classifier(Protocol):
    """What a service needs of a model: its labels, which version it is, and one function from texts to answers."""

    @property
    def labels(self) -> Sequence[str]:
        """Names of the classes, in the order of the model's outputs."""

    @property
    def version(self) -> str:
        """Which weights these are; every answer carries it."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order; ``[]`` for no text."""


class Predictor:
    """A transformers model for classification and its tokenizer, ready to answer.

    The model is put into evaluation mode (dropout off), is called under ``torch.inference_mode`` (no graph is kept),
    with at most ``batch_size`` texts at a time, each batch padded to its own longest text and no further. Texts of like
    length share a batch, because padding costs as much as tokens do; the answers come in the order of the texts.

    Args:
        model: called like one of transformers: :class:`~course.serving.fine_tuned.FineTunedClassifier`,
            :class:`~course.serving.onnx_model.OnnxClassifier`. ``model.config.id2label`` names the labels.
        tokenizer: the one that the model was trained with.
        max_length: tokens of a text that are read, special tokens included; ``model.max_length`` if not given, to which
            texts were cut in training, else :data:`MAX_LENGTH`.
        batch_size: texts in one call of the model.
        version: see :class:`Classifier`.
    """

    def __init__(
        self, model: Any, tokenizer: PreTrainedTokenizerBase, *, max_length: int | None = None,
        batch_size: int = BATCH_SIZE, version: str = "unversioned",
    ) -> None:  # fmt: skip
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._max_length = getattr(model, "max_length", MAX_LENGTH) if max_length is None else max_length
        self._batch_size = batch_size
        self.labels = label_names(model.config.id2label)
        self.version = version

    @classmethod
    def from_folder(
        cls, folder: str | Path, *, max_length: int | None = None, batch_size: int = BATCH_SIZE
    ) -> Predictor:
        """The model and the tokenizer of *one* folder that ``save_classifier`` wrote; the version is its digest.

        Raises:
            ValueError: if the folder holds no such model, or a damaged one.
        """
        from course.serving.fine_tuned import load_fine_tuned

        model, tokenizer = load_fine_tuned(folder)
        version = folder_version(folder)
        return cls(model, tokenizer, max_length=max_length, batch_size=batch_size, version=version)

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order; ``[]`` for no text.

        Raises:
            TypeError: for a single string in place of a list, or an item that is no string.
        """
        import torch

        check_texts(texts)
        if not texts:
            return []
        # Tokenized whole: only so is it known how much of a text was left out. verbose=False, for transformers would
        # warn about texts longer than the model, which are cut below.
        whole = self._tokenizer(list(texts), verbose=False)["input_ids"]
        cut = self._tokenizer(list(texts), truncation=True, max_length=self._max_length)["input_ids"]
        order = sorted(range(len(texts)), key=lambda place: len(cut[place]))
        answers: list[Prediction | None] = [None] * len(texts)
        for start in range(0, len(order), self._batch_size):
            places = order[start : start + self._batch_size]
            batch = self._tokenizer.pad({"input_ids": [cut[place] for place in places]}, return_tensors="pt")
            with torch.inference_mode():
                logits = self._model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits
            for place, row in zip(places, logits.softmax(-1).tolist(), strict=True):
                answers[place] = prediction(self.labels, row, len(whole[place]), self._max_length)
        return [answer for answer in answers if answer is not None]


def label_names(id2label: dict[Any, str]) -> tuple[str, ...]:
    """Names of the labels in the order of the outputs; in a JSON file the numbers are strings."""
    return tuple(name for _, name in sorted((int(number), name) for number, name in id2label.items()))


def prediction(labels: Sequence[str], probabilities: Sequence[float], tokens: int, max_length: int) -> Prediction:
    """The answer for one text from the probabilities of its labels."""
    best = max(range(len(labels)), key=probabilities.__getitem__)
    return {
        "label": labels[best],
        "probability": probabilities[best],
        "probabilities": dict(zip(labels, probabilities, strict=True)),
        "tokens": tokens,
        "truncated": tokens > max_length,
    }


def check_texts(texts: Sequence[str]) -> None:
    """Raise TypeError unless this is a sequence of strings: a single string would be taken for its letters."""
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise TypeError("predict takes a list of strings.")


def folder_version(folder: str | Path) -> str:
    """Twelve hexadecimal digits that change whenever weights, labels or tokenizer in a folder do (sha256).

    Raises:
        FileNotFoundError: if the folder has no ``config.json``.
    """
    place = Path(folder)
    if not (place / "config.json").is_file():
        raise FileNotFoundError(f"{place} holds no config.json: name the folder of a saved model.")
    digest = hashlib.sha256()
    for name in VERSIONED:
        path = place / name
        if path.is_file():
            with path.open("rb") as file:
                digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]

"""Texts in, labels and probabilities out: all that the model does, without a word about HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

#: Tokens of a text that are read, [CLS] and [SEP] included; what follows is left out, and the answer says so.
MAX_LENGTH = 128
#: Texts in one call of the model.
BATCH_SIZE = 16


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
    with at most ``batch_size`` texts at a time, each batch padded to its own longest text and no further.

    Args:
        model: e.g. ``BertForSequenceClassification``, or an :class:`~course.serving.onnx_model.OnnxClassifier`, which is
            called the same way. ``model.config.id2label`` names the labels.
        tokenizer: the one that the model was trained with.
        max_length: tokens of a text that are read, special tokens included.
        batch_size: texts in one call of the model.
        version: see :class:`Classifier`.
    """

    def __init__(
        self, model: Any, tokenizer: PreTrainedTokenizerBase, *, max_length: int = MAX_LENGTH,
        batch_size: int = BATCH_SIZE, version: str = "unversioned",
    ) -> None:  # fmt: skip
        raise NotImplementedError

    @classmethod
    def from_folder(
        cls, folder: str | Path, *, max_length: int = MAX_LENGTH, batch_size: int = BATCH_SIZE
    ) -> Predictor:
        """The model and the tokenizer of *one* folder that ``save_pretrained`` wrote; the version is its digest."""
        raise NotImplementedError

    labels: tuple[str, ...]
    version: str

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order; ``[]`` for no text.

        Raises:
            TypeError: for a single string in place of a list, or an item that is no string.
        """
        raise NotImplementedError


def folder_version(folder: str | Path) -> str:
    """Twelve hexadecimal digits that change whenever the weights, the labels or the tokenizer in a folder do (sha256)."""
    raise NotImplementedError

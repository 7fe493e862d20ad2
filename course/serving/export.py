"""From a transformers model to an ONNX file, and on to int8: smaller and faster, and how far from the original.

A folder that is served holds ``config.json``, ``tokenizer.json``, ``model.safetensors`` (torch), ``model.onnx`` (float32)
and ``model.int8.onnx`` (weights of the matrix products as int8, one scale a column; activations are quantized as they
come: "dynamic" quantization; Jacob et al., 2018; Zafrir et al., 2019, "Q8BERT").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.serving.predictor import Classifier

FLOAT_FILE = "model.onnx"
INT8_FILE = "model.int8.onnx"


def export_folder(folder: str | Path, target: str | Path, *, threads: int = 1) -> Path:
    """Write what a service needs into ``target``: tokenizer, labels, ``model.onnx`` and ``model.int8.onnx``.

    Args:
        folder: what ``save_pretrained`` wrote.
        target: made if need be; what is there already and fits ``folder`` is kept.
        threads: of ONNX Runtime while the two are compared with the original.

    Returns:
        ``target``.
    """
    raise NotImplementedError


@dataclass(frozen=True)
class Agreement:
    """How far one classifier is from another on the same texts.

    Attributes:
        texts: how many were compared.
        same_label: share of them with the same label, 0 to 1.
        largest: the largest absolute difference of a probability.
        mean: the mean absolute difference.
    """

    texts: int
    same_label: float
    largest: float
    mean: float


def agreement(one: Classifier, other: Classifier, texts: Sequence[str]) -> Agreement:
    """Compare two classifiers with the same labels.

    Raises:
        ValueError: if their labels differ, or without a text.
    """
    raise NotImplementedError

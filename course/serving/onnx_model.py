"""What runs an exported model: ONNX Runtime, with a fixed number of threads.

:class:`OnnxPredictor` needs neither torch nor transformers: it is what the container holds. :class:`OnnxClassifier`
stands in a transformers model's place, so that code written for one (a learner's ``Predictor``) runs the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.serving.predictor import BATCH_SIZE, MAX_LENGTH, Prediction

#: Threads that one operation is spread over. One: on two cores the other has HTTP to do, and short texts gain nothing.
THREADS = 1


class OnnxModel:
    """A classification model in an ONNX file.

    Args:
        path: the file; its inputs are ``input_ids`` and ``attention_mask`` (and ``token_type_ids``, if it has them).
        threads: of one operation.
    """

    def __init__(self, path: str | Path, *, threads: int = THREADS) -> None:
        raise NotImplementedError

    def logits(self, input_ids: NDArray[np.int64], attention_mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """(batch, length) twice to (batch, labels)."""
        raise NotImplementedError


class OnnxClassifier:
    """An exported model that is called like a transformers model: ``model(**inputs).logits`` is a torch tensor.

    ``config`` is the transformers configuration of the folder (``config.id2label``), ``eval()`` returns the model (an
    export has no dropout any more), ``training`` is False.

    Args:
        folder: with ``config.json`` and the exported file.
        file: ``"model.onnx"`` or ``"model.int8.onnx"``.
        threads: of one operation.
    """

    training = False

    def __init__(self, folder: str | Path, file: str = "model.int8.onnx", *, threads: int = THREADS) -> None:
        raise NotImplementedError

    def eval(self) -> OnnxClassifier:
        """The model itself."""
        raise NotImplementedError

    def __call__(self, input_ids: Any, attention_mask: Any, token_type_ids: Any = None) -> Any:
        """``SequenceClassifierOutput`` with ``logits`` (batch, labels); tensors (batch, length) in."""
        raise NotImplementedError


class OnnxPredictor:
    """A :class:`~course.serving.predictor.Classifier` on ONNX Runtime and the tokenizers library, without torch.

    Args:
        folder: with the exported file, ``tokenizer.json`` and ``config.json``.
        file, threads: see :class:`OnnxClassifier`.
        max_length, batch_size: see :class:`~course.serving.predictor.Predictor`.
    """

    labels: tuple[str, ...]
    version: str

    def __init__(
        self, folder: str | Path, file: str = "model.int8.onnx", *, threads: int = THREADS,
        max_length: int = MAX_LENGTH, batch_size: int = BATCH_SIZE,
    ) -> None:  # fmt: skip
        raise NotImplementedError

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """See :meth:`course.serving.predictor.Predictor.predict`."""
        raise NotImplementedError

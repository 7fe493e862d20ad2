"""What runs an exported model: ONNX Runtime, with a fixed number of threads.

:class:`OnnxPredictor` needs neither torch nor transformers: it is what the container holds. :class:`OnnxClassifier`
stands in a transformers model's place, so that code written for one (a learner's ``Predictor``) runs the other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.serving.packing import pack
from course.serving.predictor import BATCH_SIZE, MAX_LENGTH, Prediction, check_texts, label_names, prediction

#: Threads that one operation is spread over. One, and several batches at a time instead: cores that each have a batch
#: of their own never wait for each other.
THREADS = 1
INT8_FILE = "model.int8.onnx"
#: What transformers takes for granted and does not write down.
UNNAMED = {0: "LABEL_0", 1: "LABEL_1"}
#: On a CPU these fusions replace two quick operations by a slower one (seen in a profile of ONNX Runtime 1.32).
_SLOWER_ON_CPU = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]


class OnnxModel:
    """A classification model in an ONNX file, as :func:`course.serving.export.export_folder` writes it.

    Args:
        path: the file.
        threads: of one operation.

    Raises:
        FileNotFoundError: if it is not there.
    """

    def __init__(self, path: str | Path, *, threads: int = THREADS) -> None:
        import onnxruntime

        if not Path(path).is_file():
            raise FileNotFoundError(f"{path} is not there: `python -m course.serving export` makes it.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that spins while it waits takes the core from the others.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER_ON_CPU
        )

    def logits(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Token ids of texts, of whatever lengths and without padding, to (texts, labels)."""
        result: NDArray[np.float32] = self._session.run(["logits"], pack(texts))[0]
        return result


class OnnxClassifier:
    """An exported model that is called like a transformers model: ``model(**inputs).logits`` is a torch tensor.

    ``config`` is the transformers configuration of the folder (``config.id2label``), ``max_length`` the length to which
    texts were cut in training, ``eval()`` returns the model (an export has no dropout any more), ``training`` is False.

    Args:
        folder: with ``config.json`` and the exported file.
        file: ``"model.onnx"`` or ``"model.int8.onnx"``.
        threads: of one operation.
    """

    training = False

    def __init__(self, folder: str | Path, file: str = INT8_FILE, *, threads: int = THREADS) -> None:
        from transformers import AutoConfig

        self.config = AutoConfig.from_pretrained(folder, local_files_only=True)
        self.max_length = folder_max_length(folder)
        self._model = OnnxModel(Path(folder) / file, threads=threads)

    def eval(self) -> OnnxClassifier:
        """The model itself."""
        return self

    def __call__(self, input_ids: Any, attention_mask: Any = None, token_type_ids: Any = None) -> Any:
        """``SequenceClassifierOutput`` with ``logits`` (batch, labels).

        Args:
            input_ids: (batch, length), a tensor.
            attention_mask: (batch, length), 1 for a token and 0 for padding; all tokens if left out. Padding is taken
                out here, so that it costs nothing, whoever put it in.
            token_type_ids: all 0, as for single texts; read by nobody.
        """
        import torch
        from transformers.modeling_outputs import SequenceClassifierOutput

        ids = np.asarray(input_ids, dtype=np.int64)
        mask = np.ones_like(ids) if attention_mask is None else np.asarray(attention_mask)
        logits = self._model.logits([row[kept != 0] for row, kept in zip(ids, mask, strict=True)])
        return SequenceClassifierOutput(logits=torch.from_numpy(logits))


class OnnxPredictor:
    """A :class:`~course.serving.predictor.Classifier` on ONNX Runtime and the tokenizers library, without torch.

    Args:
        folder: with the exported file, ``tokenizer.json`` and ``config.json``.
        file: ``"model.onnx"`` or ``"model.int8.onnx"``.
        threads: of one operation.
        max_length: tokens of a text that are read, special tokens included; the folder's if not given.
        batch_size: texts in one call of the model.

    Raises:
        FileNotFoundError: if one of the files is not there.
    """

    def __init__(
        self, folder: str | Path, file: str = INT8_FILE, *, threads: int = THREADS, max_length: int | None = None,
        batch_size: int = BATCH_SIZE,
    ) -> None:  # fmt: skip
        from tokenizers import Tokenizer

        # Threads of the tokenizer's own would take the cores from the model; short texts are tokenized at once anyway.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        place = Path(folder)
        for name in ("config.json", "tokenizer.json"):
            if not (place / name).is_file():
                raise FileNotFoundError(
                    f"{place} holds no {name}: `python -m course.serving export` makes such a folder."
                )
        config = json.loads((place / "config.json").read_text(encoding="utf-8"))
        self._model = OnnxModel(place / file, threads=threads)
        self._tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
        # The file carries the settings of whoever saved it.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._max_length = folder_max_length(place) if max_length is None else max_length
        self._batch_size = batch_size
        self.labels = label_names(config.get("id2label", UNNAMED))
        self.version = (place / "VERSION").read_text(encoding="utf-8").strip() + (".int8" if file == INT8_FILE else "")

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """See :meth:`course.serving.predictor.Predictor.predict`."""
        check_texts(texts)
        answers: list[Prediction] = []
        for start in range(0, len(texts), self._batch_size):
            ids = [
                coded.ids for coded in self._tokenizer.encode_batch_fast(list(texts[start : start + self._batch_size]))
            ]
            logits = self._model.logits([self._cut(row) for row in ids]).astype(np.float64)
            powers = np.exp(logits - logits.max(axis=1, keepdims=True))
            shares = (powers / powers.sum(axis=1, keepdims=True)).tolist()
            answers += [
                prediction(self.labels, row, len(coded), self._max_length)
                for row, coded in zip(shares, ids, strict=True)
            ]
        return answers

    def _cut(self, ids: list[int]) -> list[int]:
        """The first tokens, and [SEP] last, as the tokenizer's own truncation leaves them."""
        return ids if len(ids) <= self._max_length else [*ids[: self._max_length - 1], ids[-1]]


def folder_max_length(folder: str | Path) -> int:
    """The length to which texts were cut in training, as ``config.json`` has it, else :data:`MAX_LENGTH`."""
    config = json.loads((Path(folder) / "config.json").read_text(encoding="utf-8"))
    return int(config.get("max_length", MAX_LENGTH))

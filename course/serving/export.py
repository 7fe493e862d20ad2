"""From a fine-tuned model to an ONNX file, and on to int8: smaller and faster, and how far from the original.

A folder that is served holds ``config.json``, ``tokenizer.json``, ``VERSION``, ``model.onnx`` (float32), and
``model.int8.onnx``: weights of the matrix products as int8, one scale for each output, and activations quantized as
they come ("dynamic" quantization; Jacob et al., 2018; Zafrir et al., 2019, "Q8BERT"). The exported graph is the packed
twin of the model (:mod:`course.serving.packed`); its logits are divided by the folder's temperature already.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.serving.predictor import folder_version

if TYPE_CHECKING:
    from course.serving.predictor import Classifier

FLOAT_FILE = "model.onnx"
INT8_FILE = "model.int8.onnx"
VERSION_FILE = "VERSION"
_COPIED = ("config.json", "tokenizer.json", "tokenizer_config.json", "README.md", "DATA.md")


def export_model(model: Any, path: str | Path) -> Path:
    """Write a model as float32 ONNX: its packed twin, for texts of any number and length.

    Args:
        model: a :class:`~course.serving.fine_tuned.FineTunedClassifier`.
        path: of the file.

    Raises:
        ValueError: for a model of another kind.
    """
    import torch

    from course.serving.packed import PackedClassifier
    from course.serving.packing import pack

    packed = PackedClassifier(model).eval()
    # Two texts of different lengths, so that no dimension happens to be 1 or equal to another.
    example = {
        name: torch.from_numpy(array) for name, array in pack([[101, 2204, 102], [101, 2025, 2204, 102]]).items()
    }
    free = torch.export.Dim.DYNAMIC
    shapes = {name: dict.fromkeys(range(tensor.dim()), free) for name, tensor in example.items()}
    with _quiet():
        program = torch.onnx.export(
            packed, (), kwargs=example, input_names=list(example), output_names=["logits"], dynamic_shapes=shapes,
            dynamo=True, verbose=False,
        )  # fmt: skip
        assert program is not None
        program.save(str(path), external_data=False)
    return Path(path)


def quantize_file(source: str | Path, target: str | Path) -> Path:
    """Write the int8 version of a float32 ONNX file."""
    with _quiet():
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(str(source), str(target), weight_type=QuantType.QInt8, per_channel=True)
    return Path(target)


def export_folder(folder: str | Path, target: str | Path) -> Path:
    """Write what a service needs into ``target``: tokenizer, labels, version, ``model.onnx`` and ``model.int8.onnx``.

    Args:
        folder: what :func:`course.classifier_folder.save_classifier` wrote.
        target: made if need be. If it holds an export of these very weights already, nothing is done. It becomes
            visible by one rename, so that an interruption leaves nothing that looks finished.

    Returns:
        ``target``.

    Raises:
        FileNotFoundError: if ``folder`` holds no model.
        ValueError: for a folder of another kind.
    """
    from course.serving.fine_tuned import load_fine_tuned

    source, place = Path(folder), Path(target)
    version = folder_version(source)
    if is_export_of(place, version):
        return place
    model, _ = load_fine_tuned(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".exporting-", dir=place.parent, ignore_cleanup_errors=True) as name:
        scratch = Path(name) / "export"
        scratch.mkdir()
        export_model(model, scratch / FLOAT_FILE)
        quantize_file(scratch / FLOAT_FILE, scratch / INT8_FILE)
        for file in _COPIED:
            if (source / file).is_file():
                shutil.copyfile(source / file, scratch / file)
        (scratch / VERSION_FILE).write_text(version + "\n", encoding="utf-8")
        if place.exists():
            os.replace(place, Path(name) / "before")
        os.replace(scratch, place)
    return place


def is_export_of(place: str | Path, version: str) -> bool:
    """Whether a folder holds a finished export of the weights with this version."""
    folder = Path(place)
    try:
        written = (folder / VERSION_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return written == version and all((folder / name).is_file() for name in (FLOAT_FILE, INT8_FILE, "tokenizer.json"))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The exporter talks of what it does not need (torchvision) and of its own deprecations, on stderr."""
    before, silent = logging.root.manager.disable, logging.NullHandler()
    logging.disable(logging.WARNING)
    # logging.warning() gives the root logger a handler that writes to stderr, for good, unless it has one.
    logging.root.addHandler(silent)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.root.removeHandler(silent)
        logging.disable(before)


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
    if not texts or list(one.labels) != list(other.labels):
        raise ValueError("Two classifiers with the same labels and at least one text are needed.")
    pairs = list(zip(one.predict(texts), other.predict(texts), strict=True))
    gaps = [abs(a["probabilities"][label] - b["probabilities"][label]) for a, b in pairs for label in one.labels]
    same = sum(a["label"] == b["label"] for a, b in pairs)
    return Agreement(len(texts), same / len(texts), max(gaps), sum(gaps) / len(gaps))

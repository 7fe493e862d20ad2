"""Texts in, probabilities out: the same however they are batched, padded, packed or exported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from course.classifier_folder import load_classifier
from course.serving.export import agreement, export_folder, is_export_of, quantize_file
from course.serving.fine_tuned import load_fine_tuned
from course.serving.onnx_model import OnnxClassifier, OnnxModel, OnnxPredictor
from course.serving.packed import PackedClassifier
from course.serving.packing import EMPTY, pack
from course.serving.predictor import Predictor, folder_version
from tests.course.serving.conftest import LABELS, MAX_LENGTH, TEMPERATURE, close, texts_of_all_lengths


def test_the_answer_is_the_models(model_folder: Path) -> None:
    """Cut where the folder says, divided by the folder's temperature, whatever shares the batch."""
    texts = texts_of_all_lengths()
    answers = Predictor.from_folder(model_folder, batch_size=3).predict(texts)
    model, tokenizer = load_classifier(model_folder)
    for text, answer in zip(texts, answers, strict=True):
        inputs = tokenizer(text, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
        with torch.no_grad():
            shares = (model(inputs["input_ids"], inputs["attention_mask"]) / TEMPERATURE).softmax(-1)[0]
        assert list(answer["probabilities"]) == list(LABELS)
        assert list(answer["probabilities"].values()) == pytest.approx(shares.tolist(), abs=1e-5)
        assert answer["label"] == LABELS[int(shares.argmax())]
        assert answer["probability"] == max(answer["probabilities"].values())
        assert answer["tokens"] == len(tokenizer(text)["input_ids"])
        assert answer["truncated"] == (answer["tokens"] > MAX_LENGTH)
    assert [answer["truncated"] for answer in answers].count(True) > 0
    assert len({round(answer["probability"], 3) for answer in answers}) > 5, "the texts are told apart"


def test_a_model_from_training_is_put_into_evaluation_mode(model_folder: Path) -> None:
    model, tokenizer = load_fine_tuned(model_folder)
    predictor = Predictor(model.train(), tokenizer)
    assert predictor.predict(["good"]) == predictor.predict(["good"])
    assert not model.training
    assert predictor.predict([]) == []


def test_the_length_can_be_another_than_the_folders(model_folder: Path, exported: Path) -> None:
    texts = texts_of_all_lengths()
    for given, said in ((None, MAX_LENGTH), (5, 5), (300, 300)):
        for predictor in (
            Predictor.from_folder(model_folder, max_length=given), OnnxPredictor(exported, max_length=given),
            Predictor(OnnxClassifier(exported), load_fine_tuned(model_folder)[1], max_length=given),
        ):  # fmt: skip
            for answer in predictor.predict(texts):
                assert answer["truncated"] == (answer["tokens"] > said)


@pytest.mark.parametrize("wrong", ["one string", [1], [None, "a"]])
def test_a_string_is_no_list(exported: Path, model_folder: Path, wrong: object) -> None:
    for predictor in (Predictor.from_folder(model_folder), OnnxPredictor(exported)):
        with pytest.raises(TypeError, match="a list of strings"):
            predictor.predict(wrong)  # type: ignore[arg-type]


def test_the_export_says_what_torch_says(model_folder: Path, exported: Path) -> None:
    texts = texts_of_all_lengths()
    original = Predictor.from_folder(model_folder)
    close(original.predict(texts), OnnxPredictor(exported, "model.onnx", batch_size=4).predict(texts), 1e-5)
    close(original.predict(texts), OnnxPredictor(exported).predict(texts), 0.05)
    assert OnnxPredictor(exported).predict([]) == []
    seen = agreement(original, OnnxPredictor(exported), texts)
    assert seen.texts == len(texts)
    assert 0 < seen.mean <= seen.largest < 0.05
    assert seen.same_label > 0.8
    assert agreement(original, original, texts).largest < 1e-6
    with pytest.raises(ValueError, match="at least one text"):
        agreement(original, original, [])


def test_an_export_stands_in_a_transformers_models_place(model_folder: Path, exported: Path) -> None:
    original = Predictor.from_folder(model_folder)
    twin = Predictor(OnnxClassifier(exported, "model.onnx"), original._tokenizer)
    assert twin.labels == original.labels
    texts = texts_of_all_lengths()
    close(original.predict(texts), twin.predict(texts), 1e-5)
    model = OnnxClassifier(exported, "model.onnx")
    ids = torch.tensor([[101, 2204, 102]])
    assert torch.equal(model(ids).logits, model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits)
    assert model.eval() is model
    assert not model.training


def test_packing_leaves_nothing_out_and_nothing_in() -> None:
    packed = pack([[5, 6, 7], [8], [9, 4]])
    assert packed["input_ids"].tolist() == [5, 6, 7, 8, 9, 4]
    assert packed["positions"].tolist() == [0, 1, 2, 0, 0, 1]
    assert packed["slots"].tolist() == [[0, 1, 2], [3, EMPTY, EMPTY], [4, 5, EMPTY]]
    assert packed["slots"].ravel()[packed["places"]].tolist() == list(range(6))


@pytest.mark.parametrize("lengths", [(1,), (5, 5), (2, 60, 1), tuple(range(1, 30))])
def test_packed_and_padded_logits_are_equal(model_folder: Path, lengths: tuple[int, ...]) -> None:
    model, _ = load_fine_tuned(model_folder)
    draw = np.random.default_rng(len(lengths))
    texts = [[101, *draw.integers(1000, 20_000, length - 1).tolist()] for length in lengths]
    ids = torch.zeros(len(texts), max(lengths), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    with torch.inference_mode():
        expected = model(input_ids=ids, attention_mask=mask).logits
        got = PackedClassifier(model).eval()(**{name: torch.from_numpy(a) for name, a in pack(texts).items()})
    assert torch.allclose(got, expected, atol=1e-5)


def test_only_a_fine_tuned_classifier_can_be_packed() -> None:
    with pytest.raises(ValueError, match="not a Linear"):
        PackedClassifier(torch.nn.Linear(2, 2))


def test_an_export_is_made_once_and_again_for_other_weights(
    model_folder: Path, exported: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (exported / "model.onnx").stat().st_mtime_ns
    assert export_folder(model_folder, exported) == exported
    assert (exported / "model.onnx").stat().st_mtime_ns == before
    assert is_export_of(exported, folder_version(model_folder))
    assert not is_export_of(exported, "another")
    assert not is_export_of(exported / "nothing", "another")
    # The tables of embeddings and the matrices are a quarter of the size; small things stay as they are.
    assert (exported / "model.int8.onnx").stat().st_size < 0.5 * (exported / "model.onnx").stat().st_size


def test_exporting_writes_nothing_to_stderr(model_folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys, warnings; from course.serving.export import export_folder; export_folder(*sys.argv[1:]); "
        "import logging; print(logging.root.handlers, logging.root.manager.disable)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(model_folder), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.strip().splitlines()[-1] == "[] 0", "logging is as it was"


def test_int8_weights_have_a_scale_for_each_output(exported: Path, tmp_path: Path) -> None:
    import onnx

    graph = onnx.load(quantize_file(exported / "model.onnx", tmp_path / "again.onnx")).graph
    scales = [tensor for tensor in graph.initializer if tensor.name.endswith("_scale") and len(tensor.dims) == 1]
    assert any(tensor.dims[0] == 3 * 48 for tensor in scales), "the joint projection to query, key and value"


def test_versions_follow_the_weights(model_folder: Path, exported: Path, tmp_path: Path) -> None:
    import shutil

    version = folder_version(model_folder)
    assert Predictor.from_folder(model_folder).version == version
    assert OnnxPredictor(exported).version == f"{version}.int8"
    assert OnnxPredictor(exported, "model.onnx").version == version
    copy = shutil.copytree(model_folder, tmp_path / "copy")
    assert folder_version(copy) == version
    data = bytearray((copy / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (copy / "model.safetensors").write_bytes(bytes(data))
    assert folder_version(copy) != version


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no config\.json"):
        folder_version(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"holds no config\.json"):
        OnnxPredictor(tmp_path)
    with pytest.raises(FileNotFoundError, match="export` makes it"):
        OnnxModel(tmp_path / "model.onnx")

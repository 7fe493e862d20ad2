"""What the text of lesson 7 claims: its minutes, its numbers by hand, and the published sizes."""

from __future__ import annotations

import io
import math
import pickle
import re

import pytest
import torch

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("07_pretrained_models")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_the_reading_time_is_counted_by_the_rule() -> None:
    """150 words a minute, half a minute for each demonstration and question."""
    words = len(re.sub(r"[#|*`$\\]", " ", PROSE).split())
    shown = sum(cell.kind == "code" and not (cell.exercise or cell.check or cell.tags) for cell in SOURCE.cells)
    minutes = words / 150 + (shown + PROSE.count("**Predict.**")) / 2
    assert SOURCE.lesson.reading_minutes == pytest.approx(minutes, abs=5)


def test_the_example_by_hand_has_272_parameters() -> None:
    config = dict.fromkeys(("num_hidden_layers", "num_attention_heads"), 1) | {
        "vocab_size": 10, "max_position_embeddings": 6, "type_vocab_size": 2, "hidden_size": 4, "intermediate_size": 8,
    }  # fmt: skip
    assert SOURCE.workbench.solution("bert_parameters")(config) == 272


def test_counts_of_other_families_are_those_of_the_models_that_are_built() -> None:
    from transformers import (
        GPT2Config,
        GPT2LMHeadModel,
        RobertaConfig,
        RobertaModel,
        T5Config,
        T5ForConditionalGeneration,
    )

    cell = next(cell.source for cell in SOURCE.cells if "def t5_parameters" in cell.source)
    space: dict[str, object] = {}
    exec(cell, space)
    with torch.device("meta"):
        gpt2 = GPT2LMHeadModel(GPT2Config())
        roberta = RobertaModel(RobertaConfig(vocab_size=50265, max_position_embeddings=514, type_vocab_size=1))
        small = T5ForConditionalGeneration(T5Config())
        base = T5ForConditionalGeneration(T5Config(d_model=768, d_ff=3072, num_layers=12, num_heads=12))
    count = {name: sum(p.numel() for p in m.parameters()) for name, m in
             {"gpt2": gpt2, "roberta": roberta, "small": small, "base": base}.items()}  # fmt: skip
    t5 = space["t5_parameters"]
    assert callable(t5)
    assert space["gpt2"] == count["gpt2"]
    assert t5(512, 2048, 6, 8) == count["small"]
    assert t5(768, 3072, 12, 12) == count["base"]
    assert count["roberta"] == 124_645_632
    palm = space["palm"]
    assert isinstance(palm, int)
    assert math.isclose(palm, 540e9, rel_tol=0.002)


def test_the_payload_only_prints(capsys: pytest.CaptureFixture[str]) -> None:
    cell = next(cell.source for cell in SOURCE.cells if "class Payload" in cell.source)
    space: dict[str, object] = {"__name__": "payload"}
    exec(cell, space)
    file = space["file"]
    assert isinstance(file, bytes)
    capsys.readouterr()
    assert pickle.loads(file) == {"weights": None}
    assert capsys.readouterr().out == "this line was printed by the FILE\n"
    with pytest.raises(pickle.UnpicklingError):
        torch.load(io.BytesIO(file), weights_only=True)

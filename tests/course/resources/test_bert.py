"""``load_bert``: real weights, no hub."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import pytest

from course.resources import ResourceError, load_bert


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_real_pretrained_bert(no_sockets: None, capfd: pytest.CaptureFixture[str]) -> None:
    import torch
    from transformers import BertModel

    model, tokenizer = load_bert()
    assert isinstance(model, BertModel)
    assert sum(parameter.numel() for parameter in model.parameters()) == 22_713_216
    assert (model.config.num_hidden_layers, model.config.hidden_size, model.config.vocab_size) == (6, 384, 30_522)
    assert not model.training
    assert tokenizer.tokenize("unbelievably good")[-1] == "good"
    sentences = ["A man is eating food.", "A man eats something.", "The girl is carrying a baby."]
    batch = tokenizer(sentences, padding=True, return_tensors="pt")
    with torch.no_grad():
        states = model(**batch).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1)
    means = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)
    assert means[0] @ means[1] > 0.6 > 0.3 > means[0] @ means[2], "trained weights know which sentences are alike"
    assert capfd.readouterr().err == "", "nbgrader scores a cell that writes to stderr as 0"


def test_attention_weights_on_request(no_sockets: None) -> None:
    model, tokenizer = load_bert(attn_implementation="eager")
    attentions = model(**tokenizer("hello world", return_tensors="pt"), output_attentions=True).attentions
    assert len(attentions) == 6
    assert attentions[0].shape == (1, 12, 4, 4)


def test_licence_and_citation_are_attached() -> None:
    for part in load_bert():
        assert part.resource.licence == "Apache-2.0"
        assert "Devlin" in part.resource.citation


def test_an_unreachable_hub_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers import AutoModel

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("We couldn't connect to 'https://huggingface.co'\nand much more")

    monkeypatch.setattr(AutoModel, "from_pretrained", refuse)
    with pytest.raises(ResourceError) as ending:
        load_bert("bert-base-uncased")
    assert "The hub did not give 'bert-base-uncased' (We couldn't connect" in str(ending.value)
    assert "\n" not in str(ending.value)


def test_a_hub_id_goes_to_the_hub_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers import AutoModel, AutoTokenizer

    model, tokenizer = load_bert()
    asked: list[str] = []
    monkeypatch.setattr(AutoModel, "from_pretrained", lambda name, **_: asked.append(name) or model)
    monkeypatch.setattr(AutoTokenizer, "from_pretrained", lambda name, **_: asked.append(name) or tokenizer)
    assert load_bert("some/model") == (model, tokenizer)
    assert asked == ["some/model", "some/model"]
    assert model.resource is None


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, course.resources; print([m for m in ('torch', 'transformers', 'datasets') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

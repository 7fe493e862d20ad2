"""A fine-tuned classifier as a folder: everything that someone else needs to use it, and to know what it is.

==================  ==================================================================================================
``config.json``     the encoder's configuration, the names of the labels, ``"pooling": "mean"``
``model.safetensors``  weights under ``encoder.…`` and ``head.…``, no program among them
``tokenizer…``      the tokenizer's files
``README.md``       the model card (Mitchell et al., 2019)
``DATA.md``         the data card (Gebru et al., 2021)
==================  ==================================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

_POOLING = "mean"
_FILES = ("config.json", "model.safetensors", "tokenizer_config.json", "README.md", "DATA.md")


class FolderError(ValueError):
    """A folder that holds no classifier; the message says what is wrong with it."""


class MeanPoolingClassifier(nn.Module):
    """An encoder, the mean over the tokens that are no padding, and a linear layer.

    Called with ``input_ids`` and ``attention_mask`` (batch, length), it gives logits (batch, labels).
    """

    def __init__(self, encoder: nn.Module, labels: Sequence[str]) -> None:
        super().__init__()
        self.encoder = encoder
        self.labels = tuple(labels)
        width: Any = encoder.config
        self.head = nn.Linear(width.hidden_size, len(self.labels))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        logits: Tensor = self.head((states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1))
        return logits


def save_classifier(
    folder: Path, encoder: Any, head: nn.Linear, tokenizer: Any, labels: Sequence[str], *, model_card: str,
    data_card: str, max_length: int = 64, temperature: float = 1.0,
) -> Path:  # fmt: skip
    """Write a classifier with mean pooling into ``folder``, which is made if need be; files in it are replaced.

    Args:
        folder: where to.
        encoder: a transformers encoder with a configuration.
        head: from its width to one logit a label.
        tokenizer: the encoder's.
        labels: names of the labels, in the order of the logits.
        model_card: what the model is for, how it was made and measured, where it fails; Markdown, not empty.
        data_card: where the data come from, how they were labelled and split, what is wrong with them.
        max_length: to which texts were cut in training; a server should do the same.
        temperature: by which logits are divided before softmax.

    Raises:
        FolderError: if labels and head do not fit together, or a card is empty.
    """
    from safetensors.torch import save_file

    if len(labels) != head.out_features or len(set(labels)) < len(labels):
        raise FolderError(f"the head gives {head.out_features} logits; they need as many different label names")
    if not model_card.strip() or not data_card.strip():
        raise FolderError("both cards need a text: a model that nobody can judge should not be handed on")
    folder.mkdir(parents=True, exist_ok=True)
    config = encoder.config.to_dict() | {
        "id2label": dict(enumerate(labels)),
        "label2id": {label: number for number, label in enumerate(labels)},
        "pooling": _POOLING,
        "max_length": max_length,
        "temperature": temperature,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    weights = {f"encoder.{name}": value for name, value in encoder.state_dict().items()}
    weights |= {f"head.{name}": value for name, value in head.state_dict().items()}
    save_file({name: value.detach().contiguous().clone() for name, value in weights.items()}, folder / _FILES[1])
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text(model_card.strip() + "\n", encoding="utf-8")
    (folder / "DATA.md").write_text(data_card.strip() + "\n", encoding="utf-8")
    return folder


def load_classifier(folder: Path) -> tuple[MeanPoolingClassifier, Any]:
    """The classifier of a folder, in evaluation mode, and its tokenizer; nothing is fetched, no code of it is run.

    Raises:
        FolderError: if a file is missing, or the folder is of another kind.
    """
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise FolderError(f"{folder} holds no saved classifier: {', '.join(missing)} is missing")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("pooling") != _POOLING:
        raise FolderError(f"{folder} was not written by save_classifier: its configuration names no mean pooling")
    labels = [config["id2label"][str(number)] for number in range(len(config["id2label"]))]
    weights = load_file(folder / "model.safetensors")
    with torch.device("cpu"):
        encoder = BertModel(
            BertConfig.from_dict(config), add_pooling_layer=any(name.startswith("encoder.pooler") for name in weights)
        )
    model = MeanPoolingClassifier(encoder, labels)
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        raise FolderError(f"{folder}: the weights do not fit the configuration") from error
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    return model.eval(), tokenizer

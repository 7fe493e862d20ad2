"""A BERT classifier without padding: linear layers see a row of tokens, attention alone sees texts.

In a padded batch every linear layer also computes at the padding: with texts of 5 to 60 tokens, at nearly half of all
positions. Here the tokens of all texts lie one after another; only attention, a small part of the work for short texts,
puts them into a padded block and takes them out again (Zeng et al., 2022, "Boosting Distributed Training Performance of
the Unpadded BERT Model"; the same idea in Warner et al., 2024, "ModernBERT", section 2.2). Besides, the projections to
query, key and value are one matrix product, and the encoder's pooler is left out, since the mean over a text's tokens
does not read it. The logits are the original's, up to rounding.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from course.serving.fine_tuned import FineTunedClassifier


class _Layer(nn.Module):
    """One layer of BERT on packed tokens."""

    def __init__(self, layer: Any, heads: int) -> None:
        super().__init__()
        own, out = layer.attention.self, layer.attention.output
        self.heads = heads
        self.width = own.query.in_features
        self.qkv = nn.Linear(self.width, 3 * self.width)
        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([own.query.weight, own.key.weight, own.value.weight]))
            self.qkv.bias.copy_(torch.cat([own.query.bias, own.key.bias, own.value.bias]))
        self.out, self.first_norm = out.dense, out.LayerNorm
        self.up, self.activation = layer.intermediate.dense, layer.intermediate.intermediate_act_fn
        self.down, self.second_norm = layer.output.dense, layer.output.LayerNorm

    def forward(self, states: Tensor, places: Tensor, slots: Tensor, bias: Tensor) -> Tensor:
        """(T, d_model) to the same; ``bias`` (B, 1, 1, L) is minus infinity where a slot is empty."""
        texts, longest = slots.shape
        size = self.width // self.heads
        block = self.qkv(states)[slots.clamp(min=0).flatten()].view(texts, longest, 3, self.heads, size)
        query, key, value = block.permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(query @ key.transpose(-1, -2) * size**-0.5 + bias, dim=-1)
        mixed = (weights @ value).transpose(1, 2).reshape(-1, self.width)[places]
        states = self.first_norm(self.out(mixed) + states)
        result: Tensor = self.second_norm(self.down(self.activation(self.up(states))) + states)
        return result


class PackedClassifier(nn.Module):
    """The packed twin of a :class:`~course.serving.fine_tuned.FineTunedClassifier`; it shares the original's weights.

    The mean over a text's tokens is one over its slots; the temperature divides the logits here, too.

    Raises:
        ValueError: for a model of another kind.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        if not isinstance(model, FineTunedClassifier):
            raise ValueError(f"A FineTunedClassifier can be packed, not a {type(model).__name__}.")
        bert = model.bert
        parts = bert.embeddings
        self.words, self.places, self.kinds = (
            parts.word_embeddings, parts.position_embeddings, parts.token_type_embeddings,
        )  # fmt: skip
        self.norm = parts.LayerNorm
        self.layers = nn.ModuleList(_Layer(layer, model.config.num_attention_heads) for layer in bert.encoder.layer)
        self.head, self.temperature = model.classifier.head, model.temperature

    def forward(self, input_ids: Tensor, positions: Tensor, places: Tensor, slots: Tensor) -> Tensor:
        """What :func:`course.serving.packing.pack` gives, as tensors, to logits (B, labels)."""
        states = self.norm(self.words(input_ids) + self.places(positions) + self.kinds.weight[0])
        bias = (slots < 0).to(states.dtype)[:, None, None, :] * torch.finfo(states.dtype).min
        for layer in self.layers:
            states = layer(states, places, slots, bias)
        held = (slots >= 0).to(states.dtype).unsqueeze(-1)
        means = (states[slots.clamp(min=0)] * held).sum(dim=1) / held.sum(dim=1)
        logits: Tensor = self.head(means) / self.temperature
        return logits

"""A Transformer encoder around PyTorch's own layers, with the parameter names of lesson 6.

For a lesson that needs an encoder whether or not the learner has written one. No dropout is inside.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


class Attention(nn.Module):
    """Multi-head attention through ``F.scaled_dot_product_attention`` (Vaswani et al. 2017, section 3.2).

    Args:
        d_model: width of the vectors that go in and come out.
        num_heads: divides d_model.
    """

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        self.num_heads = num_heads
        self.w_query = nn.Linear(d_model, d_model)
        self.w_key = nn.Linear(d_model, d_model)
        self.w_value = nn.Linear(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model) in and out; ``mask`` is boolean, True = may attend, (batch, 1 or length, length)."""
        heads = (part(x).unflatten(-1, (self.num_heads, -1)).transpose(1, 2) for part in self._projections())
        mixed = F.scaled_dot_product_attention(*heads, attn_mask=None if mask is None else mask.unsqueeze(1))
        output: Tensor = self.w_output(mixed.transpose(1, 2).flatten(-2))
        return output

    def _projections(self) -> tuple[nn.Linear, nn.Linear, nn.Linear]:
        return self.w_query, self.w_key, self.w_value


class FeedForward(nn.Module):
    """Two linear layers with the exact GELU between them, the same for every position."""

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """(..., d_model) in and out."""
        output: Tensor = self.contract(F.gelu(self.expand(x)))
        return output


class EncoderBlock(nn.Module):
    """Attention and feed-forward, each added to what it reads and normalised (after, or before with norm_first)."""

    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.norm_first = norm_first
        self.attention = Attention(d_model, num_heads)
        self.attention_norm = nn.LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = nn.LayerNorm(d_model, eps)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model) in and out."""
        if self.norm_first:
            x = x + self.attention(self.attention_norm(x), mask)
            return x + self.feed_forward(self.feed_forward_norm(x))
        x = self.attention_norm(x + self.attention(x, mask))
        output: Tensor = self.feed_forward_norm(x + self.feed_forward(x))
        return output


class Encoder(nn.Module):
    """A stack of blocks; with ``norm_first`` one more normalisation, ``final_norm``, stands at its end."""

    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)
        )
        self.final_norm = nn.LayerNorm(d_model, eps) if norm_first else None

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model) in and out; ``mask`` is boolean, True = may attend, (batch, 1 or length, length)."""
        for block in self.blocks:
            x = block(x, mask)
        return x if self.final_norm is None else self.final_norm(x)

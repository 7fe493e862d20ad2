"""The encoder of lesson 6 around torch's own layer: the course's names outside, torch's arithmetic inside."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.func import functional_call

from course.standins.attention import MultiHeadAttention

#: torch's name of a parameter in its encoder layer → the same one in a block of the course. The three input
#: projections are one matrix there.
_NAMES = {
    "self_attn.out_proj": "attention.w_output",
    "norm1": "attention_norm",
    "norm2": "feed_forward_norm",
    "linear1": "feed_forward.expand",
    "linear2": "feed_forward.contract",
}
_PROJECTIONS = ("attention.w_query", "attention.w_key", "attention.w_value")


class EncoderBlock(nn.Module):
    """One block of the encoder: attention and feed-forward, each with a residual connection and a layer normalization.

    Parameters: ``attention`` (see MultiHeadAttention), ``attention_norm``, ``feed_forward.expand``,
    ``feed_forward.contract``, ``feed_forward_norm``.

    Args:
        d_model: width of the residual stream.
        num_heads: number of heads; divides ``d_model``.
        d_ff: width inside the feed-forward network.
        norm_first: normalize before each sub-layer (pre-norm) instead of after the addition (post-norm).
        eps: what layer normalization adds to the variance.
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(d_model, num_heads)
        self.attention_norm = nn.LayerNorm(d_model, eps=eps)
        self.feed_forward = nn.ModuleDict({"expand": nn.Linear(d_model, d_ff), "contract": nn.Linear(d_ff, d_model)})
        self.feed_forward_norm = nn.LayerNorm(d_model, eps=eps)
        with torch.device("meta"):  # a form without numbers of its own
            layer = nn.TransformerEncoderLayer(
                d_model, num_heads, d_ff, dropout=0.0, activation="gelu", layer_norm_eps=eps,
                batch_first=True, norm_first=norm_first,
            )  # fmt: skip
        # in a list, so that its parameters are not counted among this module's
        self._layer = [layer]

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model) and a boolean mask, True = may attend → (batch, length, d_model).

        A query that may attend to nothing is left to torch, which answers NaN in this layer; none of the course's
        encoders asks for that.
        """
        mine: dict[str, Tensor] = dict(self.named_parameters())
        theirs = {
            f"{torch_name}.{kind}": mine[f"{name}.{kind}"]
            for torch_name, name in _NAMES.items()
            for kind in ("weight", "bias")
        }
        for kind in ("weight", "bias"):
            theirs[f"self_attn.in_proj_{kind}"] = torch.cat([mine[f"{name}.{kind}"] for name in _PROJECTIONS])
        forbidden = None
        if mask is not None:
            allowed = mask.expand(x.shape[0], x.shape[1], x.shape[1])
            forbidden = ~allowed.repeat_interleave(self.attention.num_heads, dim=0)
        layer = self._layer[0]
        # an eps that is set on a norm later counts, as it does in the block that a learner wrote
        layer.norm1.eps, layer.norm2.eps = self.attention_norm.eps, self.feed_forward_norm.eps
        output: Tensor = functional_call(layer, theirs, (x,), {"src_mask": forbidden})
        return output


class Encoder(nn.Module):
    """A stack of encoder blocks; with ``norm_first`` one more layer normalization at the end (``final_norm``).

    Args:
        num_layers: number of blocks.
        d_model, num_heads, d_ff, norm_first, eps: see :class:`EncoderBlock`.
    """

    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)
        )
        self.final_norm = nn.LayerNorm(d_model, eps=eps) if norm_first else None

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model) and a boolean mask, True = may attend → (batch, length, d_model)."""
        for block in self.blocks:
            x = block(x, mask)
        return x if self.final_norm is None else self.final_norm(x)

"""Multi-head attention around torch's own function, under the names of lesson 5."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import multi_head_attention_forward


class MultiHeadAttention(nn.Module):
    """Attention in several heads (Vaswani et al., 2017, section 3.2.2), computed by torch.

    Its parameters are those of four layers ``nn.Linear(d_model, d_model)``: ``w_query``, ``w_key``, ``w_value`` and
    ``w_output``. A query that may attend to nothing gets weights of zero.

    Args:
        d_model: width of the vectors that go in and come out.
        num_heads: number of heads; divides ``d_model``.

    Raises:
        ValueError: if it does not.
    """

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        self.w_query, self.w_key, self.w_value, self.w_output = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Attend.

        Args:
            query: (batch, query_length, d_model).
            key: (batch, key_length, d_model).
            value: (batch, key_length, d_model).
            mask: boolean, broadcasts to (batch, query_length, key_length); True where the query may attend.

        Returns:
            The output, (batch, query_length, d_model), and the weights, (batch, num_heads, query_length, key_length).
        """
        batch, length, d_model = query.shape
        forbidden, blind = None, None
        if mask is not None:
            allowed = mask.expand(batch, length, key.shape[1])
            blind = ~allowed.any(dim=-1)
            # torch answers a query that may look nowhere with NaN: let it look everywhere, and undo that afterwards
            forbidden = ~(allowed | blind[..., None]).repeat_interleave(self.num_heads, dim=0)
        output, weights = multi_head_attention_forward(
            query.transpose(0, 1), key.transpose(0, 1), value.transpose(0, 1), d_model, self.num_heads,
            in_proj_weight=None,
            in_proj_bias=torch.cat([self.w_query.bias, self.w_key.bias, self.w_value.bias]),
            bias_k=None, bias_v=None, add_zero_attn=False, dropout_p=0.0,
            out_proj_weight=self.w_output.weight, out_proj_bias=self.w_output.bias,
            training=False, attn_mask=forbidden, average_attn_weights=False,
            use_separate_proj_weight=True, q_proj_weight=self.w_query.weight,
            k_proj_weight=self.w_key.weight, v_proj_weight=self.w_value.weight,
        )  # fmt: skip
        output = output.transpose(0, 1)
        assert weights is not None  # they were asked for
        if blind is not None and blind.any():
            # with weights of zero only the bias of the last layer is left
            output = torch.where(blind[..., None], self.w_output.bias, output)
            weights = weights.masked_fill(blind[:, None, :, None], 0.0)
        return output, weights

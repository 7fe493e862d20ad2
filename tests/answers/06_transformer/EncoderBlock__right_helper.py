# exercise: EncoderBlock
# expect: right
# meant: one helper for both halves and both arrangements
class EncoderBlock(nn.Module):
    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(d_model, num_heads)
        self.attention_norm = LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = LayerNorm(d_model, eps)
        self.norm_first = norm_first

    def _half(self, x: Tensor, norm, f) -> Tensor:
        return x + f(norm(x)) if self.norm_first else norm(x + f(x))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        def listen(v: Tensor) -> Tensor:
            heard, _ = self.attention(v, v, v, mask)
            return heard

        return self._half(self._half(x, self.attention_norm, listen), self.feed_forward_norm, self.feed_forward)

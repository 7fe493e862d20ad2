# exercise: DecoderBlock
# expect: right
# meant: one method for each arrangement, out-of-place adds
class DecoderBlock(nn.Module):
    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.self_attention = MultiHeadAttention(d_model, num_heads)
        self.self_attention_norm = LayerNorm(d_model, eps)
        self.cross_attention = MultiHeadAttention(d_model, num_heads)
        self.cross_attention_norm = LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = LayerNorm(d_model, eps)
        self.norm_first = norm_first

    def forward(
        self, x: Tensor, memory: Tensor, self_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        run = self._pre if self.norm_first else self._post
        return run(x, memory, self_mask, memory_mask)

    def _pre(self, x, memory, self_mask, memory_mask):
        n1 = self.self_attention_norm(x)
        a, _ = self.self_attention(n1, n1, n1, self_mask)
        y = x.add(a)
        c, _ = self.cross_attention(self.cross_attention_norm(y), memory, memory, memory_mask)
        y = y.add(c)
        return y.add(self.feed_forward(self.feed_forward_norm(y)))

    def _post(self, x, memory, self_mask, memory_mask):
        a, _ = self.self_attention(x, x, x, self_mask)
        y = self.self_attention_norm(a.add(x))
        c, _ = self.cross_attention(y, memory, memory, memory_mask)
        y = self.cross_attention_norm(c.add(y))
        return self.feed_forward_norm(self.feed_forward(y).add(y))

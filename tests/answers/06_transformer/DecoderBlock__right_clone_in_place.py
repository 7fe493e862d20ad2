# exercise: DecoderBlock
# expect: right
# meant: works in place, but on a copy of the stream
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
        x = x.clone()
        pre = self.norm_first
        q = self.self_attention_norm(x) if pre else x
        x = x + self.self_attention(q, q, q, self_mask)[0]
        if not pre:
            x = self.self_attention_norm(x)
        q = self.cross_attention_norm(x) if pre else x
        x = x + self.cross_attention(q, memory, memory, memory_mask)[0]
        if not pre:
            x = self.cross_attention_norm(x)
        q = self.feed_forward_norm(x) if pre else x
        x = x + self.feed_forward(q)
        return x if pre else self.feed_forward_norm(x)

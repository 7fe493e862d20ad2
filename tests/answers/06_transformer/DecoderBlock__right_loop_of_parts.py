# exercise: DecoderBlock
# expect: right
# meant: a loop over name and function, getattr for the norms
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
        parts = {
            "self_attention": lambda q: self.self_attention(q, q, q, self_mask)[0],
            "cross_attention": lambda q: self.cross_attention(q, memory, memory, memory_mask)[0],
            "feed_forward": self.feed_forward,
        }
        for name, f in parts.items():
            norm = getattr(self, name + "_norm")
            x = x + f(norm(x)) if self.norm_first else norm(x + f(x))
        return x

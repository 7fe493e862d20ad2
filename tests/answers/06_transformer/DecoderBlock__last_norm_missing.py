# exercise: DecoderBlock
# expect: wrong
# meant: post-norm: the feed-forward half is not normalized
# about: feed_forward_norm|last norm|third|feed.?forward.*norm|norm.*feed.?forward|post-?norm
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
        if self.norm_first:
            h = self.self_attention_norm(x)
            x = x + self.self_attention(h, h, h, self_mask)[0]
            h = self.cross_attention_norm(x)
            x = x + self.cross_attention(h, memory, memory, memory_mask)[0]
            return x + self.feed_forward(self.feed_forward_norm(x))
        x = self.self_attention_norm(x + self.self_attention(x, x, x, self_mask)[0])
        x = self.cross_attention_norm(x + self.cross_attention(x, memory, memory, memory_mask)[0])
        return x + self.feed_forward(x)

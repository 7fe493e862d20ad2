# exercise: EncoderBlock
# expect: wrong
# meant: the feed-forward half comes before the attention
# about: order|swap|attention.*(first|before|then|precede)|feed.?forward.*(first|before|after|second|last|follow)
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

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        if self.norm_first:
            x = x + self.feed_forward(self.feed_forward_norm(x))
            h = self.attention_norm(x)
            return x + self.attention(h, h, h, mask)[0]
        x = self.feed_forward_norm(x + self.feed_forward(x))
        return self.attention_norm(x + self.attention(x, x, x, mask)[0])

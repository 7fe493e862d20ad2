# exercise: EncoderBlock
# expect: wrong
# meant: pre-norm: the normalized vector overwrites x, and the residual connection adds to it
# about: residual|stream|un-?normali[sz]ed|raw|original|untouched|itself|adds? to
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
            x = self.attention_norm(x)
            x = x + self.attention(x, x, x, mask)[0]
            x = self.feed_forward_norm(x)
            x = x + self.feed_forward(x)
        else:
            x = self.attention_norm(x + self.attention(x, x, x, mask)[0])
            x = self.feed_forward_norm(x + self.feed_forward(x))
        return x

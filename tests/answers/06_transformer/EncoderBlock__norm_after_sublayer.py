# exercise: EncoderBlock
# expect: wrong
# meant: norm_first: x + norm(f(x)), the norm behind the sub-layer
# about: norm_first|pre-?norm|before (the )?(attention|sub|feed|f\b)|f\(norm|norm\(f|input of|sub-?layer'?s? (input|output)|reads|order
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
            x = x + self.attention_norm(self.attention(x, x, x, mask)[0])
            x = x + self.feed_forward_norm(self.feed_forward(x))
        else:
            x = self.attention_norm(x + self.attention(x, x, x, mask)[0])
            x = self.feed_forward_norm(x + self.feed_forward(x))
        return x

# exercise: EncoderBlock
# expect: wrong
# meant: both names stand for the same normalization, with one pair of weights
# about: shar|same (norm|module|weights|object|layer|param)|two (norm|separate|different)|own|separate|both
class EncoderBlock(nn.Module):
    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(d_model, num_heads)
        self.attention_norm = LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = self.attention_norm
        self.norm_first = norm_first

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        if self.norm_first:
            h = self.attention_norm(x)
            x = x + self.attention(h, h, h, mask)[0]
            x = x + self.feed_forward(self.feed_forward_norm(x))
        else:
            x = self.attention_norm(x + self.attention(x, x, x, mask)[0])
            x = self.feed_forward_norm(x + self.feed_forward(x))
        return x

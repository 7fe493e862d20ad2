# exercise: EncoderBlock
# expect: right
# meant: before and after functions, one of which does nothing; setattr in a loop
class EncoderBlock(nn.Module):
    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.add_module("attention", MultiHeadAttention(d_model, num_heads))
        self.add_module("feed_forward", FeedForward(d_model, d_ff))
        for name in ["attention_norm", "feed_forward_norm"]:
            setattr(self, name, LayerNorm(d_model, eps=eps))
        self.pre = bool(norm_first)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        def nothing(t):
            return t

        before, after = (self.attention_norm, nothing) if self.pre else (nothing, self.attention_norm)
        q = k = v = before(x)
        x = after(x + self.attention(q, k, v, mask)[0])
        before, after = (self.feed_forward_norm, nothing) if self.pre else (nothing, self.feed_forward_norm)
        return after(x + self.feed_forward(before(x)))

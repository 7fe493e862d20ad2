# exercise: EncoderBlock
# expect: right
# meant: a loop over pairs of function and norm
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
        halves = [
            (lambda t: self.attention(t, t, t, mask)[0], self.attention_norm),
            (self.feed_forward, self.feed_forward_norm),
        ]
        stream = x
        for function, norm in halves:
            read = norm(stream) if self.norm_first else stream
            stream = torch.add(stream, function(read))
            if not self.norm_first:
                stream = norm(stream)
        return stream

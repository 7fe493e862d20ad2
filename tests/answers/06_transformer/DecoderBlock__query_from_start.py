# exercise: DecoderBlock
# expect: wrong
# meant: the cross-attention's queries come from the block's input, not from what self-attention left
# about: quer(y|ies)|after (the )?self|block'?s? input|original|updated|result of (the )?self|output of (the )?self|order|one after
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
        start = x
        if self.norm_first:
            h = self.self_attention_norm(x)
            x = x + self.self_attention(h, h, h, self_mask)[0]
            h = self.cross_attention_norm(start)
            x = x + self.cross_attention(h, memory, memory, memory_mask)[0]
            return x + self.feed_forward(self.feed_forward_norm(x))
        x = self.self_attention_norm(x + self.self_attention(x, x, x, self_mask)[0])
        x = self.cross_attention_norm(x + self.cross_attention(start, memory, memory, memory_mask)[0])
        return self.feed_forward_norm(x + self.feed_forward(x))

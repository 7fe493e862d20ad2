# exercise: DecoderBlock
# expect: wrong
# meant: the keys and values of the cross-attention include the stream beside the memory
# about: keys?\b|values?\b|concat|\bcat\b|memory (only|alone)|only (the )?memory|stream
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
        def cross(q: Tensor) -> Tensor:
            both = torch.cat([memory, q], dim=1)
            mask = memory_mask
            if mask is not None:
                mask = mask.expand(q.shape[0], q.shape[1], memory.shape[1])
                mask = torch.cat([mask, mask.new_ones(q.shape[0], q.shape[1], q.shape[1])], dim=2)
            return self.cross_attention(q, both, both, mask)[0]

        if self.norm_first:
            h = self.self_attention_norm(x)
            x = x + self.self_attention(h, h, h, self_mask)[0]
            x = x + cross(self.cross_attention_norm(x))
            return x + self.feed_forward(self.feed_forward_norm(x))
        x = self.self_attention_norm(x + self.self_attention(x, x, x, self_mask)[0])
        x = self.cross_attention_norm(x + cross(x))
        return self.feed_forward_norm(x + self.feed_forward(x))

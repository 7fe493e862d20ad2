# exercise: MultiHeadAttention
# expect: right
# meant: folds batch and heads into one leading dimension, the mask repeated for every head
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.h = num_heads
        self.w_query, self.w_key, self.w_value, self.w_output = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, query, key, value, mask=None):
        b, n_q, n_k = len(query), query.size(1), key.size(1)
        q = split_heads(self.w_query(query), self.h).flatten(0, 1)
        k = split_heads(self.w_key(key), self.h).flatten(0, 1)
        v = split_heads(self.w_value(value), self.h).flatten(0, 1)
        if mask is not None:
            mask = torch.broadcast_to(mask, (b, n_q, n_k)).repeat_interleave(self.h, dim=0)
        out, w = scaled_dot_product_attention(q, k, v, mask)
        out = out.unflatten(0, (b, self.h))
        return self.w_output(merge_heads(out)), w.unflatten(0, (b, self.h))

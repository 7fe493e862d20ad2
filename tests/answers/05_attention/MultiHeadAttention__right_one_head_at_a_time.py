# exercise: MultiHeadAttention
# expect: right
# meant: a loop over the heads, so that the mask needs no further dimension
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        for name in ("w_query", "w_key", "w_value", "w_output"):
            self.add_module(name, nn.Linear(d_model, d_model))
        self.cut = lambda x: split_heads(x, num_heads).unbind(1)

    def forward(self, query, key, value, mask=None):
        heads = zip(self.cut(self.w_query(query)), self.cut(self.w_key(key)), self.cut(self.w_value(value)))
        outputs, weights = zip(*(scaled_dot_product_attention(q, k, v, mask) for q, k, v in heads))
        return self.w_output(merge_heads(torch.stack(outputs, 1))), torch.stack(weights, dim=1)

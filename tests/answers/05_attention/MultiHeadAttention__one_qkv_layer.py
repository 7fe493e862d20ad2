# exercise: MultiHeadAttention
# expect: wrong
# meant: one layer of width 3 d_model as in GPT-2, the asked names do not exist
# about: w_query|w_key|w_value|four|layer|names?\b|attribute
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        self.d_model = d_model
        self.w_qkv = nn.Linear(d_model, 3 * d_model)
        self.w_output = nn.Linear(d_model, d_model)

    def forward(self, query, key, value, mask=None):
        q = split_heads(self.w_qkv(query)[..., : self.d_model], self.num_heads)
        k = split_heads(self.w_qkv(key)[..., self.d_model : 2 * self.d_model], self.num_heads)
        v = split_heads(self.w_qkv(value)[..., 2 * self.d_model :], self.num_heads)
        if mask is not None:
            mask = mask.unsqueeze(-3)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        return self.w_output(merge_heads(output)), weights

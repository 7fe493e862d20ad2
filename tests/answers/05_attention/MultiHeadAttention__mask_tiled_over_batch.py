# exercise: MultiHeadAttention
# expect: wrong
# meant: repeats the mask head-major and views it as (batch, heads, ...): sentences get each other's masks
# about: mask|sentence|batch|repeat|broadcast|head
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        self.w_query = nn.Linear(d_model, d_model)
        self.w_key = nn.Linear(d_model, d_model)
        self.w_value = nn.Linear(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)

    def forward(self, query, key, value, mask=None):
        q = split_heads(self.w_query(query), self.num_heads)
        k = split_heads(self.w_key(key), self.num_heads)
        v = split_heads(self.w_value(value), self.num_heads)
        b, n_q, n_k = query.shape[0], query.shape[1], key.shape[1]
        if mask is not None:
            mask = mask.expand(b, n_q, n_k).repeat(self.num_heads, 1, 1)
            mask = mask.view(b, self.num_heads, n_q, n_k)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        return self.w_output(merge_heads(output)), weights

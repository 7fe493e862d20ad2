# exercise: MultiHeadAttention
# expect: wrong
# meant: attends once over the whole width and copies the weights for every head
# about: head|split|d_k|one wide|scal|same weights
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
        q, k, v = self.w_query(query), self.w_key(key), self.w_value(value)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        weights = weights.unsqueeze(1).expand(-1, self.num_heads, -1, -1)
        return self.w_output(output), weights

# exercise: MultiHeadAttention
# expect: wrong
# meant: bare matrices x @ W (in, out) as nn.Parameter in place of nn.Linear
# about: Linear|layer|bias|transpos|parameter
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        self.w_query = nn.Parameter(torch.randn(d_model, d_model) / math.sqrt(d_model))
        self.w_key = nn.Parameter(torch.randn(d_model, d_model) / math.sqrt(d_model))
        self.w_value = nn.Parameter(torch.randn(d_model, d_model) / math.sqrt(d_model))
        self.w_output = nn.Parameter(torch.randn(d_model, d_model) / math.sqrt(d_model))

    def forward(self, query, key, value, mask=None):
        q = split_heads(query @ self.w_query, self.num_heads)
        k = split_heads(key @ self.w_key, self.num_heads)
        v = split_heads(value @ self.w_value, self.num_heads)
        if mask is not None:
            mask = mask.unsqueeze(-3)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        return merge_heads(output) @ self.w_output, weights

# exercise: MultiHeadAttention
# expect: wrong
# meant: splits first and applies one Linear(d_head, d_head) to all heads: too few parameters
# about: d_model|d_head|split.*project|project.*(before|first|split)|parameter|shape|width|size|Linear
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        d_head = d_model // num_heads
        self.w_query = nn.Linear(d_head, d_head)
        self.w_key = nn.Linear(d_head, d_head)
        self.w_value = nn.Linear(d_head, d_head)
        self.w_output = nn.Linear(d_model, d_model)

    def forward(self, query, key, value, mask=None):
        q = self.w_query(split_heads(query, self.num_heads))
        k = self.w_key(split_heads(key, self.num_heads))
        v = self.w_value(split_heads(value, self.num_heads))
        if mask is not None:
            mask = mask.unsqueeze(-3)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        return self.w_output(merge_heads(output)), weights

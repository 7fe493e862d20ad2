# exercise: MultiHeadAttention
# expect: right
# meant: a subclass of Linear that projects and splits, isinstance still nn.Linear
class Projection(nn.Linear):
    def heads(self, x, num_heads):
        return split_heads(self(x), num_heads)


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        self.num_heads = num_heads
        self.w_query = Projection(d_model, d_model)
        self.w_key = Projection(d_model, d_model)
        self.w_value = Projection(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)

    def forward(self, query, key, value, mask=None):
        given = ((self.w_query, query), (self.w_key, key), (self.w_value, value))
        qkv = [layer.heads(x, self.num_heads) for layer, x in given]
        if mask is not None:
            while mask.dim() < 3:
                mask = mask[None]
            mask = mask[:, None]
        out, weights = scaled_dot_product_attention(*qkv, mask=mask)
        return self.w_output(merge_heads(out)), weights

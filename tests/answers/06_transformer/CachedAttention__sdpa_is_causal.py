# exercise: CachedAttention
# expect: wrong
# meant: is_causal=True of PyTorch, which puts the triangle at the top left
# about: past|offset|diagonal|is_causal|top.?left|mask|triangle|shift|align
class CachedAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        self.w_query = nn.Linear(d_model, d_model)
        self.w_key = nn.Linear(d_model, d_model)
        self.w_value = nn.Linear(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)
        self.num_heads = num_heads

    def split(self, x: Tensor) -> Tensor:
        batch, length, d_model = x.shape
        return x.reshape(batch, length, self.num_heads, d_model // self.num_heads).transpose(1, 2)

    def forward(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        queries, keys, values = self.w_query(x), self.w_key(x), self.w_value(x)
        past = 0
        if cache is not None:
            past = cache[0].shape[1]
            keys = torch.cat([cache[0], keys], dim=1)
            values = torch.cat([cache[1], values], dim=1)
        q, k, v = self.split(queries), self.split(keys), self.split(values)
        heard = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        heard = heard.transpose(1, 2).reshape(x.shape)
        return self.w_output(heard), (keys, values)

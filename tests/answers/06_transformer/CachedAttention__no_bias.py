# exercise: CachedAttention
# expect: wrong
# meant: the four layers without bias
# about: bias
class CachedAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        self.w_query = nn.Linear(d_model, d_model, bias=False)
        self.w_key = nn.Linear(d_model, d_model, bias=False)
        self.w_value = nn.Linear(d_model, d_model, bias=False)
        self.w_output = nn.Linear(d_model, d_model, bias=False)
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
        new, total = q.shape[2], k.shape[2]
        allowed = torch.ones(new, total, dtype=torch.bool, device=x.device).tril(diagonal=past)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(~allowed, float("-inf")).softmax(dim=-1)
        heard = (weights @ v).transpose(1, 2).reshape(x.shape)
        return self.w_output(heard), (keys, values)

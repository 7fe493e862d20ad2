# exercise: CachedAttention
# expect: right
# meant: einsum with unflatten, an added mask of -inf, setattr in a loop
class CachedAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        for role in "query key value output".split():
            setattr(self, f"w_{role}", nn.Linear(d_model, d_model))
        self.heads = (num_heads, d_model // num_heads)

    def forward(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        if cache is None:
            cache = (x[:, :0], x[:, :0])
        keys = torch.cat([cache[0], self.w_key(x)], dim=1)
        values = torch.cat([cache[1], self.w_value(x)], dim=1)
        past = cache[0].shape[1]
        q, k, v = (t.unflatten(-1, self.heads) for t in (self.w_query(x), keys, values))
        scores = torch.einsum("bnhd,bmhd->bhnm", q, k) * self.heads[1] ** -0.5
        hidden = torch.full(scores.shape[-2:], -math.inf, dtype=x.dtype, device=x.device).triu(past + 1)
        weights = torch.softmax(scores + hidden, dim=-1)
        heard = torch.einsum("bhnm,bmhd->bnhd", weights, v)
        return self.w_output(heard.flatten(-2)), (keys, values)

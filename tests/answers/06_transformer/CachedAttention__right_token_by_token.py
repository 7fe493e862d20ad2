# exercise: CachedAttention
# expect: right
# meant: no mask: one new token after the other sees a slice of the keys, and a loop over heads
class CachedAttention(nn.Module):
    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        self.w_query = nn.Linear(d_model, d_model)
        self.w_key = nn.Linear(d_model, d_model)
        self.w_value = nn.Linear(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)
        self.num_heads = num_heads

    def forward(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        k, v = self.w_key(x), self.w_value(x)
        if cache is not None:
            k, v = torch.cat([cache[0], k], 1), torch.cat([cache[1], v], 1)
        q = self.w_query(x)
        past, width = k.shape[1] - x.shape[1], x.shape[2] // self.num_heads
        rows = []
        for t in range(x.shape[1]):
            seen = past + t + 1
            heads = []
            for h in range(self.num_heads):
                part = slice(h * width, (h + 1) * width)
                scores = (k[:, :seen, part] * q[:, t : t + 1, part]).sum(-1) / width**0.5
                weights = torch.softmax(scores, dim=1)
                heads.append((weights.unsqueeze(-1) * v[:, :seen, part]).sum(1))
            rows.append(torch.cat(heads, dim=-1))
        return self.w_output(torch.stack(rows, dim=1)), (k, v)

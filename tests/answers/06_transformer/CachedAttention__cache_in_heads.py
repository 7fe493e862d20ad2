# exercise: CachedAttention
# expect: wrong
# meant: keys and values in the cache are split into heads
# about: head|split|shape|d_model
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
        q, k, v = self.split(self.w_query(x)), self.split(self.w_key(x)), self.split(self.w_value(x))
        past = 0
        if cache is not None:
            old_k, old_v = (self.split(t) if t.dim() == 3 else t for t in cache)
            past = old_k.shape[2]
            k, v = torch.cat([old_k, k], dim=2), torch.cat([old_v, v], dim=2)
        allowed = torch.ones(x.shape[1], k.shape[2], dtype=torch.bool, device=x.device).tril(diagonal=past)
        heard = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        return self.w_output(heard.transpose(1, 2).reshape(x.shape)), (k, v)

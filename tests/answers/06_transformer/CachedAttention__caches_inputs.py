# exercise: CachedAttention
# expect: wrong
# meant: the cache holds the inputs x, and keys and values are computed anew
# about: input|\bx\b|project|w_key|keys and values|anew|again|recomput
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
        past = 0 if cache is None else cache[0].shape[1]
        text = x if cache is None else torch.cat([cache[0], x], dim=1)
        q, k, v = self.split(self.w_query(x)), self.split(self.w_key(text)), self.split(self.w_value(text))
        allowed = torch.ones(x.shape[1], text.shape[1], dtype=torch.bool, device=x.device).tril(diagonal=past)
        heard = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        return self.w_output(heard.transpose(1, 2).reshape(x.shape)), (text, text)

# exercise: CachedAttention
# expect: right
# meant: PyTorch's attention with an offset mask from positions
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
        k, v = self.w_key(x), self.w_value(x)
        if cache is not None:
            k, v = (torch.cat(pair, dim=1) for pair in zip(cache, (k, v)))
        column = torch.arange(k.shape[1], device=x.device)
        row = column[-x.shape[1] :, None]
        heard = F.scaled_dot_product_attention(
            self.split(self.w_query(x)), self.split(k), self.split(v), attn_mask=column <= row
        )
        return self.w_output(heard.transpose(1, 2).flatten(2)), (k, v)

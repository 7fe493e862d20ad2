# exercise: Encoder
# expect: wrong
# meant: a plain list: the blocks' parameters are not registered
# about: ModuleList|plain list|python list|regist|parameter
class Encoder(nn.Module):
    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.blocks = [
            EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)
        ]
        self.norm_first = norm_first
        if norm_first:
            self.final_norm = LayerNorm(d_model, eps)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.blocks:
            x = block(x, mask)
        if self.norm_first:
            x = self.final_norm(x)
        return x

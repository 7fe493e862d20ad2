# exercise: Encoder
# expect: wrong
# meant: final_norm exists in post-norm too, unused: superfluous parameters
# about: final_norm|only (with|for|in|if)|unused|superfluous|extra|too many|norm_first
class Encoder(nn.Module):
    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            [EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)]
        )
        self.norm_first = norm_first
        self.final_norm = LayerNorm(d_model, eps)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.blocks:
            x = block(x, mask)
        if self.norm_first:
            x = self.final_norm(x)
        return x

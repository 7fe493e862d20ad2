# exercise: Encoder
# expect: wrong
# meant: every block reads the encoder's input, the last one's output wins
# about: previous|in a row|one after|output of|the input|original|chain|only the last|last block|ignored|overwrit
class Encoder(nn.Module):
    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            [EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)]
        )
        self.norm_first = norm_first
        if norm_first:
            self.final_norm = LayerNorm(d_model, eps)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.blocks:
            y = block(x, mask)
        x = y
        if self.norm_first:
            x = self.final_norm(x)
        return x

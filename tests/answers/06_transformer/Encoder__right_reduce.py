# exercise: Encoder
# expect: right
# meant: functools.reduce over the blocks
from functools import reduce

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
        out = reduce(lambda stream, block: block(stream, mask), self.blocks, x)
        return self.final_norm(out) if self.norm_first else out

# exercise: Encoder
# expect: right
# meant: append in a while loop, recursion over the index
class Encoder(nn.Module):
    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        options = dict(norm_first=norm_first, eps=eps)
        self.blocks = nn.ModuleList()
        while len(self.blocks) < num_layers:
            self.blocks.append(EncoderBlock(d_model, num_heads, d_ff, **options))
        if norm_first:
            self.add_module("final_norm", LayerNorm(d_model, eps))

    def _after(self, count: int, x: Tensor, mask: Tensor | None) -> Tensor:
        if count == 0:
            return x
        return self.blocks[count - 1](self._after(count - 1, x, mask), mask)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self._after(len(self.blocks), x, mask)
        if hasattr(self, "final_norm"):
            return self.final_norm(x)
        return x

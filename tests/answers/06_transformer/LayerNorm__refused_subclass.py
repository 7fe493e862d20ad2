# exercise: LayerNorm
# expect: wrong
# meant: inherits from PyTorch's own layer, which is an nn.Module with the same parameters
# about: \bLayerNorm\b
class LayerNorm(nn.LayerNorm):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__(d_model, eps=eps)

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x)

# exercise: LayerNorm
# expect: wrong
# meant: the root is forgotten: divides by the variance
# about: \broot\b|sqrt|standard deviation|by the variance|\*\* ?0\.5
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=-1, keepdim=True)
        var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
        return self.weight * (x - mean) / (var + self.eps) + self.bias

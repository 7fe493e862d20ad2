# exercise: LayerNorm
# expect: wrong
# meant: E[x^2] - E[x]^2 loses all digits for a vector with a large mean, may get negative (nan)
# about: cancel|digits|precision|round|large (mean|values|numbers|offset)|negative|nan|numerical
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=-1, keepdim=True)
        var = (x * x).mean(dim=-1, keepdim=True) - mean * mean
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias

# exercise: LayerNorm
# expect: right
# meant: recursion over the leading dimensions down to one vector, results stacked again; an empty batch stays empty
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def one_vector(self, v: Tensor) -> Tensor:
        d = len(v)
        mu = v.sum() / d
        away = v - mu
        sigma2 = torch.dot(away, away) / d
        return self.weight * away / (sigma2 + self.eps) ** 0.5 + self.bias

    def forward(self, x: Tensor) -> Tensor:
        if x.numel() == 0:
            return x.clone()
        if x.dim() == 1:
            return self.one_vector(x)
        return torch.stack([self.forward(part) for part in x])

# exercise: LayerNorm
# expect: wrong
# meant: eps is added to the standard deviation, outside the root
# about: under the root|inside the (square )?root|outside (of )?the (square )?root|before the (square )?root|after the (square )?root|eps.*(root|sqrt|variance|standard deviation)
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=-1, keepdim=True)
        var = x.std(dim=-1, keepdim=True, unbiased=False)
        return self.weight * (x - mean) / (var + self.eps) + self.bias

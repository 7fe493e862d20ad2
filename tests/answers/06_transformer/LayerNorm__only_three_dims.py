# exercise: LayerNorm
# expect: wrong
# meant: dim=2 works for (batch, length, d_model) only
# about: leading dim|dim=-1|last dim|dim=2|three dim|any number|1-?d|2-?d|two dim|one dim|number of dim
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=2, keepdim=True)
        var = ((x - mean) ** 2).mean(dim=2, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias

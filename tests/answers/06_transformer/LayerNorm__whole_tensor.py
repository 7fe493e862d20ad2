# exercise: LayerNorm
# expect: wrong
# meant: mean and variance of the whole tensor, not of each vector
# about: each (token|vector|row|position)|on its own|last dim|whole (tensor|batch)|all (the )?(numbers|elements|dimensions|tokens)|dim=-1|separately
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean()
        var = x.var(unbiased=False)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias

# exercise: LayerNorm
# expect: wrong
# meant: x -= mean changes the caller's tensor
# about: in.?place|argument|unchanged|caller|mutat|modif|overwrit|-=|changes (its|the) input
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=-1, keepdim=True)
        var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
        x -= mean
        x /= torch.sqrt(var + self.eps)
        return self.weight * x + self.bias

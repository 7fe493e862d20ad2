# exercise: LayerNorm
# expect: wrong
# meant: normalizes over the first axis, as batch normalization does
# about: last dim|dim=-1|wrong (axis|dim)|axis|batch norm|across (the )?(batch|tokens|rows)|first dim|over the batch|each (token|vector|row)
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(dim=0, keepdim=True)
        var = ((x - mean) ** 2).mean(dim=0, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias

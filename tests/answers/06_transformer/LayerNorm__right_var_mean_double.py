# exercise: LayerNorm
# expect: right
# meant: torch.var_mean with correction=0 in double precision, reciprocal root, weight folded into the scale, cast back
class LayerNorm(nn.Module):
    weight: nn.Parameter
    bias: nn.Parameter

    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        gamma, beta = torch.eye(2)[:, :1] @ torch.ones(1, d_model)
        self.weight, self.bias = nn.Parameter(gamma.clone()), nn.Parameter(beta.clone())
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        precise = x.to(torch.float64)
        variance, mean = torch.var_mean(precise, dim=-1, correction=0, keepdim=True)
        scale = torch.rsqrt(variance + self.eps) * self.weight
        return torch.addcmul(self.bias.double(), precise - mean, scale).to(x.dtype)

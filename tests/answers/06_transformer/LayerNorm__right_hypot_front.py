# exercise: LayerNorm
# expect: right
# meant: features moved to the front; root of variance + eps as the hypotenuse of norm/sqrt(d) and sqrt(eps)
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        for name, value in (("weight", 1.0), ("bias", 0.0)):
            self.register_parameter(name, nn.Parameter(torch.full((d_model,), value)))
        self.root_eps = math.sqrt(eps)

    def forward(self, x: Tensor) -> Tensor:
        features = x.movedim(-1, 0)
        column = (-1,) + (1,) * (x.dim() - 1)
        centred = features - features.mean(0)
        spread = torch.linalg.vector_norm(centred, dim=0) / math.sqrt(x.shape[-1])
        root = torch.hypot(spread, spread.new_tensor(self.root_eps))
        result = centred / root * self.weight.view(column) + self.bias.view(column)
        return result.movedim(0, -1).contiguous()

# exercise: LayerNorm
# expect: right
# meant: var_mean without correction, rsqrt, register_parameter, the last axis moved to the front
class LayerNorm(nn.Module):
    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        for name, start in (("weight", 1.0), ("bias", 0.0)):
            self.register_parameter(name, nn.Parameter(torch.full((d_model,), start)))
        self._settings = {"eps": eps}

    def forward(self, x: Tensor) -> Tensor:
        columns = x.movedim(-1, 0)
        variance, centre = torch.var_mean(columns, dim=0, correction=0)
        unit = (columns - centre).mul((variance + self._settings["eps"]).rsqrt())
        return torch.addcmul(self.bias, unit.movedim(0, -1), self.weight)

# exercise: LoRALinear
# expect: right
# meant: builds W + alpha / r B A in a helper that forward and merge share
class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.factor = float(alpha) / rank
        kind = dict(dtype=base.weight.dtype, device=base.weight.device)
        self.lora_a = nn.Parameter(torch.randn((rank, base.in_features), **kind).mul(0.05))
        self.lora_b = nn.Parameter(torch.zeros((base.out_features, rank), **kind))

    def weight(self) -> Tensor:
        return self.base.weight + self.factor * torch.matmul(self.lora_b, self.lora_a)

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight(), self.base.bias)

    @torch.no_grad()
    def merge(self) -> nn.Linear:
        out, into = self.base.weight.shape
        layer = nn.Linear(into, out, bias=self.base.bias is not None, dtype=self.base.weight.dtype)
        state = {"weight": self.weight()}
        if self.base.bias is not None:
            state["bias"] = self.base.bias
        layer.load_state_dict(state)
        return layer

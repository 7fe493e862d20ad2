# exercise: LoRALinear
# expect: right
# meant: einsum over the last dimension, register_parameter, merged parameters as fresh clones
class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.add_module("base", base)
        base.weight.requires_grad_(False)
        if base.bias is not None:
            base.bias.requires_grad_(False)
        first = torch.nn.init.normal_(base.weight.new_empty(rank, base.in_features), std=1 / rank)
        self.register_parameter("lora_a", nn.Parameter(first))
        self.register_parameter("lora_b", nn.Parameter(torch.zeros(base.out_features, rank).to(base.weight)))
        self.strength = alpha / rank

    def forward(self, x: Tensor) -> Tensor:
        correction = torch.einsum("...i,ri,or->...o", x, self.lora_a, self.lora_b)
        return self.base(x) + correction * self.strength

    def merge(self) -> nn.Linear:
        delta = torch.einsum("ri,or->oi", self.lora_a.detach(), self.lora_b.detach()) * self.strength
        out = nn.Linear(self.base.in_features, self.base.out_features, bias=False)
        out.weight = nn.Parameter(self.base.weight.detach() + delta)
        if self.base.bias is not None:
            out.bias = nn.Parameter(self.base.bias.detach().clone())
        return out

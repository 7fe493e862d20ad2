# exercise: LoRALinear
# expect: right
# meant: F.linear twice, scale kept as alpha and rank, merge by deepcopy and in-place addition on the copy
import copy


class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        for parameter in base.parameters():
            parameter.requires_grad = False
        self.base, self.rank, self.alpha = base, rank, alpha
        self.lora_a = nn.Parameter(torch.empty(rank, base.in_features, dtype=base.weight.dtype, device=base.weight.device))
        self.lora_b = nn.Parameter(base.weight.new_zeros(base.out_features, rank))
        nn.init.kaiming_uniform_(self.lora_a, a=math.sqrt(5))

    def forward(self, x: Tensor) -> Tensor:
        thin = F.linear(x, self.lora_a)
        return self.base(x) + F.linear(thin, self.lora_b) * (self.alpha / self.rank)

    def merge(self) -> nn.Linear:
        merged = copy.deepcopy(self.base)
        merged.weight.data.add_(self.lora_b.data @ self.lora_a.data, alpha=self.alpha / self.rank)
        return merged

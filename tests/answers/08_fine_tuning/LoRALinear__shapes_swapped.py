# exercise: LoRALinear
# expect: wrong
# meant: lora_a is (in, rank) and lora_b (rank, out), the other way round
# about: shape|transpos|\(rank|in_features|swap|other way
class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.base = base
        base.requires_grad_(False)
        self.scale = alpha / rank
        self.lora_a = nn.Parameter(torch.randn(base.in_features, rank, dtype=base.weight.dtype) * 0.02)
        self.lora_b = nn.Parameter(torch.zeros(rank, base.out_features, dtype=base.weight.dtype))

    def forward(self, x: Tensor) -> Tensor:
        return self.base(x) + self.scale * (x @ self.lora_a @ self.lora_b)

    def merge(self) -> nn.Linear:
        bias = self.base.bias is not None
        new = nn.Linear(self.base.in_features, self.base.out_features, bias=bias, dtype=self.base.weight.dtype)
        with torch.no_grad():
            new.weight.copy_(self.base.weight + self.scale * (self.lora_a @ self.lora_b).T)
            if bias:
                new.bias.copy_(self.base.bias)
        return new

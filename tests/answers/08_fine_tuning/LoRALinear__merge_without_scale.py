# exercise: LoRALinear
# expect: wrong
# meant: merge adds B A and forgets alpha / r
# about: merge.*(alpha|scal|rank|r\b)|alpha|scal
class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.base = base
        base.requires_grad_(False)
        self.scale = alpha / rank
        self.lora_a = nn.Parameter(torch.randn(rank, base.in_features, dtype=base.weight.dtype) / math.sqrt(base.in_features))
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank, dtype=base.weight.dtype))

    def forward(self, x: Tensor) -> Tensor:
        return self.base(x) + self.scale * (x @ self.lora_a.T @ self.lora_b.T)

    def merge(self) -> nn.Linear:
        bias = self.base.bias is not None
        new = nn.Linear(self.base.in_features, self.base.out_features, bias=bias, dtype=self.base.weight.dtype)
        with torch.no_grad():
            new.weight.copy_(self.base.weight + self.lora_b @ self.lora_a)
            if bias:
                new.bias.copy_(self.base.bias)
        return new

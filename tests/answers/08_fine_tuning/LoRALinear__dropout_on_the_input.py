# exercise: LoRALinear
# expect: wrong
# meant: puts the usual LoRA dropout of 0.1 before the correction, so that training mode gives other results
# about: dropout|training mode|random
class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.base = base
        base.requires_grad_(False)
        self.scale = alpha / rank
        self.lora_a = nn.Parameter(torch.randn(rank, base.in_features, dtype=base.weight.dtype) / math.sqrt(base.in_features))
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank, dtype=base.weight.dtype))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor) -> Tensor:
        return self.base(x) + self.scale * (self.dropout(x) @ self.lora_a.T @ self.lora_b.T)

    def merge(self) -> nn.Linear:
        bias = self.base.bias is not None
        new = nn.Linear(self.base.in_features, self.base.out_features, bias=bias, dtype=self.base.weight.dtype)
        with torch.no_grad():
            new.weight.copy_(self.base.weight + self.scale * (self.lora_b @ self.lora_a))
            if bias:
                new.bias.copy_(self.base.bias)
        return new

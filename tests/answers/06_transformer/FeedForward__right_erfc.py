# exercise: FeedForward
# expect: right
# meant: GELU by hand through erfc
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        a = self.expand(x)
        return self.contract(0.5 * a * torch.erfc(-a / math.sqrt(2.0)))

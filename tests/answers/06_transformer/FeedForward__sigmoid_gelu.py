# exercise: FeedForward
# expect: wrong
# meant: the quick approximation a * sigmoid(1.702 a)
# about: sigmoid|approx|exact|1\.702|quick
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        h = self.expand(x)
        return self.contract(h * torch.sigmoid(1.702 * h))

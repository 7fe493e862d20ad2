# exercise: FeedForward
# expect: wrong
# meant: d_ff is ignored, 4 * d_model is used
# about: d_ff|4 ?\*|four times|hard.?coded|width
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, 4 * d_model)
        self.contract = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.contract(F.gelu(self.expand(x)))

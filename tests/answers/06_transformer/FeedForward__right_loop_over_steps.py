# exercise: FeedForward
# expect: right
# meant: a loop over the three steps
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        for step in (self.expand, nn.GELU(), self.contract):
            x = step(x)
        return x

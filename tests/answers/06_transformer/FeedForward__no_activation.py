# exercise: FeedForward
# expect: wrong
# meant: nothing between the two layers
# about: gelu|activation|non-?linear|single linear|linear map|between
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.contract(self.expand(x))

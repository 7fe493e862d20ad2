# exercise: FeedForward
# expect: wrong
# meant: adds x: the residual connection belongs to the block
# about: residual|add(s|ed|ing)? (the )?(input|x)|x \+|skip|plus x
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.contract(F.gelu(self.expand(x)))

# exercise: FeedForward
# expect: wrong
# meant: the layers are called fc1 and fc2 in a Sequential
# about: \bnames?d?\b|called|expand|contract|attribute
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d_model, d_ff), nn.GELU(), nn.Linear(d_ff, d_model))

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)

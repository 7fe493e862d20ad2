# exercise: FeedForward
# expect: right
# meant: the distribution function of torch.special, and the products written out
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        a = x @ self.expand.weight.T + self.expand.bias
        a = a * torch.special.ndtr(a)
        return a @ self.contract.weight.T + self.contract.bias

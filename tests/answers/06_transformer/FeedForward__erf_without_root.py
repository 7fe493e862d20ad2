# exercise: FeedForward
# expect: wrong
# meant: erf(a) without the division by the root of 2
# about: erf|sqrt\(2\)|root of (2|two)|√2|1\.41|Φ|phi|standard normal
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        a = self.expand(x)
        return self.contract(a * 0.5 * (1 + torch.erf(a)))

# exercise: FeedForward
# expect: wrong
# meant: GELU once more behind contract
# about: twice|second (gelu|activation)|(after|behind|following|past) .?contract|at the end|final (gelu|activation)|(on|to) the output|output of .?contract|last (layer|step)|once (only|more)|only (between|once|after)
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return F.gelu(self.contract(F.gelu(self.expand(x))))

# exercise: FeedForward
# expect: wrong
# meant: GELU on the input, before expand
# about: order|(before|after|behind) .?expand|between|on (the )?(input|x)\b|(gelu|activation).*(first|input|place)|too early
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.contract(self.expand(F.gelu(x)))

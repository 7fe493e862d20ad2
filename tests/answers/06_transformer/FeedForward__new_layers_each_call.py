# exercise: FeedForward
# expect: wrong
# meant: the layers are made anew in forward, so nothing can be learned and each call is random
# about: forward|each call|every call|__init__|regist|anew|parameter|random|new (layers|weights)
class FeedForward(nn.Module):
    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.d_model, self.d_ff = d_model, d_ff

    def forward(self, x: Tensor) -> Tensor:
        expand = nn.Linear(self.d_model, self.d_ff)
        contract = nn.Linear(self.d_ff, self.d_model)
        return contract(F.gelu(expand(x)))

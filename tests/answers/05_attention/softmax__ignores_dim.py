# exercise: softmax
# expect: wrong
# meant: always the last dimension, the argument dim is not used
# about: dim|axis|column
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    m = x.max(dim=-1, keepdim=True).values
    e = (x - m).exp()
    return e / e.sum(-1, keepdim=True)

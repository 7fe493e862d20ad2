# exercise: merge_heads
# expect: wrong
# meant: returns a list of heads
# about: list|tensor|type|concat|\bcat\b
def merge_heads(x: Tensor) -> Tensor:
    return [x[:, h] for h in range(x.shape[1])]

# exercise: merge_heads
# expect: wrong
# meant: flatten(1, 2) after the transpose
# about: shape|flatten|dimension|last two|length
def merge_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(1, 2)

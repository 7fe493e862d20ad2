# exercise: merge_heads
# expect: wrong
# meant: flattens positions as well: (batch, length * d_model)
# about: shape|flatten|dimension|length
def merge_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2).reshape(x.size(0), -1)

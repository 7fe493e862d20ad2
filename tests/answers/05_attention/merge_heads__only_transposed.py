# exercise: merge_heads
# expect: wrong
# meant: transposes but does not flatten: four dimensions remain
# about: shape|flatten|dimension|reshape|merge|four
def merge_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2)

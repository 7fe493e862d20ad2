# exercise: merge_heads
# expect: wrong
# meant: squeezes, so that a batch of one sentence loses its dimension
# about: batch|squeeze|shape|size 1|dimension|one sentence|of 1\b
def merge_heads(x: Tensor) -> Tensor:
    b, h, n, d = x.shape
    return x.permute(0, 2, 1, 3).reshape(b, n, h * d).squeeze()

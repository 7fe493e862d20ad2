# exercise: merge_heads
# expect: wrong
# meant: adds the heads up
# about: \bsum|\badd(ed|ing|s)?\b|side by side|concat|shape|d_head|width|next to
def merge_heads(x: Tensor) -> Tensor:
    return x.sum(dim=1)

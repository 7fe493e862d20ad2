# exercise: merge_heads
# expect: wrong
# meant: averages the heads
# about: \bmean\b|averag|side by side|concat|shape|d_head|width|next to
def merge_heads(x: Tensor) -> Tensor:
    return x.float().mean(dim=1)

# exercise: merge_heads
# expect: wrong
# meant: view on a non-contiguous tensor: works on what split_heads returns, crashes on a fresh tensor
# about: view|contiguous|reshape|memory|stride|error
def merge_heads(x: Tensor) -> Tensor:
    batch, heads, length, d_head = x.shape
    return x.transpose(1, 2).view(batch, length, heads * d_head)
